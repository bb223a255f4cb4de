"""Measures against values worked by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.metrics import (
    bare,
    character_f1,
    dcg,
    estimate,
    exact_match,
    hit_at,
    ndcg_at,
    paired,
    percentile,
    recall_at,
    reciprocal_rank,
)


def test_ranks_by_hand() -> None:
    gains = [0, 0, 1, 0, 1]
    assert hit_at(gains, 2) == 0
    assert hit_at(gains, 3) == 1
    assert recall_at(gains, 3, 2) == 0.5
    assert recall_at(gains, 5, 4) == 0.5
    assert reciprocal_rank(gains) == pytest.approx(1 / 3)
    # 1/log2(4) + 1/log2(6) over 1/log2(2) + 1/log2(3)
    best = 1 + 1 / math.log2(3)
    assert ndcg_at(gains, 10, [1, 1]) == pytest.approx((0.5 + 1 / math.log2(6)) / best)
    assert ndcg_at(gains, 3, [1, 1]) == pytest.approx(0.5 / best)


def test_what_was_not_found_stays_in_the_denominator() -> None:
    assert ndcg_at([1.0], 10, [1.0, 1.0, 1.0]) == pytest.approx(
        1 / (1 + 1 / math.log2(3) + 1 / math.log2(4))
    )
    assert recall_at([1.0], 10, 3) == pytest.approx(1 / 3)


def test_nothing_relevant_is_nought() -> None:
    assert ndcg_at([0, 0], 10, []) == 0
    assert recall_at([], 5, 0) == 0
    assert reciprocal_rank([0, 0]) == 0
    assert hit_at([], 5) == 0


def test_graded_gains_are_linear() -> None:
    assert dcg([3, 2]) == pytest.approx(3 + 2 / math.log2(3))
    assert ndcg_at([2, 3], 10, [3, 2]) == pytest.approx(
        (2 + 3 / math.log2(3)) / (3 + 2 / math.log2(3))
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([0.0, 1.0]), max_size=12))
def test_the_best_order_has_ndcg_one(gains) -> None:
    ideal = [gain for gain in gains if gain]
    value = ndcg_at(gains, 10, ideal)
    assert 0 <= value <= 1 + 1e-12
    if ideal:
        assert ndcg_at(sorted(gains, reverse=True), 10, ideal) == pytest.approx(1)


def test_strings_by_hand() -> None:
    assert bare("“３＋１” 主导产业。") == "3+1主导产业"
    assert bare("1.5亿元.") == "1.5亿元"
    assert bare("A_B, c") == "abc"
    assert exact_match("《办法》", ["办法", "规定"]) == 1
    assert exact_match("15亿元", ["1.5亿元"]) == 0
    # 北京 of 北京市: 2 in common, 2 + 3 characters
    assert character_f1("北京", ["北京市"]) == pytest.approx(4 / 5)
    assert character_f1("北京", ["上海", "北京市"]) == pytest.approx(4 / 5)
    assert character_f1("北北", ["北京"]) == pytest.approx(0.5)
    assert character_f1("", ["北京"]) == 0
    assert character_f1("北京", []) == 0


def test_an_interval_holds_its_mean_and_is_the_same_every_time() -> None:
    values = [1.0] * 30 + [0.0] * 20
    first, second = estimate(values), estimate(values)
    assert first is not None
    assert first == second
    assert first.mean == pytest.approx(0.6)
    assert first.n == 50
    # A normal interval would be .6 ± 1.96 × sqrt(.24 / 50) = [.464, .736]
    assert first.low == pytest.approx(0.464, abs=0.03)
    assert first.high == pytest.approx(0.736, abs=0.03)


def test_all_right_is_not_certainty() -> None:
    all_right, all_wrong = estimate([1.0] * 12), estimate([0.0] * 12)
    assert all_right is not None
    assert all_wrong is not None
    # Wilson: 12 of 12 is [.757, 1]
    assert all_right.low == pytest.approx(0.757, abs=0.001)
    assert all_right.high == 1
    assert all_wrong.low == 0
    assert all_wrong.high == pytest.approx(0.243, abs=0.001)
    assert estimate([]) is None


def test_percentiles_interpolate() -> None:
    assert percentile([1, 2, 3, 4], 50) == 2.5
    assert percentile([5.0], 95) == 5
    assert math.isnan(percentile([], 50))


def test_mcnemar_by_hand() -> None:
    # 1 question got worse, 9 better: 2 × (C(10,0) + C(10,1)) / 2^10
    a = [1.0] + [0.0] * 9 + [1.0] * 10
    b = [0.0] + [1.0] * 9 + [1.0] * 10
    result = paired(a, b)
    assert result.test == "McNemar exact"
    assert result.p == pytest.approx(2 * 11 / 1024)
    assert result.difference == pytest.approx(0.4)
    assert result.low < 0.4 < result.high


def test_the_permutation_test_by_hand() -> None:
    # Six differences of one sign: 2 of 2^6 sign patterns are as extreme
    a, b = [0.1] * 6, [0.2, 0.3, 0.4, 0.5, 0.6, 0.7]
    result = paired(a, b)
    assert result.test == "permutation"
    assert result.p == pytest.approx(2 / 64, abs=0.002)


def test_runs_that_are_alike_do_not_differ() -> None:
    for values in ([1.0, 0.0, 1.0], [0.2, 0.7, 0.9]):
        result = paired(values, values)
        assert (result.difference, result.p) == (0, 1)


def test_one_question_shows_nothing() -> None:
    assert paired([0.2], [0.9]).p == 1


def test_runs_must_match() -> None:
    with pytest.raises(ValueError, match="2 values but 1"):
        paired([1, 0], [1])
