"""Every stated number is read with its unit, what it measures, whose it is and of when."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.figures import figures_in, figures_of_sentence, stated_figures, year_before
from index.period import find_periods, label
from index.quantities import find_quantities, han_number, numbers_in
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


def quantities(text: str) -> list[tuple[str, str]]:
    return [(str(q.value), q.unit) for q in find_quantities(text, find_periods(text))]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("产值85.3亿元", "85.3", "亿元"),
        ("贷款余额3,450万元", "3450", "万元"),
        ("出口12.5亿美元", "12.5", "亿美元"),
        ("占地１２０亩", "120", "亩"),
        ("面积48.2平方公里", "48.2", "平方公里"),
        ("企业1.2万家", "1.2", "万家"),
        ("有效率95.5％", "95.5", "%"),
        ("误差2‰", "2", "‰"),
        ("下降0.4个百分点", "0.4", "个百分点"),
        ("投入百分之七点五", "7.5", "%"),
        ("职工三千二百人", "3200", "人"),
        ("专家十二名", "12", "名"),
        ("发电100千瓦时", "100", "千瓦时"),
        ("气温25℃", "25", "℃"),
        ("历时二年六个月", "2", "年六个月"),
        ("用时1小时20分钟", "1", "小时20分钟"),
        ("用时3小时43分14秒", "3", "小时43分14秒"),
        ("成绩是10秒39，", "10", "秒39"),
        ("覆盖210座", "210", "座"),
        ("接待18万人次", "18", "万人次"),
        ("面积约120余亩", "120", "亩"),
        ("20多家企业", "20", "家"),
    ],
)
def test_value_and_unit_as_written(text: str, value: str, unit: str) -> None:
    assert quantities(text) == [(value, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "推行“3+1”模式",
        "覆盖5G网络",
        "COVID-19疫情",
        "办好“110”宣传",
        "一个项目",
        "一批企业",
        "A10车型",
    ],
)
def test_numbers_that_belong_to_a_name_are_no_figures(text: str) -> None:
    assert quantities(text) == []


@pytest.mark.parametrize(
    "text", ["建成于2019年", "2020年5月14日召开", "2022年上半年", "“十四五”期间", "2019-2021年"]
)
def test_times_are_no_figures(text: str) -> None:
    assert quantities(text) == []


def test_a_place_in_a_ranking_is_known_as_one() -> None:
    read = article("云岭高新区综合排名第13位，企业13家。")
    (sentence,) = read_sentences(read)
    ranked, counted = stated_figures(read.text, sentence)
    assert (ranked.ordinal, counted.ordinal) == (True, False)
    assert ranked.figure.value == counted.figure.value == 13


@pytest.mark.parametrize(
    ("digits", "value"),
    [
        ("十", "10"), ("十二", "12"), ("二十", "20"), ("一百零五", "105"), ("三千二百", "3200"),
        ("两百", "200"), ("七点五", "7.5"), ("二〇", "20"),
    ],
)  # fmt: skip
def test_numerals_in_characters(digits: str, value: str) -> None:
    assert han_number(digits) == Decimal(value)


def test_a_point_needs_digits_behind_it() -> None:
    assert han_number("三点十") is None


@given(st.integers(1, 9999))
@settings(max_examples=120, deadline=None)
def test_numerals_in_characters_are_read_back(value: int) -> None:
    written, zero = "", False
    for scale, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // scale % 10
        if digit:
            written += ("零" if zero and written else "") + "零一二三四五六七八九"[digit] + word
        zero = not digit
    assert han_number(written) == value


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


def test_the_numbers_of_a_respectively_are_shared_out() -> None:
    text = "甲镇、乙镇的粮食产量分别为3万吨和2.5万吨。"
    assert [(f.measure, str(f.value)) for f in figures(text)] == [
        ("甲镇粮食产量", "3"),
        ("乙镇粮食产量", "2.5"),
    ]


def test_respective_changes_follow_the_figures_in_order() -> None:
    text = "云岭高新区营业收入510亿元，利润42.3亿元，分别增长6.1%和8.8%。"
    measures = {str(f.value): f.measure for f in figures(text)}
    assert measures["6.1"] == "营业收入增长"
    assert measures["8.8"] == "利润增长"


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


def test_numbers_are_compared_whole_and_without_separators() -> None:
    assert numbers_in("增长113.2%，共3,450万元，１２家") == {"113.2", "3450", "12"}


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


def test_times_that_are_enumerated_share_out_their_numbers() -> None:
    text = "2020年、2021年及2022年，云岭集团来自海外的营收占比分别为81.7%、83.2%及86.3%。"
    read = article(text)
    found = figures_in(read, split(read))
    by_year = {f.period.start.year: str(f.value) for f in found if f.period}
    assert by_year == {2020: "81.7", 2021: "83.2", 2022: "86.3"}
    assert {f.measure for f in found} == {found[0].measure}


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


def test_changes_shared_out_have_their_items_and_their_verb() -> None:
    text = "7月，钢铁、煤炭和成品油供应量较上月分别增加4.6%、7.3%和4.1%。"
    assert [f.measure for f in figures(text)] == [
        "钢铁供应量增加",
        "煤炭供应量增加",
        "成品油供应量增加",
    ]


def test_things_counted_in_front_share_what_follows() -> None:
    shared = figures("园区形成了新材料、装备制造两大产业，产值分别为86亿元和73亿元。")[-2:]
    assert [f.measure for f in shared] == ["新材料产业产值", "装备制造产业产值"]


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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("含量为67.56mg/100ml", [("67.56", "mg/100ml")]),
        ("最高2.7GHz", [("2.7", "GHz")]),
        ("每次380m³/小时", [("380", "m³/小时")]),
        ("收于35282.72点", [("35282.72", "点")]),
        ("早上8点开门", []),
        ("外贸箱41.6 万标箱", [("41.6", "万标箱")]),
        ("只支持一个项目", [("1", "个")]),
        ("这是一个项目", []),
        ("判处一年至四年", [("1", "年"), ("4", "年")]),
        ("来了两三个人", []),
    ],
)
def test_units_of_science_and_counts_of_one(text: str, found: list[tuple[str, str]]) -> None:
    assert quantities(text) == found


def test_a_change_knows_the_time_that_the_text_compares_with() -> None:
    text = "截至2022年底，企业418家，比2020年底净增93家。"
    change = figure(text, "418").change
    assert change is not None
    assert change.base is not None
    assert (change.value, change.unit, change.base.end.year) == (Decimal(93), "家", 2020)
