"""Page text -> pieces: stretches of lines, each with what it is on the face of it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from index.clean import crossing_word, glue, is_prose, is_row, simplified, tidy, unify
from index.lines import (
    CLOSING,
    DATELINE,
    LIST_MARK,
    SPEAKER,
    byline,
    is_credit,
    is_furniture,
    is_section,
    strip_marks,
)
from index.rejoin import OPENERS, continuation

# `row` is a row of a table; `short` has yet to be told: headline, heading, caption, line of verse.
Kind = Literal["furniture", "credit", "section", "byline", "short", "row", "prose"]

_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_END = re.compile(r"[。！？!?；;…][”’\"'」』）)]*$")
_EMPHASIS = re.compile(r"(?<![*\w])(\*{1,3})(?=[^\s*])([^*]+?)(?<=[^\s*])\1(?!\*)")
_BULLET = re.compile(rf"(?:[-–+] |[{re.escape('●○◆◇■□•·*')}]\s?)(?=\S)")
_RULE = re.compile(r"[\s|:=_*+-]+")
_SHORT = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph or line of a page as printed.

    `text` is tidied, `raw` has the spaces that OCR left. `gap` is the number of empty lines
    before it, `level` that of a Markdown heading (0: not marked).
    """

    kind: Kind
    text: str
    raw: str
    first: int
    last: int
    gap: int
    level: int = 0
    marked: bool = False
    bullet: bool = False


def pieces(text: str, first_line: int = 1) -> list[Piece]:
    """The pieces of a page in order; every non-blank line is in exactly one."""
    out: list[Piece] = []
    gap = 0
    group: list[tuple[int, str]] = []
    for number, line in enumerate([*unify(text).split("\n"), ""], start=first_line):
        if line.strip():
            group.append((number, line))
            continue
        if group:
            for run in _runs(group):
                out.append(_piece(run, gap, out))
                gap = 0
            group = []
            gap = 0
        gap += 1
    out = [_reconsidered(piece, out[i + 1 : i + 2]) for i, piece in enumerate(out)]
    items = [piece.kind == "short" and _is_item(piece) for piece in out]
    return [
        replace(piece, kind="row")
        if items[i] and (any(items[i - 1 : i]) or any(items[i + 1 : i + 2]))
        else piece
        for i, piece in enumerate(out)
    ]


def _is_item(piece: Piece) -> bool:
    """Whether a line looks like an item of a list: two of them in a row are no headings."""
    return not piece.level and bool(piece.bullet or LIST_MARK.match(piece.text))


def _reconsidered(piece: Piece, following: list[Piece]) -> Piece:
    """A short line that is the head of a table, a sentence after all, or the beginning of one."""
    if piece.kind == "short" and following and following[0].kind == "row":
        cells = len(piece.text.split())
        if cells > 2 and not following[0].gap and not piece.level:
            return replace(piece, kind="row")
    if piece.kind != "short" or piece.level:
        return piece
    clauses = bool(re.search("[,，]", piece.text))
    opens = OPENERS.match(simplified(piece.text))
    clauses = clauses and (len(piece.text) > 16 or bool(opens))
    asks = re.search('[？！?!][”"]?$', piece.text) and " " not in piece.text
    if clauses and asks and len(piece.text) >= 20:
        return replace(piece, kind="prose")
    if not following or following[0].kind != "prose":
        return piece
    score = continuation(piece.text, following[0].text)
    # Without a comma it looks like a heading, and needs the surer signs: a word or a quotation cut.
    enough = 1.5 if clauses else 4.0
    return replace(piece, kind="prose") if score >= enough else piece


def _runs(group: list[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    """Neighbouring lines put together where a paragraph was printed over several lines."""
    widths = [_width(line.strip()) for _, line in group]
    width = max(widths)
    full = [line for (_, line), own in zip(group, widths, strict=True) if own >= 0.85 * width]
    broken = sum(not _END.search(line.strip()) for line in full)
    wrapped = len(group) >= 3 and width <= 140 and len(full) >= 0.4 * len(group)
    wrapped = wrapped and broken >= len(full) / 3 and any(re.search("[,，。]", t) for t in full)
    run = [group[0]]
    for previous, line in itertools.pairwise(group):
        if _goes_on(previous[1], line[1], width if wrapped else 0):
            run.append(line)
        else:
            yield run
            run = [line]
    yield run


def _width(line: str) -> int:
    """How wide a line prints: a Chinese sign takes the room of two Latin ones."""
    return sum(1 if sign < "\u2010" else 2 for sign in line)


def _goes_on(line: str, following: str, width: int) -> bool:
    """Whether the next line goes on with the paragraph; `width` > 0 says that lines wrap there."""
    if re.match(r"(?: {2,}|\u3000)", following) and not re.match(r"(?: {2,}|\u3000)", line):
        return False
    indented = bool(re.match(r"(?: {2,}|\u3000)", following))
    line, following = line.strip(), following.strip()
    alone = any(
        _HEADING.match(t)
        or is_credit(t)
        or is_furniture(t)
        or is_section(t)
        or byline(t)
        or is_row(t)
        or SPEAKER.match(simplified(t))
        for t in (line, following)
    )
    if alone or indented or DATELINE.match(simplified(following)) or LIST_MARK.match(following):
        return False
    if width and _width(line) >= 0.85 * width:
        # A short line without any punctuation, after a sentence that is over, is a headline.
        over = _END.search(line) and _width(following) < 0.85 * width
        return not (over and not re.search("[,，。、；;：:]", following))
    if _END.search(line):
        return False
    if re.search(r"\d\.?$", line) and re.match(r"\d", following):
        return is_prose(line) and is_prose(following)
    if is_prose(line) or (width and crossing_word(line, following)):
        return True
    return bool(width and re.search("[,，]", line) and is_prose(following))


def _piece(run: list[tuple[int, str]], gap: int, before: list[Piece]) -> Piece:
    raw = run[0][1].strip()
    for _, line in run[1:]:
        raw = glue(raw, line.strip())
    level = 0
    heading = _HEADING.match(raw)
    if heading:
        level, raw = len(heading[1]), heading[2]
    raw = _EMPHASIS.sub(r"\2", raw)
    bullet = bool(_BULLET.match(raw))
    raw = re.sub(r"^[-–+] (?=\S)", "", raw)
    text = tidy(raw)
    bare, marked = strip_marks(text)
    kind = _kind(text, level, before) if bare else "furniture"
    if marked and kind != "furniture":
        text, raw = bare, strip_marks(raw)[0]
    return Piece(kind, text, raw, run[0][0], run[-1][0], gap, level, marked, bullet)


def _kind(text: str, level: int, before: list[Piece]) -> Kind:
    simple = simplified(text)
    if is_section(text):
        return "section"
    if level:
        return "short"
    if is_furniture(text) or _RULE.fullmatch(text):
        return "furniture"
    under_headline = bool(before) and before[-1].kind in ("short", "byline", "section")
    if is_credit(text) and not (under_headline and re.search("文|报道|撰|采写", simple)):
        return "credit"
    if is_row(text) or (before and before[-1].kind == "row" and len(text.split()) > 1):
        return "row"
    if byline(text, expected=under_headline) is not None:
        return "byline"
    bare = simple.replace(" ", "")
    spoken = SPEAKER.match(simple) or CLOSING.fullmatch(bare)
    ended = re.search(r"[。；;，,、…：:]$", bare)
    if len(bare) <= _SHORT and not (ended or spoken or is_prose(text) or DATELINE.match(simple)):
        return "short"
    return "prose"
