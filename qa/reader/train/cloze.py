"""Questions made of news: a stretch of a sentence gives way to the word that asks for it.

Chinese asks where the answer stands ("总投资100亿元" -> "总投资多少亿元"), so that such a sentence
is nearly a question. Words around it are dropped at random, lest the reader only look for the same
words; and where two sentences of the news state the same particular number, the question comes
from the one and the text from the other.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.names import find_names
from index.period import find_periods
from index.quantities import Quantity, find_quantities
from qa.reader.read import titled
from qa.reader.text import tokens
from qa.reader.train.data import (
    MOST,
    Example,
    Random,
    by_tag,
    changed,
    token_span,
    window,
)

_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?[”」』]?")
# Lines that belong to the page rather than to the story.
_IDLE = re.compile(
    r"记者|编辑|责任|来源|校对|搜狐|版权|责编|图源|审核|排版|通讯员|微信|公众号|客户端|原标题|摄$|http"
)
_LIST = re.compile(
    r"[^，。；：、！？\s“”（）()]{2,14}(?:、[^，。；：、！？\s“”（）()]{2,14}){1,7}"
    r"(?:(?:和|及|以及|与)[^，。；：、！？\s“”（）()的]{2,10})?"
)
_REASON = re.compile(
    r"^[“\"]?(?P<why>(?:因为|由于|因|为了|为|鉴于|受)[^，。]{5,50}?)，(?P<what>[^。]{8,60})"
)
_MANNER = re.compile(r"(?P<how>(?:通过|采取|利用|采用)[^，。]{4,40}?)，(?P<what>[^。，]{6,40})")
_THING = re.compile(
    r"(?:是|为|成为|获得|推出|发布|建设|打造|举行|启动|研发|提供|采用|实现|称为|叫做)$"
)
_CLAUSE = re.compile(r"[，,：:]")
_PARTICULAR = re.compile(r"\d[\d,.]*\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_TELLING = 7  # characters of a question beside those that ask
_SHORTEST, _LONGEST = 8, 70  # characters of a question
_SENTENCES = 5  # of a story that are tried
_THINNING = (0.0, 0.0, 0.1, 0.2, 0.35)  # how many of the words are dropped
_WORDS_OF = {
    "day": ("什么时候", "何时", "哪天", "哪一天", "什么时间", "几月几日"),
    "time": ("什么时候", "何时", "什么时间"),
    "person": ("谁", "谁", "哪位", "什么人", "是谁"),
    "org": ("哪家公司", "哪家企业", "哪个单位", "哪家机构", "哪个部门", "什么机构", "谁"),
    "place": ("哪里", "什么地方", "哪个地方", "哪个城市", "何处", "哪儿"),
    "list": ("哪些", "什么", "哪些方面", "哪几个"),
    "title": ("什么", "什么文件", "哪部作品", "什么名称"),
    "thing": ("什么", "什么", "什么样的", "哪个"),
}


@dataclass(frozen=True, slots=True)
class Cloze:
    """A question with the text that answers it at `start:end`, and another one of the article."""

    question: str
    title: str
    text: str
    start: int
    end: int
    other: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """A news article cut into sentences: spans of its text."""

    text: str
    spans: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, text: str) -> Story:
        """Sentences of some length."""
        spans = [m.span() for m in _SENTENCE.finditer(text) if len(m.group().strip()) > 5]
        return cls(text, tuple(spans))

    @property
    def title(self) -> str:
        """What its first sentence says, where that is short enough to be a headline."""
        first = self.text[slice(*self.spans[0])].strip() if self.spans else ""
        return first if len(first) <= 36 and not _IDLE.search(first) else ""

    def sentence(self, number: int) -> str:
        """The text of a sentence."""
        return self.text[slice(*self.spans[number])]

    def around(self, number: int, random: Random, most: int = 260) -> tuple[int, int]:
        """The span of a random stretch of whole sentences that holds one."""
        first = last = number
        while random.random() > 0.06:
            before, behind = max(0, first - 1), min(len(self.spans) - 1, last + 1)
            if random.random() < 0.5:
                behind = last
            else:
                before = first
            if self.spans[behind][1] - self.spans[before][0] > most:
                break
            first, last = before, behind
        return self.spans[first][0], self.spans[last][1]


def read_news(paths: Sequence[Path]) -> dict[str, str]:
    """The texts of JSONL collections, `{"id", "text"}` a line, by their ids, each text once."""
    texts: dict[str, str] = {}
    seen: set[str] = set()
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                item = json.loads(line)
                if item["text"] not in seen:
                    seen.add(item["text"])
                    texts[str(item.get("id", f"{path.name}-{number}"))] = item["text"]
    return texts


def clozes(texts: Sequence[str], count: int, random: Random) -> list[Cloze]:
    """At least `count` questions, a quarter of them across two sentences if there are so many."""
    stories = [Story.of(text) for text in texts]
    stories = [story for story in stories if len(story.spans) > 2]
    found = list(_across(stories, count // 4, random))
    for number in random.permutation(len(stories)):
        story = stories[int(number)]
        for sentence in random.permutation(len(story.spans))[:_SENTENCES]:
            made = _within(story, int(sentence), random)
            if made is not None:
                found.append(made)
        if len(found) >= count:
            break
    return found


def _within(story: Story, number: int, random: Random) -> Cloze | None:
    """A question from a sentence, and the stretch of text around that very sentence."""
    sentence = story.sentence(number)
    if _IDLE.search(sentence) or not 14 <= len(sentence) <= 160:
        return None
    made = _explained(sentence, random) if random.random() < 0.5 else None
    made = made or _asked(sentence, random)
    if made is None:
        return None
    question, start, end = made
    low, high = story.around(number, random)
    at = story.spans[number][0] - low
    question = _with_subject(question, story, number, random)
    if not _SHORTEST <= len(question) <= _LONGEST:
        return None
    other = _elsewhere(story, low, high, random)
    return Cloze(question, story.title, story.text[low:high], at + start, at + end, other)


def _across(stories: Sequence[Story], count: int, random: Random) -> Iterator[Cloze]:
    """Questions from one sentence with the text around another one that states the same number."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for at, story in enumerate(stories):
        for match in _PARTICULAR.finditer(story.text):
            digits = re.sub(r"[,.]", "", match.group()).strip("0")
            if len(digits) >= 3 and not _YEAR.fullmatch(match.group()):
                places[match.group()].append((at, match.start()))
    shared = [p for p in places.values() if 2 <= len(p) <= 6]
    made = 0
    for chosen in random.permutation(len(shared)):
        pair = shared[int(chosen)]
        one, two = (pair[int(i)] for i in random.permutation(len(pair))[:2])
        cloze = _between(stories[one[0]], one[1], stories[two[0]], two[1], random)
        if cloze is not None:
            yield cloze
            made += 1
            if made == count:
                return


