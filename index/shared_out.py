"""Lists of numbers: the item, the measure or the time that each one belongs to."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from index.names import find_names
from index.period import TimeSpan
from index.quantities import Quantity
from index.records import Period
from index.sentences import Sentence
from index.stated import AGAINST, CHANGE, Stated, trim_measure

LISTED = re.compile(r"\s*(?:[、,，]|和|与|及|以及|and)\s*")
_EACH = re.compile(r"(?:分别|依次)[^，。；,;]{0,10}$")


def distributed(text: str, sentence: Sentence, quantities: Sequence[Quantity]) -> dict[int, str]:
    """Whose each number of a "分别" is: number -> the item that it belongs to.

    "甲、乙的存款余额分别为3亿元和2亿元" shares its numbers out over 甲存款余额 and 乙存款余额.
    Where figures stand in front instead of names ("营收5亿元，利润1亿元，分别增长3%和4%"),
    the value is the index of that figure, in digits.
    """
    shared: dict[int, str] = {}
    first = 0
    while first < len(quantities):
        last = _list_end(text, quantities, first)
        count = last - first + 1
        before = quantities[first - 1].end if first else sentence.start
        word = _EACH.search(text, before, quantities[first].start)
        if count > 1 and word:
            start = _clause_start(text, before, word.start())
            against = AGAINST.search(text, start, word.start())
            end = against.start() if against else word.start()
            items = _items(text, start, end)
            if len(items) != count and not (first >= count and not items):
                items = _items_before(text, sentence.start, end, count) or items
            if len(items) == count:
                shared |= {first + i: item for i, item in enumerate(items)}
            elif first >= count and not items:
                shared |= {first + i: str(first - count + i) for i in range(count)}
        first = last + 1
    return shared


def _list_end(text: str, quantities: Sequence[Quantity], first: int) -> int:
    """The last of the numbers that stand listed one after another from `first` on."""
    last = first
    while last + 1 < len(quantities) and LISTED.fullmatch(
        text, quantities[last].end, quantities[last + 1].start
    ):
        last += 1
    return last


def other_items(shared: Mapping[int, str], index: int) -> tuple[str, ...]:
    """The items of the same enumeration that a number does not belong to."""
    if index not in shared or shared[index].isdigit():
        return ()
    first, last = index, index
    while first - 1 in shared:
        first -= 1
    while last + 1 in shared:
        last += 1
    return tuple(shared[n] for n in range(first, last + 1) if n != index)


def over_times(text: str, sentence: Sentence, quantities: Sequence[Quantity]) -> dict[int, Period]:
    """Of when each number of a "分别" is, where times are enumerated before it.

    "2020年、2021年和2022年的占比分别为81.7%、83.2%和86.3%" gives each year its share.
    """
    found: dict[int, Period] = {}
    runs: list[list[TimeSpan]] = []
    for time in _years_apart(sentence.times):
        last = runs[-1][-1] if runs else None
        if last and (last.start == time.start or LISTED.fullmatch(text, last.end, time.start)):
            runs[-1].append(time)
        else:
            runs.append([time])
    for run in runs:
        count = len(run)  # a range stands for its years, all at one place
        behind = [n for n, q in enumerate(quantities) if q.start >= run[-1].end][:count]
        if count < 2 or len(behind) < count or any(time.period is None for time in run):
            continue
        before = run[-1].end if not behind[0] else max(run[-1].end, quantities[behind[0] - 1].end)
        if _list_end(text, quantities, behind[0]) < behind[-1]:
            continue
        if run[0].start == run[-1].start:  # a range: each number of every list of that length
            found |= _each_year(text, quantities, behind[0], run)
        elif _EACH.search(text, before, quantities[behind[0]].start):
            found |= {n: time.period for n, time in zip(behind, run, strict=True) if time.period}
    return found


def _years_apart(times: Sequence[TimeSpan]) -> Iterator[TimeSpan]:
    """The times, a range of a few years as each of them: "2020年-2022年，营收为3亿、7亿和4亿元"."""
    for time in times:
        span = time.period
        years = span.end.year - span.start.year + 1 if span and time.kind == "range" else 0
        if span and 1 < years <= _MOST_YEARS and span.start == date(span.start.year, 1, 1):
            for year in range(span.start.year, span.start.year + years):
                yield replace(time, period=Period.year(year))
        else:
            yield time


_MOST_YEARS = 6  # of a range that a list of numbers can go through


def _each_year(
    text: str, quantities: Sequence[Quantity], first: int, run: Sequence[TimeSpan]
) -> dict[int, Period]:
    """The years of the numbers in each list behind a range that has as many as the range."""
    found: dict[int, Period] = {}
    at = first
    while at < len(quantities):
        end = _list_end(text, quantities, at)
        if end - at + 1 == len(run):
            found |= {at + n: t.period for n, t in enumerate(run) if t.period}
        at = end + 1
    return found


def _items(text: str, start: int, end: int) -> list[str]:
    """The items of an enumeration, each with the noun that the last one has for all of them."""
    pieces = [p.strip() for p in re.split(r"、|和|与|及|以及|and", text[start:end])]
    pieces = [trim_measure(p) for p in pieces if p]
    if len(pieces) < 2:
        return []
    noun = re.search(r"的([^的]+)$", pieces[-1])
    of_all = noun.group(1) if noun else _measure_noun(pieces[-1])
    if not of_all or (not noun and any(MEASURES.search(p) for p in pieces[:-1])):
        return pieces
    return [*(p + of_all for p in pieces[:-1]), pieces[-1].replace("的", "")]


def _measure_noun(item: str) -> str:
    """The measure that the last item of an enumeration ends with, told of all: "成品油供应量"."""
    import rjieba

    words = rjieba.cut(item)
    return words[-1] if len(words) > 1 and MEASURES.search(words[-1]) else ""


MEASURES = re.compile(
    r"(?:[额量率]|产值|价值|增加值|[人户件次]数|收入|利润|价格|均价|面积|人口|营收|比重|占比|规模|成本|费用"
    r"|进出口|出口|进口|投资|评分|得分)$"
)


def _items_before(text: str, start: int, end: int, count: int) -> list[str]:
    """The nearest enumeration of so many items before `end`, each with the measure told of all.

    "与甲、乙和丙合作设基金，规模分别为…", "甲、乙、丙等3个项目总投资分别为…".
    """
    noun, right = "", end
    while right > start:
        left = _clause_start(text, start, right)
        clause = text[left:right]
        of_all = _OF_ALL.search(clause)
        listed = clause[: of_all.start()] if of_all else clause
        pieces = [trim_measure(p) for p in _parted(listed, count)]
        if pieces and all(pieces) and not _AMOUNT.search(listed):
            said = f"{of_all.group('noun') if of_all else ''}{noun}"
            return [f"{piece}{trim_measure(said)}" for piece in pieces]
        noun, right = noun or trim_measure(clause), left - 1
    return []


def _parted(listed: str, count: int) -> list[str]:
    """An enumeration of so many items; [] where it has more or fewer."""
    pieces = listed.split("、")
    if len(pieces) == count - 1:  # the last two stand joined by a word
        *pieces, last = pieces
        pieces += _AND.split(last, maxsplit=1)
    if len(pieces) != count:
        return []
    first = _LED_BY_VERB.sub("", pieces[0])
    return [_LED_UP.sub("", first) if count > 2 else first, *pieces[1:]]


_AND = re.compile(r"和|与|以及|及")
_AMOUNT = re.compile(r"\d[\d.,]|\d(?![类型期级号代维次届款])")
_LED_UP = re.compile(r"^.*(?:[与和同为对向由]|包括|分别)(?=.{2})")
_LED_BY_VERB = re.compile(
    r"^(?:.*(?:[形构]成了?|构建了?|建设了?|涵盖|拥有|打造了?|聚焦|培育了?|布局了?|发展了?|围绕|生产"
    r"|(?:准备|计划|拟|将|已)新?建)|新?建)"
    r"(?=.{2})"
)
_OF_ALL = re.compile(
    r"等?(?:这)?(?:\d+|[两三四五六七八九十]+)[个家项所条只款支大类种](?P<noun>.*)$"
)


def shared_measure(
    item: str, stated: Sequence[Stated], text: str, quantities: Sequence[Quantity], index: int
) -> str:
    """What a number of a "分别" measures: its item, or the change of the figure that it counts."""
    run = index
    while run and LISTED.fullmatch(text, quantities[run - 1].end, quantities[run].start):
        run -= 1
    floor = quantities[run - 1].end if run else 0
    change = CHANGE.search(text, floor, quantities[run].start)
    verb = change.group("verb") if change else ""
    return (stated[int(item)].figure.measure if item.isdigit() else item) + verb


def place_in(item: str) -> str:
    """The place that an item of an enumeration names; "" where it names none."""
    return next((n.text for n in find_names(item) if n.kind == "place" and n.start == 0), "")


def _clause_start(text: str, floor: int, end: int) -> int:
    marks = list(re.finditer(r"[，。；：,;:]", text[floor:end]))
    return floor + marks[-1].end() if marks else floor


def without_shared_ending(items: Sequence[str]) -> list[str]:
    """The items without what all of them end with, which says what is told of each.

    >>> without_shared_ending(["新材料产值", "生物医药产值"])
    ['新材料', '生物医药']
    """
    import rjieba

    shared = 0
    while all(len(i) > shared for i in items) and len({i[-shared - 1] for i in items}) == 1:
        shared += 1
    # 硅橡胶产能 and 灌封胶产能 share 产能, not 胶: what is shared begins a word in each of them.
    begins = [{len(i) - at for at in _word_starts(rjieba.cut(i))} for i in items]
    whole = max((n for n in range(shared + 1) if all(n in b for b in begins)), default=0)
    return [item[: len(item) - whole].strip(" 的") for item in items]


def _word_starts(words: Sequence[str]) -> list[int]:
    """The offsets at which the words of a text begin, and its end."""
    return [0, *itertools.accumulate(len(word) for word in words)]
