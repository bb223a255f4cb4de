"""The nouns of the index room: what the other files pass to one another."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

BlockKind = Literal["heading", "body", "caption"]


@dataclass(frozen=True, slots=True)
class Page:
    """One input as read: a whole file, or one line of a JSONL collection.

    `path` is relative to the collection's folder, with `/` on every system. `line` is the number
    (from 1) of the file's line on which `text` begins. The other fields are what a format states
    outright; where `whole` is true the page is known to be one article and is not taken apart.
    """

    path: str
    text: str
    line: int = 1
    whole: bool = False
    id: str | None = None
    title: str | None = None
    published: str | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days, both ends inclusive.

    `inferred` says that the span was concluded from context ("近日", "今年6月", a work report's
    year) rather than read where it is printed; it does not take part in comparison.
    """

    start: date
    end: date
    inferred: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period cannot end ({self.end}) before it starts ({self.start})")

    @classmethod
    def year(cls, year: int, *, inferred: bool = False) -> Period:
        """The whole calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31), inferred)

    @classmethod
    def months(cls, year: int, first: int, last: int, *, inferred: bool = False) -> Period:
        """From the first day of month `first` to the last day of month `last`, of one year."""
        end = date(year, last, calendar.monthrange(year, last)[1])
        return cls(date(year, first, 1), end, inferred)

    @property
    def days(self) -> int:
        """The number of days, at least 1."""
        return (self.end - self.start).days + 1

    def contains(self, other: Period) -> bool:
        """Whether every day of `other` is a day of this period."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Period) -> bool:
        """Whether the two periods share a day."""
        return self.start <= other.end and other.start <= self.end


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of an article: `article.text[start:end]`, and what kind of paragraph it is."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """One article, clean and whole.

    `text` is what every offset counts in: paragraphs parted by one newline, subheadings and
    captions among them; the headline and the byline are not in it. `blocks` tells the paragraphs'
    kinds, in order; an article without blocks is all body. `source` is the path relative to the
    folder plus the range of lines on that page, such as `2020/page-3.txt:12-48`.
    """

    id: str
    title: str
    byline: str
    outlet: str
    published: Period | None
    text: str
    source: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article: `article.text[start:end] == text`, always."""

    id: str
    article_id: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Change:
    """By how much a figure changed, and against when: "同比增长13.2%" is `13.2`, `%`.

    `value` is negative for a fall. `start:end` is the span that states it in the article's text;
    `base` is the period compared with, where it is known.
    """

    value: Decimal
    unit: str
    base: Period | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Figure:
    """One stated number: whose, of what, of when.

    `value` is the number as written (`120.98` for "120.98亿元"), `unit` what follows it ("亿元").
    `start:end` is the span of value and unit in the article's text.
    """

    subject: str
    measure: str
    period: Period | None
    value: Decimal
    unit: str
    change: Change | None
    passage_id: str
    start: int
    end: int


@runtime_checkable
class Encoder(Protocol):
    """What turns text into vectors."""

    @property
    def name(self) -> str:
        """What the manifest calls it: a hub name, a path, or `bundled`."""
        ...

    @property
    def dim(self) -> int:
        """The number of dimensions of a vector."""
        ...

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """Questions to float32 of shape (n, dim), unit rows."""
        ...

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        """Passages to float32 of shape (n, dim), unit rows."""
        ...
