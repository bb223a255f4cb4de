"""Spans of a sentence that could be the bare answer to a question of a kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from index.figures import sentence_quantities, stated_figures, whole_number
from index.lexical import fold
from index.names import Name
from index.records import Figure
from index.sentences import Sentence, is_zone
from qa.enumerations import enumerations, list_items
from qa.interrogatives import FIGURES
from qa.question import DURATION, SUMMED, Question, content_words

_PERCENT_UNITS = frozenset({"%", "‰", "个百分点", "百分点"})
_PEOPLE = frozenset("人名位员")
_COUNTS = frozenset("个家户项件宗种类条所座栋台套只支艘架份处例起批次部篇层间款笔门片块")
_OTHER_COUNTS = frozenset("辆枚页场首幅颗匹头")  # measure words of one sort of thing alone
_MONEY = re.compile(
    r"(?:钱|元|英镑|人民币|卢布|新台币|法郎|卢比|泰铢|比索|里亚尔|迪拉姆|林吉特|欧分|美分)$"
)
_RATE_MEASURE = re.compile(
    r"(?:(?<![频功辨])率|比重|占比|比例|满意度|份额|利息|百分比|幅度|增幅|增速|降幅)$"
)
_DURATIONS = ("年", "月", "天", "日", "小时", "分钟", "周", "秒")
_RANKED = re.compile(r"位居|位列|列|居|排名|排")
# Nouns of amounts, which no percentage answers.
_QUANTITY_MEASURE = re.compile(
    r"(?:值|额|(?<!含)量|(?<!指)数|收入|利润|资金|成本|费用?|价格?|贷款|补贴|融资|营收|投资|税收?|经费|奖金|工资|薪|钱"
    r"|债务?|账款|余额|授信|基金|面积|人口|距离|长度|高度|规模|里程|[Gg][Dd][Pp])$"
)
# Measures that only an amount of money answers.
_MONEY_NOUN = re.compile(
    r"(?:总产值|产值|增加值|生产总值|[Gg][Dd][Pp]|收入|利润|利税|投资额?|总投资|成交额|进出口总?额|营收|税收"
    r"|贷款|余额|融资|资金|成本|造价|费用|补贴|奖金|销售额|市值)$"
)
_COUNT_MEASURE = re.compile(r"(?:总数|数量|家数|件数|个数|人数|人次)$")
_CHANGE = re.compile(
    r"增长|上升|提高|增加(?!值)|提升|上涨|下降|减少|降低|回落|下滑|下跌|压缩|缩短|缩减|下挫|攀升|回升|上调|下调"
    r"|上浮|下浮|[增降涨跌升]幅|增速|[涨跌](?=了?$)|[增减降升](?=了?$)"
)
_CLAUSE = re.compile(r"[，；：,;:]")
_STOPS = '，。；：！？,;:!?（）()“”"《》、\n'
# "于某是某社区党委书记": the office stands behind the name.
_HOLDS = re.compile(
    r"[，,]?(?:现|曾)?(?:担任|出任|就任|当选为?|任|是|为)(?P<office>[^，。；,;]{2,30})"
)
# "在某广场启动": the place of an event, whether or not it is a place by its name.
_HELD_AT = re.compile(
    r"(?:在|于)(?P<where>[^，。；：,;:在于]{2,22}?)(?:正式|顺利|隆重|成功)?"
    r"(?:举行|举办|召开|启动|开幕|揭牌|成立|签约|挂牌|开工|动工|奠基|上市|首发|落成|发布|投运|投产|落户|设立)"
)
# "哪里人" asks where somebody comes from, which a sentence must say in such words.
_ORIGIN = re.compile(r"哪里人|哪儿人|籍贯|老家|出生地|什么地方人|哪个(?:省|市|县)(?:的)?人")
_FROM = re.compile(r"籍|来自|出生|老家|生于|祖籍|[省市县]人")
_DAY_ASKED = re.compile(r"哪一?天|哪一?日|几月几|几[号日]|何日|日期")
# "从最初的100件", "由原来的11份": what was, when it is asked what is.
_FORMER = re.compile(r"最初|原来|原先|此前|以前|起初|由原|[从由](?!而|事|此)")
_COLON = re.compile(r"[：:](?!\d)")
_ITEM = re.compile(r"[，,；;、]")
_PHRASE = 18  # characters of a noun phrase before its head
_LIST_LIMIT = 240  # characters: what follows a colon for longer is a text, not a list
_LIST_GAP = re.compile(r"\s*(?:[、,，]|和|与|及|以及|[、，]?(?:and|以及))\s*")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible bare answer: `text` as shown, `start:end` its span in the article.

    `near` is the folded phrase that says what it is ("工业增加值", a person's office), `clause` the
    folded clause around it. `figure` is set where the candidate is a stated number. `quality`
    is below 1 where the form itself speaks against it; `others` are the items that the other
    numbers belong to where they are shared out.
    """

    text: str
    start: int
    end: int
    near: str
    clause: str
    figure: Figure | None = None
    quality: float = 1.0
    others: tuple[str, ...] = ()


