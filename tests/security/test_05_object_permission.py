"""Class 5, object permission (MLflow 2026-2651, Superset 2024-28148): every address × verb ×
person, generated from the resolver. A new address without a rule fails.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from security.routes import Route, address, every_route
from security.rules import RULES, Who
from upshot.web.accounts.middleware import PUBLIC_PAGES, WITH_TOKEN
from upshot.web.accounts.models import Membership
from upshot.web.audit.actions import ACTIONS, OTHER, UNRECORDED
from upshot.web.audit.models import Entry

# Django's own page for the choice of a language sends everybody back where they came from.
ANY_VERB = frozenset({"common:language"})
INTO_THE_PRESENT_WORKSPACE = frozenset({"datasets:upload", "datasets:sample", "files:uploads"})
VERBS = ("get", "head", "put", "patch", "delete", "post")
PEOPLE = ("stranger", "outsider", "viewer", "teammate", "owner")
STRENGTH = {"outsider": 0, "viewer": 1, "teammate": 2, "owner": 3}
NEEDED = {Who.VIEWER: 1, Who.EDITOR: 2, Who.OWNER: 3}
ROUTES = every_route()
PAGES = [route for route in ROUTES if not route.name.startswith(WITH_TOKEN)]

# Pages whose entry has another name, or that are written down before anybody is logged in.
ELSEWHERE = {
    "accounts:account": "accounts:password",
    "accounts:forgot": None,
    "accounts:recover": "accounts:reset",
}


@pytest.fixture
def things(
    cast: Any,
    dataset: Any,
    question: Any,
    finished_run: Any,
    prediction: Any,
    client: Client,
) -> dict[str, Any]:
    from upshot.samples import SAMPLES
    from upshot.web.accounts import invitations
    from upshot.web.accounts.models import Role, SignIn
    from upshot.web.api.tokens import make
    from upshot.web.bundles.models import Comparison
    from upshot.web.files.models import Upload
    from upshot.web.keeping.models import DataCopy
    from upshot.web.runs.models import WhatIf

    dataset.sample = next(iter(SAMPLES))
    dataset.save()

    soon = timezone.now() + timedelta(days=1)
    token, _text = make(cast.owner, cast.workspace, name="t", scopes=["read"], expires_at=soon)
    copy = DataCopy.objects.create(user=cast.owner, size=3)
    copy.path.parent.mkdir(exist_ok=True)
    copy.path.write_bytes(b"zip")
    invitation, _link = invitations.invite(cast.workspace, cast.owner, Role.VIEWER)
    tested = finished_run.bundle
    return {
        "comparisons": Comparison.objects.create(older=tested, newer=tested, dataset=dataset),
        "what-ifs": WhatIf.objects.create(bundle=tested, cells={}),
        "data": dataset,
        "questions": question,
        "runs": finished_run,
        "bundles": finished_run.bundle,
        "predictions": prediction,
        "uploads": Upload.objects.create(
            workspace=cast.workspace, created_by=cast.owner, name="x.csv", size=3
        ),
        "workspaces": cast.workspace,
        "account/copy": copy,
        "account/devices": SignIn.objects.create(
            user=cast.owner, session_key="abc", seen_at=timezone.now()
        ),
        "account/tokens": token,
        "invitation": invitation,
        "member": Membership.objects.get(user=cast.viewer).pk,
        "person": cast.owner.pk,
        "kind": "password",
        "token": "made-up",
        "slug": "start",
        "name": "answer",
        "language": "en",
        "key": dataset.sample,
        "format_": "csv",
    }


def client_of(cast: Any, person: str) -> Client:
    # From elsewhere: whoever sits at the machine itself may read the figures for monitoring.
    client = Client(REMOTE_ADDR="192.0.2.1")
    if person != "stranger":
        client.force_login(getattr(cast, person))
    return client


def expected(who: Who | None, person: str, name: str) -> str:
    """What the decision means for one person."""
    if person == "stranger" and name not in PUBLIC_PAGES and who is not Who.ANYBODY:
        return "nothing" if who is Who.NOBODY else "log in"
    if who is None:
        return "no such verb"
    if who in (Who.WITH_LINK, Who.NOBODY):
        return "nothing"
    if who is Who.SELF:
        return "answer" if person == "owner" else "nothing"
    if who in NEEDED:
        if person == "outsider" and name not in INTO_THE_PRESENT_WORKSPACE:
            return "nothing"
        # An outsider uploads into a workspace of their own.
        enough = person == "outsider" or STRENGTH[person] >= NEEDED[who]
        return "answer" if enough else "refused"
    return "answer"


def got(response: Any) -> str:
    """What a person met with."""
    if response.status_code == 302 and response.url.startswith("/login/?next="):
        return "log in"
    words = {401: "log in", 403: "refused", 404: "nothing", 405: "no such verb"}
    if response.status_code in words:
        return words[response.status_code]
    assert response.status_code < 500, response.status_code
    return "answer"


def ask(client: Client, verb: str, route: Route, things: dict[str, Any]) -> Any:
    """Ask, and undo what it did."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        response = getattr(client, verb)(address(route, things))
        if response.streaming:
            assert b"".join(response.streaming_content) is not None
        # Not `response.close`: that would also close the database of the test.
        for close in response._resource_closers:
            close()
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


