"""Public formats: SQuAD's, CMRC's own, BEIR's and RGB's."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from eval.benchmarks import (
    Paragraphs,
    load_beir,
    load_squad,
    ranked_articles,
    reading_row,
    search_row,
)
from eval.prepare import PrepareError
from eval.questions import Question
from eval.rgb import load_rgb, rgb_passages, rgb_right, rgb_row
from qa.records import Answer
from tests.eval.house import Shelf, article


def squad(tmp_path: Path, data: object) -> Paragraphs:
    path = tmp_path / "s.json"
    path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    return load_squad(path)


def paragraph(text: str, *asked: tuple[str, str, list[str]]) -> dict[str, object]:
    qas = [
        {"id": id_, "question": q, "answers": [{"text": a, "answer_start": 0} for a in answers]}
        for id_, q, answers in asked
    ]
    return {"context": text, "qas": qas}


def test_squad_form(tmp_path: Path) -> None:
    data = {
        "data": [
            {"title": "甲", "paragraphs": [paragraph("甲段", ("1", "问一", ["答", "答", "答案"]))]},
            {
                "title": "乙",
                "paragraphs": [
                    paragraph("乙段", ("2", "问二", ["乙"]), ("3", "Why?", [])),
                    paragraph("甲段", ("1", "问三", ["甲"])),
                ],
            },
        ]
    }
    found = squad(tmp_path, data)
    assert list(found.texts.values()) == ["甲段", "乙段"]
    assert [q.id for q in found.questions] == ["1", "2", "3", "1-3"]
    assert found.questions[0].accept == (("答", "答案"),)
    assert not found.questions[2].answerable
    assert found.questions[2].language == "en"
    # The same paragraph twice is one text, and home to the questions of both
    assert found.home["1"] == found.home["1-3"] != found.home["2"]


def test_cmrc_form(tmp_path: Path) -> None:
    data = [
        {
            "context_id": "T0",
            "context_text": "一段",
            "title": "标题",
            "qas": [{"query_id": "T0_Q0", "query_text": "问", "answers": ["答一", "答二"]}],
        }
    ]
    found = squad(tmp_path, data)
    assert found.questions[0].id == "T0_Q0"
    assert found.questions[0].accept == (("答一", "答二"),)
    assert found.texts[found.home["T0_Q0"]] == "一段"


@pytest.mark.parametrize("data", [{}, {"data": [{"paragraphs": [{}]}]}, [], 5])
def test_other_forms_are_named(tmp_path: Path, data: object) -> None:
    with pytest.raises(PrepareError, match=r"s\.json"):
        squad(tmp_path, data)


def test_articles_are_ranked_by_their_best_passage() -> None:
    shelf = Shelf.of(article("甲", "a"), article("乙", "b"))
    hits = [shelf.hit(1, 3.0), shelf.hit(1, 2.0), shelf.hit(0, 1.0)]
    assert [hit.article.id for hit in ranked_articles(hits, 10)] == ["b", "a"]
    assert len(ranked_articles(hits, 1)) == 1


def test_graded_relevance_and_what_was_not_found() -> None:
    shelf = Shelf.of(article("甲", "a"), article("乙", "b"))
    asked = Question("q", "?", accept=(("?",),))
    gold = {"a": 2.0, "b": 1.0, "lost": 1.0}
    row = search_row(asked, [shelf.hit(1), shelf.hit(0)], gold, 0.01, deep=True)
    ideal = 2 + 1 / math.log2(3) + 1 / 2
    assert row.scores["ndcg@10"] == pytest.approx((1 + 2 / math.log2(3)) / ideal)
    assert row.scores["recall@100"] == pytest.approx(2 / 3)
    assert row.scores["mrr"] == 1


def test_reading_is_scored_on_the_short_answer() -> None:
    asked = Question("q", "谁运营", accept=(("盛大游戏", "由盛大游戏"),))
    right = reading_row(asked, Answer("", "由盛大游戏运营[1]", "盛大游戏。", True), 0.1)
    assert right.scores == {"cmrc_em": 1, "cmrc_f1": 1, "answered": 1}
    refused = reading_row(asked, Answer("", "没有说", "", False), 0.1)
    assert refused.scores == {"cmrc_em": 0, "cmrc_f1": 0, "answered": 0}
    none = Question("q", "?", answerable=False)
    assert reading_row(none, Answer("", "", "", False), 0.1).scores["cmrc_em"] == 1
    assert reading_row(none, Answer("", "x", "x", True), 0.1).scores["cmrc_f1"] == 0


def test_beir_form(tmp_path: Path) -> None:
    (tmp_path / "qrels").mkdir()
    (tmp_path / "corpus.jsonl").write_text(
        '{"_id": "d1", "title": "T", "text": "甲"}\n{"_id": "d2", "title": "", "text": "乙"}\n'
        '{"_id": "d3", "title": "", "text": " "}\n',
        "utf-8",
    )
    (tmp_path / "queries.jsonl").write_text(
        '{"_id": "q1", "text": "问"}\n{"_id": "q2", "text": "no relevance"}\n', "utf-8"
    )
    with pytest.raises(PrepareError, match=r"qrels/test\.tsv"):
        load_beir(tmp_path)
    (tmp_path / "qrels" / "test.tsv").write_text(
        "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\n", "utf-8"
    )
    texts, titles, queries, relevance = load_beir(tmp_path)
    assert list(texts) == ["d1", "d2"]
    assert titles["d1"] == "T"
    assert [query.id for query in queries] == ["q1"]
    assert relevance == {"q1": {"d1": 2.0}}


ROW = {
    "id": 7,
    "query": "?",
    "answer": ["x"],
    "positive": [f"p{n}" for n in range(6)],
    "negative": [f"n{n}" for n in range(6)],
}


@pytest.mark.parametrize(
    ("noise", "negatives"), [(0, 0), (0.2, 1), (0.4, 2), (0.5, 3), (0.8, 4), (1, 5)]
)
def test_noise_is_the_share_of_negatives(noise: float, negatives: int) -> None:
    passages = rgb_passages(ROW, noise)
    assert len(passages) == 5
    assert sum(text.startswith("n") for text in passages) == negatives
    assert passages == rgb_passages(ROW, noise)


def test_too_few_of_one_kind_are_filled_up_but_never_at_full_noise() -> None:
    few = ROW | {"positive": ["p0"], "negative": ["n0", "n1", "n2"]}
    assert sorted(rgb_passages(few, 0.4)) == ["n0", "n1", "n2", "p0"]
    short = ROW | {"negative": ["n0"]}
    assert sum(text.startswith("p") for text in rgb_passages(short, 0.8)) == 4
    assert rgb_passages(short, 1) == ["n0"]


def test_lists_of_positives_give_their_first_first() -> None:
    nested = ROW | {"positive": [["a0", "a1"], ["b0", "b1"]]}
    assert {"a0", "b0", "a1"} == {t for t in rgb_passages(nested, 0.4) if t[0] in "ab"}


def test_every_group_needs_an_alias_in_the_output() -> None:
    assert rgb_right("On January 2, 2022 in LA", [["january 2", "Jan 2"], ["2022"]])
    assert not rgb_right("On January 2", [["january 2", "Jan 2"], ["2022"]])


def test_rgb_verdicts() -> None:
    asked = Question("q", "?", accept=(("1月2日", "1.2"),))
    cited = Answer("", "在1月[1]2日", "", True)
    assert rgb_row(asked, cited, 0.1).verdict == "correct"
    assert rgb_row(asked, Answer("", "1月3日", "", True), 0.1).verdict == "incorrect"
    assert rgb_row(asked, Answer("", "没有说", "", False), 0.1).verdict == "refused"
    none = Question("q", "?", answerable=False)
    assert rgb_row(none, Answer("", "没有说", "", False), 0.1).verdict == "correct"
    assert rgb_row(none, Answer("", "1月2日", "", True), 0.1).verdict == "incorrect"


def test_an_rgb_file_is_checked(tmp_path: Path) -> None:
    path = tmp_path / "zh.json"
    path.write_text(json.dumps(ROW) + "\n" + json.dumps({"query": "?"}) + "\n", "utf-8")
    with pytest.raises(PrepareError, match=r"zh\.json:2: answer, negative, positive missing"):
        load_rgb(path)
