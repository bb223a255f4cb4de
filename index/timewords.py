"""Time expressions as they are written: text -> `Expression`s, before anything is resolved.

A small grammar of our own. Everything is matched on a folded copy in which each character stands
for exactly one character of the text, so that offsets are those of the text as given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from index.clean import simple_signs


class Part(NamedTuple):
    """A part of some year: from month/day to month/day; day 0 is the month's first or last."""

    kind: str
    first: int
    first_day: int
    last: int
    last_day: int


@dataclass(frozen=True, slots=True)
class Expression:
    """One written time expression, `text[start:end]`.

    `year` is a stated year (`last_year` the last of a range). `anchor_shift` counts years from the
    anchor's (今年 is 0), `context_shift` from the year named before (当年 is 0). `part` is what of
    the year is meant. `day` is a day without its month. `word` names what none of these expresses.
    `since` marks 截至, `onward` marks 以来 and 至今.
    """

    start: int
    end: int
    year: int | None = None
    last_year: int | None = None
    anchor_shift: int | None = None
    context_shift: int | None = None
    part: Part | None = None
    day: int = 0
    word: str = ""
    since: bool = False
    onward: bool = False


_DIGITS = "零一二三四五六七八九"
_FOLD = (
    {0xFF01 + i: 0x21 + i for i in range(94)}  # full-width ASCII
    | {ord(c): ord("-") for c in "‐‑‒–—―−－~～〜〰"}
    | {ord(c): ord('"') for c in "“”„‟「」『』＂"}
    | {ord(c): ord("零") for c in "〇○"}
    | {ord(c): ord("'") for c in "‘’"}
    | {ord(c): ord(" ") for c in "\u3000\u00a0\t\u2002\u2003\u2009"}
)

_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_TO = r" ?(?:-{1,2}|至|到) ?"
_COUNT = r"(?:1[0-2]|[2-9]|十[一二]?|[二两三四五六七八九])"
# A number that is already running, or a decimal, is no month; nor is what follows 第, 每 or 农历.
_FREE = r"(?<![\d十百千第每数几近约满孕])(?<!\d[.,:])(?<!每年)(?<!农历)(?<!阴历)(?<!\d-)"
_NOT_BEGIN = r"(?![步期级心始创衷次选审试诊赛中衣稿探])"
_NOT_BOTTOM = r"(?![线盘层数座蕴气色价部板])"

