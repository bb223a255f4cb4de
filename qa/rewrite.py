"""A question in plainer words: forms that ask for the same thing are brought to one."""

from __future__ import annotations

import re
from collections.abc import Callable

from index.period import find_periods, label


def plain(text: str) -> str:
    """The question as it would be put most plainly; what it asks for stays the same.

    >>> plain("请问2020上半年清远高新区总产值比上年增长多少")
    '2020年上半年清远高新区总产值同比增长多少'
    """
    text = _LEADIN.sub("", _MIDYEAR.sub(r"\1年上半年", text).strip()).strip()
    text = _same_part_told(_SHORT_YEAR.sub(r"\1年", text))
    for form, plainer in _FORMS:
        text = form.sub(plainer, text)
    return text


# "比上年增长多少" asks for the growth that is stated, not for a difference to be reckoned.
_THAN_LAST_YEAR = re.compile(
    r"(?:相?比|较|同)(?:上年|去年|上一年|前一年)(?:同期|度)?(?:相比)?(?=增长|增加|提高|上升|下降|减少|降低|回落|多|少|涨|跌)"
)
# And "比上月", "较上一季度" for the growth over the span before.
_THAN_BEFORE = re.compile(
    r"(?:相?比|较)(?:上个?月|上一个?月|上一?季度?|上一个季度|前一个?月|前一个?季度)(?:末|底)?(?:相比)?"
    r"(?=增长|增加|提高|上升|下降|减少|降低|回落|多|少|涨|跌|提升)"
)
# "佛山和沈阳两个高新区" are 佛山高新区 and 沈阳高新区.
_SHARED_ZONE = re.compile(
    r"([\u4e00-\u9fff]{2,4})(?:和|与|、|跟)([\u4e00-\u9fff]{2,4})[两2]个?(高新区|经开区|开发区|新区|市|县|区)"
)
_LEADIN = re.compile(
    r"^(?:那么|那|然后|另外|还有|再问一下|再问|接着问|以及|至于|换成|如果是|请问"
    r"|请(?:给出|提供|列出|介绍|告诉我|查|说明)(?:一下)?|帮我查(?:一下)?"
    r"|我想(?:知道|问|了解)(?:一下)?)[，, ]*"
)
# "2020上半年" is 2020年上半年.
_SHORT_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?=(?:国庆|春节|暑期|五一|元旦|清明|端午|中秋)|[上下]半年|前?[一二三四]季度|第[一二三四]季度|全年|年?[底末]|度)"
)
# What is reached by the middle of a year is stated for its first half.
_MIDYEAR = re.compile(
    r"(?:到|截至|截止到?)?((?:19|20)\d\d)年年?中"
    r"(?=$|[的，,。？?有是、 末时底全该各我园]"
    r"|[\u4e00-\u9fff]{2,3}(?:高新区|经开区|开发区|新区|[市省县区]))"
)
_MUCH_LAND = re.compile(r"(?:一共|总共|共)?占了?(?:多少|多大)(?:的)?(?:地(?!方|区)|面积)")
# "就增速而言，2019年和2024年哪一年更快" asks which year's growth is the faster one.
_AS_TO = re.compile(
    r"^(?:(?:就|按|以)(?=[^，,]{2,24}(?:而言|来说|来看|来讲|论)[，,])|论起?|说到|要说)"
    r"(?P<what>[^，,]{2,24}?)(?:而言|来说|来看|来讲|论)?[，,]"
    r"(?P<rest>[^，,]+?)(?P<ask>(?:谁|哪一?[年个家边座]).*)$"
)
# "获批了几个工作站，不算流动站": what is not meant is not looked for.
_NOT_MEANT = re.compile(
    r"(?<=[\u4e00-\u9fff])[，,（(](?:不算|不含|不包括|不是指|不是)[^，,。？?多几]{2,20}[）)]?(?=[？?。]?$)"
)
# "在河南省开发区里排第几": among whom, not whose.
_RANKED_AMONG = re.compile(
    r"在[\u4e00-\u9fff]{2,6}(?:省|市|自治区|县|州)(?P<rank>[^，。？?在]{2,14}?(?:排|居|位列|名列|位)?第几)"
)
_FIRST = re.compile(r"头一(?=[届次回家座个场])")
# "“3+1”产业以外的增加值是多少": the whole less that part.
_BESIDES = re.compile(
    r"^(?P<lead>(?!.*除).*?)(?P<part>“[^”]+”[^，,的]{0,8}|(?<=[年区市省县]|[园的，,])[^，,的年区市省县]{2,12})(?:以外|之外)的"
    r"(?P<what>[^，,。？?]{2,12}?)(?:一共|总共)?(?:是|有|为)?(?P<ask>(?:多少|几)[^，,。？?哪]{0,4})[？?]?$"
)
_OR = re.compile(
    r"^(?P<of>.*[的，,])?(?P<what>[^的，,]{2,10})是(?P<a>[^，,是]{1,12}?)(?P<way>[多高大快少低])[，,]?"
    r"还是(?P<b>[^，,是]{1,12}?)(?P=way).*$"
)


def _which_of_two(match: re.Match[str]) -> str:
    """Asks which of 专利申请量 and 专利授权量 is more: "专利是申请的多，还是授权的多"."""
    what = match["what"]
    sides = (match[side].replace("的", "").replace("件数", "量") for side in ("a", "b"))
    first, second = (f"{what}{side}" for side in sides)
    return f"{match['of'] or ''}{first}和{second}哪个更{match['way']}？"


# Each form and what is put for it, in this order.
_FORMS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (_MUCH_LAND, "占地面积是多少"),
    (_AS_TO, r"\g<rest>的\g<what>\g<ask>"),
    (_THAN_LAST_YEAR, "同比"),
    (_THAN_BEFORE, "环比"),
    (_SHARED_ZONE, r"\1\3和\2\3"),
    (_NOT_MEANT, ""),
    (_FIRST, "首"),
    (_RANKED_AMONG, r"\g<rank>"),
    (_BESIDES, r"\g<lead>\g<what>，除去\g<part>还剩\g<ask>"),
    (_OR, _which_of_two),
)


def _same_part_told(text: str) -> str:
    """The question with "2022年同期" written out: each side of a comparison is read alone."""
    if "同期" not in text:
        return text
    for time in reversed(find_periods(text)):
        if time.period and _SAME_PART.fullmatch(text, time.start, time.end):
            text = f"{text[: time.start]}{label(time.period)}{text[time.end :]}"
    return text


_SAME_PART = re.compile(r"\d{4} ?年 ?的?同期")
