"""Chinese names in Latin letters: is "Zhou Qixian" 周岐贤? The one door to pypinyin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN_NAME = re.compile(r"[A-Z][A-Za-zü'’\-]+(?: [A-Z][A-Za-zü'’\-]+)*(?= ?)")
_LONGEST_NAME = 24
# A syllable has at most six letters ("zhuang"); a name of more letters than this is no name.
_LONGEST_SYLLABLE = 6
_MOST_LETTERS = 40


def matches_pinyin(latin: str, chinese: str) -> bool:
    """Whether the Chinese name is read as the Latin one, tones apart.

    Spaces, hyphens, apostrophes and capitals do not count; the family name may stand last
    ("Qixian Zhou"); of a character's readings any will do; ü may be written v, u, yu or ü. What is
    not Han in the Chinese name must stand in the Latin one too ("SMC中国").
    """
    letters = _letters(latin)
    if not letters or not _HAN.search(chinese) or len(chinese) > _LONGEST_NAME:
        return False
    readings = [_readings(character) for character in chinese if not character.isspace()]
    orders = [readings]
    # A family name has one character, or two; only names of persons are turned round.
    if 2 <= len(readings) <= 4:
        orders += [readings[cut:] + readings[:cut] for cut in (1, 2) if cut < len(readings)]
    return any(len(letters) in _ends(letters, order) for order in orders)


def find_pinyin(latin: str, text: str) -> list[tuple[int, int]]:
    """Where in a Chinese text the Latin name is spelled out in characters: `(start, end)`.

    Quick on long texts; two words are also looked for the other way round.
    """
    pattern = _sound(latin)
    return [found.span() for found in pattern.finditer(text)] if pattern else []


def sounded(question: str, texts: Iterable[str]) -> str:
    """A restated question whose Latin names are written as the texts write them.

    "Jinlu 电子总经理是谁" becomes "金禄电子总经理是谁" where the texts speak of 金禄. Of several
    spellings the most frequent one is taken; a name that no text spells stays as it is, and so
    does one that the texts themselves have in Latin letters.
    """
    names = dict.fromkeys(_LATIN_NAME.findall(question))
    names |= dict.fromkeys(word for name in list(names) for word in name.split())
    if not names:
        return question
    spelled: dict[str, Counter[str]] = {name: Counter() for name in names}
    for text in texts:
        for name, counts in spelled.items():
            if name in text:
                counts[name] += 1
            # One syllable alone is written in too many ways.
            counts.update(text[a:b] for a, b in find_pinyin(name, text) if b - a > 1)
    for name, counts in spelled.items():
        if counts and name in question:
            best = counts.most_common(1)[0][0]
            if best != name:
                question = re.sub(rf" ?{re.escape(name)}(?![A-Za-z]) ?", best, question)
    return question


def spells_pinyin(word: str) -> bool:
    """Whether a word of Latin letters can be read as Mandarin syllables ("Jinlu", not "Apple")."""
    return _sound(word) is not None


def _letters(latin: str) -> str:
    return re.sub(r"[\s\-'’.·]", "", latin).lower().replace("ü", "v")


def _ends(letters: str, readings: list[frozenset[str]]) -> set[int]:
    """Which lengths of the letters a sequence of characters, in any readings, can spell."""
    reached = {0}
    for choices in readings:
        reached = {
            at + len(reading)
            for at in reached
            for reading in choices
            if letters.startswith(reading, at)
        }
    return reached


@lru_cache(maxsize=512)
def _sound(latin: str) -> re.Pattern[str] | None:
    """The pattern of all ways to write a Latin name in characters, None if there is none."""
    words = latin.split()
    orders = [words, words[::-1]] if len(words) == 2 else [words]
    ways: list[str] = []
    for order in orders:
        letters = _letters("".join(order))
        if letters and len(letters) <= _MOST_LETTERS:
            ways += _spelled_out(letters)
    return re.compile("|".join(dict.fromkeys(ways))) if ways else None


def _spelled_out(letters: str) -> list[str]:
    """One pattern for each division into syllables, of at least two unless it has only one."""
    characters = _characters()
    ways: list[list[list[str]]] = [[[]], *([] for _ in letters)]
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - _LONGEST_SYLLABLE), end):
            syllable = letters[start:end]
            if syllable in characters:
                ways[end] += [[*way, syllable] for way in ways[start][:8]]
    # Fewer syllables are the likelier reading: "xian" rather than "xi an".
    found = sorted(ways[-1], key=len)[:8]
    return ["".join(f"[{characters[syllable]}]" for syllable in way) for way in found]


def _readings(character: str) -> frozenset[str]:
    """Every toneless reading of a character, with the spellings of ü; others read as themselves."""
    return _tables()[0].get(character, frozenset({character.lower()}))


def _characters() -> dict[str, str]:
    return _tables()[1]


@cache
def _tables() -> tuple[dict[str, frozenset[str]], dict[str, str]]:
    """Readings of each character, and the characters of each reading."""
    # Imported here: the tables take a while to load, and only English questions need them.
    from pypinyin.constants import PINYIN_DICT
    from pypinyin.contrib.tone_convert import to_normal

    normal = cache(to_normal)
    readings: dict[str, frozenset[str]] = {}
    characters: dict[str, list[str]] = {}
    for code, marked in PINYIN_DICT.items():
        # The ideographs of everyday use; rarer ones bring readings such as "ng" and "m".
        if not 0x4E00 <= code <= 0x9FA5:
            continue
        spelled = {s for reading in marked.split(",") for s in _spellings(normal(reading))}
        readings[chr(code)] = frozenset(spelled)
        for syllable in spelled:
            if len(syllable) > 1 or syllable in "aeo":
                characters.setdefault(syllable, []).append(chr(code))
    return readings, {syllable: "".join(found) for syllable, found in characters.items()}


def _spellings(reading: str) -> set[str]:
    reading = reading.replace("ü", "v")
    spelled = {reading}
    if "v" in reading:
        spelled |= {reading.replace("v", "u"), reading.replace("v", "yu")}
    return spelled
