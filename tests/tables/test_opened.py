from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from upshot.errors import FileProblem
from upshot.tables import archives, read
from upshot.tables.opened import open_file, open_members

CSV = b"name,visits\nAnna,3\nBen,4\n"


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return out.getvalue()


def write(folder: Path, data: bytes, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", ["file.csv", "file.xlsx", "file", "file.png"])
def test_the_format_is_decided_by_content_not_by_name(tmp_path, name):
    assert read(write(tmp_path, CSV, name)).rows == 2


def test_gzip_and_zip_are_unpacked(tmp_path):
    assert read(write(tmp_path, gzip.compress(CSV), "a.gz")).rows == 2
    assert read(write(tmp_path, zipped(a__csv=CSV), "a.zip")).rows == 2


def test_the_largest_table_of_an_archive_is_taken_and_the_others_offered(tmp_path):
    big = CSV + b"Cleo,5\n"
    path = write(tmp_path, zipped(small__csv=CSV, big__csv=big, readme__md=b"hello"), "a.zip")
    opened = open_file(path, "a.zip")
    assert opened.data == big
    assert opened.member == "big.csv"
    assert opened.members == ("small.csv", "big.csv")
    assert [part.data for part in open_members(opened)] == [CSV, big]
    assert read(path, sheet="small.csv").rows == 2


def test_json_counts_as_a_table_of_an_archive_only_alone(tmp_path):
    data = b'[{"a": 1}, {"a": 2}]'
    both = write(tmp_path, zipped(a__csv=CSV, about__json=data), "a.zip")
    assert open_file(both, "a.zip").members == ("a.csv",)
    assert read(write(tmp_path, zipped(a__json=data), "b.zip")).rows == 2


def test_an_unknown_member_names_the_known_ones(tmp_path):
    path = write(tmp_path, zipped(a__csv=CSV, b__csv=CSV), "a.zip")
    with pytest.raises(FileProblem, match=r"a\.csv, b\.csv"):
        read(path, sheet="c.csv")


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b" \n \n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\x89PNG\r\n\x1a\n0000", "image"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"SQLite format 3\x00....", "database"),
        (b"<!DOCTYPE html><html><table></table></html>", "web page"),
        (b"<?xml version='1.0'?><a/>", "XML"),
        (b"PK\x03\x04 broken", "damaged"),
        (gzip.compress(CSV)[:-9], "damaged"),
        (b"\x1f\x8bnonsense", "damaged"),
        (b"PAR1 broken", "damaged"),
        (bytes(range(1, 30)) * 40, "not a table"),
        ("\xd0\xcf\x11\xe0".encode("latin-1") + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("\xd0\xcf\x11\xe0".encode("latin-1") + b"x" * 100, "not a workbook"),
    ],
)
def test_what_is_no_table_is_refused_with_a_remedy(tmp_path, data, word):
    with pytest.raises(FileProblem, match=word) as caught:
        read(write(tmp_path, data))
    assert caught.value.remedy
    assert "file.csv" in caught.value.problem


def test_a_missing_file_and_a_folder_are_problems_of_the_input(tmp_path):
    with pytest.raises(FileProblem, match="no file"):
        read(tmp_path / "none.csv")
    with pytest.raises(FileProblem, match="folder"):
        read(tmp_path)


def test_the_name_the_person_knows_stands_in_messages(tmp_path):
    with pytest.raises(FileProblem, match=r"orders\.csv"):
        read(write(tmp_path, b"", "a1b2c3"), name="orders.csv")


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "RATIO_FREE_BYTES", 1024 * 1024)
    zeros = b"0" * 8 * 1024 * 1024
    for data in (zipped(a__csv=zeros), gzip.compress(zeros)):
        with pytest.raises(FileProblem, match="too large when unpacked"):
            open_file(write(tmp_path, data, "bomb"), "bomb")


def test_a_word_document_and_an_archive_without_tables_are_refused(tmp_path):
    with pytest.raises(FileProblem, match="not a workbook"):
        read(write(tmp_path, zipped(**{"word/document__xml": b"<a/>"})))
    with pytest.raises(FileProblem, match="no table"):
        read(write(tmp_path, zipped(photo__png=b"123")))
