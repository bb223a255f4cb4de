from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from qa.feedback import FeedbackFile, main, questions
from tests.app.test_render import answer


def test_verdicts_become_questions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "feedback.sqlite"
    feedback = FeedbackFile(path)
    feedback.add("bad", "", [], answer())
    feedback.add("good", "好", [], answer())
    feedback.add("bad", "应为6亿元", ["产值多少"], answer(question="那今年呢", short="7亿元"))
    assert main([str(path)]) == 0
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert first == {
        "id": "feedback-1",
        "type": "feedback",
        "question": "产值多少",
        "history": [],
        "answerable": True,
        "accept": [["5亿元"]],
        "source": "a.txt",
        "evidence": "产值达到5亿元。",
        "note": "好",
    }
    assert second["history"] == ["产值多少"]
    assert second["accept"] == []
    assert second["review"] is True
    assert second["given"] == "7亿元"
    assert second["note"] == "应为6亿元"


def test_a_refusal_called_good_is_an_unanswerable_question(tmp_path: Path) -> None:
    feedback = FeedbackFile(tmp_path / "feedback.sqlite")
    feedback.add("good", "", [], answer(answered=False, short="", citations=[]))
    (question,) = questions(iter(feedback))
    assert question["answerable"] is False
    assert question["accept"] == []


def test_many_readers_may_write_at_once(tmp_path: Path) -> None:
    feedback = FeedbackFile(tmp_path / "room" / "feedback.sqlite")
    with ThreadPoolExecutor(8) as readers:
        list(readers.map(lambda n: feedback.add("good", str(n), [], answer()), range(40)))
    assert sorted(int(item.note) for item in feedback) == list(range(40))


def test_wrong_verdicts_and_files_are_errors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    feedback = FeedbackFile(tmp_path / "feedback.sqlite")
    with pytest.raises(ValueError, match="'middling'"):
        feedback.add("middling", "", [], answer())  # type: ignore[arg-type]
    assert list(feedback) == []
    with pytest.raises(SystemExit):
        main([str(tmp_path / "none.sqlite")])
    assert "no such file" in capsys.readouterr().err
