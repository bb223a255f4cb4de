"""Page text -> page text: pure repair of what OCR and layout did to it, line by line.

Nothing here joins lines or drops words: a line in is a line out, so line numbers stay true. What
goes is white space that stands where Chinese has none, and characters that nobody can see.
"""

from __future__ import annotations

import re
from functools import cache

import rjieba

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇"
_HAN = re.compile(f"[{HAN}]")
_BASIC = 0xFFFF  # the last sign of the plane that `HAN` lies in

# Seen by no reader: zero-width marks, direction marks, soft hyphens, control characters.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
_LINE_END = re.compile("\r\n|[\r\x85\u2028\u2029]")
_BLANK = re.compile("[\x0b\x0c\x1c-\x1f\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")

_CLOSERS = "”’\"'」』）)》〉】］]"
_CJK_MARKS = "，。、；：？！…—·“”‘’「」『』（）《》〈〉【】"
_ASCII_MARKS = ",;:!?()\"'"
_UNITS = (
    "%％‰年月日时分秒点万亿千百元件家项个人户次名吨亩平公里米台套条座只栋宗倍届位岁强"
    "時點萬億項個戶噸畝臺條隻棟屆歲強"
)

# A space that carries meaning: after the dateline, between names in brackets, before the name
# that signs a story.
_DATELINE = re.compile(
    rf"(?:[{HAN}A-Za-z]{{2,12}})?(?:讯|[日月]?电|报道|消息)(?:[(（][^()（）]{{1,40}}[)）])? +"
)
_NAMES = re.compile(
    r"[(（【][^()（）【】]{0,60}(?:记者|通讯员|摄影|摄|本报|报道|作者|来源|供图|文|图)[^()（）【】]{0,60}[)）】]"
)
_SIGNED = re.compile(
    rf"(?<=[。！？!?.…{re.escape(_CLOSERS)}])"
    rf" +(?:(?:[{HAN}]{{2,10}} +){{0,4}}[{HAN}]{{1,4}}|[(（]?(?:图片|照片|摄|供图).{{2,30}})$"
    r"(?<!说|道|称)(?<!表示|介绍|指出|认为)"
)
_CELL = re.compile(r"(?:^| )[-+]?\d[\d.,]*[%％]?(?= |$)")

# A figure that a space or two broke: only where what stands around leaves no other reading.
_FIGURES = (
    re.compile(rf"(?<=[{HAN}(（])(\d+) ?\. (\d{{1,2}})(?= ?[{_UNITS}])(?!\d)"),
    re.compile(rf"(?<=[{HAN}(（])(\d+) \.(\d{{1,2}})(?= ?[{_UNITS}])"),
    re.compile(rf"(?<=[{HAN}(（])(\d{{1,3}}) (\d{{3}})(?= ?[{_UNITS}])"),
    re.compile(r"(?<![\d.,])((?:19|20)) (\d\d)(?= ?年)"),
    re.compile(r"(?<![\d.,])((?:19|20)\d) (\d)(?= ?年)"),
    re.compile(r"(?<![\d.,])([12]) (\d{3})(?= ?年)"),
)


@cache
def simple_signs() -> dict[int, int]:
    """Code points of traditional characters, each with that of its simplified one."""
    from zhconv import zhconv

    pairs = {t: s for t, s in zhconv.getdict("zh-hans").items() if len(t) == len(s) == 1}
    signs = {ord(t): ord(pairs.get(s, s)) for t, s in pairs.items()}
    # Simplified forms of names that only the latest fonts know (頔) are not what rules look for.
    return {t: s for t, s in signs.items() if s <= _BASIC}


def simplified(text: str) -> str:
    """A copy of the same length in simplified characters, to match on."""
    return text.translate(simple_signs())


@cache
def _words() -> rjieba.Jieba:
    """A dictionary of our own: the shared one may be fed by others, and cleaning must not vary."""
    return rjieba.Jieba()


def cut(text: str) -> list[str]:
    """Dictionary words of a text, in simplified script; what is in none comes as single signs."""
    words: list[str] = _words().cut(simplified(text), False)
    return words


def tagged(text: str) -> list[tuple[str, str]]:
    """Words of a text, in simplified script, with their part of speech (n, v, ns, nr, p, …)."""
    pairs: list[tuple[str, str]] = _words().tag(simplified(text), True)
    return pairs


