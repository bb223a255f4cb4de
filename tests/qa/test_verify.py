"""An answer is held to its citations: what they do not state is found."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from index.quantities import numbers_in
from index.records import Article, Passage, Period
from qa.records import Answer, Citation
from qa.verify import problems

TEXT = "去年，某园区产值120.98亿元，同比增长113.2%。依据《园区条例》办理。"
ARTICLE = Article(
    "a", "园区去年成绩", "", "", Period(date(2025, 2, 1), date(2025, 2, 1)), TEXT, "a.txt"
)
PASSAGE = Passage("a#0", "a", TEXT, 0, len(TEXT))
FIRST = Citation(1, PASSAGE, ARTICLE, 0, TEXT.index("。") + 1)


def answer(text: str, *citations: Citation, calculation: str = "", answered: bool = True) -> Answer:
    return Answer("产值是多少", text, "", answered, citations or (FIRST,), calculation=calculation)


def test_a_stated_figure_passes() -> None:
    assert problems(answer("产值120.98亿元 [1]")) == []


def test_a_changed_figure_is_found() -> None:
    assert problems(answer("产值120.89亿元 [1]")) == ["120.89 is not in what is cited for it"]


def test_a_number_inside_a_longer_one_is_not_that_number() -> None:
    assert problems(answer("增长13.2% [1]")) == ["13.2 is not in what is cited for it"]


def test_a_figure_without_a_mark_is_found() -> None:
    assert problems(answer("见下\n产值120.98亿元")) == ["120.98 is not in what is cited for it"]


def test_a_mark_without_a_citation_is_found() -> None:
    assert problems(answer("产值120.98亿元 [1][2]")) == ["mark [2] has no citation"]


def test_a_citation_out_of_order_is_found() -> None:
    assert problems(answer("产值 [1]", replace(FIRST, n=2))) == ["citation 2 is number 1"]


def test_a_title_must_be_cited() -> None:
    assert problems(answer("依据《城市条例》 [1]")) == [
        "《城市条例》 is not in what is cited for it"
    ]


def test_an_answer_needs_a_citation() -> None:
    assert problems(Answer("问", "好", "", True)) == ["an answer without a citation"]


def test_a_calculation_may_use_only_what_is_stated() -> None:
    right = answer("120.98 − 113.2 = 7.78 [1]", calculation="120.98 − 113.2 = 7.78")
    wrong = answer("120.98 − 20 = 100.98 [1]", calculation="120.98 − 20 = 100.98")
    assert problems(right) == []
    assert problems(wrong) == ["the calculation uses 20, which no citation states"]


def test_the_year_of_a_dated_article_may_be_said() -> None:
    assert problems(answer("2025年的报道：产值120.98亿元 [1]")) == []
    assert problems(answer("2023年：产值120.98亿元 [1]")) == ["2023 is not in what is cited for it"]


@given(st.integers(0, 10**9))
def test_any_figure_that_is_not_stated_is_found(value: int) -> None:
    stated = numbers_in(TEXT) | {"2025"}
    found = problems(answer(f"产值{value}亿元 [1]"))
    assert bool(found) == (str(value) not in stated)
