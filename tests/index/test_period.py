from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from zhconv import zhconv

from index.clean import simplified
from index.period import find_periods, infer_published, label, parse_period
from index.records import Period


def day(year: int, month: int, number: int) -> Period:
    return Period(date(year, month, number), date(year, month, number))


ANCHOR = day(2020, 5, 25)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2024年", Period.year(2024)),
        ("2024年度", Period.year(2024)),
        ("2024全年", Period.year(2024)),
        ("二〇二四年", Period.year(2024)),
        ("2023年半年度", Period.months(2023, 1, 6)),
        ("2023年半年度业绩报告", Period.months(2023, 1, 6)),
        ("２０２４年", Period.year(2024)),
        ("24年上半年", Period.months(2024, 1, 6)),
        ("08年", Period.year(2008)),
        ("2023财年", Period.year(2023)),
        ("2020年上半年", Period.months(2020, 1, 6)),
        ("2020年下半年", Period.months(2020, 7, 12)),
        ("2020年一季度", Period.months(2020, 1, 3)),
        ("2020年第四季度", Period.months(2020, 10, 12)),
        ("2020年首季", Period.months(2020, 1, 3)),
        ("2020年前三季度", Period.months(2020, 1, 9)),
        ("2020年1-6月", Period.months(2020, 1, 6)),
        ("2020年1—6月", Period.months(2020, 1, 6)),
        ("2020年1至5月", Period.months(2020, 1, 5)),
        ("2020年1～5月份", Period.months(2020, 1, 5)),
        ("2020年1月至5月", Period.months(2020, 1, 5)),
        ("2020年前5个月", Period.months(2020, 1, 5)),
        ("2020 年 5 月 14 日", day(2020, 5, 14)),
        ("二〇二〇年五月十四日", day(2020, 5, 14)),
        ("2020.5.25", day(2020, 5, 25)),
        ("2020-05-25", day(2020, 5, 25)),
        ("2020/5/25", day(2020, 5, 25)),
        ("截至2020年5月14日", day(2020, 5, 14)),
        ("截至2020年6月底", day(2020, 6, 30)),
        ("截止到2023年末", day(2023, 12, 31)),
        ("2024年8月底", Period(date(2024, 8, 21), date(2024, 8, 31))),
        ("2024年2月下旬", Period(date(2024, 2, 21), date(2024, 2, 29))),
        ("2023年底", Period.months(2023, 12, 12)),
        ("2023年年初", Period.months(2023, 1, 1)),
        ("“十四五”期间", Period(date(2021, 1, 1), date(2025, 12, 31))),
        ("“十三五”时期", Period(date(2016, 1, 1), date(2020, 12, 31))),
        ("“九五”期间", Period(date(1996, 1, 1), date(2000, 12, 31))),
        ("2019-2021年", Period(date(2019, 1, 1), date(2021, 12, 31))),
        ("2019年至2021年", Period(date(2019, 1, 1), date(2021, 12, 31))),
        ("2020年5月3日至6月5日", Period(date(2020, 5, 3), date(2020, 6, 5))),
        ("2020年5月3日至5日", Period(date(2020, 5, 3), date(2020, 5, 5))),
        ("2020年11月至2021年2月", Period(date(2020, 11, 1), date(2021, 2, 28))),
        ("the first half of 2020", Period.months(2020, 1, 6)),
        ("H1 2020", Period.months(2020, 1, 6)),
        ("Q3 2021", Period.months(2021, 7, 9)),
        ("January to May 2020", Period.months(2020, 1, 5)),
        ("May 14, 2020", day(2020, 5, 14)),
        ("14 May 2020", day(2020, 5, 14)),
        ("August 2022", Period.months(2022, 8, 8)),
        ("as of the end of 2023", day(2023, 12, 31)),
        ("What was the output in 2024?", Period.year(2024)),
        ("the zone's 2024 output", Period.year(2024)),
        ("from 2019 to 2021", Period(date(2019, 1, 1), date(2021, 12, 31))),
        ("during the 14th Five-Year Plan", Period(date(2021, 1, 1), date(2025, 12, 31))),
    ],
)
def test_stated_periods_need_no_anchor(text, period):
    assert parse_period(text) == period


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("今年", Period.year(2020)),
        ("去年", Period.year(2019)),
        ("前年", Period.year(2018)),
        ("明年", Period.year(2021)),
        ("今年上半年", Period.months(2020, 1, 6)),
        ("去年12月", Period.months(2019, 12, 12)),
        ("今年以来", Period(date(2020, 1, 1), date(2020, 5, 25))),
        ("2019年至今", Period(date(2019, 1, 1), date(2020, 5, 25))),
        ("一季度", Period.months(2020, 1, 3)),
        ("5月14日", day(2020, 5, 14)),
        ("截至目前", ANCHOR),
        ("上月", Period.months(2020, 4, 4)),
        ("昨日", day(2020, 5, 24)),
        ("上周五", day(2020, 5, 22)),
        ("14日", day(2020, 5, 14)),
        ("last year", Period.year(2019)),
        ("the first quarter of last year", Period.months(2019, 1, 3)),
    ],
)
def test_relative_periods_are_resolved_by_the_anchor_and_left_open_without(text, period):
    (span,) = find_periods(text, ANCHOR)
    assert span.period == period
    assert (span.start, span.end) == (0, len(text)) or "of" in text
    if text != "2019年至今":
        assert span.relative
    assert [s.period for s in find_periods(text)] == [None]


