"""The collection behind a running chat: opened in the background, asked, added to, removed from."""

from __future__ import annotations

import logging
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any, Literal, Protocol, TypedDict

from index import Article
from qa.conversation import AnswerRecord, HitRecord, answer_record, hit_record, published
from qa.folder import UPLOADS, file_of, folders_of, safe_path
from qa.records import Answer, Hit, Message, Scope

log = logging.getLogger(__name__)

OPENING_PATIENCE = 120.0  # seconds that a question waits for the articles to be opened


class Answering(Protocol):
    """The part of a bot that a chat needs."""

    @property
    def retriever(self) -> Any:  # noqa: ANN401 - a Retriever, or a stand-in with search and index
        """What finds passages; its `index` holds the articles."""
        ...

    def ask(
        self, question: str, history: Sequence[Message] = (), scope: Scope | None = None
    ) -> Answer:
        """The answer to one question of a dialogue."""
        ...

    def suggest(self, n: int) -> list[str]:
        """Questions that the articles can answer."""
        ...


Tell = Callable[[int, int, str], None]


class ArticleRecord(TypedDict):
    """One article of the list."""

    id: str
    title: str
    byline: str
    outlet: str
    published: str
    inferred: bool
    source: str
    removable: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an addition has come: `remaining` in seconds, None while it cannot be known.

    In the end, `left_out` names the files that cannot be read, with the reason, and `doubled` those
    whose articles the collection held already.
    """

    stage: Literal["indexing", "done"]
    share: float
    remaining: float | None = None
    left_out: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    articles: int = 0


@dataclass(frozen=True, slots=True)
class Stats:
    """What the collection holds."""

    files: int = 0
    articles: int = 0
    passages: int = 0
    figures: int = 0


@dataclass(slots=True)
class _State:
    bot: Answering | None = None
    failure: str = ""
    share: float = 0.0
    ready: threading.Event = field(default_factory=threading.Event)
    # What is told of the collection at every visit, until the collection changes.
    known: dict[str, list[str]] = field(default_factory=dict)


class NotOpenError(RuntimeError):
    """The articles are not open: not yet, or not at all."""


def scope_of(since: str, until: str, outlets: Sequence[str], folders: Sequence[str]) -> Scope:
    """A scope from what a form holds; an impossible date is an error that says so."""

    def day(text: str, name: str) -> date | None:
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            raise ValueError(f"{name}={text!r} is no date: write it as 2024-12-31") from None

    first, last = day(since, "since"), day(until, "until")
    if first and last and last < first:
        raise ValueError(f"until={until} lies before since={since}")
    return Scope(first, last, frozenset(outlets), frozenset(folders))


def share_of(done: int, total: int, stage: str) -> float:
    """How much of a build is done, 0 to 1, from what the build tells of its stage."""
    part = min(done / total, 1.0) if total else 0.0
    begin, width = {"read": (0.0, 0.1), "index": (0.1, 0.8), "save": (0.9, 0.1)}.get(stage, (0, 0))
    return begin + width * part


class Collection:
    """A folder of articles, its index, and the bot that answers from them.

    `build` makes the index of a folder anew; `open_bot` opens what has been built. `trusted` says
    that an index which is there already may answer at once, before it is brought up to date.
    """

    def __init__(
        self,
        folder: Path,
        index: Path,
        build: Callable[[Path, Path, Tell], None],
        open_bot: Callable[[Path], Answering],
        *,
        trusted: bool = True,
    ) -> None:
        self.folder = folder
        self.index = index
        self._build = build
        self._open_bot = open_bot
        self._trusted = trusted
        self._state = _State()
        self._change = threading.Lock()

    def open(self) -> None:
        """Open or build the index in a thread; questions asked meanwhile wait for it."""
        threading.Thread(target=self._open, name="open-articles", daemon=True).start()

    def _open(self) -> None:
        try:
            with self._change:
                if self._trusted and self.index.exists():
                    try:
                        self._state.bot = self._open_bot(self.index)
                        self._state.ready.set()
                    except (OSError, ValueError) as error:
                        log.info("building the index anew: %s", error)
                self._refresh(self._tell)
        except Exception as error:
            log.exception("the articles in %s could not be read", self.folder)
            self._state.failure = str(error) or type(error).__name__
        finally:
            self._state.ready.set()

    def _refresh(self, tell: Tell) -> None:
        """Bring the index up to date with the folder; the lock is held."""
        if self._state.bot is None:
            self._build(self.folder, self.index, tell)
            self._state.bot = self._open_bot(self.index)
        elif self.folder.exists():
            self._state.bot.retriever.index.update(self.folder, tell)
        self._state.known = {}
        self._state.failure = ""

    def _tell(self, done: int, total: int, stage: str) -> None:
        self._state.share = share_of(done, total, stage)

    @property
    def status(self) -> dict[str, object]:
        """`state` (opening, ready or failed), the `share` of the opening done, `reason`."""
        if not self._state.ready.is_set():
            return {"state": "opening", "share": self._state.share, "reason": ""}
        state = "ready" if self._state.bot else "failed"
        return {"state": state, "share": 1.0, "reason": self._state.failure}

    @property
    def bot(self) -> Answering:
        """The bot, waited for while the articles are being opened."""
        if not self._state.ready.wait(OPENING_PATIENCE):
            raise NotOpenError("the articles are still being opened; ask again in a moment")
        if self._state.bot is None:
            raise NotOpenError(self._state.failure)
        return self._state.bot

    def opening(self) -> Iterator[dict[str, object]]:
        """The status, again and again until the articles are open or have failed to."""
        while not self._state.ready.wait(0.5):
            yield self.status

    @property
    def stats(self) -> Stats:
        """The counts of the index."""
        stats = self.bot.retriever.index.stats
        return Stats(stats.files, stats.articles, stats.passages, stats.figures)

    def hits(self, query: str, k: int, scope: Scope | None) -> list[Hit]:
        """The passages nearest to the query."""
        found: list[Hit] = self.bot.retriever.search(query, k=k, scope=scope)
        return found

    def ask(
        self, question: str, history: Sequence[Message], scope: Scope, hits: Sequence[Hit] = ()
    ) -> AnswerRecord:
        """The answer as a record; `hits` give the scores of the passages that it cites."""
        return answer_record(self.bot.ask(question, history, scope), hits)

    def search(self, query: str, k: int, scope: Scope) -> list[HitRecord]:
        """The passages nearest to the query, as records."""
        return [hit_record(hit) for hit in self.hits(query, k, scope)]

    def suggest(self, n: int) -> list[str]:
        """Questions that the articles can answer."""
        return self._known(f"suggest {n}", lambda: self.bot.suggest(n))

    def outlets(self) -> list[str]:
        """Every newspaper that an article names, sorted."""
        return self._known(
            "outlets", lambda: sorted({a.outlet for a in self._articles() if a.outlet})
        )

    def folders(self) -> list[str]:
        """Every folder that holds an article, sorted."""
        return self._known("folders", lambda: folders_of([a.source for a in self._articles()]))

    def _known(self, name: str, find: Callable[[], list[str]]) -> list[str]:
        known = self._state.known
        if name not in known:
            known[name] = find()
        return known[name]

    def _articles(self) -> Iterator[Article]:
        yield from self.bot.retriever.index.articles()

    def articles(self, query: str = "") -> list[ArticleRecord]:
        """The articles whose title, newspaper, byline or file holds every word of `query`."""
        wanted = query.casefold().split()
        found: list[ArticleRecord] = []
        for article in self._articles():
            text = f"{article.title} {article.outlet} {article.byline} {article.source}".casefold()
            if all(word in text for word in wanted):
                found.append(_article_record(article))
        return found

    def article(self, article_id: str) -> Article | None:
        """The whole article, or None where the collection does not hold it (any more)."""
        try:
            found: Article = self.bot.retriever.index.article(article_id)
        except KeyError:
            return None
        return found

    def add(self, files: Sequence[tuple[str, Path]], limit: int) -> Iterator[Progress]:
        """Take in files, each `(relative name, where it lies)`, and tell how far that has come.

        `limit` is the largest size of one file in bytes. What cannot be read is named in the last
        progress, with the reason, and not kept.
        """
        if not self.folder.is_dir():
            raise ValueError(f"{self.folder} is no folder: start the chat with one to add articles")
        left_out: list[str] = []
        taken: dict[str, str] = {}
        with self._change:
            for name, path in files:
                if path.stat().st_size > limit:
                    left_out.append(f"{name} (> {limit / 1e6:.0f} MB)")
                    continue
                place = str(PurePosixPath(UPLOADS) / safe_path(name))
                taken[place] = name
                (self.folder / place).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, self.folder / place)
            yield from self._watched_refresh()
            holding = {file_of(article.source) for article in self._articles()}
            lost = self.bot.retriever.index.report.left_out
            named = [(file_of(item.path), item.reason) for item in lost]
            left_out += [f"{taken[path]} ({why})" for path, why in named if path in taken]
            empty = taken.keys() - holding
            doubled = empty - {path for path, _ in named}
            for place in empty:
                # It holds nothing to answer from, and would be reported at every later addition.
                (self.folder / place).unlink(missing_ok=True)
        names = tuple(taken[path] for path in sorted(doubled))
        yield Progress("done", 1.0, 0.0, tuple(left_out), names, self.stats.articles)

    def remove(self, source: str) -> None:
        """Remove an added file, and with it every article that it holds."""
        path = (self.folder / file_of(source)).resolve()
        room = (self.folder / UPLOADS).resolve()
        if not path.is_relative_to(room) or not path.is_file():
            raise ValueError(f"{source} was not added here: remove it from {self.folder} itself")
        with self._change:
            path.unlink()
            for _ in self._watched_refresh():
                pass

    def _watched_refresh(self) -> Iterator[Progress]:
        """Refresh in a thread, telling how far it has come; questions go on meanwhile."""
        share = 0.0
        failures: list[Exception] = []

        def tell(done: int, total: int, stage: str) -> None:
            nonlocal share
            share = share_of(done, total, stage)

        def work() -> None:
            try:
                self._refresh(tell)
            except Exception as error:  # noqa: BLE001 - raised again in the caller's thread
                failures.append(error)

        started = time.monotonic()
        worker = threading.Thread(target=work, name="refresh-articles", daemon=True)
        worker.start()
        while worker.is_alive():
            worker.join(0.25)
            past = time.monotonic() - started
            # Reading takes a known share of no known time: only indexing can be foretold.
            left = past * (1 - share) / share if share > 0.1 else None
            yield Progress("indexing", share, left)
        if failures:
            raise failures[0]


def _article_record(article: Article) -> ArticleRecord:
    return {
        "id": article.id,
        "title": article.title,
        "byline": article.byline,
        "outlet": article.outlet,
        "published": published(article.published),
        "inferred": article.published is not None and article.published.inferred,
        "source": article.source,
        "removable": article.source.startswith(f"{UPLOADS}/"),
    }