def _between(asking: Story, at: int, telling: Story, there: int, random: Random) -> Cloze | None:
    here = next((n for n, (a, b) in enumerate(asking.spans) if a <= at < b), None)
    then = next((n for n, (a, b) in enumerate(telling.spans) if a <= there < b), None)
    if here is None or then is None:
        return None
    said, told = asking.sentence(here), telling.sentence(then)
    first, second = set(tokens(said).words), set(tokens(told).words)
    common = len(first & second) / max(1, min(len(first), len(second)))
    if not 0.2 < common < 0.85 or _IDLE.search(said):
        return None
    start, behind = asking.spans[here][0], telling.spans[then][0]
    source = next((q for q in find_quantities(said) if q.start <= at - start < q.end), None)
    target = next((q for q in find_quantities(told) if q.start <= there - behind < q.end), None)
    if source is None or target is None or source.unit[-1:] != target.unit[-1:]:
        return None
    low, high = telling.around(then, random)
    if not source.unit or (asking is telling and low <= start < high):
        return None
    question = _blank(said, source.start, source.end, _quantity_words(source, random), random)
    question = _with_subject(question, asking, here, random) if question else ""
    if not _SHORTEST <= len(question) <= _LONGEST:
        return None
    at = behind - low
    other = _elsewhere(telling, low, high, random)
    text = telling.text[low:high]
    return Cloze(question, telling.title, text, at + target.start, at + target.end, other)


