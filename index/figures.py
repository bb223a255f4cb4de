"""Sentence -> Figures: every stated number with whose it is, of what and of when."""

from __future__ import annotations

import calendar
import functools
import itertools
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
    "纳米 千克 公斤 毫克 千瓦 兆瓦 吉瓦 标准箱 标箱 人民币 美元 欧元 港元 日元 英镑 澳元 韩元 "
    "卢布 新台币 法郎 卢比 泰铢 比索 里亚尔 迪拉姆 林吉特 加元 新元 澳门元 欧分 美分 元 "
    "公顷 亩 米 吨 克 升 毫升 摄氏度 ℃ 小时 分钟 秒 个月 个工作日 工作日 周岁 岁 年 天 日 周 "
    "人次 人份 辆次 车次 班次 航次 列次 架次 例次 万人 人 名 位 户 家 个 项 件 台 套 辆 只 条 "
    "座 栋 幢 所 支 "
    "批 次 宗 种 类 艘 架 份 页 本 册 届 倍 分 票 箱 层 间 床 张 场 期 股 枚 头 羽 株 棵 "
    "部 集 卷 篇 幅 起 例 处 站 班 列 门 轮 级 强 度 对 片 块 根 把 桶 包 袋 瓶 颗 粒 盏 组 排 字 "
    "笔 款 道 段 孔 盘 副 双 井 团 队 员 "
    "牛·米 牛米 马力 兆帕 分贝 英寸 英里 英尺 磅 盎司 加仑 大卡 千卡 卡路里 微克 微升 克拉 桶/日 "
    "kWh MWh GWh kW MW GW kt km cm mm nm kg mg ml TB GB MB MHz GHz Hz mAh Wh W V dB kPa MPa fps "
    "m³ m² km² ㎡ ㎥ m3 m2"
).split()
# Units that a question can ask for: those, scaled or not.
QUESTION_UNITS = (
    *_UNITS,
    "个小时",
    "%",
    *(f"{s}{u}" for s in "万亿" for u in ("元", "美元", "人", "吨", "件", "辆", "亩", "平方米")),
)
# Texts are folded before they are looked at: letters are small. "67.56mg/100ml", "元/平方米": one
# unit. Index points are told from hours by their size, see `_HOURS`.
_PLAIN_UNIT = "|".join(
    re.escape(unit.lower()) + ("(?![a-z])" if unit[-1].isascii() else "")
    for unit in sorted({*_UNITS, "点"}, key=len, reverse=True)
)
_UNIT = rf"(?:{_PLAIN_UNIT})(?:/\d*(?:{_PLAIN_UNIT}))?"
_PERCENT = "%|‰|％"
_QUANTITY = re.compile(
    rf"(?P<ordinal>第)?(?<![\dA-Za-z.#])(?P<number>{_DIGITS})(?P<more>多|余)?"
    rf"(?: ?(?P<percent>{_PERCENT})"
    rf"|(?: ?(?P<scale>{_SCALE}))?(?P<more2>多|余)?(?: ?(?P<unit>{_UNIT}))?)"
)
_HAN_QUANTITY = re.compile(
    rf"百分之(?P<rate>[{_HAN}点]+)|(?P<ordinal>第)?(?<![{_HAN}第])(?P<number>[{_HAN}]+)"
    rf"(?P<scale>{_SCALE})?(?P<more>多|余)?(?P<unit>{_UNIT})"
)
# "一个", "一批" and "一次" are articles rather than counts.
_HAN_IDLE = frozenset("零一")
# "仅一天", "一年至四年" and "一人失踪" are counts all the same.
_COUNTED_ONE = re.compile(r"[仅只][^，。；,;、]{0,8}$")
_RANGE_OF_ONE = re.compile(r"(?:至|到|[-—–~～]{1,2})[二两三四五六七八九十\d]")
_FATE = re.compile(
    r"(?<=[人名])(?:死亡|死|失踪|受伤|重伤|轻伤|遇难|身亡|获救|被困|落水|被捕|在逃|下落)"
)
_CHANGE = re.compile(
    r"(?P<base>[同环]比[^，。；,;]{0,10}?|按可比价格计算|(?:较|比)[^，。；,;]{0,12}?)?"
    r"(?P<verb>(?:增长|上升|提高|增加|提升|上涨|下降|减少|降低|回落|下滑|下跌|压缩|缩短|缩减|下挫|攀升|回升"
    r"|上调|下调|上浮|下浮|[收大微小再又暴累]?[涨跌])了?"
    r"|增产|减产|增收|[增降涨跌]幅(?:[达为]|约为)?|增速达?|增|减|降)"
    r"(?:约|近|达到?|逾|超过?|为)?$"
)
# "与2022年同期相比" says against what, not of what.
_COMPARED = re.compile(
    r"[同环]?(?:与|同|和|比|较)[^，。；,;]{0,14}?(?:相比|同期|上年|去年|上月|年|月份)"
    r"|按可比[^，]{0,6}计算|增产|减产|净增"
)
# "实现3.6%的增长", "12.5%的跌幅": a change that is named behind its number.
_CHANGED_BEHIND = re.compile(
    r"(?:左右|以上)?(?:的[\u4e00-\u9fff]{0,4}?)?"
    r"(?P<verb>增长|增幅|增速|涨幅|升幅|跌幅|降幅|(?<=的)(?:上升|上涨|提升|下降|下跌|下滑|减少|回落))"
    r"(?![率额值量点极])"
)
# "钢铁和煤炭的供应量较上月分别增加": against what, between the items and the word that shares out.
_AGAINST = re.compile(r"(?:[同环]比|(?:较|比)[^，。；、,;]{1,10})$")
_NO_TAIL = re.compile(r"\s*(?:和|及|与|以及|并|而|and\b)")
_REACHED = re.compile(r"[，,]\s*(?:已)?(?:达到?|至|升至|增至|降至|为)$")
_LISTED = re.compile(r"\s*(?:[、,，]|和|与|及|以及|and)\s*")
_EACH = re.compile(r"(?:分别|依次)[^，。；,;]{0,10}$")
_FALL = re.compile(r"下降|减少|降低|回落|下滑|下跌|下挫|下调|下浮|压缩|缩短|缩减|[降跌]|减$")
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
        risen = _risen_from(text, sentence, quantities, index)
        compared = _compared_with(text, sentence, quantity)
        period = (
            years.get(index)
            or compared
            or sentence.period_at(quantity.start if risen is None else risen)
        )
        subject = sentence.company_at(quantity.start) or sentence.place_at(quantity.start)
        change = _CHANGE.search(text, before, quantity.start)
        owner = _owner(text, before, change.start()) if change else ""
        behind = (
            _CHANGED_BEHIND.match(text, quantity.end, sentence.end)
            if quantity.unit in _RATE_UNITS and not change
            else None
        )
        if index in shared:
            near = measure = _shared_measure(shared[index], stated, text, quantities, index)
            subject = _place_in(measure) or subject
        elif (
            index in years
            and index - 1 in years
            and _LISTED.fullmatch(text, before, quantity.start)
        ):
            near = measure = stated[-1].figure.measure
        elif (risen is not None or compared) and (earlier := _of_the_same(stated, quantity)):
            measure = earlier
            near = f"{measure} {head} {tail}"
        elif change and (quantity.unit in _RATE_UNITS or (stated and not owner)):
            if not owner and stated:
                last = stated[-1].figure
                owner, period = _CHANGE.sub("", last.measure), last.period
                base = next((t.period for t in sentence.times if _within_match(t, change)), None)
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
                tail and not (head and becomes) and (quantity.unit[-1:] in _COUNTED or not head)
            )
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
            start = _clause_start(text, before, word.start())
            against = _AGAINST.search(text, start, word.start())
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
    of_all = noun.group(1) if noun else _measure_noun(pieces[-1])
    if not of_all or (not noun and any(_MEASURES.search(p) for p in pieces[:-1])):
        return pieces
    return [*(p + of_all for p in pieces[:-1]), pieces[-1].replace("的", "")]


