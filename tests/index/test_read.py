"""Reading: every format, every bad file reported and none of them fatal."""

import json
from pathlib import Path

import docx
import pytest

from index.read import Unreadable, read_file, read_folder
from index.records import Page
from index.segment import segment

TEXT = "湖区新建学校四所\n\n今年,湖区新建学校4所,新增学位3600个。"


def _read(folder: Path) -> dict[str, Page | Unreadable]:
    return {item.path: item for item in read_folder(folder)}


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("gb18030"),
        TEXT.encode("utf-16"),
        TEXT.replace("\n", "\r\n").encode("gbk"),
    ],
    ids=["utf-8", "utf-8 with mark", "gb18030", "utf-16", "gbk, Windows"],
)
def test_a_text_is_read_in_any_of_its_encodings(tmp_path, data):
    (tmp_path / "page.txt").write_bytes(data)
    (page,) = read_folder(tmp_path)
    assert isinstance(page, Page)
    assert page.text.replace("\r\n", "\n") == TEXT


def test_folders_are_walked_in_order_and_hidden_ones_passed_over(tmp_path):
    for name in ("b/2.txt", "a/1.md", ".git/x.txt", "a/.hidden.txt", "c.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    assert [item.path for item in read_folder(tmp_path)] == ["a/1.md", "b/2.txt", "c.txt"]
    assert [item.path for item in read_folder(tmp_path / "c.txt")] == ["c.txt"]


def test_a_folder_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere"):
        list(read_folder(tmp_path / "nowhere"))


def test_what_cannot_be_read_is_named_with_the_reason(tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "blank.txt").write_bytes(b" \n\n")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 3)
    (tmp_path / "latin.txt").write_bytes("Une année à l'école éloignée".encode("latin-1") * 20)
    (tmp_path / "photo.png").write_bytes(b"\x89PNG")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    (tmp_path / "broken.docx").write_bytes(b"PK nothing")
    (tmp_path / "big.txt").write_bytes(b"x" * 2000)
    (tmp_path / "good.txt").write_text("好消息。", encoding="utf-8")
    found = {item.path: item for item in read_folder(tmp_path, max_bytes=1000)}
    reasons = {path: item.reason for path, item in found.items() if isinstance(item, Unreadable)}
    assert reasons.pop("empty.txt") == reasons.pop("blank.txt") == "empty"
    assert "zero bytes" in reasons.pop("binary.txt")
    assert "not text" in reasons.pop("latin.txt")
    assert "'.png'" in reasons.pop("photo.png")
    assert "PDF" in reasons.pop("broken.pdf")
    assert ".docx" in reasons.pop("broken.docx")
    assert "2,000 bytes are more than the 1,000" in reasons.pop("big.txt")
    assert not reasons
    assert isinstance(found["good.txt"], Page)


def test_a_link_to_nowhere_is_reported(tmp_path):
    (tmp_path / "lost.txt").symlink_to(tmp_path / "gone.txt")
    (item,) = read_folder(tmp_path)
    assert isinstance(item, Unreadable)


def test_a_collection_gives_an_article_a_line_and_names_its_bad_ones(tmp_path):
    rows = [
        json.dumps({"id": "a1", "title": "甲", "published": "2023-08-01", "text": "正文一。"}),
        "{not json",
        json.dumps({"id": "a2"}),
        "",
        json.dumps({"id": "a1", "text": "又是它。"}),
        json.dumps([1, 2]),
        json.dumps({"id": 7, "outlet": "晚报", "published": None, "text": "正文二。\n第二段。"}),
    ]
    (tmp_path / "news.jsonl").write_text("\n".join(rows), encoding="utf-8")
    items = list(read_folder(tmp_path))
    bad = {item.path: item.reason for item in items if isinstance(item, Unreadable)}
    assert set(bad) == {f"news.jsonl:{n}" for n in (2, 3, 5, 6)}
    assert "JSON" in bad["news.jsonl:2"]
    assert bad["news.jsonl:3"] == 'no "text"'
    assert "line 1" in bad["news.jsonl:5"]
    first, second = (item for item in items if isinstance(item, Page))
    assert (first.id, first.title, first.published, first.line) == ("a1", "甲", "2023-08-01", 1)
    assert (second.id, second.outlet, second.published, second.line) == ("7", "晚报", None, 7)
    assert second.whole
    assert segment(second)[0].source == "news.jsonl:7-7"


