"""What a candidate cannot be: of another measure, part, list, event, office or amount."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from index.lexical import fold
from index.period import find_periods
from index.quantities import find_quantities
from index.shared_out import without_shared_ending
from qa.interrogatives import CHANGE_WORD
from qa.levels import HEADING, LEAD, PARAGRAPH, PART, SENTENCE
from qa.measure import (
    FLOW,
    LEVEL,
    NEARLY,
    STOCK,
    TOTAL,
    came,
    head_terms,
    named_alone,
    of_other,
    unasked,
)
from qa.question import Question, content_words
from qa.spans import Candidate
from qa.terms import Level, Term, found, is_noun


def is_other_measure(
    question: Question,
    terms: Sequence[Term],
    candidate: Candidate,
    levels: Sequence[Level],
    whose: str,
    before: str,
    behind: str,
) -> bool:
    """Whether a number is of another measure than the one asked for: 总产值 is no 增加值.

    So it is where a noun of the measure asked for stands nowhere around the number, while the
    number has a measure of its own with words that the question has not. `before` is the sentence
    up to the number, `behind` what follows it.
    """
    if candidate.figure is None or question.kind == "rank":
        return False
    if _GAP_ASKED.search(question.text) and not (
        question.operation or _GAP.search(candidate.clause)
    ):
        return True  # by how much something is more is told by a comparison
    if _is_there(question, candidate, levels) or _echoes(question, candidate):
        return True
    # How many came is no answer to how many there are in all.
    if came(question, candidate) and STOCK.search(question.text):
        return True
    heads = head_terms(question, terms, whose)
    if (
        _opposed(question, candidate, before)
        or _of_another_part(heads, terms, candidate, levels)
        or _of_another_clause(heads, terms, candidate, before)
        or _of_the_whole(heads, terms, candidate, before, behind)
        or _is_gap(question, before)
        or _of_another_item(question, terms, candidate)
        or _of_a_whole_list(question, terms, candidate, before, behind)
    ):
        return True
    measure = fold(candidate.figure.measure)
    if not _MEASURE.search(measure) or not unasked(measure, terms):
        return False
    # The measure asked for stands at the number, where that has another one.
    measured = [t for t in heads if _MEASURE.search(t.text) and not t.light]
    at_number = f"{candidate.near} {fold(candidate.clause)}"
    if measured and found(measured[-1], at_number) < NEARLY:
        return True
    around = [level.text for level in levels if level.worth >= HEADING]
    return any(
        is_noun(term.text) and all(found(term, text) < NEARLY for text in around) for term in heads
    )


_MORE = "多|少|高|低|快|慢|长|短|早|晚|重|轻|大|小"
_GAP_ASKED = re.compile(
    rf"(?<![同环占])比[^，,例重率值][^，,]*?(?:{_MORE})(?:出|了|出了)?(?:多少|几)"
)
_GAP = re.compile(rf"比|较|{_MORE}|增|减|提|升|降|缩|延|超|差|领先|落后|翻|涨|跌|扩|压|刷新|加")


def _of_another_part(
    heads: Sequence[Term], terms: Sequence[Term], candidate: Candidate, levels: Sequence[Level]
) -> bool:
    """Whether a number is of what its own part of a list counts: "高企786家；瞪羚企业总数23家"."""
    [part] = [level.text for level in levels if level.worth == PART]
    sentence = next(level.text for level in levels if level.worth == SENTENCE)
    missing = _not_in(part, heads)
    if not missing or not _has_all(sentence, missing):
        return False
    # What the sentence begins with, its subject or its place, is of every part; a measure has a
    # number of its own.
    others = [clause for other in _PARTS.split(sentence) if other != part
              for clause in _CLAUSES.split(other)]  # fmt: skip
    own = f"{part.partition(fold(candidate.text))[0]} {candidate.near}"
    return _counted_in(others, missing, candidate, amounts=True) and _counts_its_own(own, terms)


_PARTS = re.compile("[;；]")


def _of_another_clause(
    heads: Sequence[Term], terms: Sequence[Term], candidate: Candidate, before: str
) -> bool:
    """Whether each clause counts its own: "53家企业申报高企,入库中小企业184家" has no 184家高企.

    The clause that names what is asked for must have a number of its own in the same unit.
    """
    # "在155家企业中，9家…": a frame counts what all the others are of.
    earlier = [c for c in _CLAUSES.split(before)[:-1] if not _FRAME.match(c)]
    missing = _not_in(fold(candidate.clause), heads)
    return (
        bool(missing)
        and _counted_in(earlier, missing, candidate)
        and _counts_its_own(candidate.near, terms)
    )


def _of_the_whole(
    heads: Sequence[Term], terms: Sequence[Term], candidate: Candidate, before: str, behind: str
) -> bool:
    """Whether a part is asked for and this is the whole: "授权1319件，其中发明专利357件"."""
    if "其中" not in behind:
        return False
    # "其中高职76.3%,本科63.9%": the parts go on to the next semicolon.
    parts = _CLAUSES.split(_PARTS.split(behind.partition("其中")[2])[0])
    local = before + fold(candidate.clause)
    apart = [t for t in terms if len(t.text) > 1 and not t.light and found(t, local) < NEARLY]
    for part in parts:
        own = [t for t in apart if found(t, part) >= NEARLY]
        if own and _counted_in([part], own, candidate, amounts=True):
            return True
    missing = _not_in(before[-_AT_NUMBER:] + fold(candidate.clause), heads)
    if not missing:
        return False
    # "近200人，其中有不少党员": how many of these there are is not told at all.
    first = parts[:1]
    untold = any(not any(c.isdigit() for c in p) and _has_all(p, missing) for p in first)
    return untold or _counted_in(first, missing, candidate)


def _is_gap(question: Question, before: str) -> bool:
    """Whether a number says by how much a level is passed, unasked: "超警戒水位1.99米"."""
    return bool(_PASSED.search(before)) and not _GAP_WORD.search(question.text)


_PASSED = re.compile(
    r"(?:超过?(?![百千万亿几数])|超出|高出|高于|低于|领先|落后)(?P<than>[^\d,，;；。()（）]*[\u4e00-\u9fff]{2,})(?:[（(][^（()）]*[)）])?$"
    # "比上届冠军快了2分11秒"
    r"|(?<![同环占])(?:比|较)[^,，;；。]{1,16}?"
    r"(?:快|慢|早|晚|多|(?<!减)少|(?<!提)高|(?<!降)低|(?<![增延])长|(?<!缩)短|重|轻|大|小)(?:出|了|出了)?$"
)
_GAP_WORD = re.compile(
    r"超|高(?![新校企等中速层级质端])|低|多出|多多|少多|领先|落后|差|(?<![占同环])比(?![例重赛])|快[了多]|慢[了多]|[早晚长短]多"
)


def _of_another_item(question: Question, terms: Sequence[Term], candidate: Candidate) -> bool:
    """Whether numbers are shared out, "甲、乙分别为3家和5家", and another's item is meant."""
    meant = _item_meant(question, candidate)
    if meant is not None:
        return not meant
    nouns = [t for t in terms if is_noun(t.text) and not t.light]
    mine = [found(t, candidate.near) >= NEARLY for t in nouns]
    theirs = [any(found(t, o) >= NEARLY for o in candidate.others) for t in nouns]
    named = list(zip(mine, theirs, strict=True))
    return (False, True) in named and (True, False) not in named


