"""The READMEs hold what they say: commands, options, snippets, formats, links."""

from __future__ import annotations

import importlib.util
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import chdir, redirect_stdout
from pathlib import Path

import pytest

from qa import Bot

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.zh-CN.md")
DOCUMENTS = (*READMES, "CHANGELOG.md", "docs/api.md", "docs/measured.md")
FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
# Words after `python -m eval` that are commands of their own, each with its own --help
EVAL_COMMANDS = {"draft", "compare", "ablate"}


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def blocks(name: str, language: str) -> list[str]:
    return [code for kind, code in FENCE.findall(read(name)) if kind == language]


def prose(name: str) -> str:
    return FENCE.sub("", read(name))


def without_comments(code: str) -> str:
    return "\n".join(re.split(r"\s+# ", line)[0].rstrip() for line in code.splitlines())


def commands(name: str) -> Iterator[list[str]]:
    """Every command of a README, in its code blocks or between backticks, as words."""
    lines = [line for code in blocks(name, "sh") for line in code.splitlines()]
    lines += re.findall(r"`((?:python|make|pip|\.ci/)[^`]*)`", prose(name))
    for line in lines:
        words = shlex.split(line.split(" > ")[0], comments=True)
        while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
            words = words[1:]
        if words and words != ["make"]:
            yield words


