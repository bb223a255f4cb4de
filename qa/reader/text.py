"""Text -> tokens as the trained reader takes them: words with their tags and offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.lexical import fold

Ints = npt.NDArray[np.int32]

_TOKEN = re.compile(
    r"(?P<han>[\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff]+)"
    r"|(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)|(?P<latin>[a-z]+)|(?P<line>\s*\n\s*)|(?P<space>\s+)"
    r"|(?P<mark>.)",
    re.DOTALL,
)
# The tags of the segmenter, then those of what it does not see. The order is part of the model.
_TAGS = (
    "n nr ns nt nz v vn a ad an b c d e f g h i j k l m p q r s t u uj ul uz uv ug ud y z zg x eng "
    "mq nrt nrfg rr vd vi df dg tg ng vg ag o other year small whole decimal latin line"
).split()
_MARKS = '，,。；;：:、！!？?“”"‘’（）()《》「」『』【】[]·—-%℃/+~…'
TAG = {tag: number for number, tag in enumerate(_TAGS, 1)}
MARK = {mark: number for number, mark in enumerate(_MARKS, len(_TAGS) + 1)}
TAG_COUNT = len(_TAGS) + len(_MARKS) + 1


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text: folded words, the number of each one's tag, and its offsets."""

    words: tuple[str, ...]
    tags: Ints
    starts: Ints
    ends: Ints

    def __len__(self) -> int:
        return len(self.words)

    def part(self, first: int, last: int) -> Tokens:
        """The tokens `first` up to, not including, `last`."""
        at = slice(first, last)
        return Tokens(self.words[at], self.tags[at], self.starts[at], self.ends[at])


def tokens(text: str) -> Tokens:
    """The tokens of a text; offsets count in `text` itself.

    >>> tokens("增长7.5%。").words
    ('增长', '7.5', '%', '。')
    """
    found = list(_tokens(fold(text)))
    words = tuple(word for word, _, _, _ in found)
    numbers = np.array([(tag, start, end) for _, tag, start, end in found], np.int32)
    numbers = numbers.reshape(len(found), 3)
    return Tokens(words, numbers[:, 0], numbers[:, 1], numbers[:, 2])


def _tokens(folded: str) -> Iterator[tuple[str, int, int, int]]:
    import rjieba

    for match in _TOKEN.finditer(folded):
        start, end = match.span()
        word = match.group()
        match match.lastgroup:
            case "han":
                for part, tag in rjieba.tag(word):
                    number = TAG.get(tag) or TAG.get(tag[:1]) or TAG["other"]
                    yield part, number, start, start + len(part)
                    start += len(part)
            case "number":
                word = word.replace(",", "")
                yield word, TAG[_kind_of_number(word)], start, end
            case "latin":
                yield word, TAG["latin"], start, end
            case "line":
                yield "\n", TAG["line"], start, end
            case "mark":
                yield word, MARK.get(word, TAG["other"]), start, end


def _kind_of_number(word: str) -> str:
    if "." in word:
        return "decimal"
    if len(word) == 4 and word[:2] in {"18", "19", "20"}:
        return "year"
    return "small" if len(word) <= 2 else "whole"
