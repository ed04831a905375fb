"""What if: one row as a form, its chance, and what would change it."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from upshot.jsonable import from_jsonable
from upshot.web.accounts.access import get_for
from upshot.web.accounts.models import Role
from upshot.web.bundles.access import get_bundle_for
from upshot.web.bundles.models import SavedBundle
from upshot.web.common.live import render_finished
from upshot.web.runs import what_if as trying
from upshot.web.runs.forms_what_if import WhatIfForm
from upshot.web.runs.models import WhatIf

MOST_CHANGES = 12


@require_http_methods(["GET", "POST"])
def what_if(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """A form filled with a typical row, or with a row of the data learned from."""
    role = Role.EDITOR if request.method == "POST" else Role.VIEWER
    bundle = get_bundle_for(request.user, pk, role)
    return _tried_or_form(request, bundle, None)


@require_http_methods(["GET", "POST"])
def tried(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """A row tried out, with the form to change it further; or how it goes."""
    role = Role.EDITOR if request.method == "POST" else Role.VIEWER
    rows = WhatIf.objects.select_related("bundle__workspace", "bundle__file", "job", "before")
    row = get_for(rows, request.user, pk, role=role, through="bundle__workspace")
    if row.result is None and request.method != "POST":
        context = {"tried": row, "bundle": row.bundle, "job": row.job}
        return render(request, "runs/trying.html", context)
    return _tried_or_form(request, row.bundle, row)


def _tried_or_form(request: HttpRequest, bundle: SavedBundle, row: WhatIf | None) -> HttpResponse:
    from upshot.bundles import read_facts
    from upshot.bundles.what_if import typical_row

    manifest = read_facts(bundle.file.path)
    order = trying.drivers_of(bundle)
    context: dict[str, Any] = {"bundle": bundle, "tried": row, "task": manifest.task}
    if request.method == "POST":
        form = WhatIfForm(manifest, order, row.cells if row else None, request.POST)
        if form.is_valid():
            started = trying.start(bundle, form.cells(), row, request.user)
            return redirect("runs:tried", started.uuid)
        return render(request, "runs/what_if.html", {**context, "form": form}, status=422)
    cells = row.cells if row is not None else None
    if cells is None and request.GET.get("row"):
        cells = trying.row_of(bundle, manifest, _number(request.GET["row"]))
        context["row"] = request.GET["row"]
        context["no_row"] = gettext("There is no such row.") if cells is None else ""
    context["form"] = WhatIfForm(manifest, order, cells or typical_row(manifest))
    context |= _facts(row)
    return render_finished(request, "runs/what_if.html", context)


def _number(typed: str) -> int:
    try:
        return int(typed)
    except ValueError:
        return 0


def _facts(row: WhatIf | None) -> dict[str, Any]:
    """The result, what it was before the change, and the single changes that move it most."""
    from upshot.bundles.what_if import WhatIfFacts

    if row is None or row.result is None:
        return {}
    facts = from_jsonable(row.result, WhatIfFacts)
    before = row.before.result if row.before is not None else None
    moved = [one for one in facts.changes if abs(one.figure - facts.figure) > 1e-9]
    return {
        "facts": facts,
        "before": before["figure"] if before else None,
        "changes": [
            {"change": one, "more": one.figure > facts.figure} for one in moved[:MOST_CHANGES]
        ],
    }
