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

# What is weighed, each between about -1 and 1, the odds between -2 and 2.
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
    "figure": Weights((1.17, 1.45, -0.92, 1.58, 2.10, 0.00, 0.00), 0.60, 0.30, -1.39),
    "span": Weights((1.10, 1.91, -1.45, 1.46, 2.05, 1.19, -0.28), 0.37, 0.39, -1.60),
    "sentence": Weights((2.54, 2.92, -0.53, 1.27, 1.95, 0.00, 0.00), 0.19, 0.67, -0.77),
}
BAR = 0.4  # the likelihood from which on evidence is an answer
_DOUBT, _SURELY = 0.05, 3.0  # keep the log-odds of a fit finite, and between about -1 and 1
FAR = 20.0  # log-odds beyond which it makes no difference
LEAD = 5.0  # how far ahead of its rivals evidence can be
_TENS = 10.0  # by which log-odds are divided, to be of the size of the other signs


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
    behind = clipped(min(odds - best, 0.0)) / _TENS
    return (fit, surely, missing, clipped(odds) / _TENS, behind, sort, float(read))


def total(group: Group, what: Sequence[float]) -> float:
    """The sum of the signs by their weights, by which evidence is ordered."""
    return sum(w * s for w, s in zip(WEIGHTS[group].signs, what, strict=True))


def trust(group: Group, own: float, rival: float | None) -> float:
    """How likely evidence of this sum answers, 0 to 1; `rival` is the best sum that disagrees."""
    weights = WEIGHTS[group]
    lead = min(max(own - rival, 0.0), LEAD) if rival is not None else LEAD
    value = weights.total * own + weights.lead * lead + weights.always
    return 1.0 / (1.0 + math.exp(-value))


def clipped(odds: float) -> float:
    """The value within -FAR and FAR."""
    return -FAR if math.isnan(odds) else max(-FAR, min(FAR, odds))
