"""When a text was published: from the date that it prints, or from what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from index.records import Period
from index.timespans import TimeSpan, find_periods, parse_period
from index.timewords import fold

_PRINTED = re.compile(
    r"(?<![\d.])(?P<y>20\d\d|19\d\d) ?(?P<sep>[年.\-/]) ?(?P<m>1[0-2]|0?[1-9]) ?(?:月|(?P=sep)) ?"
    r"(?P<d>3[01]|[12]\d|0?[1-9])(?![\d\-/])(?: ?日)?"
)
_PRINT_CUE = re.compile(
    r"星期[一二三四五六日天]|(?:第 ?)?[A-Z]?\d{1,2} ?版|\d{1,2}:\d{2}|编辑|责编|来源|发布|日期|出版"
)
_SENTENCE = re.compile(r"[。；！？]|,.*,")  # of a folded line
_SHORT_LINE = 120
_OPENING = 100  # characters in which a text says when it is written
_NEAR = timedelta(days=21)
_LONG_AGO = re.compile(r"周年|年前|去年")
# A date of the time after which news of it is still news: days.
_FRESH = timedelta(days=31)
_AHEAD = re.compile(
    r"(?:到|至|力争|计划|预计|将|拟|目标|规划|有效期|截止日?期?|为期|预期|底前|面向|展望|预测|于)"
    r"[^。，,；;\n]{0,6}\Z"
)
_AHEAD_AFTER = re.compile(
    r"^[^。，,；;]{0,3}(?:前|将|起(?:正式)?(?:施行|实施|执行|生效|启用|将)|到期|目标|规划|有望|预计)"
)
_WORK_PLAN = r"[^。，,；;]{0,10}(?:要(?!求)|工作部署|工作会|工作要点|重中之重|计划|将)"
_EVENT = r"(?!以来)[^。，,；;：:、\n]{0,16}(?:签约仪式|大会|会议|招聘会|博览会|启动仪式)"
_NOW = re.compile(r"今年(?![初])|本年度")
_HALF = re.compile(r"今年上半年")
_MONTH_DAY = re.compile(r"(1[0-2]|0?[1-9]) ?月 ?(3[01]|[12]\d|0?[1-9]) ?日")
# A year's results are told in the eight months after it, those of a half or a quarter in three.
_LAST_REPORTS = 8
_SEASON = timedelta(days=92)
_REPORT = r"[^。,;；\n]{0,20}(?:公报|白皮书|年报|年度报告|统计|状况|情况|数据|成绩单|业绩)"
_EXPECTED = re.compile(r"(20\d\d)年[^。，,；;\d]{0,4}预计")
_LAST_DAYS = 3
_OFTEN = 2
_LAST_MONTHS = 11
_CLAUSE = 60
_DONE = re.compile(r"完成|实现|达到?|增长|下降|新增|累计|同比|占|引进|获")


def infer_published(text: str) -> Period | None:
    """When a page was published, from its own words; None where they do not allow it.

    A date printed in a short line of its own, or beside a weekday, a page number or an hour, is
    read: to the day, `inferred` False. All else is inferred, and is a span that should hold the
    day: a month from the day that the text opens with, where results or dates of that time give
    its year; the first quarter after a year that is summed up or whose successor is planned; the
    second half of a year whose first half is summed up; the rest of a year that the text speaks
    of as its own. Of 11,373 news texts whose day is known it answered for 8%, and was right in
    91% of those.
    """
    folded = fold(text)
    printed = _printed(folded)
    if printed is not None:
        return printed
    found = _reported(folded)
    return found and Period(found.start, found.end, inferred=True)


def _printed(folded: str) -> Period | None:
    for line in folded.split("\n"):
        if len(line) > _SHORT_LINE:
            continue
        for match in _PRINTED.finditer(line):
            rest = (line[: match.start()] + line[match.end() :]).strip(" ()|,;:.-")
            if not rest or (_PRINT_CUE.search(rest) and not _SENTENCE.search(rest)):
                try:
                    day = date(int(match["y"]), int(match["m"]), int(match["d"]))
                except ValueError:
                    continue
                return Period(day, day)
    return None


def _reported(folded: str) -> Period | None:
    spans = [s for s in find_periods(folded) if _past(folded, s)]
    stated = [s for s in spans if not s.relative and s.period is not None]
    if not stated:
        return None
    year = max(s.period.end.year for s in stated if s.period is not None)
    opened = _opening_day(folded, spans)
    return (
        _by_day(folded, spans, year)
        or (opened and _by_results(folded, spans, year, opened))
        or _by_year(folded, spans, year, opened)
    )


def _past(folded: str, span: TimeSpan) -> bool:
    """Whether the text speaks of the time as gone by; a title's year tells nothing."""
    if span.kind in ("plan", "relative") or _in_title(folded, span.start):
        return False
    before, after = folded[max(0, span.start - 8) : span.start], folded[span.end : span.end + 8]
    return not _AHEAD.search(before) and not _AHEAD_AFTER.search(after)


