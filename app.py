"""The chat: a page that asks the bot, with the sources beside each answer.

python app.py [ARTICLES] [--index DIR] [--host 127.0.0.1] [--port 7860]
"""

from __future__ import annotations

import argparse
import os
import re
import socket
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa import render
from qa.collection import Answering, Collection, NotOpenError, Tell, home, scope_of, working_copy
from qa.conversation import answer_plain, history_of, to_html, to_markdown
from qa.feedback import FeedbackFile
from qa.strings import STRINGS

if TYPE_CHECKING:
    import gradio
    from fastapi import FastAPI

# Telemetry is decided when gradio is imported, which happens later in this file.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

STATIC = Path(render.__file__).parent / "static"
SAMPLE = Path(__file__).parent / "eval" / "articles"
MAX_UPLOAD_MB = 20
AT_ONCE = 8  # questions worked on at the same time; more of them wait in the queue
SUGGESTIONS = 6
PORTS_TRIED = 20


def language_named(name: str) -> Any:  # noqa: ANN401 - narrowed to the two keys of STRINGS
    """The language of a request, English where it is none of ours."""
    return name if name in STRINGS else "en"


def public_api(gr: Any, collection: Collection) -> None:  # noqa: ANN401 - the gradio module
    """The endpoints for programs and assistants; their docstrings are what an assistant reads."""

    def ask(
        question: str,
        history: list[dict[str, str]] = [],  # noqa: B006 - gradio reads the default, nobody writes
        since: str = "",
        until: str = "",
        outlets: list[str] = [],  # noqa: B006
        folders: list[str] = [],  # noqa: B006
    ) -> dict[str, Any]:
        """Answer a question from the newspaper articles, with the sentences that say it.

        Args:
            question: The question, in Chinese or English.
            history: Earlier turns, each {"role": "user" or "assistant", "content": text}.
            since: Only articles published on or after this day, as 2024-12-31; empty for any.
            until: Only articles published on or before this day; empty for any.
            outlets: Only these newspapers; empty for all.
            folders: Only these folders of the collection; empty for all.
        """
        scope = scope_of(since, until, outlets, folders)
        turns = [{"role": turn["role"], "content": turn["content"]} for turn in history]
        return dict(collection.ask(question, turns, scope))  # type: ignore[arg-type]

    def search(query: str, k: int = 5, since: str = "", until: str = "") -> list[dict[str, Any]]:
        """Find the passages of the newspaper articles that are nearest to a query.

        Args:
            query: What to look for, in Chinese or English.
            k: How many passages to return, best first.
            since: Only articles published on or after this day, as 2024-12-31; empty for any.
            until: Only articles published on or before this day; empty for any.
        """
        found = collection.search(query, max(1, min(k, 100)), scope_of(since, until, [], []))
        return [dict(hit) for hit in found]

    def articles(query: str = "") -> list[dict[str, Any]]:
        """List the articles whose title, newspaper, byline or file holds every word of the query.

        Args:
            query: Words to look for; empty for all articles.
        """
        return [dict(article) for article in collection.articles(query)]

    for endpoint in (ask, search, articles):
        gr.api(endpoint, api_name=endpoint.__name__)


def page_api(gr: Any, collection: Collection, feedback: FeedbackFile, limit: int) -> None:  # noqa: ANN401
    """The endpoints that the page itself calls: the same functions, rendered."""

    def rendered(record: Any, language: str) -> dict[str, Any]:  # noqa: ANN401 - JSON
        tongue = language_named(language)
        return {
            "stage": "done",
            "record": record,
            "html": render.turn(record, tongue),
            "sources": render.sources(record, tongue),
            "plain": answer_plain(record, tongue),
        }

    def turn(
        question: str,
        earlier: list[dict[str, Any]],
        since: str,
        until: str,
        outlets: list[str],
        folders: list[str],
        language: str,
    ) -> Iterator[dict[str, Any]]:
        scope = scope_of(since, until, outlets, folders)
        hits = collection.hits(question, 20, scope)
        evidence = render.evidence(hits[:3], language_named(language))
        yield {"stage": "evidence", "sources": evidence}
        record = collection.ask(question, history_of(earlier), scope, hits)
        done = rendered(record, language)
        yield done | {"sources": done["sources"] or evidence}

    def restore(records: list[dict[str, Any]], language: str) -> list[dict[str, Any]]:
        return [rendered(record, language) for record in records]

    def about(language: str) -> Iterator[dict[str, Any]]:
        yield from collection.opening()
        try:
            suggestions = collection.suggest(SUGGESTIONS)
        except NotOpenError as error:
            yield {"state": "failed", "reason": str(error)}
            return
        yield {
            "state": "ready",
            "stats": {name: f"{n:,}" for name, n in asdict(collection.stats).items()},
            "outlets": collection.outlets(),
            "folders": collection.folders(),
            "suggestions": render.suggestions(suggestions),
        }

    def whole(article_id: str, start: int, end: int, language: str) -> dict[str, str]:
        article = collection.article(article_id)
        spans = [(start, end)] if end else []
        return {"html": render.whole(article, spans, language_named(language))}

    def shelf(query: str, language: str) -> dict[str, str]:
        return {"html": render.shelf(collection.articles(query), language_named(language))}

    def export(
        name: str, records: list[dict[str, Any]], form: str, language: str
    ) -> dict[str, str]:
        write, suffix, kind = (
            (to_html, "html", "text/html") if form == "html" else (to_markdown, "md", "text/plain")
        )
        today = datetime.now(UTC).date().isoformat()
        text = write(name, records, language_named(language), today)  # type: ignore[arg-type]
        title = re.sub(r"[^\w-]+", "-", name).strip("-")[:60] or "conversation"
        return {"name": f"{title}.{suffix}", "type": f"{kind};charset=utf-8", "text": text}

    def judge(verdict: str, note: str, earlier: list[str], record: dict[str, Any]) -> bool:
        feedback.add(verdict, note, earlier, record)  # type: ignore[arg-type]
        return True

    def remove(source: str) -> bool:
        collection.remove(source)
        return True

    def add(files: list[str] | None, names: list[str]) -> Iterator[dict[str, Any]]:
        pairs = [(name, Path(path)) for path, name in zip(files or [], names, strict=True)]
        for step in collection.add(pairs, limit * 1_000_000):
            yield asdict(step)

    quiet = {"api_visibility": "undocumented"}
    for endpoint in (turn, about):
        gr.api(endpoint, api_name=endpoint.__name__, concurrency_limit=AT_ONCE, **quiet)
    for call in (restore, whole, shelf, export, remove):
        gr.api(call, api_name=call.__name__, **quiet)
    gr.api(judge, api_name="feedback", **quiet)
    # A File component checks that each path is one that was uploaded; a bare string would not.
    files, names, step = gr.File(file_count="multiple"), gr.JSON(), gr.JSON()
    gr.Button().click(add, [files, names], step, api_name="add", concurrency_limit=1, **quiet)


