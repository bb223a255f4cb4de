"""The network that answers is the one that was trained."""

import numpy as np
import torch

from qa.reader.features import Words
from qa.reader.network import forward
from qa.reader.text import tokens
from qa.reader.train.data import Example
from qa.reader.train.fit import tensors, weights_of
from qa.reader.train.network import Network


def test_numpy_and_torch_agree() -> None:
    torch.manual_seed(0)
    words = Words.bundled("的一是工业增加值多少元亿")
    network = Network(words.vectors.shape[1], 12).eval()
    question = tokens("工业增加值是多少")
    texts = (tokens("今年工业增加值120.98亿元，同比增长13.2%。"), tokens("总产值3亿元。"))
    scores = forward(weights_of(network), words, question, texts, [2, 0])
    asked, windows, width = tensors([Example(question, texts, (2, 0), None)], words)
    with torch.no_grad():
        starts, ends = network(asked, windows)
    for row, text in enumerate(texts):
        at = slice(row * width, row * width + len(text))
        np.testing.assert_allclose(scores.starts[row], starts[0, at].numpy(), atol=1e-4)
        np.testing.assert_allclose(scores.ends[row], ends[0, at].numpy(), atol=1e-4)
    assert abs(scores.none - float(starts[0, -1])) < 1e-4
    assert (scores.starts[0][:2] < -1000).all()


def test_words_are_numbered_anew_when_there_are_too_many() -> None:
    words = Words.bundled("甲", most=3)
    first = words.numbers([tokens("工业 增加值 利润 税收")])[0]
    vector = words.vectors[first[0]].copy()
    again = words.numbers([tokens("税收 工业")])[0]
    np.testing.assert_allclose(words.vectors[again[1]], vector)
    assert len(words.words) == 3
