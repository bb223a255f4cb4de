"""Weights are learned from cases: what tells right from wrong gains weight."""

import numpy as np

from eval.calibrate import Case, first, fitted, told, written
from qa.trust import NAMES, WEIGHTS


def cases() -> list[Case]:
    """Of two pieces of evidence the one with the better second sign is right, in nine of ten."""
    random = np.random.default_rng(1)
    made = []
    for number in range(80):
        signs = random.uniform(0, 1, (2, len(NAMES)))
        better = int(np.argmax(signs[:, 1]))
        right = np.arange(2) == (better if number % 10 else 1 - better)
        made.append(Case("span", signs, ["a", "b"], right, True))
    return made


def test_the_sign_that_tells_gains_the_weight() -> None:
    found = fitted(cases(), WEIGHTS["span"])
    assert int(np.argmax(np.abs(found.signs))) == 1
    assert "0 refused at 0.0" in told(cases(), found, 0.0)


def test_the_lead_is_over_what_says_another_thing() -> None:
    signs = np.zeros((3, len(NAMES)))
    signs[:, 0] = (3.0, 2.0, 0.5)
    weights = np.zeros(len(NAMES))
    weights[0] = 1.0
    case = Case("span", signs, ["same", "same", "other"], np.array([True, True, False]), True)
    assert first(case, weights) == (0, 3.0, 2.5)


def test_weights_are_printed_as_the_program_has_them() -> None:
    line = written("span", WEIGHTS["span"]).strip()
    assert line.startswith('"span": Weights((')
