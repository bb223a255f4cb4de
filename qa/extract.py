"""Question + articles -> evidence: the sentences that answer, and the bare answer in each."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from index.figures import han_number
from index.lexical import fold
from index.names import find_names
from index.period import find_periods
from index.records import Article, Figure, Period
from index.sentences import Sentence, is_zone, main_place, place_key, read_sentences
from qa.candidates import Candidate, candidates, is_particular, list_items, text_before
from qa.question import Question, content_words
from qa.terms import Level, Term, coverage, found, weigh

Idf = Callable[[str], float]
Miss = Literal["", "period", "place"]

# What a term is worth by where it stands, seen from the candidate. Fitted once on questions about
# other articles (see the evaluation's ablation); only their order matters much.
_NEAR, _CLAUSE, _BESIDE, _SENTENCE, _PARAGRAPH, _HEADING, _TITLE = (
    1.0,
    0.92,
    0.88,
    0.8,
    0.62,
    0.6,
    0.6,
)
_NEXT, _LEAD = 0.55, 0.45
_OPENING = 120  # characters that say what an article is about
_STOCK = re.compile(r"总数|存量|总量|总共有|共有|拥有|有多少|有几|末|底")
_FLOW = re.compile(r"净增|新增|增加(?!到|至|值)|申报|认定|培育|新注册|新设|意向")
_TOTAL = re.compile(r"总数|存量|总量|保有量")
_LEVEL = re.compile(r"总数|存量|总量|保有量|达到|累计")
_COUNT = re.compile(
    r"([两二三四五六七八九十]|\d+)(?:大|个|项|类|种|条|样|方|家|免|减|化|句|点|[\u4e00-\u9fff]”)"
)
_NUMERALS = frozenset("一二三四五六七八九十两个大")
# What an amount of money is anyway; what it is for says which one is meant.
_MONEY_WORDS = frozenset({"资金", "钱", "金额", "经费", "款项", "款"})
_INSTANT = 11  # days: the end of a month is as good as its last day
_LEGAL = re.compile(r"(?:股份)?(?:有限)?(?:责任)?公司$|集团$")
_SHARP = 1.15  # above 1, what fits only half is worth less than half
_FEW_YEARS = 2  # an article that names more of them is about none in particular
_NEARLY = 0.7
# Words that make a measure another one.
_NARROWING = re.compile(r"发明|实用新型|外观设计|(?<!进)出口|进口|民间|房地产|限额以上|跨境")
_NARROWED = 0.12  # what each word at the number that was not asked for takes away
_FILLERS = frozenset(
    "累计 完成 实现 达到 全年 拥有 共有 合计 总计 预计 超过 突破 同比 其中 上年".split()
)
_ELSEWHERE, _ANAPHORIC = 0.3, 0.8
_ANAPHOR = re.compile(
    r"[“\"]?(?:该|其|此|这|据介绍|据了解|据悉|同时|他|她|它|双方|项目|活动|会上|会议)"
)
_CUES = {
    "why": re.compile(
        r"因为|由于|因此|得益于|为了|为[^，]{2,12}，|鉴于|有感于|原因(?:是|在于|有)|旨在|之所以|看重|以便|从而|避免"
        r"|缘于|出于|源于|一来|一是"
    ),
    "how": re.compile(
        r"通过|采取|推行|实行|以[^，]{2,14}为|建立|开展|推出|出台|设立|加大|深化|实施|利用|采用|发起"
        r"|优化|强化|围绕|制定|组织|联合|对[^，]{2,14}给予"
    ),
    "definition": re.compile(r"是一|是指|即|指的是|是[^，。]{2,30}的|包括|主要|简称|又称|称为"),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that bears on the question, and the bare answer in it.

    `start:end` is the span of `short` in the article's text, `sentence` the evidence. `score` lies
    between 0 and 1. `missing` is the share of the question's heaviest term that stands nowhere.
    `miss` says which slot does not agree: such evidence is never an answer, only the nearest thing;
    `raw` is the score before place and period were looked at.
    """

    article: Article
    sentence: Sentence
    short: str
    start: int
    end: int
    score: float
    missing: float
    place: str
    period: Period | None
    miss: Miss = ""
    figure: Figure | None = None
    raw: float = 0.0

    @property
    def quote(self) -> str:
        """The evidence sentence as the article has it."""
        return self.article.text[self.sentence.start : self.sentence.end]


@functools.lru_cache(maxsize=512)
def reading(article: Article) -> tuple[tuple[Sentence, ...], str]:
    """An article's sentences and the place that it is about, read once."""
    return tuple(read_sentences(article)), main_place(article)


