"""A run over a question file: search and answer each question, judge, keep a row for each."""

from __future__ import annotations

import itertools
import json
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Protocol

from eval.citations import check_figures, citation_supports, evidence_cited, marked
from eval.gold import Gold
from eval.grade import grade, is_right
from eval.metrics import (
    SEED,
    character_f1,
    exact_match,
    hit_at,
    ndcg_at,
    recall_at,
    reciprocal_rank,
)
from eval.questions import Question
from eval.results import Row, row_from, row_of
from qa.records import Answer, Hit, Message, Scope

DEPTH = 10


class Searcher(Protocol):
    """What finds passages; `qa.Retriever` does."""

    def search(self, query: str, k: int = 5, scope: Scope | None = None) -> Sequence[Hit]:
        """The k best passages, best first."""
        ...


class Answerer(Protocol):
    """What answers; `qa.Bot` does."""

    def ask(
        self, question: str, history: Sequence[Message] = (), scope: Scope | None = None
    ) -> Answer:
        """One turn of a dialogue."""
        ...


# One question


def search_row(gains: Sequence[float], gold: Gold, found: Sequence[Hit]) -> dict[str, float]:
    """The retrieval scores of one question; `gains` are those of `found`."""
    seen = [hit.passage.id for hit in found]

    def spans_within(k: int) -> float:
        first = set(seen[:k])
        return recall_at([float(bool(first & span)) for span in gold.spans], 99, len(gold.spans))

    return {
        "hit@1": hit_at(gains, 1),
        "hit@5": hit_at(gains, 5),
        "recall@5": spans_within(5),
        "recall@10": spans_within(10),
        "mrr": reciprocal_rank(gains),
        "ndcg@10": ndcg_at(gains, 10, [1.0] * len(gold.passages)),
    }


def gold_shorts(question: Question) -> list[str]:
    """The bare answers that count as exact: a choice from each group, in the groups' order."""
    if question.answer:
        return [question.answer]
    choices = itertools.islice(itertools.product(*question.accept), 64)
    return ["、".join(choice) for choice in choices]


def answer_scores(question: Question, answer: Answer) -> dict[str, float]:
    """The scores of one answer, its verdict's among them."""
    verdict = grade(question, answer)
    scores = {"correct": float(verdict == "correct")}
    if question.answerable:
        said = answer.answered and is_right(question, answer.text, answer.short)
        scores["mentioned"] = float(said)
        golds = gold_shorts(question)
        short = answer.short if answer.answered else ""
        scores["em"], scores["f1"] = exact_match(short, golds), character_f1(short, golds)
        if question.evidence:
            cited = evidence_cited(question, answer) if answer.answered else []
            count = len(question.evidence)
            scores["citation_recall"] = sum(sentence for sentence, _ in cited) / count
            scores["passage_recall"] = sum(passage for _, passage in cited) / count
    else:
        scores["refusal_recall"] = float(not answer.answered)
    if answer.answered:
        right = [citation_supports(question, answer, cited) for cited in marked(answer)]
        scores["citation_precision"] = sum(right) / len(right) if right else 0.0
    else:
        scores["refusal_precision"] = float(not question.answerable)
    return scores


def as_query(question: Question) -> str:
    """What is searched for: a follow-up is searched for together with the dialogue before it."""
    return " ".join([*question.history, question.text])


def _found(found: Sequence[Hit], gains: Sequence[float]) -> list[dict[str, Any]]:
    """The first hits as a row keeps them."""
    return [
        {
            "title": hit.article.title,
            "source": hit.article.source,
            "text": hit.passage.text[:160],
            "gold": bool(gain),
            "score": round(float(hit.score), 4),
        }
        for hit, gain in zip(found[:5], gains[:5], strict=True)
    ]


def _said(question: Question, answer: Answer) -> dict[str, Any]:
    """What a row keeps of an answer, and its verdict."""
    check = check_figures(question, answer)
    return {
        "verdict": grade(question, answer),
        "text": answer.text,
        "short": answer.short,
        "calculation": answer.calculation,
        "citations": [
            {
                "n": cited.n,
                "title": cited.article.title,
                "source": cited.article.source,
                "quote": cited.quote,
                "supports": citation_supports(question, answer, cited),
            }
            for cited in answer.citations
        ],
        "figures": check.stated,
        "unsupported": list(check.unsupported),
    }


