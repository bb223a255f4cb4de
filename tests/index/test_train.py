"""The training script: its parts by worked examples, and a tiny model end to end."""

import gzip
import json
import random
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.train import corpus, score, vocabulary
from index.train.corpus import Entry, Questions
from index.train.fit import Recipe, frequency_weight, shared_rows
from index.train.gloss import Glosser, inflected
from index.train.pairs import (
    Documents,
    NewsPairs,
    QuestionPairs,
    Ragged,
    TextPairs,
    beside,
    join,
    thinned,
)

ROWS = st.lists(st.lists(st.integers(0, 99), max_size=6), min_size=1, max_size=8)


def ragged(rows: list[list[int]]) -> Ragged:
    offsets = np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64)
    return Ragged(np.array([token for row in rows for token in row], dtype=np.int32), offsets)


def rows_of(found: Ragged) -> list[list[int]]:
    return [
        found.tokens[a:b].tolist()
        for a, b in zip(found.offsets[:-1], found.offsets[1:], strict=True)
    ]


@given(ROWS, ROWS)
@settings(max_examples=50, deadline=None)
def test_rows_survive_joining_and_choosing(first, second):
    both = join([ragged(first), ragged(second)])
    assert rows_of(both) == first + second
    order = np.arange(len(both))[::-1]
    assert rows_of(both.rows(order)) == (first + second)[::-1]
    assert rows_of(beside(ragged(first), ragged(first))) == [row + row for row in first]


@given(ROWS, st.integers(0, 9))
@settings(max_examples=50, deadline=None)
def test_thinning_keeps_order_and_invents_nothing(rows, seed):
    thin = rows_of(thinned(ragged(rows), 0.9, np.random.default_rng(seed)))
    for before, after in zip(rows, thin, strict=True):
        tokens = iter(before)
        assert all(token in tokens for token in after)


def test_files_are_read(tmp_path):
    news = tmp_path / "news.jsonl"
    news.write_text('{"text": "一。"}\n{"text": "二。"}\n{"text": "一。"}\n', encoding="utf-8")
    assert list(corpus.read_news([news])) == ["一。", "二。"]
    squad = tmp_path / "squad.json"
    paragraph = {"context": "甲", "qas": [{"question": "甚么？ "}]}
    squad.write_text(json.dumps({"data": [{"paragraphs": [paragraph]}]}), encoding="utf-8")
    assert corpus.read_squad(squad) == [Questions("甲", ("甚么？",))]
    dictionary = tmp_path / "words.gz"
    lines = "# note\n宣佈 宣布 [xuan1 bu4] /to announce/(formal) to declare/CL:個|个[ge4]/\n"
    dictionary.write_bytes(gzip.compress(lines.encode()))
    assert corpus.read_dictionary(dictionary) == [
        Entry("宣布", "xuanbu", ("to announce", "to declare"))
    ]


