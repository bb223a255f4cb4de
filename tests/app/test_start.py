"""`python app.py` as anybody starts it: the sample articles, the bundled model, no network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

import app

ROOT = Path(app.__file__).parent


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    room = tmp_path_factory.mktemp("room")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HF_HUB_OFFLINE": "1"}
    port = app.free_port("127.0.0.1", 19860)
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "app.py"), "--port", str(port)],
        cwd=room,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(2)]
    url = lines[-1].removeprefix("Open ").strip()
    deadline = time.monotonic() + 60
    while True:
        assert time.monotonic() < deadline, "the articles were not opened within a minute"
        try:
            status = httpx.get(f"{url}/health").json()
        except httpx.TransportError:
            time.sleep(0.2)
            continue
        if status["state"] != "opening":
            break
        time.sleep(0.2)
    assert status["state"] == "ready", status
    yield url, room
    process.terminate()
    assert process.wait(10) is not None


def ask(url: str, question: str, history: list[dict[str, str]]) -> dict[str, Any]:
    base = f"{url}/gradio_api/call/ask"
    body = {"data": [question, history, "", "", [], []]}
    event = httpx.post(base, json=body, timeout=30).json()["event_id"]
    text = httpx.get(f"{base}/{event}", timeout=30).text
    assert "event: complete" in text, text
    answer: dict[str, Any] = json.loads(text.split("data: ", 1)[1].split("\n")[0])[0]
    return answer


def test_the_printed_address_serves_the_page(started: tuple[str, Path]) -> None:
    url, room = started
    page = httpx.get(url)
    assert page.status_code == 200
    assert "/chat/chat.css" in page.text
    assert list(room.iterdir()) == [room / ".index"]


def test_a_question_and_its_follow_up_are_answered_with_evidence(
    started: tuple[str, Path],
) -> None:
    url, _ = started
    question = "清远高新区2024年工业增加值是多少"
    first = ask(url, question, [])
    assert first["short"] == "120.98亿元"
    assert "120.98亿元" in first["citations"][0]["quote"]
    history = [
        {"role": "user", "content": question},
        {"role": "assistant", "content": first["text"]},
    ]
    assert ask(url, "那2019年呢？", history)["short"] == "70.4亿元"
