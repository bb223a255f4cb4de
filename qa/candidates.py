"""Spans of a sentence that could be the bare answer to a question of a kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.figures import stated_figures
from index.lexical import fold
from index.names import Name
from index.records import Figure
from index.sentences import Sentence, is_zone
from qa.question import DURATION, Question, content_words

_PERCENT_UNITS = frozenset({"%", "‰", "个百分点", "百分点"})
_PEOPLE = frozenset("人名位员")
_COUNTS = frozenset("个家户项件宗种类条所座栋台套只支艘架份处例起批次部篇层间款笔门片块")
_MONEY = re.compile(r"(?:钱|元|美元|欧元|港元|日元|英镑|人民币|韩元|卢布|澳元)$")
_RATE_MEASURE = re.compile(r"(?:率|比重|占比|比例|满意度|份额|利息|百分比|幅度|增幅|增速|降幅)$")
_DURATIONS = ("年", "月", "天", "日", "小时", "分钟", "周", "秒")
_RANKED = re.compile(r"位居|位列|列|居|排名|排")
# Nouns of amounts, which no percentage answers.
_QUANTITY_MEASURE = re.compile(
    r"(?:值|额|(?<!含)量|数|收入|利润|资金|成本|费用?|价格?|贷款|补贴|融资|营收|投资|税收?|经费|奖金|工资|薪|钱"
    r"|债务?|账款|余额|授信|基金|面积|人口|距离|长度|高度|规模|里程)$"
)
# Measures that only an amount of money answers.
_MONEY_NOUN = re.compile(
    r"(?:总产值|产值|增加值|生产总值|[Gg][Dd][Pp]|收入|利润|利税|投资额?|总投资|成交额|进出口总?额|营收|税收"
    r"|贷款|余额|融资|资金|成本|造价|费用|补贴|奖金|销售额|市值)$"
)
_COUNT_MEASURE = re.compile(r"(?:存量|总数|数量|家数|件数|个数|人数|人次)$")
_CHANGE = re.compile(
    r"(?:增长|上升|提高|增加|提升|上涨|下降|减少|降低|回落|下滑|下跌|压缩|缩短|增幅|降幅|增速)"
)
_CLAUSE = re.compile(r"[，；：,;:]")
_STOPS = '，。；：！？,;:!?（）()“”"《》、\n'
# Words that end an enumeration's lead-in: what follows them is the list.
_LIST_CUE = re.compile(
    r"(?:包括|包含|涵盖|涉及|分别是|分别为|分别|即|有(?!限)|为|是|由|围绕|聚焦|构建|形成|布局|发展|培育|壮大|如|含|从|以|"
    r"推行|推动|设立|建设|打造|实行|联合|通过|提供|给予|具有|拥有|建成|组建|指)"
)
_LIST_END = re.compile(
    r"(?:等(?:[^、，。；）)]{0,14})|(?:[一二两三四五六七八九十百\d]+(?:大|个|家|项|类|种|条|方面|只|所|位|名|座)[^、，。；）)]{0,12})|"
    r"(?:共同|联合)[^、，。；]{0,6}|为[^、，。；]{0,20}|“[^”]{1,10}”[^、，。；]{0,12}|产业|主导产业)$"
)

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
    is below 1 where the form itself speaks against it.
    """

    text: str
    start: int
    end: int
    near: str
    clause: str
    figure: Figure | None = None
    quality: float = 1.0


def candidates(question: Question, text: str, sentence: Sentence) -> Iterator[Candidate]:
    """Every span of the sentence that has the form that the question asks for."""
    if question.kind in {"figure", "rate", "share", "rank"}:
        yield from _figures(question, text, sentence)
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


