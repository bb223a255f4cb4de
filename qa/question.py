"""What is asked: whose, of when, which measure, and what kind of thing the answer is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product
from typing import Literal

from index.figures import QUESTION_UNITS
from index.lexical import fold
from index.names import Name, find_names
from index.period import TimeSpan, find_periods, label
from index.records import Period
from index.sentences import is_zone, place_key

Kind = Literal[
    "figure", "rate", "share", "rank", "who", "office", "when", "where",
    "which", "list", "how", "why", "definition", "yesno", "text",
]  # fmt: skip
DURATION = "时长"  # the unit of a question for how long
Operation = Literal["", "each", "difference", "ratio", "share", "sum", "more", "less"]

_U = "|".join(sorted(map(re.escape, QUESTION_UNITS), key=len, reverse=True))
_ASKS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("rank", r"(?:排名|排在|排|位居|位列|居|列)?(?:全国|全省|全市)?第几(?:位|名)?|(?:排名|位次)(?:是)?(?:多少|如何|怎样|几)"),
        ("office", r"(?:担?任|是|当)?(?:什么|何|哪些?)(?:职务|职位|职|身份|头衔|官)|职务(?:是什么|是)?|(?:是)?(?:干|做|从事)什么(?:工作|职业)?的?$"),
        ("figure", r"(?:用|要|花|需要?|为期|历时|持续)?(?:了)?(?:多长时间|多久|多少时间)(?P<unit>)"),
        ("definition", r"是个?(?:什么|何种|怎样的?)(?:样的)?(?:机构|单位|组织|地方|东西|概念|公司|企业)$"),
        ("why", r"为什么|为何|缘何|(?:是)?(?:什么|何种|哪些|啥)(?:原因|缘故)|原因(?:是什么|有哪些|是|何在)|怎么会|为啥"),
        ("when", r"(?:是)?(?:在)?(?:什么时候|何时|哪一?天|哪一?年|哪个?月份?|几月几[日号]|几月份?|几[号日]|何日|哪一日|"
                 r"(?:什么|哪个|何)(?:时间|日期|时候))|(?:具体)?(?:时间|日期)(?:是|为)(?:什么|哪天|多少)?"),
        ("where", r"(?:是)?(?:坐落|落户|落|设|建|位|开)?(?:在|位于|于)?(?:哪里|哪儿|何处|何地|(?:什么|哪个|哪些)(?:地方|地点|位置))|(?:在|到|去|往|从)哪(?![些个家一项座所位款种条])"),
        ("who", r"(?:是)?(?:姓甚名谁|谁|哪一?位(?!居)|何人|哪个人|什么人)|叫什么(?:名字)?|(?:姓名|名字)(?:是什么|是)?"),
        ("share", rf"百分之(?:几|多少)|几成|占比(?:是|为|达)?(?:多少|几)?|(?:比重|比例|份额)(?:是|为|达到?|有)?(?:多少|多大|多高|几)?|占(?P<of>[^，。？,?]{{0,24}})(?:的)?(?:多少|几成|百分之几|比例|比重)"),
        ("rate", r"(?:同比|环比)?(?:增长|下降|提高|增加|减少|上升|提升|降低|压缩|缩短|回落|上涨|涨|跌|降|增幅|降幅|增速|涨幅|跌幅|增长率|变化|变动)"
                 r"(?:率|幅度)?(?:了|是|为|达到?|约)*(?:多少|几(?:个百分点)?|如何|怎样|多大|多快)(?!\s*(?:" + _U + r"))"),
        ("figure", rf"(?:一共|总共|合计|共计|共)?(?:有|是|为|达到?|约|高达)?(?:多少|(?<!哪)几(?!乎))(?P<scale>[百千万亿]+)?(?P<unit>{_U}|钱)?(?P<more>多)?|有?多(?:大|高|长|远|重|久|宽|深|厚|快)|是多少|几何"),
        ("list", r"(?:有|包括|涵盖|包含|分为|涉及|是|由|为|指|即)?(?:哪些|哪几(?P<unit>[个家项类种条大位名方所座]?)|哪[两二三四五六七八九十]+(?P<unit2>[个家项类种条大位名方所座]?)|(?:有|包括)(?:什么|啥)(?:内容)?|(?:包括|指)(?:的)?(?:是)?什么|什么内容)"),
        ("how", r"如何|怎么样?|怎样|(?:采取|通过|用|以|靠)了?(?:什么|何种|哪些)(?:方式|措施|办法|方法|手段|途径|做法)?|(?:什么|何种)(?:措施|办法|方式|做法|方法)"),
        ("definition", r"(?:指的是|是指|意思是|的意思是|的含义是|是)(?:什么)(?:意思|含义|东西)?$|^什么是|^何谓|^什么叫|是什么意思|是什么$|是什么样的"),
        ("which", r"(?:哪|何)(?:一)?(?P<unit>[个家所项款只支座条部类种届期届])?|(?:是)?(?:什么样的?|怎样的|什么|啥|何种)"),
        ("yesno", r"吗$|是否|是不是|有没有|能否|可否|会不会|能不能|对不对|对吗|么$"),
    )
)  # fmt: skip
_COMPARE = re.compile(r"(?:谁|哪一?(?:个|家|年|方|所|项|边)?|哪里|哪儿)[^，。]{0,12}?(?:更|最)?(?P<way>多|高|大|强|快|少|低|小|慢)(?:一些|些)?(?:$|[^少大])")
_DIFFERENCE = re.compile(
    r"(?:比|较)(?P<than>[^，。？]+?)(?:增加|增长|提高|减少|下降|高出?|多出?|少|低|大|小)了?(?:多少|几)|相差|差(?:了)?多少|差距|差额|之差|"
    r"(?:多|少|高|低)多少"
)
_RATIO = re.compile(r"(?:是|为|达到?)(?P<of>[^，。？]*?)的?(?:多少|几)倍|倍数")
_OPERANDS = (
    re.compile(
        r"(?P<a>.+?)(?<!占)(?:比|较)(?P<b>[^例重率较如].*?)"
        r"(?:多|少|高|低|大|小|增加|增长|提高|减少|下降)(?:出了?|了)?(?:多少|几|$)"
    ),
    re.compile(r"(?P<a>.+?)(?:是|为|达到?)(?P<b>.+?)的?(?:多少|几)倍"),
)
_SUM = re.compile(r"合计|一共|总共|总和|之和|加起来|相加|共计|总计")
_FROM_TO = re.compile(r"(?:从|由|自).{2,}(?:到|至)")
_EACH = re.compile(r"分别|各自|各(?=是|为|有|多少)")
_SPLIT = re.compile(r"[，,；;]|(?:以及|并且|同时)")
_STOP = frozenset(
    "的 了 是 在 有 和 与 及 或 被 把 由 对 从 向 到 于 以 为 其 这 那 该 此 呢 吗 啊 吧 么 请问 请 问 一下 告诉 我 想 知道 "
    "帮 查 查询 查一下 多少 什么 哪 哪些 哪个 哪家 怎么 如何 几 谁 何 个 都 也 就 还 又 共 一共 总共 分别 各 达到 达 约 完成 "
    "实现 情况 具体 关于 根据 文章 报道 介绍 说 中 里 上 下 时 之 等 将 会 要 能 可以 可 已 已经 进行 其中 它 他 她 们 "
    "所 并 而 且 但 给 让 使 得 地 着 过 来 去 一 a the of in to 是否 属于 据 共有 拥有 年 月 日 数 数量 多 大 目前 全部 当时 比 较 相比 呢 里面 当中 之中 里 哪位 哪里 什么样 主要 相关 有关 问题 如何 中的 里的".split()
)
_PRONOUN = re.compile(r"^(?:他们?|她们?|它们?|该(?:公司|企业|项目|园区|区|行|校|院|活动|机构)|这(?:家|个|些|项|位|座)?(?:公司|企业|项目|园区|人|活动|机构|措施)?|那(?:家|个|些|项|位)(?:公司|企业|项目|人)?|其)")
_TAIL = re.compile(r"(?:又|那么)?呢[？?]?$")
_LEADIN = re.compile(r"^(?:那么|那|然后|另外|还有|请问|再问一下|再问|接着问|以及|至于|换成|如果是)[，, ]*")


@dataclass(frozen=True, slots=True)
class Question:
    """One question, taken apart.

    `places` and `periods` are the slots that select; `relative` holds time expressions that only an
    article's date can resolve ("去年"). `words` are the content words of what is left, `body` the
    text that they come from. `unit` is the unit asked for ("亿元", "家", or ""), `focus` the noun
    that the interrogative asks for ("哪家公司" -> "公司"). `context` are words that only tell which event
    or thing is meant ("集中签约" before "总投资是多少"). `parts` are the questions that this one is
    made of, combined by `operation`.
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
    context: tuple[str, ...] = ()

    @property
    def query(self) -> str:
        """What to search for: the slots and the content, without the words that only ask."""
        when = [label(p) for p in self.periods] + list(self.relative)
        return " ".join(filter(None, [*self.places, *when, *self.context, self.body])) or self.text


