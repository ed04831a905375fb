"""Read a file in a child process with limits: a hostile file ends the child, never the caller."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

from upshot.errors import FileProblem
from upshot.tables.table import Table

DEFAULT_SECONDS = 120.0
DEFAULT_MEMORY_BYTES = 4 * 1024**3
_POLL_SECONDS = 0.05
_SMALLER = "Export fewer rows or columns, or save it as plain CSV."


@dataclass(frozen=True)
class _Outcome:
    """How the child ended: its exit code, or the limit it met."""

    code: int | None
    limit: str = ""


def read_in_child(
    path: str | PathLike[str],
    *,
    name: str | None = None,
    sheet: str | None = None,
    seconds: float = DEFAULT_SECONDS,
    memory_bytes: int = DEFAULT_MEMORY_BYTES,
) -> Table:
    """Read a file as `upshot.tables.read` does, in a child process with limits.

    Parameters
    ----------
    path : str or path-like
        The file.
    name, sheet : str, optional
        As for `read`.
    seconds : float
        Wall-clock limit.
    memory_bytes : int
        Limit of the child's resident memory.

    Raises
    ------
    FileProblem
        When the file cannot be read, takes too long, needs too much memory or breaks the reader.
    """
    from upshot.tables.store import load

    shown = name or Path(path).name
    with tempfile.TemporaryDirectory(prefix="upshot-read-") as folder:
        out, said = Path(folder, "table.parquet"), Path(folder, "problem.json")
        request = {
            "path": str(Path(path).absolute()),
            "name": shown,
            "sheet": sheet,
            "out": str(out),
            "problem": str(said),
            "memory_bytes": memory_bytes,
        }
        outcome = _run(request, seconds, memory_bytes)
        problem = _problem(outcome, said, shown, out)
        if problem is not None:
            raise problem
        return load(out)


def _run(request: dict[str, Any], seconds: float, memory_bytes: int) -> _Outcome:
    import psutil

    child = subprocess.Popen(
        [sys.executable, "-m", "upshot.tables.safely"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    end = time.monotonic() + seconds
    try:
        assert child.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            child.stdin.write(json.dumps(request).encode("utf-8"))
        with contextlib.suppress(BrokenPipeError):
            child.stdin.close()
        watched = psutil.Process(child.pid)
        while child.poll() is None:
            if time.monotonic() > end:
                return _Outcome(None, "time")
            with contextlib.suppress(psutil.Error):
                if watched.memory_info().rss > memory_bytes:
                    return _Outcome(None, "memory")
            time.sleep(_POLL_SECONDS)
        return _Outcome(child.returncode)
    finally:
        if child.poll() is None:
            child.kill()
        child.wait()


def _problem(outcome: _Outcome, said: Path, shown: str, out: Path) -> FileProblem | None:
    if outcome.limit == "time":
        return FileProblem(f"Reading '{shown}' took too long and was stopped.", _SMALLER)
    if outcome.limit == "memory" or outcome.code == _OUT_OF_MEMORY:
        return FileProblem(f"Reading '{shown}' needs more memory than allowed.", _SMALLER)
    if outcome.code == 0 and out.exists():
        return None
    if outcome.code == _FILE_PROBLEM and said.exists():
        facts = json.loads(said.read_text("utf-8"))
        return FileProblem(facts["problem"], facts["remedy"])
    return FileProblem(
        f"'{shown}' broke the reader.",
        "Open it in your spreadsheet program and save it again as CSV or xlsx.",
    )


_FILE_PROBLEM = 3
_OUT_OF_MEMORY = 4


def _child() -> int:
    """Read what standard input asks for; the exit code says how it ended."""
    from upshot.tables.reading import read
    from upshot.tables.store import save

    request = json.loads(sys.stdin.buffer.read())
    _limit_memory(request["memory_bytes"])
    try:
        table = read(request["path"], name=request["name"], sheet=request["sheet"])
        save(table, request["out"])
    except FileProblem as problem:
        facts = {"problem": problem.problem, "remedy": problem.remedy}
        Path(request["problem"]).write_text(json.dumps(facts), "utf-8")
        return _FILE_PROBLEM
    except MemoryError:
        return _OUT_OF_MEMORY
    return 0


def _limit_memory(memory_bytes: int) -> None:
    """Let the system refuse single vast allocations; libraries map far more than they use."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        room = memory_bytes + 4 * 1024**3
        resource.setrlimit(resource.RLIMIT_AS, (room, room))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(_child())
