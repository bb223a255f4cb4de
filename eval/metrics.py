"""Measures of rankings, of strings and of samples: pure functions, nothing of ours inside.

Rankings are given as gains: `gains[i]` is the relevance of what stands at rank i + 1, 0 for what is
not relevant. Every function states its value where nothing is relevant.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

SEED = 20_240_501
RESAMPLES = 2_000


# Rankings


def hit_at(gains: Sequence[float], k: int) -> float:
    """1.0 where anything relevant is among the first k, else 0.0."""
    return float(any(gain > 0 for gain in gains[:k]))


def recall_at(gains: Sequence[float], k: int, relevant: int) -> float:
    """The share of the `relevant` things that are among the first k; 0.0 where there are none."""
    if relevant <= 0:
        return 0.0
    return min(1.0, sum(gain > 0 for gain in gains[:k]) / relevant)


def reciprocal_rank(gains: Sequence[float]) -> float:
    """1 / the rank of the first relevant thing; 0.0 without one."""
    return next((1 / rank for rank, gain in enumerate(gains, 1) if gain > 0), 0.0)


def dcg(gains: Sequence[float]) -> float:
    """Discounted cumulative gain, linear in the gain, as trec_eval and BEIR count it."""
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))


def ndcg_at(gains: Sequence[float], k: int, ideal: Sequence[float]) -> float:
    """DCG of the first k over that of the best ranking.

    `ideal` are the gains of everything relevant, found or not: a thing that was not found lowers
    the value. 0.0 where nothing is relevant.
    """
    best = dcg(sorted(ideal, reverse=True)[:k])
    return dcg(gains[:k]) / best if best > 0 else 0.0


# Strings


def bare(text: str) -> str:
    """Letters and digits only, NFKC, lower case: what exact match and character F1 compare.

    The point inside a number stays: 1.5 is not 15.
    """
    text = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"(?<!\d)\.|\.(?!\d)|[^\w.%+]|_", "", text)


def exact_match(prediction: str, golds: Sequence[str]) -> float:
    """1.0 where the prediction is one of the golds, white space and punctuation aside."""
    return float(any(bare(prediction) == bare(gold) for gold in golds))


def character_f1(prediction: str, golds: Sequence[str]) -> float:
    """The best F1 over the characters in common, each as often as it stands in both."""
    return max((_overlap_f1(bare(prediction), bare(gold)) for gold in golds), default=0.0)


def _overlap_f1(prediction: str, gold: str) -> float:
    common = sum((Counter(prediction) & Counter(gold)).values())
    if not common:
        return float(prediction == gold)
    return 2 * common / (len(prediction) + len(gold))


# Samples


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean of n values with its 95% interval."""

    mean: float
    low: float
    high: float
    n: int


def estimate(values: Sequence[float], *, seed: int = SEED) -> Estimate | None:
    """The mean with a percentile bootstrap interval; None without values.

    Where all values are the same 0 or 1 a bootstrap would claim certainty from a handful of
    questions: there the interval is Wilson's for a proportion.
    """
    if not values:
        return None
    array = np.asarray(values, dtype=np.float64)
    mean = float(array.mean())
    if np.all(array == array[0]):
        low, high = _wilson(mean, len(array)) if mean in (0.0, 1.0) else (mean, mean)
        return Estimate(mean, low, high, len(array))
    rng = np.random.default_rng(seed)
    means = np.empty(RESAMPLES)
    # A few rows at a time: 2,000 resamples of 10,000 values would take 160 MB at once
    step = max(1, 2_000_000 // len(array))
    for start in range(0, RESAMPLES, step):
        count = min(step, RESAMPLES - start)
        means[start : start + count] = array[rng.integers(0, len(array), (count, len(array)))].mean(
            axis=1
        )
    low, high = np.percentile(means, [2.5, 97.5])
    return Estimate(mean, float(low), float(high), len(array))


def _wilson(share: float, n: int, z: float = 1.959964) -> tuple[float, float]:
    """Wilson's 95% interval of a proportion (Wilson 1927)."""
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, centre - half), min(1.0, centre + half)


def percentile(values: Sequence[float], share: float) -> float:
    """The percentile `share` (0 to 100), interpolated; nan without values."""
    return float(np.percentile(np.asarray(values, dtype=np.float64), share)) if values else math.nan


@dataclass(frozen=True, slots=True)
class Paired:
    """The difference of two runs over the same questions: `b` minus `a`, with its interval.

    `test` names the test that `p` comes from.
    """

    a: float
    b: float
    difference: float
    low: float
    high: float
    p: float
    n: int
    test: str


def paired(a: Sequence[float], b: Sequence[float], *, seed: int = SEED) -> Paired:
    """Two runs' values of the same questions, in the same order.

    McNemar's exact test for values of 0 and 1, else a permutation test of the mean difference.
    Raises ValueError where the runs do not match row for row.
    """
    if len(a) != len(b) or not a:
        raise ValueError(f"{len(a)} values but {len(b)}: they must match question for question")
    from scipy import stats

    differences = np.asarray(b, dtype=np.float64) - np.asarray(a, dtype=np.float64)
    spread = estimate(differences.tolist(), seed=seed)
    if spread is None:
        raise ValueError("no values")
    if set(a) | set(b) <= {0.0, 1.0}:
        better, worse = int((differences > 0).sum()), int((differences < 0).sum())
        test = "McNemar exact"
        changed = better + worse
        p = float(stats.binomtest(better, changed, 0.5).pvalue) if changed else 1.0
    else:
        test = "permutation"
        p = 1.0
        if len(a) > 1 and np.any(differences != 0):
            # Exchanging the two runs of a question turns its difference's sign
            result = stats.permutation_test(
                (differences,),
                lambda sample, axis: np.mean(sample, axis=axis),
                permutation_type="samples",
                vectorized=True,
                n_resamples=9_999,
                random_state=seed,
            )
            p = float(result.pvalue)
    low, high = (
        (spread.low, spread.high)
        if np.any(differences != differences[0])
        else (
            spread.mean,
            spread.mean,
        )
    )
    return Paired(float(np.mean(a)), float(np.mean(b)), spread.mean, low, high, p, len(a), test)
