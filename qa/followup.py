"""Follow-ups made whole by what they leave out, from the dialogue before them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.names import find_names
from index.period import find_periods, label
from index.sentences import is_zone, place_key
from qa.interrogatives import FIGURES
from qa.question import Question, analyse, content_words

_LEADIN = re.compile(
    r"^(?:那么|那|再往前|往前|更早|然后|另外|还有|再问一下|再问|接着问|以及|至于|换成|如果是|而)"
    r"[，, ]*"
    r"(?!里|个|些|家|次|年|天|时|位|项|场|届|批|条|座|笔|只|支|款|部|段|起|种|份|名)"
)
_TAIL = re.compile(r"(?:又|的)?呢?[？?。!！ ]*$")
_HOW_MUCH = re.compile(r"(?:又|则|大概|大约)?(?:是|有|为|达到?)?多少[\u4e00-\u9fff]?呢?[？?。 ]*$")
_PERSON = re.compile(
    r"(?<![其吉])(?:他|她)(?!们|人|日|乡|国)(?:本人)?|这个?人|该(?:书记|主任|经理|董事长|负责人)"
)
_ORG = re.compile(
    r"(?:该|这家|这个|那家|本)(?:公司|企业|集团|机构|银行|学校|大学|医院|协会|社区|村|研究院|中心)|那个(?:社区|村|公司|学校|医院|机构)|(?<![其])它(?!们)"
)
_THING = re.compile(
    r"(?:该|这个|那个|这项|此)(?:项目|活动|仪式|政策|办法|基金|会议|平台|措施|计划|工程|奖项)"
)
_PLACE = re.compile(
    r"(?:该|这个|那个|本)(?:园区|高新区|开发区|经开区|地区|地方|城市|市|区|省|县)"
    r"|(?<![\u4e00-\u9fff])园区|那里|这里|当地"
)
_ONLY_CHANGE = frozenset(
    "同比 环比 增长 下降 提高 增加 减少 上升 增幅 降幅 增速 增长率 变化 比 较 上年 去年 同期 占 "
    "占比 比重 比例 排名 位居 幅度".split()
)
# How each kind of question is asked again of something else.
_ASKED_AS = {
    "who": "是谁",
    "when": "是什么时候",
    "where": "在哪里",
    "list": "有哪些",
    "why": "为什么",
    "how": "如何",
    "rank": "第几位",
    "office": "是什么职务",
    "rate": "增长多少",
    "share": "占比多少",
    "definition": "是什么",
}
_COUNTED = frozenset("家个名人位所项户件")
_ASKING = re.compile(r"多少|几|什么|谁|哪|何|怎|吗$|是否|如何|为什么|原因")


def complete(text: str, earlier: str, answer: str = "") -> list[str]:
    """The ways in which a question can be meant after an earlier one, the likeliest first.

    `earlier` is the question before it, itself complete; `answer` what was said to it. A question
    that stands alone comes back as it is.
    """
    said = _LEADIN.sub("", text.strip())
    counted = _years_counted(said, earlier)
    stem = _same_sort(counted, earlier)
    resolved = _resolve(stem, earlier, answer)
    if resolved != stem:
        return [resolved, stem]
    before = analyse(earlier)
    if _IN_ALL.search(stem):  # "净增了多少家" -> "总数呢" asks how many there are
        before = replace(before, body=_ADDED.sub("", before.body))
    if stem != counted:  # it names itself what it is about
        where, when = "".join(before.places[:1]), _when(before)
        return _unique([f"{where}{when}{_asked_in_full(stem)}", f"{where}{_asked_in_full(stem)}"])
    exchanged = _exchanged(stem, earlier, before)
    readings = _unique([exchanged, *_completed(text, stem, before, earlier)]) or [text]
    return [*readings, *(r for r in _on_the_scene(stem, before) if r not in readings)]


# The years that a follow-up counts from the one asked about before it.
_COUNTED_YEARS = (
    (re.compile(r"(?<![比较])(?:上一?年(?!级)|前一年)"), -1),
    (re.compile(r"(?<![比较])(?:次年|后一年)"), 1),
)


def _years_counted(said: str, earlier: str) -> str:
    """The follow-up with "上年年底" as 2023年年底 where 2024 was asked about before."""
    asked = [t.period.end.year for t in find_periods(earlier) if t.period and not t.relative]
    if not asked or any(t.period and not t.relative for t in find_periods(said)):
        return said
    for words, shift in _COUNTED_YEARS:
        said = words.sub(f"{asked[-1] + shift}年", said, count=1)
    return said


def _asked_in_full(stem: str) -> str:
    """The question with a word that asks, where "…的总数呢" has none."""
    return stem if _ASKING.search(stem) else f"{_TAIL.sub('', stem)}是多少"


def _on_the_scene(stem: str, before: Question) -> list[str]:
    """The question as it stands, where what was asked before only sets the scene."""
    asked = _asked_in_full(stem)
    now = analyse(asked)
    apart = now.places or (now.names and now.kind not in FIGURES)
    if apart or not before.body or not set(now.words) - _ONLY_CHANGE:
        return []
    scene = "".join([*before.places[:1], _when(before), re.sub(r"[，,：:？?]", " ", before.body)])
    return [f"关于{scene}，{asked}"]


def _completed(text: str, stem: str, before: Question, earlier: str) -> list[str]:
    now = analyse(stem)
    fragment = _TAIL.sub("", stem)
    bare = _HOW_MUCH.sub("", stem)
    if (now.periods or now.places) and not content_words(_without_slots(bare)):
        fragment = bare  # "2019年全年又是多少"
    if not _ASKING.search(fragment):
        return _from_fragment(fragment, before, earlier) or [text]
    if now.places:
        return [stem]
    if _names_something(now):
        return _unique([stem, _in_place_of(before, stem)])
    where = before.places[0] if before.places else ""
    when = "" if now.periods or now.relative else _when(before)
    if set(now.words) <= _ONLY_CHANGE:
        # "同比增长多少？" asks it of what was asked before.
        own = "".join(label(p) for p in now.periods) or "".join(now.relative)
        return [f"{where}{own or when}{before.body}{stem}"]
    if not where and not when:
        return _unique([_with_context(before, stem), stem])
    with_context = f"{where}{when}{_context(before)}，{stem}" if _context(before) else ""
    bodies = "".join(n for n in before.names[:1] if n not in stem)
    return _unique(
        [with_context, f"{where}{bodies}{when}{stem}", f"{where}{when}{stem}", f"{where}{stem}"]
    )


_IN_ALL = re.compile(r"总数|总量|存量|一共|总共|累计")
_ADDED = re.compile(r"(?:净增|新增|增加)(?:了|的)?")


# "这类企业" after "多少家潜在独角兽企业".
_SUCH = re.compile(r"(?:这类|该类|此类|这些|这种|该种)(?P<noun>[\u4e00-\u9fff]{2})")
# What a follow-up puts in the place of something of the same sort.
_OTHER = re.compile(
    r"(?P<other>[\u4e00-\u9fffA-Za-z0-9“”（）()]{2,16}?)(?:方面|那边|这边)?的?"
    r"(?P<rest>又?(?:呢|(?:是|有|占|为|达到?)?多少|如何|怎么样|(?:同比|环比)?(?:增长|下降|增|降|涨|跌)了?多少).*)"
)
_MODIFIERS = frozenset({"n", "b", "a", "vn", "v", "j", "nz", "f"})


def _same_sort(stem: str, earlier: str) -> str:
    """The follow-up with "这类企业" written out as the earlier question has it."""
    such = _SUCH.search(stem)
    if such is None:
        return stem
    meant = re.search(
        rf"(?:多少[\u4e00-\u9fff]|哪些|[了的])(?P<what>(?!多少)[^，。？了的]{{1,24}}?{such['noun']})",
        earlier,
    )
    return stem.replace(such.group(), meant["what"], 1) if meant else stem


def _exchanged(stem: str, earlier: str, before: Question) -> str:
    """The earlier question about another thing of the same sort: 国有企业 for 民营企业.

    "" where the follow-up does not begin with a noun whose last word the earlier question has.
    """
    import rjieba

    found = _OTHER.fullmatch(_TAIL.sub("", stem)) or _OTHER.fullmatch(stem)
    if found is None or found["other"] in earlier:
        return ""
    other = found["other"]
    words = rjieba.tag(earlier)
    # 国有企业 and 民营企业 share a word, 货运 and 客运 at least a character.
    endings = (
        [other[-2:], other[-1]]
        if len(other) == 3
        else [other[-2:] if len(other) > 2 else other[-1]]
    )
    alike = next(filter(None, (_ending_in(ending, words) for ending in endings)), [])
    if not alike:
        return _counted_instead(other, found["rest"], earlier, before)
    at = alike[0]
    first = at
    while other[-1] != "级" and first and at - first < 3 and words[first - 1][1] in _MODIFIERS:
        first -= 1
    left, right = ("".join(w for w, _ in part) for part in (words[:first], words[at + 1 :]))
    if _DIGITS.search(other):
        return ""
    whole = f"{left}{other}{right}"
    change = _GROWN.search(found["rest"])
    if change and before.kind != "rate":
        asked = analyse(whole)
        return f"{''.join(asked.places[:1])}{_when(asked)}{asked.body}{change.group()}"
    return whole


def _counted_instead(other: str, rest: str, earlier: str, before: Question) -> str:
    """The earlier count, of other things: "那医护人员呢" after "配了几名青年志愿者"."""
    import rjieba

    counted = before.kind == "figure" and before.unit in _COUNTED and before.focus
    things = all(tag[:1] in {"n", "b", "j", "v"} for _, tag in rjieba.tag(other))
    if (
        not counted
        or not things
        or _MEASURED.search(other)
        or not rest.startswith(("呢", "有", "是"))
    ):
        return ""
    return earlier.replace(before.focus, other, 1) if before.focus in earlier else ""


# What is measured or told of things, and not counted itself.
_MEASURED = re.compile(
    r"(?:值|额|量|率|数|收入|利润|税收?|投资|面积|人口|比重|占比|价格?|成本|规模|资金|费用?|增速|增幅|余额|级"
    r"|结果|原因|地点|时间|情况|名单|名字|内容)$"
)


def _ending_in(ending: str, words: Sequence[tuple[str, str]]) -> list[int]:
    """Which of tagged words are things of more than a character that end so."""
    return [
        n
        for n, (word, tag) in enumerate(words)
        if word.endswith(ending) and tag[:1] in {"n", "v", "j", "b"} and len(word) > 1
    ]


_GROWN = re.compile(r"(?:同比|环比)?(?:增长|下降|增|降|涨|跌)了?多少")
_DIGITS = re.compile(r"\d")


def _in_place_of(before: Question, stem: str) -> str:
    """A question about another body, with what the earlier one asked of its own."""
    asked = before.body
    for name in before.names:
        asked = asked.replace(name, " ")
    asked = re.sub(r"\s+", " ", asked).strip(" 的，,")
    return f"{_when(before)}{asked}，{stem}" if asked and asked != before.body else ""


def _from_fragment(fragment: str, before: Question, earlier: str) -> list[str]:
    """What "那2019年呢？" and "总投资呢？" mean: the slot that is named replaces the one before."""
    fragment = _in_the_year(fragment, before)
    times = find_periods(fragment)
    places = [n for n in find_names(fragment) if n.kind == "place"]
    rest = _without_slots(fragment)
    rest = re.sub(r"(?:方面|那边|这边)$", "", rest.strip(" 的，,和与"))
    when = "".join(fragment[t.start : t.end] for t in times) or _when(before)
    where = (
        _where(places[0].text, before) if places else (before.places[0] if before.places else "")
    )
    if not content_words(rest):
        if not (times or places):
            return []
        return [f"{where}{when}{before.body}{_asking(before)}"]
    asking = "是多少" if before.kind == "figure" else _asking(before)
    if _names_something(analyse(fragment)) and not places:
        return _unique(
            [
                f"{when}{rest}{before.body}{_asking(before)}",
                f"{where}{when}{rest}{asking}",
                fragment,
            ]
        )
    context = _context(before)
    if context and _IN_ALL.fullmatch(rest):
        return [f"{where}{when}{context}{rest}是多少"]  # a sum of nothing in particular is none
    on_its_own = f"{where}{when}{rest}{asking}"
    return _unique(
        [
            on_its_own if where and _AMOUNT.search(rest) and _is_of_the_place(context) else "",
            f"{where}{when}{context}，{rest}{asking}" if context else "",
            on_its_own,
            f"{where}{rest}{asking}",
        ]
    )


def _is_of_the_place(measure: str) -> bool:
    """Whether a measure is the place's own: 一般公共预算收入 is, 标准厂房项目总投资 is not."""
    return bool(_AMOUNT.search(measure)) and not _BEARER.search(measure)


