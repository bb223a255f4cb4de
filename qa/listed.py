"""Things that a sentence lists with their values: which has most, or how much each has.

"甲、乙、丙产值分别增长12.7%、9.1%和6.4%" does not say which is first; its numbers do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from index.figures import stated_figures
from index.quantities import whole_number
from index.shared_out import LISTED, without_shared_ending
from index.stated import Stated
from qa.extract import Evidence
from qa.interrogatives import FIGURES, ask_of
from qa.judge import is_enough
from qa.question import Operation, Question, analyse

# "哪个增速最快" and "增速最快的是哪个".
_THINGS = (
    r"(?:一?[个家项种类款地市国省区县年月]|产业|行业|板块|领域|业务|产品|城市|地区|企业|园区|项目)"
    r"{0,2}"
)
_WAY = r"最(?P<way>[快高多大强低少慢小])"
_FORMS = (
    re.compile(
        rf"^(?P<left>.+?)(?:是|，|,)?哪{_THINGS}的?(?P<what>[\u4e00-\u9fff]{{0,10}}?){_WAY}"
    ),
    re.compile(
        rf"^(?P<left>.+?)(?P<what>){_WAY}的[\u4e00-\u9fff]{{0,6}}?(?:是|为|有)?(?:哪|什么|谁)"
    ),
)
_LEAST = frozenset("低少慢小")
_GROWS = frozenset("快慢")
_SPEEDS = ("增速", "增幅", "增长", "速度", "涨幅", "增长率")
_SAID = re.compile(r"最|第一|居首|之首|首位|领先|领跑|冠")
_EACH = re.compile(r"各自的?|(?<=[\u4e00-\u9fff”])各(?=是|为|有|达)|分别(?=是|为|有|达)")
_LISTING = re.compile(r"^(?:请|帮我)?(?:列出|列举|说说|给出|告诉我)")
_COUNTED = re.compile(r"(?P<n>[两二三四五六七八九十]|\d+)(?:大|[个家种项类]|(?=[\u4e00-\u9fff]”))")
_HINT = 0.15  # how far a list is to be trusted that has as many things as the question says


def of_listed(
    asked: Question,
    found: list[list[Evidence]],
    evidence: Callable[[Question], list[Evidence]],
) -> tuple[Question, list[list[Evidence]]] | None:
    """The question with the listed things for its parts, and evidence of each; None without a list.

    A sentence that says in so many words which is first is the better answer, and left alone.
    """
    first = asked.parts[0] if asked.operation == "each" else asked
    if first.parts:
        return None
    form = next((m for pattern in _FORMS if (m := pattern.search(first.text))), None)
    if form is not None and first.kind in {"which", "who", "list"}:
        if any(is_enough(first, e) and _SAID.search(e.quote) for e in found[0]):
            return None
        stem, what = form["left"].rstrip("，,的"), form["what"]
        if form["way"] in _GROWS and not stem.endswith(_SPEEDS) and not what:
            what = "增速"
        way: Operation = "less" if form["way"] in _LEAST else "more"
        return _spread(asked, first.text, f"{stem}{what}是多少", way, evidence)
    if (
        not asked.operation
        and _EACH.search(asked.text)
        and asked.kind in {*FIGURES, "list", "text"}
    ):
        plain = _EACH.sub("", _LISTING.sub("", asked.text)).rstrip("。？? ")
        plain = plain if ask_of(plain)[1] else f"{plain}是多少"
        return _spread(asked, asked.text, plain, "each", evidence)
    return None


def _spread(
    asked: Question,
    text: str,
    measured: str,
    operation: Operation,
    evidence: Callable[[Question], list[Evidence]],
) -> tuple[Question, list[list[Evidence]]] | None:
    """The question spread over the things of the list in which the measure is found."""
    measure = analyse(measured)
    if measure.parts or measure.kind not in FIGURES:
        return None
    counted = _COUNTED.search(text)
    many = whole_number(counted["n"]) if counted else 0
    for told in evidence(measure):
        if told.miss not in {"", "measure"} or told.trust < _HINT:
            continue
        run = _listed(told)
        names = _names(run)
        # One value of a list is not what is asked of the whole, hence "measure".
        if not names or not (is_enough(measure, told) or len(run) == many):
            continue
        things = tuple(
            replace(measure, places=(), periods=(), relative=(), body=name, text=name)
            for name in names
        )
        terms = [
            [replace(told, figure=s.figure, start=s.figure.start, end=s.figure.end,
                     short=told.article.text[s.figure.start : s.figure.end], trust=1.0, miss="")]
            for s in run
        ]  # fmt: skip
        return replace(asked, operation=operation, parts=things), terms
    return None


def _listed(told: Evidence) -> list[Stated]:
    """The figures of one unit that a sentence lists, the given one among them, or []."""
    text = told.article.text
    run: list[Stated] = []
    runs = [run]
    for stated in stated_figures(text, told.sentence):
        figure = stated.figure
        if run and not (
            run[-1].figure.unit == figure.unit
            and LISTED.fullmatch(text, run[-1].figure.end, figure.start)
        ):
            runs.append(run := [])
        run.append(stated)
    mine = [r for r in runs if any(s.figure.start == told.start for s in r)]
    return mine[0] if mine and len(mine[0]) > 1 else []


def _names(run: Sequence[Stated]) -> list[str]:
    """Whose each figure of a list is: its measure without what the measures of all end with."""
    names = without_shared_ending([s.figure.measure for s in run])
    return names if all(names) and len(set(names)) == len(names) else []
