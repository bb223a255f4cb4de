"""Public benchmarks in the forms they come in."""

from __future__ import annotations

from pathlib import Path

from eval.prepare import PrepareError, Settings
from eval.results import Results


def squad(path: Path, settings: Settings) -> list[Results]:
    """Not there yet."""
    raise PrepareError(f"{path}: {settings}")


def beir(path: Path, settings: Settings) -> Results:
    """Not there yet."""
    raise PrepareError(f"{path}: {settings}")


def rgb(path: Path, settings: Settings, noise: float) -> Results:
    """Not there yet."""
    raise PrepareError(f"{path}: {settings} {noise}")
