"""The chat: a page that asks the bot, with the sources beside each answer.

python app.py [ARTICLES] [--index DIR] [--host 127.0.0.1] [--port 7860]
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import qa
from qa.collection import Answering, Collection, Tell
from qa.desk import Desk
from qa.feedback import FeedbackFile
from qa.folder import folder_of, home, working_copy
from qa.strings import STRINGS

if TYPE_CHECKING:
    import gradio
    from fastapi import FastAPI
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Telemetry is decided when gradio is imported, which happens later in this file.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

SAMPLE = Path(__file__).parent / "eval" / "articles"
STATIC = Path(qa.__path__[0]) / "static"
MAX_UPLOAD_MB = 20
AT_ONCE = 8  # questions worked on at the same time; more of them wait in the queue
PORTS_TRIED = 20


# A browser holds the page to this, whatever an article says: nothing is fetched from elsewhere.
FENCE = "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; base-uri 'self'"


class Fenced:
    """An ASGI application whose every answer forbids the page to reach outside."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""

        async def fenced(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message["headers"],
                    (b"content-security-policy", FENCE.encode()),
                    (b"referrer-policy", b"no-referrer"),
                    (b"x-content-type-options", b"nosniff"),
                ]
            await send(message)

        await self.app(scope, receive, fenced)


def make_page(desk: Desk, root: str) -> gradio.Blocks:
    """The page and the endpoints: public ones for programs, the others for the page itself."""
    import gradio as gr
    from gradio.events import api

    with gr.Blocks(title="Ask the Papers", analytics_enabled=False, fill_width=True) as page:
        gr.HTML(
            (STATIC / "page.html").read_text("utf-8"),
            # The script is a module of its own, so that a browser keeps it between visits.
            js_on_load=f"import('{root}/chat/chat.js').then((chat) => chat.start(element))",
            apply_default_css=False,
        )
        for public in (desk.ask, desk.search, desk.articles):
            api(public, api_name=public.__name__)
        for own in (desk.turn, desk.about, desk.restore, desk.whole, desk.shelf, desk.export):
            api(own, api_name=own.__name__, api_visibility="undocumented")
        for change in (desk.judge, desk.remove):
            api(change, api_name=change.__name__, api_visibility="undocumented")
        with gr.Column(visible=False):
            # A File component takes only what was uploaded; a plain path could be any file's.
            files, names, told = gr.File(file_count="multiple"), gr.JSON(), gr.JSON()
            gr.Button().click(
                desk.add, [files, names], told, api_name="add", api_visibility="undocumented"
            )
    blocks: gradio.Blocks = page.queue(default_concurrency_limit=AT_ONCE)
    return blocks


def make_app(desk: Desk, settings: argparse.Namespace) -> FastAPI:
    """The whole server: the page, its files, and `/health`."""
    import gradio as gr
    from fastapi import FastAPI
    from fastapi.responses import JSONResponse
    from fastapi.staticfiles import StaticFiles

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/health")
    def health() -> JSONResponse:
        status = desk.collection.status
        return JSONResponse(status, status_code=503 if status["state"] == "failed" else 200)

    @app.get("/chat/setup")
    def setup() -> dict[str, object]:
        return {"strings": STRINGS, "limit": desk.limit_mb}

    app.add_middleware(Fenced)
    app.mount("/chat", StaticFiles(directory=STATIC))
    root = (settings.root_path or "").rstrip("/")
    page = make_page(desk, root)
    # Gradio refuses paths that nobody uploaded only where it thinks itself launched, which mounting
    # does not tell it: without these two, a client could have any file of this machine read.
    page.has_launched = page.is_running = True
    user, _, word = (settings.auth or "").partition(":")
    served: FastAPI = gr.mount_gradio_app(
        app,
        page,
        path="/",
        server_name=settings.host,
        server_port=settings.port,
        auth=(user, word) if user else None,
        root_path=root or None,
        max_file_size=f"{desk.limit_mb}mb",
        mcp_server=settings.mcp,
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        pwa=False,
        show_error=True,
        head=f'<link rel="stylesheet" href="{root}/chat/chat.css">'
        f'<link rel="icon" type="image/svg+xml" href="{root}/chat/icon.svg">',
    )
    return served


