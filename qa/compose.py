"""Evidence -> Answer: the bare answer, the sentences that say it with their marks, or a refusal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from index.period import find_periods, label
from index.records import Article, Passage, Period
from index.sentences import Sentence, place_key
from qa.calculate import Amount, calculate, claim_holds, compare, listed_amounts, same_unit
from qa.extract import Evidence, reading
from qa.phrases import Phrases, phrases
from qa.question import Question, same_place
from qa.records import Answer, Citation, Point
from qa.verify import numbers

QUOTE_LIMIT = 160  # characters of evidence shown; the citation always holds the whole sentence
# How good evidence must be to answer, by what the question asks for, and how much of the question
# may stand nowhere in the article. Figures are held by place, period and unit as well, so they need
# less. Fitted on the questions about the sample articles.
_FIGURES = frozenset({"figure", "rate", "share", "rank"})
_SPANS = frozenset({"who", "office", "when", "where", "which", "list"})
ENOUGH = {"figure": 0.36, "span": 0.48, "sentence": 0.45}
# When and where something happened is not answered by a sentence about something else there.
_MISSING = {"when": 0.24, "where": 0.24, "figure": 0.35, "span": 0.33, "sentence": 0.42}
_ALIKE = 0.85  # how near another statement's score must come to contradict the one chosen
_DAY_SPAN = 27  # a span of fewer days is an event's date, not a figure's period


@dataclass(slots=True)
class _Citer:
    """Collects the citations of one answer; the same sentence keeps its number."""

    passages: dict[str, Sequence[Passage]]
    citations: list[Citation] = field(default_factory=list)

    def cite(self, article: Article, sentence: Sentence) -> int:
        for citation in self.citations:
            if citation.article.id == article.id and citation.start == sentence.start:
                return citation.n
        n = len(self.citations) + 1
        passage = passage_at(self.passages.get(article.id, ()), article, sentence)
        self.citations.append(Citation(n, passage, article, sentence.start, sentence.end))
        return n


def passage_at(passages: Sequence[Passage], article: Article, sentence: Sentence) -> Passage:
    """The passage that holds most of a sentence; where none is known, the sentence itself."""
    if passages:
        return max(passages, key=lambda p: min(p.end, sentence.end) - max(p.start, sentence.start))
    text = article.text[sentence.start : sentence.end]
    return Passage(f"{article.id}@{sentence.start}", article.id, text, sentence.start, sentence.end)


def is_enough(question: Question, evidence: Evidence) -> bool:
    """Whether the evidence answers the question; the one place where that is decided."""
    group = _group(question)
    allowed = _MISSING.get(question.kind, _MISSING[group])
    good = evidence.score >= ENOUGH[group] and evidence.missing < allowed
    return good and not evidence.miss


def _group(question: Question) -> str:
    if question.kind in _FIGURES:
        return "figure"
    return "span" if question.kind in _SPANS else "sentence"


def compose(
    question: Question,
    found: Sequence[Sequence[Evidence]],
    passages: dict[str, Sequence[Passage]],
    language: str,
) -> Answer:
    """The answer to a question from the evidence of its parts (of itself, where it has none)."""
    citer = _Citer(passages)
    say = phrases(language)
    parts = question.parts or (question,)
    if len(parts) == 1:
        return _single(parts[0], question, found[0], citer, say)
    chosen = [_best(part, evidence) for part, evidence in zip(parts, found, strict=True)]
    if question.operation == "each":
        return _each(question, parts, found, chosen, citer, say)
    if any(c is None or c.figure is None for c in chosen):
        return _refuse(question, parts, found, chosen, citer, say)
    return _calculated(question, parts, [c for c in chosen if c is not None], citer, say)


def _best(question: Question, evidence: Sequence[Evidence]) -> Evidence | None:
    good = [e for e in evidence if is_enough(question, e)]
    if not good:
        return None
    best = good[0]
    if question.kind in _FIGURES and _stated_for_another_time(question, best, evidence):
        return None
    if question.kind in _FIGURES and not question.periods and not question.relative:
        # Nothing said of when: among equally good ones the latest.
        rivals = [e for e in good if e.score >= best.score - 0.04 and same_place(e.place, best.place)]
        dated = [e for e in rivals if e.period is not None]
        if dated:
            best = max(dated, key=lambda e: (e.period.end if e.period else None, e.score))  # type: ignore[type-var]
    return best


def _stated_for_another_time(
    question: Question, best: Evidence, evidence: Sequence[Evidence]
) -> bool:
    """Whether the very measure is stated, but for another period than the one asked for.

    Then a looser statement that does not say when it is of is no answer.
    """
    if not (question.periods or question.relative) or best.period in question.periods:
        return False
    return any(
        e.miss == "period" and same_place(e.place, best.place) and best.raw < _ALIKE * e.raw
        for e in evidence
    )


def _single(
    part: Question, question: Question, found: Sequence[Evidence], citer: _Citer, say: Phrases
) -> Answer:
    best = _best(part, found)
    if best is None:
        return _refuse(question, [part], [found], [None], citer, say)
    if part.kind == "yesno":
        return _yes_or_no(part, found, best, citer, say)
    if part.kind in {"how", "why", "definition", "text"}:
        return _told(part, found, best, citer, say)
    total = _listed_total(part, best, citer, say) if part.kind == "figure" else None
    if total is not None:
        return total
    n = citer.cite(best.article, best.sentence)
    lines = [f"{_lead(part, best, say)}{best.short} [{n}]{_frame(best, citer)}{say.stop}"]
    lines.append(say.quote.format(_trimmed(best), n))
    lines += _otherwise(part, best, found, citer, say)
    series = _series(part, best, found, citer)
    return Answer(
        question=question.text,
        text="\n".join(lines),
        short=_bare(part, best),
        answered=True,
        citations=tuple(citer.citations),
        figures=(best.figure,) if best.figure else (),
        series=series,
        options=_options(part, best, series),
    )


_ALL = re.compile(r"一共|合计|总共|共计|总计|加起来|总和|之和|总规模|总额")


def _listed_total(
    part: Question, best: Evidence, citer: _Citer, say: Phrases
) -> Answer | None:
    """The sum of amounts that the evidence only lists, where the question asks for them together."""
    if not _ALL.search(part.text) or best.figure is None:
        return None
    amounts = listed_amounts(best.article.text, best.sentence, best.start)
    result = calculate("sum", amounts) if amounts else None
    if result is None:
        return None
    n = citer.cite(best.article, best.sentence)
    return Answer(
        question=part.text,
        text=f"{result.text} [{n}]{say.stop}\n{say.quote.format(_trimmed(best), n)}",
        short=result.short,
        answered=True,
        citations=tuple(citer.citations),
        figures=(best.figure,),
        calculation=result.text,
    )


def _bare(part: Question, best: Evidence) -> str:
    return best.short


def _lead(part: Question, best: Evidence, say: Phrases) -> str:
    """Whose and of when the bare answer is, in the question's own words."""
    if part.kind not in {"figure", "rate", "share"} or best.figure is None or say.language != "zh":
        return ""
    when = label(part.periods[0]) if part.periods else _stated_period(best, say.language)[0]
    where = part.places[0] if part.places else ""
    if where and best.place and place_key(where)[0] == place_key(best.place)[0]:
        where = best.place
    what = part.body.strip() or best.figure.measure
    return f"{where}{when}{what}{say.colon}"