def program(words: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """`python -m eval draft --index X` is the program (-m, eval, draft) and its arguments."""
    assert words[0] == "python", words
    size = 3 if words[1] == "-m" else 2
    if words[1:3] == ["-m", "eval"] and len(words) > 3 and words[3] in EVAL_COMMANDS:
        size = 4
    return tuple(words[1:size]), words[size:]


@pytest.fixture(scope="module")
def helps() -> dict[tuple[str, ...], str]:
    """What `--help` says of each program that a README names."""
    named = {program(w)[0] for readme in READMES for w in commands(readme) if w[0] == "python"}
    asked = [parts for parts in sorted(named) if not parts[0].startswith("docs/")]

    def ask(parts: tuple[str, ...]) -> str:
        done = subprocess.run(
            [sys.executable, *parts, "--help"],
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )
        assert done.returncode == 0, f"{parts}: {done.stderr}"
        return done.stdout

    with ThreadPoolExecutor(2) as pool:
        return dict(zip(asked, pool.map(ask, asked), strict=True))


@pytest.fixture(scope="module")
def snippet(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The Python snippet, run over the sample: the folder with its index, and what it printed."""
    place = tmp_path_factory.mktemp("docs")
    shutil.copytree(ROOT / "eval" / "articles", place / "articles")
    (code,) = blocks("README.md", "python")
    said = io.StringIO()
    with chdir(place), redirect_stdout(said):
        exec(compile(code, "README.md", "exec"), {})
    return place, said.getvalue().splitlines()


def test_both_languages_have_the_same_parts() -> None:
    english, chinese = map(read, READMES)
    heads = [
        re.findall(r"^(#+) ", FENCE.sub("", text), re.MULTILINE) for text in (english, chinese)
    ]
    assert heads[0] == heads[1]
    assert len(heads[0]) > 8
    for mark in (r"^ *- ", r"^\|", r"^\*\*"):
        assert len(re.findall(mark, english, re.MULTILINE)) == len(
            re.findall(mark, chinese, re.MULTILINE)
        ), mark


def test_both_languages_show_the_same_code() -> None:
    english, chinese = ([kind for kind, _ in FENCE.findall(read(name))] for name in READMES)
    assert english == chinese
    for kind in ("sh", "python", "json"):
        pairs = zip(blocks(READMES[0], kind), blocks(READMES[1], kind), strict=True)
        for one, other in pairs:
            assert without_comments(one) == without_comments(other)


@pytest.mark.parametrize("readme", READMES)
def test_every_command_and_option_exists(readme: str, helps: dict[tuple[str, ...], str]) -> None:
    checked = 0
    for words in commands(readme):
        if words[0] != "python" or words[1].startswith("docs/"):
            continue
        parts, arguments = program(words)
        for word in arguments:
            if word.startswith("-") and word != "--help":
                assert re.search(rf"(^|[\s\[|]){re.escape(word)}\b", helps[parts]), words
                checked += 1
    assert checked > 20


@pytest.mark.parametrize("readme", READMES)
def test_other_commands_exist(readme: str) -> None:
    extras = tomllib.loads(read("pyproject.toml"))["project"]["optional-dependencies"]
    targets = set()
    for words in commands(readme):
        if words[0] == "make":
            targets.add(words[1])
        elif words[0] == "pip":
            assert re.fullmatch(r"\.\[(\w+)\]", words[-1]), words
            assert words[-1][2:-1] in extras
        elif words[0] == ".ci/run":
            assert os.access(ROOT / words[0], os.X_OK)
        elif words[0] == "source":
            assert words[1] == ".venv/bin/activate"
        else:
            assert words[0] == "python", words
            assert words[1] == "-m" or (ROOT / words[1]).is_file(), words
    assert {"run", "test", "lint", "eval"} <= targets
    for target in targets:
        done = subprocess.run(
            ["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr


def test_the_python_snippet_finds_and_answers(snippet: tuple[Path, list[str]]) -> None:
    place, said = snippet
    assert (place / "my-index" / "CURRENT").is_file()
    assert any(line.startswith("120.98亿元") for line in said)
    assert any("2025-02-17.html" in line and "120.98亿元" in line for line in said)
    assert said[-2:] == ["70.4亿元", "126家"]


@pytest.mark.parametrize("readme", READMES)
def test_the_questions_to_try_are_answered_so(readme: str, snippet: tuple[Path, list[str]]) -> None:
    bot = Bot.open(snippet[0] / "my-index")
    rows = re.findall(r"^\| (\S.*?) \| (.+?) \|$", prose(readme), re.MULTILINE)
    asked = [(q, a) for q, a in rows if "工业增加值" in q or "2019年" in q or "Qingyuan" in q]
    assert len(asked) == 5
    history: list[dict[str, str]] = []
    for question, shown in asked:
        plain = re.sub(r"\s*[（(].*[)）]$", "", question)
        turns = history if plain != question else []
        answer = bot.ask(plain, history=turns)
        if "[1]" in shown:
            expected = re.sub(r" (\[\d\])+$", "", shown)
            assert expected in answer.text or expected == answer.short, answer.text
        else:
            assert not answer.answered
            assert "2024年" in answer.text
        history = [
            {"role": "user", "content": plain},
            {"role": "assistant", "content": answer.text},
        ]


def test_the_documented_json_is_what_comes(snippet: tuple[Path, list[str]], tmp_path: Path) -> None:
    from qa.__main__ import main

    shown = next(json.loads(code) for code in blocks("README.md", "json") if '"citations"' in code)
    index = str(snippet[0] / "my-index")
    question = "清远高新区2024年工业增加值是多少"
    batch = tmp_path / "questions.jsonl"
    batch.write_text(json.dumps({"question": question}, ensure_ascii=False) + "\n", "utf-8")
    for arguments in ([question, "--json"], ["--batch", str(batch)]):
        said = io.StringIO()
        with redirect_stdout(said):
            assert main([*arguments, "--index", index]) == 0
        (line,) = said.getvalue().splitlines()
        answer = json.loads(line)
        assert list(answer) == list(shown)
        assert list(answer["citations"][0]) == list(shown["citations"][0])
        assert answer["short"] == shown["short"]
        cited, example = answer["citations"][0], shown["citations"][0]
        assert cited["published"] == example["published"]
        assert cited["source"].split(":")[0] == example["source"].split(":")[0]


def test_the_shown_article_and_questions_can_be_read(tmp_path: Path) -> None:
    from eval.questions import load_questions
    from index.read import read_folder

    article, questions, _ = blocks("README.md", "json")
    (tmp_path / "news.jsonl").write_text(article.strip() + "\n", "utf-8")
    (page,) = read_folder(tmp_path)
    assert (page.id, page.title) == ("2024-017", "园区晒出成绩单")  # type: ignore[union-attr]
    file = tmp_path / "questions.jsonl"
    file.write_text(questions, "utf-8")
    loaded = load_questions(file)
    assert [question.answerable for question in loaded] == [True, False]
    assert loaded[1].history == (loaded[0].text,)
    gold = (ROOT / "eval" / "articles" / loaded[0].sources[0]).read_text("utf-8")
    assert loaded[0].evidence[0] in gold


@pytest.mark.parametrize("readme", READMES)
def test_every_format_is_named(readme: str, tmp_path: Path) -> None:
    from index.read import Unreadable, read_folder

    (tmp_path / "picture.jpg").write_bytes(b"x")
    (left_out,) = read_folder(tmp_path)
    assert isinstance(left_out, Unreadable)
    known = set(re.findall(r"\.\w+", left_out.reason.split("known are")[1])) - {".htm"}
    assert known == set(re.findall(r"`(\.(?!venv|index)\w+)`", prose(readme)))


def test_the_page_and_its_button_are_called_so() -> None:
    from qa.strings import STRINGS

    for readme, words in zip(READMES, (STRINGS["en"], STRINGS["zh"]), strict=True):
        text = read(readme)
        assert text.startswith(f"# {words['name']}\n")
        assert re.search(rf"[*“]{words['articles']}[*”]", text)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere_and_no_path_is_of_one_machine(name: str) -> None:
    text = read(name)
    for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", prose(name)):
        if "://" not in link:
            assert ((ROOT / name).parent / link).exists(), link
    assert not re.search(r"(?:^|[\s`\"'(=])/(?:tmp|work|home|root|Users)\b|[A-Z]:\\|\.\./", text)


@pytest.mark.parametrize("readme", READMES)
def test_the_measured_numbers_can_be_renewed(readme: str) -> None:
    spec = importlib.util.spec_from_file_location("measure", ROOT / "docs" / "measure.py")
    assert spec is not None
    assert spec.loader is not None
    measure = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(measure)
    begin, _, rest = read(readme).partition(measure.BEGIN)
    assert begin
    shown = rest.partition(measure.END)[0].partition("\n")[2]
    fresh = measure.table(read("docs/measured.md"), readme)
    # The numbers change with every improvement; what stands beside them does not.
    plain = re.compile(r"[\d.]+ ?(?:ms|s\b)|[\d.]+")
    assert plain.sub("", shown) == plain.sub("", fresh)


def test_the_changelog_tells_of_this_version() -> None:
    version = tomllib.loads(read("pyproject.toml"))["project"]["version"]
    assert f"## [{version}]" in read("CHANGELOG.md")
