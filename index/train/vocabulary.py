"""The tokenizer: a normaliser that folds scripts and widths, and a Unigram vocabulary.

Everything that happens to a text before it is looked up stands in `tokenizer.json`, so that the
model loads without code of ours.
"""

from __future__ import annotations

import base64
import importlib
import json
import re
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType

from tokenizers import Tokenizer

UNKNOWN = "[UNK]"
# What becomes pieces; all else (spaces, punctuation) is left out. Numbers are cut the way they
# are read: a four-digit number whole because it may be a year, longer ones in groups of three,
# decimals with their point, so that "120.98" and "12098" share nothing by chance.
PATTERN = (
    r"(?<!\d)\d{4}(?!\d)"
    r"|\.\d+"
    r"|\d{1,3}(?=(?:\d{3})*(?!\d))"
    r"|[一-鿿㐀-䶿]+"
    r"|[^\W\d_一-鿿㐀-䶿]+"
    r"|[%‰$€£℃]"
)
YEARS = range(1800, 2051)
LONGEST_PIECE = 8
RARE_SCORE = -16.0  # a log probability below that of every learned piece
DIGITS_SCORE = -9.0


@cache
def folding() -> dict[int, str]:
    """Characters and what replaces them: compatibility forms, capitals, traditional script."""
    import zhconv

    table: dict[int, str] = {}
    for code in (*range(0x80, 0xD800), *range(0xF900, 0xFFF0), *range(0x20000, 0x2A6E0)):
        character = chr(code)
        folded = unicodedata.normalize("NFKC", character).lower()
        folded = "".join(zhconv.convert(one, "zh-hans") for one in folded)
        if folded != character:
            table[code] = folded
    table.update({code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)})
    return table


def fold(text: str, table: Mapping[int, str]) -> str:
    """The text as the tokenizer's normaliser makes it."""
    return text.translate(table)


def words(texts: Iterable[str], table: Mapping[int, str]) -> Iterator[str]:
    """The stretches of text that the tokenizer would look at one by one."""
    pattern = re.compile(PATTERN)
    for text in texts:
        yield from pattern.findall(fold(text, table))


def learn(
    counts: Counter[str], table: Mapping[int, str], size: int
) -> tuple[dict[str, float], bytes]:
    """Unigram pieces with their log probabilities, and the compiled normaliser.

    sentencepiece serves for both: it learns several times faster than the tokenizers library,
    and compiles a normalisation table of one's own.
    """
    trainer = _sentencepiece()
    with tempfile.TemporaryDirectory() as folder:
        rules = Path(folder, "rules.tsv")
        lines = (f"{code:X}\t{_codes(to)}\n" for code, to in sorted(table.items()))
        rules.write_text("".join(lines), encoding="utf-8")
        source = Path(folder, "words.tsv")
        with source.open("w", encoding="utf-8") as out:
            out.writelines(f"{word}\t{n}\n" for word, n in counts.most_common())
        trainer.SentencePieceTrainer.train(
            input=str(source),
            input_format="tsv",
            model_prefix=str(Path(folder, "pieces")),
            vocab_size=size,
            hard_vocab_limit=False,
            normalization_rule_tsv=str(rules),
            add_dummy_prefix=False,
            split_by_number=False,
            max_sentencepiece_length=LONGEST_PIECE,
            character_coverage=0.9999,
            num_threads=2,
            train_extremely_large_corpus=False,
            minloglevel=1,
        )
        processor = trainer.SentencePieceProcessor(model_file=str(Path(folder, "pieces.model")))
        scores = {
            processor.id_to_piece(i): processor.get_score(i)
            for i in range(processor.get_piece_size())
            if not (processor.is_control(i) or processor.is_unknown(i))
        }
        compiled = _charsmap(Path(folder, "pieces.model").read_bytes())
    return {p.replace("▁", ""): s for p, s in scores.items() if p.replace("▁", "")}, compiled


def tokenizer(pieces: dict[str, float], compiled: bytes, extra: Iterable[str]) -> Tokenizer:
    """The tokenizer of learned pieces, all short numbers and years, and `extra` characters."""
    numbers = [str(n) for n in range(1000)] + [f"{n:02d}" for n in range(100)]
    numbers += [f"{n:03d}" for n in range(100)] + [str(year) for year in YEARS]
    numbers += [f".{n}" for n in range(10)] + [f".{n:02d}" for n in range(100)]
    kept = {piece: score for piece, score in pieces.items() if not re.search(r"\d", piece)}
    kept.update(dict.fromkeys(numbers, DIGITS_SCORE))
    for character in extra:
        kept.setdefault(character, RARE_SCORE)
    order = sorted(kept.items(), key=lambda item: (-item[1], item[0]))
    vocabulary = [(UNKNOWN, 0.0)] + [(piece, round(score, 2)) for piece, score in order]
    state: dict[str, object] = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [],
        "normalizer": {
            "type": "Precompiled",
            "precompiled_charsmap": base64.b64encode(compiled).decode(),
        },
        "pre_tokenizer": {
            "type": "Split",
            "pattern": {"Regex": PATTERN},
            "behavior": "Removed",
            "invert": True,
        },
        "post_processor": None,
        "decoder": None,
        "model": {"type": "Unigram", "unk_id": 0, "vocab": vocabulary, "byte_fallback": False},
    }
    return Tokenizer.from_str(json.dumps(state, ensure_ascii=False))


def _codes(text: str) -> str:
    return " ".join(f"{ord(character):X}" for character in text)


def _charsmap(model: bytes) -> bytes:
    """The compiled normaliser out of a sentencepiece model file.

    A protocol buffer is a row of (tag, value); the normaliser is field 3, its map field 2 of it.
    """
    normaliser = dict(_fields(model))[3]
    return dict(_fields(normaliser))[2]


def _fields(message: bytes) -> Iterator[tuple[int, bytes]]:
    """The fields of a protocol buffer that hold bytes; numbers are passed over."""
    at = 0
    while at < len(message):
        tag, at = _varint(message, at)
        kind = tag & 7
        if kind == 0:
            _, at = _varint(message, at)
        elif kind == 2:
            length, at = _varint(message, at)
            yield tag >> 3, message[at : at + length]
            at += length
        else:
            at += {1: 8, 5: 4}[kind]


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7


def _sentencepiece() -> ModuleType:
    try:
        return importlib.import_module("sentencepiece")
    except ModuleNotFoundError:
        sys.exit("training needs sentencepiece: pip install sentencepiece")