# "2020上半年" is 2020年上半年.
_SHORT_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=[上下]半年|前?[一二三四]季度|第[一二三四]季度|全年|年?[底末]|度)")
_BARE_YEAR = re.compile(r"(?<![^\s\u4e00-\u9fff])(?:19|20)\d\d(?!\S)")


@dataclass(frozen=True, slots=True)
class _Slots:
    places: list[Name]
    times: list[TimeSpan]


def analyse(text: str) -> Question:
    """A question that stands alone, taken apart; a question in several parts has `parts`."""
    text = _SHORT_YEAR.sub(r"\1年", _LEADIN.sub("", text.strip()).strip())
    clauses = _asking_clauses(text)
    if len(clauses) > 1:
        first = analyse(clauses[0])
        parts = [first]
        for clause in clauses[1:]:
            parts.append(_inherit(analyse(clause), first))
        flat = tuple(p for part in parts for p in (part.parts if part.operation == "each" else (part,)))
        return replace(first, text=text, operation="each", parts=flat)
    return _combine(_simple(text), text)


def as_ratio(question: Question) -> Question | None:
    """ "A占B的百分之几" as a calculation over A and B, for when no sentence states the share."""
    match = _SHARE_OF.search(question.text)
    if question.kind != "share" or match is None:
        return None
    whole, part = _simple(match["whole"]), _simple(match["part"])
    whole, part = _inherit(whole, part, fill_context=False), _inherit(part, whole, fill_context=False)
    terms = tuple(replace(q, kind="figure", unit="") for q in (part, whole))
    return replace(question, operation="share", parts=terms)


