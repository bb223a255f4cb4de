"""The chat as a reader meets it, in a real browser."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.browser import CHROMIUM, DRIVER, Reader
from tests.app.conftest import Served

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="no Chromium with its driver here"),
]

GROWTH = "南湖高新区2024年工业增加值是多少？"
SERIES = "历年工业增加值分别是多少？"


@pytest.fixture(scope="module")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("downloads")


@pytest.fixture(scope="module")
def browser(served: Served, downloads: Path) -> Iterator[Reader]:
    reader = Reader(served.url, downloads=downloads)
    yield reader
    reader.close()


@pytest.fixture
def reader(browser: Reader) -> Iterator[Reader]:
    """The browser at a fresh page; whatever a test does, nothing may leave the machine."""
    browser.size(1280, 800)
    browser.go()
    browser.forget()
    browser.go()
    yield browser
    assert browser.hosts() <= {"127.0.0.1"}
    assert browser.complaints() == []


def downloaded(folder: Path, pattern: str) -> Path:
    deadline = time.monotonic() + 10
    while not (found := list(folder.glob(pattern))):
        assert time.monotonic() < deadline, f"no {pattern} in {folder}"
        time.sleep(0.05)
    return found[0]


def test_a_marker_opens_its_source_at_the_marked_sentence(reader: Reader) -> None:
    assert "4 篇文章" in reader.text("#stats")
    turn = reader.ask(GROWTH)
    assert turn.find_element("css selector", ".short").text == "86.52亿元"
    turn.find_element("css selector", ".said .cite").click()
    card = reader.one(".card.lit")
    assert card.find_element("css selector", "h3").text == "南湖高新区2024年经济运行稳中有进"
    facts = card.find_element("css selector", ".facts").text
    assert facts == "南湖日报 · 2025-03-10 · 本报记者 林一平"
    mark = card.find_element("css selector", "blockquote mark")
    assert mark.text == "2024年，南湖高新区规模以上工业增加值完成86.52亿元，同比增长9.4%。"
    reader.wait(lambda: reader.in_view(mark), "the marked sentence is in view")
    card.find_element("css selector", "[data-open]").click()
    whole = reader.one(".card.lit .whole:not([hidden])")
    assert "下一步" in whole.text
    marked = whole.find_element("css selector", "mark")
    assert marked.text == mark.get_property("textContent")
    reader.wait(lambda: reader.in_view(marked), "the sentence is in view in the whole article")


def test_a_follow_up_is_understood_and_older_sources_come_back(reader: Reader) -> None:
    first = reader.ask(GROWTH)
    second = reader.ask("那2019年呢？")
    assert second.find_element("css selector", ".short").text == "58.8亿元"
    assert "五年再出发" in reader.text(".card h3")
    mark = first.find_element("css selector", ".said .cite")
    reader.run("arguments[0].scrollIntoView({block: 'center'})", mark)
    mark.click()
    assert "经济运行" in reader.text(".card h3")


def test_a_refusal_offers_what_can_be_answered(reader: Reader) -> None:
    turn = reader.ask("火星殖民地xyz有几座?")
    assert turn.find_elements("css selector", ".refused")
    assert "火星殖民地" in turn.find_element("css selector", ".refused").text
    chip = turn.find_element("css selector", ".chip")
    asked = chip.text
    chip.click()
    turn = reader.answered(2)
    assert turn.find_element("css selector", "h2").text == asked
    assert turn.find_elements("css selector", ".answered")


def test_figures_come_as_a_chart_a_table_and_files(reader: Reader, downloads: Path) -> None:
    turn = reader.ask(SERIES)
    assert len(turn.find_elements("css selector", "svg.chart .bar")) == 3
    assert len(turn.find_elements("css selector", "table tbody tr")) == 3
    point = turn.find_element("css selector", "svg.chart .cite")
    number = point.get_attribute("data-cite")
    reader.run(
        "arguments[0].focus(); arguments[0].dispatchEvent("
        "new KeyboardEvent('keydown', {key: 'Enter', bubbles: true}))",
        point,
    )
    assert reader.one(".card.lit").get_attribute("data-source") == number
    turn.find_element("css selector", "a[download]").click()
    sheet = downloaded(downloads, "figures.csv").read_text("utf-8-sig")
    assert "2024年,86.52,亿元" in sheet
    turn.find_element("css selector", "[data-png]").click()
    assert downloaded(downloads, "figures.png").read_bytes().startswith(b"\x89PNG")


def test_article_text_cannot_run(reader: Reader) -> None:
    turn = reader.ask("危险公司全年产值达到多少")
    assert "<img src=x" in turn.text
    card = reader.one(".card")
    assert card.find_element("css selector", "h3").text.startswith("<script>window.hacked=1")
    card.find_element("css selector", "[data-open]").click()
    reader.one(".card .whole:not([hidden]) mark")
    reader.one("#open-articles").click()
    reader.wait(lambda: "<img src=x" in reader.text("#article-list"), "the articles are listed")
    reader.driver.get(f"{reader.url}/?q=<img src=x onerror=window.hacked=1>&outlet=<b>x</b>")
    reader.answered(1)
    time.sleep(0.2)
    assert reader.run("return window.hacked") is None
    assert not reader.all(".paper img, .paper b, .paper [onload], .paper [onerror]")


def test_files_added_are_answered_from_and_removed_again(
    reader: Reader, served: Served, tmp_path: Path
) -> None:
    good, bad, large = tmp_path / "北山晚报.txt", tmp_path / "kaputt.txt", tmp_path / "large.txt"
    good.write_text("# 北山县茶叶喜获丰收\n北山县今年春茶产量达到613吨，比上年多一成。\n", "utf-8")
    bad.write_bytes(b"\xff\xfe\xfd\x00\x01")
    large.write_bytes(b"x" * 1_100_000)
    reader.one("#open-articles").click()
    reader.one("#files").send_keys(f"{good}\n{bad}\n{large}")
    reader.wait(lambda: "北山县茶叶" in reader.text("#article-list"), "the article is listed")
    problem = reader.text("#problem")
    assert "kaputt.txt (not text)" in problem
    assert "large.txt" in problem
    assert "1.1 MB" in problem
    assert "5 篇文章" in reader.text("#stats")
    reader.one("#articles [data-close]").click()
    turn = reader.ask("北山县今年春茶产量")
    assert turn.find_element("css selector", ".short").text == "613吨"
    reader.one("#open-articles").click()
    reader.one("[data-remove]").click()
    reader.driver.switch_to.alert.accept()
    reader.wait(lambda: "4 篇文章" in reader.text("#stats"), "the file is gone")
    assert not list((served.folder / "uploads").rglob("*.txt"))


def test_a_folder_keeps_its_paths(reader: Reader, served: Served, tmp_path: Path) -> None:
    (tmp_path / "西湾报" / "三月").mkdir(parents=True)
    (tmp_path / "西湾报" / ".DS_Store").write_bytes(b"x")
    (tmp_path / "西湾报" / "三月" / "a.txt").write_text("# 西湾港开航\n西湾港三月开航。", "utf-8")
    reader.one("#open-articles").click()
    reader.one("#folder-files").send_keys(str(tmp_path / "西湾报"))
    reader.wait(lambda: "西湾港开航" in reader.text("#article-list"), "the article is listed")
    assert "uploads/西湾报/三月/a.txt" in reader.text("#article-list")
    assert not reader.one("#problem").is_displayed()
    served.collection.remove("uploads/西湾报/三月/a.txt")


def test_conversations_are_kept_named_found_and_exported(reader: Reader, downloads: Path) -> None:
    reader.ask(GROWTH)
    reader.driver.refresh()
    assert reader.text(".turn .short") == "86.52亿元"
    reader.one("#new").click()
    reader.ask("2020年上半年一般公共预算收入是多少？")
    reader.go()
    assert len(reader.wait(lambda: reader.all(".turn .short"), "the turn is back")) == 1
    assert reader.text(".turn .short") == "9821万元"
    reader.one("#open-conversations").click()
    assert len(reader.wait(lambda: reader.all(".list .item"), "both are listed")) == 2
    reader.one("#find-conversation").send_keys("86.52")
    reader.wait(lambda: len(reader.all(".list .item")) == 1, "one is found")
    reader.all(".list .item .quiet")[0].click()
    reader.one("input.rename").send_keys("工业\n")
    reader.wait(lambda: reader.text(".list .name") == "工业", "it is renamed")
    reader.one(".list .name").click()
    reader.wait(lambda: reader.text(".turn .short") == "86.52亿元", "it is opened")
    reader.one("#open-conversations").click()
    for form, suffix in (("markdown", "md"), ("html", "html")):
        reader.one(f"[data-export={form}]").click()
        text = downloaded(downloads, f"工业.{suffix}").read_text("utf-8")
        assert "86.52亿元" in text
        assert "南湖日报-第3版.txt" in text


def test_a_link_carries_the_question_and_the_filters(reader: Reader) -> None:
    reader.one("#open-filters").click()
    reader.run(
        "const field = document.getElementById('until'); field.value = '2020-12-31';"
        "field.dispatchEvent(new Event('change'))"
    )
    reader.one("#open-filters").click()
    turn = reader.ask("南湖高新区工业增加值完成多少")
    said = turn.find_element("css selector", ".said").text
    assert "86.52" not in said
    address = reader.driver.current_url
    assert "until=2020-12-31" in address
    reader.forget()
    reader.driver.get("about:blank")
    reader.driver.get(address)
    again = reader.answered(1)
    assert again.find_element("css selector", ".said").text == said
    assert "2020-12-31" in reader.text(".pill")


def test_verdicts_edit_and_retry(reader: Reader, served: Served) -> None:
    reader.ask(GROWTH)
    reader.run("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    reader.one('[data-tool="copy"]').click()
    copied = reader.wait(lambda: reader.run("return window.copied"), "the answer is copied")
    assert "86.52亿元" in copied
    assert "南湖日报-第3版.txt" in copied
    reader.one('[data-tool="bad"]').click()
    reader.one(".note input").send_keys("应为规上口径\n")
    reader.wait(lambda: list(served.feedback), "the verdict is kept")
    (kept,) = list(served.feedback)
    assert (kept.verdict, kept.note) == ("bad", "应为规上口径")
    reader.one('[data-tool="retry"]').click()
    reader.answered(1)
    reader.run("document.querySelector('[data-tool=edit]').click()")
    assert reader.one("#question").get_property("value") == GROWTH
    assert not reader.all(".turn")


def test_on_a_phone_the_sources_are_a_drawer(reader: Reader) -> None:
    reader.size(390, 844)
    turn = reader.ask(GROWTH)
    drawer = reader.one("#sources")
    reader.wait(lambda: not drawer.is_displayed(), "the drawer is closed at first")
    turn.find_element("css selector", ".said .cite").click()
    reader.wait(lambda: reader.in_view(reader.one(".card.lit mark")), "the drawer is open")
    assert reader.run("return document.documentElement.scrollWidth") <= 390
    reader.one("#close-sources").click()
    reader.wait(lambda: not drawer.is_displayed(), "the drawer is closed")


def test_the_language_follows_the_reader_and_can_be_changed(reader: Reader) -> None:
    assert reader.text("#send") == "提问"
    reader.ask(GROWTH)
    reader.one("#language").click()
    reader.wait(lambda: reader.text("#send") == "Ask", "the page is in English")
    reader.wait(lambda: "4 articles" in reader.text("#stats"), "the counts are, too")
    assert reader.text(".card [data-open]") == "Read the whole article"
    assert json.loads(reader.run("return JSON.stringify(document.documentElement.lang)")) == "en"


def test_stop_ends_the_waiting(reader: Reader) -> None:
    reader.run(
        "const real = fetch; window.fetch = (address, options) =>"
        " String(address).includes('/call/turn') ? new Promise((_, no) =>"
        " options.signal.addEventListener('abort', () => no(options.signal.reason)))"
        " : real(address, options)"
    )
    reader.one("#question").send_keys(GROWTH + "\n")
    reader.one("#stop:not([hidden])").click()
    reader.answered(1)
    assert reader.text(".broken") == "已停止。"
    assert reader.one("#question").get_property("value") == GROWTH
