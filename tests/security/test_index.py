"""One file for each class of mistake, each with three tests at least."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent
CLASSES = range(1, 17)
LEAST = 3


@pytest.mark.parametrize("number", CLASSES)
def test_each_class_has_its_file_and_three_tests(number: int) -> None:
    files = list(HERE.glob(f"test_{number:02}_*.py"))
    assert len(files) == 1
    tree = ast.parse(files[0].read_text(encoding="utf-8"))
    tests = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    assert len(tests) >= LEAST, tests
    told = ast.get_docstring(tree) or ""
    assert re.match(rf"Class {number}\b|Deserialising a model", told), told