def judge(
    question: Question,
    gold: Gold,
    found: Sequence[Hit] | None,
    answer: Answer | None,
    *,
    search_seconds: float | None = None,
    seconds: float | None = None,
) -> Row:
    """The row of a question; `found` and `answer` are None where they were not asked for."""
    scores: dict[str, float] = {}
    note = ""
    gains = [float(hit.passage.id in gold.passages) for hit in found or ()]
    if found is not None and question.located:
        scores |= search_row(gains, gold, found)
        if not all(gold.spans):
            note = "a gold span is not in its article as indexed"
    if answer is not None:
        scores |= answer_scores(question, answer)
    return replace(
        row_of(question),
        history=list(question.history),
        evidence=list(question.evidence),
        found=_found(found or (), gains),
        scores=scores,
        seconds=seconds,
        search_seconds=search_seconds,
        note=note,
        **(_said(question, answer) if answer is not None else {}),
    )


class Dialogues:
    """Asks follow-ups in their dialogue: the bot's own earlier answers stand in the history."""

    def __init__(self, bot: Answerer) -> None:
        self._bot = bot
        self._asked: dict[tuple[str, ...], Answer] = {}

    def ask(self, question: Question) -> tuple[Answer, float]:
        """The answer and the seconds that it alone took."""
        history: list[Message] = []
        for place, earlier in enumerate(question.history, 1):
            key = question.history[:place]
            if key not in self._asked:
                self._asked[key] = self._bot.ask(earlier, history=list(history))
            history.append({"role": "user", "content": earlier})
            history.append({"role": "assistant", "content": self._asked[key].text})
        start = time.perf_counter()
        answer = self._bot.ask(question.text, history=history)
        return answer, time.perf_counter() - start


def run_question(
    question: Question, gold: Gold, searcher: Searcher | None, dialogues: Dialogues | None
) -> Row:
    """Searches and answers one question."""
    found, search_seconds = None, None
    if searcher is not None:
        start = time.perf_counter()
        found = searcher.search(as_query(question), k=DEPTH)
        search_seconds = time.perf_counter() - start
    answer, seconds = dialogues.ask(question) if dialogues is not None else (None, None)
    return judge(question, gold, found, answer, search_seconds=search_seconds, seconds=seconds)


# All questions, and going on where a run stopped


def sample(items: Sequence[Question], limit: int | None, *, seed: int = SEED) -> list[Question]:
    """At most `limit` of the items, the same ones every time, in their order."""
    if limit is None or limit >= len(items):
        return list(items)
    chosen = sorted(random.Random(seed).sample(range(len(items)), limit))  # noqa: S311 - a sample
    return [items[place] for place in chosen]


def _kept(partial: Path) -> dict[str, Row]:
    """The rows that an interrupted run left; a line that was cut off is done again."""
    rows: dict[str, Row] = {}
    if not partial.exists():
        return rows
    for line in partial.read_text("utf-8").splitlines():
        try:
            row = row_from(json.loads(line))
        except (json.JSONDecodeError, TypeError, AttributeError):
            continue
        rows[row.id] = row
    return rows


def _line(row: Row) -> str:
    return json.dumps(asdict(row), ensure_ascii=False) + "\n"


def run_all(
    questions: Sequence[Question],
    one: Callable[[Question], Row],
    *,
    partial: Path | None = None,
    label: str = "questions",
    quiet: bool = False,
) -> list[Row]:
    """A row for every question, in order, with a progress bar on stderr.

    With `partial` each row is written there at once, and rows already there are not asked again;
    whoever has the rows safe deletes the file.
    """
    from tqdm import tqdm

    done = _kept(partial) if partial else {}
    wanted = {question.id for question in questions}
    kept = len(wanted & done.keys())
    if kept and not quiet:
        tqdm.write(f"going on after {kept} of {len(questions)} questions of an earlier run")
    if partial:
        partial.parent.mkdir(parents=True, exist_ok=True)
        # Written anew, so that the next row does not run on from a line that was cut off
        partial.write_text("".join(_line(row) for row in done.values()), "utf-8")
    for question in tqdm(questions, desc=label, unit="q", disable=quiet, leave=False):
        if question.id in done:
            continue
        row = one(question)
        done[question.id] = row
        if partial:
            with partial.open("a", encoding="utf-8") as out:
                out.write(_line(row))
    return [done[question.id] for question in questions]
