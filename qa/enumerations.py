"""Enumerations in a sentence: where they begin and end, and their items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.quantities import whole_number

# What is within quotes or brackets is never cut up.
_WHOLE = r"“[^“”]*”|《[^《》]*》|「[^「」]*」|（[^（）]*）|\([^()]*\)"
_PIECE = rf"(?:{_WHOLE}|[^，。；：！？、\n,;:!?“”《》「」（）()])+"
_RUN = re.compile(rf"{_PIECE}(?:、{_PIECE})+")
_BRACKETED = re.compile(r"（[^（）]*）|\([^()]*\)")
_QUOTED_RUN = re.compile(
    r"(?:“[^“”]{1,30}”\s*(?:和|及|与|、)?\s*){2,}|(?:《[^《》]+》\s*(?:和|及|与|、)?\s*){2,}"
)
_JOINED = re.compile(rf"({_PIECE}?)(和|与|以及|及)({_PIECE})")
# Words that lead up to an enumeration, though they may be parts of names as well.
_CUE = re.compile(
    r"(?:包括|包含|涵盖|涉及|分别是|分别为|分别|即|有(?!限|机|色|效)|为|是|围绕|聚焦|构建|形成|布局|发展|培育|壮大"
    r"|如|含|从|推行|推动|设立|建设|打造|实行|联合|通过|提供|给予|具有|拥有|建成|组建|指|给|由)"
)
_LEADING = re.compile(r"^(?:[的了即如]|例如|包括|与|和|跟|同|对|向|由|给|为|于|在|将|把|以及|及)+")
# What behind the last item sums them up or goes on: "等产业", "三大产业", "共同建设".
_END = re.compile(
    r"(?:等(?:[^、，。；）)]{0,14})|(?:(?!一[个大项条])[一二两三四五六七八九十百\d]+(?:大|个|家|项|类|种|条|方面|只|所|位|名|座|方|者|场|台|部|款|届|对|本|首|支|门|艘|辆|套|起|次|处|枚)"
    r"[^、，。；）)]{0,40})|(?:共同|联合)[^、，。；]{0,20}|为[^、，。；]{0,20}|“[^”]{1,10}”[^、，。；]{0,12}"
    r"|产业|主导产业)$"
)
_FEW = 2  # characters of an item at least that a verb may end


def enumerations(text: str, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """Each enumeration in `text[start:end]`: its span, and that of the run that it stands in.

    >>> text = "园区形成新材料、装备制造和电子信息三大产业"
    >>> [text[a:b] for a, b, _, _ in enumerations(text, 0, len(text))]
    ['新材料、装备制造和电子信息']
    """
    for run in _RUN.finditer(text, start, end):
        yield (*trimmed(text, *run.span()), *run.span())
    for inner in _BRACKETED.finditer(text, start, end):
        for run in _RUN.finditer(text, inner.start() + 1, inner.end() - 1):
            yield (*trimmed(text, *run.span()), *run.span())
    for run in _QUOTED_RUN.finditer(text, start, end):
        first, last = run.span()
        while text[last - 1] in "和及与、 \n":
            last -= 1
        yield first, last, first, last
    for run in _JOINED.finditer(text, start, end):
        if "、" not in run.group() and run.group(1):
            yield (*trimmed(text, *run.span()), *run.span())


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of an enumeration without what leads up to it and what goes on behind it."""
    first_mark = text.find("、", start, end)
    end = _counted_end(text, start, end) or end
    if first_mark < 0:
        joint = _JOINED.match(text, start, end)
        first_mark = joint.start(2) if joint else end
    others = [p for p in re.split(r"、|和|与|及", text[first_mark + 1 : end]) if p]
    plain = not _has_verb(others[:-1])
    least = min((len(p) for p in others), default=1)
    begin = _beginning(text, start, first_mark, min(least, _FEW), plain=plain)
    shown = text[begin:end]
    cut = _END.sub("", shown)
    if cut != shown and cut.strip() and (("、" in cut) or _JOINED.search(cut)):
        end = begin + len(cut.rstrip())
    elif plain:
        end = _like_the_others(text, begin, end) or _ending(text, begin, end)
    while begin < end and text[begin] in " 的":
        begin += 1
    while end > begin and text[end - 1] in "这那该等、":
        end -= 1
    return begin, end


