"""Public benchmarks in the forms that they are published in, given by path.

SQuAD form (CMRC 2018, DRCD, XQuAD, SQuAD): every paragraph becomes an article of a collection, each
question is searched for over all of them, and read with its own paragraph alone. BEIR form: a
corpus, queries and relevance. (RGB is in `eval.rgb`.)

Whatever is measured goes through the public surface: a JSONL collection, `build_index`,
`Retriever.search`, `Bot.answer_from`.
"""

from __future__ import annotations

import csv
import json
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.cmrc import cmrc_em, cmrc_f1
from eval.metrics import hit_at, ndcg_at, recall_at, reciprocal_rank
from eval.prepare import PrepareError, Settings, cached_index, open_reader, read_lines, read_text
from eval.provenance import fingerprint
from eval.questions import Question, language_of
from eval.results import Results, Row, row_of
from eval.run import Searcher, run_all, sample
from qa.records import Answer, Hit

if TYPE_CHECKING:
    from index import Index

SEARCH_DEPTH = 100


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """A benchmark in SQuAD form: texts by id, questions, and the text that each is about."""

    texts: dict[str, str]
    titles: dict[str, str]
    questions: list[Question]
    home: dict[str, str]


def _answers(question: Mapping[str, Any]) -> list[str]:
    """The distinct answers of a question, in either of CMRC's two forms."""
    given = question.get("answers") or []
    found = [part["text"] if isinstance(part, dict) else str(part) for part in given]
    return list(dict.fromkeys(text for text in found if text.strip()))


def load_squad(path: Path) -> Paragraphs:
    """Reads SQuAD's form and CMRC 2018's own. The same paragraph twice is one text."""
    try:
        data = json.loads(read_text(path))
        articles = data["data"] if isinstance(data, dict) else data
        found = Paragraphs({}, {}, [], {})
        ids: dict[str, str] = {}
        for article in articles:
            for paragraph in article.get("paragraphs", [article]):
                text = paragraph.get("context") or paragraph["context_text"]
                key = ids.setdefault(text, f"p{len(ids):05d}")
                found.texts[key] = text
                found.titles[key] = str(article.get("title") or "")
                for asked in paragraph["qas"]:
                    _add(found, asked, key)
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
        raise PrepareError(f"{path}: not in SQuAD's form ({error!r})") from None
    if not found.questions:
        raise PrepareError(f"{path}: no questions in it")
    return found


def _add(found: Paragraphs, asked: Mapping[str, Any], key: str) -> None:
    answers = _answers(asked)
    # A question may be empty (two of the CMRC trial are): it stays in the denominator
    text = str(asked["question"] if "question" in asked else asked["query_text"])
    id_ = str(asked["id"] if "id" in asked else asked["query_id"])
    if id_ in found.home:
        id_ = f"{id_}-{len(found.questions)}"
    found.home[id_] = key
    found.questions.append(
        Question(
            id=id_,
            text=text,
            kind="reading" if answers else "unanswerable",
            language=language_of(text),
            accept=(tuple(answers),) if answers else (),
            sources=(key,),
            answerable=bool(answers),
        )
    )


def collect(texts: Mapping[str, str], titles: Mapping[str, str], settings: Settings) -> Path:
    """The texts as a JSONL collection in the cache; gives its folder."""
    rows = [
        {"id": key, "text": text} | ({"title": titles[key]} if titles.get(key) else {})
        for key, text in texts.items()
    ]
    content = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    folder = settings.cache / f"collection-{fingerprint(content)}"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "articles.jsonl"
    if not target.exists():
        target.write_text(content, "utf-8")
    return folder


# Retrieval


def ranked_articles(hits: Sequence[Hit], k: int) -> list[Hit]:
    """The best passage of each article, best first: articles are what the benchmarks rank."""
    best: dict[str, Hit] = {}
    for hit in hits:
        best.setdefault(hit.article.id, hit)
    return list(best.values())[:k]


def search_row(
    question: Question, found: Sequence[Hit], gold: Mapping[str, float], seconds: float, deep: bool
) -> Row:
    """A row of a search for articles; `gold` gives the relevance of each that has any."""
    gains = [gold.get(hit.article.id, 0.0) for hit in found]
    scores = {
        "hit@1": hit_at(gains, 1),
        "hit@5": hit_at(gains, 5),
        "recall@10": recall_at(gains, 10, len(gold)),
        "mrr": reciprocal_rank(gains[:10]),
        "ndcg@10": ndcg_at(gains, 10, list(gold.values())),
    }
    if deep:
        scores["recall@100"] = recall_at(gains, 100, len(gold))
    return replace(
        row_of(question),
        gold=question.gold if question.accept else ", ".join(gold),
        answerable=True,
        found=[
            {
                "title": hit.article.title,
                "source": hit.article.id,
                "text": hit.passage.text[:160],
                "gold": gain > 0,
                "score": round(float(hit.score), 4),
            }
            for hit, gain in zip(found[:5], gains[:5], strict=True)
        ],
        scores=scores,
        search_seconds=seconds,
    )


