"""Two runs of the same questions: what differs, how surely, and which questions changed sides."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.metrics import Paired, paired
from eval.results import MEASURES, Results, ResultsError, Row, load_results
from eval.tables import columns, markdown_table, share, shorten

# Measures of the same question in both runs; those that hang on a refusal have other questions
PAIRED = tuple(name for name in MEASURES if name != "refusal_precision")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs side by side: rows that have the same id, measures that both have."""

    a: Results
    b: Results
    pairs: list[tuple[Row, Row]]
    measures: dict[str, Paired]

    @property
    def changed(self) -> list[tuple[Row, Row]]:
        """The pairs whose verdict differs."""
        return [(a, b) for a, b in self.pairs if a.verdict != b.verdict]


def compare(a: Results, b: Results) -> Comparison:
    """Pairs the rows of two runs by id. Raises ResultsError where they share no question."""
    others = {row.id: row for row in b.rows}
    pairs = [
        (row, others[row.id])
        for row in a.rows
        if row.id in others and row.question == others[row.id].question
    ]
    if not pairs:
        raise ResultsError("the two files have no question in common: nothing to compare")
    measures = {}
    for name in PAIRED:
        both = [
            (x.scores[name], y.scores[name])
            for x, y in pairs
            if name in x.scores and name in y.scores
        ]
        if both:
            measures[name] = paired([x for x, _ in both], [y for _, y in both])
    return Comparison(a, b, pairs, measures)


def _signed(value: float) -> str:
    return f"{value:+.3f}".replace("0.", ".", 1)


def _p(value: float) -> str:
    return "<.001" if value < 0.001 else f"{value:.3f}"[1:] if value < 1 else "1"


def measure_rows(comparison: Comparison) -> list[list[str]]:
    """The table of the measures, its head first."""
    table = [["measure", "A", "B", "B − A", "95% interval", "p", "test", "n"]]
    for name, value in comparison.measures.items():
        table.append(
            [
                MEASURES[name],
                share(value.a),
                share(value.b),
                _signed(value.difference),
                f"[{_signed(value.low)}, {_signed(value.high)}]",
                _p(value.p),
                value.test,
                str(value.n),
            ]
        )
    return table


def _side(title: str, pairs: Sequence[tuple[Row, Row]]) -> list[str]:
    lines = [f"{title} ({len(pairs)})"] if pairs else []
    for a, b in pairs:
        lines.append(f"  {b.id} ({b.kind}) {shorten(' → '.join([*b.history, b.question]), 84)}")
        lines.append(f"      gold  {shorten(b.gold, 88)}")
        for letter, row in (("A", a), ("B", b)):
            lines.append(f"      {letter}     {row.verdict}: {shorten(row.text, 78)}")
    return [*lines, ""] if lines else []


def terminal(comparison: Comparison) -> str:
    """The comparison as text."""
    a, b = comparison.a, comparison.b
    lines = [
        f"A  {a.name} · {a.about.get('model', '')} · commit {a.about.get('commit', '?')}",
        f"B  {b.name} · {b.about.get('model', '')} · commit {b.about.get('commit', '?')}",
        f"{len(comparison.pairs)} questions in both",
    ]
    alone = len(a.rows) + len(b.rows) - 2 * len(comparison.pairs)
    if alone:
        lines.append(f"{alone} rows stand in one of the two only, and are left out")
    lines += ["", columns(measure_rows(comparison)), ""]
    better = [(x, y) for x, y in comparison.changed if y.verdict == "correct"]
    worse = [(x, y) for x, y in comparison.changed if x.verdict == "correct"]
    other = [pair for pair in comparison.changed if pair not in better and pair not in worse]
    lines += _side("Right only in B", better)
    lines += _side("Right only in A", worse)
    lines += _side("Wrong in another way", other)
    if not comparison.changed and any(row.verdict for row, _ in comparison.pairs):
        lines.append("No question changed sides.")
    return "\n".join(lines).rstrip() + "\n"


def compare_command(argv: Sequence[str]) -> int:
    """`python -m eval compare A.json B.json`."""
    parser = argparse.ArgumentParser(
        prog="python -m eval compare",
        description="Paired differences of two runs, with a significance test, and the questions "
        "that changed sides.",
    )
    parser.add_argument("a", type=Path, metavar="A.json")
    parser.add_argument("b", type=Path, metavar="B.json")
    parser.add_argument("--markdown", type=Path, metavar="OUT", help="the table for a README")
    args = parser.parse_args(argv)
    comparison = compare(load_results(args.a), load_results(args.b))
    sys.stdout.write(terminal(comparison))
    if args.markdown:
        args.markdown.write_text(markdown_table(measure_rows(comparison)) + "\n", "utf-8")
    return 0
