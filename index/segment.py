"""Page -> articles: where each begins, its headline and byline, its paragraphs in order."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from index.clean import tagged
from index.lines import LIST_MARK, OUTLET, byline, dateline, ends_in_credit, signature
from index.period import infer_published
from index.pieces import Piece, pieces
from index.records import Article, Block, BlockKind, Page, Period
from index.rejoin import Fragment, continuation, is_open, rejoin, undouble

_PLACE_SUFFIX = frozenset(
    ["高新区", "经开区", "开发区", "新区", "高新技术产业开发区", "经济技术开发区", "自贸区", "保税区", "示范区", "市", "省", "县", "区", "自治区", "州", "镇"]
)
_TOPIC_COLON = re.compile(r"[^:：，,。]{2,14}[:：](?=\S)")
_CAPTION_START = re.compile(
    r"(?:图为|图[一二三四五六七八九十\d]|[上下左右]图|\(?[左右上下]\)?图|△|▲|图[:：])"
)
_CAPTION_END = re.compile(
    r"(?:仪式|现场|合影|成立|揭牌|情况|场景|外景|一角|全景|风光|夜景|大厅|车间|瞬间|画面|掠影|资料图)$"
)
_OF_PAGE = re.compile("(?:本版|本文|文中|以上)")
_BREAK = re.compile(r"[。！？!?；;…]")
_TITLE_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Dropped:
    """A stretch of a page that is in no article's text, and why."""

    line: int
    text: str
    reason: str


