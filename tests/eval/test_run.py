"""Rows, dialogues, and runs that stop and go on."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from pathlib import Path

import pytest

from eval.gold import Gold, GoldFinder
from eval.provenance import commit, content_of, fingerprint
from eval.questions import Question
from eval.results import Results, Row
from eval.run import Dialogues, gold_shorts, judge, run_all, run_question, sample
from qa.records import Answer
from tests.eval.house import Scripted, Shelf, article, cut, question, said

TEXT = "前言在此处。完成120.98亿元，增长13.2%。另有66个项目。"


@pytest.fixture
def shelf() -> Shelf:
    one = article(TEXT)
    return Shelf({"a1": (one, cut(one, 6, 18))})


def asked(**more: object) -> Question:
    return question(
        "多少", "120.98亿元", sources=("page.txt",), evidence=("完成120.98亿元",), **more
    )


def test_a_right_answer_found_second(shelf: Shelf) -> None:
    hits = [shelf.hit(0), shelf.hit(1), shelf.hit(2)]
    answer = said("完成120.98亿元[1]。", hits[1], "完成120.98亿元，增长13.2%。", "120.98亿元")
    finder = GoldFinder(shelf)
    bot = Scripted({"多少": hits}, {"多少": answer})
    row = run_question(asked(), finder.find(asked()), bot, Dialogues(bot))
    assert row.verdict == "correct"
    assert row.scores["hit@1"] == 0
    assert row.scores["hit@5"] == row.scores["recall@5"] == 1
    assert row.scores["mrr"] == 0.5
    assert row.scores["ndcg@10"] == pytest.approx(1 / math.log2(3))
    assert row.scores["em"] == row.scores["f1"] == 1
    assert row.scores["citation_precision"] == row.scores["citation_recall"] == 1
    assert (row.figures, row.unsupported) == (2, [])
    assert [hit["gold"] for hit in row.found] == [False, True, False]
    assert row.seconds is not None


def test_a_wrong_answer_with_a_citation_beside_the_point(shelf: Shelf) -> None:
    answer = said("66个[1]", shelf.hit(2), "另有66个项目。", "66个")
    row = judge(asked(), Gold((frozenset({"a1-1"}),)), [], answer)
    assert row.verdict == "incorrect"
    assert row.scores["hit@5"] == row.scores["ndcg@10"] == 0
    assert row.scores["citation_precision"] == row.scores["citation_recall"] == 0
    assert "refusal_precision" not in row.scores


def test_a_refusal_keeps_its_place_in_every_denominator() -> None:
    row = judge(asked(), Gold((frozenset({"a1-1"}),)), [], Answer("", "没有说", "", False))
    assert row.verdict == "refused"
    assert row.scores["correct"] == row.scores["em"] == row.scores["citation_recall"] == 0
    assert row.scores["refusal_precision"] == 0
    assert "refusal_recall" not in row.scores


def test_what_the_articles_do_not_say() -> None:
    unanswerable = Question("u", "市值", answerable=False)
    right = judge(unanswerable, Gold(), [], Answer("", "没有说", "", False))
    assert right.verdict == "correct"
    assert right.scores == {"correct": 1, "refusal_recall": 1, "refusal_precision": 1}
    wrong = judge(unanswerable, Gold(), [], Answer("", "5亿元", "5亿元", True))
    assert wrong.verdict == "incorrect"
    assert wrong.scores == {"correct": 0, "refusal_recall": 0, "citation_precision": 0}


def test_a_lost_span_counts_as_not_found_and_is_noted(shelf: Shelf) -> None:
    row = judge(asked(), Gold((frozenset(),)), [shelf.hit(0)], None)
    assert row.scores["hit@5"] == 0
    assert "not in its article" in row.note
    assert row.verdict == ""


def test_short_answers_of_several_groups() -> None:
    two = question("?", "16个", "122亿元")
    assert gold_shorts(two) == ["16个、122亿元"]
    assert gold_shorts(Question("q", "?", accept=(("a", "b"),))) == ["a", "b"]
    assert gold_shorts(Question("q", "?", accept=(("a",),), answer="c")) == ["c"]


def test_a_followup_has_a_real_dialogue_before_it() -> None:
    answers = {
        "一": Answer("一", "答一", "", True),
        "二": Answer("二", "答二", "", True),
        "三": Answer("三", "120.98亿元", "", True),
    }
    bot = Scripted(answers=answers)
    dialogues = Dialogues(bot)
    third = question("三", "120.98亿元", history=("一", "二"))
    dialogues.ask(third)
    dialogues.ask(third)
    assert [text for text, _ in bot.asked] == ["一", "二", "三", "三"]
    assert bot.asked[1][1] == [
        {"role": "user", "content": "一"},
        {"role": "assistant", "content": "答一"},
    ]
    assert len(bot.asked[3][1]) == 4


def rows_for(questions: list[Question], partial: Path, *, stop_after: int | None = None):
    done: list[str] = []

    def one(item: Question) -> Row:
        if stop_after is not None and len(done) == stop_after:
            raise KeyboardInterrupt
        done.append(item.id)
        return Row(item.id, "k", "zh", item.text, item.gold, scores={"correct": 1.0})

    return run_all(questions, one, partial=partial, quiet=True), done


def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    questions = [question(f"问{n}", "x", id=f"q{n}") for n in range(5)]
    partial = tmp_path / "deep" / "partial.jsonl"
    with pytest.raises(KeyboardInterrupt):
        rows_for(questions, partial, stop_after=3)
    assert len(partial.read_text("utf-8").splitlines()) == 3
    # A line that the interruption cut off is done again
    with partial.open("a", encoding="utf-8") as out:
        out.write('{"id": "q3", "ki')
    rows, done = rows_for(questions, partial)
    assert done == ["q3", "q4"]
    assert [row.id for row in rows] == ["q0", "q1", "q2", "q3", "q4"]
    assert [json.loads(line)["id"] for line in partial.read_text("utf-8").splitlines()] == [
        row.id for row in rows
    ]


def test_a_sample_is_the_same_every_time_and_in_order() -> None:
    questions = [question(f"问{n}", "x", id=f"q{n:02d}") for n in range(40)]
    first = sample(questions, 10)
    assert first == sample(questions, 10)
    assert len({item.id for item in first}) == 10
    assert [item.id for item in first] == sorted(item.id for item in first)
    assert sample(questions, 99) == sample(questions, None) == questions


def test_hashes_tell_content_apart() -> None:
    one, other = Shelf.of(article("甲乙")), Shelf.of(article("甲丙"))
    assert content_of(one) == content_of(Shelf.of(article("甲乙")))
    assert content_of(one) != content_of(other)
    assert fingerprint("a", "b") != fingerprint("ab", "")
    assert commit()


def test_a_row_is_plain_json(shelf: Shelf) -> None:
    answer = said("完成120.98亿元[1]。", shelf.hit(1), "完成120.98亿元，增长13.2%。")
    row = judge(asked(), Gold((frozenset({"a1-1"}),)), [shelf.hit(1)], answer)
    assert Results({}, [Row(**json.loads(json.dumps(asdict(row))))]).rows == [row]
