"""Question + articles -> evidence: the sentences that answer, and the bare answer in each."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from index.lexical import fold
from index.records import Article, Figure, Period
from index.sentences import Sentence
from qa.candidates import Candidate, candidates, text_before
from qa.fits import contrast_fit, event_fit, list_fit, measure_fit, office_fit
from qa.levels import (
    ANAPHORIC,
    BESIDE,
    CLAUSE,
    ELSEWHERE,
    HEADING,
    LEAD,
    NEAR,
    NEXT,
    PARAGRAPH,
    SENTENCE,
    TITLE,
)
from qa.question import Question
from qa.reading import Context, reading
from qa.slots import body_fits, period_fit, place_fit
from qa.terms import Level, Term, coverage, weigh

Idf = Callable[[str], float]
Miss = Literal["", "period", "place"]
_OPENING = 120  # characters that say what an article is about
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
        context = Context(article, sentences, main, fold(article.title), fold(article.text))
        for index, sentence in enumerate(sentences):
            for evidence in _of_sentence(question, terms, context, index, sentence):
                found_.append(replace(evidence, score=evidence.score * (0.9 + 0.1 * prior)))
    return sorted(found_, key=lambda e: (-e.score, e.start))


def _of_sentence(
    question: Question, terms: Sequence[Term], context: Context, index: int, sentence: Sentence
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


def _levels(context: Context, index: int, sentence: Sentence) -> list[Level]:
    text = context.text
    levels = [Level(text[sentence.start : sentence.end], SENTENCE)]
    if sentence.company:
        levels.append(Level(fold(sentence.company), ANAPHORIC))
    before = context.sentences[max(0, index - 2) : index]
    if before:
        # "该项目", "其中": the sentence goes on about what the one before it named.
        goes_on = bool(_ANAPHOR.match(text, sentence.start))
        same = before[-1].paragraph == sentence.paragraph
        worth = ANAPHORIC if goes_on else PARAGRAPH
        levels.append(Level(text[before[0].start : sentence.start], worth if same else worth - 0.1))
    following = context.sentences[index + 1 : index + 2]
    if following and following[0].paragraph == sentence.paragraph:
        after = following[0]
        worth = PARAGRAPH if _ANAPHOR.match(text, after.start) else NEXT
        levels.append(Level(text[after.start : after.end], worth))
    if sentence.heading:
        levels.append(Level(fold(sentence.heading), HEADING))
    levels.append(Level(context.title, TITLE))
    levels.append(Level(text[:_OPENING], LEAD))
    levels.append(Level(text, ELSEWHERE))
    return levels


def _judge(
    question: Question,
    terms: Sequence[Term],
    context: Context,
    sentence: Sentence,
    around: Sequence[Level],
    candidate: Candidate,
) -> Evidence | None:
    beside = fold(text_before(context.article.text, sentence, candidate.start))
    levels = [
        Level(candidate.near, NEAR),
        Level(candidate.clause, CLAUSE),
        Level(beside, BESIDE),
        *around,
    ]
    score, missing = coverage(terms, levels)
    if question.kind in {"figure", "rate", "share", "rank"}:
        score *= measure_fit(question, terms, candidate, around[0], fold(sentence.company))
    elif question.kind == "who":
        score *= office_fit(question, terms, candidate, around[0])
    elif question.kind in {"when", "where"}:
        score *= event_fit(terms, levels)
        score *= 1.0 if candidate.near else 0.75
    elif question.kind == "list":
        score *= list_fit(question, candidate)
    score *= candidate.quality * contrast_fit(question, candidate, around[0])
    place, place_worth, place_ok = place_fit(question, context, sentence, candidate)
    place_ok = place_ok and body_fits(question, context, sentence, candidate)
    period, period_worth, period_ok = period_fit(question, context, sentence, candidate)
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


def _of_whole(
    question: Question,
    terms: Sequence[Term],
    context: Context,
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
    score, missing = coverage(terms, [Level(whole.near, NEAR), *around])
    if not gives(question.kind, whole.text):
        score *= 0.85
    if (
        sentence.kind != "body"
        or len(whole.text) < 12
        or whole.text.rstrip('”"').endswith(("？", "?"))
    ):
        score *= 0.75  # announces or asks rather than tells
    place, place_worth, place_ok = place_fit(question, context, sentence, whole)
    period, period_worth, period_ok = period_fit(question, context, sentence, whole)
    miss: Miss = "" if place_ok and period_ok else ("place" if not place_ok else "period")
    return [
        Evidence(
            context.article, sentence, whole.text, sentence.start, sentence.end,
            score * place_worth * period_worth, missing, place, period, miss,
        )
    ]  # fmt: skip
