"""python -m index ARTICLES [--out DIR] [--model NAME]."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from index.build import BuildReport, build_index

# How many of the files that were left out are named; the rest is counted.
NAMED = 20

_STAGES = {"read": "reading", "index": "indexing", "save": "saving"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Build or update an index. Gives 0, 1 where nothing could be built, 2 for wrong arguments."""
    parser = argparse.ArgumentParser(
        prog="python -m index", description="Make a folder of articles searchable."
    )
    parser.add_argument("articles", type=Path, help="the folder (or one file) of articles")
    parser.add_argument("--out", type=Path, default=Path("my-index"), help="where the index goes")
    parser.add_argument("--model", help="a sentence-transformers model: a folder or a hub name")
    options = parser.parse_args(arguments)
    bars = Bars()
    try:
        index = build_index(
            options.articles, options.out, model=options.model, progress=bars.progress
        )
    except (OSError, ValueError) as error:
        bars.close()
        print(f"error: {error}", file=sys.stderr)
        return 1
    bars.close()
    for line in summary(index.report, options.out):
        print(line)
    index.close()
    return 0


def summary(report: BuildReport, out: Path) -> list[str]:
    """What a build did, line by line, every file that was left out with its reason."""
    lines = [
        f"{report.files} files, {report.articles} articles, {report.passages} passages, "
        f"{report.figures} figures in {out} ({report.seconds:.1f} s)",
        f"{report.embedded} passages embedded, {report.kept} kept from before"
        + (f", {report.dropped} articles gone" if report.dropped else "")
        + (f", {report.duplicates} doubled articles left out" if report.duplicates else ""),
    ]
    if report.left_out:
        lines.append(f"left out {len(report.left_out)}:")
        lines += [f"  {item.path}: {item.reason}" for item in report.left_out[:NAMED]]
        if (more := len(report.left_out) - NAMED) > 0:
            lines.append(f"  and {more} more")
    return lines


class Bars:
    """One bar a stage, with the remaining time, on a terminal only."""

    def __init__(self) -> None:
        self._stage = ""
        self._bar: object | None = None

    def progress(self, done: int, total: int, stage: str) -> None:
        """Move the bar of the stage; a new stage begins a new one."""
        if not sys.stderr.isatty():
            return
        from tqdm import tqdm

        if stage != self._stage:
            self.close()
            self._stage = stage
            self._bar = tqdm(total=total or None, desc=_STAGES.get(stage, stage), file=sys.stderr)
        if isinstance(self._bar, tqdm):
            self._bar.update(done - self._bar.n)

    def close(self) -> None:
        """End the bar of the last stage."""
        if self._bar is not None:
            self._bar.close()  # type: ignore[attr-defined]
            self._bar = None


if __name__ == "__main__":
    sys.exit(main())
