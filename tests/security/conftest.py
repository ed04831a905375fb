"""The objects of the website's own tests."""

from __future__ import annotations

from web.conftest import (  # noqa: F401
    bundle,
    dataset,
    finished_run,
    learning_run,
    no_files_left,
    prediction,
    question,
    run_jobs,
)
