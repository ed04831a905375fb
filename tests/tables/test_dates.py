from __future__ import annotations

import pyarrow as pa
import pytest

from upshot.tables.cells import cells_of
from upshot.tables.dates import find_date_format, guess_date_format, parse_dates, with_order
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
        (("3 de enero de 2024", "12 de diciembre de 2024"), "2024-01-03T00:00"),
        (("1er janvier 2024", "12 août 2024"), "2024-01-01T00:00"),
        (("Jan 1st, 2024", "Feb 22nd, 2024"), "2024-01-01T00:00"),
        (("lundi 3 janvier 2024", "mardi 4 juin 2024"), "2024-01-03T00:00"),
        (
            ("segunda-feira, 5 de maio de 2025", "terça-feira, 6 de maio de 2025"),
            "2025-05-05T00:00",
        ),
        (("5 января 2024 г.", "12 марта 2024 г."), "2024-01-05T00:00"),
        (("5 stycznia 2024", "12 lutego 2024"), "2024-01-05T00:00"),
        (("5. ledna 2024", "12. února 2024"), "2024-01-05T00:00"),
        (("5 Ocak 2024", "12 Şubat 2024"), "2024-01-05T00:00"),
        (("5 tammikuuta 2024", "12 helmikuuta 2024"), "2024-01-05T00:00"),
        (("2024年1月5日", "2024年12月15日"), "2024-01-05T00:00"),
        (("2024. 1. 5.", "2024. 12. 15."), "2024-01-05T00:00"),
        (("٠٥/٠١/٢٠٢٤", "١٥/٠١/٢٠٢٤"), "2024-01-05T00:00"),
        (("2024-Q2", "2024-Q1"), "2024-04-01T00:00"),
        (("Q4 2023", "Q1 2024"), "2023-10-01T00:00"),
        (("1. Quartal 2024", "2. Quartal 2024"), "2024-01-01T00:00"),
        (("T1 2024", "T2 2024"), "2024-01-01T00:00"),
        (("2024-W01", "2024-W52"), "2024-01-01T00:00"),
        (("KW 12 2024", "KW 13 2024"), "2024-03-18T00:00"),
        (("Jan-24", "Feb-24"), "2024-01-01T00:00"),
        (("janv. 2024", "févr. 2024"), "2024-01-01T00:00"),
        (("02/2024", "03/2024"), "2024-02-01T00:00"),
        (("20240101101500", "20240102101500"), "2024-01-01T10:15"),
        (("20240101T101500Z", "20240102T101500Z"), "2024-01-01T10:15"),
        (("05JAN2024", "06FEB2024"), "2024-01-05T00:00"),
        (("2024-01-05 10:30 PM EST", "2024-01-06 01:30 AM PST"), "2024-01-05T22:30"),
        (("2024-01-01T10:00:00+02", "2024-01-02T10:00:00-0500"), "2024-01-01T10:00"),
        (("Mon, 01 Jan 2024 10:00:00 +0000", "Tue, 02 Jan 2024 10:00:00 GMT"), "2024-01-01T10:00"),
        (("Mon Jan 01 2024 00:00:00 GMT+0100 (Central Time)",), "2024-01-01T00:00"),
        (("January 5, 2024 at 3:04 PM", "March 7, 2024 at 10:00 AM"), "2024-01-05T15:04"),
        (("Oct 1, 2024, 12:30 a.m.", "Oct 2, 2024, 1:30 p.m."), "2024-10-01T00:30"),
        (("5 Jan '24", "7 Feb '24"), "2024-01-05T00:00"),
        (("Mar 05, 2024", "Mar 15, 2024"), "2024-03-05T00:00"),
        (("Mar 5, 2024 10:00 AM", "Sep 6, 2024 11:00 AM"), "2024-03-05T10:00"),
        (("mar 5 mar 2024", "mar 12 mar 2024"), "2024-03-05T00:00"),
        (("24-01-05", "24-02-17", "24-03-09", "24-04-28", "24-05-12"), "2024-01-05T00:00"),
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


def test_a_person_may_turn_the_order():
    written = DateFormat(("%d/%m/%Y", "%d/%m/%Y %H:%M", "%Y-%m-%d"), ambiguous=True)
    turned = with_order(written, "month-first")
    assert turned == DateFormat(("%m/%d/%Y", "%m/%d/%Y %H:%M", "%Y-%m-%d"))
    assert with_order(turned, "day-first").patterns == written.patterns


def test_the_last_row_of_a_long_column_still_decides():
    places = [i * 7919 % 3_000 for i in range(3_000)]
    texts = [f"{1 + i % 12:02d}/{1 + i // 12 % 12:02d}/{2000 + i // 144}" for i in places]
    assert read_dates(*texts)[0].written.ambiguous
    finding, got = read_dates(*texts, "25/01/2021")
    assert not finding.written.ambiguous
    assert got[-1] == "2021-01-25T00:00"


def test_dates_that_begin_late_in_the_file_are_found_by_looking_everywhere():
    texts = [f"note {i}" for i in range(70)] + [f"2024-01-{1 + i % 28:02d}" for i in range(20)]
    assert read_dates(*texts)[0].share < 0.5
    assert read_dates(*(texts[70:] + [str(2020 + i) for i in range(2)]))[0].share > 0.9


@pytest.mark.parametrize(
    ("texts", "first"),
    [
        (["1704067200", "1704153600"], "2024-01-01T00:00"),
        (["1704067200000", "1704153600000"], "2024-01-01T00:00"),
        (["45292", "45293.5"], "2024-01-01T00:00"),
        (["202401", "202402"], "2024-01-01T00:00"),
        (["2024", "2023"], "2024-01-01T00:00"),
    ],
)
def test_numbers_are_dates_where_a_person_says_so(texts, first):
    cells = cells_of("when", pa.array(texts))
    assert str(parse_dates(cells.texts, guess_date_format(cells))[0])[:16] == first


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
