"""English words and phrases to the terms that Chinese newspapers use, from `glossary.tsv`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

ARTICLES = frozenset({"a", "an", "the"})

_IRREGULAR = """
be is are was were been being am|have had has having|do did does done|go went goes gone|
win won|found founded founding|grow grew grown|rise rose risen|fall fell fallen|hold held|
build built|bring brought|buy bought|sell sold|make made|give gave given|get got gotten|
take took taken|come came|lead led|run ran|send sent|spend spent|pay paid|begin began begun|
become became|choose chose chosen|leave left|lose lost|meet met|write wrote written|
speak spoke spoken|say said|see saw seen|tell told|think thought|teach taught|lend lent|
shrink shrank shrunk|draw drew drawn|break broke broken|keep kept|know knew known|
seek sought|understand understood|withdraw withdrew withdrawn|drive drove driven|
show shown|steal stole stolen|beat beat beaten|undertake undertook undertaken|hit hit hitting|
overcome overcame|oversee oversaw overseen|set set setting|put put putting|cut cut cutting|
split split splitting|man men|woman women|child children|person persons|
criterion criteria|analysis analyses|datum data|medium media|crisis crises|basis bases|
life lives|half halves|lie lied lying|die died dying|tie tied tying|
fulfil fulfilled fulfilling fulfills fulfill
"""
_BRITISH = {
    "center": "centre",
    "meter": "metre",
    "kilometer": "kilometre",
    "liter": "litre",
    "fiber": "fibre",
    "labor": "labour",
    "license": "licence",
    "defense": "defence",
    "program": "programme",
    "neighborhood": "neighbourhood",
    "aluminum": "aluminium",
    "enrollment": "enrolment",
    "tumor": "tumour",
    "theater": "theatre",
    "aging": "ageing",
    "favor": "favour",
}


@dataclass(frozen=True, slots=True)
class Term:
    """One entry: its Chinese terms, the usual one first, and what kind of word it is.

    `kind` is "v" for a verb, "a" for an adverb (it stands before the verb in Chinese), "t" for an
    expression of time, and empty for everything else.
    """

    chinese: tuple[str, ...]
    kind: str


def entries() -> Iterator[tuple[str, Term]]:
    """Every entry of the table in its order, the English phrase in lower case."""
    for line in (files("qa") / "glossary.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            english, chinese, *kind = line.split("\t")
            yield english, Term(tuple(chinese.split("|")), kind[0] if kind else "")


def match(words: Sequence[str], at: int) -> tuple[int, Term] | None:
    """The longest entry that begins with `words[at]`, as (number of words, entry).

    `words` are in lower case, without articles. Of two entries of one length the one spelled as it
    stands goes before the one that is reached by inflection ("building" before "build").
    """
    exact, stemmed, longest = _tables()
    for length in range(min(longest, len(words) - at), 1, -1):
        phrase = tuple(words[at : at + length])
        found = exact.get(phrase) or stemmed.get(tuple(stem(word) for word in phrase))
        if found:
            return length, found
    alone = (exact[(base,)] for base in bases(words[at]) if (base,) in exact)
    return next(((1, term) for term in alone), None)


@cache
def synonyms(chinese: str) -> tuple[str, ...]:
    """The other Chinese terms for the same thing: "生产总值" -> ("GDP", "地区生产总值")."""
    others: dict[str, None] = {}
    for _, term in entries():
        if chinese in term.chinese and not term.kind:
            others.update(dict.fromkeys(term.chinese))
    others.pop(chinese, None)
    return tuple(others)


@cache
def bases(word: str) -> tuple[str, ...]:
    """The plain forms that a word may be an inflection of, itself first: "invested" -> "invest".

    British spelling, as the table has it. Of "planes" it says "plane" and never "plan": a single
    word has no neighbours to set a wrong guess right.
    """
    found = [word]
    word = re.sub(r"(?:['’]s|['’])$", "", word)
    found.append(word)
    if word in _irregular():
        found.append(_irregular()[word])
    if len(word) > 4 and word.endswith(("ies", "ied")):
        found.append(word[:-3] + "y")
    elif len(word) > 4 and re.search(r"(?:ss|sh|ch|x|z)es$", word):
        found.append(word[:-2])
    elif len(word) > 2 and re.search(r"[^sui]s$", word):
        found.append(word[:-1])
    inflected = re.fullmatch(r"(.*[aeiouy].*?)(?:ed|ing)", word)
    if inflected and len(inflected[1]) > 1:
        bare = inflected[1]
        # "Planned" is of "plan", "rated" of "rate": a doubled letter tells.
        found += [bare[:-1]] if bare[-1] == bare[-2] and bare[-1] not in "lsz" else []
        found += (
            [bare + "e", bare] if re.search(r"[aeiou][^aeiouwxy]$", bare) else [bare, bare + "e"]
        )
    return tuple(dict.fromkeys([found[0], *(_british(form) for form in found)]))


@cache
def stem(word: str) -> str:
    """One form for a word's inflections and spellings, not itself a word: "invested" -> "invest".

    The same rule is applied to both sides, so that it needs to be consistent, not beautiful. Only
    for words of a phrase: alone, "plane" and "plan" would be one.
    """
    irregular = _irregular()
    plain = [form for form in bases(word) if form == _british(form)]
    shortest = min(plain, key=len) if word not in irregular else word
    return irregular.get(word, shortest).removesuffix("e")


def _british(word: str) -> str:
    word = re.sub(r"iz(e|ed|ing|ation)$", r"is\1", word) if len(word) > 5 else word
    return _BRITISH.get(word, word)


def past(verb: str) -> str:
    """The simple past of a verb's plain form: "grow" -> "grew", "sign" -> "signed"."""
    for group in _groups():
        if group[0] == verb and len(group) > 1:
            return group[1]
    if verb in {"cost", "read"}:
        return verb
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + "ed"


def _groups() -> list[list[str]]:
    return [group.split() for group in _IRREGULAR.replace("\n", "").split("|")]


@cache
def _irregular() -> dict[str, str]:
    return {form: group[0] for group in _groups() for form in group}


@cache
def _tables() -> tuple[dict[tuple[str, ...], Term], dict[tuple[str, ...], Term], int]:
    exact: dict[tuple[str, ...], Term] = {}
    stemmed: dict[tuple[str, ...], Term] = {}
    for english, term in entries():
        words = tuple(word for word in english.split() if word not in ARTICLES)
        exact.setdefault(words, term)
    # The shortest spelling owns a stem: "build" rather than "building".
    for words in sorted(exact, key=lambda key: len(" ".join(key))):
        stemmed.setdefault(tuple(stem(word) for word in words), exact[words])
    return exact, stemmed, max(len(words) for words in exact)