def _elsewhere(story: Story, low: int, high: int, random: Random) -> str:
    """Another stretch of the article, which does not touch `low:high`."""
    away = [n for n, (a, b) in enumerate(story.spans) if b <= low or a >= high]
    if not away:
        return ""
    start, end = story.around(away[int(random.integers(0, len(away)))], random)
    return story.text[start:end] if end <= low or start >= high else ""


def _with_subject(question: str, story: Story, number: int, random: Random) -> str:
    """The question with a name from its own or an earlier sentence in front, now and then."""
    if random.random() < 0.45:
        return question
    for at in range(number, max(-1, number - 3), -1):
        names = [n.text for n in find_names(story.sentence(at)) if n.kind in {"place", "org"}]
        names = [n for n in names if n not in question and len(n) <= 16]
        if names and random.random() < 0.7:
            name = names[int(random.integers(0, len(names)))]
            return f"{name}{'的' if random.random() < 0.3 else ''}{question}"
    return question


def _asked(sentence: str, random: Random) -> tuple[str, int, int] | None:
    """A question for a stretch of the sentence, and the stretch."""
    options = list(_targets(sentence, random))
    if not options:
        return None
    kinds = sorted({kind for kind, _, _, _ in options})
    kind = _one_of(kinds, random)
    mine = [option for option in options if option[0] == kind]
    _, start, end, words = mine[int(random.integers(0, len(mine)))]
    question = _blank(sentence, start, end, words, random)
    return (question, start, end) if question else None


def _targets(sentence: str, random: Random) -> Iterator[tuple[str, int, int, str]]:
    """What can be asked for: kind, span, and the words that ask for it."""
    times = find_periods(sentence)
    for quantity in find_quantities(sentence, times):
        if quantity.unit and not quantity.ordinal:
            yield "quantity", quantity.start, quantity.end, _quantity_words(quantity, random)
    for time in times:
        kind = "day" if time.kind == "day" else "time"
        yield "time", time.start, time.end, _one_of(_WORDS_OF[kind], random)
    for name in find_names(sentence):
        if name.kind in {"person", "org", "place"}:
            yield name.kind, name.start, name.end, _one_of(_WORDS_OF[name.kind], random)
        elif name.kind == "title":
            yield "title", name.start, name.end, _one_of(_WORDS_OF["title"], random)
        elif len(name.text) <= 16:
            yield "thing", name.start + 1, name.end - 1, _one_of(_WORDS_OF["thing"], random)
    for listed in _LIST.finditer(sentence):
        yield "list", listed.start(), listed.end(), _one_of(_WORDS_OF["list"], random)
    yield from _things(sentence, random)


def _things(sentence: str, random: Random) -> Iterator[tuple[str, int, int, str]]:
    """The noun phrases behind verbs that name or make something."""
    import rjieba

    at = 0
    words = rjieba.tag(sentence)
    for place, (word, _) in enumerate(words):
        at += len(word)
        if not _THING.search(word):
            continue
        end = at
        for following, tag in words[place + 1 :]:
            if tag[:1] not in "nvabmqjli" or following == "了" or end - at > 16:
                break
            end += len(following)
        if end - at > 3:
            yield "thing", at, end, _one_of(_WORDS_OF["thing"], random)


def _quantity_words(quantity: Quantity, random: Random) -> str:
    unit = quantity.unit
    if unit == "%":
        return _one_of(("多少", "百分之多少", "百分之几", "多少"), random)
    lot = random.random()
    if lot < 0.15 and unit in set("家个名项所位人场次年天座"):
        return f"几{unit}"
    return f"多少{unit}" if lot < 0.6 else "多少"


