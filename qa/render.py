"""What the chat shows, as HTML: pure functions of records, each text of them escaped.

Markers, sources and suggestions carry `data-` attributes; the page's script listens for clicks.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from decimal import Decimal
from html import escape
from urllib.parse import quote

from index import Article
from qa.collection import ArticleRecord, file_of
from qa.conversation import AnswerRecord, CitationRecord, PointRecord, published
from qa.records import Hit
from qa.strings import STRINGS, Language

MARKER = re.compile(r"\[(\d+)\]")


def statement(text: str, citations: Sequence[CitationRecord], language: Language) -> str:
    """Answer text with each marker `[n]` that has a citation as a button."""
    titles = {citation["n"]: citation["title"] for citation in citations}
    parts, last = [], 0
    for mark in MARKER.finditer(text):
        n = int(mark[1])
        if n not in titles:
            continue
        parts.append(escape(text[last : mark.start()]))
        parts.append(marker(n, titles[n], language))
        last = mark.end()
    parts.append(escape(text[last:]))
    return "".join(parts)


def marker(n: int, title: str, language: Language) -> str:
    """The button that brings source `n` into view."""
    name = f"{STRINGS[language]['source'].format(n=n)}: {title}"
    return (
        f'<button type="button" class="cite" data-cite="{n}" title="{escape(name)}"'
        f' aria-label="{escape(name)}">[{n}]</button>'
    )


def turn(record: AnswerRecord, language: Language) -> str:
    """One answer: the short answer, the statements, the figures, the next questions."""
    words = STRINGS[language]
    state = "answered" if record["answered"] else "refused"
    parts = [f'<div class="answer {state}">']
    bare = MARKER.sub("", record["text"]).strip(" 。.")
    if not record["answered"]:
        parts.append(f'<p class="kicker">{escape(words["not_said"])}</p>')
    elif record["short"] and record["short"].strip(" 。.") != bare:
        size = "short" if len(record["short"]) <= 24 else "short long"
        parts.append(f'<p class="{size}">{escape(record["short"])}</p>')
    elif record["short"]:
        parts.append(
            f'<p class="short">{statement(record["text"], record["citations"], language)}</p>'
        )
    if not record["answered"] or record["short"].strip(" 。.") != bare:
        for paragraph in record["text"].split("\n"):
            if paragraph.strip():
                body = statement(paragraph.strip(), record["citations"], language)
                parts.append(f'<p class="said">{body}</p>')
    if record["calculation"]:
        parts.append(
            f'<p class="calc"><span>{escape(words["calculation"])}</span> '
            f"{escape(record['calculation'])}</p>"
        )
    parts.append(figures(record, language))
    if record["options"]:
        heading = words["next"] if record["answered"] else words["nearest"]
        parts.append(f'<p class="lead">{escape(heading)}</p>')
        parts.append(suggestions(record["options"]))
    parts.append("</div>")
    return "".join(parts)


def suggestions(questions: Sequence[str]) -> str:
    """Questions to click."""
    chips = "".join(
        f'<li><button type="button" class="chip" data-ask="{escape(question)}">'
        f"{escape(question)}</button></li>"
        for question in questions
    )
    return f'<ul class="chips">{chips}</ul>' if chips else ""


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
    sheet = quote("﻿" + series_csv(record))
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


ROW, TOP, WIDTH, NAME, ROOM = 34, 8, 560, 168, 132


def chart(points: Sequence[PointRecord], titles: dict[int, str], language: Language) -> str:
    """Horizontal bars as inline SVG; empty where the units differ and bars would mislead."""
    if len({point["unit"] for point in points}) != 1:
        return ""
    values = [Decimal(point["value"]) for point in points]
    low, high = min(Decimal(0), *values), max(Decimal(0), *values)
    if low == high:
        return ""
    scale = (WIDTH - NAME - ROOM) / float(high - low)
    zero = NAME + float(-low) * scale
    height = TOP * 2 + ROW * len(points)
    bars = []
    for row, (point, value) in enumerate(zip(points, values, strict=True)):
        middle = TOP + ROW * row + ROW / 2
        length = max(abs(float(value)) * scale, 1.5)
        left = zero if value >= 0 else zero - length
        label = point["label"] if len(point["label"]) <= 13 else point["label"][:12] + "…"
        name = f"{STRINGS[language]['source'].format(n=point['n'])}: {titles.get(point['n'], '')}"
        bars.append(
            f'<text class="name" x="{NAME - 12}" y="{middle:.1f}" text-anchor="end"'
            f' dominant-baseline="central">{escape(label)}<title>{escape(point["label"])}</title>'
            f'</text><rect class="bar" x="{left:.1f}" y="{middle - 9:.1f}" width="{length:.1f}"'
            f' height="18" rx="2"/><text class="val" x="{max(zero, left + length) + 8:.1f}"'
            f' y="{middle:.1f}" dominant-baseline="central">{escape(point["value"])}'
            f'{escape(point["unit"])} <tspan class="cite" role="button" tabindex="0"'
            f' data-cite="{point["n"]}" aria-label="{escape(name)}">[{point["n"]}]</tspan></text>'
        )
    summary = "; ".join(f"{p['label']}: {p['value']}{p['unit']}" for p in points)
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {height}" role="group"'
        f' aria-label="{escape(summary)}"><line class="axis" x1="{zero:.1f}" x2="{zero:.1f}"'
        f' y1="{TOP}" y2="{height - TOP}"/>{"".join(bars)}</svg>'
    )


def marked(text: str, offset: int, spans: Sequence[tuple[int, int]]) -> str:
    """`text`, which begins at `offset` of its article, with the article's `spans` marked."""
    parts, last = [], 0
    for start, end in sorted(spans):
        start, end = max(start - offset, last), min(end - offset, len(text))
        if start >= end:
            continue
        parts.append(escape(text[last:start]))
        parts.append(f"<mark>{escape(text[start:end])}</mark>")
        last = end
    parts.append(escape(text[last:]))
    return "".join(parts)


