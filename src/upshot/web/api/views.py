"""The page where people make and revoke tokens."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from upshot.web import audit
from upshot.web.accounts.access import is_at_least
from upshot.web.accounts.models import Role
from upshot.web.api import tokens as actions
from upshot.web.api.forms import TokenForm
from upshot.web.api.models import ApiToken


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """My tokens of this workspace; its owner sees everybody's."""
    membership = request.membership  # type: ignore[attr-defined]
    if not membership:
        raise Http404
    form = TokenForm(membership.role, request.POST or None)
    made, text = None, ""
    if request.method == "POST" and form.is_valid():
        made, text = actions.make(
            request.user,
            request.workspace,  # type: ignore[attr-defined]
            name=form.cleaned_data["name"],
            scopes=form.cleaned_data["scopes"],
            expires_at=form.expires_at,
        )
        audit.record(request, "api:tokens", made, detail=made.prefix)
        form = TokenForm(membership.role)
    context = {"form": form, "made": made, "text": text, "tokens": _tokens_seen(request)}
    return render(request, "api/tokens.html", context, status=422 if form.is_bound else 200)


@require_POST
def revoke(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Close a token for good."""
    token = _tokens_seen(request).filter(uuid=pk).first()
    if token is None:
        raise Http404
    actions.revoke(token)
    audit.record(request, "api:token_revoke", token, detail=token.prefix)
    messages.success(request, _("The token is revoked. Programs that use it are refused now."))
    return redirect("api:tokens")


def _tokens_seen(request: HttpRequest) -> Any:
    """The tokens a person may see and revoke."""
    membership = request.membership  # type: ignore[attr-defined]
    if not membership:
        return ApiToken.objects.none()
    found = ApiToken.objects.filter(workspace=membership.workspace).select_related("user")
    if is_at_least(membership.role, Role.OWNER):
        return found
    return found.filter(user=request.user)
