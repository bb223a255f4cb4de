"""Things, works, organisations and enumerations of a sentence that could be an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.lexical import fold
from index.names import Name
from index.quantities import whole_number
from index.sentences import Sentence, is_zone
from qa.enumerations import enumerations, list_items
from qa.question import SUMMED, Question, content_words
from qa.spans import Candidate, clause_of, whole_names

_STOPS = '，。；：！？,;:!?（）()“”"《》、\n'
_COLON = re.compile(r"[：:](?!\d)")
_ITEM = re.compile(r"[，,；;、]")
_PHRASE = 18  # characters of a noun phrase before its head
_LIST_LIMIT = 240  # characters: what follows a colon for longer is a text, not a list
_LIST_GAP = re.compile(r"\s*(?:[、,，]|和|与|及|以及|[、，]?(?:and|以及))\s*")


def things(question: Question, text: str, sentence: Sentence) -> Iterator[Candidate]:
    """Names and noun phrases that are of the sort asked for, without the question's own words."""
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
_PRESS_NAME = re.compile(r"(?:报|刊|志|网|通讯社|社|电视台|电台|广播公司|频道|新闻|时代|卫报)$")
_PRESS = frozenset({"媒体", "报纸", "报社", "杂志", "刊物"})
_PLACE_NOUNS = frozenset({"城市", "省份", "地方", "国家", "地区", "省", "市", "县", "区", "镇"})
_NAMED_PLACES = frozenset({"国家", "省份", "城市", "省", "市", "县"})
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
    if not head or head in _WORKS or head in _NAMED_PLACES:
        return  # works are told by their titles, countries by their names: "邻国" is none
    folded = fold(text)
    at = folded.find(head, sentence.start, sentence.end)
    while at >= 0:
        end = at + len(head)
        dated = [t.end for t in sentence.times if t.end <= at]
        start = _phrase_start(text, max(sentence.start, *dated, 0), at)
        # "2家专营银行", "首家商业银行": counted, not named.
        counted = text[start : start + 1] in _UNIT_HEADS and (
            text[start - 1 : start].isdigit() or text[start - 1 : start] in _ORDINALS
        )
        if start < at and not counted:
            yield start, end
        if head in _ORG_NOUNS:  # "上市公司某某股份": the name stands behind what it is
            behind = _apposition(text, end, sentence.end)
            if behind > end + 1:
                yield end, behind
        at = folded.find(head, end, sentence.end)


_ORDINALS = frozenset("首第一二三四五六七八九十两几")
_UNIT_HEADS = frozenset("家个项所条名位座批只支种类")


def _is_a(name: Name, head: str) -> bool:
    bare = name.text.strip('“”"《》')
    if head and bare.endswith(head):
        return True
    if head in _ORG_NOUNS or head.endswith("公司"):
        return name.kind == "org"
    if head in _WORKS:
        return name.kind == "title"
    if head in _PRESS:
        return name.kind in {"org", "title"} and bool(_PRESS_NAME.search(bare))
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


def lists(question: Question, text: str, sentence: Sentence) -> Iterator[Candidate]:
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
    summed = SUMMED.search(question.text)
    for begin, stop, start, end in enumerations(text, sentence.start, sentence.end):
        left, right = clause_of(text, sentence, start, end)
        context = fold(text[max(sentence.start, left - 40) : min(sentence.end, right + 30)])
        begin, stop = whole_names(sentence, begin, stop)
        shown = text[begin:stop]
        inside = [n for n in sentence.names if n.start <= begin and stop <= n.end]
        if not shown.strip() or any("、" not in n.text for n in inside):
            continue  # nothing, or one name that has a joint in it
        counted = all(item[:1].isdigit() for item in list_items(shown))
        quality = 0.5 if named and counted else plain
        if summed and _is_sum_of(summed, list_items(shown)):
            context += fold(summed.group())
        yield Candidate(shown, begin, stop, context, fold(text[left:right]), quality=quality)
    for start, end in _noun_spans(text, sentence, head) if head else ():
        left, right = clause_of(text, sentence, start, end)
        near = fold(text[left:right])
        yield Candidate(text[start:end], start, end, near, near, quality=0.72)


def _is_sum_of(summed: re.Match[str], items: list[str]) -> bool:
    return len(items) == whole_number(summed["n"]) and all(
        summed["of"] in item and not _MARKED.search(item) for item in items
    )


_MARKED = re.compile(r"[“”\"（）()]")


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
