"""One clause that asks, taken apart: whose, of when, of what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from index.names import Name, find_names
from index.period import TimeSpan, find_periods, label
from index.records import Period
from index.sentences import is_zone, place_key
from qa.interrogatives import CHANGE_WORD, DURATION, Kind, ask_of, bare_kind, focus_of
from qa.words import content_words, words_within

Operation = Literal[
    "", "each", "difference", "ratio", "share", "sum", "more", "less", "claim", "trend"
]


@dataclass(frozen=True, slots=True)
class Question:
    """One question, taken apart.

    `places` and `periods` are the slots that select; `relative` holds time expressions that only an
    article's date can resolve ("去年"). `words` are the content words of what is left, `body` the
    text that they come from. `unit` is the unit asked for ("亿元", "家", or ""), `focus` the noun
    that the interrogative asks for ("哪家公司" -> "公司"). `names` are all things
    named, `bodies` the organisations among them, `people` the persons. `when` is how the question
    itself says the time. `context` are words that only tell which event is meant ("签约" before
    "总投资是多少"). `parts` are the questions that this one is made of, combined by `operation`.
    `asked` is how a reader is asked, where `text` alone does not say it in full.
    """

    text: str
    kind: Kind
    places: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    relative: tuple[str, ...] = ()
    body: str = ""
    words: tuple[str, ...] = ()
    unit: str = ""
    focus: str = ""
    operation: Operation = ""
    parts: tuple[Question, ...] = ()
    names: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    when: str = ""
    context: tuple[str, ...] = ()
    asked: str = ""

    @property
    def query(self) -> str:
        """What to search for: the slots and the content, without the words that only ask."""
        when = [label(p) for p in self.periods] + list(self.relative)
        return " ".join(filter(None, [*self.places, *when, *self.context, self.body])) or self.text


_BARE_YEAR = re.compile(r"(?<![^\s\u4e00-\u9fff])(?:19|20)\d\d(?!\S)")


@dataclass(frozen=True, slots=True)
class _Slots:
    places: list[Name]
    times: list[TimeSpan]


def _slots(text: str) -> _Slots:
    places = [n for n in find_names(text) if n.kind == "place"]
    times = find_periods(text)
    for bare in _BARE_YEAR.finditer(text):
        if not any(t.start < bare.end() and bare.start() < t.end for t in times):
            period = Period.year(int(bare.group(0)))
            times.append(TimeSpan(bare.start(), bare.end(), period, "year", False))
    return _Slots(places, sorted(times, key=lambda t: t.start))


def read_clause(text: str) -> Question:
    """The question that one clause asks, without parts."""
    stem = text.rstrip("？?。！! ")
    kind, match = ask_of(stem)
    kind = _kind_in_full(stem, kind) if match else bare_kind(stem)
    slots = _slots(stem)
    chosen = _selecting(stem, slots, kind)
    time_spans = [(t.start, t.end) for t in slots.times]
    masked = blanked(stem, [(n.start, n.end) for n in chosen] + time_spans)
    if match is not None and kind != "yesno":
        masked = _without_asking(stem, masked, match)
    body = re.sub(r"\s*的?\s+", " ", masked).strip(" 的，,呢")
    body = _TRAILING.sub("", body) or body
    # The interrogative is no part of a name: "甲是哪家公司" names no company.
    apart = stem if match is None else filled(stem, match.start(), match.end())
    known = [n for n in find_names(apart) if n.kind in _NAMING]
    named = [(n.start, n.end) for n in known]
    named += [m.span() for m in NUMBERED.finditer(blanked(stem, time_spans))]
    words = words_within(stem, masked, [offset for span in named for offset in span])
    # "获批的雏鹰企业，占全市的多少": of what it is a share is asked as well.
    context = () if kind == "share" else _context_words(stem, match, words)
    return Question(
        text=text,
        kind=kind,
        places=tuple(dict.fromkeys(n.text for n in chosen)),
        periods=_asked_periods(stem, slots.times),
        relative=tuple(
            stem[t.start : t.end] for t in slots.times if t.period is None and t.relative
        ),
        body=body,
        words=tuple(w for w in words if w not in context) + _change_asked(kind, match, body),
        context=context,
        unit=_unit_asked(kind, match),
        focus=focus_of(stem, match, kind) if match else "",
        names=tuple(stem[start:end] for start, end in named),
        bodies=tuple(n.text for n in known if n.kind == "org"),
        people=tuple(n.text for n in known if n.kind == "person"),
        when="".join(stem[t.start : t.end] for t in slots.times if t.period is not None),
    )


_NAMING = frozenset({"org", "person", "title", "quoted"})


def _kind_in_full(stem: str, kind: Kind) -> Kind:
    """The kind that the interrogative asks for, seen with what else the clause says."""
    if kind == "who" and _SEVERAL.search(stem):
        return "list"
    if kind == "who" and _thing_called(stem):
        return "which"
    if kind == "who" and _WHO_IS.fullmatch(stem) and _is_person(_WHO_IS.sub(r"\1", stem)):
        return "office"
    if kind == "office" and not any(n.kind == "person" for n in find_names(stem)):
        return "definition"  # "某公司是做什么的"
    return kind


def _thing_called(stem: str) -> bool:
    """Whether "叫什么" asks for the name of a thing: a department, a project, not a person."""
    import rjieba

    match = _CALLED.search(stem)
    if match is None:
        return False
    nouns = [word for word, tag in rjieba.tag(match["of"])[-2:] if tag[:1] == "n" or tag == "vn"]
    return bool(nouns) and not _PERSON.search(nouns[-1]) and not _is_person(nouns[-1])


_CALLED = re.compile(
    r"(?P<of>[^，。？]{2,})(?:的?(?:全称|名称|名字|全名|称呼|正式名称))?[又各分别都取]{0,2}(?:叫作?|叫做|名叫|取名)什么(?:名字?)?$"
)
# How nouns of persons, and of beings that have a name like one, end.
_PERSON = re.compile(
    r"(?:人|员|者|长|记|师|生|士|理|任|总|授|家|手|将|友|星|帝|后|兵|民|工|商|童|孩|子|姐|妹|哥|弟|爸|妈"
    r"|父|母|夫|妻|妇|女|男|翁|叔|婆|爷|奶|军|冠|犯|嫌|主|客|宝宝|代表|主播|教练|导演|演员|作者|老板|队长)$"
)


def _unit_asked(kind: Kind, match: re.Match[str] | None) -> str:
    if match is None:
        return ""
    if kind == "figure" and _HOW_LONG.search(match.group(0)):
        return DURATION
    groups = match.groupdict()
    return (groups.get("scale") or "") + (groups.get("unit") or groups.get("unit2") or "")


def _without_asking(stem: str, masked: str, match: re.Match[str]) -> str:
    """The masked clause without its interrogative, but with what "占…的比例" is asked of."""
    masked = blanked(masked, [match.span()])
    if match.groupdict().get("of"):
        start, end = match.span("of")
        masked = masked[:start] + stem[start:end] + masked[end:]
        tail = _HOW_LARGE.search(masked)
        masked = blanked(masked, [tail.span()]) if tail else masked
    return masked


_HOW_LARGE = re.compile(r"(?:是|为|有|达到?)?(?:多少|多大|多高|几成)\s*$")


def _change_asked(kind: Kind, match: re.Match[str] | None, body: str) -> tuple[str, ...]:
    """The word of change that stands in the interrogative itself: "增长多少"."""
    word = CHANGE_WORD.search(match.group(0)) if match and kind == "rate" else None
    return (word.group(0),) if word and word.group(0) not in body else ()


def _asked_periods(stem: str, times: Sequence[TimeSpan]) -> tuple[Period, ...]:
    """The periods asked for, each once.

    "2019年底" asks for the stock that closes the year, which newspapers state for the year; a
    period within another one beside it is the narrower choice ("2020年1-6月…全年计划").
    """
    found: dict[Period, None] = {}
    for time in times:
        period = time.period
        if period is None:
            continue
        if _YEAR_END.search(stem[time.start : time.end]):
            period = Period.year(period.end.year)
        found[period] = None
    if _COMPARING.search(stem):
        return tuple(found)
    return tuple(p for p in found if not any(p != q and p.contains(q) for q in found))


_YEAR_END = re.compile(r"年(?:末|底|终)")
_COMPARING = re.compile(r"(?<![同环占])比|较|相差|差|分别|各|和|与|到|至|合计|一共|总共")


def _context_words(
    stem: str, match: re.Match[str] | None, words: tuple[str, ...]
) -> tuple[str, ...]:
    """The words of clauses in front of the one that asks: they say of what, not what."""
    comma = max(stem.rfind(c, 0, match.start()) for c in "，,") if match else -1
    if comma < 0:
        return ()
    if _is_topic(stem[:comma], stem[comma + 1 :]):
        return ()
    asking = set(content_words(stem[comma:]))
    return tuple(w for w in words if w not in asking) if asking & set(words) else ()


def _is_topic(before: str, behind: str) -> bool:
    """Whether a clause is the owner of the measure behind it: "甲合设的基金，总规模是多少"."""
    import rjieba

    owner, measure = rjieba.tag(before)[-1:], rjieba.tag(behind)[:2]
    noun = bool(owner) and owner[0][1][:1] == "n" and "的" in before
    return noun and bool(measure) and measure[-1][1] in _THINGS and measure[0][1] in _THINGS


_THINGS = frozenset({"n", "vn", "b", "an", "nz"})


# What tells one of its kind from the others: "3号线", "2022届", "第三小学".
NUMBERED = re.compile(
    r"第?[\d一二三四五六七八九十]+(?:号线|号楼|号馆|号店|号院|号|届|分店|分公司|分校|小学|中学|医院|院区|标段)"
)
# A bare "广西" may be part of a longer name ("广西城市大脑"); "广西壮族自治区" and "佛山市" select.
_ADMINISTRATIVE = ("省", "市", "县", "州", "盟", "自治区", "特别行政区", "镇", "乡")
# What a question says between the thing asked about and its interrogative.
_TRAILING = re.compile(
    r"(?:里面?|(?<!其)中|当中|之中|一共|总共|共|合计|累计|大约|大概|约|已经|已|总计|具体|究竟|到底|各自|分别)?"
    r"(?:完成|达到?|实现|为|有|是|占|排名?|位居|位列|居|姓甚名|叫)?了?$"
)


def _selecting(stem: str, slots: _Slots, kind: Kind) -> list[Name]:
    """The places that select whose answer is wanted; others are content ("湖北籍员工").

    A zone always selects. A city or province does so where a figure or an office is asked for and
    the question begins with it.
    """
    zones = [n for n in slots.places if is_zone(n.text)]
    if zones:
        return zones
    cities = [
        n for n in slots.places if not place_key(n.text)[1] and n.text.endswith(_ADMINISTRATIVE)
    ]
    if kind not in {"figure", "rate", "share", "rank", "who"} or not cities:
        return []
    first = cities[0]
    before = blanked(stem, [(t.start, t.end) for t in slots.times])[: first.start]
    if before.strip(" 的，,在"):
        return []
    joined = [first]
    for name in cities[1:]:
        if re.fullmatch(
            r"(?:市|省)?[、和与跟及比较]+(?:去年|上年)?", stem[joined[-1].end : name.start]
        ):
            joined.append(name)
    return joined


def _is_person(text: str) -> bool:
    return any(n.kind == "person" and n.start == 0 for n in find_names(f"{text}说，"))


_WHO_IS = re.compile(r"(.{2,4})(?:是谁|是什么人|何许人也?)")
_HOW_LONG = re.compile(r"多长时间|多少时间|多久$")
_SEVERAL = re.compile(
    r"(?:(?:[两二三四五六七八九十几]|\d+)[方者人位家个]|都有|有哪|分别|各方)[^，]{0,4}(?:是|有|为|叫)?(?:谁|哪|什么)"
)


def filled(text: str, start: int, end: int) -> str:
    """The text with a span turned into commas, so that no name reaches over it."""
    return text[:start] + "，" * (end - start) + text[end:]


def blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with spans turned into blanks; offsets stay."""
    chars = list(text)
    for start, end in spans:
        chars[start:end] = " " * (end - start)
    return "".join(chars)


def same_place(a: str, b: str) -> bool:
    """Whether two names are of the same place: "清远高新区" and "清远国家高新区" are."""
    return place_key(a) == place_key(b)
