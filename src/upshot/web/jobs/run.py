"""Running one claimed job to its end, in whichever process this is."""

from __future__ import annotations

import logging

from upshot.errors import Cancelled, InputError
from upshot.files import is_disk_full
from upshot.web.jobs.context import JobContext, StaleJob
from upshot.web.jobs.models import Job, State
from upshot.web.jobs.queue import claim, finish
from upshot.web.jobs.registry import handler_for
from upshot.wording import say

logger = logging.getLogger(__name__)

OUT_OF_MEMORY = say(
    "This needed more memory than the machine has to give. "
    "Use fewer rows or columns, or run Upshot on a machine with more memory."
)
DISK_FULL = say(
    "The disk is full, so the result could not be kept. Your data is safe. "
    "Delete what you no longer need, or ask whoever runs this Upshot to make room. Then try again."
)
OUR_FAULT = say(
    "Something went wrong on our side. Your data is safe. "
    "Try again; if it happens once more, tell whoever runs this Upshot."
)


def run(job: Job) -> None:
    """Call the job's handler and record how it ended.

    This is the one place that catches a handler's failure.
    """
    context = JobContext(job)
    try:
        handler_for(job.name)(job.arguments, context)
    except StaleJob:
        logger.warning("job %s was taken over; its results were not written", job.uuid)
    except Cancelled:
        finish(job.uuid, job.token, State.CANCELLED)
    except MemoryError:
        finish(job.uuid, job.token, State.FAILED, OUT_OF_MEMORY)
    except Exception as error:
        finish(job.uuid, job.token, State.FAILED, _words_for(job, error))
    else:
        finish(job.uuid, job.token, State.SUCCEEDED)


def _words_for(job: Job, error: Exception) -> str:
    if is_disk_full(error):
        logger.error("job %s (%s): the disk is full", job.uuid, job.name)
        return DISK_FULL
    if isinstance(error, InputError):
        return error.words
    logger.exception("job %s (%s) failed", job.uuid, job.name)
    return OUR_FAULT


def run_next_here(worker: str = "here") -> Job | None:
    """Claim the next job and run it in this process; for tests and scripts."""
    job = claim(worker)
    if job is None:
        return None
    run(job)
    return Job.objects.get(pk=job.pk)
