"""Sums over stated figures, held to hand-worked cases."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.figures import figures_of_sentence
from index.records import Article
from index.sentences import read_sentences
from qa.calculate import Amount, calculate, claim_holds, compare


def amount(value: str, unit: str, name: str = "", n: int = 1) -> Amount:
    return Amount(Decimal(value), unit, name, n)


def test_difference_shows_its_terms() -> None:
    result = calculate("difference", [amount("120.98", "亿元"), amount("70.4", "亿元")])
    assert result is not None
    assert result.text == "120.98 − 70.4 = 50.58亿元"
    assert result.short == "50.58亿元"


def test_difference_puts_the_greater_first() -> None:
    result = calculate("difference", [amount("3", "家"), amount("10", "家")])
    assert result is not None
    assert result.text == "10 − 3 = 7家"


def test_units_are_converted_in_the_open() -> None:
    result = calculate("sum", [amount("1.2", "亿元"), amount("3000", "万元")])
    assert result is not None
    assert result.text == "1.2 + 0.3（3000万元） = 1.5亿元"


def test_a_difference_of_shares_is_in_percentage_points() -> None:
    result = calculate("difference", [amount("13.2", "%"), amount("3.6", "%")])
    assert result is not None
    assert result.short == "9.6个百分点"


def test_ratio() -> None:
    result = calculate("ratio", [amount("300", "件"), amount("40", "件")])
    assert result is not None
    assert result.short == "7.5倍"


@pytest.mark.parametrize(("one", "other"), [("亿元", "家"), ("%", "亿元"), ("亩", "平方米")])
def test_what_does_not_belong_together_is_not_put_together(one: str, other: str) -> None:
    assert calculate("difference", [amount("5", one), amount("3", other)]) is None


def test_ratio_to_nothing_is_none() -> None:
    assert calculate("ratio", [amount("5", "家"), amount("0", "家")]) is None


def test_compare_names_the_greatest_and_the_smallest() -> None:
    amounts = [
        amount("0.9", "亿元", "甲"),
        amount("12000", "万元", "乙"),
        amount("1", "亿元", "丙"),
    ]
    more, less = compare("more", amounts), compare("less", amounts)
    assert more is not None
    assert less is not None
    assert (more.short, less.short) == ("乙", "甲")
    assert more.text == "乙12000万元 > 丙1亿元 > 甲0.9亿元"


@given(st.decimals(0, 10**6, places=2), st.decimals(0, 10**6, places=2))
def test_a_difference_does_not_depend_on_the_order(a: Decimal, b: Decimal) -> None:
    left = calculate("difference", [Amount(a, "万元", "", 1), Amount(b, "万元", "", 2)])
    right = calculate("difference", [Amount(b, "万元", "", 2), Amount(a, "万元", "", 1)])
    assert left is not None
    assert right is not None
    assert left.short == right.short


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        ("总产值超过5000万元吗", True),
        ("总产值超过2亿元吗", False),
        ("总产值低于9000万元吗", False),
        ("总产值不到2亿元吗", True),
        ("总产值达到1亿元吗", True),
        ("总产值是1.2亿元吗", True),
        ("总产值是1.3亿元吗", False),
        ("总产值有300家吗", None),
        ("总产值增长了吗", None),
    ],
)
def test_a_claim_about_a_number_is_held_to_the_figure(claim: str, holds: bool | None) -> None:
    text = "全年总产值12000万元。"
    article = Article("a", "", "", "", None, text, "a.txt")
    [figure] = figures_of_sentence(text, read_sentences(article)[0])
    assert claim_holds(claim, figure) is holds


@pytest.mark.parametrize(
    ("first", "second", "gap"),
    [
        (("3", "小时43分14秒"), ("3", "小时45分27秒"), "2分13秒"),
        (("10", "秒39"), ("11", "秒"), "0.61秒"),
        (("58", "分"), ("1", "小时2分"), "4分"),
    ],
)
def test_durations_of_several_steps(
    first: tuple[str, str], second: tuple[str, str], gap: str
) -> None:
    amounts = [Amount(Decimal(v), u, "", 1) for v, u in (first, second)]
    result = calculate("difference", amounts)
    assert result is not None
    assert result.short == gap
    assert all(a.shown in result.text for a in amounts)
    assert calculate("ratio", amounts) is None


def test_the_faster_of_two_durations() -> None:
    amounts = [
        Amount(Decimal("3"), "小时43分", "甲队", 1),
        Amount(Decimal("3"), "小时45分", "乙队", 1),
    ]
    result = compare("less", amounts)
    assert result is not None
    assert result.short == "甲队"
