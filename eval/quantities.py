"""Numbers and dates as a reader takes them: `1.2亿元`, `12000万元` and `RMB 120 million` are one.

This is the inspector's own reading, made without the code that writes the answers, so that a
mistake over there is not repeated here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_SIGNS = {"㎡": "平方米", "㎢": "平方公里", "㎥": "立方米", "²": "²", "℃": "℃"}
_FOLDED = str.maketrans(
    {
        **dict.fromkeys("“”„‟「」『』＂", '"'),
        **dict.fromkeys("‘’‛＇", "'"),
        **dict.fromkeys("–—―−－‐‑", "-"),
        **dict.fromkeys("～∼", "~"),
    }
)
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])")
_BULLET = re.compile(r"(?m)^[ \t]*(?:[-*•·][ \t]+|\(?\d{1,2}[.、)][ \t]*(?!\d))")
_MARKER = re.compile(r"\[\d{1,2}\]")


def _fold(char: str) -> str:
    """One character in its compatibility form, unless that would write a digit that is not there.

    NFKC makes `12m2` of `12㎡` and `1` of `①`.
    """
    if char in _SIGNS:
        return _SIGNS[char]
    folded = unicodedata.normalize("NFKC", char)
    if not char.isdecimal() and any(part.isdigit() for part in folded):
        return char
    return folded


def normal(text: str) -> str:
    """The copy of a text in which strings and numbers are compared.

    Half-width, lower case, one kind of quotation mark and dash, no thousands separators, no marks
    `[n]`, no bullets. White space goes, except newlines, and one blank where two numbers or words
    of Latin letters would run together ("in 2019 26 projects").

    >>> normal("完成 １２０．９８亿元[1]")
    '完成120.98亿元'
    """
    text = _BULLET.sub("", _MARKER.sub(" ", text))
    # The full-width comma parts clauses and never thousands: it is folded after these are joined
    text = "".join(char if char == "，" else _fold(char) for char in text.translate(_FOLDED))
    text = _THOUSANDS.sub(lambda match: match[0].replace(",", ""), text).replace("，", ",")
    text = re.sub(r"\s*\n\s*", "\n", text.strip().lower())
    text = re.sub(r"(?<=[0-9a-z%.,])[^\S\n]+(?=[0-9a-z])", "\0", text)
    return re.sub(r"[^\S\n]+", "", text).replace("\0", " ")


def compact(text: str) -> str:
    """`normal` without any white space: the copy in which spans of evidence are looked for."""
    return normal(text).replace(" ", "").replace("\n", "")


_SCALES = {
    "万亿": 10**12,
    "亿": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "万": 10**4,
    "千": 10**3,
    "百": 10**2,
    "trillion": 10**12,
    "billion": 10**9,
    "million": 10**6,
    "thousand": 10**3,
    "hundred": 10**2,
}
# A unit as written -> (what it is called here, how many of those one of it is)
_UNITS: dict[str, tuple[str, Decimal]] = {
    name: (unit, Decimal(factor))
    for unit, written in {
        "元": {"元人民币": "1", "元": "1", "块钱": "1", "yuan": "1", "rmb": "1", "cny": "1"},
        "美元": {"美元": "1", "us dollars": "1", "dollars": "1", "usd": "1"},
        "港元": {"港元": "1", "港币": "1"},
        "欧元": {"欧元": "1", "euros": "1"},
        "日元": {"日元": "1"},
        "%": {"%": "1", "percent": "1", "per cent": "1", "‰": "0.1"},
        "百分点": {"个百分点": "1", "百分点": "1", "percentage points": "1", "个点": "1"},
        "米": {"公里": "1000", "千米": "1000", "km": "1000", "米": "1", "厘米": "0.01"},
        "平方米": {"平方公里": "1000000", "平方千米": "1000000", "公顷": "10000", "平方米": "1"},
        "立方米": {"立方米": "1"},
        "亩": {"亩": "1"},
        "克": {"吨": "1000000", "公斤": "1000", "千克": "1000", "克": "1", "kg": "1000"},
        "瓦": {"千瓦": "1000", "兆瓦": "1000000", "瓦": "1"},
        "瓦时": {"千瓦时": "1000", "度": "1000", "kwh": "1000"},
        "小时": {"个小时": "1", "小时": "1", "hours": "1"},
        "月": {"个月": "1", "months": "1"},
        "工作日": {"个工作日": "1", "工作日": "1"},
        "人": {"人": "1", "名": "1", "people": "1", "个人": "1"},
        "人次": {"人次": "1"},
        "天": {"天": "1", "days": "1"},
        "周年": {"周年": "1"},
        "年": {"年": "1", "years": "1"},
    }.items()
    for name, factor in written.items()
}
_UNITS |= {
    unit: (unit, Decimal(1)) for unit in "个家件项位次户座只条套台辆份所种类级倍岁支届期批场间栋处"
}
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_SCALE = (
    r"万亿|亿|千万|百万|十万|万|千(?![米克瓦])|百(?!分)| ?(?:trillion|billion|million|thousand)"
)
_DIGITS = r"\d+(?:\.\d+)?"
_QUANTITY = re.compile(
    rf"(?P<prefix>rmb|cny|usd|us\$|[¥$]|百分之)?\s?(?<![\d.])"
    rf"(?P<number>{_DIGITS})(?P<scale>{_SCALE})?"
    rf"(?P<more>(?:\d+(?:\.\d+)?(?:万|千|百))*) ?(?P<unit>{_UNIT})?"
)
_PREFIXES = {"rmb": "元", "cny": "元", "¥": "元", "usd": "美元", "us$": "美元", "$": "美元"}
_CHINESE = "零〇一二两三四五六七八九"
_WRITTEN = re.compile(
    rf"百分之(?P<share>[{_CHINESE}十百]+(?:点[{_CHINESE}]+)?)"
    rf"|(?<![\d.{_CHINESE}十百千万亿])"
    rf"(?P<count>[{_CHINESE}十][{_CHINESE}十百千万亿]*(?:点[{_CHINESE}]+)?[百千万亿]*)(?P<unit>{_UNIT})"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number at `start:end` of a normal text.

    `value` counts in the unit's base ("1.2亿元" is 120000000 of "元"); `number` is what stands
    before the scale (1.2). `unit` is "" where none that is known follows.
    """

    start: int
    end: int
    number: Decimal
    value: Decimal
    unit: str
    written: str


