"""Holds an answer to its citations: what they do not state does not leave the house."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.period import find_periods
from index.quantities import numbers_in
from qa.records import MARK, Answer, Citation

_QUOTED = re.compile(r"《[^》]+》")


def problems(answer: Answer) -> list[str]:
    """Everything in the answer that its citations do not hold, in words; empty when all is well.

    Line by line: every mark must resolve, every number must stand in a sentence cited on that line,
    in the question, or be the result of the calculation shown; every title likewise. Numbers are
    compared whole, so 13.2 is not found in 113.2.
    """
    found = [f"citation {c.n} is number {i}" for i, c in enumerate(answer.citations, 1) if c.n != i]
    found += [f"citation {c.n} quotes nothing" for c in answer.citations if not c.quote.strip()]
    asked = numbers_in(answer.question)
    computed = numbers_in(answer.calculation)
    for line in answer.text.splitlines():
        marks = [int(m) for m in MARK.findall(line)]
        missing = [m for m in marks if not 1 <= m <= len(answer.citations)]
        found += [f"mark [{m}] has no citation" for m in missing]
        cited = [answer.citations[m - 1] for m in marks if m not in missing]
        allowed = asked | computed
        if not marks:  # what was looked for, or is not told: "6月末" may be said as its days
            allowed |= _days_asked(answer.question)
        found += _unsupported(MARK.sub(" ", line), cited, allowed, answer.question)
    if answer.calculation:
        stated = (
            set().union(*(numbers_in(c.quote) for c in answer.citations))
            if answer.citations
            else set()
        )
        terms = numbers_in(answer.calculation.partition("=")[0].partition("≈")[0])
        unknown = {t for t in terms if t not in stated | asked and not _converted(t, stated)}
        found += [f"the calculation uses {t}, which no citation states" for t in sorted(unknown)]
    if answer.answered and not answer.citations:
        found.append("an answer without a citation")
    return found


def _days_asked(question: str) -> set[str]:
    """The years, months and days in which the times that a question names begin and end."""
    days = [
        day for time in find_periods(question) if time.period
        for day in (time.period.start, time.period.end)
    ]  # fmt: skip
    return {str(n) for day in days for n in (day.year, day.month, day.day)}


def _unsupported(line: str, cited: Sequence[Citation], allowed: set[str], asked: str) -> list[str]:
    stated: set[str] = set()
    for citation in cited:
        stated |= numbers_in(citation.quote)
        stated |= numbers_in(citation.article.title)
        published = citation.article.published
        if published is not None:  # "今年" in a dated article is the year of its date
            stated |= {str(published.start.year), str(published.end.year)}
    found = [
        f"{n} is not in what is cited for it" for n in sorted(numbers_in(line) - stated - allowed)
    ]
    for title in _QUOTED.findall(line):
        if title not in asked and not any(
            title in c.quote or title in c.article.title for c in cited
        ):
            found.append(f"{title} is not in what is cited for it")
    return found


def _converted(term: str, stated: set[str]) -> bool:
    """Whether a term is a stated number with its decimal point moved: 11834万 as 1.1834亿."""
    digits = term.replace(".", "").strip("0")
    return any(digits == s.replace(".", "").strip("0") for s in stated)