def _item_meant(question: Question, candidate: Candidate) -> bool | None:
    """Whether the question names this item of a list, or another; None where it names none.

    Of several the longest is meant: asked for 一级资本充足率, neither 资本充足率 nor the one that
    has 核心 in front of it.
    """
    if not candidate.others:
        return None
    items = [candidate.near, *candidate.others]
    asked = fold(question.text)
    # A shared ending belongs to what is asked as well, unless the items differ by it alone.
    apart = [name or item for name, item in zip(without_shared_ending(items), items, strict=True)]
    for names in (items, apart):
        named = max((name for name in names if name in asked), key=len, default="")
        if named:
            return names[0] == named
    return None


def outdone(terms: Sequence[Term], candidates: Sequence[Candidate]) -> list[bool]:
    """Which numbers of a sentence are of something else, because one beside them is of all.

    "53家企业申报高企认定;4家企业申报工程中心": asked for those that 申报 a 工程中心, the first
    counts others. So it is where the clause of another number in the same unit has every noun of
    the question that the clause of this one has, and more, while this one has a noun of its own.
    """
    nouns = [t for t in terms if is_noun(t.text) and not t.light and len(t.text) > 1]

    def named(text: str) -> set[str]:
        return {t.text for t in nouns if found(t, text) >= NEARLY}

    told = [(c, named(f"{c.near} {c.clause}")) for c in candidates]
    beside = [
        (c.figure.unit, nouns_there)
        for c, nouns_there in told
        if c.figure and c.figure.unit and not _FRAME.match(c.clause)
    ]
    return [
        one.figure is not None
        and any(unit == one.figure.unit and mine < other for unit, other in beside)
        and _counts_its_own(one.near, terms)
        for one, mine in told
    ]


