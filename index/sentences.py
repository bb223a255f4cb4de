"""Article -> Sentences, each with whom it speaks of and when, where it does not say so itself.

A newspaper names its subject and its year once and then says "园区", "该公司", "同期" or nothing at
all. Every sentence therefore carries what is in force at its beginning.
"""

from __future__ import annotations

import functools
import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.names import Name, aliases, find_names, zone_key
from index.period import TimeSpan, find_periods
from index.records import Article, Block, BlockKind, Period
from index.split import stripped

# A sentence ends with its stop and whatever closes behind it. A full stop of an English sentence
# is one only before white space and a capital: "3.5" and "e.g. this" are none.
_END = re.compile(
    r"[。！？!?]+[”’\"』」）)】》]*|(?<=[A-Za-z)”\"])\.(?=\s+[A-Z“\"])|(?<=\d)\.(?=\s+[A-Z“\"])|…{2,}[”’]?"
)
# A place behind one of these is compared with, counted in or travelled to: not whose figure it is.
_NOT_TOPIC = re.compile(
    r"(?:占|占全|较|比|超过|高于|低于|居|从|自|来自|前往|赴|返回|抵达|与|向|往|到|联合|位于|地处|毗邻|"
    r"辐射|面向|列|评为|享誉|出口|销往|除|除了|贯彻落实|贯彻|根据|参照|毕业于|助力|立足|服务|打造)$"
)
# Reporting spans that frame what follows them; a day, a plan or "近日" does not.
# Zones that have an administration and figures; a 产业园 or 科技园 is a project within one.
ZONE_KINDS = frozenset(
    {"高新区", "经开区", "工业园", "保税区", "自贸区", "自贸港", "自创区", "新区", "开发区"}
)
_FRAME_KINDS = frozenset({"year", "half", "quarter", "months"})
# Offices, courts and the like speak of their place's figures, not of their own.
_AUTHORITY = re.compile(
    r"(?:局|厅|部|委|办|委员会|管委会|党委|党工委|工委|政府|法院|检察院|中心|指挥部|协会|商会|联盟|研究院"
    r"|研究所|报社|社区|窗口|大厅|支部|代表团|组委会|小组)$"
)
# A sentence with one of these goes on about the company before it.
_GOES_ON = re.compile(
    r"(?:该|本)(?:公司|企业|集团|行|院|校|厂)|(?:^|[，,：:“\"])(?:公司|企业)(?=[\u4e00-\u9fff])"
)
_BASE_BEFORE = re.compile(r"(?:比|较)$")
_BASE_BEHIND = re.compile(
    r"(?:的)?(?:同期)?(?:相比|增长|下降|增加|减少|提高|多|少|翻|(?:全年|年度)?计划(?=的|任务|目标|指标|投资|总|进度|数|值|[，。,\d]|$)|目标|任务|预期|预算)"
)
_LOOK_BACK = re.compile(r"(?:上年|去年|上一年|前一年)?同期|上年|去年|上一年|前一年")
_NUMBER = re.compile(r"(?:为|约)?\d")
_BRACKETS = re.compile(r"[（(][^（()）。]*[)）]")
_CLAUSE_END = re.compile(r"[，,；;。]")
_OPENERS = frozenset('\n。！？；;!?—：:“"（( ') | {""}
# Expressions that date a figure even where nothing says which year they are of.
_DATING_KINDS = _FRAME_KINDS | {"since"}
_LEAD = 200  # characters of an article that count as its opening, however short it is
_FRAME_SHARE = 0.6  # of an article's framing times: enough to frame what names none


