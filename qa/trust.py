"""How likely it is that a piece of evidence answers: what speaks for it, weighed together.

Evidence is first ordered by a weighted sum of signs, some from the rules of the language and some
from the trained reader. How far the first is to be trusted then depends on its sum and on its lead
over the best of its rivals, which say something else. `python -m eval calibrate` fits all weights
on questions and prints them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from qa.interrogatives import FIGURES, SPANS
from qa.question import Question

Group = Literal["figure", "span", "sentence"]

# What is weighed, each between about -1 and 1.
NAMES = (
    "fit",  # how well its words, place and period agree with the question, by rules
    "surely",  # the same as log-odds, where nearly all differs much from all
    "missing",  # the weight of the heaviest word of the question that stands nowhere
    "odds",  # the reader's log-odds of it against there being no answer
    "behind",  # how far these are behind the best of what place and period admit
    "sort",  # whether it is a thing of the sort asked for
    "read",  # whether only the reader put it up
)


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of the signs; and of their sum, of the lead and of neither for the trust."""

    signs: tuple[float, ...]
    total: float
    lead: float
    always: float


WEIGHTS: Mapping[Group, Weights] = {
    "figure": Weights((1.64, 2.54, -1.24, 1.20, 3.58, 0.00, 0.00), 0.61, 0.25, -0.85),
    "span": Weights((1.63, 2.50, -2.04, 1.17, 3.28, 0.78, -0.82), 0.41, 0.40, -1.33),
    "sentence": Weights((2.71, 2.91, -0.75, 0.54, 3.19, 0.00, 0.00), 0.16, 0.80, -1.07),
}
BAR = 0.4  # the likelihood from which on evidence is an answer
_DOUBT, _SURELY = 0.05, 3.0  # keep the log-odds of a fit finite, and between about -1 and 1
FAR = 10.0  # log-odds, and sums, beyond which it makes no difference


def group_of(question: Question) -> Group:
    """The sort of answer that a question asks for."""
    if question.kind in FIGURES:
        return "figure"
    return "span" if question.kind in SPANS else "sentence"


def signs(
    fit: float, missing: float, odds: float, best: float, sort: float, *, read: bool
) -> tuple[float, ...]:
    """What speaks for a piece of evidence, in the order of `NAMES`."""
    surely = math.log((fit + _DOUBT) / (1 + _DOUBT - min(fit, 1.0))) / _SURELY
    behind = clipped(min(odds - best, 0.0)) / FAR
    return (fit, surely, missing, clipped(odds) / FAR, behind, sort, float(read))


def total(group: Group, what: Sequence[float]) -> float:
    """The sum of the signs by their weights, by which evidence is ordered."""
    return sum(w * s for w, s in zip(WEIGHTS[group].signs, what, strict=True))


def trust(group: Group, own: float, rival: float | None) -> float:
    """How likely evidence of this sum answers, 0 to 1; `rival` is the best sum that disagrees."""
    weights = WEIGHTS[group]
    lead = min(max(own - rival, 0.0), FAR / 2) if rival is not None else FAR / 2
    value = weights.total * own + weights.lead * lead + weights.always
    return 1.0 / (1.0 + math.exp(-value))


def clipped(odds: float) -> float:
    """The value within -FAR and FAR."""
    return -FAR if math.isnan(odds) else max(-FAR, min(FAR, odds))
