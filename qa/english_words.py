"""An English question taken apart: places, periods, numbers, glossary terms, unknown names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.period import TimeSpan, find_periods, label
from index.places import english_places
from qa.glossary import ARTICLES, match

# Word tables: what has no term of its own in the glossary.
_AUXILIARIES = """
    is are was were be been being am did does do done has have had having will would can could
    shall should may might must there 's
"""
_PREPOSITIONS = """
    of in on at for from by with to into within during under between among amongst across through
    about than as via after before since until till towards toward around near upon onto out
    against per over inside outside
"""
_SILENT = """
    who whom whose which that i you we us our your my me so just then any such please when where
    while but
"""
_PRONOUNS = """
    he:他 him:他 his:他的 she:她 her:她的 it:它 its:其 they:他们 them:他们 their:其 this:该
    these:这些 those:这些 and:和 or:或 &:和 what:什么 also:也 if:如果 how:如何 why:为什么
"""
_NUMERALS = """
    one:一 two:两 three:三 four:四 five:五 six:六 seven:七 eight:八 nine:九 ten:十 eleven:十一
    twelve:十二
"""


def _table(pairs: str) -> dict[str, str]:
    return dict(pair.split(":", 1) for pair in pairs.split())


AUXILIARIES = frozenset(_AUXILIARIES.split())
PREPOSITIONS = frozenset(_PREPOSITIONS.split())
PRONOUNS = _table(_PRONOUNS) | dict.fromkeys(_SILENT.split(), "")
NUMERALS = _table(_NUMERALS)
_MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
_WORD = r"[A-Za-z0-9]*[A-Za-zÀ-ɏ](?:[A-Za-z0-9À-ɏ]|['’&](?=[A-Za-z]))*"
_PIECES = re.compile(
    rf"(?P<quote>[“\"「《][^”\"」》]*[{_HAN}\d+][^”\"」》]*[”\"」》])"
    rf"|(?P<han>[{_HAN}][{_HAN}\d·（）()]*)"
    r"|(?P<ordinal>\d+(?:st|nd|rd|th)\b)"
    rf"|(?P<word>{_WORD})"
    r"|(?P<number>\d[\d,.]*\d%?|\d%?)"
    r"|(?P<joint>[&+/])|(?P<comma>[,;:，；：])"
)
_FUNCTION = re.compile(
    r"\b(?:what|who|whom|whose|when|where|why|how|which|the|of|and|is|are|was|were|did|does|do|"
    r"in|about|list|name|tell|has|have)\b",
    re.IGNORECASE,
)
WH = r"(?:what|how|who|whom|whose|when|where|why|which)"
_TIDY = tuple(
    (re.compile(pattern, re.IGNORECASE), replacement)
    for pattern, replacement in (
        (r"\bco\.?,? ?ltd\b\.?", "Co Ltd"),
        (rf"\b({WH})['’]s\b", r"\1 is"),
        (r"\b(is|are|was|were|do|does|did|has|have)n['’]t\b", r"\1 not"),
        (r"\b(?:an?|each|every) (year|month|day|week|hour)\b(?! ago)", r"per \1"),
        (r"\s+(?:versus|vs\.?)\s+", " and "),
    )
)
_POLITE = re.compile(
    r"(?:(?:please|kindly|hello|hi|so|well|ok|okay|now|then)\b[,\s]*)*"
    r"(?:(?:can|could|would|will) you (?:please )?(?=tell|show|list|name|let|explain|give|find)|"
    r"i(?:['’]d| would)? (?:like|want) to (?=know))?"
    r"(?:(?:tell|show) (?:me|us),? (?:about )?|let me know,? |do you know |know |find out |"
    r"i wonder )?",
    re.IGNORECASE,
)
_FRONTED = re.compile(
    rf"(?P<frame>(?:in|for|during|at|by|as|according|since|on|of|from)\b[^,]*),\s*"
    rf"(?P<question>(?:(?:by|in|to|from|on|at|of) )?{WH}\b.*|"
    r"(?:did|do|does|is|are|was|were|has)\b.*)",
    re.IGNORECASE,
)
_DETERMINED = re.compile(
    r"(?:\b(?:(?:the|an?|its|their|his|her|this)|['’]s)\s|[\"“])"
    r"(?:(?:two|three|four|five|six|seven|eight|nine|ten|main|major|key|total|\d+)\s)?$",
    re.IGNORECASE,
)
_INFLECTED = re.compile(r"(?:ed|ing)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a question.

    `kind` is one of place, period, number, numeral (in words), noun, verb, adverb, preposition,
    auxiliary, pronoun, latin (unknown), quote, comma, question. `text` is the piece as it stands in
    the Chinese question; a preposition's and an auxiliary's is the English word. `source` is the
    English surface, `start` its offset.
    """

    kind: str
    text: str
    source: str
    start: int = -1


