"""Sentence -> figures: who, what, when, value, unit, change."""

from __future__ import annotations

import calendar
import functools
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from index.quantities import COUNTED, Quantity, sentence_quantities
from index.records import Article, Change, Figure, Passage, Period
from index.sentences import Sentence, read_sentences
from index.shared_out import (
    LISTED,
    MEASURES,
    distributed,
    other_items,
    over_times,
    place_in,
    shared_measure,
)
from index.stated import (
    CHANGE,
    COMPARED,
    RATE_UNITS,
    Stated,
    head_start,
    phrase_around,
    trim_measure,
    within_match,
)

# "实现3.6%的增长", "12.5%的跌幅": a change that is named behind its number.
_CHANGED_BEHIND = re.compile(
    r"(?:左右|以上)?(?:的[\u4e00-\u9fff]{0,4}?)?"
    r"(?P<verb>增长|增幅|增速|涨幅|升幅|跌幅|降幅|(?<=的)(?:上升|上涨|提升|下降|下跌|下滑|减少|回落))"
    r"(?![率额值量点极])"
)
_REACHED = re.compile(r"[，,]\s*(?:已)?(?:达到?|至|升至|增至|降至|为)$")
_FALL = re.compile(r"下降|减少|降低|回落|下滑|下跌|下挫|下调|下浮|压缩|缩短|缩减|[降跌]|减$")


def figures_in(article: Article, passages: Sequence[Passage]) -> list[Figure]:
    """Every figure that the article states, in order, each within one of its passages."""
    ordered = sorted(passages, key=lambda p: p.start)
    starts = [p.start for p in ordered]
    found: list[Figure] = []
    for sentence in read_sentences(article):
        for figure in figures_of_sentence(article.text, sentence):
            row = bisect_right(starts, figure.start) - 1
            if row < 0:
                continue
            found.append(replace(figure, passage_id=ordered[row].id))
    return found


def figures_of_sentence(text: str, sentence: Sentence) -> list[Figure]:
    """The figures of one sentence; offsets count in the article's text, `passage_id` is empty."""
    return [stated.figure for stated in stated_figures(text, sentence)]


@functools.lru_cache(maxsize=8192)
def stated_figures(text: str, sentence: Sentence) -> tuple[Stated, ...]:
    """The figures of one sentence with the phrases that say what they measure, in order."""
    stated: list[Stated] = []
    quantities = sentence_quantities(text, sentence)
    shared = distributed(text, sentence, quantities)
    years = over_times(text, sentence, quantities)
    for index, quantity in enumerate(quantities):
        before = quantities[index - 1].end if index else sentence.start
        head, tail = phrase_around(text, sentence, quantity, before)
        risen = _risen_from(text, sentence, quantities, index)
        compared = _compared_with(text, sentence, quantity)
        period = (
            years.get(index)
            or compared
            or sentence.period_at(quantity.start if risen is None else risen)
        )
        subject = sentence.company_at(quantity.start) or sentence.place_at(quantity.start)
        change = CHANGE.search(text, before, quantity.start)
        owner = _owner(text, before, change.start()) if change else ""
        behind = (
            _CHANGED_BEHIND.match(text, quantity.end, sentence.end)
            if quantity.unit in RATE_UNITS and not change
            else None
        )
        if index in shared:
            near = measure = shared_measure(shared[index], stated, text, quantities, index)
            subject = place_in(measure) or subject
        elif (
            index in years and index - 1 in years and LISTED.fullmatch(text, before, quantity.start)
        ):
            near = measure = stated[-1].figure.measure
        elif (risen is not None or compared) and (earlier := _of_the_same(stated, quantity)):
            measure = earlier
            near = f"{measure} {head} {tail}"
        elif change and (quantity.unit in RATE_UNITS or (stated and not owner)):
            if not owner and stated:
                last = stated[-1].figure
                owner, period = CHANGE.sub("", last.measure), last.period
                base = next((t.period for t in sentence.times if within_match(t, change)), None)
                stated[-1] = replace(
                    stated[-1], figure=_with_change(last, quantity, change, period, base)
                )
            measure = owner + change.group(0)
            near = f"{measure} {head} {tail}"
        elif behind:
            measure = head + behind["verb"]
            near = f"{measure} {tail}"
        else:
            becomes = _BECAME.match(text, quantity.end, sentence.end)  # "由100项减至60项"
            counted = (
                tail and not (head and becomes) and (quantity.unit[-1:] in COUNTED or not head)
            )
            measure = tail if counted else head
            if not measure and stated and _REACHED.search(text, before, quantity.start):
                measure = CHANGE.sub("", stated[-1].figure.measure)  # "增长45%，达12亿元"
            near = f"{measure} {head} {tail}"
        figure = Figure(
            subject=subject,
            measure=measure,
            period=period,
            value=quantity.value,
            unit=quantity.unit,
            change=None,
            passage_id="",
            start=quantity.start,
            end=quantity.end,
        )
        others = other_items(shared, index)
        stated.append(Stated(figure, near, quantity.ordinal, others))
    return tuple(stated)


