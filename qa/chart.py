"""The figures of an answer side by side: bars as inline SVG, a table, and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from html import escape
from typing import Final
from urllib.parse import quote

from qa.conversation import AnswerRecord, PointRecord
from qa.strings import STRINGS, Language

# The drawing's measures, in its own units. A name stands above its bar, so that a phone shows both.
ROW: Final = 48
WIDTH: Final = 360
ROOM: Final = 136  # for the value after the longest bar
NAME: Final = 25  # characters of a name


def marker(n: int, title: str, language: Language) -> str:
    """The button that brings source `n` into view. `n` may come from a browser's memory."""
    name = f"{STRINGS[language]['source'].format(n=n)}: {title}"
    return (
        f'<button type="button" class="cite" data-cite="{int(n)}" title="{escape(name)}"'
        f' aria-label="{escape(name)}">[{int(n)}]</button>'
    )


def figures(record: AnswerRecord, language: Language) -> str:
    """The series of an answer as a chart and a table, or nothing where there is none."""
    points = record["series"]
    if len(points) < 2:
        return ""
    words = STRINGS[language]
    titles = {citation["n"]: citation["title"] for citation in record["citations"]}
    rows = "".join(
        f'<tr><th scope="row">{escape(point["label"])}</th>'
        f'<td class="num">{escape(point["value"])}</td><td>{escape(point["unit"])}</td>'
        f"<td>{marker(point['n'], titles.get(point['n'], ''), language)}</td></tr>"
        for point in points
    )
    heads = "".join(
        f'<th scope="col">{escape(words[key])}</th>'
        for key in ("label", "value", "unit", "stated_in")
    )
    sheet = quote("\ufeff" + series_csv(record))
    svg = chart(points, titles, language)
    png = (
        f'<button type="button" class="quiet" data-png>{words["download_png"]}</button>'
        if svg
        else ""
    )
    return (
        f'<figure class="figures"><figcaption>{escape(words["chart_title"])}</figcaption>{svg}'
        f"<details{'' if svg else ' open'}><summary>{escape(words['table'])}</summary>"
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></details>"
        f'<p class="downloads"><a class="quiet" download="figures.csv"'
        f' href="data:text/csv;charset=utf-8,{sheet}">{words["download_csv"]}</a>{png}</p></figure>'
    )


def series_csv(record: AnswerRecord) -> str:
    """The series as CSV, each value beside the sentence that states it."""
    quotes = {citation["n"]: citation for citation in record["citations"]}
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["label", "value", "unit", "n", "title", "source", "quote"])
    for point in record["series"]:
        cited = quotes.get(point["n"])
        tail = [cited["title"], cited["source"], cited["quote"]] if cited else ["", "", ""]
        # A spreadsheet runs a cell that starts like a formula: article text must not be one.
        safe = [f"'{cell}" if cell[:1] in "=+-@\t" and cell else cell for cell in tail]
        label = point["label"]
        label = f"'{label}" if label[:1] in "=+-@\t" and label else label
        writer.writerow([label, point["value"], point["unit"], point["n"], *safe])
    return out.getvalue()


def chart(points: Sequence[PointRecord], titles: dict[int, str], language: Language) -> str:
    """Horizontal bars as inline SVG; empty where the units differ and bars would mislead."""
    if len({point["unit"] for point in points}) != 1:
        return ""
    values = [Decimal(point["value"]) for point in points]
    low, high = min(Decimal(0), *values), max(Decimal(0), *values)
    if low == high:
        return ""
    scale = (WIDTH - ROOM) / float(high - low)
    zero = float(-low) * scale
    height = ROW * len(points)
    bars = []
    for row, (point, value) in enumerate(zip(points, values, strict=True)):
        top = ROW * row
        length = max(abs(float(value)) * scale, 1.5)
        left = zero if value >= 0 else zero - length
        label = point["label"] if len(point["label"]) <= NAME else point["label"][:NAME] + "…"
        name = f"{STRINGS[language]['source'].format(n=point['n'])}: {titles.get(point['n'], '')}"
        bars.append(
            f'<text class="name" x="0" y="{top + 15}">{escape(label)}'
            f"<title>{escape(point['label'])}</title></text>"
            f'<rect class="bar" x="{left:.1f}" y="{top + 22}" width="{length:.1f}" height="16"'
            f' rx="2"/><text class="val" x="{max(zero, left + length) + 8:.1f}" y="{top + 35}">'
            f"{escape(point['value'])}{escape(point['unit'])} "
            f'<tspan class="cite" role="button" tabindex="0" data-cite="{int(point["n"])}"'
            f' aria-label="{escape(name)}">[{int(point["n"])}]</tspan></text>'
        )
    summary = "; ".join(f"{p['label']}: {p['value']}{p['unit']}" for p in points)
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {height}" role="group"'
        f' aria-label="{escape(summary)}">{"".join(bars)}</svg>'
    )
