"""What the trained reader is shown of the articles, and what it says of their sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.lexical import fold
from index.sentences import Sentence
from qa.english_order import classifier
from qa.interrogatives import ask_of
from qa.question import Question
from qa.reader.read import Read, Reader, Span, Stretch
from qa.reading import Context
from qa.terms import Level

_SENTENCES = 12  # that are read, those that hold most of the question
_AROUND = 80  # characters before and behind such a sentence that are read with it
_MOST = 1800  # characters that are read in all


# What a word more takes from the log-odds of an answer that names a person, a time or a thing.
_WORD = {"who": 0.12, "when": 0.12, "where": 0.12, "office": 0.12, "which": 0.06}


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence of an article that could be about the question.

    `around` are the stretches around it with their worth, `about` the share of the question that
    they hold, `prior` how well the article was found.
    """

    context: Context
    index: int
    sentence: Sentence
    around: Sequence[Level]
    about: float
    prior: float


@dataclass(frozen=True, slots=True)
class Look:
    """What was read: stretches by article.

    What was not read has the odds `unseen`; where there is no reader, all has. `cost` is what each
    word more of a span takes from them.
    """

    stretches: dict[str, list[tuple[Stretch, Read]]] = field(default_factory=dict)
    unseen: float = 0.0
    cost: float = 0.0

    def odds(self, place: Place, start: int, end: int) -> float:
        """The log-odds of `start:end` in the article of a place."""
        return max((r.odds(start, end) for r in self._over(place, start, end)), default=self.unseen)

    def spans(self, place: Place) -> list[Span]:
        """The likeliest spans within the sentence of a place."""
        start, end = place.sentence.start, place.sentence.end
        found = [
            s for r in self._over(place, start, end) for s in r.spans(start, end, cost=self.cost)
        ]
        return sorted(found, key=lambda s: -s.odds)

    def _over(self, place: Place, start: int, end: int) -> list[Read]:
        mine = self.stretches.get(place.context.article.id, [])
        return [read for s, read in mine if s.start <= start and end <= s.end]


def look(
    question: Question, places: Sequence[Place], worth: Sequence[float], reader: Reader | None
) -> Look:
    """Read the stretches around the most promising sentences.

    These hold most of the question or, by the rules, the best of what has the form of an answer;
    `worth` is the latter for each place.
    """
    if reader is None or not places:
        return Look()
    stretches = _stretches(places, worth)
    read = reader.read(wording(question), [stretch for _, stretch in stretches])
    found: dict[str, list[tuple[Stretch, Read]]] = {}
    for (id_, stretch), one in zip(stretches, read, strict=True):
        found.setdefault(id_, []).append((stretch, one))
    return Look(found, -10.0, _WORD.get(question.kind, 0.0))


def wording(question: Question) -> str:
    """The question as it is put to the reader: whole, with a word that asks."""
    for text in (question.asked, question.text):
        if ask_of(text)[1] is not None:
            return _counted(text, question)
    asking = {"who": "是谁", "when": "是什么时候", "where": "在哪里", "rate": "增长多少"}
    said = question.text or question.query.replace(" ", "")
    return _counted(f"{said}{asking.get(question.kind, f'是多少{question.unit}')}", question)


def _counted(text: str, question: Question) -> str:
    """The question with the measure word of what it counts: "专利申请量是多少件"."""
    text = text.replace("高企", "高新技术企业")
    if question.kind != "figure" or question.unit or not _COUNT.search(question.body):
        return text
    word = classifier(question.body)
    return _MUCH.sub(rf"\g<0>{word}", text) if word != "个" else text


_COUNT = re.compile(r"(?:申请|授权|办件|办结|注册|登记|保有)?(?:存?量|总?数)$")
_MUCH = re.compile(r"(?:是|有|为)?多少(?=[？?]?$)")


def _stretches(places: Sequence[Place], worth: Sequence[float]) -> list[tuple[str, Stretch]]:
    """Stretches of whole sentences around the best places, those that touch made one."""
    told = sorted(
        range(len(places)), key=lambda n: -places[n].about * (0.8 + 0.2 * places[n].prior)
    )
    best = sorted(range(len(places)), key=lambda n: -worth[n])
    both = [n for pair in zip(best, told, strict=True) for n in pair]
    order = [places[n] for n in dict.fromkeys(both)][:_SENTENCES]
    spans: dict[str, list[tuple[int, int]]] = {}
    contexts: dict[str, Context] = {}
    total = 0
    for place in order:
        start, end = _with_neighbours(place)
        mine = spans.setdefault(place.context.article.id, [])
        if any(a <= place.sentence.start and place.sentence.end <= b for a, b in mine):
            continue
        if total and total + end - start > _MOST:
            break
        total += end - start
        contexts[place.context.article.id] = place.context
        mine.append((start, end))
    found = []
    for id_, mine in spans.items():
        article = contexts[id_].article if mine else None
        for start, end in _merged(mine):
            assert article is not None
            found.append((id_, Stretch(fold(article.title), article.text, start, end)))
    return found


def _with_neighbours(place: Place) -> tuple[int, int]:
    sentences = place.context.sentences
    first = last = place.index
    while first and place.sentence.start - sentences[first - 1].start <= _AROUND:
        first -= 1
    while last + 1 < len(sentences) and sentences[last + 1].end - place.sentence.end <= _AROUND:
        last += 1
    return sentences[first].start, sentences[last].end


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