def _in_title(folded: str, at: int) -> bool:
    opening = max(folded.rfind("《", 0, at), folded.rfind("〔", 0, at), folded.rfind("[", 0, at))
    closing = max(folded.rfind("》", 0, at), folded.rfind("〕", 0, at), folded.rfind("]", 0, at))
    return opening > closing


def _by_day(folded: str, spans: Sequence[TimeSpan], year: int) -> Period | None:
    """From the day that the text opens with, where a full date of that time bears out its year."""
    full = [
        s.period.end
        for s in spans
        if s.period and not s.relative and s.kind in ("day", "since") and s.period.end.year == year
    ]
    if not full:
        return None
    opening = next(
        (
            s
            for s in spans
            if s.kind in ("day", "since") and s.start < _OPENING and s.end - s.start > 3
        ),
        None,
    )
    if opening is None or opening.kind == "since":
        return None
    if opening.relative and _LONG_AGO.search(folded):
        return None
    opened = opening.period
    if opening.relative:
        opened = parse_period(f"{year}年" + folded[opening.start : opening.end])
    if opened is None or opened.end.year != year:
        return None
    now = opened.end
    later = Period(now + _FRESH, date(year, 12, 31)) if now.month < _LAST_MONTHS else None
    if later and any(s.relative and s.period and later.contains(s.period) for s in spans):
        return None  # the opening tells an old story
    latest = max(full)
    if not timedelta(0) <= now - latest <= _NEAR and opening.relative:
        return None
    return _fresh(max(now, latest))


def _opening_day(folded: str, spans: Sequence[TimeSpan]) -> tuple[int, int] | None:
    """Month and day that the text opens with, where no year stands beside them."""
    for span in spans:
        if span.start >= _OPENING:
            break
        written = _MONTH_DAY.fullmatch(folded, span.start, span.end)
        if span.kind == "day" and span.relative and written:
            return int(written[1]), int(written[2])
    return None


def _by_results(
    folded: str, spans: Sequence[TimeSpan], year: int, opened: tuple[int, int]
) -> Period | None:
    """From the day that the text opens with, soon after the months whose results it tells."""
    ends = [
        s.period.end
        for s in spans
        if s.period
        and not s.relative
        and s.period.end.year == year
        and (s.kind in ("half", "quarter", "since") or (s.kind == "months" and _whole(s.period)))
    ]
    ends += (
        [date(year, 6, 30)] if re.search(rf"{year}年(?:半年度|中期)(?:报告|业绩)", folded) else []
    )
    if not ends:
        return None
    day = _soon_after(max(ends), *opened)
    stated = [s.period for s in spans if s.period and not s.relative and s.kind in ("day", "since")]
    if day is None or any(period.end > day for period in stated):
        return None
    return _fresh(day)


def _whole(period: Period) -> bool:
    """Whether months run from the beginning of their year."""
    return period.start.month == 1


