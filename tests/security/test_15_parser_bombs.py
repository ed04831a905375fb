"""Class 15, files that blow up in the parser: refused with words, and the site stays up."""

from __future__ import annotations

import contextlib
import gzip
import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

import upshot
from upshot.errors import InputError
from web.conftest import upload_of

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
)
LAUGHS = '<!DOCTYPE z [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)


def packed(members: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def zip_of_zeros() -> tuple[str, bytes]:
    return "zeros.zip", packed({"a.csv": b"0" * 400_000_000})


def gz_of_zeros() -> tuple[str, bytes]:
    return "zeros.csv.gz", gzip.compress(b"\0" * 100_000_000, 9)


def zip_in_zip() -> tuple[str, bytes]:
    inner = packed({"a.csv": b"a,b\n1,2\n"})
    for _ in range(30):
        inner = packed({"next.zip": inner})
    return "nested.zip", inner


def many_members() -> tuple[str, bytes]:
    return "many.zip", packed({f"{number}.csv": "a\n1\n" for number in range(20_000)})


def laughing_workbook() -> tuple[str, bytes]:
    cell = "<c t='str'><v>&j;</v></c>"
    sheet = f"{LAUGHS}]><worksheet><sheetData><row>{cell}</row></sheetData></worksheet>"
    return "laughs.xlsx", packed(
        {
            "[Content_Types].xml": TYPES,
            "xl/workbook.xml": "<workbook><sheets><sheet name='a'/></sheets></workbook>",
            "xl/worksheets/sheet1.xml": sheet,
        }
    )


def endless_line() -> tuple[str, bytes]:
    return "line.csv", b"a" * 30_000_000


def million_columns() -> tuple[str, bytes]:
    return "wide.csv", b",".join(b"c%d" % n for n in range(300_000)) + b"\n" + b"1," * 299_999


def deep_json() -> tuple[str, bytes]:
    return "deep.json", b"[" * 200_000 + b"]" * 200_000


BOMBS: list[Callable[[], tuple[str, bytes]]] = [
    zip_in_zip,
    many_members,
    laughing_workbook,
    deep_json,
]
LARGE: list[Callable[[], tuple[str, bytes]]] = [
    zip_of_zeros,
    gz_of_zeros,
    endless_line,
    million_columns,
]
MOST_SECONDS = 60
MOST_BYTES = 2_000_000_000


def defused(make: Callable[[], tuple[str, bytes]], folder: Path) -> None:
    name, content = make()
    path = folder / name
    path.write_bytes(content)
    process, began = psutil.Process(), time.monotonic()
    before = process.memory_info().rss
    with contextlib.suppress(InputError):
        upshot.read(path)
    assert time.monotonic() - began < MOST_SECONDS
    assert process.memory_info().rss - before < MOST_BYTES


@pytest.mark.parametrize("make", BOMBS)
def test_it_is_refused_in_words(make: Callable[[], tuple[str, bytes]], tmp_path: Path) -> None:
    defused(make, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("make", LARGE)
def test_a_large_one_too(make: Callable[[], tuple[str, bytes]], tmp_path: Path) -> None:
    defused(make, tmp_path)


@pytest.mark.parametrize("make", [laughing_workbook, deep_json, zip_in_zip])
def test_the_site_says_what_is_wrong_with_it(
    cast: Any, owner_client: Any, run_jobs: Any, make: Callable[[], tuple[str, bytes]]
) -> None:
    name, content = make()
    response = owner_client.post("/data/new/", {"file": upload_of(content, name)})
    job = run_jobs()
    page = owner_client.get(response.url)
    assert page.status_code == 200
    assert job.state in ("failed", "succeeded")
    assert "Something went wrong on our side" not in job.message