def search_all(
    questions: Sequence[Question],
    gold: Mapping[str, Mapping[str, float]],
    index: Index,
    searcher: Searcher,
    settings: Settings,
    label: str,
    *,
    deep: bool = False,
) -> list[Row]:
    """A row for each question's search; `label` names what is searched, and how, for going on."""
    known = {article.id for article in index.articles()}
    lost = {key for question in questions for key in gold[question.id]} - known
    if lost:
        raise PrepareError(f"{len(lost)} gold texts are not in the index, such as {min(lost)}")

    def one(question: Question) -> Row:
        start = time.perf_counter()
        hits = searcher.search(question.text, k=SEARCH_DEPTH * 2 if deep else 40)
        seconds = time.perf_counter() - start
        found = ranked_articles(hits, SEARCH_DEPTH if deep else 10)
        return search_row(question, found, gold[question.id], seconds, deep)

    left = settings.partial(label, index.path, settings.limit, deep)
    return run_all(questions, one, partial=left, label="searching", quiet=settings.quiet)


def _held(index: Index) -> str:
    return f"{index.stats.articles} texts, {index.stats.passages} passages"


# SQuAD form


def reading_row(question: Question, answer: Answer, seconds: float) -> Row:
    """The official scoring of a reading: a refusal is an empty prediction."""
    prediction = answer.short if answer.answered else ""
    golds = list(question.accept[0]) if question.accept else [""]
    scores = {"cmrc_em": cmrc_em(prediction, golds), "cmrc_f1": cmrc_f1(prediction, golds)}
    if not question.answerable:
        scores = dict.fromkeys(scores, float(not prediction))
        scores["refusal_recall"] = float(not answer.answered)
    scores["answered"] = float(answer.answered)
    return replace(
        row_of(question),
        text=answer.text,
        short=prediction,
        scores=scores,
        seconds=seconds,
    )


def squad(path: Path, settings: Settings) -> list[Results]:
    """Two runs: searching over all paragraphs, and reading with the gold one."""
    from qa import Retriever

    data = load_squad(path)
    questions = sample(data.questions, settings.limit)
    retriever = Retriever.open(cached_index(collect(data.texts, data.titles, settings), settings))
    gold = {question.id: {data.home[question.id]: 1.0} for question in questions}
    asked = [question for question in questions if question.answerable]
    rows = search_all(asked, gold, retriever.index, retriever, settings, path.name)
    about = settings.about(f"{path.name}, searching", _held(retriever.index))
    found = Results(about, rows)
    if settings.search_only:
        return [found]
    reader = open_reader(settings)

    def one(question: Question) -> Row:
        start = time.perf_counter()
        answer = reader.answer_from(question.text, [data.texts[data.home[question.id]]])
        return reading_row(question, answer, time.perf_counter() - start)

    left = settings.partial("reading", fingerprint(path.read_bytes()), settings.limit)
    rows = run_all(questions, one, partial=left, label="reading", quiet=settings.quiet)
    about = settings.about(f"{path.name}, reading", "the gold paragraph alone")
    return [found, Results(about, rows)]


# BEIR form


def load_beir(
    folder: Path,
) -> tuple[dict[str, str], dict[str, str], list[Question], dict[str, Any]]:
    """(texts, titles, queries that have relevance, relevance by query) of a BEIR folder."""
    corpus = list(read_lines(folder / "corpus.jsonl"))
    texts = {str(row["_id"]): str(row.get("text") or row.get("title") or "") for row in corpus}
    titles = {str(row["_id"]): str(row.get("title") or "") for row in corpus}
    texts = {key: text for key, text in texts.items() if text.strip()}
    for name in ("qrels/test.tsv", "qrels/dev.tsv", "qrels.tsv"):
        if (folder / name).is_file():
            break
    else:
        raise PrepareError(f"{folder}: no qrels/test.tsv, qrels/dev.tsv or qrels.tsv in it")
    relevance: dict[str, dict[str, float]] = {}
    for row in csv.reader(read_text(folder / name).splitlines(), delimiter="\t"):
        if len(row) >= 3 and re.fullmatch(r"-?\d+(\.\d+)?", row[-1]) and float(row[-1]) > 0:
            relevance.setdefault(row[0], {})[row[-2]] = float(row[-1])
    queries = [
        Question(
            id=str(row["_id"]),
            text=str(row["text"]),
            kind="query",
            language=language_of(str(row["text"])),
        )
        for row in read_lines(folder / "queries.jsonl")
        if str(row["_id"]) in relevance
    ]
    if not queries:
        raise PrepareError(f"{folder}: no query has a relevant text in {name}")
    return texts, titles, queries, relevance


def beir(folder: Path, settings: Settings) -> Results:
    """Searching over a corpus: nDCG@10 with graded relevance, recall@100."""
    from qa import Retriever

    texts, titles, queries, relevance = load_beir(folder)
    questions = sample(queries, settings.limit)
    retriever = Retriever.open(cached_index(collect(texts, titles, settings), settings))
    index = retriever.index
    rows = search_all(questions, relevance, index, retriever, settings, folder.name, deep=True)
    return Results(settings.about(folder.name, _held(index)), rows)
