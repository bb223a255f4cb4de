"""What a single printed line says it is: byline, dateline, credit, editors' line, section label."""

from __future__ import annotations

import re

from index.clean import HAN, simplified, tagged

MARKS = "▶►▷■□●○◆◇◎▲△▼▽★☆※◤◥◢◣▌▍▎█·•*"
_LEADING_MARKS = re.compile(rf"^[\s{re.escape(MARKS)}|丨]+")

# Family names by frequency, then the double ones; enough to tell a person from a phrase.
_FAMILY = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁"
    "任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武"
    "戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮"
    "柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓"
    "古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣"
    "巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满"
    "闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙"
    "傅萧洪赖阎习萨杭乌尧寿荀莘诸郦钮闾慕汲濮湛慎桓嵇暨逄邸郗鄂裘竺蒯笪亓仉浦茅茹"
)
_DOUBLE_FAMILY = "欧阳|上官|司马|诸葛|司徒|皇甫|尉迟|公孙|慕容|令狐|东方|夏侯|端木|百里|呼延"
_NAME = re.compile(rf"(?:(?:{_DOUBLE_FAMILY})[{HAN}]{{1,2}}|[{_FAMILY}][{HAN}]{{1,2}}|[{_FAMILY}])")
_NO_NAME_ENDS = "区县市镇乡村社局院厅部会厂所站网报年月日"
_FOREIGN = re.compile(rf"[{HAN}]{{1,6}}(?:·[{HAN}]{{1,6}})+|[A-Z][a-z]+(?: [A-Z][a-z.]+){{1,2}}")

_PAPER_END = "日报|晚报|时报|导报|晨报|商报|早报|快报|周报|青年报|都市报|周刊|新闻网|新闻社|通讯社"
_PAPER = rf"(?:[{HAN}]{{2,8}}?(?:{_PAPER_END})|新华社|中新社|新华网|人民网|央视网)"
_JOB = (
    "(?:通讯员|评论员|撰稿人?|编译|摄影报道|摄影|文字|报道|采写|整理|供稿|实习生|作者|记者|编辑"
    "|文|图|摄|撰文|口述|执笔)"
)
_ROLE = re.compile(
    rf"(?:{_PAPER}|本报|本刊|本网|本台|本社)?(?:特约|特派|见习|实习|首席|全媒体|融媒体|资深)?"
    rf"(?:驻[{HAN}]{{2,4}})?(?:{_JOB}(?:[/／、]?{_JOB})*|本报讯)|{_PAPER}|本报|本刊"
)

DATELINE = re.compile(
    rf"(?P<head>(?:据)?(?:(?P<paper>{_PAPER}|本报|本刊|本网|本台)(?P<where>[{HAN}]{{0,8}}?)"
    rf"(?P<day>\d{{1,2}}月\d{{1,2}}日)?(?:综合)?(?:讯|[日]?电|消息|报道)|[{HAN}]{{2,4}}讯(?=[\s(（]))"
    rf"(?P<who>\s?[(（][^()（）]{{1,40}}[)）])?)"
)

_CREDIT = (
    re.compile(
        r"^[(（\[【]?(?:本版|本文|以上|上|下|文中|题)?(?:均|全部)?"
        r"(?:图片|照片|图文|资料图片?|视频|供图|摄影|图)(?:均|皆)?(?:来源|提供|由|作者|拍摄)?"
        r"\s?[:：/／]\s?[^。；，,]{2,40}[)）\]】]?$"
    ),
    re.compile(r"^[(（]?(?:资料图片?|资料照片|示意图|视频截图|网络图片)[)）]?$"),
)
_TAKEN_BY = re.compile(
    r"^[(（]?(?P<who>[^。；，,:：]{2,30}?)\s?[/／]?\s?(?:摄影报道|摄影|摄|供图|制图|绘图?|图)[)）]?$"
)
_TAIL_CREDIT = re.compile(
    rf"[(（]?\s?(?:(?:图片|照片|供图|摄影)(?:来源|提供|作者)?\s?[:：/／]\s?[^。；，,]{{2,30}}"
    rf"|(?:{_PAPER}|本报|通讯员|记者| )+[{HAN}]{{2,4}}\s?[/／]?\s?摄影?"
    rf"|[{HAN}]{{2,4}}\s?[/／]\s?摄影?|(?<=[\s。(（])[{HAN}]{{2,4}} ?摄)[)）]?$"
)