def candidates(question: Question, text: str, sentence: Sentence) -> Iterator[Candidate]:
    """Every span of the sentence that has the form that the question asks for."""
    if question.kind in FIGURES:
        yield from _figures(question, text, sentence)
        if question.kind == "figure":
            yield from _vague(question, text, sentence)
        if question.kind == "rank":
            yield from _places_won(text, sentence)
    elif question.kind == "who":
        yield from _persons(text, sentence)
    elif question.kind == "office":
        yield from _offices(question, text, sentence)
    elif question.kind == "when":
        yield from _times(question, text, sentence)
    elif question.kind == "where":
        yield from _places(question, text, sentence)
    elif question.kind == "which":
        yield from _things(question, text, sentence)
    elif question.kind == "list":
        yield from _lists(question, text, sentence)


def clause_of(
    text: str, sentence: Sentence, start: int, end: int, marks: re.Pattern[str] = _CLAUSE
) -> tuple[int, int]:
    """The span of the clause of the sentence that holds `start:end`; `marks` part clauses."""
    left, right = sentence.start, sentence.end
    for mark in marks.finditer(text, sentence.start, sentence.end):
        if mark.end() <= start:
            left = mark.end()
        elif mark.start() >= end:
            right = mark.start()
            break
    return left, right


# Asked so, a change is told in percent.
_IN_PERCENT = re.compile(r"增速|[增涨降跌]幅|幅度|增长率|百分")


# What a size asked for by its adjective is told in.
_SIZE_ASKED = re.compile(r"多(?:少)?(高|长|宽|深|厚|远|重|热|冷|烫)(?!视|要|点|时间)")
_LENGTHS = (
    "米",
    "公里",
    "千米",
    "厘米",
    "毫米",
    "微米",
    "纳米",
    "海里",
    "尺",
    "里",
    "寸",
    "英里",
    "km",
    "cm",
    "mm",
)
_WEIGHTS = ("吨", "克", "公斤", "千克", "斤", "磅", "两", "kg", "mg")
_SIZE_UNITS = {
    "重": _WEIGHTS,
    "长": (*_LENGTHS, *_DURATIONS),
    "高": (*_LENGTHS, "%", "℃", "度", "元", "万", "亿", "倍", "分", "层", ""),
    **dict.fromkeys("宽深厚远", _LENGTHS),
    **dict.fromkeys("热冷烫", ("度", "℃", "摄氏度")),
}


def text_before(text: str, sentence: Sentence, start: int) -> str:
    """The clause before the one at `start`, and that one's beginning."""
    left = clause_of(text, sentence, start, start + 1)[0]
    previous = clause_of(text, sentence, left - 2, left - 1)[0] if left > sentence.start else left
    return text[previous:start]


