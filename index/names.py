"""Names in a text: places, organisations, persons with their offices, titles, quoted terms.

Rules over the words of a segmenter. Places, organisations and persons do not overlap one another,
but for a zone inside the name of its own office (清远高新区 in 清远高新区管委会); titles and quoted
terms may enclose them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from index.clean import simplified
from index.name_words import GENERIC_ORGANISATIONS
from index.organisations import organisation_spans
from index.persons import Person, persons
from index.zones import Token, place_spans, zone_key

__all__ = ["Name", "NameKind", "aliases", "find_names", "zone_key"]

NameKind = Literal["place", "org", "person", "title", "quoted"]


@dataclass(frozen=True, slots=True)
class Name:
    """A name at `text[start:end]`; `role` is a person's office as written, else ""."""

    start: int
    end: int
    text: str
    kind: NameKind
    role: str = ""


_TITLE = re.compile(r"《[^《》\n]{1,60}》")
_QUOTED = re.compile(r"“[^“”\n]{1,40}”|「[^「」\n]{1,40}」|『[^『』\n]{1,40}』|\"[^\"\n]{1,40}\"")
_OFFICE = re.compile(r"委|局|办|厅|处|政府|中心|所|党")
_SENTENCE_LIKE = re.compile(r"[。！？!?；;]|[，,].*[，,]")


def find_names(text: str) -> list[Name]:
    """Every name of `text`, sorted by where it starts, the longer first."""
    simple = simplified(text)
    words = _words(simple)
    places = place_spans(simple, words)
    orgs = organisation_spans(simple, words, places)
    people = persons(simple, words)
    taken = bytearray(len(text))
    found: list[Name] = []

    def claim(start: int, end: int) -> bool:
        if any(taken[start:end]):
            return False
        taken[start:end] = b"\x01" * (end - start)
        return True

    for start, end in orgs:
        if claim(start, end):
            found.append(Name(start, end, text[start:end], "org"))
            found.extend(_zones_within(text, simple, start, end, places))
    for person in people:
        if claim(person.start, person.end):
            name = text[person.start : person.end]
            role = _as_written(person, text, simple)
            found.append(Name(person.start, person.end, name, "person", role))
    for start, end in places:
        if claim(start, end):
            found.append(Name(start, end, text[start:end], "place"))
    found.extend(_marked(text))
    return sorted(found, key=lambda name: (name.start, -name.end, name.kind))


def _as_written(person: Person, text: str, simple: str) -> str:
    """A person's office in the script of the text: it stands before the name, or behind it."""
    if text == simple or not person.role:
        return person.role
    at = simple.rfind(person.role, 0, person.start)
    behind = simple.find(person.role, person.end)
    if behind >= 0 and (at < 0 or behind - person.end < person.start - at - len(person.role)):
        at = behind
    return text[at : at + len(person.role)] if at >= 0 else person.role


def _words(text: str) -> list[Token]:
    """The segmenter's words of a simplified text, wrong seams before a name mended."""
    import rjieba

    words: list[Token] = []
    at = 0
    for word, tag in rjieba.tag(text):
        start = text.find(word, at)
        if start >= 0:
            at = start + len(word)
            if tag[0] == "n" and len(word) > 2 and word[0] in _GLUED and not rjieba.has_word(word):
                words += _unglued(text, word, tag, start)
            else:
                words.append(Token(word, tag, start, at))
    return _with_inner_and(text, words)


# What the segmenter draws to a name that it does not know: 2023|年沅溪县, 从沅溪县.
_GLUED = "年月日从由比在与则据及被把让"
_NO_FAMILY = "年月日由比则据及被把让"


def _unglued(text: str, word: str, tag: str, start: int) -> Iterator[Token]:
    import rjieba

    timed = word[0] in "年月日"
    person = tag.startswith("nr") and word[0] not in _NO_FAMILY
    if person or rjieba.has_word(word[:2]) or (timed and not text[start - 1 : start].isdigit()):
        yield Token(word, tag, start, start + len(word))
        return
    yield Token(word[0], "m" if timed else "p", start, start + 1)
    rest = word[1:]
    if len(rest) > 2 and rest[0] in _GLUED and not rjieba.has_word(rest):
        yield from _unglued(text, rest, tag, start + 1)
    else:
        yield Token(rest, tag, start + 1, start + len(word))


