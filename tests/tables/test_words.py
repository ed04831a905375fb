"""What reading a file tells is said in the reader's language, also after it was stored."""

from __future__ import annotations

import json
import re

import pytest

from upshot.errors import FileProblem, Note
from upshot.jsonable import from_jsonable, to_jsonable
from upshot.tables import read
from upshot.tables.exports import EXPORTS
from upshot.tables.findings import find
from upshot.tables.kinds.described import KINDS, ROLES
from upshot.tables.safely import preview_in_child, read_in_child
from upshot.tables.store import load, save
from upshot.wording import Sentence, say, speaking

SPACE = "\N{NO-BREAK SPACE}"


@pytest.fixture
def leads(tmp_path):
    """Lines above the table, words among numbers, a constant, dates that read two ways."""
    path = tmp_path / "leads.csv"
    rows = [f"L{n},{n}.5,€ {n}.25,03/0{1 + n % 9}/2024,DE,unknown" for n in range(1500)]
    rows += ["L1500,many,$ 7.00,03/04/2024,DE,unknown"]
    names = "Lead ID,Visits,Price,Created,Country,Source"
    path.write_text("\n".join(["Report of May", "", names, *rows]), encoding="utf-8")
    return path


def test_a_note_is_said_in_russian_with_its_numbers(leads):
    table = read(leads)
    note = next(n for n in table.notes if n.code == "unreadable-number" and n.column == "Visits")
    english = (
        "1 cell is no number in `Visits`, the first in row 1,501 ('many'). "
        "We count them as missing."
    )
    assert note.message == english
    with speaking("ru"):
        assert str(note.message) == (
            "В столбце `Visits` 1 ячейка не похожа на число, первая в строке "
            f"1{SPACE}501 («many»). Мы считаем такие ячейки пустыми."
        )
        assert str(note.remedy) == "Исправьте их в файле, если они важны."
    assert str(note.message) == english


def test_stored_notes_are_said_in_the_language_of_a_later_reader(leads, tmp_path):
    table = read(leads)
    save(table, tmp_path / "table.parquet")
    loaded = load(tmp_path / "table.parquet")
    assert loaded.notes == table.notes
    with speaking("ru"):
        said = [str(note.message) for note in loaded.notes]
        assert said == [str(note.message) for note in table.notes]
        assert all(re.search("[а-я]", text) for text in said)


def test_notes_that_were_stored_as_text_still_load():
    stored = to_jsonable(Note("constant", say("`{column}` is empty in every row.", column="a")))
    assert stored["message"] == "`a` is empty in every row."
    note = from_jsonable(json.loads(json.dumps(stored)), Note)
    with speaking("ru"):
        assert str(note.message) == "`a` is empty in every row."


def test_everything_told_of_a_file_is_a_sentence(leads):
    table = read(leads)
    told = [text for note in table.notes for text in (note.message, note.remedy) if text]
    found = find(table)
    told += [text for f in found for text in (f.what, f.why, f.remedy, f.note.message)]
    assert len(told) >= 10
    assert [text for text in told if not isinstance(text, Sentence)] == []


def test_a_problem_keeps_its_sentences_on_the_way_from_the_child(tmp_path):
    path = tmp_path / "a1"
    path.write_bytes(b"%PDF-1.7 and so on")
    with pytest.raises(FileProblem) as caught:
        read_in_child(path, name="leads.csv")
    assert caught.value.problem == "'leads.csv' is a PDF document, not a table."
    with speaking("ru"):
        assert str(caught.value) == (
            "«leads.csv» — это документ PDF, а не таблица. Выгрузите таблицу как CSV или Excel."
        )


def test_a_preview_keeps_its_sentences_on_the_way_from_the_child(leads):
    notes = preview_in_child(leads).notes
    assert notes
    assert all(isinstance(note.message, Sentence) for note in notes)


def test_a_share_that_rounds_to_nothing_is_said_in_words():
    from upshot.tables.findings.base import share

    with speaking("ru"):
        assert str(share(1, 1_000_000)) == "меньше 0,1 %"
        assert str(share(1, 8)) == "12 %"
        assert str(share(1, 80)) == "1,2 %"


@pytest.mark.parametrize("code", EXPORTS)
def test_every_export_is_introduced_in_russian(code):
    export = EXPORTS[code]
    texts = [export.title, export.row, export.caution, *(ask.words for ask in export.asks)]
    with speaking("ru"):
        assert all(re.search("[а-я]", str(text)) for text in texts if text)


def test_every_kind_and_role_is_described_in_russian():
    with speaking("ru"):
        for described in (*KINDS.values(), *ROLES.values()):
            for text in (described.label, described.meaning, described.learned):
                assert re.search("[а-я]", str(say(text)))
