"""The one way in: a token, its scopes, the role of the person behind it, and its rate."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from upshot.web.accounts.access import is_at_least
from upshot.web.accounts.models import Membership, Role
from upshot.web.api import tokens
from upshot.web.api.models import ApiToken, Scope
from upshot.web.api.problems import Problem
from upshot.web.api.rates import Buckets


@dataclass(frozen=True)
class Caller:
    """Who is asking: a program with a token, for a person in a workspace."""

    token: ApiToken
    membership: Membership

    @property
    def user(self) -> Any:
        """The person behind the token."""
        return self.token.user

    @property
    def workspace(self) -> Any:
        """The workspace the token is for; no other can be reached with it."""
        return self.token.workspace

    def own(self, found: Any, workspace: Any) -> Any:
        """An object the person may see, if it is in the token's workspace.

        Raises
        ------
        Http404
            When it is in another workspace of the same person.
        """
        if workspace.pk != self.token.workspace_id:
            raise Http404
        return found


class Token(HttpBearer):
    """Asks for a token.

    Parameters
    ----------
    *scopes : Scope
        One of these must be among the token's.
    role : Role
        What the person behind the token must be at least, now rather than when it was made.
    """

    def __init__(self, *scopes: Scope, role: Role = Role.VIEWER) -> None:
        super().__init__()
        if not scopes:
            raise ValueError("An endpoint names at least one scope.")
        self.scopes, self.role = frozenset(scopes), role

    def authenticate(self, request: HttpRequest, token: str) -> Caller:
        """The caller.

        Raises
        ------
        Problem
            401, 403 or 429.
        """
        found = tokens.find(token.strip())
        membership = (
            found
            and Membership.objects.filter(user=found.user_id, workspace=found.workspace_id).first()
        )
        if not found or not membership:
            raise Problem("no-token")
        rate = buckets().take(found.pk)
        request.api_rate = rate  # type: ignore[attr-defined]
        if rate.wait:
            raise Problem("too-many-requests", retry_after=rate.wait)
        tokens.note_use(found)
        if self.scopes.isdisjoint(found.scopes):
            wanted = ", ".join(sorted(self.scopes))
            raise Problem(
                "missing-scope", _("One of these scopes: {scopes}.").format(scopes=wanted)
            )
        if not is_at_least(membership.role, self.role):
            raise Problem("missing-role")
        return Caller(found, membership)


@cache
def buckets() -> Buckets:
    """The rates of this process."""
    return Buckets(settings.API_REQUESTS_PER_MINUTE)


READS = Token(Scope.READ)
WRITES = Token(Scope.WRITE, role=Role.EDITOR)
PREDICTS = Token(Scope.PREDICT, role=Role.EDITOR)
SENDS = Token(Scope.WRITE, Scope.PREDICT, role=Role.EDITOR)
SEES_LISTS = Token(Scope.READ, Scope.PREDICT)
"""A program that has a file scored may fetch the result without the right to read all else."""
