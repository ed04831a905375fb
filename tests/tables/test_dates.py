from __future__ import annotations

import pyarrow as pa
import pytest

from upshot.tables.cells import cells_of
from upshot.tables.dates import find_date_format, parse_dates
from upshot.tables.schema import DateFormat


def read_dates(*texts, **hints):
    cells = cells_of("when", pa.array(texts))
    finding = find_date_format(cells, **hints)
    return finding, [str(d)[:16] for d in parse_dates(cells.texts, finding.written)]


@pytest.mark.parametrize(
    ("texts", "first"),
    [
        (("2025-01-02", "2025-03-04"), "2025-01-02T00:00"),
        (("2025-01-02 03:04:05", "2025-01-02 10:00:00"), "2025-01-02T03:04"),
        (("2025-01-02T03:04:05Z", "2025-01-02T03:04:05.123Z"), "2025-01-02T03:04"),
        (("2023-11-21 17:43:11 +0200", "2023-06-21 17:43:11 +0300"), "2023-11-21T17:43"),
        (("31-12-2024", "01-02-2025"), "2024-12-31T00:00"),
        (("31.12.2024", "1.2.2025"), "2024-12-31T00:00"),
        (("12/31/24", "1/2/25"), "2024-12-31T00:00"),
        (("12/31/2024 1:05 PM", "1/2/2025 11:00 AM"), "2024-12-31T13:05"),
        (("20240131", "20241231"), "2024-01-31T00:00"),
        (("15 Apr, 2021 00:03:00", "2 May, 2021 10:00:00"), "2021-04-15T00:03"),
        (("Jun 09, 2018 09:30 pm", "Dec 10, 2018 01:00 am"), "2018-06-09T21:30"),
        (("3 März 2024", "12 Dezember 2024"), "2024-03-03T00:00"),
        (("3 févr. 2024", "12 août 2024"), "2024-02-03T00:00"),
        (("2024-03", "2024-04"), "2024-03-01T00:00"),
        (("2024/03/01", "2024/04/30"), "2024-03-01T00:00"),
        (("Jan 2, 2024", "Feb 3, 2024"), "2024-01-02T00:00"),
    ],
)
def test_dates_are_read_as_written(texts, first):
    finding, got = read_dates(*texts)
    assert finding.share == 1
    assert got[0] == first
    assert not finding.written.ambiguous


def test_one_value_decides_the_order_for_the_column():
    _, got = read_dates("01/02/2025", "13/02/2025")
    assert got[0] == "2025-02-01T00:00"
    _, got = read_dates("01/02/2025", "02/13/2025")
    assert got[0] == "2025-01-02T00:00"


def test_a_sorted_column_decides_by_its_order():
    texts = [f"{day:02d}/{month:02d}/2025" for month in (1, 2, 3) for day in (3, 7, 11)]
    finding, got = read_dates(*texts)
    assert not finding.written.ambiguous
    assert got[0] == "2025-01-03T00:00"


def test_nothing_decides_so_it_is_said():
    finding, _ = read_dates("03/04/2025", "05/02/2025", "01/06/2025")
    assert finding.written.ambiguous


def test_the_other_columns_or_an_earlier_file_decide():
    texts = ("03/04/2025", "05/02/2025")
    assert read_dates(*texts, order_hint="day-first")[1][0] == "2025-04-03T00:00"
    assert read_dates(*texts, order_hint="month-first")[1][0] == "2025-03-04T00:00"
    earlier = DateFormat(("%d/%m/%Y",))
    assert read_dates(*texts, prefer=earlier)[1][0] == "2025-04-03T00:00"


@pytest.mark.parametrize("texts", [("1", "2"), ("Anna", "May"), ("99999999",), ("12.5", "13.5")])
def test_other_texts_are_no_dates(texts):
    assert read_dates(*texts)[0].share == 0


def test_impossible_days_are_missing():
    _, got = read_dates("2025-02-28", "2025-02-30", "2025-03-01")
    assert got[1] == "NaT"