def unit_fits(question: Question, figure: Figure) -> bool:
    """Whether a figure's unit can answer what is asked: 家 for 家, 亿元 for 万元, not % for 元."""
    unit, asked = figure.unit, question.unit
    percent = unit in _PERCENT_UNITS
    measure = (question.body or "").rstrip("的 ")
    if question.kind == "share":
        return percent or unit == "倍"
    if question.kind == "rate":
        return percent or unit == "倍" or (bool(unit) and not _IN_PERCENT.search(question.text))
    if asked == DURATION:
        return unit.endswith(_DURATIONS)
    if asked and asked not in {"个", "多"}:
        return _same_family(asked, unit)
    if _RATE_MEASURE.search(measure):
        return percent or not unit
    if not asked and measure.endswith("规模") and unit[-1:] in "个家项只支所处":
        return False  # how many there are is not how large they are
    size = _SIZE_ASKED.search(question.text)
    if size and not asked:
        return unit.endswith(_SIZE_UNITS[size.group(1)])
    if not asked and _MONEY_NOUN.search(measure) and not (percent or _worth_money(unit)):
        return False
    if _COUNT_MEASURE.search(measure) and (percent or _MONEY.search(unit)):
        return False
    if percent:
        return not (asked or _QUANTITY_MEASURE.search(measure))
    if asked == "个":
        return unit[-1:] in _COUNTS | _PEOPLE | _OTHER_COUNTS or unit in {"", "万", "亿"}
    return True


def _worth_money(unit: str) -> bool:
    return bool(_MONEY.search(unit)) or unit in {"亿", "万", "万亿"}


def is_particular(unit: str) -> bool:
    """Whether a unit tells by itself what is counted: 页, 亩 and 岁 do, 个, 家 and 元 do not."""
    return bool(unit) and not (
        _MONEY.search(unit) or unit[-1] in _COUNTS or unit[-1] in _PEOPLE or unit in _PERCENT_UNITS
    )


def _same_family(asked: str, unit: str) -> bool:
    if _MONEY.search(asked):
        return bool(_MONEY.search(unit)) or unit in {"亿", "万"}
    if asked[-1] in _PEOPLE:
        return unit[-1:] in _PEOPLE or unit in {"", "万", "亿", "余", "多"}
    if asked[-1] in _COUNTS:
        return unit[-1:] in _COUNTS or unit in {"", "万", "亿"}
    if asked in _PERCENT_UNITS:
        return unit in _PERCENT_UNITS
    return bool(unit) and (asked[-1] == unit[-1] or asked in unit or unit in asked)


def _figures(question: Question, text: str, sentence: Sentence) -> Iterator[Candidate]:
    before = sentence.start
    for stated in stated_figures(text, sentence):
        figure = stated.figure
        if question.kind == "rank":
            if not (stated.ordinal or _ranked(text, sentence, figure)):
                continue
        elif (
            stated.ordinal or not unit_fits(question, figure) or not _change_fits(question, figure)
        ):
            continue
        left, right = clause_of(text, sentence, figure.start, figure.end)
        start, end = _whole_range(text, sentence, figure.start, figure.end)
        bound = _BOUND.match(text, end)
        end = bound.end() if bound else end
        if round_ := _ROUND.match(text, max(sentence.start, start - 1), end):
            start, end = round_.span()  # "上百名"
        quality = 1.0
        if _FORMER.search(text, max(left, before), figure.start) and not _FORMER.search(
            question.text
        ):
            quality *= 0.75
        before = figure.end
        if _ABOVE.search(text, left, figure.start):
            quality *= 0.93  # "超8000万元" is a headline where "8425.7万元" is told
        if question.kind == "rate" and figure.unit not in _PERCENT_UNITS:
            quality *= 0.7  # a growth is told in percent where it is told so at all
        if question.unit and not figure.unit:
            quality *= 0.6  # a bare number is seldom a count of what has a measure word
        yield Candidate(
            text[start:end],
            start,
            end,
            fold(stated.near),
            fold(text[left:right]),
            figure,
            quality=quality,
            others=tuple(fold(other) for other in stated.others),
        )