_AMOUNT = re.compile(r"(?:(?<!份)值|额|收入|利润|税收|投资|支出|产量|[Gg][Dd][Pp])$")
# What has amounts of its own, so that another one asked for next is its own too.
_BEARER = re.compile(
    r"项目|工程|企业|公司|集团|园|中心|厂|店|馆|站|船|路|桥|楼|线|基地|产业|行业|业务|产品|平台|基金|活动|会|校|院|的"
    r"|[“”\"《》A-Za-z\d，]"
)


def _without_slots(text: str) -> str:
    """The text without its times and places."""
    names = [n for n in find_names(text) if n.kind == "place"]
    taken = {(t.start, t.end) for t in find_periods(text)} | {(n.start, n.end) for n in names}
    for start, end in sorted(taken, reverse=True):
        text = text[:start] + text[end:]
    return text


_PART_OF_YEAR = re.compile(
    r"^(?:第?[一二三四]季度|[上下]半年|前[三3]季度|\d{1,2}月|[一二三四五六七八九十]{1,2}月|全年)"
)


def _in_the_year(fragment: str, before: Question) -> str:
    """A quarter or a month is of the year that was spoken of."""
    if before.periods and _PART_OF_YEAR.match(fragment):
        return f"{before.periods[0].end.year}年{fragment}"
    return fragment


