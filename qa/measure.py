"""The words of the measure asked for, and those at a number that were not asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.lexical import fold
from qa.question import Question, content_words
from qa.spans import Candidate
from qa.terms import Term

STOCK = re.compile(r"总数|存量|总量|总共有|共有|拥有|有多少|有几|末|底")
FLOW = re.compile(r"净增|新增|增加(?!到|至|值)|申报|认定|培育|新注册|新设|意向")
TOTAL = re.compile(r"总数|存量|总量|保有量")
LEVEL = re.compile(r"总数|存量|总量|保有量|达到|累计")
# What an amount of money is anyway; what it is for says which one is meant.
_MONEY_WORDS = frozenset({"资金", "钱", "金额", "经费", "款项", "款"})
NEARLY = 0.7
FILLERS = frozenset(
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


def unasked(text: str, terms: Sequence[Term]) -> list[str]:
    """The words of a text, of more than a character, that the question has not."""
    return [
        word
        for word in content_words(text)
        if len(word) > 1 and word not in FILLERS and not any(shares(word, t) for t in terms)
    ]


def came(question: Question, candidate: Candidate) -> bool:
    """Whether a number is of those that came, where that is not what is asked."""
    before = fold(candidate.clause).partition(fold(candidate.text))[0]
    told = candidate.near + _LAST_NUMBER.sub("", before)  # "新增甲类、乙类企业10家" is new all over
    flowed = FLOW.search(told) and not LEVEL.search(candidate.near)
    return bool(flowed and not FLOW.search(question.text))


_LAST_NUMBER = re.compile(r".*\d[^\d，,、]{0,3}")


def named_alone(asked: str, here: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """The contrasts of which the question names one that does not stand `here`, and that one."""
    for group in _CONTRASTS:
        wanted = [word for word in group if word in asked]
        if len(wanted) == 1 and wanted[0] not in here:
            yield group, wanted[0]


def of_other(group: Sequence[str], wanted: str, before: str) -> bool:
    """Whether what was named last before is another one of the group."""
    last = max(group, key=before.rfind)
    return last != wanted and last in before


def shares(word: str, term: Term) -> bool:
    """Whether a word is part of a form of a term, or a form of it part of the word."""
    forms = (term.text, *term.others)
    return any(word in form or form in word for form in forms)


def head_terms(question: Question, terms: Sequence[Term], whose: str) -> list[Term]:
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
