"""Which texts are one value written in several ways."""

from __future__ import annotations

import numpy as np
import pytest

from upshot.tables.variants import form, variants


@pytest.mark.parametrize(
    "texts",
    [
        ("New York", "new york", "NEW  YORK", "New-York", "new_york"),
        ("Málaga", "malaga", "MALAGA"),
        ("E-Mail", "e mail"),
        ("Straße", "STRASSE"),
    ],
)
def test_case_spaces_hyphens_and_accents_make_no_other_value(texts):
    assert len({form(text) for text in texts}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("-5", "5"), ("New York", "Newark"), ("C", "C+"), ("A/B", "AB"), ("NYC", "New York")],
)
def test_anything_else_does(one, other):
    assert form(one) != form(other)


def test_the_most_frequent_spelling_stands_for_all():
    texts = ["rome", "Rome", "Oslo", "ROME"]
    assert variants(texts, np.array([2, 9, 5, 2])) == (("Rome", "ROME", "rome"),)
