"""Rows given as names and values get what the same rows in a file get."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from upshot.bundles import Bundle, load_bundle
from upshot.errors import InputError
from upshot.jsonable import dumps
from upshot.predicting import predict_rows
from upshot.tables import read

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
FILE = GOLDEN / "format-1-rows.csv"


def golden(name: str) -> Bundle:
    return load_bundle(GOLDEN / f"format-1-{name}.upshot")


def rows_of_file() -> list[dict[str, str]]:
    with FILE.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", ["catboost", "linear", "lightgbm"])
def test_rows_and_file_agree(name: str) -> None:
    bundle = golden(name)
    frame = bundle.score(read(FILE)).frame
    found = predict_rows(bundle, rows_of_file()).predictions
    assert len(found) == len(frame)
    for row, (_, expected) in zip(found, frame.iterrows(), strict=True):
        assert row.prediction == expected["upshot_prediction"]
        if row.probability is not None:
            assert row.probability == pytest.approx(expected["upshot_probability"])
        if row.probabilities is not None:
            for outcome, chance in row.probabilities.items():
                assert chance == pytest.approx(expected[f"upshot_probability_{outcome}"])
        if row.low is not None:
            assert row.low == pytest.approx(expected["upshot_low"])


def test_numbers_and_yes_or_no_may_be_native() -> None:
    bundle = golden("catboost")
    native = {"Visits": 8, "Basket": 150.25, "Channel": "Ads", "Newsletter": True, "Comment": None}
    texts = {"Visits": "8", "Basket": "150.25", "Channel": "Ads", "Newsletter": "yes"}
    one, other = (predict_rows(bundle, [row]).predictions[0] for row in (native, texts))
    assert one.probability == pytest.approx(other.probability)


def test_a_missing_column_is_said_and_reasons_are_given_when_asked() -> None:
    bundle = golden("catboost")
    row = {key: value for key, value in rows_of_file()[0].items() if key != "Channel"}
    found = predict_rows(bundle, [row], reasons=2)
    assert any("Channel" in note.message for note in found.notes)
    assert 0 < len(found.predictions[0].reasons) <= 2
    assert "prediction" in dumps(found)


def test_rows_without_the_columns_that_matter_are_refused() -> None:
    with pytest.raises(InputError, match="columns that matter"):
        predict_rows(golden("catboost"), [{"Other": 1}])
    with pytest.raises(InputError):
        predict_rows(golden("catboost"), [{}])
