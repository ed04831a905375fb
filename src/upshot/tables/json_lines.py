"""JSON: one object a line, a list of objects, or one object that holds such a list."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from upshot.errors import FileProblem, Note
from upshot.tables.encoding import decode
from upshot.tables.names import column_names
from upshot.tables.opened import Opened
from upshot.tables.rawtable import RawTable
from upshot.tables.table import Source
from upshot.wording import mark, say

if TYPE_CHECKING:
    import pyarrow as pa

# As many columns and cells as other formats may have (`ragged`, `excel`): a file that uses values
# as keys has a column for each and would fill the memory with blanks.
MAX_COLUMNS = 16_384
MAX_CELLS = 60_000_000
# API exports nest three or four levels; what lies deeper is kept as JSON text.
MAX_DEPTH = 8
# Beyond this, numbers cannot tell neighbours apart; whole numbers so long are names of things.
_EXACT = 2**53
_REMEDY = mark("Correct that line, or export the file again.")


def read_json(opened: Opened) -> RawTable:
    """Read JSON lines or a JSON list of objects.

    Objects inside an object become columns with dotted names (``customer.city``); a list becomes
    one text. Each column keeps its type; a column with several types becomes text.

    Raises
    ------
    FileProblem
        When the JSON is broken (with the line), or holds no objects.
    """
    decoded = decode(opened.data)
    text = decoded.utf8.decode("utf-8", "replace").lstrip("\ufeff")
    raw, notes = cells_of_objects(_objects(text, opened.file), opened.file)
    source = Source(
        opened.file,
        "jsonl",
        encoding=decoded.encoding,
        header_row=None,
        sheet=opened.member,
        sheets=opened.members,
    )
    return RawTable(raw, source, notes)


def cells_of_objects(
    objects: Iterable[Mapping[str, Any]], file: str
) -> tuple[pa.Table, tuple[Note, ...]]:
    """The cells of JSON objects, one row each, with remarks on their names.

    Raises
    ------
    FileProblem
        When the objects have no names, or too many.
    """
    columns, rows = _columns(objects, file)
    if not columns:
        raise FileProblem(say("'{file}' has no columns.", file=file), say("Export it again."))
    names, notes = column_names(tuple(columns), len(columns))
    return _table([_array(values, rows) for values in columns.values()], names), tuple(notes)


def _table(arrays: list[pa.Array], names: tuple[str, ...]) -> pa.Table:
    import pyarrow as pa

    return pa.Table.from_arrays(arrays, names=list(names))


def _objects(text: str, file: str) -> Iterator[dict[str, Any]]:
    """The objects of the file, in order."""
    first = text.lstrip().split("\n", 1)[0]
    try:
        one_a_line = isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        one_a_line = False
    return _from_lines(text, file) if one_a_line else _from_document(text, file)


def _from_lines(text: str, file: str) -> Iterator[dict[str, Any]]:
    # Not `splitlines`: it also splits at marks that may stand inside a JSON text.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line, parse_constant=_nothing)
        except (ValueError, RecursionError):
            raise FileProblem(
                say("Line {number} of '{file}' is not complete JSON.", number=number, file=file),
                say(_REMEDY),
            ) from None
        if not isinstance(value, dict):
            raise FileProblem(
                say(
                    "Line {number} of '{file}' is no JSON object with names and values.",
                    number=number,
                    file=file,
                ),
                say(_REMEDY),
            )
        yield value


def _from_document(text: str, file: str) -> Iterator[dict[str, Any]]:
    try:
        value = json.loads(text, parse_constant=_nothing)
    except json.JSONDecodeError as error:
        raise FileProblem(
            say("The JSON in '{file}' breaks at line {number}.", file=file, number=error.lineno),
            say(_REMEDY),
        ) from None
    except (ValueError, RecursionError):
        raise FileProblem(
            say(
                "The JSON in '{file}' is nested too deeply or holds a number that is too long.",
                file=file,
            ),
            say("Export a flat list of objects."),
        ) from None
    items = value if isinstance(value, list) else _inner_list(value)
    for position, item in enumerate(items, start=1):
        if not isinstance(item, dict):
            raise FileProblem(
                say(
                    "Item {position} of the list in '{file}' is no object with names and values.",
                    position=position,
                    file=file,
                ),
                say("Export a list of objects."),
            )
        yield item


def _inner_list(value: dict[str, Any]) -> list[Any]:
    """The only list of objects in an object, as in ``{"data": […]}``; else the object itself."""
    lists = [held for held in value.values() if isinstance(held, list) and held]
    lists = [held for held in lists if all(isinstance(item, dict) for item in held)]
    return lists[0] if len(lists) == 1 else [value]


def _nothing(_: str) -> None:
    """NaN and Infinity are no values."""


def _columns(objects: Iterable[Mapping[str, Any]], file: str) -> tuple[dict[str, list[Any]], int]:
    """Values by column, in the order the names appear; short columns end in missing values."""
    columns: dict[str, list[Any]] = {}
    rows = 0
    for item in objects:
        for name, value in _flat(item):
            column = columns.get(name)
            if column is None:
                column = columns[name] = []
            if len(column) > rows:
                continue  # the name stands twice in this object; the first one counts
            column.extend([None] * (rows - len(column)))
            column.append(value)
        rows += 1
        if len(columns) > MAX_COLUMNS or len(columns) * rows > MAX_CELLS:
            raise FileProblem(
                say(
                    "'{file}' spans {rows} rows and {columns} columns, which is too much.",
                    file=file,
                    rows=rows,
                    columns=len(columns),
                ),
                say("Check that every object has the same names, or export fewer of them."),
            )
    return columns, rows


def _flat(item: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Names and values of an object, inner objects in place with dotted names."""
    waiting = [(name, value, 1) for name, value in reversed(list(item.items()))]
    while waiting:
        name, value, depth = waiting.pop()
        if isinstance(value, dict) and value and depth < MAX_DEPTH:
            inner = reversed(value.items())
            waiting.extend((f"{name}.{key}", held, depth + 1) for key, held in inner)
        else:
            yield name, _cell(value)


def _cell(value: Any) -> Any:
    if isinstance(value, dict):
        return _as_json(value) if value else None
    if not isinstance(value, list):
        return value
    if any(isinstance(item, dict | list) for item in value):
        return _as_json(value)
    return ", ".join(_text(item) for item in value if item is not None) or None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else _as_json(value)


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _array(values: list[Any], rows: int) -> pa.Array:
    import pyarrow as pa

    values.extend([None] * (rows - len(values)))
    kinds = {type(value) for value in values if value is not None}
    if kinds == {bool}:
        return pa.array(values, type=pa.bool_())
    if kinds == {int} and all(v is None or abs(v) <= _EXACT for v in values):
        return pa.array(values, type=pa.int64())
    if float in kinds and kinds <= {int, float}:
        return pa.array([_float(value) for value in values], type=pa.float64())
    texts = [None if value is None else _encodable(_text(value)) for value in values]
    return pa.array(texts, type=pa.string())


def _float(value: float | None) -> float | None:
    try:
        return None if value is None else float(value)
    except OverflowError:
        return None


def _encodable(text: str) -> str:
    """JSON can spell halves of characters, which no text may hold."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
