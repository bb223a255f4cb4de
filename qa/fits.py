"""How well a candidate is what is asked for: its measure, its event, its office, its list."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from index.figures import find_quantities, whole_number, without_shared_ending
from index.lexical import fold
from index.period import find_periods
from qa.candidates import Candidate, is_particular
from qa.enumerations import list_items
from qa.interrogatives import CHANGE_WORD
from qa.levels import HEADING, LEAD, PARAGRAPH, PART, SENTENCE
from qa.question import Question, content_words
from qa.terms import Level, Term, found, is_noun

_STOCK = re.compile(r"总数|存量|总量|总共有|共有|拥有|有多少|有几|末|底")
_FLOW = re.compile(r"净增|新增|增加(?!到|至|值)|申报|认定|培育|新注册|新设|意向")
_TOTAL = re.compile(r"总数|存量|总量|保有量")
_LEVEL = re.compile(r"总数|存量|总量|保有量|达到|累计")
_COUNT = re.compile(
    r"([两二三四五六七八九十]|\d+)(?:大|个|项|类|种|条|样|方|家|免|减|化|句|点|[\u4e00-\u9fff]”)"
)
_NUMERALS = frozenset("一二三四五六七八九十两个大")
# What an amount of money is anyway; what it is for says which one is meant.
_MONEY_WORDS = frozenset({"资金", "钱", "金额", "经费", "款项", "款"})
_SHARP = 1.15  # above 1, what fits only half is worth less than half
_NEARLY = 0.7
_BEYOND = 0.8  # what a measure's words are worth that stand beyond a semicolon
# Words that make a measure another one.
_NARROWING = re.compile(r"发明|实用新型|外观设计|(?<!进)出口|进口|民间|房地产|限额以上|跨境")
_NARROWED = 0.12  # what each word at the number that was not asked for takes away
_FILLERS = frozenset(
    "累计 完成 实现 达到 全年 拥有 共有 合计 总计 预计 超过 突破 同比 环比 其中 上年".split()
)
_CONTRASTS = (
    ("一审", "二审", "终审"),
    ("进口", "出口"),
    ("同比", "环比"),
    ("毛利", "净利"),
    ("归母", "扣非"),
    ("申请", "授权"),
    ("男", "女"),
    ("存款", "贷款"),
    ("城镇", "农村"),
    ("早稻", "中稻", "晚稻"),
    ("春粮", "夏粮", "秋粮"),
    ("博士", "硕士", "本科"),
    ("金牌", "银牌", "铜牌"),
    ("流入", "流出"),
    ("到港", "离港"),
    ("第一", "第二", "第三", "第四"),
    ("国家级", "省级", "市级", "区级", "县级"),
    ("最高", "最低"),
    ("最大", "最小"),
    ("最多", "最少"),
    ("全球", "全国", "中国", "美国", "海外", "境外"),
    ("长度", "宽度", "高度", "深度", "厚度", "重量"),
    ("总资产", "净资产", "总负债"),
    ("总产值", "增加值"),
    ("收入", "利润", "成本"),
    ("上游", "下游"),
    ("客运", "货运"),
    ("新房", "二手房"),
)
# What asks for a size by its adjective asks for it by its noun.
_SIZES = (
    ("多长", "长度"),
    ("多宽", "宽度"),
    ("多高", "高度"),
    ("多深", "深度"),
    ("多厚", "厚度"),
    ("多重", "重量"),
)
_SHORT_SPAN = re.compile(r"首日|当天|当日|首周|单日|每天|日均|首月|每日|一天|每小时|每分钟")
_SETTING = 14  # characters that open a sentence and set its scene
_FUTURE = re.compile(r"投产后|投产以后|达产|建成后|建成以后|将达|将超|力争|目标是|预计到|规划到")
_SUPERLATIVE = re.compile(r"最|第一|首位|冠军|榜首|头名|居首")
_TOP = re.compile(r"最|第一|之首|首位|冠军|榜首|头名|居首|夺冠|领先|领跑")


def measure_fit(
    question: Question,
    terms: Sequence[Term],
    candidate: Candidate,
    part: Level,
    sentence: Level,
    whose: str,
) -> float:
    """How well the phrase at the number is the measure asked for, 0..1.

    Both ways: the measure's own words must stand at the number (工业总产值 is not 工业增加值), and
    words there that were not asked for narrow it (发明专利申请量 is not 专利申请量).
    """
    head = _head_terms(question, terms, whose)
    # A ranking names its field, and "总数达到" what it counts, earlier in the sentence.
    apart = question.kind == "rank" or _TOTAL.search(candidate.near)
    in_part = 0.8 if apart else 0.5
    held = [
        max(
            _whole(t, candidate.near),
            0.75 * _whole(t, candidate.clause),
            in_part * _whole(t, part.text),
            _BEYOND * in_part * _whole(t, sentence.text),
        )
        for t in head
    ]
    # The last word is the noun itself, those before it say of which kind.
    stress = [t.weight * (1 + 0.4 * i) for i, t in enumerate(head)]
    fit = (
        sum(w * h for w, h in zip(stress, held, strict=True)) / (sum(stress) or 1.0)
        if head
        else 1.0
    )
    if held and not held[-1]:
        fit *= 0.4  # the noun itself is not there: whatever this number is, it is not that
    if question.unit and candidate.figure and is_particular(question.unit):
        fit = max(fit, 0.8)  # "34页" needs no word for what has pages
    extra = [
        w
        for w in content_words(candidate.near)
        if (len(w) > 1 or w.isdigit())
        and w not in _FILLERS
        and not any(_shares(w, t) for t in terms)
    ]
    worth = (0.2 + 0.8 * fit**_SHARP) * (1.0 - _NARROWED * min(len(extra), 3))
    if question.kind == "rank":
        worth = 0.5 + 0.5 * worth  # a place in a ranking is told by its form
    elif candidate.figure and not question.unit and is_particular(candidate.figure.unit):
        worth *= 0.7  # nobody asked for pages or years of age
    if _came(question, candidate):
        # How many there are is not how many came.
        worth *= 0.35 if _STOCK.search(question.text) else 0.45
    if any(_NARROWING.search(t.text) and not h for t, h in zip(head, held, strict=True)):
        worth *= 0.4  # 专利申请量 is asked of inventions, and none are spoken of
    narrower = _NARROWING.search(candidate.near)
    if narrower and narrower.group(0) not in question.text:
        worth *= 0.4
    if not any(c.isdigit() for c in candidate.text):
        worth *= 0.9  # "百亿元" is a manner of speaking where the number itself is given
    return float(worth)


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
    if _came(question, candidate) and _STOCK.search(question.text):
        return True
    heads = _head_terms(question, terms, whose)
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
    if not _MEASURE.search(measure) or not _unasked(measure, terms):
        return False
    # The measure asked for stands at the number, where that has another one.
    measured = [t for t in heads if _MEASURE.search(t.text) and not t.light]
    at_number = f"{candidate.near} {fold(candidate.clause)}"
    if measured and found(measured[-1], at_number) < _NEARLY:
        return True
    around = [level.text for level in levels if level.worth >= HEADING]
    return any(
        is_noun(term.text) and all(found(term, text) < _NEARLY for text in around) for term in heads
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
    apart = [t for t in terms if len(t.text) > 1 and not t.light and found(t, local) < _NEARLY]
    for part in parts:
        own = [t for t in apart if found(t, part) >= _NEARLY]
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
    mine = [found(t, candidate.near) >= _NEARLY for t in nouns]
    theirs = [any(found(t, o) >= _NEARLY for o in candidate.others) for t in nouns]
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
        return {t.text for t in nouns if found(t, text) >= _NEARLY}

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
    return [t for t in nouns if found(t, text) < _NEARLY]


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
    return all(found(t, text) >= _NEARLY for t in nouns)


_FRAME = re.compile(r"在.*(?:中|里|内|当中)$")
_CLAUSES = re.compile("[,，;；:：]")
_AMOUNTS = ("元", "%", "吨", "倍", "点", "美元", "米", "里", "顷", "亩", "年", "月", "天")


def _counts_its_own(near: str, terms: Sequence[Term]) -> bool:
    """Whether the phrase at a number names something that the question does not."""
    return any(
        is_noun(word)
        and not _LEVEL.search(word)
        and not re.search(r"[\da-z]", word)
        and not CHANGE_WORD.search(word)
        for word in _unasked(near, terms)
    )


def _unasked(text: str, terms: Sequence[Term]) -> list[str]:
    """The words of a text, of more than a character, that the question has not."""
    return [
        word
        for word in content_words(text)
        if len(word) > 1 and word not in _FILLERS and not any(_shares(word, t) for t in terms)
    ]


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
        and sum(found(t, item) >= _NEARLY for item in items) == 1
        and found(t, beside) < _NEARLY
        for t in terms
    )


def _came(question: Question, candidate: Candidate) -> bool:
    """Whether a number is of those that came, where that is not what is asked."""
    before = fold(candidate.clause).partition(fold(candidate.text))[0]
    told = candidate.near + _LAST_NUMBER.sub("", before)  # "新增甲类、乙类企业10家" is new all over
    came = _FLOW.search(told) and not _LEVEL.search(candidate.near)
    return bool(came and not _FLOW.search(question.text))


def _echoes(question: Question, candidate: Candidate) -> bool:
    """Whether a number is the one that the question gives itself: "那129个项目中占了几个"."""
    figure = candidate.figure
    stated = re.escape(fold(f"{figure.value}{figure.unit}")) if figure and figure.unit else ""
    return bool(stated) and bool(re.search(rf"(?<![\d.]){stated}", fold(question.text)))


def _is_there(question: Question, candidate: Candidate, levels: Sequence[Level]) -> bool:
    """Whether a number is of those that are there, where those that came are asked for."""
    if not _ADDED.search(question.text) or _TOTAL.search(question.text):
        return False
    told = candidate.near + next(level.text for level in levels if level.worth == PART)
    return bool(_TOTAL.search(told)) and not _FLOW.search(told)


_ADDED = re.compile(r"净增|新增")
_LAST_NUMBER = re.compile(r".*\d[^\d，,、]{0,3}")


def _named_alone(asked: str, here: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """The contrasts of which the question names one that does not stand `here`, and that one."""
    for group in _CONTRASTS:
        wanted = [word for word in group if word in asked]
        if len(wanted) == 1 and wanted[0] not in here:
            yield group, wanted[0]


def _of_other(group: Sequence[str], wanted: str, before: str) -> bool:
    """Whether what was named last before is another one of the group."""
    last = max(group, key=before.rfind)
    return last != wanted and last in before


def _opposed(question: Question, candidate: Candidate, before: str) -> bool:
    """Whether the phrase at the number names the other one of a pair: 授权 where 申请 is asked.

    So it is too where the number is a part of the other one: "授权1319件，其中发明专利357件".
    """
    asked, here = fold(question.text), f"{candidate.near} {candidate.clause}"
    within = "其中" in candidate.clause
    return any(
        (within and _of_other(group, wanted, before)) or any(w in candidate.near for w in group)
        for group, wanted in _named_alone(asked, here)
    )


# How the names of measures end.
_MEASURE = re.compile(
    r"(?:值|额|量|率|数|收入|利润|税收?|投资|产值|面积|人口|比重|占比|价格?|成本|规模|资金|营收|费用?|[Gg][Dd][Pp]"
    r"|出口|进口|存款|贷款|余额|补贴|预算|支出|负债|资产|债务|距离|长度|高度|宽度|产能|指数|密度|温度|速度)$"
)


def contrast_fit(question: Question, candidate: Candidate, sentence: Level, before: str) -> float:
    """Less where the candidate is of the other one of a pair: 二审 for 一审, 首日 for a year.

    `before` is the clause before that of the candidate, which may say of what it is a part.
    """
    asked, here = fold(question.text), f"{candidate.near} {candidate.clause}"
    asked += "".join(noun for adjective, noun in _SIZES if adjective in asked)
    beside = sentence.text[:_SETTING]
    worth = 1.0
    for group, wanted in _named_alone(asked, here):
        if any(w in here for w in group) or _of_other(group, wanted, before):
            worth *= 0.5
    if question.periods and question.periods[0].days > 300 and not _SHORT_SPAN.search(asked):
        worth *= 0.6 if _SHORT_SPAN.search(here) else 1.0
    if question.periods and _FUTURE.search(here + beside) and not _FUTURE.search(asked):
        worth *= 0.6  # what is hoped for is not what was
    if _SUPERLATIVE.search(asked) and question.kind in {"which", "who", "where", "when"}:
        worth *= 1.05 if _TOP.search(sentence.text) else 0.85
    return worth


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


def _whole(term: Term, text: str) -> float:
    """How far a text holds a term, if it holds nearly all of it."""
    worth = found(term, text)
    return worth if worth >= _NEARLY else 0.0


def event_fit(terms: Sequence[Term], levels: Sequence[Level]) -> float:
    """Whether the event asked about is told here, not only the one who takes part in it."""
    near = [level for level in levels if level.worth > LEAD]
    told = 0.0
    for term in terms:
        here = [found(term, v.text) * (1.0 if v.worth >= SENTENCE else 0.75) for v in near]
        told += term.weight * (1.0 if term.light else max(here, default=0.0))
    return told**2


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


def list_fit(question: Question, candidate: Candidate) -> float:
    """Whether the enumeration has as many items as the question says, and of the sort it names."""
    items = list_items(candidate.text)
    fit = 1.0
    count = _COUNT.search(question.text)
    if count:
        fit *= 1.12 if whole_number(count.group(1)) == len(items) else 0.94
    kept = [
        c for n in question.names for c in n if "\u4e00" <= c <= "\u9fff" and c not in _NUMERALS
    ]
    if kept and items:
        fit *= 1 + 0.1 * sum(any(c in item for c in kept) for item in items) / len(items)
    return fit


def _shares(word: str, term: Term) -> bool:
    forms = (term.text, *term.others)
    return any(word in form or form in word for form in forms)


def _head_terms(question: Question, terms: Sequence[Term], whose: str) -> list[Term]:
    """The terms of the noun that the number counts or measures: the last ones of the question.

    The words of `whose` it is are none of them.
    """
    focus = tuple(w for w in content_words(question.focus) if w not in _MONEY_WORDS)
    chosen = [t for t in terms if any(t.text == w or w in t.text for w in focus)]
    if chosen:
        return chosen
    names = {fold(n.strip("“”\"'《》")) for n in question.names}
    heavy = [
        t
        for t in terms
        if not (t.light or t.text in names or t.text in _MONEY_WORDS or t.text in whose)
    ] or list(terms)
    return heavy[-3:]


def office_fit(
    question: Question, terms: Sequence[Term], candidate: Candidate, sentence: Level
) -> float:
    """Whether the person's office, or what the person does in the clause, is what was asked for."""
    if not terms:
        return 0.5
    total = sum(t.weight for t in terms)
    held = sum(
        t.weight
        * max(
            found(t, candidate.near),
            0.7 * found(t, candidate.clause),
            0.6 * found(t, sentence.text),
        )
        for t in terms
    )
    worth = 0.3 + 0.7 * held / total
    return worth if same_rank(fold(question.text), candidate.near) else 0.4 * worth


