"""The trained reader at work: a question and stretches of texts in, scores of spans out."""

from __future__ import annotations

import functools
import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from qa.reader.features import Words
from qa.reader.network import Floats, Weights, forward
from qa.reader.text import MARK, Ints, Tokens, tokens

MODEL = Path(__file__).parent / "model"
WINDOW = 150  # words that are read at once
LONGEST = 48  # words of a question that are read
_STEP = 75  # words by which windows move on where no sentence ends
_STOPS = frozenset(MARK[c] for c in "。；！？;!?")
_SPAN = 60  # words of a span at most
_BEGINNINGS = 12  # of spans that are looked at, the likeliest


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a text to be read, `text[start:end]`, under the title of the whole."""

    title: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]` as an answer; `odds` is the log-odds against there being none."""

    start: int
    end: int
    odds: float


@dataclass(frozen=True, slots=True)
class Read:
    """What the reader makes of a stretch: how well an answer begins and ends at each token.

    Both are log-odds against there being none. Offsets count in the whole text.
    """

    starts: Ints
    ends: Ints
    begins: Floats
    finishes: Floats

    def odds(self, start: int, end: int) -> float:
        """The log-odds of the span `start:end`, or of one a token longer or shorter at each end."""
        first = int(np.searchsorted(self.ends, start, side="right"))
        last = int(np.searchsorted(self.starts, end, side="left")) - 1
        if not 0 <= first <= last < len(self.starts):
            return -np.inf
        begins = self.begins[max(0, first - 1) : min(first + 1, last) + 1]
        finishes = self.finishes[max(last - 1, first) : last + 2]
        return float(begins.max() + finishes.max())

    def spans(self, start: int, end: int, most: int = 3, cost: float = 0.0) -> list[Span]:
        """The likeliest spans within `start:end` that do not overlap, best first.

        `cost` is what each word behind the first one of a span takes from its log-odds, where the
        answer to be expected is short.
        """
        low = int(np.searchsorted(self.starts, start, side="left"))
        high = int(np.searchsorted(self.ends, end, side="right"))
        if low >= high:
            return []
        begins, finishes = self.begins[low:high], self.finishes[low:high]
        found: list[Span] = []
        for first in np.argsort(-begins)[:_BEGINNINGS]:
            reach = finishes[first : first + _SPAN]
            reach = reach - np.float32(cost) * np.arange(len(reach), dtype=np.float32)
            last = int(first + np.argmax(reach))
            odds = float(begins[first] + reach.max())
            found.append(Span(int(self.starts[low + first]), int(self.ends[low + last]), odds))
        chosen: list[Span] = []
        for span in sorted(found, key=lambda s: -s.odds):
            if not any(span.start < c.end and c.start < span.end for c in chosen):
                chosen.append(span)
        return chosen[:most]


class Reader:
    """Holds the trained network; see `qa/reader/model/README.md` for what it was trained on."""

    def __init__(self, weights: Weights, words: Words) -> None:
        self._weights = weights
        self._words = words
        self._one = threading.Lock()  # the table of words grows as they are read

    @classmethod
    def load(cls, folder: Path = MODEL) -> Reader:
        """Read the weights in a folder. Raises FileNotFoundError where there are none."""
        from safetensors.numpy import load_file

        halved = load_file(folder / "reader.safetensors")
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        weights = {name: part.astype(np.float32) for name, part in halved.items()}
        return cls(weights, Words.bundled(config["characters"]))

    def read(self, question: str, stretches: Sequence[Stretch]) -> list[Read]:
        """The scores of every token of the stretches, which are weighed against one another."""
        asked = tokens(question).part(0, LONGEST)
        if not len(asked):
            return [_nothing() for _ in stretches]
        windows: list[Tokens] = []
        shown: list[int] = []
        owners: list[int] = []
        for owner, stretch in enumerate(stretches):
            title = _tokens(stretch.title)
            for piece in cut(tokens(stretch.text[stretch.start : stretch.end])):
                windows.append(titled(title, piece))
                shown.append(len(windows[-1]) - len(piece))
                owners.append(owner)
        if not windows:
            return []
        with self._one:
            scores = forward(self._weights, self._words, asked, windows, shown)
        found: list[list[Read]] = [[] for _ in stretches]
        for row, (owner, window) in enumerate(zip(owners, windows, strict=True)):
            at, offset = slice(shown[row], None), stretches[owner].start
            found[owner].append(
                Read(
                    window.starts[at] + offset,
                    window.ends[at] + offset,
                    scores.starts[row][at] - np.float32(scores.none),
                    scores.ends[row][at] - np.float32(scores.none),
                )
            )
        return [_joined(parts) for parts in found]


@functools.cache
def bundled() -> Reader:
    """The reader that lies inside the package, loaded once."""
    return Reader.load()


@functools.lru_cache(maxsize=1024)
def _tokens(title: str) -> Tokens:
    return tokens(title[:40])


def titled(title: Tokens, text: Tokens) -> Tokens:
    """A window with its title in front; the offsets of the title's tokens are 0."""
    if not len(title):
        return text
    line = tokens("\n")
    zeros = np.zeros(len(title) + 1, np.int32)
    return Tokens(
        (*title.words, *line.words, *text.words),
        np.concatenate([title.tags, line.tags, text.tags]),
        np.concatenate([zeros, text.starts]),
        np.concatenate([zeros, text.ends]),
    )


def cut(text: Tokens, most: int = WINDOW) -> list[Tokens]:
    """The text in windows of whole sentences as far as they fit, each reaching into the last."""
    if len(text) <= most:
        return [text]
    ends = [int(n) + 1 for n in np.flatnonzero(np.isin(text.tags, list(_STOPS)))]
    windows, low = [], 0
    while True:
        high = min(low + most, len(text))
        if high == len(text):
            windows.append(text.part(max(0, high - most), high))
            return windows
        fitting = [end for end in ends if low + _STEP < end <= high]
        high = fitting[-1] if fitting else high
        windows.append(text.part(low, high))
        middle = [end for end in ends if high - _STEP <= end < high]
        low = middle[0] if middle else high - _STEP // 3


def _joined(parts: Sequence[Read]) -> Read:
    """The windows of a stretch as one; where two overlap, each token has its better score."""
    if not parts:
        return _nothing()
    if len(parts) == 1:
        return parts[0]
    starts = np.concatenate([part.starts for part in parts])
    order, inverse = np.unique(starts, return_inverse=True)
    ends = np.zeros(len(order), np.int32)
    ends[inverse] = np.concatenate([part.ends for part in parts])
    begins = np.full(len(order), -np.inf, np.float32)
    finishes = begins.copy()
    np.maximum.at(begins, inverse, np.concatenate([part.begins for part in parts]))
    np.maximum.at(finishes, inverse, np.concatenate([part.finishes for part in parts]))
    return Read(order.astype(np.int32), ends, begins, finishes)


def _nothing() -> Read:
    return Read(np.zeros(0, np.int32), np.zeros(0, np.int32), *(np.zeros(0, np.float32),) * 2)