_SHARE_OF = re.compile(
    r"(?P<part>.{2,}?)占(?:到|了)?(?P<whole>.{2,}?)(?:的)?(?:百分之[几多]少?|多少|几成|多大)?(?:的)?(?:比例|比重|份额)?(?:是|为)?(?:多少|几|多大)?[？?]?$"
)


def content_words(text: str) -> tuple[str, ...]:
    """The words of a text that carry content, in order, each once, folded."""
    return _words(text, text)


def _words(text: str, kept: str, cuts: Sequence[int] = ()) -> tuple[str, ...]:
    """The content words of `text` as far as they stand in `kept`, a copy with parts blanked out.

    The whole text is cut, so that what is blanked cannot bend the words beside it; `cuts` are
    offsets that no word may straddle (the ends of names).
    """
    import rjieba

    words: dict[str, None] = {}
    at = 0
    bounds = sorted({0, len(text), *(c for c in cuts if 0 < c < len(text))})
    pieces = (fold(text[a:b]) for a, b in pairwise(bounds))
    for word, tag in (token for piece in pieces for token in rjieba.tag(piece)):
        word, at = fold(kept[at : at + len(word)]), at + len(word)
        if tag in _FUNCTION_TAGS:
            continue
        word = word.strip("“”\"'‘’《》「」()（）[]【】 、，。？?!！:：;；·-—…")
        if word and word not in _STOP and not (len(word) == 1 and not _keeps_single(word)):
            words[word] = None
    return tuple(words)


# Adverbs, prepositions, conjunctions, particles, pronouns, interjections.
_FUNCTION_TAGS = frozenset({"d", "p", "c", "u", "uj", "ul", "ud", "uz", "ug", "uv", "r", "y", "e", "o"})


def _keeps_single(char: str) -> bool:
    return char.isdigit() or "\u4e00" <= char <= "\u9fff"


