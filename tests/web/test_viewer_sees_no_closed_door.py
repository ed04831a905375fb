"""A viewer is offered nothing that would then be refused."""

from __future__ import annotations

import re
from typing import Any

FORM = re.compile(r"<form\b[^>]*>", re.IGNORECASE)
ACTION = re.compile(r'\baction="([^"]*)"')


def post_forms(page: str, path: str) -> set[str]:
    """Where the forms of a page are posted to."""
    found = set()
    for tag in FORM.findall(page):
        if 'method="post"' in tag.lower():
            action = ACTION.search(tag)
            found.add(action.group(1) if action else path)
    return found


def test_no_form_a_viewer_sees_is_refused(
    viewer_client: Any,
    dataset: Any,
    question: Any,
    finished_run: Any,
    learning_run: Any,
    prediction: Any,
) -> None:
    prediction.sheets = ["May", "June"]
    prediction.save(update_fields=["sheets"])
    bundle = f"/bundles/{finished_run.bundle.uuid}/"
    data = f"/data/{dataset.uuid}/"
    pages = [
        *("/data/", "/runs/", "/bundles/", data, f"{data}question/"),
        *(f"/questions/{question.uuid}/", f"/runs/{finished_run.uuid}/"),
        *(f"/runs/{learning_run.uuid}/", bundle, f"{bundle}use/"),
        *(f"/predictions/{prediction.uuid}/", f"/predictions/{prediction.uuid}/lists/"),
    ]
    seen = {}
    for path in pages:
        response = viewer_client.get(path)
        assert response.status_code == 200, path
        for action in post_forms(response.content.decode(), path):
            seen[action] = path
    # Logging out comes last: it ends the session that asks.
    for action in sorted(seen, key=lambda address: "log" in address):
        response = viewer_client.post(action)
        assert response.status_code != 403, (seen[action], action)
