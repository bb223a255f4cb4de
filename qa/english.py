"""English questions restated in Chinese, for a reader of Chinese articles; no language model.

The Chinese is that of a question, not of a translator: place, period, content, interrogative, in
the newspapers' own terms. A word that nobody knows stays as it is, so that what is not understood
stays visible, and a name in Latin letters can be matched against Chinese names by its sound.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from qa.declarative import state
from qa.english_order import arrange, classifier, render, unit, verb_place
from qa.english_words import NUMERALS, Token, is_english, latin_names, tokens
from qa.glossary import synonyms
from qa.pinyin import find_pinyin, matches_pinyin

__all__ = [
    "find_pinyin",
    "is_english",
    "latin_names",
    "matches_pinyin",
    "restate",
    "state",
    "synonyms",
]

_BE = r"(?:is|are|was|were)"
_AUX = (
    r"(?:is|are|was|were|did|do|does|has|have|had|will|would|can|could|should|may|must|'s|’s)"
)
_POLITE = re.compile(
    r"^(?:(?:please|kindly|hello|hi|so|well|ok|okay|now|then)\b[,\s]*)*"
    r"(?:(?:can|could|would|will)\s+you\s+(?:please\s+)?|"
    r"i(?:'d|\s+would)?\s+(?:like|want)\s+to\s+(?=know))?"
    r"(?:(?:tell|show)\s+(?:me|us)\s+|let\s+me\s+know\s+|do\s+you\s+know\s+|know\s+|"
    r"find\s+out\s+|i\s+wonder\s+)?(?:about\s+)?",
    re.IGNORECASE,
)
_INDIRECT = re.compile(
    rf"^(?P<wh>what|who|where|when)\s+(?P<subject>(?!{_AUX}\b).+?)\s+(?P<be>{_BE})\b(?P<rest>.*)$",
    re.IGNORECASE,
)
_CLAUSES = re.compile(
    r"\s*[,;]?\s+and\s+(?=(?:by\s+)?(?:what|how|who|when|where|why|which)\b)", re.IGNORECASE
)
_MEASURE = re.compile(
    "(?:值|率|量|额|收入|利润|利税|产值|投资|规模|价格|均价|面积|人口|GDP|CPI|数|数量|总数|产能|金额|"
    "支出|营收|余额|资金|成本|费用|资本|占比|比重|比例|增速|增幅|票房|里程|时限|寿命|年龄|长度|高度|"
    "重量|速度|时速|气温|温度|深度|宽度|距离|租金|工资|补贴|奖金|预算|债务|资产|就业|能耗|排放|学费)$"
)
_LENGTHS = {
    "long": "多长时间",
    "old": "多大年龄",
    "far": "多远",
    "often": "多久一次",
    "large": "多大",
    "big": "多大",
    "high": "多高",
    "tall": "多高",
    "deep": "多深",
    "wide": "多宽",
    "heavy": "多重",
    "fast": "多快",
    "soon": "多久",
}
_MORE = {
    "less": "少",
    "fewer": "少",
    "lower": "低",
    "smaller": "小",
    "higher": "高",
    "larger": "大",
    "bigger": "大",
}

Part = list[Token]


def restate(question: str) -> str:
    """An English question as a Chinese one; any other text as it is.

    >>> restate("What was the GDP of Shenyang in 2020?")
    '沈阳2020年生产总值是多少'
    """
    if not is_english(question):
        return question
    text = _tidy(question)
    return "，".join(filter(None, (_clause(part) for part in _CLAUSES.split(text))))


def _tidy(question: str) -> str:
    text = re.sub(r"\s+", " ", question).strip().rstrip("?？.!。 ")
    text = re.sub(r"(?i)\bco\.?,? ?ltd\b\.?", "co ltd", text)
    text = re.sub(r"(?i)\b(what|who|where|when|how)['’]s\b", r"\1 is", text)
    text = re.sub(r"(?i)\b(is|are|was|were|do|does|did|has|have)n['’]t\b", r"\1 not", text)
    return text.replace(" versus ", " and ").replace(" vs. ", " and ")


def _clause(text: str) -> str:
    text = _POLITE.sub("", text, count=1).strip() or text
    indirect = _INDIRECT.match(text)
    if indirect and not re.match(r"(?i)(?:percentage|share|proportion|kind|type)\b", indirect[2]):
        direct = f"{indirect['wh']} {indirect['be']} {indirect['subject']}{indirect['rest']}"
        # "What company is X owned by" is a question already, "what the output of X was" is not.
        if re.match(r"(?i)(?:the|its|his|her|their)\b", indirect["subject"]):
            text = direct
    for pattern, read in _PATTERNS:
        found = pattern.match(text)
        if found:
            return read(found)
    return render(_arranged(text))


def _arranged(text: str) -> Part:
    return arrange(tokens(text))


def _word(text: str) -> Token:
    return Token("question", text, "")


def _after_subject(text: str, word: str, otherwise: str) -> str:
    """The clause with an adverb (什么时候) behind its subject, or `otherwise` at its end."""
    read = [token for token in tokens(text)]
    found = arrange(read)
    place = verb_place(read, found)
    if place is None:
        return render([*found, _word(otherwise)])
    return render([*found[:place], _word(word), *found[place:]])


def _follow_up(found: re.Match[str]) -> str:
    return render([*_arranged(found["rest"]), _word("呢")])


def _how_much_more(found: re.Match[str]) -> str:
    """"How much higher was X in 2024 than in 2019" as "2024年X比2019年高多少"."""
    left, _, right = found["rest"].partition(" than ")
    noun = found["noun"] or ""
    more = _MORE.get(found["more"].lower(), "多")
    first = render([*_arranged(left), *_arranged(noun)])
    if not right:
        return f"{first}{more}多少"
    return f"{first}比{render(_arranged(right))}{more}多少"


def _how_many(found: re.Match[str]) -> str:
    """The counted thing goes behind what is said of it: "清远签约项目多少个"."""
    said = found["rest"] or ""
    counted = tokens(found["noun"])
    verb = next((at for at, token in enumerate(counted) if token.kind == "verb"), None)
    if not found["rest"] and verb:
        counted, rest = counted[:verb], counted[verb:]
    else:
        rest = tokens(re.sub(r"(?i)^there\b", "", said))
    if rest and rest[-1].source.lower() in {"have", "has", "had", "own", "there"}:
        rest = rest[:-1]
    return _counted(rest, counted)


def _counted(rest: Sequence[Token], counted: Sequence[Token]) -> str:
    things = arrange([t for t in counted if t.source.lower() not in {"of", "more", "other"}])
    content = arrange(rest)
    if len(rest) > 0 and rest[-1].kind == "preposition":
        content = arrange(rest[:-1])
    # "Signed projects" may stand in the glossary in one piece: do not say it twice.
    names = "".join(token.text for token in things if token.kind != "period")
    measured = unit(names)
    if measured:
        periods = [token for token in things if token.kind == "period"]
        return render([*content, *periods, _word(f"多少{measured}")])
    return render([*content, *things, _word(f"多少{classifier(names)}")])


def _amount(found: re.Match[str]) -> str:
    rest = re.sub(r"(?i)^(?:there|it)\b", "", found["rest"])
    percent = "percent" in found[0].lower()[:24]
    if found["be"] and re.match(_BE, found["be"].lower()):
        return _what_is(rest, found["be"], "是多少")
    return render([*_arranged(rest), _word("百分之多少" if percent else "多少")])


def _share(found: re.Match[str]) -> str:
    return render([*_arranged(found["rest"]), *_arranged(found["noun"]), _word("占比多少")])


def _length(found: re.Match[str]) -> str:
    ending = _LENGTHS[found["size"].lower()]
    return render([*_arranged(found["rest"]), _word(ending)])


def _how(found: re.Match[str]) -> str:
    return _after_subject(found["rest"], "如何", "怎么样")


def _why(found: re.Match[str]) -> str:
    return _after_subject(found["rest"], "为什么", "的原因是什么")


def _when(found: re.Match[str]) -> str:
    asked = re.sub(r"(?i)^(?:(?:at|in|on|since)\s+)?(?:what|which)\s+", "", found["wh"]).lower()
    word = {"year": "哪一年", "month": "哪个月", "day": "哪天", "date": "哪天"}.get(
        asked, "什么时候"
    )
    return _after_subject(found["rest"], word, f"是{word}")


def _where(found: re.Match[str]) -> str:
    rest = re.sub(r"(?i)\s+(?:located|based|situated|found|from|at|in|to)$", "", found["rest"])
    ranked = re.match(r"(?i)(.*)\brank(?:s|ed)?\b(.*)", rest)
    if ranked:
        return render([*_arranged(f"{ranked[1]} {ranked[2]}"), _word("排名第几")])
    return _after_subject(rest, "在哪里", "在哪里")


def _who_is(found: re.Match[str]) -> str:
    read = tokens(found["rest"])
    if read and read[0].kind == "verb":
        return render([_word("谁"), *arrange(read)])
    return render([*arrange(read), _word("是谁")])


def _who(found: re.Match[str]) -> str:
    return render([_word("谁"), *_arranged(found["rest"])])


def _whom(found: re.Match[str]) -> str:
    return render([*_arranged(found["rest"]), _word("谁")])


def _agent(found: re.Match[str]) -> str:
    return _after_subject(found["rest"], "由谁", "由谁负责")


def _whose(found: re.Match[str]) -> str:
    return render([_word("谁的"), *_arranged(found["rest"])])


def _meaning(found: re.Match[str]) -> str:
    return render([*_arranged(found["rest"]), _word("是什么意思")])


def _rank(found: re.Match[str]) -> str:
    return render([*_arranged(found["rest"]), _word("排名第几")])


def _list(found: re.Match[str]) -> str:
    return render([*_arranged(found["rest"]), _word("有哪些")])


def _compare(found: re.Match[str]) -> str:
    return render([*_arranged(found["rest"]), _word("比较")])


def _which_more(found: re.Match[str]) -> str:
    """"Which had more X in 2020, A or B" as "A和B2020年哪个X更多"."""
    things = [
        Token(t.kind, "和", t.source) if t.text == "或" else t
        for t in _arranged(found["things"] or "")
    ]
    degree = _MORE.get(found["more"].lower(), "多")
    said = _arranged(found["rest"] or "")
    return render([*things, _word("哪个"), *said, _word(f"更{degree}")])


def _difference(found: re.Match[str]) -> str:
    return render([*_arranged(found["rest"]), _word("相差多少")])


def _what_is_match(found: re.Match[str]) -> str:
    return _what_is(found["rest"], found["be"], "")


def _what_is(rest: str, be: str, ending: str) -> str:
    """Value, list or definition: what is asked for decides between 多少, 哪些 and 什么."""
    number = re.match(r"(?i)(?:the\s+)?(?:total\s+|overall\s+)?number\s+of\s+(.+)$", rest)
    if number:
        head = re.split(r"(?i)\s(?=(?:of|in|at|by|from|for|during|as of)\b)", number[1], maxsplit=1)
        return _counted(tokens(head[1] if len(head) > 1 else ""), tokens(head[0]))
    called = re.match(r"(?i)(.+?)\s+(?:called|named)$", rest)
    if called:
        return render([*_arranged(called[1]), _word("叫什么")])
    read = tokens(rest)
    found = arrange(read)
    named = [token for token in found if token.kind not in ("period", "adverb") and token.text]
    head = named[-1] if named else None
    if ending or head is None:
        return render([*found, _word(ending or "是什么")])
    if head.text == "职务":
        return render([t for t in found if t is not head] + [_word("是什么职务")]).replace("的是", "是")
    if any(token.kind == "verb" for token in named) and head.kind == "verb":
        return render([*found, _word("什么")])
    if _MEASURE.search(head.text) and not _several(read):
        return render([*found, _word("是多少")])
    plural = be.lower() in ("are", "were") or _several(read)
    return render([*found, _word("有哪些" if plural else "是什么")])


def _several(read: Sequence[Token]) -> bool:
    """Whether a number word says that a list is asked for ("the four leading industries")."""
    return any(token.kind == "numeral" and token.source.lower() != "one" for token in read)


def _which(found: re.Match[str]) -> str:
    """"Which company is X a subsidiary of" and its kin: 哪家公司 stands where its answer would."""
    noun, rest, aux = found["noun"], found["rest"] or "", (found["aux"] or "").lower()
    said = tokens(rest)
    asked = [_word(_which_word(noun)), *arrange([t for t in tokens(noun) if t.kind != "numeral"])]
    of = re.match(r"(?i)(?P<subject>.+?)\s+(?:a|an|the)\s+(?P<role>.+?)\s+(?:of|for|in)$", rest)
    if re.match(_BE, aux) and of:
        subject, role = _arranged(of["subject"]), _arranged(of["role"])
        return render([*subject, _word("是"), *asked, _word("的"), *role])
    if said and said[-1].kind == "preposition":
        said = said[:-1]
    if re.match(_BE, aux) and said and said[0].kind not in ("verb", "preposition"):
        owned = [token for token in said if token.kind == "verb"]
        return render([*(arrange(said) if owned else asked), *_linked(said, asked, bool(owned))])
    if not aux or re.match(_BE, aux) or aux in ("has", "have", "had", "will", "can"):
        if not aux or not said or said[0].kind == "verb":
            return render([*asked, *arrange(said)])
    return render([*arrange(said), *asked])


def _linked(said: Sequence[Token], asked: Part, owned: bool) -> Part:
    return asked if owned else [_word("是"), *arrange(said)]


def _which_noun(found: re.Match[str]) -> str:
    """"Which company built X": the noun ends where the verb begins."""
    read = tokens(found["rest"])
    verb = next((at for at, token in enumerate(read) if token.kind == "verb" and at), None)
    if verb is None:
        return render([_word(_which_word(found["rest"])), *arrange(read)])
    source = " ".join(token.source for token in read[:verb])
    noun = [token for token in read[:verb] if token.kind != "numeral"]
    return render([_word(_which_word(source)), *arrange(noun), *arrange(read[verb:])])


def _which_word(noun: str) -> str:
    """哪家, 哪个, 哪些, 哪四个: by the noun and its number."""
    read = tokens(noun)
    count = next((t for t in read if t.kind == "numeral"), None)
    names = "".join(token.text for token in read if token.kind in ("noun", "latin"))
    if count:
        return f"哪{NUMERALS[count.source.lower()]}{classifier(names)}"
    last = read[-1].source.lower() if read else ""
    if last.endswith("s") and not last.endswith("ss"):
        return "哪些"
    return f"哪{classifier(names)}"


def _what_does(found: re.Match[str]) -> str:
    rest = re.sub(r"(?i)\s+(?:do|done)$", " do", found["rest"])
    if rest.endswith(" do"):
        return render([*_arranged(rest[:-3]), _word("做什么")])
    return render([*_arranged(rest), _word("什么")])


def _what(found: re.Match[str]) -> str:
    return render([_word("什么"), *_arranged(found["rest"])])


def _yes_no(found: re.Match[str]) -> str:
    if re.match(_BE, found["aux"].lower()):
        noun = re.match(r"(?i)(?P<subject>.+?)\s+(?:a|an|the)\s+(?P<role>.+)$", found["rest"])
        if noun and not any(t.kind in ("verb", "preposition") for t in tokens(noun["subject"])):
            subject, role = _arranged(noun["subject"]), _arranged(noun["role"])
            return render([*subject, _word("是"), *role, _word("吗")])
    return render([*_arranged(found["rest"]), _word("吗")])


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{text})$", re.IGNORECASE)


_REST = r"(?P<rest>.+)"
_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_pattern(rf"(?:and |but |so |then )?(?:what|how) about {_REST}"), _follow_up),
    (
        _pattern(
            r"(?:and|but)\s+(?:(?:in|for|of|at|during)\s+)?(?P<rest>(?!(?:by|to|from|in|on|at)?\s*"
            rf"(?:what|how|who|when|where|why|which|{_AUX})\b).+)"
        ),
        _follow_up,
    ),
    (_pattern(rf"(?:and|but)\s+{_REST}"), lambda found: _clause(found["rest"])),
    (
        _pattern(
            r"(?:by )?how (?:much|many) (?P<more>more|less|fewer|higher|lower|greater|larger|"
            rf"smaller|bigger)\b\s*(?P<noun>(?!{_AUX}\b).*?)\s*\b{_AUX}\s+"
            r"(?P<rest>.*\sthan\s.*)"
        ),
        _how_much_more,
    ),
    (
        _pattern(rf"(?:(?:in)?to|from|by|for|in|at|with|of)?\s*how many (?P<noun>.+?) {_AUX} {_REST}"),
        _how_many,
    ),
    (_pattern(r"(?:from |by |for |in )?how many (?P<noun>.+)(?P<rest>)"), _how_many),
    (
        _pattern(
            r"(?:by |to )?(?:how much|what (?:percentage|percent|margin|amount|extent)) "
            rf"(?P<be>{_AUX}) {_REST}"
        ),
        _amount,
    ),
    (
        _pattern(
            r"(?:what|which|how large a|how big a) (?:percentage|share|proportion|percent|part) of "
            rf"(?P<noun>.+?) (?:{_AUX}) {_REST}"
        ),
        _share,
    ),
    (_pattern(rf"(?:for )?how much (?P<noun>.+?) {_AUX} {_REST}"), _how_many),
    (_pattern(r"how much(?P<be>) (?P<rest>.+)"), _amount),
    (_pattern(rf"(?:for )?how (?P<size>{'|'.join(_LENGTHS)})\b(?: {_AUX})? {_REST}"), _length),
    (_pattern(rf"(?:in what way|by what means|how)(?: {_AUX}| to)? {_REST}"), _how),
    (_pattern(rf"(?:why|for what reason|for which reason)(?: {_AUX})? {_REST}"), _why),
    (_pattern(rf"(?:explain|describe) (?:the reasons? )?why(?: {_AUX})? {_REST}"), _why),
    (
        _pattern(
            r"(?P<wh>when|(?:(?:at|in|on|since) )?(?:what|which) (?:time|date|day|month|year))"
            rf"(?: {_AUX})? {_REST}"
        ),
        _when,
    ),
    (_pattern(rf"(?:in |at |to |from )?(?:where|what place|which place)(?: {_AUX})? {_REST}"), _where),
    (_pattern(rf"(?:what|which) (?:rank|ranking|position) (?:{_AUX}) (?P<rest>.+?) "
              r"(?:rank|hold|occupy|take|have)(?:\s+.*)?"), _rank),
    (_pattern(rf"by whom {_AUX} {_REST}"), _agent),
    (_pattern(rf"who {_AUX} (?P<rest>.+?) by"), _agent),
    (_pattern(rf"who {_BE} {_REST}"), _who_is),
    (_pattern(rf"(?:with |to |from |for )?whom? (?:did|do|does|has|have|will|can) {_REST}"), _whom),
    (_pattern(rf"who {_REST}"), _who),
    (_pattern(rf"whose {_REST}"), _whose),
    (_pattern(rf"what (?:does|do|did) (?P<rest>.+?) (?:mean|stand for|refer to)"), _meaning),
    (_pattern(rf"what {_BE} meant by {_REST}"), _meaning),
    (
        _pattern(
            rf"(?:what|which)(?: \w+)? (?:{_AUX}) (?:the )?(?P<more>more|higher|lower|larger|"
            r"bigger|greater|smaller|less|fewer)\b\s*(?P<rest>.*?)(?:[,:]\s*(?P<things>.+))?"
        ),
        _which_more,
    ),
    (_pattern(rf"what {_BE} the (?:difference|gap) (?:in|of|between) {_REST}"), _difference),
    (_pattern(rf"what (?P<be>{_BE}) {_REST}"), _what_is_match),
    (_pattern(rf"what (?:did|do|does|has|have|will|can|could|should) {_REST}"), _what_does),
    (
        _pattern(
            r"(?:(?:at|in|on|from|to|of|by|with|for|under|into) )?(?:what|which) (?:of the )?"
            rf"(?P<noun>.+?) (?P<aux>{_AUX})(?: {_REST})?"
        ),
        _which,
    ),
    (_pattern(rf"(?:(?:at|in|on|from|to|of|by) )?which (?:of the )?{_REST}"), _which_noun),
    (_pattern(rf"what {_REST}"), lambda found: _which_noun(found) if _noun_first(found["rest"]) else _what(found)),
    (_pattern(rf"(?:list|name|enumerate|give(?: me)?|state|show me) (?:all )?(?:of )?{_REST}"), _list),
    (_pattern(rf"compare {_REST}"), _compare),
    (_pattern(rf"(?P<aux>{_AUX}) {_REST}"), _yes_no),
)


def _noun_first(text: str) -> bool:
    read = tokens(text)
    return bool(read) and read[0].kind != "verb"
