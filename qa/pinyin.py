"""Chinese names in Latin letters: is "Zhou Qixian" 周岐贤? The one door to pypinyin."""

from __future__ import annotations

import re
from functools import cache

_HAN = re.compile(r"[\u3400-\u9fff]")
_LONGEST_NAME = 24


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
    """Where in a Chinese text the Latin name is spelled out in characters: `(start, end)`."""
    letters = _letters(latin)
    found: list[tuple[int, int]] = []
    for start, character in enumerate(text):
        if not letters or (found and start < found[-1][1]) or not _HAN.match(character):
            continue
        reached = {0}
        for end in range(start, min(len(text), start + _LONGEST_NAME)):
            if not _HAN.match(text[end]):
                break
            reached = _step(letters, reached, _readings(text[end]))
            if len(letters) in reached:
                found.append((start, end + 1))
            if not reached or len(letters) in reached:
                break
    return found


def spells_pinyin(word: str) -> bool:
    """Whether a word of Latin letters can be read as Mandarin syllables ("Jinlu", not "Apple")."""
    letters = _letters(word)
    reached = [True] + [False] * len(letters)
    for end in range(1, len(letters) + 1):
        reached[end] = any(
            reached[start] and letters[start:end] in _syllables()
            for start in range(max(0, end - 6), end)
        )
    return bool(letters) and reached[-1]


def _letters(latin: str) -> str:
    return re.sub(r"[\s\-'’.·]", "", latin).lower().replace("ü", "v")


def _ends(letters: str, readings: list[frozenset[str]]) -> set[int]:
    reached = {0}
    for choices in readings:
        reached = _step(letters, reached, choices)
    return reached


def _step(letters: str, reached: set[int], choices: frozenset[str]) -> set[int]:
    return {
        at + len(reading)
        for at in reached
        for reading in choices
        if letters.startswith(reading, at)
    }


@cache
def _readings(character: str) -> frozenset[str]:
    """Every toneless reading of a character, with the spellings of ü; others read as themselves."""
    if not _HAN.match(character):
        return frozenset({character.lower()})
    # Imported here: its tables take a while to load, and only English questions need them.
    from pypinyin import Style, pinyin

    plain = pinyin(character, style=Style.NORMAL, heteronym=True)[0]
    return frozenset(spelled for reading in plain for spelled in _spellings(reading))


def _spellings(reading: str) -> set[str]:
    reading = reading.replace("ü", "v")
    spelled = {reading}
    if "v" in reading:
        spelled |= {reading.replace("v", "u"), reading.replace("v", "yu")}
    return spelled


@cache
def _syllables() -> frozenset[str]:
    from pypinyin.constants import PINYIN_DICT
    from pypinyin.contrib.tone_convert import to_normal

    found: set[str] = set()
    for code, marked in PINYIN_DICT.items():
        # The unified ideographs of everyday use; rare ones bring readings such as "ng" and "m".
        if 0x4E00 <= code <= 0x9FA5:
            found.update(_spellings(to_normal(marked.split(",")[0])))
    return frozenset(syllable for syllable in found if len(syllable) > 1 or syllable in "aeo")