def _where(place: str, before: Question) -> str:
    """A bare city after a question about a zone means that city's zone: "沈阳呢？" 沈阳高新区."""
    if before.places and is_zone(before.places[0]) and not is_zone(place):
        city = place_key(before.places[0])[0]
        kind = before.places[0]
        at = kind.find(city)
        if at >= 0 and not place.endswith(("省", "市", "县", "区")):
            return place + kind[at + len(city) :]
    return place


def _asking(before: Question) -> str:
    if before.kind == "which":
        return f"是哪家{before.focus}"
    if before.kind == "figure" and before.unit in _COUNTED:
        return f"有多少{before.unit}"  # how many there are, not how many came
    return _ASKED_AS.get(before.kind, f"是多少{before.unit}")


def _context(before: Question) -> str:
    """What the earlier question was about besides its slots: the event, the thing counted."""
    return (
        before.body.strip()
        if before.kind in {"figure", "when", "who", "where", "list", "which"}
        else ""
    )


def _with_context(before: Question, stem: str) -> str:
    names = [n for n in before.names if n not in stem]
    if names:
        return f"{names[0]}{stem}"
    return f"{before.body}，{stem}" if before.body else ""


def _when(before: Question) -> str:
    return "".join(label(p) for p in before.periods[:1]) or "".join(before.relative[:1])


def _names_something(question: Question) -> bool:
    return bool(question.names)


def _resolve(text: str, earlier: str, answer: str) -> str:
    """Pronouns replaced by whom or what the dialogue last named."""
    said = f"{answer}\n{earlier}"
    for pattern, kinds in (
        (_PERSON, ("person",)),
        (_ORG, ("org",)),
        (_THING, ("quoted", "title", "thing")),
        (_PLACE, ("place",)),
    ):
        match = pattern.search(text)
        if match is None:
            continue
        name = _last_named(said, kinds) or (_event(earlier) if "thing" in kinds else "")
        if name:
            text = text[: match.start()] + name + text[match.end() :]
    return text


def _last_named(said: str, kinds: Sequence[str]) -> str:
    """The first name of a kind in what was said: the answer's short form comes first in it."""
    for name in find_names(said):
        if name.kind in kinds and (name.kind != "place" or is_zone(name.text) or "place" in kinds):
            return name.text
    return ""


def _event(earlier: str) -> str:
    before = analyse(earlier)
    return "".join([*before.places[:1], before.body]).strip()


def _unique(texts: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(t for t in texts if t))