def _asking_clauses(text: str) -> list[str]:
    """The clauses that each ask something; a clause that asks nothing belongs to its neighbour."""
    pieces = [p for p in _SPLIT.split(text.rstrip("？?。 ")) if p.strip()]
    clauses: list[str] = []
    pending = ""
    for piece in pieces:
        pending = f"{pending}，{piece}" if pending else piece
        if _ask_of(pending)[1] is not None:
            clauses.append(pending)
            pending = ""
    if pending and clauses:
        clauses[-1] = f"{clauses[-1]}，{pending}"
    return clauses or [text]


def _ask_of(text: str) -> tuple[Kind, re.Match[str] | None]:
    for kind, pattern in _ASKS:
        match = pattern.search(text)
        if match:
            return kind, match
    return "text", None


def _slots(text: str) -> _Slots:
    places = [n for n in find_names(text) if n.kind == "place"]
    times = find_periods(text)
    for bare in _BARE_YEAR.finditer(text):
        if not any(t.start < bare.end() and bare.start() < t.end for t in times):
            period = Period.year(int(bare.group(0)))
            times.append(TimeSpan(bare.start(), bare.end(), period, "year", False))
    return _Slots(places, sorted(times, key=lambda t: t.start))


def _simple(text: str) -> Question:
    stem = text.rstrip("？?。！! ")
    kind, match = _ask_of(stem)
    unit, focus = "", ""
    if match is not None and "时间" in match.group(0) and kind == "figure" or (match and match.group(0).endswith("多久")):
        unit = DURATION
    if kind == "who" and _SEVERAL.search(stem):
        kind = "list"
    if match is not None and not unit:
        groups = match.groupdict()
        unit = (groups.get("scale") or "") + (groups.get("unit") or groups.get("unit2") or "")
        focus = _focus(stem, match, kind)
        if kind in {"figure", "which", "list"} and unit and unit in {"%", "百分点", "个百分点"}:
            kind = "rate"
    elif not match:
        kind = _bare_kind(stem)
    if kind == "who" and re.fullmatch(r".{2,4}(?:是谁|是什么人|何许人也?)", stem) and _is_person(stem[:-2]):
        kind = "office"
    if kind == "office" and not any(n.kind == "person" for n in find_names(stem)):
        kind = "definition"  # "某公司是做什么的"
    slots = _slots(stem)
    periods = _asked_periods(stem, slots.times)
    chosen = _selecting(stem, slots, kind)
    masked = _mask(stem, [(n.start, n.end) for n in chosen] + [(t.start, t.end) for t in slots.times])
    if match is not None and kind != "yesno":
        masked = masked[: match.start()] + " " * (match.end() - match.start()) + masked[match.end() :]
        for group in ("of",):
            if match.groupdict().get(group):
                a, b = match.span(group)
                masked = masked[:a] + stem[a:b] + masked[b:]
    body = re.sub(r"\s*的?\s+", " ", masked).strip(" 的，,呢")
    body = _TRAILING.sub("", body) or body
    # The interrogative is no part of a name: "甲是哪家公司" names no company.
    apart = stem if match is None else _blank(stem, match.start(), match.end())
    named = [n for n in find_names(apart) if n.kind in {"org", "person", "title", "quoted"}]
    names = tuple(n.text for n in named)
    extra: tuple[str, ...] = ()
    if kind == "rate" and match is not None:
        word = _CHANGE_WORD.search(match.group(0))
        extra = (word.group(0),) if word and word.group(0) not in body else ()
    words = _words(stem, masked, [offset for n in named for offset in (n.start, n.end)])
    context = _context_words(stem, match, words)
    return Question(
        text=text,
        kind=kind,
        places=tuple(dict.fromkeys(n.text for n in chosen)),
        periods=periods,
        relative=tuple(stem[t.start : t.end] for t in slots.times if t.period is None and t.relative),
        body=body,
        words=tuple(dict.fromkeys(tuple(w for w in words if w not in context) + extra)),
        context=context,
        unit=unit,
        focus=focus,
        names=names,
    )


