"""Places in a text, development zones above all, and the key that their many spellings share.

A zone is not its city: 清远高新区 and 清远市 have different keys, 清远国家高新技术产业开发区 and
Qingyuan High-tech Zone have that of the former.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from index.clean import simplified
from index.name_words import AMBIGUOUS, BEFORE_PLACE, NO_BASE, NO_PLACES, STOP_WORDS
from index.places import ABROAD, CITIES, PROVINCES, REGIONS, english_places

_COUNTS_AND_PARTICLES = "一二三四五六七八九十两几多全各等和与在的该"


class Token(NamedTuple):
    """A word of a text with its part of speech: `text[start:end] == word`."""

    word: str
    tag: str
    start: int
    end: int


_KINDS: tuple[tuple[str, str, str], ...] = (
    (
        "高新区",
        r"(?:国家级?)?高新(?:技术)?(?:产业)?(?:开发|园)?区",
        r"(?:national )?hi(?:gh)?[- ]?tech(?:nology|nological)?(?: industr(?:ial|y|ies))?"
        r"(?: development)? (?:zone|park|district|area)",
    ),
    (
        "经开区",
        r"(?:国家级?)?经济(?:技术)?开发区|(?:国家级?)?经开区",
        r"economic(?:[- ](?:and[- ])?technolog(?:ical|y))?(?: and technological)? development "
        r"(?:area|zone)|e-?town",
    ),
    ("工业园", r"工业园区?", r"industrial park|industry park"),
    (
        "保税区",
        r"综合保税区|综保区|保税区",
        r"(?:comprehensive )?(?:free trade )?bonded (?:zone|area)",
    ),
    ("自贸区", r"(?:中国)?自由贸易试验区|自贸试验区|自贸区", r"(?:pilot )?free[- ]trade zone"),
    ("自贸港", r"自由贸易港|自贸港", r"free[- ]trade port"),
    ("自创区", r"国家自主创新示范区|自主创新示范区|自创区", r"innovation demonstration zone"),
    ("产业园", r"产业园区?|科技产业园", r"industrial estate"),
    ("科技园", r"高?科技园区?|科学城|软件园", r"science (?:and technology )?park|software park"),
    ("新区", r"新区", r"new (?:area|district)"),
    ("开发区", r"开发区", r"development (?:zone|area)"),
)
_ZONE = re.compile("|".join(f"(?P<k{i}>{zh})" for i, (_, zh, _en) in enumerate(_KINDS)))
_ZONE_ENGLISH = re.compile(
    r"[ ,]*(?:" + "|".join(f"(?P<k{i}>{en})" for i, (_, _zh, en) in enumerate(_KINDS)) + r")\b",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"(?<=[^\s])(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|自治县|地区|省|市|州|县|区|盟|旗|镇|乡|村|街道)$"
)
_REGION = re.compile("|".join(REGIONS))
# The district of a city: 禅城 of 佛山市禅城区.
_CHAIN = re.compile(
    r"[\u4e00-\u9fff]{1,4}?(?:自治[州县]|[区县市镇乡村州旗]|街道)(?![长委政民域内外])"
)


def _ranked(name: str) -> int:
    """0 country, 1 province, 2 city or unknown, 3 county, 4 town, 5 village."""
    if name in ABROAD:
        return 0
    if name in PROVINCES or re.search(r"省$|自治区$", name):
        return 1
    if re.search(r"[县区旗]$|自治县$", name):
        return 3
    if re.search(r"[镇乡]$|街道$", name):
        return 4
    return 5 if name.endswith("村") else 2


def place_spans(text: str, tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Places of `text`, in order, without overlaps; 佛山市禅城区 is one."""
    found: list[tuple[int, int]] = []
    bound = {token.start for token in tokens} | {len(text)}
    for index, token in enumerate(tokens):
        span = _zone_at(text, tokens, index) or _simple(token)
        if span is None:
            continue
        while found and found[-1][0] >= span[0]:
            found.pop()
        if found and found[-1][1] > span[0]:
            continue
        _append(text, found, _chained(text, span, bound))
    return _merged(text, found)


def _append(text: str, found: list[tuple[int, int]], span: tuple[int, int]) -> None:
    if found and found[-1][1] == span[0]:
        before = text[slice(*found[-1])]
        if _ranked(before) < _ranked(text[slice(*span)]) or before in PROVINCES:
            found[-1] = (found[-1][0], span[1])
            return
    if text[slice(*span)] not in AMBIGUOUS:
        found.append(span)


def _simple(token: Token) -> tuple[int, int] | None:
    word = token.word
    if word in CITIES or word in PROVINCES or word in ABROAD:
        return token.start, token.end
    if len(word) < 2 or word in NO_PLACES:
        return None
    unit = _UNIT.search(word)
    if unit is None:
        return None
    stem = word[: unit.start()]
    known = stem in CITIES or stem in PROVINCES
    if known or (token.tag.startswith("ns") and len(stem) >= 1 and len(word) >= 3):
        return token.start, token.end
    return None


