"""The format of a question file, and what is said of files that do not keep to it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.questions import QuestionError, language_of, load_questions


def load(tmp_path: Path, *rows: object):
    path = tmp_path / "q.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines), "utf-8")
    return load_questions(path)


def test_every_field(tmp_path: Path) -> None:
    row = {
        "id": "q1",
        "type": "figure",
        "question": " 多少？ ",
        "accept": [["66个", "66 个"], ["5家"]],
        "source": "p.txt",
        "evidence": ["共66个", "有5家"],
        "history": ["先问"],
        "answerable": True,
        "answer": "66个和5家",
        "more": 1,
    }
    (question,) = load(tmp_path, row)
    assert question.id == "q1"
    assert question.kind == "figure"
    assert question.text == "多少？"
    assert question.accept == (("66个", "66 个"), ("5家",))
    assert question.sources == ("p.txt",)
    assert question.evidence == ("共66个", "有5家")
    assert question.history == ("先问",)
    assert question.answer == "66个和5家"
    assert question.located
    assert question.gold == "66个 / 66 个 + 5家"


def test_what_may_be_left_out(tmp_path: Path) -> None:
    first, second = load(
        tmp_path,
        "// a note",
        {"question": "谁？", "accept": ["张三"]},
        "",
        {"question": "Who won?", "answerable": False, "accept": [], "source": None},
    )
    assert (first.id, first.kind, first.language) == ("line-2", "other", "zh")
    assert first.accept == (("张三",),)
    assert not first.located
    assert (second.kind, second.language, second.answerable) == ("unanswerable", "en", False)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{", "q.jsonl:1: not a JSON object"),
        ("[1]", "q.jsonl:1: a JSON object is needed"),
        ({"accept": ["x"]}, '"question" is missing'),
        ({"question": " ", "accept": ["x"]}, '"question" is missing'),
        ({"question": "?", "accept": [[]]}, "empty group"),
        ({"question": "?", "accept": [[1]]}, "text or a list of texts"),
        ({"question": "?", "accept": 5}, "must be a list of groups"),
        ({"question": "?", "answerable": True}, 'needs "accept"'),
        ({"question": "?", "accept": ["x"], "answerable": False}, "drop one"),
        ({"question": "?", "accept": ["x"], "answerable": "no"}, "true or false"),
        ({"question": "?", "accept": ["x"], "history": [3]}, "history"),
    ],
)
def test_errors_name_file_line_and_mend(tmp_path: Path, row: object, said: str) -> None:
    with pytest.raises(QuestionError, match=r"q\.jsonl:1") as caught:
        load(tmp_path, row)
    assert said in str(caught.value)


def test_an_id_stands_once(tmp_path: Path) -> None:
    row = {"id": "q", "question": "?", "accept": ["x"]}
    with pytest.raises(QuestionError, match=r"q\.jsonl:2: id 'q' stands on line 1 too"):
        load(tmp_path, row, row)


def test_files_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match="no such question file"):
        load_questions(tmp_path / "none.jsonl")
    with pytest.raises(QuestionError, match="no questions"):
        load(tmp_path, "// nothing")
    other = tmp_path / "gb.jsonl"
    other.write_bytes("问题".encode("gb18030"))
    with pytest.raises(QuestionError, match="not UTF-8"):
        load_questions(other)


def test_language_is_told_from_the_script() -> None:
    assert language_of("GDP是多少") == "zh"
    assert language_of("What is GDP?") == "en"
    assert language_of("2024？") == "zh"
