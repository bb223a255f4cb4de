"""Training examples: a question, windows of text, and where among them the answer stands."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import numpy as np

from index.lexical import fold
from qa.reader.features import Words
from qa.reader.read import WINDOW, titled
from qa.reader.text import TAG, Tokens, tokens

MOST = WINDOW  # words of a window, title and all
TITLED = 0.6  # share of windows that begin with their title
Random = np.random.Generator

# A question with one of these changed asks for what the text does not say.
_SELECTING = frozenset(TAG[t] for t in ("ns", "nr", "nt", "nz", "nrt", "year", "small", "whole"))
_NOUN = frozenset({TAG["n"], TAG["vn"]})


@dataclass(frozen=True, slots=True)
class Example:
    """`answer` is (window, first token, last token), or None where no window answers.

    The tokens of window i before `shown[i]` are its title, which never answers.
    """

    question: Tokens
    windows: tuple[Tokens, ...]
    shown: tuple[int, ...]
    answer: tuple[int, int, int] | None


class Source(Protocol):
    """What examples can be drawn from."""

    def draw(self, count: int, random: Random) -> list[Example]:
        """`count` examples, not the same at every call."""
        ...


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text with its title, both as tokens."""

    title: Tokens
    text: str
    tokens: Tokens


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on a paragraph, with the tokens `first` to `last` that answer it.

    Without `answers` the paragraph does not tell, and the two are 0.
    """

    question: Tokens
    paragraph: int
    first: int
    last: int
    answers: tuple[str, ...]


def read_squad(path: Path) -> tuple[list[Paragraph], list[Asked]]:
    """The paragraphs of a file in SQuAD format, each once, and the questions that they answer."""
    paragraphs: list[Paragraph] = []
    number: dict[str, int] = {}
    asked: list[Asked] = []
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for part in article["paragraphs"]:
            context = part["context"]
            if context not in number:
                number[context] = len(paragraphs)
                title = tokens(str(article.get("title", part.get("title", "")))[:40])
                paragraphs.append(Paragraph(title, context, tokens(context)))
            inside = paragraphs[number[context]].tokens
            for item in part["qas"]:
                answers = tuple(a["text"].strip() for a in item["answers"] if a["text"].strip())
                if not answers:
                    continue
                span = _span(context, inside, answers[0], int(item["answers"][0]["answer_start"]))
                if span:
                    question = tokens(item["question"].strip())
                    asked.append(Asked(question, number[context], *span, answers))
    return paragraphs, asked


def read_asked(path: Path, texts: Mapping[str, str]) -> tuple[list[Paragraph], list[Asked]]:
    """Questions on texts that are known by their ids, with the offsets of the answers.

    A line is {"id", "question", "start", "end"}, or without offsets where the text does not tell;
    a file whose name ends in .gz is unpacked.
    """
    paragraphs: list[Paragraph] = []
    number: dict[str, int] = {}
    asked: list[Asked] = []
    packed = path.read_bytes()
    lines = gzip.decompress(packed) if path.suffix == ".gz" else packed
    for line in lines.decode("utf-8").splitlines():
        item = json.loads(line)
        text = texts.get(item["id"])
        if text is None:
            continue
        if item["id"] not in number:
            number[item["id"]] = len(paragraphs)
            first = text[: text.find("\n")] if "\n" in text[:_HEADLINE] else ""
            paragraphs.append(Paragraph(tokens(first), text, tokens(text)))
        at = number[item["id"]]
        question = tokens(item["question"])
        if "start" not in item:
            asked.append(Asked(question, at, 0, 0, ()))
            continue
        start, end = int(item["start"]), int(item["end"])
        span = token_span(paragraphs[at].tokens, start, end)
        if span:
            asked.append(Asked(question, at, *span, (text[start:end],)))
    return paragraphs, asked


_HEADLINE = 40  # characters of a first line that is taken for a headline


def _span(text: str, inside: Tokens, answer: str, start: int) -> tuple[int, int] | None:
    folded, wanted = fold(text), fold(answer)
    if folded[start : start + len(wanted)] != wanted:
        start = folded.find(wanted)
    return token_span(inside, start, start + len(wanted)) if start >= 0 else None


def token_span(inside: Tokens, start: int, end: int) -> tuple[int, int] | None:
    """The first and the last token that share a character with `start:end`."""
    first = int(np.searchsorted(inside.ends, start, side="right"))
    last = int(np.searchsorted(inside.starts, end, side="left")) - 1
    return (first, last) if first <= last < len(inside) else None


class QuestionExamples:
    """Questions on paragraphs: the right one beside others that look alike.

    Of the examples drawn some have no answer: the right paragraph is left out, or a word of the
    question that selects is changed for another one.
    """

    def __init__(
        self, paragraphs: Sequence[Paragraph], asked: Sequence[Asked], words: Words,
        *, without: float = 0.1, changed: float = 0.12,
    ) -> None:  # fmt: skip
        self.paragraphs, self.asked = paragraphs, asked
        self.without, self.changed = without, changed
        self._alike = _alike(paragraphs, asked, words)
        self._others = by_tag(one.question for one in asked)

    def draw(self, count: int, random: Random) -> list[Example]:
        """Questions at random, each with its paragraph and one or two others."""
        chosen = random.integers(0, len(self.asked), count)
        return [self._example(int(n), random) for n in chosen]

    def _example(self, number: int, random: Random) -> Example:
        one = self.asked[number]
        rest = self._alike[number]
        if not one.answers:
            text = self.paragraphs[one.paragraph]
            return _example(one.question, [(text, None)] * 2, random)
        wrong = [rest[int(i)] for i in random.permutation(len(rest))[:2]]
        lot = random.random()
        if lot < self.without and len(wrong) > 1:
            return _example(one.question, [(self.paragraphs[n], None) for n in wrong], random)
        right = self.paragraphs[one.paragraph]
        if lot < self.without + self.changed:
            question = changed(one.question, right.tokens, self._others, random)
            if question is not None:
                return _example(question, [(right, (one.first, one.last))], random, none=True)
        span = (one.first, one.last)
        beside = _beside(right, span, random) if random.random() < 0.5 else None
        if beside is not None:  # another part of the same text
            return _example(one.question, [(right, span), (beside, None)], random)
        given = [(right, span), *((self.paragraphs[n], None) for n in wrong[:1])]
        return _example(one.question, given, random)


def _beside(whole: Paragraph, span: tuple[int, int], random: Random) -> Paragraph | None:
    """The longer part of a text before or behind the answer, if it is long enough to be read."""
    before, behind = (
        whole.tokens.part(0, span[0]),
        whole.tokens.part(span[1] + 1, len(whole.tokens)),
    )
    part = before if len(before) > len(behind) else behind
    return replace(whole, tokens=part) if len(part) > MOST // 2 else None


def _example(
    question: Tokens,
    given: Sequence[tuple[Paragraph, tuple[int, int] | None]],
    random: Random,
    *,
    none: bool = False,
) -> Example:
    windows, shown = [], []
    answer: tuple[int, int, int] | None = None
    for row, (paragraph, span) in enumerate(given):
        title = paragraph.title if random.random() < TITLED else paragraph.title.part(0, 0)
        low, high = window(len(paragraph.tokens), span, MOST - len(title) - 1, random)
        windows.append(titled(title, paragraph.tokens.part(low, high)))
        shown.append(len(windows[-1]) - (high - low))
        if span is not None and not none:
            answer = (row, shown[-1] + span[0] - low, shown[-1] + span[1] - low)
            if answer[2] >= len(windows[-1]):
                answer = None  # longer than a window
    return Example(question, tuple(windows), tuple(shown), answer)


def window(length: int, span: tuple[int, int] | None, most: int, random: Random) -> tuple[int, int]:
    """A stretch of at most `most` tokens at random, which holds the span if there is one."""
    if length <= most:
        return 0, length
    if span is None:
        low = int(random.integers(0, length - most + 1))
    else:
        first, last = max(0, span[1] - most + 1), min(span[0], length - most)
        low = int(random.integers(min(first, last), max(first, last) + 1))
    return low, low + most


def changed(
    question: Tokens, text: Tokens, others: dict[int, list[str]], random: Random
) -> Tokens | None:
    """The question with a word that the text has changed for one that it has not, or None."""
    inside = set(text.words)
    places = [n for n, w in enumerate(question.words) if w in inside and len(w) > 1]
    sharp = [n for n in places if int(question.tags[n]) in _SELECTING]
    plain = [n for n in places if int(question.tags[n]) in _NOUN]
    pool = sharp if sharp and (not plain or random.random() < 0.8) else plain
    if not pool:
        return None
    at = pool[int(random.integers(0, len(pool)))]
    choice = others.get(int(question.tags[at]), [])
    for _ in range(5):
        word = choice[int(random.integers(0, len(choice)))] if choice else ""
        if word and word not in inside:
            words = (*question.words[:at], word, *question.words[at + 1 :])
            return replace(question, words=words)
    return None


def by_tag(questions: Iterable[Tokens]) -> dict[int, list[str]]:
    """The words of questions by the number of their tag, each as often as it stands there."""
    found: dict[int, list[str]] = {}
    for question in questions:
        for word, tag in zip(question.words, question.tags, strict=True):
            if len(word) > 1:
                found.setdefault(int(tag), []).append(word)
    return found


def _alike(
    paragraphs: Sequence[Paragraph], asked: Sequence[Asked], words: Words, most: int = 8
) -> list[list[int]]:
    """For each question the paragraphs that share most with it and do not hold its answer."""
    from scipy.sparse import csr_matrix

    number: dict[str, int] = {}
    rows, columns = [], []
    for row, paragraph in enumerate(paragraphs):
        for word in set(paragraph.tokens.words):
            rows.append(row)
            columns.append(number.setdefault(word, len(number)))
    known = list(number)
    words.numbers([Tokens(tuple(known), *(np.zeros(len(known), np.int32),) * 3)])
    weight = np.array([words.weight_of(word) for word in known], np.float32)
    matrix = csr_matrix((weight[columns], (rows, columns)), shape=(len(paragraphs), len(known)))
    folded = [fold(paragraph.text) for paragraph in paragraphs]
    found = []
    for one in asked:
        vector = np.zeros(len(known), np.float32)
        vector[[number[w] for w in set(one.question.words) if w in number]] = 1
        order = np.argsort(-(matrix @ vector))[: most + 4]
        answer = fold(one.answers[0]) if one.answers else "\n"
        fit = [int(n) for n in order if n != one.paragraph and answer not in folded[int(n)]]
        found.append(fit[:most])
    return found
