"""Hand-worked cases and traps: what a fair reader would call right, wrong and unsupported."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.citations import (
    check_figures,
    citation_supports,
    evidence_cited,
    marked,
    same_source,
)
from eval.grade import grade, is_right, years_asked
from eval.questions import Question
from index.records import Article, Passage, Period
from qa.records import Answer, Citation


def question(text="工业增加值是多少", accept=(("120.98亿元",),), **more) -> Question:
    return Question(id="q", text=text, accept=tuple(map(tuple, accept)), **more)


def citation(
    quote, n=1, *, source="page.txt:1-9", title="标题", published=None, before="前文。"
) -> Citation:
    text = f"{before}{quote}后文。"
    article = Article(f"a{n}", title, "", "", published, text, source)
    passage = Passage(f"p{n}", article.id, text, 0, len(text))
    return Citation(n, passage, article, len(before), len(before) + len(quote))


def answer(text, short="", *, quotes=(), calculation="", answered=True, **more) -> Answer:
    cited = [citation(quote, n, **more) for n, quote in enumerate(quotes, 1)]
    return Answer("", text, short, answered, cited, calculation=calculation)


RIGHT = [
    # gold, answer
    ("120.98亿元", "2024年完成工业增加值120.98亿元[1]。"),
    ("120.98亿元", "完成１２０．９８亿元。"),
    ("120.98亿元", "完成 120.98 亿元"),
    ("1.2亿元", "总投资12000万元"),
    ("1.2亿元", "总投资120000000元"),
    ("1.2亿元", "总投资1亿2000万元"),
    ("12000万元", "总投资1.20亿元"),
    ("1.2亿元", "总投资1.2亿元人民币"),
    ("120.98亿元", "It reached RMB 12.098 billion."),
    ("120.98", "It was 120.98亿元 in 2024 [1]."),
    ("129", "129 projects were signed."),
    ("1234件", "共1,234件"),
    ("1,234件", "共1234件"),
    ("13.2%", "同比增长13.2％"),
    ("13.2%", "增长百分之十三点二"),
    ("13.2%", "up 13.2 percent"),
    ("13.2%", "up 13.2%, more than before"),
    ("66个", "新增投资项目66个[1][2]"),
    ("66个", "新增六十六个项目"),
    ("3家", "共有三家公司"),
    ("430名", "接回430人"),
    ("2022年8月", "于2022年8月上市"),
    ("2022年8月", "于2022-08上市"),
    ("2022年8月", "于2022年8月18日上市"),
    ("2022年8月", "It was listed in August 2022."),
    ("2022年8月", "二〇二二年八月上市"),
    ("4月30日", "2020年4月30日发布"),
    ("4月30日", "04-30的2020-04-30发布"),
    ("4月30日", "released on 30 April 2020"),
    ("第13位", "位列第13位"),
    ("“3+1”", '"3+1"主导产业'),
    ("周岐贤", "管委会主任是周岐贤。"),
    ("3艘", "共有3艘船"),
    ("产业基金", "设立了产业 基金"),
    ("12平方米", "面积12㎡"),
    ("High-tech Zone", "the Qingyuan high-tech zone"),
    ("-3.2%", "增速为-3.2%"),
]


@pytest.mark.parametrize(("gold", "text"), RIGHT)
def test_right_in_other_clothes(gold, text) -> None:
    assert is_right(question(accept=[[gold]]), text)


WRONG = [
    ("13.2%", "同比增长113.2%"),
    ("13.2%", "同比增长13.25%"),
    ("13.2%", "提高13.2个百分点"),
    ("13.2%", "同比增长-13.2%"),
    ("5%", "增长2.5%"),
    ("66个", "共166个项目"),
    ("66个", "共660个"),
    ("66个", "提高66个百分点"),
    ("6个", "历时6个月"),
    ("300人", "服务300人次"),
    ("1.2亿元", "总投资1.2万元"),
    ("1.2亿元", "总投资1200万元"),
    ("1.2亿元", "总投资1.2亿美元"),
    ("120.98亿元", "完成20.98亿元"),
    ("20.98亿元", "完成120.98亿元"),
    ("120.98亿元", "完成120.98万元"),
    ("2万元", "完成12万元"),
    ("1元", "共1,001元"),
    ("50.58", "多150.58亿元"),
    ("50.58", "多50.585亿元"),
    ("129", "共1129个"),
    ("4", "于4月30日"),
    ("2022年8月", "于2022年9月上市"),
    ("2022年8月", "于2021年8月上市"),
    ("2022年8月", "于8月上市"),
    ("2月3日", "12月3日举行"),
    ("4月3日", "4月30日举行"),
    ("13位", "第113位"),
    ("12", "占地①2㎡"),
    ("SMC", "SMCX公司"),
    ("周岐贤", "周岐"),
    ("3艘", "共有13艘船"),
    ("3艘", "共有3条船"),
    ("120.98亿元", ""),
]


@pytest.mark.parametrize(("gold", "text"), WRONG)
def test_wrong_that_looks_right(gold, text) -> None:
    assert not is_right(question(accept=[[gold]]), text)


def test_every_group_is_needed_and_any_string_of_it_is_enough() -> None:
    asked = question(accept=[["16个"], ["122亿元", "122 亿"]])
    assert is_right(asked, "签约16个项目，总投资约122亿元")
    assert is_right(asked, "签约16个，总投资122亿")
    assert not is_right(asked, "签约16个项目")
    assert not is_right(asked, "总投资约122亿元")


def test_short_counts_beside_the_text() -> None:
    assert is_right(question(), "如下：", "120.98亿元")
    assert is_right(question(accept=[["甲"], ["乙"]]), "甲公司", "乙")


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("清远高新区2024年工业增加值为120.98亿元。", True),
        ("清远高新区2019年工业增加值为120.98亿元。", False),
        ("2019年，清远高新区工业增加值为120.98亿元。", False),
        ("工业增加值为120.98亿元。", True),
        ("工业增加值120.98亿元，比2019年增长七成。", True),
        ("2024年为120.98亿元，2019年为70.4亿元。", True),
        ("与2019年相比，2024年的工业增加值120.98亿元更高。", True),
        ("2019年为120.98亿元，2024年为70.4亿元。", False),
        ("2019年有新规。工业增加值120.98亿元。", True),
        ("In 2019 it was 120.98亿元.", False),
    ],
)
def test_the_right_number_of_the_wrong_year(text, right) -> None:
    asked = question("清远高新区2024年工业增加值是多少")
    assert is_right(asked, text, "120.98亿元") is right


def test_only_the_question_itself_binds_to_a_year() -> None:
    first = ("清远高新区2024年工业增加值是多少",)
    assert years_asked(question("湘潭高新区办件量有多少", history=first)) == set()
    assert years_asked(question("那2019年呢", history=first)) == {2019}
    assert years_asked(question("2019年比去年呢")) == set()
    asked = question("那2019年呢", [["70.4亿元"]], history=first)
    assert is_right(asked, "2019年为70.4亿元")
    assert not is_right(asked, "2024年为70.4亿元")


SENTENCE = "1—6月，申请专利631件，其中发明“专利”180件；获得授权818件，其中发明52件。"


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (f"授权发明专利：52件 [1]。\n原文：“{SENTENCE}” [1]", True),
        (f"授权发明专利：180件 [1]。\n原文：“{SENTENCE}” [1]", False),
        (f"180件 [1].\nSource: “{SENTENCE[7:]}” [1]", False),
        ("180件。原文：“获得授权818件，其中发明52件……” [1]", False),
        ("180件。原文：“……，申请专利631件，其中发明……获得授权818件，其中发明52件。”", False),
        ("180件。原文：“1—6月，申请专利631件，其中发明", False),
        # Given as the answer, not as its source
        (f"{SENTENCE} [1]", True),
        # Not a quotation of what is cited
        ("“获得授权的发明专利一共是52件整”", True),
        ("所谓“52件”", True),
    ],
)
def test_a_quotation_beside_a_wrong_answer_does_not_make_it_right(text: str, right: bool) -> None:
    said = answer(text, "", quotes=[SENTENCE])
    assert (grade(question("授权多少件", [["52件"]]), said) == "correct") is right


def test_yes_and_no_are_told_from_the_short_answer() -> None:
    quote = "行政审批局实行“周六不打烊”，是全市首家。"
    said = answer(f"否。原文：“{quote}” [1]", "否", quotes=[quote])
    assert grade(question("周六开门吗", [["是"], ["周六不打烊"]]), said) == "incorrect"
    said = answer(f"是。原文：“{quote}” [1]", "是", quotes=[quote])
    assert grade(question("周六开门吗", [["是", "yes"], ["周六不打烊"]]), said) == "correct"


def test_only_marked_citations_are_judged() -> None:
    said = answer("52件[2]", quotes=["甲", "共52件", "乙"])
    assert [cited.n for cited in marked(said)] == [2]
    assert [cited.n for cited in marked(answer("52件", quotes=["甲", "共52件"]))] == [1, 2]


def test_a_date_that_is_asked_for_is_not_vetoed_by_its_own_year() -> None:
    asked = question("2020年立项的项目何时完工", [["2022年8月"]])
    assert is_right(asked, "项目于2022年8月完工")


def test_three_grades() -> None:
    asked, unanswerable = question(), Question("u", "市值是多少", answerable=False)
    assert grade(asked, answer("120.98亿元")) == "correct"
    assert grade(asked, answer("70.4亿元")) == "incorrect"
    assert grade(asked, answer("没有说", answered=False)) == "refused"
    # What a refusal shows of its neighbourhood is no answer
    assert grade(asked, answer("没有说，最接近的是120.98亿元", answered=False)) == "refused"
    assert grade(unanswerable, answer("没有说", answered=False)) == "correct"
    assert grade(unanswerable, answer("3万亿美元")) == "incorrect"


def held(text, *quotes, asked=None, **more) -> tuple[str, ...]:
    return check_figures(asked or question(), answer(text, quotes=quotes, **more)).unsupported


def test_figures_are_held_to_the_cited_sentences() -> None:
    assert held("为120.98亿元[1]。", "完成120.98亿元") == ()
    assert held("为120.98亿元[1]。", "完成１２０．９８亿元") == ()
    assert held("为1.2亿元[1]。", "完成12000万元") == ()
    assert held("共3家[1]。", "共有三家公司") == ()
    assert held("66 projects [1].", "新增项目66个") == ()
    assert held("为120.98亿元[1]。", "完成70.4亿元") == ("120.98亿元",)
    assert held("为13.2%[1]。", "增长113.2%") == ("13.2%",)
    assert held("为66个[1]。", "提高66个百分点") == ("66个",)
    assert held("为120.98亿元。") == ("120.98亿元",)


def test_a_figure_beside_the_cited_sentence_is_not_held() -> None:
    said = answer("为120.98亿元[1]", quotes=["另有说明"], before="完成120.98亿元。")
    assert check_figures(question(), said).unsupported == ("120.98亿元",)


def test_what_the_question_says_may_be_repeated() -> None:
    asked = question("2024年“3+1”产业完成多少")
    assert held("2024年“3+1”产业完成5亿元[1]", "完成5亿元", asked=asked) == ()


def test_dates_are_held_too() -> None:
    assert held("2022年8月上市[1]", "于2022年8月上市") == ()
    assert held("2021年8月上市[1]", "于2022年8月上市") == ("2021年8月",)
    published = Period(date(2020, 5, 25), date(2020, 5, 25))
    assert held("2020年上半年为5家", "今年上半年为5家", published=published) == ()
    assert held("2019年为5家", "去年为5家", published=published) == ()
    assert held("2016年为5家", "今年为5家", published=published) == ("2016年",)


def test_a_calculation_is_done_again() -> None:
    quotes = ("完成120.98亿元", "完成70.4亿元")
    sound = "120.98亿元 − 70.4亿元 = 50.58亿元"
    assert held("多50.58亿元", *quotes, calculation=sound) == ()
    assert held("多50.58亿元", *quotes) == ("50.58亿元",)
    wrong = "120.98亿元 − 70.4亿元 = 51.58亿元"
    assert held("多51.58亿元", *quotes, calculation=wrong) == ("51.58亿元",)
    invented = "120.98亿元 − 60.4亿元 = 60.58亿元"
    assert held("多60.58亿元", *quotes, calculation=invented) == ("60.58亿元",)


def test_a_year_may_stand_without_its_word() -> None:
    asked = question("某高新区 工业增加值 2019")
    assert held("某高新区2019工业增加值：70.4亿元[1]", "2019年70.4亿元", asked=asked) == ()
    assert held("某高新区2018工业增加值：70.4亿元[1]", "2019年70.4亿元", asked=asked) == ("2018",)


def test_a_refusal_states_nothing() -> None:
    check = check_figures(question(), answer("没有2023年的数，有5家", answered=False))
    assert (check.stated, check.unsupported) == (0, ())


def test_evidence_is_compared_without_white_space_and_width() -> None:
    asked = question(sources=("page.txt",), evidence=("完成 120.98亿元,增长",))
    assert evidence_cited(asked, answer("x", quotes=["累计完成１２０.98亿元，增长快"])) == [
        (True, True)
    ]
    beside = answer("x", quotes=["另一句"], before="完成120.98亿元，增长。")
    assert evidence_cited(asked, beside) == [(False, True)]
    assert evidence_cited(asked, answer("x", quotes=["无关"])) == [(False, False)]
    elsewhere = answer("x", quotes=["完成120.98亿元，增长"], source="other.txt:1-2")
    assert evidence_cited(asked, elsewhere) == [(False, False)]


def test_a_citation_supports_by_gold_span_accepted_string_or_term() -> None:
    asked = question(sources=("page.txt",), evidence=("增加值完成120.98",))
    said = answer("120.98亿元", quotes=["增加值完成120.98亿元", "另有120.98亿元", "增长70%"])
    assert [citation_supports(asked, said, c) for c in said.citations] == [True, True, False]
    sum_asked = question("多多少亿元", [["50.58"]])
    computed = answer(
        "多50.58亿元",
        quotes=["完成120.98亿元", "完成70.4亿元", "共5家"],
        calculation="120.98 − 70.4 = 50.58亿元",
    )
    supports = [citation_supports(sum_asked, computed, c) for c in computed.citations]
    assert supports == [True, True, False]


def test_nothing_supports_an_answer_to_what_is_not_said() -> None:
    asked = Question("u", "市值", answerable=False)
    said = answer("5亿元", quotes=["市值5亿元"])
    assert not citation_supports(asked, said, said.citations[0])


def test_a_source_is_an_id_a_page_or_a_page_with_lines() -> None:
    assert same_source("2020/p.txt", "a1", "2020/p.txt:12-48")
    assert same_source("2020/p.txt:12-48", "a1", "2020/p.txt:12-48")
    assert same_source("a1", "a1", "2020/p.txt:12-48")
    assert not same_source("p.txt", "a1", "2020/p.txt:12-48")


numbers = st.decimals(min_value=1, max_value=10**6, places=2).map(lambda d: f"{d:f}")


@settings(max_examples=80, deadline=None)
@given(numbers, st.sampled_from("123456789"))
def test_a_longer_number_never_counts(number, digit) -> None:
    asked = question(accept=[[f"{number}亿元"]])
    assert is_right(asked, f"完成{number}亿元，增长快")
    assert not is_right(asked, f"完成{digit}{number}亿元，增长快")
    assert not is_right(asked, f"完成{number}{digit}亿元")


@settings(max_examples=80, deadline=None)
@given(st.integers(1, 10**6))
def test_scales_are_one(value) -> None:
    asked = question(accept=[[f"{value}万元"]])
    assert is_right(asked, f"完成{value * 10000}元")
    assert is_right(asked, f"完成{value / 10000:.4f}亿元")
    assert not is_right(asked, f"完成{value}亿元")
