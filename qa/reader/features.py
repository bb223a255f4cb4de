"""Tokens -> numbers: the vectors of words, their characters, and how they match the question."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from index.encode import StaticEncoder, bundled
from qa.reader.text import Tokens

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]

CHARACTERS = 6  # numbers a word has: its first and last character, and up to four in order
FEATURES = 6
_HEAVY = 40.0  # the length of a rare word's vector in the bundled table
_ROOM = 4096  # words that there is room for at first


class Words:
    """What is known of each word: its vector in the bundled embedding, weight and characters.

    Words are numbered as they come; number 0 is no word. A vector's length in the bundled table
    tells how rare and telling the word is, which serves as its weight (about 1 for a rare name).
    More than `most` words are never kept.
    """

    def __init__(self, table: StaticEncoder, characters: Sequence[str], most: int = 30_000) -> None:
        self._table = table
        self._character = {c: n for n, c in enumerate(characters, 2)}  # 1 is any other
        self._most = most
        self._forget()

    @classmethod
    def bundled(cls, characters: Sequence[str], most: int = 30_000) -> Words:
        """Over the embedding that lies inside the package."""
        return cls(bundled(), characters, most)

    def _forget(self) -> None:
        self._number: dict[str, int] = {"": 0}
        self.words = [""]
        self.vectors: Floats = np.zeros((_ROOM, self._table.dim), np.float32)
        self.weights: Floats = np.zeros(_ROOM, np.float32)
        self.characters: Ints = np.zeros((_ROOM, CHARACTERS), np.int32)

    def numbers(self, texts: Sequence[Tokens]) -> list[Ints]:
        """The numbers of the words of each text; what the vectors are looked up by.

        They hold until the next call, for then the table may be begun anew.
        """
        if len(self.words) > self._most:
            self._forget()
        known = self._number
        fresh = list(dict.fromkeys(w for text in texts for w in text.words if w not in known))
        if fresh:
            first, last = len(self.words), len(self.words) + len(fresh)
            known.update((word, n) for n, word in enumerate(fresh, first))
            self.words += fresh
            while last > len(self.weights):
                self._grow()
            sums = self._table.sums(fresh)
            lengths = np.linalg.norm(sums, axis=1)
            self.vectors[first:last] = sums / np.maximum(lengths, 1e-6)[:, None]
            self.weights[first:last] = lengths / _HEAVY
            self.characters[first:last] = [self._characters(word) for word in fresh]
        return [np.array([known[w] for w in text.words], np.int32) for text in texts]

    def _grow(self) -> None:
        self.vectors = np.concatenate([self.vectors, np.zeros_like(self.vectors)])
        self.weights = np.concatenate([self.weights, np.zeros_like(self.weights)])
        self.characters = np.concatenate([self.characters, np.zeros_like(self.characters)])

    def weight_of(self, word: str) -> float:
        """How telling a word is that has been numbered, about 1 for a rare name; else 0."""
        return float(self.weights[self._number.get(word, 0)])

    def _characters(self, word: str) -> list[int]:
        numbers = [self._character.get(c, 1) for c in word]
        inner = numbers[: CHARACTERS - 2]
        return [numbers[0], numbers[-1], *inner, *[0] * (CHARACTERS - 2 - len(inner))]

    def of_question(self, question: Ints) -> Floats:
        """The features of a question's own words, of shape (words, FEATURES)."""
        zero = np.zeros(len(question), np.float32)
        weight = self.weights[question]
        return np.stack([zero, zero, weight, zero, zero, self._lengths(question)], 1)

    def of_passage(self, passage: Ints, question: Ints) -> Floats:
        """How the words of a passage match a question, of shape (words, FEATURES)."""
        asked = "".join(self.words[n] for n in question)
        letters = frozenset(asked)
        weight = self.weights[passage]
        same = np.isin(passage, question).astype(np.float32)
        words = [self.words[n] for n in passage]
        within = np.array([word in asked for word in words], np.float32)
        share = np.array([sum(c in letters for c in w) / len(w) for w in words], np.float32)
        columns = [same * weight, within * weight, weight, same, share, self._lengths(passage)]
        return np.stack(columns, 1).reshape(len(passage), FEATURES)

    def _lengths(self, numbers: Ints) -> Floats:
        return np.array([min(len(self.words[n]), 6) / 6 for n in numbers], np.float32)
