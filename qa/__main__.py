"""python -m qa "QUESTION" [--index DIR] [--json] | --batch FILE.jsonl [--index DIR]."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from qa.bot import Bot
from qa.export import answer_to_dict, published
from qa.records import Answer, Message


def main(arguments: Sequence[str] | None = None) -> int:
    """Answer one question or a file of them; 0, 1 where that failed, 2 for wrong arguments."""
    parser = argparse.ArgumentParser(prog="python -m qa", description="Ask the articles.")
    parser.add_argument("question", nargs="?", help="the question; not with --batch")
    parser.add_argument("--batch", type=Path, help="JSON lines of id, question and history")
    parser.add_argument("--index", type=Path, default=Path("my-index"), help="the index's folder")
    parser.add_argument("--json", action="store_true", help="write the answer as JSON")
    parser.add_argument("--llm", metavar="URL", help="an OpenAI-compatible language model")
    parser.add_argument("--llm-model", metavar="NAME", help="its name there")
    options = parser.parse_args(arguments)
    if (options.question is None) == (options.batch is None):
        parser.error("give either a question or --batch FILE")
    if options.llm and not options.llm_model:
        parser.error("--llm needs --llm-model NAME")
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    try:
        questions = list(read_batch(options.batch)) if options.batch else []
        bot = Bot.open(options.index, llm_url=options.llm, llm_model=options.llm_model)
    except (OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    try:
        _answer(bot, questions, options)
    except BrokenPipeError:  # the reader has seen enough (| head)
        sys.stdout = None
    return 0


def _answer(bot: Bot, questions: Sequence[dict[str, Any]], options: argparse.Namespace) -> None:
    for record in questions:
        answer = ask_in_turn(bot, record["question"], record.get("history") or [])
        print(_json(answer, record.get("id")), flush=True)
    if options.question is not None:
        answer = bot.ask(options.question, history=[])
        print(_json(answer, None) if options.json else as_text(answer), flush=True)


def read_batch(path: Path) -> Iterator[dict[str, Any]]:
    """The questions of a JSONL file. Raises ValueError, with the line, for one that is none."""
    with path.open(encoding="utf-8-sig") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
            except json.JSONDecodeError as error:
                raise ValueError(f"{path}:{number}: no JSON: {error}") from error
            if not isinstance(record, dict) or not isinstance(record.get("question"), str):
                raise ValueError(f'{path}:{number}: needs a "question" that is a text')
            history = record.get("history") or []
            if not isinstance(history, list) or not all(isinstance(q, str) for q in history):
                raise ValueError(f'{path}:{number}: "history" is a list of earlier questions')
            yield record


def ask_in_turn(bot: Bot, question: str, earlier: Sequence[str]) -> Answer:
    """Ask the earlier questions first, so that a follow-up has a real dialogue before it."""
    history: list[Message] = []
    for before in earlier:
        answer = bot.ask(before, history=history)
        history.append({"role": "user", "content": before})
        history.append({"role": "assistant", "content": answer.text})
    return bot.ask(question, history=history)


def as_text(answer: Answer) -> str:
    """The answer and its sources, for a reader at a terminal."""
    lines = [answer.text]
    for citation in answer.citations:
        if f"[{citation.n}]" not in answer.text:
            continue  # it backs a point of the chart, which a terminal does not show
        article = citation.article
        date = f" ({published(article.published)})" if article.published else ""
        lines.append(f"[{citation.n}] {article.title}{date}, {article.source}: {citation.quote}")
    return "\n".join(lines)


def _json(answer: Answer, id_: str | None) -> str:
    return json.dumps(answer_to_dict(answer, id_), ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main())
