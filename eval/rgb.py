"""RGB, the retrieval-augmented generation benchmark (Chen et al. 2023): five passages a question.

A line of its files is `{"id", "query", "answer", "positive", "negative"}`; `answer` holds texts, or
lists of aliases. `ceil(5 × noise)` of the five passages are negatives, which do not answer.
"""

from __future__ import annotations

import math
import random
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from eval.citations import check_figures
from eval.grade import verdict_on
from eval.metrics import SEED
from eval.prepare import PrepareError, Settings, open_reader, read_lines
from eval.provenance import fingerprint
from eval.questions import Question, language_of
from eval.results import Results, Row, row_of
from eval.run import run_all, sample
from qa.records import Answer

PASSAGES = 5


def _flat(texts: Iterable[Any]) -> list[str]:
    """Texts, or lists of them as RGB's integration part has: the first of each list first."""
    listed = [part if isinstance(part, list) else [part] for part in texts]
    longest = max((len(part) for part in listed), default=0)
    return [str(part[place]) for place in range(longest) for part in listed if place < len(part)]


def rgb_passages(row: Mapping[str, Any], noise: float, *, seed: int = SEED) -> list[str]:
    """Five passages, `ceil(5 × noise)` of them negatives, shuffled the same way every time.

    Where a question has too few of one kind the other fills up, except at noise 1, which leaves
    no passage that answers.
    """
    positive, negative = _flat(row["positive"]), _flat(row["negative"])
    negatives = math.ceil(PASSAGES * noise)
    positives = PASSAGES - negatives
    if noise < 1:
        if negatives > len(negative):
            positives = PASSAGES - len(negative)
        elif positives > len(positive):
            negatives = PASSAGES - len(positive)
    passages = positive[: max(positives, 0)] + negative[:negatives]
    random.Random(f"{seed}-{row['id']}").shuffle(passages)  # noqa: S311 - an order, not a secret
    return passages


def load_rgb(path: Path) -> list[dict[str, Any]]:
    """The questions of an RGB file. Raises PrepareError for another form."""
    rows = list(read_lines(path))
    for number, row in enumerate(rows, 1):
        missing = {"query", "answer", "positive", "negative"} - row.keys()
        if missing:
            raise PrepareError(f"{path}:{number}: {', '.join(sorted(missing))} missing: not RGB")
        row.setdefault("id", number)
    if not rows:
        raise PrepareError(f"{path}: no questions in it")
    return rows


def rgb_right(prediction: str, groups: Sequence[Sequence[str]]) -> bool:
    """RGB's own rule: every group has an alias in the output, whatever the case of letters."""
    said = prediction.lower()
    return all(any(alias.lower() in said for alias in group) for group in groups)


def _groups(answer: Any) -> tuple[tuple[str, ...], ...]:  # noqa: ANN401 - text, list, list of lists
    listed = answer if isinstance(answer, list) else [answer]
    return tuple(
        tuple(map(str, part)) if isinstance(part, list) else (str(part),) for part in listed
    )


def rgb(path: Path, settings: Settings, noise: float) -> Results:
    """Reading five passages of which some do not answer; at noise 1 refusing is right."""
    data = {str(row["id"]): row for row in load_rgb(path)}
    answerable = noise < 1
    questions = [
        Question(
            id=key,
            text=str(row["query"]),
            kind=f"noise {noise:g}",
            language=language_of(str(row["query"])),
            accept=_groups(row["answer"]) if answerable else (),
            answerable=answerable,
        )
        for key, row in data.items()
    ]
    reader = open_reader(settings)

    def one(question: Question) -> Row:
        passages = rgb_passages(data[question.id], noise)
        start = time.perf_counter()
        answer = reader.answer_from(question.text, passages)
        return rgb_row(question, answer, time.perf_counter() - start)

    chosen = sample(questions, settings.limit)
    left = settings.partial("rgb", fingerprint(path.read_bytes()), noise, settings.limit)
    rows = run_all(chosen, one, partial=left, label=f"noise {noise:g}", quiet=settings.quiet)
    about = settings.about(f"{path.name}, noise {noise:g}", f"{PASSAGES} passages a question")
    return Results(about, rows)


def rgb_row(question: Question, answer: Answer, seconds: float) -> Row:
    """A row by RGB's rule over the answer's text without its marks `[n]`."""
    said = re.sub(r"\[\d{1,2}\]", "", answer.text)
    verdict = verdict_on(question, answer, right=rgb_right(said, question.accept))
    scores = {"correct": float(verdict == "correct")}
    if not answer.answered:
        scores["refusal_precision"] = float(not question.answerable)
    if not question.answerable:
        scores["refusal_recall"] = float(not answer.answered)
    check = check_figures(question, answer)
    return replace(
        row_of(question),
        verdict=verdict,
        text=answer.text,
        short=answer.short,
        scores=scores,
        figures=check.stated,
        unsupported=list(check.unsupported),
        seconds=seconds,
        citations=[
            {"n": c.n, "title": c.article.title, "source": "", "quote": c.quote, "supports": False}
            for c in answer.citations
        ],
    )