def test_a_month_without_a_year_lies_before_the_anchor_unless_it_is_planned():
    january = day(2021, 1, 10)
    assert parse_period("12月完成签约", january) == Period.months(2020, 12, 12)
    assert parse_period("力争12月完成签约", january) == Period.months(2021, 12, 12)
    assert parse_period("4月开工", ANCHOR) == Period.months(2020, 4, 4)


def test_an_earlier_year_of_the_text_serves_where_there_is_no_anchor():
    spans = find_periods("2020年，园区有序复产。截至5月14日，已有企业三百家。")
    assert spans[1].period == day(2020, 5, 14)
    assert spans[1].kind == "since"


def test_with_an_anchor_a_year_reaches_only_to_the_end_of_its_sentence():
    anchor = day(2025, 2, 20)
    same = find_periods("2022年获批，8月上市。", anchor)
    other = find_periods("公司于2022年8月上市。企业2月5日开工。", anchor)
    assert same[1].period == Period.months(2022, 8, 8)
    assert other[1].period == day(2025, 2, 5)


def test_the_same_period_is_that_of_the_period_before_it():
    text = "2020年上半年产值5亿元，比去年同期增长3%"
    assert [s.period for s in find_periods(text)] == [
        Period.months(2020, 1, 6),
        Period.months(2019, 1, 6),
    ]
    assert find_periods("2024年产值增长，同期利润下降")[1].period == Period.year(2024)
    assert find_periods("2024年2月，较同期增长")[1].period == Period.months(2023, 2, 2)
    assert find_periods("与去年同期相比增长")[0].period is None


def test_years_named_by_the_one_before():
    text = "2019年3月，公司成立。同年5月投产，次年上市。"
    assert [s.period for s in find_periods(text, ANCHOR)] == [
        Period.months(2019, 3, 3),
        Period.months(2019, 5, 5),
        Period.year(2020),
    ]


def test_last_year_s_end_does_not_wander_off_when_it_is_named_twice():
    text = "2019年末贷款9亿元，比上年末增长3%；存款8亿元，比上年末增长2%。"
    assert [s.period for s in find_periods(text, ANCHOR)][1:] == [Period.months(2018, 12, 12)] * 2
    history = find_periods("公司成立于2001年。存款比上年末增长2%。", ANCHOR)
    assert history[1].period == Period.months(2019, 12, 12)


