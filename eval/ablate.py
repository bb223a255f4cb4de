"""Each part's worth: the same questions with one part changed or left out at a time.

Searching is measured with BM25 alone, with vectors alone, with their sum and with everything, over
an index with and one without contextual headers; answering with each of these searches and without
each later part. A part is left out by putting something simple in its function's place.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
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
    """A part of the program that can be left out: a function's name, and what takes its place."""

    label: str
    name: str
    instead: Replacement


def _ignoring(place: Any) -> Any:  # noqa: ANN401 - stands for any function of the answering
    """The function with its judgement taken away: what it found, agreeing fully."""
    return lambda *args: (place(*args)[0], 1.0, True)


PARTS = (
    Part("without places", "_place_fit", _ignoring),
    Part("without periods", "_period_fit", _ignoring),
    Part("without measures", "_measure_fit", lambda _: lambda *args: 1.0),
    Part("without the bar for refusing", "is_enough", lambda _: lambda *args: True),
    Part("without verification", "_checked", lambda _: lambda answer, *rest: answer),
    Part("without follow-ups made whole", "complete", lambda _: lambda text, *rest: [text]),
    Part("without English restated", "restate", lambda _: lambda text: text),
)
HEADERS = Part("without headers", "with_header", lambda _: lambda article, passage: passage.text)


def modules_of(package: str) -> list[ModuleType]:
    """A package's modules, its command line aside."""
    path = importlib.import_module(package).__path__
    names = [found.name for found in pkgutil.iter_modules(path) if found.name != "__main__"]
    return [importlib.import_module(f"{package}.{name}") for name in names]


@contextmanager
def left_out(part: Part, package: str = "qa") -> Iterator[None]:
    """Leaves a part of a package out for a while, wherever it goes by its name.

    Raises AttributeError where the package has no such part.
    """
    holders = [module for module in modules_of(package) if hasattr(module, part.name)]
    homes = [m for m in holders if getattr(m, part.name).__module__ == m.__name__]
    if len(homes) != 1:
        raise AttributeError(f"{len(homes)} functions in {package} are named {part.name}, not one")
    original = getattr(homes[0], part.name)
    bound = [module for module in holders if getattr(module, part.name) is original]
    for module in bound:
        setattr(module, part.name, part.instead(original))
    try:
        yield
    finally:
        for module in bound:
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


class FusedSearch:
    """BM25 divided by its best score, plus a part of the cosine: both, without the learned ranker.

    Reciprocal rank fusion of a strong and a weak list falls below the strong one; this does not.
    """

    cosine = 0.6

    def __init__(self, index: Index) -> None:
        self.index = index

    def search(self, query: str, k: int = 5, scope: Scope | None = None) -> list[Hit]:
        """The k best passages; a scope is not looked at."""
        from index.lexical import terms

        depth = max(100, k)
        rows, scores = self.index.lexical.search(terms(query), depth)
        best = float(scores.max(initial=0.0)) or 1.0
        fused = {
            row: score / best for row, score in zip(rows.tolist(), scores.tolist(), strict=True)
        }
        near, cosines = self.index.dense(self.index.encoder.encode_query([query]), depth)
        for row, cosine in zip(near[0].tolist(), cosines[0].tolist(), strict=True):
            fused[row] = fused.get(row, 0.0) + self.cosine * cosine
        ranked = sorted(fused, key=lambda row: (-fused[row], row))[:k]
        return _hits(self.index, ranked, [fused[row] for row in ranked])


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
        "BM25 + vectors": FusedSearch(index),
        "BM25 alone": LexicalSearch(index),
        "vectors alone": DenseSearch(index),
    }


def _without_headers(articles: Path, settings: Settings) -> Path:
    """An index of the same articles without contextual headers, in a cache of its own."""
    with left_out(HEADERS, "index"):
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
        named = HEADERS.label if label == "everything" else f"{label}, no headers"
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
