from __future__ import annotations

from datetime import date
from decimal import Decimal

from index import Article, Passage, Period
from qa.conversation import (
    answer_plain,
    answer_record,
    history_of,
    published,
    to_html,
    to_markdown,
)
from qa.records import Answer, Citation, Hit, Point
from tests.app.test_render import HOSTILE, Seen, answer, citation


def test_a_record_holds_all_that_an_answer_says() -> None:
    article = Article(
        "a1", "标题", "记者", "日报", Period.year(2024), "前言。产值5亿元。", "a.txt:1-2"
    )
    passage = Passage("p1", "a1", article.text, 0, len(article.text))
    given = Answer(
        "多少",
        "5亿元[1]",
        "5亿元",
        True,
        citations=(Citation(1, passage, article, 3, 9),),
        seconds=0.12345,
        options=("下一问",),
        series=(Point("2024年", Decimal("5.0"), "亿元", 1),),
    )
    record = answer_record(given, [Hit(passage, article, 1.23456)])
    cited = record["citations"][0]
    assert cited["quote"] == "产值5亿元。"
    assert cited["published"] == "2024-01-01/2024-12-31"
    assert cited["score"] == 1.2346
    assert record["series"] == [{"label": "2024年", "value": "5.0", "unit": "亿元", "n": 1}]
    assert record["seconds"] == 0.123
    assert answer_record(given)["citations"][0]["score"] is None


def test_published_is_a_day_a_span_or_nothing() -> None:
    day = date(2020, 5, 25)
    assert published(Period(day, day)) == "2020-05-25"
    assert published(Period.months(2020, 6, 6)) == "2020-06-01/2020-06-30"
    assert published(None) == ""


def test_history_alternates() -> None:
    turns = history_of([{"question": "甲", "text": "乙"}, {"question": "丙", "text": "丁"}])
    assert [turn["content"] for turn in turns] == ["甲", "乙", "丙", "丁"]
    assert [turn["role"] for turn in turns] == ["user", "assistant"] * 2


def test_a_copied_answer_carries_its_sources() -> None:
    text = answer_plain(answer(), "zh")
    assert text.startswith("产值达到5亿元[1]。")
    assert "[1] 标题 (南湖日报 · 2024-03-01 · a.txt:1-9)" in text
    assert "“产值达到5亿元。”" in text
    assert answer_plain(answer(short="六"), "zh").startswith("六\n")


def test_markdown_shows_text_as_it_is() -> None:
    record = answer(text="5 * 6_7 <b>[1]\n# 不是标题", citations=[citation(title="甲|乙")])
    text = to_markdown("名", [record], "zh", "2024-05-01")
    assert r"5 \* 6\_7 \<b\>\[1\]" in text
    assert "\n# 不是标题" not in text
    assert r"**甲\|乙**" in text
    assert "导出于 2024-05-01" in text


def test_an_exported_page_runs_nothing_and_links_its_markers() -> None:
    record = answer(
        question=HOSTILE,
        text=f"{HOSTILE}[1][2]",
        citations=[citation(title=HOSTILE, quote=HOSTILE, source=HOSTILE)],
    )
    html = to_html(HOSTILE, [record], "en", "2024-05-01")
    seen = Seen(html)
    assert not seen.tags & {"script", "img"}
    assert not {name for name in seen.attributes if name.startswith("on")}
    assert html.count('<a href="#s1-1">[1]</a>') == 1
    assert "[2]</p>" in html
    assert 'id="s1-1"' in html
