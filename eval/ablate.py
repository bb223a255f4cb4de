"""Each part's worth: the same questions with one part changed or left out at a time.

Searching is measured with BM25 alone, with vectors alone and with both, over an index with and one
without contextual headers; answering with each of these searches and without each later part.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.gold import GoldFinder, check_gold
from eval.metrics import paired
from eval.prepare import (
    ARTICLES,
    CACHE,
    QUESTIONS,
    Settings,
    cached_index,
    open_all,
)
from eval.questions import Question, load_questions
from eval.results import Results, Row, save_results
from eval.run import Dialogues, Searcher, run_all, run_question, sample
from eval.tables import columns, markdown_table, share
from qa.records import Hit, Scope

if TYPE_CHECKING:
    from index import Index

# Given what stood there, what stands there instead
Replacement = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the answering that can be left out: `module.name`, and what takes its place."""

    label: str
    module: str
    name: str
    instead: Replacement


def _ignoring(place: Any) -> Any:  # noqa: ANN401 - stands for any function of the answering
    """The function with its judgement taken away: what it found, agreeing fully."""
    return lambda *args: (place(*args)[0], 1.0, True)


PARTS = (
    Part("without places", "qa.extract", "_place_fit", _ignoring),
    Part("without periods", "qa.extract", "_period_fit", _ignoring),
    Part("without measures", "qa.extract", "_measure_fit", lambda _: lambda *args: 1.0),
    Part("without the bar for refusing", "qa.compose", "is_enough", lambda _: lambda *args: True),
    Part("without verification", "qa.bot", "_checked", lambda _: lambda answer, *rest: answer),
    Part("without follow-ups made whole", "qa.bot", "complete", lambda _: lambda text, *a: [text]),
    Part("without English restated", "qa.english", "restate", lambda _: lambda text: text),
)


@contextmanager
def left_out(part: Part) -> Iterator[None]:
    """Leaves a part out for a while. Raises AttributeError where the program has no such part."""
    module = importlib.import_module(part.module)
    original = getattr(module, part.name)
    setattr(module, part.name, part.instead(original))
    try:
        yield
    finally:
        setattr(module, part.name, original)


# Searching with one half


class LexicalSearch:
    """BM25 alone, over the same passages."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def search(self, query: str, k: int = 5, scope: Scope | None = None) -> list[Hit]:
        """The k best passages by BM25; a scope is not looked at."""
        from index.lexical import terms

        rows, scores = self.index.lexical.search(terms(query), k)
        return _hits(self.index, rows.tolist(), scores.tolist())


class DenseSearch:
    """Vectors alone, over the same passages."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def search(self, query: str, k: int = 5, scope: Scope | None = None) -> list[Hit]:
        """The k nearest passages; a scope is not looked at."""
        rows, scores = self.index.dense(self.index.encoder.encode_query([query]), k)
        return _hits(self.index, rows[0].tolist(), scores[0].tolist())


def _hits(index: Index, rows: list[int], scores: list[float]) -> list[Hit]:
    found = [(row, score) for row, score in zip(rows, scores, strict=True) if row >= 0]
    passages = index.passages([row for row, _ in found])
    return [
        Hit(passage, index.article(passage.article_id), score)
        for passage, (_, score) in zip(passages, found, strict=True)
    ]


# The table


@dataclass(frozen=True, slots=True)
class Variant:
    """One line of the table."""

    label: str
    results: Results


MEASURED = ("hit@1", "hit@5", "ndcg@10", "correct", "refusal_recall")


def table(variants: Sequence[Variant]) -> list[list[str]]:
    """The variants with the difference of each from the first, its head first."""
    names = {"correct": "correct", "refusal_recall": "refusals", "ndcg@10": "nDCG@10"}
    head = ["variant", *(names.get(name, name) for name in MEASURED), "incorrect", "Δ correct", "p"]
    rows = [head]
    base = variants[0].results
    for variant in variants:
        found = variant.results.estimates()
        cells = [variant.label]
        cells += [share(found[name].mean) if name in found else "·" for name in MEASURED]
        wrong = sum(row.verdict == "incorrect" for row in variant.results.rows)
        cells.append(str(wrong) if "correct" in found else "·")
        if variant is variants[0] or "correct" not in found:
            cells += ["", ""]
        else:
            value = paired(base.values("correct"), variant.results.values("correct"))
            cells += [f"{value.difference:+.3f}", "<.001" if value.p < 0.001 else f"{value.p:.3f}"]
        rows.append(cells)
    return rows


