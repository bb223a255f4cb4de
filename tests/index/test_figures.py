"""Stated figures: whose, what, when, value, unit and change."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.figures import figures_in, figures_of_sentence, stated_figures, year_before
from index.period import label
from index.quantities import numbers_in
from index.records import Article, Figure, Passage, Period
from index.sentences import read_sentences
from index.split import split
from tests.conftest import article


def figures(text: str, published: date | None = None, title: str = "") -> list[Figure]:
    period = Period(published, published) if published else None
    read = Article("a", title, "", "", period, text, "a.txt:1-9")
    return [f for s in read_sentences(read) for f in figures_of_sentence(text, s)]


def figure(text: str, value: str, published: date | None = None) -> Figure:
    """The one figure of the text with that value."""
    (found,) = [f for f in figures(text, published) if f.value == Decimal(value)]
    return found


def test_a_place_in_a_ranking_is_known_as_one() -> None:
    read = article("云岭高新区综合排名第13位，企业13家。")
    (sentence,) = read_sentences(read)
    ranked, counted = stated_figures(read.text, sentence)
    assert (ranked.ordinal, counted.ordinal) == (True, False)
    assert ranked.figure.value == counted.figure.value == 13


def test_a_figure_says_whose_what_and_when() -> None:
    found = figure("2022年，云岭高新区工业增加值85.3亿元。", "85.3")
    assert found.subject == "云岭高新区"
    assert found.measure == "工业增加值"
    assert found.period == Period.year(2022)
    assert found.unit == "亿元"


def test_look_alike_measures_stay_apart() -> None:
    text = "2022年，专利申请量2310件，专利授权量1422件，其中发明专利308件。"
    assert [(f.measure, int(f.value)) for f in figures(text)] == [
        ("专利申请量", 2310),
        ("专利授权量", 1422),
        ("发明专利", 308),
    ]


def test_what_is_counted_may_stand_behind_the_number() -> None:
    assert figure("园区共有126家规上企业，另有8个孵化器。", "126").measure == "规上企业"
    assert figure("园区共有126家规上企业，另有8个孵化器。", "8").measure == "孵化器"


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [
        ("同比增长9.4%", "9.4", "%"),
        ("比上年增长9.4%", "9.4", "%"),
        ("下降9.4%", "-9.4", "%"),
        ("较上年减少9.4%", "-9.4", "%"),
        ("同比提高1.2个百分点", "1.2", "个百分点"),
    ],
)
def test_a_change_belongs_to_the_figure_before_it(written: str, value: str, unit: str) -> None:
    found = figures(f"2022年，云岭高新区税收6亿元，{written}。")[0]
    assert found.change is not None
    assert (found.change.value, found.change.unit) == (Decimal(value), unit)
    assert found.change.base == Period.year(2021)


def test_each_change_belongs_to_its_own_figure() -> None:
    text = "2022年，申请量2310件，同比增长15%；授权量1422件，其中发明专利308件，下降2.5%。"
    changes = {int(f.value): f.change and f.change.value for f in figures(text) if f.unit == "件"}
    assert changes == {2310: Decimal(15), 1422: None, 308: Decimal("-2.5")}


def test_a_change_on_the_month_has_no_known_base() -> None:
    found = figures("2022年，产量6万吨，环比增长3%。")[0]
    assert found.change is not None
    assert found.change.base is None


def test_a_change_with_a_subject_of_its_own_is_not_the_figure_s_before_it() -> None:
    found = figures("2022年，云岭高新区税收6亿元，出口增长12%。")
    assert found[0].change is None
    assert found[1].measure.startswith("出口")


def test_relative_periods_are_dated_by_the_article() -> None:
    found = figure("去年，云岭高新区税收6.2亿元。", "6.2", date(2023, 3, 1))
    assert found.period == Period.year(2022)
    assert figure("去年，云岭高新区税收6.2亿元。", "6.2").period is None


def test_an_amount_compared_with_an_earlier_one_is_of_now() -> None:
    text = "2022年，云岭高新区出口比2019年增长12%，达到45亿元。"
    assert figure(text, "45").period == Period.year(2022)


@pytest.mark.parametrize(
    ("period", "earlier"),
    [
        (Period.year(2022), Period.year(2021)),
        (Period.months(2020, 1, 2), Period.months(2019, 1, 2)),
        (Period.months(2021, 2, 2), Period.months(2020, 2, 2)),
    ],
)
def test_the_year_before_ends_with_its_own_month(period: Period, earlier: Period) -> None:
    assert year_before(period) == earlier, label(year_before(period))


def test_figures_lie_within_their_passages() -> None:
    text = "云岭高新区税收6亿元。企业300家。\n新建道路8公里。"
    cut = text.index("\n")
    passages = [
        Passage("a#0", "a", text[:cut], 0, cut),
        Passage("a#1", "a", text[cut + 1 :], cut + 1, len(text)),
    ]
    found = figures_in(article(text), passages)
    assert [(str(f.value), f.passage_id) for f in found] == [
        ("6", "a#0"),
        ("300", "a#0"),
        ("8", "a#1"),
    ]


_PIECES = st.sampled_from(
    [
        "云岭高新区", "2022年，", "税收", "专利申请量", "同比增长", "比上年下降", "第", "百分之",
        "（", "）", "、", "，", "。", "\n", "“", "”", "分别为", "和", "其中", "到", "-", "约", "多",
        "亿元", "%", "家", "件", "个百分点", "万", "年", "三百", "十二", "两", "点五", "5G", "其",
    ]
)  # fmt: skip
_NUMBERS = st.one_of(
    st.integers(0, 99999).map(str),
    st.decimals(0, 9999, places=2).map(str),
    st.integers(1000, 9_999_999).map("{:,}".format),
)


@given(st.lists(st.one_of(_PIECES, _NUMBERS), max_size=18))
@settings(max_examples=200, deadline=None)
def test_every_span_holds_its_value_and_none_overlap(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = figures(text)
    for before, after in pairwise(found):
        assert before.end <= after.start
    for stated in found:
        span = text[stated.start : stated.end]
        assert 0 <= stated.start < stated.end <= len(text)
        assert stated.value >= 0
        if any(c.isdecimal() for c in span):
            assert format(stated.value.normalize(), "f") in {
                format(Decimal(n).normalize(), "f") for n in numbers_in(span)
            }
        if stated.change is not None:
            inside = text[stated.change.start : stated.change.end]
            assert stated.end <= stated.change.start
            assert any(c in "0123456789零〇一二两三四五六七八九十百千" for c in inside)


@given(
    st.decimals(Decimal("0.01"), 99999, places=2),
    st.sampled_from(["亿元", "万元", "家", "件", "公里", "%", "万吨", "人"]),
    st.integers(1990, 2035),
    st.sampled_from(["云岭高新区", "临江经开区", "望海高新区"]),
    st.sampled_from(["税收收入", "工业增加值", "货运总量", "专利授权量"]),
)
@settings(max_examples=100, deadline=None)
def test_a_plain_statement_is_read_in_full(
    value: Decimal, unit: str, year: int, place: str, measure: str
) -> None:
    (found,) = figures(f"{place}{year}年{measure}为{value}{unit}。")
    assert (found.value, found.unit) == (value, unit)
    assert (found.subject, found.measure, found.period) == (place, measure, Period.year(year))


def test_a_look_back_holds_for_its_clause_alone() -> None:
    text = "2023年第二季度，上游净利润49.3亿元，上年同期为85.5亿元；下游净利润15亿元。"
    read = article(text)
    years = {str(f.value): f.period.start.year for f in figures_in(read, split(read)) if f.period}
    assert years == {"49.3": 2023, "85.5": 2022, "15": 2023}


@pytest.mark.parametrize(
    ("text", "value", "measure"),
    [
        ("2022年，全市出口实现3.6%的增长。", "3.6", "出口增长"),
        ("2022年，债券遭遇12.5%的跌幅。", "12.5", "债券遭遇跌幅"),
        ("2022年，非油部门有望实现4.8%的强劲增长。", "4.8", "非油部门有望增长"),
        ("周四，综合指数跌1.2%。", "1.2", "周四，综合指数跌"),
    ],
)
def test_a_change_may_be_named_behind_its_number(text: str, value: str, measure: str) -> None:
    assert figure(text, value).measure == measure.rpartition("，")[2]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("2023年，比重从2021年的17.2%提高到18%。", ["2021年", "2023年"]),
        ("2023年，通关时间由2019年的38小时压缩至9小时。", ["2019年", "2023年"]),
        ("人口从2020年的4.4亿增长至2023年的4.5亿。", ["2020年", "2023年"]),
        ("2023年总产值1086亿元，较2022年的958亿元增长13%。", ["2023年", "2022年", "2022年"]),
    ],
)
def test_what_was_and_what_it_became_are_of_their_own_times(text: str, periods: list[str]) -> None:
    assert [label(f.period) for f in figures(text) if f.period] == periods


def test_what_something_became_is_of_the_same_measure() -> None:
    text = "2023年，通关时间由2019年的38小时压缩至9小时。"
    assert {f.measure for f in figures(text)} == {"通关时间"}
    assert figure("2023年总产值1086亿元，较2022年的958亿元增长。", "958").measure == "总产值"


def test_a_change_knows_the_time_that_the_text_compares_with() -> None:
    text = "截至2022年底，企业418家，比2020年底净增93家。"
    change = figure(text, "418").change
    assert change is not None
    assert change.base is not None
    assert (change.value, change.unit, change.base.end.year) == (Decimal(93), "家", 2020)
