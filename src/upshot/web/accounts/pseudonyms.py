"""The key of a workspace to the pseudonyms of its customers.

It is random and a column of the workspace: a backup holds it, restoring brings it back, and
deleting the workspace forgets it. Nobody is shown it; ``docs/decisions/0012-pseudonyms.md`` says
why it is not derived from the secret key of the installation.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from upshot.tables.pseudonyms import Pseudonyms
    from upshot.web.accounts.models import Workspace

KEY_BYTES = 32
"""As many as SHA-256 gives: a longer key is no stronger (RFC 2104, 3)."""


def new_key() -> str:
    """Return a random key in hexadecimal."""
    return secrets.token_hex(KEY_BYTES)


def pseudonyms_of(workspace: Workspace) -> Pseudonyms:
    """Return what makes the pseudonyms of a workspace."""
    from upshot.tables.pseudonyms import Pseudonyms

    return Pseudonyms(workspace.pseudonym_key.encode())
