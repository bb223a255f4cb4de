"""The training loop of the reader, and what it reaches on questions that it has not seen."""

from __future__ import annotations

import logging
import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from index.lexical import fold
from qa.reader.features import CHARACTERS, FEATURES, Words
from qa.reader.network import Scores, Weights, forward
from qa.reader.read import LONGEST, cut, titled
from qa.reader.text import Tokens
from qa.reader.train.data import Asked, Example, Paragraph, Random, Source
from qa.reader.train.network import Network

log = logging.getLogger(__name__)
_LOOKED_AHEAD = 40  # batches sorted by length together, so that little is padded


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train: first on the first source alone, then on all by their shares."""

    size: int = 96
    dropout: float = 0.2
    batch: int = 24
    rate: float = 2e-3
    decay: float = 0.01
    averaged: float = 0.998  # how slowly the averaged weights, which are kept, follow
    seed: int = 1
    report: int = 200


def fit(
    network: Network,
    sources: Sequence[tuple[float, Source]],
    words: Words,
    steps: int,
    recipe: Recipe,
) -> Network:
    """Train for `steps` batches drawn from the sources by their shares; gives averaged weights."""
    random = np.random.default_rng(recipe.seed)
    optimizer = torch.optim.AdamW(
        network.parameters(), lr=recipe.rate, weight_decay=recipe.decay, betas=(0.9, 0.98)
    )
    average = {name: part.detach().clone() for name, part in network.state_dict().items()}
    began, recent, step = time.monotonic(), 0.0, 0
    network.train()
    while step < steps:
        for batch in _batches(sources, recipe.batch, random):
            step += 1
            for group in optimizer.param_groups:
                group["lr"] = recipe.rate * _schedule(step, steps)
            loss = _loss(network, batch, words)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimizer.step()
            recent += loss.item()
            keep = min(recipe.averaged, step / (step + 10))
            for name, part in network.state_dict().items():
                average[name].lerp_(part, 1 - keep)
            if step % recipe.report == 0:
                seconds = time.monotonic() - began
                log.info("step %d: loss %.3f, %.0f s", step, recent / recipe.report, seconds)
                recent = 0.0
            if step == steps:
                break
    network.load_state_dict(average)
    return network


def _schedule(step: int, steps: int) -> float:
    """The learning rate's share: up within 200 steps, then down to a fortieth."""
    return min(1.0, step / 200) * max(0.025, 1.0 - step / steps)


def _batches(
    sources: Sequence[tuple[float, Source]], size: int, random: Random
) -> list[list[Example]]:
    """Many batches at once, of examples of like length, in random order."""
    total = sum(share for share, _ in sources)
    drawn: list[Example] = []
    for share, source in sources:
        drawn += source.draw(round(_LOOKED_AHEAD * size * share / total), random)
    keys = [(len(e.windows), max(map(len, e.windows)) + random.integers(0, 12)) for e in drawn]
    order = sorted(range(len(drawn)), key=lambda n: keys[n])
    batches = [
        [drawn[n] for n in order[at : at + size]] for at in range(0, len(drawn) - size + 1, size)
    ]
    return [batches[int(n)] for n in random.permutation(len(batches))]


def _loss(network: Network, batch: Sequence[Example], words: Words) -> Tensor:
    """Cross-entropy of where the answer begins and ends, among all tokens and "there is none"."""
    question, windows, width = tensors(batch, words)
    starts, ends = network(question, windows)
    last = starts.shape[1] - 1
    begin, stop = [], []
    for example in batch:
        row, first, final = example.answer or (0, last, last)
        begin.append(row * width + first if example.answer else last)
        stop.append(row * width + final if example.answer else last)
    nll = torch.nn.functional.cross_entropy
    return nll(starts, torch.tensor(begin)) + nll(ends, torch.tensor(stop))


def tensors(
    batch: Sequence[Example], words: Words
) -> tuple[dict[str, Tensor], dict[str, Tensor], int]:
    """What the network takes of a batch, padded; and how long its windows are with padding."""
    count = max(len(e.windows) for e in batch)
    questions = [e.question.part(0, LONGEST) for e in batch]
    numbers = words.numbers([*questions, *(w for e in batch for w in e.windows)])
    asked, flat = numbers[: len(batch)], numbers[len(batch) :]
    longest = max(len(n) for n in asked)
    width = max(len(w) for e in batch for w in e.windows)
    q_ids, q_tags = _zeros(len(batch), longest), _zeros(len(batch), longest)
    q_match = np.zeros((len(batch), longest, FEATURES), np.float32)
    ids, tags = _zeros(len(batch), count, width), _zeros(len(batch), count, width)
    match = np.zeros((len(batch), count, width, FEATURES), np.float32)
    mask = np.zeros((len(batch), count, width), np.float32)
    shown = np.zeros_like(mask)
    at = 0
    for row, (example, mine) in enumerate(zip(batch, asked, strict=True)):
        q_ids[row, : len(mine)] = mine
        q_tags[row, : len(mine)] = questions[row].tags
        q_match[row, : len(mine)] = words.of_question(mine)
        for column, (window, first) in enumerate(zip(example.windows, example.shown, strict=True)):
            n = len(window)
            ids[row, column, :n], tags[row, column, :n] = flat[at], window.tags
            match[row, column, :n] = words.of_passage(flat[at], mine)
            mask[row, column, :n] = 1
            shown[row, column, first:n] = 1
            at += 1
    q_mask = (np.arange(longest) < np.array([len(n) for n in asked])[:, None]).astype(np.float32)
    return (
        _looked_up(words, q_ids, q_tags, q_match, q_mask),
        _looked_up(words, ids, tags, match, mask) | {"shown": torch.from_numpy(shown)},
        width,
    )