_PART = (
    r"(?P<half>[上下])半年度?|"
    r"(?:第?(?P<quarter>[一二三四1-4])(?:" + _TO + r"第?(?P<quarter2>[二三四2-4]))?季度?"
    r"(?<=度)|(?P<quarter1>首季度?))(?P<qend>末)?|"
    r"[前头](?P<quarters>[二两三23])个?季度|"
    r"[前头首](?P<months>" + _COUNT + r")个?月(?![后前龄内])|"
    r"(?P<ma>"
    + _MONTH
    + r")(?: ?月份?)?"
    + _TO
    + r"(?P<mb>"
    + _MONTH
    + r") ?月份?(?! ?\d{1,2} ?日)|"
    r"(?P<m>" + _MONTH + r") ?月份?(?![龄薪租供嫂子饼]|活动)"
    r"(?: ?(?P<d>" + _DAY + r")(?: ?[日号])?(?:-|至|到)(?P<d2>" + _DAY + r") ?[日号](?!线|楼)"
    r"| ?(?P<dd>" + _DAY + r") ?[日号](?!线|楼)"
    r"|(?P<third>[上中下]旬|月?初" + _NOT_BEGIN + r"|月?底" + _NOT_BOTTOM + r"|月?末(?!端))"
    r")?|"
    r"年?(?P<edge>初" + _NOT_BEGIN + r"|底" + _NOT_BOTTOM + r"|末(?!端))"
)
# What follows a year that stands without 年: "2023上半年", "2023中报".
_PART_BEHIND = r" ?(?:[上下]半年|第?[一二三四]季[度报]|前[三3]个?季度|中报|半年度?报)"
_NO_AGE = r"(?![轻龄级代均纪薪货味])"
_YEAR = (
    r"(?<!\d[.,])(?<![\d第])(?P<y>[12]\d{3})(?:" + _TO + r"(?P<y_to>[12]\d{3}))? ?年度?"
    r"(?![级龄薪]|代[^表])(?P<decade>代)?|"
    r"(?<!\d[.,])(?<!\d)(?P<yw>(?:19|20)\d{2}) ?全年|"
    r"(?<!\d[.,])(?<![\d第A-Za-z\-/])(?P<yb>(?:19|20)\d{2})(?=" + _PART_BEHIND + r")|"
    r"(?P<yz>(?:一[八九]|二[零一])[" + _DIGITS + r"]{2}) ?年度?(?!代)|"
    r"(?<!\d[.,])(?<![\d第近满约十百])(?P<y2>(?:[0-4]\d|9\d))年"
    r"(?=\d{1,2} ?月|[上下]半年|第?[一二三四]季度)|"
    r"(?<!\d[.,])(?<![\d第])(?P<y0>0\d)年(?!前|后|内)|"
    r"(?<!\d[.,])(?<![\d第])(?P<fy>[12]\d{3}) ?财年|FY ?(?P<fy2>(?:20)?\d{2})(?!\d)|"
    r"(?<![如当迄])(?P<r0>今年|(?<![\d今本去明前后当同全一两二三四五六七八九十几多半数])年内)"
    + _NO_AGE
    + r"|(?<![成基资日版样文])(?P<r0b>本年度?)"
    + _NO_AGE
    + r"|"
    r"(?<![过失])(?P<r1>去年)" + _NO_AGE + r"|(?<![以之目此先提空])(?P<r2>前年)" + _NO_AGE + r"|"
    r"(?<![证说表声发透光文])(?P<r3>明年)(?!确)"
    + _NO_AGE
    + r"|(?<![此今之以然最])(?P<r4>后年)"
    + _NO_AGE
    + r"|"
    r"(?<![以岁路])(?P<c1>上一?年度?)(?=[同末底全]|[^轻龄级代均纪薪货味]|$)|"
    r"(?<![正])(?P<c0>当年)" + _NO_AGE + r"|(?<![不相])(?P<c0b>同年)(?!会)" + _NO_AGE + r"|"
    r"(?<!\d)(?P<c2>次年|翌年)(?!度)"
)
# A bare year is typed in a question ("园区 2024 产值"); before one of these it is a count.
_MEASURES = (
    "年项个家件人次名吨米台辆户亩座只亿万千百元块条种支所处套份期版款双层公平立升克度倍成多余位股点级届号分秒小天日"
    "周月岁篇辑集字页行列排组场批宗例株头匹艘架颗粒瓶箱车学"
)
_TYPED_AT_MOST = 60
# What carries its year in its name without 年: "2024杭州马拉松".
_EVENTS = (
    "马拉松|半马|世界杯|亚洲杯|欧洲杯|锦标赛|联赛|公开赛|大奖赛|大师赛|邀请赛|挑战赛|大赛|运动会|奥运会|亚运会|大运会"
    "|大会|论坛|峰会|年会|博览会|展览会|洽谈会|交易会|发布会|艺术节|电影节|音乐节|文化节|购物节|啤酒节|旅游节"
)
_SPECIAL = (
    r"(?P<now>截[至止](?:到|至)?(?:目前|当前|现在|今日?|记者发稿时?|发稿时?)|迄今)|"
    r'(?<![一二三四五六七八九])"?(?P<plan>十[一二三四五六]?|[六七八九])五'
    r'(?:"(?: ?(?:期间|时期|规划))?|(?:期间|时期|规划))|'
    r'(?<![一二三四五六七八九"])(?P<plan2>十[一二三四五六])五(?![个名位年岁天日月万亿名余多"])|'
    r"(?P<same>(?:[去上](?:一)?年|比|较|超)?(?<!历史)(?<!历年)(?<!不)(?<!届)同期)|"
    r"(?<!\d\.)(?<![\d\-/])(?P<ny>(?:19|20)\d{2})(?P<sep>[.\-/])(?P<nm>1[0-2]|0?[1-9])(?P=sep)"
    r"(?P<nd>3[01]|[12]\d|0?[1-9])(?![\d\-/]|\.\d)|"
    r"(?:20世纪|上个?世纪)?(?P<dec>[2-9]0)年代|"
    r"(?P<list>(?<!\d[.,])(?<!\d)(?:19|20)\d{2})(?=(?:[、和] ?(?:19|20)\d{2})+ ?年)|"
    r"(?P<typed>(?<![\d.,\-/A-Za-z第])(?:19[5-9]|20[0-4])\d)(?= ?[一-鿿])"
    r"(?!" + _PART_BEHIND + r")(?! ?[" + _MEASURES + r"])|"
    r"(?P<event>(?<!\d[.,])(?<![\d\-/A-Za-z第])20[0-4]\d)(?= ?[一-鿿·]{2,14}?(?:" + _EVENTS + r"))|"
    r"(?P<wholeyear>全年)|(?P<reported>报告期内?|回顾期内?)|"
    r"(?P<vague>近日|(?<![之作假节生\d])日前|近期|连日来|近年来|近几年)|"
    r"(?P<today>今天|今日|今晨|今晚)|(?P<yesterday>昨天|昨日|昨晚|昨夜)|(?P<before>(?<![以之目])前天)|"
    r"(?P<tomorrow>明天|(?<!光)明日(?!之))|(?P<sameday>当日|当天|同日|同一天)|(?P<nextday>次日|翌日|第二天)|"
    r"(?P<week>(?<![以])[本上下]周)(?P<weekday>[一二三四五六日天](?!年|游|刊))?|"
    r"(?P<month>(?<![成基资日])本月|(?<!以)上个?月|当月|(?<!以)下个?月(?!台))(?P<mthird>[上中下]旬|初|底|末)?|"
    r"(?P<yearedge>(?<![\d今去明前后本当同上全一两三四五六七八九十几多年])年(?:[初末]|底"
    + _NOT_BOTTOM
    + r"))"
    r"(?<!年初)|(?P<yearbegin>(?<![\d今去明前后本当同上全一两三四五六七八九十几多年])年初)"
    + _NOT_BEGIN
    + r"|(?P<bareday>(?<!\d[.,])(?<![\d\-第十百])(?:3[01]|[12]\d|0?[1-9])日)(?![均内游后线前元])"
)
_ONWARD = r"(?P<onward> ?(?:以来|至今(?!年)|到现在|开始至今))?"
_CHINESE = re.compile(
    r"(?=[截迄0-9\"零一二三四五六七八九十前头首上下第今本去明后当同次翌比较超近日连昨全年报回F])(?:"
    + _SPECIAL
    + r"|(?P<since>截[至止](?:到|至)? ?)?(?:(?:"
    + _YEAR
    + r")(?: ?的?(?:"
    + _PART.replace("(?P<", "(?P<a_").replace("(?P=", "(?P=a_")
    + r")|(?P<whole>全年)|(?P<midyear>半年度(?:业绩|财务|经营)?(?:报告?|快报|预告)?|半年报告?"
    + r"|中报|中期(?:报告|业绩))"
    r"|(?P<report>第?[一三]季度?报告?(?<=[报告])))?|"
    + _FREE
    + "(?:"
    + _PART
    + r"))"
    + _ONWARD
    + r")"
)
_RELATIVE = {"r0": 0, "r0b": 0, "r1": -1, "r2": -2, "r3": 1, "r4": 2}
_CONTEXT = {"c0": 0, "c0b": 0, "c1": -1, "c2": 1}
_WORDS = (
    *("now", "same", "wholeyear", "vague", "today", "yesterday", "before", "tomorrow"),
    *("sameday", "nextday", "yearedge", "yearbegin", "reported"),
)


