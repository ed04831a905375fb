"""Scoring a new file: its columns as written, then the predictions, and remarks in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from upshot.bundles.drift import MIN_ROWS, Tally
from upshot.bundles.fitting import fitted
from upshot.errors import Note
from upshot.explaining.wording import quoted
from upshot.learning.state import Array
from upshot.learning.task import Task, TaskKind
from upshot.tables.export import write_frame
from upshot.tables.schema import Kind
from upshot.wording import comma_list, say, say_count

if TYPE_CHECKING:
    import pandas as pd

    from upshot.bundles.bundle import Bundle
    from upshot.bundles.manifest import ColumnSummary
    from upshot.tables.table import Table

_CHUNK_ROWS = 100_000
_EARLIER = re.compile(r"upshot_(prediction|probability(_.*)?|decile|low|high|reason_\d+)", re.S)
_NAMED_VALUES = 5


@dataclass(frozen=True, eq=False)
class Scores:
    """A scored file.

    Attributes
    ----------
    frame : pandas.DataFrame
        Every column of the file as it was written, then the predictions; row for row.
    notes : tuple of Note
        What should be known about them.
    numbers : frozenset of str
        Columns of the file that hold numbers, for exports that keep numbers apart from text.
    predictions : tuple of str
        The columns that were added.
    """

    frame: pd.DataFrame
    notes: tuple[Note, ...] = ()
    numbers: frozenset[str] = frozenset()
    predictions: tuple[str, ...] = ()


def write_scores(scores: Scores, path: str | Path) -> Path:
    """Write a scored file; `upshot.tables.export.write_frame` says how and what it raises."""
    return write_frame(scores.frame, path, numbers=scores.numbers)


def score(bundle: Bundle, table: Table, reasons: int = 0) -> Scores:
    """Predict each row of `table`; see `Bundle.score`."""
    import pandas as pd

    read, absent, column_notes = fitted(bundle, table)
    # Counting costs as much as predicting where there is one row, and says nothing of a few.
    watched = bundle.manifest.features if table.rows >= MIN_ROWS else ()
    tally = Tally([s for s in bundle.manifest.summaries if s.name in watched])
    unseen = _Unseen(
        tuple(s for s in bundle.manifest.summaries if s.name not in absent),
        frozenset(column.name for column in bundle.schema.columns if column.pseudonyms),
    )
    parts = []
    for features in _chunks(read):
        tally.add(features)
        unseen.add(features)
        parts.append(_predict(bundle, features, reasons))
    frame, earlier = _original(table)
    outputs = _join(parts) if parts else _predict_nothing(bundle.task, reasons)
    added = _finish(bundle, outputs)
    # Text is kept as it is: a column of pandas' own text would forget how a reason was made.
    columns = {
        name: pd.Series(values, frame.index, dtype=getattr(values, "dtype", None))
        for name, values in added.items()
    }
    frame = pd.concat([frame, pd.DataFrame(columns, index=frame.index)], axis=1)
    split = bundle.answer.split
    remarks = (
        *column_notes,
        *unseen.notes(),
        *tally.notes(max(split.training_rows + split.holdout_rows, 1), absent),
        *_file_notes(table, earlier, bundle, reasons),
    )
    numbers = frozenset(c.name for c in table.schema.columns if c.kind is Kind.NUMBER)
    return Scores(frame, remarks, numbers & set(map(str, frame.columns)), tuple(added))


def deciles(predictions: Array) -> Array:
    """Tenth of the file each row belongs to, 1 is the highest; ties keep the file's order."""
    rows = len(predictions)
    order = np.argsort(-predictions, kind="stable")
    result = np.empty(rows, dtype="int64")
    result[order] = np.arange(rows) * 10 // max(rows, 1) + 1
    return result


def _chunks(table: Table) -> Iterator[pd.DataFrame]:
    """Typed rows a part at a time, so that a large file needs no more memory than a small one."""
    from dataclasses import replace

    for start in range(0, table.rows, _CHUNK_ROWS):
        yield replace(table, raw=table.raw.slice(start, _CHUNK_ROWS)).data


def _predict(bundle: Bundle, features: pd.DataFrame, reasons: int) -> dict[str, Any]:
    task = bundle.task
    predictions = np.asarray(bundle.model.predict(features))
    columns: dict[str, Any] = {}
    match task.kind:
        case TaskKind.BINARY:
            columns["upshot_probability"] = predictions
        case TaskKind.MULTICLASS:
            for code, name in enumerate(task.classes):
                columns[f"upshot_probability_{name}"] = predictions[:, code]
        case TaskKind.REGRESSION:
            low, high = bundle.model.interval_around(predictions)
            columns.update(upshot_prediction=predictions, upshot_low=low, upshot_high=high)
    if reasons:
        columns.update(_reasons(bundle, features, reasons))
    return columns


def _reasons(bundle: Bundle, features: pd.DataFrame, count: int) -> dict[str, Any]:
    rows: list[list[str]] = [[]] * len(features)
    if bundle.surrogate is not None:
        rows = bundle.surrogate.reasons(features, count)
    return {
        f"upshot_reason_{i + 1}": np.array(
            [row[i] if i < len(row) else "" for row in rows], dtype=object
        )
        for i in range(count)
    }


