"""Page -> articles: each with its headline, byline and date, its paragraphs whole and in order."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from index.clean import simplified
from index.doubles import undouble
from index.drafts import Draft, Dropped, drafts, whole_draft
from index.lines import OUTLET, SENTENCE_END, dateline, signature
from index.pieces import Piece, pieces
from index.published import infer_published, tells_later
from index.records import Article, Block, BlockKind, Page, Period
from index.rejoin import Fragment, rejoin

_PATH_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:[-_.年]?(0[1-9]|1[0-2])(?:[-_.月]?(0[1-9]|[12]\d|3[01]))?)?(?!\d)"
)
_TITLE_LENGTH = 40
_DATED = 50_000  # signs of an article that are searched for when it came out
_HEADLESS = re.compile(r"^(?:近日|日前|近期|据悉|据了解|今天|昨日)[,，]?\s*")
_DATELINE_HEAD = re.compile(r"^.{0,40}?(?:讯|电|报道|消息)\s?(?:[(（][^()（）]*[)）])?\s*")


def segment(page: Page) -> list[Article]:
    """The articles of a page in printed order; a page that is known to be one article gives one.

    An article's id is the given one, else the first 12 hexadecimal digits of the SHA-256 of title
    and text, so that the same article on two pages has one id.
    """
    return take_apart(page)[0]


def take_apart(page: Page) -> tuple[list[Article], list[Dropped]]:
    """The articles of a page, and what of its text went into none of them, with the reasons."""
    found = pieces(page.text, page.line if not page.whole else 1)
    dropped: list[Dropped] = []
    gathered = [whole_draft(found, page.title, dropped)] if page.whole else drafts(found, dropped)
    printed, outlet = _imprint(found)
    articles = []
    for draft in gathered:
        article = _article(page, draft, printed, outlet, dropped)
        if article is not None:
            articles.append(article)
    return (articles if page.whole else _dated_alike(articles)), dropped


def _imprint(found: Sequence[Piece]) -> tuple[Period | None, str]:
    """Date and name of the paper as the page's own lines print them."""
    lines = "\n".join(p.text for p in found if p.kind == "furniture")
    if not lines:
        return None, ""
    named = OUTLET.search(lines)
    return infer_published(lines), (named["named"] or named["paper"]) if named else ""


def _dated_alike(articles: list[Article]) -> list[Article]:
    """Articles of one page came out on one day: what one of them gives away dates the others.

    Where two inferred dates exclude each other the page is no newspaper page, and nothing is done.
    """
    known = [a.published for a in articles if a.published is not None]
    if not known:
        return articles
    closest = min(known, key=lambda period: period.days)
    if not all(closest.overlaps(period) for period in known):
        return articles
    told = replace(closest, inferred=True)

    def dated(article: Article) -> Article:
        own = article.published
        known_better = own is not None and not (own.inferred and own.days > told.days)
        if known_better or tells_later(article.text[:_DATED], told):
            return article
        return replace(article, published=told)

    return [dated(article) for article in articles]


def _article(
    page: Page, draft: Draft, printed: Period | None, outlet: str, dropped: list[Dropped]
) -> Article | None:
    """A draft made an article: its paragraphs laid out one under the other."""
    paragraphs = _paragraphs(draft, dropped)
    title = page.title or draft.title
    if not paragraphs and not title:
        dropped += [
            Dropped(min(draft.lines), name, "byline of no article") for name in draft.byline
        ]
        return None
    if not paragraphs:
        paragraphs = [("body", title)]
    blocks, at = [], 0
    for kind, paragraph in paragraphs:
        blocks.append(Block(kind, at, at + len(paragraph)))
        at += len(paragraph) + 1
    text = "\n".join(paragraph for _, paragraph in paragraphs)
    title = title or _title_from(next((p for k, p in paragraphs if k == "body"), text))
    first, last = min(draft.lines, default=1), max(draft.lines, default=1)
    if page.whole and page.path.endswith(".jsonl"):  # one line of a collection
        first = last = page.line
    return Article(
        id=page.id or hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()[:12],
        title=title,
        byline=" ".join(draft.byline),
        outlet=page.outlet or draft.outlet or outlet,
        published=_stated(page.published)
        or printed
        or infer_published(f"{title}\n{text}"[:_DATED])
        or _named_in(page.path),
        text=text,
        source=f"{page.path}:{first}-{last}",
        blocks=tuple(blocks),
    )