def _counted_end(text: str, start: int, end: int) -> int:
    """Where an enumeration ends if behind its last item stands how many they are, else 0.

    "甲中心、乙研究院、丙研究院3所高校、研究院提高效能" has three items.
    """
    for count in _COUNTED.finditer(text, start, end):
        n = whole_number(count["n"])
        listed = text[start : count.start()]
        if n > 1 and len(list_items(listed)) == n and "、" in listed:
            return count.start()
    return 0


_COUNTED = re.compile(
    r"(?<=[^、\d第])(?P<n>\d+|[二三四五六七八九十])(?:[所家个项位名条座款种类]|大(?!学))"
)


def _has_verb(items: Sequence[str]) -> bool:
    import rjieba

    return any(tag == "v" for item in items if item for _, tag in rjieba.tag(item))


def _like_the_others(text: str, begin: int, end: int) -> int:
    """Where the last item ends if the others all end with one noun: 产业园, 产业园 and 转移园."""
    items = list_items(text[begin:end])
    if len(items) < _ALIKE:
        return 0
    tails = {item[-1] for item in items[:-1]}
    tail = tails.pop() if len(tails) == 1 else ""
    at = items[-1].rfind(tail) + 1 if tail else 0
    longest = max(len(item) for item in items[:-1])
    return end - len(items[-1]) + at if _FEW <= at <= longest + _LONGER else 0


_ALIKE = 3  # items from which on their ends can be compared
_LONGER = 8  # characters that the last item may have more than any other


def _beginning(text: str, start: int, mark: int, least: int, *, plain: bool) -> int:
    """Where the first item begins, behind the last word that leads up to it.

    Only where the other items are `plain`, without verbs, does a verb lead up to the first, and
    one of fewer than `least` characters is none.
    """
    import rjieba

    cues = [c.end() for c in _CUE.finditer(text, start, mark) if c.end() <= mark - least]
    at, cut, before = start, start, ""
    for word, tag in rjieba.tag(text[start:mark]):
        at += len(word)
        # A verb ends what leads up; but "装备制造" ends with one and is an item. So is
        # "科学与技术学院", while "分别与甲公司" leads up.
        leads = tag in {"v", "p", "vd"} if plain else tag == "p"
        joins = word in {"与", "和"} and before[:1] == "n"
        if at <= mark - least and not joins and (leads or word in {"的", "了"}):
            cut = at
        before = tag
    whole = [c for c in cues if c >= cut and _on_boundary(text, start, mark, c)]
    cut = whole[-1] if whole else cut
    lead = _LEADING.match(text[cut:mark])
    return cut + lead.end() if lead and cut + lead.end() < mark else cut


def _on_boundary(text: str, start: int, end: int, offset: int) -> bool:
    """Whether an offset stands between two words: not within "以商" of "以商招商"."""
    import rjieba

    at = start
    for word in rjieba.cut(text[start:end]):
        if at == offset:
            return True
        at += len(word)
    return at == offset


def _ending(text: str, begin: int, end: int) -> int:
    """Where the last item ends: before the verb that goes on."""
    import rjieba

    shown = text[begin:end]
    last = max(shown.rfind("、"), *(m.start(2) for m in _JOINED.finditer(shown)), -1) + 1
    if last <= 0:
        return end
    while shown[last : last + 1] in {"和", "与", "及"}:
        last += 1
    at = last
    for word, tag in rjieba.tag(shown[last:]):
        if tag == "v" and at - last >= _FEW and word not in {"制造", "服务"}:
            return begin + at
        at += len(word)
    return end


def list_items(shown: str) -> list[str]:
    """The items of an enumeration as written.

    >>> list_items("新材料、装备制造和电子信息")
    ['新材料', '装备制造', '电子信息']
    """
    if re.fullmatch(_QUOTED_RUN.pattern, shown):
        return re.findall(r"“[^“”]+”|《[^《》]+》", shown)
    if "、" not in shown:
        pieces = (
            re.split(r"[；;]", shown) if re.search(r"[；;]", shown) else re.split(r"[，,]", shown)
        )
    else:
        pieces = shown.split("、")
    last = re.split(r"(?<=[^、])(?:以及|和|及|与|以及|and)(?=[^、])", pieces[-1], maxsplit=1)
    return [p.strip() for p in [*pieces[:-1], *last] if p.strip()]
