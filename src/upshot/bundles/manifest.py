"""What a bundle says about itself, as frozen facts.

Format 1 is described in docs/architecture.md. A later format gets a higher number and a step in
`load_bundle` that lifts the older one; a golden file per released format stays in the tests.
"""

from __future__ import annotations

import hashlib
import math
import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from upshot.bundles.archive import damaged
from upshot.errors import BundleProblem
from upshot.learning.outcome import Interval, Member
from upshot.learning.task import Task, TaskKind
from upshot.tables.schema import Schema
from upshot.wording import say

FORMAT = 1

_LIBRARIES = (
    "upshot",
    "numpy",
    "pandas",
    "scikit-learn",
    "catboost",
    "lightgbm",
    "safetensors",
    "torch",
)


@dataclass(frozen=True)
class Part:
    """One file inside the bundle."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Fingerprint:
    """Which data the model learned from, without any of it."""

    rows: int
    columns: int
    sha256: str


@dataclass(frozen=True)
class ColumnSummary:
    """How the values of a column were spread over the training rows.

    Attributes
    ----------
    name, kind : str
        The column.
    edges : tuple of float
        Numbers and dates (in seconds since 1970): inner edges of the bins, at the deciles.
    levels : tuple of str
        Categories and yes/no: the most frequent values, a bin each; another bin takes the rest.
    shares : tuple of float
        Share of the rows in each bin; the last bin is "missing".
    known : tuple of str
        All categories, so that new ones can be named; empty when there are too many to keep or the
        column holds personal data.
    """

    name: str
    kind: str
    edges: tuple[float, ...]
    levels: tuple[str, ...]
    shares: tuple[float, ...]
    known: tuple[str, ...] = ()


@dataclass(frozen=True)
class SelfTest:
    """Made-up rows and what the model said of them when it was saved.

    ``rows`` hold typical values per column, never a row of the training data. ``expected`` has one
    tuple per row: the probability, one per class, or (amount, low, high).
    """

    rows: tuple[Mapping[str, Any], ...]
    expected: tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Manifest:
    """What the bundle is, what it learned from and how to know that it still works.

    Attributes
    ----------
    format : int
        Version of the bundle format.
    libraries : mapping
        Versions of Python and of the libraries it was made with.
    question : str
        Name of the question it answers.
    schema : Schema
        Every column of the training table.
    features : tuple of str
        The columns the model reads, in order.
    cutoff : float or None
        Binary: rows at or above this probability are predicted to have the outcome (`cutoff.py`).
    """

    format: int
    libraries: Mapping[str, str]
    question: str
    task: Task
    schema: Schema
    features: tuple[str, ...]
    cutoff: float | None
    holdout: Mapping[str, Interval]
    ensemble: tuple[Member, ...]
    fingerprint: Fingerprint
    summaries: tuple[ColumnSummary, ...]
    self_test: SelfTest
    parts: tuple[Part, ...] = field(default=())


def library_versions() -> dict[str, str]:
    """Versions of everything a prediction depends on; what is not installed is left out."""
    from importlib.metadata import PackageNotFoundError, version

    found = {"python": platform.python_version()}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def describe_parts(parts: Mapping[str, bytes]) -> tuple[Part, ...]:
    """Size and SHA-256 of each part, sorted by name."""
    return tuple(
        Part(name, len(parts[name]), hashlib.sha256(parts[name]).hexdigest())
        for name in sorted(parts)
    )


def read_manifest(content: Mapping[str, Any]) -> Manifest:
    """Rebuild the manifest from its JSON object.

    Raises
    ------
    BundleProblem
        The format is unknown or the facts do not fit together.
    """
    import cattrs

    from upshot.jsonable import from_jsonable

    version = content.get("format")
    if type(version) is not int or version < 1:
        raise damaged(say("its manifest names no format version"))
    if version > FORMAT:
        raise BundleProblem(
            say(
                "This bundle was made by a newer Upshot (format {version}; this one knows "
                "{known}).",
                version=str(version),
                known=str(FORMAT),
            ),
            say("Update Upshot, then open it again."),
        )
    try:
        manifest = from_jsonable(dict(content), Manifest)
    except (
        cattrs.BaseValidationError,
        TypeError,
        ValueError,
        LookupError,
        AttributeError,
    ) as error:
        raise damaged(say("its manifest does not have the right shape")) from error
    reason = _inconsistency(manifest)
    if reason:
        raise damaged(reason)
    return manifest


def _inconsistency(manifest: Manifest) -> str:
    """Say what is wrong between the facts of a manifest, or nothing."""
    test = manifest.self_test
    weights = [member.weight for member in manifest.ensemble]
    expected = [value for row in test.expected for value in row]
    known = set(manifest.schema.names)
    checks = {
        say("its ensemble weights are not shares"): _are_shares(weights),
        say("its columns do not fit its schema"): len(known) == len(manifest.schema.columns)
        and 0 < len(set(manifest.features)) == len(manifest.features)
        and known.issuperset(manifest.features),
        say("its classes do not fit its question"): _has_classes(manifest.task),
        say("its summaries do not fit its columns"): all(
            _fits(summary, manifest) for summary in manifest.summaries
        ),
        say("its cut-off is not a number"): math.isfinite(manifest.cutoff or 0.0),
        say("its self-test is missing"): 0 < len(test.rows) == len(test.expected),
        say("its self-test does not hold numbers"): all(map(math.isfinite, expected)),
    }
    return next((reason for reason, holds in checks.items() if not holds), "")


def _are_shares(weights: list[float]) -> bool:
    whole = not weights or math.isclose(sum(weights), 1.0, abs_tol=1e-3)
    return whole and all(math.isfinite(weight) and weight >= 0 for weight in weights)


def _has_classes(task: Task) -> bool:
    count = len(set(task.classes))
    if count != len(task.classes):
        return False
    match task.kind:
        case TaskKind.BINARY:
            return count == 2
        case TaskKind.MULTICLASS:
            return count >= 2
        case _:
            return count == 0


def _fits(summary: ColumnSummary, manifest: Manifest) -> bool:
    inner = len(summary.edges) + 1 if summary.kind in {"number", "datetime"} else 0
    bins = (inner or len(summary.levels) + 1) + 1
    numbers = (*summary.edges, *summary.shares)
    return (
        summary.name in manifest.features
        and len(summary.shares) == bins
        and all(math.isfinite(number) for number in numbers)
    )
