"""Text to vectors: the one door to sentence_transformers."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.records import Encoder, Vectors

BUNDLED = "bundled"
BUNDLED_PATH = Path(__file__).parent / "model"

# Texts in one go through a model.
BATCH = 256
# Models of the E5 family were trained with these words in front and rank worse without them; their
# files do not say so.
E5_PROMPTS = {"query": "query: ", "document": "passage: "}
# What a model's configuration may call the prompt of a passage, in order of preference.
DOCUMENT_PROMPTS = ("document", "passage", "corpus")


def load_encoder(name: str | None = None) -> Encoder:
    """The encoder of a name: None or `bundled` is the one that ships inside and needs no network.

    Anything else is a path or a name on the hub that sentence-transformers can load. A static model
    (a tokenizer and a table) is computed with numpy alone, which spares the seconds that importing
    torch takes; any other goes through sentence_transformers. Raises FileNotFoundError where there
    is no such model.
    """
    if name is None or name == BUNDLED:
        return bundled()
    path = Path(name)
    if path.is_dir():
        name = str(path.resolve())  # so that the index finds it from any folder
    if StaticEncoder.reads(path):
        return StaticEncoder.from_folder(path, name)
    return TransformerEncoder.load(name)


@functools.cache
def bundled() -> StaticEncoder:
    """The static model that ships inside, read once."""
    if not StaticEncoder.reads(BUNDLED_PATH):
        raise FileNotFoundError(f"no bundled model in {BUNDLED_PATH}: install the package again")
    return StaticEncoder.from_folder(BUNDLED_PATH, BUNDLED)


@dataclass(frozen=True, slots=True)
class Table:
    """Token vectors: that of token i is `rows[mapping[i]] * lengths[i]`; tokens may share a row."""

    rows: npt.NDArray[np.float32]
    mapping: npt.NDArray[np.int64]
    lengths: npt.NDArray[np.float32]

    @classmethod
    def read(cls, path: Path) -> Table:
        """Read what sentence-transformers or model2vec saved: plain, or with map and scale."""
        from safetensors.numpy import load_file

        stored = load_file(path)
        rows = stored.get("embedding.weight", stored.get("embeddings"))
        if rows is None:
            raise ValueError(f"no table in {path}: it holds {sorted(stored)}")
        mapping = np.asarray(stored.get("mapping", np.arange(len(rows))), np.int64)
        lengths = np.asarray(stored.get("weights", np.ones(len(mapping))), np.float32)
        return cls(np.asarray(rows, np.float32), mapping, lengths)


class StaticEncoder:
    """A table of token vectors: a text's vector is their sum, brought to length 1.

    A text of no known token gets a row of zeros.
    """

    def __init__(
        self,
        name: str,
        tokenizer: Any,  # noqa: ANN401 - tokenizers.Tokenizer, imported late
        table: Table,
        prompts: dict[str, str],
        fingerprint: str,
    ) -> None:
        tokens, known = tokenizer.get_vocab_size(), len(table.mapping)
        if tokens > known:
            raise ValueError(f"{tokens} tokens but {known} rows in the table of {name}")
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self.name = name
        self.fingerprint = fingerprint
        self._tokenizer = tokenizer
        self._table = table
        self._query_prompt, self._document_prompt = _pair(prompts)

    @staticmethod
    def reads(path: Path) -> bool:
        """Whether the folder holds a static model of sentence-transformers and nothing more."""
        try:
            modules = json.loads((path / "modules.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            return False
        kinds = [str(module["type"]).rsplit(".", 1)[-1] for module in modules]
        return kinds in (["StaticEmbedding"], ["StaticEmbedding", "Normalize"])

    @classmethod
    def from_folder(cls, path: Path, name: str) -> StaticEncoder:
        """Read the table and the tokenizer as sentence-transformers saves them."""
        from tokenizers import Tokenizer

        modules = json.loads((path / "modules.json").read_text(encoding="utf-8"))
        folder = path / modules[0]["path"]
        config_path = path / "config_sentence_transformers.json"
        config = json.loads(config_path.read_text(encoding="utf-8")) if config_path.exists() else {}
        return cls(
            name,
            Tokenizer.from_file(str(folder / "tokenizer.json")),
            Table.read(folder / "model.safetensors"),
            {k: v for k, v in (config.get("prompts") or {}).items() if v},
            static_fingerprint(path),
        )

    @property
    def dim(self) -> int:
        """The number of dimensions of a vector."""
        return int(self._table.rows.shape[1])

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """Questions to float32 of shape (n, dim), unit rows."""
        return unit(self.sums([self._query_prompt + text for text in texts]))

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        """Passages to float32 of shape (n, dim), unit rows."""
        return unit(self.sums([self._document_prompt + text for text in texts]))

    def sums(self, texts: Sequence[str]) -> Vectors:
        """The sums of the texts' token vectors as they are, float32 of shape (n, dim).

        How long a sum is tells how rare and telling its words are.
        """
        vectors = np.zeros((len(texts), self.dim), np.float32)
        table = self._table
        for start in range(0, len(texts), BATCH):
            encodings = self._tokenizer.encode_batch_fast(
                list(texts[start : start + BATCH]), add_special_tokens=False
            )
            for row, encoding in enumerate(encodings, start):
                if ids := encoding.ids:
                    vectors[row] = table.lengths[ids] @ table.rows[table.mapping[ids]]
        return vectors


class TransformerEncoder:
    """Any model of sentence-transformers, its prompts applied, no text cut.

    A text longer than the model reads is taken window by window; the windows' vectors are averaged,
    each by its number of tokens, and the mean is brought back to length 1.
    """

    def __init__(self, model: Any, name: str) -> None:  # noqa: ANN401 - SentenceTransformer, imported late
        self.name = name
        self._model = model
        prompts = {k: v for k, v in (model.prompts or {}).items() if v}
        if not prompts and "e5" in Path(name).name.lower().split("-"):
            prompts = E5_PROMPTS
        self._query_prompt, self._document_prompt = _pair(prompts)

    @classmethod
    def load(cls, name: str) -> TransformerEncoder:
        """Load by path or by name on the hub. Raises FileNotFoundError where neither has it."""
        from sentence_transformers import SentenceTransformer

        try:
            return cls(SentenceTransformer(name, device="cpu"), name)
        except (OSError, ValueError) as error:
            raise FileNotFoundError(
                f"no sentence-transformers model at {name!r} ({error}): give a folder, or a name "
                "on the hub with a network at hand"
            ) from error

    @property
    def dim(self) -> int:
        """The number of dimensions of a vector."""
        return int(self._model.get_embedding_dimension())

    @functools.cached_property
    def fingerprint(self) -> str:
        """A hash of names, shapes and a sample of every weight: another training, another hash."""
        digest = hashlib.sha256()
        for key, tensor in sorted(self._model.state_dict().items()):
            sample = tensor.flatten()[:: max(1, tensor.numel() // 1000)].float().cpu().numpy()
            digest.update(f"{key}{tuple(tensor.shape)}".encode())
            digest.update(np.ascontiguousarray(sample).tobytes())
        return digest.hexdigest()[:16]

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """Questions to float32 of shape (n, dim), unit rows."""
        return self._encode(texts, self._query_prompt)

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        """Passages to float32 of shape (n, dim), unit rows."""
        return self._encode(texts, self._document_prompt)

    def _encode(self, texts: Sequence[str], prompt: str) -> Vectors:
        windows: list[str] = []
        weights: list[int] = []
        owners: list[int] = []
        for row, text in enumerate(texts):
            for window, weight in self._windows(text, prompt):
                windows.append(window)
                weights.append(weight)
                owners.append(row)
        encoded = self._model.encode(
            windows,
            prompt=prompt,
            batch_size=32,
            convert_to_numpy=True,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        vectors = np.zeros((len(texts), self.dim), np.float32)
        parts = np.asarray(encoded, np.float32) * np.asarray(weights, np.float32)[:, None]
        np.add.at(vectors, owners, parts)
        return unit(vectors)

    def _windows(self, text: str, prompt: str) -> Iterator[tuple[str, int]]:
        """Stretches of the text that the model reads whole, with their numbers of tokens."""
        limit = self._model.max_seq_length
        tokenizer = getattr(self._model, "tokenizer", None)
        if not limit or limit == float("inf") or not getattr(tokenizer, "is_fast", False):
            yield text, 1
            return
        assert tokenizer is not None
        taken = len(tokenizer(prompt)["input_ids"])  # the prompt and the special tokens
        room = max(8, int(limit) - taken - 2)
        offsets = tokenizer(
            text, add_special_tokens=False, return_offsets_mapping=True, verbose=False
        )["offset_mapping"]
        if len(offsets) <= room:
            yield text, max(1, len(offsets))
            return
        for start in range(0, len(offsets), room):
            span = offsets[start : start + room]
            yield text[span[0][0] : span[-1][1]], len(span)


def fingerprint(encoder: Encoder) -> str:
    """What tells two encoders of one name apart; empty where the encoder does not say."""
    return str(getattr(encoder, "fingerprint", ""))


def static_fingerprint(path: Path) -> str:
    """A hash of a static model's files."""
    digest = hashlib.sha256()
    names = {"modules.json", "config_sentence_transformers.json", "tokenizer.json"}
    for file in sorted(path.rglob("*")):
        if file.name in names or file.suffix == ".safetensors":
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def known_fingerprint(name: str) -> str:
    """The fingerprint of a model that can be told without loading it, else empty."""
    path = BUNDLED_PATH if name == BUNDLED else Path(name)
    return static_fingerprint(path) if StaticEncoder.reads(path) else ""


def unit(vectors: Vectors) -> Vectors:
    """Rows brought to length 1; a row of zeros stays."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(norms > 0, norms, 1), np.float32)


def _pair(prompts: dict[str, str]) -> tuple[str, str]:
    document = next((prompts[name] for name in DOCUMENT_PROMPTS if name in prompts), "")
    return prompts.get("query", ""), document
