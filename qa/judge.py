"""Which evidence is good enough to answer: the one place where that is decided."""

from __future__ import annotations

from collections.abc import Sequence

from qa.extract import Evidence
from qa.interrogatives import FIGURES
from qa.question import Question, same_place
from qa.trust import BAR, group_of

# The weight of a word that a statement of the same measure, for another time or place, may lack.
ABSENT = 0.35
BEARS = 0.4  # how well a sentence must fit to be an answer at all
GONE = 0.45  # the weight of a word that no answer of a few words may lack
CLOSE = 0.04  # how near another statement's score must be to be as good
ALIKE = 0.85  # how near another statement's score must come to contradict the one chosen


def is_enough(question: Question, evidence: Evidence) -> bool:
    """Whether the evidence answers the question; the one place where that is decided."""
    told = group_of(question) == "sentence"
    bears = evidence.score >= BEARS if told else evidence.missing < GONE
    return evidence.trust >= BAR and not evidence.miss and bears


def best_of(question: Question, evidence: Sequence[Evidence]) -> Evidence | None:
    """The evidence that answers the question, or None; where no time is asked for, the latest."""
    good = [e for e in evidence if is_enough(question, e)]
    if not good:
        return None
    best = good[0]
    if question.kind in FIGURES and _stated_for_another_time(question, best, evidence):
        return None
    if question.kind in FIGURES and not question.periods:
        # Nothing said of when: among equally good ones, and values of the same measure, the latest.
        rivals = [
            e
            for e in evidence
            if not e.miss
            and e.score >= best.score - CLOSE
            and same_place(e.place, best.place)
            and (e in good or _same_measure(e, best))
        ]
        dated = [(e.period.end, e.score, -n, e) for n, e in enumerate(rivals) if e.period]
        if dated:
            best = max(dated, key=lambda entry: entry[:3])[3]
    return best


def _same_measure(one: Evidence, other: Evidence) -> bool:
    a, b = one.figure, other.figure
    return bool(a and b and a.measure and (a.measure, a.unit) == (b.measure, b.unit))


def _stated_for_another_time(
    question: Question, best: Evidence, evidence: Sequence[Evidence]
) -> bool:
    """Whether the very measure is stated, but for another period than the one asked for.

    Then a looser statement that does not say when it is of is no answer.
    """
    if not (question.periods or question.relative):
        return False
    if best.period and any(p.overlaps(best.period) for p in question.periods):
        return False
    return any(
        e.miss == "period" and same_place(e.place, best.place) and best.raw < ALIKE * e.raw
        for e in evidence
    )
