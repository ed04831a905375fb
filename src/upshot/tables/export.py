"""Writing tables: CSV, Excel or Parquet, whole or not at all, harmless in a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from upshot.errors import InputError
from upshot.files import appearing
from upshot.wording import say

if TYPE_CHECKING:
    import pandas as pd

    from upshot.tables.table import Table

# What makes a spreadsheet read a cell as a formula: OWASP, "CSV Injection".
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# A signed number is a number, not a formula: "-5", "+3,50", "-12 %", "-1e-05".
_NUMBER = re.compile(r"[+-]?[0-9][0-9.,]*(e[+-]?[0-9]+)?( ?%)?", re.I)
# Numbers that a workbook may hold as numbers without changing what they say: no leading zero, no
# more digits than a double keeps.
_PLAIN_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,10})?")
_NOT_ASCII = r"[^\x00-\x7F]"
_CHUNK_ROWS = 50_000
_SHEET_ROWS = 1_048_576
_SHEET_COLUMNS = 16_384
_CELL_CHARACTERS = 32_767


def write_table(table: Table, path: str | Path, *, as_text: bool = False) -> Path:
    """Write a table as read and typed, or with every cell as the text it was.

    Parameters
    ----------
    table : Table
        From `upshot.read`.
    path : path
        Its ending decides the format; see `write_frame`.
    as_text : bool
        Write the cells as they stood in the file instead of what they mean.

    Raises
    ------
    InputError, FileProblem
        As `write_frame` does.
    """
    frame = table.raw.to_pandas() if as_text else table.data
    return write_frame(frame, path)


def write_frame(
    frame: pd.DataFrame, path: str | Path, *, numbers: Collection[str] = frozenset()
) -> Path:
    """Write a data frame; the ending of `path` decides the format.

    Parameters
    ----------
    frame : pandas.DataFrame
        What is written, without its index.
    path : path
        Ends in ``.csv``, ``.xlsx`` or ``.parquet``.
    numbers : collection of str
        Text columns whose plain numbers an Excel sheet may hold as numbers.

    CSV is UTF-8 with commas. It starts with a byte-order mark only when it holds a non-ASCII
    character: Excel needs the mark to read those, and scripts are spared it otherwise. In CSV and
    Excel, text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay
    numbers. Parquet keeps every cell as it is.

    Raises
    ------
    InputError
        The ending is unknown, or the rows do not fit into an Excel sheet.
    FileProblem
        The file cannot be written.
    """
    path = Path(path)
    check_ending(path)
    with appearing(path) as temporary:
        _WRITERS[path.suffix.lower()](frame, temporary, numbers)
    return path


def check_ending(path: Path) -> None:
    """Refuse a name whose format cannot be written, before any work is done."""
    if path.suffix.lower() not in _WRITERS:
        raise InputError(
            say("Upshot cannot write '{file}'.", file=path.name),
            say("Choose a name ending in .csv, .xlsx or .parquet."),
        )


def defuse(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run as a formula."""
    if text.startswith(_FORMULA_STARTS) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def _write_csv(frame: pd.DataFrame, path: Path, numbers: Collection[str]) -> None:
    import csv

    names = [defuse(str(name)) for name in frame.columns]
    encoding = "utf-8-sig" if _any_text(frame, names, _NOT_ASCII) else "utf-8"
    # The csv module leaves a lone carriage return unquoted, which readers take for a new line.
    has_return = _any_text(frame, names, "\r")
    quoting: Literal[0, 2] = csv.QUOTE_NONNUMERIC if has_return else csv.QUOTE_MINIMAL
    with path.open("w", encoding=encoding, newline="", errors="replace") as file:
        for start in range(0, max(len(frame), 1), _CHUNK_ROWS):
            chunk = _defused(frame.iloc[start : start + _CHUNK_ROWS])
            header = names if start == 0 else False
            chunk.to_csv(file, index=False, header=header, lineterminator="\n", quoting=quoting)


def _any_text(frame: pd.DataFrame, names: list[str], pattern: str) -> bool:
    """Whether a name or a cell holds what the pattern describes."""
    found = re.compile(pattern).search
    if any(map(found, names)):
        return True
    return any(_any_cell(frame[name], pattern) for name in _text_columns(frame))


