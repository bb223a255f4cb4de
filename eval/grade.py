"""An answer against its gold: correct, incorrect or refused; and whether it holds what it cites.

The three grades of Simple-QA: to refuse is not to lie. All comparison is on normal copies
(`eval.quantities.normal`) and by numbers and dates, never by a bare substring of digits: `13.2%`
is not in `113.2%`, `1.2亿元` is `12000万元`, `2022年8月` is `2022-08`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from eval.arithmetic import is_sound, terms_of
from eval.quantities import Day, Quantity, compact, dates, normal, quantities
from eval.questions import Question
from qa.records import Answer, Citation

Verdict = Literal["correct", "incorrect", "refused"]

_ABOUT = re.compile(r"^(?:大?约|将?近|超过?|逾|达到?|共计?|累计)")
_LINE_SUFFIX = re.compile(r":\d+(?:-\d+)?$")


# Strings within a text


def _apart(text: str, start: int, end: int) -> bool:
    """Whether neither a number nor a Latin word runs on beyond `text[start:end]`."""
    first, last = text[start], text[end - 1]
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if first.isdigit() and re.search(r"\d$|\d\.$", before):
        return False
    if last.isdigit() and re.match(r"\d|\.\d", after):
        return False
    if re.match(r"[a-z]", first) and re.search(r"[a-z]$", before):
        return False
    return not (re.match(r"[a-z]", last) and re.match(r"[a-z]", after))


def _as_quantity(gold: str) -> Quantity | None:
    """The gold string as one number with its unit, if it is nothing else."""
    bare = _ABOUT.sub("", gold)
    found = quantities(bare, spelled=True)
    whole = [item for item in found if (item.start, item.end) == (0, len(bare))]
    return whole[0] if whole else None


def _as_date(gold: str) -> Day | None:
    """The gold string as one date, if it is nothing else."""
    found = dates(gold)
    return found[0] if len(found) == 1 and found[0].end - found[0].start == len(gold) else None


def occurrences(gold: str, text: str) -> Iterator[tuple[int, int]]:
    """Where an accepted string stands in a normal text, as string, as number or as date."""
    gold = normal(gold)
    quantity = _as_quantity(gold)
    day = _as_date(gold)
    if quantity is not None:
        for item in quantities(text, spelled=True):
            same = item.unit == quantity.unit and item.value == quantity.value
            bare = not quantity.unit and quantity.value in (item.number, item.value)
            if same or bare:
                yield item.start, item.end
        if quantity.unit:
            return
    if day is not None:
        for other in dates(text):
            if other.says(day):
                yield other.start, other.end
    if quantity is not None:
        return
    start = text.find(gold)
    while start >= 0:
        if _apart(text, start, start + len(gold)):
            yield start, start + len(gold)
        start = text.find(gold, start + 1)


# The right number beside a wrong year

_RELATIVE = re.compile(
    r"去年|前年|明年|上年|次年|同期|前一年|后一年|上一年|last year|previous|next year"
)


def years_asked(question: Question) -> set[int]:
    """The years that the question, or else the dialogue before it, names; none if it counts on.

    "那去年呢" asks for a year that stands nowhere: then nothing can be held against an answer.
    """
    for text in (question.text, *reversed(question.history)):
        if _RELATIVE.search(text.lower()):
            return set()
        years = {day.year for day in dates(normal(text)) if day.year is not None}
        if years:
            return years
    return set()


def _wrong_year(text: str, start: int, end: int, years: set[int]) -> bool:
    """Whether the statement around `text[start:end]` is of a year that was not asked for.

    The year next before the figure in its clause decides, unless it is what the figure is compared
    with ("比2019年增长…"); without one, the figure is wrong if its sentence names only others.
    """
    left = max(text.rfind(stop, 0, start) for stop in "。!?;；！？\n") + 1
    rights = [place for stop in "。!?;；！？\n" if (place := text.find(stop, end)) >= 0]
    sentence = text[left : min(rights, default=len(text))]
    named = [day for day in dates(sentence) if day.year is not None]
    clause = max(text.rfind(stop, left, start) for stop in ",，") + 1 - left
    for day in reversed(named):
        if clause <= day.start < end - left:
            if day.year in years:
                return False
            if not _is_base(sentence, day):
                return True
    others = {day.year for day in named if not _is_base(sentence, day)}
    return bool(others) and not years & {day.year for day in named}


def _is_base(sentence: str, day: Day) -> bool:
    """Whether the date is what something is compared with: `比2019年`, `与2019年相比`."""
    before = sentence[: day.start]
    if re.search(r"(?:比|较|than|from|since)\s?$", before):
        return True
    after = sentence[day.end : day.end + 12]
    return bool(re.search(r"[与和同跟]$", before) and re.match(r"[^,，;；]*?相?比", after))


def _right_in(text: str, gold: str, years: set[int]) -> tuple[bool, bool]:
    """(whether the gold stands in the text rightly, whether it stands there of a wrong year)."""
    if years and any(day.year is not None for day in dates(normal(gold))):
        years = set()
    wrong = False
    for start, end in occurrences(gold, text):
        if years and _wrong_year(text, start, end, years):
            wrong = True
        else:
            return True, wrong
    return False, wrong


def is_right(question: Question, text: str, short: str = "") -> bool:
    """Whether every accept group has one of its strings in the answer.

    `short` counts too, unless the text shows that its figure is of another year.
    """
    years = years_asked(question)
    body, bare = normal(text), normal(short)
    for group in question.accept:
        found = misplaced = False
        for gold in group:
            right, wrong = _right_in(body, gold, years)
            found, misplaced = found or right, misplaced or wrong
        if not found and not misplaced:
            found = any(_right_in(bare, gold, years)[0] for gold in group)
        if not found:
            return False
    return bool(question.accept)


def grade(question: Question, answer: Answer) -> Verdict:
    """The verdict; a refusal of what the articles do not say is correct."""
    if not answer.answered:
        return "refused" if question.answerable else "correct"
    if not question.answerable:
        return "incorrect"
    return "correct" if is_right(question, answer.text, answer.short) else "incorrect"


# Every figure held to what is cited


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
    bad = [item.written for item in numbers if not _holds([*pool, *results], item)]
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
    if any(_right_in(quote, gold, years)[0] for gold in golds):
        return True
    if not answer.calculation or not is_right(question, answer.text, answer.short):
        return False
    terms = [term for line in answer.calculation.splitlines() for term in terms_of(line)[0]]
    return any(_holds(quantities(quote, spelled=True), term) for term in terms)
