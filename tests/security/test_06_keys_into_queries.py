"""Class 6, user keys into the ORM (Label Studio 2023-47117, Django 2025-64459): what people send is
never the name of a column, an ordering or a join.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

import upshot
from upshot.web.accounts.models import Membership, User

WEB = Path(upshot.__file__).parent / "web"

KEYS = {
    "workspace__memberships__user__password__startswith": "s",
    "created_by__email__contains": "owner",
    "_connector": ") OR 1=1 OR (",
    "_negated": "1",
    "pk__in": "1,2,3",
    "ordering": "created_by__password",
    "order_by": "-workspace__memberships",
    "page": "1 OR 1=1",
    "uuid": "' OR ''='",
}


def test_lists_ignore_lookups(
    cast: Any, dataset: Any, finished_run: Any, owner_client: Any
) -> None:
    for page in ("/data/", "/runs/", "/bundles/"):
        plain = owner_client.get(page)
        asked = owner_client.get(page, KEYS)
        assert asked.status_code == plain.status_code == 200
        assert asked.content.count(b"shop.csv") == plain.content.count(b"shop.csv")


@pytest.mark.parametrize("field", ["person", "action", "since", "until"])
@pytest.mark.parametrize(
    "value", ["1) OR (1=1", "__all__", "email__contains", "' --", "99999999999999999999", "\x00"]
)
def test_the_log_takes_values_only(cast: Any, owner_client: Any, field: str, value: str) -> None:
    page = owner_client.get(f"/workspaces/{cast.workspace.uuid}/log/", {field: value})
    assert page.status_code == 200


def test_no_form_sets_what_it_does_not_show(cast: Any, viewer_client: Any) -> None:
    extra = {"is_active": "0", "email": "x@example.com", "role": "owner", "memberships": "1"}
    viewer_client.post("/account/name/", {"name": "Vera", **extra, "id": cast.owner.pk})
    cast.viewer.refresh_from_db()
    assert (cast.viewer.name, cast.viewer.email) == ("Vera", "viewer@example.com")
    assert cast.viewer.is_active
    assert Membership.objects.get(user=cast.viewer).role == "viewer"
    assert User.objects.get(pk=cast.owner.pk).name == ""


def test_the_api_refuses_or_ignores_lookups(cast: Any, dataset: Any) -> None:
    from web.api.conftest import program_of

    program = program_of(cast.owner, cast.workspace)
    plain = program.get("/datasets").json()
    for key, value in KEYS.items():
        response = program.get(f"/datasets?{key}={value}".replace(" ", "%20"))
        assert response.status_code in (200, 400, 422), key
        if response.status_code == 200:
            assert response.json() == plain, key


def test_no_query_is_built_from_a_request() -> None:
    """``filter(**request.GET)`` and its kin: nowhere in the site."""
    found = [
        f"{path.relative_to(WEB)}:{node.lineno}"
        for path in WEB.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and _is_query(node.func) and _takes_requests(node)
    ]
    assert found == []


def _is_query(func: ast.expr) -> bool:
    names = {"filter", "exclude", "get", "order_by", "values", "annotate", "extra", "raw", "only"}
    return isinstance(func, ast.Attribute) and func.attr in names


def _takes_requests(node: ast.Call) -> bool:
    spread = [keyword.value for keyword in node.keywords if keyword.arg is None]
    starred = [arg.value for arg in node.args if isinstance(arg, ast.Starred)]
    names = {
        name.attr for value in (*spread, *starred) for name in ast.walk(value)
        if isinstance(name, ast.Attribute)
    }  # fmt: skip
    return bool(names & {"GET", "POST", "cleaned_data", "body", "headers"})
