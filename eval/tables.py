"""Results in columns: for a terminal, and in Markdown for a README."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from eval.metrics import Estimate, percentile
from eval.results import MEASURES, READING, RETRIEVAL, VERDICTS, Results, Row

_MARKS = {"correct": "✓", "incorrect": "✗", "refused": "○"}


def width(text: str) -> int:
    """The columns that a text takes in a terminal; Chinese characters take two."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.combining(char) > 0 for char in text)


def shorten(text: str, columns: int) -> str:
    """The text on one line, cut to so many columns."""
    text = " ".join(text.split())
    if width(text) <= columns:
        return text
    taken, used = [], 1
    for char in text:
        used += width(char)
        if used > columns:
            break
        taken.append(char)
    return "".join(taken) + "…"


def columns(rows: Sequence[Sequence[str]], *, indent: str = "  ") -> str:
    """Rows of cells as aligned lines: the first column to the left, the others to the right."""
    widths = [max(map(width, cells)) for cells in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [row[0] + " " * (widths[0] - width(row[0]))]
        cells += [
            " " * (space - width(cell)) + cell
            for cell, space in zip(row[1:], widths[1:], strict=True)
        ]
        lines.append((indent + "  ".join(cells)).rstrip())
    return "\n".join(lines)


def share(value: float) -> str:
    """A share with three digits, without the nought in front: `.913`, `1.00`."""
    return f"{value:.3f}"[1:] if 0 <= value < 0.9995 else f"{value:.2f}"


def interval(value: Estimate) -> str:
    """The 95% interval: `[.850, .960]`."""
    return f"[{share(value.low)}, {share(value.high)}]"


def duration(seconds: float) -> str:
    """`0.4 ms`, `12 ms`, `1.3 s`."""
    if seconds < 0.01:
        return f"{seconds * 1000:.1f} ms"
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


def _mean(results: Results, measure: str, rows: Iterable[Row]) -> str:
    values = results.values(measure, list(rows))
    return share(sum(values) / len(values)) if values else "·"


def group_rows(results: Results, groups: dict[str, list[Row]], title: str) -> list[list[str]]:
    """A table with a line for each group of rows and a last one for all."""
    present = {name for row in results.rows for name in row.scores}
    measures = [
        name
        for name in ("hit@1", "hit@5", "mrr", "ndcg@10", "em", "f1", "cmrc_em", "cmrc_f1")
        if name in present
    ]
    judged = any(row.verdict for row in results.rows)
    head = [title, "n", *(VERDICTS if judged else ()), *(MEASURES[name] for name in measures)]
    head = [{"exact match": "EM", "character F1": "F1"}.get(cell, cell) for cell in head]
    table = [head]
    for name, rows in [*groups.items(), ("all", results.rows)]:
        counts = [str(sum(row.verdict == verdict for row in rows)) for verdict in VERDICTS]
        cells = [name, str(len(rows)), *(counts if judged else ())]
        table.append([*cells, *(_mean(results, measure, rows) for measure in measures)])
    return table


def _estimates(results: Results, names: Sequence[str]) -> list[list[str]]:
    found = results.estimates()
    return [
        [MEASURES[name], share(value.mean), interval(value), f"n={value.n}"]
        for name in names
        if (value := found.get(name)) is not None
    ]


def _headline(results: Results) -> str:
    about = results.about
    unanswerable = sum(not row.answerable for row in results.rows)
    parts = [
        str(about.get("name", "run")),
        f"{len(results.rows)} questions"
        + (f", {unanswerable} unanswerable" if unanswerable else ""),
        str(about.get("index", "")),
        f"commit {about['commit']}" if about.get("commit") else "",
    ]
    return " · ".join(part for part in parts if part)


def _counts(results: Results) -> list[str]:
    lines = []
    if any(row.verdict for row in results.rows):
        counts = ", ".join(
            f"{sum(row.verdict == verdict for row in results.rows)} {verdict}"
            for verdict in VERDICTS
        )
        stated = sum(row.figures for row in results.rows)
        bad = sum(len(row.unsupported) for row in results.rows)
        lines.append(f"  {counts} of {len(results.rows)}")
        if stated:
            lines.append(f"  figures and dates stated {stated}, not held by a citation {bad}")
    times = results.latencies
    if times:
        p50, p95 = duration(percentile(times, 50)), duration(percentile(times, 95))
        lines.append(f"  latency p50 {p50}, p95 {p95}")
    return lines


def failures(results: Results) -> list[Row]:
    """The rows that are not correct, or state what nothing cited holds.

    Where nothing was judged: those that were not found at all, or read quite wrongly.
    """
    if any(row.verdict for row in results.rows):
        return [
            row
            for row in results.rows
            if row.verdict in ("incorrect", "refused") or row.unsupported
        ]
    last = ("cmrc_f1", "recall@100", "recall@10")
    return [
        row
        for row in results.rows
        if next((row.scores[name] == 0 for name in last if name in row.scores), False)
    ]


def failure_lines(row: Row, *, columns_wide: int = 100) -> list[str]:
    """One failure: the question, the gold, what was answered and where it was looked for."""
    room = columns_wide - 13
    asked = " → ".join([*row.history, row.question])
    lines = [f"  {_MARKS.get(row.verdict, ' ')} {row.id} ({row.kind}) {shorten(asked, room)}"]
    lines.append(f"      gold     {shorten(row.gold, room)}")
    said = row.text if row.verdict != "refused" else f"(refused) {row.text}"
    if said:
        lines.append(f"      answer   {shorten(said, room)}")
    if row.short and row.short not in row.text[:40]:
        lines.append(f"      short    {shorten(row.short, room)}")
    if row.unsupported:
        lines.append(f"      unheld   {shorten(', '.join(row.unsupported), room)}")
    if row.found and "hit@5" in row.scores and not row.scores["hit@5"]:
        lines.append("      search   the gold passage is not among the first five")
    if row.note:
        lines.append(f"      note     {shorten(row.note, room)}")
    return lines


def terminal(results: Results, *, show: int | None = None) -> str:
    """The whole report of a run as text; `show` bounds the failures listed, None lists all."""
    lines = [_headline(results), ""]
    for title, names in (("Retrieval", RETRIEVAL), ("Answers", READING)):
        table = _estimates(results, names)
        if table:
            lines += [title, columns(table), ""]
    counts = _counts(results)
    lines += [*counts, ""] if counts else []
    by_kind = results.groups(lambda row: row.kind)
    by_language = results.groups(lambda row: row.language)
    if len(by_kind) > 1:
        lines += [columns(group_rows(results, by_kind, "by kind")), ""]
    if len(by_language) > 1:
        lines += [columns(group_rows(results, by_language, "by language")), ""]
    failed = failures(results)
    shown = failed if show is None else failed[:show]
    if failed:
        lines.append(f"Failures ({len(failed)})")
        for row in shown:
            lines += failure_lines(row)
        if len(shown) < len(failed):
            lines.append(f"  and {len(failed) - len(shown)} more: --json and --html hold all")
    notes = [row.id for row in results.rows if row.note]
    if notes:
        lines.append(f"Notes on {len(notes)} questions: {shorten(', '.join(notes), 80)}")
    return "\n".join(lines).rstrip() + "\n"


def _escaped(cell: str) -> str:
    return cell.replace("|", "\\|").replace("\n", " ")


def markdown_table(rows: Sequence[Sequence[str]]) -> str:
    """Rows of cells, the first being the head, as a Markdown table."""
    head, *body = [[_escaped(cell) for cell in row] for row in rows]
    lines = ["| " + " | ".join(head) + " |", "|---|" + "---:|" * (len(head) - 1)]
    lines += ["| " + " | ".join(row) + " |" for row in body]
    return "\n".join(lines)


def markdown(results: Results) -> str:
    """The run's measures and its kinds of question in Markdown, for a README."""
    table = [["measure", "mean", "95% interval", "n"], *_estimates(results, list(MEASURES))]
    parts = [f"{_headline(results)}\n", markdown_table(table)]
    by_kind = results.groups(lambda row: row.kind)
    if len(by_kind) > 1:
        parts.append(markdown_table(group_rows(results, by_kind, "kind")))
    parts += [" ".join(line.strip() for line in _counts(results))]
    return "\n\n".join(part.strip("\n") for part in parts if part) + "\n"
