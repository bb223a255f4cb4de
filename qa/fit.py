"""python -m qa.fit INDEX QUESTIONS.jsonl ...: fit the ranker's weights on training questions.

Each pair is an index and a JSONL file of {"question", "id"}, `id` being the article that answers.
The weights make the softmax over a question's candidates put its mass on passages of that article;
they are printed to be pasted into `qa.rank`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index import Encoder
from qa.rank import NAMES, WEIGHTS, Features
from qa.retrieve import Retriever

# How much large weights cost, so that features that say the same share their weight.
DECAY = 1e-4
# How steep the softmax is; it only scales the weights.
STEEP = 10.0


@dataclass(frozen=True, slots=True)
class Example:
    """One question: its candidates' features, the article of each, and the article that answers."""

    features: Features
    articles: npt.NDArray[np.int32]
    gold: int


def examples(retriever: Retriever, questions: Path) -> Iterator[Example]:
    """The questions of a file, put to the retriever. KeyError for a gold article not there."""
    now = retriever.index.current
    with questions.open(encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            gold = now.database.article_row(record["id"])
            rows, features = retriever.features(record["question"])
            yield Example(features, now.owners[rows], gold)


def fit(train: Sequence[Example], used: Sequence[int]) -> npt.NDArray[np.float64]:
    """Weights of shape (features,), 0 for those not `used`."""
    from scipy.optimize import minimize

    reached = [e for e in train if (e.articles == e.gold).any()]
    stacked = np.concatenate([e.features[:, used] for e in reached]).astype(np.float64)
    gold = np.concatenate([e.articles == e.gold for e in reached])
    starts = np.cumsum([0] + [len(e.articles) for e in reached[:-1]])
    owner = np.repeat(np.arange(len(reached)), [len(e.articles) for e in reached])

    def loss(weights: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        scores = STEEP * stacked @ weights
        top = np.maximum.reduceat(scores, starts)
        mass = np.exp(scores - top[owner])
        all_, right = np.add.reduceat(mass, starts), np.add.reduceat(mass * gold, starts)
        right = np.maximum(right, 1e-300)
        pull = mass / all_[owner] - mass * gold / right[owner]
        value = float(np.mean(np.log(all_ / right)) + DECAY * weights @ weights)
        return value, STEEP * (pull @ stacked) / len(reached) + 2 * DECAY * weights

    # No feature may speak against a passage: where one would, it only says what another says.
    bounds = [(0, None)] * len(used)
    found = minimize(loss, np.full(len(used), 0.1), jac=True, method="L-BFGS-B", bounds=bounds)
    weights = np.zeros(len(NAMES))
    weights[list(used)] = found.x
    return weights


def ndcg(test: Sequence[Example], weights: npt.NDArray[np.float64]) -> float:
    """nDCG@10 of articles, each ranked by its best passage; a question not reached counts 0."""
    gains = []
    for one in test:
        scores = one.features @ weights
        mine = scores[one.articles == one.gold]
        if not len(mine):
            gains.append(0.0)
            continue
        rank = len(set(one.articles[scores > mine.max()].tolist()))
        gains.append(1 / np.log2(rank + 2) if rank < 10 else 0.0)
    return float(np.mean(gains))


def main(arguments: Sequence[str] | None = None, encoder: Encoder | None = None) -> int:
    """Fit, and print the weights and what they reach on each file."""
    parser = argparse.ArgumentParser(prog="python -m qa.fit", description="Fit the ranker.")
    parser.add_argument("pairs", nargs="+", type=Path, metavar="INDEX QUESTIONS.jsonl")
    parser.add_argument("--test", action="append", default=[], nargs=2, type=Path)
    options = parser.parse_args(arguments)
    if len(options.pairs) % 2:
        parser.error("indexes and question files come in pairs")
    train = [
        _read(index, questions, encoder)
        for index, questions in zip(options.pairs[::2], options.pairs[1::2], strict=True)
    ]
    test = [_read(index, questions, encoder) for index, questions in options.test]
    weights = fit([e for part in train for e in part], range(len(NAMES)))
    lines = [json.dumps(dict(zip(NAMES, weights.round(3).tolist(), strict=True)), indent=4)]
    now = np.array([WEIGHTS.get(name, 0.0) for name in NAMES])
    only = np.array([float(name == "bm25") for name in NAMES])
    for part in [*train, *test]:
        scores = {"fitted": weights, "in force": now, "bm25": only}
        reached = {name: round(ndcg(part, w), 4) for name, w in scores.items()}
        lines.append(f"{len(part)} questions, nDCG@10: {reached}")
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _read(index: Path, questions: Path, encoder: Encoder | None) -> list[Example]:
    return list(examples(Retriever.open(index, encoder), questions))


if __name__ == "__main__":
    sys.exit(main())
