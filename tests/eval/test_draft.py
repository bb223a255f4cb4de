"""Drafted questions: whole lines of the format, spread over the articles, never overwriting."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from eval.draft import (
    Draft,
    clause,
    date_drafts,
    draft_command,
    draft_rows,
    figure_drafts,
    missing_drafts,
)
from eval.prepare import PrepareError
from eval.questions import parse_question
from index.records import Article, Figure, Period
from tests.eval.house import article

TEXT = (
    "2024年，某高新区完成工业增加值120.98亿元，同比增长13.2%。新增项目66个。"
    "4月30日，某高新区发布人才办法。"
)


@pytest.fixture
def page() -> Article:
    day = date(2025, 2, 17)
    return article(TEXT, source="2025/p.txt:3-9", published=Period(day, day))


def stated(of: Article, written: str, measure: str, unit: str, year: int = 2024) -> Figure:
    start = of.text.index(written)
    number = Decimal(written.removesuffix(unit))
    end = start + len(written)
    return Figure("某高新区", measure, Period.year(year), number, unit, None, "p", start, end)


def test_a_clause_or_its_sentence() -> None:
    start = TEXT.index("120.98")
    assert clause(TEXT, start, start + 6) == "某高新区完成工业增加值120.98亿元"
    start = TEXT.index("66")
    assert clause(TEXT, start, start + 2, least=4) == "新增项目66个"
    assert clause("共5个。", 1, 2) == "共5个"


def test_figures_become_questions_with_gold_and_evidence(page: Article) -> None:
    figures = [
        stated(page, "120.98亿元", "工业增加值", "亿元"),
        stated(page, "66个", "新增项目", "个"),
    ]
    first, second = figure_drafts(page, figures)
    assert first.row["question"] == "某高新区2024年工业增加值是多少？"
    assert second.row["question"] == "某高新区2024年新增项目有多少个？"
    question = parse_question({"id": "d", "type": first.kind, **first.row}, "d")
    assert question.accept == (("120.98亿元",),)
    assert question.sources == ("2025/p.txt",)
    assert question.evidence[0] in page.text


def test_a_figure_that_is_stated_twice_makes_no_question(page: Article) -> None:
    twice = [stated(page, "120.98亿元", "工业增加值", "亿元")] * 2
    assert list(figure_drafts(page, twice)) == []


def test_refusals_ask_for_a_year_of_which_nothing_is_said(page: Article) -> None:
    figures = [
        stated(page, "120.98亿元", "工业增加值", "亿元"),
        stated(page, "66个", "新增项目", "个", 2026),
    ]
    asked = [draft.row["question"] for draft in missing_drafts(page, figures)]
    assert asked[0] == "某高新区2028年工业增加值是多少？"
    assert all(not parse_question(d.row, "d").answerable for d in missing_drafts(page, figures))


def test_dated_clauses_become_questions(page: Article) -> None:
    (draft,) = date_drafts(page)
    assert draft.row["question"] == "某高新区发布人才办法是在什么时候？"
    assert draft.row["accept"] == [["4月30日"]]


def draft(kind: str, number: int, of: str) -> Draft:
    return Draft(kind, of, {"question": f"{kind}{of}{number}"})


def test_articles_take_turns_and_kinds_have_their_share() -> None:
    drafts = [
        draft(kind, n, of)
        for kind in ("figure", "who", "when", "unanswerable")
        for of in "abc"
        for n in range(9)
    ]
    rows = draft_rows(drafts, 24)
    assert rows == draft_rows(drafts, 24)
    kinds = [row["type"] for row in rows]
    assert [kinds.count(k) for k in ("figure", "who", "when", "unanswerable")] == [12, 4, 4, 4]
    figures = [str(row["question"])[6] for row in rows if row["type"] == "figure"]
    assert sorted(figures[:3]) == ["a", "b", "c"]
    assert len({row["id"] for row in rows}) == 24
    assert len(draft_rows(drafts[:5], 24)) == 5


def test_corrections_are_not_overwritten(tmp_path: Path) -> None:
    mine = tmp_path / "mine.jsonl"
    mine.write_text("corrected", "utf-8")
    with pytest.raises(PrepareError, match="not overwritten"):
        draft_command(["--index", str(tmp_path), "--out", str(mine)])
    with pytest.raises(PrepareError, match="no index there"):
        draft_command(["--index", str(tmp_path / "none")])
    assert mine.read_text("utf-8") == "corrected"
