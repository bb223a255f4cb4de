"""Cleaning: spaces that OCR put into words go, everything that was printed stays."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.clean import clean, crossing_word, glue, is_prose, is_row, tidy, unify

_SIGNS = st.text(
    alphabet=st.sampled_from(
        list("新冠肺炎疫情清远高新区企业年月日亿元讯电记者摄0123456789")
        + list('  \n\r\t.,，。:：;%“”"()（）')
        + ["\u3000", "\ufeff", "\u200b", "\x00", "A", "b", "#", "▶"]
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("printed", "repaired"),
    [
        (
            "自新 冠肺炎疫情发生以来,澄湖 高新区主动服务企业。",
            "自新冠肺炎疫情发生以来,澄湖高新区主动服务企业。",
        ),
        ("补助 600 家企业,总额 1.5 亿元。", "补助600家企业,总额1.5亿元。"),
        ("完成产值120. 98亿元,增长13. 2%。", "完成产值120.98亿元,增长13.2%。"),
        ("全年授权专利1 319件,居全市第一。", "全年授权专利1319件,居全市第一。"),
        ("20 24年,湖区新增学位3600个。", "2024年,湖区新增学位3600个。"),
        ("粮食产量稳定。 其中,水稻增产2%。", "粮食产量稳定。其中,水稻增产2%。"),
        ("\ufeff湖区\u200b新建学校。\r\n", "湖区新建学校。\n"),
    ],
)
def test_what_ocr_broke_is_put_together(printed, repaired):
    assert clean(printed) == repaired


@pytest.mark.parametrize(
    "printed",
    [
        "澄湖高新区:精准服务 让企业安心生产",  # the two halves of a headline
        "▶ 柳青 顾一帆 本报记者 陆一鸣",
        "本报讯 近日,湖区新建学校4所。",
        "本报讯(记者 白露) 3月10日,湖区新建学校4所。",
        "都有重要的意义。 苗以宁",
        "新材料 and 生物医药产业完成增加值41.2亿元,增长9%。",
        "工作人员为企业办理业务。 图片来源:湖区",
        "东城区 1 320.5 5.2% 410.3",  # a row of a table: whose digits are whose, nobody can tell
        "1. 5个项目开工,2个项目投产。",
    ],
)
def test_what_was_printed_so_stays(printed):
    assert clean(printed) == printed


def test_a_space_inside_a_word_of_a_headline_goes():
    assert tidy("湖区优化营商环 境纪实") == "湖区优化营商环境纪实"


def test_lines_keep_their_numbers():
    assert clean("一\r\n\r\n二\r三\u2028四").split("\n") == ["一", "", "二", "三", "四"]


def test_a_word_cut_in_two_is_seen():
    assert crossing_word("谋项目就是谋未来。今", "年以来,清远") == "今年以来"
    assert crossing_word("在高新区腾", "讯云计算") == "腾讯"
    assert crossing_word("促进产业发展", "展望未来") == ""
    assert crossing_word("", "年以来") == ""


def test_glue_parts_latin_words_only():
    assert glue("国家", "标准") == "国家标准"
    assert glue("New", "York") == "New York"
    assert glue("完成1.", "28亿吨") == "完成1.28亿吨"


def test_running_text_headlines_and_rows_differ():
    assert is_prose("今年,湖区新建学校4所。")
    assert not is_prose("湖区新建学校 家门口上好学")
    assert is_row("西城区 980.4 4.8% 305.6")
    assert not is_row("2024年3月5日 星期二")


@settings(max_examples=400, deadline=None)
@given(_SIGNS)
@example("完成 1 2 3. 4 5 亿元,20 2 4 年。")
def test_cleaning_twice_is_cleaning_once(text):
    once = clean(text)
    assert clean(once) == once


@settings(max_examples=400, deadline=None)
@given(_SIGNS)
@example("增长1 .5%,共1 000 000件,2 024年。")
def test_no_digit_is_added_lost_or_moved(text):
    assert [c for c in clean(text) if c.isdigit()] == [c for c in text if c.isdigit()]


@settings(max_examples=400, deadline=None)
@given(_SIGNS)
def test_only_white_space_and_the_invisible_go(text):
    assert "".join(clean(text).split()) == "".join(unify(text).split())
