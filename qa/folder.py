"""The folder behind a collection: its files' names, and where what belongs to it is kept."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Final

# Where articles added in the page lie, inside the collection's folder.
UPLOADS: Final = "uploads"
NAME_BYTES: Final = 200
DEPTH: Final = 6  # folders kept of an uploaded file's path, from its end


def file_of(source: str) -> str:
    """The path of an article's file: its source without the range of lines."""
    return re.sub(r":\d+(-\d+)?$", "", source)


def folders_of(sources: Sequence[str]) -> list[str]:
    """Every folder, at any depth, that holds one of the sources, sorted."""
    found = {
        str(parent)
        for source in sources
        for parent in PurePosixPath(file_of(source)).parents
        if str(parent) != "."
    }
    return sorted(found)


def safe_path(name: str) -> PurePosixPath:
    r"""An uploaded file's relative path with nothing in it that could lead out of its folder.

    >>> safe_path("../../etc/pass\x00wd.txt")
    PurePosixPath('etc/passwd.txt')
    """
    parts = []
    for part in re.split(r"[\\/]+", name):
        kept = re.sub(r"[\x00-\x1f\x7f:]", "", part)
        # File systems count a name in bytes; its end tells the format.
        kept = kept.encode()[-NAME_BYTES:].decode(errors="ignore").strip(" \t.\u3000\xa0")
        if kept:
            parts.append(kept)
    return PurePosixPath(*parts[-DEPTH:]) if parts else PurePosixPath("unnamed")


def home(folder: Path) -> Path:
    """Where the index of a folder is kept when nobody says: `.index/` in the working directory."""
    mark = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:8]
    name = re.sub(r"[^\w-]+", "-", folder.resolve().name).strip("-") or "articles"
    return Path(".index") / f"{name}-{mark}"


def working_copy(sample: Path, to: Path) -> Path:
    """The sample collection copied to where articles may be added; uploads there are kept."""
    to.mkdir(parents=True, exist_ok=True)
    for old in to.iterdir():
        if old.name != UPLOADS and not (sample / old.name).exists():
            shutil.rmtree(old) if old.is_dir() else old.unlink()
    shutil.copytree(sample, to, dirs_exist_ok=True)
    return to


def folder_of(index: Path) -> Path | None:
    """The folder that an index was built from, or None where there is no index that opens."""
    from index.store import current_folder, read_manifest

    try:
        return Path(read_manifest(current_folder(index)).folder)
    except (OSError, ValueError):
        return None
