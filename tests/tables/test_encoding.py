from __future__ import annotations

import pytest

from upshot.tables.encoding import decode

TEXT = "Ort,Größe\nMünchen,3\nKöln,4\n"


@pytest.mark.parametrize(
    ("codec", "shown"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
    ],
)
def test_western_text_is_read_in_any_encoding(codec, shown):
    decoded = decode(TEXT.encode(codec))
    assert decoded.utf8.decode("utf-8") == TEXT
    assert decoded.encoding == shown
    assert decoded.replaced == 0


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("город,сумма\n" + "Москва,5\nСанкт-Петербург,7\nНовосибирск,2\n" * 20, "cp1251"),
        ("miasto,kwota\n" + "Łódź,5\nŚwiętochłowice,7\nKraków,2\nGdańsk,1\n" * 20, "cp1250"),
        ("都市,金額\n" + "東京都,5\n大阪府,7\n名古屋市,2\n" * 20, "shift_jis"),
    ],
)
def test_other_code_pages_are_detected(text, codec):
    assert decode(text.encode(codec)).utf8.decode("utf-8") == text


def test_a_few_broken_bytes_do_not_turn_utf8_into_a_code_page():
    data = TEXT.encode("utf-8") * 50 + b"bad \xff byte,1\n"
    decoded = decode(data)
    assert decoded.encoding == "utf-8"
    assert decoded.replaced == 1
    assert "München" in decoded.utf8.decode("utf-8")


def test_empty_and_plain_text_are_utf8():
    assert decode(b"").encoding == "utf-8"
    assert decode(b"a,b\n1,2\n").encoding == "utf-8"


LINES = [f"r{i},Köln {i},{i}.5" for i in range(30)]


def test_files_of_two_encodings_behind_each_other_keep_their_letters():
    both = "\n".join(LINES[:15]).encode() + b"\n" + "\n".join(LINES[15:]).encode("cp1252")
    found = decode(both)
    assert (found.utf8.decode(), found.sure, found.replaced) == ("\n".join(LINES), False, 0)


def test_letters_that_were_encoded_twice_are_told(read_text):
    table = read_text("\n".join(["id,city,cost", *LINES]).encode().decode("cp1252"))
    said = {note.code: note.message for note in table.notes}
    assert said["encoded-twice"].startswith(
        "Letters look broken: 'KÃ¶ln' should probably be 'Köln'"
    )
    assert "encoded-twice" not in {note.code for note in read_text("\n".join(LINES)).notes}


def test_zeros_at_the_end_are_no_reason_to_refuse_a_file(read_text):
    text = "\n".join(["id,city,cost", *LINES]) + "\n"
    assert read_text(text.encode() + b"\x00" * 4000).rows == 30
