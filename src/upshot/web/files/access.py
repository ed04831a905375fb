"""A person's own uploads; nobody else's, of whatever role."""

from __future__ import annotations

import uuid
from typing import Any

from upshot.web.accounts.access import get_for
from upshot.web.accounts.models import Role
from upshot.web.files.models import Upload
from upshot.web.files.pieces import own_uploads


def get_upload_for(user: Any, pk: uuid.UUID | str) -> Upload:
    """One that can still be continued; raises as `get_for` does."""
    return get_for(own_uploads(user), user, pk, role=Role.EDITOR)
