"""Chinese sentences to pseudo-English, word by word from a dictionary.

Real sentence pairs are few and far from news; glosses of news sentences teach the model which
English words stand where which Chinese ones do. Order and grammar do not matter to it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from index.train.corpus import Entry

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
MAGNITUDES = {"万": 10_000, "亿": 100_000_000, "万亿": 1_000_000_000_000}
AMOUNT = re.compile(r"(\d[\d,]*(?:\.\d+)?)(万亿|万|亿)")
DATE = re.compile(r"(\d{1,2})月(?:(\d{1,2})日)?")
PARTS = re.compile(r"\d{4}年|\d{1,2}月(?:\d{1,2}日)?|\d[\d,]*(?:\.\d+)?(?:万亿|万|亿)?|[^\d]+")
PLAIN = re.compile(r"^[a-z]{3,}$")  # what can be inflected
SENSES = 4  # the later senses of a word are rare ones
LONGEST_GLOSS = 5  # words; longer glosses explain rather than translate
# Words of grammar: English has no counterpart, or one that says nothing.
DROPPED = frozenset("的了地得着在是和与及也就都而把被对为以等于将并之")
SMALL_WORDS = ("the", "of", "and", "in", "to", "a", "for", "on", "with", "at", "by", "was", "has")
IRREGULAR = {
    "be": "was", "become": "became", "begin": "began", "break": "broke", "bring": "brought",
    "build": "built", "buy": "bought", "catch": "caught", "come": "came", "do": "did",
    "draw": "drew", "drive": "drove", "fall": "fell", "feel": "felt", "find": "found",
    "get": "got", "give": "gave", "go": "went", "grow": "grew", "have": "had", "hold": "held",
    "keep": "kept", "know": "known", "lead": "led", "leave": "left", "lose": "lost",
    "make": "made", "meet": "met", "pay": "paid", "rise": "rose", "run": "ran", "say": "said",
    "see": "seen", "sell": "sold", "send": "sent", "show": "shown", "speak": "spoke",
    "spend": "spent", "stand": "stood", "take": "took", "teach": "taught", "tell": "told",
    "think": "thought", "win": "won", "write": "wrote",
}  # fmt: skip


class Glosser:
    """Glosses sentences; holds the dictionary by word, and a random source."""

    def __init__(self, entries: Iterable[Entry], seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - reproducible, not secret
        self.senses: dict[str, list[str]] = {}
        self.pinyin: dict[str, str] = {}
        for entry in entries:
            short = [s for s in entry.senses if len(s.removeprefix("to ").split()) <= LONGEST_GLOSS]
            self.senses.setdefault(entry.word, []).extend(short)
            self.pinyin.setdefault(entry.word, entry.pinyin)

    def gloss(self, text: str, drop: float = 0.15) -> str:
        """One of the many glosses of a simplified Chinese text, each word left out by `drop`."""
        import rjieba

        out: list[str] = []
        for part in PARTS.findall(text):
            if part[0].isdigit():
                out.append(self._number(part))
                continue
            for word in rjieba.cut(part):
                if word in DROPPED or self.random.random() < drop:
                    continue
                out.extend(self._word(word))
        count = len(out) // 4
        out += [self.random.choice(SMALL_WORDS) for _ in range(count)]
        return " ".join(out)

    def _word(self, word: str) -> Sequence[str]:
        """A sense of the word; of its parts, where the dictionary lacks it; or its pinyin."""
        senses = self.senses.get(word)
        if senses:
            pick = min(int(self.random.expovariate(1.2)), len(senses) - 1, SENSES - 1)
            return [self._inflect(senses[pick])]
        if not ("一" <= word[0] <= "鿿"):
            return [word]
        if len(word) <= 3:  # mostly names: "Zhang Xiong", "Guoyuan"
            syllables = [self.pinyin.get(character, "") for character in word]
            if len(word) == 3 and self.random.random() < 0.5:
                return [syllables[0], syllables[1] + syllables[2]]
            return [syllables[0], *syllables[1:]] if len(word) == 2 else ["".join(syllables)]
        found: list[str] = []
        at = 0
        while at < len(word):
            for length in range(min(4, len(word) - at), 0, -1):
                piece = word[at : at + length]
                if length == 1 or self.senses.get(piece):
                    break
            at += length
            senses = self.senses.get(piece)
            found.append(self._inflect(senses[0]) if senses else self.pinyin.get(piece, ""))
        return found

    def _inflect(self, gloss: str) -> str:
        """The gloss in one of its forms: "to announce" -> "announced", "worker" -> "workers"."""
        verb = gloss.startswith("to ")
        words = gloss.removeprefix("to be ").removeprefix("to ").split()
        at = 0 if verb else -1
        if words and self.random.random() < 0.5 and PLAIN.match(words[at]):
            ending = self.random.choice(("s", "ed", "ed", "ing")) if verb else "s"
            words[at] = inflected(words[at], ending)
        return " ".join(words)

    def _number(self, text: str) -> str:
        """A number as English writes it: "7月28日" -> "July 28", "3.5万" -> "35,000"."""
        date = DATE.fullmatch(text)
        if date and 1 <= int(date[1]) <= 12:
            return f"{MONTHS[int(date[1]) - 1]} {date[2] or ''}"
        text = text.removesuffix("年")
        amount = AMOUNT.fullmatch(text)
        if not amount:
            return text
        value = Decimal(amount[1].replace(",", "")) * MAGNITUDES[amount[2]]
        for name, size in (("trillion", 10**12), ("billion", 10**9), ("million", 10**6)):
            if value >= size:
                return f"{_plain(value / size)} {name}"
        return f"{value:,.0f}"


def inflected(word: str, ending: str) -> str:
    """A regular form of an English word, or the irregular past of a common verb.

    Examples: ("carry", "s") -> "carries", ("make", "ing") -> "making", ("go", "ed") -> "went".
    """
    if ending == "ed" and word in IRREGULAR:
        return IRREGULAR[word]
    if word.endswith("y") and word[-2] not in "aeiou" and ending != "ing":
        return word[:-1] + ("ies" if ending == "s" else "ied")
    if ending == "s":
        return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")
    if word.endswith("e") and not word.endswith("ee"):
        return word[:-1] + ending
    return word + ending


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
