"""Thousands of made-up requests, valid and not: never a failure of ours, always what is described.

``UPSHOT_API_CASES`` says how many per operation and kind (valid, invalid); 10 by default. The whole
of issue 6, at least 10,000 requests: ``UPSHOT_API_CASES=200``.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from upshot.web.api.models import Webhook
from upshot.web.api.rates import Buckets
from upshot.web.api.reference import description
from upshot.web.api.v1 import operations
from upshot.web.files.models import Upload
from upshot.web.files.tus import PIECE_TYPE
from web.api.conftest import program_of

pytestmark = pytest.mark.slow

CASES = int(os.environ.get("UPSHOT_API_CASES", "10"))
OPERATIONS = [(item.method, f"/api/v1{item.path}") for item in operations()]
COUNTED: dict[int, int] = {}
CHECKED = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)


@pytest.fixture(scope="module")
def schema() -> Any:
    """The description of the API, as schemathesis reads it; requests go straight to the site."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import schemathesis

        from upshot.web.config.wsgi import application

        @schemathesis.serializer(PIECE_TYPE)
        def piece(_context: Any, value: Any) -> bytes:
            return value if isinstance(value, bytes) else str(value).encode()

        found = schemathesis.openapi.from_dict(description())
    found.app = application
    found.config.update(base_url="http://localhost")
    return found


@pytest.fixture
def one_transaction(known: dict[str, str]) -> Iterator[None]:
    """A request's end leaves the test's transaction open, as with Django's own client.

    That client connects the signals again: so this comes after all that uses it.
    """
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.fixture
def known(cast: Any, dataset: Any, finished_run: Any, prediction: Any) -> dict[str, str]:
    """Objects that exist, by the first part of their address."""
    hook = Webhook.objects.create(
        workspace=cast.workspace, url="https://example.com/", events=["run.failed"]
    )
    upload = Upload.objects.create(
        workspace=cast.workspace, created_by=cast.owner, name="x.csv", size=30
    )
    return {
        "uploads": str(upload.uuid),
        "datasets": str(dataset.uuid),
        "runs": str(finished_run.uuid),
        "bundles": str(finished_run.bundle.uuid),
        "predictions": str(prediction.uuid),
        "webhooks": str(hook.uuid),
    }


@pytest.mark.parametrize("mode", ["positive", "negative"])
@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=[f"{m} {p}" for m, p in OPERATIONS])
@pytest.mark.filterwarnings("ignore")
def test_any_request_gets_what_is_described(
    schema: Any,
    cast: Any,
    known: dict[str, str],
    one_transaction: None,
    public_names: None,
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    path: str,
    mode: str,
) -> None:
    from schemathesis import GenerationMode
    from schemathesis.checks import CHECKS

    endless = Buckets(10**9)
    monkeypatch.setattr("upshot.web.api.gate.buckets", lambda: endless)
    token = program_of(cast.owner, cast.workspace).text
    operation = schema[path][method]
    kinds = [check for check in CHECKS.get_all() if check.__name__ in CHECKED]

    @settings(
        max_examples=CASES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(
        case=operation.as_strategy(generation_mode=GenerationMode(mode)),
        real=st.sampled_from([True, True, False]),
    )
    def ask(case: Any, real: bool) -> None:
        if real:
            _name_real_objects(case, path, known)
        with transaction.atomic():
            response = case.call(headers={"Authorization": f"Bearer {token}"})
            transaction.set_rollback(True)
        COUNTED[response.status_code] = COUNTED.get(response.status_code, 0) + 1
        assert response.status_code < 500
        case.validate_response(response, checks=kinds)

    ask()


def test_as_many_were_asked_as_promised() -> None:
    """The figure for the note: how many requests, and how they were answered."""
    total = sum(COUNTED.values())
    print(f"{total:,} requests: {dict(sorted(COUNTED.items()))}")  # noqa: T201
    if not COUNTED:
        pytest.skip("no requests were made in this process")
    assert not [status for status in COUNTED if status >= 500]


def _name_real_objects(case: Any, path: str, known: dict[str, str]) -> None:
    """Random identifiers reach nothing: most requests name something that is there."""
    if "{pk}" in path and isinstance(case.path_parameters, dict):
        case.path_parameters["pk"] = known[path.split("/")[3]]
    if isinstance(case.body, dict):
        for name in ("dataset", "bundle"):
            if name in case.body:
                case.body[name] = known[f"{name}s"]
