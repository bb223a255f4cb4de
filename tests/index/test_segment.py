"""Golden pages: what a careful reader makes of each stands beside it as JSON.

The pages are invented, their blemishes are real. After a change that is meant to show, run this
file as a script to write the expectations anew, and read every difference.
"""

import json
import sys
import time
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.clean import unify
from index.records import Article, Page, Period
from index.segment import segment, take_apart

PAGES = Path(__file__).parent / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.txt"))


def _described(name: str) -> list[dict[str, object]]:
    page = Page(f"{name}.txt", (PAGES / f"{name}.txt").read_text(encoding="utf-8"))
    articles, dropped = take_apart(page)
    told: list[dict[str, object]] = [
        {
            "title": article.title,
            "byline": article.byline,
            "outlet": article.outlet,
            "source": article.source,
            "blocks": [[b.kind, article.text[b.start : b.end]] for b in article.blocks],
        }
        for article in articles
    ]
    told.append({"dropped": [[d.line, d.reason, d.text] for d in dropped]})
    return told


@pytest.mark.parametrize("name", NAMES)
def test_a_page_comes_apart_as_a_reader_would_take_it(name):
    expected = json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8"))
    assert _described(name) == expected


def _articles(text: str, **fields: object) -> list[Article]:
    return segment(replace(Page("page.txt", text), **fields))  # type: ignore[arg-type]


def test_a_date_printed_in_the_editors_line_counts_for_every_article_of_the_page():
    text = (PAGES / "short_news.txt").read_text(encoding="utf-8")
    articles = _articles(text)
    assert len(articles) == 4
    for article in articles:
        assert article.published is not None
        assert (article.published.start.isoformat(), article.published.inferred) == (
            "2022-03-18",
            False,
        )
    assert {a.outlet for a in articles} == {"平原科技报"}


def test_what_one_article_gives_away_dates_the_others_of_its_page():
    text = (
        "# 湖区项目集中签约\n\n近日,湖区举行2022年一批项目集中签约仪式,签约项目16个。"
        "今年以来,湖区新建学校4所。\n\n# 云川市开通环湖公交\n\n"
        "本报讯 3月2日,云川市开通环湖公交线路6条。\n"
    )
    first, second = _articles(text)
    assert first.published is not None
    assert first.published.inferred
    assert first.published.start.year == 2022
    assert second.published == first.published


def test_a_text_that_tells_of_later_days_is_not_dated_by_its_neighbour():
    text = (
        "# 云石银行发布半年报\n\n本报讯 8月27日,云石银行发布2021年半年度报告,资产总额86亿元。\n\n"
        "# 假期接待游客9万人次\n\n本报讯 10月1日至7日,全市接待游客9万人次。\n\n"
        "# 图书馆增设座位\n\n本报讯 近日,市图书馆增设座位200个。\n"
    )
    bank, holiday, library = _articles(text)
    assert bank.published is not None
    assert bank.published.start == date(2021, 8, 27)
    assert holiday.published is None
    assert library.published == bank.published


def test_a_plain_article_has_its_first_line_for_a_title():
    (article,) = _articles("湖区新建学校四所\n\n今年,湖区新建学校4所,新增学位3600个。\n")
    assert article.title == "湖区新建学校四所"
    assert article.text == "今年,湖区新建学校4所,新增学位3600个。"
    assert article.source == "page.txt:1-3"


def test_text_without_a_headline_is_titled_by_its_first_clause():
    (article,) = _articles("近日,湖区新建学校4所,新增学位3600个。建设资金来自市级财政。")
    assert article.title == "湖区新建学校4所,新增学位3600个"
    assert article.text.startswith("近日,")


def test_a_markdown_article_keeps_its_sections():
    text = "# 稻田里的新农具\n\n今年插秧用上了无人机。\n\n## 省工\n\n一台机器一天插秧80亩。\n"
    (article,) = _articles(text)
    assert article.title == "稻田里的新农具"
    assert [b.kind for b in article.blocks] == ["body", "heading", "body"]


def test_headings_of_one_rank_open_articles_only_where_the_subject_changes():
    apart = (
        "# 科学家合成新型催化剂\n\n研究团队在实验室合成了一种新型催化剂,可以在常温常压下把二氧化碳"
        "转化为甲醇,转化率达到38%。\n\n# 女排联赛昨晚收官\n\n昨晚,全国女排联赛决赛第三回合打响,"
        "主队以3比1战胜对手,夺得冠军,教练称赞队员发挥出色。\n"
    )
    together = (
        "# 数字乡村走深走实\n\n平川县推进数字乡村建设,行政村网络覆盖率达到100%。\n\n"
        "# 数据上山\n\n平川县建成智慧农业基地18个,种植户用手机就能浇水施肥。\n"
    )
    assert [a.title for a in _articles(apart)] == ["科学家合成新型催化剂", "女排联赛昨晚收官"]
    assert [a.title for a in _articles(together)] == ["数字乡村走深走实"]


