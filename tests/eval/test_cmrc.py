"""The official scoring by hand, and against a plain writing-down of its definition."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.cmrc import cmrc_em, cmrc_f1, tokens


def test_tokens_by_hand() -> None:
    assert tokens("《跑跑卡丁车》与Nexon 6年") == [*"跑跑卡丁车与", "nexon", "6", "年"]
    # What is left out parts nothing, as in the official script
    assert tokens("Nexon，6年") == ["nexon6", "年"]
    assert tokens("1,234.5元") == ["1,234.5", "元"]
    assert tokens("13.2%") == ["13.2", "%"]
    assert tokens("New York") == ["new", "york"]
    assert tokens("") == []


def test_exact_match_leaves_punctuation_out() -> None:
    assert cmrc_em("《跑跑卡丁车》", ["跑跑卡丁车", "泡泡堂"]) == 1
    assert cmrc_em("跑跑 卡丁车", ["跑跑卡丁车"]) == 0
    assert cmrc_em("", ["跑跑卡丁车"]) == 0


def test_f1_is_over_the_longest_run() -> None:
    # 甲乙 is the longest run: 2 of 3 said, 2 of 4 wanted
    assert cmrc_f1("甲乙丁", ["甲乙丙丁"]) == pytest.approx(2 * 2 / 7)
    assert cmrc_f1("盛大游戏", ["由盛大游戏运营", "盛大游戏。"]) == 1
    assert cmrc_f1("丑", ["甲乙"]) == 0
    assert cmrc_f1("", ["甲乙"]) == 0


def run_length(one: list[str], other: list[str]) -> int:
    """The longest common run, by trying all."""
    return max(
        (
            size
            for start in range(len(one))
            for size in range(1, len(one) - start + 1)
            for place in range(len(other) - size + 1)
            if one[start : start + size] == other[place : place + size]
        ),
        default=0,
    )


@settings(max_examples=100, deadline=None)
@given(st.text("甲乙丙1a ，", max_size=9), st.text("甲乙丙1a ，", max_size=9))
def test_f1_is_as_defined(prediction: str, gold: str) -> None:
    said, wanted = tokens(prediction), tokens(gold)
    common = run_length(said, wanted)
    expected = 2 * common / (len(said) + len(wanted)) if common else 0
    assert cmrc_f1(prediction, [gold]) == pytest.approx(expected)
