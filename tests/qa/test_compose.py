"""Evidence is put into words: the bare answer, its marks, the sentences that say it."""

import re
from collections.abc import Sequence
from datetime import date

import pytest

from index.records import Article, Passage, Period
from qa.compose import compose
from qa.extract import extract
from qa.question import analyse
from qa.reader.read import bundled
from qa.records import Answer
from qa.verify import problems
from tests.conftest import article


def even(_: str) -> float:
    return 1.0


def composed(
    question: str,
    *texts: str | Article,
    passages: dict[str, Sequence[Passage]] | None = None,
    language: str = "zh",
) -> Answer:
    """The answer over articles of these texts, held to what every answer must fulfil."""
    articles = [
        (t if isinstance(t, Article) else article(t, key=f"a{n}"), 1.0)
        for n, t in enumerate(texts, 1)
    ]
    asked = analyse(question)
    found = [extract(part, articles, even, bundled()) for part in asked.parts or (asked,)]
    answer = compose(asked, found, passages or {}, language)
    assert problems(answer) == []
    marks = {int(m) for m in re.findall(r"\[(\d+)\]", answer.text)}
    assert marks <= set(range(1, len(answer.citations) + 1))
    return answer


YEARS = ("2021年，云岭高新区产值30亿元。", "2022年，云岭高新区产值35亿元，同比增长16.7%。")


def test_a_figure_with_whose_it_is_and_of_when() -> None:
    answer = composed("云岭高新区2022年产值是多少？", *YEARS)
    first, quote = answer.text.splitlines()[:2]
    assert answer.short == "35亿元"
    assert first.startswith("云岭高新区2022年产值：35亿元 [1]")
    assert "2022年，云岭高新区产值35亿元" in quote
    assert quote.endswith("[1]")
    assert [str(f.value) for f in answer.figures] == ["35"]
    assert answer.calculation == ""


def test_the_year_is_cited_where_another_sentence_says_it() -> None:
    answer = composed("云岭高新区2022年税收收入是多少？", "2022年，云岭高新区很忙。税收收入8亿元。")
    assert answer.short == "8亿元"
    assert {c.quote for c in answer.citations} == {"2022年，云岭高新区很忙。", "税收收入8亿元。"}


def test_the_bare_answer_is_as_the_article_has_it() -> None:
    assert (
        composed("云岭高新区贷款余额是多少？", "云岭高新区贷款余额3,450万元。").short == "3,450万元"
    )
    assert (
        composed("云岭高新区有多少职工？", "云岭高新区现有职工三千二百人。").short == "三千二百人"
    )


def test_one_sentence_cited_twice_keeps_its_number() -> None:
    text = "2022年，云岭高新区专利申请量2310件，专利授权量1422件。"
    answer = composed("云岭高新区2022年专利申请量和授权量分别是多少？", text)
    assert len(answer.citations) == 1
    assert answer.short.split("；") == ["2310件", "1422件"]


def test_two_articles_that_differ() -> None:
    answer = composed(
        "云岭高新区2022年产值是多少？",
        "2022年，云岭高新区产值35亿元。",
        "云岭高新区2022年产值为36亿元。",
    )
    assert {c.article.id for c in answer.citations} == {"a1", "a2"}
    assert "35亿元" in answer.text
    assert "36亿元" in answer.text
    assert "不同" in answer.text


@pytest.mark.parametrize(
    "other",
    [
        "2021年，云岭高新区产值30亿元。",
        "2022年，临江经开区产值28亿元。",
        "2022年，云岭高新区产值35亿元。",
    ],
)
def test_another_year_another_place_and_the_same_value_do_not_differ(other: str) -> None:
    answer = composed("云岭高新区2022年产值是多少？", "云岭高新区2022年产值35亿元。", other)
    assert "不同" not in answer.text


def test_a_series_over_the_years_in_order() -> None:
    answer = composed("云岭高新区2021年产值是多少？", *YEARS)
    assert [(p.label, str(p.value), p.unit) for p in answer.series] == [
        ("2021年", "30", "亿元"),
        ("2022年", "35", "亿元"),
    ]
    assert answer.options == ("云岭高新区2022年产值是多少？",)


@pytest.mark.parametrize(
    ("question", "short", "calculation"),
    [
        ("云岭高新区2022年产值比2021年多多少？", "5亿元", "35 − 30 = 5亿元"),
        ("云岭高新区2021年产值比2022年少多少？", "5亿元", "35 − 30 = 5亿元"),
        ("云岭高新区2021年和2022年产值合计多少？", "65亿元", "30 + 35 = 65亿元"),
    ],
)
def test_calculations(question: str, short: str, calculation: str) -> None:
    answer = composed(question, *YEARS)
    assert (answer.short, answer.calculation) == (short, calculation)
    assert len(answer.citations) == 2
    assert {str(f.value) for f in answer.figures} == {"30", "35"}


def test_units_are_converted_in_the_open() -> None:
    answer = composed(
        "2022年云岭高新区税收收入比临江经开区多多少？",
        "云岭高新区2022年税收收入8.6亿元。",
        "临江经开区2022年税收收入59000万元。",
    )
    assert answer.short == "2.7亿元"
    assert "59000万元" in answer.calculation


