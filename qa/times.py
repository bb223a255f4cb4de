"""Dates, hours and periods of a sentence that could be an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.lexical import fold
from index.sentences import Sentence
from qa.question import Question
from qa.spans import CLAUSE, RANGE_LINK, TO, Candidate, clause_of

_DAY_ASKED = re.compile(r"哪一?天|哪一?日|几月几|几[号日]|何日|日期")


def times(question: Question, text: str, sentence: Sentence) -> Iterator[Candidate]:
    """The times that are told of, with the part of the day behind them."""
    for time in sentence.times:
        if time.kind == "relative":
            continue
        quality = 1.0
        if _DAY_ASKED.search(question.text) and time.kind != "day":
            quality = 0.6
        elif _YEAR_ASKED.search(question.text) and time.relative and time.kind == "day":
            quality = 0.5  # a day names no year
        elif not any(c.isdigit() for c in fold(text[time.start : time.end])):
            quality = 0.75  # "今年" says when only to the reader of that day
        if _TELLING.match(text, time.end, sentence.end):
            if not _TOLD.search(_ACCORDING.sub("", question.text)) and len(sentence.times) > 1:
                continue  # when it was told is not when it was
            quality *= 0.4
        _, right = clause_of(text, sentence, time.start, time.end)
        behind = CLAUSE.search(text, right + 1, sentence.end) if right < sentence.end else None
        reach = behind.start() if behind else sentence.end
        left, _ = clause_of(text, sentence, time.start, time.end)
        tail = _TIME_TAIL.match(text, time.end, sentence.end)
        end = tail.end() if tail else time.end
        if _HOUR_ASKED.search(question.text) and not _CLOCK.search(text, time.start, end):
            quality *= 0.5
        end = _time_range_end(text, sentence, end)
        lead = _BEFORE_TIME.match(text, time.start, end)
        start = lead.end() if lead else time.start
        yield Candidate(
            text[start:end], start, end, fold(text[end:reach]), fold(text[left:reach]),
            quality=quality,
        )  # fmt: skip
    if _HOUR_ASKED.search(question.text):
        yield from _hours(text, sentence)


def _time_range_end(text: str, sentence: Sentence, end: int) -> int:
    """Where the range ends that a time before `end` begins: "11日夜间至12日凌晨", else `end`."""
    for other in sentence.times:
        if other.start > end and RANGE_LINK.fullmatch(text, end, other.start):
            tail = _TIME_TAIL.match(text, other.end, sentence.end)
            return tail.end() if tail else other.end
    return end


def _hours(text: str, sentence: Sentence) -> Iterator[Candidate]:
    """Times of the day that stand without a date: "8:30至16:30"."""
    for clock in _HOURS.finditer(text, sentence.start, sentence.end):
        if any(t.start <= clock.start() and t.end >= clock.start() for t in sentence.times):
            continue  # told with its day already
        left, right = clause_of(text, sentence, *clock.span())
        around = fold(text[max(sentence.start, left - _BEFORE_HOUR) : right])
        yield Candidate(clock.group(), *clock.span(), around, fold(text[left:right]))


_TELLING = re.compile(
    r"[，,]?\s*(?:[\u4e00-\u9fff]{0,4}(?:报道|消息|发文|刊文|援引)|[\u4e00-\u9fff]{0,6}记者|[^，。]{0,16}(?:获悉|了解到)|[^，。]{0,8}(?:讯|电)(?=[（(，\s]|$))"
)
_TOLD = re.compile(r"报道|消息|发布|公布|披露|发表|发文|刊发|获悉|通报|宣布")
_ACCORDING = re.compile(r"^(?:据|根据|按照?)[^，,]*[，,]")
_BEFORE_HOUR = 12
_BEFORE_TIME = re.compile(r"截至|截止到?|于|在|从|自")
_YEAR_ASKED = re.compile(r"哪一?年|何年|几几年|什么年份")
_HOUR_ASKED = re.compile(r"几点|几时")
_A_CLOCK = r"(?:\d{1,2}[:：]\d{2}|\d{1,2}[时点](?:\d{1,2}分|半|整)?许?)"
_CLOCK = re.compile(_A_CLOCK)
_PART_OF_DAY = r"(?:[上下]午|凌晨|早上|早晨|清晨|中午|傍晚|晚上|晚间|夜间|深夜|晚|早)"
_HOURS = re.compile(
    rf"{_PART_OF_DAY}?{_A_CLOCK}(?:{TO}{_PART_OF_DAY}?{_A_CLOCK})?(?:之?[前后]|左右)?"
)
# What goes on saying when: the part of the day, the hour, and "before" or "after".
_TIME_TAIL = re.compile(
    rf"\s*{_PART_OF_DAY}?(?:\s*{_A_CLOCK}(?:{TO}{_A_CLOCK})?)?(?:入[春夏秋冬]|[春夏秋冬][天季]|汛期|春节|国庆)?"
    r"(?:前后|[之以]?[前后](?![往者来期沿台景置排勤续])|左右)?"
)
