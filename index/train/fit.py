"""The training loop: contrastive, with the other pairs of a batch as negatives."""

from __future__ import annotations

import functools
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional

from index.train.pairs import Pairs, Ragged, Source, join

log = logging.getLogger(__name__)
Table = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train: `batch` pairs a step."""

    steps: int = 900
    batch: int = 2048
    dim: int = 512
    rows: int = 34_000  # vectors to learn; tokens are more, and the rare ones share
    rate: float = 0.1
    length_rate: float = 0.3  # how fast the lengths of vectors learn, as a share of `rate`
    temperature: float = 0.05
    seed: int = 1
    report: int = 100


def frequency_weight(rows: Sequence[Ragged], size: int, a: float = 5e-5) -> Table:
    """The weight a / (a + p) of a token of share p: near 1 for rare tokens, near 0 for common ones.

    Arora et al., "A Simple but Tough-to-Beat Baseline for Sentence Embeddings", 2017.
    """
    counts = np.zeros(size)
    for part in rows:
        counts += np.bincount(part.tokens, minlength=size)
    share = counts / max(1.0, counts.sum())
    weight: Table = (a / (a + share)).astype(np.float32)
    return weight


@dataclass(frozen=True, slots=True)
class Model:
    """A trained table: token i is `rows[mapping[i]] * length[i]`."""

    rows: Table
    mapping: npt.NDArray[np.int32]
    length: Table

    def unit(self, texts: Ragged) -> Table:
        """The tokenised texts as unit rows of float32, (n, dim); zeros for an empty text."""
        vectors = functional.embedding_bag(
            torch.from_numpy(self.mapping[texts.tokens]),
            torch.from_numpy(self.rows),
            torch.from_numpy(texts.offsets[:-1].astype(np.int32)),
            mode="sum",
            per_sample_weights=torch.from_numpy(self.length[texts.tokens]),
        )
        found: Table = functional.normalize(vectors, dim=1).numpy()
        return found


def shared_rows(weight: Table, rows: int, random: np.random.Generator) -> npt.NDArray[np.int32]:
    """Which row each token has: a common token its own, the rare ones several to a row.

    Half of the rows are shared. Two rare words of one row are seldom in one passage, and more
    dimensions for all are worth more than a row for each.
    """
    if rows >= len(weight):
        return np.arange(len(weight), dtype=np.int32)
    mapping = np.empty(len(weight), dtype=np.int32)
    order = np.argsort(weight + random.random(len(weight)) * 1e-6)
    own = rows // 2
    mapping[order[:own]] = np.arange(own)
    mapping[order[own:]] = own + np.arange(len(weight) - own) % (rows - own)
    return mapping


def fit(
    sources: Sequence[tuple[float, Source]],
    weight: Table,
    recipe: Recipe,
    progress: Callable[[int, Model], None] | None = None,
) -> Model:
    """A table trained on pairs drawn from the sources by their shares.

    `weight` is the length that each token's vector starts with. `progress` is called with the
    model every `recipe.report` steps.
    """
    random = np.random.default_rng(recipe.seed)
    mapping = shared_rows(weight, recipe.rows, random)
    # Tokens that share a row stand on opposite sides of it as often as on one: an accidental
    # likeness finds wrong passages, an accidental opposite finds none.
    sign = random.choice(np.array([-1, 1], dtype=np.float32), len(weight))
    start = random.standard_normal((int(mapping.max()) + 1, recipe.dim), dtype=np.float32)
    table = torch.nn.Parameter(torch.from_numpy(start))
    # A token's length is a number of its own: a step of Adam is as long for a common token as for
    # a rare one, and would soon make the short vector of a common one long and full of noise.
    length = torch.nn.Parameter(torch.from_numpy(np.log(weight)))
    groups = [{"params": [table], "share": 1.0}, {"params": [length], "share": recipe.length_rate}]
    optimizer = torch.optim.Adam(groups, lr=recipe.rate, fused=True)
    share = np.array([part for part, _ in sources]) / sum(part for part, _ in sources)
    counts = np.maximum(2, (share * recipe.batch).astype(int) // 2 * 2)

    def model() -> Model:
        return Model(table.detach().numpy(), mapping, sign * np.exp(length.detach().numpy()))

    began, recent = time.monotonic(), 0.0
    for step in range(1, recipe.steps + 1):
        for group in optimizer.param_groups:
            group["lr"] = recipe.rate * group["share"] * _schedule(step / recipe.steps)
        drawn = [s.draw(int(n), random) for (_, s), n in zip(sources, counts, strict=True)]
        loss, table.grad, length.grad = gradients(model(), drawn, recipe.temperature)
        optimizer.step()
        recent += loss
        if step % recipe.report == 0:
            seconds = time.monotonic() - began
            log.info("step %d: loss %.3f, %.0f s", step, recent / recipe.report, seconds)
            recent = 0.0
            if progress:
                progress(step, model())
    return model()


def _schedule(done: float) -> float:
    """The learning rate's share: up within the first 3% of the steps, then down to a fiftieth."""
    return min(1.0, done / 0.03) * max(0.02, 1.0 - done)


