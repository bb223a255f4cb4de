"""Two runs side by side."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.compare import compare, compare_command, terminal
from eval.results import Results, ResultsError, Row, save_results


def run(name: str, verdicts: str, f1: float = 0.5) -> Results:
    grades = {"c": "correct", "i": "incorrect", "r": "refused"}
    rows = [
        Row(
            id=f"q{place}",
            kind="k",
            language="zh",
            question=f"问{place}",
            gold="66个",
            verdict=grades[letter],
            text=f"{name}答{place}",
            scores={"correct": float(letter == "c"), "f1": f1 + 0.01 * place},
        )
        for place, letter in enumerate(verdicts)
    ]
    return Results({"name": name, "commit": "abc", "model": "m"}, rows)


def test_what_changed_sides() -> None:
    found = compare(run("A", "cciir"), run("B", "ciccr"))
    correct = found.measures["correct"]
    assert (correct.a, correct.b) == (0.4, 0.6)
    assert correct.test == "McNemar exact"
    assert correct.p == 1.0  # 2 better, 1 worse: 2 × (C(3,0) + C(3,1)) / 8
    assert [b.id for _, b in found.changed] == ["q1", "q2", "q3"]
    text = terminal(found)
    assert "Right only in B (2)" in text
    assert "Right only in A (1)" in text
    assert "B     incorrect: B答1" in text


def test_measures_that_are_no_verdict_are_permuted() -> None:
    found = compare(run("A", "c" * 8, 0.2), run("B", "c" * 8, 0.3))
    assert found.measures["f1"].test == "permutation"
    assert found.measures["f1"].difference == pytest.approx(0.1)
    assert found.measures["f1"].p < 0.05
    assert "No question changed sides" in terminal(found)


def test_only_questions_in_both_count() -> None:
    longer = run("B", "cccc")
    found = compare(run("A", "cc"), longer)
    assert len(found.pairs) == 2
    assert "2 rows stand in one of the two only" in terminal(found)
    other = Results({}, [Row("z", "k", "zh", "?", "x")])
    with pytest.raises(ResultsError, match="no question in common"):
        compare(other, longer)


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a, b, table = tmp_path / "a.json", tmp_path / "b.json", tmp_path / "t.md"
    save_results(run("A", "cic"), a)
    save_results(run("B", "ccc"), b)
    assert compare_command([str(a), str(b), "--markdown", str(table)]) == 0
    assert "Right only in B (1)" in capsys.readouterr().out
    assert "| answers correct | .667 | 1.00 | +.333 |" in table.read_text("utf-8")