@dataclass(frozen=True, slots=True)
class Sentence:
    """`article.text[start:end]`, with what is named in it and what is in force at its beginning.

    Offsets of `names`, `topics` and `times` count in the article's text. `topics` are the places
    that the sentence can be about, `actors` the organisations; `compared` are the starts of
    times that figures are only compared with ("比上年增长"), `passing` the spans for which a look
    back holds ("上年同期为3亿元"): the start of the time and the end of its clause. `place`,
    `company` and `period` are inherited from before the sentence; `heading` is the subheading
    above it; `paragraph` is the number of its block.
    """

    start: int
    end: int
    kind: BlockKind
    paragraph: int
    names: tuple[Name, ...]
    topics: tuple[Name, ...]
    actors: tuple[Name, ...]
    times: tuple[TimeSpan, ...]
    compared: frozenset[int]
    passing: tuple[tuple[int, int], ...]
    place: str
    company: str
    period: Period | None
    heading: str

    def place_at(self, offset: int) -> str:
        """The place that a statement at `offset` is about: a zone said before it, else a place."""
        said = [n.text for n in self.topics if n.start < offset]
        zones = [p for p in said if is_zone(p)]
        if zones:
            return zones[-1]
        if said and not is_zone(self.place):
            return said[-1]
        return self.place

    def company_at(self, offset: int) -> str:
        """The company, bank, school or the like whose figure a statement at `offset` gives.

        The sentence's subject if it is one and no zone stands before it; the one spoken of before
        where the sentence goes on about "该公司"; else "".
        """
        zone = next((n.start for n in self.topics if is_zone(n.text)), offset)
        said = [n for n in self.actors if n.start < min(offset, zone) and is_company(n.text)]
        return said[0].text if said else self.company

    def actor_at(self, offset: int) -> str:
        """The organisation that a statement at `offset` is about; "" where none is said before."""
        said = [n.text for n in self.actors if n.start < offset]
        return said[0] if said else ""

    def period_at(self, offset: int) -> Period | None:
        """The period that a statement at `offset` is of: the nearest said before it.

        None where that is an expression which nothing in the article dates ("今年上半年" in an
        article without a date): `time_at` tells which.
        """
        said = self.time_at(offset)
        return said.period if said else self.period

    def time_at(self, offset: int) -> TimeSpan | None:
        """The expression that says of when a statement at `offset` is; its period may be None."""
        said = [
            t
            for t in self.times
            if t.start <= offset
            and t.start not in self.compared
            and (t.period or t.kind in _DATING_KINDS)
            and not any(start == t.start and end <= offset for start, end in self.passing)
        ]
        return said[-1] if said else None


@functools.lru_cache(maxsize=8192)
def place_key(place: str) -> tuple[str, str]:
    """What all names of a place share: ("清远", "高新区"); no kind for a city or province."""
    return zone_key(place)


def is_zone(place: str) -> bool:
    """Whether the place is a development zone, with figures of its own, rather than a city."""
    return place_key(place)[1] in ZONE_KINDS


def is_company(body: str) -> bool:
    """Whether an organisation has figures of its own, rather than telling a place's."""
    return not _AUTHORITY.search(body)


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The spans of the sentences of `text[start:end]`, without the white space around them.

    >>> split_sentences("甲增长3.5%。乙呢？")
    [(0, 8), (8, 11)]
    """
    stop = len(text) if end is None else end
    cuts = [mark.end() for mark in _END.finditer(text, start, stop)]
    spans = zip([start, *cuts], [*cuts, stop], strict=True)
    trimmed = (stripped(text, a, b) for a, b in spans)
    return [(a, b) for a, b in trimmed if a < b]


def read_sentences(article: Article) -> list[Sentence]:
    """The article's sentences in order, headings and captions among them."""
    text = article.text
    names = _with_offices(_with_short_forms(text, find_names(text)))
    times = find_periods(text, article.published)
    name_starts = [n.start for n in names]
    time_starts = [t.start for t in times]
    main = main_place(article, names)
    found: list[Sentence] = []
    place, frame, heading, company = main, _frame_of(article, times), "", ""
    for number, block in enumerate(blocks_of(article)):
        if block.kind == "heading":
            heading = text[block.start : block.end]
        period = frame
        for start, end in split_sentences(text, block.start, block.end):
            here = tuple(names[bisect_left(name_starts, start) : bisect_left(name_starts, end)])
            when = tuple(times[bisect_left(time_starts, start) : bisect_left(time_starts, end)])
            sentence = Sentence(
                start=start,
                end=end,
                kind=block.kind,
                paragraph=number,
                names=here,
                topics=tuple(n for n in here if n.kind == "place" and _can_be_topic(text, n)),
                actors=tuple(n for n in here if n.kind == "org" and _can_be_topic(text, n)),
                times=when,
                compared=frozenset(t.start for t in when if _is_base(text, t)),
                passing=tuple(_looks_back(text, when, start, end)),
                place=place if block.kind == "body" else main,
                company=company if _GOES_ON.search(text[start:end]) else "",
                period=period,
                heading="" if block.kind == "heading" else heading,
            )
            found.append(sentence)
            if block.kind == "body":
                place = next((n.text for n in sentence.topics if is_zone(n.text)), place)
                period = _framed(text, sentence)
                company = sentence.company_at(end) or company
        place, company = main, ""
    return found


