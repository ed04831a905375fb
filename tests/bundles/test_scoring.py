from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from upshot.bundles import Bundle, scoring
from upshot.errors import BundleProblem, Note, UpshotWarning
from upshot.tables.schema import Column, Kind
from upshot.tables.table import Table

NewTable = Callable[..., Table]


def codes(notes: tuple[Note, ...]) -> list[str]:
    return [note.code for note in notes]


def test_binary_columns_follow_the_file_s_own(binary: Bundle, new_table: NewTable) -> None:
    table = new_table(50)
    frame = binary.predict(table, reasons=2)
    assert list(frame.columns) == [
        *table.raw.column_names,
        "upshot_probability",
        "upshot_prediction",
        "upshot_decile",
        "upshot_reason_1",
        "upshot_reason_2",
    ]
    assert frame["upshot_probability"].between(0, 1).all()
    assert set(frame["upshot_prediction"]) == {"no", "yes"}
    assert frame["upshot_decile"].value_counts().to_dict() == dict.fromkeys(range(1, 11), 5)
    by_decile = frame.groupby("upshot_decile")["upshot_probability"]
    assert (by_decile.min().to_numpy()[:-1] >= by_decile.max().to_numpy()[1:]).all()


def test_the_label_follows_the_kept_cutoff(binary: Bundle, new_table: NewTable) -> None:
    frame = binary.predict(new_table(80))
    above = frame["upshot_probability"] >= binary.manifest.cutoff
    assert (frame["upshot_prediction"] == np.where(above, "yes", "no")).all()


def test_multiclass_columns(multiclass: Bundle, new_table: NewTable) -> None:
    frame = multiclass.predict(new_table())
    names = [f"upshot_probability_{name}" for name in ("bronze", "silver", "gold")]
    assert list(frame.columns)[-4:] == ["upshot_prediction", *names]
    assert np.allclose(frame[names].sum(axis=1), 1)
    best = frame[names].idxmax(axis=1).str.removeprefix("upshot_probability_")
    assert (best == frame["upshot_prediction"]).all()


def test_regression_columns(regression: Bundle, new_table: NewTable) -> None:
    frame = regression.predict(new_table())
    assert list(frame.columns)[-3:] == ["upshot_prediction", "upshot_low", "upshot_high"]
    assert (frame["upshot_low"] <= frame["upshot_prediction"]).all()
    assert (frame["upshot_prediction"] <= frame["upshot_high"]).all()


def test_ties_share_out_deciles_in_the_order_of_the_file() -> None:
    assert scoring.deciles(np.zeros(20)).tolist() == [d for d in range(1, 11) for _ in range(2)]
    assert scoring.deciles(np.array([0.3])).tolist() == [1]
    assert scoring.deciles(np.array([0.1, 0.9, 0.5])).tolist() == [7, 1, 4]
    assert scoring.deciles(np.empty(0)).tolist() == []


def test_cells_stay_as_they_were_written(binary: Bundle, new_table: NewTable) -> None:
    table = new_table(3, Age=["007", " 1e2 ", None], Note=["=1+1", "ü", ""])
    frame = binary.score(table).frame
    for name in table.raw.column_names:
        written = [None if pd.isna(cell) else cell for cell in frame[name]]
        assert written == table.raw.column(name).to_pylist()


def test_whole_numbers_with_gaps_stay_whole(binary: Bundle, new_table: NewTable) -> None:
    table = new_table(3)
    raw = table.raw.append_column("Visits", pa.array([1, None, 3], pa.int64()))
    schema = replace(table.schema, columns=(*table.schema.columns, Column("Visits", Kind.NUMBER)))
    frame = binary.predict(replace(table, raw=raw, schema=schema))
    assert str(frame["Visits"].dtype) == "Int64"
    assert frame["Visits"].tolist() == [1, pd.NA, 3]


def test_reordered_and_extra_columns_change_no_prediction(
    binary: Bundle, new_table: NewTable
) -> None:
    table = new_table()
    names = [*reversed(table.raw.column_names)]
    turned = replace(table, raw=table.raw.select(names), schema=table.schema.select(names))
    extra = new_table(50, Extra=["x"] * 50)
    expected = binary.predict(table)["upshot_probability"]
    assert binary.predict(turned)["upshot_probability"].equals(expected)
    assert binary.predict(extra)["upshot_probability"].equals(expected)


