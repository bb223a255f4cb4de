"""What a run leaves behind: a row for every question, and the sums drawn from the rows.

The file of a run::

    {"format": 1, "about": {"name", "commit", "created", "index", ...},
     "summary": {"hit@1": {"mean", "low", "high", "n"}, ...}, "rows": [{...}, ...]}

A row's `scores` hold a value for each measure that the question can have; what is missing there
could not be asked of it (a question without a gold place has no `hit@1`), never what went wrong.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from eval.metrics import Estimate, estimate, percentile
from eval.questions import Question

FORMAT = 1

# Measure -> what it is called in tables; their order is the tables' order
MEASURES = {
    "hit@1": "hit@1",
    "hit@5": "hit@5",
    "recall@5": "recall@5",
    "recall@10": "recall@10",
    "recall@100": "recall@100",
    "mrr": "MRR",
    "ndcg@10": "nDCG@10",
    "correct": "answers correct",
    "mentioned": "gold said or quoted",
    "em": "exact match",
    "f1": "character F1",
    "answered": "answered",
    "cmrc_em": "EM (CMRC)",
    "cmrc_f1": "F1 (CMRC)",
    "citation_precision": "citation precision",
    "citation_recall": "citation recall",
    "passage_recall": "gold passage cited",
    "refusal_precision": "refusal precision",
    "refusal_recall": "refusal recall",
}
RETRIEVAL = ("hit@1", "hit@5", "recall@5", "recall@10", "recall@100", "mrr", "ndcg@10")
READING = tuple(name for name in MEASURES if name not in RETRIEVAL)
VERDICTS = ("correct", "incorrect", "refused")


class ResultsError(ValueError):
    """A file of results that cannot be used."""


@dataclass(frozen=True, slots=True)
class Row:
    """One question of a run: what was asked, what was found and said, and how it was judged.

    `verdict` is "" where only retrieval was measured. `citations` and `found` are plain objects
    `{"n", "title", "source", "quote", "supports"}` and `{"title", "source", "text", "gold",
    "score"}`. `seconds` is the answer's time, `search_seconds` the search's; None: not measured.
    """

    id: str
    kind: str
    language: str
    question: str
    gold: str
    answerable: bool = True
    history: list[str] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    verdict: str = ""
    text: str = ""
    short: str = ""
    calculation: str = ""
    citations: list[dict[str, Any]] = field(default_factory=list)
    found: list[dict[str, Any]] = field(default_factory=list)
    scores: dict[str, float] = field(default_factory=dict)
    figures: int = 0
    unsupported: list[str] = field(default_factory=list)
    seconds: float | None = None
    search_seconds: float | None = None
    note: str = ""


_FIELDS = frozenset(item.name for item in fields(Row))


def row_of(question: Question) -> Row:
    """The row of a question of which nothing is measured yet."""
    return Row(
        id=question.id,
        kind=question.kind,
        language=question.language,
        question=question.text,
        gold=question.gold,
        answerable=question.answerable,
    )


def row_from(data: Mapping[str, Any]) -> Row:
    """A row as read from JSON; fields that a newer version may have added are passed over."""
    return Row(**{name: value for name, value in data.items() if name in _FIELDS})


@dataclass(frozen=True, slots=True)
class Results:
    """A run: what it was about, and its rows in the order of the question file."""

    about: dict[str, Any]
    rows: list[Row]

    @property
    def name(self) -> str:
        """What the run is called in tables."""
        return str(self.about.get("name", "run"))

    def values(self, measure: str, rows: Iterable[Row] | None = None) -> list[float]:
        """The values of a measure over the rows that have one."""
        return [row.scores[measure] for row in rows or self.rows if measure in row.scores]

    def estimates(self, rows: Sequence[Row] | None = None) -> dict[str, Estimate]:
        """Every measure that some row has, with its interval, in the tables' order."""
        found = {name: estimate(self.values(name, rows)) for name in MEASURES}
        return {name: value for name, value in found.items() if value is not None}

    def groups(self, key: Callable[[Row], str]) -> dict[str, list[Row]]:
        """The rows by a key, in order of first appearance."""
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            found.setdefault(key(row), []).append(row)
        return found

    @property
    def latencies(self) -> list[float]:
        """The seconds that each answer took, or each search where nothing was answered."""
        answers = [row.seconds for row in self.rows if row.seconds is not None]
        return answers or [s for row in self.rows if (s := row.search_seconds) is not None]

    def summary(self) -> dict[str, Any]:
        """The sums as they stand in the file."""
        verdicts = {
            verdict: sum(row.verdict == verdict for row in self.rows) for verdict in VERDICTS
        }
        times = self.latencies
        return {
            **{name: asdict(value) for name, value in self.estimates().items()},
            "questions": len(self.rows),
            "answerable": sum(row.answerable for row in self.rows),
            "verdicts": verdicts,
            "figures": {
                "stated": sum(row.figures for row in self.rows),
                "unsupported": sum(len(row.unsupported) for row in self.rows),
            },
            "seconds": {"p50": percentile(times, 50), "p95": percentile(times, 95)}
            if times
            else {},
        }


def save_results(results: Results, path: Path) -> None:
    """Writes the file, making its folder where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = {
        "format": FORMAT,
        "about": results.about,
        "summary": results.summary(),
        "rows": [asdict(row) for row in results.rows],
    }
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")


def load_results(path: Path) -> Results:
    """Reads what `save_results` wrote. Raises ResultsError naming the file."""
    try:
        data = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise ResultsError(
            f"{path}: no such file: `python -m eval --json {path}` writes one"
        ) from None
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ResultsError(f"{path}: not a file of results ({error})") from None
    if not isinstance(data, dict) or not isinstance(data.get("rows"), list):
        raise ResultsError(f"{path}: not a file of results: it has no rows")
    if data.get("format") != FORMAT:
        raise ResultsError(
            f"{path}: format {data.get('format')!r}, but {FORMAT} is read: run the evaluation again"
        )
    return Results(dict(data.get("about") or {}), [row_from(row) for row in data["rows"]])
