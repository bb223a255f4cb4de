"""Text to terms, and BM25 over them: the one door to the lexical engine."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

# Han, kana and hangul: scripts written without spaces between words, which bigrams serve.
_CJK = (
    "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_TOKEN = re.compile(
    rf"(?P<cjk>[{_CJK}]+)"
    r"|(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)(?P<suffix>[a-z]+)?"
    rf"|(?P<word>(?:(?![{_CJK}])[^\W\d_])(?:(?![{_CJK}])[^\W_])*)"
)


class _FoldTable(dict[int, str]):
    """A table for `str.translate`, filled character by character as texts need them."""

    def __init__(self, simplified: dict[str, str]) -> None:
        self._simplified = simplified

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if 0xFF01 <= code <= 0xFF5E:
            folded = chr(code - 0xFEE0).lower()
        elif code == 0x3000:
            folded = " "
        else:
            lower = char.lower()
            # A few capitals become two characters; they stay, for offsets must not move.
            folded = self._simplified.get(char) or (lower if len(lower) == 1 else char)
        self[code] = folded
        return folded


@functools.cache
def _fold_table() -> _FoldTable:
    """The table of `fold`: 3,000 traditional characters, each with one simplified character."""
    from zhconv import zhconv

    pairs = {t: s for t, s in zhconv.getdict("zh-hans").items() if len(t) == len(s) == 1}
    for traditional in pairs:
        seen = {traditional}
        while (simple := pairs.get(pairs[traditional])) and simple not in seen:
            # A chain (a variant to a traditional to a simplified form) is followed to its end.
            seen.add(simple)
            pairs[traditional] = simple
    return _FoldTable({t: s for t, s in pairs.items() if t != s})


def fold(text: str) -> str:
    """A copy to match on, of the same length, each character for one character.

    Full-width ASCII becomes ASCII, traditional characters simplified ones, capitals small letters;
    whatever would change the length stays as it is. Offsets in the copy are offsets in `text`.

    >>> fold("ＧＤＰ增長７．５％")
    'gdp增长7.5%'
    """
    return text.translate(_fold_table())


def terms(text: str) -> list[str]:
    """The BM25 terms of a text: words in search mode and character bigrams, numbers whole.

    Words and bigrams together rank better than either alone: words know what belongs together,
    bigrams find names that no dictionary has. "1,234.5万" gives "1234.5"; "5g" gives "5", "g" and
    "5g".
    """
    return list(_terms(fold(text)))


def _terms(folded: str) -> Iterator[str]:
    import rjieba

    for match in _TOKEN.finditer(folded):
        if run := match["cjk"]:
            if len(run) == 1:
                yield run
                continue
            yield from (run[i : i + 2] for i in range(len(run) - 1))
            yield from rjieba.cut_for_search(run)
        elif number := match["number"]:
            number = number.replace(",", "")
            yield number
            if suffix := match["suffix"]:
                yield suffix
                yield number + suffix
        else:
            yield match["word"]
