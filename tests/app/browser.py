"""Headless Chromium, and what a reader does in the page."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")
PATIENCE = 15.0

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--force-prefers-reduced-motion",
)


class Reader:
    """A person at the page. Close it when done."""

    def __init__(self, url: str, language: str = "zh-CN", downloads: Path | None = None) -> None:
        from selenium import webdriver
        from selenium.webdriver.chrome.options import Options
        from selenium.webdriver.chrome.service import Service

        self.url = url
        self._profile = tempfile.mkdtemp(prefix="chromium-")
        options = Options()
        options.binary_location = CHROMIUM or ""
        for flag in (*FLAGS, f"--user-data-dir={self._profile}", f"--lang={language}"):
            options.add_argument(flag)
        preferences = {"intl.accept_languages": language}
        if downloads:
            preferences["download.default_directory"] = str(downloads)
        options.add_experimental_option("prefs", preferences)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver: Any = webdriver.Chrome(options=options, service=Service(DRIVER))
        self.size(1280, 800)

    def close(self) -> None:
        self.driver.quit()
        shutil.rmtree(self._profile, ignore_errors=True)

    def size(self, width: int, height: int) -> None:
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def go(self, query: str = "") -> None:
        """Open the page afresh; nothing that an earlier visit kept is forgotten."""
        self.driver.get(f"{self.url}/{query}")
        self.wait(lambda: self.all(".paper[data-ready]"), "the page is ready")

    def forget(self) -> None:
        self.driver.execute_script("localStorage.clear()")

    def wait(self, condition: Callable[[], Any], what: str) -> Any:
        from selenium.common.exceptions import StaleElementReferenceException
        from selenium.webdriver.support.ui import WebDriverWait

        waiting = WebDriverWait(
            self.driver, PATIENCE, 0.05, ignored_exceptions=[StaleElementReferenceException]
        )
        return waiting.until(lambda _: condition(), f"not so after {PATIENCE} s: {what}")

    def all(self, css: str) -> list[Any]:
        found: list[Any] = self.driver.find_elements("css selector", css)
        return found

    def one(self, css: str) -> Any:
        return self.wait(lambda: self.all(css), f"there is {css}")[0]

    def text(self, css: str) -> str:
        return str(self.one(css).text)

    def run(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def ask(self, question: str) -> Any:
        """Type a question, press Enter, wait for the answer; gives the turn."""
        before = len(self.all(".turn"))
        field = self.one("#question")
        field.send_keys(question + "\n")
        return self.answered(before + 1)

    def answered(self, count: int) -> Any:
        self.wait(
            lambda: len(self.all(".turn .bar-tools, .turn .broken")) == count,
            f"{count} questions are answered",
        )
        return self.all(".turn")[-1]

    def in_view(self, element: Any) -> bool:
        return bool(
            self.run(
                "const box = arguments[0].getBoundingClientRect();"
                "const at = document.elementFromPoint(box.left + 4, box.top + 4);"
                "const seen = at && (arguments[0].contains(at) || at.contains(arguments[0]));"
                "return seen && box.top >= 0 && box.bottom <= innerHeight + 1",
                element,
            )
        )

    def hosts(self) -> set[str]:
        """Every host that the page has sent a request to since the last call."""
        found = set()
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] in ("Network.requestWillBeSent", "Network.webSocketCreated"):
                parameters = message["params"]
                address = parameters.get("url") or parameters["request"]["url"]
                # Chromium's own pages ("chrome-untrusted://new-tab-page") go over no network.
                if urlsplit(address).scheme in ("http", "https", "ws", "wss", "ftp"):
                    found.add(urlsplit(address).hostname or "")
        return found

    def complaints(self) -> list[str]:
        """What the browser's console has called an error since the last call."""
        return [
            entry["message"]
            for entry in self.driver.get_log("browser")
            if entry["level"] == "SEVERE"
        ]
