from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from upshot.tables.cells import cells_of
from upshot.tables.numbers import find_number_format, parse_numbers
from upshot.tables.schema import NumberFormat


def read_numbers(*texts, **hints):
    cells = cells_of("x", pa.array(texts))
    finding = find_number_format(cells, **hints)
    return finding, parse_numbers(cells.texts, finding.written).tolist()


@pytest.mark.parametrize(
    ("texts", "values"),
    [
        (("1.234,56", "12,5", "7"), [1234.56, 12.5, 7]),
        (("1,234.56", "12.5", "7"), [1234.56, 12.5, 7]),
        (("1 234,56", "12,5"), [1234.56, 12.5]),
        (("1\u202f234,56", "1\u00a0234"), [1234.56, 1234]),
        (("1'234.56", "1’000.10"), [1234.56, 1000.10]),
        (("12,34,567.80", "1,00,000"), [1234567.80, 100000]),
        (("(123)", "45", "-6", "−7", "8-"), [-123, 45, -6, -7, -8]),
        (("12 %", "7.5%"), [12, 7.5]),
        (("€12.50", "€ 3.10"), [12.5, 3.1]),
        (("12,50 €", "1.000,00 €"), [12.5, 1000]),
        (("$1,117.10K", "$22,700.00", "$3M"), [1117100, 22700, 3e6]),
        (("USD 1,000.50", "-$5.25", "$-5.25"), [1000.5, -5.25, -5.25]),
        (("$84,835.00 ", "$1.00 "), [84835, 1]),
        (("1e3", "2.5E-2", "+4"), [1000, 0.025, 4]),
        ((".5", "5."), [0.5, 5]),
        (("6,347", "39", "1,200"), [6347, 39, 1200]),
        (("0,125", "0,5"), [0.125, 0.5]),
        (("١٬٢٣٤٫٥٦", "١٢٫٥"), [1234.56, 12.5]),
        (("۱۲۳", "۴۵"), [123, 45]),
        (("１２３", "４５．６"), [123, 45.6]),
        (("1.2M €", "3.5K €"), [1.2e6, 3500]),
        (("€1.2M", "€900k"), [1.2e6, 9e5]),
        (("3 Mrd. €", "1,5 Mio. €"), [3e9, 1.5e6]),
        (("12 tsd.", "1,5 Mio."), [12_000, 1.5e6]),
        (("1.5 crore", "3 lakh"), [1.5e7, 3e5]),
        (("12,50-", "3,10"), [-12.5, 3.1]),
        (("12.50 €-", "€3.00-"), [-12.5, -3]),
        (("($1,234.50)", "$(3.00)"), [-1234.5, -3]),
        (("(12%)", "5%"), [-12, 5]),
        (("%12", "%7,5"), [12, 7.5]),
        (("CHF 12.–", "CHF 15.50", "12.-"), [12, 15.5, 12]),
        (("1,2E+05", "3,0E-02"), [120_000, 0.03]),
        (("1.2×10^5", "3e4"), [120_000, 30_000]),
        (("- 5", "+ 7"), [-5, 7]),
        (("1\u2009234,56", "1\u2007234"), [1234.56, 1234]),
        (("eur 12.50", "EUR 3"), [12.5, 3]),
        (("1 234,5 руб.", "12 руб."), [1234.5, 12]),
        (("R$ 1.234,56", "R$ 12,00"), [1234.56, 12]),
        (("Rp1.234.567", "Rp12.000"), [1_234_567, 12_000]),
    ],
)
def test_numbers_are_read_in_the_locale_of_their_column(texts, values):
    finding, got = read_numbers(*texts)
    assert finding.share == 1
    assert got == pytest.approx(values)


def test_the_other_columns_decide_where_a_column_cannot():
    assert read_numbers("1.234", "2.500")[1] == pytest.approx([1.234, 2.5])
    assert read_numbers("1.234", "2.500", decimal_hint=",")[1] == pytest.approx([1234, 2500])
    assert read_numbers("1,234", "2,500", decimal_hint=",")[1] == pytest.approx([1.234, 2.5])
    assert read_numbers("1,234", "2,500")[0].tied


def test_an_earlier_format_wins_between_equals():
    german = NumberFormat(",", ".")
    assert read_numbers("1.234", "5.678", prefer=german)[1] == pytest.approx([1234, 5678])


def test_two_formats_in_one_column_are_read_cell_by_cell():
    finding, got = read_numbers("EUR 25.000,00", "USD 1,000,000.00", "EUR 3.000.000,50")
    assert finding.share == 1
    assert got == pytest.approx([25000, 1000000, 3000000.5])


def test_currency_and_percent_are_remembered():
    assert read_numbers("€5", "€7")[0].written.currency == "€"
    assert read_numbers("5 %", "7 %")[0].written.percent


@pytest.mark.parametrize(
    "text",
    ["Anna", "1.2.3", "12 km", "5 mil", "3 CR", "1,23,4", "--", "12abc", "1-2", "inf", "nan", ""],
)
def test_what_is_no_number_is_missing(text):
    assert np.isnan(parse_numbers(pa.array([text]), NumberFormat(".", ","))).all()


MARKS = st.sampled_from(
    [(".", ""), (",", ""), (".", ","), (",", "."), (",", " "), (",", "\u202f"), (".", "\u2009"),
     (",", "\u00a0"), (".", "'"), (".", "’")]
)  # fmt: skip
AROUND = st.sampled_from(
    ["{}", "€{}", "{} €", "$ {}", "{} USD", "CHF {}", "{} zł", "{} kr", "£{}", "{} %", "{}%"]
)
DIGITS = st.sampled_from(["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९"])
MINUS = st.sampled_from(["-{}", "−{}", "({})", "{}-"])


def written(cents, marks, minus):
    """A number as a person of some country writes it."""
    whole, rest = divmod(abs(cents), 100)
    text = f"{whole:,}".replace(",", marks[1]) + marks[0] + f"{rest:02d}"
    return minus.format(text) if cents < 0 else text


@given(
    st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=8, unique=True),
    MARKS,
    AROUND,
    MINUS,
    DIGITS,
)
def test_numbers_of_any_locale_come_back(cents, marks, around, minus, digits):
    texts = [around.format(written(value, marks, minus)) for value in cents]
    texts = [text.translate(str.maketrans("0123456789", digits)) for text in texts]
    finding, got = read_numbers(*texts)
    assert finding.share == 1
    assert got == pytest.approx([value / 100 for value in cents])
