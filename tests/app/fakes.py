"""A small bot over a folder of text files: enough of one to show everything that the chat shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from index import Article, Passage, Period
from qa.collection import Collection
from qa.records import Answer, Citation, Hit, Message, Point, Scope

REPORT = """# 南湖高新区2024年经济运行稳中有进
本报记者 林一平
2025.3.10
3月10日，记者从南湖高新区管委会获悉，2024年全区经济运行稳中有进、进中提质。
2024年，南湖高新区规模以上工业增加值完成86.52亿元，同比增长9.4%。全区新增高新技术企业41家，总数达到203家。
固定资产投资完成52.3亿元，其中工业投资占七成。区内企业全年专利授权量共计948件，研发投入占比达到4.1%。
下一步，南湖高新区将围绕新材料、智能装备两大产业，继续优化营商环境。
"""
HALF = """# 南湖高新区上半年交出“半年报”
2020年7月
今年上半年，南湖高新区工业增加值完成21.07亿元，同比增长3.2%。
全区一般公共预算收入完成9821万元。
"""
OLDER = """# 五年再出发 南湖高新区谋划新蓝图
本报通讯员 周一川
2020.1.15
2019年，南湖高新区完成工业增加值58.8亿元，比上年增长7.1%。
全区累计引进项目136个，总投资超过400亿元。
"""
NASTY = """# <script>window.hacked=1</script><img src=x onerror="window.hacked=1">危险标题
本报记者 <b onmouseover=alert(1)>某某</b>
2024.2.2
危险公司全年产值达到<img src=x onerror="window.hacked=1">77亿元。"><svg onload="window.hacked=1">
"""


def write_articles(folder: Path) -> Path:
    """The four files, one of them in a folder, one of them hostile by name and by content."""
    (folder / "2020").mkdir(parents=True, exist_ok=True)
    (folder / "南湖日报-第3版.txt").write_text(REPORT, "utf-8")
    (folder / "2020" / "half-year.txt").write_text(HALF, "utf-8")
    (folder / "2020" / "outlook.txt").write_text(OLDER, "utf-8")
    (folder / "<img src=x onerror=hacked=1>.txt").write_text(NASTY, "utf-8")
    return folder


@dataclass(frozen=True)
class Stats:
    files: int
    articles: int
    passages: int
    figures: int


@dataclass(frozen=True)
class Unreadable:
    path: str
    reason: str


@dataclass(frozen=True)
class Report:
    left_out: tuple[Unreadable, ...]


class FakeIndex:
    def __init__(self, folder: Path) -> None:
        self.update(folder)

    def update(self, folder: Path, progress: Callable[[int, int, str], None] | None = None) -> None:
        self._articles: dict[str, Article] = {}
        lost = []
        for path in sorted(folder.rglob("*")):
            if not path.is_file():
                continue
            relative = path.relative_to(folder).as_posix()
            try:
                article = read(relative, path.read_text("utf-8"))
            except (UnicodeDecodeError, IndexError):
                lost.append(Unreadable(relative, "not text"))
                continue
            self._articles.setdefault(article.id, article)
            if progress:
                progress(len(self._articles), 0, "read")
        self.report = Report(tuple(lost))
        self.passages = [
            Passage(f"{a.id}-{m.start()}", a.id, m[0], m.start(), m.end())
            for a in self._articles.values()
            for m in re.finditer(r"[^\n]+", a.text)
        ]
        n = len(self._articles)
        self.stats = Stats(n, n, len(self.passages), 3 * n)

    def articles(self) -> list[Article]:
        return list(self._articles.values())

    def article(self, article_id: str) -> Article:
        return self._articles[article_id]


def read(source: str, text: str) -> Article:
    lines = text.strip().split("\n")
    title = lines.pop(0).lstrip("# ")
    byline = lines.pop(0) if lines[0].startswith("本报") else ""
    published = None
    if found := re.fullmatch(r"(\d{4})\.(\d+)\.(\d+)", lines[0]):
        day = date(int(found[1]), int(found[2]), int(found[3]))
        published = Period(day, day)
        lines.pop(0)
    elif found := re.fullmatch(r"(\d{4})年(\d+)月", lines[0]):
        published = Period.months(int(found[1]), int(found[2]), int(found[2]), inferred=True)
        lines.pop(0)
    body = "\n".join(lines)
    ident = sha256((title + body).encode()).hexdigest()[:12]
    outlet = "南湖日报" if "南湖" in title else ""
    return Article(ident, title, byline, outlet, published, body, f"{source}:1-{len(lines) + 1}")


class FakeRetriever:
    def __init__(self, index: FakeIndex) -> None:
        self.index = index

    def search(self, query: str, k: int = 5, scope: Scope | None = None) -> list[Hit]:
        wanted = set(query)
        hits = []
        for passage in self.index.passages:
            article = self.index.article(passage.article_id)
            if scope is None or scope.admits(article):
                shared = len(wanted & set(passage.text + article.title)) / len(wanted)
                hits.append(Hit(passage, article, shared))
        return sorted(hits, key=lambda hit: -hit.score)[:k]


class FakeBot:
    """Answers with the best-matching sentence; knows a series, a refusal and a follow-up."""

    def __init__(self, folder: Path, think: Callable[[], None] = lambda: None) -> None:
        self.retriever = FakeRetriever(FakeIndex(folder))
        self._think = think

    def suggest(self, n: int) -> list[str]:
        return [
            "南湖高新区2024年工业增加值是多少？",
            "历年工业增加值分别是多少？",
            "南湖高新区2024年新增多少家高新技术企业？",
            "2020年上半年一般公共预算收入是多少？",
        ][:n]

    def ask(
        self, question: str, history: Sequence[Message] = (), scope: Scope | None = None
    ) -> Answer:
        self._think()
        if question.startswith("那") and history:
            before = [turn["content"] for turn in history if turn["role"] == "user"][-1]
            question_read = re.sub(r"\d{4}年(上半年)?", question.strip("那呢？?"), before)
        else:
            question_read = question
        if "历年" in question:
            return self._series(question, scope)
        hits = self.retriever.search(question_read, 5, scope)
        if not hits or hits[0].score < 0.55:
            said = f"没有找到“{question}”的内容。最接近的文章谈的是工业增加值。"
            return Answer(question, said, "", answered=False, options=self.suggest(2))
        hit = hits[0]
        sentences = list(re.finditer(r"[^。]+。|[^。]+$", hit.passage.text))
        best = max(sentences, key=lambda m: len(set(m[0]) & set(question_read)))
        start, end = hit.passage.start + best.start(), hit.passage.start + best.end()
        value = re.search(r"\d[\d.]*(亿元|万元|吨|家|件|%)", best[0])
        return Answer(
            question,
            f"{best[0].rstrip('。')}。[1]",
            value[0] if value else "",
            answered=True,
            citations=(Citation(1, hit.passage, hit.article, start, end),),
            seconds=0.04,
            options=("历年工业增加值分别是多少？",),
        )

    def _series(self, question: str, scope: Scope | None) -> Answer:
        citations: list[Citation] = []
        points: list[Point] = []
        for passage in self.retriever.index.passages:
            article = self.retriever.index.article(passage.article_id)
            if scope and not scope.admits(article):
                continue
            found = re.search(
                r"(?:(20\d\d)年，|今年上半年，)南湖[^，。]*增加值(?:完成)?([\d.]+)(亿元)[^。]*。",
                passage.text,
            )
            if found:
                n = len(citations) + 1
                start, end = passage.start + found.start(), passage.start + found.end()
                citations.append(Citation(n, passage, article, start, end))
                label = f"{found[1]}年" if found[1] else "2020年上半年"
                points.append(Point(label, Decimal(found[2]), found[3], n))
        points.sort(key=lambda point: point.label)
        said = "；".join(f"{p.label}为{p.value}{p.unit}[{p.n}]" for p in points) + "。"
        high, low = max(p.value for p in points), min(p.value for p in points)
        return Answer(
            question,
            said,
            f"{low}亿元至{high}亿元",
            answered=True,
            citations=citations,
            series=points,
            calculation=f"{high} − {low} = {high - low}亿元",
            seconds=0.06,
        )


def fake_collection(folder: Path, think: Callable[[], None] = lambda: None) -> Collection:
    """A collection over a folder, opened at once."""
    collection = Collection(
        folder, folder / ".none", lambda *_: None, lambda _: FakeBot(folder, think)
    )
    collection._open()
    return collection
