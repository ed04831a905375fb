"""Bundles of unknown origin: opened in a child process first.

`load_bundle` executes nothing a file holds, but two model libraries parse their own formats in
native code, and a model forged with fitting hashes can crash that code (measured: flipping bytes of
a model and correcting its hash aborts LightGBM and, in 1 of 100 cases, CatBoost). In a child that
may write no file, a crash is just another way of being damaged.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from upshot.bundles.archive import damaged
from upshot.bundles.bundle import Bundle, load_bundle
from upshot.errors import BundleProblem
from upshot.wording import from_plain, say

_SECONDS = 60.0


def load_foreign_bundle(path: str | Path, *, seconds: float = _SECONDS) -> Bundle:
    """Open a bundle that may come from a stranger; takes a second or two more.

    Parameters
    ----------
    path : path
        The bundle.
    seconds : float
        How long the child may take.

    Raises
    ------
    BundleProblem
        As `load_bundle`, and when opening it kills the child or takes too long.
    """
    command = [sys.executable, "-m", "upshot.bundles.probe", str(path)]
    try:
        child = subprocess.run(  # noqa: S603 - our own interpreter and module; no shell
            command, capture_output=True, timeout=seconds, check=False, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired as error:
        raise damaged(say("its model takes too long to open")) from error
    if child.returncode:
        raise _problem(child.stdout)
    return load_bundle(path)


def _problem(said: bytes) -> BundleProblem:
    try:
        # Model libraries print remarks of their own before it.
        facts = json.loads(said.splitlines()[-1])
        return BundleProblem(from_plain(facts["problem"]), from_plain(facts["remedy"]))
    except (ValueError, LookupError, TypeError):
        return damaged(say("its model cannot be opened safely"))
