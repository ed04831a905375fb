"""Made-up marketing data sets with planted effects, so that a newcomer needs no file."""

from upshot.samples.base import Sample
from upshot.samples.registry import SAMPLES
from upshot.samples.writing import write_new_rows, write_sample

__all__ = ["SAMPLES", "Sample", "write_new_rows", "write_sample"]
