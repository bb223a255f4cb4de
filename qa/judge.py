"""Which evidence is good enough to answer: the one place where that is decided."""

from __future__ import annotations

from collections.abc import Sequence

from qa.extract import Evidence
from qa.question import Question, same_place

# How good evidence must be to answer, by what the question asks for, and how much of the question
# may stand nowhere in the article. Figures are held by place, period and unit as well, so they need
# less. Fitted on the questions about the sample articles.
FIGURES = frozenset({"figure", "rate", "share", "rank"})
_SPANS = frozenset({"who", "office", "when", "where", "which", "list"})
ENOUGH = {"figure": 0.36, "span": 0.48, "sentence": 0.45}
# When and where something happened is not answered by a sentence about something else there.
MISSING = {"when": 0.24, "where": 0.24, "figure": 0.35, "span": 0.33, "sentence": 0.42}
ALIKE = 0.85  # how near another statement's score must come to contradict the one chosen


def is_enough(question: Question, evidence: Evidence) -> bool:
    """Whether the evidence answers the question; the one place where that is decided."""
    group = group_of(question)
    allowed = MISSING.get(question.kind, MISSING[group])
    good = evidence.score >= ENOUGH[group] and evidence.missing < allowed
    return good and not evidence.miss


def group_of(question: Question) -> str:
    """Which of the thresholds a question falls under."""
    if question.kind in FIGURES:
        return "figure"
    return "span" if question.kind in _SPANS else "sentence"


def best_of(question: Question, evidence: Sequence[Evidence]) -> Evidence | None:
    """The evidence that answers the question, or None; where no time is asked for, the latest."""
    good = [e for e in evidence if is_enough(question, e)]
    if not good:
        return None
    best = good[0]
    if question.kind in FIGURES and _stated_for_another_time(question, best, evidence):
        return None
    if question.kind in FIGURES and not question.periods:
        # Nothing said of when: among equally good ones the latest.
        rivals = [
            e for e in good if e.score >= best.score - 0.04 and same_place(e.place, best.place)
        ]
        dated = [(e.period.end, e.score, -n, e) for n, e in enumerate(rivals) if e.period]
        if dated:
            best = max(dated, key=lambda entry: entry[:3])[3]
    return best


def _stated_for_another_time(
    question: Question, best: Evidence, evidence: Sequence[Evidence]
) -> bool:
    """Whether the very measure is stated, but for another period than the one asked for.

    Then a looser statement that does not say when it is of is no answer.
    """
    if not (question.periods or question.relative) or best.period in question.periods:
        return False
    return any(
        e.miss == "period" and same_place(e.place, best.place) and best.raw < ALIKE * e.raw
        for e in evidence
    )