def gradients(
    model: Model, drawn: Sequence[Pairs], temperature: float
) -> tuple[float, torch.Tensor, torch.Tensor]:
    """The loss, and its gradients by the rows and by the logarithms of the tokens' lengths.

    Written out by hand: the texts of a batch as one sparse matrix of token counts take a quarter
    of the time that an embedding bag and its automatic gradient do.
    """
    counts, tokens = _counts([p.queries for p in drawn] + [p.passages for p in drawn])
    scale = torch.from_numpy(model.length[tokens])[:, None]
    rows = torch.from_numpy(model.mapping[tokens]).long()
    table = torch.from_numpy(model.rows)
    vectors = table[rows] * scale
    texts = torch.from_numpy(counts @ vectors.numpy())
    norms = texts.norm(dim=1, keepdim=True).clamp_min(1e-6)
    unit = texts / norms
    # Groups are numbered anew for each source, so that those of two never coincide.
    group = np.concatenate([p.group * len(drawn) + i for i, p in enumerate(drawn)])
    loss, by_unit = contrast(unit, torch.from_numpy(group), temperature)
    by_texts = (by_unit - unit * (unit * by_unit).sum(dim=1, keepdim=True)) / norms
    by_vectors = torch.from_numpy(counts.T.tocsr() @ by_texts.numpy())
    by_table = torch.zeros_like(table).index_add_(0, rows, by_vectors * scale)
    by_length = torch.zeros(len(model.length))
    by_length[torch.from_numpy(tokens)] = (vectors * by_vectors).sum(dim=1)
    return loss, by_table, by_length


def contrast(
    unit: torch.Tensor, group: torch.Tensor, temperature: float
) -> tuple[float, torch.Tensor]:
    """The loss of n queries and, below them, their n passages; and its gradient by them.

    Cross-entropy of finding the passage by the query and the query by the passage, averaged.
    Cosines are bounded, so that their exponentials need no shifting; half precision is enough
    for the products of which there are n times n, where the processor knows it.
    """
    n = len(unit) // 2
    short = unit.to(_product_type())
    queries, passages = short[:n], short[n:]
    right = (unit[:n] * unit[n:]).sum(dim=1) / temperature
    scores = (queries @ passages.T).float().div_(temperature).exp_()
    scores.masked_fill_((group[:, None] == group[None, :]), 0.0)
    scores.diagonal().copy_(right.exp())
    by_row, by_column = scores.sum(dim=1), scores.sum(dim=0)
    loss = (by_row.log() + by_column.log() - 2 * right).mean() / 2
    share = scores.mul_(1 / by_row[:, None] + 1 / by_column[None, :])
    share.diagonal().sub_(2.0)
    share = share.to(short.dtype)
    found = torch.cat([share @ passages, share.T @ queries]).float()
    return float(loss), found / (2 * n * temperature)


@functools.cache
def _product_type() -> torch.dtype:
    """bfloat16, or float32 where the processor would only imitate bfloat16, 200 times slower."""
    known = torch.ops.mkldnn._is_mkldnn_bf16_supported()
    return torch.bfloat16 if known else torch.float32


def _counts(parts: Sequence[Ragged]) -> tuple[Any, npt.NDArray[np.int64]]:
    """How often each text has each token, as a sparse matrix; and the tokens of its columns."""
    from scipy.sparse import csr_matrix

    texts = join(parts)
    tokens, columns = np.unique(texts.tokens, return_inverse=True)
    ones = np.ones(len(columns), dtype=np.float32)
    shape = (len(texts), len(tokens))
    counts = csr_matrix((ones, columns.astype(np.int32), texts.offsets), shape=shape)
    counts.sum_duplicates()
    return counts, tokens.astype(np.int64)
