"""Organisations in a text: found by what their names end with, bounded on the left by rules."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from index.name_words import (
    BEFORE_PLACE,
    GENERIC_ORGANISATIONS,
    LONE_ORGANISATIONS,
    NAME_VERBS,
    STOP_WORDS,
)
from index.places import CITIES, PROVINCES
from index.zones import Token, zone_key

_SUFFIX = re.compile(
    r"(?:股份|集团|总|有限|责任|控股)*(?:有限责任公司|有限公司|(?<![子母])公司)(?:[\u4e00-\u9fff]{2,4}分公司|分公司)?|"
    r"(?:控股|产业|投资|实业|发展|科技)?集团(?!军|化|作战|队|有限|股份|总?公司)|"
    r"(?:银行|农商行|信用社|(?:证券|期货|产权|技术)?交易所|证券(?!交易|监)|基金会)(?!业|卡|股|类|机构|法|板|账|贷|产品|理财|存|利|监)|"
    r"大学(?!生|新生|毕业|本科|专科|城(?!市)|堂|路|期间|时代)|学院(?!派|路|生)|(?:(?<!大)学校|小学|中学|幼儿园|党校|职校|"
    r"(?<!第)[一二]中)(?!生|校|教|里|城|区|堂|习|级|间|小|长|期|阶段)|"
    r"(?:研究院|研究所|研究会|研究中心|科学院|工程院|设计院|规划院|实验室|博物馆|图书馆|美术馆|科技馆|文化馆|档案馆)|"
    r"(?:服务|创新|技术|数据|交易|检测|检验|控制|预防|救援|指挥|医学|医疗|孵化|会展|展览|培训|救助|文化|体育|发展|管理|"
    r"新闻|运营|推广|转化|认证|鉴定|评价|信息|监测|发射|气象|产业|分|就业|研发|总|养护|调度|活动|治疗|审计|人才)中心(?!城|区|点|化|小学)|"
    r"(?:医院|卫生院|卫生局|诊所|疾控中心)(?!方|里|内|外|区)|"
    r"(?:管理委员会|管委会|委员会|居委会|村委会|组委会|工委|党工委|党委(?!会)|市委(?![常书副])|省委(?![常书副])|区委(?![常书副])|"
    r"县委(?![常书副])|团委|纪委监委|纪委|监委|政协|人大常委会|人大(?![多量部幅声规型会代概体])|党组|国资委|发改委|卫健委|住建委|证监会|银保监会|政法委|"
    r"街道办事处|办事处|市政府|省政府|区政府|县政府|镇政府|人民政府|政府办公室|办公厅|办公室|国务院)|"
    r"(?:法院|检察院|派出所|监狱|看守所|戒毒所|税务所|公证处|事务所|律所)|"
    r"(?:工业和信息化|人力资源和社会保障|住房和城乡建设|发展和改革)?(?<=[\u4e00-\u9fff])(?<![布格结大开全时僵破当政战残牌饭变终骗定出邮书危败和胜])局(?!长|面|势|部|限|域|中|级|领|外|促|地)|"
    r"(?:管理|保障|教育|科技|公安|司法|财政|资源|环境|建设|运输|水利|农村|商务|旅游|健康|事务|审计|信息化|外事|统计)厅(?!级|长|堂)|"
    r"(?:外交|国防|教育|科技|科学技术|公安|民政|司法|财政|资源|环境|建设|运输|水利|农村|商务|旅游|健康|事务|信息化|宣传|组织|统战|农业)部(?!长|门|分|署|队|落|位|级|件)|"
    r"(?:协会|学会|商会|联合会|联盟|促进会|总会|红十字会|工会|妇联|残联|侨联|工商联|共青团|基金|合作社|俱乐部|"
    r"报社|出版社|杂志社|通讯社|电视台|广播电台|新闻社|日报|晚报|电视总台|指挥部|支队|大队|总队|车间(?!隔|距)|工作站|服务站|"
    r"科技园|孵化器|实验学校)(?!社员|会员|员|长)"
)
_WHOLE = re.compile(
    r"^(?:上市|[AB港美湘]股|本土|该|本|这家|子|分|母|总|控股|全资子|互联网|国有|民营|外资|跨国|物业|保险|央企|科技|高新技术|龙头|家|某|贷款|"
    r"平台|网络|大型|投资|基金|房地产|合资|制药|汽车|能源|航空|快递|物流|软件|人工智能|半导体|芯片|"
    r"新能源|银行|证券|商业|中央|地方|世界|中外|国际|国内|国外|本地|当地|一流|高等|职业|医疗|三甲|公立|"
    r"私立|社区|村|镇|区|县|市|省|全市|全省|全区|国家|新型|高|中|小|各级|上级|有关|主管|产业|行业|"
    r"小额|骗子|著名|知名|游戏|关联|附属|联营|班轮|电力|广播|个人|电子|手机|服装|食品|化工|钢铁|保安|环保|旅行|"
    r"出版|影视|经纪|律师|会计|财务|评级|咨询|拍卖|担保|出租车|公交|地铁|铁路|石油|燃气|供电|供水|供热|百强|初创|创业|"
    r"头部|巨头|私人|生物|医药|科创板|创业板|主板|电商|直播|培训|教育|连锁|某|养老|失业|股|好|"
    r"企业|学校|志愿|公共|创新|研发|技术|活动|媒体|综合|专业|代理|运营|合作|合伙|基层|母|开发|建筑|装修|"
    r"中介|劳务|外贸|设计|生产|服务|数据|管理|建设|总|初级|人民|股份|有限|责任|集团|省级|市级|县级|区级|国家级|重点|大|双一流)*$"
)
_PLACED = frozenset(name[:2] for name in PROVINCES | CITIES) | {"中国"}
_LONGEST = 32
_BRACKET = 12
_COMPANY = re.compile(r"(?:公司|集团)$")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9&·\-]*")
_COUNTED = re.compile(
    r"\d|[一二两三四五六七八九十百千几多余数](?:家|所|名|份|座|级|个|次|届|起|行|派|下|步|周)$"
)
_SEVERAL = re.compile(r"[一二两三四五六七八九十多几数每各]+(?:家|所|个|名|位)")
_CLOSERS = {")": "(", "）": "（"}


def organisation_spans(
    text: str, tokens: Sequence[Token], places: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Organisations of `text`, in order, without overlaps; `tokens` and `places` are of it."""
    starts = [token.start for token in tokens]
    found: list[tuple[int, int]] = []
    for match in _SUFFIX.finditer(text):
        end = match.end()
        floor = found[-1][1] if found else 0
        start = _left(text, tokens, starts, match.start(), max(floor, end - _LONGEST))
        if found and start == floor and not _COMPANY.search(text[found[-1][0] : floor]):
            # 市委 + 办公室, 公安局 + 刑侦总队: one name.
            start = found[-1][0]
            if end - start > _LONGEST:
                continue
            found.pop()
        start = _from_place(text, start, end, places)
        if _COMPANY.search(match[0]):
            start = _without_zone(text, start, match.start(), places)
        if _is_name(text, start, match.start(), end, places):
            found.append((start, end))
    return found