_STAFF = re.compile(
    r"(?:责任编辑|责编|编辑|组版|美编|版式|校对|校检|主编|总编|值班\w{0,3}|审核|审读|监制|制图|排版|设计|统筹|策划"
    r"|电话|热线|传真|邮箱|邮编|投稿|地址|网址|微信|微博|E-?mail|https?|www\.)\s?[:：]?",
    re.IGNORECASE,
)
_STAFF_ALONE = re.compile(
    r"[【(（]?(?:责任编辑|责编|编辑|组版|美编|校对|审核|监制|值班)[^:：]{0,4}[:：]"
)
_AUTHOR = re.compile(
    rf"(?:作者|记者|撰文)\s?[:：]\s?([{HAN}·]{{2,8}}(?:[ 、][{HAN}]{{2,4}}){{0,3}})"
)
_FURNITURE = (
    _STAFF,
    re.compile(r"[\w.+-]+@[\w.-]+|(?:https?://|www\.)\S+"),
    re.compile(r"[(（]?\d{3,4}[)）-]?\s?\d{7,8}(?:\s?转\s?\d+)?|1\d{10}"),
    re.compile(r"(?:19|20)\d\d\s?[年./-]\s?\d{1,2}\s?[月./-]\s?\d{1,2}\s?日?|农历\S{2,12}"),
    re.compile(
        r"(?<!\d)\d{1,2}:\d{2}(?::\d{2})?|(?:来源|稿源|作者|阅读|浏览|点击)\s?[:：]\s?[^\s|]{1,20}"
    ),
    re.compile(r"发布时间|发布日期|字号|打印|分享|关闭|收藏|[大中小](?![^\s])"),
    re.compile(r"(?:星期|周)[一二三四五六日天]|总?第\s?\d+\s?期|(?:今日|共)\s?\d+\s?版"),
    re.compile(
        rf"第?\s?[A-Z]?\d{{1,2}}\s?版[:：]?|[A-Z]\d{{1,2}}(?![\d{HAN}])|第[一二三四五六七八九十]{{1,3}}版"
    ),
    re.compile(_PAPER),
    re.compile(r"要闻|综合|新闻|时政|经济|副刊|专版|特刊|版权所有|国内统一\S+|CN\s?\d\S*"),
)
OUTLET = re.compile(
    rf"(?:来源|稿源|转自|摘自)\s?[:：]\s?(?P<named>[^\s，,。|]{{2,20}})"
    rf"|(?P<paper>{_PAPER}|(?<![{HAN}])[{HAN}]{{2,9}}(?:报|周刊|杂志)(?=\s|$))"
)

