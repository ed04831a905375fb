"""Score a file with a bundle and write the result: what the command line and the website share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from upshot.bundles import Bundle, Scores, load_foreign_bundle, write_scores
from upshot.errors import InputError, Note
from upshot.tables.export import check_ending
from upshot.wording import say

_CHANCE, _REASON = "upshot_probability_", "upshot_reason_"

# Remarks on what a column of the file might be; when predicting, the bundle's schema decides that.
_ABOUT_KINDS = frozenset(
    {
        "after-outcome",
        "all-missing",
        "ambiguous-date",
        "constant",
        "leading-zeros",
        "many-rows",
        "missing-suspect",
        "unreadable-number",
    }
)


@dataclass(frozen=True)
class Prediction:
    """What was scored, JSON-able.

    Attributes
    ----------
    file, out : str
        Names of the file read and the file written.
    question, target : str
        What the bundle predicts.
    rows : int
        Rows read, and as many written.
    columns : tuple of str
        The columns of the written file.
    predictions : tuple of str
        Those among them that were added.
    notes : tuple of Note
        What should be known about the predictions.
    """

    file: str
    out: str
    question: str
    target: str
    rows: int
    columns: tuple[str, ...]
    predictions: tuple[str, ...]
    notes: tuple[Note, ...]


def predict_file(
    bundle: Bundle | str | Path,
    file: str | Path,
    out: str | Path,
    *,
    name: str | None = None,
    sheet: str | None = None,
    reasons: int = 0,
) -> Prediction:
    """Read a file, score it with a bundle, write the result.

    Parameters
    ----------
    bundle : Bundle or path
        An opened bundle, or where one is; the latter is opened as a stranger's.
    file, out : path
        The file to score, and the ``.csv``, ``.xlsx`` or ``.parquet`` to write; it appears whole
        or not at all.
    name : str or None
        The name the person knows `file` by, where it is stored under another.
    sheet : str or None
        Sheet of a workbook, or member of an archive.
    reasons : int
        Reasons per row.

    Raises
    ------
    InputError
        The bundle, the file or the place to write is at fault.
    """
    from upshot.tables.again import read_like
    from upshot.tables.safely import limits_here, read_in_child

    file, out = Path(file), Path(out)
    check_ending(out)
    if out.exists() and file.exists() and out.samefile(file):
        raise InputError(
            say("Writing to '{file}' would overwrite the file that is read.", file=out.name),
            say("Choose another name for the result."),
        )
    opened = bundle if isinstance(bundle, Bundle) else load_foreign_bundle(bundle)
    reader = partial(read_in_child, limits=limits_here())
    table = read_like(file, opened.manifest.schema, name=name, sheet=sheet, reader=reader)
    scores = opened.score(table, reasons)
    write_scores(scores, out)
    columns = tuple(str(column) for column in scores.frame.columns)
    return Prediction(
        file=table.source.file,
        out=out.name,
        question=opened.manifest.question,
        target=opened.task.target,
        rows=len(scores.frame),
        columns=columns,
        predictions=scores.predictions,
        notes=(*(note for note in table.notes if note.code not in _ABOUT_KINDS), *scores.notes),
    )


@dataclass(frozen=True)
class RowPrediction:
    """What a bundle says of one row, JSON-able.

    Attributes
    ----------
    prediction : str or float
        The outcome that is predicted, or the amount.
    probability : float or None
        Who will: the chance of the outcome that is looked for, from 0 to 1.
    probabilities : mapping
        Which one: the chance of each outcome.
    low, high : float or None
        How much: 80 of 100 true amounts lie between them.
    reasons : tuple of str
        The strongest first; empty where none were asked for.
    """

    prediction: str | float
    probability: float | None = None
    probabilities: Mapping[str, float] | None = None
    low: float | None = None
    high: float | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class RowPredictions:
    """One prediction per row, in the order of the rows, and what should be known about them."""

    predictions: tuple[RowPrediction, ...]
    notes: tuple[Note, ...]


def predict_rows(
    bundle: Bundle, rows: Sequence[Mapping[str, Any]], *, reasons: int = 0
) -> RowPredictions:
    """Score rows given as names and values, for one person at a time rather than a file.

    Parameters
    ----------
    bundle : Bundle
        An opened bundle.
    rows : sequence of mapping
        One mapping per row: column name to number, text, yes/no or None. A column that a row does
        not name is missing there.
    reasons : int
        Reasons per row.

    Raises
    ------
    InputError
        The rows lack most of the columns that matter.
    """
    from upshot.tables.json_lines import cells_of_objects
    from upshot.tables.schema import Column, Kind, Schema
    from upshot.tables.table import Source, Table

    raw, notes = cells_of_objects(rows, "rows")
    # The bundle's own schema says what each column is; this one only names them.
    schema = Schema(tuple(Column(name, Kind.TEXT) for name in raw.column_names))
    scores = bundle.score(Table(raw, schema, notes, Source("rows", "jsonl")), reasons)
    return RowPredictions(_row_predictions(scores), (*notes, *scores.notes))


def _row_predictions(scores: Scores) -> tuple[RowPrediction, ...]:
    added = scores.frame[list(scores.predictions)]
    chances = [name for name in scores.predictions if name.startswith(_CHANCE)]
    reasons = [name for name in scores.predictions if name.startswith(_REASON)]
    return tuple(
        RowPrediction(
            prediction=row["upshot_prediction"],
            probability=row.get("upshot_probability"),
            probabilities={name.removeprefix(_CHANCE): row[name] for name in chances} or None,
            low=row.get("upshot_low"),
            high=row.get("upshot_high"),
            reasons=tuple(row[name] for name in reasons if row[name]),
        )
        for row in added.to_dict("records")
    )
