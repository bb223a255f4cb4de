"""Text to tokens: nothing is lost, and offsets are those of the text."""

from hypothesis import given
from hypothesis import strategies as st

from index.lexical import fold
from qa.reader.text import TAG, tokens

TEXTS = st.text(alphabet="工业增加值，。12.5%%２０２４年abcＡ \n“”《》、臺灣", max_size=60)


@given(TEXTS)
def test_tokens_hold_every_character_but_blanks(text: str) -> None:
    found = tokens(text)
    folded = fold(text)
    covered: set[int] = set()
    for word, start, end in zip(found.words, found.starts, found.ends, strict=True):
        covered.update(range(start, end))
        said = folded[start:end]
        assert word in {"\n", said, said.replace(",", "")}
    assert all(c.isspace() for at, c in enumerate(text) if at not in covered)
    assert list(found.starts) == sorted(found.starts)


def test_numbers_are_whole_and_told_apart() -> None:
    found = tokens("2024年完成1,234.5万元，共3家")
    by_word = dict(zip(found.words, found.tags, strict=True))
    assert by_word["2024"] == TAG["year"]
    assert by_word["1234.5"] == TAG["decimal"]
    assert by_word["3"] == TAG["small"]


def test_a_new_line_is_a_token_of_its_own() -> None:
    assert tokens("标题\n\n正文").words == ("标题", "\n", "正文")
