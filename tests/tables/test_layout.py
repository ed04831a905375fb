from __future__ import annotations

from upshot.tables.layout import find_layout, simple_type


def test_cells_have_simple_types():
    expected = {
        "1.234,56": "number", "$12": "number", "(3)": "number", "27.78%": "number",
        "2025-01-02": "date", "1/2/25 10:00": "date", "15 Apr, 2021 00:03:00": "date",
        "a@b.org": "email", "https://x.org": "url", "Yes": "flag", "": "empty", "Anna": "text",
    }  # fmt: skip
    assert {cell: simple_type(cell) for cell in expected} == expected


def test_two_header_rows_are_joined():
    rows = [
        ["Weekly results", "", "", "", ""],
        ["", "", "", "", ""],
        ["Week", "Search", "", "Social", ""],
        ["", "Cost", "Clicks", "Cost", "Clicks"],
        ["2024-01-01", "5.5", "4", "3.2", "1"],
        ["2024-01-08", "6.5", "5", "3.9", "2"],
        ["2024-01-15", "7.5", "6", "3.1", "3"],
    ]
    layout = find_layout(rows)
    assert layout.header == 2
    assert layout.header_rows == 2
    assert layout.first == 4
    assert layout.names == ("Week", "Search Cost", "Search Clicks", "Social Cost", "Social Clicks")


def test_years_as_names_are_a_header():
    rows = [["country", "2019", "2020", "2021"], ["DE", "1", "2", "3"], ["FR", "2", "3", "4"]]
    assert find_layout(rows).header == 0


def test_a_table_of_words_has_a_header():
    rows = [["name", "city"], ["Anna", "Bonn"], ["Ben", "Ulm"], ["Cleo", "Bonn"]]
    assert find_layout(rows).header == 0


def test_blank_rows_alone_do_not_break_the_search():
    assert find_layout([[""], [""]]).first >= 0


def test_units_below_the_names_join_the_names() -> None:
    body = [["2026-10-01", "12.5", "3"], ["2026-10-02", "9.0", "4"], ["2026-10-03", "7.1", "5"]]
    layout = find_layout([["Day", "Cost", "Clicks"], ["", "EUR", "[pcs]"], *body])
    assert layout.names == ("Day", "Cost (EUR)", "Clicks (pcs)")
    assert (layout.header_rows, layout.first) == (2, 2)


def test_a_first_row_of_currency_codes_in_a_text_column_is_data() -> None:
    body = [["EUR", "12.5"], ["USD", "9.0"], ["GBP", "7.1"], ["EUR", "3.0"]]
    assert find_layout([["Currency", "Cost"], *body]).header_rows == 1
    sparse = [["EUR", ""], ["USD", "9.0"], ["GBP", "7.1"], ["EUR", "3.0"]]
    assert find_layout([["Currency", "Cost"], *sparse]).header_rows == 1


def test_answers_stand_below_the_question_that_they_belong_to():
    rows = [
        ["ID", "Asked on", "Which do you use?", "", "How old?"],
        ["", "", "App", "Shop", "Response"],
        *([str(100 + i), f"2024-01-{i + 1:02d}", "App", "", "18-24"] for i in range(9)),
    ]
    layout = find_layout(rows)
    assert layout.first == 2
    assert layout.names == (
        "ID", "Asked on", "Which do you use? App", "Which do you use? Shop", "How old? Response",
    )  # fmt: skip


def test_a_first_row_with_blanks_is_no_second_header():
    rows = [
        ["ID", "Asked on", "Which do you use?", "", "How old?"],
        ["", "", "App", "Shop", "18-24"],
        *(["", "", "App", "Shop", "25-34"] for _ in range(4)),
        *([str(100 + i), f"2024-01-{i + 1:02d}", "App", "Shop", "18-24"] for i in range(9)),
    ]
    assert find_layout(rows).header_rows == 1


def test_names_that_say_the_same_twice_are_said_once():
    rows = [
        ["StartDate", "Duration", "Q1"],
        ["Start Date", "Duration", "How old are you?"],
        *([f"2024-01-{i + 1:02d}", str(i), str(20 + i)] for i in range(9)),
    ]
    assert find_layout(rows).names == ("Start Date", "Duration", "Q1 How old are you?")
