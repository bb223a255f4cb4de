"""English words are put in the words of the articles at hand, or left alone."""

from qa.nearest import in_their_words

TEXTS = ["数据中心计划安装服务器三十万台，总投资一百亿元。"]


def test_an_unknown_word_becomes_the_nearest_one_of_the_texts() -> None:
    assert "服务器" in in_their_words("数据中心 servers 多少", TEXTS)


def test_without_texts_or_unknown_words_nothing_changes() -> None:
    assert in_their_words("数据中心 servers 多少", []) == "数据中心 servers 多少"
    assert in_their_words("数据中心投资多少", TEXTS) == "数据中心投资多少"
    assert in_their_words("数据中心 zebra 多少", TEXTS) == "数据中心 zebra 多少"


def test_unknown_words_that_only_shade_are_left_out_but_no_thing_is() -> None:
    assert in_their_words("数据中心 zebra travelled 多少", TEXTS) == "数据中心 zebra 多少"
