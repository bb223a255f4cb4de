"""Articles, passages and figures of an index, in SQLite."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.records import Article, Block, Change, Figure, Passage, Period

# Articles held in memory; an article of a newspaper is a few kilobytes.
CACHED = 512

_SCHEMA = """
CREATE TABLE articles (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, hash TEXT NOT NULL,
    title TEXT NOT NULL, byline TEXT NOT NULL, outlet TEXT NOT NULL,
    since TEXT, until TEXT, inferred INTEGER NOT NULL,
    source TEXT NOT NULL, folder TEXT NOT NULL, blocks TEXT NOT NULL, text TEXT NOT NULL,
    first_passage INTEGER NOT NULL, passages INTEGER NOT NULL
) STRICT;
CREATE TABLE passages (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL, article INTEGER NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL
) STRICT;
CREATE TABLE figures (
    article INTEGER NOT NULL, subject TEXT NOT NULL, measure TEXT NOT NULL,
    since TEXT, until TEXT, inferred INTEGER NOT NULL, value TEXT NOT NULL, unit TEXT NOT NULL,
    change TEXT, passage TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL
) STRICT;
"""
_INDEXES = "CREATE INDEX figures_of_article ON figures (article);"

_ARTICLE = "id, title, byline, outlet, since, until, inferred, text, source, blocks"


@dataclass(frozen=True, slots=True)
class Entry:
    """One article with all that is stored for it."""

    article: Article
    passages: Sequence[Passage]
    figures: Sequence[Figure]


def content_hash(article: Article) -> str:
    """What an article is known by: a hash of everything about it but where it was found."""
    published = _dates(article.published)
    parts = [article.title, article.byline, article.outlet, *published, article.text]
    parts += [_blocks(article.blocks)]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:24]


class DatabaseWriter:
    """Fills a new database, article by article; rows of passages count from 0 without a gap."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path)
        # A half-written file is never opened: the pointer is switched after everything is on disk.
        self._connection.executescript(
            f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {_SCHEMA}"
        )
        self.articles = self.passages = self.figures = 0

    def add(self, entries: Iterable[Entry]) -> None:
        """Append articles with their passages and figures."""
        for entry in entries:
            article = entry.article
            folder = article.source.rsplit("/", 1)[0] if "/" in article.source else ""
            self._connection.execute(
                f"INSERT INTO articles VALUES ({','.join('?' * 15)})",  # noqa: S608 - only marks
                (
                    self.articles,
                    article.id,
                    content_hash(article),
                    article.title,
                    article.byline,
                    article.outlet,
                    *_dates(article.published),
                    article.source,
                    folder,
                    _blocks(article.blocks),
                    article.text,
                    self.passages,
                    len(entry.passages),
                ),
            )
            self._connection.executemany(
                "INSERT INTO passages VALUES (?,?,?,?,?)",
                (
                    (row, p.id, self.articles, p.start, p.end)
                    for row, p in enumerate(entry.passages, self.passages)
                ),
            )
            self._connection.executemany(
                "INSERT INTO figures VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
                (_figure_row(self.articles, figure) for figure in entry.figures),
            )
            self.articles += 1
            self.passages += len(entry.passages)
            self.figures += len(entry.figures)

    def close(self) -> None:
        """Write what is left and let go of the file."""
        self._connection.executescript(_INDEXES)
        self._connection.commit()
        self._connection.close()


