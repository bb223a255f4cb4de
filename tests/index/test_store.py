"""An index on disk: what was saved is what is opened, and every refusal says what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index import Index, build_index
from index.store import LOCK, MANIFEST, current_folder, locked, new_generation
from tests.conftest import RECORDS, LetterEncoder, write_collection


@pytest.fixture
def built(collection, tmp_path, encoder):
    build_index(collection, tmp_path / "索引", encoder=encoder).close()
    return tmp_path / "索引"


def edit_manifest(path: Path, **changes: object) -> None:
    file = current_folder(path) / MANIFEST
    file.write_text(json.dumps({**json.loads(file.read_text("utf-8")), **changes}), "utf-8")


def test_what_was_built_is_what_is_opened(built, encoder):
    index = Index.open(built, encoder, verify=True)
    assert [a.id for a in index.articles()] == [r["id"] for r in RECORDS]
    assert len(index) == index.stats.articles == 4
    article = index.article("qy-2024")
    assert article.text == RECORDS[0]["text"]
    assert article.published is not None
    assert article.published.start.isoformat() == "2024-12-31"
    for row in range(index.stats.passages):
        passage = index.passage(row)
        owner = index.article(passage.article_id)
        assert owner.text[passage.start : passage.end] == passage.text
        assert row in index.rows_of(owner.id)
    rows = range(index.stats.passages)
    assert index.current.neighbours.vectors(rows).shape == (len(rows), encoder.dim)


def test_ids_and_rows_that_are_none_are_named(built, encoder):
    index = Index.open(built, encoder)
    with pytest.raises(KeyError, match="nowhere"):
        index.article("nowhere")
    with pytest.raises(IndexError, match="99"):
        index.passage(99)


def test_no_index_says_how_to_make_one(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"no index.*python -m index ARTICLES --out"):
        Index.open(tmp_path / "none")


def test_an_unfinished_build_is_no_index(tmp_path):
    (tmp_path / "gen-000001").mkdir()
    with pytest.raises(FileNotFoundError, match="only an unfinished build"):
        Index.open(tmp_path)


def test_a_newer_format_is_not_read(built, encoder):
    edit_manifest(built, format=99)
    with pytest.raises(ValueError, match=r"format 99.*up to 1"):
        Index.open(built, encoder)


def test_another_encoder_is_named_with_the_command_that_mends_it(built):
    class Other(LetterEncoder):
        name = "other"

    with pytest.raises(ValueError, match=r"'letters'.*'other'.*python -m index .* --model other"):
        Index.open(built, Other())


def test_the_same_encoder_trained_anew_is_another(built):
    class Retrained(LetterEncoder):
        fingerprint = "letters-2"

    with pytest.raises(ValueError, match=r"letters-1.*another version, letters-2"):
        Index.open(built, Retrained())


def test_another_dimension_is_another_encoder(built):
    class Short(LetterEncoder):
        dim = 32

    with pytest.raises(ValueError, match=r"64 dimensions.*not with 32 dimensions"):
        Index.open(built, Short())


@pytest.mark.parametrize("name", ["articles.sqlite", "vectors.faiss", "lexical/terms.json"])
def test_a_changed_file_is_noticed(built, encoder, name):
    file = current_folder(built) / name
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    with pytest.raises(ValueError, match=f"damaged: {name}"):
        Index.open(built, encoder)


def test_a_missing_file_and_a_broken_manifest_are_noticed(built, encoder):
    manifest = current_folder(built) / MANIFEST
    content = manifest.read_text("utf-8")
    manifest.write_text(content[:100], "utf-8")
    with pytest.raises(ValueError, match="damaged"):
        Index.open(built, encoder)
    manifest.write_text(content, "utf-8")
    (current_folder(built) / "vectors.faiss").unlink()
    with pytest.raises(ValueError, match=r"damaged: .*vectors.faiss is missing"):
        Index.open(built, encoder)


def test_a_damaged_index_is_built_anew(built, collection, encoder):
    (current_folder(built) / "vectors.faiss").unlink()
    index = build_index(collection, built, encoder=encoder)
    assert index.report.embedded == index.stats.passages


def test_two_builds_cannot_write_at_once(built, collection, encoder):
    with locked(built), pytest.raises(BlockingIOError, match="another build"):
        build_index(collection, built, encoder=encoder)
    assert (built / LOCK).exists()
    build_index(collection, built, encoder=encoder).close()


def test_a_failed_build_leaves_the_old_one_and_no_rubbish(built, encoder):
    before = current_folder(built)

    def fail(place: Path) -> None:
        (place / "half").write_text("…", "utf-8")
        raise RuntimeError("disk full")

    with pytest.raises(RuntimeError, match="full"), new_generation(built) as place:
        fail(place)
    assert current_folder(built) == before
    assert [p.name for p in built.glob("gen-*")] == [before.name]
    Index.open(built, encoder).close()


def test_what_killed_builds_left_is_removed_by_the_next(built, collection, encoder):
    (built / "gen-000900").mkdir()
    before = current_folder(built).name
    with new_generation(built) as place:
        assert sorted(p.name for p in built.glob("gen-*")) == [before, place.name]


def test_an_open_index_outlives_an_update(built, collection, encoder):
    reader = Index.open(built, encoder)
    write_collection(collection / "news.jsonl", RECORDS[:1])
    build_index(collection, built, encoder=encoder).close()
    assert len(list(built.glob("gen-*"))) == 1
    assert reader.lexical.search(["樱花"], 1)[0].size == 1
    assert reader.dense(encoder.encode_query(["樱花"]), 4)[0].shape == (1, 4)
    assert [a.id for a in reader.articles()] == [r["id"] for r in RECORDS]
    assert len(Index.open(built, encoder)) == 1


def test_a_mask_follows_the_articles(built, encoder):
    index = Index.open(built, encoder)
    mask = index.current.mask(lambda article: article.outlet == "沈阳日报")
    assert mask.nonzero()[0].tolist() == list(index.rows_of("sy-2024"))
