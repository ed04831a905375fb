"""The model families: one file each, one registry."""

from __future__ import annotations

from importlib.util import find_spec

from upshot.learning.models.base import Family
from upshot.learning.models.catboost import CATBOOST
from upshot.learning.models.extra_trees import EXTRA_TREES
from upshot.learning.models.lightgbm import LIGHTGBM
from upshot.learning.models.linear import LINEAR
from upshot.learning.models.network import NETWORK
from upshot.wording import say

FAMILIES: dict[str, Family] = {
    family.name: family for family in (LINEAR, CATBOOST, LIGHTGBM, EXTRA_TREES, NETWORK)
}


def available_families() -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the families whose library is installed, and for the others the reason why not."""
    available, missing = [], {}
    for family in FAMILIES.values():
        if find_spec(family.package) is None:
            missing[family.name] = say(
                "The package '{package}' is not installed, so the {family} is left out.",
                package=family.package,
                family=say(family.title),
            )
        else:
            available.append(family.name)
    return tuple(available), missing
