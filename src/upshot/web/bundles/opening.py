"""Opening a bundle of the library with the key to the pseudonyms of its workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from upshot.bundles import Bundle
    from upshot.web.bundles.models import SavedBundle


def open_bundle(saved: SavedBundle) -> Bundle:
    """Load a bundle; customers of its workspace are known by the pseudonyms it learned."""
    from upshot.bundles import load_bundle
    from upshot.web.accounts.pseudonyms import pseudonyms_of

    return load_bundle(saved.file.path, pseudonyms=pseudonyms_of(saved.workspace))
