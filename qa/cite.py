"""Citations: the sentences that an answer rests on, numbered as they are used."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from index import Article, Passage
from index.period import label
from index.quantities import numbers_in
from index.sentences import Sentence
from qa.extract import Evidence
from qa.reading import reading
from qa.records import Citation

QUOTE_LIMIT = 160  # characters of evidence shown; the citation always holds the whole sentence
_DAY_SPAN = 27  # a span of fewer days is an event's date, not a figure's period


@dataclass(slots=True)
class Citer:
    """Collects the citations of one answer; the same sentence keeps its number."""

    passages: dict[str, Sequence[Passage]]
    citations: list[Citation] = field(default_factory=list)

    def cite(self, article: Article, sentence: Sentence) -> int:
        """The number of a sentence's citation, a new one where it has none yet."""
        for citation in self.citations:
            if citation.article.id == article.id and citation.start == sentence.start:
                return citation.n
        n = len(self.citations) + 1
        passage = passage_at(self.passages.get(article.id, ()), article, sentence)
        self.citations.append(Citation(n, passage, article, sentence.start, sentence.end))
        return n


def passage_at(passages: Sequence[Passage], article: Article, sentence: Sentence) -> Passage:
    """The passage that holds most of a sentence; where none is known, the sentence itself."""
    if passages:
        return max(passages, key=lambda p: min(p.end, sentence.end) - max(p.start, sentence.start))
    return sentence_passage(article, sentence)


def sentence_passage(article: Article, sentence: Sentence) -> Passage:
    """A sentence as a passage of its own, where no passage of the index is at hand."""
    text = article.text[sentence.start : sentence.end]
    return Passage(f"{article.id}@{sentence.start}", article.id, text, sentence.start, sentence.end)


def frame_mark(best: Evidence, citer: Citer) -> str:
    """A mark for the sentence that says of when the evidence is, where its own does not."""
    sentence = stated_period(best, "zh")[1] if best.figure else None
    return "" if sentence is None else f" [{citer.cite(best.article, sentence)}]"


def stated_period(best: Evidence, language: str) -> tuple[str, Sentence | None]:
    """The evidence's period in words, and the sentence before it that states the year, if needed.

    Both are empty where the article never says the year: then the answer does not, either, unless
    the article is dated in that year.
    """
    period = best.period
    if period is None or period.days <= _DAY_SPAN:
        return "", None
    words, year = label(period, language), str(period.start.year)
    if not numbers_in(words) - {year} <= numbers_in(best.quote):
        return "", None
    if year in best.quote or year in best.article.title:
        return words, None
    sentences, _ = reading(best.article)
    for sentence in reversed([s for s in sentences if s.start < best.sentence.start]):
        says_so = any(t.period == period for t in sentence.times)
        if says_so and year in best.article.text[sentence.start : sentence.end]:
            return words, sentence
    published = best.article.published
    return (words, None) if published and published.start.year == period.start.year else ("", None)


def trimmed(evidence: Evidence) -> str:
    """The evidence sentence, cut at clauses around the answer where it is long."""
    text, sentence = evidence.article.text, evidence.sentence
    quote = text[sentence.start : sentence.end].replace("\n", "")
    if len(quote) <= QUOTE_LIMIT:
        return quote
    cuts = [
        sentence.start,
        *(
            m.end()
            for m in re.finditer(r"[，；,;]", text[: sentence.end])
            if m.end() > sentence.start
        ),
        sentence.end,
    ]
    left, right = sentence.start, sentence.end
    start, end = min(evidence.start, sentence.end), min(evidence.end, sentence.end)
    if end - start > QUOTE_LIMIT:
        return quote
    while right - left > QUOTE_LIMIT:
        inner = [c for c in cuts if left < c < right]
        early = [c for c in inner if c <= start]
        late = [c for c in inner if c >= end]
        # The beginning says whose and when; so the end goes first.
        if late:
            right = late[-1]
        elif early:
            left = early[0]
        else:
            break
    shown = text[left:right].replace("\n", "")
    return ("…" if left > sentence.start else "") + shown + ("…" if right < sentence.end else "")
