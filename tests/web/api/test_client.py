"""The client against a running site, and the commands on a bundle's page in a real shell."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import make_cast
from upshot.client import ApiError, Client
from web.api.conftest import Program, program_of
from web.conftest import GOLDEN, csv_of


@pytest.fixture
def cast(transactional_db: None) -> Any:
    """The cast in rows that the server's threads see."""
    return make_cast()


@pytest.fixture
def client(program: Program, live_server: Any) -> Iterator[Client]:
    with Client(live_server.url, program.text) as found:
        yield found


def test_from_a_file_to_what_is_understood(client: Client, run_jobs: Any, tmp_path: Path) -> None:
    file = tmp_path / 'my "shop" ü.csv'
    file.write_bytes(csv_of())
    made = client.upload(file)
    assert made.state == "queued"
    assert client.upload(file).id == made.id
    run_jobs()
    facts = client.wait_for_dataset(made.id)
    assert facts.rows == 60
    assert facts.file == file.name
    assert [column.name for column in facts.columns][-1] == "bought"
    assert client.questions(made.id)[0].target == "bought"
    assert [item.id for item in client.datasets()] == [made.id]
    run = client.start_run(made.id, "bought", effort="quick")
    assert client.progress(run.id).state == "queued"
    assert client.cancel(run.id).state == "cancelled"
    client.delete_run(run.id)
    client.delete_dataset(made.id)
    with pytest.raises(ApiError) as caught:
        client.dataset(made.id)
    assert caught.value.code == "not-found"


def test_scoring_rows_and_files(client: Client, bundle: Any, run_jobs: Any, tmp_path: Path) -> None:
    facts = client.bundle(str(bundle.uuid))
    assert facts.example
    scored = client.predict(facts.id, [facts.example] * 2, reasons=1)
    assert len(scored.predictions) == 2
    assert scored.predictions[0].probability is not None
    prediction = client.score(facts.id, GOLDEN / "format-1-rows.csv")
    run_jobs()
    done = client.wait_for_prediction(prediction.id)
    out = client.download_prediction(done.id, tmp_path / "scored.csv")
    assert "upshot_probability" in out.read_text()
    assert client.download_bundle(facts.id, tmp_path / "m.upshot").read_bytes()[:2] == b"PK"
    assert [item.id for item in client.predictions(facts.id)] == [done.id]
    client.delete_prediction(done.id)
    client.delete_bundle(facts.id)
    assert list(client.bundles()) == []


def test_webhooks(client: Client, public_names: None, monkeypatch: Any) -> None:
    monkeypatch.undo()
    monkeypatch.setattr("upshot.web.api.webhooks.addresses._resolved", _somewhere)
    made = client.add_webhook("https://example.com/", ["run.finished"])
    assert made.secret is not None
    assert [hook.secret for hook in client.webhooks()] == [None]
    client.delete_webhook(made.id)
    assert list(client.webhooks()) == []


def _somewhere(*_args: Any) -> Any:
    import ipaddress

    return [ipaddress.ip_address("93.184.216.34")]


def commands_on(page: str) -> list[str]:
    return [
        html.unescape(found)
        for found in re.findall(r'<pre class="command"[^>]*><code>(.*?)</code></pre>', page, re.S)
    ]


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not on this machine")
def test_the_commands_on_a_bundles_page_work_as_they_stand(
    cast: Any, bundle: Any, owner_client: Any, live_server: Any, run_jobs: Any, tmp_path: Path
) -> None:
    program = program_of(cast.owner, cast.workspace)
    host = live_server.url.removeprefix("http://")
    page = owner_client.get(f"/bundles/{bundle.uuid}/", headers={"Host": host}).content.decode()
    commands = commands_on(page)
    assert len(commands) == 5
    shutil.copy(GOLDEN / "format-1-rows.csv", tmp_path / "new.csv")
    environment = {**os.environ, "UPSHOT_TOKEN": program.text, "NO_PROXY": "*", "no_proxy": "*"}
    answers = []
    for command in commands:
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        answers.append(json.loads(done.stdout) if done.stdout else {})
        run_jobs()
        if answers[-1].get("items"):
            environment["PREDICTION"] = answers[-1]["items"][0]["id"]
    scored, facts, queued, listed, _ = answers
    assert 0 <= scored["predictions"][0]["probability"] <= 1
    assert facts["columns"]
    assert queued["state"] == "queued"
    assert listed["items"][0]["state"] == "ready"
    assert "upshot_probability" in (tmp_path / "scored.csv").read_text()


def test_a_bundle_whose_file_is_gone_still_has_a_page(owner_client: Any, bundle: Any) -> None:
    bundle.file.path.unlink()
    page = owner_client.get(f"/bundles/{bundle.uuid}/")
    assert page.status_code == 200
    assert commands_on(page.content.decode()) == []
