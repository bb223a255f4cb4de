"""Trust grows with what speaks for evidence and falls with what a rival says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.question import analyse
from qa.trust import NAMES, WEIGHTS, Group, group_of, signs, total, trust

SHARE = st.floats(0, 1)
ODDS = st.floats(-30, 30)


@pytest.mark.parametrize(
    ("question", "group"),
    [("税收是多少？", "figure"), ("书记是谁？", "span"), ("为什么推迟？", "sentence")],
)
def test_each_kind_of_answer_has_its_weights(question: str, group: Group) -> None:
    assert group_of(analyse(question)) == group
    assert len(WEIGHTS[group].signs) == len(NAMES)


@given(st.sampled_from(list(WEIGHTS)), SHARE, SHARE, ODDS, ODDS, SHARE, st.booleans())
def test_trust_is_a_likelihood(
    group: Group, fit: float, missing: float, odds: float, best: float, sort: float, read: bool
) -> None:
    own = total(group, signs(fit, missing, odds, best, sort, read=read))
    assert 0 < trust(group, own, None) < 1
    assert trust(group, own, own) <= trust(group, own, own - 1) <= trust(group, own, None)


@given(st.sampled_from(list(WEIGHTS)), SHARE, SHARE, ODDS)
def test_what_fits_better_is_trusted_more(
    group: Group, one: float, two: float, odds: float
) -> None:
    low, high = sorted((one, two))
    sums = [total(group, signs(fit, 0.1, odds, odds, 1.0, read=False)) for fit in (low, high)]
    assert sums[0] <= sums[1]
