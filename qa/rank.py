"""What of a passage speaks for its answering a question, as numbers, and their weights.

The weights are fitted by `python -m qa.fit` on training questions; see there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index import Article, Passage
from index.lexical import K1, B, fold, terms
from index.places import english_places
from index.split import header

Features = npt.NDArray[np.float32]

# Words that ask. They are rare in articles and would weigh much, though no answer holds them.
ASKING = re.compile(
    r"什么时候|什么样|什么|哪些|哪个|哪里|哪一|哪种|哪年|哪|多少|几个|几|谁|怎么样|怎么|怎样|如何|为何|"
    r"为什么|是否|请问|吗|呢|何时|何地|何人|何"
)
_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;\n]*")
_RUN = re.compile(r"[\u3400-\u9fff]+")
_PLAIN = re.compile(r"[a-z]+|\d+(?:\.\d+)?")
# The beginning of an article, where it says what it is about.
LEAD = 60

# Each feature lies between 0 and about 1.
NAMES = (
    "bm25",  # BM25 of the passage by the most that the question can score
    "article",  # the same of the whole article
    "covered",  # the share of the question's idf that the passage holds
    "sentence",  # that one sentence of it holds
    "pair",  # that two sentences in a row hold
    "whole",  # that the article holds
    "lead",  # that title and first words of the article hold
    "quads",  # the share of the question's runs of four characters that the passage holds
    "longest",  # the longest stretch of the question that stands in the passage
    "rarest",  # the share of the question's three rarest terms that the article holds
    "numbers",  # the share of its numbers and Latin words that the passage holds
    "all numbers",  # that the article holds
    "cosine",  # of the vectors of question and passage
    "kin",  # the best cosine among the article's candidates
)
WEIGHTS: Mapping[str, float] = {
    "bm25": 0.48,
    "article": 0.86,
    "covered": 0.14,
    "sentence": 0.36,
    "pair": 0.55,
    "lead": 0.18,
    "longest": 0.04,
    "rarest": 0.13,
    "numbers": 0.44,
    "all numbers": 0.05,
    "cosine": 0.21,
    "kin": 0.52,
}


def score(features: Features) -> Features:
    """How far each candidate answers, float32 of shape (candidates,): 0 not at all, 1 in all."""
    weights = np.array([WEIGHTS.get(name, 0.0) for name in NAMES], np.float32)
    scores: Features = np.maximum(features @ (weights / weights.sum()), 0)
    return scores


def asked(query: str) -> list[str]:
    """The terms to look for: those of the question without the words that ask."""
    folded = fold(query)
    found = terms(ASKING.sub(" ", folded)) or terms(folded)
    for _, _, place in english_places(query):
        found += terms(place)
    return found


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage up for ranking; `text` and `whole` are folded, `whole` with the header in front."""

    text: str
    article: int
    whole: str
    lead: str
    bm25: float
    cosine: float


@dataclass(frozen=True, slots=True)
class Folded:
    """An article as it is matched on: header and text, folded; `start` is where the text begins."""

    whole: str
    start: int

    @classmethod
    def of(cls, article: Article) -> Folded:
        """Fold an article once for all its passages: offsets stay what they are."""
        head = f"{header(article)}\n"
        return cls(fold(head + article.text), len(head))


def candidate(passage: Passage, folded: Folded, row: int, bm25: float, cosine: float) -> Candidate:
    """A candidate of an article of the given row."""
    whole, start = folded.whole, folded.start
    text = whole[start + passage.start : start + passage.end]
    return Candidate(text, row, whole, whole[: start + LEAD], bm25, cosine)


class Query:
    """A question taken apart once for all its candidates."""

    def __init__(self, text: str, idf: Callable[[str], float]) -> None:
        self.terms = asked(text)
        folded = ASKING.sub(" ", fold(text))
        # A word of two characters is a bigram, too, and so counts twice: it is a surer sign.
        times = Counter(self.terms)
        distinct = list(times)
        self._weights = {term: count * idf(term) for term, count in times.items()}
        self._total = sum(self._weights.values()) or 1.0
        self._rarest = sorted(distinct, key=lambda t: -self._weights[t])[:3]
        runs = _RUN.findall(folded)
        self._quads = list({run[i : i + 4] for run in runs for i in range(len(run) - 3)})
        self._numbers = list(dict.fromkeys(_PLAIN.findall(folded)))
        self._joined = "".join(folded.split())

    def features(self, candidates: Sequence[Candidate], mean_length: float) -> Features:
        """Float32 of shape (candidates, features); `mean_length` is that of an article."""
        wholes: dict[int, tuple[float, float, float, float, float]] = {}
        for one in candidates:
            if one.article not in wholes:
                wholes[one.article] = self._of_article(one, mean_length)
        kin: dict[int, float] = {}
        for one in candidates:
            kin[one.article] = max(kin.get(one.article, 0.0), one.cosine)
        rows: list[tuple[float, ...]] = []
        for one in candidates:
            bm25, whole, lead, rarest, numbers = wholes[one.article]
            covered, sentence, pair = self._of_passage(one.text)
            rows.append(
                (
                    one.bm25 / self._total,
                    bm25 / self._total,
                    covered,
                    sentence,
                    pair,
                    whole,
                    lead,
                    self._share(self._quads, one.text),
                    self._longest(one.text) / max(1, len(self._joined)),
                    rarest,
                    self._share(self._numbers, _plain(one.text, self._numbers)),
                    numbers,
                    one.cosine,
                    kin[one.article],
                )
            )
        return np.array(rows, np.float32).reshape(len(rows), len(NAMES))

    def _of_article(
        self, one: Candidate, mean_length: float
    ) -> tuple[float, float, float, float, float]:
        """BM25 of the article; the shares of idf in it and its lead, of rare terms, of numbers."""
        norm = K1 * (1 - B + B * len(one.whole) / max(mean_length, 1.0))
        bm25 = held = lead = 0.0
        for term, weight in self._weights.items():
            if count := one.whole.count(term):
                bm25 += weight * count / (count + norm)
                held += weight
                if term in one.lead:
                    lead += weight
        return (
            bm25,
            held / self._total,
            lead / self._total,
            self._share(self._rarest, one.whole),
            self._share(self._numbers, _plain(one.whole, self._numbers)),
        )

    def _of_passage(self, text: str) -> tuple[float, float, float]:
        """The shares of the question's idf in the passage, its best sentence, its best two."""
        held = [(term, weight) for term, weight in self._weights.items() if term in text]
        sentence = pair = 0.0
        before: set[str] = set()
        for match in _SENTENCE.finditer(text):
            part = match[0]
            here = {term for term, _ in held if term in part}
            alone = sum(self._weights[term] for term in here)
            sentence = max(sentence, alone)
            pair = max(pair, alone + sum(self._weights[term] for term in before - here))
            before = here
        covered = sum(weight for _, weight in held)
        return covered / self._total, sentence / self._total, pair / self._total

    @staticmethod
    def _share(parts: Sequence[str], text: str | Container[str]) -> float:
        return sum(part in text for part in parts) / len(parts) if parts else 0.0

    def _longest(self, text: str) -> int:
        """The length of the longest stretch of the question that stands in `text`."""
        query, best = self._joined, 0
        for start in range(len(query)):
            while start + best < len(query) and query[start : start + best + 1] in text:
                best += 1
        return best


def _plain(text: str, wanted: Sequence[str]) -> Container[str]:
    """The numbers and Latin words of a text, each whole: 12 does not stand in 2012."""
    return set(_PLAIN.findall(text)) if wanted else ()
