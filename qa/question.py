"""What is asked: a question of one clause or of several, and what to do with the answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from index.lexical import fold
from index.period import label
from index.records import Period
from qa.clause import Operation, Question, read_clause, same_place
from qa.interrogatives import CHANGE_WORD, DURATION, Kind, ask_of
from qa.rewrite import plain
from qa.sides import sides
from qa.words import content_words

__all__ = [
    "DURATION",
    "Kind",
    "Operation",
    "Question",
    "analyse",
    "as_ratio",
    "content_words",
    "same_place",
]


_COMPARE = re.compile(
    r"(?:谁|哪一?(?:个|家|年|方|所|项|边)?|哪里|哪儿)[^，。]{0,12}?(?:更|最)?(?P<way>多(?!元)|(?<!提)高(?![新校企科技等端层])"
    r"|大(?![学厦数脑湾会])|强(?!国)|快(?![递讯])|少|低|小(?![学组区])|慢)(?:一些|些)?(?:$|[^少大])"
)
_DIFFERENCE = re.compile(
    r"(?:比|较)(?P<than>[^，。？]+?)(?:增加|增长|提高|减少|下降|高出?|多出?|少|低|大|小|快|慢|(?<![增延])长|(?<!缩)短|早|晚|重|轻|远|贵)了?(?:多少|几)|相差|差(?:了)?多少|差距|差额|之差|"
    r"(?:多|少|高|低)多少"
)
_COUNTABLE = frozenset({"figure", "rate", "text", "which", "share"})
_TWO_SIDED = re.compile(r"(?<![占同环])比[^例重率较如]|差")
_RATIO = re.compile(r"(?:是|为|达到?)(?P<of>[^，。？]*?)的?(?:多少|几)倍|倍数")
# "授权的专利里，扣掉发明专利还剩多少": what is left of the first without the second.
_LEFT = re.compile(
    r"(?P<a>.+?)(?:里面?|当中|中)?[，,]?(?:扣[掉除去]|除[去开掉]|减[去掉]|去掉|剔除|不算|刨[掉去]|抛开|撇开)(?P<b>.+?)"
    r"(?:那[一]?[块部][分]?)?(?:后|之后|以外|外)?[，,]?还?(?:剩下?|有|是)(?:多少|几)"
)
# "报损的车辆中还有多少辆没有查勘": all of them less those that are done.
_NOT_YET = re.compile(
    r"(?P<a>.+?)(?:当中|之中|中|里面?)[，,]?(?:还|仍|尚)有(?:多少|几)[^，。没未尚]{0,4}?(?:还|尚)?(?:没有?|未)(?:被|能|完成)?"
    r"(?P<b>[\u4e00-\u9fff]{2,6})(?=[？?。]|$)"
)
_OPERANDS = (
    re.compile(
        r"(?P<a>.+?)(?<![占同环])(?:比|较)(?P<b>[^例重率较如].*?)"
        r"(?:多|少|高|低|大|小|快|慢|(?<![增延])长|(?<!缩)短|早|晚|重|轻|增加|增长|提高|减少|下降)"
        r"[\u4e00-\u9fff]?(?:出了?|了)?(?:多少|几|$)"
    ),
    re.compile(r"(?P<a>.+?)(?:是|为|达到?)(?P<b>.+?)的?(?:多少|几)倍"),
    _LEFT,
    _NOT_YET,
)
_SUM = re.compile(r"合计|一共|总共|总和|之和|加起来|相加|共计|总计")
_FROM_TO = re.compile(r"(?:从|由|自).{2,}(?:到|至)")
_EACH = re.compile(r"分别|各自|各(?=是|为|有|多少)")
_MOST = 6  # parts of one question that are answered
_MEASURE = 8  # characters before "及同比增速" that name its measure
_SPLIT = re.compile(r"[，,；;？?]|(?:以及|并且|同时)|、(?=[^、]*(?:多少|几|多大|占比|哪|谁|什么))")
# "净利润及同比增速" asks for the amount and for its growth.
_WITH_GROWTH = re.compile(
    r"^(?P<what>.+?)(?:以及|及|和|、|与)其?(?P<more>(?:同比)?(?:增速|增幅|增长率|增长幅度|降幅)|占比|比重)"
    r"(?:(?:分别|各)?(?:是|为|有)?多少|情况)?[？?]?$"
)
_AND_THEN = re.compile(r"呢[？?]?$")


# "关于云谷项目的签约，总投资是多少": what is said first sets the scene.
_ABOUT = re.compile(
    r"^关于(?P<topic>[^，,：:？?]{2,60})[，,：:](?P<asked>.*(?:[多几什谁哪何怎吗否].*))$"
)


def analyse(text: str) -> Question:
    """A question that stands alone, taken apart; a question in several parts has `parts`."""
    text = plain(text)
    about = _ABOUT.match(text)
    if about:
        return _on(about["topic"], analyse(about["asked"]))
    grown = _WITH_GROWTH.match(text)
    if grown and not re.search(r"[和与跟、]", grown["what"][-_MEASURE:]):
        more = "占比多少" if grown["more"] in {"占比", "比重"} else "同比增长多少"
        text = f"{grown['what']}是多少，{more}"
    counts = _two_counts(text)
    if counts:
        return replace(analyse(counts[0]), text=text, operation="each",
                       parts=tuple(analyse(c) for c in counts))  # fmt: skip
    rivals = _compared(text)
    if rivals is not None:
        return rivals
    clauses = [text] if _LEFT.search(text) else _asking_clauses(text)
    if len(clauses) > 1:
        first = analyse(clauses[0])
        scene = _told(clauses[0])
        parts = [first]
        for clause in clauses[1:]:
            part = _inherit(analyse(clause), first)
            parts.append(replace(part, asked=f"{scene}，{clause}"))
        reckoned = [p for p in parts if p.operation in {"difference", "ratio"}]
        if reckoned:
            return replace(reckoned[0], text=text)  # which shows the terms that the rest asks for
        flat = tuple(
            p for part in parts for p in (part.parts if part.operation == "each" else (part,))
        )
        if first.operation in {"more", "less"}:
            return first  # "谁更多，各是多少": the comparison shows both
        return replace(first, text=text, operation="each", parts=flat[:_MOST])
    return _trend(text) or _claim(text) or _combine(_under_a_sum(read_clause(text)), text)


# "四个一", "四最": an enumeration under what its items have in common.
SUMMED = re.compile(
    r"(?<=[“\"])(?P<n>[二两三四五六七八九十])个?(?P<of>[\u4e00-\u9fff]{1,2})(?=[”\"])"
)


def _under_a_sum(question: Question) -> Question:
    """The question that asks for "四个一", with what it says of them: the four need not say so."""
    summed = SUMMED.search(question.text)
    if summed is None or question.kind != "list":
        return question
    if any(word not in summed.group() for word in question.words):
        return question
    return replace(question, words=(*question.words, *question.context), context=())


def _told(clause: str) -> str:
    """A clause without its interrogative: the scene of the one behind it."""
    match = ask_of(clause)[1]
    if match is None:
        return clause
    return re.sub(r"[是由为在有]$", "", clause[: match.start()]) + clause[match.end() :]


def _two_counts(text: str) -> tuple[str, str] | None:
    """The two questions of "把几个部门的多少项职能划给…", which asks for two numbers."""
    joined = _JOINED_COUNTS.search(text)
    if joined:
        return (
            text[: joined.start("joint")] + text[joined.end() :],
            text[: joined.start()] + text[joined.end("joint") :],
        )
    match = _TWO_COUNTS.search(text)
    if match is None:
        return None
    first, second = (match.span(name) for name in ("first", "second"))
    return text[: second[0]] + text[second[1] :], text[: first[0]] + text[first[1] :]


# "多少个村和多少个社区的信号"
_JOINED_COUNTS = re.compile(
    r"(?:几|多少)[个家项名条种类座所][^，。？?和与及、的]{1,8}(?P<joint>和|与|及|以及|、)"
    r"(?:几|多少)[个家项名条种类座所][^，。？?和与及、的]{1,8}"
)
_TWO_COUNTS = re.compile(
    r"(?P<first>(?:几|多少)[个家项名条种类座所])[^，。？?和与及]{1,12}?(?P<second>(?:几|多少)[个家项名条种类座所])"
)


def _compared(text: str) -> Question | None:
    """A question which of two things that it joins has more, however many clauses it takes."""
    match = _COMPARE.search(text)
    if match is None:
        return None
    whole = read_clause(text)
    if len(whole.places) > 1 or len(whole.periods) > 1:
        return None  # these part the sides
    parts = tuple(
        replace(side, unit="", periods=side.periods or whole.periods) for side in sides(text)
    )
    return replace(whole, operation=_way(match), parts=parts) if parts else None


def _way(comparing: re.Match[str]) -> Operation:
    """Which side of a comparison is asked for: the one with more, or the one with less."""
    return "less" if comparing["way"] in "少低小慢" else "more"


def _trend(text: str) -> Question | None:
    """A question how a measure has gone over the years: all its values are asked for."""
    if not _OVER_TIME.search(text):
        return None
    asked = _OVER_TIME.sub("", text).rstrip("？? 的")
    figure = read_clause(asked if asked.endswith("多少") else f"{asked}是多少")
    if figure.kind != "figure" or not figure.words or figure.periods:
        return None
    return replace(figure, text=text, operation="trend", parts=(figure,))


_OVER_TIME = re.compile(
    r"(?:在)?(?:这|近|最近|过去)(?:几|[两二三四五])年(?:来|间|里)?(?:的)?|历年来?(?:的)?|逐年(?:的)?"
    r"|(?:是)?(?:怎么|如何|怎样)(?:变化|变)的?|(?:的)?(?:变化(?:趋势|情况)?|走势|趋势)(?:是)?(?:如何|怎样|怎么样)?"
)


def _claim(text: str) -> Question | None:
    """A question whether a number holds ("超过70亿元吗"): the figure is found, then compared."""
    whole = read_clause(text)
    match = _CLAIMED.search(text) if whole.kind == "yesno" else None
    if match is None:
        return None
    figure = read_clause(f"{text[: match.start()]}是多少")
    return replace(whole, operation="claim", parts=(replace(figure, unit=""),))


_CLAIMED = re.compile(
    r"(?:是不是|是否|有没有)?(?:已经|已|都)?(?:超过|超出|突破|达到|达|高于|低于|多于|少于|不到|不足|超|不低于|不少于|为|是|有)了?"
    r"\s*\d[\d,.]*\s*[^\d，。？?吗]{0,6}(?:吗|么)?[？?]?$"
)


def as_ratio(question: Question) -> Question | None:
    """The share that A is of B as a calculation over the two, for when no sentence states it."""
    match = _SHARE_OF.search(question.text)
    if question.kind != "share" or match is None:
        return None
    whole, part = read_clause(match["whole"]), read_clause(match["part"])
    whole, part = (
        _inherit(whole, part, fill_context=False),
        _inherit(part, whole, fill_context=False),
    )
    terms = tuple(replace(q, kind="figure", unit="") for q in (part, whole))
    return replace(question, operation="share", parts=terms)


_SHARE_OF = re.compile(
    r"(?P<part>.{2,}?)占(?:到|了)?(?P<whole>.{2,}?)(?:的)?(?:百分之[几多]少?|多少|几成|多大)?(?:的)?(?:比例|比重|份额)?(?:是|为)?(?:多少|几|多大)?[？?]?$"
)


def _asking_clauses(text: str) -> list[str]:
    """The clauses that each ask something; a clause that asks nothing belongs to its neighbour."""
    pieces = [p for p in _SPLIT.split(text.rstrip("？?。 ")) if p.strip()]
    clauses: list[str] = []
    pending = ""
    for piece in pieces:
        if clauses and not pending and _AND_THEN.search(piece) and ask_of(piece)[1] is None:
            piece = f"{_AND_THEN.sub('', piece)}是多少"
        pending = f"{pending}，{piece}" if pending else piece
        if ask_of(pending)[1] is not None:
            clauses.append(pending)
            pending = ""
    if pending and clauses:
        clauses[-1] = f"{clauses[-1]}，{pending}"
    return clauses or [text]


def _combine(question: Question, text: str) -> Question:
    """Spread a question over the places, periods and measures that it names, and see what for."""
    operation = _operation(text, question)
    if not operation:
        return question
    question = _ends_of_range(question, text)
    if operation in {"difference", "ratio"}:
        parts = _sides(text)
        if parts is None:
            parts = _spread(question, operation)
    else:
        parts = _spread(question, operation)
    if len(parts) < 2:
        return question
    return replace(question, operation=operation, parts=tuple(parts))


def _spread(question: Question, operation: Operation) -> list[Question]:
    body = _without_operation(question.body)
    joined = _measures(question)
    measures = [_without_operation(m) for m in joined] if len(joined) > 1 else [body]
    if operation != "each" and (len(question.places) > 1 or len(question.periods) > 1):
        measures = [body]
    places: Sequence[tuple[str, ...]] = [(p,) for p in question.places] or [()]
    periods: Sequence[tuple[Period, ...]] = [(p,) for p in question.periods] or [()]
    return [
        replace(
            question,
            kind=question.kind if operation == "each" else _term_kind(measure),
            unit="" if question.kind == "which" or operation == "ratio" else question.unit,
            focus="" if question.kind == "which" else question.focus,
            places=where,
            periods=when,
            when="".join(label(p) for p in when) if len(question.periods) > 1 else question.when,
            body=measure,
            words=content_words(measure) if measure != question.body else question.words,
            text="".join([*where, *(label(p) for p in when), measure]),
        )
        for where, when, measure in product(places, periods, measures)
    ]


def _term_kind(measure: str) -> Kind:
    """What a term of a calculation is: a rate where rates are compared, else a figure."""
    return "rate" if _RATE_NOUN.search(measure) else "figure"


def _ends_of_range(question: Question, text: str) -> Question:
    """A range that something grew over, "从2019年到2022年…增加了多少", asks for its two ends."""
    if len(question.periods) != 1 or not CHANGE_WORD.search(text):
        return question
    span = question.periods[0]
    if span.start.year == span.end.year:
        return question
    ends = (Period.year(span.end.year), Period.year(span.start.year))
    return replace(question, periods=ends)


def _sides(text: str) -> list[Question] | None:
    """The two sides of "A比B多多少" and "A是B的几倍", each with what the other one says for it."""
    halves = _operands(text)
    if halves is None:
        return None
    whole = read_clause(text)
    left = read_clause(halves[0])
    if whole.focus and not left.words:  # "甲比乙多多少家企业" says of what only at its end
        halves = (f"{halves[0]}{whole.focus}", f"{halves[1]}{whole.focus}")
        left = read_clause(halves[0])
    right = _of_another(read_clause(halves[1]), left, halves)
    named = left.names
    left, right = (
        replace(_inherit(left, right, fill_context=False), names=named),
        _inherit(right, left, fill_context=bool(_LEFT.search(text))),
    )
    unit = whole.unit.replace("倍", "")
    return [
        replace(
            q,
            kind=_term_kind(q.body),
            unit=unit,
            body=_without_operation(q.body),
            text="".join([*q.places, *(label(p) for p in q.periods), q.body]),
        )
        for q in (left, right)
    ]


def _of_another(right: Question, left: Question, halves: tuple[str, str]) -> Question:
    """The right side made whole where it names only another one: 甲银行的不良率比乙银行高多少."""
    if not right.places and not right.periods and len(halves[1]) <= _SHORT_SIDE:
        # "定期存款利率比活期高多少": the side that is short takes the place of its like.
        short = halves[1]
        for word in content_words(left.body):
            like, rest = word[: len(short)], word[len(short) :]
            other = like[0] != short[0] or (len(word) == len(short) and word != short)
            if like[-1] == short[-1] and other:
                return read_clause(halves[0].replace(word, short + rest, 1))
    only_named = (
        right.names
        and not right.places
        and all(any(word in fold(name) for name in right.names) for word in right.words)
    )
    if not only_named or not left.names or right.periods:
        return right
    return read_clause(halves[0].replace(left.names[0], halves[1], 1))


_SHORT_SIDE = 4  # characters of a side of a comparison that leaves out what the other has


_RATE_NOUN = re.compile(r"(?:增速|增幅|增长率|降幅|涨幅)$")


def _operation(text: str, question: Question) -> Operation:
    several = len(question.places) > 1 or len(question.periods) > 1
    if _RATIO.search(text):
        return "ratio"
    compare = _COMPARE.search(text)
    if compare and (several or re.search(r"[和与跟、]", question.body)):
        return _way(compare)
    if _LEFT.search(text) or _NOT_YET.search(text):
        return "difference"
    differs = _DIFFERENCE.search(text) and question.kind in _COUNTABLE
    if differs and (several or _TWO_SIDED.search(text)):
        return "difference"
    if question.kind in {"figure", "rate"} and _FROM_TO.search(text) and CHANGE_WORD.search(text):
        return "difference"
    if several and _SUM.search(text):
        return "sum"
    if several and question.kind in {"figure", "rate", "share", "who", "rank", "text"}:
        return "each"
    if (
        _EACH.search(text)
        and question.kind not in {"list", "which"}
        and len(_measures(question)) > 1
    ):
        return "each"
    return ""


def _without_operation(body: str) -> str:
    body = re.sub(
        r"(?:分别|各自|(?<![同环占对])比(?![重例率值])|较|从|到|由|相比|跟|相差|合计|一共|总共|加起来|之和|总和|谁|哪个|哪一个|哪家|哪年|更|最)",
        " ",
        body,
    )
    body = re.sub(
        r"(?:多|少|高|低|大|小|快|慢|强|增加|增长|提高|减少|下降|出|了|差)+\s*$", " ", body.strip()
    )
    body = re.sub(r"^\s*(?:和|与|、|跟)+|(?:和|与|、|跟)+\s*$|\s(?:和|与|、|跟)\s", " ", body)
    return re.sub(r"\s+", " ", body).strip(" 的")


def _measures(question: Question) -> list[str]:
    """The measures that a question joins: "专利申请量和授权量" -> both, the second made whole."""
    body = _EACH.sub(" ", question.body).strip()
    pieces = [p.strip(" 的") for p in re.split(r"[、，,]|(?<=\S)(?:和|与|及|以及)(?=\S)", body)]
    pieces = [p for p in pieces if p]
    if len(pieces) < 2:
        return [body]
    first = pieces[0]
    whole = [first]
    for piece in pieces[1:]:
        # "专利申请量和授权量": the second lacks the noun that the first begins with.
        if len(piece) < len(first) and first[-1] == piece[-1] and not piece.startswith(first[:2]):
            piece = first[: max(0, len(first) - len(piece))] + piece
        whole.append(piece)
    return whole


def _operands(text: str) -> tuple[str, str] | None:
    """The texts of the two sides of a comparison, where the question names both."""
    for pattern in _OPERANDS:
        match = pattern.search(text)
        if match:
            return match["a"].strip(" 的，,"), match["b"].strip(" 的，,")
    return None


def _inherit(question: Question, from_: Question, *, fill_context: bool = True) -> Question:
    """The question with the slots that it leaves out taken from another."""
    body, words = question.body, question.words
    context = question.context
    if not body or not words:  # "同比增长多少" is asked of what was asked before
        body, words = from_.body, tuple(dict.fromkeys((*from_.words, *words)))
    elif fill_context and not question.places:
        context = tuple(dict.fromkeys((*context, *(w for w in from_.words if w not in words))))
    whole = _with_slots(question, from_)
    when = (label(period) for period in whole.periods)
    return replace(
        whole,
        context=context,
        names=question.names or from_.names,
        body=body,
        words=words,
        text="".join([*whole.places, *when, body, _asking(question)]),
    )


def _with_slots(question: Question, from_: Question) -> Question:
    """The question with the places and times that it leaves out taken from another."""
    return replace(
        question,
        places=question.places or from_.places,
        periods=question.periods or (() if question.relative else from_.periods),
        when=question.when or from_.when,
        relative=question.relative or (() if question.periods else from_.relative),
    )


def _on(topic: str, question: Question) -> Question:
    """The question with the scene that is set for it: its slots, its names, words that only help.

    Other things named take the place of those of the scene.
    """
    if question.parts:
        parts = tuple(_on(topic, part) for part in question.parts)
        return replace(question, parts=parts)
    scene = read_clause(topic)
    taken = {*question.words, *question.context}
    names = question.names or tuple(n for n in scene.names if n not in question.body)
    shades = (*scene.words, *scene.context)
    return replace(
        _with_slots(question, scene),
        names=names,
        bodies=question.bodies or (scene.bodies if names == scene.names else ()),
        people=question.people or (scene.people if names == scene.names else ()),
        context=(*question.context, *(w for w in dict.fromkeys(shades) if w not in taken)),
        asked=f"{topic}，{question.asked or question.text}",
    )


def _asking(question: Question) -> str:
    """The interrogative of a part whose text is put together from its slots."""
    return {"rate": "增长多少", "share": "占比多少"}.get(question.kind, "")
