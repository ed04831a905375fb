"""The process of one job: ``python -m upshot.web.jobs.child JOB TOKEN PARENT``."""

from __future__ import annotations

import signal
import sys
import tempfile


def main(job_id: str, token: int, parent: int) -> None:
    """Run the job, as long as the token is still the present one."""
    import django
    from django.conf import settings

    django.setup()
    from upshot.web.jobs.limits import die_with_parent, step_back

    die_with_parent(parent, signal.SIGKILL)
    step_back()
    # What is unpacked or stored on the way belongs on the data's disk, not in memory.
    tempfile.tempdir = str(settings.DATA.incoming)
    from upshot.web.jobs.queue import held
    from upshot.web.jobs.run import run

    job = held(job_id, token).first()
    if job is not None:
        run(job)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
