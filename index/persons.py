"""Persons in a text, with the office that the text gives them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from index.name_words import (
    AFTER_NAME,
    AFTER_TITLES,
    NAME_VERBS,
    ROLE_WORDS,
    SOUNDS,
    SPEECH,
    STOP_WORDS,
    SURNAMES,
    TITLES,
    WEAK_SURNAMES,
)
from index.places import CITIES
from index.zones import Token


class Person(NamedTuple):
    """`text[start:end]` is the name, `role` the office as written before it, or ""."""

    start: int
    end: int
    role: str


_HAN = re.compile(r"[\u4e00-\u9fff]+")
_TITLES = "(?:首席[\u4e00-\u9fff]{2,4}官|" + "|".join(sorted(TITLES, key=len, reverse=True)) + ")"
_TITLE = re.compile(_TITLES)
# 魏某|兼任, not 魏某兼|任: a name gives its last sign to the verb that it begins.
_VERBS = frozenset(word for word in SPEECH | AFTER_NAME if len(word) == 2)
_SPEAKS = re.compile("|".join(sorted(SPEECH, key=len, reverse=True)))
_HOLDS = re.compile(
    r"(?:^|(?<=[。！？!?；;：:，,“”\n\s》）)]))(?P<name>[\u4e00-\u9fff]{2,4}?)"
    r"(?P<verb>是|系|当选为?|(?:[现曾历兼接出担就升调]任)|任|[，,] ?(?:系|是|[现时曾兼]任|任)?)"
    r"(?:[一该本][名位个家])?(?P<role>[^。！？!?；;：:“”\"\n，,]{0,30}?"
    + _TITLES
    + r")(?=[。！？!?；;：:，,、)）\s]|$)"
)
_APART = re.compile(
    r"(?<=[员师长官工手者家生民户农记理监裁授士事席任人]) {1,2}"
    r"(?P<name>[\u4e00-\u9fff]{2,4})(?= ?[：:])"
)
_FOLLOWS = re.compile(
    r"\s*(?:$|[，,。、；;：:！!？?（(）)“”\"'《》/\\|\s…—\-·]|"
    + "|".join(sorted(SPEECH | AFTER_NAME, key=len, reverse=True))
    + ")"
)
_BOUNDED = re.compile(
    r"\s*(?:$|[，,。、；;：:）)]|" + "|".join(sorted(SPEECH, key=len, reverse=True)) + ")"
)
_PLACE_ENDS = "镇村县市区局厅等办们委队庄部院所站地的着了"
_ADDRESS = re.compile("|".join(sorted(AFTER_TITLES, key=len, reverse=True)))
_SHORTEST = 2
# What may stand right before a name that no office introduces.
_STANDS = re.compile(r"^|[\s，,。、；;：:！!？?（(）)“”\"》▶►■/和与由对向是为叫给被]")
_FUNCTION = frozenset(("d", "p", "c", "r", "v", "m", "q", "a", "f", "u", "ul", "uj", "uz", "y"))
# No given name ends with one of these: 柯炜|以, 高某|就.
_PARTICLES = "就以在对向率带称说为将从到把被给是的作也都又不与和及等还已曾则便却于由"
_SPOKEN = re.compile(
    r"(?:(?<=^)|(?<=[。！？!?；;：:，,“”\"\n\s》）)]))(?P<name>[\u4e00-\u9fff]{2,4}?)(?:"
    + "|".join(sorted(SPEECH, key=len, reverse=True))
    + ")",
)
_CREDIT = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,4}) ?[/／] ?[摄文图]|"
    r"(?P<two>[\u4e00-\u9fff]{2,3}) ?摄(?![影像取入氏])"
)
_REPORTERS = re.compile(
    r"(?P<role>(?:本[报刊台网社])?(?:全媒体|首席|见习|实习|特约|驻[\u4e00-\u9fff]{2,6}|新闻|记录)?"
    r"(?:记者|通讯员|实习生|编辑|责编|摄影)) ?[：:]?[ \u3000]*"
    r"(?P<names>[\u4e00-\u9fff]{1,4}(?:[ \u3000、，,]+[\u4e00-\u9fff]{1,4}){0,6})"
    r"(?=[\s)）(（。，,;；:：】/]|[0-9]|$|从|在|日前|近日|了解|获悉|摄|报道|文|图)"
)
_DOTS = "·•・"
_FOREIGN = re.compile(f"[{SOUNDS}]{{1,7}}(?:[{_DOTS}][{SOUNDS}A-Z]{{1,8}}){{1,3}}")
_NAMES = frozenset({"nr", "ns", "nz"})
_ROLE_BREAK = '。！？!?；;：:“”"《》\n（(）)|▶►■'
_LONGEST_ROLE = 48


def surname(text: str) -> str:
    """The surname that `text` begins with, else ""."""
    if text[:2] in SURNAMES:
        return text[:2]
    return text[:1] if text[:1] in SURNAMES else ""


def persons(text: str, tokens: Sequence[Token]) -> list[Person]:
    """Persons of `text` in order, without overlaps.

    A name is believed where an office introduces it, where it speaks, in a byline or a credit, or
    where it is written as foreign names are; then wherever else it stands.
    """
    bounds = {token.start: token for token in tokens}
    found: dict[int, Person] = {}
    for person in (
        *_bylines(text, bounds),
        *_colleagues(text),
        *_introduced(text, tokens, bounds),
        *_spoken(text, bounds),
    ):
        found.setdefault(person.start, person)
    for foreign in _foreign(text, tokens, bounds):
        found[foreign.start] = foreign
    for match in _CREDIT.finditer(text):
        group = "name" if match["name"] else "two"
        if _plausible(match[group]):
            found.setdefault(match.start(group), Person(*match.span(group), "摄影"))
    for again in _again(text, {text[p.start : p.end] for p in found.values()}):
        found.setdefault(again.start, again)
    for addressed in _addressed(text, tokens):
        found.setdefault(addressed.start, addressed)
    for alone in (
        *_holding(text, tokens, bounds),
        *_set_apart(text, tokens),
        *_tagged(text, tokens),
    ):
        found.setdefault(alone.start, alone)
    return _apart(found.values())


def _apart(found: Iterable[Person]) -> list[Person]:
    kept: list[Person] = []
    for person in sorted(found, key=lambda p: (p.start, -p.end)):
        if not kept or person.start >= kept[-1].end:
            kept.append(person)
    return kept


def _plausible(name: str) -> bool:
    family = surname(name)
    given = name[len(family) :]
    if name in CITIES or name[-1] in _PLACE_ENDS:
        return False
    return bool(family) and 1 <= len(given) <= 2 and name not in STOP_WORDS and name not in TITLES


def _bylines(text: str, bounds: dict[int, Token]) -> Iterator[Person]:
    for match in _REPORTERS.finditer(text):
        offset = match.start("names")
        role = match["role"]
        first = bounds.get(offset)
        if offset == match.end("role") and (first is None or first.tag in _FUNCTION):
            continue  # 记者从会上获悉
        for name in _HAN.finditer(match["names"]):
            if name[0] in TITLES:
                role = name[0]
            elif _plausible(name[0]):
                yield Person(offset + name.start(), offset + name.end(), role)


_BEFORE_REPORTER = re.compile(
    r"(?:^|(?<=[\n▶►■]))[ \u3000]*(?P<names>(?:[\u4e00-\u9fff]{2,4}[ \u3000]+){1,5})"
    r"(?=本[报刊台网]|通讯员|记者)"
)


def _colleagues(text: str) -> Iterator[Person]:
    """Those whom a byline names before the paper's own reporter."""
    for match in _BEFORE_REPORTER.finditer(text):
        for name in _HAN.finditer(match["names"]):
            start = match.start("names") + name.start()
            if _plausible(name[0]):
                yield Person(start, start + len(name[0]), "")


