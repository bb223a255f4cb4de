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
    reader = Reader(url, "zh-CN")
    reader.go("?theme=light")
    take(reader, out, "welcome-zh")
    reader.ask(CHINESE)
    cite(reader)
    take(reader, out, "answer-zh")
    reader.one("#open-articles").click()
    reader.one("#article-list .title")
    take(reader, out, "articles-zh")
    reader.forget()
    reader.size(390, 844)
    reader.go("?theme=light")
    reader.ask(HARD)
    take(reader, out, "phone-zh")
    cite(reader)
    take(reader, out, "phone-source-zh")
    reader.close()
    reader = Reader(url, "en-US")
    reader.go("?theme=dark")
    reader.ask(ENGLISH)
    cite(reader)
    take(reader, out, "answer-en")
    reader.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
