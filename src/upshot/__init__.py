"""Upshot: from a marketing spreadsheet to a decision.

>>> import upshot
>>> table = upshot.read("leads.csv")  # doctest: +SKIP
>>> result = upshot.train(table, target="Converted", seconds=60, seed=0)  # doctest: +SKIP
>>> result.bundle.save("leads.upshot")  # doctest: +SKIP
>>> scores = upshot.load("leads.upshot").predict(upshot.read("new_leads.csv"))  # doctest: +SKIP
>>> upshot.report(result.answer, "leads.html", language="ru")  # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from upshot.budget import Budget
from upshot.errors import (
    BundleProblem,
    Cancelled,
    FileProblem,
    InputError,
    Note,
    QuestionProblem,
    UpshotError,
    UpshotWarning,
)

if TYPE_CHECKING:
    from upshot.bundles import Bundle
    from upshot.bundles import load_bundle as load
    from upshot.reports.formats import write_report as report
    from upshot.tables import read
    from upshot.tables.schema import Kind, Schema
    from upshot.tables.table import Table
    from upshot.training import TrainingResult, train

__version__ = "0.1.0"

__all__ = [
    "Budget",
    "Bundle",
    "BundleProblem",
    "Cancelled",
    "FileProblem",
    "InputError",
    "Kind",
    "Note",
    "QuestionProblem",
    "Schema",
    "Table",
    "TrainingResult",
    "UpshotError",
    "UpshotWarning",
    "__version__",
    "load",
    "read",
    "report",
    "train",
]

# Loaded when first used, so that `import upshot` costs nothing.
_LATE = {
    "Bundle": ("upshot.bundles", "Bundle"),
    "Kind": ("upshot.tables.schema", "Kind"),
    "Schema": ("upshot.tables.schema", "Schema"),
    "Table": ("upshot.tables.table", "Table"),
    "TrainingResult": ("upshot.training", "TrainingResult"),
    "load": ("upshot.bundles", "load_bundle"),
    "read": ("upshot.tables", "read"),
    "report": ("upshot.reports.formats", "write_report"),
    "train": ("upshot.training", "train"),
}


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module 'upshot' has no attribute '{name}'")
    module, attribute = _LATE[name]
    value = getattr(import_module(module), attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
