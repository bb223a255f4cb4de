"""Readers' verdicts on answers, kept in SQLite, and turned into evaluation questions.

python -m qa.feedback FILE.sqlite > questions.jsonl
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

from qa.conversation import AnswerRecord
from qa.folder import file_of

Verdict = Literal["good", "bad"]

TABLE: Final = """
create table if not exists feedback (
    id integer primary key,
    at text not null,
    verdict text not null check (verdict in ('good', 'bad')),
    note text not null,
    history text not null,
    answer text not null
)
"""
NOTE_LIMIT: Final = 4000


@dataclass(frozen=True, slots=True)
class Feedback:
    """One verdict. `history` is the earlier questions of the dialogue, in order."""

    at: str
    verdict: Verdict
    note: str
    history: tuple[str, ...]
    answer: AnswerRecord


class FeedbackFile:
    """The file of verdicts; a connection a call, so that any thread may write."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def _connect(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.path, timeout=10)
        connection.execute(TABLE)
        return connection

    def add(
        self, verdict: Verdict, note: str, history: Sequence[str], answer: AnswerRecord
    ) -> None:
        """Keep one verdict."""
        if verdict not in ("good", "bad"):
            raise ValueError(f"verdict {verdict!r}: must be 'good' or 'bad'")
        row = (
            datetime.now(UTC).isoformat(timespec="seconds"),
            verdict,
            note[:NOTE_LIMIT],
            json.dumps(list(history), ensure_ascii=False),
            json.dumps(answer, ensure_ascii=False),
        )
        with closing(self._connect()) as connection, connection:
            connection.execute(
                "insert into feedback (at, verdict, note, history, answer) values (?, ?, ?, ?, ?)",
                row,
            )

    def __iter__(self) -> Iterator[Feedback]:
        """Every verdict, oldest first."""
        if not self.path.exists():
            return
        with closing(self._connect()) as connection:
            rows = connection.execute(
                "select at, verdict, note, history, answer from feedback order by id"
            ).fetchall()
        for at, verdict, note, history, answer in rows:
            yield Feedback(at, verdict, note, tuple(json.loads(history)), json.loads(answer))


def questions(feedback: Iterator[Feedback]) -> Iterator[dict[str, object]]:
    """Evaluation questions from verdicts, the last verdict on a question standing for it.

    An answer called good gives its own short answer and evidence as the gold ones. One called bad
    gives a question whose gold answer a person has to write: it carries the note, and `review`.
    """
    last = {(item.history, item.answer["question"]): item for item in feedback}
    for number, (_, item) in enumerate(last.items(), start=1):
        answer = item.answer
        good = item.verdict == "good"
        cited = answer["citations"][0] if good and answer["citations"] else None
        question: dict[str, object] = {
            "id": f"feedback-{number}",
            "type": "feedback",
            "question": answer["question"],
            "history": list(item.history),
            "answerable": answer["answered"] if good else None,
            "accept": [[answer["short"]]] if good and answer["short"] else [],
            "source": file_of(cited["source"]) if cited else "",
            "evidence": cited["quote"] if cited else "",
        }
        if item.note:
            question["note"] = item.note
        if not good:
            question["review"] = True
            question["given"] = answer["short"] or answer["text"]
        yield question


def main(argv: Sequence[str] | None = None) -> int:
    """Write the questions of a feedback file to standard output, one JSON object a line."""
    parser = argparse.ArgumentParser(prog="python -m qa.feedback", description=__doc__)
    parser.add_argument("file", type=Path, help="the SQLite file that the chat writes")
    path = parser.parse_args(argv).file
    if not path.is_file():
        parser.error(f"{path}: no such file")
    for question in questions(iter(FeedbackFile(path))):
        sys.stdout.write(json.dumps(question, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
