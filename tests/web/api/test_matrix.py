"""Who may call what: every operation × scope × role × workspace, from the routes themselves.

`RULES` is the decision; a route that is not in it fails, and so does one whose lock differs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from upshot.web.accounts.models import Membership, Role
from upshot.web.api.models import Scope, Webhook
from upshot.web.api.v1 import operations
from upshot.web.files import pieces
from upshot.web.files.models import Upload
from web.api.conftest import Program, problem_of, program_of, tus_of
from web.conftest import csv_of, upload_of

R, W, P = Scope.READ, Scope.WRITE, Scope.PREDICT


@dataclass(frozen=True)
class Rule:
    """Which scopes open an operation, and the least role of the person."""

    scopes: frozenset[str]
    role: Role


def rule(*scopes: Scope, role: Role = Role.VIEWER) -> Rule:
    return Rule(frozenset(scopes), role)


SENDS = rule(W, P, role=Role.EDITOR)
READS, LISTS = rule(R), rule(R, P)
WRITES, PREDICTS = rule(W, role=Role.EDITOR), rule(P, role=Role.EDITOR)

RULES: dict[tuple[str, str], Rule] = {
    ("GET", "/datasets"): READS,
    ("POST", "/datasets"): WRITES,
    ("GET", "/datasets/{pk}"): READS,
    ("DELETE", "/datasets/{pk}"): WRITES,
    ("GET", "/datasets/{pk}/questions"): READS,
    ("POST", "/uploads"): SENDS,
    ("HEAD", "/uploads/{pk}"): SENDS,
    ("PATCH", "/uploads/{pk}"): SENDS,
    ("DELETE", "/uploads/{pk}"): SENDS,
    ("GET", "/runs"): READS,
    ("POST", "/runs"): WRITES,
    ("GET", "/runs/{pk}"): READS,
    ("DELETE", "/runs/{pk}"): WRITES,
    ("GET", "/runs/{pk}/progress"): READS,
    ("POST", "/runs/{pk}/stop"): WRITES,
    ("POST", "/runs/{pk}/cancel"): WRITES,
    ("GET", "/runs/{pk}/answer"): READS,
    ("GET", "/runs/{pk}/report"): READS,
    ("GET", "/bundles"): READS,
    ("GET", "/bundles/{pk}"): READS,
    ("DELETE", "/bundles/{pk}"): WRITES,
    ("GET", "/bundles/{pk}/file"): READS,
    ("POST", "/bundles/{pk}/predict"): PREDICTS,
    ("GET", "/predictions"): LISTS,
    ("POST", "/predictions"): PREDICTS,
    ("GET", "/predictions/{pk}"): LISTS,
    ("DELETE", "/predictions/{pk}"): WRITES,
    ("GET", "/predictions/{pk}/file"): LISTS,
    ("GET", "/webhooks"): WRITES,
    ("POST", "/webhooks"): WRITES,
    ("DELETE", "/webhooks/{pk}"): WRITES,
    ("GET", "/webhooks/{pk}/deliveries"): WRITES,
}

SCOPE_SETS = [(), (R,), (W,), (P,), (R, W, P)]


@pytest.fixture
def objects(cast: Any, dataset: Any, finished_run: Any, prediction: Any) -> dict[str, Any]:
    hook = Webhook.objects.create(
        workspace=cast.workspace, url="https://example.com/", events=["run.failed"]
    )
    return {
        "uploads": pieces.begin(cast.workspace, cast.owner, pieces.Wish("x.csv", 3)),
        "datasets": dataset,
        "runs": finished_run,
        "bundles": finished_run.bundle,
        "predictions": prediction,
        "webhooks": hook,
    }


def call(program: Program, method: str, path: str, objects: dict[str, Any]) -> Any:
    """A request that would work for somebody who may."""
    kind = path.split("/")[1]
    address = path.replace("{pk}", str(objects[kind].uuid))
    if kind == "uploads":
        return tus_of(program, method, address, Upload_Length="3", Upload_Offset="0")
    bodies: dict[str, Any] = {
        "/datasets": {"file": upload_of(csv_of(5))},
        "/runs": {"dataset": str(objects["datasets"].uuid), "target": "bought"},
        "/bundles/{pk}/predict": {"rows": [{"Visits": 3, "Basket": 20.5, "Channel": "Ads"}]},
        "/predictions": {"bundle": str(objects["bundles"].uuid), "file": upload_of(b"a\n1")},
        "/webhooks": {"url": "https://example.com/", "events": ["run.failed"]},
    }
    response = program.call(method, address, bodies.get(path) if method == "POST" else None)
    if response.streaming:
        b"".join(response.streaming_content)
    return response


def test_every_route_has_a_rule_and_its_lock_is_the_rule() -> None:
    found = {(item.method, item.path): Rule(item.scopes, item.role) for item in operations()}
    assert found == RULES


def test_whoever_may_gets_an_answer(cast: Any, objects: Any, public_names: None) -> None:
    program = program_of(cast.owner, cast.workspace)
    for method, path in sorted(RULES, key=lambda item: item[0] == "DELETE"):
        if method == "DELETE":
            continue  # done below, one by one
        response = call(program, method, path, objects)
        assert response.status_code in (200, 201, 202, 204), (method, path, response.content)
    for kind in ("uploads", "webhooks", "predictions", "runs", "bundles", "datasets"):
        response = call(program, "DELETE", f"/{kind}/{{pk}}", objects)
        assert response.status_code == 204, (kind, response.content)
        assert not type(objects[kind]).objects.filter(pk=objects[kind].pk).exists()


@pytest.mark.parametrize("scopes", SCOPE_SETS[1:], ids="+".join)
def test_a_scope_opens_what_it_names(
    cast: Any, objects: Any, public_names: None, scopes: Any
) -> None:
    program = program_of(cast.owner, cast.workspace, *scopes)
    for (method, path), wanted in RULES.items():
        may = not wanted.scopes.isdisjoint(scopes)
        if may and method == "DELETE":
            continue
        response = call(program, method, path, objects)
        if may:
            assert response.status_code < 300, (method, path, response.content)
        else:
            assert response.status_code == 403, (method, path)
            if method != "HEAD":
                assert response.json()["code"] == "missing-scope", (method, path)


@pytest.mark.parametrize("role", list(Role))
def test_a_token_is_as_strong_as_the_persons_role_now(
    cast: Any, objects: Any, public_names: None, role: Role
) -> None:
    program = program_of(cast.teammate, cast.workspace)
    Membership.objects.filter(user=cast.teammate).update(role=role)
    # An upload is its person's own, whatever the role.
    Upload.objects.update(created_by=cast.teammate)
    for (method, path), wanted in RULES.items():
        may = wanted.role == Role.VIEWER or role != Role.VIEWER
        if may and method == "DELETE":
            continue
        response = call(program, method, path, objects)
        expected = (200, 201, 202, 204) if may else (403,)
        assert response.status_code in expected, (method, path, role, response.content)


def test_nobody_reaches_into_another_workspace(cast: Any, objects: Any) -> None:
    """Neither somebody else's nor the same person's other one."""
    Membership.objects.create(workspace=cast.elsewhere, user=cast.owner, role=Role.OWNER)
    for person in (cast.outsider, cast.owner):
        program = program_of(person, cast.elsewhere)
        for (method, path), wanted in RULES.items():
            inner = "{pk}" in path or path in ("/runs", "/predictions")
            if not inner or (method == "GET" and "{pk}" not in path):
                continue
            response = call(program, method, path, objects)
            assert response.status_code == 404, (method, path, wanted)
        for kind, thing in objects.items():
            if kind != "webhooks":
                assert str(thing.uuid) not in program.get(f"/{kind}").content.decode()
            assert type(thing).objects.filter(pk=thing.pk).exists()


def test_without_a_valid_token_nothing_opens(cast: Any, objects: Any, client: Any) -> None:
    valid = program_of(cast.owner, cast.workspace)
    gone = program_of(cast.viewer, cast.workspace)
    Membership.objects.filter(user=cast.viewer).delete()
    late = program_of(cast.owner, cast.workspace, days=-1)
    flipped = valid.text[:-1] + ("0" if valid.text[-1] != "0" else "1")
    for program in (Program(""), Program("x"), Program(flipped), gone, late):
        for method, path in RULES:
            response = call(program, method, path, objects)
            if method == "HEAD":
                assert response.status_code == 401
            else:
                problem_of(response, 401, "no-token")
            assert response["WWW-Authenticate"].startswith("Bearer")


def test_a_session_is_no_token(owner_client: Any, objects: Any) -> None:
    for method, path in RULES:
        address = f"/api/v1{path}".replace("{pk}", str(objects[path.split("/")[1]].uuid))
        assert getattr(owner_client, method.lower())(address).status_code == 401, (method, path)
