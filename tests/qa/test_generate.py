"""The language model's draft is used only where it cites; its failures never reach the dialogue."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar

import pytest

from qa.generate import KEY_VARIABLE, Generator, messages, usable


class Stub(BaseHTTPRequestHandler):
    """Answers every request with `reply` and `status`, and keeps what was asked."""

    reply: object = None
    status = 200
    seen: ClassVar[list[tuple[str, str | None, dict[str, Any]]]]

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.seen.append((self.path, self.headers.get("Authorization"), body))
        content = self.reply if isinstance(self.reply, bytes) else json.dumps(self.reply).encode()
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format, *args):  # noqa: A002 - named by the library
        """Keep the tests' output clean."""


@pytest.fixture
def stub():
    class Fresh(Stub):
        seen: ClassVar[list[tuple[str, str | None, dict[str, Any]]]] = []

    server = HTTPServer(("127.0.0.1", 0), Fresh)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Fresh, f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()


def says(text: str) -> dict[str, Any]:
    return {"choices": [{"message": {"role": "assistant", "content": text}}]}


EVIDENCE = ["工业增加值120.98亿元。", "同比增长13.2%。"]


def test_a_cited_draft_comes_back(stub, monkeypatch):
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    handler, url = stub
    handler.reply = says("工业增加值为120.98亿元[1]，增长13.2%【2】[3]。")
    draft = Generator(url, "small").generate("工业增加值是多少", EVIDENCE, "zh")
    assert draft == "工业增加值为120.98亿元[1]，增长13.2%[2]。"
    ((path, key, body),) = handler.seen
    assert path == "/v1/chat/completions"
    assert key is None
    assert body["model"] == "small"
    sent = body["messages"][-1]["content"]
    assert "[1] 工业增加值120.98亿元。\n[2] 同比增长13.2%。" in sent
    assert "工业增加值是多少" in sent


def test_the_key_is_sent_and_can_stand_in_the_environment(stub, monkeypatch):
    handler, url = stub
    handler.reply = says("是[1]")
    Generator(url, "m", key="one").generate("问", EVIDENCE, "zh")
    monkeypatch.setenv(KEY_VARIABLE, "two")
    Generator(url, "m").generate("问", EVIDENCE, "zh")
    assert [key for _, key, _ in handler.seen] == ["Bearer one", "Bearer two"]


@pytest.mark.parametrize(
    ("status", "reply"),
    [
        (500, {"error": "out of memory"}),
        (200, b"<html>no json"),
        (200, {"choices": []}),
        (200, {"choices": [{"message": {"content": None}}]}),
        (200, ["a list"]),
    ],
)
def test_a_failure_is_no_draft_and_no_error(stub, status, reply):
    handler, url = stub
    handler.status, handler.reply = status, reply
    assert Generator(url, "m").generate("问", EVIDENCE, "zh") is None


def test_nobody_there_is_no_draft_and_is_logged(caplog):
    assert Generator("http://127.0.0.1:9/v1", "m", timeout=2).generate("问", EVIDENCE, "zh") is None
    assert "no draft from m at http://127.0.0.1:9/v1/chat/completions" in caplog.text


def test_without_evidence_nothing_is_asked(stub):
    handler, url = stub
    assert Generator(url, "m").generate("问", [], "zh") is None
    assert handler.seen == []


def test_an_address_that_is_none_is_refused():
    with pytest.raises(ValueError, match="localhost:11434"):
        Generator("localhost:11434", "m")


def test_the_prompt_is_in_the_language_of_the_question():
    assert "Evidence" in messages("Who?", EVIDENCE, "en")[1]["content"]
    assert "材料" in messages("谁？", EVIDENCE, "zh")[1]["content"]


@pytest.mark.parametrize(
    ("content", "draft"),
    [
        ("<think>[1]不对</think>是甲[1]。", "是甲[1]。"),
        ("<think>没有写完[1]", None),
        ("无法回答。", None),
        ("CANNOT ANSWER", None),
        ("没有标注的回答。", None),
        ("标错的回答[7]。", None),
    ],
)
def test_only_drafts_that_cite_are_used(content, draft):
    assert usable(content, 2) == draft
