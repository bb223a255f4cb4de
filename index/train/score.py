"""Measures a model alone: questions to paragraphs, English sentences to Chinese ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from index.train.corpus import Questions

Encode = Callable[[Sequence[str]], npt.NDArray[np.float32]]


def ndcg(encode: Encode, paragraphs: Sequence[Questions], cutoff: int = 10) -> float:
    """nDCG@10 of finding each question's paragraph among all: 1 / log2(1 + rank), or 0.

    One paragraph is right for a question, so the ideal ranking's gain is 1.
    """
    passages = encode([item.paragraph for item in paragraphs])
    gains: list[float] = []
    for right, item in enumerate(paragraphs):
        if item.questions:
            scores = encode(item.questions) @ passages.T
            ranks = (scores >= scores[:, right : right + 1]).sum(axis=1)
            gains.extend(1 / np.log2(1 + rank) if rank <= cutoff else 0.0 for rank in ranks)
    return float(np.mean(gains))


def first_share(encode: Encode, pairs: Sequence[tuple[str, str]]) -> float:
    """The share of left texts whose own right text is nearer than every other right text.

    Equal right texts are the same text: finding a double of one's own counts as found.
    """
    left, right = encode([a for a, _ in pairs]), encode([b for _, b in pairs])
    best = np.argmax(left @ right.T, axis=1)
    return float(np.mean([pairs[i][1] == pairs[int(j)][1] for i, j in enumerate(best)]))