def test_pairs_without_a_tab_name_the_line(tmp_path):
    path = tmp_path / "pairs.tsv"
    path.write_text("Hi.\t嗨。\nno tab\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"pairs\.tsv:2: 1 columns"):
        corpus.read_pairs(path)


@pytest.mark.parametrize(
    ("word", "ending", "form"),
    [("carry", "s", "carries"), ("make", "ing", "making"), ("go", "ed", "went"),
     ("announce", "ed", "announced"), ("reach", "s", "reaches"), ("play", "s", "plays")],
)  # fmt: skip
def test_inflected(word, ending, form):
    assert inflected(word, ending) == form


def test_glosses_numbers_dates_and_words():
    glosser = Glosser([Entry("宣布", "xuanbu", ("to announce",)), Entry("张", "zhang", ())], seed=1)
    words = {word for _ in range(20) for word in glosser.gloss("7月28日宣布3.5万", drop=0).split()}
    assert {"July", "28", "35,000", "announce", "announced"} <= words
    assert "1.2 billion" in glosser.gloss("12亿", drop=0)


def test_numbers_are_cut_as_they_are_read():
    words = list(vocabulary.words(["2024年达120.98亿元，共12,345户"], {}))
    assert words == ["2024", "年达", "120", ".98", "亿元", "共", "12", "345", "户"]


def test_folding_covers_script_width_and_case():
    table = vocabulary.folding()
    assert vocabulary.fold("臺灣ＡB㎡", table) == "台湾abm2"


def test_common_tokens_weigh_less_and_have_rows_of_their_own():
    texts = ragged([[0] * 90, [1] * 9, [2], [3]])
    weight = frequency_weight([texts], 4)
    assert weight[0] < weight[1] < weight[2] == weight[3] <= 1
    mapping = shared_rows(weight, 3, np.random.default_rng(0))
    assert sorted(mapping.tolist()).count(mapping[0]) == 1
    assert mapping.max() == 2


def test_ndcg_by_hand():
    vectors = {"甲": [1, 0], "乙": [0, 1], "问甲": [1, 0], "问乙": [1, 0.5]}
    paragraphs = [Questions("甲", ("问甲",)), Questions("乙", ("问乙",))]
    found = score.ndcg(lambda texts: np.array([vectors[t] for t in texts], np.float32), paragraphs)
    assert found == pytest.approx((1 + 1 / np.log2(3)) / 2)


def test_counterparts_must_match():
    with pytest.raises(ValueError, match="2 texts but 1 counterparts"):
        TextPairs(ragged([[1], [2]]), ragged([[1]]))


TOPICS = {
    "水稻": "rice", "地铁": "subway", "医院": "hospital", "学校": "school", "港口": "port",
    "桥梁": "bridge", "森林": "forest", "银行": "bank", "机场": "airport", "茶叶": "tea",
    "钢铁": "steel", "煤炭": "coal", "渔业": "fishery", "旅游": "tourism", "邮政": "post",
    "公园": "park",
}  # fmt: skip
SUBJECTS, ENGLISH = list(TOPICS), list(TOPICS.values())


def invented(seed: int) -> Iterator[str]:
    """News about one subject each, in sentences that share everything else."""
    chosen = random.Random(seed)
    for subject in SUBJECTS * 4:
        parts = [
            f"{subject}{chosen.choice(['建设', '发展', '管理'])}"
            f"{chosen.choice(['取得进展', '成绩突出', '投入增加'])}，共{chosen.randint(10, 99)}项。"
            for _ in range(4)
        ]
        yield "".join(parts)


def test_trains_a_model_that_loads_and_finds(tmp_path):
    from sentence_transformers import SentenceTransformer

    from index.train.recipe import Data, build

    data = Data(
        news=list(invented(1)),
        questions=[
            Questions(f"{s}项目共有三期。其二已完工。", (f"{s}有几期？",)) for s in SUBJECTS
        ],
        pairs=[(f"the {e} project", f"{s}项目") for e, s in zip(ENGLISH, SUBJECTS, strict=True)],
        entries=[Entry(s, "", (e,)) for e, s in zip(ENGLISH, SUBJECTS, strict=True)],
    )
    recipe = Recipe(steps=40, batch=64, dim=32, rows=400, report=40)
    build(data, recipe, tmp_path / "one", pieces=300, glosses=100)
    model = SentenceTransformer(str(tmp_path / "one"), device="cpu")
    passages = model.encode([f"今年{s}发展很快。" for s in SUBJECTS])
    np.testing.assert_allclose(np.linalg.norm(passages, axis=1), 1, atol=1e-5)
    english = model.encode([f"the {e}" for e in ENGLISH])
    right = np.argmax(english @ passages.T, axis=1) == np.arange(len(SUBJECTS))
    assert right.mean() > 0.5, "chance finds one in sixteen"

    build(data, recipe, tmp_path / "two", pieces=300, glosses=100)
    table = "0_StaticEmbedding/model.safetensors"
    assert (tmp_path / "one" / table).read_bytes() == (tmp_path / "two" / table).read_bytes()


def test_single_sentences_make_no_pairs():
    from tokenizers import Tokenizer, models

    lines = Documents(["一句。", "一句。"], Tokenizer(models.WordLevel({"?": 0}, unk_token="?")))
    with pytest.raises(ValueError, match="none of 2 texts has two sentences"):
        NewsPairs(lines, ragged([[]]), np.ones(1, np.float32))


def test_questions_come_with_their_paragraphs():
    from tokenizers import Tokenizer, models, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({"?": 0, "甲": 1, "乙": 2, "丙": 3}, unk_token="?"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    source = QuestionPairs(
        ragged([[10], [30], [11], [20]]), Documents(["甲", "乙", "丙"], tokenizer), [0, 2, 0, 1]
    )
    drawn = source.draw(200, np.random.default_rng(0))
    assert set(drawn.group.tolist()) == {0, 1, 2}
    pairs = zip(rows_of(drawn.queries), rows_of(drawn.passages), drawn.group, strict=True)
    for query, passage, group in pairs:
        assert not query or query[0] // 10 == group + 1
        assert not passage or passage == [group + 1]


def test_two_pairs_of_an_article_share_no_sentence():
    from tokenizers import Tokenizer, models, pre_tokenizers

    words = {str(n): n for n in range(40)}
    tokenizer = Tokenizer(models.WordLevel({**words, "?": 40}, unk_token="?"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    news = Documents(["".join(f"{n}。" for n in range(20))], tokenizer)
    source = NewsPairs(news, ragged([[]]), np.ones(41, np.float32))
    for seed in range(20):
        drawn = source.draw(2, np.random.default_rng(seed))
        early, late = (set(row) - {40} for row in rows_of(drawn.passages))
        assert not early & late
