from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

import app
from tests.app.conftest import Served

QUESTION = "南湖高新区2024年工业增加值是多少？"


def call(served: Served, name: str, *data: Any) -> Any:
    """The last value of an endpoint, by the plain HTTP that the README shows."""
    base = f"{served.url}/gradio_api/call/{name}"
    event = httpx.post(base, json={"data": list(data)}, timeout=20).raise_for_status().json()
    text = httpx.get(f"{base}/{event['event_id']}", timeout=20).raise_for_status().text
    last = text.strip().split("\n\n")[-1]
    if last.startswith("event: error"):
        raise RuntimeError(last)
    return json.loads(last.split("data: ", 1)[1])[0]


def test_health_says_that_the_articles_are_open(served: Served) -> None:
    answer = httpx.get(f"{served.url}/health")
    assert answer.status_code == 200
    assert answer.json()["state"] == "ready"


def test_every_answer_forbids_reaching_outside(served: Served) -> None:
    for path in ("/", "/chat/chat.js", "/gradio_api/info"):
        policy = httpx.get(served.url + path).headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "http" not in policy


def test_ask_search_and_articles_by_the_python_client(served: Served) -> None:
    from gradio_client import Client  # type: ignore[import-untyped]

    client = Client(served.url, verbose=False)
    answer = client.predict(question=QUESTION, api_name="/ask")
    assert answer["short"] == "86.52亿元"
    cited = answer["citations"][0]
    assert "86.52亿元" in cited["quote"]
    assert cited["source"].startswith("南湖日报-第3版.txt")
    hits = client.predict(query="专利授权量", k=2, api_name="/search")
    assert len(hits) == 2
    assert hits[0]["score"] >= hits[1]["score"]
    found = client.predict(query="半年报", api_name="/articles")
    assert [article["source"].split(":")[0] for article in found] == ["2020/half-year.txt"]


def test_a_follow_up_reads_the_history(served: Served) -> None:
    history = [{"role": "user", "content": QUESTION}, {"role": "assistant", "content": "86.52"}]
    assert call(served, "ask", "那2019年呢？", history, "", "", [], [])["short"] == "58.8亿元"


def test_a_scope_that_admits_nothing_answers_nothing(served: Served) -> None:
    answer = call(served, "ask", QUESTION, [], "2031-01-01", "", [], [])
    assert not answer["answered"]


def test_an_impossible_date_is_an_error_that_says_so(served: Served) -> None:
    with pytest.raises(RuntimeError, match="2024-13-01"):
        call(served, "ask", QUESTION, [], "2024-13-01", "", [], [])


def test_only_the_public_endpoints_are_documented(served: Served) -> None:
    info = httpx.get(f"{served.url}/gradio_api/info").json()
    assert set(info["named_endpoints"]) == {"/ask", "/search", "/articles"}
    ask = info["named_endpoints"]["/ask"]["parameters"]
    assert [parameter["parameter_name"] for parameter in ask] == [
        "question",
        "history",
        "since",
        "until",
        "outlets",
        "folders",
    ]


def test_a_path_that_was_not_uploaded_is_not_taken_in(served: Served) -> None:
    secret = {"path": "/etc/hostname", "meta": {"_type": "gradio.FileData"}}
    with pytest.raises(RuntimeError):
        call(served, "add", [secret], ["hostname.txt"])
    assert not list(served.folder.rglob("hostname*"))


def test_no_endpoint_hands_out_a_file_of_the_machine(served: Served, tmp_path: Path) -> None:
    for secret in (tmp_path / "secret.txt", tmp_path / "secret.svg"):
        secret.write_text("<svg>secret</svg>")
        file = {"path": str(secret), "meta": {"_type": "gradio.FileData"}}
        with pytest.raises(RuntimeError):
            call(served, "ask", QUESTION, [file], "", "", [], [])
        fetched = httpx.get(f"{served.url}/gradio_api/file={secret}")
        assert fetched.status_code in (403, 404)


def test_a_file_outside_the_uploads_cannot_be_removed(served: Served) -> None:
    for path in ("2020/outlook.txt:1-3", "uploads/../2020/outlook.txt"):
        with pytest.raises(RuntimeError, match="was not added here"):
            call(served, "remove", path)
    assert (served.folder / "2020" / "outlook.txt").exists()


def test_twenty_askers_at_once_wait_for_nobody(served: Served) -> None:
    def ask(number: int) -> float:
        started = time.monotonic()
        assert call(served, "ask", QUESTION, [], "", "", [], [])["answered"], number
        return time.monotonic() - started

    with ThreadPoolExecutor(20) as askers:
        waits = sorted(askers.map(ask, range(20)))
    assert waits[18] < 5.0


def test_a_taken_port_gives_the_next_one() -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert app.free_port("127.0.0.1", port) > port


@pytest.mark.parametrize(
    ("argv", "problem"),
    [
        (["/no/such/folder"], "no such folder"),
        (["--auth", "nobody"], "USER:PASS"),
        (["--auth", "a:b", "--mcp"], "exclude each other"),
        (["--root-path", "/a'b"], "write it as"),
    ],
)
def test_wrong_arguments_say_what_is_wrong(
    argv: list[str], problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        app.arguments(argv)
    assert stop.value.code == 2
    assert problem in capsys.readouterr().err


def test_every_string_is_there_in_both_languages() -> None:
    from qa.strings import STRINGS

    assert STRINGS["en"].keys() == STRINGS["zh"].keys()
    for key, english in STRINGS["en"].items():
        assert set(re.findall(r"{(\w+)}", english)) == set(
            re.findall(r"{(\w+)}", STRINGS["zh"][key])
        ), key


def test_the_page_uses_only_words_that_exist() -> None:
    from qa.strings import STRINGS

    text = "".join(path.read_text("utf-8") for path in app.STATIC.glob("*.*"))
    used = set(re.findall(r'data-i18n(?:-label|-placeholder)?="(\w+)"', text))
    used |= set(re.findall(r'\bsay\("(\w+)"', text)) | {"left_out", "doubled"}
    assert len(used) > 40
    assert used <= STRINGS["en"].keys()


def test_nothing_in_the_page_points_outside() -> None:
    for path in app.STATIC.glob("*.*"):
        links = re.findall(r"https?://[^\s\"'`]+", path.read_text("utf-8"))
        # The namespace of SVG is a name, not an address that is fetched.
        assert set(links) <= {"http://www.w3.org/2000/svg"}, path


def test_the_scripts_are_sound() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    for path in sorted(app.STATIC.glob("*.js")):
        script = path.read_text("utf-8")
        done = subprocess.run(
            [node, "--check", "--input-type=module", "-"],
            input=script,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{path}: {done.stderr}"


def test_app_imports_without_its_heavy_parts() -> None:
    script = "import sys, app; print([m for m in ('gradio', 'torch', 'faiss') if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(app.__file__).parent,
    )
    assert done.stdout.strip() == "[]"
