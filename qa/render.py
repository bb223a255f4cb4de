"""What the chat shows, as HTML: pure functions of records, each text of them escaped.

Markers, sources and suggestions carry `data-` attributes; the page's script listens for clicks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from html import escape
from typing import TypedDict

from index import Article, Period
from qa.chart import figures, marker
from qa.collection import ArticleRecord
from qa.conversation import AnswerRecord, CitationRecord, published
from qa.folder import file_of
from qa.records import MARK, Hit
from qa.strings import STRINGS, Language

FIRST_SENTENCE = re.compile(r"([^。.\[\]]{2,40})[。.]\s*(\S.*)", re.DOTALL)
LISTED = 300  # articles shown at once; the search finds the others
LARGE = 24  # characters of a short answer that stand in the largest size


def statement(text: str, citations: Sequence[CitationRecord], language: Language) -> str:
    """Answer text with each marker `[n]` that has a citation as a button."""
    titles = {citation["n"]: citation["title"] for citation in citations}
    parts, last = [], 0
    for mark in MARK.finditer(text):
        n = int(mark[1])
        if n not in titles:
            continue
        # A word joiner keeps a marker on the line of what it stands for.
        parts.append(escape(text[last : mark.start()].rstrip()) + "&#8288;")
        parts.append(marker(n, titles[n], language))
        last = mark.end()
    parts.append(escape(text[last:]))
    return "".join(parts)


def turn(record: AnswerRecord, language: Language) -> str:
    """One answer: the short answer, the statements, the figures, the next questions."""
    words = STRINGS[language]
    paragraphs = [part.strip() for part in record["text"].split("\n") if part.strip()]
    state = "answered" if record["answered"] else "refused"
    parts = [f'<div class="answer {state}">']
    if not record["answered"]:
        # A refusal's first sentence says that it is one; what was looked for follows.
        first = FIRST_SENTENCE.match(paragraphs[0]) if paragraphs else None
        said = first[1] if first else words["not_said"]
        if first:
            paragraphs[0] = first[2]
        parts.append(f'<p class="kicker">{escape(said)}</p>')
    elif record["short"]:
        size = "short" if len(record["short"]) <= LARGE else "short long"
        shown = escape(record["short"])
        if paragraphs and _bare(paragraphs[0]) == _bare(record["short"]):
            # The statement is the short answer itself: said once, with its markers.
            said = paragraphs.pop(0).rstrip(" 。.")
            shown = statement(said, record["citations"], language)
        parts.append(f'<p class="{size}">{shown}</p>')
    for paragraph in paragraphs:
        parts.append(f'<p class="said">{statement(paragraph, record["citations"], language)}</p>')
    if record["calculation"] and record["calculation"] not in record["text"]:
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


def _bare(text: str) -> str:
    return MARK.sub("", text).strip(" 。.")


def suggestions(questions: Sequence[str]) -> str:
    """Questions to click."""
    chips = "".join(
        f'<li><button type="button" class="chip" data-ask="{escape(question)}">'
        f"{escape(question)}</button></li>"
        for question in questions
    )
    return f'<ul class="chips">{chips}</ul>' if chips else ""


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
    text = escape(short_date(when))
    if not inferred:
        return f"<time>{text}</time>"
    return (
        f'<time>{text}</time> <span class="inferred" title="{escape(words["inferred_why"])}">'
        f"{escape(words['inferred'])}</span>"
    )


def short_date(when: str) -> str:
    """A day, or a span of days as its month or year where it is just that.

    >>> short_date("2020-07-01/2020-07-31"), short_date("2020-01-01/2020-12-31")
    ('2020-07', '2020')
    """
    if "/" not in when:
        return when
    start, end = (date.fromisoformat(part) for part in when.split("/"))
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return f"{start.year}" if start.year == end.year else f"{start.year} – {end.year}"
    if start.day == 1 and end == Period.months(end.year, end.month, end.month).end:
        first, last = f"{start:%Y-%m}", f"{end:%Y-%m}"
        return first if first == last else f"{first} – {last}"
    return f"{start} – {end}"


def source(citation: CitationRecord, language: Language) -> str:
    """One source: headline, where and when it stood, the passage with its sentence marked."""
    passage, offset = citation["passage"], citation["passage_start"]
    span = (citation["start"], citation["end"])
    if span[0] < offset or span[1] > offset + len(passage):
        passage, offset = citation["quote"], span[0]
    return _card(
        citation["title"],
        _facts(citation, language),
        marked(passage, offset, [span]),
        citation["article_id"],
        span,
        citation["source"],
        citation["score"],
        language,
        citation["n"],
    )


class _Dated(TypedDict):
    byline: str
    outlet: str
    published: str
    inferred: bool


def _facts(item: CitationRecord | ArticleRecord | _Dated, language: Language) -> str:
    """The line under a headline: newspaper, date, byline."""
    facts = [f"<span>{escape(item['outlet'])}</span>"] if item["outlet"] else []
    facts.append(date_mark(item["published"], item["inferred"], language))
    if item["byline"]:
        facts.append(f"<span>{escape(item['byline'])}</span>")
    return f'<p class="facts">{" · ".join(facts)}</p>'


def _card(
    title: str,
    facts: str,
    body: str,
    article_id: str,
    span: tuple[int, int],
    file: str,
    score: float | None,
    language: Language,
    n: int | None = None,
) -> str:
    words = STRINGS[language]
    name = words["source"].format(n=n) if n else title
    number = f'<span class="n" aria-hidden="true">{int(n)}</span>' if n else ""
    place = f' data-source="{int(n)}"' if n else ""
    match = "" if score is None else escape(words["score"].format(score=f"{score:.2f}"))
    return (
        f'<li class="card"{place} tabindex="-1"'
        f' aria-label="{escape(name)}"><div class="head">{number}<h3>{escape(title)}</h3></div>'
        f"{facts}<blockquote>{body.replace(chr(10), '<br>')}</blockquote>"
        f'<div class="whole" tabindex="0" role="region" aria-label="{escape(title)}" hidden></div>'
        f'<div class="foot"><button type="button" class="quiet" aria-expanded="false"'
        f' data-open="{escape(article_id)}" data-start="{span[0]}" data-end="{span[1]}">'
        f'{escape(words["whole"])}</button><span class="file" title="{escape(file)}">'
        f'<bdi dir="ltr">{escape(file)}</bdi></span><span class="score">{match}</span></div></li>'
    )


def evidence(hits: Sequence[Hit], language: Language) -> str:
    """The cards of passages just found, before an answer cites any of them."""
    cards = []
    for hit in hits:
        item, passage = hit.article, hit.passage
        dated: _Dated = {
            "byline": item.byline,
            "outlet": item.outlet,
            "published": published(item.published),
            "inferred": item.published is not None and item.published.inferred,
        }
        cards.append(
            _card(
                item.title,
                _facts(dated, language),
                escape(passage.text),
                item.id,
                (passage.start, passage.end),
                item.source,
                hit.score,
                language,
            )
        )
    heading = f'<p class="lead">{escape(STRINGS[language]["found"])}</p>'
    return f'{heading}<ol class="cards">{"".join(cards)}</ol>' if cards else ""


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


def shelf(articles: Sequence[ArticleRecord], language: Language) -> str:
    """The list of articles, grouped by the file that they came from; the first `LISTED` of them."""
    words = STRINGS[language]
    groups: dict[str, list[ArticleRecord]] = {}
    for item in articles[:LISTED]:
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
    if len(articles) > LISTED:
        left = words["more"].format(n=f"{len(articles) - LISTED:,}")
        parts.append(f'<p class="empty">{escape(left)}</p>')
    return "".join(parts) or f'<p class="empty">{escape(words["none_yet"])}</p>'


def _row(item: ArticleRecord, language: Language) -> str:
    return (
        f'<li data-article="{escape(item["id"])}"><button type="button" class="title"'
        f' aria-expanded="false">{escape(item["title"])}</button>{_facts(item, language)}'
        f'<div class="whole" tabindex="0" role="region" aria-label="{escape(item["title"])}"'
        f" hidden></div></li>"
    )
