"""Captions, photo credits and picture stories: what stands under a picture, and what is news."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.clean import simplified
from index.lines import LIST_MARK, SENTENCE_END, ends_in_credit
from index.pieces import Piece
from index.topics import is_elsewhere, shared

_CAPTION_START = re.compile(
    r"(?:图为|图[一二三四五六七八九十\d]|[上下左右]图|\(?[左右上下]\)?图|△|▲|图[:：])"
)
_CAPTION_END = re.compile(
    r"(?:仪式|现场|合影|成立|揭牌|情况|场景|外景|一角|全景|风光|夜景|大厅|车间|瞬间|画面|掠影|资料图)$"
)
_OF_PAGE = re.compile("(?:本版|本文|文中|以上)")
_PICTURE_STORY = ("图片新闻", "图片故事", "图说", "图片报道", "影像")
_NEWS_OPENING = re.compile(r"近日|日前|近期|连日来|今天|昨天|(?:\d{4}年)?\d{1,2}月\d{1,2}日")
_IN_PICTURE = re.compile("图为|图片?中")
_KIN = 0.25  # share of a picture's words that those of the story it belongs to have too
_STORY = 2  # sentences that a picture's text has at least to be a story and no caption
CAPTION = 2.0  # score from which a short line is a caption


def is_picture_story(label: Piece) -> bool:
    """Whether a section label says that what follows is news told by a picture."""
    return simplified(label.text) in _PICTURE_STORY


def of_page(credit: Piece) -> bool:
    """Whether a credit is for all pictures of the page or the story, not for the one over it."""
    return _OF_PAGE.match(simplified(credit.text)) is not None


def sentences_in(text: str) -> int:
    """The number of sentence ends in a text."""
    return len(SENTENCE_END.findall(text))


def caption_score(piece: Piece) -> float:
    """How much a short line looks like what stands under a picture rather than over a section."""
    if piece.level:
        return -9.0
    text = simplified(piece.text)
    score = 2.0 * (piece.gap >= 2)
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


def is_story(piece: Piece, others: Sequence[str]) -> bool:
    """Whether what stands over a photo credit tells news of its own; one sentence never does.

    It is about other places than the article, or says itself that it goes with a picture, and
    shares few words with the article.
    """
    text = simplified(piece.text)
    if sentences_in(text) < _STORY:
        return False
    if is_elsewhere(text, others):
        return True
    apart = piece.gap >= 2 and _NEWS_OPENING.match(text) and _IN_PICTURE.search(text)
    return bool(apart) and shared(text, "\n".join(others)) < _KIN
