"""Answers as plain records, and a conversation of them as Markdown or as a page of its own.

A record is JSON: what the API returns, what the browser keeps, what an export is made from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import TypedDict

from qa.records import MARK, Answer, Citation, Hit, Message
from qa.strings import STRINGS, Language


class CitationRecord(TypedDict):
    """One citation as JSON. `start` and `end` count in the article's text, as `passage_start`."""

    n: int
    article_id: str
    title: str
    byline: str
    outlet: str
    source: str
    published: str
    inferred: bool
    quote: str
    start: int
    end: int
    passage: str
    passage_start: int
    score: float | None


class PointRecord(TypedDict):
    """One value of a series as JSON; `value` is the number as written."""

    label: str
    value: str
    unit: str
    n: int


class AnswerRecord(TypedDict):
    """One answer as JSON."""

    question: str
    text: str
    short: str
    answered: bool
    citations: list[CitationRecord]
    calculation: str
    seconds: float
    options: list[str]
    series: list[PointRecord]


class HitRecord(TypedDict):
    """One found passage as JSON."""

    article_id: str
    title: str
    source: str
    published: str
    text: str
    start: int
    end: int
    score: float


def published(article_period: object) -> str:
    """A publication period as text: one day, or two joined by a slash; empty where unknown."""
    start, end = getattr(article_period, "start", None), getattr(article_period, "end", None)
    if start is None:
        return ""
    return f"{start}" if start == end else f"{start}/{end}"


def citation_record(citation: Citation, score: float | None = None) -> CitationRecord:
    """The citation with all that a source card shows."""
    article = citation.article
    return {
        "n": citation.n,
        "article_id": article.id,
        "title": article.title,
        "byline": article.byline,
        "outlet": article.outlet,
        "source": article.source,
        "published": published(article.published),
        "inferred": article.published is not None and article.published.inferred,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "passage": citation.passage.text,
        "passage_start": citation.passage.start,
        "score": None if score is None else round(score, 4),
    }


def answer_record(answer: Answer, hits: Sequence[Hit] = ()) -> AnswerRecord:
    """The answer as JSON; `hits` give the scores of the passages that it cites."""
    scores = {hit.passage.id: hit.score for hit in hits}
    return {
        "question": answer.question,
        "text": answer.text,
        "short": answer.short,
        "answered": answer.answered,
        "citations": [
            citation_record(citation, scores.get(citation.passage.id))
            for citation in answer.citations
        ],
        "calculation": answer.calculation,
        "seconds": round(answer.seconds, 3),
        "options": list(answer.options),
        "series": [
            {"label": point.label, "value": str(point.value), "unit": point.unit, "n": point.n}
            for point in answer.series
        ],
    }


def hit_record(hit: Hit) -> HitRecord:
    """The hit as JSON."""
    return {
        "article_id": hit.article.id,
        "title": hit.article.title,
        "source": hit.article.source,
        "published": published(hit.article.published),
        "text": hit.passage.text,
        "start": hit.passage.start,
        "end": hit.passage.end,
        "score": round(hit.score, 4),
    }


def history_of(records: Sequence[Mapping[str, object]]) -> list[Message]:
    """The dialogue that the bot reads before a follow-up question."""
    history: list[Message] = []
    for record in records:
        history.append({"role": "user", "content": str(record.get("question", ""))})
        history.append({"role": "assistant", "content": str(record.get("text", ""))})
    return history


def _provenance(citation: CitationRecord, language: Language) -> list[str]:
    """Where a citation comes from: what is known of outlet, byline, date and file."""
    parts = (
        citation["outlet"],
        citation["byline"],
        _date_line(citation, language),
        citation["source"],
    )
    return [part for part in parts if part]


def _date_line(citation: CitationRecord, language: Language) -> str:
    words = STRINGS[language]
    if not citation["published"]:
        return words["undated"]
    mark = f" ({words['inferred']})" if citation["inferred"] else ""
    return citation["published"] + mark


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _markdown(text: str) -> str:
    """Text as Markdown shows it: nothing in it is taken for markup or for a tag."""
    escaped = re.sub(r"([\\`*_\[\]#|~<>&])", r"\\\1", text)
    return re.sub(r"^(\s*)([-+]|\d+[.)])(?=\s)", r"\1\\\2", escaped, flags=re.MULTILINE)


def answer_plain(record: AnswerRecord, language: Language) -> str:
    """The answer with its sources, as one copies it into a letter."""
    lines = []
    if record["short"] and record["short"] not in record["text"]:
        lines.append(record["short"])
    lines.append(record["text"])
    if record["calculation"]:
        lines.append(record["calculation"])
    if record["citations"]:
        lines += ["", STRINGS[language]["sources"]]
    for citation in record["citations"]:
        where = " · ".join(
            part
            for part in (citation["outlet"], _date_line(citation, language), citation["source"])
            if part
        )
        lines.append(f"[{citation['n']}] {_one_line(citation['title'])} ({where})")
        lines.append(f"    “{_one_line(citation['quote'])}”")
    return "\n".join(lines)