def _zeros(*shape: int) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return np.zeros(shape, np.int64)


def _looked_up(
    words: Words,
    ids: np.ndarray[tuple[int, ...], np.dtype[np.int64]],
    tags: np.ndarray[tuple[int, ...], np.dtype[np.int64]],
    match: np.ndarray[tuple[int, ...], np.dtype[np.float32]],
    mask: np.ndarray[tuple[int, ...], np.dtype[np.float32]],
) -> dict[str, Tensor]:
    characters = words.characters[ids].astype(np.int64)
    assert characters.shape[-1] == CHARACTERS
    return {
        "vectors": torch.from_numpy(words.vectors[ids]),
        "characters": torch.from_numpy(characters),
        "tags": torch.from_numpy(tags),
        "features": torch.from_numpy(match),
        "mask": torch.from_numpy(mask),
    }


def weights_of(network: Network) -> dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float32]]]:
    """The network's parameters as numpy has them."""
    return {name: part.detach().float().numpy() for name, part in network.state_dict().items()}


@dataclass(frozen=True, slots=True)
class Reached:
    """Shares of questions: answer exact, characters in common (F1), the sentence, none where none.

    `kept` is the share of those that have an answer where one is given at the threshold at which
    as many of the others are refused.
    """

    exact: float
    f1: float
    sentence: float
    kept: float


def measure(
    weights: Weights, words: Words, paragraphs: Sequence[Paragraph], asked: Sequence[Asked]
) -> Reached:
    """The reader on whole paragraphs, with the wrong paragraphs of other questions for refusals."""
    exact = f1 = sentence = 0.0
    sure: list[float] = []
    unsure: list[float] = []
    for number, one in enumerate(asked):
        paragraph = paragraphs[one.paragraph]
        text, found, certain = _answered(weights, words, one.question, paragraph)
        answers = [fold(a) for a in one.answers]
        exact += any(found == a for a in answers)
        f1 += max(common(found, a) for a in answers)
        sentence += any(a in text for a in answers)
        sure.append(certain)
        other = paragraphs[asked[(number + len(asked) // 2) % len(asked)].paragraph]
        unsure.append(_answered(weights, words, one.question, other)[2])
    count = len(asked)
    both = np.sort(np.array(sure))
    at = next((q for q in both if np.mean(np.array(unsure) < q) >= np.mean(both >= q)), 0.0)
    return Reached(exact / count, f1 / count, sentence / count, float(np.mean(both >= at)))


def _answered(
    weights: Weights, words: Words, question: Tokens, paragraph: Paragraph
) -> tuple[str, str, float]:
    """The sentence and the answer that the reader finds, both folded, and how sure it is."""
    pieces = cut(paragraph.tokens)
    windows = [titled(paragraph.title, piece) for piece in pieces]
    shown = [len(w) - len(p) for w, p in zip(windows, pieces, strict=True)]
    scores = forward(weights, words, question, windows, shown)
    row, first, last, certain = best(scores)
    window = windows[row]
    folded = fold(paragraph.text)
    start, end = int(window.starts[first]), int(window.ends[last])
    left = max((folded.rfind(c, 0, start) for c in "。！？；\n"), default=-1) + 1
    stops = [at for c in "。！？；\n" if (at := folded.find(c, end - 1)) >= 0]
    return folded[left : min(stops, default=len(folded)) + 1], folded[start:end], certain


def best(scores: Scores, longest: int = 40) -> tuple[int, int, int, float]:
    """Window, first and last token of the likeliest answer, and its lead over "there is none"."""
    found = (0, 0, 0, -np.inf)
    for row, (starts, ends) in enumerate(zip(scores.starts, scores.ends, strict=True)):
        for first in np.argsort(-starts)[:20]:
            last = int(first + np.argmax(ends[first : first + longest]))
            value = float(starts[first] + ends[last]) - 2 * scores.none
            if value > found[3]:
                found = (row, int(first), last, value)
    return found


def common(found: str, answer: str) -> float:
    """F1 over characters, punctuation left out."""
    a, b = (Counter(re.sub(r"\W", "", text)) for text in (found, answer))
    shared = sum((a & b).values())
    return 2 * shared / (a.total() + b.total()) if shared else 0.0
