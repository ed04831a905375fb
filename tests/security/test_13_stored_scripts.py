"""Class 13, stored scripts (Label Studio 2023-47115): names and cells are text everywhere."""

from __future__ import annotations

from typing import Any

import pytest

from security.routes import address, every_route
from upshot.web.accounts.middleware import WITH_TOKEN
from web.conftest import upload_of

SCRIPT = "<script>document.title='canary'</script>"
PAYLOADS = [
    SCRIPT,
    "\"><img src=x onerror=alert('canary')>",
    "'-alert('canary')-'",
    "</textarea><svg/onload=alert('canary')>",
    "{{ 7|add:canary }}{% debug %}",
    "javascript:alert('canary')",
]
RAW = ("<script>document", "<img src=x", "<svg/onload")


def table() -> bytes:
    """A file whose headers and cells are payloads."""
    names = ['"' + payload.replace('"', '""') + '"' for payload in PAYLOADS[:4]]
    lines = [",".join([*names, "bought"])]
    for row in range(60):
        cells = ['"' + PAYLOADS[(row + at) % 6].replace('"', '""') + '"' for at in range(4)]
        lines.append(",".join([*cells, "yes" if row % 3 else "no"]))
    return "\n".join(lines).encode()


def test_headers_and_cells_are_text(cast: Any, owner_client: Any, run_jobs: Any) -> None:
    from upshot.web.datasets.models import Dataset

    owner_client.post("/data/new/", {"file": upload_of(table(), f"{SCRIPT}.csv")})
    run_jobs()
    dataset = Dataset.objects.get()
    assert dataset.is_ready
    for page in ("/data/", f"/data/{dataset.uuid}/", f"/data/{dataset.uuid}/question/"):
        content = owner_client.get(page).content.decode()
        assert "canary" in content or not page.endswith(f"{dataset.uuid}/")
        assert not any(raw in content for raw in RAW), page


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_names_are_text_on_every_page(
    cast: Any,
    dataset: Any,
    question: Any,
    finished_run: Any,
    prediction: Any,
    owner_client: Any,
    payload: str,
) -> None:
    for thing, names in (
        (dataset, ("name", "original_name")),
        (question, ("title",)),
        (finished_run, ("title", "verdict")),
        (finished_run.bundle, ("name", "notes", "question", "target", "learned_from")),
        (prediction, ("original_name",)),
        (cast.workspace, ("name",)),
        (cast.owner, ("name",)),
    ):
        for name in names:
            setattr(thing, name, payload)
        thing.save()
    things = {
        "data": dataset,
        "questions": question,
        "runs": finished_run,
        "bundles": finished_run.bundle,
        "predictions": prediction,
        "workspaces": cast.workspace,
    }
    for route in every_route():
        usable = not route.name.startswith(WITH_TOKEN) and set(route.blanks) <= {"pk"}
        if not usable or (route.blanks and route.pattern.split("/")[0] not in things):
            continue
        try:
            place = address(route, things)
        except KeyError:
            continue
        response = owner_client.get(place)
        kind = response.headers.get("Content-Type", "")
        if response.streaming or "html" not in kind or "attachment" in str(response.headers):
            if response.streaming:
                b"".join(response.streaming_content)
            continue
        content = response.content.decode()
        assert not any(raw in content for raw in RAW), route.name
        assert 'href="javascript:' not in content, route.name


def test_every_page_forbids_inline_scripts(owner_client: Any, client: Any) -> None:
    for page in ("/data/", "/account/", "/nothing-here/", "/login/"):
        policy = owner_client.get(page).headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy


def test_messages_are_text(cast: Any, dataset: Any, owner_client: Any) -> None:
    owner_client.post(f"/data/{dataset.uuid}/name/", {"name": SCRIPT})
    page = owner_client.post(f"/data/{dataset.uuid}/delete/", follow=True)
    assert "<script>document" not in page.content.decode()
    assert "&lt;script&gt;" in page.content.decode()