_AT_NUMBER = 12  # characters before a number that say of what it is


def _not_in(text: str, heads: Sequence[Term]) -> list[Term]:
    """The nouns of the measure asked for that a text has not."""
    nouns = [t for t in heads if len(t.text) > 1 and not t.light and is_noun(t.text)]
    return [t for t in nouns if found(t, text) < NEARLY]


def _counted_in(
    clauses: Sequence[str], nouns: Sequence[Term], candidate: Candidate, *, amounts: bool = False
) -> bool:
    """Whether one of the clauses names all the nouns and has a number in the candidate's unit."""
    unit = fold(candidate.figure.unit) if candidate.figure else ""
    if not unit or (unit.endswith(_AMOUNTS) and not amounts):
        return False
    counted = re.compile(rf"\d(?:余|多)?{re.escape(unit)}")
    return any(counted.search(c) and _has_all(c, nouns) for c in clauses)


def _has_all(text: str, nouns: Sequence[Term]) -> bool:
    return all(found(t, text) >= NEARLY for t in nouns)


_FRAME = re.compile(r"在.*(?:中|里|内|当中)$")
_CLAUSES = re.compile("[,，;；:：]")
_AMOUNTS = ("元", "%", "吨", "倍", "点", "美元", "米", "里", "顷", "亩", "年", "月", "天")


def _counts_its_own(near: str, terms: Sequence[Term]) -> bool:
    """Whether the phrase at a number names something that the question does not."""
    return any(
        is_noun(word)
        and not LEVEL.search(word)
        and not re.search(r"[\da-z]", word)
        and not CHANGE_WORD.search(word)
        for word in unasked(near, terms)
    )


# "甲、乙等13个项目": what is said behind it is said of all of them.
_COUNTED_LIST = re.compile(
    r"(?P<items>[^,，;；。:：]*、[^,，;；。:：]*?)等(?:共|在内的)?"
    r"(?P<n>\d+|[两三四五六七八九十]+|多|数)[个家项所条名位大类种座处只款](?P<of>[^,，;；。\d]*)"
)
_NUMBERED = re.compile(r"(?<!\d)(?P<n>\d+)[个家项所](?P<of>[\u4e00-\u9fff]{2,12})")
_TO_EACH = re.compile(r"分别|依次|各|均|每|其中")
_OF_ALL = re.compile(r"等|合计|一共|总共|所有|全部|这些")


def _of_a_whole_list(
    question: Question, terms: Sequence[Term], candidate: Candidate, before: str, behind: str
) -> bool:
    """Whether a number is of a list's whole where one of its members is asked for."""
    match = _COUNTED_LIST.search(f"{before}{fold(candidate.text)}{behind}")
    if match is None or match.end("items") > len(before):
        return False
    numbered = _NUMBERED.search(fold(question.text))
    if numbered and any(word in match["of"] for word in content_words(numbered["of"])):
        return numbered["n"] != match["n"]  # what is said of 13 projects is not said of 14
    if _OF_ALL.search(question.text) or _TO_EACH.search(before, match.end("items")):
        return False
    focus = content_words(question.focus)
    if focus and all(word in match["of"] for word in focus):
        return False  # "由多少家单位共建" asks for the number of the list itself
    items = [item for item in match["items"].split("、") if item]
    beside = before[: match.start()] + before[match.end("items") :]
    return any(
        is_noun(t.text)
        and not t.light
        and len(t.text) > 1
        and sum(found(t, item) >= NEARLY for item in items) == 1
        and found(t, beside) < NEARLY
        for t in terms
    )


