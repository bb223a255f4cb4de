"""A question is taken apart into whose, of when, of what, and what is to be done with it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.period import label
from qa.question import DURATION, Question, analyse, as_ratio, same_place


def periods(question: Question) -> list[str]:
    return [label(p) for p in question.periods]


def slots(question: Question) -> list[tuple[str, ...]]:
    """The place and the period of each part."""
    return [(*part.places, *periods(part)) for part in question.parts]


KINDS = """
figure      云岭高新区2022年工业增加值是多少？
figure      云岭高新区2022年有多少家规上企业
figure      总投资多少亿元
figure      贷款最高多少万元？
figure      带动多少人就业？
figure      花了多少钱
figure      需要几天
figure      距离市区多少公里
figure      孵化器的面积有多大？
figure      大桥有多长
figure      项目一共占了多少地？
when        铁路几时恢复？
when        景区几点开门？
why         他凭什么这样说？
why         她给出了什么理由？
list        4个学院分别叫什么？
share       获批企业占全市的百分之多少？
figure      建设工期多长时间
figure      评审用了多久？
rate        临江经开区去年财政收入同比增长多少？
rate        工业增加值增幅是多少
rate        办理时间缩短了多少
rate        出口下降几个百分点
share       出口占百分之几？
share       研发投入占营业收入的比重是多少
share       党员占员工的比例是多少
rank        云岭高新区在全国排名第几
rank        在全省位居第几位？
who         云岭高新区党工委书记是谁？
who         谁负责这个项目
who         哪位专家主持了评审
who         校长叫什么名字
who         仪式由何人主持
office      林海涛是谁？
when        签约仪式什么时候举行
when        项目何时开工？
when        哪一年建成
when        工厂几月几日投产
when        条例从哪天起施行
where       展会在哪里举办？
where       公司总部设在什么地方
where       新厂建在何处
which       哪家公司投资了该项目
which       获得了什么奖
which       入选了哪个名单
list        园区有哪些主导产业？
list        包括哪几类企业
list        参会的有哪些单位
list        采取了哪些措施
why         为什么要建孵化器？
why         产值下降的原因是什么
why         会议为何推迟
how         园区如何吸引人才？
how         企业怎样申请补贴
definition  什么是“一站办”？
definition  “一站办”是什么意思
definition  四大产业是什么
yesno       产值超过500亿元吗？
yesno       项目是否通过验收
yesno       园区有没有孵化器
figure      云岭高新区 专利授权量 2021
figure      2022年 进出口总额 云岭
rate        云岭高新区 税收 增速
who         云岭高新区党工委书记
text        云岭高新区 集中签约
text        孵化器
figure      请问云岭高新区税收是多少啊？
"""


@pytest.mark.parametrize("line", KINDS.strip().splitlines())
def test_kinds(line: str) -> None:
    kind, text = line.split(maxsplit=1)
    assert analyse(text).kind == kind


def test_the_slots_are_told_from_the_content() -> None:
    asked = analyse("云岭高新区2022年工业增加值是多少？")
    assert asked.places == ("云岭高新区",)
    assert periods(asked) == ["2022年"]
    assert asked.body == "工业增加值"
    assert asked.parts == ()


@pytest.mark.parametrize(
    "text",
    [
        "云岭高新区2022年工业增加值是多少？",
        "2022年云岭高新区的工业增加值达到多少",
        "云岭高新区工业增加值2022年有多少？",
        "请问2022年，云岭高新区工业增加值为多少",
        "云岭高新区 工业增加值 2022",
        "２０２２年云岭高新区工业增加值是多少？",
        "我想知道云岭高新区2022年工业增加值是多少",
    ],
)
def test_one_question_in_many_words(text: str) -> None:
    asked = analyse(text)
    assert asked.places == ("云岭高新区",)
    assert periods(asked) == ["2022年"]
    assert asked.kind == "figure"
    assert "".join(asked.words) == "工业增加值"


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2020上半年云岭高新区税收收入多少", "2020年上半年"),
        ("云岭高新区2020年上半年税收收入", "2020年上半年"),
        ("云岭高新区2019年底企业数量多少", "2019年"),
        ("2019年末云岭高新区有多少企业", "2019年"),
        ("云岭高新区2022年1-6月税收是多少", "2022年上半年"),
        ("云岭高新区2022年第一季度税收", "2022年一季度"),
        ("云岭高新区2022年8月税收是多少", "2022年8月"),
        ("云岭高新区2022全年税收是多少", "2022年"),
        ("云岭高新区税收 2021", "2021年"),
    ],
)
def test_forms_of_a_period(text: str, period: str) -> None:
    assert periods(analyse(text)) == [period]


@pytest.mark.parametrize("when", ["去年", "今年上半年"])
def test_a_relative_period_waits_for_an_article_s_date(when: str) -> None:
    asked = analyse(f"云岭高新区{when}税收是多少？")
    assert asked.relative == (when,)
    assert asked.periods == ()


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("有多少家规上企业", "家"),
        ("总投资多少亿元", "亿元"),
        ("带动多少人就业", "人"),
        ("报告有多少页", "页"),
        ("建设工期多长时间", DURATION),
        ("税收是多少", ""),
    ],
)
def test_the_unit_asked_for(text: str, unit: str) -> None:
    assert analyse(text).unit == unit


@pytest.mark.parametrize(
    ("text", "focus"),
    [
        ("园区有哪些主导产业？", "主导产业"),
        ("有多少家规上企业？", "规上企业"),
        ("获得了什么奖", "奖"),
    ],
)
def test_the_noun_asked_for(text: str, focus: str) -> None:
    assert analyse(text).focus == focus


def test_a_city_that_only_describes_does_not_select() -> None:
    assert analyse("有多少名湖北籍员工返岗").places == ()


def test_what_is_quoted_is_a_name() -> None:
    assert analyse("什么是“一站办”？").names == ("“一站办”",)
    assert analyse("《云岭条例》何时施行").names == ("《云岭条例》",)


def test_respectively_over_places() -> None:
    asked = analyse("云岭高新区和临江经开区2022年工业增加值分别是多少？")
    assert asked.operation == "each"
    assert slots(asked) == [("云岭高新区", "2022年"), ("临江经开区", "2022年")]
    assert all("工业增加值" in p.text for p in asked.parts)


def test_respectively_over_years() -> None:
    asked = analyse("云岭高新区2021年和2022年税收分别是多少？")
    assert asked.operation == "each"
    assert slots(asked) == [("云岭高新区", "2021年"), ("云岭高新区", "2022年")]


def test_respectively_over_measures_makes_the_second_whole() -> None:
    asked = analyse("云岭高新区2022年专利申请量和授权量分别是多少？")
    assert [p.body for p in asked.parts] == ["专利申请量", "专利授权量"]
    assert slots(asked) == [("云岭高新区", "2022年")] * 2


def test_several_questions_in_one_share_what_they_leave_out() -> None:
    asked = analyse("云岭高新区2022年税收是多少？书记是谁？")
    assert [p.kind for p in asked.parts] == ["figure", "who"]
    assert slots(asked) == [("云岭高新区", "2022年")] * 2


@pytest.mark.parametrize(
    ("text", "operation", "parts"),
    [
        (
            "云岭高新区2022年工业增加值比2021年多多少？",
            "difference",
            [("云岭高新区", "2022年"), ("云岭高新区", "2021年")],
        ),
        (
            "2022年云岭高新区比临江经开区税收多多少亿元",
            "difference",
            [("云岭高新区", "2022年"), ("临江经开区", "2022年")],
        ),
        (
            "云岭高新区2022年和2021年税收相差多少",
            "difference",
            [("云岭高新区", "2022年"), ("云岭高新区", "2021年")],
        ),
        (
            "从2019年到2022年云岭高新区税收增加了多少",
            "difference",
            [("云岭高新区", "2022年"), ("云岭高新区", "2019年")],
        ),
        (
            "云岭高新区2022年出口额是2018年的几倍",
            "ratio",
            [("云岭高新区", "2022年"), ("云岭高新区", "2018年")],
        ),
        (
            "云岭高新区2021年和2022年税收合计多少",
            "sum",
            [("云岭高新区", "2021年"), ("云岭高新区", "2022年")],
        ),
        (
            "云岭高新区和临江经开区2022年谁的税收更多",
            "more",
            [("云岭高新区", "2022年"), ("临江经开区", "2022年")],
        ),
        (
            "云岭高新区和临江经开区哪个税收更少",
            "less",
            [("云岭高新区",), ("临江经开区",)],
        ),
        (
            "云岭高新区2021年和2022年哪一年税收更高",
            "more",
            [("云岭高新区", "2021年"), ("云岭高新区", "2022年")],
        ),
    ],
)
def test_what_to_do_with_the_parts(text: str, operation: str, parts: list[tuple[str, ...]]) -> None:
    asked = analyse(text)
    assert asked.operation == operation
    assert slots(asked) == parts


@pytest.mark.parametrize(
    "text",
    [
        "云岭高新区2022年工业增加值是多少",
        "云岭高新区的研发投入占比是多少",
        "云岭高新区2022年税收同比增长多少",
        "园区有哪些主导产业",
    ],
)
def test_a_plain_question_has_no_parts(text: str) -> None:
    assert (analyse(text).operation, analyse(text).parts) == ("", ())


def test_a_share_can_be_reckoned_from_two_figures() -> None:
    asked = as_ratio(analyse("云岭高新区2022年出口额占进出口总额的比重是多少？"))
    assert asked is not None
    assert asked.operation == "share"
    assert ["出口额" in p.body for p in asked.parts] == [True, False]
    assert ["总额" in p.body for p in asked.parts] == [False, True]
    assert slots(asked) == [("云岭高新区", "2022年")] * 2
    assert as_ratio(analyse("云岭高新区2022年出口额是多少？")) is None


@pytest.mark.parametrize("lead", ["那么", "请问", "我想知道", "另外", "再问一下"])
def test_courtesies_change_nothing(lead: str) -> None:
    plain = analyse("云岭高新区2022年税收是多少")
    assert analyse(f"{lead}云岭高新区2022年税收是多少") == plain


def test_names_of_one_place() -> None:
    assert same_place("云岭高新区", "云岭国家高新区")
    assert not same_place("云岭高新区", "临江高新区")


def test_the_query_holds_slots_and_content_but_no_asking_words() -> None:
    query = analyse("请问云岭高新区2022年工业增加值是多少？").query
    assert {"云岭高新区", "2022年", "工业增加值"} <= set(query.split())
    assert "多少" not in query


@given(
    st.lists(
        st.sampled_from(
            ["云岭高新区", "临江经开区", "2022年", "2021年", "税收", "比", "和", "多多少", "分别",
             "是", "多少", "？", "，", "占", "从", "到", "谁", "更多", "的", "几倍", "\n", "“", "a"]
        ),
        max_size=14,
    )
)  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_any_jumble_is_taken_apart(pieces: list[str]) -> None:
    asked = analyse("".join(pieces))
    assert bool(asked.operation) == bool(asked.parts)
    for place in asked.places:
        assert place in "".join(pieces)


@pytest.mark.parametrize("text", ["", "  ", "？", "。。。", "多少", "？？？", "😀", "x" * 3000])
def test_nothing_to_take_apart(text: str) -> None:
    assert analyse(text).places == ()


def test_each_part_is_asked_with_the_scene_of_the_first() -> None:
    first, second = analyse("话剧《云岭》由谁导演，仇虎又由谁扮演？").parts
    assert "《云岭》" in second.asked
    assert "扮演" in second.asked
    assert first.kind == second.kind == "who"


def test_a_share_of_the_same_period_keeps_its_whole() -> None:
    share = analyse("云岭口岸2023年上半年进出口总值达到多少，占全国同期的比例是多少？").parts[1]
    assert share.kind == "share"
    assert "多少" not in share.body


@pytest.mark.parametrize(
    ("text", "kind", "focus"),
    [
        ("云岭公司新设的部门叫什么？", "which", "部门"),
        ("获得科技进步奖的项目全称叫什么？", "which", "项目"),
        ("首位青年志愿者叫什么名字？", "who", ""),
        ("该企业负责人叫什么？", "who", ""),
        ("她叫什么？", "who", ""),
    ],
)
def test_what_a_thing_is_called_is_no_person(text: str, kind: str, focus: str) -> None:
    question = analyse(text)
    assert (question.kind, question.focus) == (kind, focus)


def test_as_to_a_measure_two_places_are_compared() -> None:
    question = analyse("论2020年底的企业总数，云岭高新区和临江经开区谁多？各有多少家？")
    assert question.operation == "more"
    assert [p.places for p in question.parts] == [("云岭高新区",), ("临江经开区",)]
    assert all("企业总数" in p.body for p in question.parts)