def chinese_number(text: str) -> Decimal:
    """`一百二十八` to 128, `三点五亿` to 350000000, `二〇二四` to 2024."""
    whole, _, part = text.partition("点")
    if part:
        digits = "".join(str(max(0, "〇一二三四五六七八九".find(c))) for c in part if c in _CHINESE)
        scale = Decimal(1)
        for char in part:
            scale *= _SCALES.get(char, 1)
        return (chinese_number(whole) + Decimal(f"0.{digits or 0}")) * scale
    if len(whole) > 1 and all(char in _CHINESE for char in whole):
        return Decimal("".join(str(_digit(char)) for char in whole))
    total = section = digit = 0
    for char in whole:
        if char in _CHINESE:
            digit = _digit(char)
        elif char in "十百千":
            section += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            digit = 0
        else:
            section += digit
            # "一百二十八亿六千万": 亿 raises all before it, 万 only what follows the 亿
            total = (total + section) * 10**8 if char == "亿" else total + section * 10**4
            section = digit = 0
    return Decimal(total + section + digit)


def _digit(char: str) -> int:
    return {"零": 0, "两": 2}.get(char, "〇一二三四五六七八九".find(char))


def _negative(text: str, start: int) -> bool:
    """Whether a minus sign stands before the number; `1-6月` and `2019-2020` hold none."""
    before = text[max(0, start - 2) : start]
    if before.endswith("负"):
        return True
    return before.endswith("-") and not re.match(r"[0-9a-z)月日年]", before[:-1] or " ")


def _arabic(text: str) -> Iterator[Quantity]:
    for match in _QUANTITY.finditer(text):
        number = Decimal(match["number"])
        value = number * _SCALES.get((match["scale"] or "").strip(), 1)
        for part in re.finditer(r"([\d.]+)(万|千|百)", match["more"] or ""):
            value += Decimal(part[1]) * _SCALES[part[2]]
        start, end, unit = match.start(), match.end(), match["unit"]
        if match["prefix"] == "百分之":
            name, factor = "%", Decimal(1)
        elif unit:
            name, factor = _UNITS[unit]
        else:
            name, factor = _PREFIXES.get(match["prefix"] or "", ""), Decimal(1)
            end = match.end("more") if match["more"] else match.end("scale")
            end = end if end > 0 else match.end("number")
        if _negative(text, match.start("number")):
            number, value = -number, -value
        yield Quantity(start, end, number, value * factor, name, text[start:end].strip())


