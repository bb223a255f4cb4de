"""One turn of the dialogue: question -> retrieve -> extract or generate -> verify."""

from __future__ import annotations

import functools
import logging
import math
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from index import Article, Encoder, Index, Passage, Period
from index.lexical import fold
from index.lexical import terms as lexical_terms
from index.period import label
from qa import english
from qa.byline import asks_writer, told_by_byline
from qa.candidates import asks_origin
from qa.compose import compose
from qa.extract import Evidence, extract
from qa.followup import complete
from qa.generate import Generator, renumbered, with_more
from qa.interrogatives import FIGURES
from qa.judge import best_of, is_enough
from qa.listed import of_listed
from qa.nearest import in_their_words
from qa.offices import same_rank
from qa.phrases import phrases
from qa.question import Question, analyse, as_ratio
from qa.reader.read import Reader, bundled
from qa.records import MARK, Answer, Scope
from qa.retrieve import Retriever
from qa.suggest import suggest
from qa.verify import problems

_log = logging.getLogger(__name__)
HITS = 24  # passages looked at for a question
# How far a sentence must be trusted to stand in for a bare answer of a kind. Who, when and where
# are told by a name or a time, which is only missed where its form is rare.
# How much of the question may stand nowhere then: less, the plainer the form of an answer is.
TOLD = {"which": 0.6, "list": 0.6, "office": 0.6, "who": 0.7, "when": 0.7, "where": 0.7}
_LACKING = {"which": 0.2, "list": 0.2, "office": 0.2}
_LACKING_NAMED = 0.08
# Texts that the few given ones are thought to stand among, so that a word which they lack is not
# taken for a rare one.
_BACKGROUND = 30
LONGEST = 2000  # characters of a question; what is longer is a text pasted by mistake
ARTICLES = 8  # articles read for a question


