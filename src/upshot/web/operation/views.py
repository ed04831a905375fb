"""For the monitor and for the owner."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from upshot.web.accounts.access import get_workspace_for
from upshot.web.accounts.models import Role
from upshot.web.operation.metrics import REGISTRY, may_read
from upshot.web.operation.queue_page import queue_facts


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus; for anybody else the page does not exist."""
    if not may_read(request):
        raise Http404
    return HttpResponse(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)


@require_safe
def queue(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """What runs, waits and failed, for the owner of the workspace."""
    workspace = get_workspace_for(request.user, pk, Role.OWNER)
    facts = queue_facts(workspace)
    return render(request, "operation/queue.html", {"place": workspace, "queue": facts})
