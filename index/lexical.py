"""Text to terms, and BM25 over them: the one door to the lexical engine."""

from __future__ import annotations

import functools
import json
import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]

# BM25's saturation of a repeated term and its penalty on length, the usual values.
K1 = 1.5
B = 0.75
_TERMS = "terms.json"

# Han, kana and hangul: scripts written without spaces between words, which bigrams serve.
_CJK = (
    "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_TOKEN = re.compile(
    rf"(?P<cjk>[{_CJK}]+)"
    r"|(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)(?P<suffix>[a-z]+)?"
    rf"|(?P<word>(?:(?![{_CJK}])[^\W\d_])(?:(?![{_CJK}])[^\W_])*)"
)


class _FoldTable(dict[int, str]):
    """A table for `str.translate`, filled character by character as texts need them."""

    def __init__(self, simplified: dict[str, str]) -> None:
        self._simplified = simplified

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if 0xFF01 <= code <= 0xFF5E:
            folded = chr(code - 0xFEE0).lower()
        elif code == 0x3000:
            folded = " "
        else:
            lower = char.lower()
            # A few capitals become two characters; they stay, for offsets must not move.
            folded = self._simplified.get(char) or (lower if len(lower) == 1 else char)
        self[code] = folded
        return folded


@functools.cache
def _fold_table() -> _FoldTable:
    """The table of `fold`: 3,000 traditional characters, each with one simplified character."""
    from zhconv import zhconv

    pairs = {t: s for t, s in zhconv.getdict("zh-hans").items() if len(t) == len(s) == 1}
    for traditional in pairs:
        seen = {traditional}
        while (simple := pairs.get(pairs[traditional])) and simple not in seen:
            # A chain (a variant to a traditional to a simplified form) is followed to its end.
            seen.add(simple)
            pairs[traditional] = simple
    return _FoldTable({t: s for t, s in pairs.items() if t != s})


def fold(text: str) -> str:
    """A copy to match on, of the same length, each character for one character.

    Full-width ASCII becomes ASCII, traditional characters simplified ones, capitals small letters;
    whatever would change the length stays as it is. Offsets in the copy are offsets in `text`.

    >>> fold("ＧＤＰ增長７．５％")
    'gdp增长7.5%'
    """
    return text.translate(_fold_table())


def terms(text: str) -> list[str]:
    """The BM25 terms of a text: words in search mode and character bigrams, numbers whole.

    Words and bigrams together rank better than either alone: words know what belongs together,
    bigrams find names that no dictionary has. "1,234.5万" gives "1234.5"; "5g" gives "5", "g" and
    "5g".
    """
    return list(_terms(fold(text)))


def _terms(folded: str) -> Iterator[str]:
    import rjieba

    for match in _TOKEN.finditer(folded):
        if run := match["cjk"]:
            if len(run) == 1:
                yield run
                continue
            yield from (run[i : i + 2] for i in range(len(run) - 1))
            yield from rjieba.cut_for_search(run)
        elif number := match["number"]:
            number = number.replace(",", "")
            yield number
            if suffix := match["suffix"]:
                yield suffix
                yield number + suffix
        else:
            yield match["word"]


class TermRows:
    """The terms of passages as numbers, four bytes a term, where strings would take sixty."""

    def __init__(self) -> None:
        self.vocab: dict[str, int] = {}
        self.ids: list[array[int]] = []  # both under the names that the engine asks for

    def add(self, found: Iterable[str]) -> None:
        """Append the terms of the next passage."""
        known = self.vocab
        self.ids.append(array("i", [known.setdefault(term, len(known)) for term in found]))


class Lexical:
    """BM25 over the terms of passages; row n is passage n of the index.

    Scores are Lucene's: the sum over the query's terms of idf · tf / (tf + K1 · (1 − B + B · len /
    mean len)), so that a query's best possible score is the sum of its terms' idf.
    """

    def __init__(self, engine: Any, vocabulary: dict[str, int] | IO[str], rows: int) -> None:  # noqa: ANN401 - bm25s.BM25, imported late
        self._engine = engine
        self._source = vocabulary
        self._rows = rows

    @classmethod
    def build(cls, documents: Iterable[Sequence[str]]) -> Lexical:
        """Index the terms of each passage, in row order. Raises ValueError without any term."""
        rows = TermRows()
        for found in documents:
            rows.add(found)
        return cls.of_rows(rows)

    @classmethod
    def of_rows(cls, rows: TermRows) -> Lexical:
        """Index rows collected one by one. Raises ValueError without any term."""
        from bm25s import BM25

        if not rows.vocab:
            raise ValueError(f"no searchable term in {len(rows.ids)} passages: nothing to index")
        engine = BM25(k1=K1, b=B, method="lucene")
        engine.index(rows, show_progress=False, create_empty_token=False)
        return cls(engine, rows.vocab, len(rows.ids))

    def save(self, folder: Path) -> None:
        """Write the index into `folder` as npy and JSON files."""
        folder.mkdir(parents=True)
        self._engine.save(folder, vocab_name=_TERMS, show_progress=False)

    @classmethod
    def open(cls, folder: Path) -> Lexical:
        """Map a saved index into memory; the vocabulary is read at the first search.

        Files are held open from here on, so that an update may remove them from the disk.
        """
        from bm25s import BM25

        engine = BM25.load(folder, mmap=True, load_vocab=False)
        rows = int(engine.scores["num_docs"])
        return cls(engine, (folder / _TERMS).open(encoding="utf-8"), rows)

    def close(self) -> None:
        """Let go of the files."""
        if not isinstance(self._source, dict):
            self._source.close()

    def __len__(self) -> int:
        return self._rows

    @property
    def _vocabulary(self) -> dict[str, int]:
        if isinstance(self._source, dict):
            return self._source
        with self._source as file:
            vocabulary: dict[str, int] = json.load(file)
        self._source = vocabulary
        return vocabulary

    def scores(self, query_terms: Sequence[str]) -> Scores:
        """The BM25 score of every passage, float32 of shape (rows,); unknown terms count 0."""
        known = [self._vocabulary[term] for term in query_terms if term in self._vocabulary]
        if not known:
            return np.zeros(self._rows, np.float32)
        return np.asarray(self._engine.get_scores_from_ids(known), np.float32)

    def search(
        self, query_terms: Sequence[str], k: int, mask: npt.NDArray[np.bool_] | None = None
    ) -> tuple[Rows, Scores]:
        """The at most `k` best rows that share a term with the query, best first, ties by row.

        `mask` of shape (rows,) says which passages may be found.
        """
        scores = self.scores(query_terms)
        return best(scores if mask is None else np.where(mask, scores, 0), k)

    def idf(self, term: str) -> float:
        """How rare a term is: ln(1 + (N − n + 0.5) / (n + 0.5)), greatest where it is unknown."""
        at = self._vocabulary.get(term)
        indptr = self._engine.scores["indptr"]
        n = 0 if at is None else int(indptr[at + 1] - indptr[at])
        return float(np.log1p((self._rows - n + 0.5) / (n + 0.5)))


def best(scores: Scores, k: int) -> tuple[Rows, Scores]:
    """The at most `k` rows of the highest positive scores, best first, ties by row."""
    rows = np.flatnonzero(scores > 0)
    if len(rows) > k > 0:
        least = np.partition(scores[rows], len(rows) - k)[len(rows) - k]
        rows = rows[scores[rows] >= least]
    order = np.argsort(-scores[rows], kind="stable")[: max(k, 0)]
    return rows[order], scores[rows[order]]
