"""How well a candidate is what is asked for: its measure, its event, its office, its list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.lexical import fold
from index.quantities import whole_number
from qa.enumerations import list_items
from qa.levels import LEAD, SENTENCE
from qa.measure import (
    FILLERS,
    NEARLY,
    STOCK,
    TOTAL,
    came,
    head_terms,
    named_alone,
    of_other,
    shares,
)
from qa.question import Question, content_words
from qa.spans import Candidate
from qa.terms import Level, Term, found
from qa.units import is_particular

_COUNT = re.compile(
    r"([两二三四五六七八九十]|\d+)(?:大|个|项|类|种|条|样|方|家|免|减|化|句|点|[\u4e00-\u9fff]”)"
)
_NUMERALS = frozenset("一二三四五六七八九十两个大")
_SHARP = 1.15  # above 1, what fits only half is worth less than half
_BEYOND = 0.8  # what a measure's words are worth that stand beyond a semicolon
# Words that make a measure another one.
_NARROWING = re.compile(r"发明|实用新型|外观设计|(?<!进)出口|进口|民间|房地产|限额以上|跨境")
_NARROWED = 0.12  # what each word at the number that was not asked for takes away
# What asks for a size by its adjective asks for it by its noun.
_SIZES = (
    ("多长", "长度"),
    ("多宽", "宽度"),
    ("多高", "高度"),
    ("多深", "深度"),
    ("多厚", "厚度"),
    ("多重", "重量"),
)
_SHORT_SPAN = re.compile(r"首日|当天|当日|首周|单日|每天|日均|首月|每日|一天|每小时|每分钟")
_SETTING = 14  # characters that open a sentence and set its scene
_FUTURE = re.compile(r"投产后|投产以后|达产|建成后|建成以后|将达|将超|力争|目标是|预计到|规划到")
_SUPERLATIVE = re.compile(r"最|第一|首位|冠军|榜首|头名|居首")
_TOP = re.compile(r"最|第一|之首|首位|冠军|榜首|头名|居首|夺冠|领先|领跑")


def measure_fit(
    question: Question,
    terms: Sequence[Term],
    candidate: Candidate,
    part: Level,
    sentence: Level,
    whose: str,
) -> float:
    """How well the phrase at the number is the measure asked for, 0..1.

    Both ways: the measure's own words must stand at the number (工业总产值 is not 工业增加值), and
    words there that were not asked for narrow it (发明专利申请量 is not 专利申请量).
    """
    head = head_terms(question, terms, whose)
    # A ranking names its field, and "总数达到" what it counts, earlier in the sentence.
    apart = question.kind == "rank" or TOTAL.search(candidate.near)
    in_part = 0.8 if apart else 0.5
    held = [
        max(
            _whole(t, candidate.near),
            0.75 * _whole(t, candidate.clause),
            in_part * _whole(t, part.text),
            _BEYOND * in_part * _whole(t, sentence.text),
        )
        for t in head
    ]
    # The last word is the noun itself, those before it say of which kind.
    stress = [t.weight * (1 + 0.4 * i) for i, t in enumerate(head)]
    fit = (
        sum(w * h for w, h in zip(stress, held, strict=True)) / (sum(stress) or 1.0)
        if head
        else 1.0
    )
    if held and not held[-1]:
        fit *= 0.4  # the noun itself is not there: whatever this number is, it is not that
    if question.unit and candidate.figure and is_particular(question.unit):
        fit = max(fit, 0.8)  # "34页" needs no word for what has pages
    extra = [
        w
        for w in content_words(candidate.near)
        if (len(w) > 1 or w.isdigit()) and w not in FILLERS and not any(shares(w, t) for t in terms)
    ]
    worth = (0.2 + 0.8 * fit**_SHARP) * (1.0 - _NARROWED * min(len(extra), 3))
    if question.kind == "rank":
        worth = 0.5 + 0.5 * worth  # a place in a ranking is told by its form
    elif candidate.figure and not question.unit and is_particular(candidate.figure.unit):
        worth *= 0.7  # nobody asked for pages or years of age
    if came(question, candidate):
        # How many there are is not how many came.
        worth *= 0.35 if STOCK.search(question.text) else 0.45
    if any(_NARROWING.search(t.text) and not h for t, h in zip(head, held, strict=True)):
        worth *= 0.4  # 专利申请量 is asked of inventions, and none are spoken of
    narrower = _NARROWING.search(candidate.near)
    if narrower and narrower.group(0) not in question.text:
        worth *= 0.4
    if not any(c.isdigit() for c in candidate.text):
        worth *= 0.9  # "百亿元" is a manner of speaking where the number itself is given
    return float(worth)


def contrast_fit(question: Question, candidate: Candidate, sentence: Level, before: str) -> float:
    """Less where the candidate is of the other one of a pair: 二审 for 一审, 首日 for a year.

    `before` is the clause before that of the candidate, which may say of what it is a part.
    """
    asked, here = fold(question.text), f"{candidate.near} {candidate.clause}"
    asked += "".join(noun for adjective, noun in _SIZES if adjective in asked)
    beside = sentence.text[:_SETTING]
    worth = 1.0
    for group, wanted in named_alone(asked, here):
        if any(w in here for w in group) or of_other(group, wanted, before):
            worth *= 0.5
    if question.periods and question.periods[0].days > 300 and not _SHORT_SPAN.search(asked):
        worth *= 0.6 if _SHORT_SPAN.search(here) else 1.0
    if question.periods and _FUTURE.search(here + beside) and not _FUTURE.search(asked):
        worth *= 0.6  # what is hoped for is not what was
    if _SUPERLATIVE.search(asked) and question.kind in {"which", "who", "where", "when"}:
        worth *= 1.05 if _TOP.search(sentence.text) else 0.85
    return worth


def _whole(term: Term, text: str) -> float:
    """How far a text holds a term, if it holds nearly all of it."""
    worth = found(term, text)
    return worth if worth >= NEARLY else 0.0


def event_fit(terms: Sequence[Term], levels: Sequence[Level]) -> float:
    """Whether the event asked about is told here, not only the one who takes part in it."""
    near = [level for level in levels if level.worth > LEAD]
    told = 0.0
    for term in terms:
        here = [found(term, v.text) * (1.0 if v.worth >= SENTENCE else 0.75) for v in near]
        told += term.weight * (1.0 if term.light else max(here, default=0.0))
    return told**2


def list_fit(question: Question, candidate: Candidate) -> float:
    """Whether the enumeration has as many items as the question says, and of the sort it names."""
    items = list_items(candidate.text)
    fit = 1.0
    count = _COUNT.search(question.text)
    if count:
        fit *= 1.12 if whole_number(count.group(1)) == len(items) else 0.94
    kept = [
        c for n in question.names for c in n if "\u4e00" <= c <= "\u9fff" and c not in _NUMERALS
    ]
    if kept and items:
        fit *= 1 + 0.1 * sum(any(c in item for c in kept) for item in items) / len(items)
    return fit