def test_the_whole_year_is_the_one_named_or_the_one_gone_by():
    assert find_periods("2018年，形势向好。全年净增9家", ANCHOR)[1].period == Period.year(2018)
    assert parse_period("全年净增9家", day(2021, 2, 3)) == Period.year(2020)
    assert parse_period("全年将新增9家", ANCHOR) == Period.year(2020)


def test_days_follow_the_month_named_last():
    spans = find_periods("4月30日发布办法，2日施行，当日受理。", ANCHOR)
    assert [s.period for s in spans] == [day(2020, 4, 30), day(2020, 5, 2), day(2020, 5, 2)]


def test_a_year_told_from_now_does_not_reach_the_next_clause():
    spans = find_periods("较去年提升3个百分点，上半年新增企业9家", ANCHOR)
    assert [s.period for s in spans] == [Period.year(2019), Period.months(2020, 1, 6)]
    (span,) = find_periods("2018年至今年4月，共审结9件", ANCHOR)
    assert span.period == Period(date(2018, 1, 1), date(2020, 4, 30))


def test_the_month_before_is_counted_from_the_month_just_named():
    spans = find_periods("2月末余额9亿元，较上月末增长1%。", ANCHOR)
    assert spans[1].period == Period(date(2020, 1, 21), date(2020, 1, 31))


def test_an_old_day_does_not_lend_its_month_to_the_news():
    spans = find_periods("公司于2012年3月9日上市。24日，公司回应。", ANCHOR)
    assert spans[1].period == day(2020, 5, 24)


def test_vague_times_are_a_fortnight_and_say_that_they_are_inferred():
    (span,) = find_periods("近日，园区签约", ANCHOR)
    assert span.kind == "relative"
    assert span.period is not None
    assert span.period.inferred
    assert span.period.end == ANCHOR.end
    assert find_periods("近日，园区签约")[0].period is None


@pytest.mark.parametrize(
    "text",
    [
        *("1.2亿元", "3+1产业", "5G云签约", "第2.5.1条", "IV级", "1-17#楼", "14+14天", "12010件"),
        *("(010)68667266", "T2020", "第2024号", "2024项", "2024个项目", "1:1配套", "2019级学生"),
        *("3年左右", "连续两年", "不超过30周岁", "历时5个月", "近三年", "过去五年", "1500年历史"),
        *(
            "不同年龄",
            "当今年轻人",
            "证明年限",
            "透明年报",
            "60岁以上年龄段",
            "每年5月",
            "6月龄婴儿",
        ),
        *(
            "5日内办结",
            "the 2024 projects",
            "in all 2024 of them",
            "he may go",
            "13月",
            "2020.13.45",
        ),
    ],
)
def test_what_only_looks_like_a_time(text):
    assert find_periods(text, ANCHOR) == []


def test_a_day_that_does_not_exist_is_seen_and_not_resolved():
    assert [s.period for s in find_periods("2021年2月30日")] == [None]


def test_a_bare_year_is_read_in_a_question_only():
    assert parse_period("园区2024工业产值是多少") == Period.year(2024)
    assert parse_period("园区 2024 工业产值") == Period.year(2024)
    assert find_periods("园区工作有序推进，" * 8 + "2024大会召开") == []


def test_an_event_carries_its_year_in_its_name():
    text = "3月24日，2024云岭马拉松鸣枪，2024人参加。" + "选手们跑过大桥和老城。" * 6
    assert [t.period for t in find_periods(text, ANCHOR)][1:] == [Period.year(2024)]


def test_what_is_reported_is_what_the_report_is_about():
    text = "公司发布2023年半年度报告。2023年下半年有望增长。报告期内，收入5亿元。"
    assert find_periods(text, day(2023, 8, 30))[-1].period == Period.months(2023, 1, 6)


def test_within_the_year_is_the_year_of_the_paper():
    (span,) = find_periods("争取年内建成，三年内见效。", ANCHOR)
    assert span.period == Period.year(2020)


