"""How well a stretch of text covers what a question asks: weighted terms with their synonyms."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.lexical import fold
from qa.clause import NUMBERED
from qa.question import Question, content_words

# Words that newspapers use for one another, by the language rather than by any article. The first
# of a group is the usual one; a question's word matches any of its group.
_SYNONYM_GROUPS = """
地区生产总值 国内生产总值 生产总值 gdp 经济总量
高新技术企业 高企
存量 总数 总量 保有量
打算 准备 拟 计划 预计
全市 市
全省 省
抗疫 防疫 疫情防控 疫情
一天 每天 每日 日均 日产
星期六 周六
星期天 星期日 周日
投资 投
编写 编印 编制 编 制定
称作 称为 叫作 叫做 作为 列为 视为 当作
解决 破解 化解 纾解
送 赠送 送到 送来
困难 难题 问题 难
管理 治理
遇到 面临 碰到
规模以上 规上
营业收入 营收 主营收入 业务收入
归母净利润 归属于上市公司股东的净利润 归属于母公司股东的净利润 归属净利润 归母净利
归母净利 归属于上市公司股东的净利润 归母净利润 归属于母公司股东的净利润 归属净利润
扣非净利润 扣除非经常性损益的净利润 扣除非经常性损益后的净利润 扣非净利
扣非净利 扣非净利润 扣除非经常性损益的净利润 扣除非经常性损益后的净利润
扣非 扣除非经常性损益
半马 半程马拉松
全马 全程马拉松 马拉松
自付 自费 自掏 自己掏 自己出
卖出 售出 出货 销量 销售 出货量 卖 卖掉
固定资产投资 固投
一般公共预算收入 财政收入 财政预算收入
进出口总额 进出口 外贸 进出口额
新增 净增 增加
发布 出台 推出 印发 公布 颁布 制定 发放
设立 成立 建立 组建 创办 创立 创建 设置 开设 揭牌 建成 建有
举行 举办 召开 开展 启动
签约 签订 签署 签下 签
员工 职工 工人 务工人员 雇员 工作人员
公司 企业
资金 经费 款项
花 花费 耗资 投入 费用 造价 斥资 经费 投资 总投资
总投资 投资总额 投资额 总投资额 计划总投资额 投资
成交额 交易额 成交金额
负责人 一把手 掌门人
村支书 党支部书记 支部书记
奖励 奖金 奖补
补贴 补助 资助
接回 接返 带回 接送
帮助 协助 帮 助力
拉动 带动 贡献
落户 落地 入驻 进驻 落
占比 比重 占 比例
同比 比上年 较上年 同比增长
增长 增加 提高 上升 提升 增幅 增速 增长率 增
下降 减少 降低 下滑 回落 压缩 降幅 下降率
超过 超 突破 逾
共同 联合 合作 共建
孵化器 孵化平台
贷款 信贷 授信
利率 利息
办理 办结 受理
入选 列入 纳入 位列
生产 产能 产量 制造
面积 占地 占地面积
电话 热线
原因 因为 由于 得益于 为了
目标 目的
人才 人员
院士 专家
竣工 建成 完工 落成
开工 动工 开建
投产 投运 运营 投入使用
获得 获 荣获 取得 斩获
获奖 得奖 获得 奖
颁发 授予 核发 颁给
价格 售价 单价
乘客 旅客
医生 医师 大夫
老师 教师
学生 学员
死亡 遇难 身亡 去世
受伤 伤者
妻子 太太 夫人
丈夫 先生
出生 生于 诞生
毕业 毕业于
任命 任 担任 出任 就任
首次 第一次 首届 头一届 第一届 头一次
冠军 第一名 夺冠
海外 境外 国外
快递 包裹
骑手 小哥 外卖员 快递员 配送员
专利授权 授权专利
会议 大会 工作会
活动 仪式
家属 亲属
居民 市民 群众
票房 总票房
"""
_LIGHT = 0.35  # what a word weighs that only shades what is asked
_LIGHT_WORDS = frozenset(
    "花 要花 花费 花了 收费 保有量 拥有量 最低 最高 最大 最多 最少 预计 目前 当前 现在 大约 大概 "
    "左右 整个 全年 全部 所有 其他 各 每 同时 这些 那些 以来 以后 之后 期间 总额 累计 过程 "
    "之前 方面 部分 一些 内容 名称 总数 数量 数 存量 总量 多 家 情况 工作 "
    "件数 户数 家数 个数 项数 讲究 讲求 提到 提出 所说 说的 强调 指".split()
)
# The last characters of what an institution is called for short.
_BODIES = frozenset("院校厂局委办行司所馆会")
# Short forms that the word list does not hold together.
_ABBREVIATIONS = frozenset({"固投", "规上", "高企", "营收"})
LEGAL_FORM = re.compile(r"(?:股份)?(?:有限)?(?:责任)?公司$|集团$")
_MEASURE_NOUN = re.compile(r"(?:总量|总额|总数|数量|件数|人数|量|数|额)$")
_COMPLEMENTS = frozenset("到了为成出给过至起进")
_SUFFIXES = frozenset("量额数率值性化者类型式区园部")
_QUOTES = "“”\"'《》「」‘’ "
_NAMED = 1.4  # what a name weighs beside a common word as rare
_CONTEXT = 0.35  # what a word that only sets the scene weighs beside one that asks
_VERB, _EVENT = 0.4, 0.8  # what a verb weighs, and where it is the event that is asked after
_NEAR = 0.9  # what a synonym is worth beside the word itself


@functools.cache
def _synonyms() -> dict[str, tuple[str, ...]]:
    table: dict[str, dict[str, None]] = {}
    for line in _SYNONYM_GROUPS.strip().splitlines():
        group = line.split()
        for word in group:
            table.setdefault(word, {}).update(dict.fromkeys(w for w in group if w != word))
    return {word: tuple(others) for word, others in table.items()}


def _phrases_in(body: str) -> list[str]:
    """The known phrases of several words in a question: "高新技术企业" is also "高企"."""
    known = [p for p in _synonyms() if (len(p) >= 4 or p in _ABBREVIATIONS) and p in body]
    return [p for p in known if not any(p != q and p in q for q in known)]


@dataclass(frozen=True, slots=True)
class Term:
    """One content term of a question. `weight` is its share of the question, all sum to 1.

    `others` are forms that stand for it; an `exact` term has no partial matches; a `light` one only
    shades what is asked.
    """

    text: str
    weight: float
    others: tuple[str, ...] = ()
    exact: bool = False
    light: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """A stretch of folded text, and what a term found in it is worth (1 is best)."""

    text: str
    worth: float


def weigh(question: Question, idf: Callable[[str], float]) -> tuple[Term, ...]:
    """The question's terms in its order, with their weights: rare and named things weigh more."""
    body = fold(question.body)
    chosen: dict[str, float] = {}
    covered = ""
    named = [fold(n.strip(_QUOTES)) for n in question.names]
    for phrase in [*filter(None, named), *_phrases_in(body)]:
        if phrase not in covered:
            factor = _NAMED if phrase in named else 1.0
            chosen[phrase] = factor * max([idf(w) for w in content_words(phrase)] or [1.0])
            covered += phrase + "\n"
    loose = [w for w in question.words if w not in covered]
    for word in loose:
        importance = _importance(word)
        if question.kind == "when" and importance == _VERB:
            importance = _EVENT  # when something was founded is not when it began to produce
        chosen[word] = importance * idf(word)
    for word in question.context:
        if word not in covered:
            chosen.setdefault(word, _CONTEXT * idf(word))
    top = max(chosen.values(), default=1.0)
    light = {w for w in loose if _importance(w) <= _LIGHT} | set(question.context)
    for word, weight in chosen.items():
        # A word that the articles hardly know is not for that what the question is about.
        chosen[word] = min(weight, _LIGHT * top) if word in light else max(weight, 0.12 * top, 0.05)
    total = sum(chosen.values()) or 1.0
    table = _synonyms()
    order = sorted(chosen, key=lambda w: (w in question.context, body.find(w)))
    return tuple(
        Term(
            text=word,
            weight=chosen[word] / total,
            others=(*table.get(word, ()), *_stem(word), *_core(word)),
            exact=word in named or any(c.isdigit() or c.isascii() for c in word),
            light=word in light,
        )
        for word in order
    )


