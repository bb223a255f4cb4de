"""The pipeline: what is read, embedded again and left out, and a crash at any moment."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from index import Index, build_index
from index.__main__ import main, summary
from index.records import Vectors
from index.store import locked
from tests.conftest import RECORDS, LetterEncoder, write_collection


def vectors_of(index: Index, article_id: str) -> Vectors:
    return index.current.neighbours.vectors(index.rows_of(article_id))


def test_everything_is_counted_and_progress_is_told(collection, tmp_path, encoder):
    told = []
    index = build_index(
        collection, tmp_path / "i", encoder=encoder, progress=lambda *step: told.append(step)
    )
    report = index.report
    assert (report.files, report.articles, report.kept, report.dropped) == (1, 4, 0, 0)
    assert report.embedded == report.passages == encoder.documents == index.stats.passages
    assert report.figures == sum(len(index.figures(a.id)) for a in index.articles()) > 0
    assert told[-1] == (2, 2, "save")
    assert (4, 4, "index") in told


def test_an_update_embeds_only_what_is_new_and_drops_what_is_gone(collection, tmp_path, encoder):
    index = build_index(collection, tmp_path / "i", encoder=encoder)
    before = {a.id: vectors_of(index, a.id) for a in index.articles()}
    encoder.documents = 0
    changed = {**RECORDS[0], "text": RECORDS[0]["text"] + "\n园区新增一条生产线。"}
    new = {"id": "new", "title": "新区", "text": "合肥高新区量子企业增至六十家。"}
    write_collection(collection / "news.jsonl", [new, RECORDS[2], changed, RECORDS[3]])
    report = index.update(collection)
    assert encoder.documents == report.embedded == 2
    assert (report.articles, report.kept, report.dropped) == (4, 2, 2)
    assert [a.id for a in index.articles()] == ["new", "sy-2024", "qy-2024", "jy-photo"]
    for kept in ("sy-2024", "jy-photo"):
        assert (vectors_of(index, kept) == before[kept]).all()
    assert "qy-2020" not in [index.current.database.article_at(i).id for i in range(4)]


def test_an_update_without_a_change_embeds_nothing(collection, tmp_path, encoder):
    index = build_index(collection, tmp_path / "i", encoder=encoder)
    figures = [index.figures(a.id) for a in index.articles()]
    encoder.documents = 0
    report = index.update(collection)
    assert (encoder.documents, report.embedded, report.dropped) == (0, 0, 0)
    assert [index.figures(a.id) for a in index.articles()] == figures


def test_an_incremental_index_equals_one_built_at_once(collection, tmp_path, encoder):
    index = build_index(collection, tmp_path / "i", encoder=encoder)
    write_collection(collection / "a" / "more.jsonl", [{"id": "x", "text": "无锡高新区芯片产业。"}])
    index.update(collection)
    anew = build_index(collection, tmp_path / "j", encoder=encoder)
    assert list(index.articles()) == list(anew.articles())
    for article in anew.articles():
        assert (vectors_of(index, article.id) == vectors_of(anew, article.id)).all()
    query = ["高新", "芯片"]
    assert (index.lexical.scores(query) == anew.lexical.scores(query)).all()


def test_another_date_is_embedded_again(collection, tmp_path, encoder):
    index = build_index(collection, tmp_path / "i", encoder=encoder)
    write_collection(collection / "news.jsonl", [{**RECORDS[0], "published": "2025-01-03"}])
    assert index.update(collection).embedded == 1


def test_another_encoder_embeds_everything_again(collection, tmp_path, encoder):
    class Other(LetterEncoder):
        fingerprint = "letters-2"

    build_index(collection, tmp_path / "i", encoder=encoder).close()
    other = Other()
    assert build_index(collection, tmp_path / "i", encoder=other).report.kept == 0
    assert other.documents > 0


def test_removed_articles_are_gone_until_the_next_update(collection, tmp_path, encoder):
    index = build_index(collection, tmp_path / "i", encoder=encoder)
    encoder.documents = 0
    assert index.remove(["qy-2020"]).dropped == 1
    assert encoder.documents == 0
    assert [a.id for a in Index.open(tmp_path / "i", encoder).articles()] == [
        "qy-2024",
        "sy-2024",
        "jy-photo",
    ]
    with pytest.raises(KeyError, match="qy-2020"):
        index.remove(["qy-2020"])
    assert index.update(collection).articles == 4


def test_doubled_articles_count_once_and_shared_ids_are_told_apart(tmp_path, encoder):
    write_collection(tmp_path / "a" / "m.jsonl", [{"id": "1", "text": "高新区甲。"}])
    again = [{"id": "2", "text": "高新区甲。"}, {"id": "1", "text": "高新区乙。"}]
    write_collection(tmp_path / "a" / "n.jsonl", again)
    index = build_index(tmp_path / "a", tmp_path / "i", encoder=encoder)
    assert index.report.duplicates == 1
    assert [(a.id, a.text) for a in index.articles()] == [
        ("1", "高新区甲。"),
        ("1-2", "高新区乙。"),
    ]


def test_what_cannot_be_read_is_named_and_ends_nothing(collection, tmp_path, encoder, capsys):
    (collection / "empty.txt").write_bytes(b"")
    (collection / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (collection / "odd.xyz").write_text("文", "utf-8")
    with (collection / "news.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"id": "s", "text": "坏字\\ud800符"}\n')
    index = build_index(collection, tmp_path / "i", encoder=encoder)
    left_out = {item.path.split(":")[0] for item in index.report.left_out}
    assert left_out >= {"empty.txt", "binary.txt", "odd.xyz"}
    assert {a.id for a in index.articles()} >= {r["id"] for r in RECORDS}
    text = "\n".join(summary(index.report, tmp_path / "i"))
    assert all(item.path in text and item.reason in text for item in index.report.left_out)
    assert index.current.manifest.left_out == tuple(
        (item.path, item.reason) for item in index.report.left_out
    )


def test_no_folder_and_no_article_are_clear_errors(tmp_path, encoder):
    with pytest.raises(FileNotFoundError, match="no folder"):
        build_index(tmp_path / "none", tmp_path / "i", encoder=encoder)
    (tmp_path / "empty").mkdir()
    with pytest.raises(ValueError, match="no article in"):
        build_index(tmp_path / "empty", tmp_path / "i", encoder=encoder)
    with pytest.raises(FileNotFoundError):
        Index.open(tmp_path / "i", encoder)


def test_a_failed_update_leaves_the_index_as_it_was(collection, tmp_path, encoder):
    class Failing(LetterEncoder):
        def encode_document(self, texts):
            raise RuntimeError("out of memory")

    build_index(collection, tmp_path / "i", encoder=encoder).close()
    write_collection(collection / "b.jsonl", [{"id": "x", "text": "新的。"}])
    with pytest.raises(RuntimeError, match="out of memory"):
        build_index(collection, tmp_path / "i", encoder=Failing())
    assert len(Index.open(tmp_path / "i", encoder)) == 4


# The child kills itself outright at the moment that its third argument names.
_KILLED = """
import os, shutil, signal, sys
from pathlib import Path
from index import build_index
from tests.conftest import LetterEncoder

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

