"""The Parquet file of a large table, written group by group and described at the end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from upshot.tables.large.plan import ColumnPlan, Plan

if TYPE_CHECKING:
    import pyarrow as pa

# Rows that are written together: enough for compression, few enough for memory.
_GROUP_ROWS = 128 * 1024


class Writer:
    """Writes tables of one schema into one file."""

    def __init__(self, path: Path, plan: Plan) -> None:
        self._path = path
        self._plan = plan
        self._waiting: list[pa.Table] = []
        self._file: Any = None
        self.rows = 0

    def write(self, table: pa.Table) -> None:
        """Add rows."""
        self._waiting.append(table)
        self.rows += table.num_rows
        if sum(one.num_rows for one in self._waiting) >= _GROUP_ROWS:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        if not self._waiting:
            return
        table = pa.concat_tables(self._waiting)
        self._waiting = []
        if self._file is None:
            few = [one.name for one in self._plan.kept if one.few]
            self._file = pq.ParquetWriter(
                self._path,
                table.schema,
                compression={one.name: _compression(one) for one in self._plan.kept},
                use_dictionary=few,
                # Bytes of numbers sorted by their place: as quick to write as plain, half the size.
                column_encoding={
                    one.name: "BYTE_STREAM_SPLIT"
                    for one in self._plan.kept
                    if not one.few and not pa.types.is_string(one.stored)
                },
                write_statistics=False,
            )
        self._file.write_table(table)

    def close(self, metadata: dict[bytes, bytes]) -> None:
        """Write what is left, and what the file is."""
        import pyarrow as pa

        if self._file is None and not self._waiting:
            empty = {one.name: pa.array([], one.stored) for one in self._plan.kept}
            self._waiting.append(pa.table(empty))
        self._flush()
        self._file.add_key_value_metadata(metadata)
        self.leave()

    def leave(self) -> None:
        """Close the file as it is."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _compression(column: ColumnPlan) -> str:
    """A dictionary leaves little to compress."""
    return "none" if column.few else "lz4"