def _introduced(text: str, tokens: Sequence[Token], bounds: dict[int, Token]) -> Iterator[Person]:
    for match in _TITLE.finditer(text):
        end = _name_end(text, match.end(), bounds)
        if end is not None:
            yield Person(match.end(), end, _role(text, tokens, match.end()))


def _name_end(text: str, start: int, bounds: dict[int, Token]) -> int | None:
    """Where a name that begins at `start` ends: three characters or two, by what follows."""
    family = surname(text[start : start + 2])
    if not family:
        return None
    token = bounds.get(start)
    fits = []
    for given in (2, 1):
        end = start + len(family) + given
        name = text[start:end]
        whole = _HAN.fullmatch(name) is not None and len(name) == end - start
        if whole and _plausible(name) and _followed(text, end):
            fits.append(end)
    tagged = token is not None and token.tag.startswith("nr") and len(token.word) > 1
    if token is None or not fits:
        return token.end if token is not None and tagged and _plausible(token.word) else None
    if len(token.word) > 1 and not tagged and (family in WEAK_SURNAMES or token.end not in fits):
        # 平台, 高度: a common word; not so the first two of 曲某坚 right before 说.
        strange = fits[0] - start > _SHORTEST and not _is_word(token.word)
        open_to = family not in WEAK_SURNAMES or strange
        acts = _SPEAKS.match(text, fits[0]) or text[fits[0] : fits[0] + 2] in _VERBS
        return fits[0] if open_to and acts else None
    common = len(token.word) > 1 and token.tag[:2] not in ("nr", "nz") and _is_word(token.word)
    if common and (token.tag in _FUNCTION or not _SPEAKS.match(text, token.end)):
        return None  # 查看, 程度
    if family in WEAK_SURNAMES and not tagged:
        # The segmenter saw no name: only three characters that punctuation or speech bounds.
        three = fits[0] - start == 3 and token.tag not in _FUNCTION
        return fits[0] if three and _BOUNDED.match(text, fits[0]) else None
    if len(fits) == 2 and text[fits[0] - 1] in _PARTICLES:
        return fits[0] if _keeps(text, fits[0]) else fits[1]
    if len(fits) == 2 and text[fits[1]] == "年" and not _is_word(text[start : fits[0]]):
        return fits[0]  # 靳某年 rather than 靳某 before 年
    verb = text[fits[0] : fits[0] + 2] in _VERBS  # 李武发|表示, not 李武|发表
    if len(fits) == 2 and text[fits[0] - 1 : fits[0] + 1] in _VERBS and not verb:
        return fits[1]
    return token.end if tagged and token.end in fits else fits[0]


