"""English questions restated in Chinese, for a reader of Chinese articles; no language model.

The Chinese is that of a question, not of a translator: place, period, content, interrogative, in
the newspapers' own terms. A word that nobody knows stays as it is, so that what is not understood
stays visible, and a name in Latin letters can be matched against Chinese names by its sound.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from qa import english_asked as asked
from qa.declarative import state
from qa.english_order import arrange, render
from qa.english_words import WH, is_english, latin_names, plain, tokens
from qa.glossary import synonyms
from qa.pinyin import find_pinyin, matches_pinyin, sounded

__all__ = [
    "find_pinyin",
    "is_english",
    "latin_names",
    "matches_pinyin",
    "restate",
    "sounded",
    "state",
    "synonyms",
]

_BE = asked.BE
_AUX = r"(?:is|are|was|were|did|do|does|has|have|had|will|would|can|could|should|may|must)"
_MORE = rf"(?P<more>{'|'.join(asked.COMPARATIVES)})\b"
_PREPOSITION = r"(?:(?:at|in|on|from|to|into|of|by|with|for|under|since) )?"
_SIZE = rf"(?P<size>{'|'.join(asked.LENGTHS)})\b"
_REST = r"(?P<rest>.+)"

# "…what the output was" and "how many jobs it will create" with the order of a question.
_INDIRECT = (
    (
        rf"(?P<wh>what|who|where|when|why|how) (?P<subject>(?:the|its|his|her|their) .+?) "
        rf"(?P<aux>{_AUX})\b(?P<rest>.*)",
        "{wh} {aux} {subject}{rest}",
    ),
    (
        rf"(?P<wh>how many|how much|which|what) (?P<noun>(?!of\b)\w+(?: (?!of\b)\w+)?) "
        rf"(?P<subject>(?:the|its|his|her|their) .+?|it|he|she|they) (?P<aux>{_AUX})\b(?P<rest>.+)",
        "{wh} {noun} {aux} {subject}{rest}",
    ),
)
_CLAUSES = re.compile(rf"\s*[,;]?\s+and\s+(?=(?:by\s+)?{WH}\b)", re.IGNORECASE)

# The first pattern that fits the whole clause decides; the particular stand before the general.
_FORMS: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (rf"(?P<wh>{WH}(?: many| much)?)", asked.bare),
    (rf"(?:and |but |so |then )?(?:what|how) about {_REST}", asked.follow_up),
    (
        r"(?:and|but) (?:(?:in|for|of|at|during) )?"
        rf"(?P<rest>(?!{_PREPOSITION}(?:{WH}|{_AUX})\b).+)",
        asked.follow_up,
    ),
    (
        rf"(?:by )?how (?:much|many) {_MORE}\s*(?P<noun>(?!{_AUX}\b).*?)\s*\b{_AUX} "
        r"(?P<rest>.* than .*)",
        asked.how_much_more,
    ),
    (rf"{_PREPOSITION}how many (?P<noun>.+?) (?P<aux>{_AUX}) {_REST}", asked.how_many),
    (rf"{_PREPOSITION}how many (?P<noun>.+)(?P<aux>)(?P<rest>)", asked.how_many),
    (
        r"(?:by |to |for |at )?"
        r"(?:how much|what (?P<percent>percentage|percent|margin|amount|extent)) "
        rf"(?P<aux>{_AUX}) {_REST}",
        asked.amount,
    ),
    (
        rf"(?:at|for) what (?P<noun>(?:\w+ )?(?:price|cost|value)\b.*?) {_AUX} {_REST}",
        asked.how_much,
    ),
    (
        r"(?:what|which|how (?:large|big) a) (?:percentage|share|proportion|percent|part) of "
        rf"(?P<noun>.+?) {_AUX} {_REST}",
        asked.share,
    ),
    (rf"(?:for )?how much (?P<noun>.+?) {_AUX} {_REST}", asked.how_much),
    (rf"how much(?P<aux>)(?P<percent>) {_REST}", asked.amount),
    (rf"(?:for )?how {_SIZE}(?: (?P<aux>{_AUX}))? {_REST}", asked.length),
    (rf"(?:in what way|by what means|how)(?: {_AUX}| to)? {_REST}", asked.how),
    (
        r"(?:(?:explain|describe) (?:the reasons? )?)?(?:why|for what reason|for which reason)"
        rf"(?: {_AUX})? {_REST}",
        asked.why,
    ),
    (
        rf"(?P<wh>when|{_PREPOSITION}(?:what|which) (?:time|date|day|month|year))"
        rf"(?: {_AUX})? {_REST}",
        asked.when,
    ),
    (
        rf"(?:what|which) (?:rank|ranking|place) {_AUX} (?P<rest>.+?) "
        r"(?:rank|hold|occupy|take|have|in)\b(?P<more>.*)",
        asked.rank,
    ),
    (rf"{_PREPOSITION}(?:where|(?:what|which) place)(?: {_AUX})? {_REST}", asked.where),
    (
        rf"(?:what|which) (?:position|post|title|office|role|job) {_AUX} (?P<rest>.+?) "
        r"(?:hold|have|take|occupy)(?P<more>.*)",
        asked.office,
    ),
    (rf"(?:by whom {_AUX} (?P<rest>.+)|who {_AUX} (?P<end>.+) by)", asked.agent),
    (rf"who {_BE} {_REST}", asked.who_is),
    (rf"{_PREPOSITION}whom? (?:did|do|does|has|have|will|can) {_REST}", asked.whom),
    (rf"who {_REST}", asked.who),
    (rf"whose {_REST}", asked.whose),
    (
        r"what (?:(?:does|do|did) (?P<rest>.+?) (?:mean|stand for|refer to)|"
        rf"{_BE} meant by (?P<end>.+))",
        asked.meaning,
    ),
    (
        rf"(?:what|which)(?: (?P<noun>\w+))? {_AUX} (?:the )?{_MORE}\s*(?P<rest>.*?)"
        r"(?:[,:]\s*(?P<things>.+))?",
        asked.which_more,
    ),
    (rf"what {_BE} the (?:difference|gap) (?:in|of|between) {_REST}", asked.difference),
    (rf"what (?P<aux>{_BE}) {_REST}", asked.what_is),
    (rf"what (?:did|do|does|has|have|will|can|could|should) {_REST}", asked.what_does),
    (
        rf"{_PREPOSITION}(?:what|which) (?:of the )?(?P<noun>.+?) (?P<aux>{_AUX})(?: {_REST})?",
        asked.which,
    ),
    (rf"{_PREPOSITION}(?:what|which) (?:of the )?{_REST}", asked.which_acts),
    (
        rf"(?:list|name|enumerate|give(?: me)?|state|show me) (?:all )?(?:of )?{_REST}",
        asked.list_of,
    ),
    (rf"compare {_REST}", asked.compared),
    (rf"(?P<aux>{_AUX}) (?P<rest>.+?) {_MORE}(?P<what>.*?) than (?P<base>.+)", asked.is_more),
    (rf"(?P<aux>{_AUX}) {_REST}", asked.yes_no),
)
_PATTERNS = [(re.compile(form, re.IGNORECASE), read) for form, read in _FORMS]


def restate(question: str) -> str:
    """An English question as a Chinese one; any other text as it is.

    >>> restate("What was the GDP of Shenyang in 2020?")
    '沈阳2020年生产总值是多少'
    """
    if not is_english(question):
        return question
    clauses = (_clause(part) for part in _CLAUSES.split(plain(question)))
    return "，".join(clause for clause in clauses if clause)


def _clause(text: str) -> str:
    follows = re.fullmatch(
        rf"(?i)(?:and|but|so),? (?P<rest>{_PREPOSITION}(?:{WH}|{_AUX})\b.+)", text
    )
    text = follows["rest"] if follows else text
    for form, order in _INDIRECT:
        indirect = re.fullmatch(form, text, re.IGNORECASE)
        if indirect:
            text = order.format(**indirect.groupdict())
            break
    for pattern, read in _PATTERNS:
        found = pattern.fullmatch(text)
        if found:
            return read(found)
    return render(arrange(tokens(text)))
