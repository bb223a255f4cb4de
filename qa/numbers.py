"""Figures, counts in round words and places in rankings that could be an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from index.figures import stated_figures
from index.lexical import fold
from index.quantities import sentence_quantities
from index.records import Figure
from index.sentences import Sentence
from qa.question import Question
from qa.spans import RANGE_LINK, TO, Candidate, clause_of
from qa.units import PERCENT_UNITS, same_family, unit_fits

_RANKED = re.compile(r"位居|位列|列|居|排名|排")
_CHANGE = re.compile(
    r"增长|上升|提高|增加(?!值)|提升|上涨|下降|减少|降低|回落|下滑|下跌|压缩|缩短|缩减|下挫|攀升|回升|上调|下调"
    r"|上浮|下浮|[增降涨跌升]幅|增速|[涨跌](?=了?$)|[增减降升](?=了?$)"
)
# "从最初的100件", "由原来的11份": what was, when it is asked what is.
_FORMER = re.compile(r"最初|原来|原先|此前|以前|起初|由原|[从由](?!而|事|此)")


def figures(question: Question, text: str, sentence: Sentence) -> Iterator[Candidate]:
    """The stated figures whose unit and kind answer the question, ranges whole."""
    before = sentence.start
    for stated in stated_figures(text, sentence):
        figure = stated.figure
        if question.kind == "rank":
            if not (stated.ordinal or _ranked(text, sentence, figure)):
                continue
        elif (
            stated.ordinal or not unit_fits(question, figure) or not _change_fits(question, figure)
        ):
            continue
        left, right = clause_of(text, sentence, figure.start, figure.end)
        start, end = _whole_range(text, sentence, figure.start, figure.end)
        bound = _BOUND.match(text, end)
        end = bound.end() if bound else end
        if round_ := _ROUND.match(text, max(sentence.start, start - 1), end):
            start, end = round_.span()  # "上百名"
        quality = 1.0
        if _FORMER.search(text, max(left, before), figure.start) and not _FORMER.search(
            question.text
        ):
            quality *= 0.75
        before = figure.end
        if _ABOVE.search(text, left, figure.start):
            quality *= 0.93  # "超8000万元" is a headline where "8425.7万元" is told
        if question.kind == "rate" and figure.unit not in PERCENT_UNITS:
            quality *= 0.7  # a growth is told in percent where it is told so at all
        if question.unit and not figure.unit:
            quality *= 0.6  # a bare number is seldom a count of what has a measure word
        yield Candidate(
            text[start:end],
            start,
            end,
            fold(stated.near),
            fold(text[left:right]),
            figure,
            quality=quality,
            others=tuple(fold(other) for other in stated.others),
        )


_ABOVE = re.compile(r"(?:超过?|逾|突破|近|接近|达?上|约)$")
# "5小时以上": the bound belongs to the figure.
_BOUND = re.compile(r"以上|以下|以内|左右")
_LINK_BEFORE = re.compile(rf"{TO}$")
_LINK_REACH = 4  # characters that a link takes up
_RANGE_START = re.compile(rf"(?<![\d.A-Za-z])(?:\d[\d,.]*|[一二两三四五六七八九十]){TO}$")


def _whole_range(text: str, sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """The span of the range of numbers that a number is an end of, else its own."""
    near = max(sentence.start, start - _LINK_REACH)
    if not (RANGE_LINK.match(text, end) or _LINK_BEFORE.search(text, near, start)):
        return start, end
    quantities = sentence_quantities(text, sentence)
    for one, other in pairwise(quantities):
        linked = RANGE_LINK.fullmatch(text, one.end, other.start)
        alike = not one.unit or one.unit[-1] == other.unit[-1:]
        if linked and alike and (one.start == start or other.start == start):
            return one.start, other.end
    begun = _RANGE_START.search(text, sentence.start, start)
    return (begun.start() if begun else start), end


def places_won(text: str, sentence: Sentence) -> Iterator[Candidate]:
    """Ranks that have names: "获得季军"."""
    for won in _WON.finditer(text, sentence.start, sentence.end):
        left, right = clause_of(text, sentence, *won.span())
        near = fold(text[left:right])
        yield Candidate(won.group(), won.start(), won.end(), near, near)


_WON = re.compile(
    r"冠军|亚军|季军|榜首|首位|并列第[一二三四五六七八九十]|第[一二三四五六七八九十]{1,3}(?=[，。、；]|名|位)"
)


def vague(question: Question, text: str, sentence: Sentence) -> Iterator[Candidate]:
    """Counts told in round words alone: "上百名侨胞", "近万只"."""
    for told in _ROUND.finditer(text, sentence.start, sentence.end):
        unit = told["unit"]
        if question.unit and not same_family(question.unit, unit):
            continue
        known = sentence_quantities(text, sentence)
        if any(told.start() <= q.start < told.end() for q in known):
            continue
        left, right = clause_of(text, sentence, *told.span())
        near = fold(text[told.end() : min(right, told.end() + _NEAR_ROUND)])
        yield Candidate(
            told.group(), told.start(), told.end(), f"{fold(text[left : told.start()])} {near}",
            fold(text[left:right]), quality=0.9,
        )  # fmt: skip


_NEAR_ROUND = 8
_ROUND = re.compile(
    r"(?:(?:近|上|数|超|逾|过|几|好几|成)[百千万亿]{1,2}|十几|几十|数十|好几十?|一两|两三|三四|三五|四五|五六|六七|七八|八九)"
    r"(?P<unit>[余多]?[个名只家人户件台辆元吨亩场次棵株头条位份座栋艘米天年种项])"
)


def _ranked(text: str, sentence: Sentence, figure: Figure) -> bool:
    """Whether a number is a place in a ranking: "位居97名"."""
    before = text[max(sentence.start, figure.start - 16) : figure.start]
    return figure.unit in {"位", "名"} and bool(_RANKED.search(before))


def _change_fits(question: Question, figure: Figure) -> bool:
    """Changes answer questions about changes, levels questions about levels."""
    # "对经济增长的贡献率" is a level that only speaks of a change.
    last = figure.measure.rpartition("的")[2]
    told = bool(_CHANGE.search(last))
    if question.kind == "rate":
        return told
    changed = told and figure.unit in PERCENT_UNITS
    return not changed or any(_CHANGE.search(w) for w in question.words)
