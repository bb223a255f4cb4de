"""Evidence -> Answer: the bare answer and the sentences that say it, with their marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.period import label
from index.records import Passage, Period
from index.sentences import Sentence, place_key
from qa.calculate import Amount, calculate, claim_holds, compare, listed_amounts, same_unit
from qa.cite import QUOTE_LIMIT, Citer, frame_mark, stated_period, trimmed
from qa.extract import Evidence, gives
from qa.interrogatives import CHANGE_WORD
from qa.judge import ABSENT, ALIKE, best_of, is_enough
from qa.phrases import Phrases, phrases
from qa.question import Question, same_place
from qa.reading import reading
from qa.records import Answer, Point
from qa.refuse import refuse
from qa.trust import BAR


def compose(
    question: Question,
    found: Sequence[Sequence[Evidence]],
    passages: dict[str, Sequence[Passage]],
    language: str,
) -> Answer:
    """The answer to a question from the evidence of its parts (of itself, where it has none)."""
    citer = Citer(passages)
    say = phrases(language)
    parts = question.parts or (question,)
    if question.operation == "trend":
        return _over_time(question, parts[0], found[0], citer, say)
    if question.operation == "claim":
        return _claimed(question, parts[0], found[0], citer, say)
    if len(parts) == 1:
        return _single(parts[0], question, found[0], citer, say)
    chosen = [best_of(part, evidence) for part, evidence in zip(parts, found, strict=True)]
    if question.operation == "each":
        return _each(question, parts, found, chosen, citer, say)
    if any(c is None or c.figure is None for c in chosen):
        return refuse(question, parts, found, chosen, citer, say)
    return _calculated(question, parts, [c for c in chosen if c is not None], citer, say)


def _single(
    part: Question, question: Question, found: Sequence[Evidence], citer: Citer, say: Phrases
) -> Answer:
    best = best_of(part, found) or _listed(part, found)
    if best is None:
        return refuse(question, [part], [found], [None], citer, say)
    if part.kind == "yesno":
        return _yes_or_no(part, found, best, citer, say)
    if part.kind in {"how", "why", "definition", "text"}:
        return _told(part, found, best, citer, say)
    total = _listed_total(part, best, citer, say) if part.kind == "figure" else None
    if total is not None:
        return total
    n = citer.cite(best.article, best.sentence)
    lines = [f"{_lead(part, best, say)}{best.short} [{n}]{frame_mark(best, citer)}{say.stop}"]
    lines.append(say.quote.format(trimmed(best), n))
    if part.periods and best.figure and best.period is None:
        lines.append(say.undated)
    lines += _otherwise(part, best, found, citer, say)
    series = _series(part, best, found, citer, say)
    return Answer(
        question=question.text,
        text="\n".join(lines),
        short=best.short,
        answered=True,
        citations=tuple(citer.citations),
        figures=(best.figure,) if best.figure else (),
        series=series,
        options=_options(part, best, series),
    )


_SPACED = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_FRAME = 27  # days: values of shorter spans make no series
_SHORT = 80  # characters of a short answer that is a sentence
_ALL = re.compile(r"一共|合计|总共|共计|总计|加起来|总和|之和")


def _listed(part: Question, found: Sequence[Evidence]) -> Evidence | None:
    """The first of a list whose members together are to be trusted, where all are asked for."""
    fitting = [e for e in found if not e.miss]
    if not fitting or not _ALL.search(part.text):
        return None
    first = fitting[0]
    listed = listed_amounts(first.article.text, first.sentence, first.start)
    together = [e for e in fitting if e.sentence == first.sentence and e.article == first.article]
    return first if listed and sum(e.trust for e in together) >= BAR else None


def _listed_total(part: Question, best: Evidence, citer: Citer, say: Phrases) -> Answer | None:
    """The sum of amounts that the evidence only lists, where all of them are asked for."""
    if not _ALL.search(part.text) or best.figure is None:
        return None
    amounts = listed_amounts(best.article.text, best.sentence, best.start)
    result = calculate("sum", amounts) if amounts else None
    if result is None:
        return None
    n = citer.cite(best.article, best.sentence)
    return Answer(
        question=part.text,
        text=f"{result.text} [{n}]{say.stop}\n{say.quote.format(trimmed(best), n)}",
        short=result.short,
        answered=True,
        citations=tuple(citer.citations),
        figures=(best.figure,),
        calculation=result.text,
    )


def _lead(part: Question, best: Evidence, say: Phrases) -> str:
    """Whose and of when the bare answer is, in the question's own words."""
    if part.kind not in {"figure", "rate", "share"} or best.figure is None or say.language != "zh":
        return ""
    if part.periods:
        when = part.when if best.period is not None else ""
    else:
        when, _ = stated_period(best, say.language)
    where = part.places[0] if part.places else ""
    if where and best.place and place_key(where)[0] == place_key(best.place)[0]:
        where = best.place
    what = _SPACED.sub("", part.body.strip()) or best.figure.measure
    change = CHANGE_WORD.search(best.figure.measure) if part.kind == "rate" else None
    grown = change.group(0) if change and not CHANGE_WORD.search(what) else ""
    return f"{where}{when}{what}{grown}{say.colon}"


