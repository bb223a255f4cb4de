"""Training data in plain formats: news, SQuAD questions, sentence pairs, a dictionary."""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

SENTENCE_END = re.compile(r"(?<=[。！？；!?\n])|(?<=[a-z]{2}\.)\s")
MAX_SENTENCE = 400  # characters; what is longer is a table or a list, and is cut
GLOSS_NOISE = re.compile(
    r"\([^)]*\)|\[[^\]]*\]|[|㐀-鿿]+|\b(?:sb|sth)\b|\blit\.|\bfig\.|\babbr\. for\b"
)
# Cross-references and grammar notes say nothing of what a word means.
GLOSS_SKIPPED = ("CL:", "variant of", "old variant", "surname ", "see ", "used in ", "-")


@dataclass(frozen=True, slots=True)
class Questions:
    """A paragraph and the questions that it answers."""

    paragraph: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A dictionary entry: the simplified headword, its pinyin without tones, its senses."""

    word: str
    pinyin: str
    senses: tuple[str, ...]


def read_news(paths: Iterable[Path]) -> Iterator[str]:
    """The texts of JSONL collections, `{"text"}` a line, each text once."""
    seen: set[int] = set()
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                text = json.loads(line)["text"]
                if hash(text) not in seen:
                    seen.add(hash(text))
                    yield text


def read_squad(path: Path) -> list[Questions]:
    """The paragraphs of a file in SQuAD format, each once, with all of its questions."""
    found: dict[str, list[str]] = {}
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            questions = [item["question"].strip() for item in paragraph["qas"]]
            found.setdefault(paragraph["context"], []).extend(questions)
    return [Questions(text, tuple(questions)) for text, questions in found.items()]


def read_pairs(path: Path) -> list[tuple[str, str]]:
    """Sentence pairs, English and Chinese parted by a tab, one pair a line."""
    pairs = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        sides = line.split("\t")
        if len(sides) != 2:
            raise ValueError(f"{path}:{number}: {len(sides)} columns, expected English<TAB>Chinese")
        pairs.append((sides[0].strip(), sides[1].strip()))
    return pairs


def read_dictionary(path: Path) -> list[Entry]:
    """The entries of a dictionary in CEDICT format, plain or gzipped, that have a meaning."""
    pattern = re.compile(r"^\S+ (\S+) \[([^\]]*)\] /(.*)/$")
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    entries = []
    for line in text.splitlines():
        found = pattern.match(line.strip())
        if not found:
            continue
        pinyin = re.sub(r"[^a-z]", "", found[2].lower().replace("u:", "u"))
        senses = [sense for part in found[3].split("/") if (sense := _sense(part))]
        entries.append(Entry(found[1], pinyin, tuple(senses)))
    return entries


def _sense(gloss: str) -> str:
    """A sense as running text has it: no notes in brackets, no Chinese cross-references."""
    if gloss.startswith(GLOSS_SKIPPED) or "variant of" in gloss:
        return ""
    plain = " ".join(GLOSS_NOISE.sub(" ", gloss).replace("...", " ").split())
    return unicodedata.normalize("NFKC", plain).strip(" ,;:.")


def sentences(text: str) -> list[str]:
    """The sentences of a text, end marks included, none empty, none over `MAX_SENTENCE`."""
    parts = (part.strip() for part in SENTENCE_END.split(text))
    return [part[:MAX_SENTENCE] for part in parts if part]
