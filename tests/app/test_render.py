from __future__ import annotations

import csv
import io
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import Article
from index.records import Block
from qa import render
from qa.chart import chart, figures, series_csv
from qa.conversation import AnswerRecord, CitationRecord


def citation(n: int = 1, **changes: object) -> CitationRecord:
    record: CitationRecord = {
        "n": n,
        "article_id": "a1",
        "title": "标题",
        "byline": "本报记者 某某",
        "outlet": "南湖日报",
        "source": "a.txt:1-9",
        "published": "2024-03-01",
        "inferred": False,
        "quote": "产值达到5亿元。",
        "start": 3,
        "end": 11,
        "passage": "前言。产值达到5亿元。后记。",
        "passage_start": 0,
        "score": 0.5,
    }
    return record | changes  # type: ignore[return-value]


def answer(**changes: object) -> AnswerRecord:
    record: AnswerRecord = {
        "question": "产值多少",
        "text": "产值达到5亿元[1]。",
        "short": "5亿元",
        "answered": True,
        "citations": [citation()],
        "calculation": "",
        "seconds": 0.1,
        "options": [],
        "series": [],
    }
    return record | changes  # type: ignore[return-value]


def series(*points: tuple[str, str, str]) -> AnswerRecord:
    return answer(
        series=[
            {"label": label, "value": value, "unit": unit, "n": n}
            for n, (label, value, unit) in enumerate(points, 1)
        ],
        citations=[citation(n) for n in range(1, len(points) + 1)],
    )