def extract(
    question: Question, articles: Sequence[tuple[Article, float]], idf: Idf
) -> list[Evidence]:
    """Everything in the articles that bears on a question without parts, best first.

    `articles` come with the score of their best passage, 1 for the best of all.
    """
    terms = weigh(question, idf)
    found_: list[Evidence] = []
    for article, prior in articles:
        sentences, main = reading(article)
        context = _Context(article, sentences, main, fold(article.title), fold(article.text))
        for index, sentence in enumerate(sentences):
            for evidence in _of_sentence(question, terms, context, index, sentence):
                found_.append(replace(evidence, score=evidence.score * (0.9 + 0.1 * prior)))
    return sorted(found_, key=lambda e: (-e.score, e.start))


@dataclass(frozen=True, slots=True)
class _Context:
    article: Article
    sentences: tuple[Sentence, ...]
    main: str
    title: str
    text: str

    @property
    def years(self) -> list[Period]:
        """The years that the article names, for what it leaves undated."""
        named = {t.period.start.year for s in self.sentences for t in s.times if t.period}
        return [Period.year(year) for year in sorted(named)] if len(named) <= _FEW_YEARS else []


def _of_sentence(
    question: Question, terms: Sequence[Term], context: _Context, index: int, sentence: Sentence
) -> list[Evidence]:
    text = context.article.text
    around = _levels(context, index, sentence)
    plain, _ = coverage(terms, around)
    if plain < 0.2:  # nothing that this sentence could be about
        return []
    if question.kind in {"how", "why", "definition", "yesno", "text"}:
        return _of_whole(question, terms, context, sentence, around)
    result = []
    for candidate in candidates(question, text, sentence):
        evidence = _judge(question, terms, context, sentence, around, candidate)
        if evidence is not None:
            result.append(evidence)
    return result


def gives(kind: str, sentence: str) -> bool:
    """Whether a sentence gives a reason, a way or a definition in so many words."""
    cue = _CUES.get(kind)
    return cue is None or bool(cue.search(sentence))


def _levels(context: _Context, index: int, sentence: Sentence) -> list[Level]:
    text = context.text
    levels = [Level(text[sentence.start : sentence.end], _SENTENCE)]
    if sentence.company:
        levels.append(Level(fold(sentence.company), _ANAPHORIC))
    before = context.sentences[max(0, index - 2) : index]
    if before:
        # "该项目", "其中": the sentence goes on about what the one before it named.
        goes_on = bool(_ANAPHOR.match(text, sentence.start))
        same = before[-1].paragraph == sentence.paragraph
        worth = _ANAPHORIC if goes_on else _PARAGRAPH
        levels.append(Level(text[before[0].start : sentence.start], worth if same else worth - 0.1))
    following = context.sentences[index + 1 : index + 2]
    if following and following[0].paragraph == sentence.paragraph:
        after = following[0]
        worth = _PARAGRAPH if _ANAPHOR.match(text, after.start) else _NEXT
        levels.append(Level(text[after.start : after.end], worth))
    if sentence.heading:
        levels.append(Level(fold(sentence.heading), _HEADING))
    levels.append(Level(context.title, _TITLE))
    levels.append(Level(text[:_OPENING], _LEAD))
    levels.append(Level(text, _ELSEWHERE))
    return levels


def _judge(
    question: Question,
    terms: Sequence[Term],
    context: _Context,
    sentence: Sentence,
    around: Sequence[Level],
    candidate: Candidate,
) -> Evidence | None:
    beside = fold(text_before(context.article.text, sentence, candidate.start))
    levels = [
        Level(candidate.near, _NEAR),
        Level(candidate.clause, _CLAUSE),
        Level(beside, _BESIDE),
        *around,
    ]
    score, missing = coverage(terms, levels)
    if question.kind in {"figure", "rate", "share", "rank"}:
        score *= _measure_fit(question, terms, candidate, around[0], fold(sentence.company))
    elif question.kind == "who":
        score *= _office_fit(terms, candidate, around[0])
    elif question.kind in {"when", "where"}:
        score *= _event_fit(terms, levels)
        score *= 1.0 if candidate.near else 0.75
    elif question.kind == "list":
        score *= _list_fit(question, candidate)
    score *= candidate.quality * _contrast_fit(question, candidate, around[0])
    place, place_worth, place_ok = _place_fit(question, context, sentence, candidate)
    place_ok = place_ok and _body_fits(question, context, sentence, candidate)
    period, period_worth, period_ok = _period_fit(question, context, sentence, candidate)
    miss: Miss = "" if place_ok and period_ok else ("place" if not place_ok else "period")
    kind_worth = {"caption": 0.93, "heading": 0.9}.get(sentence.kind, 1.0)
    return Evidence(
        article=context.article,
        sentence=sentence,
        short=candidate.text,
        start=candidate.start,
        end=candidate.end,
        score=score * place_worth * period_worth * kind_worth,
        missing=missing,
        place=place,
        period=period,
        miss=miss,
        figure=candidate.figure,
        raw=score,
    )


