"""An answer against its gold: correct, incorrect or refused.

The three grades of Simple-QA: to refuse is not to lie. All comparison is on normal copies
(`eval.quantities.normal`) and by numbers and dates, never by a bare substring of digits: `13.2%`
is not in `113.2%`, `1.2亿元` is `12000万元`, `2022年8月` is `2022-08`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from eval.quantities import Day, Quantity, compact, dates, normal, quantities
from eval.questions import Question
from qa.records import Answer

Verdict = Literal["correct", "incorrect", "refused"]

_ABOUT = re.compile(r"^(?:大?约|将?近|超过?|逾|达到?|共计?|累计)")


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
    """The years that the question itself names; none if it counts on ("那去年呢").

    The dialogue before a follow-up does not bind: it may have gone on to something else.
    """
    if _RELATIVE.search(question.text.lower()):
        return set()
    return {day.year for day in dates(normal(question.text)) if day.year is not None}


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


def right_in(text: str, gold: str, years: set[int]) -> tuple[bool, bool]:
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
    """Whether every accept group has one of its strings in the text or the short answer.

    `short` counts unless the text shows that its figure is of another year. A group of nothing but
    yes and no is compared with the short answer alone, for 是 and 否 stand in any text.
    """
    years = years_asked(question)
    body, bare = normal(text), normal(short)
    for group in question.accept:
        if all(normal(gold) in _YES_NO for gold in group):
            if bare.rstrip(_ENDS) not in {normal(gold) for gold in group}:
                return False
            continue
        found = misplaced = False
        for gold in group:
            right, wrong = right_in(body, gold, years)
            found, misplaced = found or right, misplaced or wrong
        if not found and not misplaced:
            found = any(right_in(bare, gold, years)[0] for gold in group)
        if not found:
            return False
    return bool(question.accept)


_YES = ("是", "有", "对", "能", "会", "可以", "yes")
_NO = ("否", "没有", "不对", "不能", "不会", "不可以", "不是", "no")
_YES_NO = frozenset((*_YES, *_NO))
_ENDS = "。.,!"
# Shorter than this, what stands in quotation marks is a name or a term and no quotation
_QUOTATION = 12


def own_words(text: str, quotes: Sequence[str]) -> str:
    """The text, in normal form, without the cited sentences that it quotes in quotation marks.

    An answer that says 180件 and quotes a sentence with the right 52件 beside it is wrong. What is
    given as the answer itself, without quotation marks, stays.
    """
    said = normal(text)
    sources = [compact(quote) for quote in quotes]
    place = said.find('"')
    while place >= 0:
        end = max((_quoted_until(said, place + 1, source) for source in sources), default=0)
        if end:
            said = said[:place] + said[end:]
        else:
            place += 1
        place = said.find('"', place)
    return said


def _quoted_until(said: str, start: int, source: str) -> int:
    """Where a quotation from `source` that begins at `start` ends, its closing mark included; or 0.

    Blanks and newlines that `said` has and the compact source has not are passed over, and so are
    the dots ("…" in normal form) of what a quotation leaves out.
    """
    place = start + len(said[start:]) - len(said[start:].lstrip("."))
    while True:
        head = compact(said[place : place + _QUOTATION + 4])[:_QUOTATION]
        at = source.find(head) if len(head) == _QUOTATION else -1
        if at < 0:
            return 0
        while place < len(said) and (said[place].isspace() or said[place] == source[at : at + 1]):
            at += not said[place].isspace()
            place += 1
        closing = re.match(r'[.。]*"', said[place:])
        if closing:
            return place + closing.end()
        dots = len(said[place:]) - len(said[place:].lstrip("."))
        if not dots:
            return 0
        place += dots


def statement(answer: Answer) -> str:
    """What the answer itself says, to be held against the gold.

    A bare yes or no says nothing that could be compared: there the quotation counts as well.
    """
    if normal(answer.short).rstrip(_ENDS) in _YES_NO:
        return answer.text
    return own_words(answer.text, [cited.quote for cited in answer.citations])


def grade(question: Question, answer: Answer) -> Verdict:
    """The verdict by this package's own rule of what is right."""
    right = is_right(question, statement(answer), answer.short)
    return verdict_on(question, answer, right=right)


def verdict_on(question: Question, answer: Answer, *, right: bool) -> Verdict:
    """The verdict where `right` says whether the gold is stated, by whichever rule.

    A refusal of what the articles do not say is correct.
    """
    if not answer.answered:
        return "refused" if question.answerable else "correct"
    return "correct" if question.answerable and right else "incorrect"
