"""Where answers stand, and what happens where they do not."""

from __future__ import annotations

import pytest

from eval.gold import GoldError, GoldFinder, check_gold
from tests.eval.house import Shelf, article, cut, question

TEXT = "前言。完成 120.98亿元，增长13.2%。\n另有66个项目。"


def test_a_span_is_found_whatever_its_width_and_blanks() -> None:
    one = article(TEXT)
    shelf = Shelf({"a1": (one, cut(one, 3, 20))})
    finder = GoldFinder(shelf)
    gold = finder.find(
        question("?", "x", sources=("page.txt",), evidence=("完成１２０.98亿元,增长",))
    )
    assert gold.spans == (frozenset({"a1-1"}),)


def test_a_span_over_a_cut_belongs_to_both_sides() -> None:
    one = article(TEXT)
    shelf = Shelf({"a1": (one, cut(one, 10))})
    gold = GoldFinder(shelf).find(question("?", "x", evidence=("完成120.98亿元",)))
    assert gold.passages == {"a1-0", "a1-1"}


def test_only_gold_sources_count() -> None:
    shelf = Shelf.of(article(TEXT, "a1"), article(TEXT, "a2", source="other.txt:1-9"))
    asked = question("?", "x", sources=("other.txt",), evidence=("66个",))
    assert GoldFinder(shelf).find(asked).passages == {"a2-0"}
    anywhere = question("?", "x", evidence=("66个",))
    assert GoldFinder(shelf).find(anywhere).passages == {"a1-0", "a2-0"}


def test_without_evidence_the_whole_source_is_gold() -> None:
    one = article(TEXT)
    shelf = Shelf({"a1": (one, cut(one, 5, 5))})
    gold = GoldFinder(shelf).find(question("?", "x", sources=("a1",)))
    assert gold.passages == {"a1-0", "a1-1", "a1-2"}


def test_a_headline_is_gold_with_its_article() -> None:
    shelf = Shelf.of(article(TEXT, title="签约129个项目"))
    assert GoldFinder(shelf).find(question("?", "x", evidence=("129个",))).passages == {"a1-0"}


def test_a_span_that_is_nowhere_has_no_passage() -> None:
    shelf = Shelf.of(article(TEXT))
    gold = GoldFinder(shelf).find(question("?", "x", evidence=("不在这里", "66个")))
    assert gold.spans == (frozenset(), frozenset({"a1-0"}))


def test_a_missing_page_is_an_error_not_a_smaller_denominator() -> None:
    finder = GoldFinder(Shelf.of(article(TEXT)))
    there = question("?", "x", sources=("page.txt", "page.txt:1-9", "a1"))
    check_gold(finder, [there])
    lost = question("?", "x", id="q7", sources=("lost.txt",))
    with pytest.raises(GoldError, match=r"q7: lost\.txt"):
        check_gold(finder, [there, lost])
