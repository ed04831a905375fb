"""Score a file with a bundle and write the result: what the command line and the website share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from upshot.bundles import Bundle, load_foreign_bundle, write_scores
from upshot.errors import InputError, Note
from upshot.tables.export import check_ending

# Remarks on what a column of the file might be; when predicting, the bundle's schema decides that.
_ABOUT_KINDS = frozenset(
    {
        "after-outcome",
        "all-missing",
        "ambiguous-date",
        "constant",
        "leading-zeros",
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
    from upshot.tables import read

    file, out = Path(file), Path(out)
    check_ending(out)
    if out.exists() and file.exists() and out.samefile(file):
        raise InputError(
            f"Writing to '{out.name}' would overwrite the file that is read.",
            "Choose another name for the result.",
        )
    opened = bundle if isinstance(bundle, Bundle) else load_foreign_bundle(bundle)
    table = read(file, name=name, sheet=sheet)
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
