"""A bundle saved by an earlier release loads and predicts what it predicted then.

While format 1 is unreleased, ``python tests/golden/make_format_1.py`` makes its files again.
"""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

import upshot

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
EXPECTED = json.loads((GOLDEN / "format-1-expected.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("family", EXPECTED)
def test_a_bundle_of_format_1_still_predicts_the_same(family: str) -> None:
    if family == "network" and importlib.util.find_spec("torch") is None:
        pytest.skip("the network candidate needs PyTorch")
    bundle = upshot.load(GOLDEN / f"format-1-{family}.upshot")
    assert bundle.manifest.format == 1
    expected = EXPECTED[family]
    reasons = sum(name.startswith("upshot_reason_") for name in expected)
    frame = bundle.predict(upshot.read(GOLDEN / "format-1-rows.csv"), reasons=reasons)
    for name, values in expected.items():
        actual = frame[name].tolist()
        if isinstance(values[0], float):
            assert actual == pytest.approx(values, rel=1e-6), name
        else:
            assert actual == values, name
