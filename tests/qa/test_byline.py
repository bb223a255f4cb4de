"""Who wrote an article is told by its byline."""

from pathlib import Path

import pytest

from index import build_index
from qa import Bot
from qa.byline import writers
from tests.conftest import LetterEncoder

PAGE = """云岭高新区：新材料产业再上台阶

▶ 何晓岚 本报记者 叶一舟

2022年，云岭高新区新材料产业实现产值86亿元，同比增长12.7%，成为园区最大的主导产业。
园区将继续引进上下游企业，建设公共检测平台。

临江经开区：港口新开九条航线

▶ 本报特约通讯员 梁远山

2022年，临江经开区港口新开九条航线，集装箱吞吐量达41万标箱，同比增长35.4%。
临江经开区还将改造两个泊位。
"""


@pytest.fixture
def bot(tmp_path: Path) -> Bot:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "page.txt").write_text(PAGE, encoding="utf-8")
    encoder = LetterEncoder()
    build_index(folder, tmp_path / "index", encoder=encoder)
    return Bot.open(tmp_path / "index", encoder=encoder)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("《临江经开区：港口新开九条航线》是哪位特约通讯员写的？", "梁远山"),
        ("云岭高新区新材料产业那篇报道的记者是谁？", "叶一舟"),
        ("谁采写了云岭高新区新材料产业的报道？", "何晓岚、叶一舟"),
        ("跟叶一舟一起署名写《云岭高新区：新材料产业再上台阶》的是谁？", "何晓岚"),
    ],
)
def test_the_writer_of_an_article(bot: Bot, question: str, names: str) -> None:
    answer = bot.ask(question, [])
    assert answer.short == names
    assert "署名" in answer.text
    assert answer.citations


def test_an_article_that_is_not_there_has_no_writer(bot: Bot) -> None:
    assert not bot.ask("《青山县：教育均衡发展出实招》是哪位记者写的？", []).answered


def test_spaced_names_are_whole() -> None:
    assert writers("本报记者 沈知微 特约通讯员 葛 亮", "谁写的") == ["沈知微", "葛亮"]