class Bot:
    """Answers questions from an index; holds the retriever and, if there is one, the generator."""

    def __init__(
        self,
        retriever: Retriever | None,
        generator: Generator | None = None,
        reader: Reader | None = None,
    ) -> None:
        self.retriever = retriever
        self.generator = generator
        self.reader = reader or bundled()

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        encoder: Encoder | None = None,
        llm_url: str | None = None,
        llm_model: str | None = None,
    ) -> Bot:
        """A bot over the index at `path`; with `llm_url`, a language model words the answers."""
        generator = Generator(llm_url, llm_model or "") if llm_url else None
        # What is found is read anyway, with all that stands around it.
        return cls(Retriever(Index.open(path, encoder)), generator)

    def ask(
        self,
        question: str,
        history: Sequence[Mapping[str, Any]] = (),
        scope: Scope | None = None,
    ) -> Answer:
        """The answer to a question, read after the dialogue before it.

        `history` is the earlier turns, `{"role": "user"|"assistant", "content": str}`.
        """
        if self.retriever is None:
            raise ValueError("this bot has no index: open one with Bot.open(path)")
        retriever = self.retriever
        started = time.perf_counter()
        find = functools.partial(self._find, scope=scope)

        def passages(articles: Iterable[str]) -> dict[str, Sequence[Passage]]:
            index = retriever.index
            return {a: index.passages(index.rows_of(a)) for a in articles}

        answer = self._answer(question, history, find, passages, retriever.index.idf)
        if self.generator is not None:
            answer = self._worded(answer, question, history, find)
        return replace(answer, question=question, seconds=time.perf_counter() - started)

    def evidence(self, question: str) -> tuple[Question, list[list[Evidence]]]:
        """A question that stands alone, as understood, and what was found for each of its parts."""
        if self.retriever is None:
            raise ValueError("this bot has no index: open one with Bot.open(path)")
        asked = analyse(_readings(question, ())[0])
        idf = self.retriever.index.idf
        parts = asked.parts or (asked,)
        return asked, [extract(part, self._find(part), idf, self.reader) for part in parts]

    def _find(self, part: Question, scope: Scope | None = None) -> list[tuple[Article, float]]:
        """The articles to read for a question, with the score of the best passage, 1 at most."""
        assert self.retriever is not None
        hits = self.retriever.search(part.query, k=HITS, scope=scope)
        best: dict[str, tuple[Article, float]] = {}
        top = max((h.score for h in hits), default=1.0) or 1.0
        for hit in hits:
            best.setdefault(hit.article.id, (hit.article, hit.score / top))
        return list(best.values())[:ARTICLES]

    def _worded(
        self,
        answer: Answer,
        question: str,
        history: Sequence[Mapping[str, Any]],
        find: Callable[[Question], list[tuple[Article, float]]],
    ) -> Answer:
        """The answer in the language model's words, if what it cites holds every one of them.

        The model sees the sentences cited already and the best others; its draft is held to the
        same checks, and where it fails them, or there is none, the answer stays as it was.
        """
        assert self.generator is not None
        question = MARK.sub("", question)
        language = "en" if english.is_english(question) else "zh"
        whole = _readings(question, history)[0]
        part = analyse(whole)
        near = [article for article, _ in find(part)]
        citations = with_more(answer.citations, near, (*part.words, *part.names))
        asked = question if whole == question else f"{question}（{whole}）"
        draft = self.generator.generate(asked, [c.quote for c in citations], language)
        if draft is None:
            return answer
        text, used = renumbered(draft, citations)
        worded = replace(
            answer,
            question=asked,
            text=text,
            short=answer.short if answer.answered else text.split("[")[0].strip(),
            answered=True,
            citations=used,
            options=answer.options if answer.answered else (),
            calculation="",
            series=(),
        )
        if answer.calculation or problems(worded):
            return answer
        return worded

    def suggest(self, n: int = 4) -> list[str]:
        """At most `n` questions that this bot's index answers, to show to somebody who is new."""
        if self.retriever is None:
            return []
        return suggest(self.retriever.index, self.ask, n)

    def answer_from(self, question: str, passages: Sequence[str]) -> Answer:
        """The same reader over given texts, without an index."""
        started = time.perf_counter()
        articles = [
            (Article(f"passage-{n}", "", "", "", None, text, f"passage-{n}"), 1.0)
            for n, text in enumerate(passages, 1)
            if text.strip()
        ]
        answer = self._answer(question, (), lambda _: articles, lambda _: {}, _idf_of(passages))
        return replace(answer, question=question, seconds=time.perf_counter() - started)

    def _answer(
        self,
        question: str,
        history: Sequence[Mapping[str, Any]],
        find: Callable[[Question], list[tuple[Article, float]]],
        passages: Callable[[Iterable[str]], dict[str, Sequence[Passage]]],
        idf: Callable[[str], float],
    ) -> Answer:
        language = "en" if english.is_english(question) else "zh"
        say = phrases(language)
        if not question.strip():
            return Answer(question, say.refusal.format("…"), "", False)
        if len(question) > LONGEST:
            return Answer(question, say.too_long.format(len(question), LONGEST), "", False)

        def evidence(part: Question) -> list[Evidence]:
            return extract(part, find(part), idf, self.reader)

        refused: Answer | None = None
        best, trusted = None, 0.0
        for n, whole in enumerate(_readings(question, history)):
            if language == "en":
                # Names that the question spells by sound are looked up where it leads.
                near = find(analyse(whole))
                texts = [f"{a.title}\n{a.text}" for a, _ in near]
                whole = in_their_words(english.sounded(whole, texts), texts)
            asked = analyse(whole)
            if asks_writer(asked):
                near = find(asked)
                signed = told_by_byline(asked, near, passages(a.id for a, _ in near), say)
                if signed is not None:
                    return replace(signed, question=question)
            found = [evidence(part) for part in asked.parts or (asked,)]
            asked, found = _borne_out(asked, found, evidence)
            ids = {e.article.id for evidence in found for e in evidence[:40]}
            answer = compose(asked, found, passages(ids), language)
            answer = _checked(
                replace(answer, question=f"{question} {whole}"), say.refusal.format(whole)
            )
            if not answer.answered:
                refused = refused or answer
                continue
            # The first reading is the likeliest; a later one must be better borne out.
            trust = _trust(asked, found) - _LATER * n
            if best is None or trust > trusted:
                best, trusted = answer, trust
            if trusted >= _SURE:
                break
        if best is None:
            assert refused is not None
            return refused
        return _in_english(best, question) if language == "en" else best


_LATER = 0.1  # what each reading takes from the trust in its answer that comes behind another
_SURE = 0.6  # trust at which no other reading is looked at


