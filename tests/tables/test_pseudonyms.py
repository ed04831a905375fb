from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pytest

from upshot.errors import InputError
from upshot.tables.pseudonyms import (
    Pseudonyms,
    normal,
    pseudonym_of,
    read_key_file,
    with_marks,
    with_pseudonyms,
)
from upshot.tables.schema import Change, Column, Kind, Schema
from upshot.tables.table import Source, Table

KEY = Pseudonyms(b"0123456789abcdef0123456789abcdef")
OTHER = Pseudonyms(b"another key, of as many signs as")


def table_of(values: object, column: Column | None = None) -> Table:
    schema = Schema((column or Column("customer", Kind.IDENTIFIER),))
    return Table(pa.table({"customer": values}), schema, (), Source("made up", "csv"))


def replaced(table: Table, key: Pseudonyms | None = KEY) -> list[str | None]:
    marked = table.with_schema(with_marks(table.schema, ["customer"], KEY))
    return with_pseudonyms(marked, key).raw.column("customer").to_pylist()


@pytest.mark.parametrize("key", [b"", b"short", b"fifteen signs.."])
def test_a_short_key_is_refused_with_a_remedy(key: bytes) -> None:
    with pytest.raises(InputError, match="at least 16 random characters"):
        Pseudonyms(key)


def test_the_key_is_neither_shown_nor_in_its_fingerprint() -> None:
    assert "0123456789" not in repr(KEY)
    assert KEY.fingerprint != OTHER.fingerprint
    assert KEY.fingerprint != KEY.of("")


def test_one_customer_has_one_pseudonym_however_a_file_writes_the_number() -> None:
    texts = replaced(table_of(["51", " 51", "51.0", "'51"]))
    numbers = replaced(table_of(pa.array([51, 52])))
    floats = replaced(table_of(pa.array([51.0, 52.5])))
    assert set(texts) == {numbers[0]} == {floats[0]} == {KEY.of("51")}
    assert len({*texts, *numbers, *floats}) == 3


def test_identifiers_that_differ_in_case_or_leading_zeros_stay_apart() -> None:
    assert len({KEY.of(text) for text in ("0015A", "0015a", "15A", "15a")}) == 4


def test_the_same_letters_written_in_two_ways_of_unicode_are_one() -> None:
    assert KEY.of("Caf\u00e9") == KEY.of("Cafe\u0301")


@pytest.mark.parametrize("text", ["-", "", "1.5", "0012", "a  b", "\ud800"])
def test_normal_spelling_is_stable(text: str) -> None:
    assert normal(normal(text)) == normal(text)
    KEY.of(text)


def test_missing_stays_missing() -> None:
    column = Column("customer", Kind.IDENTIFIER, missing_tokens=("n/a",), marked_missing=("999",))
    found = replaced(table_of(["a", None, "N/A", "999", ""], column))
    assert [text is None for text in found] == [False, True, True, True, True]


def test_without_the_key_every_value_is_the_same_unknown_one() -> None:
    for key in (None, OTHER):
        found = replaced(table_of(["a", "b", None]), key)
        assert found[0] == found[1] is not None
        assert found[2] is None
        assert found[0] not in {KEY.of("a"), OTHER.of("a")}


def test_spellings_that_a_person_merged_stay_merged_without_being_kept() -> None:
    column = Column("customer", Kind.IDENTIFIER, merged=("Müller & Co",))
    before = replace(
        Schema((column,)), changes=(Change("customer", "merged", "", "Müller & Co", column),)
    )
    schema = with_marks(before, ["customer"], KEY)
    assert "ller" not in repr(schema)
    table = table_of(["Müller & Co", "MULLER & CO", "Maier"], column)
    found = replaced(table)
    assert found[0] == found[1] != found[2]
    assert pseudonym_of("muller & co", schema.column("customer"), KEY) == found[0]


def test_a_table_without_marks_stays_itself() -> None:
    table = table_of(["a"])
    assert with_pseudonyms(table, KEY) is table


def test_rows_left_out_stay_left_out() -> None:
    table = table_of(["a", "b"])
    marked = table.with_schema(with_marks(table.schema, ["customer"], KEY)).for_learning
    found = with_pseudonyms(marked, KEY)
    assert found.for_learning is found


def test_a_key_file_is_read_without_the_blank_signs_around(tmp_path) -> None:
    path = tmp_path / "key.txt"
    path.write_bytes(KEY.key + b"\r\n")
    assert read_key_file(path) == KEY


def test_what_is_no_key_file_is_refused(tmp_path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_key_file(tmp_path / "none.txt")
    (tmp_path / "data.csv").write_bytes(b"x" * 5_000)
    with pytest.raises(InputError, match="too large for a key"):
        read_key_file(tmp_path / "data.csv")
