"""Time expressions to periods: "今年上半年" + publication date -> `Period`.

What is not certain stays unresolved: a recognised expression whose year nobody names, neither the
text nor an anchor, has the period None.

Conventions: 截至 with a date is that day itself (the last day of a month, quarter or year), of
kind "since"; 截至目前 is the anchor. 以来 and 至今 run from the first day named to the anchor's
last. 年初 is January, 年底 December, 月底 the days from the 21st. A fiscal year is read as the
calendar year. 同期 is the part of the year named before it, one year earlier after 去年, 上年, 比,
较 and 超, else the same. 近日 is the fortnight up to the anchor, `inferred`.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from index.records import Period
from index.timewords import Expression, Part, expressions, fold, third
from index.timewords_english import english_expressions

_SENTENCE_END = re.compile(r"[。！？!?;；\n]|\.(?=\s)")
_FUTURE = re.compile(
    r"[将拟待]|计划|预计|力争|争取|有望|确保|目标|底前|will|plan|expect|by the end"
)
_REPORT = re.compile(
    r"(?:\d{2,4} ?年?度?|今年|去年|本年度?|上年度?)?"
    r"(?:[上下]半年度?|半年度?|年度|全年|第?[一二三四]季度?|前三季度)?"
    r"(?:业绩|财务|经营|利润)?(?:[年中季财]报|报(?![告道名到社]|告期)|报告(?!期)|中期(?:报告|业绩)|业绩|快报|预告)"
)
_JOINED = re.compile(r" ?(?:-{1,2}|至|到|to|through|until) ?")
_FORTNIGHT = timedelta(days=14)
_RECENT = timedelta(days=62)
_NEARBY = 100  # characters from a day to 第二天
_WEEKDAYS = {**{day: i for i, day in enumerate("一二三四五六日")}, "天": 6}
# A month further ahead of the anchor than this is taken for last year's: few papers look on so far.
_MONTHS_AHEAD = 3
_MONTH = 31


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A time expression at `text[start:end]`.

    `period` is None where a recognised expression cannot be resolved. `kind` is one of year, half,
    quarter, months, month, day, range, since, relative, plan. `relative` says that the expression
    itself states no year.
    """

    start: int
    end: int
    period: Period | None
    kind: str
    relative: bool


def find_periods(text: str, anchor: Period | None = None) -> list[TimeSpan]:
    """Every time expression of `text`, in order and without overlaps.

    `anchor` is when the text was published; it resolves 今年, and a month that has no year.
    """
    folded = fold(text)
    found = list(_read(folded))
    reader = _Resolver(folded, anchor)
    spans = []
    skip = False
    for here, following in pairwise([*found, None]):
        if skip or here is None:
            skip = False
            continue
        span = following and (reader.joined(here, following) or reader.part_of(here, following))
        skip = span is not None
        spans.append(span or reader.resolve(here))
    return spans


def parse_period(text: str, anchor: Period | None = None) -> Period | None:
    """The period of the first time expression that can be resolved, else None."""
    return next((span.period for span in find_periods(text, anchor) if span.period), None)


def _read(folded: str) -> Iterator[Expression]:
    chinese = list(expressions(folded))
    english = list(english_expressions(folded))
    if not english:
        yield from chinese
        return
    taken = -1
    for found in sorted(chinese + english, key=lambda e: (e.start, -e.end)):
        if found.start >= taken:
            taken = found.end
            yield found


