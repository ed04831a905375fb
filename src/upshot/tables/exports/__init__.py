"""Exports that marketers upload: one file each, recognised by their headers."""

from __future__ import annotations

from upshot.tables.exports.base import Ask, Export
from upshot.tables.exports.registry import EXPORTS, columns_among, plain_header, recognise_export

__all__ = ["EXPORTS", "Ask", "Export", "columns_among", "plain_header", "recognise_export"]
