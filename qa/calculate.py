"""Sums over stated figures: differences, ratios and comparisons, with every term shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from index.period import find_periods
from index.quantities import Quantity, find_quantities, sentence_quantities
from index.records import Figure
from index.sentences import Sentence

_SCALES = (("万亿", Decimal(10) ** 12), ("亿", Decimal(10) ** 8), ("千万", Decimal(10) ** 7),
           ("百万", Decimal(10) ** 6), ("万", Decimal(10) ** 4))  # fmt: skip
# Between listed amounts there may stand what each is of: "98枚金牌、81枚银牌".
_IN_LIST = re.compile(r"[\u4e00-\u9fff]{0,4}?\s*(?:[、,，]|和|与|及|以及)\s*")
_OVER = re.compile(r"超过|突破|高于|多于|大于|超出|超|逾|不止")
_UNDER = re.compile(r"低于|少于|不到|不足|小于|未达到|没达到|没有达到")
_AT_LEAST = re.compile(r"不少于|不低于|至少|达到|以上")


@dataclass(frozen=True, slots=True)
class Amount:
    """A term of a calculation: value and unit as stated, whose it is, the mark that states it."""

    value: Decimal
    unit: str
    name: str
    n: int

    @property
    def plain(self) -> tuple[Decimal, str]:
        """The value in its unscaled unit: 1.2亿元 is 120000000元."""
        for word, scale in _SCALES:
            if self.unit.startswith(word):
                return self.value * scale, self.unit[len(word) :]
        return self.value, self.unit

    @property
    def shown(self) -> str:
        """Value and unit as written."""
        return f"{self.value}{self.unit}"


@dataclass(frozen=True, slots=True)
class Result:
    """What came out: `text` shows the terms, `short` is the bare result."""

    text: str
    short: str


def calculate(operation: str, amounts: Sequence[Amount]) -> Result | None:
    """A difference, ratio or sum of amounts of one sort; None where they cannot be put together."""
    spent = _seconds(amounts)
    if spent and operation == "difference":
        longer, shorter = sorted(range(2), key=lambda n: -spent[n])
        ahead = _clock(spent[longer] - spent[shorter])
        shown = f"{amounts[longer].shown} − {amounts[shorter].shown} = {ahead}"
        return Result(shown, ahead)
    common = _in_one_unit(amounts)
    if common is None:
        return None
    values, unit, terms = common
    if operation == "sum":
        total = sum(values, Decimal(0))
        return Result(f"{' + '.join(terms)} = {_plain(total)}{unit}", f"{_plain(total)}{unit}")
    if len(values) != 2:
        return None
    if operation == "difference":
        high, low = (0, 1) if values[0] >= values[1] else (1, 0)
        gap = values[high] - values[low]
        unit = "个百分点" if unit == "%" else unit
        return Result(f"{terms[high]} − {terms[low]} = {_plain(gap)}{unit}", f"{_plain(gap)}{unit}")
    if operation == "share" and values[1]:
        share = (100 * values[0] / values[1]).quantize(Decimal("0.1"), ROUND_HALF_UP)
        return Result(f"{terms[0]} ÷ {terms[1]} ≈ {_plain(share)}%", f"{_plain(share)}%")
    if operation == "ratio" and values[1]:
        exact = values[0] / values[1]
        ratio = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
        sign = "=" if ratio == exact else "≈"
        return Result(f"{terms[0]} ÷ {terms[1]} {sign} {_plain(ratio)}倍", f"{_plain(ratio)}倍")
    return None


def compare(operation: str, amounts: Sequence[Amount]) -> Result | None:
    """Which amount is the greatest ("more") or the smallest ("less")."""
    spent = _seconds(amounts)
    common = _in_one_unit(amounts)
    if common is None and not spent:
        return None
    values = spent or (common[0] if common else [])
    order = sorted(range(len(values)), key=lambda i: values[i], reverse=operation == "more")
    sign = " > " if operation == "more" else " < "
    text = sign.join(f"{amounts[i].name}{amounts[i].shown}" for i in order)
    return Result(text, amounts[order[0]].name)


_STEPS = re.compile(
    r"(?:(?P<h>\d+)小时)?(?:(?P<m>\d+)分钟?)?(?:(?P<s>\d+(?:\.\d+)?)秒(?P<f>\d+)?)?"
)


def _seconds(amounts: Sequence[Amount]) -> list[Decimal] | None:
    """Two durations of several steps ("1小时2分", "10秒39") in seconds; None for what is none."""
    found = [_STEPS.fullmatch(a.shown) for a in amounts]
    stepped = any(c.isdigit() for a in amounts for c in a.unit)
    if len(amounts) != 2 or not stepped or not all(found):
        return None
    steps = [match.groupdict() for match in found if match]
    return [
        Decimal(s["h"] or 0) * 3600
        + Decimal(s["m"] or 0) * 60
        + Decimal(f"{s['s'] or 0}{'.' if s['f'] else ''}{s['f'] or ''}")
        for s in steps
    ]


def _clock(seconds: Decimal) -> str:
    """Seconds as a newspaper has them: 2分13秒."""
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    steps = ((hours, "小时"), (minutes, "分"), (rest, "秒"))
    return "".join(f"{_plain(n)}{unit}" for n, unit in steps if n) or "0秒"


def same_unit(one: str, other: str) -> bool:
    """Whether two units measure alike: 万元 and 亿元, 家 and 多家."""
    plain = [Amount(Decimal(1), u.strip("多余"), "", 0).plain[1] for u in (one, other)]
    return _kind(plain[0]) == _kind(plain[1])


def listed_amounts(text: str, sentence: Sentence, near: int) -> list[Amount]:
    """The amounts of one unit that a sentence lists one after another, the list that holds `near`.

    "总规模分别为10亿元、3.5亿元、1亿元和1亿元" lists four; a list has two or more.
    """
    run: list[Quantity] = []
    for quantity in sentence_quantities(text, sentence):
        if (
            run
            and run[-1].unit == quantity.unit
            and _IN_LIST.fullmatch(text, run[-1].end, quantity.start)
        ):
            run.append(quantity)
            continue
        if len(run) > 1 and run[0].start <= near < run[-1].end:
            break
        run = [quantity]
    if len(run) < 2 or not run[0].start <= near < run[-1].end:
        return []
    return [Amount(q.value, q.unit, "", 0) for q in run]


def claim_holds(claim: str, figure: Figure) -> bool | None:
    """Whether a claim ("超过5000亿元吗") agrees with a figure; None if they cannot be compared."""
    claimed = [q for q in find_quantities(claim, find_periods(claim)) if q.unit]
    if not claimed:
        return None
    bar, unit = Amount(claimed[-1].value, claimed[-1].unit, "", 0).plain
    value, of = Amount(figure.value, figure.unit, "", 0).plain
    if _kind(unit) != _kind(of):
        return None
    if _UNDER.search(claim):
        return value < bar
    if _AT_LEAST.search(claim):
        return value >= bar
    return value > bar if _OVER.search(claim) else value == bar


def _in_one_unit(amounts: Sequence[Amount]) -> tuple[list[Decimal], str, list[str]] | None:
    """Values in the unit of the first, the unit, and the terms as shown with their conversions."""
    plain = [a.plain for a in amounts]
    if len({_kind(unit) for _, unit in plain}) != 1:
        return None
    unit = amounts[0].unit
    scale = Amount(Decimal(1), unit, "", 0).plain[0]
    values, terms = [], []
    for amount, (value, _) in zip(amounts, plain, strict=True):
        converted = value / scale
        values.append(converted)
        same = amount.unit == unit
        shown = _plain(amount.value) if same else f"{_plain(converted)}（{amount.shown}）"
        terms.append(shown)
    return values, unit, terms


def _kind(unit: str) -> str:
    return {"个": "家", "户": "家", "名": "人", "位": "人"}.get(unit, unit)


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")
