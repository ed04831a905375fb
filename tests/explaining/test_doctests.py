import doctest
import importlib

import pytest


@pytest.mark.parametrize(
    "module",
    [
        "upshot.explaining.wording",
        "upshot.explaining.reasons",
        "upshot.reports.sections",
    ],
)
def test_examples_in_docstrings_hold(module: str) -> None:
    found = doctest.testmod(importlib.import_module(module))
    assert found.attempted > 0
    assert found.failed == 0
