"""`python -m eval`: how well the bot finds and answers, on the bundled questions or one's own."""

from __future__ import annotations

import argparse
import logging
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from eval.gold import GoldError, GoldFinder, check_gold
from eval.prepare import (
    ARTICLES,
    CACHE,
    QUESTIONS,
    PrepareError,
    Settings,
    cached_index,
    open_all,
)
from eval.provenance import content_of
from eval.questions import Question, QuestionError, load_questions
from eval.results import Results, ResultsError, Row, save_results
from eval.run import (
    Dialogues,
    run_all,
    run_question,
    sample,
)

# What a person can mend; anything else is a fault of the program and shows its traceback
EXPECTED = (
    QuestionError,
    GoldError,
    PrepareError,
    ResultsError,
    FileNotFoundError,
    BlockingIOError,
    IsADirectoryError,
    PermissionError,
)


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", metavar="NAME", help="embedding model, by hub name or path")
    parser.add_argument("--llm", metavar="URL", help="let a language model at this address draft")
    parser.add_argument("--llm-model", metavar="NAME", help="which model to ask there")
    parser.add_argument("--limit", type=_count, metavar="N", help="only N questions, drawn evenly")
    parser.add_argument("--cache", type=Path, default=CACHE, metavar="DIR", help=f"({CACHE})")
    parser.add_argument("--json", type=Path, metavar="OUT", help="where the results go")
    parser.add_argument("--html", type=Path, metavar="OUT", help="a report to look at in a browser")
    parser.add_argument("--markdown", type=Path, metavar="OUT", help="tables for a README")
    parser.add_argument("--fresh", action="store_true", help="forget an interrupted run")
    parser.add_argument("--quiet", action="store_true", help="no progress bars")


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number of questions")
    return number


def _share(text: str) -> float:
    number = float(text)
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 1")
    return number


def settings_of(args: argparse.Namespace) -> Settings:
    """The settings that the common arguments make."""
    return Settings(
        model=args.model,
        llm_url=args.llm,
        llm_model=args.llm_model,
        cache=args.cache,
        limit=args.limit,
        search_only=getattr(args, "search_only", False),
        fresh=args.fresh,
        quiet=args.quiet,
    )


def evaluation_parser() -> argparse.ArgumentParser:
    """The arguments of a plain run."""
    parser = argparse.ArgumentParser(
        prog="python -m eval",
        description="Measures searching and answering on questions with gold answers.",
        epilog="Also: python -m eval compare A.json B.json | draft --index DIR | ablate; each has "
        "its own --help.",
    )
    parser.add_argument("--questions", type=Path, default=QUESTIONS, metavar="FILE.jsonl")
    place = parser.add_mutually_exclusive_group()
    place.add_argument("--articles", type=Path, metavar="DIR", help="the articles asked about")
    place.add_argument("--index", type=Path, metavar="DIR", help="an index that is there already")
    benchmark = parser.add_mutually_exclusive_group()
    benchmark.add_argument("--squad", type=Path, metavar="FILE", help="CMRC 2018, DRCD, XQuAD ...")
    benchmark.add_argument("--beir", type=Path, metavar="DIR", help="corpus, queries and qrels")
    benchmark.add_argument("--rgb", type=Path, metavar="FILE", help="RGB, five passages a question")
    parser.add_argument("--noise", type=_share, default=0.4, help="RGB: share of negatives (0.4)")
    parser.add_argument("--search-only", action="store_true", help="measure retrieval alone")
    parser.add_argument("--failures", type=int, metavar="N", help="list at most N failures")
    parser.add_argument(
        "--at-least", type=_share, metavar="SHARE", help="exit code 1 if fewer answers are correct"
    )
    _common(parser)
    return parser


