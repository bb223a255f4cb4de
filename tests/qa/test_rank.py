"""Features are shares, know the question's words, and are blind to script and width."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.records import Article, Passage
from qa.rank import NAMES, WEIGHTS, Folded, Query, asked, candidate


def features(
    question: str, text: str, whole: str | None = None, title: str = ""
) -> dict[str, float]:
    article = Article("a", title, "", "", None, whole or text, "a.txt:1-1")
    passage = Passage("a#1", "a", text, 0, len(text))
    one = candidate(passage, Folded.of(article), 0, 0.5, 0.25)
    (row,) = Query(question, lambda term: 1.0 + len(term)).features([one], 100.0)
    return dict(zip(NAMES, row.tolist(), strict=True))


def test_words_that_ask_are_not_looked_for():
    assert asked("清远工业增加值是多少") == asked("清远工业增加值是")
    assert not {"什么", "时候"} & set(asked("樱花什么时候开"))
    assert asked("什么") == ["什么", "什么"]  # nothing else was asked


def test_a_sentence_that_holds_all_scores_all():
    found = features("樱花开了", "江阴的樱花开了。市民踏青。")
    assert found["covered"] == found["sentence"] == found["pair"] == pytest.approx(1)
    assert found["quads"] == found["longest"] == 1


def test_two_sentences_together_hold_more_than_one():
    found = features("江阴樱花", "江阴今日回暖。樱花已经盛开。")
    assert found["sentence"] < found["pair"] <= found["covered"]
    apart = features("江阴樱花", "江阴今日回暖。市民踏青。樱花已经盛开。")
    assert apart["pair"] < apart["covered"]


def test_numbers_are_held_whole():
    assert features("2024年12家", "2024年有12家企业")["numbers"] == 1
    assert features("2024年12家", "2024年有120家企业")["numbers"] == 0.5
    assert features("12家", "2012年")["numbers"] == 0


def test_the_article_speaks_for_its_passage():
    found = features("清远樱花", "樱花开了。", whole="清远日报讯。樱花开了。", title="春天")
    assert found["whole"] > found["covered"]
    assert features("清远樱花", "樱花开了。", title="清远")["lead"] > found["covered"]


def test_script_and_width_make_no_difference():
    plain = features("清远高新区产值12亿", "清远高新区产值12亿元。")
    assert features("清遠高新區產值１２億", "清远高新区产值12亿元。") == plain
    assert features("清远高新区产值12亿", "清遠高新區產值１２億元。") == plain


texts = st.text(alphabet="清远高新区产值12.5。；？a 多少\n", max_size=60)


@given(texts, texts, texts)
@settings(deadline=None, max_examples=150)
def test_every_feature_is_a_share(question, text, title):
    found = features(question, text or "。", title=title)
    assert all(0 <= value <= 1 + 1e-6 for value in found.values())
    assert all(np.isfinite(list(found.values())))


def test_every_weight_is_of_a_feature():
    assert set(WEIGHTS) <= set(NAMES)
    assert WEIGHTS["bm25"] + WEIGHTS["article"] > WEIGHTS["cosine"] + WEIGHTS["kin"] > 0