folder, out, moment = sys.argv[1:]
def progress(done, total, stage):
    if moment == f"{stage} {done}":
        die()
if moment == "switch":
    Path.replace = die
if moment == "removal":
    shutil.rmtree = die
build_index(folder, out, encoder=LetterEncoder(), progress=progress)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
@pytest.mark.parametrize("moment", ["index 4", "save 1", "save 2", "switch", "removal"])
def test_killed_at_any_moment_an_index_stays_whole(collection, tmp_path, encoder, moment):
    out = tmp_path / "i"
    build_index(collection, out, encoder=encoder).close()
    write_collection(collection / "a.jsonl", [{"id": "x", "text": "新的高新区。"}])
    ended = subprocess.run(
        [sys.executable, "-c", _KILLED, str(collection), str(out), moment.replace("4", "5")],
        cwd=Path(__file__).parents[2],
        check=False,
        capture_output=True,
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    index = Index.open(out, encoder, verify=True)
    assert len(index) == (5 if moment == "removal" else 4)
    assert index.lexical.search(["樱花"], 1)[0].size == 1
    with locked(out):
        pass  # the lock died with its process
    assert len(build_index(collection, out, encoder=encoder)) == 5
    assert len(list(out.glob("gen-*"))) == 1


def test_the_command_counts_and_names(collection, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("index.build.load_encoder", lambda name: LetterEncoder())
    (collection / "empty.txt").write_bytes(b"")
    assert main([str(collection), "--out", str(tmp_path / "i")]) == 0
    out = capsys.readouterr().out
    assert "1 files, 4 articles" in out
    assert "empty.txt: " in out
    assert main([str(tmp_path / "none"), "--out", str(tmp_path / "i")]) == 1
    assert "no folder" in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        main([])
    assert ended.value.code == 2
