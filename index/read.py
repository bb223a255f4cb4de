"""Folder -> pages: one function a file format; what cannot be read is reported, never raised."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.records import Page

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

# A page of a newspaper has some 10 kB; a file of this size is a dump and not an article.
MAX_BYTES = 20_000_000

_BLOCKS = ["h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "blockquote", "figcaption", "tr", "pre"]
_NOISE = ["script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form"]
_DATE_METAS = ("article:published_time", "pubdate", "publishdate", "datepublished", "date")
_SITE_METAS = ("og:site_name", "source", "mediaid")
_DATE = re.compile(r"\d{4}[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?)?")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An input that was left out: its path relative to the folder, and why."""

    path: str
    reason: str


class _LeftOutError(Exception):
    """Why one file gives no page."""


def read_folder(folder: Path, *, max_bytes: int = MAX_BYTES) -> Iterator[Page | Unreadable]:
    """Every page below `folder` (or of one file), in the order of the paths.

    Hidden files and folders are passed over. A folder that is not there raises FileNotFoundError;
    a file that cannot be read never does.
    """
    if folder.is_file():
        yield from read_file(folder, folder.name, max_bytes=max_bytes)
        return
    if not folder.is_dir():
        raise FileNotFoundError(f"no such folder or file of articles: {folder}")
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if any(part.startswith(".") for part in relative.parts) or path.is_dir():
            continue
        yield from read_file(path, relative.as_posix(), max_bytes=max_bytes)


def read_file(
    path: Path, relative: str, *, max_bytes: int = MAX_BYTES
) -> Iterator[Page | Unreadable]:
    """The pages of one file; `relative` is what they will be called."""
    suffix = path.suffix.lower()
    try:
        if not path.is_file():
            raise _LeftOutError("not a regular file")
        if suffix == ".jsonl":
            yield from _jsonl(path, relative)
            return
        reader = _READERS.get(suffix)
        if reader is None:
            known = " ".join(sorted([*_READERS, ".jsonl"]))
            raise _LeftOutError(f"unknown kind of file {suffix or path.name!r}; known are {known}")
        size = path.stat().st_size
        if not size:
            raise _LeftOutError("empty")
        if size > max_bytes:
            raise _LeftOutError(
                f"{size:,} bytes are more than the {max_bytes:,} that a page may have:"
                " split it into articles, or make it a .jsonl with an article a line"
            )
        page = reader(path, relative)
        if not page.text.strip():
            raise _LeftOutError("empty")
        yield page
    except _LeftOutError as why:
        yield Unreadable(relative, str(why))
    except OSError as error:
        yield Unreadable(relative, f"cannot be opened: {error.strerror or error}")


