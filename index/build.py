"""The whole pipeline: a folder of articles in, an index out."""

from __future__ import annotations

import functools
import hashlib
import itertools
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from index.database import DatabaseWriter, Entry, content_hash
from index.encode import fingerprint, load_encoder
from index.figures import figures_in
from index.lexical import Lexical, TermRows, terms
from index.read import Unreadable, read_folder
from index.records import Article, Encoder, Figure, Passage, Vectors
from index.segment import segment
from index.split import SIZE, split, with_header
from index.store import (
    DATABASE,
    LEXICAL,
    VECTORS,
    Generation,
    Index,
    Manifest,
    Stats,
    current_folder,
    locked,
    new_generation,
    write_manifest,
)
from index.vectors import Neighbours

# Articles that go through the pipeline together.
BATCH = 64

# Told the stage ("read", "index" or "save"), how much of it is done, and of how much; 0 is unknown.
Progress = Callable[[int, int, str], None]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. `embedded` and `kept` count passages, `dropped` articles that are gone."""

    files: int
    articles: int
    passages: int
    figures: int
    embedded: int
    kept: int
    dropped: int
    duplicates: int
    left_out: tuple[Unreadable, ...]
    seconds: float


@dataclass(slots=True)
class Collection:
    """The articles of a folder, each once, and what was left out and why."""

    articles: list[Article] = field(default_factory=list)
    files: int = 0
    duplicates: int = 0
    left_out: list[Unreadable] = field(default_factory=list)


def build_index(
    folder: str | Path,
    out: str | Path,
    *,
    model: str | None = None,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> Index:
    """Read, take apart, split, embed and save every article under `folder`; open the index.

    What an index in `out` already holds is not embedded again. `model` names what
    `index.encode.load_encoder` loads, unless a ready `encoder` is given. Raises FileNotFoundError
    for a folder that is not there, ValueError where it holds no article.
    """
    folder, out, progress = Path(folder), Path(out), progress or _silent
    started = time.perf_counter()
    if not folder.exists():
        raise FileNotFoundError(f"no folder {folder}: give the folder that holds the articles")
    encoder = encoder or load_encoder(model)
    with locked(out):
        collection = read_articles(folder, progress)
        if not collection.articles:
            raise ValueError(_nothing(folder, collection))
        old = _last(out, encoder)
        report = _write(out, collection, encoder, old, str(folder.resolve()), progress)
        if old is not None:
            old.close()
    index = Index.open(out, encoder)
    index.report = replace(report, seconds=time.perf_counter() - started)
    return index


def without(index: Index, article_ids: Sequence[str]) -> Index:
    """The same index without some articles. Raises KeyError for an id that is none."""
    started = time.perf_counter()
    for id_ in article_ids:
        index.article(id_)
    with locked(index.path):
        old = index.current
        collection = Collection(
            [article for article in index.articles() if article.id not in set(article_ids)],
            files=old.manifest.counts.files,
            left_out=[Unreadable(path, reason) for path, reason in old.manifest.left_out],
        )
        if not collection.articles:
            raise ValueError(f"without them the index in {index.path} would be empty")
        report = _write(index.path, collection, index.encoder, old, old.manifest.folder, _silent)
    fresh = Index.open(index.path, index.encoder)
    fresh.report = replace(report, seconds=time.perf_counter() - started)
    return fresh


def read_articles(folder: Path, progress: Progress) -> Collection:
    """Every article under a folder, in the order of paths; equal ones once, ids made unique."""
    collection = Collection()
    contents: set[tuple[str, str]] = set()
    ids: set[str] = set()
    paths: set[str] = set()
    for page in read_folder(folder):
        if isinstance(page, Unreadable):
            collection.left_out.append(page)
            continue
        paths.add(page.path)
        try:
            found = segment(page)
            for article in found:
                article.text.encode()
        except Exception as error:  # noqa: BLE001 - one odd page must not end the build
            _log.debug("taking %s apart failed", page.path, exc_info=True)
            where = f"{page.path}:{page.line}" if page.line > 1 else page.path
            collection.left_out.append(Unreadable(where, f"cannot be taken apart: {error}"))
            continue
        for article in found:
            content = (article.title, article.text)
            if content in contents:
                collection.duplicates += 1
                continue
            contents.add(content)
            collection.articles.append(_with_own_id(article, ids))
        progress(len(collection.articles), 0, "read")
    collection.files = len(paths)
    return collection


def _write(
    out: Path,
    collection: Collection,
    encoder: Encoder,
    old: Generation | None,
    folder: str,
    progress: Progress,
) -> BuildReport:
    """Write a new generation and put it in force."""
    articles = collection.articles
    reuse = _Reuse(old)
    vectors: list[Vectors] = []
    words = TermRows()
    with new_generation(out) as place:
        writer = DatabaseWriter(place / DATABASE)
        for first in range(0, len(articles), BATCH):
            entries = [reuse.entry(article) for article in articles[first : first + BATCH]]
            texts = [with_header(e.article, p) for e in entries for p in e.passages]
            vectors.append(reuse.vectors(texts, encoder))
            for text in texts:
                words.add(terms(text))
            writer.add(entries)
            progress(writer.articles, len(articles), "index")
        writer.close()
        progress(0, 2, "save")
        Lexical.of_rows(words).save(place / LEXICAL)
        progress(1, 2, "save")
        Neighbours.build(np.concatenate(vectors)).save(place / VECTORS)
        counts = Stats(collection.files, writer.articles, writer.passages, writer.figures)
        write_manifest(
            place,
            Manifest(
                encoder=encoder.name,
                fingerprint=fingerprint(encoder),
                dim=encoder.dim,
                splitter=_splitter(),
                recipe=_recipe(),
                folder=folder,
                created=datetime.now(UTC).isoformat(timespec="seconds"),
                counts=counts,
                left_out=tuple((item.path, item.reason) for item in collection.left_out),
            ),
        )
        progress(2, 2, "save")
    return BuildReport(
        files=counts.files,
        articles=counts.articles,
        passages=counts.passages,
        figures=counts.figures,
        embedded=counts.passages - reuse.kept,
        kept=reuse.kept,
        dropped=reuse.dropped,
        duplicates=collection.duplicates,
        left_out=tuple(collection.left_out),
        seconds=0.0,
    )


class _Reuse:
    """What an older generation already holds of the articles that come again."""

    def __init__(self, old: Generation | None) -> None:
        self._old = old
        self._hashes = old.database.hashes() if old else {}
        self._figures_hold = old is not None and old.manifest.recipe == _recipe()
        self._seen: set[str] = set()
        self._rows: list[int] = []  # the old row of each passage of this batch, -1 for a new one
        self.kept = 0

    @property
    def dropped(self) -> int:
        """How many of the old articles have not come again."""
        return len(self._hashes.keys() - self._seen)

    def entry(self, article: Article) -> Entry:
        """The article with its passages and figures, taken over where the article is unchanged."""
        passages = split(article)
        key = content_hash(article)
        at = self._hashes.get(key)
        self._seen.add(key)
        if self._old is None or at is None:
            self._rows += [-1] * len(passages)
            return Entry(article, passages, _figures(article, passages))
        database = self._old.database
        rows = database.span(at)
        before = [(p.id, p.start, p.end) for p in database.passages(rows)]
        same = before == [(p.id, p.start, p.end) for p in passages]
        self._rows += rows if same else [-1] * len(passages)
        if same and self._figures_hold:
            return Entry(article, passages, database.figures(at))
        return Entry(article, passages, _figures(article, passages))

    def vectors(self, texts: Sequence[str], encoder: Encoder) -> Vectors:
        """The vectors of the passages since the last call, of which only new ones are embedded."""
        rows, self._rows = np.asarray(self._rows, np.int64), []
        if len(rows) != len(texts):
            raise AssertionError(f"{len(rows)} passages but {len(texts)} texts to embed")
        vectors = np.zeros((len(texts), encoder.dim), np.float32)
        known = rows >= 0
        if self._old is not None and known.any():
            vectors[known] = self._old.neighbours.vectors(rows[known])
        if fresh := [text for text, row in zip(texts, rows, strict=True) if row < 0]:
            vectors[~known] = encoder.encode_document(fresh)
        self.kept += int(known.sum())
        return vectors


def _figures(article: Article, passages: Sequence[Passage]) -> Sequence[Figure]:
    try:
        return figures_in(article, passages)
    except Exception:  # noqa: BLE001 - an article without figures is better than no index
        _log.warning("no figures read from %s (%s)", article.source, article.title, exc_info=True)
        return []


def _last(out: Path, encoder: Encoder) -> Generation | None:
    """The generation in force, if what it holds was made as this build makes it."""
    try:
        old = Generation.open(current_folder(out))
    except (OSError, ValueError) as error:
        _log.debug("building all anew: %s", error)
        return None
    made = old.manifest
    as_now = (encoder.name, fingerprint(encoder), encoder.dim, _splitter())
    if (made.encoder, made.fingerprint, made.dim, dict(made.splitter)) == as_now:
        return old
    old.close()
    return None


def _splitter() -> dict[str, int]:
    """The settings that decide what is embedded; `header` counts the forms that it has had."""
    return {"size": SIZE, "header": 1}


@functools.cache
def _recipe() -> str:
    """A hash of the code that reads figures: where it changes, they are read again."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _with_own_id(article: Article, ids: set[str]) -> Article:
    """The article under an id that no other has: collections may count their lines alike."""
    own = article.id
    for n in itertools.count(2):
        if own not in ids:
            break
        own = f"{article.id}-{n}"
    ids.add(own)
    return article if own == article.id else replace(article, id=own)


def _nothing(folder: Path, collection: Collection) -> str:
    if not collection.left_out:
        return f"no article in {folder}: it holds no file that can be read"
    first = "; ".join(f"{item.path}: {item.reason}" for item in collection.left_out[:5])
    return f"no article in {folder}: {len(collection.left_out)} files were left out ({first})"


def _silent(done: int, total: int, stage: str) -> None:
    """Tell nobody of the progress."""
