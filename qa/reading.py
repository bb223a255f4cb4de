"""An article as it is read for a question: its sentences, and what it is about."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from index.records import Article, Period
from index.sentences import Sentence, main_place, read_sentences

_FEW_YEARS = 2  # an article that names more of them is about none in particular


@functools.lru_cache(maxsize=512)
def reading(article: Article) -> tuple[tuple[Sentence, ...], str]:
    """An article's sentences and the place that it is about, read once."""
    return tuple(read_sentences(article)), main_place(article)


@dataclass(frozen=True, slots=True)
class Context:
    """An article beside its parts and its folded copies, as every judgement of it needs them."""

    article: Article
    sentences: tuple[Sentence, ...]
    main: str
    title: str
    text: str

    @property
    def years(self) -> list[Period]:
        """The years that the article names, for what it leaves undated."""
        named = {t.period.start.year for s in self.sentences for t in s.times if t.period}
        return [Period.year(year) for year in sorted(named)] if len(named) <= _FEW_YEARS else []