def make_page(collection: Collection, feedback: FeedbackFile, limit: int) -> gradio.Blocks:
    """The page and its endpoints."""
    import gradio as gr

    with gr.Blocks(title="Ask the Papers", analytics_enabled=False, fill_width=True) as page:
        gr.HTML(
            (STATIC / "page.html").read_text("utf-8"),
            js_on_load="import(new URL('chat/chat.js', document.baseURI)).then("
            "(chat) => chat.start(element))",
            apply_default_css=False,
        )
        public_api(gr, collection)
        with gr.Column(visible=False):
            page_api(gr, collection, feedback, limit)
    blocks: gradio.Blocks = page.queue(default_concurrency_limit=AT_ONCE)
    return blocks


def make_app(
    collection: Collection, feedback: FeedbackFile, settings: argparse.Namespace
) -> FastAPI:
    """The whole server: the page, its files, and `/health`."""
    import gradio as gr
    from fastapi import FastAPI
    from fastapi.responses import JSONResponse
    from fastapi.staticfiles import StaticFiles

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/health")
    def health() -> JSONResponse:
        status = collection.status
        return JSONResponse(status, status_code=503 if status["state"] == "failed" else 200)

    @app.get("/chat/setup")
    def setup() -> dict[str, object]:
        return {"strings": STRINGS, "limit": settings.max_upload}

    app.mount("/chat", StaticFiles(directory=STATIC))
    user, _, word = (settings.auth or "").partition(":")
    served: FastAPI = gr.mount_gradio_app(
        app,
        make_page(collection, feedback, settings.max_upload),
        path="/",
        server_name=settings.host,
        server_port=settings.port,
        auth=(user, word) if user else None,
        root_path=settings.root_path or None,
        max_file_size=f"{settings.max_upload}mb",
        mcp_server=settings.mcp,
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        pwa=False,
        enable_monitoring=False,
        show_error=True,
        head='<link rel="stylesheet" href="chat/chat.css">',
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
    parser = argparse.ArgumentParser(prog="python app.py", description=__doc__)
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
    if settings.auth and ":" not in settings.auth:
        parser.error(f"--auth {settings.auth}: write it as USER:PASS")
    return settings


def main(argv: Sequence[str] | None = None) -> int:
    """Serve the chat until it is interrupted."""
    settings = arguments(argv)
    wished, settings.port = settings.port, free_port(settings.host, settings.port)
    room = home(settings.articles or SAMPLE)
    folder = settings.articles or working_copy(SAMPLE, room / "articles")

    def build(folder: Path, index: Path, tell: Tell) -> None:
        from index import build_index

        build_index(folder, index, model=settings.model, progress=tell).close()

    def open_bot(index: Path) -> Answering:
        from qa.bot import Bot

        return Bot.open(index, llm_url=settings.llm, llm_model=settings.llm_model)

    index = settings.index or room / "index"
    collection = Collection(folder, index, build, open_bot, trusted=settings.model is None)
    app = make_app(
        collection, FeedbackFile(settings.feedback or room / "feedback.sqlite"), settings
    )
    import uvicorn

    shown = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104
    if settings.port != wished:
        sys.stdout.write(f"Port {wished} is taken; using {settings.port}.\n")
    sys.stdout.write(f"Articles: {folder}\nOpen http://{shown}:{settings.port}\n")
    sys.stdout.flush()
    collection.open()
    uvicorn.run(app, host=settings.host, port=settings.port, log_level="warning")
    return 0


if __name__ == "__main__":
    sys.exit(main())