@cache
def _table() -> dict[int, int]:
    """Traditional characters to simplified ones, and what `_FOLD` says."""
    return simple_signs() | {ord("週"): ord("周")} | _FOLD


def fold(text: str) -> str:
    """The copy that the grammar reads: one character for each character of `text`."""
    return text.translate(_table())


def number(written: str) -> int:
    """A day, month or count as a number: "12", "十二", "两"."""
    if written.isdigit():
        return int(written)
    if written == "两":
        return 2
    tens, found, ones = written.rpartition("十")
    value = (10 * (_DIGITS.index(tens) if tens else 1)) if found else 0
    return value + (_DIGITS.index(ones) if ones else 0)


def expressions(folded: str) -> Iterator[Expression]:
    """Every Chinese time expression of a folded text, in order, without overlaps."""
    for match in _CHINESE.finditer(folded):
        groups = {name: value for name, value in match.groupdict().items() if value is not None}
        found = _special(match, groups) or _dated(match, groups)
        if found is not None:
            yield found


def _special(match: re.Match[str], groups: dict[str, str]) -> Expression | None:
    start, end = match.span()
    if plan := groups.get("plan") or groups.get("plan2"):
        # The sixth plan ran from 1981; each since has had five years.
        first = 1981 + 5 * (number(plan) - 6)
        return Expression(start, end, year=first, last_year=first + 4, word="plan")
    if "ny" in groups:
        month, day = int(groups["nm"]), int(groups["nd"])
        return Expression(
            start, end, year=int(groups["ny"]), part=Part("day", month, day, month, day)
        )
    if "dec" in groups:
        first = 1900 + int(groups["dec"])
        return Expression(start, end, year=first, last_year=first + 9)
    if "typed" in groups:
        if len(match.string) > _TYPED_AT_MOST:
            return None
        return Expression(start, end, year=int(groups["typed"]))
    if year := groups.get("list") or groups.get("event"):
        return Expression(start, end, year=int(year))
    if "bareday" in groups:
        return Expression(start, end, day=int(groups["bareday"][:-1]))
    if "week" in groups:
        return Expression(start, end, word=groups["week"] + groups.get("weekday", ""))
    if "month" in groups:
        return Expression(start, end, word=groups["month"][0] + "月" + groups.get("mthird", ""))
    for name in _WORDS:
        if name in groups:
            return Expression(start, end, word=name if name != "same" else "same:" + groups["same"])
    return None


