"""An index on disk."""

from __future__ import annotations


class Index:
    """An opened index."""
