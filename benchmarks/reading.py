"""How fast files are read, and in how much memory, beside the usual readers.

Each reading runs alone in a process of its own; memory is the largest resident size of that
process and its children. The files are made up here.

    python benchmarks/reading.py                # full size: 10 million rows, about 1 GB
    python benchmarks/reading.py --rows 500000  # a quick look
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

LARGE_ROWS = 10_000_000
PREVIEW_BYTES = 100 * 1024**2
WORKBOOK_ROWS, WORKBOOK_COLUMNS = 100_000, 20
_POLL_SECONDS = 0.02

_ORDERS = """
copy (
  select
    100000000 + i as order_id,
    ['anna', 'ben', 'carla', 'david', 'eva', 'felix', 'gina', 'hugo'][1 + (hash(i + 9) % 8)::int]
      || '.' || (hash(i + 10) % 4000000)::varchar || '@example.com' as email,
    strftime(timestamp '2023-01-01' + to_seconds((i * 37) % 63072000), '%Y-%m-%d %H:%M:%S')
      as ordered_at,
    ['paid search', 'organic', 'email', 'social', 'affiliate', 'direct'][1 + (hash(i) % 6)::int]
      as channel,
    ['DE', 'FR', 'US', 'GB', 'ES', 'IT', 'NL', 'PL'][1 + (hash(i + 1) % 8)::int] as country,
    ['mobile', 'desktop', 'tablet'][1 + (hash(i + 2) % 3)::int] as device,
    'spring-' || (hash(i + 3) % 400)::varchar as campaign,
    (hash(i + 4) % 40)::int as page_views,
    (hash(i + 11) % 3600)::int as seconds_on_site,
    round((hash(i + 5) % 60000) / 100.0, 2) as revenue,
    case when hash(i + 6) % 20 = 0 then null else (hash(i + 7) % 80) / 10.0 end as score,
    case when hash(i + 8) % 12 = 0 then 'yes' else 'no' end as converted
  from range($rows) as t(i)
) to '$path' (header, delimiter ',')
"""


@dataclass(frozen=True)
class Figures:
    """Seconds inside the process, and the most memory it and its children held."""

    seconds: float
    megabytes: float


def write_orders(path: Path, rows: int) -> None:
    """Write a made-up file of orders: 12 columns, about 105 bytes a row."""
    import duckdb

    query = _ORDERS.replace("$rows", str(int(rows))).replace("$path", str(path))
    duckdb.connect().execute(query)


def write_workbook(path: Path) -> None:
    """Write a made-up workbook of text, numbers and dates."""
    import datetime as dt

    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("Orders")
        sheet.write_row(0, 0, [f"column {number}" for number in range(WORKBOOK_COLUMNS)])
        start = dt.datetime(2024, 1, 1)  # noqa: DTZ001 - workbooks hold wall-clock time
        for row in range(1, WORKBOOK_ROWS + 1):
            for column in range(WORKBOOK_COLUMNS):
                if column % 4 == 0:
                    sheet.write_string(row, column, f"customer {row * 7 % 5000}")
                elif column % 4 == 1:
                    sheet.write_number(row, column, row * (column + 3) % 977)
                elif column % 4 == 2:
                    sheet.write_number(row, column, row * 31 % 100_000 / 100)
                else:
                    sheet.write_datetime(row, column, start + dt.timedelta(days=row % 365), day)


def read_ours(path: Path, folder: Path) -> float:
    """Read to typed Parquet, judged and noted."""
    from upshot.tables import read
    from upshot.tables.store import save

    start = time.perf_counter()
    save(read(path), folder / "table.parquet")
    return time.perf_counter() - start


def read_as_job(path: Path, folder: Path) -> float:
    """The same, with every column looked at, as the website does it."""
    from upshot.questions import suggest
    from upshot.tables import read
    from upshot.tables.findings import find
    from upshot.tables.profile import profile
    from upshot.tables.store import save

    start = time.perf_counter()
    table = read(path)
    facts = profile(table)
    suggest(table.within_memory, facts)
    find(table.within_memory)
    save(table, folder / "table.parquet")
    return time.perf_counter() - start


def read_pandas(path: Path, folder: Path) -> float:
    """Read into memory with the defaults."""
    import pandas as pd

    start = time.perf_counter()
    pd.read_csv(path)
    return time.perf_counter() - start


def read_pandas_alone(path: Path, folder: Path) -> float:
    """The same with one thread, as pandas read before 3.1: a number of rows keeps it to one."""
    import pandas as pd

    start = time.perf_counter()
    pd.read_csv(path, nrows=10**12)
    return time.perf_counter() - start


def read_duckdb(path: Path, folder: Path) -> float:
    """Read to typed Parquet with DuckDB's own detection."""
    import duckdb

    start = time.perf_counter()
    duckdb.connect().read_csv(str(path)).write_parquet(str(folder / "table.parquet"))
    return time.perf_counter() - start


