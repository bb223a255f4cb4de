"""The reader's network in numpy: question and passages in, a score for each token out.

Words go through gated convolutions; each word of a passage looks at the question, then at its
neighbours and at its whole window; two scores say how well an answer begins and ends at it, one
that there is none. `qa.reader.train.network` is the same in torch and is what trains it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from qa.reader.features import Words
from qa.reader.text import Tokens

Floats = npt.NDArray[np.float32]
Weights = Mapping[str, Floats]

DILATIONS = (1, 2, 4, 8)  # how far apart the three words are that a convolution takes in
ATTENDS_AFTER = 2  # so many convolutions come before the window is looked at as a whole
HEADS = 4
NEVER = np.float32(-1e4)


@dataclass(frozen=True, slots=True)
class Scores:
    """How well an answer begins and ends at each token of each window, and that there is none.

    All are comparable within one question: exp of them, divided by the sum of exp over all windows'
    tokens and `none`, are probabilities.
    """

    starts: tuple[Floats, ...]
    ends: tuple[Floats, ...]
    none: float


def forward(
    weights: Weights,
    words: Words,
    question: Tokens,
    windows: Sequence[Tokens],
    shown: Sequence[int],
) -> Scores:
    """The scores of every token; the tokens before `shown[i]` of a window are no answers."""
    asked, *numbers = words.numbers([question, *windows])
    layout = _Layout.of([len(window) for window in windows])
    ids = layout.spread(numbers)
    tags = layout.spread([window.tags for window in windows])
    match = layout.spread([words.of_passage(mine, asked) for mine in numbers])
    everything = _Layout.of([len(question)])
    q_tags, q_match = everything.spread([question.tags]), words.of_question(asked)
    q = _embedded(weights, words, everything.spread([asked]), q_tags, everything.spread([q_match]))
    q = everything.gather(_convolved(weights, "encode", q, everything.mask, 1))[0]
    p = _embedded(weights, words, ids, tags, match) * layout.mask
    p = _convolved(weights, "encode", p, layout.mask, 1)
    x = _asked(weights, words, p, q, ids, asked, match)
    telling = _softmax(_linear(weights, "telling", q)[:, 0])
    summary = telling @ q
    scale, shift = np.split(_linear(weights, "film", summary), 2)
    x = x * (1 + scale) + shift
    for n, dilation in enumerate(DILATIONS):
        x = _convolved(weights, f"blocks.{n}", x, layout.mask, dilation)
        if n + 1 == ATTENDS_AFTER:
            x = _attended(weights, x, layout)
    h = np.maximum(_linear(weights, "out", _normed(weights, "out_norm", x)), 0) * layout.mask
    none = float(_linear(weights, "none", np.concatenate([h.max(0), summary]))[0])
    found = []
    for name in ("start", "end"):
        wanted = _linear(weights, f"{name}_asked", summary) / np.float32(np.sqrt(h.shape[-1]))
        logits = layout.gather(_linear(weights, name, h)[:, 0] + h @ wanted)
        for mine, first in zip(logits, shown, strict=True):
            mine[:first] = NEVER
        found.append(tuple(logits))
    return Scores(found[0], found[1], none)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Texts one behind another in one array, with a gap before each and at the end.

    `mask` is 1 where a token is and 0 in the gaps, of shape (rows, 1); a gap is as long as a
    convolution reaches.
    """

    spans: tuple[tuple[int, int], ...]
    mask: Floats

    @classmethod
    def of(cls, lengths: Sequence[int]) -> _Layout:
        """The layout of texts of these lengths."""
        gap, at = max(DILATIONS), 0
        spans = []
        for length in lengths:
            spans.append((at + gap, at + gap + length))
            at += gap + length
        mask = np.zeros((at + gap, 1), np.float32)
        for start, end in spans:
            mask[start:end] = 1
        return cls(tuple(spans), mask)

    def spread(self, parts: Sequence[npt.NDArray[Any]]) -> npt.NDArray[Any]:
        """One array of all texts' parts; the gaps are 0."""
        found = np.zeros((len(self.mask), *parts[0].shape[1:]), parts[0].dtype)
        for (start, end), part in zip(self.spans, parts, strict=True):
            found[start:end] = part
        return found

    def gather(self, x: Floats) -> list[Floats]:
        """Each text's part of an array."""
        return [x[start:end] for start, end in self.spans]