def _risen_from(
    text: str, sentence: Sentence, quantities: Sequence[Quantity], index: int
) -> int | None:
    """Where "从" or "由" stands if a number is what another one became: "从17.2%提高到18%".

    It is of when what stands before that says, unless a time stands between the two.
    """
    if not index:
        return None
    first, now = quantities[index - 1], quantities[index]
    if not _BECAME.fullmatch(text, first.end, now.start):
        return None
    at = first.start
    for time in sentence.times:
        if first.end <= time.start < now.start:
            return None
        if time.end <= at and _OF_THEN.fullmatch(text, time.end, at):
            at = time.start
    from_ = _FROM.search(text, sentence.start, at)
    return from_.start() if from_ else None


_BECAME = re.compile(r"[^，。；,;、\d]{0,6}(?:到了?|至|为|成)(?:约|近|现在的|目前的|如今的)?")
_FROM = re.compile(r"(?:从|(?<![理自])由)(?:原来|原先|最初|此前|过去)?的?(?:约|近|不足|不到)?$")
_OF_THEN = re.compile(r"(?:同期|年?[初底末])?的?(?:约|近|不足|不到)?")


def _compared_with(text: str, sentence: Sentence, quantity: Quantity) -> Period | None:
    """The time that a number is of if it is what is compared with: "比去年同期的4.5万辆增长"."""
    for time in sentence.times:
        if time.start in sentence.compared and _OF_THEN.fullmatch(text, time.end, quantity.start):
            return time.period
    return None


def year_before(period: Period) -> Period:
    """The same days one year earlier: what "同比" compares with."""
    return Period(_year_earlier(period.start), _year_earlier(period.end))


def _year_earlier(day: date) -> date:
    last = calendar.monthrange(day.year - 1, day.month)[1]
    at_end = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(day.year - 1, day.month, last if at_end else min(day.day, last))


def _owner(text: str, before: int, end: int) -> str:
    """What a change is said of in its own clause; "" where it is of the figure before it."""
    phrase = text[head_start(text, before, end) : end]
    return trim_measure(COMPARED.sub("", phrase))


def _of_the_same(stated: Sequence[Stated], quantity: Quantity) -> str:
    """The measure shared with a number before: "总产值1086亿元，较上年的958亿元增长"."""
    alike = [s.figure.measure for s in stated if s.figure.unit[-1:] == quantity.unit[-1:]]
    measures = [m for m in alike if MEASURES.search(m)] or alike
    return measures[-1] if measures else ""


def _with_change(
    figure: Figure,
    quantity: Quantity,
    match: re.Match[str],
    period: Period | None,
    stated: Period | None,
) -> Figure:
    """The figure with its change; `stated` is the time compared with where the text names it."""
    value = -quantity.value if _FALL.search(match.group("verb")) else quantity.value
    against = match.group("base") or ""
    base = None if period is None or against.startswith("环比") else year_before(period)
    base = stated or base
    change = Change(value, quantity.unit, base, quantity.start, quantity.end)
    return replace(figure, change=change)