def _paragraphs(draft: Draft, dropped: list[Dropped]) -> list[tuple[BlockKind, str]]:
    """Kinds and texts of an article's paragraphs in order, captions never inside a sentence."""
    fragments = [
        Fragment(p.raw, p.first, p.last, order, fixed=p.kind != "prose")
        for order, (kind, p) in enumerate(draft.items)
        if kind == "body"
    ]
    if fragments:
        kept, name = signature(fragments[-1].text)
        if name:
            dropped.append(Dropped(fragments[-1].last, name, "signature, kept as the byline"))
            fragments[-1] = replace(fragments[-1], text=kept)
            draft.byline = [*draft.byline, *([name] if name not in draft.byline else [])]
    single, doubles = undouble(rejoin(fragments))
    dropped += [Dropped(f.first, f.text, "printed twice") for f in doubles]
    printed = {f.text for f in single}
    out: list[tuple[int, int, BlockKind, str]] = [(f.first, 1, "body", f.text) for f in single]
    for kind, piece in draft.items:
        if kind == "heading":
            out.append((piece.first, 0, kind, piece.text))
        elif kind == "caption" and piece.text in printed:
            dropped.append(Dropped(piece.first, piece.text, "printed twice"))
        elif kind == "caption":
            out.append((piece.first, 2, kind, piece.text))
    out.sort(key=lambda entry: entry[:2])
    return [(kind, text) for _, _, kind, text in out if text]


def _title_from(text: str) -> str:
    """A title for an article without one: the first sentence up to the end of a clause.

    >>> _title_from("近日,某市新建住房1.2万套。建设资金已经落实。")
    '某市新建住房1.2万套'
    """
    bare = text.split("\n")[0]
    for beginning in (_DATELINE_HEAD if dateline(bare) is not None else None, _HEADLESS):
        found = beginning and beginning.match(simplified(bare))
        bare = bare[found.end() :] or bare if found else bare
    sentence = SENTENCE_END.split(bare)[0]
    if len(sentence) <= _TITLE_LENGTH:
        return sentence.strip() or bare[:_TITLE_LENGTH]
    clauses = re.split("(?<=[,，、:：])", sentence)
    title = clauses[0]
    for clause in clauses[1:]:
        if len(title) >= 10 or len(title) + len(clause) > _TITLE_LENGTH:
            break
        title += clause
    return title.rstrip(",，、:：")[:_TITLE_LENGTH]


def _named_in(path: str) -> Period | None:
    """The date that a file's folders or name give ("2020/half-year.txt", "2020-05-25-04.md").

    The last resort: it is the keeper's word, not the page's, and so counts as inferred.
    """
    for match in reversed(list(_PATH_DATE.finditer(path))):
        stated = _stated("-".join(filter(None, match.groups())))
        if stated is not None:
            return replace(stated, inferred=True)
    return None


def _stated(published: str | None) -> Period | None:
    """A publication date that a format states outright: a day, a month or a year."""
    if not published:
        return None
    numbers = [int(n) for n in re.findall(r"\d+", published)[:3]]
    try:
        if len(numbers) >= 3:
            day = date(numbers[0], numbers[1], numbers[2])
            return Period(day, day)
        if len(numbers) == 2:
            return Period.months(numbers[0], numbers[1], numbers[1])
        return Period.year(numbers[0]) if numbers else None
    except ValueError:
        return infer_published(published)
