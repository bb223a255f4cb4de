"""Questions that an index can answer, drawn from what its articles state."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice

from index import Article, Figure, Index
from index.names import find_names
from index.period import label
from qa.records import Answer

_LOOKED_AT = 60  # articles looked through for questions, evenly over the index
_TRIED = 4  # questions tried for each one wanted
# A measure that reads well in a question: a plain noun phrase, no clause.
_PLAIN = re.compile(r"[\u4e00-\u9fff]{4,14}")
_VERBAL = re.compile(
    r"^(?:为|将|已|在|从|对|把|被|让|使|向|与|和|通过|获得|提供|完成|实现|达|占|超|约|仅)|[了着过的]$|[一二三四五]是"
)
_NOUN = re.compile(r"(?:值|额|量|数|收入|利润|投资|面积|产值|总数|规模|资金|营收|总额|企业|人口)$")
_OFFICE = re.compile(r"[\u4e00-\u9fff]{4,24}")


def suggest(index: Index, ask: Callable[[str], Answer], n: int) -> list[str]:
    """At most `n` questions, each asked once and answered, about as many articles as there are."""
    chosen: list[str] = []
    for question in islice(_drafts(index), _TRIED * n):
        if len(chosen) == n:
            break
        if question not in chosen and ask(question).answered:
            chosen.append(question)
    return chosen


def _drafts(index: Index) -> Iterator[str]:
    """Questions about one article after another, a figure of each first, then an office."""
    total = index.stats.articles
    step = max(1, total // _LOOKED_AT)
    articles = list(islice(index.articles(), 0, None, step))[:_LOOKED_AT]
    for draft in (_of_figure, _of_office):
        for article in articles:
            question = draft(index, article)
            if question:
                yield question


def _of_figure(index: Index, article: Article) -> str:
    for figure in index.figures(article.id):
        question = figure_question(figure)
        if question:
            return question
    return ""


def figure_question(figure: Figure) -> str:
    """The question that a figure answers; "" where its measure or its subject is not plain."""
    plain = _PLAIN.fullmatch(figure.measure) and _NOUN.search(figure.measure)
    if not plain or _VERBAL.search(figure.measure):
        return ""
    if not figure.subject or figure.period is None or figure.unit in {"", "%"}:
        return ""
    if figure.period.days < 28:
        return ""
    measure = figure.measure.removeprefix(figure.subject)
    return f"{figure.subject}{label(figure.period)}{measure}是多少？"


def _of_office(_: Index, article: Article) -> str:
    for name in find_names(article.text):
        if name.kind == "person" and _OFFICE.fullmatch(name.role) and name.role != "记者":
            return f"{name.role}是谁？"
    return ""
