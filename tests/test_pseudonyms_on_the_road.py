"""No plain identifier reaches what is kept of a training, and the key makes no difference to it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from upshot.bundles import Bundle, load_bundle
from upshot.bundles.on_rows import predictions_on
from upshot.bundles.what_if import typical_row, what_if
from upshot.jsonable import to_jsonable
from upshot.predicting import predict_rows
from upshot.reports.formats import FORMATS
from upshot.tables import read
from upshot.tables.pseudonyms import Pseudonyms
from upshot.training import TrainingResult, like_bundle, recipe_of_bundle, train

KEY = Pseudonyms(b"0123456789abcdef0123456789abcdef")
OTHER = Pseudonyms(b"another key, of as many signs as")
CANARY = "00CANARY"


def purchases(rows: int = 600, seed: int = 0) -> pd.DataFrame:
    """Made-up purchases of 60 households by 110 sellers, each with a brand it mostly buys."""
    rng = np.random.default_rng(seed)
    household = rng.integers(0, 60, rows)
    usual = (household * 7 % 3 > 0).astype(int)
    return pd.DataFrame(
        {
            "household_id": [f"{CANARY}{i:04d}" for i in household],
            "seller_id": [f"SELLER{CANARY}{i}" for i in rng.integers(0, 110, rows)],
            "price": rng.normal(3, 1, rows).round(2),
            "bought": np.where(rng.random(rows) < 0.15, 1 - usual, usual),
        }
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pseudonyms")


@pytest.fixture(scope="module")
def file(folder: Path) -> Path:
    path = folder / "purchases.csv"
    purchases().to_csv(path, index=False)
    return path


def trained(file: Path, key: Pseudonyms | None, **options: object) -> TrainingResult:
    return train(read(file), "bought", trials=3, seed=0, cores=1, pseudonyms=key, **options)


@pytest.fixture(scope="module")
def result(file: Path) -> TrainingResult:
    return trained(file, KEY)


@pytest.fixture(scope="module")
def saved(folder: Path, result: TrainingResult) -> Path:
    return result.bundle.save(folder / "purchases.upshot")


@pytest.fixture(scope="module")
def opened(saved: Path) -> Bundle:
    return load_bundle(saved, pseudonyms=KEY)


def hashes(bundle: Bundle) -> list[str]:
    return [
        KEY.of(text) for name in ("household_id", "seller_id") for text in set(purchases()[name])
    ]


def test_the_identifiers_are_learned_from(result: TrainingResult) -> None:
    assert {"household_id", "seller_id"} <= set(result.bundle.manifest.features)
    assert result.bundle.schema.column("household_id").pseudonyms == KEY.fingerprint
    assert "household_id" in {driver.column for driver in result.answer.drivers}
    note = next(note for note in result.notes if note.code == "entity")
    assert "The bundle keeps pseudonyms instead of these values." in note.message


def test_no_plain_identifier_is_in_what_is_kept(result: TrainingResult, saved: Path) -> None:
    with zipfile.ZipFile(saved) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert any(KEY.of(f"{CANARY}0001").encode() in part for part in parts.values())
    for name, part in parts.items():
        assert CANARY.encode() not in part, name
        assert KEY.key not in part, name
    assert CANARY.encode() not in saved.read_bytes()
    assert CANARY not in json.dumps(to_jsonable(result.answer, sentences=True))
    assert CANARY.encode() not in result.held_out.to_bytes()


@pytest.mark.slow
def test_no_report_names_a_customer_or_a_pseudonym(result: TrainingResult, tmp_path: Path) -> None:
    for ending, format_ in FORMATS.items():
        path = tmp_path / f"report{ending}"
        path.write_bytes(format_.render(result.answer))
        content = [path.read_bytes()]
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                content = [archive.read(part) for part in archive.namelist()]
        for text in (CANARY, *hashes(result.bundle)):
            assert not any(text.encode() in part for part in content), ending


@pytest.mark.slow
def test_predictions_are_those_of_a_model_of_plain_values(
    file: Path, result: TrainingResult, opened: Bundle
) -> None:
    plain = trained(file, None)
    assert plain.answer.holdout.keys() == result.answer.holdout.keys()
    loss = {r: r.answer.holdout["log_loss"].value for r in (plain, result)}
    assert loss[result] == pytest.approx(loss[plain], abs=0.03)
    frame = opened.score(read(file)).frame
    other = plain.bundle.score(read(file)).frame
    both = np.corrcoef(frame["upshot_probability"], other["upshot_probability"])
    assert both[0, 1] > 0.95


def test_one_customer_is_the_same_in_another_file(opened: Bundle, folder: Path) -> None:
    new = purchases(5, seed=1)
    paths = [folder / "new.csv", folder / "new.xlsx", folder / "new.parquet"]
    new.to_csv(paths[0], index=False)
    new.to_excel(paths[1], index=False)
    new.to_parquet(paths[2])
    found = [opened.score(read(path)).frame["upshot_probability"].to_numpy() for path in paths]
    rows = predict_rows(opened, new.drop(columns="bought").to_dict("records")).predictions
    one = [what_if(opened, row).figure for row in new.drop(columns="bought").to_dict("records")]
    judged, _ = predictions_on(opened, read(paths[0]), np.arange(5))
    for other in (found[1], found[2], [row.probability for row in rows], one, judged):
        np.testing.assert_allclose(other, found[0])


def test_the_scored_list_keeps_the_file_and_its_reasons_name_nobody(
    opened: Bundle, file: Path
) -> None:
    frame = opened.score(read(file), reasons=3).frame
    assert frame["household_id"].tolist() == purchases()["household_id"].tolist()
    reasons = {str(text) for n in (1, 2, 3) for text in frame[f"upshot_reason_{n}"]}
    assert any(text.startswith("the history of this `household_id`") for text in reasons)
    for text in (CANARY, *hashes(opened)):
        assert not any(text in reason for reason in reasons)


def test_a_new_customer_is_counted_and_not_named(opened: Bundle, folder: Path) -> None:
    new = purchases(200, seed=2)
    new.loc[:9, "household_id"] = [f"NEW{CANARY}{i}" for i in range(10)]
    new.to_csv(folder / "more.csv", index=False)
    scores = opened.score(read(folder / "more.csv"), reasons=3)
    notes = {note.column: note.message for note in scores.notes if note.code == "new-category"}
    assert "`household_id` has 10 values never seen in training." in notes["household_id"]
    told = json.dumps(to_jsonable(scores.notes)) + "".join(scores.frame["upshot_reason_1"])
    assert not any(text in told for text in (CANARY, KEY.of(f"NEW{CANARY}0"), *hashes(opened)))


@pytest.mark.parametrize("key", [None, OTHER], ids=["no key", "another key"])
def test_without_the_key_the_column_is_unknown_and_a_note_says_so(
    saved: Path, file: Path, key: Pseudonyms | None
) -> None:
    bundle = load_bundle(saved, pseudonyms=key)
    scores = bundle.score(read(file), reasons=2)
    notes = [note for note in scores.notes if note.code == "pseudonym-key"]
    assert {note.column for note in notes} == {"household_id", "seller_id"}
    about = next(note for note in notes if note.column == "household_id")
    assert "We treat every value as new. It matters much" in about.message
    assert "--pseudonym-key-file" in about.remedy
    assert {note.code for note in scores.notes}.isdisjoint({"drift", "new-category"})
    rows = purchases()[["seller_id", "price"]].iloc[0].to_dict()
    figures = {what_if(bundle, {**rows, "household_id": f"{CANARY}{i:04d}"}).figure for i in (0, 1)}
    assert len(figures) == 1


def test_what_if_speaks_of_no_pseudonym(opened: Bundle) -> None:
    assert typical_row(opened.manifest)["household_id"] is None
    facts = what_if(opened, {"household_id": f"{CANARY}0001", "price": 3.0})
    assert {change.column for change in facts.changes} == {"price"}
    assert not any(text in repr(facts) for text in (CANARY, *hashes(opened)))


@pytest.mark.slow
def test_learning_again_with_the_recipe_knows_the_same_customers(
    opened: Bundle, file: Path
) -> None:
    table = read(file)
    asked = like_bundle(opened, table)
    again = train(
        table, recipe=recipe_of_bundle(opened), trials=3, cores=1, pseudonyms=KEY, **asked
    )
    assert again.bundle.schema == opened.schema
    assert again.bundle.manifest.fingerprint == opened.manifest.fingerprint


@pytest.mark.slow
def test_the_group_never_reaches_the_bundle(file: Path, folder: Path) -> None:
    result = trained(file, KEY, group="household_id", ignore=("seller_id",))
    path = result.bundle.save(folder / "grouped.upshot")
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name) for name in archive.namelist()]
    texts = [f"{CANARY}0001", CANARY, KEY.of(f"{CANARY}0001")]
    assert not any(text.encode() in part for text in texts for part in parts)
