"""What an English question asks for, by its form: one function a form, Chinese text out.

Each takes the match of a form in `qa.english`, whose groups name the question's parts: `rest` is
what is said of the thing asked for, `noun` the thing counted or chosen, `aux` the auxiliary.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.english_order import arrange, classifier, leading_place, render, unit, verb_place
from qa.english_words import NUMERALS, Token, tokens

BE = r"(?:is|are|was|were)"
LENGTHS = {
    "long": "多长时间",
    "old": "多大年龄",
    "far": "多远",
    "often": "多久一次",
    "large": "多大",
    "big": "多大",
    "high": "多高",
    "tall": "多高",
    "deep": "多深",
    "wide": "多宽",
    "heavy": "多重",
    "fast": "多快",
    "soon": "多久",
}
COMPARATIVES = {
    "more": "多",
    "less": "少",
    "fewer": "少",
    "higher": "高",
    "lower": "低",
    "greater": "大",
    "larger": "大",
    "bigger": "大",
    "smaller": "小",
    "faster": "快",
    "slower": "慢",
    "better": "好",
}
_BARE = {
    "who": "是谁",
    "whom": "是谁",
    "whose": "是谁的",
    "when": "什么时候",
    "where": "在哪里",
    "which": "是哪个",
    "what": "是什么",
    "why": "为什么",
    "how": "如何",
    "how many": "多少",
    "how much": "多少",
}
# What a value is asked of: the last characters of a measure's name.
_MEASURE = re.compile(
    "(?:值|率|量|额|收入|税收|利润|利税|投资|规模|价格|均价|面积|人口|GDP|CPI|PPI|PMI|数|总数|产能|支出|"
    "营收|资金|成本|费用|资本|占比|比重|比例|增速|增幅|票房|里程|时限|寿命|年龄|长度|高度|重量|速度|时速|"
    "气温|温度|深度|宽度|距离|租金|工资|补贴|津贴|奖金|预算|债务|资产|就业|能耗|排放|学费|顺差|逆差|赤字|"
    "份额|震级|比分|贷款|存款|销售|出口|进口)$"
)
_CHANGES = ("增长", "下降", "增加", "减少", "上升", "降低", "提高", "净增")

Match = re.Match[str]


def _arranged(text: str | None) -> list[Token]:
    return arrange(tokens(text or ""))


def _word(text: str) -> Token:
    return Token("question", text, "")


def _asking(text: str | None, word: str) -> str:
    """The clause in Chinese order with the interrogative at its end."""
    return render([*_arranged(text), _word(word)])


def _after_subject(text: str, word: str, otherwise: str) -> str:
    """The clause with an adverb (什么时候) behind its subject, or `otherwise` at its end."""
    read = tokens(text)
    found = arrange(read)
    place = verb_place(read, found)
    if place is None:
        return render([*found, _word(otherwise)])
    return render([*found[:place], _word(word), *found[place:]])


def _doer(asked: Sequence[Token], said: Sequence[Token]) -> str:
    """Who or what did it, behind the place in which it was done."""
    lead = leading_place(said)
    return render([*said[:lead], *asked, *said[lead:]])


def bare(found: Match) -> str:
    """An interrogative alone, about what was said before."""
    return _BARE[found["wh"].lower()]


def follow_up(found: Match) -> str:
    """What is put in the place of something that was said before."""
    return _asking(found["rest"], "呢")


def how_much_more(found: Match) -> str:
    """A difference: "higher in 2024 than in 2019" as "2024年…比2019年高多少"."""
    left, _, right = found["rest"].partition(" than ")
    first = render([*_arranged(left), *_arranged(found["noun"])])
    return f"{first}比{render(_arranged(right))}{COMPARATIVES[found['more'].lower()]}多少"


def is_more(found: Match) -> str:
    """A comparison to confirm: "was it higher in 2022 than in 2021"."""
    left = render([*_arranged(found["rest"]), *_arranged(found["what"])])
    base = render(_arranged(found["base"]))
    return f"{left}比{base}{COMPARATIVES[found['more'].lower()]}吗"


def which_more(found: Match) -> str:
    """A choice of two: "which had more X in 2020, A or B" as "A和B2020年哪个X更多"."""
    things = [
        Token(t.kind, "和", t.source) if t.text == "或" else t for t in _arranged(found["things"])
    ]
    degree = f"更{COMPARATIVES[found['more'].lower()]}"
    which = [_word("哪个"), *_arranged(found["noun"])]
    return render([*things, *which, *_arranged(found["rest"]), _word(degree)])


def difference(found: Match) -> str:
    """By how much two values differ."""
    return _asking(re.sub(r"(?i)\bbetween\b", "of", found["rest"]), "相差多少")


def compared(found: Match) -> str:
    """Values side by side."""
    return _asking(found["rest"], "比较")


def how_many(found: Match) -> str:
    """A number of things, which stand behind what is said of them: "清远签约项目多少个"."""
    noun, rest = found["noun"], re.sub(r"(?i)^there\b", "", found["rest"])
    rest = re.sub(r"(?i)\slast$", " continue", rest)
    # "Patents were granted" may be one term, a measure.
    whole = tokens(f"{noun} {found['aux']} {rest}")
    if whole and rest and re.search(rf"(?i)\s{BE}\s", whole[0].source):
        return _counted(whole[1:], whole[:1])
    counted, said = tokens(noun), tokens(rest)
    verb = next((at for at, token in enumerate(counted) if token.kind == "verb"), None)
    if not rest and verb:
        counted, said = counted[:verb], counted[verb:]
    owns = {"have", "has", "had", "own", "there"}
    stock = any(token.source.lower() in owns for token in said)
    said = [token for token in said if token.source.lower() not in owns]
    there = re.match(r"(?i)there\b", found["rest"])
    return _counted(said, counted, "有多少" if stock or there else "多少")


def _counted(said: Sequence[Token], counted: Sequence[Token], asking: str = "多少") -> str:
    if said and said[-1].kind == "preposition":
        said = said[:-1]
    content = arrange(said)
    # "Tonnes of rubber": the unit belongs to the interrogative.
    measured = unit(counted[0].text) if len(counted) > 1 else ""
    if measured and (counted[1].text == "of" or counted[0].source.lower().endswith(" of")):
        things = arrange([token for token in counted[1:] if token.text != "of"])
        return render([*content, *things, _word(f"{asking}{measured}")])
    things = arrange([t for t in counted if t.source.lower() not in {"of", "more", "other"}])
    names = "".join(token.text for token in things if token.kind != "period")
    if unit(names) or names == "人":
        periods = [token for token in things if token.kind == "period"]
        return render([*content, *periods, _word(f"{asking}{unit(names) or names}")])
    return render([*content, *things, _word(f"{asking}{classifier(names)}")])


def how_much(found: Match) -> str:
    """An amount of something that is named."""
    rest = re.sub(r"(?i)^there\b", "", found["rest"])
    return render([*_arranged(rest), *_arranged(found["noun"]), _word("多少")])


def amount(found: Match) -> str:
    """An amount that the verb or the subject names: "X grew by how much"."""
    rest = re.sub(r"(?i)^(?:there|it)\b", "", found["rest"])
    if re.match(BE, found["aux"].lower()) and not any(t.kind == "verb" for t in tokens(rest)):
        return _asking(rest, "是多少")
    percent = (found["percent"] or "").lower().startswith("percent")
    return _asking(rest, "百分之多少" if percent else "多少")


def share(found: Match) -> str:
    """A part of a whole."""
    return render([*_arranged(found["rest"]), *_arranged(found["noun"]), _word("占比多少")])


def length(found: Match) -> str:
    """A size, a duration, an age."""
    rest = re.sub(r"(?i)\s(?:take|last)$", " need", found["rest"])
    word = LENGTHS[found["size"].lower()]
    # A bridge is long, an act takes long.
    if re.match(BE, (found["aux"] or "").lower()) and not any(
        t.kind == "verb" for t in tokens(rest)
    ):
        word = word.removesuffix("时间")
    return _asking(rest, word)


def how(found: Match) -> str:
    """A manner."""
    return _after_subject(found["rest"], "如何", "怎么样")


def why(found: Match) -> str:
    """A reason."""
    return _after_subject(found["rest"], "为什么", "的原因是什么")


def when(found: Match) -> str:
    """A time, as fine as the question names it."""
    asked = found["wh"].lower().split()[-1]
    word = {"year": "哪一年", "month": "哪个月", "day": "哪天", "date": "哪天"}.get(
        asked, "什么时候"
    )
    return _after_subject(found["rest"], word, f"是{word}")


def where(found: Match) -> str:
    """A place, or a rank."""
    rest = re.sub(r"(?i)\s+(?:located|based|situated|found|from|at|in|to)$", "", found["rest"])
    ranked = re.match(r"(?i)(.*)\brank(?:s|ed)?\b(.*)", rest)
    if ranked:
        return _asking(f"{ranked[1]} {ranked[2]}", "排名第几")
    return _after_subject(rest, "在哪里", "在哪里")


def rank(found: Match) -> str:
    """A position in an order."""
    return _asking(f"{found['rest']} {found['more']}", "排名第几")


def office(found: Match) -> str:
    """A person's office."""
    return _asking(found["rest"] + (found["more"] or "").replace(" at ", " of "), "担任什么职务")


