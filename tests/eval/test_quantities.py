"""Numbers and dates by hand, and what must never happen to digits."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.quantities import chinese_number, compact, dates, normal, quantities


def read(text: str) -> list[tuple[str, str]]:
    """(value, unit) of each number."""
    found = quantities(normal(text), spelled=True)
    return [(f"{item.value.normalize():f}", item.unit) for item in found]


def days(text: str) -> list[tuple[int | None, int | None, int | None]]:
    return [(day.year, day.month, day.day) for day in dates(normal(text))]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("完成 １２０．９８亿元[1]", "完成120.98亿元"),
        ("1,234,567元", "1234567元"),
        ("为120，130和1,5", "为120,130和1,5"),
        ("12㎡和①", "12平方米和①"),
        ("In 2019 26 projects", "in 2019 26 projects"),
        ("“3+1”与‘四免’", "\"3+1\"与'四免'"),
        ("• 甲\n- 乙\n1. 丙", "甲\n乙\n丙"),
        ("- 13.2%", "13.2%"),
        ("3.5亿元\n2、乙", "3.5亿元\n乙"),
        ("用心 用心", "用心用心"),
    ],
)
def test_normal_by_hand(text: str, plain: str) -> None:
    assert normal(text) == plain


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="0123456789０９①㎡½ ,，.。年月亿元%[]abc\n", max_size=30))
def test_normal_invents_no_digit(text: str) -> None:
    once = normal(text)
    before = sum(char.isdecimal() for char in text)
    assert sum(char.isdecimal() for char in once) <= before
    assert " " not in compact(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("120.98亿元", [("12098000000", "元")]),
        ("1亿2000万元", [("120000000", "元")]),
        ("12,345元", [("12345", "元")]),
        ("13.2%和百分之七点五", [("13.2", "%"), ("7.5", "%")]),
        ("5个百分点、5个、5个月", [("5", "百分点"), ("5", "个"), ("5", "月")]),
        ("2000万千瓦", [("20000000000", "瓦")]),
        ("15千米", [("15000", "米")]),
        ("一百二十八亿六千万元", [("12860000000", "元")]),
        ("三家企业", [("3", "家")]),
        ("RMB 12.098 billion", [("12098000000", "元")]),
        ("$5 million", [("5000000", "美元")]),
        ("增速-3.2%", [("-3.2", "%")]),
        ("负3.2%", [("-3.2", "%")]),
        ("2019-2020", []),
        ("分别为120，130万元", [("120", ""), ("1300000", "元")]),
        ("2022年8月3日的7天", [("7", "天")]),
        ("共3只", [("3", "只")]),
        ("3+1", [("3", ""), ("1", "")]),
        ("①②", []),
        ("三一重工", []),
    ],
)
def test_quantities_by_hand(text: str, found: list[tuple[str, str]]) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2022年8月", [(2022, 8, None)]),
        ("2022-08-03", [(2022, 8, 3)]),
        ("2022-08", [(2022, 8, None)]),
        ("2020.5.25 星期一", [(2020, 5, 25)]),
        ("4月30日", [(None, 4, 30)]),
        ("2020年1—6月", [(2020, None, None), (None, 6, None)]),
        ("二〇二二年十二月三十一日", [(2022, 12, 31)]),
        ("十一月二十三日", [(None, 11, 23)]),
        ("August 18, 2022", [(2022, 8, 18)]),
        ("on 18 August 2022", [(2022, 8, 18)]),
        ("in 2024.", [(2024, None, None)]),
        ("it may rain", []),
        ("2022.8亿元", []),
        ("2020家", []),
        ("13月", []),
        ("12022年", []),
    ],
)
def test_dates_by_hand(text: str, found: list[tuple[int | None, int | None, int | None]]) -> None:
    assert days(text) == found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("十三", 13),
        ("二十", 20),
        ("一百零五", 105),
        ("两千三百", 2300),
        ("一万零五十", 10050),
        ("三亿", 300_000_000),
        ("一万亿", 10**12),
        ("二〇二四", 2024),
        ("三点五亿", 350_000_000),
        ("七点五", Decimal("7.5")),
    ],
)
def test_chinese_numbers_by_hand(text: str, value: Decimal | int) -> None:
    assert chinese_number(text) == value


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**9), st.sampled_from(["亿元", "万元", "元", "家", "%"]))
def test_a_number_is_read_as_written(value: int, unit: str) -> None:
    (found,) = quantities(normal(f"共{value}{unit}。"))
    assert found.number == value
    assert found.written == f"{value}{unit}"