def _otherwise(
    part: Question, best: Evidence, found: Sequence[Evidence], citer: Citer, say: Phrases
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
        alike = other.score >= ALIKE * best.score and is_enough(part, other) and same_time
        if (
            alike
            and same_unit(figure.unit, best.figure.unit)
            and same_place(other.place, best.place)
        ):
            seen.add(figure.value)
            lines.append(say.differs.format(other.short, citer.cite(other.article, other.sentence)))
    return lines[:2]


def _series(
    part: Question, best: Evidence, found: Sequence[Evidence], citer: Citer, say: Phrases
) -> tuple[Point, ...]:
    """The same measure of the same place at other times, where the articles give it."""
    return tuple(
        Point(
            label(e.period, say.language),
            e.figure.value,
            e.figure.unit,
            citer.cite(e.article, e.sentence),
        )
        for e in _same_measure(part, best, found)
        if e.period and e.figure
    )


def _same_measure(part: Question, best: Evidence, found: Sequence[Evidence]) -> list[Evidence]:
    """Evidence of the same measure and place, one for each period in order; none if only one."""
    if best.figure is None or best.period is None or part.kind not in {"figure", "rate"}:
        return []
    chosen: dict[Period, Evidence] = {}
    for other in [best, *found]:
        figure, period = other.figure, other.period
        if figure is None or period is None or period.days < _FRAME or period in chosen:
            continue
        same = (
            other.missing < ABSENT
            and same_place(other.place, best.place)
            and figure.unit == best.figure.unit
            and _kernel(figure.measure) == _kernel(best.figure.measure)
        )
        if same:
            chosen[period] = other
    ordered = sorted(chosen.items(), key=lambda item: item[0].start)
    return [e for _, e in ordered] if len(ordered) > 1 else []


def _kernel(measure: str) -> str:
    return re.sub(r"累计|完成|实现|达到|园区|全区|[^\w]", "", measure)


def _options(part: Question, best: Evidence, series: Sequence[Point]) -> tuple[str, ...]:
    where = part.places[0] if part.places else best.place
    current = label(best.period) if best.period else ""
    return tuple(
        f"{where}{point.label}{part.body}是多少？" for point in series if point.label != current
    )[:3]


def _told(
    part: Question, found: Sequence[Evidence], best: Evidence, citer: Citer, say: Phrases
) -> Answer:
    """An answer of one to three sentences, in the order in which the article has them."""
    chosen = [best]
    for other in found:
        if len(chosen) == 3 or other.score < 0.86 * best.score or other.miss:
            break
        near = (
            other.article.id == best.article.id
            and abs(other.sentence.paragraph - best.sentence.paragraph) <= 1
        )
        if near and other.sentence.start != best.sentence.start and is_enough(part, other):
            chosen.append(other)
    chosen += _told_beside(part, best, chosen)
    chosen.sort(key=lambda e: e.sentence.start)
    lines = [f"{e.quote} [{citer.cite(e.article, e.sentence)}]" for e in chosen]
    teller = chosen[0] if _ATTRIBUTION.match(best.quote) else best
    short = teller.quote if len(teller.quote) <= _SHORT else trimmed(teller)
    return Answer(
        question=part.text, text="\n".join(lines), short=short, answered=True,
        citations=tuple(citer.citations),
    )  # fmt: skip


# "…"某经理某某说。": who says what the sentence before it quotes.
_ATTRIBUTION = re.compile(
    r"^.{0,40}(?:说|表示|介绍|认为|坦言|告诉记者|解释|强调|指出|透露)[。：:]?$"
)


def _told_beside(part: Question, best: Evidence, chosen: Sequence[Evidence]) -> list[Evidence]:
    """The sentences beside the best one that tell what it only announces or attributes."""
    sentences, _ = reading(best.article)
    at = next(i for i, s in enumerate(sentences) if s.start == best.sentence.start)
    beside: list[Sentence] = []
    if _ATTRIBUTION.match(best.quote) and at:
        beside.append(sentences[at - 1])
    elif len(chosen) == 1 or not gives(part.kind, best.quote):
        wanted = 1 if gives(part.kind, best.quote) else 2
        beside += sentences[at + 1 : at + 1 + wanted]
    taken = {e.sentence.start for e in chosen}
    return [
        replace(best, sentence=s, start=s.start, end=s.end)
        for s in beside
        if s.kind == "body"
        and s.start not in taken
        and abs(s.paragraph - best.sentence.paragraph) <= 1
        and s.end - s.start <= QUOTE_LIMIT
    ]


_NOT = re.compile(r"不是|没有|未能|尚未|并未|未|不再|无法|不能|否认")


def _yes_or_no(
    part: Question, found: Sequence[Evidence], best: Evidence, citer: Citer, say: Phrases
) -> Answer:
    """Yes or no with the sentence that decides it; a claim about a number is held to the number."""
    n = citer.cite(best.article, best.sentence)
    holds = bool(_NOT.search(best.quote)) == bool(_NOT.search(part.text))
    short = say.yes if holds else say.no
    return Answer(
        question=part.text, text=f"{short}{say.comma}{say.quote.format(trimmed(best), n)}",
        short=short, answered=True, citations=tuple(citer.citations),
    )  # fmt: skip


def _over_time(
    question: Question, part: Question, found: Sequence[Evidence], citer: Citer, say: Phrases
) -> Answer:
    """A measure's values in the order of their periods, each with its mark."""
    best = best_of(part, found)
    told = _same_measure(part, best, found) if best is not None else []
    # Only values whose time the articles state in so many words.
    told = [e for e in told if stated_period(e, say.language)[0]]
    if best is None or len(told) < 2:
        return _single(part, question, found, citer, say)
    values = [(stated_period(e, say.language)[0], e) for e in told]
    where = best.place or (part.places[0] if part.places else "")
    lines = [f"{where}{_SPACED.sub('', part.body)}{say.colon.rstrip()}"]
    lines += [
        f"{when}{say.colon}{e.short} [{citer.cite(e.article, e.sentence)}]{frame_mark(e, citer)}"
        for when, e in values
    ]
    lines += [say.quote.format(trimmed(e), citer.cite(e.article, e.sentence)) for e in told]
    series = _series(part, best, told, citer, say)
    return Answer(
        question=question.text,
        text="\n".join(lines),
        short=say.semicolon.join(f"{when}{e.short}" for when, e in values),
        answered=True,
        citations=tuple(citer.citations),
        figures=(best.figure,) if best.figure else (),
        series=series,
    )


def _claimed(
    question: Question, part: Question, found: Sequence[Evidence], citer: Citer, say: Phrases
) -> Answer:
    """Whether a claim about a number agrees with the figure that the articles state."""
    best = best_of(part, found)
    if best is None or best.figure is None:
        return refuse(question, [part], [found], [None], citer, say)
    holds = claim_holds(question.text, best.figure)
    if holds is None:
        return refuse(question, [part], [found], [None], citer, say)
    n = citer.cite(best.article, best.sentence)
    short = say.yes if holds else say.no
    said = f"{_lead(part, best, say)}{best.short} [{n}]{frame_mark(best, citer)}{say.stop}"
    return Answer(
        question=question.text,
        text=f"{short}{say.comma}{said}\n{say.quote.format(trimmed(best), n)}",
        short=short,
        answered=True,
        citations=tuple(citer.citations),
        figures=(best.figure,),
    )


def _each(
    question: Question,
    parts: Sequence[Question],
    found: Sequence[Sequence[Evidence]],
    chosen: Sequence[Evidence | None],
    citer: Citer,
    say: Phrases,
) -> Answer:
    """One answer a part; a part that the articles do not answer is said to be missing."""
    if all(c is None for c in chosen):
        return refuse(question, parts, found, chosen, citer, say)
    lines, shorts, figures = [], [], []
    for part, best in zip(parts, chosen, strict=True):
        name = part.text or part.body
        if best is None:
            lines.append(f"{name}{say.colon}{say.unknown}")
            continue
        n = citer.cite(best.article, best.sentence)
        lead = _lead(part, best, say) or f"{part.body}{say.colon}"
        lines.append(f"{lead}{best.short} [{n}]{frame_mark(best, citer)}")
        shorts.append(best.short)
        if best.figure:
            figures.append(best.figure)
    quotes = dict.fromkeys(
        say.quote.format(trimmed(c), citer.cite(c.article, c.sentence))
        for c in chosen
        if c is not None
    )
    return Answer(
        question=question.text, text="\n".join([*lines, *quotes]), short=say.semicolon.join(shorts),
        answered=True, citations=tuple(citer.citations), figures=tuple(figures),
    )  # fmt: skip


def _calculated(
    question: Question,
    parts: Sequence[Question],
    chosen: Sequence[Evidence],
    citer: Citer,
    say: Phrases,
) -> Answer:
    """A comparison or a calculation, every term shown with the mark of its sentence."""
    spans = {(e.article.id, e.start) for e in chosen}
    if len(spans) < len(chosen):  # a figure is never reckoned with itself
        return refuse(question, parts, [chosen], [None], citer, say)
    names = [_name(part) for part in parts]
    if len(set(names)) < len(names):  # neither place nor period parts them
        names = [part.text or part.body for part in parts]
    amounts = [
        Amount(e.figure.value, e.figure.unit, name, citer.cite(e.article, e.sentence))
        for name, e in zip(names, chosen, strict=True)
        if e.figure is not None
    ]
    result = (
        compare(question.operation, amounts)
        if question.operation in {"more", "less"}
        else calculate(question.operation, amounts)
    )
    if result is None:
        return refuse(question, parts, [chosen], [None], citer, say)
    marks = "".join(dict.fromkeys(f"[{a.n}]" for a in amounts))
    lines = [f"{result.text} {marks}{say.stop}"]
    lines += [f"{a.name}{say.colon}{a.value}{a.unit} [{a.n}]" for a in amounts]
    lines += dict.fromkeys(
        say.quote.format(trimmed(e), citer.cite(e.article, e.sentence)) for e in chosen
    )
    unit = amounts[0].unit
    return Answer(
        question=question.text,
        text="\n".join(lines),
        short=result.short,
        answered=True,
        citations=tuple(citer.citations),
        figures=tuple(e.figure for e in chosen if e.figure),
        calculation=result.text,
        series=tuple(Point(a.name, a.value, a.unit, a.n) for a in amounts if a.unit == unit),
    )


def _name(part: Question) -> str:
    when = label(part.periods[0]) if part.periods else ""
    return "".join([*part.places[:1], when]) or part.text or part.body
