"""Two things that a question joins are each asked for what is compared."""

import pytest

from qa.question import analyse
from qa.sides import joined, sides


def asked(text: str) -> list[str]:
    return [part.text for part in analyse(text).parts]


@pytest.mark.parametrize(
    ("text", "things", "measure"),
    [
        (
            "2023年上半年云州限上住宿业和餐饮业，哪个营业额增得更快？",
            ["云州限上住宿业", "云州限上餐饮业"],
            "营业额",
        ),
        ("云岭高新区2022年的专利申请量和授权量哪个多？", ["专利申请量", "专利授权量"], ""),
        ("2022年甲木公司和乙禾公司谁的产量更高？", ["甲木公司", "乙禾公司"], "产量"),
        ("云州的东阳和西河，2023年GDP各是多少？哪边更高？", ["东阳", "西河"], "GDP"),
        ("某集团投产的项目，亚太区跟北美洲各有几个？谁多？", ["亚太区", "北美洲"], "项目"),
        ("某啤酒在西北区和南区的营收各是多少，哪个区更高？", ["西北区", "南区"], "营收"),
    ],
)
def test_each_side_asks_for_the_measure(text: str, things: list[str], measure: str) -> None:
    question = analyse(text)
    assert question.operation == "more"
    assert [part.text for part in question.parts] == things
    for part in question.parts:
        assert measure in part.body + "".join(part.context)


def test_the_smaller_one() -> None:
    assert analyse("甲木公司和乙禾公司谁的成本更低？").operation == "less"


@pytest.mark.parametrize("text", ["云岭高新区2022年税收是多少？", "哪个更高？", "和谁更高", ""])
def test_nothing_is_joined(text: str) -> None:
    assert joined(text) is None
    assert sides(text) == ()


def test_places_and_years_are_parted_as_slots_not_as_things() -> None:
    question = analyse("云岭高新区和临江经开区2022年税收哪个高？")
    assert [part.places for part in question.parts] == [("云岭高新区",), ("临江经开区",)]


def test_the_same_part_of_another_year_is_written_out() -> None:
    parts = analyse("甲木公司2023年上半年的交付量比2022年同期多了几架？").parts
    assert [str(p.periods[0].end) for p in parts] == ["2023-06-30", "2022-06-30"]


def test_two_numbers_in_one_clause() -> None:
    assert len(analyse("云州把几个部门的多少项职能划给了审批局？").parts) == 2


def test_of_three_things_each_is_asked_for() -> None:
    assert asked("云岭高新区的工业总产值、营业收入和进出口总额，三项里哪项增得最快？") == [
        "工业总产值",
        "营业收入",
        "进出口总额",
    ]
