"""Sentences know what is in force at their beginning: whose, of when, under which heading."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.period import label
from index.records import Article, Block, Period
from index.sentences import (
    Sentence,
    blocks_of,
    is_zone,
    main_place,
    place_key,
    read_sentences,
    split_sentences,
)
from tests.conftest import article


def dated(text: str, day: date, title: str = "") -> Article:
    return Article("a", title, "", "", Period(day, day), text, "a.txt:1-9")


def said(text: str, word: str, of: Article | None = None) -> tuple[Sentence, int]:
    """The sentence that holds `word`, and the word's offset."""
    read = of or article(text)
    at = read.text.index(word)
    return next(s for s in read_sentences(read) if s.start <= at < s.end), at


def place_of(text: str, word: str) -> str:
    sentence, at = said(text, word)
    return sentence.place_at(at)


def period_of(text: str, word: str, of: Article | None = None) -> str:
    sentence, at = said(text, word, of)
    period = sentence.period_at(at)
    return label(period) if period else ""


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("甲厂投产。乙厂呢？还没有！", ["甲厂投产。", "乙厂呢？", "还没有！"]),
        ("产量增长3.5%。销量下降。", ["产量增长3.5%。", "销量下降。"]),
        ("他说：“好的。”随后离开。", ["他说：“好的。”", "随后离开。"]),
        ("（详见附件。）下文略。", ["（详见附件。）", "下文略。"]),
        ("  前后有空白。 \n 下一句。 ", ["前后有空白。", "下一句。"]),
        ("Output rose 3.5 percent. It fell later.", ["Output rose 3.5 percent.", "It fell later."]),
        ("没有句号", ["没有句号"]),
        ("", []),
    ],
)
def test_sentences_end_at_their_stops(text: str, sentences: list[str]) -> None:
    assert [text[a:b] for a, b in split_sentences(text)] == sentences


@given(st.text("甲乙 产2.5。！？”\n", max_size=60))
@settings(max_examples=150, deadline=None)
def test_no_character_is_lost_between_sentences(text: str) -> None:
    spans = split_sentences(text)
    assert "".join(text[a:b] for a, b in spans).replace(" ", "").replace("\n", "") == (
        text.replace(" ", "").replace("\n", "")
    )
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert all(text[a:b] == text[a:b].strip() != "" for a, b in spans)


@pytest.mark.parametrize("word", ["园区", "全区", "该区", "目前"])
def test_the_subject_named_before_stays_in_force(word: str) -> None:
    text = f"云岭高新区去年出口大增。{word}新开工项目18个。"
    assert place_of(text, "18") == "云岭高新区"


def test_another_subject_takes_over_from_where_it_is_named() -> None:
    text = "云岭高新区税收8亿元。临江经开区税收6亿元。全区企业300家。"
    assert place_of(text, "8亿") == "云岭高新区"
    assert place_of(text, "6亿") == "临江经开区"
    assert place_of(text, "300") == "临江经开区"


def test_a_new_paragraph_is_about_the_article_s_own_place_again() -> None:
    text = "云岭高新区税收8亿元。云岭高新区很忙。临江经开区税收6亿元。\n企业有300家。"
    assert place_of(text, "300") == "云岭高新区"


@pytest.mark.parametrize("lead", ["超过", "较", "比", "占", "来自", "面向"])
def test_a_place_compared_with_is_not_whose_figure_it_is(lead: str) -> None:
    text = f"云岭高新区发展很快。产值{lead}临江经开区，达到90亿元。"
    assert place_of(text, "90") == "云岭高新区"


def test_a_city_named_in_passing_does_not_take_the_zone_s_figure() -> None:
    text = "云岭高新区成绩喜人。在沈阳市召开的会议公布，企业达300家。"
    assert place_of(text, "300") == "云岭高新区"


def test_the_headline_s_zone_is_the_main_place() -> None:
    read = article("临江经开区、临江经开区、云岭高新区都在其中。", title="云岭高新区这一年")
    assert main_place(read) == "云岭高新区"
    assert main_place(article("临江经开区强于云岭高新区。临江经开区第一。")) == "临江经开区"
    assert main_place(article("今天天气很好。")) == ""


def test_names_of_one_zone_are_one_place() -> None:
    assert place_key("云岭高新区") == place_key("云岭国家高新区")
    assert place_key("云岭高新区") != place_key("临江高新区")
    assert place_key("云岭高新区") != place_key("云岭经开区")
    assert is_zone("临江经开区")
    assert not is_zone("沈阳市")


def test_a_year_that_opens_a_sentence_frames_the_next_ones() -> None:
    text = "2021年，云岭高新区引进项目45个。完成投资33.6亿元。新建道路8公里。"
    assert [period_of(text, w) for w in ("45", "33.6", "8公里")] == ["2021年"] * 3


def test_a_year_within_a_sentence_frames_nothing() -> None:
    text = "云岭高新区的老厂建于2003年仍在运转。职工有420人。"
    assert period_of(text, "420") == ""


