"""Who wrote an article: asked of the articles themselves, and told by their bylines.

A byline is no part of an article's text, so no sentence tells it; the answer shows the byline as it
stands under the headline, and cites the article's opening.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.lexical import fold
from index.records import Article, Passage
from qa.cite import Citer
from qa.phrases import Phrases
from qa.question import Question, content_words
from qa.reading import reading
from qa.records import Answer

# Asked of an article rather than of what it tells: it is named as one, or the asked is a reporter.
_WRITER = re.compile(
    r"(?:记者|通讯员|作者|撰稿人?|采写者?|执笔人?|署名)(?:名字|姓名)?(?:是|叫|有|为)?(?:谁|哪[几些一]?[位个名]?|什么)"
    r"|(?:谁|哪[几些一]?[位个名]?(?:本报)?(?:特约)?(?:记者|通讯员|作者))[^，。？?]{0,6}"
    r"(?:采写|撰写|撰稿|执笔|采访|报道|写)"
    r"|(?:署名|作者|采写)[^，。？?]{0,30}?(?:是|为)(?:谁|哪)"
)
_ARTICLE = re.compile(
    r"报道|文章|一文|这篇|那篇|稿[子件]?|消息|通讯(?!员)|新闻|专题|特写|记者|通讯员|署名|采写|撰稿"
)
_TITLED = re.compile(r"《(?P<title>[^《》]{4,})》")
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,6}")
_ROLE = re.compile(r"[\u4e00-\u9fff]{0,8}(?:记者|通讯员|编辑|实习生|评论员|撰稿)")
_LEAD = 150  # characters of a text that say what the article is about
_LIKE = 0.6  # the share of a title's words that a question must have to mean that article


def asks_writer(question: Question) -> bool:
    """Whether a question asks who wrote an article."""
    text = question.text
    return bool(_WRITER.search(text)) and bool(_ARTICLE.search(text) or _TITLED.search(text))


def told_by_byline(
    question: Question,
    articles: Sequence[tuple[Article, float]],
    passages: dict[str, Sequence[Passage]],
    say: Phrases,
) -> Answer | None:
    """Who wrote the article that the question means; None where none is meant or it is unsigned."""
    article = _meant(question.text, [a for a, _ in articles])
    if article is None:
        return None
    names = [n for n in writers(article.byline, question.text) if n not in question.text]
    names = names or [n for n in writers(article.byline, "") if n not in question.text]
    if not names:
        return None
    citer = Citer(passages)
    first = next((s for s in reading(article)[0] if s.kind == "body"), None)
    if first is None:
        return None
    n = citer.cite(article, first)
    short = "、".join(names)
    text = f"{short} [{n}]{say.stop}\n" + say.signed.format(article.byline, n)
    return Answer(question.text, text, short, True, tuple(citer.citations))


def writers(byline: str, asked: str) -> list[str]:
    """The names of a byline; of reporters or of correspondents alone where these are asked for.

    >>> writers("何晓晴 本报记者 叶伟", "是哪位记者写的")
    ['叶伟']
    """
    found: list[tuple[str, str]] = []
    role = ""
    for word in re.sub(r"(?<=\b[\u4e00-\u9fff]) (?=[\u4e00-\u9fff]\b)", "", byline).split():
        title = _ROLE.match(word)
        if title:
            role, word = title.group(), word[title.end() :]
        if _NAME.fullmatch(word):
            found.append((role, word))
    for kind in ("记者", "通讯员"):
        mine = [name for role, name in found if kind in role]
        if kind in asked and mine:
            return mine
    return [name for _, name in found]


def _meant(asked: str, articles: Sequence[Article]) -> Article | None:
    """The article that a question about its writer means: by its title, else by its subject."""
    titled = _TITLED.search(asked)
    if titled:
        wanted = set(content_words(fold(titled["title"])))
        best = max(articles, key=lambda a: _shared(wanted, fold(a.title)), default=None)
        return best if best and _shared(wanted, fold(best.title)) >= _LIKE else None
    about = set(content_words(fold(_ARTICLE.sub(" ", _WRITER.sub(" ", asked)))))
    first = articles[0] if articles else None
    meant = first and _shared(about, fold(f"{first.title} {first.text[:_LEAD]}")) >= _LIKE
    return first if meant else None


def _shared(words: set[str], text: str) -> float:
    return sum(word in text for word in words) / len(words) if words else 0.0
