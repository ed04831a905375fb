"""``python -m upshot.web.jobs PARENT``: a worker that lives no longer than its parent."""

from __future__ import annotations

import signal
import sys

import django


def main(parent: int) -> None:
    """Work until told to stop or until the parent is gone."""
    django.setup()
    from upshot.web.jobs.limits import die_with_parent
    from upshot.web.jobs.worker import Worker

    worker = Worker()
    worker.stop_on_signals()
    die_with_parent(parent, signal.SIGTERM)
    worker.run()


if __name__ == "__main__":
    main(int(sys.argv[1]))
