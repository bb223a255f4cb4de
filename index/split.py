"""Article to passages: the one door to langchain_text_splitters."""

from __future__ import annotations

from collections.abc import Iterator

from index.records import Article, Passage, Period

# Characters of a passage at most. Shorter ones lose what a sentence refers back to, longer ones
# blur what they are about.
SIZE = 320
# A piece shorter than this joins its neighbour even where both together pass SIZE by a little.
SHORT = 60

# From the strongest boundary to the weakest. Look-behinds cut after the mark and consume nothing,
# so the pieces laid end to end are the text. The empty string cuts anywhere: the last resort.
SEPARATORS = [
    r"(?<=\n)",
    r"(?<=[。！？!?…][”’」』）)])(?![”’」』）)])|(?<=[。！？!?…])(?![。！？!?…”’」』）)])",
    r"(?<=[；;])",
    r"(?<=\. )",
    r"(?<=[，：])|(?<=[,:])(?!\d)",
    r"(?<=[、\s])",
    "",
]

Span = tuple[int, int]


def split(article: Article, size: int = SIZE) -> list[Passage]:
    """The passages of an article, in order, without overlap.

    `article.text[p.start:p.end] == p.text`, and every character that is no white space lies in one
    passage. A passage ends at the end of a paragraph or sentence wherever one is within reach.
    Raises ValueError for a size below 1.
    """
    if size < 1:
        raise ValueError(f"a passage of at most {size} characters cannot hold any text")
    text = article.text
    spans: list[Span] = []
    for start, end in _sections(article):
        spans += _pieces(text, start, end, size)
    passages: list[Passage] = []
    for start, end in _joined(spans, size):
        start, end = stripped(text, start, end)
        if start < end:
            id_ = f"{article.id}#{len(passages) + 1}"
            passages.append(Passage(id_, article.id, text[start:end], start, end))
    return passages


def header(article: Article) -> str:
    """What stands in front of a passage where it is embedded and indexed, never where it is shown.

    A passage from the middle of an article seldom says whose figures it gives, or of when.

    >>> header(Article("1", "清远高新区:产值增长", "", "清远日报", Period.year(2024), "…", "a.txt"))
    '清远高新区:产值增长 · 清远日报 · 2024年'
    """
    date = _date(article.published) if article.published else ""
    return " · ".join(part for part in (article.title, article.outlet, date) if part)


def with_header(article: Article, passage: Passage) -> str:
    """The text that is embedded and indexed for a passage."""
    head = header(article)
    return f"{head}\n{passage.text}" if head else passage.text


def _date(period: Period) -> str:
    start, end = period.start, period.end
    if start == end:
        return f"{start.year}年{start.month}月{start.day}日"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.year}年{start.month}月"
    return f"{start.year}年" if start.year == end.year else f"{start.year}-{end.year}年"


def _sections(article: Article) -> Iterator[Span]:
    """The article cut in front of its subheadings, so that each stays with what it heads."""
    start = 0
    before = ""
    for block in article.blocks:
        if block.kind == "heading" and before != "heading" and block.start > start:
            yield start, block.start
            start = block.start
        before = block.kind
    yield start, len(article.text)


def _pieces(text: str, start: int, end: int, size: int) -> Iterator[Span]:
    """Spans that laid end to end cover `start:end`, each of at most `size` characters."""
    if end - start <= size:
        yield start, end
        return
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        separators=SEPARATORS,
        is_separator_regex=True,
        keep_separator=True,
        chunk_size=size,
        chunk_overlap=0,
        strip_whitespace=False,  # so that lengths add up to offsets, repeated paragraphs included
    )
    for piece in splitter.split_text(text[start:end]):
        yield start, start + len(piece)
        start += len(piece)
    if start != end:
        raise AssertionError(f"the splitter left {end - start} characters of a text over")


def _joined(spans: list[Span], size: int) -> list[Span]:
    """Neighbouring spans put together while they fit; a splinter joins even a full neighbour."""
    joined: list[Span] = []
    for start, end in spans:
        if joined:
            first, last = joined[-1]
            splinter = min(end - start, last - first) < min(SHORT, size // 4)
            if end - first <= (size + SHORT if splinter else size):
                joined[-1] = first, end
                continue
        joined.append((start, end))
    return joined


def stripped(text: str, start: int, end: int) -> Span:
    """The span without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
