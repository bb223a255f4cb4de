"""The words of a question that carry content."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from index.lexical import fold

# Words that only ask, or that say no more than grammar does.
_STOP = frozenset(
    """
    加 起来 加起来
    的 了 是 在 有 和 与 及 或 被 把 由 对 从 向 到 于 以 为 其 这 那 该 此 呢 吗 啊 吧 么
    请问 请 问 一下 告诉 我 想 知道 帮 查 查询 查一下 多少 什么 哪 哪些 哪个 哪家 怎么 如何
    几 谁 何 个 都 也 就 还 又 共 一共 总共 分别 各 达到 达 约 完成 实现 情况 具体 关于 根据
    文章 报道 介绍 说 中 里 上 下 时 之 等 将 会 要 能 可以 可 已 已经 进行 其中 它 他 她 们
    所 并 而 且 但 给 让 使 得 地 着 过 来 去 一 a the of in to 是否 属于 据 共有 拥有 年 月
    日 数 数量 多 大 目前 全部 当时 比 较 相比 里面 当中 之中 哪位 哪里 什么样 主要 相关
    有关 问题 中的 里的
    """.split()
)


def content_words(text: str) -> tuple[str, ...]:
    """The words of a text that carry content, in order, each once, folded."""
    return words_within(text, text)


def words_within(text: str, kept: str, cuts: Sequence[int] = ()) -> tuple[str, ...]:
    """The content words of `text` as far as they stand in `kept`, a copy with parts blanked out.

    The whole text is cut, so that what is blanked cannot bend the words beside it; `cuts` are
    offsets that no word may straddle (the ends of names).
    """
    import rjieba

    words: dict[str, None] = {}
    at = 0
    bounds = sorted({0, len(text), *(c for c in cuts if 0 < c < len(text))})
    pieces = (fold(text[a:b]) for a, b in pairwise(bounds))
    for word, tag in (token for piece in pieces for token in rjieba.tag(piece)):
        word, at = fold(kept[at : at + len(word)]), at + len(word)
        if tag in _FUNCTION_TAGS and word not in _MISTAGGED:
            continue
        word = word.strip("“”\"'‘’《》「」()（）[]【】 、，。？?!！:：;；·-—…")
        if word and word not in _STOP and not (len(word) == 1 and not _keeps_single(word)):
            words[word] = None
    return tuple(words)


# Adverbs, prepositions, conjunctions, particles, pronouns, interjections.
_FUNCTION_TAGS = frozenset(
    {"d", "p", "c", "u", "uj", "ul", "ud", "uz", "ug", "uv", "r", "y", "e", "o"}
)
# What the segmenter takes for a pronoun or an adverb.
_MISTAGGED = frozenset({"本科", "专科", "同城", "全程", "自贸"})


def _keeps_single(char: str) -> bool:
    return char.isdigit() or "\u4e00" <= char <= "\u9fff"