def _measure_noun(item: str) -> str:
    """The measure that the last item of an enumeration ends with, told of all: "成品油供应量"."""
    import rjieba

    words = rjieba.cut(item)
    return words[-1] if len(words) > 1 and _MEASURES.search(words[-1]) else ""


_MEASURES = re.compile(
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


def _shared_measure(
    item: str, stated: Sequence[Stated], text: str, quantities: Sequence[Quantity], index: int
) -> str:
    """What a number of a "分别" measures: its item, or the change of the figure that it counts."""
    run = index
    while run and _LISTED.fullmatch(text, quantities[run - 1].end, quantities[run].start):
        run -= 1
    floor = quantities[run - 1].end if run else 0
    change = _CHANGE.search(text, floor, quantities[run].start)
    verb = change.group("verb") if change else ""
    return (stated[int(item)].figure.measure if item.isdigit() else item) + verb


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


def _of_the_same(stated: Sequence[Stated], quantity: Quantity) -> str:
    """The measure shared with a number before: "总产值1086亿元，较上年的958亿元增长"."""
    alike = [s.figure.measure for s in stated if s.figure.unit[-1:] == quantity.unit[-1:]]
    measures = [m for m in alike if _MEASURES.search(m)] or alike
    return measures[-1] if measures else ""


def _within_match(time: TimeSpan, match: re.Match[str]) -> bool:
    return match.start() <= time.start and time.end <= match.end()


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
        unit = "%" if match.group("percent") in {"%", "％"} else written.replace(" ", "")
        if not (scale or unit) and _part_of_name(folded, match.start(), end):
            continue
        value = Decimal(match.group("number").replace(",", ""))
        if unit == "点" and value <= _HOURS and value == int(value):
            continue  # an hour, or points made in a speech
        start = match.start()
        yield Quantity(start, end, value, unit, bool(match.group("ordinal")))


_HOURS = 24


def _han(folded: str, text: str) -> Iterator[Quantity]:
    for match in _HAN_QUANTITY.finditer(folded):
        digits = match.group("rate") or match.group("number")
        ordinal = bool(match.group("ordinal"))
        counted = ordinal or match.group("scale") or _counts_one(folded, *match.span())
        if match.group("number") in _HAN_IDLE and not counted:
            continue
        value = han_number(digits)
        if value is None or digits in _ABOUT_SO_MANY:
            continue
        unit = "%" if match.group("rate") else (match.group("scale") or "") + match.group("unit")
        yield Quantity(match.start(), match.end(), value, unit, ordinal)


_ABOUT_SO_MANY = frozenset("一二 一两 二三 两三 三四 三五 四五 五六 六七 七八 八九".split())


def _counts_one(folded: str, start: int, end: int) -> bool:
    """Whether a "一" with its measure word counts rather than introduces."""
    return bool(
        _FATE.match(folded, end)
        or _RANGE_OF_ONE.match(folded, end)
        or _COUNTED_ONE.search(folded, max(0, start - _ONE_REACH), start)
    )


_ONE_REACH = 12  # characters before a "一" in which "仅" or "只" makes it a count


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


def whole_number(written: str) -> int:
    """A count as a number, in digits or in Chinese characters; 0 where it is none.

    >>> whole_number("12"), whole_number("三")
    (12, 3)
    """
    return int(written) if written.isdigit() else int(han_number(written) or 0)


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