def _followed(text: str, end: int) -> bool:
    """Whether a name may end here: by what follows, or by the verb that its last sign begins."""
    return _FOLLOWS.match(text, end) is not None or text[end : end + 2] in _VERBS


def _keeps(text: str, end: int) -> bool:
    """Whether a name that ends in 和 or the like does so: a statement follows at once."""
    return text[end - 1] in "和与及" and _SPEAKS.match(text, end) is not None


def _holding(text: str, tokens: Sequence[Token], bounds: dict[int, Token]) -> Iterator[Person]:
    """于某是某社区党委书记; 陆某,某局局长,…: at the head of a clause, the office behind."""
    for match in _HOLDS.finditer(text):
        start, end = match.span("name")
        token = bounds.get(start)
        if token is None or not _plausible(match["name"]) or _is_word(match["name"]):
            continue
        tagged = token.tag.startswith("nr") and token.end - end in (0, 1)
        strong = surname(match["name"]) not in WEAK_SURNAMES
        inner = (bounds[at].word for at in range(start + 1, end) if at in bounds)
        alone = token.end - start == len(surname(match["name"]))
        alone = alone and ((strong and token.tag not in _FUNCTION) or not any(map(_is_word, inner)))
        comma = match["verb"][0] in "，,"
        if (tagged or alone) and (not comma or (strong and end in bounds)):
            yield Person(start, end, match["role"].strip())


def _set_apart(text: str, tokens: Sequence[Token]) -> Iterator[Person]:
    """某关关员 张某：…: an office, a space, a name, a colon."""
    for match in _APART.finditer(text):
        name = match["name"]
        if _plausible(name) and surname(name) not in WEAK_SURNAMES and not _is_word(name):
            yield Person(*match.span("name"), _role(text, tokens, match.start()))


def _addressed(text: str, tokens: Sequence[Token]) -> Iterator[Person]:
    """林海院士: a word that the segmenter takes for a person, and a form of address behind it."""
    for token in tokens:
        if not token.tag.startswith("nr") or not _plausible(token.word):
            continue
        behind = _ADDRESS.match(text, token.end)
        if behind and len(token.word) + (surname(token.word) not in WEAK_SURNAMES) > _SHORTEST:
            yield Person(token.start, token.end, behind[0])


def _spoken(text: str, bounds: dict[int, Token]) -> Iterator[Person]:
    for match in _SPOKEN.finditer(text):
        name = match["name"]
        token = bounds.get(match.start())
        if not _plausible(name) or token is None:
            continue
        is_word = len(token.word) > 1 and not token.tag.startswith("nr")
        weak = surname(name) in WEAK_SURNAMES and not token.tag.startswith("nr")
        if not is_word and not weak:
            yield Person(match.start("name"), match.end("name"), "")


