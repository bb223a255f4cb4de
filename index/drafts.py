"""Pieces of a page -> drafts of its articles: which line is a headline, a heading, a caption.

Between two stretches of running text stand the short lines, and what each is shows only in its
neighbours: a headline stands over a byline or a dateline, or names what the article before did
not know; a heading stands over more of the same article; the rest stand under pictures.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from index.captions import CAPTION, caption_score, is_picture_story, is_story, of_page, sentences_in
from index.lines import LIST_MARK, author_in, byline, dateline, ends_in_credit
from index.pieces import Piece
from index.records import BlockKind
from index.rejoin import continuation, is_open
from index.topics import novelty, shared

_TOPIC_COLON = re.compile(r"[^:：，,。]{2,14}[:：](?=\S)")
_MOSTLY = 0.6  # share of a kicker's words that stand in its story's first paragraph
_CONTEXT = 4000  # signs of an article that are enough to know what it is about
_NEW = 3.0


@dataclass(frozen=True, slots=True)
class Dropped:
    """A stretch of a page that is in no article's text, and why."""

    line: int
    text: str
    reason: str


@dataclass(slots=True)
class Draft:
    """An article as it is being gathered: pieces of the page, each with what it is."""

    headline: list[Piece] = field(default_factory=list)
    byline: list[str] = field(default_factory=list)
    outlet: str = ""
    items: list[tuple[BlockKind, Piece]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    pictured: list[Piece] = field(default_factory=list)

    def add(self, kind: BlockKind, piece: Piece) -> None:
        """One more paragraph."""
        self.items.append((kind, piece))
        self.lines += [piece.first, piece.last]

    def sign(self, piece: Piece) -> None:
        """One more byline."""
        name = byline(piece.text, expected=True) or piece.text
        if name not in self.byline:
            self.byline.append(name)
        self.lines += [piece.first, piece.last]

    def head(self, piece: Piece) -> None:
        """One more line of the headline."""
        self.headline.append(piece)
        self.lines += [piece.first, piece.last]

    @property
    def title(self) -> str:
        """The headline's lines as one, a subtitle that begins with a dash without a space."""
        title = ""
        for piece in self.headline:
            joined = not title or re.match("[—–]", piece.text)
            title += piece.text if joined else f" {piece.text}"
        return title

    @property
    def has_body(self) -> bool:
        """Whether there is running text yet."""
        return any(kind == "body" for kind, _ in self.items)


@dataclass(frozen=True, slots=True)
class _Layout:
    """A page's pieces, and what its Markdown marks, if any, say of its headlines."""

    found: Sequence[Piece]
    top: int  # the level of the highest heading, 0 without marks
    ranked: bool  # whether there are headings of more than one level
    prose: bool  # whether there is running text at all


@dataclass(frozen=True, slots=True)
class _Run:
    """The short lines between two stretches of running text, labels and credits taken out."""

    lines: list[Piece]
    credited: set[int]  # first lines of what a photo credit follows
    labelled: int | None  # the line of a section label before them
    end: int  # where in the page's pieces the running text below begins
    below: Piece | None  # and its first piece
    author: str  # whom a line of page data names


def whole_draft(found: Sequence[Piece], title: str | None, dropped: list[Dropped]) -> Draft:
    """One draft of everything, for a page that states that it is one article."""
    draft = Draft()
    for index, piece in enumerate(found):
        if piece.kind == "furniture":
            dropped.append(Dropped(piece.first, piece.text, "the page's own line"))
        elif index == 0 and not title and piece.kind == "short" and len(found) > 1:
            draft.head(piece)
        elif piece.kind == "byline" and not draft.has_body:
            draft.sign(piece)
        else:
            draft.add("heading" if piece.level else "body", piece)
    return draft


def drafts(found: Sequence[Piece], dropped: list[Dropped]) -> list[Draft]:
    """The page's articles; what goes into none of them is added to `dropped`."""
    levels = {p.level for p in found if p.level}
    prose = any(p.kind in ("prose", "row") for p in found)
    page = _Layout(found, min(levels, default=0), len(levels) > 1, prose)
    out: list[Draft] = []
    at = 0
    while at < len(found):
        end = at
        while end < len(found) and found[end].kind not in ("prose", "row"):
            end += 1
        if end > at:
            run = _run(page, at, end, dropped)
            _sort(out, run, page)
            if run.author and out and not out[-1].byline:
                out[-1].byline.append(run.author)
        if end < len(found):
            _add_prose(out, found, end)
        at = end + 1
    return [part for draft in out for part in _without_picture_stories(draft)]


def _add_prose(out: list[Draft], found: Sequence[Piece], at: int) -> None:
    """Running text goes to the last article, or opens one where a dateline says so."""
    piece = found[at]
    stated = dateline(piece.text)
    above = found[at - 1] if at else None
    pictures = above is not None and above.kind == "section" and is_picture_story(above)
    if not out or ((stated is not None or pictures) and out[-1].has_body):
        out.append(Draft())
    draft = out[-1]
    if stated is not None and not draft.has_body:
        draft.byline += [stated[0]] if stated[0] and stated[0] not in draft.byline else []
        draft.outlet = draft.outlet or stated[1]
    below = found[at + 1] if at + 1 < len(found) else None
    if ends_in_credit(piece.text):
        draft.add("caption", piece)
        return
    if below is not None and below.kind == "credit" and not of_page(below):
        draft.pictured.append(piece)
        one = sentences_in(piece.text) <= 1 and len(piece.text) <= 80
        if below.gap == 0 or (piece.gap >= 2 and one):
            draft.add("caption", piece)
            return
    draft.add("body", piece)


def _run(page: _Layout, start: int, end: int, dropped: list[Dropped]) -> _Run:
    """The lines from one stretch of running text to the next that have yet to be told apart."""
    stretch = page.found[start:end]
    below = page.found[end] if end < len(page.found) else None
    credited = {p.first for p, q in itertools.pairwise(stretch) if q.kind == "credit"}
    lines: list[Piece] = []
    labelled, author = None, ""
    for i, piece in enumerate(stretch):
        if piece.kind in ("furniture", "credit"):
            reason = "the page's own line" if piece.kind == "furniture" else "photo credit"
            dropped.append(Dropped(piece.first, piece.raw, reason))
            author = author or (author_in(piece.text) if piece.kind == "furniture" else "")
        elif _is_label(piece, stretch[i + 1 :], below, page.top):
            dropped.append(Dropped(piece.first, piece.raw, "section label"))
            labelled = piece.first
        else:
            lines.append(replace(piece, kind="short") if piece.kind == "section" else piece)
    return _Run(lines, credited, labelled, end, below, author)


def _is_label(piece: Piece, after: Sequence[Piece], below: Piece | None, top: int) -> bool:
    """Whether a line heads a section of the page and no article: 要闻, or ## right before #."""
    heading = next((p for p in after if p.kind in ("short", "section")), None)
    if piece.kind == "section":
        dated = below is not None and dateline(below.text) is not None
        return heading is not None or dated or is_picture_story(piece)
    if piece.kind != "short" or heading is None or re.match("[—–]", heading.text):
        return False
    return piece.level > top and heading.level == top and len(piece.text) <= 12


def _sort(out: list[Draft], run: _Run, page: _Layout) -> None:
    """Every line of a run to its place: the article before, a new headline, the article after."""
    first, stop = _headline(out, run, page)
    new = first < stop
    for piece in run.lines[:first]:
        _place(out, piece, run, None if new else run.below, page)
    if not new:
        return
    draft = Draft()
    out.append(draft)
    for piece in run.lines[first:stop]:
        if piece.kind == "byline":
            draft.sign(piece)
        else:
            draft.head(piece)
    for piece in run.lines[stop:]:
        _place(out, piece, run, run.below, page)


def _headline(out: list[Draft], run: _Run, page: _Layout) -> tuple[int, int]:
    """The range of a run's lines that are a new article's headline and byline; empty for none."""
    lines, none = run.lines, (len(run.lines), len(run.lines))
    shorts = [i for i, p in enumerate(lines) if p.kind == "short"]
    signed = [i for i, p in enumerate(lines) if p.kind == "byline"]
    if not out and not shorts:
        return 0, len(lines)
    if not shorts or (out and run.below is None and not signed):
        return none
    if signed:
        above = [i for i in shorts if i < signed[0]]
        if above:  # what stands right over a byline is a headline
            first = 0 if not out else _top_of(lines, above, run)
            last = max(i for i in signed if i - signed[0] == signed.index(i))
            return first, last + 1
        if run.below is not None and not _signs_story_above(out, lines, signed, shorts):
            return signed[0], _bottom_of(lines, shorts[0], run)
    marked = [i for i in shorts if page.top and lines[i].level == page.top]
    if marked and run.below is not None and (not out or page.ranked):
        return (0 if not out else marked[0]), _bottom_of(lines, marked[0], run)
    if not out:
        return shorts[0], _bottom_of(lines, shorts[0], run)
    group = _last_group(lines, shorts)
    labelled = run.labelled is not None and run.labelled < lines[group[0]].first
    if labelled or _is_new(out[-1], lines[group[0] : group[-1] + 1], run, page):
        return _with_kicker(out[-1], lines, group[0], run), group[-1] + 1
    return none


def _signs_story_above(
    out: list[Draft], lines: Sequence[Piece], signed: Sequence[int], shorts: Sequence[int]
) -> bool:
    """Whether a byline under running text signs that text, and not the headline that follows."""
    if not out or not out[-1].has_body or out[-1].byline:
        return False
    return not lines[signed[0]].marked and lines[shorts[0]].gap >= lines[signed[0]].gap


def _bottom_of(lines: Sequence[Piece], first: int, run: _Run) -> int:
    """Where a headline that begins at `first` ends: after the lines that stand close under it."""
    stop = first + 1
    while stop < len(lines) and lines[stop].kind == "short":
        piece = lines[stop]
        close = piece.gap == 0 and not piece.level and piece.first not in run.credited
        if not close and not re.match("[—–-]{1,3}", piece.text):
            break
        stop += 1
    return stop


def _last_group(lines: Sequence[Piece], shorts: Sequence[int]) -> list[int]:
    """The lines that stand together right above the running text."""
    group = [shorts[-1]]
    for i in reversed(shorts[:-1]):
        if lines[group[0]].gap or group[0] != i + 1:
            break
        group.insert(0, i)
    return group


def _with_kicker(draft: Draft, lines: Sequence[Piece], first: int, run: _Run) -> int:
    """The line over a headline, if it heads the same story: it shares words with that one only."""
    above = lines[first - 1] if first else None
    if above is None or above.kind != "short" or above.level or above.first in run.credited:
        return first
    if lines[first].level or lines[first].gap >= 2 or caption_score(above) >= CAPTION:
        return first
    before = "\n".join(p.text for p in [*draft.headline, *(p for _, p in draft.items)])
    below = run.below.text if run.below is not None else ""
    told = shared(above.text, below) >= _MOSTLY and shared(above.text, before[:_CONTEXT]) == 0
    return first - 1 if told else first


def _top_of(lines: Sequence[Piece], above: Sequence[int], run: _Run) -> int:
    """The first line of the headline that ends at `above[-1]`, captions before it left out."""
    first = above[-1]
    marked = any(lines[i].level for i in above)
    for i in reversed(above[:-1]):
        strange = lines[i].first in run.credited or caption_score(lines[i]) >= CAPTION + 1
        cut = i != first - 1 or lines[first].gap >= 2 or above[-1] - i > 3
        if strange or cut or (marked and not lines[i].level):
            break
        first = i
    return first


def _is_new(draft: Draft, group: Sequence[Piece], run: _Run, page: _Layout) -> bool:
    """Whether an unsigned headline opens a new article, or only a section of the present one."""
    if run.below is None:
        return False
    if dateline(run.below.text) is not None:
        return True
    section: list[str] = []
    for piece in page.found[run.end :]:
        if piece.kind != "prose" or len(section) > 12:
            break
        section.append(piece.text)
    heading = " ".join(p.text for p in group)
    before = "\n".join(p.text for _, p in draft.items)[:_CONTEXT]
    score = novelty(draft.title, before, heading, "\n".join(section))
    if _TOPIC_COLON.match(heading) and not LIST_MARK.match(heading):
        score += 1.0
    score += 0.5 * (group[0].gap >= 2) + 1.0 * bool(group[0].level)
    if draft.items and is_open(draft.items[-1][1].text):
        score -= 1.0
    return score >= _NEW


def _place(out: list[Draft], piece: Piece, run: _Run, below: Piece | None, page: _Layout) -> None:
    """A line that heads no article: byline, caption or heading of the one that it stands in."""
    if not out:
        out.append(Draft())
    draft = out[-1]
    if piece.kind == "byline":
        draft.sign(piece)
        return
    if not page.prose and piece.first not in run.credited:
        draft.add("body", piece)  # verse, a list: lines that are no running text, but all there is
        return
    score = caption_score(piece)
    kind, last = draft.items[-1] if draft.items else (None, piece)
    if kind == "body" and last.kind == "prose" and is_open(last.text):
        # No heading stands in the middle of a sentence.
        score += 1.0
        if below is not None and continuation(last.text, below.text) >= _NEW:
            score += 2.0
    if piece.first in run.credited or below is None or score >= CAPTION:
        draft.add("caption", piece)
    elif kind == "heading" and not (piece.gap or piece.level or last.level):
        both = replace(last, text=f"{last.text} {piece.text}", last=piece.last)
        draft.items[-1] = ("heading", both)
        draft.lines.append(piece.last)
    else:
        draft.add("heading", piece)


def _without_picture_stories(draft: Draft) -> list[Draft]:
    """A draft, and after it each picture with a story of its own that stood in its columns."""
    stories = []
    for piece in draft.pictured:
        others = [p for _, p in draft.items if p is not piece]
        texts = [p.text[:_CONTEXT] for p in [*draft.headline, *others]]
        if any(p.kind == "prose" for p in others) and is_story(piece, texts):
            stories.append(piece)
    if not stories:
        return [draft]
    rest = [(kind, p) for kind, p in draft.items if p not in stories]
    kept = [*draft.headline, *(p for _, p in rest)]
    lines = [n for p in kept for n in (p.first, p.last)]
    parts = [replace(draft, items=rest, lines=lines, pictured=[])]
    for story in stories:
        parts.append(Draft())
        parts[-1].add("body", story)
    return parts
