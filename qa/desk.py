"""The desk: each thing that the chat's page, a program or an assistant can ask for, as a function.

Arguments and results are JSON. The docstrings of `ask`, `search` and `articles` are what an
assistant reads of them.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from qa import render
from qa.collection import Collection, NotOpenError, scope_of
from qa.conversation import AnswerRecord, answer_plain, history_of, to_html, to_markdown
from qa.feedback import FeedbackFile, Verdict
from qa.records import Message
from qa.strings import language_of

log = logging.getLogger(__name__)

SUGGESTIONS = 6
LOOKED_AT = 24  # passages whose scores are known to the source cards
SHOWN_FIRST = 3  # passages shown while the answer is being composed
MOST_PASSAGES = 100


class Desk:
    """What can be asked of a collection."""

    def __init__(self, collection: Collection, feedback: FeedbackFile, limit_mb: int) -> None:
        self.collection = collection
        self.feedback = feedback
        self.limit_mb = limit_mb

    # What programs and assistants ask.

    def ask(
        self,
        question: str,
        history: list[dict[str, str]] | None = None,
        since: str = "",
        until: str = "",
        outlets: list[str] | None = None,
        folders: list[str] | None = None,
    ) -> dict[str, Any]:
        """Answer a question from the newspaper articles, with the sentences that say it.

        Args:
            question: The question, in Chinese or English.
            history: Earlier turns, each {"role": "user" or "assistant", "content": text}.
            since: Only articles published on or after this day, as 2024-12-31; empty for any.
            until: Only articles published on or before this day; empty for any.
            outlets: Only these newspapers; empty for all.
            folders: Only these folders of the collection; empty for all.
        """
        scope = scope_of(since, until, outlets or [], folders or [])
        turns: list[Message] = [
            {"role": turn["role"], "content": turn["content"]} for turn in history or []
        ]
        return dict(self.collection.ask(question, turns, scope))

    def search(
        self, query: str, k: int = 5, since: str = "", until: str = ""
    ) -> list[dict[str, Any]]:
        """Find the passages of the newspaper articles that are nearest to a query.

        Args:
            query: What to look for, in Chinese or English.
            k: How many passages to return, best first.
            since: Only articles published on or after this day, as 2024-12-31; empty for any.
            until: Only articles published on or before this day; empty for any.
        """
        scope = scope_of(since, until, [], [])
        found = self.collection.search(query, max(1, min(k, MOST_PASSAGES)), scope)
        return [dict(hit) for hit in found]

    def articles(self, query: str = "") -> list[dict[str, Any]]:
        """List the articles whose title, newspaper, byline or file holds every word of the query.

        Args:
            query: Words to look for; empty for all articles.
        """
        return [dict(article) for article in self.collection.articles(query)]

    # What the page asks: the same, rendered.

    def turn(
        self,
        question: str,
        earlier: list[dict[str, Any]],
        since: str,
        until: str,
        outlets: list[str],
        folders: list[str],
        language: str,
    ) -> Iterator[dict[str, Any]]:
        """One turn of the dialogue: first the passages found, then the answer."""
        scope = scope_of(since, until, outlets, folders)
        hits = self.collection.hits(question, LOOKED_AT, scope)
        evidence = render.evidence(hits[:SHOWN_FIRST], language_of(language))
        yield {"stage": "evidence", "sources": evidence}
        record = self.collection.ask(question, history_of(earlier), scope, hits)
        done = _rendered(record, language)
        yield done | {"sources": done["sources"] or evidence}

    def restore(self, records: list[dict[str, Any]], language: str) -> list[dict[str, Any]]:
        """The answers of a kept conversation as the page shows them."""
        return [_rendered(record, language) for record in records]  # type: ignore[arg-type]

    def about(self, language: str) -> Iterator[dict[str, Any]]:
        """How far the opening has come; then counts, filters and questions to begin with."""
        yield from self.collection.opening()
        try:
            stats = asdict(self.collection.stats)
        except NotOpenError as error:
            yield {"state": "failed", "reason": str(error)}
            return
        yield {
            "state": "ready",
            "stats": {name: f"{count:,}" for name, count in stats.items()},
            "outlets": self.collection.outlets(),
            "folders": self.collection.folders(),
            "suggestions": render.suggestions(self._suggestions()),
        }

    def _suggestions(self) -> list[str]:
        try:
            return self.collection.suggest(SUGGESTIONS)
        except Exception:
            # The page is of use without them.
            log.exception("no example questions could be made")
            return []

    def whole(self, article_id: str, start: int, end: int, language: str) -> dict[str, str]:
        """A whole article with the stretch from `start` to `end` marked; none where `end` is 0."""
        article = self.collection.article(article_id)
        spans = [(start, end)] if end else []
        return {"html": render.whole(article, spans, language_of(language))}

    def shelf(self, query: str, language: str) -> dict[str, str]:
        """The list of articles."""
        return {"html": render.shelf(self.collection.articles(query), language_of(language))}

    def export(
        self, name: str, records: list[dict[str, Any]], form: str, language: str
    ) -> dict[str, str]:
        """A conversation as a file: `form` is "markdown" or "html"."""
        write, suffix, kind = (
            (to_html, "html", "text/html") if form == "html" else (to_markdown, "md", "text/plain")
        )
        today = datetime.now(UTC).date().isoformat()
        text = write(name, records, language_of(language), today)  # type: ignore[arg-type]
        title = re.sub(r"[^\w-]+", "-", name).strip("-")[:60] or "conversation"
        return {"name": f"{title}.{suffix}", "type": f"{kind};charset=utf-8", "text": text}

    def judge(
        self, verdict: Verdict, note: str, earlier: list[str], record: dict[str, Any]
    ) -> bool:
        """Keep a reader's verdict on an answer."""
        self.feedback.add(verdict, note, earlier, record)  # type: ignore[arg-type]
        return True

    def remove(self, source: str) -> bool:
        """Remove a file that was added here."""
        self.collection.remove(source)
        return True

    def add(self, files: Sequence[str] | None, names: list[str]) -> Iterator[dict[str, Any]]:
        """Take uploaded files in; `names` are their paths as the reader knows them."""
        pairs = [(name, Path(path)) for path, name in zip(files or [], names, strict=True)]
        for step in self.collection.add(pairs, self.limit_mb * 1_000_000):
            yield asdict(step)


def _rendered(record: AnswerRecord, language: str) -> dict[str, Any]:
    tongue = language_of(language)
    return {
        "stage": "done",
        "record": record,
        "html": render.turn(record, tongue),
        "sources": render.sources(record, tongue),
        "plain": answer_plain(record, tongue),
    }