def is_english(text: str) -> bool:
    """Whether a question is put in English: Latin words, and at most a Chinese name among them."""
    words = re.findall(r"[A-Za-z]{2,}", text)
    if not re.search(rf"[{_HAN}]", text):
        return any(not word.isupper() for word in words)
    # "GDP of 清远" is English, "GDP是多少" is not: function words decide, and Chinese ones refuse.
    return bool(_FUNCTION.search(text)) and not re.search("是|多少|什么|吗|呢|的|谁|哪", text)


def plain(question: str) -> str:
    """The question without greeting, politeness and final mark, and with its frame at the end.

    "Please tell me, in 2020, what's the GDP?" -> "what is the GDP in 2020"
    """
    text = re.sub(r"\s+", " ", question).strip().rstrip("?？.!。 ")
    for pattern, replacement in _TIDY:
        text = pattern.sub(replacement, text)
    asked = _POLITE.sub("", text, count=1).strip()
    if asked and asked != text and re.match(r"(?i)(?:the|its|his|her|their)\b", asked):
        asked = f"what is {asked}"
    text = asked or text
    fronted = _FRONTED.fullmatch(text)
    if fronted:
        frame = fronted["frame"]
        text = f"{fronted['question']} {frame[0].lower()}{frame[1:]}"
    return text


def tokens(text: str) -> list[Token]:
    """The pieces of an English text in order, each number, name and term accounted for."""
    spans = _fixed(text)
    found: list[Token] = []
    at = 0
    for span in spans:
        found += _between(text, at, span.start)
        found.append(span)
        at = span.start + len(span.source)
    return found + _between(text, at, len(text))


def latin_names(question: str) -> list[str]:
    """Runs of capitalised words that neither glossary nor gazetteer knows: ["Zhou Qixian"]."""
    names: list[str] = []
    end = -1
    question = plain(question)
    for token in tokens(question):
        if token.kind != "latin" or not token.source[:1].isupper():
            continue
        if names and re.fullmatch(r"[\s\-]*", question[end : token.start]):
            names[-1] += question[end : token.start] + token.text
        else:
            names.append(token.text)
        end = token.start + len(token.source)
    return names


def _fixed(text: str) -> list[Token]:
    """Places and periods, in order and apart: what is not read word by word."""
    found = [
        Token("period", _period_text(text, span), text[span.start : span.end], span.start)
        for span in find_periods(text)
    ]
    found += [
        Token("place", chinese, text[start:end], start)
        for start, end, chinese in english_places(text)
    ]
    # A year alone after "about" is too little for a grammar of dates, and enough in a question.
    found += [
        Token("period", f"{year[0]}年", year[0], year.start())
        for year in re.finditer(
            r"(?<![\d.,$€£])(?:19|20)\d\d(?![\d%]|[.,]\d)(?!\s*[a-z]+s\b)", text
        )
    ]
    apart: list[Token] = []
    for token in sorted((t for t in found if t.text), key=lambda t: (t.start, -len(t.source))):
        if not apart or token.start >= apart[-1].start + len(apart[-1].source):
            apart.append(token)
    return apart