def to_markdown(name: str, records: Sequence[AnswerRecord], language: Language, date: str) -> str:
    """The conversation as Markdown: questions as headings, sources as quotes beneath."""
    words = STRINGS[language]
    lines = [f"# {_markdown(_one_line(name))}", "", words["exported"].format(date=date), ""]
    for record in records:
        lines += [f"## {_markdown(_one_line(record['question']))}", ""]
        if record["short"]:
            lines += [f"**{_markdown(_one_line(record['short']))}**", ""]
        lines += [_markdown(record["text"]), ""]
        if record["calculation"]:
            lines += [f"{words['calculation']}: {_markdown(record['calculation'])}", ""]
        if record["series"]:
            lines += [
                f"| {words['label']} | {words['value']} | {words['unit']} | {words['stated_in']} |",
                "|---|---:|---|---|",
            ]
            lines += [
                f"| {_markdown(_one_line(point['label']))} | {point['value']} "
                f"| {_markdown(point['unit'])} | \\[{point['n']}\\] |"
                for point in record["series"]
            ]
            lines.append("")
        for citation in record["citations"]:
            where = " · ".join(
                _markdown(_one_line(part)) for part in _provenance(citation, language)
            )
            lines += [
                f"- \\[{citation['n']}\\] **{_markdown(_one_line(citation['title']))}** ({where})",
                f"  > {_markdown(_one_line(citation['quote']))}",
            ]
        lines.append("")
    return "\n".join(lines)


_PAGE_STYLE = """
body{max-width:44rem;margin:3rem auto;padding:0 1.5rem;color:#211f1b;background:#fdfcf9;
font:16px/1.8 system-ui,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif}
h1,h2,blockquote,.short{font-family:Georgia,"Songti SC","Noto Serif CJK SC",SimSun,serif}
h2{margin-top:3rem;font-size:1.25rem}.short{font-size:1.75rem;margin:.5rem 0}
blockquote{margin:.25rem 0 1rem;padding-left:1rem;border-left:3px solid #9f2a20;color:#4a453d}
.meta{color:#6a6459;font-size:.875rem}table{border-collapse:collapse}
td,th{padding:.25rem .75rem;border-bottom:1px solid #d9d3c7;text-align:left}
"""


def to_html(name: str, records: Sequence[AnswerRecord], language: Language, date: str) -> str:
    """The conversation as one self-contained page; every text of it is escaped."""
    words = STRINGS[language]
    parts = [
        f'<!doctype html><html lang="{"zh-CN" if language == "zh" else "en"}">',
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">',
        f"<title>{escape(name)}</title><style>{_PAGE_STYLE}</style><h1>{escape(name)}</h1>",
        f'<p class="meta">{escape(words["exported"].format(date=date))}</p>',
    ]
    for turn, record in enumerate(records, start=1):
        parts.append(f"<h2>{escape(record['question'])}</h2>")
        if record["short"]:
            parts.append(f'<p class="short">{escape(record["short"])}</p>')
        known = {citation["n"] for citation in record["citations"]}
        body = MARK.sub(
            lambda mark, turn=turn, known=known: (  # type: ignore[misc]
                f'<a href="#s{turn}-{mark[1]}">[{mark[1]}]</a>'
                if int(mark[1]) in known
                else mark[0]
            ),
            escape(record["text"]),
        )
        parts.append(f"<p>{body.replace(chr(10), '<br>')}</p>")
        if record["calculation"]:
            parts.append(f"<p>{escape(record['calculation'])}</p>")
        if record["series"]:
            rows = "".join(
                f"<tr><td>{escape(point['label'])}<td>{escape(point['value'])}"
                f"<td>{escape(point['unit'])}<td>[{point['n']}]"
                for point in record["series"]
            )
            heads = "".join(
                f"<th>{escape(words[key])}" for key in ("label", "value", "unit", "stated_in")
            )
            parts.append(f"<table><tr>{heads}{rows}</table>")
        for citation in record["citations"]:
            where = " · ".join(escape(part) for part in _provenance(citation, language))
            parts.append(
                f'<p id="s{turn}-{citation["n"]}">[{citation["n"]}] '
                f'<strong>{escape(citation["title"])}</strong> <span class="meta">{where}</span>'
                f"</p><blockquote>{escape(citation['quote'])}</blockquote>"
            )
    return "\n".join(parts)
