"""Small facts worked out from a stored file, kept beside it and gone with it.

A page that shows what a file holds would otherwise read the file at every view. The facts can be
worked out again at any time, so a backup leaves them out and damaged ones count as missing.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from upshot import __version__
from upshot.errors import InputError
from upshot.files import write_atomically
from upshot.web.files.models import StoredFile
from upshot.web.files.places import place

MOST_KEPT = 20
"""Facts of one sort beside one file, the newest: a person tries out a handful of choices."""


def worked_out(stored: StoredFile, sort: str, key: Any, work: Callable[[], Any]) -> Any:
    """The facts of a sort for a key: those kept, or what `work` gives, which is kept then.

    Parameters
    ----------
    stored : StoredFile
        The file they are about.
    sort : str
        A word of ours for what they are; part of a file name.
    key : JSON
        Whatever they depend on besides the file's content and this release of Upshot.
    work : callable
        Gives them as plain JSON values; what it raises is not kept.
    """
    kept_at, name = _place(stored, sort), json.dumps([__version__, key], sort_keys=True)
    kept = _kept(kept_at)
    if name in kept:
        return kept[name]
    facts = work()
    newest = [(name, facts), *kept.items()][:MOST_KEPT]
    # The page does not need them kept; a full disk is for others to report.
    with contextlib.suppress(OSError, InputError):
        write_atomically(kept_at, json.dumps(dict(newest)).encode())
        kept_at.chmod(0o600)
    return facts


def _place(stored: StoredFile, sort: str) -> Path:
    path = place().beside(stored.key)
    return path.with_name(f"{path.name}.{sort}.json")


def _kept(path: Path) -> dict[str, Any]:
    try:
        kept = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}
