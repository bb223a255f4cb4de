"""A run as one HTML file: it loads nothing, runs anywhere, and every text in it is escaped.

Headline numbers with their intervals, bars by kind, the latencies, and each question with its
answer, the cited sentences and the verdict: foldable, filterable, printable.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from html import escape

from eval.metrics import Estimate, percentile
from eval.report_parts import SCRIPT, STYLE
from eval.results import MEASURES, VERDICTS, Results, Row
from eval.tables import duration, interval, share

_TONES = {"correct": "good", "refused": "mid", "incorrect": "bad"}
_TILES = ("correct", "hit@1", "hit@5", "ndcg@10", "cmrc_f1", "citation_precision", "refusal_recall")
_BINS = 28


def status(row: Row) -> str:
    """The row's verdict, or for what was only searched or read, whether it was found."""
    if row.verdict:
        return row.verdict
    for measure in ("cmrc_em", "hit@1", "ndcg@10"):
        if measure in row.scores:
            best = row.scores[measure]
            some = max(row.scores.get(name, best) for name in ("cmrc_f1", "hit@5", "recall@10"))
            return "correct" if best == 1 else "refused" if some > 0 else "incorrect"
    return "refused"


def _words(results: Results) -> dict[str, str]:
    """What the three tones mean in this run."""
    if any(row.verdict for row in results.rows):
        return {verdict: verdict for verdict in VERDICTS}
    if any("cmrc_em" in row.scores for row in results.rows):
        return {"correct": "exact", "refused": "partly", "incorrect": "wrong"}
    return {"correct": "first", "refused": "among the first", "incorrect": "not found"}


# Plots


def _tile(name: str, value: str, detail: str) -> str:
    return (
        f'<div class="tile"><b class="num">{value}</b>{name}<span class="num">{detail}</span></div>'
    )


def _tiles(results: Results) -> str:
    found = results.estimates()
    tiles = [
        _tile(
            escape(MEASURES[name]), share(value.mean), f"{share(value.low)} to {share(value.high)}"
        )
        for name in _TILES
        if (value := found.get(name)) is not None
    ]
    stated = sum(row.figures for row in results.rows)
    if stated:
        bad = sum(len(row.unsupported) for row in results.rows)
        tiles.append(_tile("unsupported figures", str(bad), f"of {stated} stated"))
    times = results.latencies
    if times:
        p95 = duration(percentile(times, 95))
        tiles.append(
            _tile("median time", duration(percentile(times, 50)), f"95th percentile {p95}")
        )
    return f'<div class="tiles">{"".join(tiles)}</div>'


def _whisker(name: str, value: Estimate) -> str:
    low, high, mean = (100 * part for part in (value.low, value.high, value.mean))
    title = f"{name}: {share(value.mean)}, 95% interval {interval(value)}, n = {value.n}"
    return (
        f'<div class="row"><span>{escape(name)}</span>'
        f'<svg viewBox="0 0 100 10" preserveAspectRatio="none" role="img" '
        f'aria-label="{escape(title)}"><title>{escape(title)}</title>'
        '<rect class="track" y="4.6" width="100" height=".8"/>'
        f'<rect class="whisker" x="{low:.2f}" y="2.6" width="{max(high - low, 0.4):.2f}" '
        f'height="4.8"/><rect class="point" x="{min(max(mean - 0.35, 0), 99.3):.2f}" y="1" '
        'width=".7" height="8"/></svg>'
        f'<span class="num"><b>{share(value.mean)}</b> {interval(value)}</span></div>'
    )


def _measures(results: Results) -> str:
    rows = [_whisker(MEASURES[name], value) for name, value in results.estimates().items()]
    return (
        f'<h2>Measures</h2><div class="plot">{"".join(rows)}</div>'
        '<p class="soft">Means with 95% bootstrap intervals over the questions; nought at the left '
        "edge, one at the right.</p>"
    )