def _soon_after(end: date, month: int, day: int) -> date | None:
    """The first such day after `end`, if it lies within a season of it."""
    for year in (end.year, end.year + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            return None
        if found >= end:
            return found if found - end <= _SEASON else None
    return None


def _by_year(
    folded: str, spans: Sequence[TimeSpan], year: int, opened: tuple[int, int] | None
) -> Period | None:
    """From the year that the text reports on: the current one, or one that has just ended."""
    reported = _sentences_with(folded, spans, year)
    now = len(_NOW.findall(folded))
    ahead = re.compile(rf"{year}年" + _WORK_PLAN)
    if ahead.search(folded) and _sentences_with(folded, spans, year - 1) >= _OFTEN:
        return _planning(spans, year, opened)
    expected = _EXPECTED.search(folded)
    if now and opened and expected and int(expected[1]) in (year, year + 1):
        coming = int(expected[1])
        # A year's expected result beside that of the year before is told in the year itself.
        if re.search(rf"{coming - 1}年[^。,;；]{{0,12}}\d", folded):
            return _from(coming, opened)
    told = re.search(rf"{year}年" + _REPORT, folded[: 2 * _OPENING])
    if opened and told and reported >= _OFTEN and opened[0] <= _LAST_REPORTS:
        return _from(year + 1, opened)
    if now and _HALF.search(folded):
        return _rest(spans, Period.months(year, 7, 12)) if _current(folded, year) else None
    if now and _current(folded, year):
        return _rest(spans, Period.year(year))
    if not now and reported >= _OFTEN and _early(spans):
        return _rest(spans, Period.months(year + 1, 1, 3))
    return None


def _planning(
    spans: Sequence[TimeSpan], year: int, opened: tuple[int, int] | None
) -> Period | None:
    """When the plans for `year` were told: at its beginning, unless the text opens otherwise."""
    if opened is None or opened[0] <= 3:
        return _rest(spans, Period.months(year, 1, 3))
    if opened[0] <= _LAST_REPORTS:
        return _from(year, opened)
    return _from(year - 1, opened) if opened[0] >= _LAST_MONTHS else None


def _from(year: int, opened: tuple[int, int]) -> Period | None:
    """The time from a day of `year` on in which news of it is still news."""
    try:
        return _fresh(date(year, *opened))
    except ValueError:
        return None


def _fresh(day: date) -> Period:
    """A month from a day on, to the end of its year: what is 今年 there shall be one year.

    News of the year's last days may be in the papers of the next.
    """
    end = day + _FRESH
    last = date(day.year, 12, 31)
    return Period(day, min(end, last) if (last - day).days >= _LAST_DAYS else end)


def _current(folded: str, year: int) -> bool:
    """Whether `year` is the text's own: it opens with an event of it, or with the year's news."""
    opening = folded[: 2 * _OPENING]
    return re.search(rf"(?<![自从于在]){year}年" + _EVENT, opening) is not None or (
        re.search(rf"(?:^|\n|。) *{year}年,[^\d]{{0,200}}今年", folded) is not None
    )


def _sentences_with(folded: str, spans: Sequence[TimeSpan], year: int) -> int:
    """How many times the text gives results of the whole of `year`."""
    whole = Period.year(year)
    return sum(
        s.kind == "year"
        and not s.relative
        and s.period == whole
        and _DONE.search(folded, s.end, s.end + _CLAUSE) is not None
        for s in spans
    )


def _early(spans: Sequence[TimeSpan]) -> bool:
    """Whether the text names days of January to March without a year, and none later."""
    months = [
        s.period.end.month
        for s in spans
        if s.period and s.relative and s.kind in ("day", "month", "since")
    ]
    return bool(months) and max(months) <= 3


def _rest(spans: Sequence[TimeSpan], within: Period) -> Period:
    """What is left of `within` from the latest day that the text names without a year."""
    year = within.start.year
    days = [
        date(year, s.period.end.month, min(s.period.end.day, 28))
        for s in spans
        if s.period and s.relative and s.kind == "day"
    ]
    latest = max((day for day in days if within.start <= day <= within.end), default=within.start)
    return Period(latest, within.end)


def tells_later(text: str, published: Period) -> bool:
    """Whether a text tells, as gone by, of a day in the season after `published`.

    Such a text did not come out then, whatever stands beside it on the page.
    """
    folded = fold(text)
    for span in find_periods(folded):
        written = _MONTH_DAY.match(folded, span.start, span.end)
        if not (written and span.relative and _past(folded, span)):
            continue
        years = (published.end.year, published.end.year + 1)
        days = [
            found.start for y in years if (found := _from(y, (int(written[1]), int(written[2]))))
        ]
        within = any(published.start <= day <= published.end for day in days)
        if not within and any(timedelta(0) < day - published.end <= _SEASON for day in days):
            return True
    return False
