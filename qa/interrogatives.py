"""The interrogatives of Chinese: what kind of thing a question asks for, and of what sort."""

from __future__ import annotations

import re
from typing import Literal

from index.quantities import QUESTION_UNITS

Kind = Literal[
    "figure", "rate", "share", "rank", "who", "office", "when", "where",
    "which", "list", "how", "why", "definition", "yesno", "text",
]  # fmt: skip
# The kinds that a number answers, and those that a few words of the text do.
FIGURES: frozenset[Kind] = frozenset({"figure", "rate", "share", "rank"})
SPANS: frozenset[Kind] = frozenset({"who", "office", "when", "where", "which", "list"})
DURATION = "时长"  # the unit of a question for how long
_UNIT = "|".join(sorted(map(re.escape, QUESTION_UNITS), key=len, reverse=True))
_MANY = r"(?:多少|(?<!哪)几(?!乎))"
_WHAT = r"(?:什么|何种|哪些|啥)"
_UNITS_OF_THINGS = "[个家项类种条大位名方所座]"
_CHANGES = (
    "增长|下降|提高|增加|减少|上升|提升|降低|压缩|缩短|回落|上涨|涨|跌|降"
    "|增幅|降幅|增速|涨幅|跌幅|增长率|增减|变化|变动|下滑|下跌|缩减|回升|攀升|上调|下调|加快|放缓"
    "|(?<![新净])增|减|(?<!每)升"
)
# Nouns that begin like a measure word: "多少支持度" asks for no 支.
_NO_UNIT = (
    r"(?!支[持付出援撑]|部[门分署队]|场[地馆景]|台[湾胞]|批[准发评]|处[理罚置]|级别|期[货间限]|门[票诊]"
    r"|元[旦素]|分[成店公]|股[权份东民价]|班级|团队|队[伍员]|家[庭长具电]|位[置移]|层[面次]|字[体样])"
)
# In the order in which they are tried: the first that matches says what is asked for.
_FORMS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    (
        "rank",
        (
            r"(?:排名|排在|排|位居|位列|居|列)?(?:全国|全省|全市)?第几(?:位|名)?",
            r"(?:排名|位次)(?:是)?(?:多少|如何|怎样|几)",
        ),
    ),
    (
        "office",
        (
            r"(?:担?任|是|当)?(?:什么|何|哪些?)(?:职务|职位|职|身份|头衔|官)",
            r"职务(?:是什么|是)?",
            r"(?:是)?(?:干|做|从事)什么(?:工作|职业)?的?$",
        ),
    ),
    ("figure", (r"(?:用|要|花|需要?|为期|历时|持续)?了?(?:多长时间|多久|多少时间)(?P<unit>)",)),
    (
        "definition",
        (r"是个?(?:什么|何种|怎样的?)(?:样的)?(?:机构|单位|组织|地方|东西|概念|公司|企业)$",),
    ),
    (
        "why",
        (
            r"为什么|为何|缘何|为啥|怎么会|凭(?:什么|啥)",
            rf"(?:是)?{_WHAT}(?:原因|缘故|理由)",
            r"(?:原因|理由)(?:是什么|有哪些|是|何在)",
        ),
    ),
    (
        "when",
        (
            r"(?:是)?(?:在)?(?:什么时候|何时|哪一?天|哪一?年|哪个?月份?|几月几[日号]|几月份?|几[号日]"
            r"|何日|哪一日|几时|(?:早上|上午|中午|下午|晚上)?几点(?:钟|[多半])?(?:到几点(?:钟)?)?|(?:什么|哪个|何)(?:时间|日期|时候))",
            r"(?:具体)?(?:时间|日期)(?:是|为)(?:什么|哪天|多少)?",
        ),
    ),
    (
        "where",
        (
            r"(?:是)?(?:坐落|落户|落|设|建|位|开)?(?:在|位于|于)?"
            r"(?:哪里|哪儿|何处|何地|(?:什么|哪个|哪些)(?:地方|地点|位置))",
            r"(?:在|到|去|往|从)哪(?![些个家项座所位款种条一二三四五六七八九十两几])",
        ),
    ),
    (
        "who",
        (
            r"(?:是)?(?:姓甚名谁|谁|哪一?位(?!居)|何人|哪个人|什么人)",
            r"叫什么(?:名字)?",
            r"(?:姓名|名字)(?:是什么|是)?",
        ),
    ),
    ("rate", (rf"(?:{_CHANGES})(?:率|幅度)?(?:了|是|为|达|到)*百分之(?:几|多少)",)),
    (
        "share",
        (
            r"百分之(?:几|多少)|几成|占比(?:是|为|达)?(?:多少|几)?",
            r"占(?:到|了)?(?:多大|多少|多高)的?(?:比重|比例|份额)",
            r"(?:比重|比例|份额)(?:是|为|达到?|有)?(?:多少|多大|多高|几)?",
            r"的(?:多少|几成)$",
            r"占(?!地|有)(?P<of>[^，。？,?]{0,24}?)(?:的)?"
            rf"(?:百分之(?:多少|几)|多少(?!\s*(?:{_UNIT}))|几成|百分之几|比例|比重)",
        ),
    ),
    (
        "rate",
        (
            rf"(?:同比|环比)?(?:{_CHANGES})(?:率|幅度)?(?:了|是|为|有|达到?|约)*"
            rf"(?:多少|几(?:个百分点)?|如何|怎样|多大|多快)(?!\s*(?:{_UNIT}))",
        ),
    ),
    (
        "figure",
        (
            rf"(?:一共|总共|合计|共计|共)?(?:有|是|为|达到?|约|高达)?{_MANY}"
            rf"(?P<scale>[百千万亿]+)?{_NO_UNIT}(?P<unit>{_UNIT}|钱)?多?",
            r"有?多(?:大|高|长|远|重|久|宽|深|厚|快|热|冷|烫)|是多少|几何",
        ),
    ),
    (
        "list",
        (
            r"(?:有|包括|涵盖|包含|分为|涉及|是|由|为|指|即)?"
            rf"(?:哪些|哪几(?P<unit>{_UNITS_OF_THINGS}?)"
            rf"|哪[“\"]?(?:[两二三四五六七八九十]+|\d+)(?P<unit>{_UNITS_OF_THINGS}?)"
            r"|(?:有|包括)(?:什么|啥)(?:内容)?|(?:包括|指)(?:的)?(?:是)?什么|什么内容)",
        ),
    ),
    (
        "how",
        (
            r"如何|怎么样?|怎样",
            rf"(?:采取|通过|用|以|靠)了?{_WHAT}(?:方式|措施|办法|方法|手段|途径|做法)?",
            r"(?:什么|何种)(?:措施|办法|方式|做法|方法)",
        ),
    ),
    (
        "definition",
        (
            r"(?:指的是|是指|意思是|的意思是|的含义是|是)什么(?:意思|含义|东西)?$",
            r"^什么是|^何谓|^什么叫|是什么意思|是什么$|是什么样的",
        ),
    ),
    (
        "which",
        (
            r"(?:哪|何)(?:一)?(?P<unit>[个家所项款只支座条部类种届期]?)",
            r"(?:是)?(?:什么样的?|怎样的|什么|啥|何种)",
        ),
    ),
    ("yesno", (r"吗$|么$|是否|是不是|有没有|能否|可否|会不会|能不能|对不对|对吗",)),
)