def read_polars(path: Path, folder: Path) -> float:
    """Read to typed Parquet as a stream."""
    import polars as pl

    start = time.perf_counter()
    pl.scan_csv(path).sink_parquet(folder / "table.parquet")
    return time.perf_counter() - start


def show_preview(path: Path, folder: Path) -> float:
    """Show how a file is read, and its first rows."""
    from upshot.tables.preview import preview

    start = time.perf_counter()
    preview(path)
    return time.perf_counter() - start


def read_calamine(path: Path, folder: Path) -> float:
    """Read a sheet into Python values."""
    from python_calamine import CalamineWorkbook

    start = time.perf_counter()
    CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    return time.perf_counter() - start


READERS: dict[str, Callable[[Path, Path], float]] = {
    "upshot": read_ours,
    "upshot, every column looked at": read_as_job,
    "pandas.read_csv": read_pandas,
    "pandas.read_csv, one thread": read_pandas_alone,
    "duckdb": read_duckdb,
    "polars": read_polars,
    "upshot preview": show_preview,
    "python-calamine": read_calamine,
}


def measure(reader: str, path: Path, folder: Path) -> Figures:
    """Run one reader alone."""
    command = [sys.executable, __file__, "--one", reader, "--file", str(path), "--to", str(folder)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE)
    most = 0.0
    done = threading.Event()

    def watch() -> None:
        nonlocal most
        while not done.wait(_POLL_SECONDS):
            most = max(most, _resident(child.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    out, _ = child.communicate()
    done.set()
    watcher.join()
    if child.returncode:
        raise SystemExit(f"{reader} ended with {child.returncode}")
    said = json.loads(out)
    return Figures(said["seconds"], max(most, said["bytes"]) / 1024**2)


def _resident(pid: int) -> float:
    """Resident bytes of a process and its children."""
    try:
        process = psutil.Process(pid)
        return float(
            sum(one.memory_info().rss for one in [process, *process.children(recursive=True)])
        )
    except psutil.Error:
        return 0.0


def _one(reader: str, path: Path, folder: Path) -> None:
    import resource

    seconds = READERS[reader](path, folder)
    # Linux counts in kilobytes, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    sys.stdout.write(json.dumps({"seconds": seconds, "bytes": most}))


def _table(title: str, path: Path, readers: list[str], folder: Path, base: str) -> None:
    size = path.stat().st_size / 1024**2
    print(f"\n{title} ({size:,.0f} MB)")
    print(f"{'':32} {'seconds':>8} {'MB held':>8} {'times ' + base:>24}")
    found = {reader: measure(reader, path, folder) for reader in readers}
    for reader, figures in found.items():
        times = found[base].seconds / figures.seconds
        print(f"{reader:32} {figures.seconds:8.2f} {figures.megabytes:8,.0f} {times:24.2f}")


def main() -> None:
    """Make the files, read them with each reader, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", type=int, default=LARGE_ROWS)
    parser.add_argument("--folder", type=Path, help="where files are made; deleted afterwards")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--to", type=Path, help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.one:
        _one(told.one, told.file, told.to)
        return
    with tempfile.TemporaryDirectory(dir=told.folder) as name:
        _all(Path(name), told.rows)


def _all(folder: Path, rows: int) -> None:
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}")
    orders = folder / "orders.csv"
    write_orders(orders, rows)
    readers = ["pandas.read_csv", "pandas.read_csv, one thread"]
    readers += ["upshot", "upshot, every column looked at", "duckdb"]
    if importlib.util.find_spec("polars"):
        readers.append("polars")
    _table(f"CSV of {rows:,} rows and 12 columns", orders, readers, folder, "pandas.read_csv")
    with orders.open("rb") as source:
        part = source.read(PREVIEW_BYTES)
    smaller = folder / "smaller.csv"
    smaller.write_bytes(part[: part.rfind(b"\n") + 1])
    orders.unlink()
    _table("A smaller CSV", smaller, ["upshot preview", "upshot"], folder, "upshot")
    workbook = folder / "orders.xlsx"
    write_workbook(workbook)
    title = f"Workbook of {WORKBOOK_ROWS:,} rows and {WORKBOOK_COLUMNS} columns"
    _table(title, workbook, ["python-calamine", "upshot"], folder, "python-calamine")


if __name__ == "__main__":
    main()