def _frame(best: Evidence, citer: _Citer) -> str:
    """A mark for the sentence that says of when the evidence is, where it does not say so itself."""
    sentence = _stated_period(best, "zh")[1] if best.figure else None
    return "" if sentence is None else f" [{citer.cite(best.article, sentence)}]"


def _stated_period(best: Evidence, language: str) -> tuple[str, Sentence | None]:
    """The evidence's period in words, and the sentence before it that states the year if it does not.

    Both are empty where the article never says the year: then the answer does not, either, unless
    the article is dated in that year.
    """
    period = best.period
    if period is None or period.days <= _DAY_SPAN:
        return "", None
    words, year = label(period, language), str(period.start.year)
    if not numbers(words) - {year} <= numbers(best.quote):
        return "", None
    if year in best.quote or year in best.article.title:
        return words, None
    sentences, _ = reading(best.article)
    for sentence in reversed([s for s in sentences if s.start < best.sentence.start]):
        says_so = any(t.period == period for t in sentence.times)
        if says_so and year in best.article.text[sentence.start : sentence.end]:
            return words, sentence
    published = best.article.published
    return (words, None) if published and published.start.year == period.start.year else ("", None)


def _trimmed(evidence: Evidence) -> str:
    """The evidence sentence, cut at clauses around the answer where it is long."""
    text, sentence = evidence.article.text, evidence.sentence
    quote = text[sentence.start : sentence.end].replace("\n", "")
    if len(quote) <= QUOTE_LIMIT:
        return quote
    cuts = [sentence.start, *(m.end() for m in re.finditer(r"[，；,;]", text[: sentence.end]) if m.end() > sentence.start), sentence.end]
    left, right = sentence.start, sentence.end
    start, end = min(evidence.start, sentence.end), min(evidence.end, sentence.end)
    if end - start > QUOTE_LIMIT:
        return quote
    while right - left > QUOTE_LIMIT:
        inner = [c for c in cuts if left < c < right]
        early = [c for c in inner if c <= start]
        late = [c for c in inner if c >= end]
        # The beginning says whose and when; so the end goes first.
        if late:
            right = late[-1]
        elif early:
            left = early[0]
        else:
            break
    shown = text[left:right].replace("\n", "")
    return ("…" if left > sentence.start else "") + shown + ("…" if right < sentence.end else "")


