"""Trains the reader, and tells what it reaches on questions held out.

python -m qa.reader.train --squad FILE … --news FILE … [--asked FILE] --out DIR
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from qa.reader.features import Words
from qa.reader.train.cloze import Cloze, ClozeExamples, clozes, read_news
from qa.reader.train.data import Asked, Paragraph, QuestionExamples, read_asked, read_squad
from qa.reader.train.fit import Recipe, fit, measure, weights_of
from qa.reader.train.network import Network

log = logging.getLogger(__name__)
_OWN = 2.0  # how much more often a question on news is drawn than its number would have it
_LETTERS = 6000  # characters with an embedding of their own


def main(arguments: Sequence[str] | None = None) -> int:
    """Data to weights; 0 when it is done."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    usual = Recipe()
    parser = argparse.ArgumentParser(prog="python -m qa.reader.train", description=__doc__)
    parser.add_argument("--squad", type=Path, nargs="+", required=True, metavar="FILE")
    parser.add_argument("--news", type=Path, nargs="+", required=True, metavar="FILE")
    parser.add_argument(
        "--asked", type=Path, metavar="FILE", help="questions on the news, by id and offsets"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path, metavar="DIR", help="go on from a trained reader")
    parser.add_argument("--clozes", type=int, default=120_000)
    parser.add_argument("--first-steps", type=int, default=4000, help="on clozes alone")
    parser.add_argument("--steps", type=int, default=3500, help="on questions and clozes")
    parser.add_argument("--size", type=int, default=usual.size)
    parser.add_argument("--dropout", type=float, default=usual.dropout)
    parser.add_argument("--rate", type=float, default=usual.rate, help="learning rate")
    parser.add_argument("--seed", type=int, default=usual.seed)
    parser.add_argument(
        "--held-out", type=int, default=300, help="questions of each file to measure on instead"
    )
    given = parser.parse_args(arguments)
    recipe = Recipe(size=given.size, dropout=given.dropout, rate=given.rate, seed=given.seed)
    random = np.random.default_rng(recipe.seed)
    torch.manual_seed(recipe.seed)
    files = [read_squad(path) for path in given.squad]
    texts = read_news(given.news)
    if given.asked:
        files.append(read_asked(given.asked, texts))
    made = clozes(list(texts.values()), given.clozes, random)
    log.info("%d clozes", len(made))
    characters = letters(files, made)
    if given.start:
        config = json.loads((given.start / "config.json").read_text(encoding="utf-8"))
        characters = config["characters"]
    words = Words.bundled(characters, most=200_000)
    network = Network(words.vectors.shape[1], len(characters), recipe.size, recipe.dropout)
    if given.start:
        load(network, given.start)
    log.info("%d parameters", sum(p.numel() for p in network.parameters()))
    news = ClozeExamples(made)
    questions = [QuestionExamples(p, a[: len(a) - given.held_out], words) for p, a in files]
    names = [path.name for path in [*given.squad, *([given.asked] if given.asked else [])]]
    held = [
        (name, p, [q for q in a[len(a) - given.held_out :] if q.answers])
        for name, (p, a) in zip(names, files, strict=True)
    ]
    if given.first_steps:
        network = fit(network, [(1.0, news)], words, given.first_steps, recipe)
        report(network, words, held)
        save(network, characters, given.out)
    if not given.steps:
        return 0
    shares = [(float(len(q.asked)) ** 0.75, q) for q in questions]
    if given.asked:
        shares[-1] = (_OWN * shares[-1][0], shares[-1][1])
    total = sum(share for share, _ in shares)
    network = fit(network, [*shares, (0.3 * total, news)], words, given.steps, recipe)
    report(network, words, held)
    save(network, characters, given.out)
    return 0


def letters(files: Sequence[tuple[list[Paragraph], list[Asked]]], made: Sequence[Cloze]) -> str:
    """The commonest characters of the training texts, the commonest first."""
    counts: Counter[str] = Counter()
    for paragraphs, _ in files:
        for paragraph in paragraphs:
            counts.update("".join(paragraph.tokens.words))
    for one in made[:20_000]:
        counts.update(one.text)
    return "".join(c for c, _ in counts.most_common(_LETTERS) if not c.isspace())


def report(
    network: Network, words: Words, held: Sequence[tuple[str, list[Paragraph], list[Asked]]]
) -> None:
    """Tell what is reached on the questions held out."""
    weights = weights_of(network)
    for name, paragraphs, asked in held:
        log.info("%s: %s", name, measure(weights, words, paragraphs, asked))


def load(network: Network, folder: Path) -> None:
    """Take over the weights that are saved in a folder."""
    from safetensors.numpy import load_file

    halved = load_file(folder / "reader.safetensors")
    network.load_state_dict({name: torch.from_numpy(part).float() for name, part in halved.items()})


def save(network: Network, characters: str, out: Path) -> None:
    """Write the weights in half precision, and what they need beside them."""
    from safetensors.numpy import save_file

    out.mkdir(parents=True, exist_ok=True)
    halved = {name: part.astype(np.float16) for name, part in weights_of(network).items()}
    save_file(halved, str(out / "reader.safetensors"))
    config = {"characters": characters}
    text = json.dumps(config, ensure_ascii=False) + "\n"
    (out / "config.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
