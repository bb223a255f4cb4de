"""Offices: whose holder is asked for, and whether a person holds that one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.lexical import fold
from qa.question import Question
from qa.spans import Candidate
from qa.terms import Level, Term, found


def office_fit(
    question: Question, terms: Sequence[Term], candidate: Candidate, sentence: Level
) -> float:
    """Whether the person's office, or what the person does in the clause, is what was asked for."""
    if not terms:
        return 0.5
    total = sum(t.weight for t in terms)
    held = sum(
        t.weight
        * max(
            found(t, candidate.near),
            0.7 * found(t, candidate.clause),
            0.6 * found(t, sentence.text),
        )
        for t in terms
    )
    worth = 0.3 + 0.7 * held / total
    return worth if same_rank(fold(question.text), candidate.near) else 0.4 * worth


def is_other_office(question: Question, office: str) -> bool:
    """Whether the holder of an office is asked for, and this person holds another one.

    A 科技创新局局长 is no 主任, a 稀土办主任 no 管委会主任. Where no office is told, who knows.
    """
    asked = _HOLDER.search(fold(question.text))
    if asked is None or not office:
        return False
    title, body = asked["title"], asked["body"]
    if title not in office:
        return bool(_ANY_TITLE.search(office))
    holds = _ANY_BODY.findall(office)
    return bool(body) and bool(holds) and body not in office


_BODIES = "管委会|党工委|党委|纪工委|纪委|董事会|监事会|总工会|工会|商会|协会|研究院|研究所"
TITLES = (
    "主任|书记|董事长|总经理|总裁|主席|会长|秘书长|行长|院长|校长|局长|厅长|部长|市长|省长|县长|区长|镇长|乡长|村长"
    "|科长|处长|所长|站长|馆长|队长|台长|社长|理事长|司长|署长|关长"
)
_HOLDER = re.compile(
    rf"(?P<body>{_BODIES})?(?<!副)(?P<title>{TITLES})(?:的名字|的?姓名)?(?:是|叫|由|姓|为)?(?:谁|哪一?位|什么名)"
)
_ANY_TITLE = re.compile(TITLES)
_ANY_BODY = re.compile(
    rf"(?:{_BODIES}|[\u4e00-\u9fff]{{2}}[局办处科]|街道|社区|中心)(?=副?(?:{TITLES}))"
)


def same_rank(asked: str, office: str) -> bool:
    """Whether a deputy is asked for and found, or neither: a 副主任 is no 主任."""
    for title in _TITLES.findall(asked):
        plain = title.removeprefix("副")
        deputy = f"副{plain}"
        alone = plain in office.replace(deputy, "")
        if title == deputy and plain in office and deputy not in office:
            return False
        if title == plain and deputy in office and not alone:
            return False
    return True


_TITLES = re.compile(rf"副?(?:{TITLES}|经理)")
