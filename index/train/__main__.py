"""Trains the bundled model, or measures one.

python -m index.train --news FILE… --squad FILE… --pairs FILE… --dictionary FILE --out DIR
python -m index.train evaluate --model DIR [--squad FILE…] [--pairs FILE…]
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line: 0 when it is done."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["evaluate"]:
        return evaluate(given[1:])
    return train(given)


def train(arguments: Sequence[str]) -> int:
    """Data to a model folder."""
    from index.train.fit import Recipe
    from index.train.recipe import Data, build

    parser = argparse.ArgumentParser(prog="python -m index.train", description=__doc__)
    for name, needed, meaning in (
        ("--news", True, 'JSONL, {"text"} a line'),
        ("--squad", False, "question files in SQuAD format"),
        ("--pairs", False, "English<TAB>Chinese a line"),
    ):
        parser.add_argument(
            name, type=Path, nargs="+", default=[], required=needed, help=meaning, metavar="FILE"
        )
    parser.add_argument("--dictionary", type=Path, required=True, help="CEDICT, plain or .gz")
    parser.add_argument("--out", type=Path, required=True, help="the model's folder")
    parser.add_argument("--pieces", type=int, default=60_000, help="size of the vocabulary")
    parser.add_argument("--articles", type=int, default=40_000, help="news articles to use")
    parser.add_argument("--glosses", type=int, default=250_000, help="sentences to gloss")
    usual = Recipe()
    for name in ("steps", "batch", "dim", "rows", "seed"):
        parser.add_argument(f"--{name}", type=int, default=getattr(usual, name))
    parser.add_argument("--rate", type=float, default=usual.rate, help="learning rate")
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    recipe = Recipe(
        steps=given.steps,
        batch=given.batch,
        dim=given.dim,
        rows=given.rows,
        rate=given.rate,
        seed=given.seed,
    )
    data = Data.read(given.news, given.squad, given.pairs, given.dictionary, given.articles)
    build(data, recipe, given.out, pieces=given.pieces, glosses=given.glosses)
    return 0


def evaluate(arguments: Sequence[str]) -> int:
    """A model's scores on question and pair files, and its speed."""
    from index.train.corpus import read_pairs, read_squad
    from index.train.score import first_share, ndcg

    parser = argparse.ArgumentParser(prog="python -m index.train evaluate")
    parser.add_argument("--model", required=True, help="folder or name of the model")
    parser.add_argument("--squad", type=Path, nargs="+", default=[])
    parser.add_argument("--pairs", type=Path, nargs="+", default=[])
    given = parser.parse_args(arguments)

    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(given.model, device="cpu")

    def encode(texts: Sequence[str]) -> npt.NDArray[np.float32]:
        vectors = model.encode(list(texts), batch_size=256, normalize_embeddings=True)
        return np.asarray(vectors, dtype=np.float32)

    for path in given.squad:
        paragraphs = read_squad(path)
        print(
            f"{path.name}: nDCG@10 {ndcg(encode, paragraphs):.4f} of {len(paragraphs)} paragraphs"
        )
        passages = [item.paragraph[:250] for item in paragraphs if len(item.paragraph) >= 250]
        _speed(encode, passages, [question for item in paragraphs for question in item.questions])
    for path in given.pairs:
        pairs = read_pairs(path)
        print(f"{path.name}: first {first_share(encode, pairs):.4f} of {len(pairs)} pairs")
    return 0


def _speed(encode: object, passages: list[str], questions: list[str]) -> None:
    """Prints passages of 250 characters a second, and milliseconds a question."""
    assert callable(encode)
    many = (passages * 20)[:5000]
    began = time.perf_counter()
    encode(many)
    middle = time.perf_counter()
    for question in questions[:500]:
        encode([question])
    end = time.perf_counter()
    rate = len(many) / (middle - began)
    print(f"  {rate:.0f} passages of 250 characters a second")
    print(f"  {(end - middle) / max(1, len(questions[:500])) * 1000:.2f} ms a question")


if __name__ == "__main__":
    sys.exit(main())