_ABOVE = re.compile(r"(?:超过?|逾|突破|近|接近|达?上|约)$")
# "5吨至8吨", "30-50℃": both ends of a range belong to it.
_TO = r"\s*(?:[-—–~～]{1,2}|至|到|以上)\s*"
# "5小时以上": the bound belongs to the figure.
_BOUND = re.compile(r"以上|以下|以内|左右")
_RANGE_LINK = re.compile(_TO)
_LINK_BEFORE = re.compile(rf"{_TO}$")
_LINK_REACH = 4  # characters that a link takes up
_RANGE_START = re.compile(rf"(?<![\d.A-Za-z])(?:\d[\d,.]*|[一二两三四五六七八九十]){_TO}$")


def _whole_range(text: str, sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """The span of the range of numbers that a number is an end of, else its own."""
    near = max(sentence.start, start - _LINK_REACH)
    if not (_RANGE_LINK.match(text, end) or _LINK_BEFORE.search(text, near, start)):
        return start, end
    quantities = sentence_quantities(text, sentence)
    for one, other in pairwise(quantities):
        linked = _RANGE_LINK.fullmatch(text, one.end, other.start)
        alike = not one.unit or one.unit[-1] == other.unit[-1:]
        if linked and alike and (one.start == start or other.start == start):
            return one.start, other.end
    begun = _RANGE_START.search(text, sentence.start, start)
    return (begun.start() if begun else start), end


def _places_won(text: str, sentence: Sentence) -> Iterator[Candidate]:
    """Ranks that have names: "获得季军"."""
    for won in _WON.finditer(text, sentence.start, sentence.end):
        left, right = clause_of(text, sentence, *won.span())
        near = fold(text[left:right])
        yield Candidate(won.group(), won.start(), won.end(), near, near)


_WON = re.compile(
    r"冠军|亚军|季军|榜首|首位|并列第[一二三四五六七八九十]|第[一二三四五六七八九十]{1,3}(?=[，。、；]|名|位)"
)


def _vague(question: Question, text: str, sentence: Sentence) -> Iterator[Candidate]:
    """Counts told in round words alone: "上百名侨胞", "近万只"."""
    for told in _ROUND.finditer(text, sentence.start, sentence.end):
        unit = told["unit"]
        if question.unit and not _same_family(question.unit, unit):
            continue
        known = sentence_quantities(text, sentence)
        if any(told.start() <= q.start < told.end() for q in known):
            continue
        left, right = clause_of(text, sentence, *told.span())
        near = fold(text[told.end() : min(right, told.end() + _NEAR_ROUND)])
        yield Candidate(
            told.group(), told.start(), told.end(), f"{fold(text[left : told.start()])} {near}",
            fold(text[left:right]), quality=0.9,
        )  # fmt: skip


_NEAR_ROUND = 8
_ROUND = re.compile(
    r"(?:(?:近|上|数|超|逾|过|几|好几|成)[百千万亿]{1,2}|十几|几十|数十|好几十?|一两|两三|三四|三五|四五|五六|六七|七八|八九)"
    r"(?P<unit>[余多]?[个名只家人户件台辆元吨亩场次棵株头条位份座栋艘米天年种项])"
)


def _ranked(text: str, sentence: Sentence, figure: Figure) -> bool:
    """Whether a number is a place in a ranking: "位居97名"."""
    before = text[max(sentence.start, figure.start - 16) : figure.start]
    return figure.unit in {"位", "名"} and bool(_RANKED.search(before))


def _change_fits(question: Question, figure: Figure) -> bool:
    """Changes answer questions about changes, levels questions about levels."""
    # "对经济增长的贡献率" is a level that only speaks of a change.
    last = figure.measure.rpartition("的")[2]
    told = bool(_CHANGE.search(last))
    if question.kind == "rate":
        return told
    changed = told and figure.unit in _PERCENT_UNITS
    return not changed or any(_CHANGE.search(w) for w in question.words)


def _persons(text: str, sentence: Sentence) -> Iterator[Candidate]:
    for name in sentence.names:
        if name.kind == "person":
            left, right = clause_of(text, sentence, name.start, name.end)
            office = name.role
            held = _HOLDS.match(text, name.end, sentence.end)
            if not office and held:
                office = held["office"]
            # An office that is stated elsewhere helps to tell who is meant, but is not told here.
            here = not name.role or name.role in text[sentence.start : name.start]
            yield Candidate(
                name.text,
                name.start,
                name.end,
                fold(office),
                fold(text[left:right]),
                quality=1.0 if here else 0.85,
            )


def _offices(question: Question, text: str, sentence: Sentence) -> Iterator[Candidate]:
    asked = set(question.names)
    for name in sentence.names:
        held = _HOLDS.match(text, name.end, sentence.end)
        if name.kind == "person" and not name.role and held and name.text in question.text:
            yield Candidate(
                held["office"], held.start("office"), held.end("office"),
                fold(name.text + held["office"]), fold(text[sentence.start : sentence.end]),
            )  # fmt: skip
        if (
            name.kind == "person"
            and name.role
            and (not asked or name.text in asked or name.text in question.text)
        ):
            start = text.rfind(name.role, sentence.start, name.start)
            if start < 0:
                continue
            yield Candidate(
                name.role,
                start,
                start + len(name.role),
                fold(name.text + name.role),
                fold(text[sentence.start : sentence.end]),
            )


def _times(question: Question, text: str, sentence: Sentence) -> Iterator[Candidate]:
    for time in sentence.times:
        if time.kind == "relative":
            continue
        quality = 1.0
        if _DAY_ASKED.search(question.text) and time.kind != "day":
            quality = 0.6
        elif _YEAR_ASKED.search(question.text) and time.relative and time.kind == "day":
            quality = 0.5  # a day names no year
        elif not any(c.isdigit() for c in fold(text[time.start : time.end])):
            quality = 0.75  # "今年" says when only to the reader of that day
        if _TELLING.match(text, time.end, sentence.end):
            if not _TOLD.search(_ACCORDING.sub("", question.text)) and len(sentence.times) > 1:
                continue  # when it was told is not when it was
            quality *= 0.4
        _, right = clause_of(text, sentence, time.start, time.end)
        behind = _CLAUSE.search(text, right + 1, sentence.end) if right < sentence.end else None
        reach = behind.start() if behind else sentence.end
        left, _ = clause_of(text, sentence, time.start, time.end)
        tail = _TIME_TAIL.match(text, time.end, sentence.end)
        end = tail.end() if tail else time.end
        if _HOUR_ASKED.search(question.text) and not _CLOCK.search(text, time.start, end):
            quality *= 0.5
        end = _time_range_end(text, sentence, end)
        lead = _BEFORE_TIME.match(text, time.start, end)
        start = lead.end() if lead else time.start
        yield Candidate(
            text[start:end], start, end, fold(text[end:reach]), fold(text[left:reach]),
            quality=quality,
        )  # fmt: skip
    if _HOUR_ASKED.search(question.text):
        yield from _hours(text, sentence)


def _time_range_end(text: str, sentence: Sentence, end: int) -> int:
    """Where the range ends that a time before `end` begins: "11日夜间至12日凌晨", else `end`."""
    for other in sentence.times:
        if other.start > end and _RANGE_LINK.fullmatch(text, end, other.start):
            tail = _TIME_TAIL.match(text, other.end, sentence.end)
            return tail.end() if tail else other.end
    return end


def _hours(text: str, sentence: Sentence) -> Iterator[Candidate]:
    """Times of the day that stand without a date: "8:30至16:30"."""
    for clock in _HOURS.finditer(text, sentence.start, sentence.end):
        if any(t.start <= clock.start() and t.end >= clock.start() for t in sentence.times):
            continue  # told with its day already
        left, right = clause_of(text, sentence, *clock.span())
        around = fold(text[max(sentence.start, left - _BEFORE_HOUR) : right])
        yield Candidate(clock.group(), *clock.span(), around, fold(text[left:right]))


_TELLING = re.compile(
    r"[，,]?\s*(?:[\u4e00-\u9fff]{0,4}(?:报道|消息|发文|刊文|援引)|[\u4e00-\u9fff]{0,6}记者|[^，。]{0,16}(?:获悉|了解到)|[^，。]{0,8}(?:讯|电)(?=[（(，\s]|$))"
)
_TOLD = re.compile(r"报道|消息|发布|公布|披露|发表|发文|刊发|获悉|通报|宣布")
_ACCORDING = re.compile(r"^(?:据|根据|按照?)[^，,]*[，,]")
_BEFORE_HOUR = 12
_BEFORE_TIME = re.compile(r"截至|截止到?|于|在|从|自")
_YEAR_ASKED = re.compile(r"哪一?年|何年|几几年|什么年份")
_HOUR_ASKED = re.compile(r"几点|几时")
_A_CLOCK = r"(?:\d{1,2}[:：]\d{2}|\d{1,2}[时点](?:\d{1,2}分|半|整)?许?)"
_CLOCK = re.compile(_A_CLOCK)
_PART_OF_DAY = r"(?:[上下]午|凌晨|早上|早晨|清晨|中午|傍晚|晚上|晚间|夜间|深夜|晚|早)"
_HOURS = re.compile(
    rf"{_PART_OF_DAY}?{_A_CLOCK}(?:{_TO}{_PART_OF_DAY}?{_A_CLOCK})?(?:之?[前后]|左右)?"
)
# What goes on saying when: the part of the day, the hour, and "before" or "after".
_TIME_TAIL = re.compile(
    rf"\s*{_PART_OF_DAY}?(?:\s*{_A_CLOCK}(?:{_TO}{_A_CLOCK})?)?(?:入[春夏秋冬]|[春夏秋冬][天季]|汛期|春节|国庆)?"
    r"(?:前后|[之以]?[前后](?![往者来期沿台景置排勤续])|左右)?"
)


def _places(question: Question, text: str, sentence: Sentence) -> Iterator[Candidate]:
    asked = fold(question.text)
    if asks_origin(question) and not _FROM.search(text, sentence.start, sentence.end):
        return
    for match in _HELD_AT.finditer(text, sentence.start, sentence.end):
        start, end = match.span("where")
        left, right = clause_of(text, sentence, start, end)
        near = fold(text[left:right])
        if fold(match["where"]) not in asked:
            yield Candidate(match["where"], start, end, near, near)
    for name in sentence.names:
        if name.kind in {"place", "org"} and fold(name.text) not in asked:
            left, right = clause_of(text, sentence, name.start, name.end)
            lead = text[max(sentence.start, name.start - 4) : name.start]
            near = (
                fold(text[left:right])
                if re.search(r"(?:在|于|落户|落地|到|往|至|赴)$", lead)
                else ""
            )
            end = _whole_place(text, name.end, min(right, name.end + 8))
            yield Candidate(text[name.start : end], name.start, end, near, fold(text[left:right]))


def _whole_place(text: str, start: int, ceiling: int) -> int:
    """Where a place name that begins before `start` ends: "北京" goes on to "北京亦庄"."""
    import rjieba

    at = start
    for word, tag in rjieba.tag(text[start:ceiling]):
        if tag not in {"ns", "nz", "nt", "nr", "nrt", "s"}:
            break
        at += len(word)
    smaller = _SMALLER.match(text, at, ceiling)
    return smaller.end() if smaller else at


# What an address goes on with: "巴州区玉堂街道" in 寨子包村.
_SMALLER = re.compile(
    r"(?:[\u4e00-\u9fff]{1,5}?(?:村(?!民|委|支|镇)|社区|街道|[镇乡](?!政|党|村)|路(?:\d+号)?|[大广]厦|广场|[基产]地|产业园|工业园|科技园|训练基地|景区))+"
)


def asks_origin(question: Question) -> bool:
    """Whether a question asks where somebody comes from, which a sentence must say outright."""
    return bool(_ORIGIN.search(question.text))


def _things(question: Question, text: str, sentence: Sentence) -> Iterator[Candidate]:
    asked = fold(question.text)
    seen: set[tuple[int, int]] = set()
    for start, end, quality in _focused_spans(question, text, sentence):
        shown = text[start:end]
        bare = fold(shown.strip('“”"《》'))
        if not bare or bare in asked or (start, end) in seen:
            continue
        if all(w in asked for w in content_words(bare)):
            continue  # nothing but the question's own words
        seen.add((start, end))
        left, right = clause_of(text, sentence, start, end)
        near = fold(text[left:right])
        yield Candidate(shown.strip('“”"'), start, end, near, near, quality=quality)


_ORG_NOUNS = frozenset(
    "方 各方 四方 三方 双方 合作方 公司 企业 单位 机构 集团 银行 上市公司 部门 组织".split()
)
_WORKS = frozenset(
    "电影 影片 片子 书 作品 歌 歌曲 剧 电视剧 小说 文件 法律 法规 条例 办法 规定 节目".split()
)
_PRESS_NAME = re.compile(r"(?:报|刊|志|网|通讯社|社|电视台|电台|广播公司|频道|新闻|时代|卫报)$")
_PRESS = frozenset({"媒体", "报纸", "报社", "杂志", "刊物"})
_PLACE_NOUNS = frozenset({"城市", "省份", "地方", "国家", "地区", "省", "市", "县", "区", "镇"})
_NAMED_PLACES = frozenset({"国家", "省份", "城市", "省", "市", "县"})
_ZONE_NOUNS = frozenset({"高新区", "园区", "开发区", "经开区", "新区"})


def _focused_spans(
    question: Question, text: str, sentence: Sentence
) -> list[tuple[int, int, float]]:
    """The spans of the longest beginning of the focus that the sentence has a thing of.

    "高新区落地" asks for a 高新区 and "学院毕业生" for a 学院: behind the noun a clause begins.
    """
    words = content_words(question.focus)
    for length in range(len(words), 0, -1):
        head = "".join(words[:length])
        spans = list(_noun_spans(text, sentence, head))
        if not spans and length == 1:
            spans = list(_noun_spans(text, sentence, words[-1]))
        if spans:
            return [(start, end, 1.0) for start, end in spans]
    if question.focus:
        return []
    return [(start, end, 1.0) for start, end in _noun_spans(text, sentence, "")]


def _head_noun(focus: str) -> str:
    words = content_words(focus)
    return words[-1] if words else ""


def _noun_spans(text: str, sentence: Sentence, head: str) -> Iterator[tuple[int, int]]:
    """The names and noun phrases of the sentence that are a thing of the sort of `head`."""
    for name in sentence.names:
        if _is_a(name, head):
            yield name.start, name.end
    if not head or head in _WORKS or head in _NAMED_PLACES:
        return  # works are told by their titles, countries by their names: "邻国" is none
    folded = fold(text)
    at = folded.find(head, sentence.start, sentence.end)
    while at >= 0:
        end = at + len(head)
        dated = [t.end for t in sentence.times if t.end <= at]
        start = _phrase_start(text, max(sentence.start, *dated, 0), at)
        # "2家专营银行", "首家商业银行": counted, not named.
        counted = text[start : start + 1] in _UNIT_HEADS and (
            text[start - 1 : start].isdigit() or text[start - 1 : start] in _ORDINALS
        )
        if start < at and not counted:
            yield start, end
        if head in _ORG_NOUNS:  # "上市公司某某股份": the name stands behind what it is
            behind = _apposition(text, end, sentence.end)
            if behind > end + 1:
                yield end, behind
        at = folded.find(head, end, sentence.end)


_ORDINALS = frozenset("首第一二三四五六七八九十两几")
_UNIT_HEADS = frozenset("家个项所条名位座批只支种类")


def _is_a(name: Name, head: str) -> bool:
    bare = name.text.strip('“”"《》')
    if head and bare.endswith(head):
        return True
    if head in _ORG_NOUNS or head.endswith("公司"):
        return name.kind == "org"
    if head in _WORKS:
        return name.kind == "title"
    if head in _PRESS:
        return name.kind in {"org", "title"} and bool(_PRESS_NAME.search(bare))
    if head in _ZONE_NOUNS:
        return name.kind == "place" and is_zone(name.text)
    if head in _PLACE_NOUNS:
        return name.kind == "place"
    return not head and name.kind in {"quoted", "title"}


def _phrase_start(text: str, floor: int, end: int) -> int:
    """Where the noun phrase that ends at `end` begins: behind a stop or particle and the verb."""
    import rjieba

    left = max((text.rfind(c, floor, end) + 1 for c in f"{_STOPS}的了着过"), default=floor)
    left = max(left, floor, end - _PHRASE)
    for word, tag in rjieba.tag(text[left:end]):
        if tag[:1] not in {"v", "p", "d", "c", "r", "u", "m", "q"} or tag == "vn":
            break
        left += len(word)
    return left


def _apposition(text: str, start: int, ceiling: int) -> int:
    """Where a name that follows its noun ends: at a particle, a verb or a stop."""
    import rjieba

    at = start
    for word, tag in rjieba.tag(text[start : min(ceiling, start + 12)]):
        if tag[:1] in {"v", "p", "c", "u", "r", "d", "x", "y", "m", "f"}:
            break
        at += len(word)
    return at


def _lists(question: Question, text: str, sentence: Sentence) -> Iterator[Candidate]:
    """The enumerations of the sentence: items parted by "、", or clauses behind a colon."""
    named = names_things(question)
    plain = 0.75 if named else 1.0  # organisations are asked for, and these are not known as such
    for colon in _COLON.finditer(text, sentence.start, sentence.end):
        start, end = colon.end(), sentence.end
        shown = text[start:end].rstrip('。！？；”"')
        if len(_ITEM.findall(shown)) >= 1 and len(shown) <= _LIST_LIMIT:
            near = fold(text[sentence.start : start])
            yield Candidate(shown.strip(), start, start + len(shown), near, near, quality=plain)
    head = _head_noun(question.focus)
    if named:
        for start, end in _runs_of_names([n for n in sentence.names if _is_a(n, head)], text):
            near = fold(text[max(sentence.start, start - 30) : min(sentence.end, end + 30)])
            yield Candidate(text[start:end], start, end, near, near)
    summed = SUMMED.search(question.text)
    for begin, stop, start, end in enumerations(text, sentence.start, sentence.end):
        left, right = clause_of(text, sentence, start, end)
        context = fold(text[max(sentence.start, left - 40) : min(sentence.end, right + 30)])
        begin, stop = whole_names(sentence, begin, stop)
        shown = text[begin:stop]
        inside = [n for n in sentence.names if n.start <= begin and stop <= n.end]
        if not shown.strip() or any("、" not in n.text for n in inside):
            continue  # nothing, or one name that has a joint in it
        counted = all(item[:1].isdigit() for item in list_items(shown))
        quality = 0.5 if named and counted else plain
        if summed and _is_sum_of(summed, list_items(shown)):
            context += fold(summed.group())
        yield Candidate(shown, begin, stop, context, fold(text[left:right]), quality=quality)
    for start, end in _noun_spans(text, sentence, head) if head else ():
        left, right = clause_of(text, sentence, start, end)
        near = fold(text[left:right])
        yield Candidate(text[start:end], start, end, near, near, quality=0.72)


def _is_sum_of(summed: re.Match[str], items: list[str]) -> bool:
    return len(items) == whole_number(summed["n"]) and all(
        summed["of"] in item and not _MARKED.search(item) for item in items
    )


_MARKED = re.compile(r"[“”\"（）()]")


def names_things(question: Question) -> bool:
    """Whether a list of organisations or places is asked for, rather than of anything."""
    return any(w in _ORG_NOUNS | _PLACE_NOUNS | _ZONE_NOUNS for w in content_words(question.focus))


def whole_names(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """The span made longer by the rest of a name that it cuts through."""
    for name in sentence.names:
        if name.kind in _WHOLE and name.start < end and start < name.end:
            start, end = min(start, name.start), max(end, name.end)
    return start, end


_WHOLE = frozenset({"person", "org", "place", "title"})


def _runs_of_names(names: list[Name], text: str) -> Iterator[tuple[int, int]]:
    """The spans of two and more names that only a list's separators part."""
    run: list[Name] = []
    for name in [*names, None]:
        if name is not None and (not run or _LIST_GAP.fullmatch(text, run[-1].end, name.start)):
            run.append(name)
            continue
        if len(run) > 1:
            yield run[0].start, run[-1].end
        run = [name] if name is not None else []
