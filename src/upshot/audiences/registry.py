"""The platforms lists are written for."""

from __future__ import annotations

from upshot.audiences import google, meta
from upshot.audiences.base import Target

LISTS: dict[str, Target] = {target.slug: target for target in (google.TARGET, meta.TARGET)}