def _stack(name: str, rows: Sequence[Row]) -> str:
    counts = Counter(status(row) for row in rows)
    start, parts = 0.0, []
    for verdict in ("correct", "refused", "incorrect"):
        wide = 100 * counts[verdict] / len(rows)
        parts.append(
            f'<rect class="{_TONES[verdict]}" x="{start:.3f}" width="{wide:.3f}" height="10"/>'
        )
        start += wide
    title = f"{name}: " + ", ".join(f"{counts[verdict]} {verdict}" for verdict in VERDICTS)
    return (
        f'<div class="row"><span>{escape(name)}</span>'
        f'<svg viewBox="0 0 100 10" preserveAspectRatio="none" role="img" '
        f'aria-label="{escape(title)}"><title>{escape(title)}</title>{"".join(parts)}</svg>'
        f'<span class="num"><b>{counts["correct"]}</b> / {len(rows)}</span></div>'
    )


def _groups(results: Results, words: dict[str, str]) -> str:
    key = "".join(
        f'<span><i class="{_TONES[verdict]}"></i>{escape(words[verdict])}</span>'
        for verdict in ("correct", "refused", "incorrect")
    )
    parts = [f'<h2>By kind of question</h2><div class="key">{key}</div>']
    groups = results.groups(lambda row: row.kind)
    parts.append(f'<div class="plot">{"".join(_stack(*pair) for pair in groups.items())}</div>')
    languages = results.groups(lambda row: row.language)
    if len(languages) > 1:
        bars = "".join(_stack(*pair) for pair in languages.items())
        parts.append(f'<h2>By language</h2><div class="plot">{bars}</div>')
    return "".join(parts)


def _histogram(times: Sequence[float]) -> str:
    """Latencies in logarithmic bins: a few slow answers do not press the others flat."""
    if len(times) < 2:
        return ""
    low, high = max(min(times), 1e-4), max(*times, 1e-4)
    span = math.log(high / low) or 1.0
    places = [math.log(max(value, low) / low) / span for value in times]
    counts = Counter(min(int(place * _BINS), _BINS - 1) for place in places)
    most = max(counts.values())
    bars = "".join(
        f'<rect class="bar" x="{number * 100 / _BINS + 0.15:.3f}" width="{100 / _BINS - 0.3:.3f}" '
        f'y="{100 - 100 * count / most:.2f}" height="{100 * count / most:.2f}"/>'
        for number, count in sorted(counts.items())
    )
    rules = []
    for rank in (50, 95):
        place = 100 * math.log(max(percentile(times, rank), low) / low) / span
        rules.append(f'<line class="rule" x1="{place:.2f}" x2="{place:.2f}" y1="0" y2="100"/>')
    p50, p95 = duration(percentile(times, 50)), duration(percentile(times, 95))
    label = (
        f"{len(times)} latencies from {duration(low)} to {duration(high)}, median {p50}, p95 {p95}"
    )
    return (
        f'<h2>Time for an answer</h2><div class="histogram"><svg viewBox="0 0 100 100" '
        f'preserveAspectRatio="none" role="img" aria-label="{escape(label)}">{bars}{"".join(rules)}'
        f'</svg><div class="axis num"><span>{duration(low)}</span><span>median {p50} · p95 {p95}'
        f"</span><span>{duration(high)}</span></div></div>"
    )


# Questions


def _marked(text: str, spans: Sequence[str]) -> str:
    """The text escaped, with the gold spans in it marked where they stand as written."""
    places = sorted(
        (place, place + len(span)) for span in spans if span and (place := text.find(span)) >= 0
    )
    parts, end = [], 0
    for first, last in places:
        if first >= end:
            parts.append(f"{escape(text[end:first])}<mark>{escape(text[first:last])}</mark>")
            end = last
    return "".join(parts) + escape(text[end:])


def _linked(text: str, place: int, known: set[int]) -> str:
    """The answer escaped, its marks `[n]` made links to the sentences below."""

    def link(match: re.Match[str]) -> str:
        number = int(match[1])
        if number not in known:
            return match[0]
        return f'<sup><a href="#q{place}-{number}">[{number}]</a></sup>'

    return re.sub(r"\[(\d{1,2})\]", link, escape(text))


def _cited(row: Row, place: int) -> str:
    golds = [*row.evidence, *(part.strip() for part in re.split(r" \+ | / ", row.gold))]
    return "".join(
        f'<blockquote id="q{place}-{cited["n"]}" class="{"yes" if cited["supports"] else "no"}">'
        f"<p>[{int(cited['n'])}] {_marked(str(cited['quote']), golds)}</p>"
        f'<p class="soft">{escape(str(cited["title"]))} · {escape(str(cited["source"]))}</p>'
        "</blockquote>"
        for cited in row.citations
    )


