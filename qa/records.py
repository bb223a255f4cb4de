"""The nouns of the qa room: what is asked, what is found, what is answered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypedDict

from index import Article, Figure, Passage

MARK = re.compile(r"\[(\d+)\]")  # of a citation, in the text of an answer


class Message(TypedDict):
    """One turn of a dialogue as it stands in a history."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Scope:
    """Which articles may answer; the default lets all of them.

    `since` and `until` bound the publication date, both inclusive; an article without a date lies
    outside any bound. `folders` are paths relative to the collection, without a final slash.
    """

    since: date | None = None
    until: date | None = None
    outlets: frozenset[str] = frozenset()
    folders: frozenset[str] = frozenset()

    def admits(self, article: Article) -> bool:
        """Whether the article lies within every bound that is set."""
        if self.outlets and article.outlet not in self.outlets:
            return False
        if self.folders:
            path = article.source
            if not any(path.startswith(f"{folder}/") for folder in self.folders):
                return False
        if self.since is None and self.until is None:
            return True
        if article.published is None:
            return False
        after = self.since is None or article.published.end >= self.since
        return after and (self.until is None or article.published.start <= self.until)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question. `score` has one scale everywhere, higher is better."""

    passage: Passage
    article: Article
    score: float


@dataclass(frozen=True, slots=True)
class Citation:
    """Mark `[n]` of an answer: `article.text[start:end]` is the sentence that is the evidence."""

    n: int
    passage: Passage
    article: Article
    start: int
    end: int

    @property
    def quote(self) -> str:
        """The evidence sentence, exactly as the article has it."""
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a series shown beside an answer; `n` is the citation that states it."""

    label: str
    value: Decimal
    unit: str
    n: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot says.

    `text` holds a marker `[n]` for each statement, `citations[n-1]` is its evidence. `short` is the
    bare answer. `answered` is False for a refusal, whose text says what was looked for and what is
    nearest. `calculation` shows the terms of a computed value ("120.98 − 70.4 = 50.58亿元"), else
    it is empty. `options` are questions that the articles can answer, for a reader to click.
    `series` is the same measure over periods or places, where the articles give several;
    citations behind those that the text marks back its points.
    """

    question: str
    text: str
    short: str
    answered: bool
    citations: Sequence[Citation] = ()
    figures: Sequence[Figure] = ()
    calculation: str = ""
    seconds: float = 0.0
    options: Sequence[str] = ()
    series: Sequence[Point] = ()
