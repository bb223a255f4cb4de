"""Lists of numbers and what each one belongs to."""

from __future__ import annotations

from index.figures import figures_in
from index.split import split
from tests.conftest import article
from tests.index.test_figures import figures


def test_the_numbers_of_a_respectively_are_shared_out() -> None:
    text = "甲镇、乙镇的粮食产量分别为3万吨和2.5万吨。"
    assert [(f.measure, str(f.value)) for f in figures(text)] == [
        ("甲镇粮食产量", "3"),
        ("乙镇粮食产量", "2.5"),
    ]


def test_respective_changes_follow_the_figures_in_order() -> None:
    text = "云岭高新区营业收入510亿元，利润42.3亿元，分别增长6.1%和8.8%。"
    measures = {str(f.value): f.measure for f in figures(text)}
    assert measures["6.1"] == "营业收入增长"
    assert measures["8.8"] == "利润增长"


def test_times_that_are_enumerated_share_out_their_numbers() -> None:
    text = "2020年、2021年及2022年，云岭集团来自海外的营收占比分别为81.7%、83.2%及86.3%。"
    read = article(text)
    found = figures_in(read, split(read))
    by_year = {f.period.start.year: str(f.value) for f in found if f.period}
    assert by_year == {2020: "81.7", 2021: "83.2", 2022: "86.3"}
    assert {f.measure for f in found} == {found[0].measure}


def test_changes_shared_out_have_their_items_and_their_verb() -> None:
    text = "7月，钢铁、煤炭和成品油供应量较上月分别增加4.6%、7.3%和4.1%。"
    assert [f.measure for f in figures(text)] == [
        "钢铁供应量增加",
        "煤炭供应量增加",
        "成品油供应量增加",
    ]


def test_things_counted_in_front_share_what_follows() -> None:
    shared = figures("园区形成了新材料、装备制造两大产业，产值分别为86亿元和73亿元。")[-2:]
    assert [f.measure for f in shared] == ["新材料产业产值", "装备制造产业产值"]
