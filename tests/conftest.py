"""What several tests share: an encoder whose vectors can be predicted, and small collections."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.records import Article, Block, Vectors


class LetterEncoder:
    """Counts characters into 64 bins by code point: equal texts are equal, shared ones are near."""

    name = "letters"
    dim = 64
    fingerprint = "letters-1"

    def __init__(self) -> None:
        self.documents = 0

    def _encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dim), np.float32)
        for row, text in enumerate(texts):
            for char in text:
                vectors[row, ord(char) % self.dim] += 1
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.where(norms > 0, norms, 1), np.float32)

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts)

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        self.documents += len(texts)
        return self._encode(texts)


@pytest.fixture
def encoder() -> LetterEncoder:
    return LetterEncoder()


def article(
    text: str, *, key: str = "a", title: str = "", blocks: tuple[Block, ...] = ()
) -> Article:
    return Article(key, title, "", "", None, text, f"{key}.txt:1-9", blocks)


RECORDS: list[dict[str, str]] = [
    {
        "id": "qy-2024",
        "title": "清远高新区工业稳步增长",
        "published": "2024-12-31",
        "outlet": "清远日报",
        "text": "清远高新区2024年工业增加值完成120.98亿元，同比增长7.1%。\n新开工项目三十个。",
    },
    {
        "id": "qy-2020",
        "title": "清远高新区上半年成绩单",
        "published": "2020-07-15",
        "outlet": "清远日报",
        "text": "2020年上半年，清远高新区工业增加值26.37亿元。\n园区新引进企业十二家。",
    },
    {
        "id": "sy-2024",
        "title": "沈阳高新区推进智能制造",
        "published": "2024-05-02",
        "outlet": "沈阳日报",
        "text": "沈阳高新区2024年工业增加值达到98.6亿元，机器人产业集聚。",
    },
    {
        "id": "jy-photo",
        "title": "江阴的春天",
        "outlet": "无锡日报",
        "text": "江阴高新区的樱花开了，市民前来踏青。",
    },
]


def write_collection(path: Path, records: Sequence[dict[str, str]] = RECORDS) -> Path:
    """Write the records as a JSONL collection; the path is given back."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(record, ensure_ascii=False) for record in records)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    """A folder with one JSONL collection of four articles."""
    return write_collection(tmp_path / "articles" / "news.jsonl").parent
