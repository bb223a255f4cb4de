"""Ways of searching the same passages with less than everything, for comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eval.run import Searcher
from qa.records import Hit, Scope

if TYPE_CHECKING:
    from index import Index


class LexicalSearch:
    """BM25 alone, over the same passages."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def search(self, query: str, k: int = 5, scope: Scope | None = None) -> list[Hit]:
        """The k best passages by BM25; a scope is not looked at."""
        from index.lexical import terms

        rows, scores = self.index.lexical.search(terms(query), k)
        return _hits(self.index, rows.tolist(), scores.tolist())


class FusedSearch:
    """BM25 divided by its best score, plus a part of the cosine: both, without the learned ranker.

    Reciprocal rank fusion of a strong and a weak list falls below the strong one; this does not.
    """

    cosine = 0.6

    def __init__(self, index: Index) -> None:
        self.index = index

    def search(self, query: str, k: int = 5, scope: Scope | None = None) -> list[Hit]:
        """The k best passages; a scope is not looked at."""
        from index.lexical import terms

        depth = max(100, k)
        rows, scores = self.index.lexical.search(terms(query), depth)
        best = float(scores.max(initial=0.0)) or 1.0
        fused = {
            row: score / best for row, score in zip(rows.tolist(), scores.tolist(), strict=True)
        }
        near, cosines = self.index.dense(self.index.encoder.encode_query([query]), depth)
        for row, cosine in zip(near[0].tolist(), cosines[0].tolist(), strict=True):
            fused[row] = fused.get(row, 0.0) + self.cosine * cosine
        ranked = sorted(fused, key=lambda row: (-fused[row], row))[:k]
        return _hits(self.index, ranked, [fused[row] for row in ranked])


class DenseSearch:
    """Vectors alone, over the same passages."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def search(self, query: str, k: int = 5, scope: Scope | None = None) -> list[Hit]:
        """The k nearest passages; a scope is not looked at."""
        rows, scores = self.index.dense(self.index.encoder.encode_query([query]), k)
        return _hits(self.index, rows[0].tolist(), scores[0].tolist())


def _hits(index: Index, rows: list[int], scores: list[float]) -> list[Hit]:
    found = [(row, score) for row, score in zip(rows, scores, strict=True) if row >= 0]
    passages = index.passages([row for row, _ in found])
    return [
        Hit(passage, index.article(passage.article_id), score)
        for passage, (_, score) in zip(passages, found, strict=True)
    ]


def searches(index: Index, retriever: Searcher) -> dict[str, Searcher]:
    """The ways of searching that are compared, the full one first."""
    return {
        "everything": retriever,
        "BM25 + vectors": FusedSearch(index),
        "BM25 alone": LexicalSearch(index),
        "vectors alone": DenseSearch(index),
    }