@dataclass(slots=True)
class _Resolver:
    """Reads one text from front to back and remembers what was named last."""

    folded: str
    anchor: Period | None
    last: Period | None = None
    last_day: date | None = None
    year: int | None = None
    stated_at: int = -1  # where the expression that stated `year` ended
    day_at: int = -1  # where the expression that stated `last_day` ended
    read_to: int = -1  # where the expression that stated `last` ended
    report: Period | None = None  # what the first report named is about

    def resolve(self, expression: Expression) -> TimeSpan:
        """The span of one expression; remembers its period."""
        period, kind = self._resolved(expression)
        if expression.since:
            kind = "since"
            period = period and Period(period.end, period.end, period.inferred)
        elif expression.onward:
            kind = "range"
            period = self._onward(period)
        relative = expression.year is None
        self._remember(period, kind, expression)
        return TimeSpan(expression.start, expression.end, period, kind, relative)

    def joined(self, first: Expression, second: Expression) -> TimeSpan | None:
        """The range of two expressions that 至 or a dash joins, else None."""
        gap = self.folded[first.end : second.start]
        if len(gap) > 9 or not _JOINED.fullmatch(gap) or first.word or second.word or first.onward:
            return None
        if first.last_year is not None or second.last_year is not None:
            return None
        start, _ = self._resolved(first)
        if start is None:
            return None
        if second.day:
            end = _day(start.end.year, start.end.month, second.day)
        elif second.part and _undated(second):
            end = _in_year(second.part, start.end.year)
            if end and end.end < start.start:
                end = _in_year(second.part, start.end.year + 1)
        else:
            end, _ = self._resolved(second)
        if end is None or end.end <= start.start:
            return None
        period: Period | None = Period(start.start, end.end)
        kind = "range"
        if second.onward:
            period = self._onward(period)
        self._remember(period, kind, first)
        return TimeSpan(first.start, second.end, period, kind, first.year is None)

    def part_of(self, year: Expression, same: Expression) -> TimeSpan | None:
        """The part of the year that was named last, in another year: "2022年同期"; else None."""
        plain = year.year is not None and not (year.part or year.word or year.day or year.onward)
        if not plain or same.word != "same:同期" or self.last is None or year.last_year is not None:
            return None
        if self.folded[year.end : same.start].strip(" 的"):
            return None
        assert year.year is not None
        period = _shifted(self.last, year.year - self.last.start.year)
        return TimeSpan(year.start, same.end, period, "relative", False)

    def _resolved(self, expression: Expression) -> tuple[Period | None, str]:
        if expression.day:
            return self._bare_day(expression), "day"
        if expression.word == "plan" or expression.last_year is not None:
            assert expression.year is not None
            assert expression.last_year is not None
            start, end = Period.year(expression.year), Period.year(expression.last_year)
            return Period(start.start, end.end), "plan" if expression.word else "range"
        if expression.word:
            return self._word(expression)
        year = self._year_of(expression)
        kind = expression.part.kind if expression.part else "year"
        if year is None or not 1 <= year <= 9998:
            return None, kind
        if expression.part is None:
            return Period.year(year), kind
        return _in_year(expression.part, year), kind

    def _year_of(self, expression: Expression) -> int | None:
        if expression.year is not None:
            return expression.year
        if expression.anchor_shift is not None:
            now = self._anchor_year()
            return None if now is None else now + expression.anchor_shift
        if expression.context_shift is not None:
            base = self._context_year(expression)
            return None if base is None else base + expression.context_shift
        assert expression.part is not None
        near = self.anchor is None or self._same_sentence(expression.start, self.stated_at)
        if self.year is not None and near:
            return self.year
        return self._latest_year(expression.part, expression)

    def _context_year(self, expression: Expression) -> int | None:
        """The year that 当年, 上年 and 次年 count from; 上年 reaches back to no old history."""
        if self.anchor is None:
            return self.year
        now = self.anchor.end.year
        if self.year is None:
            return self._anchor_year()
        told = self.year >= now - 1 or self._same_sentence(expression.start, self.stated_at)
        if expression.context_shift == -1 and not told:
            return self._anchor_year()
        return self.year if self.year <= now else None

    def _latest_year(self, part: Part, expression: Expression) -> int | None:
        """The year in which a part without a year lies, as seen from the anchor."""
        if self.anchor is None:
            return None
        end = self.anchor.end
        ahead = part.first - end.month
        if ahead <= _MONTHS_AHEAD or self._future(expression):
            return end.year
        return end.year - 1

    def _future(self, expression: Expression) -> bool:
        around = self.folded[max(0, expression.start - 12) : expression.end + 8]
        return bool(_FUTURE.search(around))

    def _anchor_year(self) -> int | None:
        if self.anchor is None or self.anchor.start.year != self.anchor.end.year:
            return None
        return self.anchor.end.year

    def _same_sentence(self, start: int, stated_at: int) -> bool:
        return stated_at >= 0 and not _SENTENCE_END.search(self.folded, stated_at, start)

    def _bare_day(self, expression: Expression) -> Period | None:
        """A day without a month: of the month named last, or the nearest to the anchor."""
        if self.last_day is not None and self._goes_on(expression.start):
            base = self.last_day
            if expression.day < base.day - 20:
                base = base.replace(day=28) + timedelta(days=4)
            return self._told_by_now(_day(base.year, base.month, expression.day), expression)
        if self.anchor is None or self.anchor.days > 31:
            return None
        end = self.anchor.end
        if expression.day > end.day and not self._future(expression):
            end = end.replace(day=1) - timedelta(days=1)
        return _day(end.year, end.month, expression.day)

    def _told_by_now(self, day: Period | None, expression: Expression) -> Period | None:
        """The day, a month earlier if the text was written before it and does not look ahead."""
        if day is None or self.anchor is None or day.end <= self.anchor.end:
            return day
        if self._future(expression) or self.anchor.days > 31:
            return day
        before = day.end.replace(day=1) - timedelta(days=1)
        return _day(before.year, before.month, expression.day) or day

    def _goes_on(self, start: int) -> bool:
        """Whether the day named last may lend its month: in this sentence, or if it is recent."""
        if self.anchor is None or self.last_day is None:
            return True
        recent = timedelta(0) <= self.anchor.end - self.last_day <= _RECENT
        return recent or self._same_sentence(start, self.day_at)

    def _onward(self, period: Period | None) -> Period | None:
        if period is None or self.anchor is None or self.anchor.end < period.start:
            return None
        return Period(period.start, self.anchor.end)

    def _word(self, expression: Expression) -> tuple[Period | None, str]:
        word = expression.word
        anchor = self.anchor
        if word == "now":
            return anchor, "since"
        if word.startswith("same:"):
            return self._same_part(word[5:]), "relative"
        if word == "reported":
            told = self.report or (self.last if self.last and self.last.days > _MONTH else None)
            return told, "half" if told else "relative"
        if word == "wholeyear":
            year = self.year if self.year is not None else self._anchor_year()
            if self.year is None and anchor and year and anchor.end.month <= _MONTHS_AHEAD:
                year -= 1  # in spring the whole year that is told of is the one gone by
            return (Period.year(year) if year is not None else None), "year"
        if word in ("yearedge", "yearbegin"):
            month = 1 if word == "yearbegin" or "初" in self._text(expression) else 12
            year = self._latest_year(Part("month", month, 0, month, 0), expression)
            if self.year is not None and (
                anchor is None or self._same_sentence(expression.start, self.stated_at)
            ):
                year = self.year
            return (Period.months(year, month, month) if year is not None else None), "month"
        if word == "sameday" and self.last_day is not None:
            return Period(self.last_day, self.last_day), "day"
        if word == "nextday":
            near = self.last_day and expression.start - self.day_at <= _NEARBY
            following = self.last_day + timedelta(days=1) if near and self.last_day else None
            return (Period(following, following) if following else None), "day"
        if word == "vague":
            return self._vague(self._text(expression)), "relative"
        month = self.last is not None and self.last.days <= _MONTH
        if word[1:2] == "月" and month and self._same_sentence(expression.start, self.read_to):
            assert self.last is not None
            # 7月末…较上月末: the month before the one just named, not the anchor's.
            return _from_anchor(word, self.last)
        if anchor is None:
            return None, "relative"
        return _from_anchor(word, anchor)

    def _is_reported(self, expression: Expression) -> bool:
        """Whether a time names what a report is about: "2023年半年度报告", "2023年度业绩"."""
        return bool(_REPORT.match(self.folded, expression.start))

    def _text(self, expression: Expression) -> str:
        return self.folded[expression.start : expression.end]

    def _same_part(self, word: str) -> Period | None:
        if self.last is None:
            return None
        if word == "同期":
            return self.last
        return _shifted(self.last, -1)

    def _vague(self, word: str) -> Period | None:
        if self.anchor is None or "年" in word:
            return None
        if self.anchor.days > 31:
            return Period(self.anchor.start, self.anchor.end, inferred=True)
        return Period(self.anchor.end - _FORTNIGHT, self.anchor.end, inferred=True)

    def _remember(self, period: Period | None, kind: str, expression: Expression) -> None:
        if (
            period is None
            or kind == "plan"
            or expression.word.startswith(("same:", "vague", "reported"))
        ):
            return
        if self.year is not None and self.folded[: expression.start].endswith(("比", "较")):
            return  # "比2020年提高1.6个百分点": a look aside, after which the year goes on
        self.last, self.read_to = period, expression.end
        if self.report is None and period.days > _MONTH and self._is_reported(expression):
            self.report = period
        if kind in ("day", "since") and period.days == 1:
            self.last_day, self.day_at = period.end, expression.end
        elif kind in ("month", "year", "half"):
            self.last_day = None
        if expression.year is not None and expression.last_year is None:
            self.year, self.stated_at = expression.year, expression.end
        elif expression.anchor_shift is not None or expression.context_shift in (0, 1):
            # 较去年提升，上半年…: a year told from now does not reach the month behind it.
            now = expression.anchor_shift == 0 or expression.context_shift == 0
            self.year, self.stated_at = period.start.year, expression.end if now else -1


