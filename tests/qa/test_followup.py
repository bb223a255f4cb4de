"""Follow-ups are made whole by what they leave out, and nothing else is dragged along."""

import pytest

from index.period import label
from qa.followup import complete
from qa.question import analyse

FIGURE = "云岭高新区2022年工业增加值是多少？"


def first(text: str, earlier: str = FIGURE, answer: str = "") -> str:
    return complete(text, earlier, answer)[0]


def slots(text: str) -> tuple[tuple[str, ...], list[str], str]:
    asked = analyse(text)
    return asked.places, [label(p) for p in asked.periods], asked.kind


@pytest.mark.parametrize("text", ["那2019年呢？", "2019年呢", "2019年", "那么2019年的呢？"])
def test_another_year(text: str) -> None:
    whole = first(text)
    assert slots(whole) == (("云岭高新区",), ["2019年"], "figure")
    assert "工业增加值" in whole


@pytest.mark.parametrize("text", ["临江经开区呢？", "那临江经开区呢", "换成临江经开区"])
def test_another_place(text: str) -> None:
    whole = first(text)
    assert slots(whole) == (("临江经开区",), ["2022年"], "figure")
    assert "工业增加值" in whole


def test_a_bare_city_after_a_zone_means_its_zone() -> None:
    assert slots(first("沈阳呢？"))[0] == ("沈阳高新区",)


def test_another_place_and_year() -> None:
    assert slots(first("那临江经开区2020年呢？")) == (("临江经开区",), ["2020年"], "figure")


@pytest.mark.parametrize("text", ["同比增长多少？", "增速是多少", "比上年增长多少？"])
def test_the_change_is_that_of_what_was_asked_before(text: str) -> None:
    whole = first(text)
    assert slots(whole)[0] == ("云岭高新区",)
    assert "2022年" in whole
    assert "工业增加值" in whole
    assert slots(whole)[2] == "rate"


def test_another_measure_keeps_place_and_year_among_its_readings() -> None:
    readings = [analyse(r) for r in complete("出口额呢？", FIGURE)]
    assert any(
        r.places == ("云岭高新区",) and [label(p) for p in r.periods] == ["2022年"]
        and r.body == "出口额" for r in readings
    )  # fmt: skip


def test_of_an_event_its_other_measures() -> None:
    readings = complete("总投资呢？", "云岭高新区集中签约项目有多少个？")
    assert "签约" in readings[0]
    assert "总投资" in readings[0]


def test_the_unit_goes_with_the_question() -> None:
    whole = first("2021年呢？", "云岭高新区2022年有多少家高新技术企业？")
    assert analyse(whole).unit == "家"
    assert "高新技术企业" in whole


@pytest.mark.parametrize(
    ("earlier", "kind"),
    [
        ("云岭高新区党工委书记是谁？", "who"),
        ("云岭高新区的签约仪式是什么时候？", "when"),
        ("云岭高新区的展会在哪里？", "where"),
        ("云岭高新区有哪些主导产业？", "list"),
    ],
)
def test_what_is_asked_stays_what_it_was(earlier: str, kind: str) -> None:
    whole = first("临江经开区呢？", earlier)
    assert slots(whole)[0] == ("临江经开区",)
    assert slots(whole)[2] == kind


@pytest.mark.parametrize("pronoun", ["他", "她", "这个人"])
def test_a_person_named_in_the_answer(pronoun: str) -> None:
    readings = complete(
        f"{pronoun}是什么职务？", "谁主持了会议？", "云岭高新区党工委书记林海涛主持会议 [1]。"
    )
    assert readings[0].startswith("林海涛")
    assert readings[1].startswith(pronoun)


def test_an_organisation_named_in_the_answer() -> None:
    whole = first("该公司成立于哪一年？", "谁投资了项目？", "海岚科技有限公司投资 [1]。")
    assert whole == "海岚科技有限公司成立于哪一年？"


def test_the_zone_of_the_earlier_question() -> None:
    assert first("该园区有多少家企业？") == "云岭高新区有多少家企业？"


@pytest.mark.parametrize("refusal", ["", "文章里没有答案。查找的是：云岭高新区。"])
def test_after_a_refusal_as_after_an_answer(refusal: str) -> None:
    assert first("那2021年呢？", answer=refusal) == first("那2021年呢？")


@pytest.mark.parametrize(
    "text",
    ["临江经开区2021年专利授权量是多少？", "青屏中学的校长是谁？", "《云岭条例》何时施行？"],
)
def test_a_question_of_its_own_drags_nothing_along(text: str) -> None:
    assert complete(text, FIGURE) == [text]


def test_a_chain_of_follow_ups() -> None:
    second = first("那2019年呢？")
    third = first("临江经开区呢？", second)
    fourth = first("同比增长多少？", third)
    assert slots(third) == (("临江经开区",), ["2019年"], "figure")
    assert slots(fourth) == (("临江经开区",), ["2019年"], "rate")


@pytest.mark.parametrize("text", ["", "呢？", "？", "那么", "😀"])
def test_something_always_comes_back(text: str) -> None:
    assert complete(text, FIGURE)


def test_what_was_asked_before_sets_the_scene_of_a_question_of_its_own_words() -> None:
    earlier = "云岭高新区柳岸社区有几个小区？"
    scene = analyse(complete("居民有多少户？", earlier)[-1])
    assert scene.places == ("云岭高新区",)
    assert scene.words == ("居民",)
    assert "小区" in scene.context


def test_such_things_are_named_and_nothing_else_is_kept() -> None:
    earlier = "云岭高新区2020年新增了多少家瞪羚企业？"
    assert first("那这类企业的总数呢？", earlier) == "云岭高新区2020年瞪羚企业的总数是多少"


@pytest.mark.parametrize(
    "text", ["再往前，2019年全年又是多少？", "2019年是多少？", "那2019年达到多少？"]
)
def test_another_year_with_a_word_that_asks(text: str) -> None:
    whole = first(text)
    assert slots(whole) == (("云岭高新区",), ["2019年"], "figure")
    assert "工业增加值" in whole


def test_a_quarter_is_of_the_year_spoken_of() -> None:
    assert slots(first("那第二季度呢？"))[1] == ["2022年二季度"]


def test_of_a_stock_the_stock_is_asked_again() -> None:
    whole = first("临江经开区呢？", "云岭高新区2022年底有多少家高新技术企业？")
    assert "有多少家" in whole


def test_others_are_counted_instead() -> None:
    whole = first("那医护人员呢？", "直通车随车配了几名青年志愿者？")
    assert whole == "直通车随车配了几名医护人员？"


def test_years_are_counted_from_the_one_asked_about() -> None:
    [first, *_] = complete("上年年底是多少？", "云岭高新区2022年6月底有多少家企业？")
    assert "2021年" in first
    [first, *_] = complete("比上年增长多少？", "云岭高新区2022年有多少家企业？")
    assert "2021年" not in first


def test_a_total_is_of_what_was_asked_about() -> None:
    readings = complete("那总数呢？", "云岭高新区2022年净增高企多少家？")
    assert readings[0] == "云岭高新区2022年高企总数是多少"
    assert all("高企" in reading for reading in readings)


def test_one_amount_of_a_place_takes_the_place_of_another() -> None:
    before = "云岭高新区2020年上半年一般公共预算收入是多少"
    assert complete("那工业增加值呢？", before)[0] == "云岭高新区2020年上半年工业增加值是多少"
    # What belongs to a thing is asked of that thing again.
    [first, *_] = complete("建筑投资额呢？", "云岭高新区标准厂房项目总投资是多少")
    assert "标准厂房项目" in first
