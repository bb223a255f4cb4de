"""Of every kind of question, the spans of a sentence that have the form of an answer."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.sentences import read_sentences
from qa.candidates import asks_origin, candidates
from qa.enumerations import enumerations, list_items
from qa.question import analyse
from qa.spans import Candidate, clause_of
from qa.units import is_particular
from tests.conftest import article

MIXED = "云岭高新区税收6亿元，增长3%，企业300家，占地120亩，历时18个月，排名第13位。"


def offered(question: str, text: str) -> list[Candidate]:
    read = article(text)
    asked = analyse(question)
    return [c for s in read_sentences(read) for c in candidates(asked, text, s)]


def shown(question: str, text: str) -> list[str]:
    return [c.text for c in offered(question, text)]


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("税收是多少亿元？", ["6亿元"]),
        ("花了多少钱？", ["6亿元"]),
        ("有多少家企业？", ["300家"]),
        ("面积有多少亩？", ["120亩"]),
        ("税收增长多少？", ["3%"]),
        ("用了多长时间？", ["18个月"]),
        ("排名第几？", ["第13位"]),
        ("有多少人？", []),
        ("有多少公里？", []),
    ],
)
def test_a_number_must_have_the_unit_asked_for(question: str, answers: list[str]) -> None:
    assert shown(question, MIXED) == answers


def test_an_amount_is_no_percentage() -> None:
    assert "3%" not in shown("税收收入是多少？", MIXED)


def test_a_level_is_no_change_and_a_change_no_level() -> None:
    text = "失业率3.2%，比上年下降0.4个百分点。"
    assert shown("失业率是多少？", text) == ["3.2%"]
    assert shown("失业率下降多少？", text) == ["0.4个百分点"]


def test_a_rank_is_not_a_count() -> None:
    text = "综合排名第13位，企业13家，位居98名。"
    assert shown("排名第几？", text) == ["第13位", "98名"]
    assert "第13位" not in shown("有多少家企业？", text)


def test_what_was_is_worth_less_than_what_is() -> None:
    text = "审批材料由原来的11份减少到4份。"
    by_text = {c.text: c.quality for c in offered("审批材料有多少份？", text)}
    assert set(by_text) == {"11份", "4份"}
    assert by_text["11份"] <= by_text["4份"]


def test_persons_come_with_their_offices() -> None:
    found = offered("书记是谁？", "云岭高新区党工委书记林海涛、管委会主任周立群出席。")
    assert [(c.text, c.near) for c in found] == [
        ("林海涛", "云岭高新区党工委书记"),
        ("周立群", "管委会主任"),
    ]


def test_the_office_of_the_person_asked_for() -> None:
    text = "云岭高新区党工委书记林海涛出席。临江经开区管委会主任周立群讲话。"
    assert shown("周立群是谁？", text) == ["临江经开区管委会主任"]


def test_dates_are_shown_without_their_prepositions() -> None:
    text = "项目于2022年9月18日开工，截至2023年5月完成一半，近日进入安装阶段。"
    assert shown("项目什么时候开工？", text) == ["2022年9月18日", "2023年5月"]


def test_a_place_of_an_event_need_be_no_place_by_its_name() -> None:
    found = offered("活动在哪里举行？", "活动在云岭广场举行，来自临江市的代表参加。")
    assert found[0].text == "云岭广场"


def test_a_place_that_the_question_names_is_no_answer() -> None:
    assert shown("云岭高新区的活动在哪里举行？", "云岭高新区十分热闹。") == []


def test_where_somebody_comes_from_must_be_said() -> None:
    assert asks_origin(analyse("王建国是哪里人？"))
    assert not asks_origin(analyse("活动在哪里举行？"))
    assert shown("王建国是哪里人？", "王建国在沈阳市工作。") == []
    assert shown("王建国是哪里人？", "王建国来自沈阳市。") == ["沈阳市"]


def test_a_company_asked_for_is_found_by_its_name() -> None:
    assert "海岚科技有限公司" in shown("哪家公司承建？", "工程交给海岚科技有限公司。")


def test_a_title_asked_for_is_found_in_its_marks() -> None:
    text = "会上印发了《云岭人才条例》，宣读了倡议。"
    assert any("云岭人才条例" in c for c in shown("印发了什么条例？", text))


@pytest.mark.parametrize(
    ("question", "text", "items"),
    [
        (
            "园区有哪些主导产业？",
            "园区形成新材料、装备制造和电子信息三大产业。",
            ["新材料", "装备制造", "电子信息"],
        ),
        (
            "需要哪些材料？",
            "申报材料包括：营业执照、计划书、审计报告。",
            ["营业执照", "计划书", "审计报告"],
        ),
        (
            "提供哪些服务？",
            "平台提供融资、培训以及法律服务。",
            ["融资", "培训", "法律服务"],
        ),
        (
            "参加的有哪些企业？",
            "海岚科技有限公司、东楚制药集团和北辰机械有限公司参加。",
            ["海岚科技有限公司", "东楚制药集团", "北辰机械有限公司"],
        ),
    ],
)
def test_enumerations_are_whole_and_in_order(question: str, text: str, items: list[str]) -> None:
    assert items in [list_items(c) for c in shown(question, text)]


@pytest.mark.parametrize(
    ("written", "items"),
    [
        ("甲、乙、丙", ["甲", "乙", "丙"]),
        ("甲，乙；丙", ["甲，乙", "丙"]),
        ("甲，乙", ["甲", "乙"]),
        ("甲", ["甲"]),
        ("资金支持、人才引进以及服务保障", ["资金支持", "人才引进", "服务保障"]),
    ],
)
def test_items_of_an_enumeration(written: str, items: list[str]) -> None:
    assert list_items(written) == items


@pytest.mark.parametrize("question", ["为什么下滑？", "如何申请？", "什么是集约化？", "通过了吗？"])
def test_what_only_a_sentence_answers_has_no_candidates(question: str) -> None:
    assert offered(question, "由于下雨，会议推迟到9月18日。") == []


@pytest.mark.parametrize(
    ("unit", "particular"),
    [
        ("亩", True),
        ("页", True),
        ("岁", True),
        ("亿元", False),
        ("家", False),
        ("%", False),
        ("", False),
    ],
)
def test_units_that_tell_what_is_counted(unit: str, particular: bool) -> None:
    assert is_particular(unit) is particular


def test_the_clause_around_a_span() -> None:
    text = "税收6亿元，增长3%；企业300家。"
    (sentence,) = read_sentences(article(text))
    at = text.index("3%")
    left, right = clause_of(text, sentence, at, at + 2)
    assert text[left:right] == "增长3%"


@given(
    st.sampled_from(
        [
            "税收是多少？",
            "有多少家企业？",
            "书记是谁？",
            "什么时候开工？",
            "在哪里举行？",
            "有哪些产业？",
            "哪家公司承建？",
            "排名第几？",
            "增长多少？",
            "周立群是谁？",
        ]
    ),
    st.lists(
        st.sampled_from(
            [
                "云岭高新区",
                "税收6亿元",
                "，",
                "、",
                "。",
                "和",
                "党工委书记林海涛",
                "周立群",
                "2022年9月18日",
                "在云岭广场举行",
                "海岚科技有限公司",
                "产业",
                "包括：",
                "第13位",
                "增长3%",
                "“长江杯”",
                "\n",
            ]
        ),
        max_size=14,
    ),
)
@settings(max_examples=150, deadline=None)
def test_a_candidate_is_a_span_of_its_sentence(question: str, pieces: list[str]) -> None:
    text = "".join(pieces)
    read = article(text)
    for sentence in read_sentences(read):
        for candidate in candidates(analyse(question), text, sentence):
            assert sentence.start <= candidate.start < candidate.end <= sentence.end
            assert candidate.text.strip() in text[candidate.start : candidate.end]
            assert 0 < candidate.quality <= 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("推行以商招商、推介招商、信息化招商三大招商模式", "以商招商、推介招商、信息化招商"),
        ("按“玉出东方”“玉礼堂皇”“吉玉琳琅”三个单元展出", "“玉出东方”“玉礼堂皇”“吉玉琳琅”"),
        (
            "天云医用机器人（云岭）有限公司、海岚制药有限公司、青禾（临江市）生物公司3家企业获得立项",
            "天云医用机器人（云岭）有限公司、海岚制药有限公司、青禾（临江市）生物公司",
        ),
        ("分别与海岚公司、青禾公司和云岭公司开展投资合作", "海岚公司、青禾公司和云岭公司"),
        ("园区主要涵盖新材料、装备制造和电子信息等产业", "新材料、装备制造和电子信息"),
        ("实现政府核发的材料免提交、数据免填写、印章免携带", "材料免提交、数据免填写、印章免携带"),
        (
            "7月，云岭大学、云岭市科技局、临江对口帮扶云岭指挥部三方签署协议",
            "云岭大学、云岭市科技局、临江对口帮扶云岭指挥部",
        ),
        (
            "实行“三个帮办”制（即引进落户、创办企业、人才兑现等服务）",
            "引进落户、创办企业、人才兑现",
        ),
        (
            "四大园区分别是数字产业园、生物产业园和云岭高新技术产业转移园",
            "数字产业园、生物产业园和云岭高新技术产业转移园",
        ),
        ("合意氟、顺博、快地、楚江等8家企业申报示范企业", "合意氟、顺博、快地、楚江"),
        (
            "设有智能科学与技术学院、智能软件与工程学院、集成电路学院",
            "智能科学与技术学院、智能软件与工程学院、集成电路学院",
        ),
    ],
)
def test_an_enumeration_has_its_items_and_no_more(text: str, shown: str) -> None:
    assert shown in [text[a:b] for a, b, _, _ in enumerations(text, 0, len(text))]


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("何时完成？", "确保9月底前完成任务。", "9月底前"),
        ("哪天开会？", "7月30日下午，会议召开。", "7月30日下午"),
        ("受灾群众什么时候搬家？", "预计在2023年入冬前，受灾群众搬入新居。", "2023年入冬前"),
        ("几点恢复通车？", "8月11日6时40分恢复通车。", "8月11日6时40分"),
        ("景区几点到几点开门？", "开放时间：8:30——16:30。", "8:30——16:30"),
        ("有多少侨胞抗议？", "动员上百名侨胞到场。", "上百名"),
        ("能养多少只动物？", "中心可容纳近万只动物。", "近万只"),
        ("航班晚了多久？", "延误时间达到5小时以上。", "5小时以上"),
        ("罚款多少元？", "并处500元以上3000元以下罚款。", "500元以上3000元以下"),
        ("面积有多大？", "总面积3000平米。", "3000平米"),
    ],
)
def test_a_span_holds_all_that_says_when_or_how_much(question: str, text: str, answer: str) -> None:
    assert answer in shown(question, text)


def test_a_size_is_told_in_its_own_units() -> None:
    text = "穹顶重740吨，机组年发电160亿千瓦时以上。"
    assert shown("穹顶有多重？", text) == ["740吨"]


def test_a_growth_rate_is_no_amount() -> None:
    text = "工业增加值120.98亿元，增长13.2%。"
    assert shown("工业增加值的增速是多少？", text) == ["13.2%"]


def test_when_it_was_told_is_not_when_it_was() -> None:
    text = "8月14日，记者从水务局获悉，工程于8月2日开工。"
    assert shown("什么时候开工？", text) == ["8月2日"]
    assert shown("水务局什么时候公布了开工时间？", text) == ["8月14日", "8月2日"]
    assert shown("什么时候开工？", "8月14日，记者从水务局获悉，工程已经开工。") == ["8月14日"]


def test_a_list_begins_and_ends_with_whole_names() -> None:
    text = "由澳门中华创新科技发展促进会、贵州超算众创科技有限公司联合打造。"
    answers = shown("学堂由哪几家单位打造？", text)
    assert "澳门中华创新科技发展促进会、贵州超算众创科技有限公司" in answers


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("什么时候启动排放？", "方案定于8月下旬至9月中旬启动排放。", "8月下旬至9月中旬"),
        ("先建几个试点？", "争取建立一到两个试点。", "一到两个"),
        ("来了多少人？", "来了两三名客人。", "两三名"),
        ("合作社在什么地方？", "走进位于广州市玉堂街道寨子村的合作社。", "广州市玉堂街道寨子村"),
    ],
)
def test_ranges_round_counts_and_addresses_are_whole(question: str, text: str, answer: str) -> None:
    assert answer in shown(question, text)


def test_a_country_is_told_by_its_name() -> None:
    assert "非洲国家" not in shown("他是哪个国家的官员？", "他会见了非洲国家官员。")
