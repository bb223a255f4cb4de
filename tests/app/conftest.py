from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from qa.collection import Collection
from qa.desk import Desk
from qa.feedback import FeedbackFile
from tests.app.fakes import fake_collection, write_articles


@dataclass(frozen=True)
class Served:
    url: str
    folder: Path
    feedback: FeedbackFile
    collection: Collection


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The chat over a small fake bot, on a free port, for all tests that need a server."""
    import uvicorn

    import app

    folder = write_articles(tmp_path_factory.mktemp("articles"))
    collection = fake_collection(folder)
    feedback = FeedbackFile(tmp_path_factory.mktemp("feedback") / "feedback.sqlite")
    settings = app.arguments(["--port", str(app.free_port("127.0.0.1", 18760))])
    page = app.make_app(Desk(collection, feedback, limit_mb=1), settings)
    server = uvicorn.Server(
        uvicorn.Config(page, host="127.0.0.1", port=settings.port, log_level="error")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started:
        assert time.monotonic() < deadline, "the server did not start"
        time.sleep(0.05)
    yield Served(f"http://127.0.0.1:{settings.port}", folder, feedback, collection)
    server.should_exit = True
    thread.join(10)