# 和 within the name of an office: 自然资源和规划局 is one.
_INNER_AND = re.compile(
    r"(?:自然资源|工业|经济|人力资源|住房|发展|文化|文化广电|卫生|民族|城市管理|水利|科学技术|人才|食品|医学|"
    r"劳动|教育|交通|农业|国防|商务|航空|海洋|知识产权|安全)和(?=规划|信息化|社会保障|城乡建设|改革|旅游|计划生育|"
    r"宗教|综合|湖泊|公共|药品|健康|体育|农村|科技|航天|渔业|法律|应急|就业)"
)


def _with_inner_and(text: str, words: list[Token]) -> list[Token]:
    inner = {match.end() - 1 for match in _INNER_AND.finditer(text)}
    if not inner:
        return words
    return [word._replace(word="-和-", tag="n") if word.start in inner else word for word in words]


def _zones_within(
    text: str, simple: str, start: int, end: int, places: list[tuple[int, int]]
) -> Iterator[Name]:
    for first, last in places:
        if start <= first and last < end and _OFFICE.search(simple, last, end):
            name = text[first:last]
            if zone_key(name)[1]:
                yield Name(first, last, name, "place")


def _marked(text: str) -> Iterator[Name]:
    for match in _TITLE.finditer(text):
        yield Name(*match.span(), match[0], "title")
    for match in _QUOTED.finditer(text):
        if not _SENTENCE_LIKE.search(match[0]):
            yield Name(*match.span(), match[0], "quoted")


_DECLARED = re.compile(
    r"[（(][^（()）]{0,12}?(?:以下简|简|下|以下|统)称(?:为)?[：:]? ?[“\"‘「『]?"
    r"(?P<short>[^“”\"’」』（()），,、；;]{2,16})"
)
_LEGAL = re.compile(
    r"(?:股份|集团|控股|投资|实业|科技|技术)*(?:有限责任公司|有限公司)$|(?<=..)集团$"
)


def aliases(article_text: str) -> dict[str, str]:
    """Short forms of organisations in a text: "金禄电子" -> "金禄电子科技股份有限公司".

    Those that the text declares (以下简称), and those that are unmistakable: the beginning of one
    full name and of no other, used by itself elsewhere in the text.
    """
    simple = simplified(article_text)
    found = _aliases(simple)
    if simple == article_text:
        return found

    def written(words: str) -> str:
        at = simple.find(words)
        return article_text[at : at + len(words)] if at >= 0 else words

    return {written(short): written(full) for short, full in found.items()}


def _aliases(article_text: str) -> dict[str, str]:
    names = find_names(article_text)
    full = sorted({n.text for n in names if n.kind == "org" and len(n.text) >= 6})
    found: dict[str, str] = {}
    for name in names:
        if name.kind in ("org", "place", "title"):
            declared = _DECLARED.match(article_text, name.end)
            short = declared["short"].strip() if declared else ""
            if short and short != name.text and short not in GENERIC_ORGANISATIONS:
                found[short] = name.text
    for short, owners in _shortened(full).items():
        if len(owners) == 1 and short not in found:
            owner = owners.pop()
            if article_text.replace(owner, "").count(short):
                found[short] = owner
    return found


def _shortened(full: list[str]) -> dict[str, set[str]]:
    """Candidate short forms, each with the full names it may stand for."""
    shorts: dict[str, set[str]] = {}
    for name in full:
        for short in sorted(_short_forms(name)):
            shorts.setdefault(short, set()).add(name)
    return shorts


def _short_forms(name: str) -> set[str]:
    """What a legal name is cut to: its brand, its first words without the place; never a word."""
    import rjieba

    legal = _LEGAL.search(name)
    if legal is None:
        return set()
    brand = re.match(r"([\u4e00-\u9fff]{2,4})[（(]", name)
    if brand:
        return {brand[1] + "公司", brand[1]}
    stem = _without_place(name[: legal.start()])
    words = [token.word for token in _words(stem)]
    heads = {"".join(words[:count]) for count in range(1, len(words) + 1)}
    forms = {head for head in heads if 3 <= len(head) <= 8 and not rjieba.has_word(head)}
    forms |= {head + end for head in heads if len(head) >= 2 for end in ("公司", "集团")}
    return forms - {name}


def _without_place(stem: str) -> str:
    for start, end in place_spans(stem, _words(stem)):
        if start == 0 and len(stem) - end >= 2:
            return stem[end:]
    return stem