class Database:
    """A finished database, read-only; shared by threads."""

    def __init__(self, path: Path) -> None:
        # Immutable: no lock files, and the file may be removed while it is open.
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._lock = threading.Lock()
        self._article = lru_cache(CACHED)(self._load_article)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._connection.execute(query, values).fetchall()

    def _load_article(self, row: int) -> Article:
        found = self._rows(f"SELECT {_ARTICLE} FROM articles WHERE row = ?", (row,))  # noqa: S608 - a constant
        if not found:
            raise IndexError(f"no article of row {row}")
        return _to_article(found[0])

    def article_at(self, row: int) -> Article:
        """The article of a row, kept in memory for the next time."""
        return self._article(row)

    def article_row(self, id_: str) -> int:
        """The row of an article. Raises KeyError where there is none of that id."""
        found = self._rows("SELECT row FROM articles WHERE id = ?", (id_,))
        if not found:
            raise KeyError(f"no article {id_!r} in this index")
        return int(found[0][0])

    def articles(self) -> Iterator[Article]:
        """Every article, in the order of reading."""
        step = 256
        first = 0
        query = f"SELECT {_ARTICLE} FROM articles WHERE row >= ? ORDER BY row LIMIT {step}"  # noqa: S608 - constants
        while found := self._rows(query, (first,)):
            yield from map(_to_article, found)
            first += step

    def outlines(self) -> list[tuple[Article, int, int]]:
        """Every article without text and blocks, its first passage's row and how many there are."""
        return [
            (_to_article((*row[:7], "", row[7], "[]")), row[8], row[9])
            for row in self._rows(
                "SELECT id, title, byline, outlet, since, until, inferred, source, "
                "first_passage, passages FROM articles ORDER BY row"
            )
        ]

    def hashes(self) -> dict[str, int]:
        """The row of each article by the hash of its content."""
        return dict(self._rows("SELECT hash, row FROM articles"))

    def span(self, article_row: int) -> range:
        """The rows of an article's passages."""
        query = "SELECT first_passage, passages FROM articles WHERE row = ?"
        ((first, count),) = self._rows(query, (article_row,))
        return range(first, first + count)

    def owners(self) -> npt.NDArray[np.int32]:
        """The row of the article of each passage, int32 of shape (passages,)."""
        counts = self._rows("SELECT passages FROM articles ORDER BY row")
        return np.repeat(np.arange(len(counts), dtype=np.int32), [count for (count,) in counts])

    def characters(self) -> int:
        """How many characters the passages have together."""
        ((total,),) = self._rows("SELECT coalesce(sum(end - start), 0) FROM passages")
        return int(total)

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """The passages of the given rows, in that order. Raises IndexError for a row not there."""
        found: dict[int, Passage] = {}
        for first in range(0, len(rows), 500):
            some = [int(row) for row in rows[first : first + 500]]
            marks = ",".join("?" * len(some))
            query = f"SELECT row, id, article, start, end FROM passages WHERE row IN ({marks})"  # noqa: S608 - only marks
            for row, id_, owner, start, end in self._rows(query, some):
                article = self.article_at(owner)
                found[row] = Passage(id_, article.id, article.text[start:end], start, end)
        try:
            return [found[int(row)] for row in rows]
        except KeyError as error:
            raise IndexError(f"no passage of row {error}") from None

    def figures(self, article_row: int) -> list[Figure]:
        """The figures of an article, in the order in which they were stored."""
        query = (
            "SELECT subject, measure, since, until, inferred, value, unit, change, passage, start, "
            "end FROM figures WHERE article = ? ORDER BY rowid"
        )
        return [_to_figure(row) for row in self._rows(query, (article_row,))]


def _dates(period: Period | None) -> tuple[str | None, str | None, int]:
    if period is None:
        return None, None, 0
    return period.start.isoformat(), period.end.isoformat(), int(period.inferred)


def _period(since: str | None, until: str | None, inferred: int) -> Period | None:
    if since is None or until is None:
        return None
    return Period(date.fromisoformat(since), date.fromisoformat(until), bool(inferred))


def _blocks(blocks: Sequence[Block]) -> str:
    return json.dumps([[block.kind, block.start, block.end] for block in blocks])


def _to_article(row: tuple[Any, ...]) -> Article:
    id_, title, byline, outlet, since, until, inferred, text, source, blocks = row
    return Article(
        id_,
        title,
        byline,
        outlet,
        _period(since, until, inferred),
        text,
        source,
        tuple(Block(kind, start, end) for kind, start, end in json.loads(blocks)),
    )


def _figure_row(article: int, figure: Figure) -> tuple[Any, ...]:
    change = None
    if figure.change is not None:
        c = figure.change
        change = json.dumps([str(c.value), c.unit, *_dates(c.base), c.start, c.end])
    return (
        article,
        figure.subject,
        figure.measure,
        *_dates(figure.period),
        str(figure.value),
        figure.unit,
        change,
        figure.passage_id,
        figure.start,
        figure.end,
    )


def _to_figure(row: tuple[Any, ...]) -> Figure:
    subject, measure, since, until, inferred, value, unit, stored, passage, start, end = row
    change = None
    if stored is not None:
        by, by_unit, base_since, base_until, base_inferred, by_start, by_end = json.loads(stored)
        base = _period(base_since, base_until, base_inferred)
        change = Change(Decimal(by), by_unit, base, by_start, by_end)
    period = _period(since, until, inferred)
    return Figure(subject, measure, period, Decimal(value), unit, change, passage, start, end)
