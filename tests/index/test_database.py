"""What is stored comes back equal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.database import Database, DatabaseWriter, Entry, content_hash
from index.records import Article, Block, Change, Figure, Period
from index.split import split

days = st.dates(date(1990, 1, 1), date(2030, 1, 1))
periods = st.none() | st.builds(
    lambda a, b, inferred: Period(min(a, b), max(a, b), inferred), days, days, st.booleans()
)
words = st.text(alphabet="高新区产值“”%。\n'a😀 ", max_size=30)
amounts = st.decimals(-1000, 1000, places=2)
changes = st.none() | st.builds(
    Change, amounts, st.just("%"), periods, st.integers(0, 9), st.integers(10, 19)
)
figures = st.builds(
    Figure, words, words, periods, amounts, words, changes, words, st.just(0), st.just(2)
)
articles = st.builds(
    lambda key, title, published, text, blocks: Article(
        key, title, "记者 某", "某报", published, text, f"2020/{key}.txt:1-2", blocks
    ),
    st.uuids().map(str),
    words,
    periods,
    words,
    st.just(()) | st.just((Block("heading", 0, 1), Block("caption", 1, 2))),
)


def stored(path: Path, entries: Sequence[Entry]) -> Database:
    writer = DatabaseWriter(path)
    writer.add(entries)
    writer.close()
    return Database(path)


@given(st.lists(st.tuples(articles, st.lists(figures, max_size=2)), max_size=4))
@settings(deadline=None, max_examples=40)
def test_round_trip(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("db") / "文章.sqlite"
    entries = [Entry(article, split(article, 12), found) for article, found in content]
    database = stored(path, entries)
    assert list(database.articles()) == [entry.article for entry in entries]
    passages = [passage for entry in entries for passage in entry.passages]
    assert database.passages(range(len(passages))) == passages
    for row, entry in enumerate(entries):
        assert database.article_row(entry.article.id) == row
        assert database.passages(database.span(row)) == list(entry.passages)
        kept = database.figures(row)
        assert kept == entry.figures
        assert [f.period and f.period.inferred for f in kept] == [
            f.period and f.period.inferred for f in entry.figures
        ]
        assert all(owner == row for owner in database.owners()[list(database.span(row))])
    database.close()


def test_the_hash_knows_content_and_not_place():
    one = Article(
        "a", "题", "", "", Period(date(2020, 5, 25), date(2020, 5, 25)), "文", "x.txt:1-2"
    )
    from dataclasses import replace

    assert content_hash(one) == content_hash(replace(one, id="b", source="y/x.txt:9-10"))
    for change in ({"text": "文。"}, {"title": "题目"}, {"published": None}, {"outlet": "报"}):
        assert content_hash(one) != content_hash(replace(one, **change))


def test_what_is_not_there_is_named(tmp_path):
    database = stored(tmp_path / "a.sqlite", [])
    with pytest.raises(KeyError, match="no article 'x'"):
        database.article_row("x")
    with pytest.raises(IndexError, match="no passage of row 3"):
        database.passages([3])
    assert database.owners().shape == (0,)
    assert database.owners().dtype == np.int32


def test_an_open_database_outlives_its_file(tmp_path):
    article = Article("a", "题", "", "", None, "高新区。", "a.txt:1-1")
    database = stored(tmp_path / "a.sqlite", [Entry(article, split(article), [])])
    (tmp_path / "a.sqlite").unlink()
    assert database.article_at(0) == article
    assert database.outlines()[0][1:] == (0, 1)
