"""The cells of a large table in their Parquet file: loaded by column or by row, never at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

# Beside the head of every stored table (`upshot.tables.store`): cells that do not fit their
# column's type, as they were read.
UNFIT_KEY = b"upshot.unfit"


@dataclass
class Unfit:
    """Cells of one column that do not fit its kind: their rows and texts."""

    rows: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


def unfit_as_json(unfit: dict[str, Unfit]) -> bytes:
    """Cells that do not fit, as they are kept beside the columns."""
    facts = {name: [one.rows, one.texts] for name, one in unfit.items()}
    return json.dumps(facts, ensure_ascii=False).encode("utf-8")


class StoredCells:
    """What a `pyarrow.Table` of cells offers, without holding them.

    Parameters
    ----------
    path : pathlib.Path
        A Parquet file that was written with cells that do not fit beside the columns.
    """

    def __init__(self, path: Path) -> None:
        import pyarrow.parquet as pq

        self.path = path
        self._file = pq.ParquetFile(path)
        facts = json.loads(self._file.metadata.metadata[UNFIT_KEY])
        self._unfit = {name: Unfit(rows, texts) for name, (rows, texts) in facts.items()}

    @property
    def num_rows(self) -> int:
        """Number of rows."""
        return int(self._file.metadata.num_rows)

    @property
    def num_columns(self) -> int:
        """Number of columns."""
        return len(self.column_names)

    @cached_property
    def column_names(self) -> list[str]:
        """Names in order."""
        return [field.name for field in self.schema]

    @cached_property
    def schema(self) -> pa.Schema:
        """Names and types."""
        return self._file.schema_arrow.remove_metadata()

    @property
    def metadata(self) -> dict[bytes, bytes]:
        """What the file says of itself."""
        return dict(self._file.metadata.metadata)

    def unfit(self, name: str) -> int:
        """How many cells of a column do not fit its type."""
        return len(self._unfit[name].rows) if name in self._unfit else 0

    def column(self, name: str) -> pa.ChunkedArray:
        """A column as it is stored: cells that do not fit its type are missing."""
        return self._file.read(columns=[name], use_threads=False).column(0)

    def as_written(self, name: str) -> pa.ChunkedArray:
        """A column with all its cells; those that do not fit its type make it text."""
        import pyarrow as pa

        return pa.chunked_array([self._whole(name, self.column(name))])

    def _whole(self, name: str, array: pa.ChunkedArray) -> pa.Array:
        """Put cells that do not fit back into a column."""
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        from upshot.tables.cells import as_text

        unfit = self._unfit.get(name)
        if unfit is None:
            return array.combine_chunks()
        mask = np.zeros(len(array), dtype=bool)
        mask[unfit.rows] = True
        texts = as_text(array).combine_chunks()
        return pc.replace_with_mask(texts, pa.array(mask), pa.array(unfit.texts, pa.string()))

    def batches(self, names: Sequence[str] | None = None, rows: int = 65_536) -> Any:
        """Tables of some rows each, in order."""
        import pyarrow as pa

        wanted = list(names) if names is not None else self.column_names
        for batch in self._file.iter_batches(rows, columns=wanted, use_threads=False):
            yield pa.Table.from_batches([batch]).replace_schema_metadata(None)

    def take(self, places: Any) -> pa.Table:
        """Some rows, in the order of their places, which must rise."""
        import numpy as np
        import pyarrow as pa

        at = np.asarray(places, dtype=np.int64)
        parts, first = [], 0
        for group in range(self._file.num_row_groups):
            rows = self._file.metadata.row_group(group).num_rows
            begin, end = np.searchsorted(at, [first, first + rows])
            if end > begin:
                here = self._file.read_row_group(group, use_threads=False)
                parts.append(here.take(pa.array(at[begin:end] - first)))
            first += rows
        if not parts:
            return self.schema.empty_table()
        return pa.concat_tables(parts).replace_schema_metadata(None)

    def spread(self, most: int) -> pa.Table:
        """At most so many rows, evenly spread over all of them."""
        if self.num_rows <= most:
            return self.slice()
        import numpy as np

        return self.take(np.linspace(0, self.num_rows - 1, most).astype(np.int64))

    def slice(self, offset: int = 0, length: int | None = None) -> pa.Table:
        """Rows beside each other."""
        end = self.num_rows if length is None else min(self.num_rows, offset + length)
        import numpy as np

        return self.take(np.arange(offset, max(offset, end)))

    def select(self, names: Sequence[str]) -> pa.Table:
        """Some columns with all their cells, in memory."""
        import pyarrow as pa

        return pa.table({name: self.as_written(name) for name in names})

    def to_pandas(self) -> pd.DataFrame:
        """All cells, in memory."""
        frame: pd.DataFrame = self.select(self.column_names).to_pandas()
        return frame
