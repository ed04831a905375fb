"""The jobs this website knows: name → dotted path of ``handler(arguments, context)``.

Handlers are imported in the job's own child process only, so heavy libraries stay out of the site.
"""

HANDLERS: dict[str, str] = {
    "datasets.read": "upshot.web.datasets.tasks.read",
    "datasets.profile": "upshot.web.datasets.tasks.profile",
    "runs.check": "upshot.web.runs.tasks.check",
    "runs.train": "upshot.web.runs.tasks.train",
    "predictions.score": "upshot.web.predictions.tasks.score",
}
