"""No page is forgotten, and none asks the database more often when there is more in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from every_page import FOR_STRANGERS, ONCE, PAGES
from web.test_isolation import read

PLACE = re.compile(r"<(?:\w+:)?(\w+)>")
MANY = 12
FILLED = {
    "language": "ru",
    "key": "leads",
    "format_": "csv",
    "member": "1",
    "kind": "password",
    "person": "1",
}
FILLED |= {"token": "closed", "slug": "answer", "name": "answer"}


def routes(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", str(entry.pattern)
        elif entry.namespace != "v1":
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from routes(entry, inner)


@pytest.fixture
def objects(cast: Any, question: Any, finished_run: Any, prediction: Any) -> dict[str, Any]:
    from upshot.web.bundles.models import Comparison
    from upshot.web.runs.models import WhatIf

    bundle = finished_run.bundle
    return {
        "workspace": cast.workspace,
        "dataset": question.dataset,
        "upload": question.dataset,
        "question": question,
        "run": finished_run,
        "bundle": bundle,
        "prediction": prediction,
        "tried": WhatIf.objects.create(bundle=bundle, cells={}),
        "comparison": Comparison.objects.create(older=bundle, newer=bundle),
    }


def places(objects: dict[str, Any]) -> dict[str, str]:
    return {name: str(item.uuid) for name, item in objects.items()} | {"invitation": "closed"}


OWNERS = {
    "workspaces": "workspace", "data": "dataset", "questions": "question", "runs": "run",
    "bundles": "bundle", "predictions": "prediction", "what-ifs": "tried",
    "comparisons": "comparison", "account": "run", "uploads": "dataset",
}  # fmt: skip


def address(route: str, objects: dict[str, Any]) -> str:
    owner = objects[OWNERS[route.split("/", maxsplit=1)[0]]] if "<uuid:pk>" in route else None
    filled = {
        **FILLED,
        "pk": str(owner.uuid) if owner else "",
        "invitation": str(owner and owner.uuid),
    }
    return "/" + PLACE.sub(lambda found: filled[found[1]], route)


def test_every_page_is_on_the_list(owner_client: Client, client: Client, objects: Any) -> None:
    known = {*PAGES, *FOR_STRANGERS, *ONCE}
    for name, route in routes(get_resolver()):
        for visitor in (owner_client, client):
            answer = visitor.get(address(route, objects))
            read(answer)
            kind = answer.headers.get("Content-Type", "")
            if answer.status_code == 200 and kind.startswith("text/html"):
                assert name in known or "report" in name, name


def test_many_rows_need_no_more_queries_than_few(
    cast: Any, owner_client: Client, objects: Any
) -> None:
    pages = {name: path.format_map(places(objects)) for name, path in PAGES.items()}
    del pages["common:design"]  # in development only, and without rows
    more_of_everything(cast, objects, 2)
    few = {name: queries_of(owner_client, path) for name, path in pages.items()}
    more_of_everything(cast, objects, MANY)
    many = {name: queries_of(owner_client, path) for name, path in pages.items()}
    grown = {name: many[name] for name in pages if len(many[name]) > len(few[name])}
    assert not grown, {
        name: sorted({one for one in queries if queries.count(one) > few[name].count(one)})
        for name, queries in grown.items()
    }


def queries_of(client: Client, path: str) -> list[str]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
        read(answer)
    assert answer.status_code in (200, 302), path  # a made-up run kept no rows to try a rule on
    return [query["sql"] for query in captured.captured_queries]


def more_of_everything(cast: Any, objects: dict[str, Any], times: int) -> None:
    """Copies of all rows a page could list; what must be one of its kind is left out."""
    from upshot.web.accounts.access import create_workspace
    from upshot.web.accounts.models import Membership, Role, User

    for number in range(times):
        for name in ("dataset", "question", "prediction", "comparison"):
            copy_of(objects[name])
        run = objects["run"]
        bundle = copy_of(run.bundle, name=f"Bundle {number}", parent=run.bundle, version=2)
        copy_of(run, bundle=bundle)
        copy_of(objects["comparison"], older=bundle)
        copy_of(objects["comparison"], newer=bundle)
        email = f"more-{times}-{number}@example.com"
        person = User.objects.create_user(email, "correct horse battery")
        Membership.objects.create(workspace=cast.workspace, user=person, role=Role.EDITOR)
        create_workspace(f"Other {times} {number}", cast.owner)


def copy_of(item: Any, **changes: Any) -> Any:
    import uuid

    made = type(item).objects.get(pk=item.pk)
    made.pk, made.uuid = None, uuid.uuid4()
    for field, value in changes.items():
        setattr(made, field, value)
    made.save()
    return made
