"""What a run needs before it starts: its settings, an index, and the bot over it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.provenance import code_version, commit, fingerprint

if TYPE_CHECKING:
    from qa import Bot, Retriever

HERE = Path(__file__).resolve().parent
QUESTIONS = HERE / "questions.jsonl"
ARTICLES = HERE / "articles"
CACHE = Path(".cache") / "eval"


class PrepareError(ValueError):
    """Something that a run needs is not there; the message ends with the mend."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run is to be made.

    `model` is the embedding model, None for the bundled one; `llm_url` and `llm_model` a language
    model that drafts the answers, None for none. `limit` bounds the questions.
    """

    model: str | None = None
    llm_url: str | None = None
    llm_model: str | None = None
    cache: Path = CACHE
    limit: int | None = None
    search_only: bool = False
    fresh: bool = False
    quiet: bool = False
    partials: list[Path] = field(default_factory=list, compare=False)

    @property
    def models(self) -> str:
        """The models that take part, for tables."""
        return " + ".join(part for part in (self.model or "bundled", self.llm_model) if part)

    def about(self, name: str, held: str, **more: object) -> dict[str, Any]:
        """What a file of results says of its run; `held` tells what was searched."""
        created = datetime.now().astimezone().isoformat(timespec="seconds")
        own = {"name": name, "commit": commit(), "created": created}
        return {**own, "index": held, "model": self.models, **more}

    def partial(self, *parts: object) -> Path:
        """Where the rows of an unfinished run lie; `parts` are what it depends on beside code."""
        state = fingerprint(code_version(), self.models, self.search_only, *parts)
        path = self.cache / f"partial-{state}.jsonl"
        if self.fresh:
            path.unlink(missing_ok=True)
        self.partials.append(path)
        return path

    def finish(self) -> None:
        """Deletes the rows of the unfinished runs, once the results are written."""
        for path in self.partials:
            path.unlink(missing_ok=True)


@contextmanager
def _bar(quiet: bool) -> Iterator[Callable[[int, int, str], None]]:
    """A progress bar on stderr for a build, which tells (done, of how many, the stage)."""
    from tqdm import tqdm

    with tqdm(desc="indexing", unit="article", disable=quiet, leave=False) as bar:

        def tell(done: int, total: int, stage: str) -> None:
            if stage == "index":
                bar.total = total
                bar.update(done - bar.n)

        yield tell


def cached_index(articles: Path, settings: Settings) -> Path:
    """Builds or updates the index of a collection in the cache; gives the index's path.

    A collection that was indexed before is only read, and nothing is embedded twice.
    """
    from index import build_index

    if not articles.exists():
        raise PrepareError(f"{articles}: no such folder of articles")
    name = re.sub(r"[^\w.-]+", "-", articles.stem)[:40]
    place = fingerprint(articles.resolve(), settings.model)[:8]
    out = settings.cache / f"index-{name}-{place}"
    out.parent.mkdir(parents=True, exist_ok=True)
    try:
        with _bar(settings.quiet) as progress:
            build_index(articles, out=out, model=settings.model, progress=progress).close()
    except ValueError as error:
        raise PrepareError(str(error)) from error
    return out


def open_all(path: Path, settings: Settings) -> tuple[Retriever, Bot | None]:
    """The retriever over an index, and the bot unless only searching is measured."""
    from qa import Retriever

    if not path.is_dir():
        raise PrepareError(f"{path}: no index there: `python -m index ARTICLES --out {path}`")
    try:
        retriever = Retriever.open(path)
        if settings.search_only:
            return retriever, None
        from qa import Bot

        bot = Bot.open(path, llm_url=settings.llm_url, llm_model=settings.llm_model)
    except ValueError as error:
        raise PrepareError(str(error)) from error
    return retriever, bot


def open_reader(settings: Settings) -> Bot:
    """A bot without an index, for `answer_from`."""
    from qa import Bot
    from qa.generate import Generator

    url = settings.llm_url
    return Bot(None, Generator(url, settings.llm_model or "") if url else None)


def read_text(path: Path) -> str:
    """A file's text. Raises PrepareError where it is not there or not UTF-8."""
    if not path.is_file():
        raise PrepareError(f"{path}: no such file")
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PrepareError(f"{path}: not UTF-8 (byte {error.start})") from None


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSONL file. Raises PrepareError with file and line."""
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if line.strip():
            try:
                yield json.loads(line)
            except json.JSONDecodeError as error:
                raise PrepareError(f"{path}:{number}: not JSON ({error})") from None
