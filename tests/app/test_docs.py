"""The examples of docs/api.md, run as they stand there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import app
from qa.conversation import AnswerRecord
from tests.app.conftest import Served
from tests.app.test_render import answer

DOCS = Path(app.__file__).parent / "docs" / "api.md"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)


def test_the_python_example_runs(served: Served, capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = blocks("python")
    exec(compile(code.replace("http://127.0.0.1:7860", served.url), str(DOCS), "exec"), {})
    said = capsys.readouterr().out
    assert "亿元" in said
    assert ".txt:" in said


def test_the_curl_example_runs(served: Served) -> None:
    if not (shutil.which("curl") and shutil.which("bash")):
        pytest.skip("curl or bash is not installed")
    code = blocks("sh")[0].replace("http://127.0.0.1:7860", served.url)
    done = subprocess.run(["bash", "-c", code], capture_output=True, text=True, check=True)
    assert "event: complete" in done.stdout
    assert '"short"' in done.stdout


def test_the_feedback_example_runs(served: Served, tmp_path: Path) -> None:
    from qa.feedback import FeedbackFile

    record: AnswerRecord = answer()
    FeedbackFile(tmp_path / "feedback.sqlite").add("good", "", [], record)
    code = blocks("sh")[1].replace("python ", f"{sys.executable} ")
    place = {**os.environ, "PYTHONPATH": str(DOCS.parent.parent)}
    subprocess.run(["bash", "-c", code], check=True, cwd=tmp_path, env=place)
    assert '"accept": [["5亿元"]]' in (tmp_path / "questions.jsonl").read_text("utf-8")


def test_every_field_is_documented() -> None:
    text = DOCS.read_text("utf-8")
    record = answer()
    for field in (*record, *record["citations"][0], "label", "value", "unit", "removable"):
        assert f"`{field}`" in text, field
