"""Read a file in a child process with limits: a hostile file ends the child, never the caller."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import tempfile
import time
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from upshot.errors import FileProblem
from upshot.jsonable import dumps, from_jsonable, to_jsonable
from upshot.tables.options import AS_DETECTED, ReadOptions
from upshot.tables.table import Table
from upshot.wording import from_plain, mark, say, to_plain

if TYPE_CHECKING:
    from upshot.tables.preview import Preview

_POLL_SECONDS = 0.05
_SMALLER = mark("Export fewer rows or columns, or save it as plain CSV.")


@dataclass(frozen=True)
class Limits:
    """How long a child may take, and how much memory it may hold."""

    seconds: float
    memory_bytes: int


def limits_here() -> Limits:
    """Limits for a person's own files on their own machine: all but what others there need."""
    import psutil

    return Limits(3600.0, int(0.8 * psutil.virtual_memory().total))


READ_LIMITS = Limits(120.0, 4 * 1024**3)
PREVIEW_LIMITS = Limits(30.0, 2 * 1024**3)


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
    options: ReadOptions | None = None,
    limits: Limits = READ_LIMITS,
) -> Table:
    """Read a file as `upshot.tables.read` does, in a child process with limits.

    Parameters
    ----------
    path : str or path-like
        The file.
    name, sheet, options : optional
        As for `read`.
    limits : Limits
        Wall-clock time and resident memory of the child.

    Raises
    ------
    FileProblem
        When the file cannot be read, takes too long, needs too much memory or breaks the reader.
    """
    folder = _child_folder()
    try:
        answer = _ask(_Asked("read", path, name, options, sheet), folder.name, limits)
        from upshot.tables.store import load

        table = load(answer)
    except BaseException:
        folder.cleanup()
        raise
    # A large table is read from its file when it is needed.
    weakref.finalize(table.raw, folder.cleanup)
    return table


def preview_in_child(
    path: str | PathLike[str],
    *,
    name: str | None = None,
    options: ReadOptions | None = None,
    limits: Limits = PREVIEW_LIMITS,
) -> Preview:
    """Read the beginning of a file as `upshot.tables.preview` does, in a child process."""
    from upshot.tables.preview import Preview

    with _child_folder() as folder:
        out = _ask(_Asked("preview", path, name, options), folder, limits)
        return from_jsonable(json.loads(out.read_bytes()), Preview)


@dataclass(frozen=True)
class _Asked:
    """What the child is to do."""

    task: str
    path: str | PathLike[str]
    name: str | None
    options: ReadOptions | None
    sheet: str | None = None


def _child_folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="upshot-read-")


def _ask(asked: _Asked, folder: str, limits: Limits) -> Path:
    """Have a child do what is asked; the file that holds the answer."""
    shown = asked.name or Path(asked.path).name
    out, said = Path(folder, "answer"), Path(folder, "problem.json")
    request = {
        "task": asked.task,
        "path": str(Path(asked.path).absolute()),
        "name": shown,
        "sheet": asked.sheet,
        "options": to_jsonable(asked.options),
        "out": str(out),
        "problem": str(said),
        "memory_bytes": limits.memory_bytes,
    }
    outcome = _run(request, limits.seconds, limits.memory_bytes)
    problem = _problem(outcome, said, shown, out)
    if problem is not None:
        raise problem
    return out


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
        _get_ready()
        watched = psutil.Process(child.pid)
        while not _has_ended(child):
            if time.monotonic() > end:
                return _Outcome(None, "time")
            with contextlib.suppress(psutil.Error):
                if watched.memory_info().rss > memory_bytes:
                    return _Outcome(None, "memory")
        return _Outcome(child.returncode)
    finally:
        if child.poll() is None:
            child.kill()
        child.wait()


def _get_ready() -> None:
    """Import what the answer is read with while the child starts, not after it."""
    with contextlib.suppress(ImportError):
        import cattrs  # noqa: F401
        import pyarrow.parquet  # noqa: F401


def _has_ended(child: subprocess.Popen[bytes]) -> bool:
    """Wait a moment for the child; less when it ends sooner."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(_POLL_SECONDS)
    return child.returncode is not None


def _problem(outcome: _Outcome, said: Path, shown: str, out: Path) -> FileProblem | None:
    if outcome.limit == "time":
        return FileProblem(
            say("Reading '{shown}' took too long and was stopped.", shown=shown), say(_SMALLER)
        )
    if outcome.limit == "memory" or outcome.code == _OUT_OF_MEMORY:
        return FileProblem(
            say("Reading '{shown}' needs more memory than allowed.", shown=shown), say(_SMALLER)
        )
    if outcome.code == 0 and out.exists():
        return None
    if outcome.code == _FILE_PROBLEM and said.exists():
        facts = json.loads(said.read_text("utf-8"))
        return FileProblem(from_plain(facts["problem"]), from_plain(facts["remedy"]))
    return FileProblem(
        say("'{shown}' broke the reader.", shown=shown),
        say("Open it in your spreadsheet program and save it again as CSV or xlsx."),
    )


_FILE_PROBLEM = 3
_OUT_OF_MEMORY = 4


def _child() -> int:
    """Read what standard input asks for; the exit code says how it ended."""
    request = json.loads(sys.stdin.buffer.read())
    _limit_memory(request["memory_bytes"])
    try:
        _TASKS[request["task"]](request)
    except FileProblem as problem:
        facts = {"problem": to_plain(problem.problem), "remedy": to_plain(problem.remedy)}
        Path(request["problem"]).write_text(json.dumps(facts), "utf-8")
        return _FILE_PROBLEM
    except MemoryError:
        return _OUT_OF_MEMORY
    return 0


def _read(request: dict[str, Any]) -> None:
    from upshot.tables.reading import read
    from upshot.tables.store import save

    table = read(
        request["path"],
        name=request["name"],
        sheet=request["sheet"],
        options=_options(request),
    )
    save(table, request["out"])


def _preview(request: dict[str, Any]) -> None:
    from upshot.tables.preview import preview

    options = _options(request) or AS_DETECTED
    facts = preview(request["path"], name=request["name"], options=options)
    Path(request["out"]).write_text(dumps(facts, sentences=True), "utf-8")


def _options(request: dict[str, Any]) -> ReadOptions | None:
    given = request["options"]
    return None if given is None else from_jsonable(given, ReadOptions)


_TASKS: dict[str, Callable[[dict[str, Any]], None]] = {"read": _read, "preview": _preview}


def _limit_memory(memory_bytes: int) -> None:
    """Let the system refuse single vast allocations; libraries map far more than they use."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        room = memory_bytes + 4 * 1024**3
        resource.setrlimit(resource.RLIMIT_AS, (room, room))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(_child())
