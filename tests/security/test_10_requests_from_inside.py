"""Class 10, requests and files from inside (SSRF): nothing a person sends makes the site fetch."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest

import upshot
from upshot.cli.main import run
from web.api.conftest import program_of
from web.conftest import upload_of

INSIDE = [
    "http://127.0.0.1/",
    "http://localhost:8000/",
    "https://[::1]/",
    "https://0.0.0.0/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://10.0.0.1/",
    "https://192.168.1.1/",
    "https://[::ffff:127.0.0.1]/",
    "https://[fd00::1]/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:6379/_",
    "https://user:pass@127.0.0.1/",
]


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Records who tries to go out, and stops them."""
    tried: list[Any] = []

    def refuse(_self: Any, address: Any) -> None:
        tried.append(address)
        raise OSError("no network in this test")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    return tried


@pytest.mark.parametrize("url", INSIDE)
def test_a_webhook_never_points_inside(cast: Any, url: str) -> None:
    from upshot.web.api.models import Webhook

    program = program_of(cast.owner, cast.workspace)
    response = program.post("/webhooks", {"url": url, "events": ["run.succeeded"]})
    assert 400 <= response.status_code < 500
    assert not Webhook.objects.exists()


@pytest.mark.parametrize("name", ["http://127.0.0.1/x.csv", "s3://bucket/x.csv", "https://a.b/x"])
def test_a_file_is_never_an_address(
    name: str, no_network: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["read", name]) == 2
    assert no_network == []
    assert "Traceback" not in capsys.readouterr().err


def test_addresses_in_cells_are_not_followed(tmp_path: Path, no_network: list[Any]) -> None:
    path = tmp_path / "links.csv"
    cells = "\n".join(f"http://169.254.169.254/{row},file:///etc/passwd" for row in range(50))
    path.write_text(f"link,file\n{cells}\n")
    upshot.read(path)
    assert no_network == []


def test_a_workbook_that_links_outside_is_read_without_going_there(
    tmp_path: Path, no_network: list[Any]
) -> None:
    import xlsxwriter

    path = tmp_path / "links.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["name", "spent"])
        for row in range(1, 30):
            sheet.write_url(row, 0, f"https://127.0.0.1/{row}")
            sheet.write_formula(row, 1, '=WEBSERVICE("http://127.0.0.1/")', value=row)
    upshot.read(path)
    assert no_network == []


def test_an_uploaded_address_is_only_text(
    cast: Any, owner_client: Any, run_jobs: Any, no_network: list[Any]
) -> None:
    owner_client.post("/data/new/", {"file": upload_of(b"http://127.0.0.1/x.csv\n", "x.csv")})
    run_jobs()
    assert no_network == []
