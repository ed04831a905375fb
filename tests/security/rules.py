"""Who may do what at which address: the decision, in one table.

A new address without a line here fails `test_05_object_permission`. Addresses for programs have
their own table, in `tests/web/api/test_matrix.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class Who(Enum):
    """Whom an address answers."""

    ANYBODY = "anybody, logged in or not"
    WITH_LINK = "whoever has a good link; without one there is nothing here"
    MEMBER = "anybody who is logged in, about themselves"
    SELF = "the person the object belongs to; for others it is not there"
    VIEWER = "viewers of the workspace and above"
    EDITOR = "editors of the workspace and above"
    OWNER = "owners of the workspace"
    NOBODY = "nobody without the installation's own token"


@dataclass(frozen=True)
class Rule:
    """Who may read and who may write; None where the verb does not exist.

    `others` are verbs besides these, for the protocol that files in pieces are sent by.
    """

    get: Who | None
    post: Who | None = None
    others: Mapping[str, Who] = field(default_factory=dict)

    def for_verb(self, verb: str) -> Who | None:
        """Whom the verb answers."""
        known = {"get": self.get, "head": self.get, "post": self.post}
        return self.others.get(verb, known.get(verb))


A, L, M, S = Who.ANYBODY, Who.WITH_LINK, Who.MEMBER, Who.SELF
V, E, O = Who.VIEWER, Who.EDITOR, Who.OWNER  # noqa: E741

RULES: dict[str, Rule] = {
    "common:home": Rule(M),
    "common:healthz": Rule(A),
    "common:readyz": Rule(A),
    "common:language": Rule(None, A),
    "accounts:setup": Rule(A, A),
    "accounts:login": Rule(A, A),
    "accounts:login_code": Rule(A, A),
    "accounts:forgot": Rule(A, A),
    "accounts:join": Rule(L, L),
    "accounts:recover": Rule(L, L),
    "accounts:logout": Rule(None, M),
    "accounts:account": Rule(M, M),
    "accounts:profile": Rule(None, M),
    "accounts:sessions_end": Rule(None, M),
    "accounts:session_end": Rule(None, S),
    "accounts:two_factor": Rule(M),
    "accounts:two_factor_begin": Rule(None, M),
    "accounts:two_factor_on": Rule(None, M),
    "accounts:two_factor_off": Rule(None, M),
    "accounts:recovery_codes": Rule(None, M),
    "accounts:workspace_new": Rule(M, M),
    "accounts:workspace": Rule(V),
    "accounts:switch": Rule(None, V),
    "accounts:leave": Rule(None, V),
    "accounts:workspace_rename": Rule(None, O),
    "accounts:invite": Rule(None, O),
    "accounts:invitation_withdraw": Rule(None, O),
    "accounts:member_role": Rule(None, O),
    "accounts:member_remove": Rule(None, O),
    "accounts:log": Rule(O),
    "accounts:log_download": Rule(O),
    "keeping:copy": Rule(None, M),
    "keeping:copy_download": Rule(S),
    "keeping:delete_account": Rule(M, M),
    "keeping:retention": Rule(None, O),
    "keeping:delete_workspace": Rule(O, O),
    "operation:metrics": Rule(Who.NOBODY),
    "operation:queue": Rule(O),
    "guide:index": Rule(A),
    "guide:chapter": Rule(A),
    "guide:picture": Rule(A),
    "files:uploads": Rule(None, E),
    "files:upload": Rule(None, None, {"head": S, "patch": S, "delete": S}),
    "datasets:list": Rule(M),
    "datasets:upload": Rule(M, E),
    "datasets:sample": Rule(None, E),
    "datasets:detail": Rule(V),
    "datasets:kind": Rule(None, E),
    "datasets:ignore": Rule(None, E),
    "datasets:remedy": Rule(None, E),
    "datasets:undo": Rule(None, E),
    "datasets:sheet": Rule(None, E),
    "datasets:reading": Rule(V, E),
    "datasets:answer": Rule(None, E),
    "datasets:join": Rule(None, E),
    "datasets:again": Rule(None, E),
    "datasets:rename": Rule(None, E),
    "datasets:delete": Rule(E, E),
    "runs:ask": Rule(V, E),
    "runs:question": Rule(V),
    "runs:decide": Rule(None, E),
    "runs:amend": Rule(None, E),
    "runs:check_again": Rule(None, E),
    "runs:start": Rule(None, E),
    "runs:list": Rule(M),
    "runs:detail": Rule(V),
    "runs:stop": Rule(None, E),
    "runs:cancel": Rule(None, E),
    "runs:retry": Rule(None, E),
    "runs:delete": Rule(E, E),
    "runs:rule": Rule(E, E),
    "runs:forget_rule": Rule(None, E),
    "runs:learn_again": Rule(E, E),
    "runs:compare": Rule(E, E),
    "runs:comparison": Rule(V),
    "runs:compare_again": Rule(None, E),
    "runs:what_if": Rule(V, E),
    "runs:tried": Rule(V, E),
    "runs:mark": Rule(None, E),
    "runs:simple": Rule(None, E),
    "runs:without": Rule(None, E),
    "runs:report": Rule(V),
    "runs:report_xlsx": Rule(V),
    "runs:report_pptx": Rule(V),
    "bundles:list": Rule(M),
    "bundles:detail": Rule(V),
    "bundles:describe": Rule(None, E),
    "bundles:download": Rule(V),
    "bundles:delete": Rule(E, E),
    "predictions:use": Rule(V, E),
    "predictions:use_sample": Rule(None, E),
    "predictions:detail": Rule(V),
    "predictions:sheet": Rule(None, E),
    "predictions:again": Rule(None, E),
    "predictions:delete": Rule(E, E),
    "predictions:audiences": Rule(V),
    "predictions:audience": Rule(V),
    "predictions:download": Rule(V),
    "api:tokens": Rule(M, M),
    "api:token_revoke": Rule(None, S),
    "api:docs": Rule(M),
    "api:openapi": Rule(M),
}