def who_is(found: Match) -> str:
    """Whoever holds an office or bears a name; or whom something happened to."""
    read = tokens(found["rest"])
    if read and read[0].kind == "verb":
        return _doer([_word("谁")], arrange(read))
    # Two offices of one person are listed: 副书记、主任.
    named = [replace(t, text="、") if t.text == "和" else t for t in arrange(read)]
    return render([*named, _word("是谁")])


def who(found: Match) -> str:
    """Whoever did it."""
    return _doer([_word("谁")], _arranged(found["rest"]))


def whom(found: Match) -> str:
    """Whomever it was done to."""
    return _asking(found["rest"], "谁")


def agent(found: Match) -> str:
    """By whom it was done."""
    return _after_subject(found["rest"] or found["end"], "由谁", "由谁负责")


def whose(found: Match) -> str:
    """To whom it belongs."""
    return render([_word("谁的"), *_arranged(found["rest"])])


def meaning(found: Match) -> str:
    """What a word stands for."""
    return _asking(found["rest"] or found["end"], "是什么意思")


def list_of(found: Match) -> str:
    """All of a kind."""
    return _asking(found["rest"], "有哪些")


def what_is(found: Match) -> str:
    """Value, list or definition: what is asked for decides between 多少, 哪些 and 什么."""
    rest, be = found["rest"], found["aux"].lower()
    number = re.match(r"(?i)(?:the )?(?:total |overall )?number of (.+)$", rest)
    whole = tokens(rest)
    if number and not (whole and " of " in whole[0].source):
        head = re.split(r"(?i)\s(?=(?:of|in|at|by|from|for|during|as of)\b)", number[1], maxsplit=1)
        return _counted(tokens(" ".join(head[1:])), tokens(head[0]))
    called = re.match(r"(?i)(.+?)\s+(?:called|named)$", rest)
    if called:
        return _asking(called[1], "叫什么")
    read = arrange(whole)
    named = [token for token in read if token.kind not in ("period", "adverb") and token.text]
    if not named:
        return render([*read, _word("是什么")])
    if named[-1].text == "职务":
        owner = [token for token in read if token is not named[-1]]
        return render([*owner, _word("是什么职务")]).replace("的是什么", "是什么")
    several = any(t.kind == "numeral" and t.source.lower() != "one" for t in whole)
    return render([*read, _word(_ending(named[-1], several, be in ("are", "were")))])