def _measure_fit(
    question: Question,
    terms: Sequence[Term],
    candidate: Candidate,
    sentence: Level,
    whose: str,
) -> float:
    """How well the phrase at the number is the measure asked for, 0..1.

    Both ways: the measure's own words must stand at the number (工业总产值 is not 工业增加值), and
    words there that were not asked for narrow it (发明专利申请量 is not 专利申请量).
    """
    head = _head_terms(question, terms, whose)
    # A ranking names its field, and "总数达到" what it counts, earlier in the sentence.
    apart = question.kind == "rank" or _TOTAL.search(candidate.near)
    in_sentence = 0.8 if apart else 0.5
    held = [
        max(
            _whole(t, candidate.near),
            0.75 * _whole(t, candidate.clause),
            in_sentence * _whole(t, sentence.text),
        )
        for t in head
    ]
    # The last word is the noun itself, those before it say of which kind.
    stress = [t.weight * (1 + 0.4 * i) for i, t in enumerate(head)]
    fit = (
        sum(w * h for w, h in zip(stress, held, strict=True)) / (sum(stress) or 1.0)
        if head
        else 1.0
    )
    if held and not held[-1]:
        fit *= 0.4  # the noun itself is not there: whatever this number is, it is not that
    if question.unit and candidate.figure and is_particular(question.unit):
        fit = max(fit, 0.8)  # "34页" needs no word for what has pages
    extra = [
        w
        for w in content_words(candidate.near)
        if (len(w) > 1 or w.isdigit())
        and w not in _FILLERS
        and not any(_shares(w, t) for t in terms)
    ]
    worth = (0.2 + 0.8 * fit**_SHARP) * (1.0 - _NARROWED * min(len(extra), 3))
    if question.kind == "rank":
        worth = 0.5 + 0.5 * worth  # a place in a ranking is told by its form
    elif candidate.figure and not question.unit and is_particular(candidate.figure.unit):
        worth *= 0.7  # nobody asked for pages or years of age
    came = _FLOW.search(candidate.near) and not _LEVEL.search(candidate.near)
    if came and not _FLOW.search(question.text):
        # How many there are is not how many came.
        worth *= 0.5 if _STOCK.search(question.text) else 0.6
    if any(_NARROWING.search(t.text) and not h for t, h in zip(head, held, strict=True)):
        worth *= 0.4  # 专利申请量 is asked of inventions, and none are spoken of
    narrower = _NARROWING.search(candidate.near)
    if narrower and narrower.group(0) not in question.text:
        worth *= 0.4
    if not any(c.isdigit() for c in candidate.text):
        worth *= 0.9  # "百亿元" is a manner of speaking where the number itself is given
    return float(worth)


def _contrast_fit(question: Question, candidate: Candidate, sentence: Level) -> float:
    """Less where the candidate is of the other one of a pair: 二审 for 一审, 首日 for a year."""
    asked, here = fold(question.text), f"{candidate.near} {candidate.clause}"
    beside = sentence.text[:_SETTING]
    worth = 1.0
    for group in _CONTRASTS:
        wanted = [w for w in group if w in asked]
        if len(wanted) == 1 and wanted[0] not in here and any(w in here for w in group):
            worth *= 0.5
    if question.periods and question.periods[0].days > 300 and not _SHORT_SPAN.search(asked):
        worth *= 0.6 if _SHORT_SPAN.search(here) else 1.0
    if question.periods and _FUTURE.search(here + beside) and not _FUTURE.search(asked):
        worth *= 0.6  # what is hoped for is not what was
    if _SUPERLATIVE.search(asked) and question.kind in {"which", "who", "where", "when"}:
        worth *= 1.05 if _TOP.search(sentence.text) else 0.85
    return worth