def _any_cell(column: pd.Series[Any], pattern: str) -> bool:
    import pandas as pd

    if isinstance(column.dtype, pd.StringDtype):
        return bool(column.str.contains(pattern, regex=True).fillna(False).any())
    found = re.compile(pattern).search
    return any(found(str(cell)) for cell in column.dropna().unique())


def _defused(frame: pd.DataFrame) -> pd.DataFrame:
    changed = {name: _defused_column(frame[name]) for name in _text_columns(frame)}
    return frame.assign(**changed) if changed else frame


def _defused_column(column: pd.Series[Any]) -> pd.Series[Any]:
    """Look at each cell only where the column holds a suspect: most never do."""
    import pandas as pd

    if not isinstance(column.dtype, pd.StringDtype):
        return column.map(_defuse_cell, na_action="ignore")
    suspect = column.str.startswith(_FORMULA_STARTS).fillna(False).to_numpy(dtype=bool)
    if not suspect.any():
        return column
    cells = column.to_numpy(dtype=object, copy=True)
    cells[suspect] = [defuse(cell) for cell in cells[suspect]]
    return pd.Series(cells, index=column.index, dtype=column.dtype)


def _defuse_cell(cell: Any) -> Any:
    return defuse(cell) if isinstance(cell, str) else cell


def _text_columns(frame: pd.DataFrame) -> list[str]:
    from pandas.api import types

    return [
        name
        for name in frame.columns
        if not (
            types.is_numeric_dtype(frame[name].dtype)
            or types.is_datetime64_any_dtype(frame[name].dtype)
        )
    ]


def _write_xlsx(frame: pd.DataFrame, path: Path, numbers: Collection[str]) -> None:
    import xlsxwriter

    if len(frame) + 1 > _SHEET_ROWS or len(frame.columns) > _SHEET_COLUMNS:
        raise InputError(
            say(
                "The table has {rows} rows and {columns} columns; an Excel "
                "sheet holds {most_rows} rows and {most_columns} columns.",
                rows=len(frame),
                columns=len(frame.columns),
                most_rows=_SHEET_ROWS - 1,
                most_columns=_SHEET_COLUMNS,
            ),
            say("Write a .csv or .parquet file instead, or split the file."),
        )
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd hh:mm:ss",
        "remove_timezone": True,
    }
    with path.open("wb") as file, xlsxwriter.Workbook(file, options) as workbook:
        sheet = workbook.add_worksheet("Table")
        for at, name in enumerate(frame.columns):
            sheet.write_string(0, at, defuse(str(name))[:_CELL_CHARACTERS])
        as_numbers = [str(name) in numbers for name in frame.columns]
        for row, cells in enumerate(frame.itertuples(index=False, name=None), start=1):
            for at, cell in enumerate(cells):
                _write_cell(sheet, (row, at), cell, may_be_number=as_numbers[at])


def _write_cell(sheet: Any, place: tuple[int, int], cell: Any, *, may_be_number: bool) -> None:
    import datetime
    import math
    import numbers

    import numpy as np
    import pandas as pd

    if cell is None or cell is pd.NA or cell is pd.NaT:
        return
    if isinstance(cell, str):
        if may_be_number and _PLAIN_NUMBER.fullmatch(cell):
            sheet.write_number(*place, float(cell))
        else:
            sheet.write_string(*place, defuse(cell)[:_CELL_CHARACTERS])
    elif isinstance(cell, bool | np.bool_):
        sheet.write_boolean(*place, bool(cell))
    elif isinstance(cell, numbers.Real):
        if math.isfinite(cell):
            sheet.write_number(*place, float(cell))
    elif isinstance(cell, datetime.date) and cell.year >= 1900:
        sheet.write_datetime(*place, cell)
    else:
        sheet.write_string(*place, defuse(str(cell))[:_CELL_CHARACTERS])


def _write_parquet(frame: pd.DataFrame, path: Path, numbers: Collection[str]) -> None:
    frame.to_parquet(path, index=False)


_WRITERS: dict[str, Callable[[pd.DataFrame, Path, Collection[str]], None]] = {
    ".csv": _write_csv,
    ".xlsx": _write_xlsx,
    ".parquet": _write_parquet,
}
