"""Take the pictures of the README: python -m tests.app.screenshots [OUT]

They show the chat over the sample articles, as anybody sees it who starts it.
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from pathlib import Path

from tests.app.browser import Reader

CHINESE = "清远高新区2024年工业增加值是多少？"
ENGLISH = "What was the industrial added value of Qingyuan High-tech Zone in 2024?"
HARD = "清远高新区2024年工业增加值比2019年多多少？"
LARGEST = 300_000  # bytes of one picture


def serve() -> str:
    """The chat over the sample, on a free port, in a thread; gives its address."""
    import uvicorn

    import app
    from qa.desk import Desk
    from qa.feedback import FeedbackFile

    room = Path(tempfile.mkdtemp())
    settings = app.arguments(["--port", str(app.free_port("127.0.0.1", 17860))])
    collection, _ = app.make_collection(settings)
    collection.index = room / "index"
    desk = Desk(collection, FeedbackFile(room / "feedback.sqlite"), settings.max_upload)
    served = app.make_app(desk, settings)
    collection.open()
    config = uvicorn.Config(served, host="127.0.0.1", port=settings.port, log_level="error")
    threading.Thread(target=uvicorn.Server(config).run, daemon=True).start()
    url = f"http://127.0.0.1:{settings.port}"
    print(f"{collection.stats.articles} articles at {url}")  # noqa: T201 - a script says what it does
    return url


def take(reader: Reader, out: Path, name: str) -> None:
    """One picture, after the page has come to rest."""
    time.sleep(0.5)
    path = out / f"{name}.png"
    reader.driver.save_screenshot(str(path))
    if path.stat().st_size > LARGEST:
        raise SystemExit(f"{path} has {path.stat().st_size:,} bytes: at most {LARGEST:,}")


def cite(reader: Reader) -> None:
    """Click the last answer's first marker."""
    mark = reader.all(".turn:last-child .cite")[0]
    reader.run("arguments[0].scrollIntoView({block: 'nearest'})", mark)
    mark.click()


def main() -> int:
    """Take them all."""
    out = Path(sys.argv[1] if len(sys.argv) > 1 else "docs")
    out.mkdir(exist_ok=True)
    url = serve()
    for language, theme, question in (("zh-CN", "light", CHINESE), ("en-US", "dark", ENGLISH)):
        reader = Reader(url, language)
        short = language[:2]
        reader.go(f"?theme={theme}")
        take(reader, out, f"welcome-{short}")
        reader.ask(question)
        cite(reader)
        take(reader, out, f"answer-{short}")
        reader.ask(HARD)
        cite(reader)
        take(reader, out, f"calculation-{short}")
        reader.one("#open-articles").click()
        reader.one("#article-list .title")
        take(reader, out, f"articles-{short}")
        reader.forget()
        reader.size(390, 844)
        reader.go(f"?theme={theme}")
        reader.ask(question)
        take(reader, out, f"phone-{short}")
        cite(reader)
        take(reader, out, f"phone-source-{short}")
        reader.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