_CONTRASTS = (
    ("一审", "二审", "终审"),
    ("进口", "出口"),
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
    ("最高", "最低"),
    ("最大", "最小"),
    ("最多", "最少"),
)
_SHORT_SPAN = re.compile(r"首日|当天|当日|首周|单日|每天|日均|首月|每日|一天|每小时|每分钟")
_SETTING = 14  # characters that open a sentence and set its scene
_FUTURE = re.compile(r"投产后|投产以后|达产|建成后|建成以后|将达|将超|力争|目标是|预计到|规划到")
_SUPERLATIVE = re.compile(r"最|第一|首位|冠军|榜首|头名|居首")
_TOP = re.compile(r"最|第一|之首|首位|冠军|榜首|头名|居首|夺冠|领先|领跑")


def _whole(term: Term, text: str) -> float:
    """How far a text holds a term, if it holds nearly all of it."""
    worth = found(term, text)
    return worth if worth >= _NEARLY else 0.0


def _event_fit(terms: Sequence[Term], levels: Sequence[Level]) -> float:
    """Whether the event asked about is told here, not only the one who takes part in it."""
    near = [level for level in levels if level.worth > _LEAD]
    told = 0.0
    for term in terms:
        here = [found(term, v.text) * (1.0 if v.worth >= _SENTENCE else 0.75) for v in near]
        told += term.weight * (1.0 if term.light else max(here, default=0.0))
    return told**2


def _list_fit(question: Question, candidate: Candidate) -> float:
    """Whether the enumeration has as many items as the question says, and of the sort it names."""
    items = list_items(candidate.text)
    fit = 1.0
    count = _COUNT.search(question.text)
    if count:
        asked = (
            han_number(count.group(1)) if not count.group(1).isdigit() else Decimal(count.group(1))
        )
        fit *= 1.12 if asked == len(items) else 0.94
    kept = [
        c for n in question.names for c in n if "\u4e00" <= c <= "\u9fff" and c not in _NUMERALS
    ]
    if kept and items:
        fit *= 1 + 0.1 * sum(any(c in item for c in kept) for item in items) / len(items)
    return fit


def _shares(word: str, term: Term) -> bool:
    forms = (term.text, *term.others)
    return any(word in form or form in word for form in forms)


def _head_terms(question: Question, terms: Sequence[Term], whose: str) -> list[Term]:
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


def _office_fit(terms: Sequence[Term], candidate: Candidate, sentence: Level) -> float:
    """Whether the person's office, or what the person does in the clause, is what was asked for."""
    if not terms:
        return 0.5
    total = sum(t.weight for t in terms)
    held = sum(
        t.weight
        * max(
            found(t, candidate.near),
            0.7 * found(t, candidate.clause),
            0.6 * found(t, sentence.text),
        )
        for t in terms
    )
    return 0.3 + 0.7 * held / total


def _place_fit(
    question: Question, context: _Context, sentence: Sentence, candidate: Candidate
) -> tuple[str, float, bool]:
    """Whose the candidate is, how well that agrees with the question, and whether it may answer."""
    here = sentence.place_at(candidate.start) or context.main
    if candidate.figure and place_key(candidate.figure.subject)[1]:
        here = candidate.figure.subject  # a number of a list that names its zones
    if not question.places:
        return here, 1.0, True
    asked = question.places[0]
    keys = [place_key(p) for p in question.places]
    role_places = [place_key(n.text) for n in find_names(candidate.near) if n.kind == "place"]
    if question.kind == "who" and any(k[1] for k in role_places):
        ok = any(k in keys for k in role_places)
        return here, 1.0 if ok else 0.3, ok
    key = place_key(here)
    if key in keys:
        return here, 1.0, True
    said = {place_key(n.text) for n in sentence.names if n.kind == "place"}
    if is_zone(asked):
        if any(k in said for k in keys) and not (
            key[1] and key not in keys and _leads(sentence, here, candidate)
        ):
            return asked, 0.9, True
        if place_key(context.main) in keys and not key[1]:
            return asked, 0.9, True
        return here, 0.5, False
    if not asked.endswith(("省", "市", "县", "州", "盟")) and key[0] == place_key(asked)[0]:
        return (
            here,
            0.9,
            True,
        )  # a bare "清远" may be short for its zone; the answer says whose it is
    # A city or province asked for: the statement must be about it, or name it beside the number;
    # its development zone is another matter.
    clause_places = {place_key(n.text) for n in find_names(candidate.clause) if n.kind == "place"}
    if any(k in clause_places for k in keys):
        return asked, 0.95, True
    if any(k in said for k in keys):
        return asked, 0.85, True
    if not key[1] and any(
        fold(p) in context.text or fold(p) in context.title for p in question.places
    ):
        return here, 0.7, True
    if question.kind not in {"figure", "rate", "share", "rank"} and any(
        place_key(context.main)[0] == k[0] for k in keys
    ):
        return here, 0.7, True
    return here, 0.5, False