@pytest.mark.parametrize(
    ("expression", "named"),
    [
        ("2022年上半年", "2022年上半年"),
        ("2022年第一季度", "2022年一季度"),
        ("2022年1至5月", "2022年1-5月"),
        ("2022年8月", "2022年8月"),
    ],
)
def test_parts_of_a_year_are_told_apart(expression: str, named: str) -> None:
    assert period_of(f"{expression}，云岭高新区税收6亿元。", "6亿") == named


@pytest.mark.parametrize("base", ["比上年", "比2019年", "较2019年同期", "与2019年相比"])
def test_a_time_compared_with_is_not_the_period(base: str) -> None:
    text = f"2022年，云岭高新区出口{base}增长12%，达到45亿元。"
    assert period_of(text, "45亿") == "2022年"
    sentence, _ = said(text, "45亿")
    assert sentence.compared


def test_two_years_in_one_sentence_each_have_their_own() -> None:
    text = "云岭高新区2021年税收6亿元，2022年税收8亿元。"
    assert period_of(text, "6亿") == "2021年"
    assert period_of(text, "8亿") == "2022年"


def test_a_single_day_does_not_frame_the_next_paragraph() -> None:
    text = "2022年5月8日，云岭高新区举行签约仪式。\n园区已有企业300家。"
    assert period_of(text, "300") == ""


def test_a_year_does_not_reach_into_the_next_paragraph() -> None:
    text = "2021年，云岭高新区税收6亿元。\n园区已有企业300家。\n占地120亩。"
    assert period_of(text, "300") == ""


def test_the_year_of_the_headline_frames_the_whole_article() -> None:
    read = article("云岭高新区税收6亿元。\n企业300家。", title="云岭高新区2021年成绩单")
    assert period_of("", "300", read) == "2021年"


def test_relative_times_count_from_the_publication_day() -> None:
    text = "去年，云岭高新区税收6亿元。今年上半年，税收3.5亿元。"
    read = dated(text, date(2023, 8, 2))
    assert period_of("", "6亿", read) == "2022年"
    assert period_of("", "3.5", read) == "2023年上半年"


def test_without_a_date_a_relative_time_is_undated_rather_than_of_another_year() -> None:
    text = "今年上半年，云岭高新区税收3.5亿元。"
    sentence, at = said(text, "3.5")
    assert sentence.period_at(at) is None
    told = sentence.time_at(at)
    assert told is not None
    assert told.period is None


def test_headings_and_captions_keep_to_themselves() -> None:
    text = "招商引资\n临江经开区签约22个。\n图为云岭高新区一角"
    body, caption = text.index("临江"), text.index("图为")
    blocks = (
        Block("heading", 0, 4),
        Block("body", body, caption - 1),
        Block("caption", caption, len(text)),
    )
    read = article(text, blocks=blocks, title="云岭高新区")
    sentences = read_sentences(read)
    assert [s.kind for s in sentences] == ["heading", "body", "caption"]
    assert [s.heading for s in sentences] == ["", "招商引资", "招商引资"]
    assert [s.paragraph for s in sentences] == [0, 1, 2]
    assert sentences[2].place == "云岭高新区"


def test_an_article_without_blocks_is_all_body() -> None:
    read = article("第一段。\n\n第二段。")
    assert [(b.kind, read.text[b.start : b.end]) for b in blocks_of(read)] == [
        ("body", "第一段。"),
        ("body", "第二段。"),
    ]


@given(
    st.lists(
        st.sampled_from(
            [
                "2022年，",
                "云岭高新区",
                "临江经开区",
                "税收6亿元",
                "。",
                "\n",
                "园区",
                "比上年增长3%",
            ]
        ),
        max_size=20,
    )
)
@settings(max_examples=80, deadline=None)
def test_what_a_sentence_names_stands_in_it(pieces: list[str]) -> None:
    read = article("".join(pieces))
    sentences = read_sentences(read)
    for sentence in sentences:
        for name in sentence.names:
            assert sentence.start <= name.start < name.end <= sentence.end
            assert read.text[name.start : name.end] == name.text
        for time in sentence.times:
            assert sentence.start <= time.start < time.end <= sentence.end
        assert sentence.compared <= {t.start for t in sentence.times}
    assert [s.start for s in sentences] == sorted(s.start for s in sentences)


def test_a_plan_of_a_year_is_of_that_year_and_no_base() -> None:
    text = "2022年回收1万吨，2023年计划回收3.5万吨。"
    sentence, at = said(text, "3.5")
    assert sentence.period_at(at) == Period.year(2023)


def test_what_brackets_say_of_when_ends_with_them() -> None:
    text = "2023年上半年交付增至145架（2022年上半年115架），收入为3亿元。"
    sentence, at = said(text, "115")
    assert sentence.period_at(at) == Period.months(2022, 1, 6)
    _, behind = said(text, "3亿")
    assert sentence.period_at(behind) == Period.months(2023, 1, 6)
