"""The report: whole, escaped, and nothing fetched from anywhere."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from eval.report import html_report, status
from eval.results import Results, Row

EVIL = "<script>alert(1)</script>\"'&<img src=x onerror=alert(2)>"


class Reader(HTMLParser):
    """Tags that are open at the end, and what each tag was."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "input", "rect", "line"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def row(number: int, verdict: str, text: str = "答案120.98亿元[1]") -> Row:
    return Row(
        id=f"q{number}",
        kind="figure",
        language="zh",
        question=f"{number}问 {text}",
        gold=text,
        verdict=verdict,
        text=text,
        short=text,
        calculation=text,
        history=[text],
        evidence=["完成120.98亿元"],
        citations=[
            {
                "n": 1,
                "title": text,
                "source": text,
                "quote": f"累计完成120.98亿元{text}",
                "supports": True,
            }
        ],
        found=[{"title": text, "source": text, "text": text, "gold": False, "score": 1.5}],
        scores={"correct": float(verdict == "correct"), "hit@1": 1.0, "hit@5": 1.0},
        unsupported=[text] if verdict == "incorrect" else [],
        figures=2,
        seconds=0.02 * number,
        note=text,
    )


def read(results: Results) -> Reader:
    reader = Reader()
    reader.feed(html_report(results))
    reader.close()
    return reader


@pytest.fixture
def results() -> Results:
    rows = [row(1, "correct"), row(2, "incorrect", EVIL), row(3, "refused")]
    return Results({"name": EVIL, "index": EVIL, "commit": "abc"}, rows)


def test_the_page_is_well_formed_and_everything_is_escaped(results: Results) -> None:
    reader = read(results)
    assert reader.open == []
    names = [tag for tag, _ in reader.tags]
    assert names.count("script") == 1
    assert "img" not in names
    assert not any(name.startswith("on") for _, attrs in reader.tags for name in attrs)
    assert any("alert(1)" in text for text in reader.text)


def test_nothing_is_loaded(results: Results) -> None:
    page = html_report(results)
    reader = read(results)
    assert not re.search(r"https?:|//[a-z]|@import|url\(", page.replace("// ", ""))
    assert not any("src" in attrs or tag == "link" for tag, attrs in reader.tags)
    hrefs = [attrs["href"] for tag, attrs in reader.tags if tag == "a"]
    assert hrefs
    assert all(href is not None and href.startswith("#q") for href in hrefs)
    policy = [attrs["content"] for tag, attrs in reader.tags if "http-equiv" in attrs]
    assert policy
    assert policy[0] is not None
    assert policy[0].startswith("default-src 'none'")


def test_every_question_is_there_with_its_verdict_and_links(results: Results) -> None:
    reader = read(results)
    shown = [attrs["data-verdict"] for tag, attrs in reader.tags if tag == "details"]
    assert shown == ["correct", "incorrect unsupported", "refused"]
    ids = {attrs["id"] for _, attrs in reader.tags if "id" in attrs}
    links = [attrs["href"] for tag, attrs in reader.tags if tag == "a"]
    assert all(link is not None and link[1:] in ids for link in links)
    assert "<mark>完成120.98亿元</mark>" in html_report(results)


def test_bars_fill_their_track(results: Results) -> None:
    reader = read(results)
    bars = [
        float(attrs["width"] or 0)
        for tag, attrs in reader.tags
        if tag == "rect" and attrs.get("class") in {"good", "mid", "bad"}
    ]
    assert sum(bars) == pytest.approx(100, abs=0.1)


def test_searching_and_reading_have_their_own_words() -> None:
    searched = Row("a", "query", "en", "?", "d1", scores={"hit@1": 0.0, "hit@5": 1.0})
    exact = Row("b", "reading", "zh", "?", "x", scores={"cmrc_em": 1.0, "cmrc_f1": 1.0})
    partly = Row("c", "reading", "zh", "?", "x", scores={"cmrc_em": 0.0, "cmrc_f1": 0.5})
    assert (status(searched), status(exact), status(partly)) == ("refused", "correct", "refused")
    page = html_report(Results({"name": "reading"}, [exact, partly]))
    assert "partly" in page
    assert "exact" in page


def test_a_run_without_questions_has_a_page() -> None:
    assert read(Results({"name": "nothing"}, [])).open == []