@functools.lru_cache(maxsize=8192)
def _importance(word: str) -> float:
    """What a word weighs by what it is: nouns and names carry a question, verbs are paraphrased."""
    import rjieba

    if len(word) == 1 or word in _LIGHT_WORDS:
        return 0.5 * _LIGHT if word in _SUFFIXES else _LIGHT
    tags = {tag for _, tag in rjieba.tag(word)}
    if tags <= {"v", "vd", "vi", "zg"}:
        return _VERB
    return 0.6 if tags <= {"a", "ad", "b", "f", "m", "q", "mq", "t", "s", "z"} else 1.0


def is_noun(word: str) -> bool:
    """Whether a word names a thing, rather than what is done or how it is."""
    return _importance(word) >= 1.0


def _stem(word: str) -> tuple[str, ...]:
    """The verb of a verb with its complement: 减到 is 减."""
    return (word[0],) if len(word) == 2 and word[1] in _COMPLEMENTS else ()


def _core(name: str) -> tuple[str, ...]:
    """The distinctive part of an organisation's name: 贝乐公司 is also 贝乐(清远)有限公司."""
    core = LEGAL_FORM.sub("", name)
    brand = core.split("(")[0]
    if core != name and len(brand) >= 2:
        return tuple(dict.fromkeys((core, brand)))
    if core == name and len(name) >= 3:
        core = _MEASURE_NOUN.sub("", name)  # 授权量 is also what is 授权
    return (core,) if core != name and len(core) >= 2 else ()


