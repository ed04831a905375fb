"""When work ends, an address is told: signed, once, again if need be, and never the inside."""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from upshot.web.api.models import Delivery, Webhook
from upshot.web.api.webhooks import addresses
from upshot.web.api.webhooks.addresses import Unreachable, checked_address, is_public
from upshot.web.api.webhooks.completions import sweep
from upshot.web.api.webhooks.sending import post
from upshot.web.api.webhooks.signing import secret_of
from upshot.web.api.webhooks.tasks import WAITS
from upshot.web.audit.models import Entry
from upshot.web.jobs.models import Job, State
from web.api.conftest import Program, problem_of
from web.api.receiver import Receiver, receiving


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    """A receiver that whoever runs this Upshot allows."""
    with receiving() as found:
        settings.WEBHOOK_HOSTS = [f"localhost:{found.port}"]
        yield found


def ended_run(run: Any, state: State = State.SUCCEEDED) -> None:
    Job.objects.filter(pk=run.job.pk).update(state=state, finished_at=timezone.now())


@pytest.fixture
def hook(program: Program, receiver: Receiver) -> Any:
    wish = {"url": receiver.url, "events": ["run.finished", "run.failed"]}
    made = program.post("/webhooks", wish)
    assert made.status_code == 201, made.content
    return made.json()


