"""A first question file from an index, for a person to correct: figures, offices, dates.

Each question is put together from what the index has stored: a figure with its subject, measure and
period; a person with an office; a dated clause; and, for refusals, a figure's measure in a year of
which no article speaks. The wording is stiff and some questions will be beside the point: a set
that nobody has read through measures nothing.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.metrics import SEED
from eval.prepare import PrepareError
from index.records import Article, Figure, Period

# Of each six questions one asks for what the articles do not say
UNANSWERABLE = 6
_STOPS = "。！？!?；;\n"
_PAUSES = _STOPS + "，,"


@dataclass(frozen=True, slots=True)
class Draft:
    """One drafted question; `row` is its line in the file without an id."""

    kind: str
    article: str
    row: dict[str, Any]


def clause(text: str, start: int, end: int, *, least: int = 8) -> str:
    """The stretch between pauses around `text[start:end]`, or the sentence if it is too short."""
    for stops in (_PAUSES, _STOPS):
        left = max((text.rfind(stop, 0, start) for stop in stops), default=-1) + 1
        rights = [place for stop in stops if (place := text.find(stop, end)) >= 0]
        found = text[left : min(rights, default=len(text))].strip("”’\"' ")
        if len(found) >= least:
            return found
    return found


def _source(article: Article) -> str:
    """How a question file names the article: its page, or its id where a page holds many."""
    page = re.sub(r":\d+(?:-\d+)?$", "", article.source)
    return article.id if page.endswith(".jsonl") else page


def _row(article: Article, question: str, accept: Sequence[str], evidence: str) -> dict[str, Any]:
    return {
        "question": question,
        "accept": [[text] for text in accept],
        "source": _source(article),
        "evidence": evidence,
        "answerable": True,
    }


def _usable(article: Article, figure: Figure) -> bool:
    """Whether a figure has all that a question needs, and is written in digits."""
    written = article.text[figure.start : figure.end]
    measure = re.sub(r"\s", "", figure.measure)
    return (
        bool(figure.subject)
        and 3 <= len(measure) <= 18
        and figure.period is not None
        and any(char.isdigit() for char in written)
        and bool(figure.unit)
    )


def _asked(figure: Figure, when: str) -> str:
    """The question for a figure; things are counted, money and shares are not."""
    measure = re.sub(r"\s", "", figure.measure).removeprefix(figure.subject)
    stem = f"{figure.subject}{when}{measure}"
    if re.search(r"(?:增长|下降|提高|减少|增加)$", measure):
        return f"{stem}多少？"
    if "元" in figure.unit or figure.unit[-1] in "%％点":
        return f"{stem}是多少？"
    return f"{stem}有多少{figure.unit.lstrip('万亿千百')}？"


def figure_drafts(article: Article, figures: Sequence[Figure]) -> Iterator[Draft]:
    """A question for each figure that is stated once of its subject, measure and period."""
    from index.period import label

    seen: dict[tuple[str, str, Period | None], int] = defaultdict(int)
    for figure in figures:
        seen[figure.subject, figure.measure, figure.period] += 1
    for figure in figures:
        if not _usable(article, figure) or figure.period is None:
            continue
        if seen[figure.subject, figure.measure, figure.period] > 1:
            continue
        written = article.text[figure.start : figure.end].strip()
        when = label(figure.period)
        evidence = clause(article.text, figure.start, figure.end)
        yield Draft("figure", article.id, _row(article, _asked(figure, when), [written], evidence))


def missing_drafts(article: Article, figures: Sequence[Figure]) -> Iterator[Draft]:
    """The same measures in the nearest year of which no figure of the article speaks."""
    told = {
        (figure.subject, year)
        for figure in figures
        if figure.period is not None
        for year in range(figure.period.start.year - 1, figure.period.end.year + 2)
    }
    for figure in figures:
        if not _usable(article, figure) or figure.period is None:
            continue
        year = figure.period.start.year
        while (figure.subject, year) in told:
            year += 1
        row: dict[str, Any] = {
            "question": _asked(figure, f"{year}年"),
            "accept": [],
            "source": None,
            "evidence": None,
            "answerable": False,
        }
        yield Draft("unanswerable", article.id, row)


def person_drafts(article: Article) -> Iterator[Draft]:
    """Who holds an office, for each office that one person alone holds."""
    from index.names import find_names

    holders: dict[str, set[str]] = defaultdict(set)
    people = [name for name in find_names(article.text) if name.kind == "person"]
    for person in people:
        holders[person.role].add(person.text)
    for person in people:
        if len(person.role) >= 5 and len(holders[person.role]) == 1:
            evidence = clause(article.text, person.start, person.end)
            row = _row(article, f"{person.role}是谁？", [person.text], evidence)
            yield Draft("who", article.id, row)


def date_drafts(article: Article) -> Iterator[Draft]:
    """When something happened, for each clause that begins with a printed day or month."""
    from index.period import find_periods

    for span in find_periods(article.text, article.published):
        written = article.text[span.start : span.end]
        before = article.text[max(0, span.start - 1) : span.start]
        if span.kind not in ("day", "month") or not any(map(str.isdigit, written)):
            continue
        if before.strip() and before not in _PAUSES:
            continue
        what = clause(article.text, span.end + 1, span.end + 1).lstrip("，, ")
        if not 8 <= len(what) <= 40 or re.search(r"\d", what):
            continue
        row = _row(article, f"{what}是在什么时候？", [written.strip()], what)
        yield Draft("when", article.id, row)


def _turns(drafts: Sequence[Draft], rng: random.Random) -> list[Draft]:
    """The drafts in an order that takes one of each article in turn, each question once."""
    by_article: dict[str, list[Draft]] = defaultdict(list)
    asked: set[str] = set()
    for draft in drafts:
        if draft.row["question"] not in asked:
            asked.add(draft.row["question"])
            by_article[draft.article].append(draft)
    groups = list(by_article.values())
    rng.shuffle(groups)
    for group in groups:
        rng.shuffle(group)
    longest = max(map(len, groups), default=0)
    return [group[place] for place in range(longest) for group in groups if place < len(group)]


def draft_rows(drafts: Sequence[Draft], count: int, *, seed: int = SEED) -> list[dict[str, Any]]:
    """At most `count` lines: a sixth unanswerable, a sixth who, a sixth when, the rest figures."""
    rng = random.Random(seed)  # noqa: S311 - a sample, not a secret
    part = max(1, count // UNANSWERABLE)
    by_kind = {
        kind: _turns([draft for draft in drafts if draft.kind == kind], rng)
        for kind in ("figure", "who", "when", "unanswerable")
    }
    chosen = {kind: by_kind[kind][:part] for kind in ("who", "when", "unanswerable")}
    rest = count - sum(map(len, chosen.values()))
    rows: list[dict[str, Any]] = []
    for kind in ("figure", "who", "when", "unanswerable"):
        for draft in chosen[kind] if kind in chosen else by_kind["figure"][: max(0, rest)]:
            rows.append({"id": f"draft-{len(rows) + 1:03d}", "type": kind, **draft.row})
    return rows[:count]


def draft_from(path: Path, count: int) -> list[dict[str, Any]]:
    """The drafted lines for the index at a path."""
    from index import Index

    if not path.is_dir():
        raise PrepareError(f"{path}: no index there: `python -m index ARTICLES --out {path}`")
    index = Index.open(path)
    drafts: list[Draft] = []
    for article in index.articles():
        figures = index.figures(article.id)
        drafts += figure_drafts(article, figures)
        drafts += missing_drafts(article, figures)
        drafts += person_drafts(article)
        drafts += date_drafts(article)
    index.close()
    rows = draft_rows(drafts, count)
    if not rows:
        raise PrepareError(f"{path}: nothing in it that a question could be drafted from")
    return rows


def draft_command(argv: Sequence[str]) -> int:
    """`python -m eval draft --index DIR`."""
    parser = argparse.ArgumentParser(
        prog="python -m eval draft",
        description="Drafts a question file from an index, for a person to correct.",
    )
    parser.add_argument("--index", type=Path, required=True, metavar="DIR")
    parser.add_argument("-n", type=int, default=40, metavar="N", help="how many questions (40)")
    parser.add_argument("--out", type=Path, metavar="FILE", help="instead of standard output")
    args = parser.parse_args(argv)
    if args.n < 1:
        parser.error("-n must be at least 1")
    if args.out and args.out.exists():
        raise PrepareError(f"{args.out} is there already: corrections are not overwritten")
    rows = draft_from(args.index, args.n)
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if args.out:
        args.out.write_text(lines, "utf-8")
    else:
        sys.stdout.write(lines)
    file = args.out or "FILE"
    sys.stderr.write(
        f"{len(rows)} questions drafted: correct the wording and the answers, delete what is no "
        f"question, then run\n  python -m eval --questions {file} --index {args.index}\n"
    )
    return 0
