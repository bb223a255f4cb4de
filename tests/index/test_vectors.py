"""Neighbours equal brute force, under every mask."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.encode import unit
from index.records import Vectors
from index.vectors import Neighbours


def rows(count: int, dim: int = 8, seed: int = 0) -> Vectors:
    return unit(np.random.default_rng(seed).normal(size=(count, dim)).astype(np.float32))


@given(st.integers(1, 40), st.integers(1, 50), st.integers(0, 1000), st.booleans())
@settings(deadline=None, max_examples=60)
def test_search_equals_brute_force(count, k, seed, masked):
    vectors, queries = rows(count, seed=seed), rows(3, seed=seed + 1)
    mask = np.random.default_rng(seed).random(count) < 0.5 if masked else None
    neighbours = Neighbours.build(vectors)
    stored = neighbours.vectors(range(count))
    assert np.allclose(stored, vectors, atol=1e-3)
    found, cosines = neighbours.search(queries, k, mask)
    allowed = np.arange(count) if mask is None else np.flatnonzero(mask)
    assert found.shape == cosines.shape == (3, min(k, len(allowed)))
    for query, row, cosine in zip(queries, found, cosines, strict=True):
        exact = np.sort(stored[allowed] @ query)[::-1][:k]
        assert np.allclose(cosine, exact, atol=1e-5)
        assert np.allclose(stored[row] @ query, cosine, atol=1e-5)
        assert set(row) <= set(allowed)


def test_saved_under_a_chinese_name_and_opened(tmp_path):
    vectors = rows(20)
    path = tmp_path / "向量.faiss"
    Neighbours.build(vectors).save(path)
    opened = Neighbours.open(path, 8)
    path.unlink()  # an update may remove the file of an opened index
    assert np.allclose(opened.vectors(range(20)), vectors, atol=1e-3)
    assert opened.vectors([]).shape == (0, 8)
    assert len(opened) == 20


def test_what_is_stored_again_does_not_change():
    once = Neighbours.build(rows(30)).vectors(range(30))
    assert np.array_equal(Neighbours.build(once).vectors(range(30)), once)


def test_shapes_that_do_not_fit_are_named(tmp_path):
    neighbours = Neighbours.build(rows(5))
    with pytest.raises(ValueError, match=r"\(1, 3\)"):
        neighbours.search(rows(1, 3), 1)
    with pytest.raises(ValueError, match="5 vectors"):
        neighbours.search(rows(1), 1, np.ones(4, bool))
    neighbours.save(tmp_path / "v.faiss")
    with pytest.raises(ValueError, match="8 dimensions"):
        len(Neighbours.open(tmp_path / "v.faiss", 9))
