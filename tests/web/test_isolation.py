"""Nobody outside the workspace reaches an object of the road, by any address or verb."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import get_resolver

APPS = ("datasets", "runs", "bundles", "predictions")


def object_routes() -> list[tuple[str, str]]:
    """Every address of the road that names an object: (view name, route)."""
    found = []
    for resolver in get_resolver().url_patterns:
        if getattr(resolver, "namespace", None) in APPS:
            for entry in resolver.url_patterns:
                if "<uuid:pk>" in str(entry.pattern):
                    found.append((f"{resolver.namespace}:{entry.name}", str(entry.pattern)))
    return found


@pytest.fixture
def objects(dataset: Any, question: Any, finished_run: Any, prediction: Any) -> dict[str, Any]:
    return {
        "data": dataset,
        "questions": question,
        "runs": finished_run,
        "bundles": finished_run.bundle,
        "predictions": prediction,
        "comparisons": comparison_of(finished_run.bundle),
        "what-ifs": what_if_of(finished_run.bundle),
    }


def comparison_of(bundle: Any) -> Any:
    from upshot.web.bundles.models import Comparison

    return Comparison.objects.create(older=bundle, newer=bundle)


def what_if_of(bundle: Any) -> Any:
    from upshot.web.runs.models import WhatIf

    return WhatIf.objects.create(bundle=bundle, cells={})


def address(route: str, objects: dict[str, Any]) -> str:
    owner = objects[route.split("/", maxsplit=1)[0]]
    return "/" + route.replace("<uuid:pk>", str(owner.uuid)).replace("<slug:format_>", "csv")


def read(response: Any) -> None:
    """Read a download to its end, so that its file is closed."""
    if response.streaming:
        assert b"".join(response.streaming_content)


def test_there_are_routes_to_prove() -> None:
    assert len(object_routes()) > 25


@pytest.mark.parametrize("verb", ["get", "head", "post", "put", "patch", "delete"])
def test_an_outsider_finds_nothing(outsider_client: Any, objects: Any, verb: str) -> None:
    for name, route in object_routes():
        response = getattr(outsider_client, verb)(address(route, objects))
        assert response.status_code in (404, 405), (name, verb, response.status_code)
    for model in {type(item) for item in objects.values()}:
        assert model.objects.exists()


@pytest.mark.parametrize("verb", ["get", "post"])
def test_a_stranger_is_sent_to_the_log_in(client: Any, objects: Any, verb: str) -> None:
    for name, route in object_routes():
        response = getattr(client, verb)(address(route, objects))
        assert response.status_code == 302, name
        assert "/login" in response.url or "/log-in" in response.url, name


def test_a_teammate_reads_everything(teammate_client: Any, objects: Any) -> None:
    for name, route in object_routes():
        response = teammate_client.get(address(route, objects))
        read(response)
        assert response.status_code in (200, 302, 405), (name, response.status_code)


def test_a_viewer_changes_nothing(viewer_client: Any, objects: Any) -> None:
    for name, route in object_routes():
        response = viewer_client.post(address(route, objects))
        read(response)
        assert response.status_code in (403, 404, 405, 422), (name, response.status_code)


def test_lists_hold_only_ones_own(outsider_client: Any, objects: Any) -> None:
    for path in ("/data/", "/runs/", "/bundles/"):
        page = outsider_client.get(path).content.decode()
        for item in objects.values():
            assert str(item.uuid) not in page


def test_forms_need_their_proof(cast: Any, objects: Any) -> None:
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.owner)
    for name, route in object_routes():
        response = strict.post(address(route, objects))
        assert response.status_code in (403, 405), name