def _ending(head: Token, several: bool, plural: bool) -> str:
    if head.text.endswith(_CHANGES):
        return "多少"
    if head.kind == "verb":
        return "什么"
    if _MEASURE.search(head.text) and not several:
        return "是多少"
    return "有哪些" if plural or several else "是什么"


def what_does(found: Match) -> str:
    """The object of an act, or the act."""
    rest = found["rest"]
    if re.search(r"(?i)\s(?:do|done)\b", rest):
        return _asking(re.sub(r"(?i)\s(?:do|done)\b", "", rest), "做什么")
    return _asking(rest, "什么")


def which(found: Match) -> str:
    """哪家公司 stands where its answer would: "which company is X a subsidiary of" and its kin."""
    rest, aux = found["rest"] or "", found["aux"].lower()
    asked, said = _which_one(found["noun"]), tokens(rest)
    role = re.fullmatch(r"(?i)(?P<subject>.+?) (?:an?|the) (?P<role>.+?) (?:of|for|in)", rest)
    if role is None and found[0].lower().startswith("of "):
        role = re.fullmatch(r"(?i)(?P<subject>.+?) (?:an?|the) (?P<role>.+)", rest)
    if re.match(BE, aux) and role:
        kin = _arranged(role["role"])
        return render([*_arranged(role["subject"]), _word("是"), *asked, _word("的"), *kin])
    if said and said[-1].kind == "preposition":
        said = said[:-1]
    acts = not said or said[0].kind in ("verb", "adverb")
    has_verb = any(token.kind == "verb" for token in said)
    if aux in ("has", "have", "had") and not has_verb:
        most = [token for token in said if token.text.startswith("最")]
        return render([*asked, *arrange([t for t in said if t not in most]), *most])
    if re.match(BE, aux) and not has_verb and said and said[0].kind != "preposition":
        return render([*asked, _word("是"), *arrange(said)])
    if acts and not aux.startswith("d"):
        return _doer(asked, arrange(said))
    return render([*arrange(said), *asked])


