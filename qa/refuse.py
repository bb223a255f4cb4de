"""The answer that there is none: what was looked for, and what is nearest."""

from __future__ import annotations

from collections.abc import Sequence

from index.period import label
from qa.cite import Citer, frame_mark, stated_period
from qa.extract import Evidence
from qa.judge import ABSENT
from qa.phrases import Phrases
from qa.question import Question
from qa.records import Answer


def refuse(
    question: Question,
    parts: Sequence[Question],
    found: Sequence[Sequence[Evidence]],
    chosen: Sequence[Evidence | None],
    citer: Citer,
    say: Phrases,
) -> Answer:
    """Say that the articles do not say, what was looked for, and what is nearest."""
    sought, nearest, options = [], [], []
    for part, evidence in zip(parts, found, strict=False):
        if any(c is not None and c in evidence for c in chosen):
            continue
        slots = [
            *part.places,
            *_when(part, say.language),
            *part.relative,
            part.body.strip(),
        ]
        sought.append(" · ".join(filter(None, slots)) or part.text)
        for near in _nearest(part, evidence):
            n = citer.cite(near.article, near.sentence)
            when, _ = stated_period(near, say.language)
            nearest.append(
                f"{near.place}{when}{say.colon}{near.short} [{n}]{frame_mark(near, citer)}"
            )
            options.append(
                f"{near.place}{label(near.period) if near.period else ''}{part.body}是多少？"
            )
    text = say.refusal.format(say.semicolon.join(dict.fromkeys(sought)) or question.text)
    if nearest:
        text += "\n" + say.nearest.format(say.semicolon.join(dict.fromkeys(nearest)))
    return Answer(
        question=question.text, text=text, short="", answered=False,
        citations=tuple(citer.citations), options=tuple(dict.fromkeys(options))[:3],
    )  # fmt: skip


def _when(part: Question, language: str) -> list[str]:
    """The times asked for, in the question's own words where it is in Chinese and names one."""
    if part.when and len(part.periods) == 1 and language == "zh":
        return [part.when]
    return [label(p, language) for p in part.periods]


_ELSEWHERE = {"period", "place"}


def _nearest(part: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Statements of the same measure for another period or place, the best of each."""
    chosen: list[Evidence] = []
    for near in evidence:
        if near.figure is None or near.missing >= ABSENT or near.miss not in _ELSEWHERE:
            continue
        if near.score < 0.38 or (near.miss == "place" and any(c.miss == "period" for c in chosen)):
            continue
        if any(c.place == near.place and c.period == near.period for c in chosen):
            continue
        chosen.append(near)
        if len(chosen) == 3:
            break
    return chosen