def _dated(match: re.Match[str], groups: dict[str, str]) -> Expression | None:
    start, end = match.span()
    prefixed = {key[2:]: value for key, value in groups.items() if key.startswith("a_")}
    part = _part(prefixed or groups)
    if "midyear" in groups:
        part = Part("half", 1, 0, 6, 0)
    elif "report" in groups:  # what is reported of the first quarter, or of the first three
        part = Part("quarter", 1, 0, 9 if "三" in groups["report"] else 3, 0)
    year: int | None = None
    last: int | None = None
    if stated := groups.get("y") or groups.get("yw") or groups.get("yb") or groups.get("fy"):
        year = int(stated)
        if year > 2100 or (year < 1800 and re.match(r"的?历史|前|以上|来", match.string[end:])):
            return None
        if "y_to" in groups:
            last = int(groups["y_to"])
            if last <= year or part is not None:
                return None
        elif "decade" in groups:
            last = year + 9
    elif "yz" in groups:
        year = int("".join(str(_DIGITS.index(digit)) for digit in groups["yz"]))
    elif short := groups.get("y2") or groups.get("y0") or groups.get("fy2"):
        value = int(short)
        year = value if value > 99 else value + (1900 if value >= 90 else 2000)
    anchor = next((_RELATIVE[name] for name in _RELATIVE if name in groups), None)
    context = next((_CONTEXT[name] for name in _CONTEXT if name in groups), None)
    if year is None and anchor is None and context is None and part is None:
        return None
    return Expression(
        start,
        end,
        year=year,
        last_year=last,
        anchor_shift=anchor,
        context_shift=context,
        part=part,
        since="since" in groups,
        onward="onward" in groups,
    )


def _part(groups: dict[str, str]) -> Part | None:
    if "half" in groups:
        first = 1 if groups["half"] == "上" else 7
        return Part("half", first, 0, first + 5, 0)
    if "quarter" in groups or "quarter1" in groups:
        quarter = number(groups.get("quarter", "1"))
        last = number(groups.get("quarter2", str(quarter)))
        if last < quarter:
            return None
        return Part("quarter", 3 * quarter - 2, 0, 3 * last, 0)
    if "quarters" in groups:
        return Part("quarter", 1, 0, 3 * number(groups["quarters"]), 0)
    if "months" in groups:
        return Part("months", 1, 0, number(groups["months"]), 0)
    if "ma" in groups:
        first, last = number(groups["ma"]), number(groups["mb"])
        return Part("months", first, 0, last, 0) if first < last else None
    if "m" in groups:
        return _month_part(number(groups["m"]), groups)
    if "edge" in groups:
        return Part("month", 1, 0, 1, 0) if groups["edge"] == "初" else Part("month", 12, 0, 12, 0)
    return None


def _month_part(month: int, groups: dict[str, str]) -> Part | None:
    if "dd" in groups:
        day = number(groups["dd"])
        return Part("day", month, day, month, day)
    if "d" in groups:
        first, last = number(groups["d"]), number(groups["d2"])
        return Part("range", month, first, month, last) if first < last else None
    if "third" in groups:
        first, last = third(groups["third"])
        return Part("range", month, first, month, last)
    return Part("month", month, 0, month, 0)


def third(word: str) -> tuple[int, int]:
    """The days of 上旬/初, 中旬 and 下旬/底/末; 0 is the month's last."""
    if "上" in word or "初" in word:
        return 1, 10
    return (11, 20) if "中" in word else (21, 0)
