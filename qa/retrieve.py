"""Question to ranked hits: BM25 and vectors put up candidates, a linear ranker orders them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index import Encoder, Index
from index.lexical import best
from index.store import Generation
from qa.rank import Candidate, Features, Folded, Query, candidate, score
from qa.records import Hit, Scope

# How many passages each of the two searches puts up for the ranking.
LEXICAL = 60
DENSE = 30


class Retriever:
    """Finds the passages of an index that a question is about."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._mask = lru_cache(16)(_mask)
        self._mean_length = lru_cache(2)(_mean_length)
        self._folded = lru_cache(1024)(_folded)

    @classmethod
    def open(cls, path: str | Path, encoder: Encoder | None = None) -> Retriever:
        """Open the index in a folder; errors are those of `Index.open`."""
        return cls(Index.open(path, encoder))

    def search(self, query: str, k: int = 5, scope: Scope | None = None) -> list[Hit]:
        """The at most `k` best passages, best first; none where the scope admits none."""
        now = self.index.current
        rows, features = self.features(query, scope, now)
        scores = score(features)
        order = np.argsort(-scores, kind="stable")[: max(k, 0)]
        passages = now.database.passages(rows[order].tolist())
        owners = now.owners[rows[order]]
        return [
            Hit(passage, now.database.article_at(int(owner)), float(score))
            for passage, owner, score in zip(passages, owners, scores[order], strict=True)
        ]

    def features(
        self, query: str, scope: Scope | None = None, now: Generation | None = None
    ) -> tuple[npt.NDArray[np.int64], Features]:
        """The rows of the candidates, and what speaks for each, of shape (rows, features)."""
        now = now or self.index.current
        mask = None if scope is None or scope == Scope() else self._mask(now, scope)
        asked = Query(query, now.lexical.idf)
        bm25 = now.lexical.scores(asked.terms)
        lexical, _ = best(bm25 if mask is None else np.where(mask, bm25, 0), LEXICAL)
        vector = self.index.encoder.encode_query([query])
        dense, _ = now.neighbours.search(vector, DENSE, mask)
        rows = np.array(list(dict.fromkeys([*lexical.tolist(), *dense[0].tolist()])), np.int64)
        cosines = now.neighbours.vectors(rows) @ vector[0]
        candidates = self._candidates(now, rows, bm25[rows], cosines)
        return rows, asked.features(candidates, self._mean_length(now))

    def _candidates(
        self,
        now: Generation,
        rows: npt.NDArray[np.int64],
        bm25: npt.NDArray[np.float32],
        cosines: npt.NDArray[np.float32],
    ) -> list[Candidate]:
        passages = now.database.passages(rows.tolist())
        owners = now.owners[rows].tolist()
        return [
            candidate(passage, self._folded(now, owner), owner, float(score), float(cosine))
            for passage, owner, score, cosine in zip(passages, owners, bm25, cosines, strict=True)
        ]


def _folded(now: Generation, article_row: int) -> Folded:
    return Folded.of(now.database.article_at(article_row))


def _mask(now: Generation, scope: Scope) -> npt.NDArray[np.bool_]:
    return now.mask(scope.admits)


def _mean_length(now: Generation) -> float:
    """Characters of an article on average."""
    return now.database.characters() / max(1, now.manifest.counts.articles)