def _trust(asked: Question, found: Sequence[Sequence[Evidence]]) -> float:
    """How far the weakest part of an answer is to be trusted."""
    chosen = [best_of(p, e) for p, e in zip(asked.parts or (asked,), found, strict=True)]
    return min((e.trust if e else 0.0 for e in chosen), default=0.0)


def _in_english(answer: Answer, question: str) -> Answer:
    """The first line of an answer as an English sentence around the original short answer."""
    first, _, rest = answer.text.partition("\n")
    if not answer.short or not first.startswith(answer.short) or answer.calculation:
        return answer
    marks = first[len(answer.short) :].rstrip(".")
    said = f"{english.state(question, answer.short).rstrip('. ')}{marks}."
    return replace(answer, text="\n".join(filter(None, [said, rest])))


def _borne_out(
    asked: Question,
    found: list[list[Evidence]],
    evidence: Callable[[Question], list[Evidence]],
) -> tuple[Question, list[list[Evidence]]]:
    """The question as the evidence bears it out: by a list, in other words, or reckoned."""
    listed = of_listed(asked, found, evidence)
    if listed is not None:
        return listed
    found = _or_in_full(asked, found, evidence)
    asked, found = _or_told(asked, found, evidence)
    asked, found = _or_reckoned(asked, found, evidence)
    asked, found = _or_stated(asked, found, evidence)
    return _or_as_it_was(asked, found)


def _or_in_full(
    asked: Question,
    found: list[list[Evidence]],
    evidence: Callable[[Question], list[Evidence]],
) -> list[list[Evidence]]:
    """The evidence, where a term of a comparison lacks any by that of the term put in full.

    "宜宾城镇居民" may say too little to the reader, "宜宾城镇居民的人均可支配收入增长多少" enough.
    """
    if asked.operation not in {"more", "less", "difference"}:
        return found
    whole = []
    for part, mine in zip(asked.parts, found, strict=True):
        if part.kind in FIGURES and part.body and not any(is_enough(part, e) for e in mine):
            asking = "增长多少" if part.kind == "rate" else f"是多少{part.unit}"
            when = (label(period) for period in part.periods)
            full = replace(part, asked="".join([*part.places, *when, part.body, asking]))
            again = evidence(full)
            mine = again if any(is_enough(part, e) for e in again) else mine
        whole.append(mine)
    return whole


def _or_told(
    asked: Question,
    found: list[list[Evidence]],
    evidence: Callable[[Question], list[Evidence]],
) -> tuple[Question, list[list[Evidence]]]:
    """Where no bare answer is found, the sentence that tells, if it holds all that is asked.

    Only for questions that a sentence can answer as well: "把什么称作…", "配备了什么".
    """
    needed = TOLD.get(asked.kind)
    if (
        needed is None
        or asked.parts
        or asks_origin(asked)
        or any(is_enough(asked, e) for e in found[0])
    ):
        return asked, found
    plain = replace(asked, kind="text")
    lacking = _LACKING.get(asked.kind, _LACKING_NAMED)
    sentences = [e for e in evidence(plain) if e.trust >= needed and e.missing < lacking]
    if asked.kind == "who":
        sentences = [e for e in sentences if same_rank(fold(asked.text), fold(e.quote))]
    if asked.kind == "when":
        sentences = [e for e in sentences if any(t.kind != "relative" for t in e.sentence.times)]
    return (plain, [sentences]) if any(is_enough(plain, e) for e in sentences) else (asked, found)


def _or_reckoned(
    asked: Question,
    found: list[list[Evidence]],
    evidence: Callable[[Question], list[Evidence]],
) -> tuple[Question, list[list[Evidence]]]:
    """Where no sentence states a share, the two figures that it is reckoned from."""
    ratio = as_ratio(asked)
    if ratio is None or any(is_enough(asked, e) for e in found[0]):
        return asked, found
    terms = [evidence(part) for part in ratio.parts]
    stated = all(any(is_enough(p, e) for e in t) for p, t in zip(ratio.parts, terms, strict=True))
    return (ratio, terms) if stated else (asked, found)