def test_a_web_page_gives_its_article_without_the_site_around_it(tmp_path):
    (tmp_path / "page.html").write_text(
        """<html><head><title>湖区新建学校四所_湖区在线</title><meta charset="utf-8">
        <meta property="article:published_time" content="2022-09-01T08:00:00+08:00">
        <meta property="og:site_name" content="湖区在线"><script>var a=1;</script></head>
        <body><nav><p>首页</p></nav><div><h1>湖区新建学校四所</h1>
        <p>今年,湖区新建学校<b>4所</b>。</p><h2>学位</h2><p>新增学位3600个。<br>家长称赞。</p>
        <table><tr><td>学校</td><td>学位</td></tr><tr><td>一小</td><td>900</td></tr></table></div>
        <footer><p>版权所有</p></footer></body></html>""",
        encoding="utf-8",
    )
    (page,) = read_folder(tmp_path)
    assert isinstance(page, Page)
    assert (page.title, page.published, page.outlet) == (
        "湖区新建学校四所",
        "2022-09-01",
        "湖区在线",
    )
    (article,) = segment(page)
    assert article.published is not None
    assert article.published.start.isoformat() == "2022-09-01"
    kinds = [(b.kind, article.text[b.start : b.end]) for b in article.blocks]
    assert kinds[:4] == [
        ("body", "今年,湖区新建学校4所。"),
        ("heading", "学位"),
        ("body", "新增学位3600个。"),
        ("body", "家长称赞。"),
    ]
    assert "首页" not in article.text
    assert "版权所有" not in article.text


def test_a_document_gives_its_paragraphs_and_the_rows_of_its_tables(tmp_path):
    document = docx.Document()
    document.add_heading("湖区新建学校四所", 0)
    document.add_paragraph("今年,湖区新建学校4所。")
    document.add_heading("学位", 1)
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["学校", "学位", "一小", "900"], strict=True):
        cell.text = text
    document.add_paragraph("新增学位3600个。")
    document.save(str(tmp_path / "news.docx"))
    (page,) = read_file(tmp_path / "news.docx", "news.docx")
    assert isinstance(page, Page)
    (article,) = segment(page)
    assert article.title == "湖区新建学校四所"
    assert article.text.split("\n")[0] == "今年,湖区新建学校4所。"
    assert "一小\t900" in article.text
    assert article.text.endswith("新增学位3600个。")


def _pdf(content: bytes) -> bytes:
    """A PDF of one page with the given content stream."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return (
        out
        + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\n" % table
        + (b"startxref\n%d\n%%%%EOF" % len(out))
    )


def test_a_pdf_is_read_by_its_text_layer_and_needs_one(tmp_path):
    (tmp_path / "text.pdf").write_bytes(_pdf(b"BT /F1 12 Tf 20 100 Td (Four new schools) Tj ET"))
    (tmp_path / "scan.pdf").write_bytes(_pdf(b""))
    found = _read(tmp_path)
    assert isinstance(found["text.pdf"], Page)
    assert found["text.pdf"].text.strip() == "Four new schools"
    assert isinstance(found["scan.pdf"], Unreadable)
    assert found["scan.pdf"].reason == "no text layer: run OCR first"


def test_a_web_page_with_several_headlines_is_taken_apart(tmp_path: Path) -> None:
    body = "柳溪镇新建的图书馆今天开放，馆藏图书三万册，市民凭身份证就可以借阅。" * 3
    other = "河西区的公交线路从下周起调整，新增班车十二辆，沿途设站二十个。" * 3
    path = tmp_path / "page.html"
    path.write_text(
        "<html><head><title>晚报</title></head><body><p>柳溪晚报 2024年3月5日 星期二 第02版</p>"
        f"<article><h1>柳溪镇图书馆开放</h1><p>本报记者 何文</p><p>{body}</p></article>"
        f"<article><h1>河西区调整公交线路</h1><p>{other}</p></article></body></html>",
        encoding="utf-8",
    )
    [page] = read_file(path, "page.html")
    assert isinstance(page, Page)
    first, second = segment(page)
    assert (first.title, second.title) == ("柳溪镇图书馆开放", "河西区调整公交线路")
    assert first.byline == "本报记者 何文"
    assert "柳溪晚报" not in first.text
    assert "公交" not in first.text
