"""The command line and the JSON that others' scripts read."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from index import Article, Passage, Period, build_index
from qa.__main__ import as_text, ask_in_turn, main, read_batch
from qa.bot import Bot
from qa.export import answer_to_dict, published
from qa.records import Answer, Citation
from tests.conftest import LetterEncoder

DAY = Period(date(2020, 5, 25), date(2020, 5, 25))


def answer(day: Period | None = DAY) -> Answer:
    article = Article("a1", "成绩单", "", "", day, "一。产值12亿元。", "p/1.txt:3-9")
    passage = Passage("a1#1", "a1", article.text, 0, len(article.text))
    cited = Citation(1, passage, article, 2, 9)
    return Answer("产值？", "产值12亿元[1]。", "12亿元", True, [cited], seconds=0.12345)


def test_the_json_is_exactly_this():
    assert answer_to_dict(answer(), "q7") == {
        "id": "q7",
        "question": "产值？",
        "text": "产值12亿元[1]。",
        "short": "12亿元",
        "answered": True,
        "citations": [
            {
                "n": 1,
                "article_id": "a1",
                "title": "成绩单",
                "source": "p/1.txt:3-9",
                "published": "2020-05-25",
                "quote": "产值12亿元。",
                "start": 2,
                "end": 9,
            }
        ],
        "calculation": "",
        "seconds": 0.1235,
    }


def test_a_date_may_be_a_span_or_unknown():
    assert published(Period.year(2024)) == "2024-01-01/2024-12-31"
    assert published(None) is None
    assert answer_to_dict(answer(None))["citations"][0]["published"] is None


def test_a_reader_at_a_terminal_sees_text_and_sources():
    assert as_text(answer()) == (
        "产值12亿元[1]。\n[1] 成绩单 (2020-05-25), p/1.txt:3-9: 产值12亿元。"
    )


def test_earlier_questions_are_really_asked_first():
    class Echo(Bot):
        def __init__(self) -> None:
            self.asked: list[tuple[str, list[str]]] = []

        def ask(self, question, history=(), scope=None):
            self.asked.append((question, [turn["content"] for turn in history]))
            return Answer(question, f"答{question}", "", True)

    bot = Echo()
    assert ask_in_turn(bot, "三", ["一", "二"]).text == "答三"
    assert bot.asked == [("一", []), ("二", ["一", "答一"]), ("三", ["一", "答一", "二", "答二"])]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", ":2: no JSON"),
        ('{"id": "1"}', ':2: needs a "question"'),
        ("[1]", ':2: needs a "question"'),
        ('{"question": "q", "history": [1]}', ':2: "history" is a list'),
    ],
)
def test_a_bad_line_of_a_batch_is_named(tmp_path, line, message):
    file = tmp_path / "b.jsonl"
    file.write_text(f'{{"question": "好"}}\n{line}\n', "utf-8")
    with pytest.raises(ValueError, match=message):
        list(read_batch(file))


@pytest.fixture
def built(collection, tmp_path, monkeypatch):
    monkeypatch.setattr("index.store.load_encoder", lambda name: LetterEncoder())
    build_index(collection, tmp_path / "i", encoder=LetterEncoder()).close()
    return tmp_path / "i"


def test_a_question_is_answered_from_the_index(built, capsys):
    question = "清远高新区2024年工业增加值是多少"
    assert main([question, "--index", str(built), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["id"], found["short"], found["answered"]) == (None, "120.98亿元", True)
    assert "120.98亿元" in found["citations"][0]["quote"]
    assert found["citations"][0]["source"].startswith("news.jsonl")


def test_a_batch_keeps_ids_and_order(built, tmp_path, capsys):
    earlier = ["清远高新区2024年工业增加值是多少"]
    questions: list[dict[str, Any]] = [
        {"id": "x", "question": "沈阳高新区2024年工业增加值是多少"},
        {
            "id": "y",
            "question": "2020年上半年呢？",
            "history": earlier,
        },
    ]
    file = tmp_path / "b.jsonl"
    file.write_text("\n".join(json.dumps(q, ensure_ascii=False) for q in questions), "utf-8")
    assert main(["--batch", str(file), "--index", str(built)]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["id"] for one in found] == ["x", "y"]
    assert [one["question"] for one in found] == [q["question"] for q in questions]
    assert found[0]["short"] == "98.6亿元"


def test_failures_end_with_what_to_do(tmp_path, capsys):
    assert main(["问", "--index", str(tmp_path / "none")]) == 1
    assert "python -m index ARTICLES" in capsys.readouterr().err
    for wrong in ([], ["问", "--batch", "f"], ["问", "--llm", "http://h/v1"]):
        with pytest.raises(SystemExit) as ended:
            main(wrong)
        assert ended.value.code == 2


def test_json_holds_the_citations_that_the_text_marks():
    full = answer()
    unmarked = replace(full, text="没有标记的话")
    assert [c["n"] for c in answer_to_dict(full)["citations"]] == [c.n for c in full.citations]
    assert answer_to_dict(unmarked)["citations"] == []