def _left(text: str, tokens: Sequence[Token], starts: list[int], inner: int, floor: int) -> int:
    """Where the name that ends with the suffix at `inner` begins."""
    index = bisect_right(starts, inner) - 1
    start = inner
    if index >= 0 and tokens[index].start < inner < tokens[index].end:
        start = tokens[index].start  # the suffix begins inside a word
    elif index < 0 or tokens[index].end <= inner:
        index += 1
    while index > 0:
        token = tokens[index - 1]
        if token.start < floor or token.end != start:
            break
        if token.word in _CLOSERS:
            opening = text.rfind(_CLOSERS[token.word], floor, token.start)
            outside = (
                opening <= floor or token.start - opening > _BRACKET or text[opening - 1] == " "
            )
            if outside:
                break
            index = bisect_left(starts, opening)
            start = opening
            continue
        if token.word == "和" and index > 1 and _opens_name(tokens[index - 2], token):
            return tokens[index - 2].start  # 东和|精细化工有限公司
        bracketed = text[token.end] in _CLOSERS.values() and token.word not in STOP_WORDS
        if _stops(token) and not bracketed:
            break
        start = token.start
        index -= 1
        if token.word[:2] in _PLACED and not (index and _is_place(tokens[index - 1].word)):
            break  # a name begins with its place
    if start and text[start - 1].isdigit() and text[start] in "家个所只名座级位条项":
        start += 1
    if text[start] in "由被把":
        start += 1
    if counted := _SEVERAL.match(text, start, inner):
        start = counted.end()
    while start < inner and text[start] in " ·、-.&（(0123456789":
        start += 1
    return start


