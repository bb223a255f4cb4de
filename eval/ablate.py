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
from typing import Any

from eval.benchmarks import collect, load_squad, search_all
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
from eval.searches import searches
from eval.tables import columns, markdown_table, share
from qa.look import Look

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
    Part("without places", "place_fit", _ignoring),
    Part("without periods", "period_fit", _ignoring),
    Part("without measures", "measure_fit", lambda _: lambda *args: 1.0),
    Part("without the trained reader", "look", lambda _: lambda *args: Look()),
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


class NoPartError(ValueError):
    """The program has no such part any more."""


@contextmanager
def left_out(part: Part, package: str = "qa") -> Iterator[None]:
    """Leaves a part of a package out for a while, wherever it goes by its name.

    Raises NoPartError where the package has no such part.
    """
    holders = [module for module in modules_of(package) if hasattr(module, part.name)]
    homes = [m for m in holders if getattr(m, part.name).__module__ == m.__name__]
    if len(homes) != 1:
        raise NoPartError(f"{len(homes)} functions in {package} are named {part.name}, not one")
    original = getattr(homes[0], part.name)
    bound = [module for module in holders if getattr(module, part.name) is original]
    for module in bound:
        setattr(module, part.name, part.instead(original))
    try:
        yield
    finally:
        for module in bound:
            setattr(module, part.name, original)


# The table


@dataclass(frozen=True, slots=True)
class Variant:
    """One line of the table."""

    label: str
    results: Results


MEASURED = ("hit@1", "hit@5", "ndcg@10", "correct", "refusal_recall")


def table(variants: Sequence[Variant]) -> list[list[str]]:
    """The variants with the difference of each from the first, its head first."""
    base = variants[0].results
    names = {"refusal_recall": "refusals", "ndcg@10": "nDCG@10"}
    by = "correct" if base.values("correct") else "ndcg@10"
    head = [names.get(name, name) for name in MEASURED]
    rows = [["variant", *head, "incorrect", f"Δ {names.get(by, by)}", "p"]]
    for variant in variants:
        found = variant.results.estimates()
        cells = [variant.label]
        cells += [share(found[name].mean) if name in found else "·" for name in MEASURED]
        wrong = sum(row.verdict == "incorrect" for row in variant.results.rows)
        cells.append(str(wrong) if "correct" in found else "·")
        if variant is variants[0]:
            cells += ["", ""]
        else:
            value = paired(base.values(by), variant.results.values(by))
            cells += [f"{value.difference:+.3f}", "<.001" if value.p < 0.001 else f"{value.p:.3f}"]
        rows.append(cells)
    kept = [place for place in range(len(rows[0])) if any(row[place] != "·" for row in rows[1:])]
    return [[row[place] for place in kept] for row in rows]


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
        except NoPartError as error:
            sys.stderr.write(f"eval: {part.label} is left out of the table: {error}\n")
            continue
        variants.append(Variant(part.label, found))
    return variants


def ablate_search(path: Path, settings: Settings) -> list[Variant]:
    """The ways of searching over all paragraphs of a benchmark in SQuAD form."""
    data = load_squad(path)
    questions = sample([q for q in data.questions if q.answerable], settings.limit)
    gold = {question.id: {data.home[question.id]: 1.0} for question in questions}
    folder = collect(data.texts, data.titles, settings)
    alone = replace(settings, search_only=True)
    variants = []
    places = [cached_index(folder, settings), _without_headers(folder, settings)]
    for place, ending in zip(places, ("", ", no headers"), strict=True):
        retriever, _ = open_all(place, alone)
        for label, searcher in searches(retriever.index, retriever).items():
            rows = search_all(questions, gold, retriever.index, searcher, settings, label)
            variants.append(Variant(label + ending, Results({"name": label + ending}, rows)))
    return variants


def ablate_command(argv: Sequence[str]) -> int:
    """`python -m eval ablate`."""
    parser = argparse.ArgumentParser(
        prog="python -m eval ablate",
        description="The same questions with one part of the program left out at a time.",
    )
    parser.add_argument("--questions", type=Path, default=QUESTIONS, metavar="FILE.jsonl")
    parser.add_argument("--articles", type=Path, default=ARTICLES, metavar="DIR")
    parser.add_argument("--squad", type=Path, metavar="FILE", help="searching a benchmark alone")
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
    source = args.squad or args.questions
    if args.squad:
        variants = ablate_search(args.squad, settings)
    else:
        questions = sample(load_questions(args.questions), settings.limit)
        variants = ablate(questions, args.articles, settings)
    rows = table(variants)
    count = len(variants[0].results.rows)
    sys.stdout.write(f"{source.name} · {count} questions\n\n{columns(rows)}\n")
    if args.markdown:
        args.markdown.write_text(markdown_table(rows) + "\n", "utf-8")
    if args.json:
        for place, variant in enumerate(variants):
            name = f"{place:02d}-{variant.label.replace(' ', '-').replace(',', '')}.json"
            about = settings.about(variant.label, source.name)
            save_results(Results(about, variant.results.rows), args.json / name)
    settings.finish()
    return 0