def own_questions(
    path: Path, settings: Settings, articles: Path | None, index: Path | None
) -> Results:
    """A run over a question file and an index, given or built from its articles."""
    questions = sample(load_questions(path), settings.limit)
    if index is None:
        index = cached_index(articles or _articles_beside(path), settings)
    retriever, bot = open_all(index, settings)
    finder = GoldFinder(retriever.index)
    check_gold(finder, questions)
    dialogues = Dialogues(bot) if bot is not None else None

    def one(question: Question) -> Row:
        return run_question(question, finder.find(question), retriever, dialogues)

    left = settings.partial(path.read_bytes(), content_of(retriever.index))
    rows = run_all(questions, one, partial=left, quiet=settings.quiet)
    stats = retriever.index.stats
    held = f"{stats.articles} articles, {stats.passages} passages"
    return Results(settings.about(path.name, held), rows)


def _articles_beside(questions: Path) -> Path:
    """The bundled articles for the bundled questions; others' must be named."""
    if questions.resolve() == QUESTIONS:
        return ARTICLES
    beside = questions.parent / "articles"
    if beside.is_dir():
        return beside
    raise PrepareError(
        f"{questions}: which articles are these questions about? Add --articles DIR or --index DIR"
    )


def runs_of(args: argparse.Namespace, settings: Settings) -> list[Results]:
    """The run or runs that the arguments ask for; a benchmark may measure two things."""
    from eval import benchmarks
    from eval.rgb import rgb

    if args.squad:
        return benchmarks.squad(args.squad, settings)
    if args.beir:
        return [benchmarks.beir(args.beir, settings)]
    if args.rgb:
        return [rgb(args.rgb, settings, args.noise)]
    return [own_questions(args.questions, settings, args.articles, args.index)]


def _place(results: Results) -> Path:
    """Where results go by themselves: under the commit, and the name of what is not bundled."""
    stem = str(results.about["commit"]).rstrip("+")
    name = re.sub(r"[^\w.-]+", "-", results.name.replace(".jsonl", ""))
    return (
        Path("eval-results") / f"{stem}{'' if results.name == QUESTIONS.name else f'-{name}'}.json"
    )


def deliver(results: Results, args: argparse.Namespace, *, suffix: str = "") -> None:
    """Prints a run and writes the files that were asked for."""
    from eval.tables import markdown, terminal

    print(terminal(results, show=getattr(args, "failures", None)))
    own = args.json.with_stem(args.json.stem + suffix) if args.json else _place(results)
    save_results(results, own)
    print(f"results: {own}", file=sys.stderr)
    if args.markdown:
        out = args.markdown.with_stem(args.markdown.stem + suffix)
        out.write_text(markdown(results), "utf-8")
    if args.html:
        from eval.report import html_report

        out = args.html.with_stem(args.html.stem + suffix)
        out.write_text(html_report(results), "utf-8")
        print(f"report: {out}", file=sys.stderr)


def evaluate(argv: Sequence[str]) -> int:
    """The plain command; exit code 1 where `--at-least` is missed."""
    parser = evaluation_parser()
    args = parser.parse_args(argv)
    if bool(args.llm) != bool(args.llm_model):
        parser.error("--llm URL and --llm-model NAME go together")
    settings = settings_of(args)
    runs = runs_of(args, settings)
    for place, results in enumerate(runs):
        deliver(results, args, suffix="-reading" if place else "")
    settings.finish()
    if args.at_least is not None:
        correct = runs[0].estimates().get("correct")
        if correct is None or correct.mean < args.at_least:
            print(f"fewer than {args.at_least:.0%} correct", file=sys.stderr)
            return 1
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a command; 0 well, 1 below what was asked for, 2 not usable, 130 interrupted."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    # What the bot withheld counts as refused; saying so line by line would tear the progress bar
    logger = logging.getLogger("qa")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        if arguments[:1] == ["compare"]:
            from eval.compare import compare_command

            return compare_command(arguments[1:])
        if arguments[:1] == ["draft"]:
            from eval.draft import draft_command

            return draft_command(arguments[1:])
        if arguments[:1] == ["ablate"]:
            from eval.ablate import ablate_command

            return ablate_command(arguments[1:])
        if arguments[:1] == ["calibrate"]:
            from eval.calibrate import calibrate_command

            return calibrate_command(arguments[1:])
        return evaluate(arguments)
    except EXPECTED as error:
        print(f"eval: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\neval: interrupted; the same command goes on where it stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    finally:
        logger.setLevel(level)


if __name__ == "__main__":
    raise SystemExit(main())
