"""Where the answers stand: the passages of an index that hold the gold spans of a question file.

A gold page that the index does not have is an error; a gold span that its article does not have
gets no passage, so that the question counts as not found and stays in the denominator.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from eval.citations import same_source
from eval.quantities import compact
from eval.questions import Question
from index.records import Article, Passage


class Collection(Protocol):
    """What holds the articles; `index.Index` does."""

    def articles(self) -> Iterable[Article]:
        """All articles."""
        ...

    def rows_of(self, article_id: str) -> range:
        """The rows of an article's passages, in the text's order."""
        ...

    def passages(self, rows: range) -> Sequence[Passage]:
        """The passages of rows."""
        ...


class GoldError(ValueError):
    """A question file and an index that do not belong together."""


@dataclass(frozen=True, slots=True)
class Gold:
    """Where the answer stands: for each gold span, the ids of the passages that hold it."""

    spans: tuple[frozenset[str], ...] = ()

    @property
    def passages(self) -> frozenset[str]:
        """Every passage that holds a gold span."""
        return frozenset().union(*self.spans)


class GoldFinder:
    """Finds the gold of questions in a collection; keeps what it has read."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._articles = list(collection.articles())
        self._compact: dict[str, str] = {}
        self._passages: dict[str, list[tuple[Passage, str]]] = {}

    def missing(self, questions: Iterable[Question]) -> list[tuple[Question, str]]:
        """The questions with a source that is not in the collection, with that source."""
        known = {article.id for article in self._articles}
        known |= {article.source for article in self._articles}
        return [
            (question, source)
            for question in questions
            if question.located
            for source in question.sources
            if source not in known
            and not any(same_source(source, item.id, item.source) for item in self._articles)
        ]

    def _text(self, article: Article) -> str:
        if article.id not in self._compact:
            self._compact[article.id] = compact(article.text)
        return self._compact[article.id]

    def _of(self, article: Article) -> list[tuple[Passage, str]]:
        if article.id not in self._passages:
            rows = self._collection.rows_of(article.id)
            self._passages[article.id] = [
                (passage, compact(passage.text)) for passage in self._collection.passages(rows)
            ]
        return self._passages[article.id]

    def find(self, question: Question) -> Gold:
        """The gold of a question; a span that no gold article has gets no passage.

        Without `evidence`, every passage of the gold articles holds the answer.
        """
        articles = [
            article
            for article in self._articles
            if not question.sources
            or any(same_source(gold, article.id, article.source) for gold in question.sources)
        ]
        if not question.evidence:
            everything = (passage.id for item in articles for passage, _ in self._of(item))
            return Gold((frozenset(everything),))
        return Gold(
            tuple(
                frozenset().union(*(self._holding(compact(span), item) for item in articles))
                for span in question.evidence
            )
        )

    def _holding(self, span: str, article: Article) -> frozenset[str]:
        """The passages of an article that hold a compact span, or that it is split between."""
        passages = self._of(article)
        if span in compact(article.title):
            return frozenset(passage.id for passage, _ in passages)
        if span not in self._text(article):
            return frozenset()
        whole = frozenset(passage.id for passage, text in passages if span in text)
        if whole:
            return whole
        return frozenset(
            passage.id
            for (first, _), (second, _) in itertools.pairwise(passages)
            if span in compact(article.text[first.start : second.end])
            for passage in (first, second)
        )


def check_gold(finder: GoldFinder, questions: Sequence[Question]) -> None:
    """Raises GoldError naming the questions whose source the collection does not have."""
    missing = finder.missing(questions)
    if missing:
        shown = "; ".join(f"{question.id}: {source}" for question, source in missing[:5])
        more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
        raise GoldError(
            f"{len(missing)} gold sources are not in the index ({shown}{more}): give the articles "
            "that the questions were written for, or correct `source`"
        )
