"""Numbers in digits and characters, with their units."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.period import find_periods
from index.quantities import find_quantities, han_number, numbers_in


def quantities(text: str) -> list[tuple[str, str]]:
    return [(str(q.value), q.unit) for q in find_quantities(text, find_periods(text))]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("产值85.3亿元", "85.3", "亿元"),
        ("贷款余额3,450万元", "3450", "万元"),
        ("出口12.5亿美元", "12.5", "亿美元"),
        ("占地１２０亩", "120", "亩"),
        ("面积48.2平方公里", "48.2", "平方公里"),
        ("企业1.2万家", "1.2", "万家"),
        ("有效率95.5％", "95.5", "%"),
        ("误差2‰", "2", "‰"),
        ("下降0.4个百分点", "0.4", "个百分点"),
        ("投入百分之七点五", "7.5", "%"),
        ("职工三千二百人", "3200", "人"),
        ("专家十二名", "12", "名"),
        ("发电100千瓦时", "100", "千瓦时"),
        ("气温25℃", "25", "℃"),
        ("历时二年六个月", "2", "年六个月"),
        ("用时1小时20分钟", "1", "小时20分钟"),
        ("用时3小时43分14秒", "3", "小时43分14秒"),
        ("成绩是10秒39，", "10", "秒39"),
        ("覆盖210座", "210", "座"),
        ("接待18万人次", "18", "万人次"),
        ("面积约120余亩", "120", "亩"),
        ("20多家企业", "20", "家"),
    ],
)
def test_value_and_unit_as_written(text: str, value: str, unit: str) -> None:
    assert quantities(text) == [(value, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "推行“3+1”模式",
        "覆盖5G网络",
        "COVID-19疫情",
        "办好“110”宣传",
        "一个项目",
        "一批企业",
        "A10车型",
    ],
)
def test_numbers_that_belong_to_a_name_are_no_figures(text: str) -> None:
    assert quantities(text) == []


@pytest.mark.parametrize(
    "text", ["建成于2019年", "2020年5月14日召开", "2022年上半年", "“十四五”期间", "2019-2021年"]
)
def test_times_are_no_figures(text: str) -> None:
    assert quantities(text) == []


@pytest.mark.parametrize(
    ("digits", "value"),
    [
        ("十", "10"), ("十二", "12"), ("二十", "20"), ("一百零五", "105"), ("三千二百", "3200"),
        ("两百", "200"), ("七点五", "7.5"), ("二〇", "20"),
    ],
)  # fmt: skip
def test_numerals_in_characters(digits: str, value: str) -> None:
    assert han_number(digits) == Decimal(value)


def test_a_point_needs_digits_behind_it() -> None:
    assert han_number("三点十") is None


@given(st.integers(1, 9999))
@settings(max_examples=120, deadline=None)
def test_numerals_in_characters_are_read_back(value: int) -> None:
    written, zero = "", False
    for scale, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // scale % 10
        if digit:
            written += ("零" if zero and written else "") + "零一二三四五六七八九"[digit] + word
        zero = not digit
    assert han_number(written) == value


def test_numbers_are_compared_whole_and_without_separators() -> None:
    assert numbers_in("增长113.2%，共3,450万元，１２家") == {"113.2", "3450", "12"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("含量为67.56mg/100ml", [("67.56", "mg/100ml")]),
        ("最高2.7GHz", [("2.7", "GHz")]),
        ("每次380m³/小时", [("380", "m³/小时")]),
        ("收于35282.72点", [("35282.72", "点")]),
        ("早上8点开门", []),
        ("外贸箱41.6 万标箱", [("41.6", "万标箱")]),
        ("只支持一个项目", [("1", "个")]),
        ("这是一个项目", []),
        ("判处一年至四年", [("1", "年"), ("4", "年")]),
        ("来了两三个人", []),
    ],
)
def test_units_of_science_and_counts_of_one(text: str, found: list[tuple[str, str]]) -> None:
    assert quantities(text) == found