def is_other_office(question: Question, office: str) -> bool:
    """Whether the holder of an office is asked for, and this person holds another one.

    A 科技创新局局长 is no 主任, a 稀土办主任 no 管委会主任. Where no office is told, who knows.
    """
    asked = _HOLDER.search(fold(question.text))
    if asked is None or not office:
        return False
    title, body = asked["title"], asked["body"]
    if title not in office:
        return bool(_ANY_TITLE.search(office))
    holds = _ANY_BODY.findall(office)
    return bool(body) and bool(holds) and body not in office


_BODIES = "管委会|党工委|党委|纪工委|纪委|董事会|监事会|总工会|工会|商会|协会|研究院|研究所"
_TITLE_NAMES = (
    "主任|书记|董事长|总经理|总裁|主席|会长|秘书长|行长|院长|校长|局长|厅长|部长|市长|省长|县长|区长|镇长|乡长|村长"
    "|科长|处长|所长|站长|馆长|队长|台长|社长|理事长|司长|署长|关长"
)
_HOLDER = re.compile(
    rf"(?P<body>{_BODIES})?(?<!副)(?P<title>{_TITLE_NAMES})(?:的名字|的?姓名)?(?:是|叫|由|姓|为)?(?:谁|哪一?位|什么名)"
)
_ANY_TITLE = re.compile(_TITLE_NAMES)
_ANY_BODY = re.compile(
    rf"(?:{_BODIES}|[\u4e00-\u9fff]{{2}}[局办处科]|街道|社区|中心)(?=副?(?:{_TITLE_NAMES}))"
)


def same_rank(asked: str, office: str) -> bool:
    """Whether a deputy is asked for and found, or neither: a 副主任 is no 主任."""
    for title in _TITLES.findall(asked):
        plain = title.removeprefix("副")
        deputy = f"副{plain}"
        alone = plain in office.replace(deputy, "")
        if title == deputy and plain in office and deputy not in office:
            return False
        if title == plain and deputy in office and not alone:
            return False
    return True


_TITLES = re.compile(
    r"副?(?:主任|书记|[局市区县省院校会科处部所行台馆社厅司]长|主席|总经理|总裁|经理|秘书长|董事长)"
)
