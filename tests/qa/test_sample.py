"""The bundled questions over the bundled articles and model: nothing gets worse in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.citations import check_figures
from eval.grade import grade
from eval.prepare import ARTICLES, QUESTIONS
from eval.questions import Question, load_questions
from eval.run import Dialogues
from index import build_index
from qa import Answer, Bot

LEAST_RIGHT = 0.85
MOST_WRONG_ANSWERED = 0.1  # of the questions that the articles do not answer


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Question, Answer, str]]:
    """Every bundled question with its answer and its grade."""
    path: Path = tmp_path_factory.mktemp("sample") / "index"
    build_index(ARTICLES, path).close()
    bot = Bot.open(path)
    dialogues = Dialogues(bot)
    rows: list[tuple[Question, Answer, str]] = []
    for question in load_questions(QUESTIONS):
        answer, _ = dialogues.ask(question)
        rows.append((question, answer, str(grade(question, answer))))
    assert bot.retriever is not None
    bot.retriever.index.close()
    return rows


def test_most_are_right(graded: list[tuple[Question, Answer, str]]) -> None:
    assert len(graded) >= 150
    wrong = [
        f"{q.id} {q.text}: {a.short or a.text}" for q, a, verdict in graded if verdict != "correct"
    ]
    assert len(wrong) <= (1 - LEAST_RIGHT) * len(graded), "\n".join(wrong)


def test_no_answer_has_a_figure_that_is_not_cited(
    graded: list[tuple[Question, Answer, str]],
) -> None:
    assert [
        (question.id, check_figures(question, answer).unsupported)
        for question, answer, _ in graded
        if check_figures(question, answer).unsupported
    ] == []


def test_what_the_articles_do_not_say_is_refused(
    graded: list[tuple[Question, Answer, str]],
) -> None:
    unanswerable = [(q, a) for q, a, _ in graded if not q.answerable]
    answered = [f"{q.id} {q.text}: {a.short}" for q, a in unanswerable if a.answered]
    assert len(answered) <= MOST_WRONG_ANSWERED * len(unanswerable), "\n".join(answered)


def test_every_citation_is_the_article_s_own_text(
    graded: list[tuple[Question, Answer, str]],
) -> None:
    for _, answer, _ in graded:
        for n, citation in enumerate(answer.citations, 1):
            assert citation.n == n
            assert citation.article.text[citation.start : citation.end] == citation.quote
