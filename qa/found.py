"""Spans that the trained reader found, brought to the form that an answer has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.lexical import fold
from index.name_words import SOUNDS
from index.names import find_names
from index.persons import surname
from index.sentences import Sentence
from qa.candidates import asks_origin
from qa.offices import TITLES
from qa.question import Question, content_words
from qa.reader.read import Span
from qa.spans import Candidate, clause_of, whole_names

NAMED = frozenset({"who", "when", "office"})  # kinds that a name or a time answers
_EDGES = " ，。；：、,.;:!?！？\n的了是为在"
_PAIRS = {"“": "”", "（": "）", "(": ")", "《": "》", "「": "」", "【": "】"}
_CLAUSE = re.compile(r"[，,；;：:。！？!?\n]")


def read_candidates(
    question: Question,
    text: str,
    sentence: Sentence,
    spans: Sequence[Span],
    taken: Sequence[tuple[int, int]],
) -> Iterator[Candidate]:
    """The reader's spans as candidates, but for those that stand among the others already."""
    asked = fold(question.text)
    for span in spans[:2]:
        start, end = whole_names(sentence, *bounded(text, span.start, span.end))
        if question.kind == "who":
            end = _given_name(text, start, end)
        bare = fold(text[start:end])
        if not re.search(r"\w", bare) or any(_alike((start, end), other) for other in taken):
            continue
        if question.kind in NAMED and any(a < end and start < b for a, b in taken):
            continue  # the name or the time itself stands there already
        if question.kind == "list" and any(a < end < b for a, b in taken):
            continue  # it ends amid an enumeration that stands there already
        if tells_nothing(asked, bare):
            continue
        if question.kind == "where" and asks_origin(question):
            continue  # told by rules alone: anything may stand beside a name
        left, right = clause_of(text, sentence, start, end)
        near = fold(text[left:right])
        yield Candidate(text[start:end], start, end, near, near)


def _given_name(text: str, start: int, end: int) -> int:
    """Where a name ends of which the reader took the beginning alone.

    The surname of "换成了林更新，", the first sounds of "选手特斯|法耶以".
    """
    if end - start == 1 and surname(text[start:end]):
        given = _GIVEN.match(text, end)
        return given.end() if given else end
    if end - start < _SOUNDS_OF_NAME or not set(text[start:end]) <= _SOUNDS:
        return end
    import rjieba

    for word, tag in rjieba.tag(text[end : end + _SOUNDS_LEFT]):
        sounds = len(word) - len(word.lstrip(SOUNDS))
        if not sounds or (tag[:1] in _FUNCTION and len(word) <= _SOUNDS_OF_NAME):
            break
        end += sounds  # "法耶以" is a word to the segmenter, whose last sign is none of the name
        if sounds < len(word):
            break
    return end


_SOUNDS = frozenset(SOUNDS)
_SOUNDS_OF_NAME, _SOUNDS_LEFT = 2, 6  # of a foreign name: taken at least, looked at behind
_FUNCTION = frozenset("pdcuvmqrfy")
_GIVEN = re.compile(r"[\u4e00-\u9fff]{1,2}(?=[，。；、：！？,;:!?）)”\"》\n]|$)")


def tells_nothing(asked: str, bare: str) -> bool:
    """Whether a span says nothing but the question's own words: "这家企业", "清远高新区企业"."""
    rest = bare
    for name in reversed(find_names(bare)):
        if name.kind == "place":
            rest = rest[: name.start] + rest[name.end :]
    words = content_words(rest) or content_words(bare)
    return bool(words) and all(word in asked or word in _GENERIC for word in words)


_GENERIC = frozenset("企业 公司 有限公司 单位 机构 集团 项目 产品 园区 时间 时候 人员 领导".split())