def sources(record: AnswerRecord, language: Language) -> str:
    """The cards of all sources of an answer."""
    cards = "".join(source(citation, language) for citation in record["citations"])
    return f'<ol class="cards">{cards}</ol>' if cards else ""


def date_mark(when: str, inferred: bool, language: Language) -> str:
    """The publication date, and whether it is inferred."""
    words = STRINGS[language]
    if not when:
        return f"<span>{escape(words['undated'])}</span>"
    text = escape(when.replace("/", " – "))
    if not inferred:
        return f"<time>{text}</time>"
    return (
        f'<time>{text}</time> <span class="inferred" title="{escape(words["inferred_why"])}">'
        f"{escape(words['inferred'])}</span>"
    )


def source(citation: CitationRecord, language: Language) -> str:
    """One source: headline, where and when it stood, the passage with its sentence marked."""
    words = STRINGS[language]
    n, score = citation["n"], citation["score"]
    passage, offset = citation["passage"], citation["passage_start"]
    if citation["start"] < offset or citation["end"] > offset + len(passage):
        passage, offset = citation["quote"], citation["start"]
    body = marked(passage, offset, [(citation["start"], citation["end"])]).replace("\n", "<br>")
    facts = [f"<span>{escape(citation['outlet'])}</span>"] if citation["outlet"] else []
    facts.append(date_mark(citation["published"], citation["inferred"], language))
    if citation["byline"]:
        facts.append(f"<span>{escape(citation['byline'])}</span>")
    match = "" if score is None else escape(words["score"].format(score=f"{score:.2f}"))
    return (
        f'<li class="card" data-source="{n}" tabindex="-1"'
        f' aria-label="{escape(words["source"].format(n=n))}"><div class="head">'
        f'<span class="n" aria-hidden="true">{n}</span><h3>{escape(citation["title"])}</h3></div>'
        f'<p class="facts">{" · ".join(facts)}</p>'
        f'<blockquote>{body}</blockquote><div class="whole" hidden></div>'
        f'<div class="foot"><button type="button" class="quiet" aria-expanded="false"'
        f' data-open="{escape(citation["article_id"])}" data-start="{citation["start"]}"'
        f' data-end="{citation["end"]}">{escape(words["whole"])}</button>'
        f'<span class="file" title="{escape(citation["source"])}">{escape(citation["source"])}'
        f'</span><span class="score">{match}</span></div></li>'
    )


def article(item: Article, spans: Sequence[tuple[int, int]]) -> str:
    """A whole article, its paragraphs by kind, the given spans marked."""
    blocks = [(block.kind, block.start, block.end) for block in item.blocks]
    if not blocks:
        blocks = [("body", m.start(), m.end()) for m in re.finditer(r"[^\n]+", item.text)]
    tags = {"heading": "h4", "caption": "p", "body": "p"}
    return "".join(
        f'<{tags[kind]} class="{kind}">{marked(item.text[start:end], start, spans)}</{tags[kind]}>'
        for kind, start, end in blocks
    )


def whole(item: Article | None, spans: Sequence[tuple[int, int]], language: Language) -> str:
    """The whole article to read, or a line saying that it is gone."""
    if item is None:
        return f'<p class="empty">{escape(STRINGS[language]["gone"])}</p>'
    return article(item, spans)


def evidence(hits: Sequence[Hit], language: Language) -> str:
    """The cards of passages just found, before an answer cites any of them."""
    cards = []
    for hit in hits:
        facts = [f"<span>{escape(hit.article.outlet)}</span>"] if hit.article.outlet else []
        inferred = hit.article.published is not None and hit.article.published.inferred
        facts.append(date_mark(published(hit.article.published), inferred, language))
        cards.append(
            f'<li class="card faint"><div class="head"><h3>{escape(hit.article.title)}</h3></div>'
            f'<p class="facts">{" · ".join(facts)}</p>'
            f"<blockquote>{escape(hit.passage.text)}</blockquote></li>"
        )
    return f'<ol class="cards">{"".join(cards)}</ol>' if cards else ""


def shelf(articles: Sequence[ArticleRecord], language: Language) -> str:
    """The list of articles, grouped by the file that they came from."""
    words = STRINGS[language]
    groups: dict[str, list[ArticleRecord]] = {}
    for item in articles:
        groups.setdefault(file_of(item["source"]), []).append(item)
    parts = []
    for file, items in groups.items():
        remove = (
            f'<button type="button" class="quiet" data-remove="{escape(items[0]["source"])}">'
            f"{escape(words['remove'])}</button>"
            if items[0]["removable"]
            else ""
        )
        rows = "".join(_row(item, language) for item in items)
        parts.append(
            f'<section class="group"><div class="bar"><h3>{escape(file)}</h3>{remove}</div>'
            f'<ul class="rows">{rows}</ul></section>'
        )
    return "".join(parts) or f'<p class="empty">{escape(words["none_yet"])}</p>'


def _row(item: ArticleRecord, language: Language) -> str:
    facts = [escape(item["outlet"])] if item["outlet"] else []
    facts.append(date_mark(item["published"], item["inferred"], language))
    if item["byline"]:
        facts.append(escape(item["byline"]))
    return (
        f'<li data-article="{escape(item["id"])}"><button type="button" class="title"'
        f' aria-expanded="false">{escape(item["title"])}</button>'
        f'<p class="facts">{" · ".join(facts)}</p><div class="whole" hidden></div></li>'
    )
