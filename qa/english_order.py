"""English word order turned into Chinese: modifiers first, then the head; period after place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from qa.english_words import Token

_ZONE = re.compile("(?:区|市|省|县|镇|乡|州|园|园区|亦庄)$")
_ACTOR = re.compile("(?:企业|公司|集团|园区|银行|政府|局|会|院|部门|团队|厂|人|员|者|长|书记)$")
_GREAT = re.compile("产业|园区|体系|平台|领域|工程|行动")
_CLASSIFIERS = (
    (re.compile("高新技术企业|高企|企业|公司|银行|医院|机构|工厂|商户|酒店|门店|单位|商会$"), "家"),
    (re.compile("专利|办件|商标$"), "件"),
    (re.compile("审批职能|事项|措施|政策|职能|技术|成果$"), "项"),
    (re.compile("大学|学校|高校|学院|小学|中学$"), "所"),
    (re.compile("员工|职工|志愿者|人员|工人|学生|党员|家属|干部|患者|医生$"), "名"),
    (re.compile("人|人口|就业|岗位$"), "人"),
    (re.compile("车辆|汽车|卡车|大巴|巴士|[轿客货用]车$"), "辆"),
    (re.compile("船|舰|艇$"), "艘"),
    (re.compile("飞机|直升机|客机|战机|无人机$"), "架"),
    (re.compile("卫星|导弹|火箭|奖牌|金牌|银牌|铜牌$"), "枚"),
    (re.compile("电影|影片|手机|作品$"), "部"),
    (re.compile("城市|大楼|大桥|桥梁|电站|机场|车站$"), "座"),
)
_UNITS = re.compile(
    "天|年|小时|分钟|秒|个?月|周|[美欧日港]?元|吨|公斤|克|平方米|平方公里|公里|米|亩|公顷|次|户|升|"
    "千瓦时?|兆瓦|个百分点|套|件|份|批|双|台|页|集|章|篇|倍|岁|桶|亿|万"
)
_UNIT_NAMES = {"月": "个月", "日期": "天", "时间": "次", "百分点": "个百分点"}
_CHINESE_PREPOSITIONS = {
    "from": "从",
    "for": "为",
    "with": "与",
    "in": "在",
    "at": "在",
    "on": "在",
}


def classifier(chinese: str) -> str:
    """The measure word that asks for a number of these: 企业 -> 家."""
    return next((word for pattern, word in _CLASSIFIERS if pattern.search(chinese)), "个")


def unit(chinese: str) -> str:
    """What is counted where the counted thing is itself a unit (月 -> 个月), else nothing."""
    name = _UNIT_NAMES.get(chinese, chinese)
    return name if _UNITS.fullmatch(name) else ""


def arrange(tokens: Sequence[Token]) -> list[Token]:
    """Tokens of a clause or a phrase in Chinese order; auxiliaries and prepositions fall away."""
    relative = _relative(tokens)
    if relative:
        return [*arrange(tokens[relative:]), *arrange(tokens[:relative])]
    useful = [t for t in _without_infinitives(tokens) if t.kind != "auxiliary"]
    verbs = [at for at, token in enumerate(useful) if token.kind == "verb"]
    first = verbs[0] if verbs else len(useful)
    subject = _noun_phrase(useful[:first])
    named = any(
        token.kind in ("latin", "place", "quote", "pronoun") or _ACTOR.search(token.text)
        for token in subject
    )
    found: list[Token] = []
    scene: list[Token] = []
    for at, following in pairwise([*verbs, len(useful)]):
        where, said = _verb_phrase(useful[at], useful[at + 1 : following], bool(subject))
        # "Patents grew in Foshan" are Foshan's patents; "Jinlu listed in Shenzhen" is Jinlu's act.
        if named and where:
            found += [Token("noun", "在", ""), *where, *said]
        else:
            scene += where
            found += said
    return [*scene, *subject, *found]


def verb_place(tokens: Sequence[Token], arranged: Sequence[Token]) -> int | None:
    """Where in the arranged tokens a question adverb (如何) goes: behind the subject."""
    useful = [t for t in _without_infinitives(tokens) if t.kind != "auxiliary"]
    first = next((at for at, t in enumerate(useful) if t.kind == "verb"), None)
    if first is None:
        return None
    subject = _noun_phrase(useful[:first])
    scene = next(
        (at for at in range(len(arranged)) if list(arranged[at : at + len(subject)]) == subject), 0
    )
    while subject and subject[-1].kind == "adverb":
        subject.pop()
    return scene + len(subject)


def render(tokens: Sequence[Token]) -> str:
    """The Chinese text: leading place, then the periods, then the rest."""
    periods = [token for token in tokens if token.kind == "period"]
    rest = _shared_zone([token for token in tokens if token.kind != "period" and token.text])
    # A conjunction or comma that lost what it joined.
    while rest and _joins(rest[0]):
        rest = rest[1:]
    while rest and _joins(rest[-1]):
        rest = rest[:-1]
    rest = _place_first(rest)
    lead = leading_place(rest)
    when = Token("period", "和".join(token.text for token in periods), "")
    return _joined([*rest[:lead], when, *rest[lead:]] if periods else rest)


def _relative(tokens: Sequence[Token]) -> int:
    """Where "(a company) that makes masks" begins, else 0."""
    acts = [token for token in tokens if token.kind != "auxiliary"]
    for at, following in pairwise(acts):
        pronoun = at.kind == "pronoun" and at.source.lower() in ("that", "which", "who")
        if pronoun and following.kind == "verb":
            place = next(i for i, token in enumerate(tokens) if token is at)
            before = any(token.kind == "verb" for token in tokens[:place])
            return 0 if before else place
    return 0


def _noun_phrase(tokens: Sequence[Token]) -> list[Token]:
    """Modifiers before the head: "A of B in C" as C B A."""
    return [token for _, part in reversed(_parts(tokens)) for token in part]


def _verb_phrase(
    verb: Token, tokens: Sequence[Token], acted: bool
) -> tuple[list[Token], list[Token]]:
    """Modifiers before the verb: "sign A of B at C" as C sign B A; a goal ("to C") stays behind.

    A place in which it happens is handed back apart. `acted` says that a subject stands before.
    """
    (_, thing), *others = _parts(tokens)
    adverbs = [token for token in thing if token.kind == "adverb"]
    thing = [token for token in thing if token.kind != "adverb"]
    where: list[Token] = []
    front: list[list[Token]] = []
    goal: list[Token] = []
    for word, part in others:
        adverbs += [token for token in part if token.kind == "adverb"]
        part = [token for token in part if token.kind != "adverb"]
        content = [token for token in part if token.kind != "period"]
        if word == "of" and front and front[-1]:
            lead = 1 if front[-1][0].text in _CHINESE_PREPOSITIONS.values() else 0
            front[-1] = [*front[-1][:lead], *part, *front[-1][lead:]]
        elif word == "of" or (word == "for" and thing):
            thing = part + thing
        elif word in ("in", "at", "within", "across") and _is_place(content):
            where = part + where
        elif word in ("to", "into") and content:
            goal += [Token("noun", "到", word), *part]
        elif word in _CHINESE_PREPOSITIONS and content and (acted or word == "from"):
            front.append([Token("noun", _CHINESE_PREPOSITIONS[word], word), *part])
        else:
            front.append(part)
    front = [part for part in front if part]
    before = [token for part in reversed(front) for token in part]
    if before and before[-1].text == "仪式" and verb.text not in before[-1].text:
        # The ceremony at which something is signed is a signing ceremony.
        before[-1] = replace(before[-1], text=verb.text + "仪式")
    return where, [*before, *adverbs, verb, *thing, *goal]


def _is_place(tokens: Sequence[Token]) -> bool:
    return bool(tokens) and leading_place(tokens) == len(tokens)


def _parts(tokens: Sequence[Token]) -> list[tuple[str, list[Token]]]:
    """Split at prepositions: the head under an empty name, then (preposition, what follows)."""
    parts: list[tuple[str, list[Token]]] = [("", [])]
    for token in tokens:
        if token.kind == "preposition":
            parts.append((token.text, []))
        else:
            parts[-1][1].append(token)
    return parts


def _without_infinitives(tokens: Sequence[Token]) -> list[Token]:
    following = [*tokens[1:], Token("end", "", "")][: len(tokens)]
    return [
        token
        for token, after in zip(tokens, following, strict=True)
        if not (token.text == "to" and token.kind == "preposition" and after.kind == "verb")
    ]


def _joins(token: Token) -> bool:
    return token.kind == "comma" or token.text in ("和", "或")


def leading_place(tokens: Sequence[Token]) -> int:
    """How many of the first tokens name a place, a zone, or several joined by 和."""
    at = 0
    while at < len(tokens):
        token = tokens[at]
        inside = at > 0 and _ZONE.search(token.text) and token.kind == "noun"
        joined = at > 0 and _joins(token) and tokens[at + 1 : at + 2]
        name = token.kind == "latin" and any(
            t.kind == "noun" and _ZONE.search(t.text) for t in tokens[at + 1 : at + 3]
        )
        if token.kind == "place" or inside or name or (joined and tokens[at + 1].kind == "place"):
            at += 1
        else:
            break
    return at


def _shared_zone(tokens: list[Token]) -> list[Token]:
    """Each place gets the zone of "Foshan and Shenyang High-tech Zones"."""
    for at in range(len(tokens) - 3):
        first, joint, second, zone = tokens[at : at + 4]
        if (
            first.kind == second.kind == "place"
            and _joins(joint)
            and zone.kind == "noun"
            and zone.source.lower().endswith("s")
            and _ZONE.search(zone.text)
        ):
            return [*tokens[: at + 1], replace(zone, source=""), *tokens[at + 1 :]]
    return tokens


def _place_first(tokens: list[Token]) -> list[Token]:
    """A place that only follows a noun ("GDP Shenyang") goes to the front."""
    if leading_place(tokens) or any(token.kind in ("verb", "question") for token in tokens[:1]):
        return tokens
    at = next((at for at, token in enumerate(tokens) if token.kind == "place"), 0)
    before = tokens[at - 1] if at else None
    if before is None or before.kind != "noun" or before.text in ("从", "与", "在", "到"):
        return tokens
    end = at + leading_place(tokens[at:])
    return [*tokens[at:end], *tokens[:at], *tokens[end:]]


def _joined(tokens: Sequence[Token]) -> str:
    text = ""
    last: Token | None = None
    # "Add new projects": 新增 and 新增项目 say it once.
    tokens = [
        token
        for token, after in zip(tokens, [*tokens[1:], None][: len(tokens)], strict=True)
        if not (after and token.kind == "verb" and after.text.startswith(token.text))
    ]
    for token, after in zip(tokens, [*tokens[1:], None][: len(tokens)], strict=True):
        piece = "" if token.text == "新" and text.endswith("新增") else token.text
        if token.kind == "numeral" and after and after.kind in ("noun", "latin", "verb"):
            great = _GREAT.search(after.text)
            piece += "大" if great else classifier(after.text)
        if token.kind == "number" and piece.isdigit() and after and after.kind == "noun":
            countable = not unit(after.text) and not re.match("[百千万亿十个]", after.text)
            apart = after.start - token.start - len(token.source)
            piece += classifier(after.text) if countable and 0 < apart <= 2 else ""
        spaced = last is not None and (
            (_spelled(last) and token.text) or (_spelled(token) and last.text)
        )
        digits = last is not None and last.text[-1:].isdigit() and piece[:1].isdigit()
        text += (" " if spaced or digits else "") + piece
        if piece:
            last = token
    return text


def _spelled(token: Token) -> bool:
    """Whether a token is a word in Latin letters that stands apart from Chinese text."""
    return token.kind == "latin" and not re.fullmatch(r"[A-Z0-9]+", token.text)