def test_a_page_known_to_be_one_article_is_not_taken_apart():
    text = "第一段说的是佛山。\n\n本报讯 第二段说的是贵阳。"
    (article,) = _articles(
        text,
        path="news.jsonl",
        whole=True,
        id="a-7",
        title="两地",
        published="2023-08-01",
        outlet="晚报",
        line=5,
    )
    assert (article.id, article.title, article.outlet) == ("a-7", "两地", "晚报")
    assert article.published == Period.months(2023, 8, 8) or article.published is not None
    assert article.published.start.isoformat() == article.published.end.isoformat() == "2023-08-01"
    assert article.text == "第一段说的是佛山。\n本报讯 第二段说的是贵阳。"
    assert article.source == "news.jsonl:5-5"


def test_the_same_article_on_two_pages_has_one_id():
    text = "# 湖区新建学校四所\n\n今年,湖区新建学校4所。\n"
    (first,), (second,) = segment(Page("a.txt", text)), segment(Page("b/c.txt", "\n" + text))
    assert first.id == second.id
    assert len(first.id) == 12
    assert (first.source, second.source) == ("a.txt:1-3", "b/c.txt:2-4")


def test_a_figure_is_not_completed_from_a_column_that_two_claim():
    text = (PAGES / "disputed.txt").read_text(encoding="utf-8")
    (article,) = _articles(text)
    assert "2.3亿亩" not in article.text
    assert "1.5万元" not in article.text


def test_lines_of_a_page_are_read_in_linear_time():
    text = (PAGES / "columns.txt").read_text(encoding="utf-8")
    started = time.perf_counter()
    assert _articles(text * 10)
    short = time.perf_counter() - started
    started = time.perf_counter()
    assert _articles(text * 80)
    assert time.perf_counter() - started < 40 * short + 1


_LINES = [
    line
    for name in NAMES
    for line in (PAGES / f"{name}.txt").read_text(encoding="utf-8").split("\n")
]
_PRINTED = st.lists(st.sampled_from([*_LINES, "", "", "# ", "▶", "　　"]), max_size=30)


@settings(max_examples=150, deadline=None)
@given(_PRINTED)
def test_nothing_on_a_page_is_lost_or_invented(lines):
    text = "\n".join(lines)
    articles, dropped = take_apart(Page("page.txt", text))
    known = [f"{a.title}{a.byline}{a.text}" for a in articles] + [d.text for d in dropped]
    have = Counter(sign for part in known for sign in part)
    marks = "#▶►□○●■*-·| ()（）、,，/"
    lost = set(unify(text)) - set(have) - set(marks) - {"\n"}
    assert not lost
    digits = Counter(sign for sign in text if sign.isdigit())
    body = Counter(sign for a in articles for sign in a.text if sign.isdigit())
    titles = Counter(sign for a in articles for sign in a.title if sign.isdigit())
    assert not body - digits - titles


@settings(max_examples=150, deadline=None)
@given(_PRINTED)
def test_blocks_are_the_paragraphs(lines):
    for article in segment(Page("page.txt", "\n".join(lines))):
        assert article.text
        assert article.title
        paragraphs = [article.text[b.start : b.end] for b in article.blocks]
        assert paragraphs == article.text.split("\n")
        first, last = article.source.rsplit(":", 1)[1].split("-")
        assert 1 <= int(first) <= int(last) <= len(lines)


if __name__ == "__main__":
    for golden in NAMES:
        expected = json.dumps(_described(golden), ensure_ascii=False, indent=1)
        (PAGES / f"{golden}.json").write_text(expected + "\n", encoding="utf-8")
        sys.stdout.write(f"{golden}\n")


@pytest.mark.parametrize(
    ("path", "first", "last"),
    [
        ("2020/half-year.txt", date(2020, 1, 1), date(2020, 12, 31)),
        ("papers/2020-05-25-04.md", date(2020, 5, 25), date(2020, 5, 25)),
        ("20210208.txt", date(2021, 2, 8), date(2021, 2, 8)),
        ("2021/2021-02-A03.txt", date(2021, 2, 1), date(2021, 2, 28)),
    ],
)
def test_the_path_dates_an_article_that_nothing_else_does(
    path: str, first: date, last: date
) -> None:
    page = Page(path, "樱花开了\n\n河岸的樱花开了，市民前来踏青，孩子们在树下放风筝。\n")
    [article] = segment(page)
    assert article.published == Period(first, last)
    assert article.published is not None
    assert article.published.inferred


@pytest.mark.parametrize("path", ["000_1dc288bdf4f1c683.txt", "120201.txt", "page-3.txt"])
def test_other_numbers_in_a_path_are_no_date(path: str) -> None:
    [article] = segment(
        Page(path, "樱花开了\n\n河岸的樱花开了，市民前来踏青，孩子们在树下放风筝。\n")
    )
    assert article.published is None
