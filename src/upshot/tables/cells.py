"""The distinct texts of a column with how often each stands: what every kind is judged by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

    Array = np.ndarray

# Fast judgements look at this many of the most frequent and of the other distinct texts.
SAMPLE_TEXTS = 20_000


@dataclass(frozen=True, eq=False)
class Cells:
    """A column as distinct texts.

    Attributes
    ----------
    name : str
        The column's name.
    texts : pyarrow.StringArray
        Distinct texts, trimmed, in order of first appearance.
    counts : numpy.ndarray of int64
        How many rows hold each text.
    codes : numpy.ndarray of int64
        For each row its position in `texts`; -1 where the cell is null.
    native : {"text", "integer", "float", "boolean", "datetime"}
        The type the file gave the column.
    """

    name: str
    texts: pa.StringArray
    counts: Array
    codes: Array
    native: str = "text"

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.codes)

    @property
    def filled(self) -> int:
        """Number of cells that hold a text."""
        return int(self.counts.sum())

    @property
    def distinct(self) -> int:
        """Number of distinct texts."""
        return len(self.texts)

    def keep(self, mask: Array) -> Cells:
        """Return the cells whose text is kept; the others become null."""
        import pyarrow as pa

        if mask.all():
            return self
        position = np.full(len(mask) + 1, -1, dtype=np.int64)
        position[:-1][mask] = np.arange(int(mask.sum()))
        return Cells(
            self.name,
            self.texts.filter(pa.array(mask)),
            self.counts[mask],
            position[self.codes],
            self.native,
        )

    def share(self, mask: Array) -> float:
        """Share of the filled cells whose text is marked."""
        return float(self.counts[mask].sum() / self.filled) if self.filled else 0.0

    def matches(self, pattern: str, *, ignore_case: bool = False) -> Array:
        """Which texts match a regular expression in RE2 syntax."""
        import pyarrow.compute as pc

        found = pc.match_substring_regex(self.texts, pattern, ignore_case=ignore_case)
        return as_mask(found)

    def lower(self) -> list[str]:
        """Distinct texts in lower case."""
        import pyarrow.compute as pc

        return list(pc.utf8_lower(self.texts).to_pylist())

    def first_row(self, mask: Array) -> int:
        """Row (0-based) of the first cell whose text is marked."""
        marked = np.append(mask, False)[self.codes]
        return int(np.argmax(marked))


def as_mask(array: pa.Array) -> Array:
    """An Arrow boolean array as NumPy, null as False."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    return np.asarray(pc.fill_null(array, False).to_numpy(zero_copy_only=False), dtype=bool)


def cells_of(name: str, array: pa.Array | pa.ChunkedArray) -> Cells:
    """Count the distinct texts of a column; numbers and dates are written as text."""
    codes, texts = _encoded(array)
    counts = np.bincount(codes[codes >= 0], minlength=len(texts))
    return Cells(name, texts, counts.astype(np.int64), codes, native_type(array.type))


def _encoded(array: pa.Array | pa.ChunkedArray) -> tuple[Array, pa.StringArray]:
    """For each row the place of its text, -1 for none; and the different texts."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    if native_type(array.type) == "text":
        encoded = pc.utf8_trim_whitespace(as_text(array)).dictionary_encode()
        return _places(encoded.indices), encoded.dictionary
    # Numbers and dates become text once per value; some values share a text.
    values = array.dictionary_encode()
    written = as_text(values.dictionary).dictionary_encode()
    of_value = np.append(_places(written.indices), -1)
    return of_value[_places(values.indices)], written.dictionary


def _places(indices: pa.Array) -> Array:
    import pyarrow.compute as pc

    filled = pc.fill_null(indices, -1)
    return np.asarray(filled.to_numpy(zero_copy_only=False)).astype(np.int64)


def native_type(kind: pa.DataType) -> str:
    """Name the type a file gave a column."""
    from pyarrow import types

    if types.is_boolean(kind):
        return "boolean"
    if types.is_integer(kind):
        return "integer"
    if types.is_floating(kind):
        return "float"
    if types.is_timestamp(kind) or types.is_date(kind):
        return "datetime"
    return "text"


def as_text(array: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """A column as text; whole numbers lose the ``.0``, midnight loses its time."""
    import pyarrow as pa
    import pyarrow.compute as pc

    native = native_type(array.type)
    if native == "text":
        return array if pa.types.is_string(array.type) else array.cast(pa.string())
    if native == "datetime":
        text = pc.strftime(array.cast(pa.timestamp("s"), safe=False), "%Y-%m-%d %H:%M:%S")
        return pc.replace_substring_regex(text, r" 00:00:00$", "")
    if native == "float":
        array = pc.if_else(pc.is_finite(array), array, pa.scalar(None, array.type))
        return pc.replace_substring_regex(array.cast(pa.string()), r"\.0$", "")
    return array.cast(pa.string())