def _spelled(text: str) -> Iterator[Quantity]:
    for match in _WRITTEN.finditer(text):
        number = chinese_number(match["share"] or match["count"])
        name, factor = _UNITS[match["unit"]] if match["unit"] else ("%", Decimal(1))
        yield Quantity(*match.span(), number, number * factor, name, match[0])


def quantities(text: str, *, spelled: bool = False) -> list[Quantity]:
    """The numbers of a normal text that are not part of a date, in order.

    With `spelled`, numbers in Chinese characters before a known unit too ("三家").
    """
    inside = {place for day in dates(text) for place in range(day.start, day.end)}
    found = [item for item in _arabic(text) if not inside & {item.start, item.end - 1}]
    if spelled:
        found += [item for item in _spelled(text) if item.start not in inside]
    return sorted(found, key=lambda item: item.start)


@dataclass(frozen=True, slots=True)
class Day:
    """A date at `start:end` of a normal text, with what is said of it."""

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None

    @property
    def fields(self) -> tuple[tuple[str, int], ...]:
        """What is said: `(("year", 2022), ("month", 8))`."""
        parts = (("year", self.year), ("month", self.month), ("day", self.day))
        return tuple((name, value) for name, value in parts if value is not None)

    def says(self, other: Day) -> bool:
        """Whether everything that `other` says is said here."""
        return set(other.fields) <= set(self.fields)


_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH = "|".join(f"{name}|{name[:3]}" for name in _MONTHS)
_YEAR = rf"(?:19|20)\d\d|[一二][〇零九][{_CHINESE}]{{2}}(?=年)"
_TWO = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_FREE = rf"(?<![\d.十{_CHINESE}])"
_DATE = re.compile(
    rf"{_FREE}(?P<y1>{_YEAR})年(?:度)?(?:(?P<m1>{_TWO})月(?:份)?(?:(?P<d1>{_TWO})[日号])?)?"
    rf"|(?<![\d.])(?P<y2>{_YEAR})[-/.](?P<m2>\d{{1,2}})[-/.](?P<d2>\d{{1,2}})(?!\d)"
    rf"|(?<![\d.])(?P<y7>{_YEAR})[-/](?P<m7>\d{{1,2}})(?![-/.\d])"
    rf"|(?<![\d.])(?P<y8>{_YEAR})\.(?P<m8>\d{{1,2}})(?![\d.%\u4e00-\u9fff])"
    rf"|{_FREE}(?:\d{{1,2}}月?[-~至到])?(?P<m3>{_TWO})月(?:份)?(?:(?P<d3>{_TWO})[日号])?"
    rf"|{_FREE}(?P<d6>{_TWO})日(?!元)"
    rf"|\b(?P<m4>{_MONTH})\b\.? ?(?P<d4>\d{{1,2}}(?!\d))?(?:st|nd|rd|th)?(?:,? ?(?P<y4>{_YEAR}))?"
    rf"|\b(?P<d5>\d{{1,2}})(?:st|nd|rd|th)? (?P<m5>{_MONTH})\b\.?,? ?(?P<y5>{_YEAR})?"
    rf"|(?<![\d.a-z$¥])(?P<y6>{_YEAR})(?=[^\d\u4e00-\u9fff.%a-z]|\.(?!\d)|$| [a-z])"
)


def _whole(text: str | None) -> int | None:
    """A year, a month or a day, however it is written."""
    if text is None:
        return None
    if text.isdecimal():
        return int(text)
    if text[0] in _CHINESE or text[0] == "十":
        return int(chinese_number(text))
    return next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(text[:3]))


def dates(text: str) -> list[Day]:
    """The dates of a normal text, in order: `2022年8月`, `2022-08`, `4月30日`, `August 2022`.

    Years standing alone in Latin text count ("in 2024"). Offsets count in the text as given.
    """
    found = []
    for match in _DATE.finditer(text):
        parts = {name[0]: value for name, value in match.groupdict().items() if value}
        year, month, day = (_whole(parts.get(name)) for name in "ymd")
        if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= 31):
            continue
        if match["m4"] in {"may", "mar"} and day is None and year is None:
            continue  # "may" is a verb more often than a month
        found.append(Day(match.start(), match.end(), year, month, day))
    return found
