"""What `upshot train` lets into a model."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import upshot
from upshot.cli.main import run

NAMES = ("Anna", "Bruno", "Clara", "David", "Emma", "Felix", "Greta", "Hugo")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    rng, path = random.Random(0), tmp_path / "customers.csv"
    lines = ["visits,First name,bought"]
    for _row in range(240):
        visits = rng.randrange(20)
        lines.append(
            f"{visits},{rng.choice(NAMES)},{'yes' if visits + rng.randrange(9) > 13 else 'no'}"
        )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.slow
@pytest.mark.parametrize("let_in", [False, True])
def test_personal_data_goes_in_only_by_a_plain_wish(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], let_in: bool
) -> None:
    out = tmp_path / "b.upshot"
    given = ["--target", "bought", "--positive", "yes", "--seconds", "5", "--out", str(out)]
    assert run(["train", str(file), *given, *["--keep-personal"] * let_in]) == 0
    assert ("First name" in upshot.load(out).manifest.features) is let_in
    warned = "whoever gets the bundle can read them" in capsys.readouterr().err
    assert warned is let_in