def clause_of(text: str, sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """The span of the clause of the sentence that holds `start:end`."""
    left, right = sentence.start, sentence.end
    for mark in _CLAUSE.finditer(text, sentence.start, sentence.end):
        if mark.end() <= start:
            left = mark.end()
        elif mark.start() >= end:
            right = mark.start()
            break
    return left, right


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
    if question.kind in {"rate", "share"}:
        return percent or unit == "倍"
    if asked == DURATION:
        return unit.endswith(_DURATIONS)
    if asked and asked not in {"个", "多"}:
        return _same_family(asked, unit)
    if _RATE_MEASURE.search(measure):
        return percent or not unit
    if not asked and _MONEY_NOUN.search(measure) and not (percent or _worth_money(unit)):
        return False
    if _COUNT_MEASURE.search(measure) and (percent or _MONEY.search(unit)):
        return False
    if percent:
        return not (asked or _CHANGE.search(figure.measure) or _QUANTITY_MEASURE.search(measure))
    if asked == "个":
        return unit[-1:] in _COUNTS or unit[-1:] in _PEOPLE or unit in {"", "万", "亿"}
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
        return unit[-1:] in _PEOPLE or unit in {"", "万", "余", "多"}
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
        quality = 1.0
        if _FORMER.search(text, max(left, before), figure.start) and not _FORMER.search(
            question.text
        ):
            quality *= 0.75
        before = figure.end
        if question.unit and not figure.unit:
            quality *= 0.6  # a bare number is seldom a count of what has a measure word
        yield Candidate(
            text[figure.start : figure.end],
            figure.start,
            figure.end,
            fold(stated.near),
            fold(text[left:right]),
            figure,
            quality=quality,
        )


def _ranked(text: str, sentence: Sentence, figure: Figure) -> bool:
    """Whether a number is a place in a ranking: "位居97名"."""
    before = text[max(sentence.start, figure.start - 16) : figure.start]
    return figure.unit in {"位", "名"} and bool(_RANKED.search(before))


def _change_fits(question: Question, figure: Figure) -> bool:
    """Changes answer questions about changes, levels questions about levels."""
    changed = bool(_CHANGE.search(figure.measure)) and figure.unit in _PERCENT_UNITS
    if question.kind == "rate":
        return changed
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
        elif not any(c.isdigit() for c in fold(text[time.start : time.end])):
            quality = 0.75  # "今年" says when only to the reader of that day
        _, right = clause_of(text, sentence, time.start, time.end)
        behind = _CLAUSE.search(text, right + 1, sentence.end) if right < sentence.end else None
        reach = behind.start() if behind else sentence.end
        left, _ = clause_of(text, sentence, time.start, time.end)
        shown = re.sub(r"^(?:截至|截止到?|于|在|从|自)", "", text[time.start : time.end])
        yield Candidate(
            shown,
            time.end - len(shown),
            time.end,
            fold(text[time.end : reach]),
            fold(text[left:reach]),
            quality=quality,
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
    return at


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
_PLACE_NOUNS = frozenset({"城市", "省份", "地方", "国家", "地区", "省", "市", "县", "区", "镇"})
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
    if not head or head in _WORKS:
        return  # works are told by their titles
    folded = fold(text)
    at = folded.find(head, sentence.start, sentence.end)
    while at >= 0:
        end = at + len(head)
        dated = [t.end for t in sentence.times if t.end <= at]
        start = _phrase_start(text, max(sentence.start, *dated, 0), at)
        if start < at:
            yield start, end
        if head in _ORG_NOUNS:  # "上市公司某某股份": the name stands behind what it is
            behind = _apposition(text, end, sentence.end)
            if behind > end + 1:
                yield end, behind
        at = folded.find(head, end, sentence.end)


def _is_a(name: Name, head: str) -> bool:
    bare = name.text.strip('“”"《》')
    if head and bare.endswith(head):
        return True
    if head in _ORG_NOUNS or head.endswith("公司"):
        return name.kind == "org"
    if head in _WORKS:
        return name.kind == "title"
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
    for run in re.finditer(
        r"[^，。；：！？\n,;:!?（）()]*、[^，。；：！？\n,;:!?（）()]*",
        text[sentence.start : sentence.end],
    ):
        start, end = run.start() + sentence.start, run.end() + sentence.start
        cues = list(_LIST_CUE.finditer(text, start, text.find("、", start, end)))
        begin = cues[-1].end() if cues else start
        shown = text[begin:end]
        trimmed = _LIST_END.sub("", shown)
        stop = begin + len(trimmed) if trimmed.strip() and "、" in trimmed else end
        left, right = clause_of(text, sentence, start, end)
        context = fold(text[max(sentence.start, left - 40) : min(sentence.end, right + 30)])
        shown = text[begin:stop].strip(" 的“”")
        counted = all(item[:1].isdigit() for item in list_items(shown))
        quality = 0.5 if named and counted else plain
        yield Candidate(shown, begin, stop, context, fold(text[left:right]), quality=quality)
    for start, end in _noun_spans(text, sentence, head) if head else ():
        left, right = clause_of(text, sentence, start, end)
        near = fold(text[left:right])
        yield Candidate(text[start:end], start, end, near, near, quality=0.72)


def names_things(question: Question) -> bool:
    """Whether a list of organisations or places is asked for, rather than of anything."""
    return any(w in _ORG_NOUNS | _PLACE_NOUNS | _ZONE_NOUNS for w in content_words(question.focus))


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


def list_items(shown: str) -> list[str]:
    """The items of an enumeration as written.

    >>> list_items("新材料、装备制造和电子信息")
    ['新材料', '装备制造', '电子信息']
    """
    if "、" not in shown:
        pieces = (
            re.split(r"[；;]", shown) if re.search(r"[；;]", shown) else re.split(r"[，,]", shown)
        )
    else:
        pieces = shown.split("、")
    last = re.split(r"(?<=[^、])(?:以及|和|及|与|以及|and)(?=[^、])", pieces[-1], maxsplit=1)
    return [p.strip() for p in [*pieces[:-1], *last] if p.strip()]