def free_port(host: str, wished: int) -> int:
    """The wished port, or the next free one; an error where none of the next ones is free."""
    for port in range(wished, wished + PORTS_TRIED):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise SystemExit(f"No free port in {wished}-{wished + PORTS_TRIED - 1}: name one with --port")


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python app.py", description="Chat with your articles.")
    say = parser.add_argument
    say("articles", nargs="?", type=Path, help="folder of articles; without it, the sample")
    say("--index", type=Path, metavar="DIR", help="the index; default: under .index/ here")
    say("--host", default="127.0.0.1", help="0.0.0.0 lets other machines in (default: %(default)s)")
    say("--port", type=int, default=7860, help="the next free one if taken (default: %(default)s)")
    say("--model", metavar="NAME", help="a sentence-transformers model to embed with")
    say("--llm", metavar="URL", help="an OpenAI-compatible server that words the answers")
    say("--llm-model", metavar="NAME", help="the model to ask for there")
    say("--auth", metavar="USER:PASS", help="ask visitors for a name and a password")
    say("--root-path", metavar="PATH", help="the path under which a proxy serves the page")
    say("--mcp", action="store_true", help="offer ask, search and articles as MCP tools")
    say("--max-upload", type=int, default=MAX_UPLOAD_MB, metavar="MB", help="default: %(default)s")
    say("--feedback", type=Path, metavar="FILE", help="SQLite file of the readers' verdicts")
    settings = parser.parse_args(argv)
    if settings.articles and not settings.articles.exists():
        parser.error(f"{settings.articles}: no such folder")
    if settings.mcp and importlib.util.find_spec("mcp") is None:
        parser.error("--mcp needs the package mcp: pip install -e '.[mcp]'")
    if settings.auth and settings.mcp:
        parser.error("--mcp and --auth exclude each other: an assistant cannot log in to the page")
    if settings.root_path and not re.fullmatch(
        r"(https?://[\w.:-]+)?(/[\w.~-]+)*/?", settings.root_path
    ):
        parser.error(f"--root-path {settings.root_path}: write it as /papers")
    if settings.auth and not all(settings.auth.partition(":")):
        parser.error("--auth: write it as USER:PASS")
    return settings


def make_collection(settings: argparse.Namespace) -> tuple[Collection, Path]:
    """The collection that the command line asks for, and the room for what belongs to it."""
    room = home(settings.articles or SAMPLE)
    folder = settings.articles or (folder_of(settings.index) if settings.index else None)
    folder = folder or working_copy(SAMPLE, room / "articles")

    def build(folder: Path, index: Path, tell: Tell) -> None:
        from index import build_index

        build_index(folder, index, model=settings.model, progress=tell).close()

    def open_bot(index: Path) -> Answering:
        from qa.bot import Bot

        return Bot.open(index, llm_url=settings.llm, llm_model=settings.llm_model)

    index = settings.index or room / "index"
    return Collection(folder, index, build, open_bot, trusted=settings.model is None), room


def main(argv: Sequence[str] | None = None) -> int:
    """Serve the chat until it is interrupted."""
    settings = arguments(argv)
    wished, settings.port = settings.port, free_port(settings.host, settings.port)
    collection, room = make_collection(settings)
    feedback = FeedbackFile(settings.feedback or room / "feedback.sqlite")
    app = make_app(Desk(collection, feedback, settings.max_upload), settings)
    import uvicorn

    shown = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104
    if settings.port != wished:
        sys.stdout.write(f"Port {wished} is taken; using {settings.port}.\n")
    sys.stdout.write(f"Articles: {collection.folder}\nOpen http://{shown}:{settings.port}\n")
    sys.stdout.flush()
    collection.open()
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        timeout_graceful_shutdown=2,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
