"""What a job's process may take: memory, processor time, and its life tied to its worker's."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
from pathlib import Path

import psutil
from django.conf import settings

NICENESS = 10
# The rest is for the site, its database and the system.
SHARE_OF_MEMORY = 0.8

# Of -1000 to 1000, see proc(5).
OUT_OF_MEMORY_FIRST = "500"

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_CGROUP_LIMITS = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)


def memory_limit() -> int:
    """Bytes one job may hold: the setting, else a share of what this machine or container has."""
    if settings.JOB_MEMORY_BYTES:
        return int(settings.JOB_MEMORY_BYTES)
    total = psutil.virtual_memory().total
    for path in _CGROUP_LIMITS:
        with contextlib.suppress(OSError, ValueError):
            total = min(total, int(path.read_text(encoding="ascii")))
    return int(total * SHARE_OF_MEMORY)


def memory_of(pid: int) -> int:
    """Bytes of memory that a process and its descendants hold; 0 when it is gone."""
    try:
        process = psutil.Process(pid)
        family = [process, *process.children(recursive=True)]
    except psutil.Error:
        return 0
    total = 0
    for member in family:
        with contextlib.suppress(psutil.Error):
            total += member.memory_info().rss
    return total


def die_with_parent(parent: int, sign: signal.Signals) -> None:
    """Have the system send us `sign` when the process that started us ends.

    Linux only; elsewhere the lease and the token keep a left-over process from writing anything.
    Ends at once when the parent is gone already.
    """
    if sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(sign))
    if os.getppid() != parent:
        raise SystemExit(1)


def step_back() -> None:
    """Give way to the site, which has to answer while we work, and leave no traces.

    The processor goes to the site first; when memory runs out the system ends this process first;
    and no core dump with a customer's rows is written when it breaks down.
    """
    if hasattr(os, "nice"):
        with contextlib.suppress(OSError):
            os.nice(NICENESS)
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text(OUT_OF_MEMORY_FIRST, encoding="ascii")
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
