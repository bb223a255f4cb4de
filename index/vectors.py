"""Vectors to neighbours: the one door to faiss."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from index.records import Vectors


class Neighbours:
    """The vectors of an index, searched exhaustively; row n is passage n.

    Rows are of length 1, so that an inner product is a cosine. They are stored in half precision:
    half the size, a third of the time, and cosines right to three digits. Exhaustive search of
    200,000 rows takes a few tens of milliseconds and misses nothing under any mask.
    """

    def __init__(self, source: Any, dim: int) -> None:  # noqa: ANN401 - a faiss index, imported late, or an open file
        self._source = source
        self.dim = dim

    @classmethod
    def build(cls, vectors: Vectors) -> Neighbours:
        """Index float32 rows of shape (n, dim), already of length 1."""
        import faiss

        half = faiss.ScalarQuantizer.QT_fp16
        index = faiss.IndexScalarQuantizer(vectors.shape[1], half, faiss.METRIC_INNER_PRODUCT)
        index.add(np.ascontiguousarray(vectors, np.float32))
        return cls(index, int(vectors.shape[1]))

    def save(self, path: Path) -> None:
        """Write the faiss index; by Python's own file, for faiss cannot open every path."""
        import faiss

        with path.open("wb") as file:
            file.write(faiss.serialize_index(self._index).data)

    @classmethod
    def open(cls, path: Path, dim: int) -> Neighbours:
        """Open a saved index; its content is read at the first search."""
        return cls(path.open("rb"), dim)

    def close(self) -> None:
        """Let go of the file."""
        if hasattr(self._source, "read"):
            self._source.close()

    @property
    def _index(self) -> Any:  # noqa: ANN401 - faiss has no types
        if hasattr(self._source, "read"):
            import faiss

            file: IO[bytes] = self._source
            with file:
                self._source = faiss.deserialize_index(np.frombuffer(file.read(), np.uint8))
            if self._source.d != self.dim:
                raise ValueError(
                    f"vectors of {self._source.d} dimensions, but the manifest says {self.dim}"
                )
        return self._source

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def vectors(self, rows: Sequence[int] | npt.NDArray[np.int64]) -> Vectors:
        """The vectors of the given rows, float32 of shape (rows, dim), as they are stored."""
        if not len(rows):
            return np.zeros((0, self.dim), np.float32)
        found = self._index.reconstruct_batch(np.asarray(rows, np.int64))
        return np.asarray(found, np.float32)

    def search(
        self, queries: Vectors, k: int, mask: npt.NDArray[np.bool_] | None = None
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        """The nearest rows of each query and their cosines, both of shape (queries, k), best first.

        k shrinks to the number of rows that `mask`, of shape (n,), lets be found. Raises ValueError
        where a shape does not fit.
        """
        import faiss

        index = self._index
        if queries.ndim != 2 or queries.shape[1] != self.dim:
            raise ValueError(f"queries of shape {queries.shape}, but the index is of {self.dim}")
        if mask is not None and mask.shape != (index.ntotal,):
            raise ValueError(f"a mask of shape {mask.shape} for {index.ntotal} vectors")
        k = min(k, int(index.ntotal if mask is None else np.count_nonzero(mask)))
        if k < 1:
            empty = np.zeros((len(queries), 0))
            return empty.astype(np.int64), empty.astype(np.float32)
        queries = np.ascontiguousarray(queries, np.float32)
        if mask is None:
            cosines, rows = index.search(queries, k)
        else:
            bits = np.packbits(mask, bitorder="little")
            selector = faiss.IDSelectorBitmap(len(mask), faiss.swig_ptr(bits))
            parameters: Any = faiss.SearchParameters()
            parameters.sel = selector
            cosines, rows = index.search(queries, k, params=parameters)
        return rows, cosines
