"""A question's words are weighed by what they are, and found in a text in more forms than one."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.question import analyse
from qa.terms import Level, Term, coverage, found, weigh


def even(_: str) -> float:
    return 1.0


def weights(question: str, idf: Callable[[str], float] = even) -> dict[str, float]:
    return {t.text: t.weight for t in weigh(analyse(question), idf)}


def term(question: str, text: str) -> Term:
    return next(t for t in weigh(analyse(question), even) if t.text == text)


def test_the_weights_are_shares() -> None:
    assert sum(weights("云岭高新区2022年发明专利授权量是多少？").values()) == pytest.approx(1)


def test_nothing_asked_weighs_nothing() -> None:
    assert weigh(analyse("？"), even) == ()


def test_rare_words_weigh_more() -> None:
    both = weights("绿藻项目", lambda word: 5.0 if word == "绿藻" else 1.0)
    assert both["绿藻"] > both["项目"]


def test_a_named_thing_weighs_more_than_a_plain_one() -> None:
    both = weights("“一站办”政策是什么")
    assert both["一站办"] > both["政策"]


def test_words_that_only_shade_weigh_little() -> None:
    both = weights("目前专利保有量是多少")
    assert both["专利"] > both["保有量"]


def test_the_scene_weighs_less_than_what_is_asked() -> None:
    asked = weigh(analyse("集中签约，总投资是多少？"), even)
    scene = next(t for t in asked if t.text == "签约")
    assert scene.light
    assert scene.weight < next(t for t in asked if t.text == "投资").weight


@pytest.mark.parametrize(
    ("question", "word", "text"),
    [
        ("有多少家高新技术企业？", "高新技术企业", "全市高企达到300家"),
        ("共有多少名员工？", "员工", "公司现有职工三千人"),
        ("活动何时举行？", "举行", "展会9月召开"),
        ("固定资产投资是多少？", "固定资产投资", "固投增长一成"),
    ],
)
def test_another_word_for_it_is_nearly_as_good(question: str, word: str, text: str) -> None:
    asked = term(question, word)
    assert 0 < found(asked, text) < found(asked, word) == 1


@pytest.mark.parametrize(
    ("word", "text", "held"),
    [
        ("工业增加值", "工业增加值85亿元", True),
        ("专利授权", "授权专利308件", True),
        ("税收", "出口大增", False),
        ("院士", "医院的护士", False),
    ],
)
def test_long_words_are_found_in_parts(word: str, text: str, held: bool) -> None:
    assert (found(Term(word, 1.0), text) > 0) is held


def test_a_name_is_found_whole_or_not_at_all() -> None:
    line = term("3号线什么时候开通？", "3号线")
    assert line.exact
    assert found(line, "地铁3号线开通") == 1
    assert found(line, "地铁13号楼在1号线旁") == 0


def test_a_company_is_known_by_the_core_of_its_name() -> None:
    named = Term("海岚公司", 1.0, ("海岚",), exact=True)
    assert found(named, "海岚科技落户") > 0


def test_each_term_counts_where_it_is_worth_most() -> None:
    terms = (Term("税收", 0.5), Term("出口", 0.5))
    near, article = Level("税收", 1.0), Level("税收和出口", 0.3)
    covered, missing = coverage(terms, [near, article])
    assert covered == pytest.approx(0.65)
    assert missing == 0


def test_what_stands_nowhere_is_missing() -> None:
    terms = (Term("税收", 0.7), Term("出口", 0.3))
    covered, missing = coverage(terms, [Level("税收", 1.0), Level("税收", 0.3)])
    assert covered == pytest.approx(0.7)
    assert missing == pytest.approx(0.3)


def test_what_is_said_of_line_3_is_not_said_of_line_1() -> None:
    terms = (Term("1号线", 0.5, exact=True), Term("开通", 0.5))
    _, missing = coverage(terms, [Level("3号线开通", 1.0), Level("3号线和1号线", 0.3)])
    assert missing == 1


@given(
    st.lists(st.text("税收出口专利授权量申请3", min_size=1, max_size=5), min_size=1, max_size=5),
    st.lists(st.text("税收出口专利授权量申请3", max_size=12), min_size=1, max_size=4),
)
@settings(max_examples=150, deadline=None)
def test_coverage_is_a_share(words: list[str], texts: list[str]) -> None:
    terms = [Term(w, 1 / len(words)) for w in words]
    levels = [Level(t, 1 - 0.2 * i) for i, t in enumerate(texts)]
    covered, missing = coverage(terms, levels)
    assert 0 <= covered <= 1 + 1e-9
    assert missing >= 0
    more, _ = coverage(terms, [*levels, Level("".join(words), 1.0)])
    assert more >= covered - 1e-9
    assert more == pytest.approx(1)
