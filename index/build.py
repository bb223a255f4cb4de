"""The whole pipeline: a folder of articles in, an index out."""

from __future__ import annotations

from pathlib import Path

from index.store import Index


def build_index(folder: str | Path, out: str | Path) -> Index:
    """Read, split, embed and save every article under `folder`."""
    raise NotImplementedError(f"{folder} -> {out}")
