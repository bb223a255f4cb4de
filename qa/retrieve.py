"""Question to ranked hits: BM25 leads, vectors stand beside it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from index import Encoder, Index
from index.lexical import terms
from qa.records import Hit, Scope

# How many passages each of the two searches puts up for the ranking.
LEXICAL = 100
DENSE = 50
# The weight of a cosine beside a BM25 score divided by the best one.
COSINE = 0.6


class Retriever:
    """Finds the passages of an index that a question is about."""

    def __init__(self, index: Index) -> None:
        self.index = index

    @classmethod
    def open(cls, path: str | Path, encoder: Encoder | None = None) -> Retriever:
        """Open the index in a folder; errors are those of `Index.open`."""
        return cls(Index.open(path, encoder))

    def search(self, query: str, k: int = 5, scope: Scope | None = None) -> list[Hit]:
        """The at most `k` best passages, best first; none where the scope admits none."""
        now = self.index.current
        mask = None if scope is None or scope == Scope() else now.mask(scope.admits)
        lexical = now.lexical.scores(terms(query))
        if mask is not None:
            lexical = np.where(mask, lexical, 0)
        rows, cosines = now.neighbours.search(self.index.encoder.encode_query([query]), DENSE, mask)
        best = max(float(lexical.max(initial=0.0)), 1e-9)
        order = np.argsort(-lexical, kind="stable")[:LEXICAL]
        candidates = {int(row): float(lexical[row]) / best for row in order if lexical[row] > 0}
        for row, cosine in zip(rows[0], cosines[0], strict=True):
            row = int(row)
            candidates[row] = float(lexical[row]) / best + COSINE * float(cosine)
        ranked = sorted(candidates.items(), key=lambda pair: (-pair[1], pair[0]))[:k]
        passages = now.database.passages([row for row, _ in ranked])
        return [
            Hit(passage, now.database.article_at(int(now.owners[row])), score)
            for passage, (row, score) in zip(passages, ranked, strict=True)
        ]
