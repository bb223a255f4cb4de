"""Terms and BM25: Chinese search must be alive, and folding must not move an offset."""

from __future__ import annotations

import math
import shutil
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.lexical import K1, B, Lexical, best, fold, terms


@given(st.text())
@settings(deadline=None, max_examples=200)
def test_folding_keeps_every_offset(text):
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


def test_folding_unites_scripts_widths_and_case():
    assert fold("臺灣ＧＤＰ增長７．５％　㎡①") == "台湾gdp增长7.5% ㎡①"


def test_numbers_stay_whole():
    found = terms("完成工业增加值120.98亿元，出口1,234.5万美元，２０２４年5G基站")
    assert {"120.98", "1234.5", "2024", "5g"} <= set(found)
    assert "98" not in found


def test_words_and_bigrams_stand_together():
    found = terms("清远高新区")
    assert {"清远", "远高", "高新", "新区", "高新区"} <= set(found)


def test_traditional_and_simplified_share_their_terms():
    assert terms("臺灣經濟發展") == terms("台湾经济发展")


@given(st.text(alphabet="清远高新区工业1234567890.,% abcＡ，。年", max_size=60))
@settings(deadline=None, max_examples=100)
def test_every_term_is_of_the_text(text):
    copy = fold(text).replace(",", "")
    assert all(term in copy for term in terms(text))


DOCUMENTS = [
    "清远高新区2024年工业增加值完成120.98亿元",
    "沈阳高新区机器人产业集聚",
    "江阴的樱花开了，市民前来踏青",
    "清远高新区上半年工业增加值26.37亿元",
]


@pytest.fixture(scope="module")
def lexical():
    return Lexical.build([terms(text) for text in DOCUMENTS])


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("沈阳的机器人产业怎么样", 1),
        ("江陰的櫻花", 2),
        ("清远2024年工业增加值是多少", 0),
        ("哪里达到26.37亿元", 3),
    ],
)
def test_chinese_search_is_alive(lexical, question, row):
    rows, scores = lexical.search(terms(question), 4)
    assert rows[0] == row
    assert scores[0] > 0
    assert list(scores) == sorted(scores, reverse=True)


def test_what_shares_no_term_is_not_found(lexical):
    rows, _ = lexical.search(terms("量子计算机"), 4)
    assert len(rows) == 0
    assert not lexical.scores([]).any()


def test_a_mask_bounds_what_is_found(lexical):
    mask = np.array([False, True, True, True])
    rows, _ = lexical.search(terms("清远高新区工业增加值"), 4, mask)
    assert rows[0] == 3
    assert 0 not in rows


def test_scores_are_those_of_the_formula(lexical):
    counts = [Counter(terms(text)) for text in DOCUMENTS]
    mean = sum(c.total() for c in counts) / len(counts)
    query = terms("清远高新区工业")
    expected = [
        sum(
            lexical.idf(t) * c[t] / (c[t] + K1 * (1 - B + B * c.total() / mean))
            for t in query
            if c[t]
        )
        for c in counts
    ]
    assert np.allclose(lexical.scores(query), expected, atol=1e-5)


def test_idf_is_that_of_the_formula(lexical):
    assert lexical.idf("樱花") == pytest.approx(math.log1p(3.5 / 1.5))
    assert lexical.idf("没有这个词") > lexical.idf("樱花") > lexical.idf("高新区")


def test_saved_and_opened_it_finds_the_same(lexical, tmp_path):
    lexical.save(tmp_path / "索引")
    opened = Lexical.open(tmp_path / "索引")
    for text in DOCUMENTS:
        assert np.array_equal(opened.scores(terms(text)), lexical.scores(terms(text)))
    assert len(opened) == 4
    assert not list((tmp_path / "索引").glob("*.pkl"))


def test_an_opened_index_outlives_its_files(lexical, tmp_path):
    lexical.save(tmp_path / "lexical")
    opened = Lexical.open(tmp_path / "lexical")
    shutil.rmtree(tmp_path / "lexical")
    assert opened.search(terms("樱花"), 1)[0][0] == 2


def test_passages_without_a_term_are_an_error():
    with pytest.raises(ValueError, match="no searchable term in 1 passages"):
        Lexical.build([[]])


@given(st.lists(st.sampled_from([0.0, 0.5, 1.0, 2.0]), max_size=12), st.integers(0, 14))
@settings(deadline=None, max_examples=60)
def test_best_equals_sorting_everything(values, k):
    scores = np.array(values, np.float32)
    order = sorted((-v, row) for row, v in enumerate(values) if v > 0)[:k]
    rows, found = best(scores, k)
    assert rows.tolist() == [row for _, row in order]
    assert found.tolist() == [-v for v, _ in order]