def test_the_end_of_a_run_is_told_once_and_signed(
    hook: Any, receiver: Receiver, learning_run: Any, run_jobs: Any
) -> None:
    ended_run(learning_run)
    for _ in range(3):
        sweep()
        run_jobs()
    assert len(receiver.arrived) == 1
    path, headers, body = receiver.arrived[0]
    assert path == "/hook?x=1"
    message = json.loads(body)
    assert message["type"] == "run.finished"
    assert message["data"] == {
        "kind": "run",
        "id": str(learning_run.uuid),
        "state": "succeeded",
    }
    key = base64.b64decode(hook["secret"].removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert abs(int(headers["webhook-timestamp"]) - timezone.now().timestamp()) < 60
    assert Delivery.objects.get().state == "delivered"


def test_the_secret_is_shown_once_and_stored_nowhere(program: Program, hook: Any) -> None:
    assert "secret" not in program.get("/webhooks").json()["items"][0]
    values = str(list(Webhook.objects.values()))
    assert hook["secret"].removeprefix("whsec_") not in values
    assert secret_of(Webhook.objects.get()) == hook["secret"]


def test_only_what_was_asked_for_is_told(hook: Any, learning_run: Any) -> None:
    ended_run(learning_run, State.CANCELLED)
    sweep()
    assert not Delivery.objects.exists()


def test_what_ended_before_is_not_told(
    program: Program, receiver: Receiver, learning_run: Any
) -> None:
    ended_run(learning_run)
    Job.objects.update(finished_at=timezone.now() - timedelta(minutes=1))
    program.post("/webhooks", {"url": receiver.url, "events": ["run.finished"]})
    sweep()
    assert not Delivery.objects.exists()


def test_another_workspace_hears_nothing(cast: Any, learning_run: Any) -> None:
    Webhook.objects.create(
        workspace=cast.elsewhere, url="https://example.com", events=["run.finished"]
    )
    ended_run(learning_run)
    sweep()
    assert not Delivery.objects.exists()


def test_a_refused_message_is_sent_again_later_and_given_up_at_last(
    program: Program, hook: Any, receiver: Receiver, learning_run: Any, run_jobs: Any
) -> None:
    receiver.status = 500
    ended_run(learning_run)
    waits = []
    for _ in range(len(WAITS) + 3):
        sweep()
        run_jobs()
        delivery = Delivery.objects.get()
        waits.append(round((delivery.next_at - timezone.now()).total_seconds()))
        Delivery.objects.update(next_at=timezone.now())
    assert [wait for wait in waits if wait > 0] == list(WAITS)
    assert len(receiver.arrived) == len(WAITS) + 1
    assert len({headers["webhook-id"] for _, headers, _ in receiver.arrived}) == 1
    shown = program.get(f"/webhooks/{hook['id']}/deliveries").json()["items"][0]
    assert (shown["state"], shown["answered"], shown["attempts"]) == ("failed", 500, 8)


def test_a_redirect_is_not_followed(
    hook: Any, receiver: Receiver, learning_run: Any, run_jobs: Any
) -> None:
    receiver.status = 302
    receiver.headers = {"Location": f"http://localhost:{receiver.port}/inside"}
    ended_run(learning_run)
    sweep()
    run_jobs()
    assert len(receiver.arrived) == 1
    assert "redirect" in Delivery.objects.get().problem


def test_a_worker_that_dies_between_loses_nothing(
    hook: Any, receiver: Receiver, learning_run: Any, run_jobs: Any
) -> None:
    ended_run(learning_run)
    sweep()
    Job.objects.filter(name="api.deliver").update(state=State.FAILED)
    sweep()
    run_jobs()
    assert len(receiver.arrived) == 1


def test_a_name_that_turns_inwards_later_is_not_called(
    hook: Any, receiver: Receiver, learning_run: Any, run_jobs: Any, settings: Any
) -> None:
    settings.WEBHOOK_HOSTS = []
    Webhook.objects.update(url=f"https://localhost:{receiver.port}/")
    ended_run(learning_run)
    sweep()
    run_jobs()
    assert not receiver.arrived
    assert "private network" in Delivery.objects.get().problem


def test_the_connection_goes_to_the_judged_address(
    receiver: Receiver, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: the second answer of a name changes nothing."""
    target = checked_address(receiver.url)

    def rebound(*_args: Any, **_kwargs: Any) -> Any:
        raise AssertionError("the name was resolved again")

    monkeypatch.setattr(addresses.socket, "getaddrinfo", _only_numbers(rebound))
    assert post(target, b"{}", {}).status == 200
    assert receiver.arrived[0][1]["Host"] == f"localhost:{receiver.port}"


def _only_numbers(otherwise: Any) -> Any:
    import socket

    real = socket.getaddrinfo

    def resolve(host: str, *args: Any, **kwargs: Any) -> Any:
        try:
            ipaddress.ip_address(host)
        except ValueError:
            return otherwise()
        return real(host, *args, **kwargs)

    return resolve


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:0:0:0:0:0:80ff:fffe",
    ],
)
def test_the_inside_is_not_public(ip: str) -> None:
    assert not is_public(ipaddress.ip_address(ip))


@pytest.mark.parametrize("ip", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_the_internet_is_public(ip: str) -> None:
    assert is_public(ipaddress.ip_address(ip))


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/",
        "ftp://example.com/",
        "file:///etc/passwd",
        "https://user:secret@example.com/",
        "https://",
        "https://example.com:0/",
        "https://example.com:99999/",
        "https://example.com/\r\nHost: inside",
        "https://[::1/",
        "https://ex\u0430mple.com/",
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://localhost/",
        "https://[::ffff:127.0.0.1]/",
        "javascript:alert(1)",
    ],
)
def test_an_address_that_is_none_is_refused(program: Program, url: str) -> None:
    wish = {"url": url, "events": ["run.failed"]}
    problem = problem_of(program.post("/webhooks", wish), 422, "invalid")
    assert problem["errors"][0]["field"].startswith("body")
    assert not Webhook.objects.exists()


def test_one_inner_address_among_several_is_enough_to_refuse(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = [(2, 1, 6, "", (ip, 443)) for ip in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *_a, **_k: answers)
    with pytest.raises(Unreachable, match="private network"):
        checked_address("https://both.example/")


def test_there_is_a_limit_and_an_entry_in_the_log(
    program: Program, public_names: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("upshot.web.api.endpoints.webhooks.MOST_PER_WORKSPACE", 1)
    wish = {"url": "https://example.com/", "events": ["run.failed", "run.failed"]}
    made = program.post("/webhooks", wish).json()
    assert made["events"] == ["run.failed"]
    problem_of(program.post("/webhooks", wish), 422, "invalid")
    program.delete(f"/webhooks/{made['id']}")
    actions = list(Entry.objects.order_by("number").values_list("action", flat=True))
    assert actions == ["api:webhook_new", "api:webhook_delete"]
