from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.collection import Collection, NotOpenError, scope_of, share_of
from qa.folder import (
    UPLOADS,
    file_of,
    folder_of,
    folders_of,
    home,
    safe_path,
    working_copy,
)
from tests.app.fakes import FakeBot, fake_collection, write_articles


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    return fake_collection(write_articles(tmp_path / "articles"))


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=90))
def test_an_uploaded_name_never_leads_out(name: str) -> None:
    path = safe_path(name)
    assert path.parts
    assert not path.is_absolute()
    assert not set(path.parts) & {"..", ".", ""}
    assert not any(part.startswith(".") for part in path.parts)
    assert safe_path(str(path)) == path


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("C:\\Users\\me\\a.txt", "C/Users/me/a.txt"),
        ("..", "unnamed"),
        ("报纸/第3版.txt", "报纸/第3版.txt"),
        ("报" * 90 + ".txt", "报" * 65 + ".txt"),
    ],
)
def test_names_are_kept_as_far_as_they_are_harmless(name: str, path: str) -> None:
    assert str(safe_path(name)) == path


def test_sources_folders_and_homes() -> None:
    assert file_of("2020/a.txt:3-40") == "2020/a.txt"
    assert file_of("a.jsonl:7") == "a.jsonl"
    assert file_of("a.txt") == "a.txt"
    assert folders_of(["x/y/a.txt:1-2", "b.txt:1-2", "x/c.txt:1-2"]) == ["x", "x/y"]
    assert home(Path("one")) != home(Path("two"))
    assert home(Path("one")).parts[0] == ".index"


def test_a_scope_is_checked() -> None:
    scope = scope_of("2020-01-01", "", ["日报"], [])
    assert scope.since is not None
    assert scope.until is None
    assert scope.outlets == {"日报"}
    with pytest.raises(ValueError, match="2020-02-30"):
        scope_of("2020-02-30", "", [], [])
    with pytest.raises(ValueError, match="lies before"):
        scope_of("2021-01-01", "2020-01-01", [], [])


def test_the_share_of_a_build_only_grows() -> None:
    steps = [("read", 5, 0), ("index", 0, 10), ("index", 10, 10), ("save", 1, 2), ("save", 2, 2)]
    shares = [share_of(done, total, stage) for stage, done, total in steps]
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1)


def test_the_working_copy_follows_the_sample_and_keeps_uploads(tmp_path: Path) -> None:
    sample, copy = tmp_path / "sample", tmp_path / "copy"
    (sample / "old").mkdir(parents=True)
    (sample / "old" / "a.txt").write_text("a")
    working_copy(sample, copy)
    (copy / UPLOADS).mkdir()
    (copy / UPLOADS / "mine.txt").write_text("m")
    (sample / "old" / "a.txt").rename(sample / "b.txt")
    (sample / "old").rmdir()
    working_copy(sample, copy)
    files = {path.relative_to(copy).as_posix() for path in copy.rglob("*.txt")}
    assert files == {"b.txt", "uploads/mine.txt"}


def test_questions_wait_until_the_articles_are_open(tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "articles")

    def slow(_: Path) -> FakeBot:
        time.sleep(0.3)
        return FakeBot(folder)

    collection = Collection(folder, tmp_path / "none", lambda *_: None, slow)
    collection.open()
    states = [collection.status["state"]]
    assert collection.stats.articles == 4
    states.append(collection.status["state"])
    assert states == ["opening", "ready"]


def test_a_failure_to_open_is_told(tmp_path: Path) -> None:
    def fail(*_: object) -> None:
        raise ValueError("no article in here")

    collection = Collection(tmp_path, tmp_path / "none", fail, lambda _: FakeBot(tmp_path))
    collection._open()
    assert collection.status == {"state": "failed", "share": 1.0, "reason": "no article in here"}
    with pytest.raises(NotOpenError, match="no article in here"):
        collection.suggest(3)


def test_an_index_that_is_there_answers_before_it_is_refreshed(tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "articles")
    (tmp_path / "index").mkdir()
    built: list[Path] = []
    collection = Collection(
        folder, tmp_path / "index", lambda *_: built.append(folder), lambda _: FakeBot(folder)
    )
    collection._open()
    assert collection.status["state"] == "ready"
    assert built == []


def test_articles_are_found_by_any_of_their_words(collection: Collection) -> None:
    assert len(collection.articles()) == 4
    assert [a["byline"] for a in collection.articles("林一平 南湖")] == ["本报记者 林一平"]
    assert collection.articles("没有的词") == []
    assert collection.outlets() == ["南湖日报"]
    assert collection.folders() == ["2020"]
    assert collection.article("unknown") is None


def test_what_cannot_be_read_is_named_and_not_kept(collection: Collection, tmp_path: Path) -> None:
    good, bad, big = (tmp_path / name for name in ("good.txt", "bad.txt", "big.txt"))
    good.write_text("# 新文章\n本文很短。", "utf-8")
    bad.write_bytes(b"\xff\xfe\xfd\x00\x01")
    big.write_bytes(b"a" * 2000)
    again = collection.folder / "2020" / "outlook.txt"
    files = [("夹/good.txt", good), ("bad.txt", bad), ("big.txt", big), ("again.txt", again)]
    *_, last = collection.add(files, limit=1000)
    assert last.stage == "done"
    assert last.articles == 5
    assert last.left_out == ("big.txt (> 0 MB)", "bad.txt (not text)")
    kept = [p.relative_to(collection.folder).as_posix() for p in collection.folder.rglob("*.txt")]
    assert "uploads/夹/good.txt" in kept
    assert last.doubled == ("again.txt",)
    assert not any(name in path for path in kept for name in ("bad", "big", "again"))
    added = collection.articles("新文章")[0]
    assert added["removable"]
    collection.remove(added["source"])
    assert len(collection.articles()) == 4


def test_only_added_files_can_be_removed(collection: Collection) -> None:
    for source in ("2020/outlook.txt:1-3", "uploads/../2020/outlook.txt", "/etc/hostname"):
        with pytest.raises(ValueError, match="was not added here"):
            collection.remove(source)


def test_one_file_is_no_folder_to_add_to(tmp_path: Path) -> None:
    write_articles(tmp_path / "articles")
    collection = fake_collection(tmp_path / "articles")
    collection.folder = tmp_path / "articles" / "2020" / "outlook.txt"
    with pytest.raises(ValueError, match="is no folder: start the chat with one"):
        next(collection.add([], 10))


def test_an_index_tells_its_folder_and_a_missing_one_does_not(tmp_path: Path) -> None:
    assert folder_of(tmp_path / "none") is None


def test_an_index_whose_folder_is_gone_still_answers(tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "articles")
    (tmp_path / "index").mkdir()
    gone = tmp_path / "gone"
    collection = Collection(gone, tmp_path / "index", lambda *_: None, lambda _: FakeBot(folder))
    collection._open()
    assert collection.status["state"] == "ready"
    assert len(collection.articles()) == 4
    with pytest.raises(ValueError, match="is no folder"):
        next(collection.add([], 10))
