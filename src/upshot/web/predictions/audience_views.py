"""Lists that go back out: who is in them, and the files."""

from __future__ import annotations

import uuid
from io import BytesIO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from upshot.web.files import store
from upshot.web.predictions import actions
from upshot.web.predictions.access import get_prediction_for
from upshot.web.predictions.models import Prediction

EVERYONE = "everyone"


@require_safe
def choose(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Choose who is in the list; says how many that are and what can be learned from them."""
    from upshot.web.predictions import audiences

    prediction = _ready(request, pk)
    if prediction is None:
        return redirect("predictions:detail", pk)
    scored = audiences.open_scored(prediction)
    form = audiences.form_of(scored, request.GET)
    context = {"prediction": prediction, "bundle": prediction.bundle, "form": form}
    if form.is_valid():
        context.update(audiences.shown(scored, form), choice=_query(form))
    status = 200 if form.is_valid() else 422
    return render(request, "predictions/audiences.html", context, status=status)


@require_safe
def download(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The list for one platform, or the whole file with its groups."""
    from upshot.audiences import LISTS
    from upshot.web.predictions import audiences

    prediction = _ready(request, pk)
    target = request.GET.get("target")
    if prediction is None or target not in (*LISTS, EVERYONE):
        return redirect("predictions:audiences", pk)
    scored = audiences.open_scored(prediction)
    form = audiences.form_of(scored, request.GET)
    if not form.is_valid():
        return redirect("predictions:audiences", pk)
    frame, campaign = audiences.campaign_of(scored, form)
    name = actions.download_name(prediction, "csv").removesuffix(" scored.csv")
    return FileResponse(
        BytesIO(_written(frame, campaign, target)),
        as_attachment=True,
        filename=f"{name} {'groups' if target == EVERYONE else target}.csv",
        content_type="application/octet-stream",
    )


def _ready(request: HttpRequest, pk: uuid.UUID) -> Prediction | None:
    prediction = get_prediction_for(request.user, pk)
    return prediction if prediction.is_ready and prediction.rows else None


def _written(frame, campaign, target: str) -> bytes:
    from upshot.audiences import LISTS, add_groups, write_list
    from upshot.tables.export import write_frame

    with store.working_folder() as folder:
        path = folder / "list.csv"
        if target == EVERYONE:
            write_frame(add_groups(frame, campaign), path)
        else:
            write_list(campaign, LISTS[target], path)
        return path.read_bytes()


def _query(form) -> str:
    from urllib.parse import urlencode

    return urlencode({name: form.data.get(name, "") for name in form.fields})