def _echoes(question: Question, candidate: Candidate) -> bool:
    """Whether a number is the one that the question gives itself: "那129个项目中占了几个"."""
    figure = candidate.figure
    stated = re.escape(fold(f"{figure.value}{figure.unit}")) if figure and figure.unit else ""
    return bool(stated) and bool(re.search(rf"(?<![\d.]){stated}", fold(question.text)))


def _is_there(question: Question, candidate: Candidate, levels: Sequence[Level]) -> bool:
    """Whether a number is of those that are there, where those that came are asked for."""
    if not _ADDED.search(question.text) or TOTAL.search(question.text):
        return False
    told = candidate.near + next(level.text for level in levels if level.worth == PART)
    return bool(TOTAL.search(told)) and not FLOW.search(told)


_ADDED = re.compile(r"净增|新增")


def _opposed(question: Question, candidate: Candidate, before: str) -> bool:
    """Whether the phrase at the number names the other one of a pair: 授权 where 申请 is asked.

    So it is too where the number is a part of the other one: "授权1319件，其中发明专利357件".
    """
    asked, here = fold(question.text), f"{candidate.near} {candidate.clause}"
    within = "其中" in candidate.clause
    return any(
        (within and of_other(group, wanted, before)) or any(w in candidate.near for w in group)
        for group, wanted in named_alone(asked, here)
    )


# How the names of measures end.
_MEASURE = re.compile(
    r"(?:值|额|量|率|数|收入|利润|税收?|投资|产值|面积|人口|比重|占比|价格?|成本|规模|资金|营收|费用?|[Gg][Dd][Pp]"
    r"|出口|进口|存款|贷款|余额|补贴|预算|支出|负债|资产|债务|距离|长度|高度|宽度|产能|指数|密度|温度|速度)$"
)


def is_of_another_amount(question: Question, levels: Sequence[Level]) -> bool:
    """Whether who or when is asked of an amount that stands nowhere around: "1064件是哪一年的"."""
    told = _amounts(question.text)
    around = [level.text for level in levels if level.worth >= PARAGRAPH]
    return bool(told) and not any(told <= _amounts(text) for text in around)


@functools.lru_cache(maxsize=4096)
def _amounts(text: str) -> frozenset[str]:
    """The amounts that a text states, each with its unit: of whose number who or when is asked."""
    found = find_quantities(text, find_periods(text))
    return frozenset(
        f"{q.value}{q.unit}"
        for q in found
        if q.unit and len(q.value.normalize().as_tuple().digits) >= _TELLING
    )


_TELLING = 3  # digits from which on a number is particular enough to tell what is meant


# Events that happen once and are called by their names; what happened otherwise is another event.
_EVENTS = (
    "成立 创立 创办 创建 组建 设立 建立 诞生 始建 筹建 建校 注册 揭牌 挂牌",
    "出生 生于 诞生 降生 人 生",
    "去世 逝世 病逝 离世 辞世 因病 享年 终年",
    "毕业",
    "结婚 成婚 婚礼 登记",
    "上市 登陆 挂牌 敲钟",
    "退休",
    "签约 签订 签署 签下",
    "开业 开张 营业 开门 启幕 亮相 揭幕",
    "通车 开通 通行",
    "竣工 完工 落成 建成 完成 封顶",
    "开工 动工 开建 奠基 破土 启动",
)


def is_other_event(question: Question, levels: Sequence[Level]) -> bool:
    """Whether a time is of another event than the one asked after: 试产 is no 成立."""
    asked = fold(question.text)
    text = "".join(level.text for level in levels if level.worth > LEAD)
    named = [words for words in _ONCE if any(word in asked for word in words[:_CALLED])]
    return bool(named) and not any(word in text for words in named for word in words)


_ONCE = tuple(tuple(line.split()) for line in _EVENTS)
_CALLED = 4  # the first of each: what questions call the event
