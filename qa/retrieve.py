"""Question to ranked hits: BM25 and vectors put up candidates, a linear ranker orders them.

The trained reader may then read the first of them, and say which are likely to hold an answer.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index import Encoder, Index
from index.lexical import best, fold
from index.store import Generation
from qa.rank import Candidate, Features, Folded, Query, candidate, score
from qa.reader.read import Reader, Stretch, bundled
from qa.records import Hit, Scope

# How many passages each of the two searches puts up for the ranking.
LEXICAL = 60
DENSE = 30
READ = 6  # passages that are read
# What the reading counts beside the ranker's score, and the log-odds at which it counts fully;
# chosen on held-out questions on news and training questions of DRCD.
READING = 0.15
SURE = 20.0
_HAN = re.compile(r"[\u4e00-\u9fff]")


class Retriever:
    """Finds the passages of an index that a question is about.

    With a reader the first passages are read as well, which takes some 40 ms; without, some 5 ms.
    """

    def __init__(self, index: Index, reader: Reader | None = None) -> None:
        self.index = index
        self.reader = reader
        self._mask = lru_cache(16)(_mask)
        self._mean_length = lru_cache(2)(_mean_length)
        self._folded = lru_cache(1024)(_folded)

    @classmethod
    def open(cls, path: str | Path, encoder: Encoder | None = None) -> Retriever:
        """Open the index in a folder, with the bundled reader; errors are those of `Index.open`."""
        return cls(Index.open(path, encoder), bundled())

    def search(self, query: str, k: int = 5, scope: Scope | None = None) -> list[Hit]:
        """The at most `k` best passages, best first; none where the scope admits none.

        Scores lie between 0 and 1 and are comparable within a query.
        """
        now = self.index.current
        rows, features = self.features(query, scope, now)
        scores = score(features)
        # The reader reads Chinese alone.
        if self.reader is not None and k > 0 and len(rows) > 1 and _HAN.search(query):
            scores = self._read(query, rows, scores, now, self.reader)
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

    def _read(
        self,
        query: str,
        rows: npt.NDArray[np.int64],
        scores: npt.NDArray[np.float32],
        now: Generation,
        reader: Reader,
    ) -> npt.NDArray[np.float32]:
        """The scores with what the reader makes of the first passages.

        The others count as the worst of these.
        """
        first = np.argsort(-scores, kind="stable")[:READ]
        stretches = []
        for row, passage in zip(first, now.database.passages(rows[first].tolist()), strict=True):
            title = now.database.article_at(int(now.owners[rows[row]])).title
            stretches.append(Stretch(fold(title), passage.text, 0, len(passage.text)))
        odds = np.full(len(scores), -SURE, np.float32)
        for row, stretch, read in zip(first, stretches, reader.read(query, stretches), strict=True):
            spans = read.spans(0, stretch.end, 1)
            odds[row] = max((s.odds for s in spans), default=-SURE)
        worth = np.clip(odds, -SURE, SURE) / (2 * SURE) + 0.5
        unread = np.ones(len(scores), np.bool_)
        unread[first] = False
        worth[unread] = worth[first].min()
        return (1 - READING) * scores + READING * worth

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