def _otherwise(
    part: Question, best: Evidence, found: Sequence[Evidence], citer: _Citer, say: Phrases
) -> list[str]:
    """A line for each other article that states another value for the very same thing."""
    if best.figure is None or part.kind != "figure":
        return []
    lines: list[str] = []
    seen = {best.figure.value}
    for other in found:
        figure = other.figure
        if figure is None or other.article.id == best.article.id or figure.value in seen:
            continue
        same_time = other.period == best.period or other.period is None or best.period is None
        alike = other.score >= _ALIKE * best.score and is_enough(part, other) and same_time
        if alike and same_unit(figure.unit, best.figure.unit) and same_place(other.place, best.place):
            seen.add(figure.value)
            lines.append(say.differs.format(other.short, citer.cite(other.article, other.sentence)))
    return lines[:2]


def _series(
    part: Question, best: Evidence, found: Sequence[Evidence], citer: _Citer
) -> tuple[Point, ...]:
    """The same measure of the same place at other times, where the articles give it."""
    if best.figure is None or best.period is None or part.kind not in {"figure", "rate"}:
        return ()
    points: dict[Period, tuple[Evidence, Decimal]] = {}
    for other in [best, *found]:
        figure = other.figure
        if figure is None or other.period is None or other.period in points or other.missing >= _MISSING["figure"]:
            continue
        if other.period.days < 27 or not same_place(other.place, best.place):
            continue
        if figure.unit != best.figure.unit or _kernel(figure.measure) != _kernel(best.figure.measure):
            continue
        points[other.period] = (other, figure.value)
    if len(points) < 2:
        return ()
    ordered = sorted(points.items(), key=lambda item: item[0].start)
    return tuple(
        Point(label(period), value, best.figure.unit, citer.cite(e.article, e.sentence))
        for period, (e, value) in ordered
    )


def _kernel(measure: str) -> str:
    return re.sub(r"累计|完成|实现|达到|园区|全区|[^\w]", "", measure)


def _options(part: Question, best: Evidence, series: Sequence[Point]) -> tuple[str, ...]:
    where = part.places[0] if part.places else best.place
    current = label(best.period) if best.period else ""
    return tuple(
        f"{where}{point.label}{part.body}是多少？" for point in series if point.label != current
    )[:3]


def _told(
    part: Question, found: Sequence[Evidence], best: Evidence, citer: _Citer, say: Phrases
) -> Answer:
    """An answer of one to three sentences, in the order in which the article has them."""
    chosen = [best]
    for other in found:
        if len(chosen) == 3 or other.score < 0.86 * best.score or other.miss:
            break
        near = other.article.id == best.article.id and abs(other.sentence.paragraph - best.sentence.paragraph) <= 1
        if near and other.sentence.start != best.sentence.start and is_enough(part, other):
            chosen.append(other)
    if len(chosen) == 1:
        chosen += _continuation(best)
    chosen.sort(key=lambda e: e.sentence.start)
    lines = [f"{e.quote} [{citer.cite(e.article, e.sentence)}]" for e in chosen]
    short = best.quote if len(best.quote) <= 80 else _trimmed(best)
    return Answer(
        question=part.text, text="\n".join(lines), short=short, answered=True,
        citations=tuple(citer.citations),
    )  # fmt: skip


def _continuation(best: Evidence) -> list[Evidence]:
    """The sentence that follows in the same paragraph: what a question announces is told there."""
    sentences, _ = reading(best.article)
    following = [
        s
        for s in sentences
        if s.paragraph == best.sentence.paragraph and s.start >= best.sentence.end
    ][:1]
    return [
        replace(best, sentence=s, start=s.start, end=s.end)
        for s in following
        if s.end - s.start <= QUOTE_LIMIT
    ]


_NOT = re.compile(r"不是|没有|未能|尚未|并未|未|不再|无法|不能|否认")
_OVER = re.compile(r"超过|突破|高于|多于|大于|不少于|以上|超")
_UNDER = re.compile(r"低于|少于|不到|不足|小于|以下|不超过")


def _yes_or_no(
    part: Question, found: Sequence[Evidence], best: Evidence, citer: _Citer, say: Phrases
) -> Answer:
    """Yes or no with the sentence that decides it; a claim about a number is held to the number."""
    n = citer.cite(best.article, best.sentence)
    holds = claim_holds(part.text, best.article.text, best.sentence)
    if holds is None:
        denied = bool(_NOT.search(best.quote)) != bool(_NOT.search(part.text))
        holds = not denied
    short = say.yes if holds else say.no
    return Answer(
        question=part.text, text=f"{short}{say.comma}{say.quote.format(_trimmed(best), n)}",
        short=short, answered=True, citations=tuple(citer.citations),
    )  # fmt: skip


