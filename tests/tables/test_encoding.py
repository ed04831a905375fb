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
