"""The phrase that a number stands in: what names it, and the change or comparison it tells of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.period import TimeSpan
from index.quantities import Quantity
from index.records import Figure
from index.sentences import Sentence

CHANGE = re.compile(
    r"(?P<base>[同环]比[^，。；,;]{0,10}?|按可比价格计算|(?:较|比)[^，。；,;]{0,12}?)?"
    r"(?P<verb>(?:增长|上升|提高|增加|提升|上涨|下降|减少|降低|回落|下滑|下跌|压缩|缩短|缩减|下挫|攀升|回升"
    r"|上调|下调|上浮|下浮|[收大微小再又暴累]?[涨跌])了?"
    r"|增产|减产|增收|[增降涨跌]幅(?:[达为]|约为)?|增速达?|增|减|降)"
    r"(?:约|近|达到?|逾|超过?|为)?$"
)
# "与2022年同期相比" says against what, not of what.
COMPARED = re.compile(
    r"[同环]?(?:与|同|和|比|较)[^，。；,;]{0,14}?(?:相比|同期|上年|去年|上月|年|月份)"
    r"|按可比[^，]{0,6}计算|增产|减产|净增"
)
# "钢铁和煤炭的供应量较上月分别增加": against what, between the items and the word that shares out.
AGAINST = re.compile(r"(?:[同环]比|(?:较|比)[^，。；、,;]{1,10})$")
_NO_TAIL = re.compile(r"\s*(?:和|及|与|以及|并|而|and\b)")
# Bounds of the phrase that says what a figure measures.
_HEAD_BOUND = re.compile(r"[，。；：！？,;:!?（）()【】\n、]|其中|同时|此外")
_TAIL_BOUND = re.compile(r"[，。；：、！？,;:!?（）()【】“”\"《》\n]|(?:和|及|与)(?=[\d约近超])|\d")
# What stands between the measured thing and its number without belonging to it.
_LINK = re.compile(
    r"(?:(?:增长|增加|上升|提高|提升|上涨|攀升|下降|减少|降低|回落|下滑|下跌|扩大|[增升降涨跌])[至到为]"
    r"|从|(?<![理自])由|累计|共计|合计|总计|共有|共|达成|达到|达|为|是|拥有|有|约为|约|近|超过|超|突破|完成|实现|仅|只|已经|已|将|"
    r"预计|分别|至|到|逾|不低于|不少于|不超过|高达|多达|低至|最高可|最低可|最高|最低|可|均|就|了|再|接近|大约|拟|总额|的)+$"
)
_LEAD = re.compile(
    r"^(?:其中|同时|此外|另外|目前|数据显示|据介绍|据悉|据统计|全年|累计|共计|共|已|预计|计划|还|又|并|也|由|"
    r"园区|全区|全市|全省|全县|全国|公司|企业|我市|我区|的|[\s：:，,])+"
)
RATE_UNITS = frozenset({"%", "‰", "个百分点", "百分点", "倍"})


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure as a sentence states it; `near` is all that stands at the number, to match on.

    `others` are the items that the other numbers of a "分别" belong to.
    """

    figure: Figure
    near: str
    ordinal: bool = False
    others: tuple[str, ...] = ()


def phrase_around(
    text: str, sentence: Sentence, quantity: Quantity, before: int
) -> tuple[str, str]:
    """What is measured, as said before a number and behind it: ("签约项目", "") or ("", "网格").

    `before` is the end of the number in front of this one, or the start of the sentence.
    """
    start = head_start(text, before, quantity.start)
    head = list(text[start : quantity.start])
    # When and where are said of the figure, but are no part of what is measured.
    spans = [(t.start, t.end) for t in sentence.times] + [(n.start, n.end) for n in sentence.topics]
    for first, last in spans:
        for at in range(max(first, start), min(last, quantity.start)):
            head[at - start] = " "
    bound = _TAIL_BOUND.search(text, quantity.end, sentence.end)
    tail = text[quantity.end : bound.start() if bound else sentence.end]
    if _NO_TAIL.match(tail) or (quantity.unit in RATE_UNITS and not tail.startswith("的")):
        tail = ""  # the next item begins here, or a share that is of nothing behind it
    return trim_measure("".join(head).replace("  ", " ")), trim_measure(tail)


def trim_measure(phrase: str) -> str:
    """The phrase without the words that only lead to it or link it with its number.

    >>> trim_measure("全年累计完成工业增加值约")
    '完成工业增加值'
    """
    phrase = phrase.strip(" 　“”\"'‘’")
    previous = None
    while phrase != previous:
        previous = phrase
        phrase = _LINK.sub("", phrase).strip()
        phrase = _LEAD.sub("", phrase).strip()
    return phrase


def within_match(time: TimeSpan, match: re.Match[str]) -> bool:
    """Whether a time stands inside what was matched."""
    return match.start() <= time.start and time.end <= match.end()


def head_start(text: str, floor: int, end: int) -> int:
    """Where the phrase begins that ends at a number: behind the last mark that bounds it."""
    start = floor
    for mark in _HEAD_BOUND.finditer(text, floor, end):
        start = mark.end()
    return start
