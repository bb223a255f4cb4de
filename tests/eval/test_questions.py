"""The sample questions against the sample articles: what the evaluation rests on holds together."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

ROOM = Path(__file__).parents[2] / "eval"
ARTICLES = ROOM / "articles"
ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in (ROOM / "questions.jsonl").read_text(encoding="utf-8").splitlines()
]
ANSWERABLE = [row for row in ROWS if row["answerable"]]
# Kinds whose answer need not stand word for word in the evidence: it is calculated, put together
# from several places, cut in two by the page's layout, or given in the question's language.
DERIVED = {"compute", "compare", "crosslingual", "list"}
FIELDS = {"id", "type", "question", "accept", "source", "evidence", "answerable", "history"}


def plain(text: str) -> str:
    """NFKC, without white space: how evidence is compared with a page."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


PAGES = {
    path.relative_to(ARTICLES).as_posix(): plain(path.read_text(encoding="utf-8"))
    for path in sorted(ARTICLES.rglob("*"))
    if path.is_file()
}


def test_the_set_is_large_and_its_ids_are_unique() -> None:
    ids = [row["id"] for row in ROWS]
    assert len(ids) >= 160
    assert len(set(ids)) == len(ids)


def test_no_question_is_asked_twice() -> None:
    asked = [(plain(row["question"]), tuple(row.get("history", ()))) for row in ROWS]
    assert len(set(asked)) == len(asked)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_row_is_well_formed(row: dict[str, Any]) -> None:
    assert set(row) <= FIELDS
    assert row["question"].strip()
    assert bool(row["accept"]) == row["answerable"]
    assert all(group and all(plain(text) for text in group) for group in row["accept"])
    history = row.get("history", [])
    assert isinstance(history, list)
    assert all(isinstance(turn, str) and turn for turn in history)
    if not row["answerable"]:
        assert row["type"] == "unanswerable"
        assert row["source"] is None
        assert row["evidence"] is None


@pytest.mark.parametrize("row", ANSWERABLE, ids=lambda row: row["id"])
def test_evidence_stands_in_its_page(row: dict[str, Any]) -> None:
    assert plain(row["evidence"]) in PAGES[row["source"]]


@pytest.mark.parametrize("row", ANSWERABLE, ids=lambda row: row["id"])
def test_accepted_answer_stands_in_the_evidence(row: dict[str, Any]) -> None:
    if row["type"] in DERIVED:
        # At least one term of a calculation, or one item of a list, is still stated there.
        numbers = r"\d+(?:\.\d+)?"
        items = [text for group in row["accept"] for text in group]
        evidence = plain(row["evidence"])
        assert re.search(numbers, evidence) or any(plain(item) in evidence for item in items)
        return
    evidence = plain(row["evidence"])
    for group in row["accept"]:
        assert any(plain(text) in evidence for text in group), (group, evidence)


def test_every_page_is_asked_about() -> None:
    assert {row["source"] for row in ANSWERABLE} == set(PAGES)


def test_the_mix_of_kinds() -> None:
    def count(kind: str) -> int:
        return sum(row["type"] == kind for row in ROWS)

    assert count("unanswerable") * 6 >= len(ROWS)
    assert count("followup") >= 12
    assert count("crosslingual") >= 14
    assert count("compute") + count("compare") >= 10


def test_follow_ups_have_a_dialogue_before_them() -> None:
    assert all(row.get("history") for row in ROWS if row["type"] == "followup")