def _undated(expression: Expression) -> bool:
    return (
        expression.year is None
        and expression.anchor_shift is None
        and expression.context_shift is None
    )


def _in_year(part: Part, year: int) -> Period | None:
    last_day = part.last_day or calendar.monthrange(year, part.last)[1]
    try:
        return Period(date(year, part.first, part.first_day or 1), date(year, part.last, last_day))
    except ValueError:  # no such day, such as 2月30日
        return None


def _day(year: int, month: int, day: int) -> Period | None:
    return _in_year(Part("day", month, day, month, day), year)


def _shifted(period: Period, years: int) -> Period | None:
    """The same part of the calendar `years` later; 29 February becomes the 28th."""

    def moved(day: date) -> date:
        year = day.year + years
        return date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))

    start, end = moved(period.start), moved(period.end)
    if period.end.day == calendar.monthrange(period.end.year, period.end.month)[1] and (
        period.start.day == 1
    ):
        end = date(end.year, end.month, calendar.monthrange(end.year, end.month)[1])
    return Period(start, end)


def _from_anchor(word: str, anchor: Period) -> tuple[Period | None, str]:
    """今天, 昨日, 上周五, 本月中旬: needs an anchor as fine as the word."""
    if word[1:2] == "月":
        if (anchor.start.year, anchor.start.month) != (anchor.end.year, anchor.end.month):
            return None, "month"
        index = anchor.end.year * 12 + anchor.end.month - 1 + {"上": -1, "下": 1}.get(word[0], 0)
        year, month = index // 12, index % 12 + 1
        if len(word) > 2:
            first, last = third(word[2:])
            return _in_year(Part("range", month, first, month, last), year), "range"
        return Period.months(year, month, month), "month"
    if anchor.days > 1:
        return None, "relative"
    shifts = {"today": 0, "sameday": 0, "yesterday": -1, "before": -2, "tomorrow": 1}
    if word in shifts:
        day = anchor.end + timedelta(days=shifts[word])
        return Period(day, day), "day"
    monday = anchor.end - timedelta(days=anchor.end.weekday())
    monday += timedelta(days={"上": -7, "下": 7}.get(word[0], 0))
    if len(word) > 2:
        day = monday + timedelta(days=_WEEKDAYS[word[2]])
        return Period(day, day), "day"
    return Period(monday, monday + timedelta(days=6)), "range"
