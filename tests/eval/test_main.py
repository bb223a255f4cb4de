"""The command line: what it prints and writes, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import eval.__main__ as command
import eval.run
from eval.prepare import ARTICLES, PrepareError, Settings
from eval.prepare import QUESTIONS as BUNDLED
from eval.questions import Question
from eval.results import Row, load_results
from tests.eval.house import Scripted, Shelf, article, said

TEXT = "完成工业增加值120.98亿元。"
QUESTIONS: list[dict[str, Any]] = [
    {"id": "q1", "type": "figure", "question": "工业增加值是多少", "accept": [["120.98亿元"]]},
    {"id": "q2", "question": "市值是多少", "answerable": False},
]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a question file and a program that answers the first question rightly."""
    located = QUESTIONS[0] | {"source": "page.txt", "evidence": "增加值120.98亿元"}
    lines = [json.dumps(row, ensure_ascii=False) for row in (located, QUESTIONS[1])]
    (tmp_path / "q.jsonl").write_text("\n".join(lines), "utf-8")
    shelf = Shelf.of(article(TEXT))
    hit = shelf.hit(0)
    bot = Scripted(
        {"工业增加值是多少": [hit]},
        {"工业增加值是多少": said("为120.98亿元[1]。", hit, TEXT, "120.98亿元")},
    )
    shelf.stats = SimpleNamespace(articles=1, passages=1)  # type: ignore[attr-defined]
    bot.index = shelf  # type: ignore[attr-defined]

    def opened(path: Path, settings: Settings) -> tuple[Scripted, Scripted | None]:
        return bot, None if settings.search_only else bot

    monkeypatch.setattr(command, "open_all", opened)
    monkeypatch.setattr(command, "cached_index", lambda articles, settings: articles)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(place: Path, *more: str) -> int:
    own = ["--questions", "q.jsonl", "--articles", ".", "--cache", "cache", "--quiet"]
    return command.main([*own, *more])


def test_a_run_prints_and_writes_what_was_asked_for(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(place, "--json", "r.json", "--html", "r.html", "--markdown", "r.md") == 0
    shown = capsys.readouterr()
    assert "2 correct, 0 incorrect, 0 refused of 2" in shown.out
    assert "r.json" in shown.err
    results = load_results(place / "r.json")
    assert [row.verdict for row in results.rows] == ["correct", "correct"]
    assert results.about["index"] == "1 articles, 1 passages"
    assert not list((place / "cache").glob("partial-*"))
    assert (place / "r.html").read_text("utf-8").startswith("<!doctype html>")
    assert "answers correct" in (place / "r.md").read_text("utf-8")


def test_results_lie_under_the_commit(place: Path) -> None:
    assert run(place) == 0
    (written,) = (place / "eval-results").glob("*.json")
    commit = str(load_results(written).about["commit"])
    # Other question files than the bundled one add their name
    assert written.stem == f"{commit.rstrip('+')}-q"


def test_searching_alone(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(place, "--search-only", "--json", "r.json") == 0
    assert "hit@1" in capsys.readouterr().out
    assert [row.verdict for row in load_results(place / "r.json").rows] == ["", ""]


def test_a_bar_that_is_missed_is_exit_code_1(place: Path) -> None:
    assert run(place, "--at-least", "1") == 0
    missed = json.dumps({"question": "另一问", "accept": ["x"]}, ensure_ascii=False)
    (place / "q.jsonl").write_text(missed, "utf-8")
    assert run(place, "--at-least", "0.5") == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--questions", "none.jsonl"], "none.jsonl: no such question file"),
        (["--questions", "other.jsonl"], "Add --articles DIR or --index DIR"),
        (["--squad", "none.json"], "none.json: no such file"),
        (["--rgb", "none.json"], "none.json: no such file"),
        (["--beir", "none"], "no such file"),
        (["compare", "a.json", "b.json"], "a.json: no such file"),
        (["draft", "--index", "none"], "python -m index ARTICLES --out none"),
    ],
)
def test_what_a_person_can_mend_is_exit_code_2(
    place: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    (place / "other.jsonl").write_text('{"question": "?", "accept": ["x"]}', "utf-8")
    assert command.main(arguments) == 2
    error = capsys.readouterr().err
    assert error.startswith("eval: ")
    assert said in error


def test_a_gold_page_that_is_missing_stops_the_run(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = {"id": "q9", "question": "?", "accept": ["x"], "source": "lost.txt"}
    (place / "q.jsonl").write_text(json.dumps(row), "utf-8")
    assert run(place) == 2
    assert "q9: lost.txt" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["--noise", "2"],
        ["--limit", "0"],
        ["--llm", "http://127.0.0.1:1"],
        ["--articles", "a", "--index", "b"],
        ["--squad", "a", "--beir", "b"],
        ["--nonsense"],
    ],
)
def test_arguments_that_do_not_fit(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command.main(arguments)
    assert ended.value.code == 2


def test_an_interruption_says_how_to_go_on_and_what_was_done_is_kept(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real, asked = eval.run.run_question, list[str]()

    def stops(question: Question, *more: Any) -> Row:
        if question.id == "q2" and "q2" not in asked:
            asked.append("q2")
            raise KeyboardInterrupt
        asked.append(question.id)
        return real(question, *more)

    monkeypatch.setattr(command, "run_question", stops)
    assert run(place) == 130
    assert "goes on where it stopped" in capsys.readouterr().err
    assert run(place) == 0
    assert asked == ["q1", "q2", "q2"]


def test_faults_of_the_program_are_not_hidden(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr(command, "run_question", broken)
    with pytest.raises(RuntimeError, match="a fault"):
        run(place)


def test_articles_may_lie_beside_the_questions(place: Path) -> None:
    (place / "articles").mkdir()
    assert command.main(["--questions", "q.jsonl", "--cache", "cache", "--quiet"]) == 0
    assert command._articles_beside(BUNDLED) == ARTICLES
    (place / "articles").rmdir()
    with pytest.raises(PrepareError, match="which articles"):
        command._articles_beside(place / "q.jsonl")