class Seen(HTMLParser):
    """The tags, attributes and text of some HTML, as a browser would take them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_marker_with_a_citation_is_a_button_and_another_stays_text() -> None:
    html = render.statement("甲[1]乙[2]丙", [citation()], "zh")
    assert html.count("<button") == 1
    assert 'data-cite="1"' in html
    assert "乙[2]丙" in html
    assert render.statement("甲 [1]。", [citation()], "zh").startswith("甲&#8288;<button")


def test_the_short_answer_stands_out_once() -> None:
    html = render.turn(answer(), "zh")
    assert '<p class="short">5亿元</p>' in html
    assert html.count("产值达到5亿元") == 1


def test_a_text_that_is_only_the_short_answer_is_not_said_twice() -> None:
    html = render.turn(answer(text="5亿元[1]。", short="5亿元"), "zh")
    assert Seen(html).text.count("5亿元") == 1
    assert 'data-cite="1"' in html


def test_a_calculation_in_the_text_is_not_shown_again() -> None:
    assert "calc" not in render.turn(answer(text="3 − 1 = 2[1]。", calculation="3 − 1 = 2"), "zh")
    assert "calc" in render.turn(answer(calculation="3 − 1 = 2"), "zh")


def test_a_long_list_says_how_much_is_left() -> None:
    item = {
        "id": "a",
        "title": "标题",
        "byline": "",
        "outlet": "",
        "published": "",
        "inferred": False,
        "source": "a.txt:1-2",
        "removable": False,
    }
    html = render.shelf([item] * (render.LISTED + 1234), "en")  # type: ignore[list-item]
    assert html.count("data-article") == render.LISTED
    assert "1,234 more" in html


def test_a_refusal_says_so_and_offers_questions() -> None:
    html = render.turn(
        answer(answered=False, short="", citations=[], options=["问一", "问二"]), "en"
    )
    assert "The articles do not say" in html
    assert html.count("data-ask=") == 2
    text = "文章里没有答案。查找的是：火星。"
    html = render.turn(answer(answered=False, short="", citations=[], text=text), "zh")
    assert '<p class="kicker">文章里没有答案</p><p class="said">查找的是：火星。</p>' in html


def test_the_evidence_is_marked_in_its_passage() -> None:
    html = render.source(citation(), "zh")
    assert "前言。<mark>产值达到5亿元。</mark>后记。" in html
    assert "0.50" in html


def test_evidence_beyond_its_passage_is_shown_alone() -> None:
    html = render.source(citation(passage="别的段落", passage_start=100), "zh")
    assert "<blockquote><mark>产值达到5亿元。</mark></blockquote>" in html


def test_an_inferred_date_says_that_it_is() -> None:
    assert "推断" in render.source(citation(inferred=True), "zh")
    assert "推断" not in render.source(citation(), "zh")
    assert "日期不详" in render.source(citation(published=""), "zh")


@pytest.mark.parametrize(
    ("when", "shown"),
    [
        ("2024-03-01", "2024-03-01"),
        ("2024-02-01/2024-02-29", "2024-02"),
        ("2024-01-01/2024-12-31", "2024"),
        ("2024-01-01/2024-06-30", "2024-01 – 2024-06"),
        ("2024-01-05/2024-06-30", "2024-01-05 – 2024-06-30"),
    ],
)
def test_dates_are_shown_as_short_as_they_are(when: str, shown: str) -> None:
    assert render.short_date(when) == shown


def test_a_whole_article_keeps_its_kinds_of_paragraph() -> None:
    text = "小标题\n正文一句。\n图为现场。"
    blocks = (Block("heading", 0, 3), Block("body", 4, 9), Block("caption", 10, 15))
    item = Article("a1", "标题", "", "", None, text, "a.txt:1-3", blocks)
    html = render.whole(item, [(4, 9)], "zh")
    assert html == (
        '<h4 class="heading">小标题</h4><p class="body"><mark>正文一句。</mark></p>'
        '<p class="caption">图为现场。</p>'
    )
    assert "已不在文库" in render.whole(None, [], "zh")


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4)


@settings(max_examples=80, deadline=None)
@given(text=st.text("ab<>&\"'国\n", max_size=50), offset=st.integers(0, 9), spans=SPANS)
def test_marking_never_changes_the_text(
    text: str, offset: int, spans: list[tuple[int, int]]
) -> None:
    seen = Seen(render.marked(text, offset, spans))
    assert seen.text == text
    assert seen.tags <= {"mark"}


HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
ALLOWED = {"h3", "div", "span", "p", "li", "ol", "ul", "button", "blockquote", "mark", "time"}
ALLOWED |= {"bdi", "section", "figure", "figcaption", "svg", "text", "tspan", "rect", "title", "a"}
ALLOWED |= {"details", "summary", "table", "thead", "tbody", "tr", "th", "td", "br"}


def test_hostile_text_stays_text_everywhere() -> None:
    point = {"label": HOSTILE, "value": "1", "unit": HOSTILE, "n": 1}
    cited = citation(
        title=HOSTILE,
        byline=HOSTILE,
        outlet=HOSTILE,
        source=HOSTILE,
        article_id=HOSTILE,
        passage=HOSTILE,
        quote=HOSTILE,
        start=0,
        end=9,
    )
    record = answer(
        text=HOSTILE + "[1]",
        short=HOSTILE,
        calculation=HOSTILE,
        options=[HOSTILE],
        citations=[cited],
        series=[point, point],
    )
    article = {
        "id": HOSTILE,
        "title": HOSTILE,
        "byline": HOSTILE,
        "outlet": HOSTILE,
        "published": "",
        "inferred": False,
        "source": HOSTILE,
        "removable": True,
    }
    for html in (
        render.turn(record, "zh"),
        render.sources(record, "zh"),
        render.shelf([article], "zh"),  # type: ignore[list-item]
    ):
        seen = Seen(html)
        assert seen.tags <= ALLOWED
        assert not {name for name in seen.attributes if name.startswith("on")}
        assert HOSTILE in seen.text


def test_a_chart_has_a_bar_and_a_marker_for_every_point() -> None:
    record = series(("2019年", "70.4", "亿元"), ("2024年", "120.98", "亿元"))
    html = figures(record, "zh")
    assert html.count('class="bar"') == 2
    assert html.count('class="cite"') == 4  # once in the chart, once in the table
    widths = [float(part.split('"')[0]) for part in html.split('" width="')[1:]]
    assert widths[0] / widths[1] == pytest.approx(70.4 / 120.98, abs=0.001)


def test_figures_of_different_units_are_only_a_table() -> None:
    record = series(("企业", "41", "家"), ("产值", "5", "亿元"))
    assert chart(record["series"], {}, "zh") == ""
    html = figures(record, "zh")
    assert "<svg" not in html
    assert "<table>" in html


def test_one_figure_is_no_series() -> None:
    assert figures(series(("2019年", "70.4", "亿元")), "zh") == ""


def test_negative_values_run_the_other_way() -> None:
    html = figures(series(("一月", "-2", "%"), ("二月", "6", "%")), "zh")
    lefts = [float(part.split('"')[0]) for part in html.split('class="bar" x="')[1:]]
    assert lefts[0] == 0
    assert lefts[1] > 0


def test_the_sheet_cannot_start_a_formula() -> None:
    record = series(("=HYPERLINK(1)", "-1.5", "%"), ("二月", "2", "%"))
    record["citations"][0]["title"] = "@sum"
    rows = list(csv.reader(io.StringIO(series_csv(record))))
    assert rows[0][:4] == ["label", "value", "unit", "n"]
    assert rows[1][0] == "'=HYPERLINK(1)"
    assert rows[1][1] == "-1.5"
    assert rows[1][4] == "'@sum"
