"""The child of `load_foreign_bundle`: open one bundle, say what is wrong with it, end."""

from __future__ import annotations

import json
import sys

from upshot.bundles.bundle import load_bundle
from upshot.errors import UpshotError
from upshot.wording import to_plain

_CPU_SECONDS = 120


def main() -> int:
    """Open the bundle named on the command line; 0 when it is whole."""
    _limit()
    try:
        load_bundle(sys.argv[1])
    except UpshotError as error:
        facts = {"problem": to_plain(error.problem), "remedy": to_plain(error.remedy)}
        sys.stdout.write(json.dumps(facts))
        return 2
    return 0


def _limit() -> None:
    """Allow no written file, no core dump and little time, where the system knows limits."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))


if __name__ == "__main__":
    sys.exit(main())
