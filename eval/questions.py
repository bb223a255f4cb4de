"""Questions with gold answers, one JSON object a line.

A line of a question file::

    {"id": "q-001", "type": "figure", "question": "清远高新区2024年工业增加值是多少",
     "accept": [["120.98亿元"]], "source": "2025/page-1.txt", "evidence": "完成120.98亿元"}

========== =================================================================================
question   what is asked; the only field that every line needs, with `accept` or
           `"answerable": false`
accept     groups of strings: an answer is right when every group has one of its strings in it.
           `["a", "b"]` is short for `[["a"], ["b"]]`
id         unique in the file; without it, the line's number
type       the kind of question, free: figure, who, when, list, followup ... (tables go by it)
language   "zh", "en" ...; without it, told from the question's script
source     where the answer stands: a page's path inside the articles folder, an article's id, or
           several of these in a list
evidence   the words that say it, as on the page (white space and full-width forms do not
           matter), or several spans in a list; retrieval and citations are measured by it
history    the earlier questions of the dialogue, in order
answerable false: the articles do not say, and the right answer is a refusal
answer     the bare answer, where it is not one of the accepted strings (exact match and F1)
========== =================================================================================

Other fields are passed over. Blank lines and lines that begin with `//` are too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path


class QuestionError(ValueError):
    """A question file that cannot be used; the message names the file, the line and the mend."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what is known of its answer.

    `accept` is a tuple of groups; it is empty exactly where `answerable` is False. `sources` and
    `evidence` may be empty; then retrieval and citations are not measured on the question.
    """

    id: str
    text: str
    kind: str = "other"
    language: str = "zh"
    accept: tuple[tuple[str, ...], ...] = ()
    sources: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    answerable: bool = True
    answer: str = ""

    @property
    def located(self) -> bool:
        """Whether the gold says where the answer stands."""
        return self.answerable and bool(self.sources or self.evidence)

    @property
    def gold(self) -> str:
        """The gold answer in one line, for people: `16个 + 122亿元`, alternatives by `/`."""
        if not self.answerable:
            return "(not in the articles)"
        return " + ".join(" / ".join(group) for group in self.accept)


def language_of(text: str) -> str:
    """`en` where Latin letters stand in the text and no Chinese character does, else `zh`."""
    if any("\u4e00" <= char <= "\u9fff" for char in text):
        return "zh"
    return "en" if any(char.isascii() and char.isalpha() for char in text) else "zh"


def _strings(value: object, name: str) -> tuple[str, ...]:
    """A string, or a list of strings, or null, as a tuple."""
    if value is None:
        return ()
    if isinstance(value, str):
        return (value,) if value.strip() else ()
    if isinstance(value, list) and all(isinstance(part, str) and part.strip() for part in value):
        return tuple(value)
    raise QuestionError(f"`{name}` must be a text or a list of texts, not {value!r}")


def _groups(value: object) -> tuple[tuple[str, ...], ...]:
    """The groups of `accept`."""
    if value is None:
        return ()
    if isinstance(value, str):
        return ((value,),)
    if not isinstance(value, list):
        raise QuestionError(f'`accept` must be a list of groups such as [["66个"]], not {value!r}')
    groups = tuple(_strings(group, "accept") for group in value)
    if not all(groups):
        raise QuestionError("`accept` holds an empty group: leave the group out")
    return groups


def parse_question(row: Mapping[str, object], default_id: str) -> Question:
    """One object of a question file. Raises QuestionError, without file and line."""
    text = row.get("question")
    if not isinstance(text, str) or not text.strip():
        raise QuestionError('"question" is missing or empty')
    accept = _groups(row.get("accept"))
    answerable = row.get("answerable", bool(accept))
    if not isinstance(answerable, bool):
        raise QuestionError(f"`answerable` must be true or false, not {answerable!r}")
    if answerable and not accept:
        raise QuestionError('an answerable question needs "accept", such as [["66个"]]')
    if not answerable and accept:
        raise QuestionError('"answerable": false, but "accept" holds answers: drop one of the two')
    kind = row.get("type") or ("other" if answerable else "unanswerable")
    return Question(
        id=str(row.get("id") or default_id),
        text=text.strip(),
        kind=str(kind),
        language=str(row.get("language") or language_of(text)),
        accept=accept,
        sources=_strings(row.get("source"), "source"),
        evidence=_strings(row.get("evidence"), "evidence"),
        history=_strings(row.get("history"), "history"),
        answerable=answerable,
        answer=str(row.get("answer") or ""),
    )


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    """The objects of a JSONL file with their lines' numbers, from 1."""
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise QuestionError(f"{path}: no such question file") from None
    except UnicodeDecodeError as error:
        raise QuestionError(f"{path}: not UTF-8 (byte {error.start}): save it as UTF-8") from None
    for number, line in enumerate(text.split("\n"), 1):
        line = line.strip()
        if not line or line.startswith("//"):
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise QuestionError(
                f"{path}:{number}: not a JSON object on one line ({error})"
            ) from None
        if not isinstance(row, dict):
            raise QuestionError(f"{path}:{number}: a JSON object is needed, not {line[:40]!r}")
        yield number, row


def load_questions(path: Path) -> list[Question]:
    """All questions of a file, in its order. Raises QuestionError with file and line."""
    questions: list[Question] = []
    seen: dict[str, int] = {}
    for number, row in _rows(path):
        try:
            question = parse_question(row, default_id=f"line-{number}")
        except QuestionError as error:
            raise QuestionError(f"{path}:{number}: {error}") from None
        if question.id in seen:
            raise QuestionError(
                f"{path}:{number}: id {question.id!r} stands on line {seen[question.id]} too"
            )
        seen[question.id] = number
        questions.append(question)
    if not questions:
        raise QuestionError(f"{path}: no questions in it")
    return questions
