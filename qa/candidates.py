"""Spans of a sentence that could be the bare answer to a question of a kind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.lexical import fold
from index.sentences import Sentence
from qa.interrogatives import FIGURES
from qa.numbers import figures, places_won, vague
from qa.question import Question
from qa.spans import Candidate, clause_of
from qa.things import lists, things
from qa.times import times

# "于某是某社区党委书记": the office stands behind the name.
_HOLDS = re.compile(
    r"[，,]?(?:现|曾)?(?:担任|出任|就任|当选为?|任|是|为)(?P<office>[^，。；,;]{2,30})"
)
# "在某广场启动": the place of an event, whether or not it is a place by its name.
_HELD_AT = re.compile(
    r"(?:在|于)(?P<where>[^，。；：,;:在于]{2,22}?)(?:正式|顺利|隆重|成功)?"
    r"(?:举行|举办|召开|启动|开幕|揭牌|成立|签约|挂牌|开工|动工|奠基|上市|首发|落成|发布|投运|投产|落户|设立)"
)
# "哪里人" asks where somebody comes from, which a sentence must say in such words.
_ORIGIN = re.compile(r"哪里人|哪儿人|籍贯|老家|出生地|什么地方人|哪个(?:省|市|县)(?:的)?人")
_FROM = re.compile(r"籍|来自|出生|老家|生于|祖籍|[省市县]人")


def candidates(question: Question, text: str, sentence: Sentence) -> Iterator[Candidate]:
    """Every span of the sentence that has the form that the question asks for."""
    if question.kind in FIGURES:
        yield from figures(question, text, sentence)
        if question.kind == "figure":
            yield from vague(question, text, sentence)
        if question.kind == "rank":
            yield from places_won(text, sentence)
    elif question.kind == "who":
        yield from _persons(text, sentence)
    elif question.kind == "office":
        yield from _offices(question, text, sentence)
    elif question.kind == "when":
        yield from times(question, text, sentence)
    elif question.kind == "where":
        yield from _places(question, text, sentence)
    elif question.kind == "which":
        yield from things(question, text, sentence)
    elif question.kind == "list":
        yield from lists(question, text, sentence)


def _persons(text: str, sentence: Sentence) -> Iterator[Candidate]:
    for name in sentence.names:
        if name.kind == "person":
            left, right = clause_of(text, sentence, name.start, name.end)
            office = name.role
            held = _HOLDS.match(text, name.end, sentence.end)
            if not office and held:
                office = held["office"]
            # An office that is stated elsewhere helps to tell who is meant, but is not told here.
            here = not name.role or name.role in text[sentence.start : name.start]
            yield Candidate(
                name.text,
                name.start,
                name.end,
                fold(office),
                fold(text[left:right]),
                quality=1.0 if here else 0.85,
            )


def _offices(question: Question, text: str, sentence: Sentence) -> Iterator[Candidate]:
    asked = set(question.names)
    for name in sentence.names:
        held = _HOLDS.match(text, name.end, sentence.end)
        if name.kind == "person" and not name.role and held and name.text in question.text:
            yield Candidate(
                held["office"], held.start("office"), held.end("office"),
                fold(name.text + held["office"]), fold(text[sentence.start : sentence.end]),
            )  # fmt: skip
        if (
            name.kind == "person"
            and name.role
            and (not asked or name.text in asked or name.text in question.text)
        ):
            start = text.rfind(name.role, sentence.start, name.start)
            if start < 0:
                continue
            yield Candidate(
                name.role,
                start,
                start + len(name.role),
                fold(name.text + name.role),
                fold(text[sentence.start : sentence.end]),
            )


def _places(question: Question, text: str, sentence: Sentence) -> Iterator[Candidate]:
    asked = fold(question.text)
    if asks_origin(question) and not _FROM.search(text, sentence.start, sentence.end):
        return
    for match in _HELD_AT.finditer(text, sentence.start, sentence.end):
        start, end = match.span("where")
        left, right = clause_of(text, sentence, start, end)
        near = fold(text[left:right])
        if fold(match["where"]) not in asked:
            yield Candidate(match["where"], start, end, near, near)
    for name in sentence.names:
        if name.kind in {"place", "org"} and fold(name.text) not in asked:
            left, right = clause_of(text, sentence, name.start, name.end)
            lead = text[max(sentence.start, name.start - 4) : name.start]
            near = (
                fold(text[left:right])
                if re.search(r"(?:在|于|落户|落地|到|往|至|赴)$", lead)
                else ""
            )
            end = _whole_place(text, name.end, min(right, name.end + 8))
            yield Candidate(text[name.start : end], name.start, end, near, fold(text[left:right]))


def _whole_place(text: str, start: int, ceiling: int) -> int:
    """Where a place name that begins before `start` ends: "北京" goes on to "北京亦庄"."""
    import rjieba

    at = start
    for word, tag in rjieba.tag(text[start:ceiling]):
        if tag not in {"ns", "nz", "nt", "nr", "nrt", "s"}:
            break
        at += len(word)
    smaller = _SMALLER.match(text, at, ceiling)
    return smaller.end() if smaller else at


# What an address goes on with: "巴州区玉堂街道" in 寨子包村.
_SMALLER = re.compile(
    r"(?:[\u4e00-\u9fff]{1,5}?(?:村(?!民|委|支|镇)|社区|街道|[镇乡](?!政|党|村)|路(?:\d+号)?|[大广]厦|广场|[基产]地|产业园|工业园|科技园|训练基地|景区))+"
)


def asks_origin(question: Question) -> bool:
    """Whether a question asks where somebody comes from, which a sentence must say outright."""
    return bool(_ORIGIN.search(question.text))
