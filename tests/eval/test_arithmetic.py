"""Shown calculations that hold, and those that do not."""

from __future__ import annotations

import pytest

from eval.arithmetic import is_sound, terms_of


@pytest.mark.parametrize(
    "line",
    [
        "120.98 − 70.4 = 50.58亿元",
        "120.98亿元 − 70.4亿元 = 50.58亿元",
        "120.98亿元-70.4亿元=50.58亿元",
        "1.2亿元 − 8000万元 = 4000万元",
        "10亿元 + 3.5亿元 + 1亿元 + 1亿元 = 15.5亿元",
        "120.98亿元 ÷ 70.4亿元 ≈ 1.72倍",
        "(120.98 − 70.4) ÷ 70.4 × 100% = 71.8%",
        "（120.98 － 70.4）÷ 70.4 = 71.85%",
        "(3 + 5) / 2 = 4",
        "差额：70.4亿元 − 120.98亿元 = -50.58亿元",
        "695家 − 252家 = 443家",
    ],
)
def test_sound(line: str) -> None:
    assert is_sound(line)


@pytest.mark.parametrize(
    "line",
    [
        "120.98 − 70.4 = 51.58亿元",
        "120.98 − 70.4 = 50.57亿元",
        "1.2亿元 − 8000万元 = 4000元",
        "120.98亿元",
        "120.98 > 70.4",
        "1 ÷ 0 = 5",
        "(1 + 2 = 3",
        "1 + 2) = 3",
        "= 5",
        "5 =",
        "",
        "甲 + 乙 = 丙",
    ],
)
def test_not_sound(line: str) -> None:
    assert not is_sound(line)


def test_terms_are_what_evidence_must_state() -> None:
    terms, result = terms_of("(120.98 − 70.4) ÷ 70.4 × 100% = 71.8%")
    assert [str(term.number) for term in terms] == ["120.98", "70.4", "70.4"]
    assert [str(item.number) for item in result] == ["71.8"]
    mean, _ = terms_of("(3家 + 5家) ÷ 2 = 4家")
    assert [str(term.number) for term in mean] == ["3", "5"]
    assert terms_of("没有算式") == ([], [])
