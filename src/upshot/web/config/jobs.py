"""The jobs this website knows: name → dotted path of ``handler(arguments, context)``.

Handlers are imported in the job's own child process only, so heavy libraries stay out of the site.
"""

HANDLERS: dict[str, str] = {
    "datasets.read": "upshot.web.datasets.tasks.read",
    "datasets.profile": "upshot.web.datasets.tasks.profile",
    "runs.check": "upshot.web.runs.tasks.check",
    "runs.compare": "upshot.web.runs.tasks_compare.compare",
    "runs.what_if": "upshot.web.runs.what_if.predict",
    "runs.train": "upshot.web.runs.tasks.train",
    "keeping.copy": "upshot.web.keeping.copies.make_copy",
    "keeping.round": "upshot.web.keeping.retention.daily_round",
    "predictions.score": "upshot.web.predictions.tasks.score",
    "api.run": "upshot.web.api.tasks.run",
    "api.deliver": "upshot.web.api.webhooks.tasks.deliver",
}

# Looked after by every worker between jobs, every few seconds: dotted paths of functions.
SWEEPERS: tuple[str, ...] = (
    "upshot.web.api.traces.sweep",
    "upshot.web.api.webhooks.completions.sweep",
    "upshot.web.files.job_folders.sweep",
    "upshot.web.files.pieces.sweep",
    "upshot.web.files.store.sweep_copies",
)
