"""The sides of a comparison between two things that a question joins: "甲和乙哪个产量更高"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.names import find_names
from index.period import find_periods
from index.sentences import is_zone
from qa.clause import Question, read_clause
from qa.interrogatives import ask_of

_WHICH = re.compile(r"谁|哪一?(?:[个家边座所方项地国市区省县种类只款支者]|里|儿)?")
_LONGEST = 18  # characters of what is compared
_JOINS = re.compile(r"和|与|跟|、|以及|及")
# What ends the second of the things joined.
_ENDS = re.compile(r"相比|相较|之间|这?[两二三][个者地家国方种项大]|各|分别|谁|哪|在|比|[，,的？?]")
_STARTS = "，,的在中里"  # what the first of them stands behind
# "更高", "增得更快": how they compare.
_HOW = re.compile(
    r"(?:(?P<verb>增长?|涨|升|上升|降|下降|跌)得)?(?:更|最|比较)?"
    r"(?:[多高大强快少低小慢长短早晚]|便宜|贵)(?:一些|些|一点)?(?:呢|吗)?$"
)
_CHANGES = {"增": "增速", "增长": "增速", "涨": "涨幅", "升": "升幅", "上升": "升幅"}
_FALL = "降幅"
_SHARED_OUT = re.compile(r"各自|各|分别")


@dataclass(frozen=True, slots=True)
class Joined:
    """Things joined in a question, and what stands before and behind them."""

    before: str
    things: tuple[str, ...]
    behind: str


def joined(text: str) -> Joined | None:
    """The things that a question joins last before it asks which or how much each."""
    asking = min(
        (m.start() for m in (_WHICH.search(text), _SHARED_OUT.search(text)) if m), default=-1
    )
    for match in reversed(list(_JOINS.finditer(text, 0, max(asking, 0)))):
        end = _ENDS.search(text, match.end())
        if end is None or end.start() > asking:
            continue
        start = _start_of(text, match.start())
        first, second = text[start : match.start()], text[match.end() : end.start()]
        if all(2 <= len(t) <= _LONGEST for t in (first, second)):
            *others, first = first.split("、")  # "甲、乙和丙"
            things = (*others, first, _made_whole(second, first))
            return Joined(text[:start], things, text[end.start() :])
    return None


def _start_of(text: str, end: int) -> int:
    """Where the thing that ends at `end` begins: behind a particle, a time or a zone."""
    spans = [(t.start, t.end) for t in find_periods(text)]
    spans += [(n.start, n.end) for n in find_names(text) if n.kind == "place" and is_zone(n.text)]
    marks = [text.rfind(mark, 0, end) + 1 for mark in _STARTS]
    return max([0, *marks, *(right for _, right in spans if right <= end)])


def _made_whole(second: str, first: str) -> str:
    """The second thing with what it leaves out: 授权量 beside 专利申请量 is 专利授权量."""
    alike = second[-1] == first[-1] and len(second) + 1 < len(first)
    if not alike or first.startswith(second[:2]):
        return second
    return first[: len(first) - len(second)] + second


def sides(text: str) -> tuple[Question, ...]:
    """The question of each of the things that a comparison joins; () where it joins none.

    Each asks for the measure compared, with the thing for its text.
    """
    parts = joined(text)
    if parts is None:
        return ()
    asked = _asked_of_each(parts)
    return tuple(
        replace(read_clause(f"{parts.before}{thing}{asked}"), text=thing) for thing in parts.things
    )


def _asked_of_each(parts: Joined) -> str:
    """What is asked of each of the things, as the end of a question."""
    clauses = [c for c in re.split(r"[，,？?；;。]", parts.behind) if c]
    told = [_compared(c, parts.things) for c in clauses if _WHICH.search(c)]
    measure = next((m for m in told if m), "")
    scene = "".join(c for c in clauses if not _asks(c))
    if measure:
        return f"{scene}{measure}{'' if ask_of(measure)[1] else '是多少'}"
    for clause in clauses:
        if not _WHICH.search(clause) and _asks(clause):
            return f"{scene}{_SHARED_OUT.sub('', clause)}"
    return "是多少"


def _asks(clause: str) -> bool:
    return bool(_WHICH.search(clause) or ask_of(clause)[1])


def _compared(clause: str, things: Sequence[str]) -> str:
    """The measure of "哪个营业额增得更快": 营业额增速."""
    match = _WHICH.search(clause)
    assert match is not None
    how = _HOW.search(clause, match.end())
    if how is None:
        return ""
    left = re.sub(r"^(?:相比|相较|之间|[两二][个者地家国方种项大])+", "", clause[: match.start()])
    noun = clause[match.end() : how.start()].lstrip("的")
    if len(noun) < 2 or any(thing.endswith(noun) for thing in things):
        noun = ""  # "哪个区更高"
    verb = how["verb"]
    change = _CHANGES.get(verb, _FALL) if verb else ""
    return f"{left}{noun}{change}".strip()