def test_which_is_greater() -> None:
    answer = composed("云岭高新区2021年和2022年哪一年产值更高？", *YEARS)
    assert "2022年" in answer.short
    assert " > " in answer.calculation


def test_what_cannot_be_put_together_is_refused() -> None:
    answer = composed(
        "2022年云岭高新区出口额比临江经开区多多少？",
        "云岭高新区2022年出口额8.6亿元。",
        "临江经开区2022年出口额1.2亿美元。",
    )
    assert not answer.answered
    assert answer.calculation == ""


def test_a_list_of_amounts_is_added_up_when_all_are_asked_for() -> None:
    text = "云岭高新区设立三期基金，规模分别为10亿元、3.5亿元和1亿元。"
    answer = composed("三期基金规模一共多少亿元？", text)
    assert answer.short == "14.5亿元"
    assert answer.calculation == "10 + 3.5 + 1 = 14.5亿元"


def test_a_missing_part_is_said_to_be_missing() -> None:
    answer = composed("云岭高新区2020年和2022年产值分别是多少？", *YEARS)
    assert answer.answered
    assert answer.short == "35亿元"
    missing = next(line for line in answer.text.splitlines() if "2020年" in line)
    assert "[" not in missing


@pytest.mark.parametrize(("than", "short"), [("30亿元", "是"), ("35亿元", "否"), ("40亿元", "否")])
def test_a_claim_about_a_number(than: str, short: str) -> None:
    answer = composed(f"云岭高新区2022年产值超过{than}吗？", *YEARS)
    assert answer.short == short
    assert "35亿元" in answer.text


@pytest.mark.parametrize(
    ("text", "short"),
    [("云岭大桥已经通过验收。", "是"), ("云岭大桥尚未通过验收。", "否")],
)
def test_a_denial_is_no(text: str, short: str) -> None:
    assert composed("云岭大桥是否通过验收？", text).short == short


def test_a_reason_is_told_in_the_article_s_words() -> None:
    answer = composed("云岭展会为什么推迟？", "由于连日暴雨，云岭展会推迟到九月。门票依然有效。")
    assert "由于连日暴雨，云岭展会推迟到九月。" in answer.text
    assert answer.citations[0].quote == "由于连日暴雨，云岭展会推迟到九月。"


def test_sentences_stand_in_the_order_of_the_article() -> None:
    text = "园区通过发放补贴吸引人才。园区通过建设公寓吸引人才。园区通过简化手续吸引人才。"
    answer = composed("园区如何吸引人才？", text)
    starts = [c.start for c in answer.citations]
    told = [line.split(" [")[0] for line in answer.text.splitlines()]
    assert starts == sorted(starts)
    assert sorted(told, key=text.index) == told


def test_a_long_sentence_is_trimmed_in_the_text_and_whole_in_the_citation() -> None:
    filler = "，".join(f"项目{c}进展顺利并按期完成节点" for c in "甲乙丙丁戊己庚辛壬癸子丑寅卯")
    text = f"云岭高新区税收收入8亿元，{filler}。"
    answer = composed("云岭高新区税收收入是多少？", text)
    assert answer.citations[0].quote == text
    assert "…" in answer.text
    assert "税收收入8亿元" in answer.text
    assert len(answer.text) < len(text)


def test_the_citation_names_the_passage_that_holds_the_sentence() -> None:
    text = "云岭高新区很忙。\n云岭高新区税收收入8亿元。"
    cut = text.index("\n")
    read = article(text, key="a1")
    passages = [
        Passage("a1#0", "a1", text[:cut], 0, cut),
        Passage("a1#1", "a1", text[cut + 1 :], cut + 1, len(text)),
    ]
    answer = composed("云岭高新区税收收入是多少？", read, passages={"a1": passages})
    assert answer.citations[0].passage.id == "a1#1"


def test_a_refusal_names_the_slots_and_the_nearest() -> None:
    answer = composed("云岭高新区2019年产值是多少？", *YEARS)
    assert not answer.answered
    assert answer.short == ""
    first, nearest = answer.text.splitlines()
    assert all(word in first for word in ("云岭高新区", "2019年", "产值"))
    assert "30亿元" in nearest
    assert "35亿元" in nearest
    assert len(answer.citations) == 2
    assert "云岭高新区2022年产值是多少？" in answer.options


def test_a_refusal_without_anything_near_cites_nothing() -> None:
    answer = composed("地铁何时开通？", *YEARS)
    assert not answer.answered
    assert answer.citations == ()
    assert answer.options == ()


def test_the_fixed_words_are_in_the_language_asked_for() -> None:
    said = composed("云岭高新区2022年产值是多少？", *YEARS, language="en")
    assert said.text.splitlines()[0].startswith("35亿元 [1]")
    assert "Source" in said.text
    refused = composed("云岭高新区2019年产值是多少？", *YEARS, language="en")
    assert refused.text.startswith("The articles do not say")
    assert "2019" in refused.text


def test_a_year_known_only_from_the_article_s_date_may_be_said() -> None:
    text = "今年上半年，云岭高新区税收收入4亿元。"
    read = Article("a1", "", "", "", Period(date(2022, 8, 1), date(2022, 8, 1)), text, "a:1")
    answer = composed("云岭高新区2022年上半年税收收入是多少？", read)
    assert answer.short == "4亿元"
