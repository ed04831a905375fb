"""Tables: a file becomes a typed table with a Schema and reading notes."""

from __future__ import annotations

from upshot.tables.reading import read

__all__ = ["read"]
