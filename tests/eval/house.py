"""A small collection, a searcher and an answerer whose behaviour a test can predict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from eval.questions import Question
from index.records import Article, Passage, Period
from qa.records import Answer, Citation, Hit, Message, Scope


def article(
    text: str,
    id_: str = "a1",
    *,
    source: str = "page.txt:1-9",
    title: str = "标题",
    published: Period | None = None,
) -> Article:
    return Article(id_, title, "", "", published, text, source)


def cut(of: Article, *lengths: int) -> list[Passage]:
    """The article's text in pieces of the given lengths, the rest in a last one."""
    passages, start = [], 0
    for number, length in enumerate([*lengths, len(of.text)]):
        end = min(start + length, len(of.text))
        if end > start:
            passages.append(Passage(f"{of.id}-{number}", of.id, of.text[start:end], start, end))
        start = end
    return passages


class Shelf:
    """A collection held in memory."""

    def __init__(self, articles: Mapping[str, tuple[Article, list[Passage]]]) -> None:
        self.held = articles
        self.all = [passage for _, passages in articles.values() for passage in passages]

    @classmethod
    def of(cls, *articles: Article) -> Shelf:
        return cls({item.id: (item, cut(item)) for item in articles})

    def articles(self) -> Iterable[Article]:
        return [item for item, _ in self.held.values()]

    def rows_of(self, article_id: str) -> range:
        own = [place for place, item in enumerate(self.all) if item.article_id == article_id]
        return range(own[0], own[-1] + 1)

    def passages(self, rows: range) -> Sequence[Passage]:
        return [self.all[row] for row in rows]

    def hit(self, place: int, score: float = 1.0) -> Hit:
        passage = self.all[place]
        return Hit(passage, self.held[passage.article_id][0], score)


@dataclass
class Scripted:
    """Finds and answers what it was told to; keeps what it was asked."""

    hits: Mapping[str, Sequence[Hit]] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    searched: list[str] = field(default_factory=list)
    asked: list[tuple[str, list[Message]]] = field(default_factory=list)

    def search(self, query: str, k: int = 5, scope: Scope | None = None) -> Sequence[Hit]:
        self.searched.append(query)
        return list(self.hits.get(query, ()))[:k]

    def ask(
        self, question: str, history: Sequence[Message] = (), scope: Scope | None = None
    ) -> Answer:
        self.asked.append((question, list(history)))
        return self.answers.get(question, Answer(question, "文章没有说。", "", False))


def said(text: str, hit: Hit, quote: str, short: str = "", calculation: str = "") -> Answer:
    """An answer that cites a quotation of a passage."""
    start = hit.article.text.index(quote)
    citation = Citation(1, hit.passage, hit.article, start, start + len(quote))
    return Answer("", text, short, True, [citation], calculation=calculation)


def question(text: str, *accept: str, **more: object) -> Question:
    groups = tuple((string,) for string in accept)
    return Question(id=str(more.pop("id", text)), text=text, accept=groups, **more)  # type: ignore[arg-type]