def _chained(text: str, span: tuple[int, int], bound: set[int]) -> tuple[int, int]:
    """Takes the 市, the district, the town that follow a place at once."""
    start, end = span
    if (
        text[start:end] in CITIES
        and text.startswith("市", end)
        and text[end : end + 2]
        not in (
            "市场",
            "市民",
            "市值",
            "市委",
            "市级",
            "市长",
            "市区",
            "市政",
            "市域",
        )
    ):
        end += 1
    elif text[start:end] in PROVINCES and text[end : end + 1] in ("省", "市"):
        end += text[end : end + 2] not in ("省级", "省委", "省长", "市委", "市场", "市长", "市级")
    if _ZONE.search(text, start, end):
        return start, end
    while text[end - 1] in "市县区州盟" and (match := _CHAIN.match(text, end)):
        if match.end() not in bound or not _names_district(match[0]):
            break
        end = match.end()
    return start, end


def _names_district(word: str) -> bool:
    """Whether what follows a city is one of its districts: 禅城区, but not 首家园区."""
    if word in NO_PLACES or word[:-1] in NO_BASE:
        return False
    if word[-2:] in NO_PLACES and not word.endswith("街道"):
        return False
    if word[:2] in BEFORE_PLACE or word[:2] in STOP_WORDS or word[0] in _COUNTS_AND_PARTICLES:
        return False
    return not any(word[i : i + 2] in CITIES for i in range(len(word) - 2))


def _zone_at(text: str, tokens: Sequence[Token], index: int) -> tuple[int, int] | None:
    """The zone whose kind begins with, or ends, this token: 东湖 + 高新区, 浦东新区."""
    token = tokens[index]
    match = _ZONE.match(text, token.start)
    if match is None:
        inner = _ZONE.search(token.word)
        if inner is None or inner.end() != len(token.word) or inner.start() < 2:
            return None
        if token.word[: inner.start()] in NO_BASE or token.word in NO_PLACES:
            return None
        return token.start, token.end
    start = match.start()
    back = index - 1
    taken = 0
    while back >= 0 and taken < 3 and tokens[back].end == start:
        word = tokens[back].word
        named = word in CITIES or word in PROVINCES or _simple(tokens[back]) is not None
        # A base that no table knows must look like a name.
        if not named and (taken or not _base_like(tokens[back])):
            break
        start = tokens[back].start
        back -= 1
        taken += 1
        if named and tokens[back].word not in PROVINCES and not tokens[back].word.endswith("市"):
            break
    return (start, match.end()) if taken else None


def _base_like(token: Token) -> bool:
    return (
        2 <= len(token.word) <= 4
        and token.word not in NO_BASE
        and token.word[0] not in _COUNTS_AND_PARTICLES
        and token.tag[:2] in ("ns", "nz", "nr", "nt", "x", "j")
        and re.fullmatch(r"[\u4e00-\u9fff]+", token.word) is not None
    )


def _merged(text: str, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Adds regions, and places in Latin letters with the kind of zone behind them."""
    more = [match.span() for match in _REGION.finditer(text)]
    for start, end, _ in english_places(text):
        zone = _ZONE_ENGLISH.match(text, end)
        more.append((start, zone.end() if zone else end))
    spans = list(found)
    for start, end in more:
        if not any(start < e and s < end for s, e in found):
            spans.append((start, end))
    return sorted(spans)


_WRAPPED = re.compile(r"[\s（）()“”\"·]|^the ", re.IGNORECASE)


def zone_key(name: str) -> tuple[str, str]:
    """(base place, kind of zone): the same for all spellings of one place or zone.

    The kind is "" for a place that is no zone: 清远市 and Qingyuan are ("清远", ""), 清远高新区 is
    ("清远", "高新区"), 高新区 alone is ("", "高新区"). A leading province or city is dropped:
    武汉东湖高新区 is ("东湖", "高新区").
    """
    name = simplified(name)
    latin = english_places(name)
    if latin:
        start, end, base = latin[-1]
        zone = _ZONE_ENGLISH.match(name, end) or _ZONE.search(name, end)
        rest = name[end:].strip()
        if zone is not None:
            return base, _kind(zone)
        return (base, "") if not rest or start == 0 else (base, rest)
    plain = _WRAPPED.sub("", name)
    zones = list(_ZONE.finditer(plain))
    if zones and (zones[-1].end() == len(plain) or _ZONE_OFFICE.match(plain, zones[-1].end())):
        return _base(plain[: zones[-1].start()]), _kind(zones[-1])
    return _base(plain), ""


_ZONE_OFFICE = re.compile(r"(?:综合)?(?:管委会|管理委员会|党工委|党委|工委)")


def _kind(match: re.Match[str]) -> str:
    assert match.lastgroup is not None
    return _KINDS[int(match.lastgroup[1:])][0]


def _base(name: str) -> str:
    """The last place of a chain, without its unit: 广东省清远市 -> 清远."""
    while True:
        head = next(
            (
                name[:length]
                for length in range(min(len(name) - 1, 6), 1, -1)
                if name[:length] in PROVINCES
                or name[:length] in CITIES
                or (name[length - 1] in "省市" and name[: length - 1] in PROVINCES | CITIES)
            ),
            None,
        )
        rest = name[len(head) :] if head else ""
        if head is None or len(rest) < 2 or rest in ("地区", "自治区", "街道"):
            break
        name = rest
    stem = _UNIT.sub("", name)
    return stem if len(stem) >= 2 and name[-1] not in "镇乡村" else name