def which_acts(found: Match) -> str:
    """The doer among several: "which company built X"; the noun ends where the verb begins."""
    read = tokens(found["rest"])
    verb = next((at for at, token in enumerate(read) if token.kind == "verb"), None)
    if not verb:
        word = "什么" if found[0].lower().startswith("what") else "哪个"
        return render([_word(word), *arrange(read)])
    end = read[verb].start
    return _doer(_which_one(found["rest"][:end]), arrange(read[verb:]))


def _which_one(noun: str) -> list[Token]:
    """哪家企业, 哪些企业, 哪四个产业, 什么口罩: by the noun and its number."""
    kind = re.match(r"(?i)(?:kinds?|types?|sorts?) of\s+", noun)
    if kind:
        return [_word("什么"), *_arranged(noun[kind.end() :])]
    read = tokens(noun)
    things = arrange([token for token in read if token.kind != "numeral"])
    names = "".join(token.text for token in things if token.kind in ("noun", "latin"))
    count = next((token for token in read if token.kind == "numeral"), None)
    last = read[-1].source.lower() if read else ""
    if count:
        word = f"哪{NUMERALS[count.source.lower()]}{classifier(names)}"
    elif last.endswith("s") and not last.endswith("ss"):
        word = "哪些"
    else:
        word = "多少" if _MEASURE.search(names) else f"哪{classifier(names)}"
    place = leading_place(things)
    return [*things[:place], _word(word), *things[place:]]


def yes_no(found: Match) -> str:
    """Something to confirm."""
    noun = re.fullmatch(r"(?i)(?P<subject>.+?) (?:an?|the) (?P<role>.+)", found["rest"])
    if noun and re.match(BE, found["aux"].lower()):
        subject = tokens(noun["subject"])
        if not any(token.kind in ("verb", "preposition") for token in subject):
            return render([*arrange(subject), _word("是"), *_arranged(noun["role"]), _word("吗")])
    return _asking(found["rest"], "吗")