_SECTIONS = frozenset(
    [
        "要闻",
        "综合",
        "综合新闻",
        "时政",
        "时评",
        "评论",
        "经济",
        "财经",
        "产业",
        "科技",
        "文化",
        "体育",
        "教育",
        "健康",
        "国际",
        "国内",
        "社会",
        "民生",
        "地方",
        "副刊",
        "广告",
        "专版",
        "专题",
        "特刊",
        "理论",
        "观察",
        "视点",
        "聚焦",
        "关注",
        "热点",
        "焦点",
        "资讯",
        "动态",
        "简讯",
        "短讯",
        "快讯",
        "导读",
        "今日导读",
        "本版导读",
        "读者来信",
        "图片新闻",
        "新闻速览",
        "一周要闻",
        "本报专稿",
        "人物",
        "访谈",
        "调查",
        "深度",
        "前沿",
        "园区",
        "高新区",
        "头版",
        "头条",
        "权威发布",
        "公告",
        "启事",
        "声明",
    ]
)
_SECTION = re.compile(
    f"(?:{'|'.join(sorted(_SECTIONS))}|法治|法制|文旅|农业|工业|企业|时事|生活|消费|金融|服务|交通)"
    "(?:简讯|短讯|快讯|资讯|动态|速递|播报|在线|视窗|之窗|广角|看台|提醒|提示|新闻|纵横|天地)"
)
_PAGE_NUMBER = re.compile(r"[-—·\s]*(?:第\s?)?[A-Z]?\d{1,3}\s?(?:版|页)?[-—·\s]*$")
_JUMP = re.compile(
    r"[(（【]?(?:下转|上接|紧接)\s?第?\s?[A-Z\d一二三四五六七八九十]{1,3}\s?版?[)）】]?"
)
SENTENCE_END = re.compile(r"[。！？!?；;…]")
LIST_MARK = re.compile(
    r"(?:[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|第[一二三四五六七八九十]{1,3}[，,、:：]?|[(（]?\d{1,2}[)）、]|\d{1,2}[.．](?!\d)|[①-⑳]|[●○◆■·•]\s?)"
)
SPEAKER = re.compile(rf"(?:问|答|[QA]|主持人|[{HAN}]{{0,6}}记者)\s?[:：]")
CLOSING = re.compile(
    r"(?:此致|敬礼|谢谢|特此(?:公告|声明|通知)|(?:编辑同志|各位\w{2,6})[:：!！]?)[!！。]?"
)


def strip_marks(line: str) -> tuple[str, bool]:
    """The line without the typographic marks it begins with, and whether there were any."""
    bare = _LEADING_MARKS.sub("", line)
    return bare.strip(), bare != line


def _is_name(word: str) -> bool:
    """Whether two to four signs are a person's name and not a word of the language.

    >>> [_is_name(w) for w in ("叶伟", "高新区", "高欣")]
    [True, False, True]
    """
    if _FOREIGN.fullmatch(word):
        return True
    if len(word) < 2 or word[-1] in _NO_NAME_ENDS or not _NAME.fullmatch(word):
        return False
    tags = tagged(word)
    return len(tags) > 1 or tags[0][1] in ("nr", "nz", "x") or tags[0][1].startswith("nr")


def byline(line: str, *, expected: bool = False) -> str | None:
    """The byline as printed, without its mark, if the line is nothing but a byline.

    `expected` says that the line stands where bylines stand (under a headline), so that names
    alone will do: "▶ 何晓晴 本报记者 叶伟" is a byline anywhere, "高欣" only there.
    """
    bare, marked = strip_marks(line)
    bare = bare.strip("()（）【】 ")
    if not bare or len(bare) > 60 or re.search("[。；？！?!;]|[:：]$|^敬礼$|同志", bare):
        return None
    if re.fullmatch(r"(?:[Bb]y|BY) [A-Z][\w.-]+(?: (?:and |& )?[A-Z][\w.-]+){0,6}", bare):
        return bare
    words = [w for w in re.split(r"[\s、,，/／|:：]+", simplified(bare)) if w]
    signed = marked and any(_ROLE.match(word) for word in words)
    names = roles = 0
    loose: list[str] = []
    for word in words:
        role = _ROLE.match(word)
        rest = word[role.end() :] if role else word
        roles += bool(role)
        if not rest:
            continue
        if len(rest) == 1:
            loose.append(rest)
            continue
        # After a role, or in a line set off by a mark, any short word is a name; on its own it
        # has to look like one.
        if not (_is_name(rest) or ((roles or signed) and re.fullmatch(f"[{HAN}]{{2,4}}", rest))):
            return None
        names += 1
    names += len(loose) // 2
    if len(loose) % 2 or not names or names > 8:
        return None
    return bare if roles or ((marked or expected) and names <= 6) else None


