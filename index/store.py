"""An index on disk: generations, a pointer to the one in force, a manifest in each.

    my-index/
        CURRENT                 the name of the generation in force
        lock                    held while a build writes
        gen-000002/
            manifest.json       format, encoder, splitter, counts, a checksum of each file
            articles.sqlite     vectors.faiss     lexical/

A build writes a new generation beside the old one and switches CURRENT as its last act, so that a
crash at any moment leaves the old one in force.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.database import Database
from index.encode import fingerprint, known_fingerprint, load_encoder
from index.lexical import Lexical
from index.records import Article, Encoder, Figure, Passage, Vectors
from index.vectors import Neighbours

FORMAT = 1
POINTER = "CURRENT"
LOCK = "lock"
MANIFEST = "manifest.json"
DATABASE = "articles.sqlite"
VECTORS = "vectors.faiss"
LEXICAL = "lexical"
# Files up to this size are checked against their checksum whenever an index is opened, larger ones
# by their size alone, for hashing a gigabyte would take longer than all else.
CHECKED_BYTES = 4_000_000

_GENERATION = re.compile(r"gen-(\d{6,})\Z")


@dataclass(frozen=True, slots=True)
class Stats:
    """How much is in an index."""

    files: int
    articles: int
    passages: int
    figures: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What must survive until query time. `files` gives size in bytes and SHA-256 of each file."""

    encoder: str
    fingerprint: str
    dim: int
    splitter: Mapping[str, int]
    recipe: str
    folder: str
    created: str
    counts: Stats
    left_out: tuple[tuple[str, str], ...] = ()
    files: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    format: int = FORMAT


class Generation:
    """One state of an index, opened for reading; it never changes, whatever is built beside it."""

    def __init__(
        self, manifest: Manifest, database: Database, lexical: Lexical, neighbours: Neighbours
    ) -> None:
        if len(lexical) != manifest.counts.passages:
            raise ValueError(
                f"{manifest.counts.passages} passages but {len(lexical)} rows in the lexical "
                "index: they must match row for row"
            )
        self.manifest = manifest
        self.database = database
        self.lexical = lexical
        self.neighbours = neighbours
        self._owners: npt.NDArray[np.int32] | None = None

    @classmethod
    def open(cls, folder: Path, *, verify: bool = False) -> Generation:
        """Open a generation's folder. Raises ValueError where it is damaged or too new."""
        manifest = read_manifest(folder)
        _check(folder, manifest, CHECKED_BYTES if not verify else sys.maxsize)
        return cls(
            manifest,
            Database(folder / DATABASE),
            Lexical.open(folder / LEXICAL),
            Neighbours.open(folder / VECTORS, manifest.dim),
        )

    @property
    def owners(self) -> npt.NDArray[np.int32]:
        """The row of the article of each passage, int32 of shape (passages,)."""
        if self._owners is None:
            self._owners = self.database.owners()
        return self._owners

    def mask(self, admits: Callable[[Article], bool]) -> npt.NDArray[np.bool_]:
        """Which passages lie in articles that `admits` lets in; it is shown them without text."""
        admitted = [admits(article) for article, _, _ in self.database.outlines()]
        return np.asarray(admitted, np.bool_)[self.owners]

    def close(self) -> None:
        """Let go of every file."""
        self.database.close()
        self.lexical.close()
        self.neighbours.close()


