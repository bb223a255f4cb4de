"""Question + articles -> evidence: the sentences that answer, and the bare answer in each."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from index.lexical import fold
from index.records import Article, Figure, Period
from index.sentences import Sentence
from qa.candidates import candidates
from qa.fits import contrast_fit, event_fit, list_fit, measure_fit
from qa.found import (
    NAMED,
    asks_for_holder,
    asks_for_kind,
    clauses_around,
    read_candidates,
    sort_fit,
    tells_nothing,
)
from qa.interrogatives import FIGURES, SPANS
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
    PART,
    SENTENCE,
    TITLE,
)
from qa.look import Look, Place, look
from qa.offices import is_other_office, office_fit, same_rank
from qa.question import Question
from qa.reader.read import Reader, Span
from qa.reading import Context, reading
from qa.slots import body_fits, period_fit, place_fit
from qa.spans import Candidate, text_before
from qa.terms import Level, Term, coverage, weigh
from qa.trust import Group, group_of, signs, total, trust
from qa.vetoes import is_of_another_amount, is_other_event, is_other_measure, outdone

Idf = Callable[[str], float]
Miss = Literal["", "period", "place", "measure"]
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
    `raw` is the score before place and period were looked at. `odds` are the trained reader's
    log-odds of it, `sort` says how far it is a thing of the sort asked for, `read` that only the
    reader put it up, and `trust` is the likelihood that it answers, by all of these.
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
    odds: float = 0.0
    sort: float = 1.0
    read: bool = False
    trust: float = 0.0
    signs: tuple[float, ...] = ()

    @property
    def quote(self) -> str:
        """The evidence sentence as the article has it."""
        return self.article.text[self.sentence.start : self.sentence.end]


def extract(
    question: Question,
    articles: Sequence[tuple[Article, float]],
    idf: Idf,
    reader: Reader | None = None,
) -> list[Evidence]:
    """Everything in the articles that bears on a question without parts, best first.

    `articles` come with the score of their best passage, 1 for the best of all. Without a reader
    the rules alone decide.
    """
    terms = weigh(question, idf)
    group = group_of(question)
    places, ruled = [], []
    for article, prior in articles:
        sentences, main = reading(article)
        context = Context(article, sentences, main, fold(article.title), fold(article.text))
        for index, sentence in enumerate(sentences):
            around = _levels(context, index, sentence)
            about, _ = coverage(terms, around)
            if about < _ABOUT:
                continue
            place = Place(context, index, sentence, around, about, prior)
            mine = (
                [_of_whole(question, terms, place)]
                if group == "sentence"
                else _of_candidates(question, terms, place)
            )
            places.append(place)
            ruled.append(mine)
    worth = [max((e.score for e in mine if not e.miss), default=0.0) for mine in ruled]
    seen = look(question, places, worth, reader)
    found: list[Evidence] = []
    for place, mine in zip(places, ruled, strict=True):
        spans = seen.spans(place)
        if group == "sentence":
            found += [_told_by(question, place, e, spans, seen) for e in mine]
            continue
        mine = [replace(e, odds=_odds(seen, place, e, spans, question)) for e in mine]
        found += mine
        if group == "span":
            found += _read(question, terms, place, spans, seen, [(e.start, e.end) for e in mine])
    return _weighed(group, found)


def _weighed(group: Group, found: Sequence[Evidence]) -> list[Evidence]:
    """The evidence in order, each with how far it is to be trusted."""
    # The reader cares little for periods and places: what these rule out is no measure for it.
    # Nor is what fits hardly at all.
    fit = max((e.score for e in found if not e.miss), default=0.0)
    best = max((e.odds for e in found if not e.miss and e.score >= fit * _FITS), default=0.0)
    told = [signs(e.score, e.missing, e.odds, best, e.sort, read=e.read) for e in found]
    sums = [total(group, what) for what in told]
    order = sorted(range(len(found)), key=lambda n: (bool(found[n].miss), -sums[n], found[n].start))
    said = [said_by(e) for e in found]
    weighed = []
    for at in order:
        # The same thing said elsewhere is no rival, nor is what the slots rule out.
        rival = next(
            (sums[n] for n in order if n != at and not found[n].miss and said[n] != said[at]), None
        )
        one = replace(found[at], signs=told[at], trust=trust(group, sums[at], rival))
        weighed.append(one)
    return sorted(weighed, key=lambda e: -e.trust)


_FITS = 0.3  # the share of the best fit from which on what the reader likes is a measure for it


def said_by(evidence: Evidence) -> str:
    """What evidence says, to tell whether another piece says the same."""
    if evidence.figure is not None:
        return f"{evidence.figure.value}{evidence.figure.unit}"
    if any(t.start <= evidence.start < t.end for t in evidence.sentence.times):
        return str(evidence.period or fold(evidence.short))  # "7月18日" is "2023年7月18日"
    return fold(evidence.short)


_ABOUT = 0.2  # the share of the question that stands somewhere around a sentence worth a look


def _of_candidates(question: Question, terms: Sequence[Term], place: Place) -> list[Evidence]:
    """What the rules find in a sentence that has the form of an answer."""
    found = list(candidates(question, place.context.article.text, place.sentence))
    if question.kind == "which":
        asked = fold(question.text)
        found = [c for c in found if not tells_nothing(asked, fold(c.text))]
    judged = [_judge(question, terms, place, candidate) for candidate in found]
    if question.kind in FIGURES and len(found) > 1:
        judged = [
            replace(e, miss="measure") if lost and not e.miss else e
            for e, lost in zip(judged, outdone(terms, found), strict=True)
        ]
    return judged


def _odds(
    seen: Look, place: Place, evidence: Evidence, spans: Sequence[Span], question: Question
) -> float:
    """The reader's log-odds of what the rules have found.

    A name or a time that stands within a longer span of the reader's has nearly the odds of that.
    """
    odds = seen.odds(place, evidence.start, evidence.end)
    if question.kind in NAMED:
        over = [s.odds for s in spans if s.start <= evidence.start and evidence.end <= s.end]
        odds = max([odds, *(o - _WITHIN for o in over)])
    return odds


_UNLIKE = 6.0  # log-odds that what is not of the kind asked for must have
_WITHIN = 1.0  # what log-odds lose where a span holds more than the name asked for


def _read(
    question: Question,
    terms: Sequence[Term],
    place: Place,
    spans: Sequence[Span],
    seen: Look,
    taken: Sequence[tuple[int, int]],
) -> list[Evidence]:
    """What only the reader finds in a sentence."""
    text = place.context.article.text
    found = []
    for candidate in read_candidates(question, text, place.sentence, spans, taken):
        evidence = _judge(question, terms, place, candidate)
        odds = seen.odds(place, candidate.start, candidate.end)
        if not evidence.sort and asks_for_kind(question) and odds < _UNLIKE:
            continue
        if evidence.sort < 1 and asks_for_holder(question):
            continue  # an office is held by a person
        found.append(replace(evidence, odds=odds, read=True))
    return found


def _told_by(
    question: Question, place: Place, evidence: Evidence, spans: Sequence[Span], seen: Look
) -> Evidence:
    """A sentence as evidence, with the clauses of it in which the reader finds the answer."""
    if not spans:
        return replace(evidence, odds=seen.unseen)
    text, best = place.context.article.text, spans[0]
    start, end = clauses_around(text, place.sentence, best.start, best.end)
    if start >= end:  # nothing but stops
        return replace(evidence, odds=best.odds)
    return replace(evidence, odds=best.odds, start=start, end=end, short=text[start:end])


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
        goes_on = bool(_ANAPHOR.match(text, sentence.start)) or _tells_who_said(
            text[sentence.start : sentence.end], text[before[-1].start : before[-1].end]
        )
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


def _tells_who_said(sentence: str, before: str) -> bool:
    """Whether a sentence only says whose words the one before it quotes: "…。”某某表示。"."""
    return before.endswith(("”", '"')) and bool(_SAID.fullmatch(sentence))


_SAID = re.compile(
    r"[^“”\"]{2,40}(?:表示|说|称|介绍|告诉记者|指出|认为|坦言|感慨|直言|强调|感叹|回忆|解释|透露)[道说]?[。，,]?"
)


def _judge(
    question: Question, terms: Sequence[Term], place: Place, candidate: Candidate
) -> Evidence:
    context, sentence, around = place.context, place.sentence, place.around
    beside = fold(text_before(context.article.text, sentence, candidate.start))
    part = Level(_part(context.text, sentence, candidate.start), PART)
    levels = [
        Level(candidate.near, NEAR),
        Level(candidate.clause, CLAUSE),
        Level(beside, BESIDE),
        part,
        *around,
    ]
    score, missing = coverage(terms, levels)
    if question.kind in FIGURES:
        whose = fold(sentence.company)
        score *= measure_fit(question, terms, candidate, part, around[0], whose)
    elif question.kind == "who":
        # Whose words the sentence before quotes has said what stands there.
        told = Level("".join(v.text for v in around if v.worth >= ANAPHORIC), SENTENCE)
        score *= office_fit(question, terms, candidate, told)
    elif question.kind in {"when", "where"}:
        score *= event_fit(terms, levels)
        score *= 1.0 if candidate.near else 0.75
    elif question.kind == "list":
        score *= list_fit(question, candidate)
    score *= candidate.quality * contrast_fit(question, candidate, around[0], beside)
    found = _slotted(question, place, candidate, score, missing)
    if not found.miss and _is_another(question, terms, place, candidate, levels):
        found = replace(found, miss="measure")
    return found


def _part(folded: str, sentence: Sentence, at: int) -> str:
    """What stands between the same two semicolons of a sentence as the offset `at`."""
    left = max(folded.rfind(mark, sentence.start, at) for mark in ";；") + 1
    rights = [n for mark in ";；" if (n := folded.find(mark, at, sentence.end)) >= 0]
    return folded[max(left, sentence.start) : min(rights, default=sentence.end)]


def _is_another(
    question: Question,
    terms: Sequence[Term],
    place: Place,
    candidate: Candidate,
    levels: Sequence[Level],
) -> bool:
    """Whether a candidate is of another measure, office or event than the one asked for."""
    if question.kind in SPANS and is_of_another_amount(question, levels):
        return True
    if question.kind == "who":
        if is_other_office(question, candidate.near):
            return True
        return not same_rank(fold(question.text), candidate.near)
    if question.kind == "when":
        return is_other_event(question, levels)
    whose = fold(place.sentence.company)
    text, sentence = place.context.text, place.sentence
    before = text[sentence.start : candidate.start]
    behind = text[candidate.end : sentence.end]
    return is_other_measure(question, terms, candidate, levels, whose, before, behind)


def _of_whole(question: Question, terms: Sequence[Term], place: Place) -> Evidence:
    """The sentence itself as evidence, for questions that a sentence answers."""
    context, sentence = place.context, place.sentence
    whole = Candidate(
        context.article.text[sentence.start : sentence.end],
        sentence.start,
        sentence.end,
        context.text[sentence.start : sentence.end],
        "",
    )
    score, missing = coverage(terms, [Level(whole.near, NEAR), *place.around])
    if not gives(question.kind, whole.text):
        score *= 0.85
    if (
        sentence.kind != "body"
        or len(whole.text) < 12
        or whole.text.rstrip('”"').endswith(("？", "?"))
    ):
        score *= 0.6  # announces or asks rather than tells
    return _slotted(question, place, whole, score, missing)


def _slotted(
    question: Question, place: Place, candidate: Candidate, score: float, missing: float
) -> Evidence:
    """A candidate as evidence: whose and of when it is, and whether that agrees."""
    context, sentence = place.context, place.sentence
    where, place_worth, place_ok = place_fit(question, context, sentence, candidate)
    place_ok = place_ok and body_fits(question, context, sentence, candidate)
    period, period_worth, period_ok = period_fit(question, context, sentence, candidate)
    miss: Miss = "" if place_ok and period_ok else ("place" if not place_ok else "period")
    kind_worth = {"caption": 0.93, "heading": 0.9}.get(sentence.kind, 1.0)
    worth = place_worth * period_worth * kind_worth * (0.9 + 0.1 * place.prior)
    return Evidence(
        article=context.article,
        sentence=sentence,
        short=candidate.text,
        start=candidate.start,
        end=candidate.end,
        score=score * worth,
        missing=missing,
        place=where,
        period=period,
        miss=miss,
        figure=candidate.figure,
        raw=score,
        sort=sort_fit(question, context.article.text, sentence, candidate),
    )