def _one_pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    """The forms as alternatives; a group that several name is numbered apart ("unit", "unit2")."""
    joined, seen = "|".join(forms), 0

    def numbered(match: re.Match[str]) -> str:
        nonlocal seen
        seen += 1
        return "(?P<unit>" if seen == 1 else f"(?P<unit{seen}>"

    return re.compile(re.sub(r"\(\?P<unit>", numbered, joined))


_ASKS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, _one_pattern(forms)) for kind, forms in _FORMS
)


def ask_of(text: str) -> tuple[Kind, re.Match[str] | None]:
    """The kind of a question and the span of its interrogative; "text" and None without one."""
    for kind, pattern in _ASKS:
        match = pattern.search(text)
        if match:
            return kind, match
    return "text", None


CHANGE_WORD = re.compile(
    r"增长|下降|提高|增加(?!值)|减少|上升|提升|降低|压缩|缩短|回落|下滑|下跌|上涨|[增降涨跌]幅|增速"
)
_FIGURE_NOUN = re.compile(
    r"(?:值|额|量|率|数|收入|利润|投资|面积|人口|比重|占比|价格|成本|规模|资金|营收|排名|费用|[Gg][Dd][Pp])$"
)
_PERSON_NOUN = re.compile(
    r"(?:书记|主任|经理|董事长|总裁|[局市区县省院校会科处部所行台馆团]长|秘书长|主席|负责人|记者|作者)$"
)


def bare_kind(stem: str) -> Kind:
    """The kind of a question without an interrogative: keywords, as typed into a search box."""
    end = stem.rstrip("呢 ")
    if _PERSON_NOUN.search(end):
        return "who"
    if CHANGE_WORD.search(end[-4:]):
        return "rate"
    words = re.split(r"\s+", end)
    if any(CHANGE_WORD.fullmatch(w) for w in words):
        return "rate"
    if any(_FIGURE_NOUN.search(w) for w in words):
        return "figure"
    return "text"


def focus_of(stem: str, match: re.Match[str], kind: Kind) -> str:
    """The noun asked for: behind the interrogative ("哪家公司"), else in front ("职务是什么")."""
    if kind in {"which", "list", "figure"}:
        behind = _noun_phrase(re.split(r"[，。？?,]", stem[match.end() :].lstrip("的"))[0])
        if behind:
            return behind
    if kind in {"which", "list", "definition"}:
        front = re.search(
            r"([^，。？?,的]{1,12})$",
            _SAYS_NAME.sub("", stem[: match.start()].rstrip("的是有包括都分别主要")),
        )
        return front.group(1) if front else ""
    return ""


_SAYS_NAME = re.compile(r"的?(?:正式)?(?:全称|名称|全名|名字)$")


def _noun_phrase(text: str) -> str:
    """The noun phrase that a text begins with, up to a verb, a particle or a preposition."""
    import rjieba

    taken = ""
    for word, tag in rjieba.tag(text):
        if word != "、" and (
            tag[:1] in {"p", "c", "u", "r", "d", "x", "y"}
            or (tag[:1] == "v" and tag != "vn" and taken)
        ):
            break
        if tag[:1] == "v" and tag != "vn":
            return text if word == text else ""
        taken += word
    return taken
