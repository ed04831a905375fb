from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from upshot.tables.cells import cells_of
from upshot.tables.durations import HOURS, MINUTES, TIME, duration_words, parse_clock, time_words
from upshot.tables.infer import judge
from upshot.tables.kinds import Hints
from upshot.tables.schema import Kind


def seconds(text, clock=MINUTES):
    return parse_clock(pa.array([text]), clock)[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1h 20m", 4800), ("00:03:25", 205), ("3 days", 259_200), ("PT1H", 3600),
        ("P1DT2H", 93_600), ("PT0.5S", 0.5), ("03:25", 205), ("2 d 03:00:00", 183_600),
        ("1 Std. 20 Min.", 4800), ("5m 30s", 330), ("2 hours, 5 minutes", 7500),
        ("1 heure et 5 min", 3900), ("-0:05:00", -300), ("350ms", 0.35), ("1,5 h", 5400),
        ("2 semanas", 1_209_600), ("5 минут", 300),
    ],
)  # fmt: skip
def test_durations_become_seconds(text, value):
    assert seconds(text) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2:30 pm", 52_200),
        ("14h30", 52_200),
        ("2PM", 50_400),
        ("12:00 AM", 0),
        ("14:30:15", 52_215),
    ],
)
def test_times_of_day_become_seconds_since_midnight(text, value):
    assert seconds(text, TIME) == value


@pytest.mark.parametrize("text", ["", "P", "PT", "12", "abc", "5 apples", "1:75:00", "h", "3:2"])
def test_what_is_no_duration_is_missing(text):
    assert np.isnan(seconds(text))


def test_two_parts_are_minutes_or_hours_as_was_said():
    assert seconds("03:25", MINUTES) == 205
    assert seconds("03:25", HOURS) == 12_300


@given(st.integers(0, 99), st.integers(0, 59), st.integers(0, 59))
def test_a_duration_comes_back_however_it_is_written(hours, minutes, rest):
    whole = hours * 3600 + minutes * 60 + rest
    assert seconds(f"{hours:02d}:{minutes:02d}:{rest:02d}") == whole
    assert seconds(f"{hours}h {minutes}m {rest}s") == whole
    assert seconds(f"PT{hours}H{minutes}M{rest}S") == whole


def found(name, texts):
    return judge(cells_of(name, pa.array(texts)), Hints()).found


@pytest.mark.parametrize(
    ("name", "texts", "role"),
    [
        ("Avg. session duration", ["00:03:25", "00:01:02", "00:12:40"] * 10, "duration"),
        ("Watch time", ["1h 20m", "45m", "2h"] * 10, "duration"),
        ("x", ["3 days", "1 day", "12 hours"] * 10, "duration"),
        ("Start time", ["09:30", "14:15", "18:00"] * 10, "time of day"),
        ("time", ["2PM", "10AM", "6PM"] * 10, "time of day"),
    ],
)
def test_durations_and_times_are_found(name, texts, role):
    column = found(name, texts)
    assert (column.kind, column.role) == (Kind.NUMBER, role)


def test_two_parts_that_nothing_decides_are_said_to_be_unsure():
    column = found("Avg. duration", ["03:25", "02:10", "01:05"] * 10)
    assert column.number.ambiguous
    assert column.confidence < 0.7
    assert not found("Avg. duration", ["43:25", "02:10", "01:05"] * 10).number.ambiguous


@pytest.mark.parametrize("texts", [["3M", "5M", "1.2M"] * 10, ["S", "M", "L"] * 10])
def test_other_columns_are_no_durations(texts):
    assert found("x", texts).role != "duration"


def test_durations_are_said_in_words():
    assert duration_words(205) == "3 min 25 s"
    assert duration_words(4800) == "1 h 20 min"
    assert duration_words(187_200) == "2 days 4 h"
    assert duration_words(seconds("25 years")) == "25 years"
    assert duration_words(-60) == "minus 1 min"
    assert time_words(52_200) == "14:30"