def _opens_name(first: Token, joint: Token) -> bool:
    """Whether a lone sign before 和 makes a name with it rather than being one of two things."""
    alone = re.fullmatch(r"[\u4e00-\u9fff]", first.word) and first.end == joint.start
    return bool(alone) and first.word not in "省市县区镇乡村我你他她它其国党" and not _stops(first)


def _is_place(word: str) -> bool:
    return word[:2] in _PLACED or word in "省市县区镇乡" or word[-1] in "省市县区州盟镇"


def _stops(token: Token) -> bool:
    if token.word in STOP_WORDS:
        return True
    if token.word in NAME_VERBS:
        return False
    if _LATIN.fullmatch(token.word):
        return False
    if token.tag == "m" and _COUNTED.search(token.word):
        return True
    if not re.fullmatch(r"[\u4e00-\u9fffA-Za-z0-9\-]+", token.word):
        return True
    tag = token.tag
    if tag in ("v", "vd", "vi") and len(token.word) > 1:
        return True
    if len(token.word) > 2 and tag in ("i", "l") and token.word[-1] in "于为是会到":
        return True
    return tag in (
        "i",
        "f",
        "p",
        "c",
        "uj",
        "ul",
        "uz",
        "ug",
        "r",
        "d",
        "t",
        "y",
        "ud",
        "uv",
        "e",
        "rz",
    )


def _from_place(text: str, start: int, end: int, places: Sequence[tuple[int, int]]) -> int:
    """A name begins with its place: what stands before it belongs to the sentence."""
    at = bisect_left(places, (start, 0))
    for place_start, place_end in places[max(0, at - 1) : at + 4]:
        if place_start < start < place_end < end:
            return place_start
        if (
            start < place_start
            and place_end < end
            and (text[max(start, place_start - 2) : place_start] in BEFORE_PLACE)
        ):
            return place_start
        # A place in brackets stands inside the name.
        bare = start < place_start <= start + 4 and text[place_start - 1] not in "(（"
        if bare and place_end < end:
            return place_start
    return start


def _without_zone(text: str, start: int, inner: int, places: Sequence[tuple[int, int]]) -> int:
    """A company in a zone does not bear the zone's name: 清远高新区|金禄电子科技公司."""
    at = bisect_left(places, (start, 0))
    if at < len(places) and places[at][0] == start:
        rest = text[places[at][1] : inner]
        if zone_key(text[slice(*places[at])])[1] and len(rest) >= 3 and not _WHOLE.match(rest):
            return places[at][1]
    return start


def _is_name(
    text: str, start: int, inner: int, end: int, places: Sequence[tuple[int, int]]
) -> bool:
    name = text[start:end]
    if name in LONE_ORGANISATIONS:
        return True
    if name in GENERIC_ORGANISATIONS or start >= end - 2 or len(name) < 4:
        return bool(len(name) == 3 and (start, start + 2) in places) or (
            len(name) == 4 and (start, start + 2) in places
        )
    if (text[inner:end].endswith("局")) and len(name) < 4:
        return False
    core = text[start:inner]
    if _COMPANY.search(name):
        at = bisect_left(places, (start, 0))
        if at < len(places) and places[at][0] == start and places[at][1] <= inner:
            core = text[places[at][1] : inner]
            if not core:
                return False
    if not core and text[inner:end] in GENERIC_ORGANISATIONS:
        return False
    return not _WHOLE.match(core) if core else len(name) >= 4 and not _COMPANY.search(name)