def _or_stated(
    asked: Question,
    found: list[list[Evidence]],
    evidence: Callable[[Question], list[Evidence]],
) -> tuple[Question, list[list[Evidence]]]:
    """Where a difference cannot be reckoned, a sentence that states it: "超警戒水位1.99米"."""
    if asked.operation not in {"difference", "ratio"} or len(asked.places) > 1:
        return asked, found
    terms = [best_of(part, mine) for part, mine in zip(asked.parts, found, strict=True)]
    if all(terms) and len({(e.article.id, e.start) for e in terms if e}) == len(terms):
        return asked, found  # each side has a figure of its own
    plain = replace(asked, operation="", parts=())
    stated = [e for e in evidence(plain) if _speaks_of(e, asked.periods)]
    return (plain, [stated]) if any(is_enough(plain, e) for e in stated) else (asked, found)


def _or_as_it_was(
    asked: Question, found: list[list[Evidence]]
) -> tuple[Question, list[list[Evidence]]]:
    """Where a level is not stated, the one of a later time and what it has grown by since.

    "2022年底418家，比上年底净增93家" tells how many there were at the end of 2021.
    """
    if asked.kind != "figure" or asked.parts or len(asked.periods) != 1:
        return asked, found
    if any(is_enough(asked, e) for e in found[0]):
        return asked, found
    for now in found[0]:
        figure = now.figure
        change = figure.change if figure else None
        if figure is None or change is None or change.base is None or now.miss != "period":
            continue
        if change.unit != figure.unit or not change.base.overlaps(asked.periods[0]):
            continue
        if now.period is None or now.period.contains(asked.periods[0]):
            continue
        start, end = change.start, change.end
        by = replace(figure, value=abs(change.value), change=None, start=start, end=end)
        grown = replace(now, figure=by, start=start, end=end, miss="")
        terms = [[replace(now, miss="")], [grown]]
        more = change.value > 0
        told = now.sentence.time_at(now.start)
        words = now.article.text[told.start : told.end] if told else label(now.period)
        then = replace(asked, places=(), periods=(), text="".join([*asked.places[:1], words]))
        since = replace(then, text="此后增加" if more else "此后减少")
        reckoned = replace(asked, operation="difference" if more else "sum", parts=(then, since))
        if all(is_enough(p, e[0]) for p, e in zip(reckoned.parts, terms, strict=True)):
            return reckoned, terms
    return asked, found


def _speaks_of(evidence: Evidence, periods: Sequence[Period]) -> bool:
    """Whether a sentence is of all of several periods that are compared."""
    times = [t.period for t in evidence.sentence.times] + [evidence.period]
    return len(periods) < 2 or all(p in times for p in periods)


def _checked(answer: Answer, refusal: str) -> Answer:
    """The answer if its citations hold it, else a refusal: what is not stated is not said."""
    wrong = problems(answer)
    if not wrong:
        return answer
    _log.warning("withheld an answer to %r: %s", answer.question, "; ".join(wrong))
    return Answer(answer.question, refusal, "", False)


def _readings(question: str, history: Sequence[Mapping[str, Any]]) -> list[str]:
    """The question made whole after its dialogue, in Chinese, the likeliest reading first."""
    earlier, said = "", ""
    for turn in history:
        content = _text(turn.get("content"))
        if turn.get("role") == "user":
            earlier = _whole(content, earlier, said)[0]
            said = ""
        elif turn.get("role") == "assistant":
            said = content
    return _whole(question, earlier, said)


def _whole(question: str, earlier: str, said: str) -> list[str]:
    if not english.is_english(question):
        return complete(question, earlier, said) if earlier else [question]
    text = english.restate(question)
    # As asked it may stand in an English article.
    return [*(complete(text, earlier, said) if earlier else [text]), question]


def _text(content: object) -> str:
    """A turn's text; Gradio gives a list of blocks, others a string."""
    if isinstance(content, str):
        return content
    if isinstance(content, Sequence):
        blocks = (b.get("text", "") if isinstance(b, Mapping) else str(b) for b in content)
        return "\n".join(blocks)
    return ""


def _idf_of(passages: Sequence[str]) -> Callable[[str], float]:
    """Inverse document frequency over a few given texts, as BM25 has it."""
    counts = Counter(t for text in passages for t in set(lexical_terms(text)))
    n = len(passages) + _BACKGROUND

    def idf(term: str) -> float:
        return math.log(1 + (n - counts[term] + 0.5) / (counts[term] + 0.5))

    return idf
