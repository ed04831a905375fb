"""Bundles: a trained model in one file that is safe to open, and scoring with it."""

from upshot.bundles.build import build_bundle
from upshot.bundles.bundle import Bundle, load_bundle, read_facts, save_bundle
from upshot.bundles.foreign import load_foreign_bundle
from upshot.bundles.manifest import Manifest
from upshot.bundles.scoring import Scores, write_scores

__all__ = [
    "Bundle",
    "Manifest",
    "Scores",
    "build_bundle",
    "load_bundle",
    "load_foreign_bundle",
    "read_facts",
    "save_bundle",
    "write_scores",
]