def signature(text: str) -> tuple[str, str]:
    """A story's text without the name that signs it at its end, and that name, or "".

    >>> signature("…都有重要的意义。 阮晓莹")
    ('…都有重要的意义。', '阮晓莹')
    """
    spaced = re.search(
        r"(?<=[。！？…”])\s+([^\s。！？；，,]{2,4}(?:[\s、][^\s。！？；，,]{2,8}){0,3})$", text
    )
    in_brackets = re.search(r"(?<=[。！？…”])\s*[(（]([^()（）]{2,30})[)）]$", text)
    for found in (spaced, in_brackets):
        if found and (name := byline(found[1], expected=True)):
            return text[: found.start()].rstrip(), name
    return text, ""


def dateline(text: str) -> tuple[str, str] | None:
    """Byline and outlet that a paragraph's dateline states (each may be ""), None without one.

    >>> dateline("本报讯(记者 刘琴) 2月3日,")
    ('记者 刘琴', '')
    """
    found = DATELINE.match(simplified(text[:120]))
    if not found or not (
        found["who"] or text[found.end() : found.end() + 1] in " :：,，" or found["paper"]
    ):
        return None
    who = text[found.start("who") : found.end("who")].strip(" ()（）") if found["who"] else ""
    paper = text[: found.end("paper")] if found["paper"] else ""
    return byline(who, expected=True) or "", "" if paper.startswith("本") else paper


def is_credit(line: str) -> bool:
    """Whether a line only says where a picture comes from.

    >>> [is_credit(t) for t in ("陈相如/摄", "工作人员在办理业务 方玉兰/摄")]
    [True, False]
    """
    bare = simplified(strip_marks(line)[0])
    if len(bare) > 48:
        return False
    if any(pattern.match(bare) for pattern in _CREDIT):
        return True
    taken = _TAKEN_BY.match(bare)
    if not taken:
        return False
    if re.fullmatch(rf"[{HAN}]{{2,4}}(?: [{HAN}]{{2,4}})? ?[/／] ?(?:摄影|摄)", bare):
        return True
    given = bare.endswith(("供图", "供图)", "供图）")) and " " not in taken["who"]
    return given or byline(taken["who"], expected=True) is not None


def ends_in_credit(line: str) -> bool:
    """Whether a line ends by saying where a picture comes from, as captions do."""
    return bool(_TAIL_CREDIT.search(simplified(line[-60:])))


def is_furniture(line: str) -> bool:
    """Whether a line is the page's own: editors, telephone, page number, date, paper's name."""
    if len(line) > 160 or re.search("[。；]", line):
        return False
    bare = simplified(strip_marks(line)[0])
    if _PAGE_NUMBER.fullmatch(bare) or _JUMP.fullmatch(bare):
        return True
    staffed = bool(_STAFF.search(bare))
    rest, hits = bare, 0
    for pattern in _FURNITURE:
        rest, count = pattern.subn(" ", rest)
        hits += count
    words = [w for w in re.split(rf"[\s{re.escape(MARKS)}:：,，、/／|丨()（）【】-]+", rest) if w]
    if hits and not words:
        return True
    if _STAFF_ALONE.match(bare) and len(words) <= 3 and sum(map(len, words)) <= 10:
        return True
    strange = [w for w in words if not (staffed and re.fullmatch(rf"[{HAN}]{{1,4}}", w))]
    # With three such things it is the running head, which names the paper too.
    return (staffed and hits >= 2 and not strange) or (
        hits >= 3 and len(strange) <= 2 and sum(map(len, strange)) <= 16
    )


def author_in(line: str) -> str:
    """The author that a line of page data names ("2024-03-05 来源:晚报 作者:王芳"), or ""."""
    found = _AUTHOR.search(simplified(line))
    return line[found.start(1) : found.end(1)] if found else ""


def is_section(line: str) -> bool:
    """Whether a line is the label of a section, such as 要闻 or 体育简讯."""
    bare = simplified(strip_marks(line)[0]).replace(" ", "").strip("·—-|【】[]")
    return bare in _SECTIONS or _SECTION.fullmatch(bare) is not None
