"""English words that the glossary lacks, in the words of the articles that the question leads to.

The bundled embedding puts an English word near its Chinese counterpart. Among all words the nearest
one may be wrong; among those of the few articles that are found already it seldom is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.encode import bundled

_WORD = re.compile(r"(?<![A-Za-z'’-])[a-z][a-z'’-]{2,}(?![A-Za-z])")
# What is done and how it is done is paraphrased; what it is done to must be understood.
_SHADES = re.compile(r"^[a-z]+(?:ed|ing|ly)$|^(?:behind|such|same|own|very|most|more)$")
_HAN = re.compile(r"[\u4e00-\u9fff]{1,6}")
_NEAR = 0.45  # cosine from which on two words are thought to mean the same
_FORMS = frozenset({"n", "v", "a", "q", "j", "b", "l", "i", "s", "t"})
_LONGEST = 12_000  # characters of a text whose words are looked through


def in_their_words(question: str, texts: Iterable[str]) -> str:
    """A restated question with its English words put in Chinese, as far as the texts have them.

    "数据中心计划 servers 多少个" becomes "数据中心计划服务器多少" where the texts speak of 服务器.
    """
    unknown = list(dict.fromkeys(_WORD.findall(question)))
    if not unknown:
        return question
    known = _words(texts)
    if not known:
        return question
    encoder = bundled()
    likeness = encoder.encode_query(unknown) @ encoder.encode_document(known).T
    for word, row in zip(unknown, likeness, strict=True):
        best = int(row.argmax())
        if row[best] >= _NEAR:
            # What counts it is not known from the English: "多少个" would ask for pieces.
            question = re.sub(
                rf" ?\b{re.escape(word)}\b ?(?:多少个(?=$|[，？]))", f"{known[best]}多少", question
            )
            question = re.sub(
                rf" ?(?<![A-Za-z]){re.escape(word)}(?![A-Za-z]) ?", known[best], question
            )
        elif _SHADES.search(word):
            question = re.sub(rf" ?(?<![A-Za-z]){word}(?![A-Za-z]) ?", " ", question)
    return question


def _words(texts: Iterable[str]) -> list[str]:
    """The words of the texts that carry meaning, each once."""
    import rjieba

    found: dict[str, None] = {}
    for text in texts:
        for word, tag in rjieba.tag(text[:_LONGEST]):
            if tag[:1] in _FORMS and _HAN.fullmatch(word):
                found[word] = None
    return list(found)