@dataclass(slots=True)
class _Draft:
    """An article as it is being gathered."""

    headline: list[Piece] = field(default_factory=list)
    byline: list[str] = field(default_factory=list)
    outlet: str = ""
    items: list[tuple[str, Piece]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    pictured: list[Piece] = field(default_factory=list)

    def add(self, kind: BlockKind, piece: Piece) -> None:
        self.items.append((kind, piece))
        self.lines += [piece.first, piece.last]

    @property
    def text(self) -> str:
        return (
            "\n".join(p.text for p in self.headline)
            + "\n"
            + "\n".join(p.text for _, p in self.items)
        )

    @property
    def has_body(self) -> bool:
        return any(kind == "body" for kind, _ in self.items)


def segment(page: Page) -> list[Article]:
    """The articles of a page in printed order; a page that is known to be one article gives one.

    An article's id is the given one, else the first 12 hexadecimal digits of the SHA-256 of title
    and text, so that the same article on two pages has one id.
    """
    return take_apart(page)[0]


def take_apart(page: Page) -> tuple[list[Article], list[Dropped]]:
    """The articles of a page, and what of its text went into none of them."""
    found = pieces(page.text, page.line if not page.whole else 1)
    dropped: list[Dropped] = []
    drafts = _whole(page, found) if page.whole else _drafts(found, dropped)
    printed, outlet = _furniture(found)
    articles = []
    for draft in drafts:
        article = _finish(page, draft, printed, outlet, dropped)
        if article is not None:
            articles.append(article)
    return articles, dropped


def _whole(page: Page, found: Sequence[Piece]) -> list[_Draft]:
    """One draft of everything, for a page that states that it is one article."""
    draft = _Draft()
    for index, piece in enumerate(found):
        if index == 0 and not page.title and piece.kind == "short" and len(found) > 1:
            draft.headline.append(piece)
            draft.lines += [piece.first, piece.last]
        elif piece.kind == "byline" and not draft.has_body:
            draft.byline.append(byline(piece.text, expected=True) or piece.text)
        else:
            heading = piece.kind == "short" and bool(piece.level)
            draft.add("heading" if heading else "body", piece)
    return [draft]


def _drafts(found: Sequence[Piece], dropped: list[Dropped]) -> list[_Draft]:
    """The page's articles, each with its pieces sorted into headline, byline and items."""
    drafts: list[_Draft] = []
    at = 0
    top = min((p.level for p in found if p.level), default=0)
    while at < len(found):
        run_end = at
        while run_end < len(found) and found[run_end].kind != "prose":
            run_end += 1
        run = found[at:run_end]
        if run:
            _sort_run(drafts, run, found, at, run_end, top, dropped)
        if run_end < len(found):
            _add_prose(drafts, found, run_end)
        at = run_end + 1
    drafts = _part_photo_stories(drafts)
    return drafts


def _add_prose(drafts: list[_Draft], found: Sequence[Piece], at: int) -> None:
    """Running text goes to the last article, or opens one where a dateline says so."""
    piece = found[at]
    stated = dateline(piece.text)
    if not drafts or (stated is not None and drafts[-1].has_body):
        drafts.append(_Draft())
    draft = drafts[-1]
    if stated is not None and not draft.has_body:
        draft.byline += [stated[0]] if stated[0] else []
        draft.outlet = draft.outlet or stated[1]
    follower = found[at + 1] if at + 1 < len(found) else None
    if ends_in_credit(piece.text):
        draft.add("caption", piece)
        return
    if follower is not None and follower.kind == "credit" and not _OF_PAGE.match(follower.text):
        draft.pictured.append(piece)
        one = len(_BREAK.findall(piece.text)) <= 1 and len(piece.text) <= 80
        if follower.gap == 0 or (piece.gap >= 2 and one):
            draft.add("caption", piece)
            return
    draft.add("body", piece)


def _sort_run(
    drafts: list[_Draft],
    run: Sequence[Piece],
    found: Sequence[Piece],
    start: int,
    end: int,
    top: int,
    dropped: list[Dropped],
) -> None:
    """What the lines between two stretches of running text are: captions, headings, a headline."""
    run = list(run)
    for piece in run:
        if piece.kind in ("furniture", "credit"):
            reason = "the page's own line" if piece.kind == "furniture" else "photo credit"
            dropped.append(Dropped(piece.first, piece.raw, reason))
    credited = {id(p) for p, q in zip(run, run[1:], strict=False) if q.kind == "credit"}
    labels = [p for p in run if p.kind == "section" or _is_label(p, run, top)]
    dropped += [Dropped(p.first, p.raw, "section label") for p in labels]
    run = [p for p in run if p.kind in ("short", "byline") and p not in labels]
    following = found[end] if end < len(found) else None
    head, lead_in = _headline(drafts, run, found, end, top, credited)
    for piece in run[: head[0]]:
        _place_short(drafts, piece, following if head[0] == head[1] else None, credited, dropped)
    if head[0] == head[1]:
        return
    draft = _Draft()
    drafts.append(draft)
    for piece in run[head[0] : head[1]]:
        if piece.kind == "byline":
            draft.byline.append(byline(piece.text, expected=True) or piece.text)
        else:
            draft.headline.append(piece)
        draft.lines += [piece.first, piece.last]
    for piece in run[head[1] :]:
        _place_short(drafts, piece, following, credited, dropped)


def _is_label(piece: Piece, run: Sequence[Piece], top: int) -> bool:
    """A heading of lower rank right before one of the top rank heads a section, not an article."""
    at = list(run).index(piece)
    after = next((p for p in run[at + 1 :] if p.kind == "short"), None)
    return piece.level > top and after is not None and after.level == top and len(piece.text) <= 12


def _headline(
    drafts: list[_Draft],
    run: Sequence[Piece],
    found: Sequence[Piece],
    end: int,
    top: int,
    credited: set[int],
) -> tuple[tuple[int, int], bool]:
    """The range of the run that is a new article's headline and byline; empty when there is none."""
    none = ((len(run), len(run)), False)
    shorts = [i for i, p in enumerate(run) if p.kind == "short"]
    lines = [i for i, p in enumerate(run) if p.kind == "byline"]
    following = found[end] if end < len(found) else None
    fresh = not drafts
    if not shorts:
        if lines and fresh:
            return (0, len(run)), False
        return none
    if following is None and not fresh and not lines:
        return none
    # A byline: the headline is what stands right above it.
    if lines:
        last = lines[-1]
        above = [i for i in shorts if i < lines[0]]
        if above:
            first = 0 if fresh else _top_of_headline(run, above, credited)
            return (first, last + 1), True
        below = [i for i in shorts if i > last]
        if below and following is not None:
            return (lines[0], below[0] + 1), True
    tops = [i for i in shorts if run[i].level == top and top]
    ranks = {p.level for p in found if p.level}
    if tops and (fresh or (len(ranks) > 1 and following is not None)):
        stop = tops[0] + 1
        while stop < len(run) and run[stop].kind == "short" and _is_subtitle(run[stop]):
            stop += 1
        return (tops[0] if not fresh else 0, stop), True
    if fresh:
        stop = shorts[0] + 1
        while (
            stop < len(run)
            and run[stop].kind == "short"
            and (run[stop].gap == 0 or _is_subtitle(run[stop]))
            and id(run[stop]) not in credited
        ):
            stop += 1
        return (shorts[0], stop), True
    group = _last_group(run, shorts)
    if following is not None and _is_new(drafts[-1], run[group[0] : group[-1] + 1], found, end):
        return (group[0], group[-1] + 1), True
    return none


def _is_subtitle(piece: Piece) -> bool:
    return bool(re.match("[—–-]{1,3}", piece.text))


def _last_group(run: Sequence[Piece], shorts: Sequence[int]) -> list[int]:
    """The lines of the run that stand together right above the running text."""
    group = [shorts[-1]]
    for i in reversed(shorts[:-1]):
        if run[group[0]].gap == 0 and group[0] == i + 1:
            group.insert(0, i)
        else:
            break
    return group


def _top_of_headline(run: Sequence[Piece], above: Sequence[int], credited: set[int]) -> int:
    """The first line of the headline whose last line is `above[-1]`, captions before it left out."""
    first = above[-1]
    marked = bool(run[first].level) or any(run[i].level for i in above)
    for i in reversed(above[:-1]):
        if id(run[i]) in credited or i != first - 1:
            break
        if marked and not run[i].level:
            break
        if run[first].gap >= 2 or _caption_score(run[i], None) >= 3 or first - i > 3:
            break
        first = i
    return first


def _places(text: str) -> Counter[str]:
    """Names of places in a text, without 市 or 高新区 behind them, and how often."""
    out: Counter[str] = Counter()
    tags = tagged(text)
    for (word, tag), (following, _) in zip(tags, [*tags[1:], ("", "")], strict=True):
        if (
            2 <= len(word) <= 5
            and (tag == "ns" or following in _PLACE_SUFFIX)
            and word not in _PLACE_SUFFIX
        ):
            if not re.fullmatch("[\u4e00-\u9fff]+", word) or word[0] in "该全本各我两这":
                continue
            stem = re.sub("(?:高新区|经开区|开发区|新区|省|市|县|区)$", "", word)
            out[stem if len(stem) > 1 else word] += 1
    return out


def _main_place(draft: _Draft) -> str:
    titled = _places(" ".join(p.text for p in draft.headline))
    counted = _places(draft.text)
    for place in titled:
        counted[place] += 2
    return counted.most_common(1)[0][0] if counted else ""


def _section_text(found: Sequence[Piece], end: int) -> str:
    """The running text from one short line to the next."""
    out = []
    for piece in found[end:]:
        if piece.kind != "prose":
            break
        out.append(piece.text)
    return "\n".join(out)[:2000]


def _is_new(draft: _Draft, group: Sequence[Piece], found: Sequence[Piece], end: int) -> bool:
    """Whether an unsigned headline opens a new article, or only a section of the present one."""
    following = found[end]
    if dateline(following.text) is not None:
        return True
    heading = " ".join(p.text for p in group)
    section = _section_text(found, end)
    own, present = _places(heading), _places(section)
    main = _main_place(draft)
    before = draft.text
    score = 0.0
    new = [place for place in own if place not in before]
    score += 2.0 * bool(new)
    score += 1.0 * any(place in section for place in new)
    if main:
        score += -2.0 if main in section or main in heading else 1.5 * bool(present)
    if _TOPIC_COLON.match(heading) and not LIST_MARK.match(heading):
        score += 1.0
    score += 0.5 * (group[0].gap >= 2)
    if draft.items and is_open(draft.items[-1][1].text):
        score -= 1.0
    return score >= 3.0


def _caption_score(piece: Piece, following: Piece | None) -> float:
    """How much a short line looks like what stands under a picture rather than over a section."""
    if piece.level:
        return -9.0
    text = piece.text
    score = 0.0
    score += 2.0 * (piece.gap >= 2)
    score += 5.0 * bool(_CAPTION_START.match(text))
    score += 5.0 * ends_in_credit(text)
    score += 2.0 * bool(_CAPTION_END.search(text))
    score += 1.5 * bool(re.match(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日", text))
    score += 1.0 * (len(text) > 25 and " " not in text)
    score -= 2.0 * (" " in text)
    score -= 3.0 * bool(LIST_MARK.match(text))
    score -= 1.0 * (text[-1] in '？！?!”"')
    score -= 0.5 * (len(text) <= 12)
    return score


def _place_short(
    drafts: list[_Draft],
    piece: Piece,
    following: Piece | None,
    credited: set[int],
    dropped: list[Dropped],
) -> None:
    """A line that heads no article: caption or subheading of the one that it stands in."""
    if not drafts:
        drafts.append(_Draft())
    draft = drafts[-1]
    if piece.kind == "byline":
        name = byline(piece.text, expected=True) or piece.text
        if name not in draft.byline:
            draft.byline.append(name)
        draft.lines += [piece.first, piece.last]
        return
    caption = id(piece) in credited or following is None or _caption_score(piece, following) >= 2.0
    if draft.items and not caption:
        kind, last = draft.items[-1]
        if kind == "body" and following is not None and is_open(last.text):
            caption = continuation(last.text, following.text) >= 3.0
    if draft.items and piece.gap == 0 and not caption and not piece.level:
        kind, last = draft.items[-1]
        if kind == "heading" and last.last == piece.first - 1:  # a heading of two lines
            both = replace(last, text=f"{last.text} {piece.text}", last=piece.last)
            draft.items[-1] = (kind, both)
            draft.lines.append(piece.last)
            return
    draft.add("caption" if caption else "heading", piece)


def _part_photo_stories(drafts: list[_Draft]) -> list[_Draft]:
    """Pictures with a story of their own, between two articles, made articles of their own."""
    out: list[_Draft] = []
    for draft in drafts:
        stories = [p for p in draft.pictured if _is_strange(p, draft)]
        if not stories:
            out.append(draft)
            continue
        rest = [(kind, p) for kind, p in draft.items if p not in stories]
        story_drafts = []
        for story in stories:
            part = _Draft()
            part.add("body", story)
            story_drafts.append(part)
        draft.items = rest
        headline = [n for p in draft.headline for n in (p.first, p.last)]
        draft.lines = headline + [n for _, p in rest for n in (p.first, p.last)]
        out += [draft, *story_drafts]
    return out


def _is_strange(piece: Piece, draft: _Draft) -> bool:
    """Whether a paragraph under a picture is about places that the rest of the article is not."""
    others = [p for _, p in draft.items if p is not piece]
    if not any(p.kind == "prose" for p in others):
        return False
    rest = "\n".join(p.text for p in [*draft.headline, *others])
    own, known = _places(piece.text), _places(rest)
    return (
        bool(own)
        and bool(known)
        and not any(place in rest for place in own)
        and not any(place in piece.text for place, _ in known.most_common(1))
    )


def _furniture(found: Sequence[Piece]) -> tuple[Period | None, str]:
    """Date and name of the paper as the page's own lines print them."""
    lines = "\n".join(p.text for p in found if p.kind == "furniture")
    if not lines:
        return None, ""
    named = OUTLET.search(lines)
    outlet = (named["named"] or named["paper"]) if named else ""
    return infer_published(lines), outlet


def _finish(
    page: Page, draft: _Draft, printed: Period | None, outlet: str, dropped: list[Dropped]
) -> Article | None:
    """A draft with its fragments rejoined, doubles dropped and its text laid out."""
    blocks = _layout(draft, dropped)
    title = page.title or _join_headline([p.text for p in draft.headline])
    if not blocks and not title:
        return None
    text, spans = "", []
    for kind, line in blocks:
        text += "\n" if text else ""
        spans.append(Block(kind, len(text), len(text) + len(line)))
        text += line
    if not title:
        title = _title_from(next((line for kind, line in blocks if kind == "body"), text))
    elif not text:
        text, spans = title, [Block("body", 0, len(title))]
    published = _given_date(page.published) or printed or infer_published(f"{title}\n{text}")
    first, last = min(draft.lines, default=1), max(draft.lines, default=1)
    if (page.whole and page.line > 1) or page.id:
        first = last = page.line
    return Article(
        id=page.id or hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()[:12],
        title=title,
        byline=" ".join(draft.byline),
        outlet=page.outlet or draft.outlet or outlet,
        published=published,
        text=text,
        source=f"{page.path}:{first}-{last}",
        blocks=tuple(spans),
    )


def _layout(draft: _Draft, dropped: list[Dropped]) -> list[tuple[BlockKind, str]]:
    """Kinds and texts of the article's paragraphs in order; captions never inside a sentence."""
    fragments = [
        Fragment(p.raw, p.first, p.last, order)
        for order, (kind, p) in enumerate(draft.items)
        if kind == "body"
    ]
    if fragments:
        kept, name = signature(fragments[-1].text)
        if name:
            dropped.append(Dropped(fragments[-1].last, name, "signature, kept as the byline"))
            fragments[-1] = replace(fragments[-1], text=kept)
            draft.byline = [*draft.byline, name]
    whole = rejoin(fragments)
    single, doubles = undouble(whole)
    dropped += [Dropped(f.first, f.text, "printed twice") for f in doubles]
    body = {f.text for f in single}
    out: list[tuple[int, int, BlockKind, str]] = []
    for fragment in single:
        out.append((fragment.first, 1, "body", fragment.text))
    for kind, piece in draft.items:
        if kind == "heading":
            out.append((piece.first, 0, "heading", piece.text))
        elif kind == "caption" and piece.text in body:
            dropped.append(Dropped(piece.first, piece.text, "printed twice"))
        elif kind == "caption":
            out.append((piece.first, 2, "caption", piece.text))
    out.sort(key=lambda entry: (entry[0], entry[1]))
    return [(kind, text) for _, _, kind, text in out]


def _join_headline(lines: Sequence[str]) -> str:
    """The lines of a headline as one, a subtitle that starts with a dash joined without a space."""
    title = ""
    for line in lines:
        title += line if not title or re.match("[—–]", line) else f" {line}"
    return title


def _title_from(text: str) -> str:
    """A title for an article without one: the first sentence up to the end of a clause."""
    bare = re.sub(r"^(?:近日|日前|近期|据悉|据了解|今天|昨日)[,，]?\s*", "", text.split("\n")[0])
    found = dateline(bare)
    if found is not None:
        bare = re.sub(
            r"^.{0,40}?(?:讯|电|报道|消息)\s?(?:[(（][^()（）]*[)）])?\s*", "", bare, count=1
        )
    sentence = _BREAK.split(bare)[0]
    if len(sentence) <= _TITLE_LENGTH:
        return sentence.strip() or bare[:_TITLE_LENGTH]
    clauses = re.split("(?<=[,，、:：])", sentence)
    title = clauses[0]
    for clause in clauses[1:]:
        if len(title) >= 10 or len(title) + len(clause) > _TITLE_LENGTH:
            break
        title += clause
    return title.rstrip(",，、:：")[:_TITLE_LENGTH]


def _given_date(stated: str | None) -> Period | None:
    """A publication date that a format states outright: a day, a month or a year."""
    if not stated:
        return None
    numbers = [int(n) for n in re.findall(r"\d+", stated)[:3]]
    try:
        if len(numbers) >= 3:
            day = date(*numbers)
            return Period(day, day)
        if len(numbers) == 2:
            return Period.months(numbers[0], numbers[1], numbers[1])
        return Period.year(numbers[0]) if numbers else None
    except ValueError:
        return infer_published(stated)
