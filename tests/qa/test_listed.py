"""Things that a sentence lists with their values: which has most, and how much each has."""

import pytest

from qa import Bot
from qa.records import Answer

TEXT = (
    "云岭高新区形成了新材料、装备制造、生物医药三大主导产业，2022年产值分别为86亿元、73亿元和112亿元，"
    "同比分别增长12.7%、9.1%和6.4%。全区地区生产总值478亿元，同比增长16.7%。"
)


def asked(question: str, text: str = TEXT) -> Answer:
    return Bot(None).answer_from(question, [text])


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("云岭高新区三大主导产业中，2022年哪个增速最快？", "新材料"),
        ("云岭高新区三大主导产业中，2022年哪个增速最快？增长多少？", "新材料"),
        ("2022年云岭高新区三大主导产业里产值最高的是哪个？", "生物医药"),
        ("2022年云岭高新区三大主导产业里产值最低的是哪个？", "装备制造"),
    ],
)
def test_the_greatest_of_a_list_is_told_with_all_its_values(question: str, answer: str) -> None:
    found = asked(question)
    assert found.short == answer
    assert found.calculation.count(" > ") + found.calculation.count(" < ") == 2
    assert found.citations[0].quote in TEXT


def test_a_sentence_that_says_which_is_first_is_left_alone() -> None:
    text = "云岭高新区三大主导产业中，新材料产业2022年增速最快。"
    assert asked("云岭高新区三大主导产业中哪个产业增速最快？", text).calculation == ""


@pytest.mark.parametrize(
    "question",
    [
        "请列出2022年云岭高新区三大主导产业各自的产值。",
        "2022年云岭高新区三大主导产业的产值各是多少？",
    ],
)
def test_each_of_a_list_is_told(question: str) -> None:
    assert asked(question).short == "86亿元；73亿元；112亿元"


def test_names_are_whole_words() -> None:
    text = "云岭公司准备建硅橡胶、灌封胶和粘接胶三类产线，年产能分别为50万吨、10万吨和30万吨。"
    answer = asked("云岭公司三类产线里，哪一类年产能最大？", text)
    assert answer.short.startswith("硅橡胶")
