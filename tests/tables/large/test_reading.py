"""A file read in pieces gives the table that the same file gives when it is read as a whole."""

from __future__ import annotations

import csv
import gzip
import io
import random
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from upshot.errors import FileProblem
from upshot.tables import archives, read
from upshot.tables import table as tables
from upshot.tables.large import notes, pieces, reading, sample
from upshot.tables.large.stored import StoredCells
from upshot.tables.schema import Kind
from upshot.tables.store import load, save
from upshot.tables.table import Table


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file is large; pieces and samples are small."""
    monkeypatch.setattr(reading, "LARGE_BYTES", 1000)
    monkeypatch.setattr(reading, "HEAD_BYTES", 20_000)
    monkeypatch.setattr(reading, "TAIL_BYTES", 8_000)
    monkeypatch.setattr(sample, "HEAD_BYTES", 16_000)
    monkeypatch.setattr(sample, "TAIL_BYTES", 8_000)
    monkeypatch.setattr(sample, "_SLICE_BYTES", 4_000)
    monkeypatch.setattr(pieces.pieces, "__defaults__", (16_000,))


def _moment(pick: random.Random, number: int) -> str:
    return f"2024-{pick.randrange(1, 13):02d}-{pick.randrange(1, 29):02d} 10:00:{number % 60:02d}"


def orders(rows: int, seed: int = 7) -> list[list[str]]:
    pick = random.Random(seed)
    out = []
    for number in range(rows):
        out.append(
            [
                f"{pick.randrange(1, 700):07d}",
                f"{pick.choice('abcdefgh')}{number}@example.com",
                _moment(pick, number),
                f"{pick.randrange(13, 29)}.{pick.randrange(1, 13):02d}.2023",
                pick.choice(("paid search", "e-mail", "organic, direct", 'the "feed"')),
                str(pick.randrange(0, 40)),
                f"{pick.randrange(0, 90_000) / 100:.2f}",
                pick.choice(("", "n/a", "3.5", "4", "-2.25")),
                pick.choice(("yes", "no")),
                f"€{pick.randrange(1_000, 9_999_999) / 100:,.2f}",
                "web",
            ]
        )
    return out


NAMES = [
    "customer", "email", "ordered at", "first seen", "channel", "views", "revenue", "score",
    "converted", "spend", "source",
]  # fmt: skip


def written(rows: list[list[str]], path: Path, *, delimiter: str = ",", **more: str) -> Path:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=more.get("end", "\n"))
    writer.writerow(NAMES)
    writer.writerows(rows)
    path.write_text(
        more.get("above", "") + text.getvalue() + more.get("below", ""),
        encoding=more.get("encoding", "utf-8"),
        newline="",
    )
    return path


def as_whole(path: Path) -> Table:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "LARGE_BYTES", 1024**3)
        table = read(path)
    assert not isinstance(table.raw, StoredCells)
    return table


def assert_equal(large: Table, whole: Table) -> None:
    assert isinstance(large.raw, StoredCells)
    assert large.rows == whole.rows
    assert [(c.name, c.kind, c.role, c.personal) for c in large.schema.columns] == [
        (c.name, c.kind, c.role, c.personal) for c in whole.schema.columns
    ]
    assert large.source == whole.source
    assert sorted(note.code for note in large.notes) == sorted(note.code for note in whole.notes)
    pd.testing.assert_frame_equal(large.data, whole.data)


CASES = {
    "plain": {},
    "windows line ends": {"end": "\r\n"},
    "semicolons": {"delimiter": ";"},
    "utf-16": {"encoding": "utf-16", "delimiter": "\t"},
    "with a mark": {"encoding": "utf-8-sig"},
    "code page": {"encoding": "cp1252"},
    "title above": {"above": "Orders of the year\nAll shops\n\n"},
    "lines below": {"below": "\nExported by the shop\n"},
    "total below": {"below": "Total,,,,,4711,123.00,,,,\n"},
}


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("case", CASES)
def test_both_ways_of_reading_give_equal_tables(case: str, tmp_path: Path) -> None:
    path = written(orders(4_000), tmp_path / "orders.csv", **CASES[case])
    assert_equal(read(path), as_whole(path))


@pytest.mark.usefixtures("small_pieces")
def test_cells_that_do_not_fit_are_kept_and_counted(tmp_path: Path) -> None:
    rows = orders(4_000)
    rows[3_003][5], rows[3_500][6], rows[2_222][3] = "many", "free", "soon"
    path = written(rows, tmp_path / "orders.csv")
    large, whole = read(path), as_whole(path)
    assert_equal(large, whole)
    said = {note.column: note.message for note in large.notes if note.code == "unreadable-number"}
    assert said == {
        note.column: note.message for note in whole.notes if note.code == "unreadable-number"
    }
    assert large.raw.column("views")[3_003].as_py() is None
    assert large.raw.as_written("views")[3_003].as_py() == "many"


@pytest.mark.usefixtures("small_pieces")
def test_rows_that_are_no_data_are_left_out_wherever_they_stand(tmp_path: Path) -> None:
    rows = orders(4_000)
    rows[1_500:1_500] = [[""] * len(NAMES), NAMES, [""] * len(NAMES)]
    rows[3_200:3_200] = [NAMES]
    path = written(rows, tmp_path / "orders.csv")
    large, whole = read(path), as_whole(path)
    assert_equal(large, whole)
    assert {note.message for note in large.notes} == {note.message for note in whole.notes}


def _with_sums(rows: list[list[str]], *, off: float = 0.0) -> list[list[str]]:
    last = [""] * len(NAMES)
    last[5] = str(sum(int(row[5]) for row in rows))
    last[6] = f"{sum(float(row[6]) for row in rows) * (1 + off):.2f}"
    return [*rows, last]


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_last_row_of_sums_is_left_out_without_saying_total(end: str, tmp_path: Path) -> None:
    path = written(_with_sums(orders(4_000)), tmp_path / "orders.csv", end=end)
    large, whole = read(path), as_whole(path)
    assert_equal(large, whole)
    assert large.rows == 4_000
    assert {note.message for note in large.notes} == {note.message for note in whole.notes}


@pytest.mark.usefixtures("small_pieces")
def test_a_last_row_of_other_figures_is_kept(tmp_path: Path) -> None:
    large = read(written(_with_sums(orders(4_000), off=0.2), tmp_path / "orders.csv"))
    assert large.rows == 4_001
    assert large.raw.column("views")[4_000].as_py() == sum(
        large.raw.column("views").to_pylist()[:-1]
    )


@pytest.mark.usefixtures("small_pieces")
def test_files_put_behind_each_other_are_one_table(tmp_path: Path) -> None:
    path = written(orders(2_000), tmp_path / "orders.csv", encoding="utf-8-sig")
    path.write_bytes(path.read_bytes() * 2)
    large, whole = read(path), as_whole(path)
    assert_equal(large, whole)
    assert large.rows == 4_000


@pytest.mark.usefixtures("small_pieces")
def test_a_row_that_contradicts_the_sample_is_learned_from(tmp_path: Path) -> None:
    rows = orders(4_000)
    rows[2_345][5] = "2.5"
    rows[2_777][8] = "perhaps"
    rows[3_111][10] = "shop"
    path = written(rows, tmp_path / "orders.csv")
    assert_equal(read(path), as_whole(path))


@pytest.mark.usefixtures("small_pieces")
def test_cells_with_line_ends_and_quotes_stay_whole(tmp_path: Path) -> None:
    rows = orders(4_000)
    for number in range(50, 4_000, 97):
        rows[number][4] = 'first line\nsecond "quoted"\nthird'
    path = written(rows, tmp_path / "orders.csv")
    assert_equal(read(path), as_whole(path))


@pytest.mark.usefixtures("small_pieces")
def test_short_rows_are_filled_up(tmp_path: Path) -> None:
    rows = orders(4_000)
    rows[2_000] = rows[2_000][:6]
    path = written(rows, tmp_path / "orders.csv")
    large, whole = read(path), as_whole(path)
    assert_equal(large, whole)
    assert {n.message for n in large.notes} == {n.message for n in whole.notes}


@pytest.mark.usefixtures("small_pieces")
def test_lines_that_were_mended_are_named_as_in_a_small_file(tmp_path: Path) -> None:
    path = written(orders(4_000), tmp_path / "orders.csv", above="Orders of the year\n\n")
    lines = path.read_text("utf-8").splitlines()
    plain = [at for at, line in enumerate(lines) if '"' not in line and line.count(",") == 10]
    foreign, quoted, odd, short = (
        next(at for at in plain if at >= n) for n in (2000, 2500, 3000, 3500)
    )
    lines[foreign] = lines[foreign].replace(",", ";")
    for at in (quoted, odd):
        cells = lines[at].split(",")
        cells[4] = '"the "best" shop"'
        lines[at] = ",".join(cells)
    lines[short] = lines[short].rsplit(",", 4)[0]
    lines.insert(3_700, "# a remark")
    path.write_text("\n".join(lines) + "\n", "utf-8")
    large, whole = read(path), as_whole(path)
    assert_equal(large, whole)
    assert {n.message for n in large.notes} == {n.message for n in whole.notes}
    said = " ".join(note.message for note in large.notes)
    assert all(f"{line + 1:,}" in said for line in (foreign, quoted, short))
    assert {"comment-lines", "foreign-lines", "short-rows", "stray-quotes"} <= {
        note.code for note in large.notes
    }


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("ending", ["gz", "zip"])
def test_a_packed_file_is_read_as_if_it_were_not(ending: str, tmp_path: Path) -> None:
    path = written(orders(4_000), tmp_path / "orders.csv")
    packed = tmp_path / f"packed.{ending}"
    if ending == "gz":
        packed.write_bytes(gzip.compress(path.read_bytes()))
    else:
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(path, "out/orders.csv")
            archive.writestr("README.txt", "Orders")
    assert_equal(read(packed), as_whole(packed))


@pytest.mark.usefixtures("small_pieces")
def test_one_of_several_packed_files_is_read_in_pieces(tmp_path: Path) -> None:
    path = written(orders(4_000), tmp_path / "orders.csv")
    packed = tmp_path / "packed.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(path, "orders.csv")
        archive.writestr("names.csv", "a,b\n1,2\n")
    table = read(packed, sheet="orders.csv")
    assert isinstance(table.raw, StoredCells)
    assert table.source.sheet == "orders.csv"
    assert table.source.sheets == ("orders.csv", "names.csv")


@pytest.mark.usefixtures("small_pieces")
def test_a_packed_bomb_is_refused_before_it_fills_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "RATIO_FREE_BYTES", 100_000)
    packed = tmp_path / "bomb.csv.gz"
    packed.write_bytes(gzip.compress(b"a,b\n" + b"1,2\n" * 1_000_000))
    with pytest.raises(FileProblem, match="too large when unpacked"):
        read(packed)


@pytest.mark.usefixtures("small_pieces")
def test_rows_too_long_have_the_file_read_as_a_whole(tmp_path: Path) -> None:
    rows = orders(4_000)
    rows[2_000].append("one more")
    assert not isinstance(read(written(rows, tmp_path / "orders.csv")).raw, StoredCells)


@pytest.mark.usefixtures("small_pieces")
def test_it_is_stored_and_loaded_without_being_held(tmp_path: Path) -> None:
    path = written(orders(4_000), tmp_path / "orders.csv")
    table, stored = read(path), tmp_path / "table.parquet"
    save(table, stored)
    again = load(stored)
    assert_equal(again, as_whole(path))
    assert again.notes == table.notes
    changed = again.with_schema(again.schema.with_kind("views", Kind.CATEGORY))
    save(changed, tmp_path / "changed.parquet")
    assert load(tmp_path / "changed.parquet").schema == changed.schema


@pytest.mark.usefixtures("small_pieces")
def test_learning_takes_rows_spread_over_the_whole_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "MOST_LEARNED_ROWS", 400)
    monkeypatch.setattr(notes, "MOST_LEARNED_ROWS", 400)
    rows = orders(4_000)
    table = read(written(rows, tmp_path / "orders.csv"))
    assert any(note.code == "many-rows" for note in table.notes)
    learned = table.for_learning
    assert learned.rows == 400
    places = [int(text.split("@")[0][1:]) for text in learned.raw.column("email").to_pylist()]
    assert (places[0], places[-1]) == (0, 3_999)
    assert places == sorted(places)


@pytest.mark.usefixtures("small_pieces")
def test_letters_of_another_encoding_far_below_are_read(tmp_path: Path) -> None:
    rows = orders(4_000)
    for row in rows:
        row[9] = row[9].replace("€", "$")
    for number in range(2_500, 3_000):
        rows[number][4] = "Café Zürich"
    path = written(rows, tmp_path / "orders.csv", encoding="cp1252")
    assert_equal(read(path), as_whole(path))
