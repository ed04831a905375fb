"""Commands to copy: how a program uses one bundle."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from upshot.web.api.middleware import ADDRESS
from upshot.web.bundles.models import SavedBundle

CURL = 'curl -sS -H "Authorization: Bearer $UPSHOT_TOKEN"'


@dataclass(frozen=True)
class Example:
    """A command and what it does."""

    title: str | Promise
    command: str


def examples_of(bundle: SavedBundle, site: str) -> tuple[Example, ...]:
    """Commands for a bundle; none where its file cannot be read.

    Parameters
    ----------
    bundle : SavedBundle
        Which.
    site : str
        Where the site is, such as ``https://upshot.example.com``.
    """
    row = _row(bundle)
    if row is None:
        return ()
    api = f"{site.rstrip('/')}{ADDRESS}"
    body = shlex.quote(json.dumps({"rows": [row], "reasons": 3}, ensure_ascii=False))
    here = f"{api}bundles/{bundle.uuid}"
    newest = shlex.quote(f"{api}predictions?bundle={bundle.uuid}&limit=1")
    return (
        Example(
            _("Score one row at once"),
            f"{CURL} \\\n  -H 'Content-Type: application/json' \\\n"
            f"  -d {body} \\\n  {here}/predict",
        ),
        Example(_("Which columns it needs"), f"{CURL} \\\n  {here}"),
        Example(
            _("Have a file scored"),
            f"{CURL} \\\n  -F bundle={bundle.uuid} -F file=@new.csv \\\n  {api}predictions",
        ),
        Example(_("See whether it is “ready”"), f"{CURL} \\\n  {newest}"),
        Example(
            _("Fetch the scored file; its id is in the answer above"),
            f'{CURL} -o scored.csv \\\n  "{api}predictions/$PREDICTION/file?format=csv"',
        ),
    )


def _row(bundle: SavedBundle) -> dict[str, Any] | None:
    """A made-up row of typical values; the bundle holds no real one."""
    from upshot.bundles import read_facts
    from upshot.errors import BundleProblem

    try:
        return dict(read_facts(bundle.file.path).self_test.rows[0])
    except (BundleProblem, OSError, IndexError):
        return None