def _embedded(
    weights: Weights, words: Words, ids: npt.NDArray[np.int32], tags: npt.NDArray[np.int32],
    feature: Floats,
) -> Floats:  # fmt: skip
    """Words as the sum of what is known of them: vector, characters, tag, features."""
    kinds, inverse = np.unique(ids, return_inverse=True)
    characters = words.characters[kinds]
    letters = weights["characters.weight"][characters]
    inner = (characters[:, 2:] > 0).sum(1, keepdims=True)
    mean = letters[:, 2:].sum(1) / np.maximum(inner, 1).astype(np.float32)
    known = [words.vectors[kinds] @ weights["vector.weight"].T + weights["vector.bias"]]
    known += [letters[:, 0], letters[:, 1], mean]
    of_word = np.concatenate(known, 1)
    # The input layer's share of what depends on the word alone is reckoned once for each word.
    share = of_word.shape[1]
    matrix = weights["input.weight"]
    x = (of_word @ matrix[:, :share].T)[inverse]
    tagged = weights["tags.weight"] @ matrix[:, share : share + weights["tags.weight"].shape[1]].T
    found: Floats = x + tagged[tags] + feature @ matrix[:, -feature.shape[-1] :].T
    return found + weights["input.bias"]


def _asked(
    weights: Weights, words: Words, p: Floats, q: Floats,
    ids: npt.NDArray[np.int32], asked: npt.NDArray[np.int32], feature: Floats,
) -> Floats:  # fmt: skip
    """Each word of a passage with the part of the question that it bears on."""
    scores = _linear(weights, "align", p) @ q.T / np.float32(np.sqrt(q.shape[1]))
    aligned = _softmax(scores) @ q
    kinds, inverse = np.unique(ids, return_inverse=True)
    likeness = (words.vectors[kinds] @ words.vectors[asked].T).max(1)[inverse]
    extra = [likeness[:, None], scores.max(-1, keepdims=True) / 4, feature[:, :2]]
    return _linear(weights, "merge", np.concatenate([p, aligned, p * aligned, *extra], -1))


def _convolved(weights: Weights, name: str, x: Floats, mask: Floats, dilation: int) -> Floats:
    """A gated convolution over three words, added to what came in."""
    h = _normed(weights, f"{name}.norm", x) * mask
    size = h.shape[1]
    matrix = weights[f"{name}.mix.weight"].reshape(2 * size, 3, size)
    mixed = h @ matrix[:, 1].T + weights[f"{name}.mix.bias"]
    mixed[dilation:] += (h @ matrix[:, 0].T)[:-dilation]
    mixed[:-dilation] += (h @ matrix[:, 2].T)[dilation:]
    value, gate = mixed[:, :size], mixed[:, size:]
    found: Floats = x + value / (1 + np.exp(-gate))
    return found


def _attended(weights: Weights, x: Floats, layout: _Layout) -> Floats:
    """Each word looks at all words of its own text."""
    size = x.shape[1]
    mixed = _linear(weights, "attend.mix", _normed(weights, "attend.norm", x))
    mixed[:, :size] /= np.float32(np.sqrt(size // HEADS))
    seen = np.zeros_like(x)
    for start, end in layout.spans:
        part = mixed[start:end].reshape(end - start, 3, HEADS, size // HEADS)
        q, k, v = part.transpose(1, 2, 0, 3)
        looked = _softmax(q @ k.transpose(0, 2, 1)) @ v
        seen[start:end] = looked.transpose(1, 0, 2).reshape(end - start, size)
    return x + _linear(weights, "attend.out", seen)


def _linear(weights: Weights, name: str, x: Floats) -> Floats:
    found: Floats = x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]
    return found


def _normed(weights: Weights, name: str, x: Floats) -> Floats:
    centred = x - x.mean(-1, keepdims=True)
    spread = np.sqrt(np.square(centred).mean(-1, keepdims=True) + np.float32(1e-5))
    found: Floats = centred / spread * weights[f"{name}.weight"] + weights[f"{name}.bias"]
    return found


def _softmax(x: Floats) -> Floats:
    raised = np.exp(x - x.max(-1, keepdims=True))
    found: Floats = raised / raised.sum(-1, keepdims=True)
    return found