def _search(row: Row) -> str:
    return "".join(
        f'<blockquote class="{"yes" if hit["gold"] else "no"}"><p>'
        f"{_marked(str(hit['text']), row.evidence)}</p>"
        f'<p class="soft">{escape(str(hit["title"]))} · {escape(str(hit["source"]))} · '
        f"{float(hit['score']):.3f}</p></blockquote>"
        for hit in row.found
    )


def _question(row: Row, place: int, words: dict[str, str]) -> str:
    verdict = status(row)
    known = {int(cited["n"]) for cited in row.citations}
    seconds = row.seconds if row.seconds is not None else row.search_seconds
    facts = [
        ("earlier", escape(" → ".join(row.history))),
        ("gold", escape(row.gold)),
        ("answer", _linked(row.text, place, known)),
        ("short", escape(row.short)),
        ("calculation", escape(row.calculation)),
        ("no evidence", f'<span class="warn">{escape("、".join(row.unsupported))}</span>'),
        ("cited", _cited(row, place)),
        ("found", _search(row) if not row.text or verdict != "correct" else ""),
        ("note", escape(row.note)),
        ("scores", f'<span class="soft">{escape(_scores(row))}</span>'),
        ("time", duration(seconds) if seconds is not None else ""),
    ]
    if not row.unsupported:
        facts = [fact for fact in facts if fact[0] != "no evidence"]
    body = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts if value)
    tags = f"{verdict}{' unsupported' if row.unsupported else ''}"
    return (
        f'<details class="q" data-kind="{escape(row.kind)}" data-verdict="{tags}">'
        f'<summary><span class="dot {_TONES[verdict]}" role="img" '
        f'aria-label="{escape(words[verdict])}"></span>'
        f'<span lang="{escape(row.language)}">{escape(row.question)}</span>'
        f'<span class="tag">{escape(row.kind)} · {escape(row.id)}</span></summary>'
        f'<div class="body"><dl lang="{escape(row.language)}">{body}</dl></div></details>'
    )


def _scores(row: Row) -> str:
    return ", ".join(
        f"{MEASURES.get(name, name)} {share(value)}" for name, value in row.scores.items()
    )


def _options(values: Sequence[tuple[str, str]], everything: str) -> str:
    parts = [f'<option value="">{everything}</option>']
    parts += [f'<option value="{escape(value)}">{escape(name)}</option>' for value, name in values]
    return "".join(parts)


def _tools(results: Results, words: dict[str, str]) -> str:
    kinds = [(kind, kind) for kind in results.groups(lambda row: row.kind)]
    verdicts = [(verdict, words[verdict]) for verdict in VERDICTS]
    if any(row.unsupported for row in results.rows):
        verdicts.append(("unsupported", "unsupported figures"))
    return (
        '<div class="tools"><input id="text" type="search" placeholder="Filter by text" '
        'aria-label="Filter by text"><select id="kind" aria-label="Kind">'
        f'{_options(kinds, "all kinds")}</select><select id="verdict" aria-label="Verdict">'
        f"{_options(verdicts, 'all verdicts')}</select>"
        '<button id="fold" type="button" aria-pressed="false">Unfold all</button></div>'
    )


def html_report(results: Results) -> str:
    """The report as the text of one HTML file."""
    words = _words(results)
    about = results.about
    meta = [
        f"{len(results.rows)} questions",
        *(str(about[name]) for name in ("index", "model", "created") if about.get(name)),
        f"commit {about['commit']}" if about.get("commit") else "",
    ]
    questions = "".join(_question(row, place, words) for place, row in enumerate(results.rows, 1))
    title = escape(results.name)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:\">"
        f"<title>{title}</title><style>{STYLE}</style></head><body>"
        f'<header><h1>{title}</h1><p class="meta">{escape(" · ".join(filter(None, meta)))}</p>'
        f"</header>{_tiles(results)}{_measures(results)}{_groups(results, words)}"
        f"{_histogram(results.latencies)}"
        f'<h2>Questions <span class="soft num" id="count"></span></h2>{_tools(results, words)}'
        f'<main>{questions}</main><p id="none" hidden>No question fits.</p>'
        f"<script>{SCRIPT}</script></body></html>\n"
    )