class Index:
    """A searchable collection of articles.

    Rows number the passages from 0. An update switches `current` to a new generation; who needs
    several answers that fit together takes them all from one `current`.
    """

    def __init__(self, path: Path, current: Generation, encoder: Encoder | None = None) -> None:
        self.path = path
        self.current = current
        self.report: Any = None  # the BuildReport of the build that made it, if this process did
        self._encoder = encoder

    @classmethod
    def open(
        cls, path: str | Path, encoder: Encoder | None = None, *, verify: bool = False
    ) -> Index:
        """Open the index in a folder; without an encoder, the one that built it is loaded late.

        `verify` checks every file against its checksum, not only the small ones. Raises
        FileNotFoundError where there is no index, ValueError where it is damaged, of a newer
        format, or made with another encoder.
        """
        path = Path(path)
        for attempt in range(3):
            folder = current_folder(path)
            try:
                index = cls(path, Generation.open(folder, verify=verify), encoder)
                break
            except FileNotFoundError as error:
                # A build may have switched and tidied up between our two looks.
                if attempt == 2 or current_folder(path) == folder:
                    raise ValueError(
                        f"the index in {path} is damaged: {error.filename} is missing. "
                        f"Delete the folder and build it again"
                    ) from error
        index._check_encoder()
        return index

    def _check_encoder(self) -> None:
        made = self.current.manifest
        name, print_ = made.encoder, ""
        if self._encoder is not None:
            if self._encoder.dim != made.dim:
                raise ValueError(self._other_encoder(f"{self._encoder.dim} dimensions"))
            name, print_ = self._encoder.name, fingerprint(self._encoder)
        else:
            print_ = known_fingerprint(name)
        if name != made.encoder:
            raise ValueError(self._other_encoder(f"encoder {name!r}"))
        if print_ and made.fingerprint and print_ != made.fingerprint:
            raise ValueError(self._other_encoder(f"encoder {name!r} in another version, {print_}"))

    def _other_encoder(self, what: str) -> str:
        made = self.current.manifest
        name = made.encoder if self._encoder is None else self._encoder.name
        model = "" if name == "bundled" else f" --model {name}"
        return (
            f"the index in {self.path} was made with encoder {made.encoder!r} ({made.fingerprint}, "
            f"{made.dim} dimensions), not with {what}. To make it anew: "
            f"python -m index {made.folder} --out {self.path}{model}"
        )

    @property
    def encoder(self) -> Encoder:
        """The encoder that built the index, loaded at its first use."""
        if self._encoder is None:
            self._encoder = load_encoder(self.current.manifest.encoder)
            self._check_encoder()
        return self._encoder

    @property
    def stats(self) -> Stats:
        """How many files, articles, passages and figures there are."""
        return self.current.manifest.counts

    @property
    def lexical(self) -> Lexical:
        """BM25 over the passages."""
        return self.current.lexical

    def __len__(self) -> int:
        return self.stats.articles

    def articles(self) -> Iterator[Article]:
        """Every article, in the order of reading."""
        return self.current.database.articles()

    def article(self, id_: str) -> Article:
        """The article of an id. Raises KeyError where there is none."""
        database = self.current.database
        return database.article_at(database.article_row(id_))

    def passage(self, row: int) -> Passage:
        """The passage of a row. Raises IndexError for a row that is none."""
        return self.passages([row])[0]

    def passages(self, rows: list[int] | range) -> list[Passage]:
        """The passages of the given rows, in that order."""
        return self.current.database.passages(rows)

    def rows_of(self, article_id: str) -> range:
        """The rows of an article's passages. Raises KeyError for an id that is none."""
        database = self.current.database
        return database.span(database.article_row(article_id))

    def figures(self, article_id: str) -> list[Figure]:
        """The figures of an article. Raises KeyError for an id that is none."""
        database = self.current.database
        return database.figures(database.article_row(article_id))

    def idf(self, term: str) -> float:
        """How rare a term is among the passages."""
        return self.current.lexical.idf(term)

    def dense(
        self, queries: Vectors, k: int, mask: npt.NDArray[np.bool_] | None = None
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        """The `k` nearest rows of each query vector and their cosines."""
        return self.current.neighbours.search(queries, k, mask)

    def update(self, folder: str | Path, progress: Callable[..., None] | None = None) -> Any:  # noqa: ANN401 - BuildReport stands above
        """Read the folder again, embed what is new, drop what is gone; gives the BuildReport."""
        from index.build import build_index

        return self._adopt(build_index(folder, self.path, encoder=self.encoder, progress=progress))

    def remove(self, article_ids: list[str]) -> Any:  # noqa: ANN401 - BuildReport stands above
        """Drop articles, until an update finds them in the folder again; gives the BuildReport."""
        from index.build import without

        return self._adopt(without(self, article_ids))

    def _adopt(self, fresh: Index) -> Any:  # noqa: ANN401 - BuildReport stands above
        # The old generation is left to the readers that still hold it.
        self.current, self.report = fresh.current, fresh.report
        return self.report

    def close(self) -> None:
        """Let go of every file."""
        self.current.close()


def current_folder(path: Path) -> Path:
    """The folder of the generation in force. Raises FileNotFoundError where there is no index."""
    try:
        name = (path / POINTER).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        unfinished = path.is_dir() and any(_GENERATION.match(p.name) for p in path.iterdir())
        what = "only an unfinished build" if unfinished else "no index"
        raise FileNotFoundError(
            f"{what} in {path}: make one with `python -m index ARTICLES --out {path}`"
        ) from None
    if not _GENERATION.match(name):
        raise ValueError(f"{path / POINTER} names {name!r}, which is no generation")
    return path / name


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation. Raises ValueError for one that cannot be understood."""
    content = (folder / MANIFEST).read_text(encoding="utf-8")
    try:
        fields = json.loads(content)
        if fields["format"] > FORMAT:
            raise ValueError(
                f"the index in {folder.parent} is of format {fields['format']}, and this version "
                f"reads up to {FORMAT}: update the program, or build the index again"
            )
        fields["counts"] = Stats(**fields["counts"])
        fields["left_out"] = tuple((path, reason) for path, reason in fields["left_out"])
        return Manifest(**fields)
    except (KeyError, TypeError, json.JSONDecodeError) as error:
        raise ValueError(
            f"{folder / MANIFEST} is damaged ({error}): delete {folder.parent} and build it again"
        ) from error


def _check(folder: Path, manifest: Manifest, limit: int) -> None:
    for name, (size, checksum) in manifest.files.items():
        path = folder / name
        found = path.stat().st_size
        sound = found == size and (size > limit or _sha256(path) == checksum)
        if not sound:
            raise ValueError(
                f"the index in {folder.parent} is damaged: {name} has {found} bytes and another "
                f"checksum than the {size} bytes written. Delete the folder and build it again"
            )


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock, which ends with its process. Raises BlockingIOError where another has it."""
    path.mkdir(parents=True, exist_ok=True)
    with (path / LOCK).open("a+b") as file:
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BlockingIOError(
                f"another build is writing to {path}: wait until it has ended"
            ) from error
        yield


@contextmanager
def new_generation(path: Path) -> Iterator[Path]:
    """A new folder to fill, in force once the block ends well and gone where it does not.

    The caller holds the lock. Older generations are removed after the switch; those still open
    elsewhere live on until they are closed.
    """
    _remove_others(path, _in_force(path))  # what killed builds have left
    numbers = [int(m[1]) for p in path.iterdir() if (m := _GENERATION.match(p.name))]
    folder = path / f"gen-{max(numbers, default=0) + 1:06d}"
    folder.mkdir()
    try:
        yield folder
        for written in [*sorted(folder.rglob("*")), folder]:
            _sync(written)
        fresh = path / f"{POINTER}.new"
        fresh.write_text(f"{folder.name}\n", encoding="utf-8")
        _sync(fresh)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    fresh.replace(path / POINTER)
    _sync(path)
    _remove_others(path, folder.name)


def _in_force(path: Path) -> str:
    pointer = path / POINTER
    return pointer.read_text(encoding="utf-8").strip() if pointer.exists() else ""


def _remove_others(path: Path, name: str) -> None:
    """Remove every generation but the named one, which may be none."""
    for other in list(path.iterdir()):
        if _GENERATION.match(other.name) and other.name != name:
            shutil.rmtree(other, ignore_errors=True)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest with size and checksum of every file that stands in the folder."""
    files = {
        path.relative_to(folder).as_posix(): (path.stat().st_size, _sha256(path))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    fields = {**asdict(manifest), "files": files}
    (folder / MANIFEST).write_text(
        json.dumps(fields, ensure_ascii=False, indent=1), encoding="utf-8"
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    """Have the disk hold what was written; Windows cannot be asked so for a folder."""
    if path.is_file():
        with path.open("r+b") as file:
            os.fsync(file.fileno())
    elif sys.platform != "win32":
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
