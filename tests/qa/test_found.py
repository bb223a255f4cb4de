"""Spans that the reader found, brought to the form of an answer."""

import pytest

from index.sentences import read_sentences
from qa.found import bounded, clauses_around, read_candidates
from qa.question import analyse
from qa.reader.read import Span
from tests.conftest import article


@pytest.mark.parametrize(
    ("text", "span", "answer"),
    [
        ("作者是李守成，", "是李守成，", "李守成"),
        ("《星海：远航》是《星海：启程》的续作。", "启程》", "《星海：启程》"),
        ("他来到“云岭文明驿站”。", "文明驿站", "“云岭文明驿站”"),
        ("建于县城（老街口", "县城", "县城"),
    ],
)
def test_a_span_has_whole_names_and_no_stops_at_its_ends(text: str, span: str, answer: str) -> None:
    start = text.rindex(span)
    first, last = bounded(text, start, start + len(span))
    assert text[first:last] in {answer, answer.strip("“”")}


def found(question: str, text: str, span: str) -> list[str]:
    [sentence] = read_sentences(article(text))
    start = text.index(span)
    spans = [Span(start, start + len(span), 3.0)]
    return [c.text for c in read_candidates(analyse(question), text, sentence, spans, [])]


def test_the_words_of_the_question_are_no_answer() -> None:
    text = "云岭大桥由县令李守成修建。"
    assert found("云岭大桥是谁修的？", text, "云岭大桥") == []
    assert found("云岭大桥是谁修的？", text, "李守成") == ["李守成"]


def test_where_somebody_comes_from_is_told_by_rules_alone() -> None:
    assert found("李守成是哪里人？", "总裁李守成说得很快。", "总裁") == []


def test_clauses_around_a_span_are_whole() -> None:
    text = "因为下雨，比赛推迟，改在周日举行。"
    [sentence] = read_sentences(article(text))
    start = text.index("推迟")
    first, last = clauses_around(text, sentence, start, start + 2)
    assert text[first:last] == "比赛推迟"
