"""What a possible answer is: a span of a sentence, with what stands around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.records import Figure
from index.sentences import Sentence

CLAUSE = re.compile(r"[，；：,;:]")
# "5吨至8吨", "30-50℃", "11日夜间至12日凌晨": both ends of a range belong to it.
TO = r"\s*(?:[-—–~～]{1,2}|至|到|以上)\s*"
RANGE_LINK = re.compile(TO)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible bare answer: `text` as shown, `start:end` its span in the article.

    `near` is the folded phrase that says what it is ("工业增加值", a person's office), `clause` the
    folded clause around it. `figure` is set where the candidate is a stated number. `quality`
    is below 1 where the form itself speaks against it; `others` are the items that the other
    numbers belong to where they are shared out.
    """

    text: str
    start: int
    end: int
    near: str
    clause: str
    figure: Figure | None = None
    quality: float = 1.0
    others: tuple[str, ...] = ()


def clause_of(
    text: str, sentence: Sentence, start: int, end: int, marks: re.Pattern[str] = CLAUSE
) -> tuple[int, int]:
    """The span of the clause of the sentence that holds `start:end`; `marks` part clauses."""
    left, right = sentence.start, sentence.end
    for mark in marks.finditer(text, sentence.start, sentence.end):
        if mark.end() <= start:
            left = mark.end()
        elif mark.start() >= end:
            right = mark.start()
            break
    return left, right


def text_before(text: str, sentence: Sentence, start: int) -> str:
    """The clause before the one at `start`, and that one's beginning."""
    left = clause_of(text, sentence, start, start + 1)[0]
    previous = clause_of(text, sentence, left - 2, left - 1)[0] if left > sentence.start else left
    return text[previous:start]


def whole_names(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """The span made longer by the rest of a name that it cuts through."""
    for name in sentence.names:
        if name.kind in _WHOLE and name.start < end and start < name.end:
            start, end = min(start, name.start), max(end, name.end)
    return start, end


_WHOLE = frozenset({"person", "org", "place", "title"})