def _period_text(text: str, span: TimeSpan) -> str:
    """A period's Chinese label, or nothing where the glossary's words for it are as good."""
    surface = text[span.start : span.end]
    years = re.fullmatch(r"(\d{4})\s+(?:and|or)\s+(\d{4})", surface)
    if years and not text[: span.start].rstrip().lower().endswith("between"):
        return f"{years[1]}年和{years[2]}年"
    if span.period is None or span.relative:
        return _undated(surface)
    name = label(span.period)
    before = text[max(0, span.start - 12) : span.start].lower()
    if name.endswith("年12月31日") and re.search(r"\bend\b", f"{before}{surface.lower()}"):
        name = f"{name[:-6]}底"
    if re.match(r"(?:as of|by|until|up to|till)\b", surface.lower()) or re.search(
        r"\b(?:as of|by|until|up to|till)\s*$", before
    ):
        return f"截至{name}"
    if re.match(r"since\b", surface.lower()) or re.search(r"\bsince\s*$", before):
        return f"{name}以来"
    return name


def _undated(surface: str) -> str:
    """A month or day without a year: "April 30" -> "4月30日"; nothing for other expressions."""
    found = re.fullmatch(
        r"(?i)(?P<until>(?:as of|by|until|up to|till)\s+)?(?:the\s+)?"
        r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<month>[a-z]{3})[a-z]*\.?"
        r"(?:\s+(?P<late>\d{1,2})(?:st|nd|rd|th)?)?",
        surface,
    )
    at = _MONTHS.find(found["month"].lower()) if found else -1
    if not found or at % 3:
        return ""
    day = found["day"] or found["late"]
    until = "截至" if found["until"] else ""
    return f"{until}{at // 3 + 1}月" + (f"{day}日" if day else "")


def _between(text: str, start: int, end: int) -> list[Token]:
    """The tokens of a stretch that holds no place and no period."""
    pieces = [
        piece
        for piece in _PIECES.finditer(text, start, end)
        if not (piece.lastgroup == "word" and piece[0].lower() in ARTICLES and piece[0] != "A")
        and piece[0] not in {"s", "’s", "'s"}
    ]
    words = [piece[0].lower().replace("’", "'") for piece in pieces]
    found: list[Token] = []
    at = 0
    while at < len(pieces):
        length, token = _token(text, pieces, words, at)
        found.append(token)
        at += length
    return found


def _token(text: str, pieces: list[re.Match[str]], words: list[str], at: int) -> tuple[int, Token]:
    piece, word = pieces[at], words[at]
    kind = piece.lastgroup or ""
    if kind in ("word", "number", "ordinal"):
        entry = match(words, at)
        alone = entry is not None and entry[0] == 1
        small = word in AUXILIARIES or word in PREPOSITIONS or word in PRONOUNS
        if entry and not (alone and (small or kind != "word")):
            length, term = entry
            source = text[piece.start() : pieces[at + length - 1].end()]
            name = {"v": "verb", "a": "adverb", "t": "period"}.get(term.kind, "noun")
            # "Its plan", "the increase": what stands behind an article in its plain form is a noun.
            before = text[max(0, piece.start() - 14) : piece.start()]
            plainly = _DETERMINED.search(before) and not _INFLECTED.search(source)
            # "Measures for encouraging talent": an act that is named, not done.
            gerund = source.endswith("ing") and at and words[at - 1] in PREPOSITIONS
            if name == "verb" and (plainly or gerund):
                name = "noun"
            return length, Token(name, term.chinese[0], source, piece.start())
    return 1, Token(*_single(kind, word, piece[0]), piece[0], piece.start())


def _single(kind: str, word: str, source: str) -> tuple[str, str]:
    """Kind and Chinese text of a piece that no entry of the glossary begins with."""
    if kind in ("number", "ordinal"):
        return "number", source if kind == "number" else f"第{source[:-2]}"
    if kind in ("quote", "han"):
        return "quote", re.sub(r"^\"(.*)\"$", r"“\1”", source)
    if kind == "comma":
        return "comma", "、"
    word = re.sub(r"'(?:s|d|ll|re|ve|m)$", "", word) if kind == "word" else word
    for name, table in (("auxiliary", AUXILIARIES), ("preposition", PREPOSITIONS)):
        if word in table:
            return name, word
    if word in PRONOUNS:
        return "pronoun", PRONOUNS[word]
    if word in NUMERALS:
        return "numeral", NUMERALS[word]
    return "latin", re.sub(r"['’]s$", "", source) if kind == "word" else source