def _explained(sentence: str, random: Random) -> tuple[str, int, int] | None:
    """A question why or how, for a sentence that opens with the reason or the means."""
    reason = _REASON.match(sentence)
    if reason:
        what = re.sub(r"[。！？”]", "", reason["what"])
        asking = _one_of(("为什么", "为何", "什么原因让", "为什么"), random)
        return f"{asking}{_thinned(what, random)}？", reason.start("why"), reason.end("why")
    manner = _MANNER.search(sentence)
    if manner:
        what = re.sub(r"[。！？”]", "", manner["what"])
        asking = _one_of(("如何", "怎样", "通过什么方式", "怎么"), random)
        return f"{asking}{_thinned(what, random)}？", manner.start("how"), manner.end("how")
    return None


def _blank(sentence: str, start: int, end: int, asking: str, random: Random) -> str:
    """The clauses around `start:end`, thinned out, with the asking words in its place."""
    cuts = [0, *(m.end() for m in _CLAUSE.finditer(sentence)), len(sentence)]
    left = max(n for n, cut in enumerate(cuts) if cut <= start)
    right = min(n for n, cut in enumerate(cuts) if cut >= end)
    left = max(0, left - int(random.random() < 0.65) - int(random.random() < 0.2))
    right = min(len(cuts) - 1, right + int(random.random() < 0.15))
    before = _thinned(sentence[cuts[left] : start], random)
    behind = _thinned(sentence[end : cuts[right]].rstrip("，,：:；;。！？!?”"), random)
    if random.random() < 0.35 and len(before) >= 4:  # at the end, as written questions have it
        link = _one_of(("是", "为", "", "是"), random)
        question = f"{before.rstrip('是为达有在于')}{behind}{link}{asking}"
    else:
        question = f"{before}{asking}{behind}"
    question = re.sub(r"[，,]{2,}", "，", re.sub(r"^[，、,的和了“”]+", "", question))
    if len(question) < len(asking) + _TELLING:
        return ""
    return question.strip("，, “”") + _one_of(("？", "", "？", "?"), random)


def _thinned(text: str, random: Random) -> str:
    """The text with words dropped at random, those that carry little more readily."""
    import rjieba

    rate = _THINNING[int(random.integers(0, len(_THINNING)))]
    if random.random() < 0.4:
        for quantity in reversed(find_quantities(text)):
            text = text[: quantity.start] + text[quantity.end :]
    kept = []
    for word, tag in rjieba.tag(text):
        chance = rate * (1.6 if tag[:1] in "dcpuyxwrmq" else 0.8)
        if random.random() >= chance:
            kept.append(word)
    return "".join(kept)


def _one_of(options: Sequence[str], random: Random) -> str:
    return options[int(random.integers(0, len(options)))]


class ClozeExamples:
    """Examples of clozes: the text, and now and then another one of the same article beside it."""

    def __init__(self, made: Sequence[Cloze], *, none: float = 0.12, beside: float = 0.5) -> None:
        self._made = made
        self._none, self._beside = none, beside
        self._questions = [tokens(one.question) for one in made]
        self._others = by_tag(self._questions)

    def draw(self, count: int, random: Random) -> list[Example]:
        """Clozes at random."""
        return [self._example(int(n), random) for n in random.integers(0, len(self._made), count)]

    def _example(self, number: int, random: Random) -> Example:
        one, question = self._made[number], self._questions[number]
        inside = tokens(one.text)
        span = token_span(inside, one.start, one.end)
        title = tokens(one.title) if random.random() < 0.7 else inside.part(0, 0)
        low, high = window(len(inside), span, MOST - len(title) - 1, random)
        windows = [titled(title, inside.part(low, high))]
        shown = [len(windows[0]) - (high - low)]
        answer = None
        if span is not None and span[1] < high:
            answer = (0, shown[0] + span[0] - low, shown[0] + span[1] - low)
        if random.random() < self._none:
            other = changed(question, inside, self._others, random)
            if other is not None:
                return Example(other, tuple(windows), tuple(shown), None)
        if one.other and random.random() < self._beside:
            beside = tokens(one.other)
            beside = beside.part(*window(len(beside), None, MOST - len(title) - 1, random))
            windows.append(titled(title, beside))
            shown.append(len(windows[1]) - len(beside))
            if random.random() < self._none / 2:
                return Example(question, (windows[1],), (shown[1],), None)
        return Example(question, tuple(windows), tuple(shown), answer)
