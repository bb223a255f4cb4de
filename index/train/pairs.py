"""Token arrays, and what draws training pairs from them, ever new ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from index.train.corpus import sentences

Tokens = npt.NDArray[np.int32]
Numbers = npt.NDArray[np.int64]
BLOCK = 20_000  # texts tokenised at a time: bounds the memory of their encodings


@dataclass(frozen=True, slots=True)
class Ragged:
    """Rows of tokens of differing lengths: row i is `tokens[offsets[i]:offsets[i + 1]]`."""

    tokens: Tokens
    offsets: Numbers

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @classmethod
    def of(cls, texts: Iterable[str], tokenizer: Tokenizer) -> Ragged:
        """The tokens of texts, a row each."""
        rows: list[Tokens] = []
        lengths: list[int] = []
        texts = list(texts)
        for at in range(0, len(texts), BLOCK):
            for encoding in tokenizer.encode_batch_fast(texts[at : at + BLOCK]):
                row = np.array(encoding.ids, dtype=np.int32)
                rows.append(row)
                lengths.append(len(row))
        tokens = np.concatenate(rows) if rows else np.zeros(0, np.int32)
        return cls(tokens, np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64))

    def slices(self, first: Numbers, last: Numbers) -> tuple[Ragged, Numbers]:
        """Rows `first[i]` up to, not including, `last[i]` run together; and their positions."""
        starts, ends = self.offsets[first], self.offsets[last]
        lengths = ends - starts
        offsets = np.concatenate([[0], np.cumsum(lengths)])
        positions = np.arange(offsets[-1]) + np.repeat(starts - offsets[:-1], lengths)
        return Ragged(self.tokens[positions], offsets), positions

    def rows(self, which: Numbers) -> Ragged:
        """The rows of these numbers."""
        return self.slices(which, which + 1)[0]

    def keep(self, kept: npt.NDArray[np.bool_]) -> Ragged:
        """The rows without the tokens for which `kept`, one per token, is false."""
        before = np.concatenate([[0], np.cumsum(kept)])
        return Ragged(self.tokens[kept], before[self.offsets])


def join(parts: Sequence[Ragged]) -> Ragged:
    """The rows of all parts, one after another."""
    sizes = np.cumsum([0] + [len(part.tokens) for part in parts])
    offsets = [part.offsets[:-1] + size for part, size in zip(parts, sizes, strict=False)]
    return Ragged(
        np.concatenate([part.tokens for part in parts]),
        np.concatenate([*offsets, sizes[-1:]]).astype(np.int64),
    )


def beside(left: Ragged, right: Ragged) -> Ragged:
    """Each row of `left` followed by the same row of `right`."""
    both = join([left, right])
    n = len(left)
    order = np.arange(2 * n).reshape(2, n).T.ravel()
    mixed = both.rows(order)
    return Ragged(mixed.tokens, mixed.offsets[::2])


@dataclass(frozen=True, slots=True)
class Pairs:
    """Queries and the passages they belong to, row for row.

    Rows of the same `group` are never each other's negatives.
    """

    queries: Ragged
    passages: Ragged
    group: Numbers


class Source(Protocol):
    """What pairs can be drawn from."""

    def draw(self, n: int, random: np.random.Generator) -> Pairs:
        """`n` pairs, not the same at every call."""
        ...


def thinned(rows: Ragged, most: float, random: np.random.Generator) -> Ragged:
    """The rows with tokens dropped at random, in each row at a rate of its own up to `most`."""
    rates = random.uniform(0, most, len(rows))
    kept = random.random(len(rows.tokens)) >= np.repeat(rates, np.diff(rows.offsets))
    return rows.keep(kept)


class Documents:
    """Texts as sentences; a window of sentences around any of them is a passage."""

    def __init__(self, texts: Iterable[str], tokenizer: Tokenizer) -> None:
        split = [parts for text in texts if (parts := sentences(text))]
        self.sentences = Ragged.of((one for parts in split for one in parts), tokenizer)
        counts = [len(parts) for parts in split]
        self.first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        self.document = np.repeat(np.arange(len(split)), counts)

    def __len__(self) -> int:
        return len(self.first) - 1


class NewsPairs:
    """A sentence made into something like a question, and the paragraph around it.

    Two pairs come from each article drawn, parted at the middle between them: the nearest thing
    to a hard negative that a text without questions offers.
    """

    def __init__(
        self, news: Documents, asking: Ragged, weight: npt.NDArray[np.float32], most: int = 7
    ) -> None:
        self.news = news
        self.asking = asking
        self.weight = weight
        self.most = most
        self.usable = np.flatnonzero(np.diff(news.first) >= 2)
        if not len(self.usable):
            raise ValueError(f"none of {len(news)} texts has two sentences: no pair can be drawn")

    def draw(self, n: int, random: np.random.Generator) -> Pairs:
        """Half as many articles, two sentences of each."""
        first, document = self.news.first, random.choice(self.usable, n // 2)
        low, high = first[document], first[document + 1]
        one = low + (random.random(n // 2) * (high - low)).astype(np.int64)
        other = low + (random.random(n // 2) * (high - low - 1)).astype(np.int64)
        other += other >= one
        early, late = np.minimum(one, other), np.maximum(one, other)
        middle = (early + late + 1) // 2
        sentence = np.concatenate([early, late])
        start = np.maximum(
            np.concatenate([low, middle]), sentence - random.integers(0, self.most, len(sentence))
        )
        end = np.minimum(
            np.concatenate([middle, high]),
            sentence + 1 + random.integers(0, self.most, len(sentence)),
        )
        passages, positions = self.news.sentences.slices(start, end)
        # Half of the passages lose the sentence itself: the rest must tell what they are about.
        alone = random.random(len(sentence)) < 0.4
        offsets = self.news.sentences.offsets
        lengths = np.diff(passages.offsets)
        inside = (positions >= np.repeat(offsets[sentence], lengths)) & (
            positions < np.repeat(offsets[sentence + 1], lengths)
        )
        hidden = np.repeat(alone & (end - start > 1), lengths) & inside
        passages = thinned(passages.keep(~hidden), 0.2, random)
        return Pairs(self.questions(sentence, random), passages, -1 - np.arange(len(sentence)))

    def questions(self, sentence: Numbers, random: np.random.Generator) -> Ragged:
        """The sentences, a stretch cut out of some, rare words kept rather than common ones."""
        rows = self.news.sentences.rows(sentence)
        lengths = np.diff(rows.offsets)
        position = np.arange(len(rows.tokens)) - np.repeat(rows.offsets[:-1], lengths)
        # An answer would stand somewhere in the sentence: that stretch is not in the question.
        width = random.integers(1, 5, len(rows)) * (random.random(len(rows)) < 0.6)
        at = (random.random(len(rows)) * lengths).astype(np.int64)
        cut = (position >= np.repeat(at, lengths)) & (position < np.repeat(at + width, lengths))
        rate = np.repeat(random.uniform(0.3, 3.0, len(rows)), lengths)
        chosen = random.random(len(rows.tokens)) < rate * (0.15 + self.weight[rows.tokens])
        asked = self.asking.rows(random.integers(0, len(self.asking), len(rows)))
        return beside(rows.keep(chosen & ~cut), asked)


class QuestionPairs:
    """Questions (row i) and the documents that answer them (`answers[i]`)."""

    def __init__(self, questions: Ragged, documents: Documents, answers: Sequence[int]) -> None:
        self.questions = questions
        self.documents = documents
        self.answers = np.array(answers, dtype=np.int64)

    def draw(self, n: int, random: np.random.Generator) -> Pairs:
        """Questions at random, each with its whole paragraph."""
        which = random.integers(0, len(self.questions), n)
        document = self.answers[which]
        first = self.documents.first
        passages, _ = self.documents.sentences.slices(first[document], first[document + 1])
        queries = thinned(self.questions.rows(which), 0.4, random)
        return Pairs(queries, thinned(passages, 0.4, random), document)


class GlossPairs:
    """Glosses (row i) of a sentence, and the sentence (`glossed[i]`) or a window around it."""

    def __init__(self, glosses: Ragged, glossed: Sequence[int], news: Documents) -> None:
        self.glosses = glosses
        self.glossed = np.array(glossed, dtype=np.int64)
        self.news = news

    def draw(self, n: int, random: np.random.Generator) -> Pairs:
        """Two in three with the sentence alone."""
        which = random.integers(0, len(self.glosses), n)
        sentence = self.glossed[which]
        document = self.news.document[sentence]
        wide = random.random(n) < 0.33
        start = sentence - wide * random.integers(0, 3, n)
        end = sentence + 1 + wide * random.integers(0, 3, n)
        start = np.maximum(start, self.news.first[document])
        end = np.minimum(end, self.news.first[document + 1])
        passages, _ = self.news.sentences.slices(start, end)
        queries = thinned(self.glosses.rows(which), 0.4, random)
        return Pairs(queries, thinned(passages, 0.2, random), sentence)


class TextPairs:
    """Texts that mean the same, row for row; texts of the same `group` mean the same too."""

    def __init__(self, left: Ragged, right: Ragged, group: Sequence[int] | None = None) -> None:
        if len(left) != len(right):
            raise ValueError(f"{len(left)} texts but {len(right)} counterparts")
        self.left, self.right = left, right
        self.group = np.arange(len(left)) if group is None else np.array(group, dtype=np.int64)

    def draw(self, n: int, random: np.random.Generator) -> Pairs:
        """Pairs at random."""
        which = random.integers(0, len(self.left), n)
        left, right = self.left.rows(which), self.right.rows(which)
        return Pairs(thinned(left, 0.3, random), thinned(right, 0.3, random), self.group[which])
