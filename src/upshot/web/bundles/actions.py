"""What people do with bundles, one function each."""

from __future__ import annotations

from upshot.web.bundles.models import SavedBundle
from upshot.web.files.erase import erase


def describe(bundle: SavedBundle, name: str, notes: str) -> None:
    """Give a bundle another name, and notes."""
    bundle.name, bundle.notes = name, notes
    bundle.save(update_fields=["name", "notes"])


def delete_bundle(bundle: SavedBundle) -> None:
    """Delete a bundle, the lists scored by it, and their files."""
    erase(bundle, bundle.workspace)


def download_name(bundle: SavedBundle) -> str:
    """The file name a person gets: readable, and safe on every system."""
    kept = "".join(char if char.isalnum() or char in " -_.()" else " " for char in str(bundle.name))
    return f"{' '.join(kept.split())[:100].strip(' .') or 'model'}.upshot"


def versions_of(bundle: SavedBundle) -> list[SavedBundle]:
    """The earlier versions of a bundle, newest first."""
    found: list[SavedBundle] = []
    parent = bundle.parent
    while parent is not None and parent not in found:
        found.append(parent)
        parent = parent.parent
    return found