def main_place(article: Article, names: Sequence[Name] | None = None) -> str:
    """The place that the article is about: the zone of the headline, else the zone most named."""
    inside = find_names(article.text) if names is None else names
    titled = [n.text for n in find_names(article.title) if n.kind == "place"]
    told = [n.text for n in inside if n.kind == "place"]
    for places in (
        [p for p in titled if is_zone(p)],
        [p for p in told if is_zone(p)],
        titled,
        told,
    ):
        if places:
            return Counter(places).most_common(1)[0][0]
    return ""


def blocks_of(article: Article) -> tuple[Block, ...]:
    """The article's blocks; where it came without, its lines, all of them body."""
    if article.blocks:
        return article.blocks
    lines = re.finditer(r"[^\n]+", article.text)
    return tuple(Block("body", line.start(), line.end()) for line in lines)


def _with_short_forms(text: str, names: list[Name]) -> list[Name]:
    """The names, and every mention of an organisation by the text's short form of it."""
    taken = [(n.start, n.end) for n in names]
    more: list[Name] = []
    for short in sorted(aliases(text), key=len, reverse=True):
        for match in re.finditer(re.escape(short), text):
            start, end = match.span()
            if not any(a < end and start < b for a, b in taken):
                more.append(Name(start, end, short, "org", ""))
                taken.append((start, end))
    return sorted([*names, *more], key=lambda n: n.start)


def _with_offices(names: list[Name]) -> list[Name]:
    """The names, later mentions of a person with the office that the first one states."""
    offices: dict[str, str] = {}
    for name in names:
        if name.kind == "person" and name.role:
            offices.setdefault(name.text, name.role)
    return [
        replace(n, role=offices[n.text])
        if n.kind == "person" and not n.role and n.text in offices
        else n
        for n in names
    ]


def _can_be_topic(text: str, name: Name) -> bool:
    return not _NOT_TOPIC.search(text, max(0, name.start - 5), name.start)


def _is_base(text: str, time: TimeSpan) -> bool:
    """Whether a time is what a figure is compared with: "比上年增长", "较2019年同期", "同比"."""
    before = text[max(0, time.start - 2) : time.start]
    behind = text[time.end : time.end + 4]
    return bool(_BASE_BEFORE.search(before) or _BASE_BEHIND.match(behind))


def _looks_back(
    text: str, times: Sequence[TimeSpan], start: int, end: int
) -> Iterator[tuple[int, int]]:
    """The looks back of a sentence, to the ends of clauses; times in brackets, to their ends.

    A look back follows on another time: "今年为5亿元，上年同期为3亿元". What brackets hold is of
    what they hold: "交付145架(2022年上半年115架)，…".
    """
    for bracket in _BRACKETS.finditer(text, start, end):
        right = bracket.end() - 1
        for time in times:
            inside = bracket.start() < time.start and time.end <= right
            if inside and _NUMBER.search(text, time.end, right):
                yield time.start, right
    for before, time in itertools.pairwise(times):
        if _LOOK_BACK.fullmatch(text, time.start, time.end) and before.period is not None:
            clause = _CLAUSE_END.search(text, time.end, end)
            yield time.start, clause.start() if clause else end


def _frame_of(article: Article, times: Sequence[TimeSpan]) -> Period | None:
    """The reporting span of the whole article: the headline's, else what most clauses open with.

    It must be set out early: a closing look back at last year does not frame what stands before it.
    """
    for time in find_periods(article.title, article.published):
        if time.period is not None and time.kind in _FRAME_KINDS:
            return time.period
    framing = [t for t in times if t.period is not None and _opens(article.text, t)]
    if not framing:
        return None
    period, count = Counter(t.period for t in framing).most_common(1)[0]
    first = next(t.start for t in framing if t.period == period)
    early = first < max(_LEAD, len(article.text) // 5)
    return period if early and count >= 2 and count >= _FRAME_SHARE * len(framing) else None


def _framed(text: str, sentence: Sentence) -> Period | None:
    """What a sentence leaves in force for the next one of its paragraph."""
    opening = [
        t.period
        for t in sentence.times
        if t.period is not None and t.start not in sentence.compared and _opens(text, t)
    ]
    return opening[-1] if opening else sentence.period


def _opens(text: str, time: TimeSpan) -> bool:
    """Whether a time opens a sentence or clause as its frame: "数据显示,今年上半年,…"."""
    if time.kind not in _FRAME_KINDS or _NUMBER.match(text, time.end):
        return False  # "(2022年上半年115架)" is an aside
    before = text[max(0, time.start - 1) : time.start]
    return before in _OPENERS or text[time.end : time.end + 1] in {"，", ",", ":", "："}
