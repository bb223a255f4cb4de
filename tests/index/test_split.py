"""Passages lie exactly in their article and leave nothing out."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.records import Block, Period
from index.split import SHORT, header, split, with_header
from tests.conftest import article

texts = st.text(alphabet="高新区产值12.5%，。；！？”、,. \n…a", max_size=400)


@given(texts, st.integers(1, 60))
@example("同一段。\n同一段。\n同一段。", 5)
@settings(deadline=None, max_examples=150)
def test_passages_lie_where_they_say_and_cover_the_article(text, size):
    passages = split(article(text), size)
    covered: set[int] = set()
    for passage in passages:
        assert text[passage.start : passage.end] == passage.text
        assert passage.text == passage.text.strip() != ""
        assert len(passage.text) <= size + SHORT
        span = set(range(passage.start, passage.end))
        assert not span & covered
        covered |= span
    assert {i for i, char in enumerate(text) if not char.isspace()} <= covered
    assert len({p.id for p in passages}) == len(passages)


def test_sentences_are_not_cut_where_it_can_be_avoided():
    sentence = "园区上半年完成工业总产值一百二十亿元，同比增长百分之七点一。"
    passages = split(article(sentence * 20), 100)
    assert len(passages) > 4
    assert all(p.text.endswith("。") and p.text.startswith("园区") for p in passages)


def test_a_closing_quote_stays_with_its_sentence():
    text = "他说：“我们要把园区建成全省最好的园区。”" * 12
    assert all(p.text.endswith("。”") for p in split(article(text), 90))


def test_a_figure_is_not_cut_at_its_comma_or_point():
    text = "共1,234.5万元," * 60
    assert all(p.text.startswith("共") for p in split(article(text), 80))


def test_a_subheading_stays_with_what_it_heads():
    body = "园区经济保持平稳。" * 12
    text = f"{body}\n招商引资\n{body}"
    at = len(body) + 1
    blocks = (
        Block("body", 0, len(body)),
        Block("heading", at, at + 4),
        Block("body", at + 5, len(text)),
    )
    starts = [p.text[:4] for p in split(article(text, blocks=blocks), 150)]
    assert starts == ["园区经济", "招商引资"]


def test_the_header_is_embedded_but_not_shown():
    from dataclasses import replace

    whole = replace(
        article("产值增长。", title="清远高新区成绩单"),
        outlet="清远日报",
        published=Period.months(2020, 7, 7),
    )
    (passage,) = split(whole)
    assert header(whole) == "清远高新区成绩单 · 清远日报 · 2020年7月"
    assert with_header(whole, passage) == f"{header(whole)}\n产值增长。"
    assert passage.text == "产值增长。"
    assert with_header(article("产值增长。"), passage) == "产值增长。"


def test_an_impossible_size_is_named():
    with pytest.raises(ValueError, match="at most 0 characters"):
        split(article("字"), 0)
