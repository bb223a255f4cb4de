"""The scoring of the CMRC 2018 reading task (Cui et al. 2019), done again from its definition.

Exact match compares without punctuation. F1 is over the longest run of tokens that prediction and
answer have in common (a contiguous run, although the paper calls it LCS); a Chinese character is a
token, and a word or a number of Latin text is one. The official script cuts Latin text with
nltk's word tokenizer; here it is cut at blanks and at ASCII punctuation that stands apart from
digits and letters, which is the same for all but contractions and currency signs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

# The characters that the official script leaves out, and no others: "," and "." of ASCII stay, and
# so does "…", which the script lists twice over ("……") and then compares with single characters
_PUNCTUATION = frozenset("-:_*^/\\~`+=，。：？！“”；’《》·、「」（）－～『』")
_CHINESE = re.compile(r"[\u4e00-\u9fa5]")
_LATIN = re.compile(r"\w+(?:[.,'’]\w+)*|[^\w\s]")


def tokens(text: str) -> list[str]:
    """The tokens of a text, punctuation left out."""
    found: list[str] = []
    pending = ""
    for char in text.lower().strip():
        if char in _PUNCTUATION:
            continue
        if _CHINESE.match(char):
            found += _LATIN.findall(pending)
            pending = ""
            found.append(char)
        else:
            pending += char
    return found + _LATIN.findall(pending)


def _bare(text: str) -> str:
    return "".join(char for char in text.lower().strip() if char not in _PUNCTUATION)


def cmrc_em(prediction: str, golds: Sequence[str]) -> float:
    """1.0 where the prediction is one of the answers, punctuation aside."""
    return float(any(_bare(prediction) == _bare(gold) for gold in golds))


def _f1(prediction: str, gold: str) -> float:
    said, wanted = tokens(prediction), tokens(gold)
    matcher = SequenceMatcher(None, said, wanted, autojunk=False)
    common = matcher.find_longest_match(0, len(said), 0, len(wanted)).size
    if not common:
        return 0.0
    return 2 * common / (len(said) + len(wanted))


def cmrc_f1(prediction: str, golds: Sequence[str]) -> float:
    """The best F1 against any of the answers."""
    return max((_f1(prediction, gold) for gold in golds), default=0.0)
