"""How a question is put to the reader."""

import pytest

from qa.look import wording
from qa.question import analyse


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("云岭高新区2020年专利申请量", "云岭高新区2020年专利申请量是多少件"),
        ("云岭高新区高企存量是多少？", "云岭高新区高新技术企业存量是多少家？"),
        ("云岭高新区工业增加值", "云岭高新区工业增加值是多少"),
        ("云岭高新区有多少名职工？", "云岭高新区有多少名职工？"),
        ("谁是主任？", "谁是主任？"),
    ],
)
def test_it_has_a_word_that_asks_and_the_measure_word_of_what_it_counts(
    text: str, asked: str
) -> None:
    assert wording(analyse(text)) == asked


def test_a_part_is_put_with_its_scene() -> None:
    part = analyse("话剧《云岭》由谁导演，仇虎又由谁扮演？").parts[1]
    assert wording(part) == "话剧《云岭》导演，仇虎又由谁扮演"