def _asked_periods(stem: str, times: Sequence[TimeSpan]) -> tuple[Period, ...]:
    """The periods asked for, each once.

    "2019年底" asks for the stock that closes the year, which newspapers state for the year; a period
    within another one named beside it is the narrower choice ("2020年1-6月…全年计划").
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
_COMPARING = re.compile(r"比|较|相差|差|分别|各|和|与|到|至|合计|一共|总共")


def _context_words(
    stem: str, match: re.Match[str] | None, words: tuple[str, ...]
) -> tuple[str, ...]:
    """The words of clauses in front of the one that asks: they say of what, not what."""
    comma = max(stem.rfind(c, 0, match.start()) for c in "，,") if match else -1
    if comma < 0:
        return ()
    asking = set(content_words(stem[comma:]))
    return tuple(w for w in words if w not in asking) if asking & set(words) else ()


# A bare "广西" may be part of a longer name ("广西城市大脑"); "广西壮族自治区" and "佛山市" select.
_ADMINISTRATIVE = ("省", "市", "县", "州", "盟", "自治区", "特别行政区", "镇", "乡")
# What a question says between the thing asked about and its interrogative.
_TRAILING = re.compile(r"(?:里面?|(?<!其)中|当中|之中|一共|总共|共|合计|累计|大约|大概|约|已经|已|总计)?(?:完成|达到?|实现|为|有|是|占|排名?|位居|位列|居|姓甚名|叫)?了?$")


def _selecting(stem: str, slots: _Slots, kind: Kind) -> list[Name]:
    """The places that select whose answer is wanted; others are content ("湖北籍员工").

    A zone always selects. A city or province does so where a figure or an office is asked for and
    the question begins with it.
    """
    zones = [n for n in slots.places if is_zone(n.text)]
    if zones:
        return zones
    cities = [n for n in slots.places if not place_key(n.text)[1] and n.text.endswith(_ADMINISTRATIVE)]
    if kind not in {"figure", "rate", "share", "rank", "who"} or not cities:
        return []
    first = cities[0]
    before = _mask(stem, [(t.start, t.end) for t in slots.times])[: first.start]
    if before.strip(" 的，,在"):
        return []
    joined = [first]
    for name in cities[1:]:
        if re.fullmatch(r"(?:市|省)?[、和与跟及比较]+(?:去年|上年)?", stem[joined[-1].end : name.start]):
            joined.append(name)
    return joined


def _is_person(text: str) -> bool:
    return any(n.kind == "person" and n.start == 0 for n in find_names(f"{text}说，"))


_SEVERAL = re.compile(r"(?:[两二三四五六七八九十几][方者人位家个]|都有|有哪|分别|各方)[^，]{0,4}(?:是|有|为)?(?:谁|哪)")
_CHANGE_WORD = re.compile(r"增长|下降|提高|增加|减少|上升|提升|降低|压缩|缩短|回落|增幅|降幅|增速")
_FIGURE_NOUN = re.compile(
    r"(?:值|额|量|率|数|收入|利润|投资|面积|人口|产值|总数|比重|占比|价格|成本|规模|资金|GDP|gdp|营收|排名|金额|费用|余额)$"
)
_PERSON_NOUN = re.compile(r"(?:书记|主任|经理|董事长|总裁|局长|市长|区长|县长|省长|院长|校长|主席|会长|秘书长|科长|处长|部长|负责人|记者|作者|所长)$")


def _bare_kind(stem: str) -> Kind:
    """The kind of a question without an interrogative: keywords, as typed into a search box."""
    end = stem.rstrip("呢 ")
    if _PERSON_NOUN.search(end):
        return "who"
    if _CHANGE_WORD.search(end[-4:]):
        return "rate"
    words = re.split(r"\s+", end)
    if any(_FIGURE_NOUN.search(w) for w in words):
        return "figure"
    return "text"


def _focus(stem: str, match: re.Match[str], kind: Kind) -> str:
    """The noun asked for: behind the interrogative ("哪家公司"), else in front ("职务是什么")."""
    if kind in {"which", "list", "figure"}:
        behind = _noun_phrase(re.split(r"[，。？?,]", stem[match.end() :].lstrip("的"))[0])
        if behind:
            return behind
    if kind in {"which", "list", "definition"}:
        front = re.search(r"([^，。？?,的]{1,12})$", stem[: match.start()].rstrip("的是有包括都分别主要"))
        return front.group(1) if front else ""
    return ""


def _noun_phrase(text: str) -> str:
    """The noun phrase that a text begins with, up to a verb, a particle or a preposition."""
    import rjieba

    taken = ""
    for word, tag in rjieba.tag(text):
        if word != "、" and (
            tag[:1] in {"p", "c", "u", "r", "d", "x", "y"} or (tag[:1] == "v" and tag != "vn" and taken)
        ):
            break
        if tag[:1] == "v" and tag != "vn":
            return text if word == text else ""
        taken += word
    return taken


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
            kind=question.kind if operation == "each" else _term_kind(question.kind),
            unit="" if question.kind == "which" else question.unit,
            focus="" if question.kind == "which" else question.focus,
            places=where,
            periods=when,
            body=measure,
            words=content_words(measure) if measure != question.body else question.words,
            text="".join([*where, *(label(p) for p in when), measure]),
        )
        for where, when, measure in product(places, periods, measures)
    ]


def _term_kind(kind: Kind) -> Kind:
    """What a term of a calculation is: a rate where rates are compared, else a figure."""
    return kind if kind in {"rate", "share"} else "figure"


def _ends_of_range(question: Question, text: str) -> Question:
    """ "从2019年到2022年…增加了多少" asks for the two years at the ends, not for the span."""
    if len(question.periods) != 1 or not _CHANGE_WORD.search(text):
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
    left, right = (_simple(h) for h in halves)
    left, right = _inherit(left, right, fill_context=False), _inherit(right, left, fill_context=False)
    unit = _simple(text).unit
    return [
        replace(
            q,
            kind="rate" if _RATE_NOUN.search(q.body) else "figure",
            unit=unit,
            body=_without_operation(q.body),
            text="".join([*q.places, *(label(p) for p in q.periods), q.body]),
        )
        for q in (left, right)
    ]


_RATE_NOUN = re.compile(r"(?:增速|增幅|增长率|降幅|涨幅)$")


def _operation(text: str, question: Question) -> Operation:
    several = len(question.places) > 1 or len(question.periods) > 1
    if _RATIO.search(text):
        return "ratio"
    compare = _COMPARE.search(text)
    if compare and (several or re.search(r"[和与跟、]", question.body)):
        return "less" if compare.group("way") in "少低小慢" else "more"
    if _DIFFERENCE.search(text) and question.kind in {"figure", "rate", "text", "which", "share"}:
        if several or re.search(r"比[^例重率较如]", text) or "相差" in text or "差" in text:
            return "difference"
    if question.kind in {"figure", "rate"} and _FROM_TO.search(text) and _CHANGE_WORD.search(text):
        return "difference"
    if several and _SUM.search(text):
        return "sum"
    if several and question.kind in {"figure", "rate", "share", "who", "rank", "text"}:
        return "each"
    if _EACH.search(text) and len(_measures(question)) > 1:
        return "each"
    return ""


def _without_operation(body: str) -> str:
    body = re.sub(r"(?:分别|各自|比|较|从|到|由|相比|跟|相差|合计|一共|总共|加起来|之和|总和|谁|哪个|哪一个|哪家|哪年|更|最)", " ", body)
    body = re.sub(r"(?:多|少|高|低|大|小|增加|增长|提高|减少|下降|出|了|差)+\s*$", " ", body.strip())
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
    places = question.places or from_.places
    periods = question.periods or (() if question.relative else from_.periods)
    body, words = question.body, question.words
    context = question.context
    if not words:
        body, words = from_.body, from_.words
    elif fill_context and not question.places:
        context = tuple(dict.fromkeys((*context, *(w for w in from_.words if w not in words))))
    return replace(
        question,
        context=context,
        names=question.names or from_.names,
        places=places,
        periods=periods,
        relative=question.relative or (() if question.periods else from_.relative),
        body=body,
        words=words,
        text="".join([*places, *(label(p) for p in periods), body]),
    )


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + "，" * (end - start) + text[end:]


def _mask(text: str, spans: Sequence[tuple[int, int]]) -> str:
    chars = list(text)
    for start, end in spans:
        chars[start:end] = " " * (end - start)
    return "".join(chars)


def same_place(a: str, b: str) -> bool:
    """Whether two names are of the same place: "清远高新区" and "清远国家高新区" are."""
    return place_key(a) == place_key(b)
