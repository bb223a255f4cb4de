"""python -m eval calibrate QUESTIONS INDEX ...: fit how far evidence is to be trusted.

Each pair is a question file and the index that it asks about. Questions that stand alone and have
one part are put to the bot's reader; what it finds is held against the gold. For each sort of
answer a softmax over a question's evidence learns to put the right one first, and a logistic
regression whether the first one is right. The weights are printed to be pasted into `qa.trust`;
articles that the bot is to be judged on should not be among those that it is calibrated on.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from eval.grade import is_right
from eval.questions import Question, load_questions
from qa.extract import Evidence, said_by
from qa.trust import BAR, LEAD, NAMES, WEIGHTS, Group, Weights, clipped, group_of

if TYPE_CHECKING:
    from qa import Bot

Matrix = npt.NDArray[np.float64]

_DECAY = 0.003  # how much large weights cost
_LONG = 160  # characters: a span that long points at nothing
# Which way each sign may speak; the others either way.
_BOUNDS = {
    "fit": (0, None),
    "surely": (0, None),
    "missing": (None, 0),
    "odds": (0, None),
    "behind": (0, None),
}
_BOUNDS |= {"sort": (0, None)}


@dataclass(slots=True)
class Case:
    """A question's evidence: what speaks for each piece, what it says, whether it answers."""

    group: Group
    signs: Matrix
    said: list[str]
    right: npt.NDArray[np.bool_]
    answerable: bool
    text: str = ""


def cases(questions: Sequence[Question], bot: Bot) -> Iterator[Case]:
    """The cases of the questions that are one question in one language."""
    for question in questions:
        if question.history or question.language != "zh":
            continue
        asked, found = bot.evidence(question.text)
        if asked.parts:
            continue
        kept = [e for e in found[0] if not e.miss]
        if not kept:
            continue
        group = group_of(asked)
        right = [question.answerable and _answers(question, group, e) for e in kept]
        signs = np.array([e.signs for e in kept], np.float64)
        said = [said_by(e) for e in kept]
        yield Case(group, signs, said, np.array(right), question.answerable, question.text)


def _answers(question: Question, group: Group, evidence: Evidence) -> bool:
    said = evidence.quote if group == "sentence" else evidence.short
    if len(said) > _LONG and group == "span":
        return False
    return is_right(question, said, said)


def fitted(mine: Sequence[Case], start: Weights) -> Weights:
    """Weights for one sort of answer, each question counting the same."""
    from scipy.optimize import minimize

    bounds = [_BOUNDS.get(name, (None, None)) for name in NAMES]
    told = [case for case in mine if case.right.any()]
    ranked = minimize(
        _ranking, np.array(start.signs), (told,), jac=True, method="L-BFGS-B", bounds=bounds
    ).x
    features = np.array([(*first(case, ranked)[1:], 1.0) for case in mine])
    labels = np.array([case.right[first(case, ranked)[0]] for case in mine], np.float64)
    found = minimize(
        _logistic, np.array([start.total, start.lead, start.always]), (features, labels),
        jac=True, method="L-BFGS-B", bounds=[(0, None), (0, None), (None, None)],
    ).x  # fmt: skip
    return Weights(tuple(float(w) for w in ranked), *(float(w) for w in found))


def first(case: Case, weights: Matrix) -> tuple[int, float, float]:
    """The first piece of evidence, its sum, and its lead over the first that says another thing."""
    sums = case.signs @ weights
    best = int(np.argmax(sums))
    rivals = [s for s, said in zip(sums, case.said, strict=True) if said != case.said[best]]
    lead = clipped(float(sums[best]) - max(rivals)) if rivals else LEAD
    return best, float(sums[best]), min(lead, LEAD)


def _ranking(weights: Matrix, told: Sequence[Case]) -> tuple[float, Matrix]:
    """How improbable the right evidence is under a softmax, with the slope."""
    cost, slope = 0.0, np.zeros_like(weights)
    for case in told:
        value = case.signs @ weights
        mass = np.exp(value - value.max())
        share, right = mass / mass.sum(), mass * case.right / (mass * case.right).sum()
        cost -= np.log((mass * case.right).sum() / mass.sum())
        slope += case.signs.T @ (share - right)
    count = max(1, len(told))
    return float(cost / count + _DECAY * weights @ weights / 2), slope / count + _DECAY * weights


def _logistic(weights: Matrix, x: Matrix, y: Matrix) -> tuple[float, Matrix]:
    """The logistic loss with its slope."""
    value = x @ weights
    likely = 1 / (1 + np.exp(-value))
    cost = np.mean(np.logaddexp(0, value) - y * value) + _DECAY * weights @ weights / 2
    return float(cost), x.T @ (likely - y) / len(y) + _DECAY * weights


def told(mine: Sequence[Case], weights: Weights, bar: float = BAR) -> str:
    """How many of the questions come out right, wrong and refused with these weights."""
    right = wrong = refused = could = top = 0
    for case in mine:
        best, own, lead = first(case, np.array(weights.signs))
        could += bool(case.right.any())
        top += bool(case.right[best])
        value = weights.total * own + weights.lead * lead + weights.always
        if 1 / (1 + np.exp(-value)) < bar:
            refused += case.answerable
            right += not case.answerable
        elif case.right[best]:
            right += 1
        else:
            wrong += 1
    return (
        f"{len(mine)} questions: {right} right, {wrong} wrong, {refused} refused at {bar}; "
        f"the first is right in {top} of {could} that have a right one"
    )


def calibrate_command(arguments: Sequence[str]) -> int:
    """Fit, and print the weights and what they reach."""
    from qa import Bot

    parser = argparse.ArgumentParser(prog="python -m eval calibrate", description=__doc__)
    parser.add_argument("pairs", nargs="+", type=Path, metavar="QUESTIONS INDEX")
    parser.add_argument("--test", action="append", default=[], nargs=2, type=Path)
    given = parser.parse_args(arguments)
    pairs = list(zip(given.pairs[::2], given.pairs[1::2], strict=True))
    train = [c for q, i in pairs for c in cases(load_questions(q), Bot.open(i))]
    tests = [(q, list(cases(load_questions(q), Bot.open(i)))) for q, i in given.test]
    for group, weights in WEIGHTS.items():
        mine = [c for c in train if c.group == group]
        found = fitted(mine, weights)
        print(written(group, found))  # noqa: T201 - a command
        for bar in (0.3, 0.4, 0.5, 0.6):
            print(f"  {told(mine, found, bar)}")  # noqa: T201 - a command
        for name, held in tests:
            theirs = [c for c in held if c.group == group]
            print(f"  {name}: {told(theirs, found)}")  # noqa: T201 - a command
    return 0


def written(group: str, weights: Weights) -> str:
    """The weights as `qa.trust` has them."""
    signs = ", ".join(f"{w:.2f}" for w in weights.signs)
    rest = f"{weights.total:.2f}, {weights.lead:.2f}, {weights.always:.2f}"
    return f'    "{group}": Weights(({signs}), {rest}),'
