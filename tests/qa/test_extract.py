"""What bears on a question, the best first; what disagrees in place or time is never an answer."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.records import Article, Block, Period
from qa.extract import Evidence, extract, gives, said_by
from qa.judge import best_of, is_enough
from qa.question import analyse
from qa.reader.read import bundled
from qa.reading import reading
from tests.conftest import article


def even(_: str) -> float:
    return 1.0


def evidence(question: str, *texts: str | Article) -> list[Evidence]:
    articles = [
        (t if isinstance(t, Article) else article(t, key=f"a{n}"), 1.0) for n, t in enumerate(texts)
    ]
    return extract(analyse(question), articles, even, bundled())


def best(question: str, *texts: str | Article) -> str:
    found = best_of(analyse(question), evidence(question, *texts))
    return found.short if found else ""


TWO_YEARS = "云岭高新区2021年税收6亿元，2022年税收8亿元。临江经开区2022年税收5亿元。"


def test_the_figure_of_the_place_and_the_year_comes_first() -> None:
    found = evidence("云岭高新区2022年税收是多少？", TWO_YEARS)
    assert found[0].short == "8亿元"
    assert {e.short: e.miss for e in found} == {"8亿元": "", "6亿元": "period", "5亿元": "place"}


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("云岭高新区2021年税收是多少？", "6亿元"),
        ("云岭高新区2022年税收是多少？", "8亿元"),
        ("临江经开区2022年税收是多少？", "5亿元"),
        ("临江经开区2021年税收是多少？", ""),
        ("云岭高新区2020年税收是多少？", ""),
        ("望海高新区2022年税收是多少？", ""),
        ("云岭高新区2022年出口是多少？", ""),
    ],
)
def test_what_disagrees_is_never_chosen(question: str, short: str) -> None:
    assert best(question, TWO_YEARS) == short


PATENTS = "2022年云岭高新区专利申请量2310件，专利授权量1422件，其中发明专利授权量308件。"


@pytest.mark.parametrize(
    ("measure", "short"),
    [("专利申请量", "2310件"), ("专利授权量", "1422件"), ("发明专利授权量", "308件")],
)
def test_look_alike_measures(measure: str, short: str) -> None:
    assert best(f"云岭高新区2022年{measure}是多少？", PATENTS) == short


@pytest.mark.parametrize(
    ("asked", "stated"),
    [
        ("工业增加值", "工业总产值"),
        ("专利申请量", "专利授权量"),
        ("进口额", "出口额"),
        ("税收收入", "销售收入"),
        ("常住人口", "占地面积"),
    ],
)
def test_another_measure_does_not_answer(asked: str, stated: str) -> None:
    assert best(f"云岭高新区2022年{asked}是多少？", f"云岭高新区2022年{stated}为85亿元。") == ""


def test_the_half_of_a_year_is_not_the_year() -> None:
    text = "2022年上半年，云岭高新区税收收入4亿元。"
    assert best("云岭高新区2022年税收收入是多少？", text) == ""
    assert best("云岭高新区2022年上半年税收收入是多少？", text) == "4亿元"
    assert best("云岭高新区2022年1-6月税收收入是多少？", text) == "4亿元"


def test_the_end_of_a_half_is_its_last_day() -> None:
    text = "截至2022年6月30日，云岭高新区企业总数300家。"
    assert best("2022年6月底云岭高新区有多少家企业？", text) == "300家"


def test_relative_times_are_resolved_by_each_article_s_date() -> None:
    text = "去年，云岭高新区税收收入6亿元。"
    dated = Article("a", "", "", "", Period(date(2023, 2, 1), date(2023, 2, 1)), text, "a:1")
    assert best("云岭高新区2022年税收收入是多少？", dated) == "6亿元"
    assert best("云岭高新区2021年税收收入是多少？", dated) == ""
    assert best("云岭高新区去年税收收入是多少？", dated) == "6亿元"


def test_an_undated_year_does_not_answer_for_a_dated_one() -> None:
    assert best("云岭高新区2022年税收收入是多少？", "去年，云岭高新区税收收入6亿元。") == ""


def test_the_subject_before_counts_for_the_sentence_behind() -> None:
    text = "云岭高新区2022年表现突出。园区税收收入8亿元。"
    assert best("云岭高新区税收收入是多少？", text) == "8亿元"


def test_names_of_one_zone_answer_for_one_another() -> None:
    text = "云岭国家高新区2022年税收收入8亿元。"
    assert best("云岭高新区2022年税收收入是多少？", text) == "8亿元"


@pytest.mark.parametrize(("office", "person"), [("书记", "林海涛"), ("主任", "周立群")])
def test_the_person_of_the_office(office: str, person: str) -> None:
    text = "云岭高新区党工委书记林海涛、管委会主任周立群出席。"
    assert best(f"云岭高新区{office}是谁？", text) == person


def test_an_office_elsewhere_is_another_s() -> None:
    text = "临江经开区党工委书记许建平表示欢迎。"
    assert best("云岭高新区党工委书记是谁？", text) == ""


def test_without_a_year_the_latest_is_chosen() -> None:
    assert best("云岭高新区税收是多少？", TWO_YEARS) == "8亿元"


def test_a_caption_is_worth_less_than_the_text() -> None:
    text = "云岭高新区税收收入6亿元。\n云岭高新区税收收入8亿元。"
    cut = text.index("\n")
    blocks = (Block("caption", 0, cut), Block("body", cut + 1, len(text)))
    found = evidence("云岭高新区税收收入是多少？", article(text, blocks=blocks))
    assert [e.short for e in found] == ["8亿元", "6亿元"]


def test_what_has_nothing_to_do_with_it_is_no_evidence() -> None:
    assert evidence("今天天气如何？", TWO_YEARS) == []
    assert evidence("云岭高新区税收是多少？") == []


@pytest.mark.parametrize(
    ("kind", "sentence", "does"),
    [
        ("why", "由于下雨，会议推迟。", True),
        ("why", "会议推迟。", False),
        ("how", "园区通过补贴吸引人才。", True),
        ("figure", "会议推迟。", True),
    ],
)
def test_sentences_that_give_a_reason_or_a_way(kind: str, sentence: str, does: bool) -> None:
    assert gives(kind, sentence) is does


def test_a_reason_is_the_sentence_that_gives_it() -> None:
    text = "云岭展会推迟举行。由于连日暴雨，云岭展会推迟到九月。记者将继续报道。"
    assert "暴雨" in best("云岭展会为什么推迟？", text)


def test_an_article_is_read_once() -> None:
    read = article(TWO_YEARS)
    assert reading(read) is reading(read)
    assert reading(read)[1] == "云岭高新区"


@given(
    st.sampled_from(
        [
            "云岭高新区2022年税收是多少？",
            "书记是谁？",
            "有哪些产业？",
            "为什么推迟？",
            "何时开工？",
            "税收增长多少？",
        ]
    ),
    st.lists(
        st.sampled_from(
            [
                "云岭高新区",
                "2022年",
                "税收6亿元",
                "增长3%",
                "，",
                "。",
                "\n",
                "党工委书记林海涛",
                "由于暴雨",
                "推迟",
                "9月18日开工",
                "产业",
                "新材料、电子",
                "临江经开区",
            ]
        ),
        max_size=16,
    ),
)
@settings(max_examples=100, deadline=None)
def test_evidence_is_in_order_and_in_its_sentence(question: str, pieces: list[str]) -> None:
    read = article("".join(pieces))
    found = evidence(question, read)
    assert [e.trust for e in found] == sorted((e.trust for e in found), reverse=True)
    for each in found:
        assert each.sentence.start <= each.start < each.end <= each.sentence.end
        assert each.quote == read.text[each.sentence.start : each.sentence.end]
        assert not (each.miss and is_enough(analyse(question), each))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (
            "云岭高新区2022年申请了多少件发明专利？",
            "云岭高新区2022年授权专利90件，其中发明专利30件。",
        ),
        ("云岭高新区2022年工业总产值是多少？", "云岭高新区2022年工业增加值8亿元。"),
        ("云岭高新区2022年末高新技术企业总数是多少家？", "云岭高新区2022年净增高新技术企业25家。"),
        ("深圳口岸2022年上半年的进出口总值是多少？", "2022年上半年，河北省进出口总值27亿元。"),
    ],
)
def test_what_is_near_but_another_thing_is_no_answer(question: str, text: str) -> None:
    assert best(question, text) == ""


def test_of_two_measures_each_growth_belongs_to_its_own() -> None:
    text = "云岭高新区2022年完成工业总产值36亿元，增长5.9%；工业增加值7亿元，增长3.6%。"
    assert best("云岭高新区2022年工业总产值增长多少？", text) == "5.9%"
    assert best("云岭高新区2022年工业增加值增长多少？", text) == "3.6%"


def test_each_part_of_a_list_counts_its_own() -> None:
    text = "云岭高新区净增高新技术企业252家，总数来到786家；瞪羚企业新增10家，总数为23家。"
    assert best("云岭高新区高新技术企业总数是多少家？", text) == "786家"
    assert best("云岭高新区瞪羚企业总数是多少家？", text) == "23家"


def test_a_day_said_in_two_ways_is_no_rival_of_itself() -> None:
    one = "云岭大桥于2022年9月18日开工。"
    other = "2022年，云岭大桥9月18日开工。"
    found = evidence("云岭大桥何时开工？", one, other)
    days = [e for e in found if "18日" in e.short]
    assert len(days) == 2
    assert len({said_by(e) for e in days}) == 1


def test_without_a_reader_the_rules_alone_decide() -> None:
    asked = analyse("云岭高新区2022年税收是多少？")
    found = extract(asked, [(article(TWO_YEARS), 1.0)], even)
    assert found[0].short == "8亿元"
    assert {e.odds for e in found} == {0.0}


@pytest.mark.parametrize(
    ("asked", "stated"),
    [
        # Each clause counts its own.
        (
            "云岭高新区2022年有多少家高新技术企业？",
            "2022年，云岭高新区53家企业申报高新技术企业认定，入库科技型中小企业184家。",
        ),
        # What is said of a list is not said of its member.
        (
            "云岭高新区的青谷科技园总投资是多少？",
            "云岭高新区有云谷科技园、青谷科技园、红谷科技园等13个厂房项目，总投资100亿元。",
        ),
        (
            "云岭高新区签约的生物医药项目有几个？",
            "云岭高新区签约涵盖生物医药、人工智能、新材料等9个项目。",
        ),
        # The whole is not its part, even where other clauses stand between.
        (
            "云岭高新区2022年申请了多少件发明专利？",
            "2022年，云岭高新区专利授权1319件，同比增长30%，其中发明专利357件。",
        ),
        # What was added is not what there is.
        (
            "云岭高新区瞪羚企业的总数是多少家？",
            "云岭高新区新增瞪羚企业、潜在独角兽企业10家。",
        ),
    ],
)  # fmt: skip
def test_the_figure_of_something_beside_does_not_answer(asked: str, stated: str) -> None:
    assert best(asked, stated) == ""


def test_a_member_of_a_list_with_its_own_share_is_answered() -> None:
    text = "云岭高新区的云谷、青谷、红谷等3个项目总投资分别为1亿元、2亿元和3亿元。"
    assert best("云岭高新区青谷项目总投资是多少？", text) == "2亿元"


def test_of_a_whole_its_part_is_found_behind_it() -> None:
    text = "2022年，云岭高新区专利授权1319件，其中发明专利授权357件。"
    assert best("云岭高新区2022年发明专利授权多少件？", text) == "357件"
    assert best("云岭高新区2022年专利授权多少件？", text) == "1319件"


@pytest.mark.parametrize(
    ("asked", "answer"),
    [("贝乐公司是哪一年成立的？", ""), ("贝乐公司什么时候试产？", "2020年3月3日")],
)
def test_the_time_of_another_event_does_not_answer(asked: str, answer: str) -> None:
    assert best(asked, "2020年3月3日，贝乐公司的生产线开始试产。") == answer


def test_a_figure_in_brackets_is_of_the_time_in_them() -> None:
    text = "2023年上半年，云岭公司的交付量增至145架（2022年上半年115架），收入增长。"
    assert best("云岭公司2022年上半年的交付量是多少架？", text) == "115架"
    assert best("云岭公司2023年上半年的交付量是多少架？", text) == "145架"


def test_what_the_question_says_itself_is_no_answer() -> None:
    text = "云岭高新区企业介绍，这家云岭高新区企业获得省科技进步二等奖。"
    assert "云岭高新区企业" not in best("云岭高新区哪家企业获得省科技进步二等奖？", text)


def test_in_a_collection_the_sentence_says_whose_it_is() -> None:
    both = article(
        "今年上半年，上海口岸进出口总值达5.16万亿元。今年上半年，河北省进出口总值2723.5亿元。",
        title="上海海关公布进出口总值",
    )
    assert best("上海口岸上半年进出口总值是多少？", both) == "5.16万亿元"


def test_a_day_without_a_year_does_not_say_in_which_year() -> None:
    found = evidence("云岭地铁在哪一年开通？", "2019年，云岭地铁开通。", "8月2日，云岭地铁开通。")
    assert found[0].short == "2019年"


def test_who_said_it_may_stand_behind_the_quotation() -> None:
    text = (
        "“在园区做项目可以总结成一个‘快’字。”云岭集团副总裁叶佳顺表示。\n园区主任周立新走访了企业。"
    )
    found = evidence("用一个“快”字总结在园区做项目的是谁？", text)
    assert found[0].short == "叶佳顺"


def test_of_those_that_came_those_that_are_there_do_not_answer() -> None:
    text = "云岭高新区全年净增695家高企,占全市的76.21%;高企存量达到2931家,占全市的51.26%。"
    assert best("全市净增的高企里，云岭高新区占了百分之多少？", text) == "76.21%"
    assert best("云岭高新区净增高企多少家？", text) == "695家"


def test_of_some_among_them_the_number_of_all_does_not_answer() -> None:
    text = "云岭高新区有外卖小哥近200人，其中有不少流动党员。"
    assert best("云岭高新区的外卖小哥里党员有多少人？", text) == ""
    assert best("云岭高新区有多少外卖小哥？", text) == "200人"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("1至6月份，云岭机场完成货运量328万吨。", "328万吨"),  # which year is left open
        ("前三季度，云岭机场完成货运量328万吨。", ""),
        ("去年上半年，云岭机场完成货运量328万吨。", ""),
        ("2019年，云岭机场扩建。1至6月份，云岭机场完成货运量328万吨。", ""),
    ],
)
def test_where_only_the_year_is_unsaid_it_may_be_the_one_asked_for(text: str, answer: str) -> None:
    assert best("2023年1到6月云岭机场货运量是多少？", text) == answer


def test_what_is_reported_of_half_a_year() -> None:
    text = "云岭公司2023中报显示，公司收入18亿元，报告期内净利润2亿元。"
    assert best("云岭公司2023年上半年收入是多少？", text) == "18亿元"
    assert best("云岭公司2023年全年收入是多少？", text) == ""


def test_a_range_of_years_shares_its_numbers_out() -> None:
    text = "2020年-2022年，云岭公司营收为3亿元、7亿元和4亿元；净利润为1亿元、2亿元和5亿元。"
    assert best("云岭公司2021年营收是多少？", text) == "7亿元"
    assert best("云岭公司2022年净利润是多少？", text) == "5亿元"


@pytest.mark.parametrize(
    ("asked", "text", "answer"),
    [
        # The subject of the sentence is of all its parts.
        (
            "云木公司2023年第二季度净利率环比提升多少？",
            "云木公司2023年上半年净利率5.5%，同比提升3.6%；2023年Q2净利率7.8%，环比提升6.4%。",
            "6.4%",
        ),
        # What the whole is counted of is no clause of its own.
        (
            "2023年有几家互联网企业投诉处理没达标？",
            "2023年，在接入平台的155家互联网企业中，甲讯、乙信等9家企业投诉处理未达标。",
            "9家",
        ),
        # A name that several members have is not one of them.
        (
            "云岭科技小院由多少家单位共建？",
            "该科技小院由云岭科协、云岭县政府、农牧学院、草原所等12个单位联合共建。",
            "12个",
        ),
    ],
)
def test_nothing_beside_forbids_the_figure_itself(asked: str, text: str, answer: str) -> None:
    assert answer in {e.short for e in evidence(asked, text) if not e.miss}


def test_over_the_year_is_not_over_the_quarter_and_gross_is_not_net() -> None:
    text = (
        "云木公司2023年上半年毛利率31.0%，同比提升3.2%；2023年Q2毛利率31.8%，同比提升3.1%，"
        "环比提升2.3%。云木公司2023年Q2净利率7.8%，同比提升3.4%，环比提升6.4%。"
    )
    assert best("云木公司2023年Q2毛利率比上一季度提高了多少？", text) == "2.3%"
    assert best("云木公司2023年Q2毛利率同比提升多少？", text) == "3.1%"


def test_the_amount_of_another_measure_in_the_sentence_does_not_answer() -> None:
    text = "2024年，云岭高新区工业增加值120.98亿元，增长13.2%；工业营业收入增长11.9%。"
    assert best("2024年云岭高新区工业营业收入总额是多少亿元？", text) == ""
    assert best("2024年云岭高新区工业增加值是多少？", text) == "120.98亿元"


def test_an_office_is_held_by_a_person() -> None:
    text = "该项目由云岭三维科技股份有限公司、数丝科技集团有限责任公司和云岭公司承担。"
    assert best("数丝科技集团有限责任公司的董事长是谁？", text) == ""


@pytest.mark.parametrize(
    ("asked", "text", "answer"),
    [
        (  # the clause beside is of all that is asked
            "2022年云岭高新区申报省级工程中心的企业有几家？",
            "2022年，云岭高新区53家企业申报高企认定；4家企业申报省级工程中心，7家获评市级工程中心。",
            "4家",
        ),
        (  # the longest item that the question names
            "江澜银行2022年末一级资本充足率是多少？",
            "2022年末，江澜银行资本充足率、一级资本充足率和核心一级资本充足率分别为13.75%、11.62%和10.94%。",
            "11.62%",
        ),
        (  # the parts go on behind 其中
            "2022年云岭高新区本科毕业生落实率是多少？",
            "2022年，云岭高新区高校毕业生落实率71.6%，其中高职毕业生76.3%，本科毕业生63.9%。",
            "63.9%",
        ),
        (
            "云岭高新区2022年6月底有多少家企业？",
            "截至2022年6月底，云岭高新区企业300家，比年初多了25家。",
            "300家",
        ),
        (
            "2022年7月云岭高新区煤炭供应量比上月增长多少？",
            "2022年7月，云岭高新区钢铁、煤炭供应量较上月分别增加4.6%和7.3%。",
            "7.3%",
        ),
        (
            "2022年云岭高新区综合指数是多少？",
            "2022年，云岭高新区综合指数为102.3%。",
            "102.3%",
        ),
        (
            "云岭高新区2021年的达标率是多少？",
            "2022年，云岭高新区达标率从2021年的17.2%提高到18%。",
            "17.2%",
        ),
        (
            "云岭高新区2022年的达标率是多少？",
            "2022年，云岭高新区达标率从2021年的17.2%提高到18%。",
            "18%",
        ),
        (
            "有几家企业获得2021年度云岭高新区先进称号？",
            "2022年，1家企业获得2022年度云岭高新区优秀称号，4家企业获得2021年度云岭高新区先进称号。",
            "4家",
        ),
    ],
)
def test_the_figure_of_what_is_asked(asked: str, text: str, answer: str) -> None:
    assert best(asked, text) == answer


def test_who_holds_another_office_is_not_named() -> None:
    text = "云岭高新区科技局局长林海涛、稀土办主任周立群出席。"
    assert best("云岭高新区管委会主任是谁？", text) == ""
    assert best("云岭高新区科技局局长是谁？", text) == "林海涛"


def test_an_amount_in_the_question_tells_which_time_is_meant() -> None:
    text = "2021年，云岭高新区专利授权1064件。\n2022年，云岭高新区专利授权1319件。"
    assert best("云岭高新区专利授权1064件，这是哪一年的数字？", text) == "2021年"


def test_an_event_that_goes_on_is_of_the_place_before() -> None:
    text = "4月10日，云岭市重点项目集中开工仪式在云岭高新区举行。此次集中开工的重点项目共有5个。"
    assert best("云岭市集中开工的重点项目有几个？", text) == "5个"