def _body_fits(
    question: Question, context: _Context, sentence: Sentence, candidate: Candidate
) -> bool:
    """Whether a figure is of the organisation asked for: one bank's is not another's.

    Only where the sentence itself names another one before the figure, and not the one asked for;
    and a company's figure is not that of its zone.
    """
    if candidate.figure is None:
        return True
    if not question.bodies:
        company = _core(fold(sentence.company_at(candidate.start)))
        return not (question.places and company) or company[:2] in fold(question.text)
    actor = sentence.actor_at(candidate.start)
    if not actor:
        return True
    before = context.text[sentence.start : candidate.start]
    cores = [_core(fold(body)) for body in question.bodies]
    told = _core(fold(actor))
    return any(core in before or told in core or core[:2] == told[:2] for core in cores)


def _core(body: str) -> str:
    return _LEGAL.sub("", body)


def _leads(sentence: Sentence, place: str, candidate: Candidate) -> bool:
    return any(n.text == place and n.start < candidate.start for n in sentence.topics)


def _period_fit(
    question: Question, context: _Context, sentence: Sentence, candidate: Candidate
) -> tuple[Period | None, float, bool]:
    """Of when the candidate is, how well that agrees with the question, whether it may answer."""
    here = candidate.figure.period if candidate.figure else sentence.period_at(candidate.start)
    asked = list(question.periods)
    anchor = context.article.published
    for words in question.relative:
        asked += [t.period for t in find_periods(words, anchor) if t.period is not None]
    if not asked:
        return here, 1.0, True
    if question.kind == "when":
        own = [t.period for t in sentence.times if t.start <= candidate.start < t.end and t.period]
        here = own[0] if own else here
        return here, *_agree(here, asked, lenient=True)
    if here is None and sentence.undated_at(candidate.start):
        return here, 0.6, False
    if here is None:  # nothing says when: what the article says of itself decides
        around = [*([anchor] if anchor else []), *context.years]
        agreed = [_agree(p, asked, lenient=True) for p in around] or [(0.85, True)]
        worth, ok = max(agreed, key=lambda a: (a[1], a[0]))
        return here, 0.9 * worth, ok
    worth, ok = _agree(
        here, asked, lenient=question.kind not in {"figure", "rate", "share", "rank"}
    )
    if ok:
        return here, worth, True
    beside = [t.period for t in sentence.times if t.period is not None]
    if any(p in beside for p in asked) and candidate.figure is None:
        return asked[0], 0.8, True
    return here, worth, ok


def _agree(here: Period | None, asked: Sequence[Period], *, lenient: bool) -> tuple[float, bool]:
    """How well a statement's period agrees with those asked for.

    A day within the year asked for agrees; a half or a quarter of it does not, for a figure.
    """
    if here is None:
        return 0.85, True
    if any(here == p for p in asked):
        return 1.0, True
    if any(here.end == p.end and min(here.days, p.days) <= _INSTANT for p in asked):
        return 0.97, True  # "截至6月30日" and "6月底" are one moment
    if any(p.contains(here) for p in asked):
        if here.days <= 31 or lenient or here.inferred:
            return 0.95, True
        return 0.6, False
    if any(here.contains(p) for p in asked):
        return (0.7, True) if lenient else (0.6, False)
    if any(here.overlaps(p) for p in asked):
        return 0.6, lenient
    return 0.5, False


def _of_whole(
    question: Question,
    terms: Sequence[Term],
    context: _Context,
    sentence: Sentence,
    around: Sequence[Level],
) -> list[Evidence]:
    """The sentence itself as evidence, for questions that a sentence answers."""
    whole = Candidate(
        context.article.text[sentence.start : sentence.end],
        sentence.start,
        sentence.end,
        context.text[sentence.start : sentence.end],
        "",
    )
    score, missing = coverage(terms, [Level(whole.near, _NEAR), *around])
    if not gives(question.kind, whole.text):
        score *= 0.85
    if (
        sentence.kind != "body"
        or len(whole.text) < 12
        or whole.text.rstrip('”"').endswith(("？", "?"))
    ):
        score *= 0.75  # announces or asks rather than tells
    place, place_worth, place_ok = _place_fit(question, context, sentence, whole)
    period, period_worth, period_ok = _period_fit(question, context, sentence, whole)
    miss: Miss = "" if place_ok and period_ok else ("place" if not place_ok else "period")
    return [
        Evidence(
            context.article, sentence, whole.text, sentence.start, sentence.end,
            score * place_worth * period_worth, missing, place, period, miss,
        )
    ]  # fmt: skip
