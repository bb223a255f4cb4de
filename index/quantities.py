"""Text -> quantities: numbers in digits or in characters, each with its unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from index.lexical import fold
from index.period import TimeSpan
from index.sentences import Sentence

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
COUNTED = frozenset(
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


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written: `text[start:end]` holds value and unit."""

    start: int
    end: int
    value: Decimal
    unit: str
    ordinal: bool = False


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


def sentence_quantities(text: str, sentence: Sentence) -> list[Quantity]:
    """The quantities of one sentence, with offsets in the article's text."""
    base = sentence.start
    times = [replace(t, start=t.start - base, end=t.end - base) for t in sentence.times]
    found = find_quantities(text[base : sentence.end], times)
    return [replace(q, start=q.start + base, end=q.end + base) for q in found]


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
