"""What is found, in what order, within what bounds."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from index import build_index
from qa.reader.read import Read, Reader
from qa.records import Scope
from qa.retrieve import Retriever
from tests.conftest import RECORDS, LetterEncoder, write_collection


@pytest.fixture(scope="module")
def retriever(tmp_path_factory):
    folder = tmp_path_factory.mktemp("articles")
    write_collection(folder / "2024" / "news.jsonl", RECORDS[:3])
    write_collection(folder / "photos.jsonl", RECORDS[3:])
    out = tmp_path_factory.mktemp("index")
    build_index(folder, out, encoder=LetterEncoder()).close()
    return Retriever.open(out, LetterEncoder())


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("清远高新区2024年工业增加值是多少", "qy-2024"),
        ("清远高新区2020年上半年工业增加值是多少？", "qy-2020"),
        ("沈阳高新区2024年的工业增加值", "sy-2024"),
        ("瀋陽高新區的機器人產業", "sy-2024"),
        ("哪里的樱花开了", "jy-photo"),
    ],
)
def test_place_and_period_decide_between_look_alikes(retriever, question, article):
    hits = retriever.search(question)
    assert hits[0].article.id == article
    assert hits[0].passage.article_id == article
    assert all(h.article.text[h.passage.start : h.passage.end] == h.passage.text for h in hits)


def test_hits_are_ordered_and_at_most_k(retriever):
    hits = retriever.search("高新区", k=3)
    assert len(hits) == 3
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    assert len({h.passage.id for h in hits}) == 3
    assert retriever.search("高新区", k=0) == []


class Liking(Reader):
    """A reader that finds an answer where a word stands, and only there."""

    def __init__(self, word: str) -> None:
        self.word, self.asked = word, 0

    def read(self, question, stretches):
        self.asked += 1
        return [
            Read(
                np.array([0], np.int32),
                np.array([len(s.text)], np.int32),
                *(np.array([5.0 if self.word in s.text else -9.0], np.float32),) * 2,
            )
            for s in stretches
        ]


def test_passages_that_hold_an_answer_come_before_those_alike(retriever):
    query = "高新区工业增加值"
    plain = Retriever(retriever.index).search(query, k=20)
    last = next(h for h in reversed(plain) if "机器人" in h.passage.text)
    reader = Liking("机器人")
    read = Retriever(retriever.index, reader).search(query, k=20)
    ranks = [[h.passage.id for h in hits].index(last.passage.id) for hits in (plain, read)]
    assert ranks[1] < ranks[0]
    assert {h.passage.id for h in read} == {h.passage.id for h in plain}
    assert all(0 <= h.score <= 1 for h in read)


def test_only_chinese_is_read(retriever):
    reader = Liking("增加值")
    searching = Retriever(retriever.index, reader)
    searching.search("What is the industrial added value?")
    assert reader.asked == 0
    searching.search("增加值是多少")
    assert reader.asked == 1


def test_scores_have_one_scale(retriever):
    good = retriever.search("清远高新区2024年工业增加值完成120.98亿元，同比增长7.1%", k=1)[0].score
    poor = retriever.search("量子计算机的比特数是多少", k=1)[0].score
    assert 0 <= poor < 0.5 < good <= 1


@pytest.mark.parametrize(
    ("scope", "articles"),
    [
        (Scope(), {"qy-2024", "qy-2020", "sy-2024", "jy-photo"}),
        (Scope(since=date(2024, 1, 1)), {"qy-2024", "sy-2024"}),
        (Scope(until=date(2020, 12, 31)), {"qy-2020"}),
        (Scope(outlets=frozenset({"沈阳日报", "无锡日报"})), {"sy-2024", "jy-photo"}),
        (Scope(folders=frozenset({"2024"})), {"qy-2024", "qy-2020", "sy-2024"}),
        (Scope(outlets=frozenset({"没有这家报纸"})), set()),
    ],
)
def test_a_scope_bounds_what_is_found(retriever, scope, articles):
    hits = retriever.search("清远沈阳江阴高新区工业增加值樱花", k=20, scope=scope)
    assert {h.article.id for h in hits} == articles


@pytest.mark.parametrize("query", ["", "  ", "？？", "什么", "😀", "\n\0", "a" * 5000])
def test_odd_questions_find_something_or_nothing_but_do_not_fail(retriever, query):
    assert len(retriever.search(query)) <= 5


def test_an_english_place_is_looked_for_under_its_chinese_name(retriever):
    hits = retriever.search("What did Shenyang High-tech Zone achieve?", k=1)
    assert hits[0].article.id == "sy-2024"


def test_an_update_is_seen_at_once(tmp_path):
    write_collection(tmp_path / "a" / "n.jsonl", RECORDS[:2])
    index = build_index(tmp_path / "a", tmp_path / "i", encoder=LetterEncoder())
    retriever = Retriever(index)
    assert retriever.search("樱花", k=1)[0].article.id != "jy-photo"
    write_collection(tmp_path / "a" / "n.jsonl", RECORDS)
    index.update(tmp_path / "a")
    assert retriever.search("樱花", k=1)[0].article.id == "jy-photo"
