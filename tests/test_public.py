"""The names others script against, and what importing them costs."""

from __future__ import annotations

import subprocess
import sys

import upshot


def test_exported_names_are_pinned() -> None:
    assert set(upshot.__all__) == {
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
    }


def test_every_exported_name_loads() -> None:
    for name in upshot.__all__:
        assert getattr(upshot, name) is not None


def test_importing_upshot_and_its_command_line_loads_nothing_heavy() -> None:
    heavy = ["pandas", "numpy", "sklearn", "catboost", "lightgbm", "torch", "django", "duckdb"]
    code = (
        "import sys, upshot, upshot.cli.main, upshot.cli.train, upshot.cli.read, upshot.cli.serve;"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