def _run(
    questions: Sequence[Question],
    finder: GoldFinder,
    searcher: Searcher,
    answerer: Any,  # noqa: ANN401 - a Bot over any searcher
    settings: Settings,
    label: str,
) -> Results:
    dialogues = Dialogues(answerer) if answerer is not None else None

    def one(question: Question) -> Row:
        return run_question(question, finder.find(question), searcher, dialogues)

    rows = run_all(questions, one, label=label, quiet=settings.quiet)
    return Results({"name": label}, rows)


def searches(index: Index, retriever: Searcher) -> dict[str, Searcher]:
    """The ways of searching that are compared, the full one first."""
    return {
        "everything": retriever,
        "BM25 alone": LexicalSearch(index),
        "vectors alone": DenseSearch(index),
    }


def _without_headers(articles: Path, settings: Settings) -> Path:
    """An index of the same articles without contextual headers, in a cache of its own."""
    part = Part("", "index.build", "with_header", lambda _: lambda article, passage: passage.text)
    with left_out(part):
        return cached_index(articles, replace(settings, cache=settings.cache / "without-headers"))


def ablate(questions: Sequence[Question], articles: Path, settings: Settings) -> list[Variant]:
    """Runs every variant; the first is the program as it is."""
    from qa import Bot

    retriever, _ = open_all(cached_index(articles, settings), replace(settings, search_only=True))
    finder = GoldFinder(retriever.index)
    check_gold(finder, questions)
    variants = []
    for label, searcher in searches(retriever.index, retriever).items():
        bot: Any = None if settings.search_only else Bot(searcher)  # type: ignore[arg-type]
        variants.append(Variant(label, _run(questions, finder, searcher, bot, settings, label)))
    bare, _ = open_all(_without_headers(articles, settings), replace(settings, search_only=True))
    own = GoldFinder(bare.index)
    for label, searcher in searches(bare.index, bare).items():
        bot = None if settings.search_only else Bot(searcher)  # type: ignore[arg-type]
        named = f"{label}, no headers".replace("everything, no", "without")
        variants.append(Variant(named, _run(questions, own, searcher, bot, settings, named)))
    if settings.search_only:
        return variants
    for part in PARTS:
        try:
            with left_out(part):
                bot = Bot(retriever)
                found = _run(questions, finder, retriever, bot, settings, part.label)
        except AttributeError as error:
            sys.stderr.write(f"eval: {part.label} is left out of the table: {error}\n")
            continue
        variants.append(Variant(part.label, found))
    return variants


def ablate_command(argv: Sequence[str]) -> int:
    """`python -m eval ablate`."""
    parser = argparse.ArgumentParser(
        prog="python -m eval ablate",
        description="The same questions with one part of the program left out at a time.",
    )
    parser.add_argument("--questions", type=Path, default=QUESTIONS, metavar="FILE.jsonl")
    parser.add_argument("--articles", type=Path, default=ARTICLES, metavar="DIR")
    parser.add_argument("--model", metavar="NAME", help="embedding model, by hub name or path")
    parser.add_argument("--limit", type=int, metavar="N", help="only N questions")
    parser.add_argument("--cache", type=Path, default=CACHE, metavar="DIR")
    parser.add_argument("--search-only", action="store_true", help="searching alone")
    parser.add_argument("--json", type=Path, metavar="DIR", help="a file for each variant")
    parser.add_argument("--markdown", type=Path, metavar="OUT", help="the table for a README")
    parser.add_argument("--quiet", action="store_true", help="no progress bars")
    args = parser.parse_args(argv)
    settings = Settings(
        model=args.model,
        cache=args.cache,
        limit=args.limit,
        search_only=args.search_only,
        quiet=args.quiet,
    )
    questions = sample(load_questions(args.questions), settings.limit)
    variants = ablate(questions, args.articles, settings)
    rows = table(variants)
    sys.stdout.write(f"{args.questions.name} · {len(questions)} questions\n\n{columns(rows)}\n")
    if args.markdown:
        args.markdown.write_text(markdown_table(rows) + "\n", "utf-8")
    if args.json:
        for place, variant in enumerate(variants):
            name = f"{place:02d}-{variant.label.replace(' ', '-').replace(',', '')}.json"
            about = settings.about(variant.label, args.questions.name)
            save_results(Results(about, variant.results.rows), args.json / name)
    return 0
