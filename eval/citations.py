"""What an answer cites, held to what it says and to where the gold stands.

The inspector's own check: it shares no code with the one that the answers have passed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from eval.arithmetic import is_sound, terms_of
from eval.grade import is_right, right_in, years_asked
from eval.quantities import Day, Quantity, compact, dates, normal, quantities
from eval.questions import Question
from qa.records import Answer, Citation

_LINE_SUFFIX = re.compile(r":\d+(?:-\d+)?$")


@dataclass(frozen=True, slots=True)
class FigureCheck:
    """How many numbers and dates an answer states, and those that nothing cited says."""

    stated: int
    unsupported: tuple[str, ...]


def _pool_quantities(texts: Iterable[str]) -> list[Quantity]:
    return [item for text in texts for item in quantities(normal(text), spelled=True)]


def _holds(pool: Sequence[Quantity], item: Quantity) -> bool:
    """Whether the pool has this number, with this unit where both have one."""
    for other in pool:
        if item.unit == other.unit and item.value == other.value:
            return True
        if not (item.unit and other.unit) and item.number == other.number:
            return True
    return False


def _date_held(day: Day, pool: Sequence[Day], published: Sequence[Day]) -> bool:
    """Whether every field of the date is said, or follows from a publication date.

    A year may be one less than the publication's: "去年" is resolved so.
    """
    if not day.fields or any(other.says(day) for other in pool):
        return True
    known = {field for other in (*pool, *published) for field in other.fields}
    known |= {("year", other.year - 1) for other in published if other.year is not None}
    return set(day.fields) <= known


def _published(citations: Sequence[Citation]) -> list[Day]:
    spans = [cited.article.published for cited in citations if cited.article.published is not None]
    ends = [end for span in spans for end in (span.start, span.end)]
    return [Day(0, 0, end.year, end.month, end.day) for end in ends]


def check_figures(question: Question, answer: Answer) -> FigureCheck:
    """Whether each number and date of the answer stands in a cited sentence or is computed of such.

    What the question says may be repeated. A calculation counts where its terms are cited and its
    result is right. Nothing is asked of a refusal.
    """
    if not answer.answered:
        return FigureCheck(0, ())
    asked = [question.text, *question.history]
    said = [cited.quote for cited in answer.citations]
    titles = [cited.article.title for cited in answer.citations]
    pool = _pool_quantities([*said, *titles, *asked])
    results: list[Quantity] = []
    for line in answer.calculation.splitlines():
        terms, stated_result = terms_of(line)
        if is_sound(line) and all(_holds([*pool, *results], term) for term in terms):
            results += stated_result
    days = [day for text in (*said, *titles, *asked) for day in dates(normal(text))]
    published = _published(answer.citations)
    numbers = [*quantities(normal(answer.text)), *quantities(normal(answer.short))]
    years = {Decimal(day.year) for day in days if day.year is not None}
    bad = [
        item.written
        for item in numbers
        # "高新区2019工业增加值": a year may stand without 年
        if not _holds([*pool, *results], item) and (item.unit or item.value not in years)
    ]
    stated = [*dates(normal(answer.text)), *dates(normal(answer.short))]
    bad += [_written(day) for day in stated if not _date_held(day, days, published)]
    return FigureCheck(len(numbers) + len(stated), tuple(dict.fromkeys(bad)))


def _written(day: Day) -> str:
    marks = {"year": "年", "month": "月", "day": "日"}
    return "".join(f"{value}{marks[name]}" for name, value in day.fields)


# Evidence and citations


def same_source(gold: str, article_id: str, source: str) -> bool:
    """Whether a question's `source` names this article: its id, its page, or page and lines."""
    return gold in (article_id, source, _LINE_SUFFIX.sub("", source))


def _of_source(question: Question, citation: Citation) -> bool:
    article = citation.article
    return not question.sources or any(
        same_source(gold, article.id, article.source) for gold in question.sources
    )


def evidence_cited(question: Question, answer: Answer) -> list[tuple[bool, bool]]:
    """For each gold span: (is it in a cited sentence, is it at least in a cited passage).

    A sentence that lies within a longer gold span counts as well. The citation must be of a gold
    source, where the question names any.
    """
    cited = [citation for citation in answer.citations if _of_source(question, citation)]
    quotes = [compact(citation.quote) for citation in cited]
    passages = [compact(citation.passage.text) for citation in cited]
    found = []
    for span in map(compact, question.evidence):
        sentence = any(span in quote or (len(quote) > 3 and quote in span) for quote in quotes)
        found.append((sentence, sentence or any(span in passage for passage in passages)))
    return found


def marked(answer: Answer) -> list[Citation]:
    """The citations whose mark stands in the text: others only feed what is shown beside it."""
    marks = {int(number) for number in re.findall(r"\[(\d{1,2})\]", answer.text)}
    return [cited for cited in answer.citations if cited.n in marks] or list(answer.citations)


def citation_supports(question: Question, answer: Answer, citation: Citation) -> bool:
    """Whether the cited sentence says something of the gold answer.

    It holds a gold span, or an accepted string of some group, or a term of a calculation whose
    result is the accepted one. Nothing supports an answer to what the articles do not say.
    """
    if not question.answerable:
        return False
    quote = normal(citation.quote)
    bare = compact(citation.quote)
    if _of_source(question, citation) and any(compact(span) in bare for span in question.evidence):
        return True
    years = years_asked(question)
    golds = [gold for group in question.accept for gold in group]
    if any(right_in(quote, gold, years)[0] for gold in golds):
        return True
    if not answer.calculation or not is_right(question, answer.text, answer.short):
        return False
    terms = [term for line in answer.calculation.splitlines() for term in terms_of(line)[0]]
    return any(_holds(quantities(quote, spelled=True), term) for term in terms)