def test_every_address_has_a_rule_and_every_rule_an_address() -> None:
    assert {route.name for route in PAGES} == set(RULES)


def test_addresses_for_programs_have_rules_of_their_own() -> None:
    from upshot.web.api.v1 import operations
    from web.api.test_matrix import RULES as FOR_PROGRAMS

    named = {route.name for route in ROUTES if route.name.startswith(WITH_TOKEN)}
    assert len(named) == len(list(operations())) == len(FOR_PROGRAMS)


@pytest.mark.slow
@pytest.mark.parametrize("person", PEOPLE)
def test_everybody_gets_what_the_rule_says(cast: Any, things: dict[str, Any], person: str) -> None:
    wrong = []
    client = client_of(cast, person)
    # Deleting also takes files away, which is not undone: so it comes last.
    for verb, route in product(VERBS, PAGES):
        rule = RULES.get(route.name)
        if rule is None:
            continue  # the test above has said so
        who = rule.for_verb(verb)
        if route.name in ANY_VERB:
            who = rule.post
        response = ask(client, verb, route, things)
        if verb == "head" and who is not None and response.status_code == 405:
            continue  # a page need not offer it
        wanted, met = expected(who, person, route.name), got(response)
        if wanted != met:
            wrong.append(
                f"{verb} {route.name}: {wanted} wanted, {met} met ({response.status_code})"
            )
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("person", PEOPLE)
def test_a_session_opens_no_address_for_programs(
    cast: Any, things: dict[str, Any], person: str
) -> None:
    things = {**things, **{f"api/v1/{name}": things[name] for name in ("runs", "bundles")}}
    things["api/v1/datasets"], things["api/v1/predictions"] = things["data"], things["predictions"]
    things["api/v1/webhooks"] = things["api/v1/uploads"] = things["data"]
    client = client_of(cast, person)
    for route in ROUTES:
        if route.name.startswith(WITH_TOKEN):
            for verb in ("get", "post", "put", "patch", "delete"):
                response = getattr(client, verb)(address(route, things))
                assert response.status_code in (401, 405), (route.name, verb)


def test_every_page_that_changes_something_has_words_for_the_log() -> None:
    changing = {name for name, rule in RULES.items() if rule.post is not None}
    known = set(ACTIONS) | UNRECORDED | set(ELSEWHERE)
    assert changing - known == set()
    assert all(words is None or words in ACTIONS for words in ELSEWHERE.values())


def test_what_an_owner_changes_is_on_record(cast: Any, things: dict[str, Any]) -> None:
    missing = []
    for route in PAGES:
        rule = RULES.get(route.name)
        if rule is None or rule.post in (None, Who.ANYBODY, Who.WITH_LINK):
            continue
        client = client_of(cast, "owner")
        with transaction.atomic():
            before = Entry.objects.count()
            response = client.post(address(route, things))
            entries = list(Entry.objects.order_by("number")[before:])
            transaction.set_rollback(True)
        if response.status_code >= 400 or route.name in UNRECORDED:
            continue
        if any(entry.action == OTHER for entry in entries):
            missing.append(route.name)
    assert missing == []
