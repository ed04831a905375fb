"""How often values stand in a column of a large table, counted where the cells lie."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from upshot.tables.large.stored import StoredCells

if TYPE_CHECKING:
    import pyarrow as pa

# Columns of more different texts are estimated.
MOST_COUNTED = 100_000
# In so many rows different values are counted one by one; in more, some per cent off.
MOST_EXACT = 1_000_000
_FEW = 20_000
# DuckDB spills to disk above this.
_MEMORY = "300MB"


def count_texts(cells: StoredCells, name: str) -> pa.Table | None:
    """The different texts of a column (``text``) in order of first appearance, and their ``count``.

    None where there are more than can be counted in little memory.
    """
    import pyarrow as pa

    from upshot.tables.cells import as_text

    whole, waiting = None, []
    for batch in cells.batches([name]):
        counts = as_text(batch.column(0)).value_counts()
        waiting.append(pa.table({"text": counts.field("values"), "count": counts.field("counts")}))
        if sum(one.num_rows for one in waiting) > MOST_COUNTED:
            whole = _together(whole, waiting)
            waiting = []
            if whole.num_rows > MOST_COUNTED:
                return None
    return _together(whole, waiting)


def _together(whole: pa.Table | None, parts: list[pa.Table]) -> pa.Table:
    import pyarrow as pa

    every = pa.concat_tables([*([whole] if whole is not None else []), *parts])
    # One thread keeps the order of first appearance.
    summed = every.group_by("text", use_threads=False).aggregate([("count", "sum")])
    return summed.select(["text", "count_sum"]).rename_columns(["text", "count"])


def distinct_values(cells: StoredCells, name: str) -> int:
    """How many different values a column holds; of many rows about, by HyperLogLog."""
    exact = "select count(distinct value) from cells"
    about = "select approx_count_distinct(value) from cells"
    few = "select count(distinct value) <= $1 from (select value from cells limit $2)"
    count_each = cells.num_rows <= MOST_EXACT
    if not count_each:
        ((count_each,),) = _ask(cells, name, few, (_FEW, MOST_EXACT // 4))
    ((count,),) = _ask(cells, name, exact if count_each else about, ())
    return int(count)


def most_frequent(cells: StoredCells, name: str, most: int) -> list[tuple[str, int]]:
    """The most frequent texts of a column of very many, and how often each stands."""
    ((found,),) = _ask(cells, name, "select approx_top_k(value, $1) from cells", (most,))
    top = [value for value in found or () if value is not None]
    query = "select value, count(*) as n from cells where list_contains($1, value) group by 1"
    rows = _ask(cells, name, query, (top,)) if top else []
    return sorted(((str(text), int(count)) for text, count in rows), key=lambda row: -row[1])


def _ask(cells: StoredCells, name: str, query: str, values: tuple[Any, ...]) -> list[Any]:
    import duckdb

    with duckdb.connect(config={"memory_limit": _MEMORY, "threads": 2}) as connection:
        column = duckdb.ColumnExpression(name).alias("value")
        connection.read_parquet(str(cells.path)).select(column).create_view("cells")
        rows: list[Any] = connection.execute(query, values).fetchall()
        return rows
