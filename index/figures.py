"""Sentence -> Figures: every stated number with whose it is, of what and of when."""

from __future__ import annotations

import calendar
import functools
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from index.lexical import fold
from index.names import find_names
from index.period import TimeSpan
from index.records import Article, Change, Figure, Passage, Period
from index.sentences import Sentence, read_sentences

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NUMBER = re.compile(r"(?<![\d.])\d+(?:,\d{3})*(?:\.\d+)?")
_HAN = "零〇一二两三四五六七八九十百千"
_SCALE = r"(?:百万|千万|万亿|[百千]?[万亿])"
# Longest first, so that "平方米" is not read as nothing or "人次" as "人".
_UNITS = (
    "个百分点 百分点 个基点 基点 平方公里 平方千米 平方米 平米 立方米 千瓦时 公里 千米 海里 "
    "厘米 毫米 微米 "
    "纳米 千克 公斤 毫克 千瓦 兆瓦 吉瓦 标准箱 人民币 美元 欧元 港元 日元 英镑 澳元 韩元 "
    "卢布 新台币 法郎 卢比 泰铢 比索 里亚尔 迪拉姆 林吉特 加元 新元 澳门元 欧分 美分 元 "
    "公顷 亩 米 吨 克 升 毫升 摄氏度 ℃ 小时 分钟 秒 个月 个工作日 工作日 周岁 岁 年 天 日 周 "
    "人次 人份 辆次 车次 班次 航次 列次 架次 例次 万人 人 名 位 户 家 个 项 件 台 套 辆 只 条 "
    "座 栋 幢 所 支 "
    "批 次 宗 种 类 艘 架 份 页 本 册 届 倍 分 票 箱 层 间 床 张 场 期 股 枚 头 羽 株 棵 "
    "部 集 卷 篇 幅 起 例 处 站 班 列 门 轮 级 强 度 对 片 块 根 把 桶 包 袋 瓶 颗 粒 盏 组 排 字 "
    "笔 款 道 段 孔 盘 副 双 井 团 队 员 "
    "牛·米 牛米 马力 兆帕 分贝 英寸 英里 英尺 磅 盎司 加仑 大卡 千卡 卡路里 微克 微升 克拉 桶/日 "
    "kWh KWh MWh GWh kW MW GW KT kt km cm mm nm kg mg TB GB MB MHz GHz Hz mAh Wh W V"
).split()
# Units that a question can ask for: those, scaled or not.
QUESTION_UNITS = (
    *_UNITS,
    "%",
    *(f"{s}{u}" for s in "万亿" for u in ("元", "美元", "人", "吨", "件", "辆", "亩", "平方米")),
)
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_PERCENT = "%|‰|％"
_QUANTITY = re.compile(
    rf"(?P<ordinal>第)?(?<![\dA-Za-z.#])(?P<number>{_DIGITS})(?P<more>多|余)?"
    rf"(?:(?P<percent>{_PERCENT})|(?P<scale>{_SCALE})?(?P<more2>多|余)?(?P<unit>{_UNIT})?)"
)
_HAN_QUANTITY = re.compile(
    rf"百分之(?P<rate>[{_HAN}点]+)|(?P<ordinal>第)?(?<![{_HAN}第])(?P<number>[{_HAN}]+)"
    rf"(?P<scale>{_SCALE})?(?P<more>多|余)?(?P<unit>{_UNIT})"
)
# "一个", "一批" and "一次" are articles rather than counts.
_HAN_IDLE = frozenset("零一")
# "一人失踪" is a count all the same.
_FATE = re.compile(
    r"(?<=[人名])(?:死亡|死|失踪|受伤|重伤|轻伤|遇难|身亡|获救|被困|落水|被捕|在逃|下落)"
)
_CHANGE = re.compile(
    r"(?P<base>同比|环比|按可比价格计算|(?:较|比)[^，。；,;]{0,12}?)?"
    r"(?P<verb>增长了?|上升了?|提高了?|增加了?|提升了?|上涨了?|下降了?|减少了?|降低了?|回落了?|下滑了?|下跌了?|压缩了?|缩短了?|增产|减产|增收|增幅达?|降幅达?|增速达?|增)"
    r"(?:约|近|达到?|超过?|至|为)?$"
)
# "与2022年同期相比" says against what, not of what.
_COMPARED = re.compile(
    r"(?:与|同|和|比|较)[^，。；,;]{0,14}?(?:相比|同期|上年|去年|年)|按可比[^，]{0,6}计算|增产|减产|净增"
)
_NO_TAIL = re.compile(r"\s*(?:和|及|与|以及|并|而|and\b)")
_REACHED = re.compile(r"[，,]\s*(?:已)?(?:达到?|至|升至|增至|降至|为)$")
_LISTED = re.compile(r"\s*(?:[、,，]|和|与|及|以及|and)\s*")
_EACH = re.compile(r"(?:分别|依次)[^，。；,;]{0,10}$")
_FALL = re.compile(r"下降|减少|降低|回落|下滑|下跌|压缩|缩短|降幅")
# Bounds of the phrase that says what a figure measures.
_HEAD_BOUND = re.compile(r"[，。；：！？,;:!?（）()【】\n、]|其中|同时|此外")
_TAIL_BOUND = re.compile(r"[，。；：、！？,;:!?（）()【】“”\"《》\n]|(?:和|及|与)(?=[\d约近超])|\d")
# What stands between the measured thing and its number without belonging to it.
_LINK = re.compile(
    r"(?:累计|共计|合计|总计|共有|共|达成|达到|达|为|是|拥有|有|约为|约|近|超过|超|突破|完成|实现|仅|只|已经|已|将|"
    r"预计|分别|至|到|逾|不低于|不少于|不超过|高达|多达|低至|最高可|最低可|最高|最低|可|均|就|了|再|接近|大约|拟|总额|的)+$"
)
_LEAD = re.compile(
    r"^(?:其中|同时|此外|另外|目前|数据显示|据介绍|据悉|据统计|全年|累计|共计|共|已|预计|计划|还|又|并|也|由|"
    r"园区|全区|全市|全省|全县|全国|公司|企业|我市|我区|的|[\s：:，,])+"
)
_COUNTED = frozenset(
    "家个项名人件位户台套辆只条座栋幢所支批次宗种类艘架份页本册张场枚头部篇起例处站"
)
_STEPS = frozenset(
    {
        ("年", "个月"),
        ("小时", "分钟"),
        ("小时", "分"),
        ("分钟", "秒"),
        ("分", "秒"),
        ("个月", "天"),
        ("秒", ""),
    }
)
_OPENING, _CLOSING = frozenset("“\"'‘「"), frozenset("”\"'’」")
_RATE_UNITS = frozenset({"%", "‰", "个百分点", "百分点", "倍"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written: `text[start:end]` holds value and unit."""

    start: int
    end: int
    value: Decimal
    unit: str
    ordinal: bool = False


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure as a sentence states it; `near` is all that stands at the number, to match on.

    `others` are the items that the other numbers of a "分别" belong to.
    """

    figure: Figure
    near: str
    ordinal: bool = False
    others: tuple[str, ...] = ()


def find_quantities(text: str, times: Sequence[TimeSpan] = ()) -> list[Quantity]:
    """Every number with its unit, in order; numbers that are part of a time are left out.

    `value` is the number as written and `unit` everything that scales or names it, so that
    `120.98亿元` is 120.98 and `亿元`. A bare number has the unit "".
    """
    folded = fold(text)
    taken = [(t.start, t.end) for t in times]
    found = [q for q in _arabic(folded, text) if not _within(q, taken)]
    spans = [(q.start, q.end) for q in found]
    found += [q for q in _han(folded, text) if not _within(q, taken) and not _within(q, spans)]
    return _joined(sorted(found, key=lambda q: q.start), text)


def _joined(quantities: list[Quantity], text: str) -> list[Quantity]:
    """Durations in steps made one: "二年六个月", "3小时43分14秒", "10秒39"."""
    joined: list[Quantity] = []
    for quantity in quantities:
        last = joined[-1] if joined else None
        step = last.unit[_behind_digits(last.unit) :] if last else ""
        steps = last and (step, quantity.unit) in _STEPS and last.end == quantity.start
        if last and steps:
            unit = last.unit + text[quantity.start : quantity.end]
            joined[-1] = replace(last, end=quantity.end, unit=unit)
        else:
            joined.append(quantity)
    return joined


def _behind_digits(unit: str) -> int:
    """Where the last step of a duration's unit begins: behind the 43 of 小时43分."""
    return max((n + 1 for n, c in enumerate(unit) if c.isdigit()), default=0)


def numbers_in(text: str) -> set[str]:
    """The numbers of a text in digits, whole and without separators, as written otherwise."""
    return {m.group(0).replace(",", "") for m in _NUMBER.finditer(fold(text))}


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
    shared = _distributed(text, sentence, quantities)
    years = _over_times(text, sentence, quantities)
    for index, quantity in enumerate(quantities):
        before = quantities[index - 1].end if index else sentence.start
        head, tail = phrase_around(text, sentence, quantity, before)
        period = years.get(index) or sentence.period_at(quantity.start)
        subject = sentence.company_at(quantity.start) or sentence.place_at(quantity.start)
        change = _CHANGE.search(text, before, quantity.start)
        owner = _owner(text, before, change.start()) if change else ""
        if index in shared:
            near = measure = _shared_measure(shared[index], stated, text, quantities, index)
            subject = _place_in(measure) or subject
        elif (
            index in years
            and index - 1 in years
            and _LISTED.fullmatch(text, before, quantity.start)
        ):
            near = measure = stated[-1].figure.measure
        elif change and (quantity.unit in _RATE_UNITS or (stated and not owner)):
            if not owner and stated:
                last = stated[-1].figure
                owner, period = _CHANGE.sub("", last.measure), last.period
                stated[-1] = replace(
                    stated[-1], figure=_with_change(last, quantity, change, period)
                )
            measure = owner + change.group(0)
            near = f"{measure} {head} {tail}"
        else:
            counted = tail and (quantity.unit[-1:] in _COUNTED or not head)
            measure = tail if counted else head
            if not measure and stated and _REACHED.search(text, before, quantity.start):
                measure = _CHANGE.sub("", stated[-1].figure.measure)  # "增长45%，达12亿元"
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
        others = _other_items(shared, index)
        stated.append(Stated(figure, near, quantity.ordinal, others))
    return tuple(stated)


def _distributed(text: str, sentence: Sentence, quantities: Sequence[Quantity]) -> dict[int, str]:
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
            items = _items(text, _clause_start(text, before, word.start()), word.start())
            if len(items) != count and not (first >= count and not items):
                items = _items_before(text, sentence.start, word.start(), count) or items
            if len(items) == count:
                shared |= {first + i: item for i, item in enumerate(items)}
            elif first >= count and not items:
                shared |= {first + i: str(first - count + i) for i in range(count)}
        first = last + 1
    return shared


def _list_end(text: str, quantities: Sequence[Quantity], first: int) -> int:
    """The last of the numbers that stand listed one after another from `first` on."""
    last = first
    while last + 1 < len(quantities) and _LISTED.fullmatch(
        text, quantities[last].end, quantities[last + 1].start
    ):
        last += 1
    return last


def _other_items(shared: Mapping[int, str], index: int) -> tuple[str, ...]:
    """The items of the same enumeration that a number does not belong to."""
    if index not in shared or shared[index].isdigit():
        return ()
    first, last = index, index
    while first - 1 in shared:
        first -= 1
    while last + 1 in shared:
        last += 1
    return tuple(shared[n] for n in range(first, last + 1) if n != index)


def _over_times(text: str, sentence: Sentence, quantities: Sequence[Quantity]) -> dict[int, Period]:
    """Of when each number of a "分别" is, where times are enumerated before it.

    "2020年、2021年和2022年的占比分别为81.7%、83.2%和86.3%" gives each year its share.
    """
    found: dict[int, Period] = {}
    runs: list[list[TimeSpan]] = []
    for time in _years_apart(sentence.times):
        last = runs[-1][-1] if runs else None
        if last and (last.start == time.start or _LISTED.fullmatch(text, last.end, time.start)):
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
    if noun is None:
        return pieces
    return [*(p + noun.group(1) for p in pieces[:-1]), pieces[-1].replace("的", "")]


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
        if pieces and all(pieces) and not any(c.isdigit() for c in listed):
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
    return [_LED_UP.sub("", pieces[0]), *pieces[1:]] if count > 2 else pieces


_AND = re.compile(r"和|与|以及|及")
_LED_UP = re.compile(r"^.*(?:[与和同为对向由]|包括|分别)(?=.{2})")
_OF_ALL = re.compile(r"等?(?:这)?(?:\d+|[两三四五六七八九十]+)[个家项所条只款支](?P<noun>.*)$")


def _shared_measure(
    item: str, stated: Sequence[Stated], text: str, quantities: Sequence[Quantity], index: int
) -> str:
    """What a number of a "分别" measures: its item, or the change of the figure that it counts."""
    if not item.isdigit():
        return item
    run = index
    while run and _LISTED.fullmatch(text, quantities[run - 1].end, quantities[run].start):
        run -= 1
    verb = _CHANGE.search(text, quantities[run - 1].end, quantities[run].start)
    return stated[int(item)].figure.measure + (verb.group("verb") if verb else "")


def _place_in(item: str) -> str:
    """The place that an item of an enumeration names; "" where it names none."""
    return next((n.text for n in find_names(item) if n.kind == "place" and n.start == 0), "")


def _clause_start(text: str, floor: int, end: int) -> int:
    marks = list(re.finditer(r"[，。；：,;:]", text[floor:end]))
    return floor + marks[-1].end() if marks else floor


def sentence_quantities(text: str, sentence: Sentence) -> list[Quantity]:
    """The quantities of one sentence, with offsets in the article's text."""
    base = sentence.start
    times = [replace(t, start=t.start - base, end=t.end - base) for t in sentence.times]
    found = find_quantities(text[base : sentence.end], times)
    return [replace(q, start=q.start + base, end=q.end + base) for q in found]


def phrase_around(
    text: str, sentence: Sentence, quantity: Quantity, before: int
) -> tuple[str, str]:
    """What is measured, as said before a number and behind it: ("签约项目", "") or ("", "网格").

    `before` is the end of the number in front of this one, or the start of the sentence.
    """
    start = _head_start(text, before, quantity.start)
    head = list(text[start : quantity.start])
    # When and where are said of the figure, but are no part of what is measured.
    spans = [(t.start, t.end) for t in sentence.times] + [(n.start, n.end) for n in sentence.topics]
    for first, last in spans:
        for at in range(max(first, start), min(last, quantity.start)):
            head[at - start] = " "
    bound = _TAIL_BOUND.search(text, quantity.end, sentence.end)
    tail = text[quantity.end : bound.start() if bound else sentence.end]
    if _NO_TAIL.match(tail) or (quantity.unit in _RATE_UNITS and not tail.startswith("的")):
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


def year_before(period: Period) -> Period:
    """The same days one year earlier: what "同比" compares with."""
    return Period(_year_earlier(period.start), _year_earlier(period.end))


def _year_earlier(day: date) -> date:
    last = calendar.monthrange(day.year - 1, day.month)[1]
    at_end = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(day.year - 1, day.month, last if at_end else min(day.day, last))


def _owner(text: str, before: int, end: int) -> str:
    """What a change is said of in its own clause; "" where it is of the figure before it."""
    phrase = text[_head_start(text, before, end) : end]
    return trim_measure(_COMPARED.sub("", phrase))


def _with_change(
    figure: Figure, quantity: Quantity, match: re.Match[str], period: Period | None
) -> Figure:
    value = -quantity.value if _FALL.search(match.group("verb")) else quantity.value
    against = match.group("base") or ""
    base = None if period is None or against == "环比" else year_before(period)
    change = Change(value, quantity.unit, base, quantity.start, quantity.end)
    return replace(figure, change=change)


def _head_start(text: str, floor: int, end: int) -> int:
    start = floor
    for mark in _HEAD_BOUND.finditer(text, floor, end):
        start = mark.end()
    return start


def _arabic(folded: str, text: str) -> Iterator[Quantity]:
    for match in _QUANTITY.finditer(folded):
        scale, unit = match.group("scale") or "", match.group("unit") or ""
        end = match.end()
        written = text[match.end("number") : end]
        for filler in (match.group("more"), match.group("more2")):
            written = written.replace(filler, "", 1) if filler else written
        unit = "%" if match.group("percent") in {"%", "％"} else written.strip()
        if not (scale or unit) and _part_of_name(folded, match.start(), end):
            continue
        value = Decimal(match.group("number").replace(",", ""))
        start = match.start()
        yield Quantity(start, end, value, unit, bool(match.group("ordinal")))


def _han(folded: str, text: str) -> Iterator[Quantity]:
    for match in _HAN_QUANTITY.finditer(folded):
        digits = match.group("rate") or match.group("number")
        ordinal = bool(match.group("ordinal"))
        idle = match.group("number") in _HAN_IDLE and not _FATE.match(folded, match.end())
        if idle and not (ordinal or match.group("scale")):
            continue
        value = han_number(digits)
        if value is None:
            continue
        unit = "%" if match.group("rate") else (match.group("scale") or "") + match.group("unit")
        yield Quantity(match.start(), match.end(), value, unit, ordinal)


def han_number(digits: str) -> Decimal | None:
    """The value of a numeral in Chinese characters, or None where it is none.

    >>> han_number("三百零五"), han_number("七点五")
    (Decimal('305'), Decimal('7.5'))
    """
    ones = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
    whole, _, part = digits.partition("点")
    if part and not all(c in ones for c in part):
        return None
    total, current = 0, 0
    seen_scale = any(c in "十百千" for c in whole)
    for char in whole:
        if char in ones:
            current = ones[char] if seen_scale else current * 10 + ones[char]
        else:
            scale = {"十": 10, "百": 100, "千": 1000}[char]
            total += (current or 1) * scale
            current = 0
    text = str(total + current) + ("." + "".join(str(ones[c]) for c in part) if part else "")
    return Decimal(text)


def _part_of_name(folded: str, start: int, end: int) -> bool:
    """Whether a bare number belongs to a name or a code: "3+1", "5G", "COVID-19", "(010)6866"."""
    before = folded[start - 1 : start]
    behind = folded[end : end + 1]
    if before in _OPENING and behind in _CLOSING:
        return True
    return bool(
        re.match(r"[A-Za-z0-9+\-—–/#.*×:：_时点号路楼室]", behind or " ")
        or re.match(r"[A-Za-z+\-—–/#.*×_]", before or " ")
    )


def _within(quantity: Quantity, spans: Sequence[tuple[int, int]]) -> bool:
    return any(a < quantity.end and quantity.start < b for a, b in spans)
