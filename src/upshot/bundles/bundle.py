"""The bundle: everything learned in one object, in one file that is safe to open."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from upshot.bundles.archive import MANIFEST, Archive, damaged, open_archive, write_archive
from upshot.bundles.manifest import (
    FORMAT,
    Manifest,
    describe_parts,
    library_versions,
    read_manifest,
)
from upshot.bundles.parts import parse_object, put_together, take_apart
from upshot.bundles.selftest import replay, typed_rows
from upshot.errors import BundleProblem, InternalError, UpshotError, UpshotWarning
from upshot.files import appearing
from upshot.learning.task import Task
from upshot.tables.schema import Schema
from upshot.wording import say

if TYPE_CHECKING:
    import pandas as pd

    from upshot.bundles.scoring import Scores
    from upshot.explaining.facts import Answer
    from upshot.explaining.surrogate import Surrogate
    from upshot.learning.ensemble import FittedModel
    from upshot.tables.pseudonyms import Pseudonyms
    from upshot.tables.table import Table

_ANSWER = "answer.json"
_MODEL = "model"
_SURROGATE = "surrogate"


@dataclass(frozen=True, eq=False)
class Bundle:
    """A trained model with its answer and everything needed to score a new file.

    Attributes
    ----------
    manifest : Manifest
        What it is, what it learned from, how to know that it still works.
    answer : Answer
        The facts its report is rendered from.
    model : FittedModel
        Predicts.
    surrogate : Surrogate or None
        Gives the reasons of each row; None when there was no time to fit one.
    pseudonyms : Pseudonyms or None
        The key to columns that were learned as pseudonyms; never saved.
    """

    manifest: Manifest
    answer: Answer
    model: FittedModel
    surrogate: Surrogate | None = None
    pseudonyms: Pseudonyms | None = None

    @property
    def task(self) -> Task:
        """What is predicted."""
        return self.manifest.task

    @property
    def schema(self) -> Schema:
        """Schema of the columns the model reads, in its order."""
        return self.manifest.schema.select(self.manifest.features)

    def score(self, table: Table, reasons: int = 0) -> Scores:
        """Predict each row of `table`: its columns as written, then the predictions.

        Parameters
        ----------
        table : Table
            A newly read file. Columns may be reordered, extra or missing.
        reasons : int
            How many reasons to add per row.

        Raises
        ------
        BundleProblem
            Too many of the columns that matter are missing.
        """
        from upshot.bundles.scoring import score

        return score(self, table, reasons)

    def predict(self, table: Table, reasons: int = 0) -> pd.DataFrame:
        """Predict each row of `table`, as `score` does; what should be known comes as warnings.

        Warns
        -----
        UpshotWarning
            One per remark, naming the column and the consequence.
        """
        scores = self.score(table, reasons)
        for note in scores.notes:
            if note.level == "warning":
                warnings.warn(UpshotWarning(f"{note.message} {note.remedy}".strip()), stacklevel=2)
        return scores.frame

    def with_key(self, pseudonyms: Pseudonyms | None) -> Bundle:
        """Return the same bundle with the key to columns that were learned as pseudonyms."""
        return replace(self, pseudonyms=pseudonyms)

    def save(self, path: str | Path) -> Path:
        """Save to one file; see `save_bundle`."""
        return save_bundle(self, path)


def save_bundle(bundle: Bundle, path: str | Path) -> Path:
    """Save a bundle: the whole file appears, or nothing changes.

    The same bundle gives the same bytes. The written file is opened and its self-test replayed
    before it gets its name, so that every saved bundle can be loaded.

    Raises
    ------
    FileProblem
        The folder is missing, read-only or full.
    """
    path = Path(path)
    with appearing(path) as temporary:
        write_archive(temporary, _to_members(bundle))
        try:
            load_bundle(temporary)
        except BundleProblem as error:
            raise InternalError(f"The bundle just written cannot be opened: {error}") from error
    return path


def load_bundle(path: str | Path, *, pseudonyms: Pseudonyms | None = None) -> Bundle:
    """Open a bundle: check it, rebuild the model, replay its self-test.

    Nothing in the file is executed: parts are JSON, numeric arrays and models in the non-executable
    formats of their libraries. Those are parsed by native code, which a forged model can crash:
    a bundle of a stranger is opened with `load_foreign_bundle`.

    Parameters
    ----------
    path : path
        The bundle.
    pseudonyms : Pseudonyms or None
        The key to columns that were learned as pseudonyms; without it their values count as new.

    Raises
    ------
    BundleProblem
        The file is not a bundle, is damaged, was made by a newer Upshot, or no longer predicts
        what it did when it was saved.
    """
    with open_archive(Path(path)) as archive:
        manifest = read_manifest(_read_manifest_part(archive))
        parts = _read_parts(archive, manifest)
    return _from_parts(manifest, parts).with_key(pseudonyms)


def read_facts(path: str | Path) -> Manifest:
    """What a bundle says about itself; its model is neither opened nor checked.

    Raises
    ------
    BundleProblem
        The file is not a bundle, or was made by a newer Upshot.
    """
    with open_archive(Path(path)) as archive:
        return read_manifest(_read_manifest_part(archive))


def _to_members(bundle: Bundle) -> dict[str, bytes]:
    from upshot.jsonable import dumps

    parts = {_ANSWER: dumps(bundle.answer, sentences=True).encode()}
    parts.update(take_apart(_MODEL, bundle.model.state()))
    if bundle.surrogate is not None:
        parts.update(take_apart(_SURROGATE, bundle.surrogate.state()))
    manifest = replace(bundle.manifest, parts=describe_parts(parts))
    return {MANIFEST: dumps(manifest, indent=1).encode(), **parts}


def _read_manifest_part(archive: Archive) -> dict[str, Any]:
    if MANIFEST not in archive.names:
        raise BundleProblem(
            say("This is a zip file, but not an Upshot bundle: it has no manifest."),
            say("Choose a file that Upshot saved; its name ends in .upshot."),
        )
    return parse_object(MANIFEST, archive.read(MANIFEST))


def _read_parts(archive: Archive, manifest: Manifest) -> dict[str, bytes]:
    """Read exactly the parts that the manifest lists, and compare their sizes and hashes."""
    listed = [part.name for part in manifest.parts]
    if len(set(listed)) != len(listed) or archive.names != {MANIFEST, *listed}:
        raise damaged(say("its parts are not the ones its manifest lists"))
    if any(archive.size(part.name) != part.size for part in manifest.parts):
        raise damaged(say("one of its parts has the wrong size"))
    parts = {name: archive.read(name) for name in listed}
    if describe_parts(parts) != tuple(sorted(manifest.parts, key=lambda part: part.name)):
        raise damaged(say("one of its parts has been altered"))
    return parts


def _from_parts(manifest: Manifest, parts: Mapping[str, bytes]) -> Bundle:
    from upshot.explaining.surrogate import Surrogate
    from upshot.learning.ensemble import FittedModel

    try:
        answer = _read_answer(parts)
        model = FittedModel.from_state(put_together(_MODEL, parts), manifest.task)
        surrogate = None
        if f"{_SURROGATE}.json" in parts:
            surrogate = Surrogate.from_state(put_together(_SURROGATE, parts))
        bundle = Bundle(manifest, answer, model, surrogate)
        replay(manifest.self_test, model, manifest.task, bundle.schema)
        if surrogate is not None:
            surrogate.reasons(typed_rows(manifest.self_test.rows, bundle.schema), 1)
    except UpshotError as error:
        if isinstance(error, BundleProblem):
            raise
        raise damaged(say("its model cannot be rebuilt")) from error
    # A foreign or altered state can make five native libraries fail in any way of theirs; whatever
    # they raise means the same here, and the cause stays attached.
    except Exception as error:
        raise damaged(say("its model cannot be rebuilt")) from error
    return bundle


def _read_answer(parts: Mapping[str, bytes]) -> Answer:
    from upshot.explaining.facts import Answer
    from upshot.jsonable import from_jsonable

    if _ANSWER not in parts:
        raise damaged(say("'{part}' is missing", part=_ANSWER))
    return from_jsonable(parse_object(_ANSWER, parts[_ANSWER]), Answer)


__all__ = [
    "FORMAT",
    "Bundle",
    "library_versions",
    "load_bundle",
    "read_facts",
    "save_bundle",
]
