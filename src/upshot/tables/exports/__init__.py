from upshot.tables.exports.base import Export
from upshot.tables.exports.registry import EXPORTS, recognise_export
__all__ = ["EXPORTS", "Export", "recognise_export"]
