"""How long the trouble lasts: a sample in CI, the whole with ``make chaos``."""

from __future__ import annotations

import os

FULL = os.environ.get("UPSHOT_CHAOS") == "full"


def times(sample: int, whole: int) -> int:
    """`sample` in CI, `whole` with ``UPSHOT_CHAOS=full``."""
    return whole if FULL else sample