def _predict_nothing(task: Task, reasons: int) -> dict[str, Any]:
    names = {
        TaskKind.BINARY: ["upshot_probability"],
        TaskKind.MULTICLASS: [f"upshot_probability_{name}" for name in task.classes],
        TaskKind.REGRESSION: ["upshot_prediction", "upshot_low", "upshot_high"],
    }[task.kind]
    columns: dict[str, Any] = {name: np.empty(0) for name in names}
    for i in range(reasons):
        columns[f"upshot_reason_{i + 1}"] = np.empty(0, dtype=object)
    return columns


def _join(parts: list[dict[str, Any]]) -> dict[str, Any]:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _finish(bundle: Bundle, columns: dict[str, Any]) -> dict[str, Any]:
    """Add what needs the whole file: labels and tenths, in their fixed order."""
    task = bundle.task
    first: dict[str, Any] = {}
    if task.kind is TaskKind.BINARY:
        probability = columns.pop("upshot_probability")
        cutoff = 0.5 if bundle.manifest.cutoff is None else bundle.manifest.cutoff
        codes = (probability >= cutoff).astype("int64")
        first["upshot_probability"] = probability
        first["upshot_prediction"] = _labels(task, codes)
        first["upshot_decile"] = deciles(probability)
    elif task.kind is TaskKind.MULTICLASS:
        names = [f"upshot_probability_{name}" for name in task.classes]
        stacked = np.column_stack([columns[name] for name in names])
        codes = stacked.argmax(axis=1) if len(stacked) else np.empty(0, "int64")
        first["upshot_prediction"] = _labels(task, codes)
    for name, values in columns.items():
        first[name] = values
    return first


def _labels(task: Task, codes: Array) -> Any:
    import pandas as pd

    return pd.array(np.array(task.classes, dtype=object)[codes], dtype="str")


def _original(table: Table) -> tuple[pd.DataFrame, list[str]]:
    """The file's own cells, without the predictions of an earlier scoring; and their names."""
    import pandas as pd
    import pyarrow as pa

    names = table.raw.column_names
    earlier = [name for name in names if _EARLIER.fullmatch(name)]
    exact: dict[Any, Any] = {
        pa.bool_(): pd.BooleanDtype(),
        **{
            getattr(pa, f"{sign}int{bits}")(): getattr(pd, f"{sign.upper()}Int{bits}Dtype")()
            for sign in ("", "u")
            for bits in (8, 16, 32, 64)
        },
    }
    kept = table.raw.select([name for name in names if name not in earlier])
    frame = kept.to_pandas(types_mapper=exact.get, date_as_object=True)
    return frame, earlier


def _file_notes(table: Table, earlier: list[str], bundle: Bundle, reasons: int) -> Iterator[Note]:
    if earlier:
        yield Note(
            "scored-before",
            say(
                "The file held predictions of an earlier scoring ({columns}); they are replaced.",
                columns=comma_list([quoted(name) for name in earlier]),
            ),
        )
    if not table.rows:
        yield Note(
            "no-rows",
            say("The file has a header but no rows, so there is nothing to predict."),
            remedy=say("Check that the right file or sheet was chosen."),
            level="warning",
        )
    if reasons and bundle.surrogate is None:
        yield Note(
            "no-reasons",
            say("This bundle cannot give reasons, so their columns are empty."),
            remedy=say("Train again with more time."),
            level="warning",
        )


@dataclass
class _Unseen:
    """Categories that were never seen in training, collected chunk by chunk.

    Those of pseudonymised columns are counted and not named.
    """

    summaries: tuple[ColumnSummary, ...]
    unnamed: frozenset[str] = frozenset()
    found: dict[str, set[str]] = field(default_factory=dict)

    def add(self, features: pd.DataFrame) -> None:
        for summary in self.summaries:
            if summary.kind == Kind.CATEGORY and summary.known and summary.name in features:
                new = _present(features[summary.name]) - set(summary.known)
                if new:
                    self.found.setdefault(summary.name, set()).update(new)

    def notes(self) -> Iterator[Note]:
        for name, values in self.found.items():
            if name in self.unnamed:
                yield _new_ones(name, len(values))
                continue
            shown = ", ".join(value[:40] for value in sorted(values)[:_NAMED_VALUES])
            more = ", …" if len(values) > _NAMED_VALUES else ""
            yield Note(
                "new-category",
                say_count(
                    "`{column}` has {number} value never seen in training ({values}); treated as "
                    "unknown.",
                    "`{column}` has {number} values never seen in training ({values}); treated as "
                    "unknown.",
                    len(values),
                    column=name,
                    values=f"{shown}{more}",
                ),
                name,
                say("If it matters, train again with a newer file.")
                if len(values) == 1
                else say("If they matter, train again with a newer file."),
                "warning",
            )


def _present(column: pd.Series[Any]) -> set[str]:
    """The values of a category column, without making its rows into text."""
    import pandas as pd

    if not isinstance(column.dtype, pd.CategoricalDtype):
        return set(column.dropna().astype("str").unique())
    codes = np.unique(column.array.codes)
    return set(map(str, column.array.categories[codes[codes >= 0]]))


def _new_ones(column: str, count: int) -> Note:
    return Note(
        "new-category",
        say_count(
            "`{column}` has {number} value never seen in training. Its predictions rest on the "
            "other columns.",
            "`{column}` has {number} values never seen in training. Their predictions rest on the "
            "other columns.",
            count,
            column=column,
        ),
        column,
        say("If many are new, train again with a newer file."),
        "warning",
    )