def _each(
    question: Question,
    parts: Sequence[Question],
    found: Sequence[Sequence[Evidence]],
    chosen: Sequence[Evidence | None],
    citer: _Citer,
    say: Phrases,
) -> Answer:
    """One answer a part; a part that the articles do not answer is said to be missing."""
    if all(c is None for c in chosen):
        return _refuse(question, parts, found, chosen, citer, say)
    lines, shorts, figures = [], [], []
    for part, best in zip(parts, chosen, strict=True):
        name = part.text or part.body
        if best is None:
            lines.append(f"{name}{say.colon}{say.unknown}")
            continue
        n = citer.cite(best.article, best.sentence)
        lead = _lead(part, best, say) or f"{part.body}{say.colon}"
        lines.append(f"{lead}{best.short} [{n}]{_frame(best, citer)}")
        shorts.append(best.short)
        if best.figure:
            figures.append(best.figure)
    quotes = dict.fromkeys(
        say.quote.format(_trimmed(c), citer.cite(c.article, c.sentence)) for c in chosen if c is not None
    )
    return Answer(
        question=question.text, text="\n".join([*lines, *quotes]), short=say.semicolon.join(shorts),
        answered=True, citations=tuple(citer.citations), figures=tuple(figures),
    )  # fmt: skip


def _calculated(
    question: Question,
    parts: Sequence[Question],
    chosen: Sequence[Evidence],
    citer: _Citer,
    say: Phrases,
) -> Answer:
    """A comparison or a calculation, every term shown with the mark of the sentence that states it."""
    amounts = [
        Amount(e.figure.value, e.figure.unit, _name(part, e), citer.cite(e.article, e.sentence))
        for part, e in zip(parts, chosen, strict=True)
        if e.figure is not None
    ]
    result = (
        compare(question.operation, amounts)
        if question.operation in {"more", "less"}
        else calculate(question.operation, amounts)
    )
    if result is None:
        return _refuse(question, parts, [chosen], [None], citer, say)
    marks = "".join(f"[{a.n}]" for a in amounts)
    lines = [f"{result.text} {marks}{say.stop}"]
    lines += [f"{a.name}{say.colon}{a.value}{a.unit} [{a.n}]" for a in amounts]
    lines += dict.fromkeys(
        say.quote.format(_trimmed(e), citer.cite(e.article, e.sentence)) for e in chosen
    )
    return Answer(
        question=question.text, text="\n".join(lines), short=result.short, answered=True,
        citations=tuple(citer.citations), figures=tuple(e.figure for e in chosen if e.figure),
        calculation=result.text,
        series=tuple(Point(a.name, a.value, a.unit, a.n) for a in amounts if a.unit == amounts[0].unit),
    )  # fmt: skip


def _name(part: Question, evidence: Evidence) -> str:
    when = label(part.periods[0]) if part.periods else ""
    return "".join([*part.places[:1], when]) or part.body


def _refuse(
    question: Question,
    parts: Sequence[Question],
    found: Sequence[Sequence[Evidence]],
    chosen: Sequence[Evidence | None],
    citer: _Citer,
    say: Phrases,
) -> Answer:
    """Say that the articles do not say, what was looked for, and what is nearest."""
    sought, nearest, options = [], [], []
    for part, evidence in zip(parts, found, strict=False):
        if any(c is not None and c in evidence for c in chosen):
            continue
        slots = [*part.places, *(label(p, say.language) for p in part.periods), *part.relative, part.body.strip()]
        sought.append(" · ".join(filter(None, slots)) or part.text)
        for near in _nearest(part, evidence):
            n = citer.cite(near.article, near.sentence)
            when, _ = _stated_period(near, say.language)
            nearest.append(f"{near.place}{when}{say.colon}{near.short} [{n}]{_frame(near, citer)}")
            options.append(f"{near.place}{label(near.period) if near.period else ''}{part.body}是多少？")
    text = say.refusal.format(say.semicolon.join(dict.fromkeys(sought)) or question.text)
    if nearest:
        text += "\n" + say.nearest.format(say.semicolon.join(dict.fromkeys(nearest)))
    return Answer(
        question=question.text, text=text, short="", answered=False,
        citations=tuple(citer.citations), options=tuple(dict.fromkeys(options))[:3],
    )  # fmt: skip


def _nearest(part: Question, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Statements of the same measure for another period or place, the best of each."""
    chosen: list[Evidence] = []
    for near in evidence:
        if near.figure is None or near.missing >= _MISSING["figure"] or not near.miss:
            continue
        if near.score < 0.38 or (near.miss == "place" and any(c.miss == "period" for c in chosen)):
            continue
        if any(c.place == near.place and c.period == near.period for c in chosen):
            continue
        chosen.append(near)
        if len(chosen) == 3:
            break
    return chosen