@functools.lru_cache(maxsize=32768)
def found(term: Term, text: str) -> float:
    """How far a folded text holds the term: 1 whole, less by a synonym or in parts, 0 not at all.

    A long term that is cut up ("专利授权" in "授权专利") counts by the share of its bigrams.
    """
    if term.text in text and not _only_within(term.text, text):
        return 1.0
    if any(other in text for other in term.others):
        return _NEAR
    if term.exact and (len(term.text) < 4 or any(c.isdigit() for c in term.text)):
        return 0.0
    if len(term.text) >= 3 or term.text[-1] in _BODIES:
        return _in_parts(term.text, text)
    return 0.0


def _only_within(word: str, text: str) -> bool:
    """Whether 出口 stands only within 进出口, which is another measure."""
    return word.startswith("出口") and word not in text.replace("进出口", "进-")


def _in_parts(word: str, text: str) -> float:
    """How far a long word is held apart or in part: "工业产值" in "工业总产值"."""
    halves = [(word[:i], word[i:]) for i in range(1, len(word)) if len(word) > 3 or i == 2]
    for left, right in halves:
        at = text.find(left)
        while at >= 0:
            behind = at + len(left)
            if right in text[behind : behind + len(right) + 2]:
                return 0.85
            at = text.find(left, at + 1)
    if len(word) == 4 and word[2:] in text:
        return 0.75 if word[:2] in text else 0.5
    if len(word) <= 3 and word[-1] in _BODIES and _abbreviated(word).search(text):
        return 0.7
    grams = [word[i : i + 2] for i in range(len(word) - 1)]
    share = sum(g in text for g in grams) / len(grams) if len(word) > 2 else 0.0
    return 0.85 * share if share >= 0.5 else 0.0


@functools.lru_cache(maxsize=4096)
def _abbreviated(word: str) -> re.Pattern[str]:
    """The long form of an organisation's short one: 三院 is 第三人民医院."""
    return re.compile(".{0,5}".join(re.escape(c) for c in word))


def coverage(terms: Sequence[Term], levels: Sequence[Level]) -> tuple[float, float]:
    """The share of the question that the levels cover, and the heaviest term left uncovered.

    Each term counts where it is worth most; the last level is the rest of the article. The second
    number is that term's weight, 0 if all are found somewhere; a name counts for more.
    """
    total, missing = 0.0, 0.0
    for term in terms:
        best = 0.0
        for level in levels:
            if level.worth > best:
                best = max(best, level.worth * found(term, level.text))
        total += term.weight * best
        # A name that stands only in another part of the article is not what this is about.
        if best <= levels[-1].worth and NUMBERED.fullmatch(term.text):
            missing = 1.0  # what is said of line 3 is not said of line 1
        elif term.exact and best <= levels[-1].worth:
            missing = max(missing, 1.5 * term.weight)
        elif best == 0.0:
            missing = max(missing, term.weight)
    return total, missing
