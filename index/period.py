"""Periods in words: the door to time expressions, their labels, and when an article was published.

`find_periods` and `parse_period` read "今年上半年", `label` writes it, and `infer_published`
concludes when a page was published that does not say so.
"""

from __future__ import annotations

import calendar
from datetime import date

from index.published import infer_published
from index.records import Period
from index.timespans import TimeSpan, find_periods, parse_period

__all__ = ["TimeSpan", "find_periods", "infer_published", "label", "parse_period"]

_QUARTERS = ("一季度", "二季度", "三季度", "四季度")
_ORDINALS = ("first", "second", "third", "fourth")


def label(period: Period, language: str = "zh") -> str:
    """The period in words that `parse_period` reads back: "2020年上半年", "August 2022"."""
    chinese = language.startswith("zh")
    start, end = period.start, period.end
    whole = start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]
    if start == end:
        return _day_label(start, chinese)
    if whole and start.year == end.year:
        return _months_label(start.year, start.month, end.month, chinese)
    if whole and (start.month, end.month) == (1, 12):
        return f"{start.year}-{end.year}年" if chinese else f"{start.year}-{end.year}"
    joint = "至" if chinese else " to "
    if whole:
        first, last = ((d.year, d.month) for d in (start, end))
        return joint.join(_months_label(y, m, m, chinese) for y, m in (first, last))
    return joint.join(_day_label(d, chinese) for d in (start, end))


def _day_label(day: date, chinese: bool) -> str:
    if chinese:
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def _months_label(year: int, first: int, last: int, chinese: bool) -> str:
    """Whole months of one year, by the name of the half or quarter where there is one."""
    months = last - first + 1
    names = calendar.month_name
    if months == 12:
        return f"{year}年" if chinese else str(year)
    if months == 6 and first in (1, 7):
        if chinese:
            return f"{year}年{'上' if first == 1 else '下'}半年"
        return f"the {_ORDINALS[first // 7]} half of {year}"
    if months == 9 and first == 1:
        return f"{year}年前三季度" if chinese else f"the first three quarters of {year}"
    if months == 3 and first % 3 == 1:
        if chinese:
            return f"{year}年{_QUARTERS[first // 3]}"
        return f"the {_ORDINALS[first // 3]} quarter of {year}"
    if months == 1:
        return f"{year}年{first}月" if chinese else f"{names[first]} {year}"
    if chinese:
        return f"{year}年{first}-{last}月"
    return f"{names[first]} to {names[last]} {year}"
