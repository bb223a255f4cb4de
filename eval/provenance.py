"""What a result stands on: the commit, the code, the content of an index, as short hashes."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

from eval.gold import Collection


def code_version() -> str:
    """A hash of the program's own source and model: what results depend on beside the data."""
    root = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256()
    for room in ("index", "qa", "eval"):
        for path in sorted((root / room).rglob("*")):
            if path.suffix in {".py", ".json", ".safetensors"} and path.is_file():
                digest.update(str(path.relative_to(root)).encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def commit() -> str:
    """The commit's short hash, with `+` where files differ from it; else the code's own hash."""
    root = Path(__file__).resolve().parent.parent
    git = shutil.which("git")
    if git is None or not (root / ".git").exists():
        return f"code-{code_version()[:12]}"

    def say(*arguments: str) -> str:
        done = subprocess.run(  # noqa: S603 - git, found on the path, with fixed arguments
            [git, "-C", str(root), *arguments], capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    head = say("rev-parse", "--short=12", "HEAD")
    if not head:
        return f"code-{code_version()[:12]}"
    return f"{head}+" if say("status", "--porcelain", "--untracked-files=no") else head


def fingerprint(*parts: object) -> str:
    """A short hash of whatever a run depends on."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(str(part).encode())
        digest.update(b"\0")
    return digest.hexdigest()[:16]


def content_of(collection: Collection) -> str:
    """A hash of what a collection holds: articles and how they are cut, not when it was built."""
    digest = hashlib.sha256()
    for article in sorted(collection.articles(), key=lambda item: item.id):
        digest.update(article.id.encode() + b"\0" + article.text.encode())
        digest.update(str(len(collection.rows_of(article.id))).encode())
    return digest.hexdigest()[:16]
