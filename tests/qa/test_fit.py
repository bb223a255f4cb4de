"""Fitting finds the feature that tells right from wrong."""

from __future__ import annotations

import json

import numpy as np
import pytest

from index import build_index
from qa.fit import Example, examples, fit, main, ndcg
from qa.rank import NAMES
from qa.retrieve import Retriever
from tests.conftest import LetterEncoder


def example(rng: np.random.Generator, telling: int) -> Example:
    features = rng.random((6, len(NAMES))).astype(np.float32)
    gold = int(features[:, telling].argmax())
    return Example(features, np.arange(6, dtype=np.int32), gold)


def test_the_telling_feature_gets_the_weight():
    rng = np.random.default_rng(0)
    train = [example(rng, 3) for _ in range(200)]
    weights = fit(train, range(len(NAMES)))
    assert weights.argmax() == 3
    assert np.abs(np.delete(weights, 3)).max() < weights[3] / 4
    assert ndcg(train, weights) > 0.95
    assert fit(train, [0, 1])[2:].any() == np.False_


def test_ndcg_against_a_hand_worked_example():
    features = np.zeros((3, len(NAMES)), np.float32)
    features[:, 0] = [0.9, 0.8, 0.1]
    weights = np.eye(len(NAMES))[0]
    second = Example(features, np.array([5, 7, 7], np.int32), 7)
    absent = Example(features, np.array([5, 7, 7], np.int32), 9)
    assert ndcg([second], weights) == pytest.approx(1 / np.log2(3))
    assert ndcg([second, absent], weights) == pytest.approx(1 / np.log2(3) / 2)


def test_the_command_prints_weights_and_scores(collection, tmp_path, capsys):
    build_index(collection, tmp_path / "i", encoder=LetterEncoder()).close()
    questions = tmp_path / "q.jsonl"
    records = [
        {"question": "清远2024年工业增加值", "id": "qy-2024"},
        {"question": "樱花", "id": "jy-photo"},
    ]
    questions.write_text("\n".join(json.dumps(r) for r in records), "utf-8")
    assert main([str(tmp_path / "i"), str(questions)], LetterEncoder()) == 0
    out = capsys.readouterr().out
    assert all(f'"{name}"' in out for name in NAMES)
    assert "2 questions, nDCG@10" in out


def test_a_gold_article_that_is_missing_is_an_error(collection, tmp_path):
    build_index(collection, tmp_path / "i", encoder=LetterEncoder()).close()
    questions = tmp_path / "q.jsonl"
    questions.write_text('{"question": "樱花", "id": "nowhere"}', "utf-8")
    with pytest.raises(KeyError, match="nowhere"):
        list(examples(Retriever.open(tmp_path / "i", LetterEncoder()), questions))
