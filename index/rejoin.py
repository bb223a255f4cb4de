"""Fragments of an article -> its paragraphs: what columns and captions tore apart made whole.

A join needs evidence in the words on both sides: a dictionary word that the break cut in two, a
quotation left open, a clause that has not got its verb. Without it the fragments stay apart: a
sentence that lacks its end misleads nobody, one that got a stranger's end does.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.clean import HAN, crossing_word, cut, glue, simplified, tagged, tidy
from index.lines import LIST_MARK, SPEAKER

_CLOSERS = "”’\"'」』）)》〉】］]"
_ENDED = re.compile(rf"(?:[。！？!?…：:；;—]|(?<!\d)\.)[{re.escape(_CLOSERS)}]*\s*$")
_SAID = re.compile(
    r"[。！？!?…][”\"』」]\s*[^，,。；;]{0,24}(?:说|道|表示|介绍|指出|称|认为|感慨|坦言|告诉记者|强调)[^，,。；;]{0,3}$"
)
_NEVER_FIRST = re.compile(
    rf"[，,、。；;：:！!？?”’」』）)》〉】%％℃]|(?:的|和|与|及|而且|以及|并且?|或|等)[{HAN}]"
)
OPENERS = re.compile(
    r"[“\"「『《(（【]|(?:今年|去年|近年|近日|日前|目前|当前|如今|现在|近期|此前|当天|当日|未来|接下来|下一步|同时|此外|另外|其中|因此"
    r"|但是?|然而|不过|而|为此|对此|对于|据|截至|截止|数据显示|统计|除|在|随着|作为|为了?|通过|根据|按照|围绕|针对|由于|如果|当"
    r"|首先|其次|再次|最后|一是|二是|三是|一方面|另一方面|不仅|除此|这|那|他|她|它|我|记者|本报|自\S{0,12}以来"
    r"|(?:19|20)\d\d年|\d{1,2}月|\d{1,2}日|展望|多年|疫情|值得一提|与此同时|不久前|正是|走进|回顾)"
)
_NUMERALS = "一二三四五六七八九十百千两几数"
_ENOUGH = 1.0
_ENOUGH_AFAR = 3.0
_NEAR = 12
_SIGHT = 160  # signs on either side of a break that are looked at


@dataclass(frozen=True, slots=True)
class Fragment:
    """A stretch of running text as the page has it, and the page lines it stands on.

    `order` is its place in the article; of joined fragments that of the first. What is `fixed`,
    such as a row of a table or a line of verse, is joined with nothing.
    """

    text: str
    first: int
    last: int
    order: int
    fixed: bool = False


def is_open(text: str) -> bool:
    """Whether running text stops before its sentence does.

    >>> [is_open(t) for t in ("抓招商就是抓发展。今", "“很暖心!”刘琴表示")]
    [True, False]
    """
    end = simplified(text[-_SIGHT:])
    return not _ENDED.search(end) and not _SAID.search(end)


def _unclosed(text: str) -> list[str]:
    """The closing marks that the last 120 signs of a text still wait for."""
    pairs = {"“": "”", "「": "」", "『": "』", "（": "）", "(": ")", "《": "》", "【": "】"}
    waiting: list[str] = []
    for sign in text[-120:]:
        if sign in pairs:
            waiting.append(pairs[sign])
        elif waiting and sign == waiting[-1]:
            waiting.pop()
    return waiting


def _closes(text: str, waiting: Sequence[str]) -> bool:
    """Whether a text closes early what another opened, without having opened it itself."""
    for mark in waiting:
        opener = {"”": "“", "」": "「", "』": "『", "）": "（", ")": "(", "》": "《", "】": "【"}[
            mark
        ]
        at = text.find(mark, 0, 120)
        if at >= 0 and opener not in text[:at]:
            return True
    return False


def continuation(left: str, right: str) -> float:
    """How strongly the words say that `right` goes on where `left` stops.

    From about -2 (two sentences of their own) to 8; at least 1 for neighbours to be joined.
    """
    opening = simplified(right[:_SIGHT])
    if not is_open(left) or not right or LIST_MARK.match(right) or SPEAKER.match(opening):
        return -2.0
    score = 0.0
    left, right, whole = simplified(left[-_SIGHT:]), opening, left
    word = crossing_word(left, right)
    if word:
        score += 3.0
    if _closes(right, _unclosed(left)):
        score += 3.0
    if _NEVER_FIRST.match(right):
        score += 2.0
    last_clause = re.split("[，,、。；;：:！!？?“”]", left)[-1]
    tags = tagged(last_clause[-30:]) if last_clause else []
    end_word, end_tag = tags[-1] if tags else (left[-1], "x")
    first_word, first_tag = (tagged(right[:12]) or [(right[:1], "x")])[0]
    if (
        left[-1] in "，,、(（“《"
        or (end_tag[0] in "pcu" and end_word not in "了过着")
        or end_word in ("在", "将", "的", "至", "占", "达")
    ):
        score += 3.0
    elif end_tag == "v":
        score += 1.5
    if end_word[-1] in _NUMERALS and (first_tag.startswith("q") or len(first_word) == 1):
        score += 2.0
    if tags and not any(tag.startswith("v") for _, tag in tags) and len(last_clause) <= 8:
        score += 1.5
    if first_tag == "v":
        score += 1.5
    if "。" in whole:
        score += 0.5
    opens = bool(OPENERS.match(right)) and not word and not _NEVER_FIRST.match(right)
    if opens and left[-1] not in "，,、":
        score -= 2.5
    if left[-1].isdigit() and right[:1].isdigit():
        score -= 1.0  # one number or two: nobody can tell
    if _cut_figure(left, right):
        score += 3.0
    elif re.match(rf"\d[\d.]*[{HAN}]", right) and not opens:
        score += 1.0  # "…新开通航线" before "12条,…"
    return score


def _cut_figure(left: str, right: str) -> bool:
    """Whether a figure stops before its decimals or its unit: "1.5万" before "亩,…"."""
    if re.search(r"\d\.$", left):
        return right[:1].isdigit()
    number = re.search(r"\d[万亿千百]{0,2}$", left)
    if not number or not re.match(f"[{HAN}]", right):
        return False
    first_word, first_tag = tagged(right[:8])[0]
    return first_tag.startswith("q") or first_word[0] in "万亿元吨亩米户件"


def _dangling(left: str, right: str) -> bool:
    """Whether `left` stops in a word that `right` does not finish: "高新区腾" before "促进产业"."""
    tail = re.search(f"[{HAN}]{{1,6}}$", left[-8:])
    if not tail or crossing_word(left, right):
        return False
    words = cut(tail[0])
    return len(words[-1]) == 1 and tagged(words[-1])[0][1][0] not in "pcudrmqfy"


def _junctions(raw: str) -> list[int]:
    """Offsets in a raw paragraph where a column may have ended: its spaces and sentence ends."""
    spaces = (m.end() for m in re.finditer(rf"(?<=[{HAN}。！？”\"]) +(?=[{HAN}])", raw))
    return sorted(set(spaces))


def untangle(fragments: Sequence[Fragment]) -> list[Fragment]:
    """Fragments in which two columns ran together, cut where the other half lies elsewhere.

    `text` is still raw here: the space that OCR left at the end of a printed line is the only
    trace of the seam. A cut is made only if the half word on one side of the seam finds its other
    half at a sentence start elsewhere on the page.
    """
    starts: dict[str, list[tuple[int, int]]] = defaultdict(list)
    ends: list[tuple[int, int]] = []
    for index, fragment in enumerate(fragments):
        if fragment.fixed:
            continue
        for at in [0, *_junctions(fragment.text)]:
            before = fragment.text[max(0, at - _SIGHT) : at].rstrip()
            after = fragment.text[at : at + _SIGHT]
            if not before or _ENDED.search(before):
                if _odd_start(after):
                    starts[after[0]].append((index, at))
            elif _dangling(before, after):
                ends.append((index, at))
        if is_open(fragment.text) and _dangling(fragment.text, ""):
            ends.append((index, len(fragment.text)))
    cuts: dict[int, set[int]] = defaultdict(set)
    for index, at in ends:
        left = fragments[index].text[max(0, at - _SIGHT) : at].rstrip()
        for candidates in _partners(left, starts):
            other, start = candidates
            if (other, start) != (index, at):
                cuts[index].add(at)
                cuts[other].add(start)
                break
    out: list[Fragment] = []
    for index, fragment in enumerate(fragments):
        edges = [0, *sorted(cuts[index] - {0, len(fragment.text)}), len(fragment.text)]
        parts = [fragment.text[a:b].strip() for a, b in itertools.pairwise(edges)]
        out += [replace(fragment, text=part) for part in parts if part]
    return [replace(fragment, order=n) for n, fragment in enumerate(out)]


def _odd_start(text: str) -> bool:
    """Whether no sentence begins like this: with one half of a word."""
    head = re.match(f"[{HAN}]{{1,6}}", text)
    if not head:
        return False
    words = cut(head[0])
    return len(words[0]) == 1 and tagged(words[0])[0][1][0] not in "pcdrmv"


def _partners(left: str, starts: dict[str, list[tuple[int, int]]]) -> list[tuple[int, int]]:
    """The odd starts whose first sign makes a dictionary word with the last sign of `left`."""
    return [
        place
        for sign, places in starts.items()
        if crossing_word(left[-1:], sign)
        for place in places
    ]


def rejoin(fragments: Sequence[Fragment]) -> list[Fragment]:
    """Whole paragraphs of fragments in page order: spaces mended, continuations put together."""
    parts = [f if f.fixed else replace(f, text=tidy(f.text)) for f in untangle(fragments)]
    following: dict[int, int] = {}
    taken: set[int] = set()
    open_ends = [i for i, part in enumerate(parts) if not part.fixed and is_open(part.text)]
    for i in open_ends:
        goal = _goes_to(i, parts, taken)
        if goal is not None and not _disputed(i, goal, parts, open_ends, following):
            following[i] = goal
            taken.add(goal)
    # What lost its beginning to a mix-up goes to the nearest end still open before it.
    for j, part in enumerate(parts):
        torn = j > 0 and parts[j - 1].first == part.first and j - 1 in following
        if (
            j in taken
            or not torn
            or following[j - 1] == j
            or OPENERS.match(simplified(part.text[:_NEAR]))
        ):
            continue
        for i in reversed([i for i in open_ends if i < j - 1 and i not in following]):
            if continuation(parts[i].text, part.text) >= _ENOUGH:
                following[i] = j
                taken.add(j)
                break
    return _chains(parts, following, taken)


def _goes_to(i: int, parts: Sequence[Fragment], taken: set[int]) -> int | None:
    """Where an open fragment goes on: as a rule in the next, else where its cut word ends."""
    left = parts[i].text
    near = -9.0
    beside = i + 1 < len(parts) and i + 1 not in taken and not parts[i + 1].fixed
    # Two parts of one printed paragraph are two because a seam was found between them.
    if beside and parts[i + 1].first != parts[i].first:
        near = continuation(left, parts[i + 1].text)
    if near >= _ENOUGH_AFAR - 1:
        return i + 1
    far = [
        (continuation(left, parts[j].text) - 0.01 * abs(j - i), j)
        for j in range(max(0, i - _NEAR), min(len(parts), i + _NEAR + 1))
        if j not in (i, i + 1)
        and j not in taken
        and not parts[j].fixed
        and _half_word(left, parts[j].text)
    ]
    best, goal = max(far, default=(-9.0, -1))
    if best >= _ENOUGH_AFAR:
        return goal
    return i + 1 if near >= _ENOUGH else None


def _disputed(
    i: int,
    goal: int,
    parts: Sequence[Fragment],
    open_ends: Sequence[int],
    following: dict[int, int],
) -> bool:
    """Whether another open end lays the same claim to a figure's unit: then nobody gets it."""
    if not _cut_figure(parts[i].text, parts[goal].text):
        return False
    rivals = [k for k in open_ends if k != i and k not in following and abs(k - goal) <= _NEAR]
    return any(_cut_figure(parts[k].text, parts[goal].text) for k in rivals)


def _half_word(left: str, right: str) -> bool:
    return bool(crossing_word(left, right)) and _odd_start(right)


def _chains(
    parts: Sequence[Fragment], following: dict[int, int], taken: set[int]
) -> list[Fragment]:
    """The linked fragments as one each, in the order of their beginnings."""
    out, seen = [], set()
    heads = [i for i in range(len(parts)) if i not in taken]
    # A ring has no head; it is broken at its first fragment, nothing is lost.
    for head in [*heads, *range(len(parts))]:
        if head in seen:
            continue
        whole, at = parts[head], head
        seen.add(head)
        while (at := following.get(at, -1)) >= 0 and at not in seen:
            seen.add(at)
            part = parts[at]
            whole = replace(
                whole,
                text=tidy(glue(whole.text, part.text)),
                first=min(whole.first, part.first),
                last=max(whole.last, part.last),
            )
        out.append(whole)
    return sorted(out, key=lambda f: f.order)