def decode(data: bytes) -> str:
    """Bytes to text: UTF-8, UTF-16 by its mark, GB18030; raises when it is none of them."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        if b"\0" in data:
            raise _LeftOutError("not text: it holds zero bytes")
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "gb18030" and not _reads_well(text):
            break
        return text
    raise _LeftOutError("not text in UTF-8, GB18030 or UTF-16")


def _reads_well(text: str) -> bool:
    """Whether bytes that passed as GB18030 are Chinese: nearly any bytes pass as something."""
    sample = [c for c in text[:20_000] if not c.isspace()]
    odd = sum(
        1
        for c in sample
        if not (
            "\u4e00" <= c <= "\u9fff"
            or " " < c <= "~"
            or "\u2010" <= c <= "\u33ff"
            or c >= "\uff00"
        )
    )
    rare = sum(
        1
        for c in sample
        if "\u4e00" <= c <= "\u9fff"
        and len(c.encode("gbk", "ignore")) == 2
        and c.encode("gbk")[0] >= 0xD8
    )
    return bool(sample) and odd <= 0.05 * len(sample) and rare <= 0.3 * len(sample)


def _plain(path: Path, relative: str) -> Page:
    return Page(relative, decode(path.read_bytes()))


def _html(path: Path, relative: str) -> Page:
    """A web page: its title, date and site where given, its paragraphs as lines."""
    from bs4 import BeautifulSoup

    data = path.read_bytes()
    declared = re.search(rb"charset=[\"']?([\w-]+)", data[:4096])
    try:
        source = decode(data)
    except _LeftOutError:
        if not declared:
            raise
        try:
            source = data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            raise _LeftOutError(f"not text in the declared {declared[1].decode()}") from None
    soup = BeautifulSoup(source, "html.parser")
    headings, named = soup.find_all("h1"), soup.find("title")
    heading = headings[0] if headings else None
    source_of_title = heading or named
    title = source_of_title.get_text(" ", strip=True) if source_of_title else ""
    if not heading:  # "Headline_Site" and "Headline - Site" are how sites title their pages
        title = re.split(r"\s*[_|]\s*|\s+[-–—]\s+", title)[0]
    dated = _DATE.search(_meta(soup, _DATE_METAS))
    stamp = soup.find("time")
    if dated is None and stamp is not None:
        dated = _DATE.search(str(stamp.get("datetime") or stamp.get_text()))
    outlet = _meta(soup, _SITE_METAS)
    several = len(headings) > 1  # a newspaper page put on the web, to be taken apart
    lines = _html_lines(soup, "" if several else title)
    return Page(
        relative,
        "\n\n".join(lines),
        whole=not several,
        title=None if several else title or None,
        published=dated[0] if dated else None,
        outlet=outlet or None,
    )


def _meta(soup: BeautifulSoup, names: tuple[str, ...]) -> str:
    """The first of the named meta elements that says something."""
    found: dict[str, str] = {}
    for meta in soup.find_all("meta"):
        key = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if key and meta.get("content"):
            found.setdefault(str(key).lower(), str(meta["content"]).strip())
    return next((found[name] for name in names if found.get(name)), "")


def _html_lines(soup: BeautifulSoup, title: str) -> list[str]:
    """The paragraphs of a page, headings marked as in Markdown, the headline left out."""
    for node in soup.find_all(_NOISE):
        node.decompose()
    articles = soup.find_all("article")
    root = articles[0] if len(articles) == 1 else (soup.body or soup)
    for line_break in root.find_all("br"):
        line_break.replace_with("\n")
    lines = []
    for node in root.find_all(_BLOCKS):
        if node.find(_BLOCKS):
            continue  # its parts come by themselves
        cells = node.find_all(["td", "th"]) if node.name == "tr" else []
        parts = [" ".join(c.get_text().split()) for c in cells] if cells else []
        text = "\t".join(parts) if parts else node.get_text()
        for line in text.split("\n"):
            line = line.strip()
            if not line or line == title:
                continue
            mark = "# " if node.name == "h1" else "## " if re.fullmatch("h[2-6]", node.name) else ""
            lines.append(f"{mark}{line}")
    return lines or [line.strip() for line in root.get_text("\n").split("\n") if line.strip()]


def _pdf(path: Path, relative: str) -> Page:
    """The text layer of a PDF, its pages one after another."""
    import pypdf

    try:
        reader = pypdf.PdfReader(path)
        text = "\n\n".join(page.extract_text() or "" for page in reader.pages)
    except Exception as error:  # a broken file fails in any way
        raise _LeftOutError(f"not a readable PDF: {error}") from error
    if not text.strip():
        raise _LeftOutError("no text layer: run OCR first")
    return Page(relative, text)


def _docx(path: Path, relative: str) -> Page:
    """The paragraphs of a document, and the rows of its tables, in their order."""
    import docx
    from docx.table import Table

    try:
        parts = list(docx.Document(str(path)).iter_inner_content())
    except Exception as error:  # a broken file fails in any way
        raise _LeftOutError(f"not a readable .docx: {error}") from error
    lines = []
    for part in parts:
        if isinstance(part, Table):
            lines += ["\t".join(cell.text.strip() for cell in row.cells) for row in part.rows]
            continue
        style = (part.style.name or "") if part.style is not None else ""
        level = re.fullmatch(r"(?:Heading|标题) ?(\d)", style)
        mark = "# " if style == "Title" else "#" * (int(level[1]) + 1) + " " if level else ""
        lines += [mark + part.text.strip()] if part.text.strip() else []
    return Page(relative, "\n\n".join(lines))


_READERS: dict[str, Callable[[Path, str], Page]] = {
    ".txt": _plain,
    ".md": _plain,
    ".html": _html,
    ".htm": _html,
    ".pdf": _pdf,
    ".docx": _docx,
}


def _jsonl(path: Path, relative: str) -> Iterator[Page | Unreadable]:
    """One article a line: `{"id", "title"?, "published"?, "outlet"?, "text"}`."""
    seen: dict[str, int] = {}
    rows = 0
    with path.open("rb") as file:
        for number, data in enumerate(file, start=1):
            if not data.strip():
                continue
            rows += 1
            try:
                page = _row(data, relative, number)
            except _LeftOutError as why:
                yield Unreadable(f"{relative}:{number}", str(why))
                continue
            first = seen.setdefault(page.id, number) if page.id else number
            if first != number:
                reason = f"id {page.id!r} stands on line {first} already"
                yield Unreadable(f"{relative}:{number}", reason)
                continue
            yield page
    if not rows:
        yield Unreadable(relative, "empty")


def _row(data: bytes, relative: str, number: int) -> Page:
    """The article on one line of a JSONL file."""
    try:
        row: Any = json.loads(decode(data))
    except (ValueError, RecursionError) as error:
        raise _LeftOutError(f"not JSON: {error}") from None
    if not isinstance(row, dict):
        raise _LeftOutError(f"not a JSON object but {type(row).__name__}")
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        raise _LeftOutError('no "text"')
    given = {key: row.get(key) for key in ("id", "title", "published", "outlet")}
    fields = {k: str(v).strip() or None for k, v in given.items() if isinstance(v, str | int)}
    return Page(relative, text, line=number, whole=True, **fields)
