"""Terms and BM25: Chinese search must be alive, and folding must not move an offset."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from index.lexical import fold, terms


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
