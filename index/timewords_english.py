"""English time expressions as they are written, for English questions about Chinese articles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.timewords import Expression, Part

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ORDER = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")

_YYYY = r"(?:19|20)\d{2}"
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_ORDINAL = r"(?:first|second|third|fourth|1st|2nd|3rd|4th)"
_TO = r" ?(?:-{1,2}|to|through|until|and) ?"


def _of(name: str) -> str:
    """The year that a part belongs to: stated, or as seen from the anchor. One for each part."""
    return (
        rf"(?:,? ?(?:of |in )?(?:the year )?(?P<{name}y>{_YYYY})(?!\d|-\d)|"
        rf" (?:of |in )?(?P<{name}r>last|this|next|the same) year(?!'s)|"
        rf" of the (?P<{name}r2>previous|following) year)"
    )


# What may stand before a bare year; a plural noun behind it makes it a count ("of 2024 projects").
_CUE = (
    r"(?:in|is|was|of|for|since|during|by|from|to|until|than|vs\.?|versus|with|year|throughout|and|over|"
    r"end of|early|late|mid|compared to|'s|the)[ -]"
)
_ENGLISH = re.compile(
    r"(?=[a-z0-9])(?<![a-z0-9])"
    r"(?:(?P<since>as of |(?:by|at) the end of |up to |until )(?:the end of )?)?(?:"
    r"(?P<half>first|second|latter)[ -]half(?: year)?" + _of("h") + r"?|"
    r"h(?P<half2>[12]) ?" + _of("i") + r"(?![a-z0-9])|"
    r"(?P<yh>" + _YYYY + r") ?h(?P<half3>[12])(?![a-z0-9])|"
    r"(?P<quarter>" + _ORDINAL + r")[ -]quarter" + _of("q") + r"?|"
    r"q(?P<quarter2>[1-4]) ?" + _of("p") + r"?(?![a-z0-9])|"
    r"(?P<yq>" + _YYYY + r") ?q(?P<quarter3>[1-4])(?![a-z0-9])|"
    r"first (?P<quarters>two|three|2|3) quarters" + _of("s") + r"?|"
    r"first (?P<months>" + "|".join(_COUNTS) + r"|1?\d) months" + _of("m") + r"?|"
    r"(?P<m1>" + _MONTH + r")" + _TO + r"(?P<m2>" + _MONTH + r")" + _of("n") + r"?(?![a-z0-9])|"
    r"(?P<md>"
    + _MONTH
    + r") (?P<dm>"
    + _DAY
    + r")(?:"
    + _TO
    + r"(?P<dm2>"
    + _DAY
    + r"))?(?![\d.%])"
    + _of("d")
    + r"?|"
    r"(?P<de>"
    + _DAY
    + r")(?:"
    + _TO
    + r"(?P<de2>"
    + _DAY
    + r"))? (?:of )?(?P<me>"
    + _MONTH
    + r")"
    + _of("e")
    + r"?(?![a-z0-9])|"
    r"(?P<m>" + _MONTH + r")" + _of("o") + r"|"
    r"(?P<bare>(?<=in )|(?<=since )|(?<=by )|(?<=until )|(?<=during )|(?<=of )|(?<=last )|"
    r"(?<=from ))"
    r"(?P<mb>" + _MONTH + r")(?![a-z0-9])(?! \d)|"
    r"(?P<same>(?:the )?same period(?: of the previous year|(?: of| in)? last year)?|"
    r"a year earlier)|"
    r"(?P<last>last|this|next) year|(?P<before>the year before last)|"
    r"(?:from |between |(?<![\d-]))(?P<y1>"
    + _YYYY
    + r")"
    + _TO
    + r"(?P<y2>"
    + _YYYY
    + r")(?![\d-])(?! ?年)|"
    r"(?:fiscal(?: year)?|fy) ?(?P<fy>" + _YYYY + r")|"
    r"(?P<plan>1[0-5])th five[- ]year plan(?: period)?|"
    r"(?P<y>" + _YYYY + r")(?!\d|[.,]\d|-\d| ?[%年./])(?P<after> ?'?[a-z]*)"
    r")",
    re.IGNORECASE,
)
_LATIN = re.compile(r"[A-Za-z]{2}|[HhQq][1-4]|\d{4} ?-")
_BEFORE_YEAR = re.compile(_CUE + r"$|[a-z]'s $|\( ?$", re.IGNORECASE)
_COUNTED = re.compile(r" [a-z]*s$", re.IGNORECASE)
_SHIFTS = {"last": -1, "this": 0, "next": 1}
_CONTEXT = {"the same": 0, "previous": -1, "following": 1}


def english_expressions(folded: str) -> Iterator[Expression]:
    """Every English time expression of a folded text, in order, without overlaps."""
    if not _LATIN.search(folded):
        return
    for match in _ENGLISH.finditer(folded):
        groups = {name: value.lower() for name, value in match.groupdict().items() if value}
        found = _read(match, groups)
        if found is not None:
            yield found


def _read(match: re.Match[str], groups: dict[str, str]) -> Expression | None:
    start, end = match.span()
    since = "since" in groups
    if "y" in groups:
        return _bare_year(match, groups)
    if "y1" in groups:
        first, last = int(groups["y1"]), int(groups["y2"])
        return Expression(start, end, year=first, last_year=last) if first < last else None
    if "plan" in groups:
        first = 1981 + 5 * (int(groups["plan"]) - 6)
        return Expression(start, end, year=first, last_year=first + 4, word="plan")
    if "fy" in groups:
        return Expression(start, end, year=int(groups["fy"]), since=since)
    if "same" in groups:
        plain = groups["same"].endswith("period")
        return Expression(start, end, word="same:" + ("同期" if plain else "去年同期"))
    if "before" in groups:
        return Expression(start, end, anchor_shift=-2)
    if "last" in groups:
        return Expression(start, end, anchor_shift=_SHIFTS[groups["last"]], since=since)
    part = _part(groups)
    if part is None:
        return None
    stated = next((int(v) for k, v in groups.items() if k in _YEARS), None)
    word = next((v for k, v in groups.items() if k in _RELATIVES), "")
    return Expression(
        start,
        end,
        year=stated,
        anchor_shift=_SHIFTS.get(word),
        context_shift=_CONTEXT.get(word),
        part=part,
        since=since,
    )


_YEARS = {"yh", "yq"} | {prefix + "y" for prefix in "hiqpsmndeo"}
_RELATIVES = {prefix + end for prefix in "hiqpsmndeo" for end in ("r", "r2")}


def _bare_year(match: re.Match[str], groups: dict[str, str]) -> Expression | None:
    """A lone year: only after a word that a year follows, and before no counted noun."""
    before = match.string[max(0, match.start("y") - 14) : match.start("y")]
    since = "since" in groups
    if not since and not _BEFORE_YEAR.search(before):
        return None
    if _COUNTED.fullmatch(groups.get("after", "")):
        return None
    return Expression(match.start(), match.end("y"), year=int(groups["y"]), since=since)


def _part(groups: dict[str, str]) -> Part | None:
    if half := groups.get("half") or groups.get("half2") or groups.get("half3"):
        first = 1 if half in ("first", "1") else 7
        return Part("half", first, 0, first + 5, 0)
    if quarter := groups.get("quarter") or groups.get("quarter2") or groups.get("quarter3"):
        number = _ORDER[quarter] if quarter in _ORDER else int(quarter)
        return Part("quarter", 3 * number - 2, 0, 3 * number, 0)
    if "quarters" in groups:
        return Part("quarter", 1, 0, 6 if groups["quarters"] in ("two", "2") else 9, 0)
    if "months" in groups:
        written = groups["months"]
        count = int(written) if written.isdigit() else _COUNTS.index(written) + 1
        return Part("months", 1, 0, count, 0) if 1 <= count <= 12 else None
    if "m1" in groups:
        first, last = _month(groups["m1"]), _month(groups["m2"])
        return Part("months", first, 0, last, 0) if first < last else None
    if day := groups.get("dm") or groups.get("de"):
        month = _month(groups.get("md") or groups["me"])
        first = _number(day)
        last = _number(groups.get("dm2") or groups.get("de2") or day)
        return Part("day" if first == last else "range", month, first, month, last)
    if name := groups.get("m") or groups.get("mb"):
        month = _month(name)
        return Part("month", month, 0, month, 0)
    return None


def _number(day: str) -> int:
    return int(day.rstrip("stndrh"))


def _month(name: str) -> int:
    return _MONTHS.index(name[:3]) + 1