def test_the_target_may_be_in_the_file(binary: Bundle, new_table: NewTable) -> None:
    with_target = new_table(50, Outcome=["yes"] * 50)
    expected = binary.predict(new_table())["upshot_probability"]
    assert binary.predict(with_target)["upshot_probability"].equals(expected)


def test_a_missing_driver_is_named_with_its_weight(binary: Bundle, new_table: NewTable) -> None:
    scores = binary.score(new_table(50, Country=None))
    (note,) = [note for note in scores.notes if note.column == "Country"]
    assert note.level == "warning"
    assert "30 %" in note.message
    assert "less reliable" in note.message
    assert len(scores.frame) == 50


def test_predict_says_as_warnings_what_score_says_as_notes(
    binary: Bundle, new_table: NewTable
) -> None:
    with pytest.warns(UpshotWarning, match="no column `Country`") as caught:
        binary.predict(new_table(50, Country=None))
    assert len(caught) == 1
    assert caught[0].filename == __file__


def test_a_missing_column_that_matters_little_is_named_so(
    binary: Bundle, new_table: NewTable
) -> None:
    scores = binary.score(new_table(50, Newsletter=None))
    (note,) = [note for note in scores.notes if note.column == "Newsletter"]
    assert "matters little" in note.message


def test_a_file_without_most_important_columns_is_refused(
    binary: Bundle, new_table: NewTable
) -> None:
    with pytest.raises(BundleProblem, match="lacks 2 of the 2 columns") as caught:
        binary.score(new_table(50, Age=None, Country=None))
    assert "`Age`, `Country`" in caught.value.problem
    assert caught.value.remedy


def test_new_categories_are_named(binary: Bundle, new_table: NewTable) -> None:
    countries = ["Peru", "Chad", "Fiji", "Austria"] * 5
    scores = binary.score(new_table(20, Country=countries))
    (note,) = [note for note in scores.notes if note.code == "new-category"]
    assert note.message == (
        "`Country` has 3 values never seen in training (Chad, Fiji, Peru); treated as unknown."
    )
    assert note.column == "Country"


@pytest.mark.parametrize("kind", ["binary", "multiclass", "regression"])
def test_an_empty_file_gives_an_empty_result_with_all_columns(
    kind: str, request: pytest.FixtureRequest, new_table: NewTable
) -> None:
    bundle: Bundle = request.getfixturevalue(kind)
    full = bundle.score(new_table(20), reasons=1).frame
    scores = bundle.score(new_table(0), reasons=1)
    assert len(scores.frame) == 0
    assert list(scores.frame.columns) == list(full.columns)
    assert "no-rows" in codes(scores.notes)


def test_one_row_is_enough(binary: Bundle, new_table: NewTable) -> None:
    frame = binary.predict(new_table(1))
    assert frame["upshot_decile"].tolist() == [1]


def test_an_earlier_scoring_is_replaced(binary: Bundle, new_table: NewTable) -> None:
    old = {"upshot_probability": ["0.5"] * 50, "upshot_reason_3": ["old"] * 50}
    scores = binary.score(new_table(50, **old))
    assert "scored-before" in codes(scores.notes)
    assert list(scores.frame.columns).count("upshot_probability") == 1
    assert "upshot_reason_3" not in scores.frame
    assert scores.frame["upshot_probability"].equals(
        binary.predict(new_table())["upshot_probability"]
    )


def test_chunks_give_the_same_predictions(
    binary: Bundle, new_table: NewTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = new_table(50)
    whole = binary.predict(table, reasons=1)
    monkeypatch.setattr(scoring, "_CHUNK_ROWS", 7)
    assert binary.predict(table, reasons=1).equals(whole)


def test_reasons_are_phrases_strongest_first(binary: Bundle, new_table: NewTable) -> None:
    frame = binary.predict(new_table(20), reasons=2)
    assert frame["upshot_reason_1"].str.contains("raises|lowers").all()
    assert not (frame["upshot_reason_1"] == frame["upshot_reason_2"]).any()


def test_a_bundle_without_reasons_says_so(multiclass: Bundle, new_table: NewTable) -> None:
    scores = multiclass.score(new_table(5), reasons=1)
    assert "no-reasons" in codes(scores.notes)
    assert scores.frame["upshot_reason_1"].tolist() == [""] * 5
