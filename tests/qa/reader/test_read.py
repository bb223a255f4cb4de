"""Windows over texts, and what is made of the scores."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from qa.reader.read import Read, Reader, Stretch, bundled, cut
from qa.reader.text import tokens

LINES = "".join(f"第{n}天，甲镇收了{n + 3}吨粮食，乙镇收了{n + 5}吨。" for n in range(1, 60))


@pytest.mark.parametrize("text", ["", "甲", LINES, "甲" * 900])
def test_windows_hold_every_token_and_are_no_longer_than_allowed(text: str) -> None:
    whole = tokens(text)
    windows = cut(whole, 150)
    assert all(len(window) <= 150 for window in windows)
    held = {(a, b) for w in windows for a, b in zip(w.starts, w.ends, strict=True)}
    assert held == set(zip(whole.starts.tolist(), whole.ends.tolist(), strict=True))


def test_spans_are_the_likeliest_and_do_not_overlap() -> None:
    read = Read(
        np.array([0, 2, 4, 6], np.int32),
        np.array([2, 4, 6, 8], np.int32),
        np.array([0, 3, -1, 2], np.float32),
        np.array([0, 0, 4, 1], np.float32),
    )
    first, second = read.spans(0, 8)[:2]
    assert (first.start, first.end, first.odds) == (2, 6, 7.0)
    assert (second.start, second.end, second.odds) == (6, 8, 3.0)
    assert read.spans(6, 8)[0].odds == 3.0
    assert read.odds(2, 6) == 7.0
    assert read.odds(20, 30) == -np.inf


@pytest.fixture(scope="module")
def reader() -> Reader:
    return bundled()


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        (
            "云岭水库的库容是多少？",
            "云岭水库建于1958年，库容3200万立方米，灌溉农田12万亩。",
            "3200万",
        ),
        (
            "云岭水库是哪一年建的？",
            "云岭水库建于1958年，库容3200万立方米，灌溉农田12万亩。",
            "1958年",
        ),
        ("谁修了这座桥？", "这座石桥由县令李守成主持修建，用了三年时间。", "李守成"),
    ],
)
def test_the_bundled_reader_finds_what_is_asked_for(
    reader: Reader, question: str, text: str, answer: str
) -> None:
    [read] = reader.read(question, [Stretch("", text, 0, len(text))])
    best = read.spans(0, len(text))[0]
    assert answer in text[best.start : best.end + 1]


def test_what_is_not_told_is_less_likely_than_what_is(reader: Reader) -> None:
    told = "云岭水库建于1958年，库容3200万立方米。"
    other = "县里的足球队上周末以三比一赢了邻县的球队。"
    one = reader.read("云岭水库的库容是多少？", [Stretch("", told, 0, len(told))])[0]
    two = reader.read("云岭水库的库容是多少？", [Stretch("", other, 0, len(other))])[0]
    assert one.spans(0, len(told))[0].odds > two.spans(0, len(other))[0].odds


def test_offsets_count_in_the_whole_text_and_the_title_never_answers(reader: Reader) -> None:
    text = "前言。" * 5 + "云岭水库的库容是3200万立方米。" + "后记。" * 5
    start = text.index("云岭")
    [read] = reader.read("库容是多少？", [Stretch("云岭水库", text, start, start + 18)])
    assert read.starts[0] == start
    best = read.spans(0, len(text))[0]
    assert "3200" in text[best.start : best.end]


def test_nothing_asked_or_nothing_to_read_is_no_answer(reader: Reader) -> None:
    assert reader.read("什么？", []) == []
    [read] = reader.read("  ", [Stretch("", "甲乙丙。", 0, 4)])
    assert read.spans(0, 4) == []


def test_several_may_read_at_once(reader: Reader) -> None:
    texts = [f"{name}水库的库容是{n}万立方米。" for n, name in enumerate("甲乙丙丁戊己庚辛", 100)]

    def odds(text: str) -> float:
        stretches = [Stretch("", text, 0, len(text))]
        return reader.read(f"{text[:3]}的库容是多少？", stretches)[0].spans(0, len(text))[0].odds

    alone = [odds(text) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(odds, texts * 4)) == pytest.approx(alone * 4, abs=1e-3)
