"""The whole evaluation over the bundled sample and over small files in the public forms."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.__main__ import main
from eval.ablate import ablate_command
from eval.draft import draft_from
from eval.prepare import ARTICLES, QUESTIONS, PrepareError, Settings, cached_index
from eval.questions import load_questions
from eval.results import load_results


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(cache: Path, *arguments: str) -> int:
    return main([*arguments, "--cache", str(cache), "--quiet", "--json", "r.json"])


def test_the_bundled_sample(cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(cache, "--limit", "24", "--at-least", "0.5", "--html", "r.html") == 0
    results = load_results(Path("r.json"))
    assert len(results.rows) == 24
    assert all(row.verdict for row in results.rows)
    assert not [row.id for row in results.rows if row.unsupported]
    assert results.estimates()["hit@5"].mean > 0.8
    assert "by kind" in capsys.readouterr().out
    assert Path("r.html").stat().st_size > 20_000


def test_a_collection_is_indexed_once(cache: Path) -> None:
    settings = Settings(cache=cache)
    first = cached_index(ARTICLES, settings)
    assert cached_index(ARTICLES, settings) == first
    with pytest.raises(PrepareError, match="no such folder"):
        cached_index(cache / "none", settings)
    (cache / "empty").mkdir()
    with pytest.raises(PrepareError):
        cached_index(cache / "empty", settings)


def test_every_bundled_gold_place_is_in_the_index(cache: Path) -> None:
    from eval.gold import GoldFinder, check_gold
    from index import Index

    index = Index.open(cached_index(ARTICLES, Settings(cache=cache)))
    finder, questions = GoldFinder(index), load_questions(QUESTIONS)
    check_gold(finder, questions)
    lost = [q.id for q in questions if q.located and not all(finder.find(q).spans)]
    index.close()
    assert lost == []


def test_a_draft_can_be_run_at_once(cache: Path) -> None:
    index = cached_index(ARTICLES, Settings(cache=cache))
    rows = draft_from(index, 12)
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    Path("d.jsonl").write_text(text, "utf-8")
    assert len(load_questions(Path("d.jsonl"))) == 12
    assert run(cache, "--questions", "d.jsonl", "--index", str(index)) == 0
    assert len(load_results(Path("r.json")).rows) == 12


PARAGRAPHS = [
    ("江南造船厂建于1865年，位于上海黄浦江畔。", "江南造船厂建于哪一年？", "1865年"),
    ("香蕉岛面积约12平方公里，岛上有三个村庄。", "香蕉岛面积有多大？", "12平方公里"),
    ("李明是蓝天合唱团的指挥，合唱团共有团员45人。", "蓝天合唱团有多少团员？", "45人"),
]


def test_squad_form_from_end_to_end(cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paragraphs = [
        {
            "context": text,
            "qas": [{"id": f"s{n}", "question": asked, "answers": [{"text": answer}]}],
        }
        for n, (text, asked, answer) in enumerate(PARAGRAPHS)
    ]
    data = {"data": [{"title": "", "paragraphs": paragraphs}]}
    Path("s.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    assert run(cache, "--squad", "s.json") == 0
    found, read = load_results(Path("r.json")), load_results(Path("r-reading.json"))
    assert found.estimates()["hit@1"].mean == 1
    assert ablate_command(["--squad", "s.json", "--cache", str(cache), "--quiet"]) == 0
    assert "BM25 alone, no headers" in capsys.readouterr().out
    assert read.estimates()["cmrc_f1"].mean > 0.5
    assert len(read.rows) == 3


def test_beir_form_from_end_to_end(cache: Path) -> None:
    Path("b/qrels").mkdir(parents=True)
    corpus = [{"_id": f"d{n}", "title": "", "text": row[0]} for n, row in enumerate(PARAGRAPHS)]
    queries = [{"_id": f"q{n}", "text": row[1]} for n, row in enumerate(PARAGRAPHS)]
    for name, rows in (("corpus", corpus), ("queries", queries)):
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        Path(f"b/{name}.jsonl").write_text(text, "utf-8")
    qrels = "".join(f"q{n}\td{n}\t1\n" for n in range(3))
    Path("b/qrels/test.tsv").write_text(f"query-id\tcorpus-id\tscore\n{qrels}", "utf-8")
    assert run(cache, "--beir", "b") == 0
    assert load_results(Path("r.json")).estimates()["ndcg@10"].mean == 1


@pytest.mark.parametrize(("noise", "measure"), [("0.4", "correct"), ("1", "refusal_recall")])
def test_rgb_form_from_end_to_end(cache: Path, noise: str, measure: str) -> None:
    texts = [row[0] for row in PARAGRAPHS]
    rows = [
        {
            "id": n,
            "query": asked,
            "answer": [[answer]],
            "positive": [text],
            "negative": [other for other in texts if other != text],
        }
        for n, (text, asked, answer) in enumerate(PARAGRAPHS)
    ]
    Path("g.json").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assert run(cache, "--rgb", "g.json", "--noise", noise) == 0
    assert load_results(Path("r.json")).estimates()[measure].mean > 0.5


def test_ablation_from_end_to_end(cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--cache", str(cache), "--limit", "6", "--quiet", "--json", "parts"]
    assert ablate_command(arguments) == 0
    shown = capsys.readouterr()
    assert "BM25 alone" in shown.out
    assert "without headers" in shown.out
    assert "without periods" in shown.out
    assert shown.err == ""
    assert load_results(Path("parts/00-everything.json")).rows
