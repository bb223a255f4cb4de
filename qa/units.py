"""Whether a figure's unit can answer a question: 家 for 家, 亿元 for 万元, no % for 元."""

from __future__ import annotations

import re

from index.records import Figure
from qa.question import DURATION, Question

PERCENT_UNITS = frozenset({"%", "‰", "个百分点", "百分点"})
_PEOPLE = frozenset("人名位员")
_COUNTS = frozenset("个家户项件宗种类条所座栋台套只支艘架份处例起批次部篇层间款笔门片块")
_OTHER_COUNTS = frozenset("辆枚页场首幅颗匹头")  # measure words of one sort of thing alone
_MONEY = re.compile(
    r"(?:钱|元|英镑|人民币|卢布|新台币|法郎|卢比|泰铢|比索|里亚尔|迪拉姆|林吉特|欧分|美分)$"
)
_RATE_MEASURE = re.compile(
    r"(?:(?<![频功辨])率|比重|占比|比例|满意度|份额|利息|百分比|幅度|增幅|增速|降幅)$"
)
_DURATIONS = ("年", "月", "天", "日", "小时", "分钟", "周", "秒")
# Nouns of amounts, which no percentage answers.
_QUANTITY_MEASURE = re.compile(
    r"(?:值|额|(?<!含)量|(?<!指)数|收入|利润|资金|成本|费用?|价格?|贷款|补贴|融资|营收|投资|税收?|经费|奖金|工资|薪|钱"
    r"|债务?|账款|余额|授信|基金|面积|人口|距离|长度|高度|规模|里程|[Gg][Dd][Pp])$"
)
# Measures that only an amount of money answers.
_MONEY_NOUN = re.compile(
    r"(?:总产值|产值|增加值|生产总值|[Gg][Dd][Pp]|收入|利润|利税|投资额?|总投资|成交额|进出口总?额|营收|税收"
    r"|贷款|余额|融资|资金|成本|造价|费用|补贴|奖金|销售额|市值)$"
)
_COUNT_MEASURE = re.compile(r"(?:总数|数量|家数|件数|个数|人数|人次)$")


# Asked so, a change is told in percent.
_IN_PERCENT = re.compile(r"增速|[增涨降跌]幅|幅度|增长率|百分")


# What a size asked for by its adjective is told in.
_SIZE_ASKED = re.compile(r"多(?:少)?(高|长|宽|深|厚|远|重|热|冷|烫)(?!视|要|点|时间)")
_LENGTHS = (
    "米",
    "公里",
    "千米",
    "厘米",
    "毫米",
    "微米",
    "纳米",
    "海里",
    "尺",
    "里",
    "寸",
    "英里",
    "km",
    "cm",
    "mm",
)
_WEIGHTS = ("吨", "克", "公斤", "千克", "斤", "磅", "两", "kg", "mg")
_SIZE_UNITS = {
    "重": _WEIGHTS,
    "长": (*_LENGTHS, *_DURATIONS),
    "高": (*_LENGTHS, "%", "℃", "度", "元", "万", "亿", "倍", "分", "层", ""),
    **dict.fromkeys("宽深厚远", _LENGTHS),
    **dict.fromkeys("热冷烫", ("度", "℃", "摄氏度")),
}


def unit_fits(question: Question, figure: Figure) -> bool:
    """Whether a figure's unit can answer what is asked: 家 for 家, 亿元 for 万元, not % for 元."""
    unit, asked = figure.unit, question.unit
    percent = unit in PERCENT_UNITS
    measure = (question.body or "").rstrip("的 ")
    if question.kind == "share":
        return percent or unit == "倍"
    if question.kind == "rate":
        return percent or unit == "倍" or (bool(unit) and not _IN_PERCENT.search(question.text))
    if asked == DURATION:
        return unit.endswith(_DURATIONS)
    if asked and asked not in {"个", "多"}:
        return same_family(asked, unit)
    if _RATE_MEASURE.search(measure):
        return percent or not unit
    if not asked and measure.endswith("规模") and unit[-1:] in "个家项只支所处":
        return False  # how many there are is not how large they are
    size = _SIZE_ASKED.search(question.text)
    if size and not asked:
        return unit.endswith(_SIZE_UNITS[size.group(1)])
    if not asked and _MONEY_NOUN.search(measure) and not (percent or _worth_money(unit)):
        return False
    if _COUNT_MEASURE.search(measure) and (percent or _MONEY.search(unit)):
        return False
    if percent:
        return not (asked or _QUANTITY_MEASURE.search(measure))
    if asked == "个":
        return unit[-1:] in _COUNTS | _PEOPLE | _OTHER_COUNTS or unit in {"", "万", "亿"}
    return True


def _worth_money(unit: str) -> bool:
    return bool(_MONEY.search(unit)) or unit in {"亿", "万", "万亿"}


def is_particular(unit: str) -> bool:
    """Whether a unit tells by itself what is counted: 页, 亩 and 岁 do, 个, 家 and 元 do not."""
    return bool(unit) and not (
        _MONEY.search(unit) or unit[-1] in _COUNTS or unit[-1] in _PEOPLE or unit in PERCENT_UNITS
    )


def same_family(asked: str, unit: str) -> bool:
    """Whether a unit counts the same sort of thing as the one asked for: 人 and 名, 家 and 个."""
    if _MONEY.search(asked):
        return bool(_MONEY.search(unit)) or unit in {"亿", "万"}
    if asked[-1] in _PEOPLE:
        return unit[-1:] in _PEOPLE or unit in {"", "万", "亿", "余", "多"}
    if asked[-1] in _COUNTS:
        return unit[-1:] in _COUNTS or unit in {"", "万", "亿"}
    if asked in PERCENT_UNITS:
        return unit in PERCENT_UNITS
    return bool(unit) and (asked[-1] == unit[-1] or asked in unit or unit in asked)
