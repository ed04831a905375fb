"""Bundles of the whole road: read, train, save, and score in another process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import upshot
from upshot.samples import SAMPLES, write_new_rows, write_sample

_SCORE = """
import sys, upshot
frame = upshot.load(sys.argv[1]).score(upshot.read(sys.argv[2]), reasons=2).frame
frame.to_parquet(sys.argv[3])
"""


@pytest.mark.slow
@pytest.mark.parametrize("slug", SAMPLES)
def test_another_process_scores_a_follow_up_file_the_same(slug: str, tmp_path: Path) -> None:
    sample = SAMPLES[slug]
    table = upshot.read(write_sample(slug, tmp_path / sample.file_name))
    new = write_new_rows(slug, tmp_path / sample.new_file_name)
    result = upshot.train(
        table, sample.target, positive=sample.positive, ignore=[sample.leak], trials=3, cores=1
    )
    saved = result.bundle.save(tmp_path / "b.upshot")
    here = result.bundle.score(upshot.read(new), reasons=2).frame
    there = tmp_path / "there.parquet"
    subprocess.run([sys.executable, "-c", _SCORE, saved, new, there], check=True)
    # Sentences stand in the frame as objects of their own; a file holds their text.
    kept = tmp_path / "here.parquet"
    here.to_parquet(kept)
    pd.testing.assert_frame_equal(pd.read_parquet(kept), pd.read_parquet(there), check_exact=True)
    assert len(here) == sample.new_rows
