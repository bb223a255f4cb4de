"""The bundled model: what it must be, whatever it was trained with."""

import time
from pathlib import Path

import numpy as np
import pytest

import index.model
from index.records import Vectors

FOLDER = Path(index.model.__file__).parent
LIMIT = 20_000_000  # bytes

# Question, passage, and the passage as an English reader would ask for it.
TOPICS = [
    (
        "污水处理厂每天能处理多少吨水？",
        "新建的污水处理厂本月投入运行，日处理能力达到五万吨，周边河流的水质有望得到改善。",
        "How many tons of sewage can the new treatment plant process a day?",
    ),
    (
        "今年小麦产量是多少？",
        "夏收已近尾声，全县小麦总产量比上年增长百分之四，农民忙着把粮食运往粮库。",
        "How much did the county's wheat harvest grow?",
    ),
    (
        "地铁新线路什么时候开通？",
        "轨道交通六号线计划年底开通，沿线设车站二十三座，届时乘客可以直达机场。",
        "When will the new subway line to the airport open?",
    ),
    (
        "出口额增长了多少？",
        "海关统计显示，前三季度该市出口总额同比增长一成，机电产品所占比重最大。",
        "By how much did the city's exports grow according to customs?",
    ),
    (
        "新医院有多少张病床？",
        "市人民医院新院区设病床一千二百张，儿科和急诊科将首先迁入。",
        "How many beds does the new hospital have?",
    ),
    (
        "谁获得了乒乓球比赛的冠军？",
        "昨晚结束的乒乓球公开赛上，年轻选手连胜三局，夺得女子单打冠军。",
        "Who won the table tennis championship?",
    ),
    (
        "中学招收多少名学生？",
        "教育局公布了招生计划，新学年全区初中拟招收学生八千余名，学校不得举行入学考试。",
        "How many students will the middle schools enroll in the new school year?",
    ),
    (
        "博物馆展出了什么文物？",
        "省博物馆的特展展出青铜器和古代书画一百多件，观众可以免费参观。",
        "Which bronzes and paintings does the museum exhibit?",
    ),
    (
        "台风造成了什么损失？",
        "台风登陆后带来暴雨，多个乡镇停电，消防人员连夜转移被困群众。",
        "What damage did the typhoon and the heavy rain cause?",
    ),
    (
        "银行贷款利率下调了多少？",
        "多家银行宣布下调贷款利率，小微企业的融资成本随之降低。",
        "Did banks lower the interest rate on loans for small enterprises?",
    ),
]
TRADITIONAL = [
    ("台湾的软件公司发布了新产品", "臺灣的軟件公司發佈了新產品"),
    ("医院的医生和护士", "醫院的醫生和護士"),
    ("国际贸易与经济发展", "國際貿易與經濟發展"),
]


@pytest.fixture(scope="module")
def encode():
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(FOLDER), device="cpu")
    return lambda texts: model.encode(list(texts))


def found(queries: Vectors, passages: Vectors) -> float:
    """The share of queries whose own passage is the nearest."""
    return float(np.mean(np.argmax(queries @ passages.T, axis=1) == np.arange(len(queries))))


def test_fits_into_the_repository():
    files = [
        path for path in FOLDER.rglob("*") if path.is_file() and "__pycache__" not in str(path)
    ]
    assert sum(path.stat().st_size for path in files) <= LIMIT
    assert not [path.name for path in files if path.suffix in {".bin", ".pkl", ".pt"}], "pickle"


def test_vectors_are_unit_rows_of_float32(encode):
    vectors = encode(["全市工业增加值", "industrial output", "2024年", "120.98亿元，同比增长13.2%"])
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_traditional_script_is_folded(encode):
    simplified = encode(pair[0] for pair in TRADITIONAL)
    traditional = encode(pair[1] for pair in TRADITIONAL)
    assert (np.sum(simplified * traditional, axis=1) > 0.95).all()


def test_width_case_and_spaces_do_not_matter(encode):
    one, other = encode(["ＧＤＰ增长５．２％ 左右", "gdp增长5.2%左右"])
    assert one @ other > 0.999


def test_figures_are_told_apart(encode):
    question, right, wrong = encode(["2024年120.98亿元", "2024年为120.98亿元", "2019年为70.4亿元"])
    assert question @ right > question @ wrong + 0.2


@pytest.mark.parametrize("language", ["chinese", "english"])
def test_finds_the_passage_that_answers(encode, language):
    """A random table finds one in ten of the English questions' passages."""
    passages = encode(passage for _, passage, _ in TOPICS)
    questions = encode(topic[0 if language == "chinese" else 2] for topic in TOPICS)
    assert found(questions, passages) >= 0.8


def test_a_random_table_fails_that_test():
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(FOLDER / "0_StaticEmbedding" / "tokenizer.json"))
    random = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=64)])
    passages = random.encode([topic[1] for topic in TOPICS], normalize_embeddings=True)
    questions = random.encode([topic[2] for topic in TOPICS], normalize_embeddings=True)
    assert found(questions, passages) < 0.8


def test_is_fast(encode):
    """Far below what it can do, so that a busy machine does not fail it."""
    passages = [(passage * 10)[:250] for _, passage, _ in TOPICS] * 50
    encode(passages[:10])
    began = time.perf_counter()
    encode(passages)
    assert len(passages) / (time.perf_counter() - began) > 500


def test_card_names_data_and_licences():
    card = (FOLDER / "README.md").read_text(encoding="utf-8")
    for name in ("CMRC 2018", "DRCD", "CC-CEDICT", "Tatoeba", "3AM", "CRUD-RAG"):
        assert name in card
    assert "CC BY-SA" in card
    assert "Apache-2.0" in card