def test_a_day_without_its_month_is_not_of_days_to_come():
    paper = day(2023, 8, 3)
    assert parse_period("截至31日", paper) == day(2023, 7, 31)
    assert find_periods("会议将于31日召开", paper)[0].period == day(2023, 8, 31)


def test_a_year_compared_with_does_not_reach_further():
    text = "2023年，投入强度6.8%，比2020年提高1.6个百分点。全年成交46亿元。"
    assert find_periods(text)[-1].period == Period.year(2023)


def test_a_list_of_years():
    assert [s.period for s in find_periods("2015、2016和2017年")] == [
        Period.year(2015),
        Period.year(2016),
        Period.year(2017),
    ]


SENTENCES = [
    "截至9月底，全县收割机1246台，比去年同期增长4%。",
    "2023年1至11月，客运量回升，较上月增长2%，当天恢复。",
    "3月2日至5日，展览开放；两年后，即2028年，将再次举办。",
    "“十四五”期间，前三季度产值增长，年底达到目标。",
    "二〇二四年上半年，公司成立；次年投产，连日来订单增加，本周五交付。",
    "去年12月下旬以来，园区开工；后年竣工，日前已完成一半，近几年少见。",
    "2016年3月签约，同年5月18号开馆，至今接待观众4万人次。",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4), st.booleans())
def test_traditional_script_has_the_periods_of_its_simplified_copy(sentences, anchored):
    text = "\n".join(sentences)
    written = zhconv.convert(text, "zh-hant")
    anchor = ANCHOR if anchored else None
    assert written != text
    assert find_periods(written, anchor) == find_periods(simplified(written), anchor)
    assert find_periods(written, anchor) == find_periods(text, anchor)
    assert infer_published(written) == infer_published(text)


PIECES = [
    *(
        "2024年",
        "今年",
        "上半年",
        "1-6月",
        "5月14日",
        "截至",
        "至",
        "-",
        "同期",
        "去年",
        "14日",
        "年底",
    ),
    *(
        "，",
        "。",
        "“十四五”",
        "2020.5.25",
        "近日",
        "12",
        "月",
        "日",
        "年",
        "园区",
        "增长3.5%",
        " ",
        "\n",
    ),
    *(
        "in 2020",
        "May 14",
        "to",
        "the first half of",
        "Q1",
        "全年",
        "以来",
        "第二天",
        "周",
        "零",
        "二",
    ),
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.booleans())
def test_spans_are_sorted_apart_and_inside_the_text(text, anchored):
    spans = find_periods(text, ANCHOR if anchored else None)
    ends = [0]
    for span in spans:
        assert ends[-1] <= span.start < span.end <= len(text)
        ends.append(span.end)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read_without_an_error(text):
    for span in find_periods(text, ANCHOR):
        assert text[span.start : span.end]
    infer_published(text)


@settings(max_examples=100, deadline=None)
@given(st.text("0123456789", max_size=30))
def test_digits_alone_are_no_period(text):
    assert find_periods(text, ANCHOR) == []


DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))
MONTHS = st.tuples(st.integers(1950, 2090), st.integers(1, 12), st.integers(1, 12)).map(
    lambda t: Period.months(t[0], min(t[1:]), max(t[1:]))
)


@settings(max_examples=200, deadline=None)
@given(st.one_of(MONTHS, DAYS.map(lambda d: Period(d, d))), st.sampled_from(["zh", "en"]))
def test_a_label_reads_back_as_its_period(period, language):
    sentence = label(period) if language == "zh" else f"in {label(period, 'en')}"
    assert parse_period(sentence) == period


@settings(max_examples=100, deadline=None)
@given(DAYS, DAYS)
def test_a_label_of_any_span_reads_back_in_chinese(one, other):
    period = Period(min(one, other), max(one, other))
    assert parse_period(label(period)) == period


