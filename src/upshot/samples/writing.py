"""Writing a sample's two files; the same bytes every time."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import numpy as np

from upshot.errors import InputError
from upshot.files import write_atomically
from upshot.samples.base import Columns, Draw, Sample
from upshot.samples.registry import SAMPLES
from upshot.wording import say

_SEED = 20_260_101
_START, _LATER = date(2026, 1, 1), date(2026, 7, 1)


def write_sample(slug: str, path: Path | str) -> Path:
    """Write the file to learn from; into a folder, under the sample's own name.

    Raises
    ------
    InputError
        There is no such sample.
    """
    sample = _sample(slug)
    draw = Draw(_generator(sample, 0), sample.rows, 1, _START)
    return _write(sample.maker(draw), Path(path), sample.file_name)


def write_new_rows(slug: str, path: Path | str) -> Path:
    """Write a follow-up file to score: later rows, no outcome, the leaking column still empty.

    Raises
    ------
    InputError
        There is no such sample.
    """
    sample = _sample(slug)
    draw = Draw(_generator(sample, 1), sample.new_rows, sample.rows + 1, _LATER)
    columns = sample.maker(draw)
    del columns[sample.target]
    columns[sample.leak] = [""] * sample.new_rows
    return _write(columns, Path(path), sample.new_file_name)


def _sample(slug: str) -> Sample:
    if slug not in SAMPLES:
        raise InputError(
            say("There is no sample '{slug}'.", slug=slug),
            say("Choose one of: {names}.", names=", ".join(SAMPLES)),
        )
    return SAMPLES[slug]


def _generator(sample: Sample, part: int) -> np.random.Generator:
    """Own numbers for each sample and file, whatever other samples exist."""
    return np.random.Generator(np.random.PCG64([_SEED, part, *sample.slug.encode()]))


def _write(columns: Columns, path: Path, name: str) -> Path:
    if path.is_dir():
        path = path / name
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    write_atomically(path, text.getvalue().encode())
    return path