def bounded(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without stops and particles at its ends, its quotes and brackets in pairs."""
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    start, end = _whole_name(text, start, end)
    inside = text[start:end]
    for opening, closing in _PAIRS.items():
        if inside.count(opening) > inside.count(closing) and text[end : end + 1] == closing:
            end += 1
        elif inside.count(closing) > inside.count(opening) and text[start - 1 : start] == opening:
            start -= 1
    if end - start > 2 and _PAIRS.get(text[start]) == text[end - 1] and text[start] in "“「":
        start, end = start + 1, end - 1
    return start, end


_NAME = re.compile(r"《[^《》\n]{1,40}》|“[^“”，。；、\n]{2,16}”")


def _whole_name(text: str, start: int, end: int) -> tuple[int, int]:
    """The span made longer by the rest of a title or a quoted name that it cuts through."""
    for name in _NAME.finditer(text, max(0, start - _REACH), min(len(text), end + _REACH)):
        inner = (name.start() + 1, name.end() - 1)
        cut = name.start() < start < inner[1] or inner[0] < end < name.end()
        if cut and (start, end) != inner:
            start, end = min(start, name.start()), max(end, name.end())
    return start, end


_REACH = 44  # characters: the longest of such names, with its marks


# How far a candidate is of the sort asked for: surely, perhaps, hardly.
_SURE, _PERHAPS, _HARDLY = 1.0, 0.5, 0.0
_PLACE = re.compile(
    r"(?:省|市|县|区|州|盟|镇|乡|村|路|街|道|楼|馆|厅|室|场|园|港|站|店|院|校|中心|社区|广场|基地|大厦"
    r"|公园|大学|机场|码头|岛|山|江|河|湖|海|国|地|处|里|内|上|旁|附近|境内|沿线)$"
)
_OFFICE = re.compile(
    r"(?:书记|主任|经理|总裁|主席|委员|[局市区县省院校会科处部所行台馆社厅司]长|员|师|人|授|士|干部|助理|代表)$"
)


def sort_fit(question: Question, text: str, sentence: Sentence, candidate: Candidate) -> float:
    """How far a candidate is a thing of the sort that the question asks for, 0 to 1."""
    bare = text[candidate.start : candidate.end]
    here = [n for n in sentence.names if n.start < candidate.end and candidate.start < n.end]
    kinds: set[str] = {n.kind for n in here}
    match question.kind:
        case "when":
            timed = any(t.start < candidate.end and candidate.start < t.end for t in sentence.times)
            return _SURE if timed else _PERHAPS if re.search(r"\d", fold(bare)) else _HARDLY
        case "who":
            if "person" in kinds:
                return _SURE if len(bare) < _LONG_NAME else _PERHAPS
            return _PERHAPS if kinds & {"org", "place"} or len(bare) <= _SHORT_NAME else _HARDLY
        case "where":
            if kinds & {"place", "org"}:
                return _SURE
            return _SURE if _PLACE.search(bare.rstrip("”》）)")) else _HARDLY
        case "office":
            return _SURE if _OFFICE.search(bare) else _HARDLY
        case "which" | "list":
            if any(len(name) >= _NAME_ASKED and name in bare for name in question.names):
                return _HARDLY  # what the question names itself is not what it asks for
            return _of_focus(question, bare, kinds)
        case _:
            return _SURE


_NAME_ASKED = 4  # characters of a name in the question
_SHORT_NAME, _LONG_NAME = 6, 20  # characters of what may be a person's name, or holds one


def _of_focus(question: Question, bare: str, kinds: set[str]) -> float:
    """Whether a thing is of the sort that the question's noun names."""
    if question.kind == "list" and not _several(bare):
        return _HARDLY
    words = content_words(question.focus)
    if not words:
        return _PERHAPS
    if fold(words[-1]) in fold(bare) or (words[-1] in _BODY and "org" in kinds):
        return _SURE
    if words[-1] in _SITE and "place" in kinds:
        return _SURE
    return _HARDLY if words[-1] in _BODY | _SITE else _PERHAPS


def asks_for_kind(question: Question) -> bool:
    """Whether the question says plainly what kind of thing it wants: a company, a town."""
    words = content_words(question.focus)
    return question.kind == "which" and bool(words) and words[-1] in _BODY | _SITE


def asks_for_holder(question: Question) -> bool:
    """Whether the question asks who holds an office, which only a person does."""
    return question.kind == "who" and bool(_HOLDS.search(question.text))


_HOLDS = re.compile(
    rf"(?:{TITLES}|经理|负责人|法人代表|创始人|教练|院士)(?:是|叫|由)?(?:谁|哪|什么)"
)
_BODY = frozenset("公司 企业 单位 机构 集团 银行 部门 组织 学校 大学 医院 法院 协会".split())
_SITE = frozenset("城市 省份 地方 国家 地区 省 市 县 区 镇 乡 村 高新区 园区 开发区 经开区".split())


def _several(bare: str) -> bool:
    return bool(re.search(r"[、，；,;]|和|与|及", bare))


def clauses_around(text: str, sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """The whole clauses of the sentence that `start:end` touches, without the stop at the end."""
    left, right = clause_of(text, sentence, start, end, _CLAUSE)
    while right > left and text[right - 1] in "。！？；,，;!?\n ”":
        right -= 1
    return left, right


def _alike(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two spans are nearly the same."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared > 0.6 * max(one[1] - one[0], other[1] - other[0])