@pytest.mark.parametrize(
    ("period", "chinese", "english"),
    [
        (Period.year(2024), "2024年", "2024"),
        (Period.months(2020, 1, 6), "2020年上半年", "the first half of 2020"),
        (Period.months(2020, 7, 9), "2020年三季度", "the third quarter of 2020"),
        (Period.months(2020, 1, 9), "2020年前三季度", "the first three quarters of 2020"),
        (Period.months(2020, 1, 5), "2020年1-5月", "January to May 2020"),
        (Period.months(2022, 8, 8), "2022年8月", "August 2022"),
        (day(2020, 5, 14), "2020年5月14日", "14 May 2020"),
        (Period(date(2019, 1, 1), date(2021, 12, 31)), "2019-2021年", "2019-2021"),
    ],
)
def test_labels(period, chinese, english):
    assert label(period) == chinese
    assert label(period, "en") == english


@pytest.mark.parametrize(
    "line",
    [
        "2021.3.8 星期一",
        "2021年3月8日 星期一 第3版",
        "2021-03-08 10:22",
        "编辑:丁一 2021/3/8",
        "2021年3月8日",
    ],
)
def test_a_printed_date_is_read_to_the_day(line):
    published = infer_published(f"某区工作巡礼\n{line}\n2019年，园区完成产值3亿元。")
    assert published == day(2021, 3, 8)
    assert published is not None
    assert not published.inferred


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        (
            "近日，东湖区召开2018年工作总结暨2019年工作部署会。2018年，全区完成投资9亿元。"
            "2018年，全区新增企业30家。2019年要抓好招商。",
            date(2019, 2, 1),
        ),
        (
            "2016年，园区完成产值80亿元，同比增长7%。2016年，园区新增企业12家。"
            "1月9日，新学院揭牌。企业从2月3日起复工。",
            date(2017, 2, 20),
        ),
        ("2018年，形势复杂。今年上半年，园区产值增长5%。7月12日，双方签约。", date(2018, 8, 1)),
        (
            "园区2017年集中签约仪式举行。今年以来，园区主动作为。6月2日，新站揭牌。",
            date(2017, 7, 1),
        ),
        ("2018年9月3日，园区举行开工仪式，项目总投资3亿元。", date(2018, 9, 5)),
        (
            "8月27日，云石银行发布2021年半年度报告。截至2021年6月末，资产总额86亿元。",
            date(2021, 8, 28),
        ),
        ("自12月20日起，公交增开线路9条。2022年1至11月，日均客运量75万人次。", date(2022, 12, 21)),
        (
            "6月5日，省环境厅通报2020年全省环境状况。2020年优良天数比例达到91%，"
            "2020年水质达标断面占93%。2021年全省要打好攻坚战。",
            date(2021, 6, 6),
        ),
        (
            "4月18日，市统计局发布2019年统计公报。2019年，全市产值增长5%。2019年，全市完成投资9亿元。",
            date(2020, 4, 19),
        ),
        (
            "11月8日，脐橙装车出口。全乡2022年预计产量3万吨，2021年产量2万吨，今年计划出口900吨。",
            date(2022, 11, 9),
        ),
    ],
)
def test_a_date_is_inferred_from_what_a_text_says_of_itself(text, inside):
    published = infer_published(text)
    assert published is not None
    assert published.inferred
    assert published.start <= inside <= published.end


@pytest.mark.parametrize(
    "text",
    [
        "近日，园区举行签约仪式，共签约项目16个。",
        "公司成立于2012年，2016年上市。近日，公司发布新品。",
        "根据《2021年行动方案》，园区将加快建设，力争到2025年产值翻番。",
        "5月30日，公司宣布召回产品，召回截止日期为2025年5月29日。",
        "10月26日晚，运动会闭幕。下一届运动会将于2028年举行。",
        "",
    ],
)
def test_what_a_text_does_not_say_stays_unknown(text):
    assert infer_published(text) is None


def test_what_is_told_of_late_december_is_of_one_year():
    published = infer_published("12月20日，公交增开线路9条。2022年1至11月，日均客运量75万人次。")
    assert published is not None
    assert published.start.year == published.end.year == 2022