def crossing_word(left: str, right: str) -> str:
    """The dictionary word that would be cut in two between `left` and `right`, or "".

    >>> crossing_word("今", "年以来")
    '今年以来'
    """
    tail = re.search(f"[{HAN}]{{0,6}}$", left[-8:])
    head = re.match(f"[{HAN}]{{0,6}}", right)
    if not tail or not head or not tail[0] or not head[0]:
        return ""
    at, edge = 0, len(tail[0])
    for word in cut(tail[0] + head[0]):
        if at < edge < at + len(word):
            return word
        at += len(word)
        if at >= edge:
            break
    return ""


def unify(text: str) -> str:
    """Line ends to a newline, other white space to spaces, invisible characters gone."""
    return _BLANK.sub(" ", _INVISIBLE.sub("", _LINE_END.sub("\n", text)))


def is_row(line: str) -> bool:
    """Whether a line is a row of a table: cells with figures, or marked as cells.

    >>> is_row("西城区 980.4 4.8% 305.6")
    True
    """
    if "\t" in line or line.lstrip().startswith("|"):
        return True
    return len(_CELL.findall(line)) > 1 and not re.search(r"[。；，、]|,(?!\d)", line)


def is_prose(line: str) -> bool:
    """Whether a line is running text, as against a headline, a row of a table or a list of names.

    >>> is_prose("清远高新区:创新服务方式 护航企业复工复产")
    False
    """
    if is_row(line):
        return False
    bare = line.replace(" ", "")
    commas = len(re.findall("[,，、]", bare))
    if re.search("[。；;]", bare):
        return len(bare) >= 6
    return (commas >= 2 and len(bare) >= 30) or (commas >= 1 and bare[-1:] in ",，、")


def _drops(line: str, start: int, end: int, prose: bool, cells: bool) -> bool:
    """Whether the run of spaces `line[start:end]` is the work of OCR."""
    before, after = line[start - 1], line[end]
    cjk_before = bool(_HAN.match(before)) or before in _CJK_MARKS
    cjk_after = bool(_HAN.match(after)) or after in _CJK_MARKS
    if prose:
        left = cjk_before or before in _ASCII_MARKS or before.isdigit() or before in "%％"
        right = cjk_after or after in _ASCII_MARKS or after.isdigit()
        both_ascii = not cjk_before and not cjk_after
        return left and right and not both_ascii
    if before.isdigit() and after in "年月日%％":
        return end - start == 1
    if cells or end - start > 1 or not (_HAN.match(before) and _HAN.match(after)):
        return False
    return bool(crossing_word(line[max(0, start - 8) : start], line[end : end + 8]))


def _pass(line: str) -> str:
    """One pass over the spaces of a line."""
    for figure in _FIGURES:
        line = figure.sub(r"\1.\2" if r"\." in figure.pattern else r"\1\2", line)
    prose = is_prose(line)
    simple = simplified(line)
    kept = [m.span() for m in _NAMES.finditer(simple)]
    dateline, signed = _DATELINE.match(simple), _SIGNED.search(simple)
    if dateline:
        kept.append((dateline.end() - 1, dateline.end()))
    if signed:
        kept.append((signed.start(), len(line)))
    # Names, or a row of short cells: the spaces there part words that are whole.
    cells = not prose and all(len(piece) <= 4 for piece in line.split())
    out, at = [], 0
    for run in re.finditer(" +", line):
        start, end = run.span()
        if any(a <= start < b for a, b in kept) or not _drops(line, start, end, prose, cells):
            continue
        out.append(line[at:start])
        at = end
    return "".join(out) + line[at:]


def tidy(line: str) -> str:
    """One line without the spaces that OCR put into words, and between words and figures.

    Digits keep their order, and no digit is added or lost; `tidy(tidy(x)) == tidy(x)`.
    """
    line = line.strip(" ")
    while " " in line:
        # A pass may uncover the word that the next one needs to see.
        again = _pass(line)
        if again == line:
            break
        line = again
    return line


def clean(text: str) -> str:
    """A page's text with line ends unified, invisible characters gone and each line tidied.

    As many lines come out as went in (after unifying line ends). Idempotent; the sequence of
    digits is that of the input. Punctuation, wording and script stay as printed.
    """
    return "\n".join(tidy(line) for line in unify(text).split("\n"))


def glue(left: str, right: str) -> str:
    """Two parts of one sentence put together: no space in Chinese, one between Latin words."""
    latin = left[-1:].isascii() and right[:1].isascii()
    if latin and left[-1:].isalpha() and right[:1].isalnum():
        return f"{left} {right}"
    if latin and left[-1:] in ",;:" and right[:1].isalpha():
        return f"{left} {right}"
    return left + right
