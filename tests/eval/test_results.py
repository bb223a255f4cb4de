"""The sums of a run, its file, and its tables."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.metrics import Estimate
from eval.results import Results, ResultsError, Row, load_results, row_from, save_results
from eval.tables import (
    columns,
    duration,
    failures,
    interval,
    markdown,
    share,
    shorten,
    terminal,
    width,
)


def row(number: int, verdict: str = "correct", **more: object) -> Row:
    scores = {"correct": float(verdict == "correct"), "hit@1": 1.0}
    fields: dict[str, object] = {
        "id": f"q{number}",
        "kind": "figure" if number % 2 else "who",
        "language": "zh",
        "question": f"第{number}问",
        "gold": "66个",
        "verdict": verdict,
        "text": f"第{number}答|[1]",
        "scores": scores,
        "seconds": 0.01 * number,
        **more,
    }
    return row_from(fields)


@pytest.fixture
def results() -> Results:
    rows = [row(n) for n in range(1, 5)]
    rows.append(row(5, "incorrect", unsupported=["5家"], figures=2, scores={"correct": 0.0}))
    rows.append(row(6, "refused", language="en", note="a note"))
    return Results({"name": "q.jsonl", "commit": "abc", "index": "3 articles"}, rows)


def test_sums_are_drawn_from_the_rows(results: Results) -> None:
    found = results.estimates()
    assert found["correct"].mean == pytest.approx(4 / 6)
    assert found["correct"].n == 6
    assert found["hit@1"].n == 5
    assert "f1" not in found
    summary = results.summary()
    assert summary["verdicts"] == {"correct": 4, "incorrect": 1, "refused": 1}
    assert summary["figures"] == {"stated": 2, "unsupported": 1}
    assert summary["seconds"]["p50"] == pytest.approx(0.035)


def test_a_file_comes_back_as_it_was(results: Results, tmp_path: Path) -> None:
    path = tmp_path / "deep" / "r.json"
    save_results(results, path)
    back = load_results(path)
    assert back == results
    data = json.loads(path.read_text("utf-8"))
    assert data["summary"]["correct"]["n"] == 6
    data["rows"][0]["newer"] = 1
    path.write_text(json.dumps(data), "utf-8")
    assert load_results(path) == results


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "not a file of results"),
        ("[]", "has no rows"),
        ('{"rows": [], "format": 9}', "format 9"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "r.json"
    path.write_text(content, "utf-8")
    with pytest.raises(ResultsError, match=said):
        load_results(path)
    with pytest.raises(ResultsError, match="no such file"):
        load_results(tmp_path / "none.json")


def test_terminal_says_what_failed_and_how(results: Results) -> None:
    text = terminal(results)
    assert "4 correct, 1 incorrect, 1 refused of 6" in text
    assert "Failures (2)" in text
    assert "✗ q5 (figure) 第5问" in text
    assert "gold     66个" in text
    assert "unheld   5家" in text
    assert "○ q6 (who)" in text
    assert "(refused) 第6答" in text
    assert "a note" in text
    assert "n=5" in text
    assert max(map(width, text.splitlines())) <= 110


def test_failures_may_be_bounded(results: Results) -> None:
    assert "and 1 more" in terminal(results, show=1)
    assert [item.id for item in failures(results)] == ["q5", "q6"]


def test_markdown_is_a_table(results: Results) -> None:
    text = markdown(results)
    assert "| measure | mean | 95% interval | n |" in text
    assert "| answers correct | .667 |" in text
    assert "| figure | 3 | 2 | 1 | 0 |" in text


def test_columns_count_chinese_as_two() -> None:
    assert width("高新区a") == 7
    lines = columns([["高新区", "1"], ["ab", "22"]], indent="").splitlines()
    assert lines == ["高新区   1", "ab      22"]
    assert width(shorten("高新区" * 20, 21)) <= 21
    assert shorten("a\nb", 9) == "a b"


def test_numbers_are_short() -> None:
    assert (share(0.9134), share(1.0), share(0.99999), share(0.0)) == (
        ".913",
        "1.00",
        "1.00",
        ".000",
    )
    assert interval(Estimate(0.5, 0.25, 0.75, 4)) == "[.250, .750]"
    assert [duration(s) for s in (0.0004, 0.012, 1.26)] == ["0.4 ms", "12 ms", "1.3 s"]


def test_an_empty_run_has_a_report() -> None:
    assert "0 questions" in terminal(Results({"name": "x"}, []))
