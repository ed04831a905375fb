from __future__ import annotations

import csv
import gzip
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from upshot.bundles import Bundle
from upshot.errors import BundleProblem, FileProblem, InputError
from upshot.jsonable import dumps
from upshot.predicting import predict_file
from upshot.tables.table import Table


@pytest.fixture
def new_csv(tmp_path: Path, new_table: Callable[..., Table]) -> Path:
    return write_csv(tmp_path / "new.csv", new_table(60))


def write_csv(path: Path, table: Table, *, delimiter: str = ",") -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(table.raw.column_names)
        writer.writerows(zip(*table.raw.to_pydict().values(), strict=True))
    return path


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet"])
def test_a_file_is_scored_row_for_row(
    ending: str, binary: Bundle, new_csv: Path, tmp_path: Path
) -> None:
    out = tmp_path / f"scored{ending}"
    facts = predict_file(binary, new_csv, out, reasons=1)
    readers = {
        ".csv": pd.read_csv,
        ".xlsx": lambda path: pd.read_excel(path, engine="openpyxl"),
        ".parquet": pd.read_parquet,
    }
    written = readers[ending](out)
    assert tuple(written.columns) == facts.columns
    assert len(written) == facts.rows == 60
    assert written["Email"].tolist() == pd.read_csv(new_csv)["Email"].tolist()
    assert facts.file == "new.csv"
    assert facts.predictions == (
        "upshot_probability",
        "upshot_prediction",
        "upshot_decile",
        "upshot_reason_1",
    )
    assert dumps(facts)


def test_files_and_tables_give_the_same_predictions(
    saved: Path, binary: Bundle, new_csv: Path, tmp_path: Path, new_table: Callable[..., Table]
) -> None:
    predict_file(saved, new_csv, tmp_path / "s.csv")
    written = pd.read_csv(tmp_path / "s.csv")
    expected = binary.predict(new_table(60))
    assert written["upshot_probability"].tolist() == pytest.approx(
        expected["upshot_probability"].tolist(), rel=1e-12
    )


def test_other_number_and_date_formats_give_the_same_predictions(
    binary: Bundle, tmp_path: Path, new_table: Callable[..., Table]
) -> None:
    table = new_table(60)
    cells = table.raw.to_pydict()
    ages = [None if age is None else f"{age},0" for age in cells["Age"]]
    dates = [".".join(reversed(day.split("-"))) for day in cells["Joined"]]
    foreign = new_table(60, Age=ages, Joined=dates)
    path = write_csv(tmp_path / "foreign.csv", foreign, delimiter=";")
    predict_file(binary, path, tmp_path / "s.csv")
    written = pd.read_csv(tmp_path / "s.csv")
    expected = binary.predict(table)["upshot_probability"]
    assert written["upshot_probability"].tolist() == pytest.approx(expected.tolist(), rel=1e-12)
    assert written["Joined"].tolist() == dates


def test_the_name_a_person_knows_is_kept(binary: Bundle, new_csv: Path, tmp_path: Path) -> None:
    facts = predict_file(binary, new_csv, tmp_path / "s.csv", name="Leads May.csv")
    assert facts.file == "Leads May.csv"


def test_a_packed_file_is_read_too(binary: Bundle, new_csv: Path, tmp_path: Path) -> None:
    packed = tmp_path / "new.csv.gz"
    packed.write_bytes(gzip.compress(new_csv.read_bytes()))
    assert predict_file(binary, packed, tmp_path / "s.csv").rows == 60


def test_remarks_on_kinds_that_the_bundle_decides_are_left_out(
    binary: Bundle, tmp_path: Path, new_table: Callable[..., Table]
) -> None:
    file = write_csv(tmp_path / "same.csv", new_table(30, Country=["Chile"] * 30))
    facts = predict_file(binary, file, tmp_path / "s.csv")
    assert "constant" not in [note.code for note in facts.notes]


def test_the_file_read_is_never_overwritten(saved: Path, new_csv: Path) -> None:
    before = new_csv.read_bytes()
    with pytest.raises(InputError, match="would overwrite"):
        predict_file(saved, new_csv, new_csv.parent / "." / "new.csv")
    assert new_csv.read_bytes() == before


def test_problems_of_bundle_and_file_name_the_one_at_fault(
    saved: Path, new_csv: Path, tmp_path: Path
) -> None:
    with pytest.raises(BundleProblem):
        predict_file(new_csv, new_csv, tmp_path / "s.csv")
    with pytest.raises(FileProblem):
        predict_file(saved, tmp_path / "missing.csv", tmp_path / "s.csv")
    with pytest.raises(InputError, match="cannot write"):
        predict_file(saved, new_csv, tmp_path / "s.pdf")
    assert not (tmp_path / "s.csv").exists()


def test_a_header_without_rows_gives_a_header_without_rows(
    binary: Bundle, new_csv: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text(new_csv.read_text().splitlines()[0] + "\n")
    facts = predict_file(binary, empty, tmp_path / "s.csv")
    assert facts.rows == 0
    assert "no-rows" in [note.code for note in facts.notes]
    assert pd.read_csv(tmp_path / "s.csv").columns[-1] == "upshot_decile"
