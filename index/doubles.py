"""An article's paragraphs -> each once: summary boxes and captions that say what the body says."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from index.clean import HAN
from index.rejoin import Fragment

_CLOSERS = "”’\"'」』）)》〉】］]"
_FIGURE = re.compile(r"\d+(?:\.\d+)?[%％]?")
_SIGNS = re.compile(r"[^\w%％.]+")
_SHINGLE = 8
_BOX = 10_000  # signs; nothing that long is printed twice on a page, and comparing takes time


def _bare(text: str) -> str:
    return _SIGNS.sub("", text)


def sentences(text: str) -> list[str]:
    """A paragraph cut after its sentence ends; the parts joined are the paragraph."""
    parts = re.split(
        rf"(?<=[。！？])(?![{re.escape(_CLOSERS)}])|(?<=[。！？][”’\"」』])(?=[{HAN}“])", text
    )
    return [part for part in parts if part]


def undouble(fragments: Sequence[Fragment]) -> tuple[list[Fragment], list[Fragment]]:
    """Paragraphs without those that the page prints a second time, and what went.

    A paragraph goes when its sentences stand, almost word for word and with all their figures, in
    another one and those next to it, as those of a summary box do in the body; a sentence that
    does not stand there is kept.
    """
    if len(fragments) < 2:
        return list(fragments), []
    bare = [_bare(f.text) for f in fragments]
    places: dict[str, set[int]] = defaultdict(set)
    for index, text in enumerate(bare):
        for at in range(len(text) - _SHINGLE + 1):
            places[text[at : at + _SHINGLE]].add(index)
    gone: set[int] = set()
    kept: list[Fragment] = []
    went: list[Fragment] = []
    for index, fragment in enumerate(fragments):
        fresh = _not_doubled(index, fragment.text, bare, places, gone)
        if fresh is None:
            kept.append(fragment)
            continue
        gone.add(index)
        if fresh:
            kept.append(replace(fragment, text="".join(fresh)))
        old = "".join(part for part in sentences(fragment.text) if part not in fresh)
        went.append(replace(fragment, text=old))
    return kept, went


def _not_doubled(
    index: int, text: str, bare: Sequence[str], places: dict[str, set[int]], gone: set[int]
) -> list[str] | None:
    """The sentences of a paragraph that stand nowhere else; None when it is no double."""
    own = bare[index]
    if not 20 <= len(own) <= _BOX:
        return None
    counts: dict[int, int] = defaultdict(int)
    for at in range(0, len(own) - _SHINGLE + 1, 4):
        for other in places[own[at : at + _SHINGLE]]:
            if other != index and other not in gone:
                counts[other] += 1
    if not counts:
        return None
    best = max(counts, key=lambda other: counts[other])
    # Of two alike the longer one is the story; of equals the first stays.
    if len(bare[best]) < len(own) * 0.5 or (bare[best] == own and index < best):
        return None
    around = [
        bare[i]
        for i in range(max(0, best - 1), best + 3)
        if i < len(bare) and i != index and i not in gone
    ]
    window = "\n".join(around)
    if not len(own) * 0.9 <= len(window) <= 4 * _BOX:
        return None
    pairs = {window[i : i + 2] for i in range(len(window) - 1)}
    known = set(_FIGURE.findall(window))
    parts = sentences(text)
    fresh = [part for part in parts if not _stands_in(_bare(part), window, pairs, known)]
    doubled = len(own) - sum(len(_bare(part)) for part in fresh)
    return fresh if doubled >= 0.6 * len(own) else None


def _stands_in(sentence: str, window: str, pairs: set[str], known: set[str]) -> bool:
    """Whether a sentence, bare of punctuation, stands in a text almost word for word."""
    if sentence in window:
        return True
    own = [sentence[i : i + 2] for i in range(len(sentence) - 1)]
    figures = _FIGURE.findall(sentence)
    return (
        len(own) >= 10
        and sum(pair in pairs for pair in own) >= 0.85 * len(own)
        and all(figure in known for figure in figures)
    )
