"""An answer as plain data: what `--json`, `--batch`, the chat's export and the evaluation write."""

from __future__ import annotations

from typing import Any

from index import Period
from qa.records import Answer, Citation


def answer_to_dict(answer: Answer, id_: str | None = None) -> dict[str, Any]:
    """The answer as JSON has it; `id` is the question's, None where it has none.

    Its citations are those that the text marks; what only backs a chart's points is left out.
    """
    return {
        "id": id_,
        "question": answer.question,
        "text": answer.text,
        "short": answer.short,
        "answered": answer.answered,
        "citations": [_citation(c) for c in answer.citations if f"[{c.n}]" in answer.text],
        "calculation": answer.calculation,
        "seconds": round(answer.seconds, 4),
    }


def published(period: Period | None) -> str | None:
    """A publication date: `2020-05-25`, a span as `2024-01-01/2024-12-31`, None if unknown.

    >>> published(Period.year(2024))
    '2024-01-01/2024-12-31'
    """
    if period is None:
        return None
    if period.days == 1:
        return period.start.isoformat()
    return f"{period.start.isoformat()}/{period.end.isoformat()}"


def _citation(citation: Citation) -> dict[str, Any]:
    article = citation.article
    return {
        "n": citation.n,
        "article_id": article.id,
        "title": article.title,
        "source": article.source,
        "published": published(article.published),
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
    }
