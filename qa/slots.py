"""Whose and of when a candidate is, and whether that agrees with the question."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from datetime import date

from index.lexical import fold
from index.names import find_names
from index.period import TimeSpan, find_periods, parse_period
from index.places import CITIES, PROVINCES
from index.records import Period
from index.sentences import Sentence, is_zone, place_key
from qa.interrogatives import FIGURES
from qa.question import Question
from qa.reading import Context
from qa.spans import Candidate
from qa.terms import LEGAL_FORM

_SINCE = re.compile(r"以来|至今|截至目前|到目前")
_OWN = 5  # characters at the end of a name that are its own, whatever place stands before
_SOON = 31  # days after a period within which its report comes out
_INSTANT = 11  # days: the end of a month is as good as its last day


def place_fit(
    question: Question, context: Context, sentence: Sentence, candidate: Candidate
) -> tuple[str, float, bool]:
    """Whose the candidate is, how well that agrees with the question, and whether it may answer."""
    here = sentence.place_at(candidate.start) or context.main
    if candidate.figure and place_key(candidate.figure.subject)[1]:
        here = candidate.figure.subject  # a number of a list that names its zones
    if not question.places:
        ok = question.kind not in FIGURES or not _elsewhere(question, context, sentence, here)
        return here, 1.0, ok
    asked = question.places[0]
    keys = [place_key(p) for p in question.places]
    role_places = _places_in(candidate.near)
    if question.kind == "who" and any(k[1] for k in role_places):
        ok = any(k in keys for k in role_places)
        return here, 1.0 if ok else 0.3, ok
    key = place_key(here)
    if key in keys:
        return here, 1.0, True
    said = {place_key(n.text) for n in sentence.names if n.kind == "place"}
    said |= _said_before(context, sentence)
    if is_zone(asked):
        if any(k in said for k in keys) and not (
            key[1] and key not in keys and _leads(sentence, here, candidate)
        ):
            return asked, 0.9, True
        if place_key(context.main) in keys and not key[1]:
            return asked, 0.9, True
        return here, 0.5, False
    if not asked.endswith(("省", "市", "县", "州", "盟")) and key[0] == place_key(asked)[0]:
        return (
            here,
            0.9,
            True,
        )  # a bare "清远" may be short for its zone; the answer says whose it is
    # A city or province asked for: the statement must be about it, or name it beside the number;
    # its development zone is another matter.
    clause_places = _places_in(candidate.clause)
    if any(k in clause_places for k in keys):
        return asked, 0.95, True
    if any(k in said for k in keys):
        return asked, 0.85, True
    if not key[1] and any(
        fold(p) in context.text or fold(p) in context.title for p in question.places
    ):
        return here, 0.7, True
    if question.kind not in FIGURES and any(place_key(context.main)[0] == k[0] for k in keys):
        return here, 0.7, True
    return here, 0.5, False


def _said_before(context: Context, sentence: Sentence) -> set[tuple[str, str]]:
    """The places of the sentence before, where this one goes on about it: "此次开工的项目"."""
    if not _GOES_ON.match(context.article.text, sentence.start):
        return set()
    before = [s for s in context.sentences if s.end <= sentence.start][-1:]
    return {place_key(n.text) for s in before for n in s.names if n.kind == "place"}


_GOES_ON = re.compile(r"[“\"]?(?:此次|本次|这次|此番|当天|当日|活动|仪式|会上|会议|其中)")


@functools.lru_cache(maxsize=8192)
def _places_in(text: str) -> frozenset[tuple[str, str]]:
    """The places that a text names, by their keys."""
    return frozenset(place_key(n.text) for n in find_names(text) if n.kind == "place")


def _elsewhere(question: Question, context: Context, sentence: Sentence, here: str) -> bool:
    """Whether a question speaks of a city or province that the sentence's own is not.

    "深圳口岸的进出口" names no place by itself, but what is said of another province is no answer.
    """
    if not here or here[:2] not in _KNOWN or fold(here)[:2] in fold(question.text):
        return False
    asked = [fold(name)[:2] for name in _mentioned(question.text)]
    around = context.text[sentence.start : sentence.end]
    if fold(here)[:2] not in around:  # a collection of reports has more than one place in its title
        around += fold(sentence.heading) + context.title
    return bool(asked) and not any(name in around for name in asked)


@functools.lru_cache(maxsize=256)
def _mentioned(text: str) -> tuple[str, ...]:
    """The cities and provinces of a question."""
    return tuple(n.text for n in find_names(text) if n.kind == "place" and n.text[:2] in _KNOWN)


_KNOWN = frozenset(name[:2] for name in PROVINCES | CITIES)


def body_fits(
    question: Question, context: Context, sentence: Sentence, candidate: Candidate
) -> bool:
    """Whether a figure is of the organisation asked for: one bank's is not another's.

    Only where the sentence itself names another one before the figure, and not the one asked for;
    and a company's figure is not that of its zone.
    """
    if candidate.figure is None:
        return True
    if not _of_person(question, context, sentence, candidate):
        return False
    if not question.bodies:
        company = _core(fold(sentence.company_at(candidate.start)))
        return not (question.places and company) or company[:2] in fold(question.text)
    actor = sentence.actor_at(candidate.start)
    if not actor:
        return True
    before = context.text[sentence.start : candidate.start]
    cores = [_core(fold(body)) for body in question.bodies]
    told = _core(fold(actor))
    return any(
        core in before or told in core or core[:2] == told[:2] or core[-_OWN:] in before
        for core in cores
    )


def _of_person(
    question: Question, context: Context, sentence: Sentence, candidate: Candidate
) -> bool:
    """Whether a number is of the person asked for, where the sentence names a person before it."""
    if not question.people:
        return True
    said = [n.text for n in sentence.names if n.kind == "person" and n.start < candidate.start]
    behind = context.text[candidate.end : sentence.end]
    if not said and _AGE.match(context.text, candidate.end - 1):
        # "今年37岁的某公司副经理刘琴": the person stands behind the age.
        said = [n.text for n in sentence.names if n.kind == "person" and n.start >= candidate.end][
            :1
        ]
    return not said or any(p in said or fold(p) in behind for p in question.people)


_AGE = re.compile(r"岁的")


def _core(body: str) -> str:
    return LEGAL_FORM.sub("", body)


def _leads(sentence: Sentence, place: str, candidate: Candidate) -> bool:
    return any(n.text == place and n.start < candidate.start for n in sentence.topics)


def period_fit(
    question: Question, context: Context, sentence: Sentence, candidate: Candidate
) -> tuple[Period | None, float, bool]:
    """Of when the candidate is, how well that agrees with the question, whether it may answer."""
    here = candidate.figure.period if candidate.figure else sentence.period_at(candidate.start)
    asked = list(question.periods)
    anchor = context.article.published
    for words in question.relative:
        asked += [t.period for t in find_periods(words, anchor) if t.period is not None]
    if not asked:
        return here, 1.0, True
    if question.kind == "when":
        own = [t.period for t in sentence.times if t.start <= candidate.start < t.end and t.period]
        here = own[0] if own else here
        if any(t.period in asked and t.start > candidate.start for t in sentence.times):
            return here, 0.8, True  # "7月26日公告，2022年亏损…": the day that the year is told
        return here, *_agree(here, asked, lenient=True)
    said = sentence.time_at(candidate.start) if here is None else None
    if said is not None:
        return here, 0.6, _of_an_unsaid_year(context, said, asked)
    if here is None:  # nothing says when: what the article says of itself decides
        around = [*([anchor] if anchor else []), *context.years]
        agreed = [_agree(p, asked, lenient=True) for p in around] or [(0.85, True)]
        worth, ok = max(agreed, key=lambda a: (a[1], a[0]))
        return here, 0.9 * worth, ok
    if _SINCE.search(question.text) and any(here.start == p.start for p in asked):
        return here, 1.0, True  # "2023年以来" ends when the article was written
    worth, ok = _agree(here, asked, lenient=question.kind not in FIGURES)
    if ok:
        return here, worth, True
    beside = [t.period for t in sentence.times if t.period is not None]
    if any(p in beside for p in asked) and candidate.figure is None:
        return asked[0], 0.8, True
    if any(t.period in asked for t in _behind(context, sentence, candidate)):
        return asked[0], 0.8, True  # "4人荣获2022年度先进个人"
    # Who did it and where is often told without a time: that of the sentence before is of another
    # thing, where the article speaks of the time asked for elsewhere.
    if question.kind not in FIGURES and not sentence.times:
        told = [t.period for s in context.sentences for t in s.times if t.period]
        if any(_agree(p, asked, lenient=True)[1] for p in [*told, *([anchor] if anchor else [])]):
            return None, 0.7, True
    return here, worth, ok


def _behind(context: Context, sentence: Sentence, candidate: Candidate) -> list[TimeSpan]:
    """The years that stand behind a number in its own clause, before any other number."""
    text = context.article.text
    return [
        time
        for time in sentence.times
        if time.kind == "year"
        and time.start not in sentence.compared
        and _TO_ITS_YEAR.fullmatch(text, candidate.end, time.start)
    ]


_TO_ITS_YEAR = re.compile(r"[^，。；：,;:、\d比较]{0,10}")


def _of_an_unsaid_year(context: Context, said: TimeSpan, asked: Sequence[Period]) -> bool:
    """Whether an expression that nothing dates may be of a period asked for: "1至6月" of 2023.

    It must be the very part of the year, and the article must not speak of other years alone. The
    answer then says that the article leaves the year open.
    """
    words = context.article.text[said.start : said.end]
    named = {t.period.start.year for s in context.sentences for t in s.times if t.period}
    for period in asked:
        year = period.end.year
        if named and year not in named:
            continue
        day = date(year, 12, 31)
        as_if = parse_period(words, Period(day, day))
        if as_if is not None and _agree(as_if, [period], lenient=False)[1]:
            return True
    return False


def _agree(here: Period | None, asked: Sequence[Period], *, lenient: bool) -> tuple[float, bool]:
    """How well a statement's period agrees with those asked for.

    A day within the year asked for agrees; a half or a quarter of it does not, for a figure.
    """
    if here is None:
        return 0.85, True
    if any(here == p for p in asked):
        return 1.0, True
    if any(here.end == p.end and min(here.days, p.days) <= _INSTANT for p in asked):
        return 0.97, True  # "截至6月30日" and "6月底" are one moment
    if any(p.contains(here) for p in asked):
        if here.days <= 31 or lenient or here.inferred:
            return (0.95 if lenient else 0.85), True
        return 0.6, False
    if any(here.contains(p) for p in asked):
        return (0.7, True) if lenient else (0.6, False)
    # "截至目前" in what is reported of half a year, and came out soon after it.
    if here.inferred and any(0 < (here.start - p.end).days <= _SOON for p in asked):
        return 0.8, True
    if any(here.overlaps(p) for p in asked):
        return 0.6, lenient
    return 0.5, False