def _foreign(text: str, tokens: Sequence[Token], bounds: dict[int, Token]) -> Iterator[Person]:
    for match in _FOREIGN.finditer(text):
        start, end = match.span()
        for token in tokens:
            if token.tag[:2] in _NAMES and token.start < start < token.end:
                start = token.start  # 亚历|克斯: the word is a name, whatever it sounds like
            if token.tag[:2] in _NAMES and token.start < end < token.end:
                end = token.end
        while start not in bounds and text[start + 1] not in _DOTS:
            start += 1  # 亿万富|翁: a sound inside a word
        if text[end - 1] == "提" and text[end : end + 1] in ("出", "到", "议", "及", "醒"):
            end -= 1
        yield Person(start, end, _role(text, tokens, start))


def _again(text: str, names: set[str]) -> Iterator[Person]:
    for name in names:
        if len(name) < 3:
            continue
        at = text.find(name)
        while at >= 0:
            yield Person(at, at + len(name), "")
            at = text.find(name, at + len(name))


def _tagged(text: str, tokens: Sequence[Token]) -> Iterator[Person]:
    """Three-character words that the segmenter takes for persons, with a plain surname."""
    before = Token("", "x", 0, 0)
    for token, after in pairwise([*tokens, before]):
        previous, before = before, token
        if token.tag != "nr" or len(token.word) != 3 or not _plausible(token.word):
            continue
        # A word of the dictionary (许可证) is no name, or a famous one that speaks elsewhere.
        stands = _STANDS.match(text, max(0, token.start - 1))
        bounded = stands and _FOLLOWS.match(text, token.end)
        acts = (stands or previous.tag in ("n", "t", "f")) and after.tag in ("v", "p", "d", "vn")
        if surname(token.word) in WEAK_SURNAMES or not (bounded or acts):
            continue
        if not _is_word(token.word):
            yield Person(token.start, token.end, "")


def _is_word(word: str) -> bool:
    import rjieba

    return bool(rjieba.has_word(word))


def _role(text: str, tokens: Sequence[Token], end: int) -> str:
    """The office that ends at `end`, as far back as it is one: 区委书记、管委会主任."""
    start = _segment_start(text, tokens, end)
    while start > 1 and end - start < _LONGEST_ROLE and text[start - 1] in "、,，":
        before = text[: start - 1].rstrip()
        if not any(before.endswith(title) for title in _LAST_TITLES if title):
            break
        further = _segment_start(text, tokens, start - 1)
        if further >= start - 1:
            break
        start = further
    return text[start:end].strip(" 、,，")


_LAST_TITLES = tuple(TITLES)


def _segment_start(text: str, tokens: Sequence[Token], end: int) -> int:
    """Back over the words of one office: to punctuation, or a word that no office contains."""
    low, high = 0, len(tokens)
    while low < high:
        middle = (low + high) // 2
        if tokens[middle].end <= end:
            low = middle + 1
        else:
            high = middle
    start = end
    for index in range(low - 1, -1, -1):
        token = tokens[index]
        if token.end != start or end - token.start > _LONGEST_ROLE:
            break
        if token.word in "(（)）" and _inside_name(text, token.start):
            start = token.start
            continue
        if token.word[0] in _ROLE_BREAK or token.word in "、,，" or token.word.isspace():
            break
        if _ends_role(text, token):
            break
        start = token.start
    return start


def _ends_role(text: str, token: Token) -> bool:
    if token.word in ROLE_WORDS or token.word in TITLES or token.word in NAME_VERBS:
        return False
    if text[token.start - 1 : token.end + 1].find("了么") >= 0:
        return False  # 了 as part of a brand, never before 么 otherwise
    if token.word in STOP_WORDS:
        return True
    if text[token.end : token.end + 1] in ("(", "（") and _inside_name(text, token.end):
        return False
    if token.tag in ("p", "c", "uj", "ul", "uz", "r", "t", "y", "d", "ud", "uv"):
        return True
    return token.tag == "v" and len(token.word) > 1 and token.word not in TITLES


def _inside_name(text: str, at: int) -> bool:
    """A bracket within a company's name, such as 贝乐(清远)公司: short, and text on both sides."""
    window = text[max(0, at - 8) : at + 9]
    return (
        re.search(r"[\u4e00-\u9fffA-Za-z][(（][\u4e00-\u9fff]{2,6}[)）][\u4e00-\u9fff]", window)
        is not None
    )
