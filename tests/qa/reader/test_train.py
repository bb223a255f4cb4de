"""Training data: clozes ask for what stands in the text; a small training learns."""

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
import torch

from qa.reader.features import Words
from qa.reader.text import tokens
from qa.reader.train import __main__ as command
from qa.reader.train.cloze import ClozeExamples, clozes
from qa.reader.train.data import QuestionExamples, changed, read_asked, read_squad, window
from qa.reader.train.fit import Recipe, common, fit, measure, weights_of
from qa.reader.train.network import Network

TOWNS = ("青山镇", "白水镇", "红旗镇", "石桥镇", "柳林镇", "沙河镇", "东岭镇", "南湖镇")
NEWS = [
    f"{town}今年粮食产量{n}.{n % 7}万吨，同比增长{n % 9 + 1}.5%。"
    f"该镇有农户{n * 13}户、合作社{n + 2}家。"
    f"为了方便农户卖粮，{town}新建了{n % 5 + 2}座烘干房，总投资{n * 120}万元。"
    f"{n % 12 + 1}月{n % 27 + 1}日，全县现场会在{town}召开，粮站、农机站、供销社等单位参加。"
    for n, town in enumerate(TOWNS * 6, 11)
]


@pytest.fixture(scope="module")
def squad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    paragraphs = []
    for n, text in enumerate(NEWS):
        answer = text[text.index("产量") + 2 : text.index("万吨") + 2]
        question = f"{text[:3]}的粮食产量是多少？"
        found = {"text": answer, "answer_start": text.index(answer)}
        asked = {"id": f"q{n}", "question": question, "answers": [found]}
        paragraphs.append({"context": text, "qas": [asked]})
    path = tmp_path_factory.mktemp("squad") / "train.json"
    path.write_text(json.dumps({"data": [{"title": "粮食", "paragraphs": paragraphs}]}), "utf-8")
    return path


def test_answers_of_questions_are_found_as_tokens(squad: Path) -> None:
    paragraphs, asked = read_squad(squad)
    assert len(paragraphs) == len(asked) == len(NEWS)
    for one in asked:
        inside = paragraphs[one.paragraph]
        start, end = inside.tokens.starts[one.first], inside.tokens.ends[one.last]
        assert inside.text[start:end] == one.answers[0]


def test_questions_on_the_news_are_known_by_offsets_alone(tmp_path: Path) -> None:
    texts = {"n-1": NEWS[0], "n-2": NEWS[1]}
    start = NEWS[1].index("新建了") + 3
    lines = [
        {"id": "n-2", "question": "建了几座烘干房？", "start": start, "end": start + 2},
        {"id": "n-1", "question": "该镇的镇长是谁？"},
        {"id": "elsewhere", "question": "谁？", "start": 0, "end": 2},
    ]
    path = tmp_path / "asked.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    packed = tmp_path / "asked.jsonl.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert len(read_asked(packed, texts)[1]) == len(read_asked(path, texts)[1])
    paragraphs, asked = read_asked(path, texts)
    assert [one.answers for one in asked] == [(NEWS[1][start : start + 2],), ()]
    assert paragraphs[asked[0].paragraph].text == NEWS[1]


def test_a_cloze_asks_for_what_its_text_says_and_does_not_say_it() -> None:
    made = clozes(NEWS, 60, np.random.default_rng(1))
    assert len(made) >= 30
    for one in made:
        answer = one.text[one.start : one.end]
        assert answer.strip()
        assert one.end <= len(one.text)
        assert answer not in one.question or len(answer) < 4


def test_examples_point_at_their_answers(squad: Path) -> None:
    random = np.random.default_rng(2)
    paragraphs, asked = read_squad(squad)
    words = Words.bundled("粮食产量")
    drawn = QuestionExamples(paragraphs, asked, words).draw(60, random)
    drawn += ClozeExamples(clozes(NEWS, 60, random)).draw(60, random)
    assert any(e.answer is None for e in drawn)
    for example in drawn:
        if example.answer is not None:
            row, first, last = example.answer
            assert example.shown[row] <= first <= last < len(example.windows[row])


def test_a_changed_question_names_what_the_text_does_not() -> None:
    text = tokens("青山镇2021年粮食产量3万吨。")
    question = tokens("青山镇2021年粮食产量是多少？")
    others = {int(t): ["白水镇", "2019", "油菜"] for t in question.tags}
    other = changed(question, text, others, np.random.default_rng(0))
    assert other is not None
    assert other.words != question.words
    assert sum(a != b for a, b in zip(other.words, question.words, strict=True)) == 1


def test_windows_hold_their_span() -> None:
    random = np.random.default_rng(3)
    for _ in range(50):
        low, high = window(400, (180, 190), 150, random)
        assert 0 <= low <= 180
        assert 190 < high <= 400
        assert high - low == 150


def test_a_short_training_learns_where_the_figure_stands(squad: Path) -> None:
    paragraphs, asked = read_squad(squad)
    words = Words.bundled("粮食产量万吨")
    torch.manual_seed(0)
    network = Network(words.vectors.shape[1], 6, size=32, dropout=0.0)
    before = measure(weights_of(network), words, paragraphs, asked[-8:])
    source = QuestionExamples(paragraphs, asked[:-8], words, without=0.0, changed=0.0)
    trained = fit(network, [(1.0, source)], words, 40, Recipe(size=32, batch=12, rate=5e-3))
    after = measure(weights_of(trained), words, paragraphs, asked[-8:])
    assert after.f1 > before.f1 + 0.2


def test_the_command_writes_a_reader_that_loads(squad: Path, tmp_path: Path) -> None:
    from qa.reader.read import Reader, Stretch

    news = tmp_path / "news.jsonl"
    news.write_text("".join(json.dumps({"text": t}) + "\n" for t in NEWS), "utf-8")
    out = tmp_path / "model"
    arguments = ["--squad", squad, "--news", news, "--out", out, "--clozes", 40]
    arguments += ["--first-steps", 2, "--steps", 2, "--size", 32, "--held-out", 4]
    assert command.main([str(a) for a in arguments]) == 0
    [read] = Reader.load(out).read("产量是多少", [Stretch("", NEWS[0], 0, len(NEWS[0]))])
    assert len(read.starts)


def test_common_characters() -> None:
    assert common("三万吨", "三万吨") == 1.0
    assert common("甲", "乙") == 0.0
    assert common("三万吨", "三万") == pytest.approx(0.8)
