"""Vectors are those of sentence-transformers, and no text is cut."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.encode import StaticEncoder, TransformerEncoder, known_fingerprint, load_encoder

TEXTS = ["清远高新区产值增长", "高新", "120.98亿元", "abc 高", "区" * 700]
LETTERS = sorted(set("".join(TEXTS) + "新工业问答:"))


def tokenizer() -> Any:
    from tokenizers import Regex, Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Split

    vocabulary = {letter: n for n, letter in enumerate(["[PAD]", "[UNK]", *LETTERS])}
    found = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))
    found.pre_tokenizer = Split(Regex("."), "isolated")
    return found


def table(dim: int = 16) -> Any:
    rng = np.random.default_rng(7)
    return rng.normal(size=(len(LETTERS) + 2, dim)).astype(np.float32)


def write_static(path: Path, weights: dict[str, Any], prompts: dict[str, str]) -> Path:
    from safetensors.numpy import save_file

    folder = path / "0_StaticEmbedding"
    folder.mkdir(parents=True)
    tokenizer().save(str(folder / "tokenizer.json"))
    save_file(weights, folder / "model.safetensors")
    kind = "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding"
    module = {"idx": 0, "name": "0", "path": "0_StaticEmbedding", "type": kind}
    (path / "modules.json").write_text(json.dumps([module]), "utf-8")
    config = {"prompts": prompts, "default_prompt_name": None, "similarity_fn_name": "cosine"}
    (path / "config_sentence_transformers.json").write_text(json.dumps(config), "utf-8")
    return path


@pytest.fixture(scope="module")
def static(tmp_path_factory):
    weights = {"embedding.weight": table()}
    prompts = {"query": "问:", "document": ""}
    return write_static(tmp_path_factory.mktemp("model") / "静态", weights, prompts)


def test_a_static_model_gives_what_sentence_transformers_gives(static):
    from sentence_transformers import SentenceTransformer

    encoder = load_encoder(str(static))
    reference = SentenceTransformer(str(static), device="cpu")
    assert isinstance(encoder, StaticEncoder)
    for ours, theirs in [
        (encoder.encode_query(TEXTS), reference.encode_query(TEXTS, normalize_embeddings=True)),
        (
            encoder.encode_document(TEXTS),
            reference.encode_document(TEXTS, normalize_embeddings=True),
        ),
    ]:
        assert ours.dtype == np.float32
        assert np.abs(ours - theirs).max() < 1e-5
        assert np.allclose(np.linalg.norm(ours, axis=1), 1, atol=1e-5)
    assert not np.allclose(encoder.encode_query(["高"]), encoder.encode_document(["高"]))


def test_a_table_stored_small_is_read_with_its_scales(tmp_path):
    full = table()
    scales = np.abs(full).max(axis=1) / 127
    small = np.round(full / scales[:, None]).astype(np.int8)
    weights = {"embeddings": small, "weights": scales.astype(np.float32)}
    encoder = load_encoder(str(write_static(tmp_path / "small", weights, {})))
    exact = load_encoder(str(write_static(tmp_path / "full", {"embedding.weight": full}, {})))
    found, expected = encoder.encode_document(TEXTS), exact.encode_document(TEXTS)
    assert (found * expected).sum(axis=1).min() > 0.999


def test_a_text_of_no_known_token_is_a_row_of_zeros(static):
    vectors = load_encoder(str(static)).encode_document(["", "高"])
    assert not vectors[0].any()
    assert vectors[1].any()
    assert load_encoder(str(static)).encode_document([]).shape == (0, 16)


def test_order_and_batches_do_not_matter(static):
    encoder = load_encoder(str(static))
    many = [TEXTS[n % 4] for n in range(600)]
    vectors = encoder.encode_document(many)
    assert np.array_equal(vectors[:4], vectors[512:516])


def test_the_fingerprint_tells_trainings_apart(static, tmp_path):
    other = write_static(tmp_path / "other", {"embedding.weight": table() * 2}, {})
    name = str(static.resolve())
    encoder = load_encoder(name)
    assert isinstance(encoder, StaticEncoder)
    assert encoder.name == name
    assert known_fingerprint(name) == encoder.fingerprint != known_fingerprint(str(other))
    assert known_fingerprint("some/hub-model") == ""


def test_a_table_too_short_for_its_tokens_is_named(tmp_path):
    path = write_static(tmp_path / "short", {"embedding.weight": table()[:3]}, {})
    with pytest.raises(ValueError, match="tokens but 3 rows"):
        load_encoder(str(path))


@pytest.fixture(scope="module")
def transformer(tmp_path_factory):
    """A tiny transformer with random weights that reads 32 tokens."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    path = tmp_path_factory.mktemp("bert")
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(LETTERS) + 2,
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=32,
    )
    BertModel(config).save_pretrained(path)
    fast: Any = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer(), pad_token="[PAD]", unk_token="[UNK]", model_max_length=32
    )
    fast.save_pretrained(path)
    module = Transformer(str(path), max_seq_length=32)
    return SentenceTransformer(modules=[module, Pooling(16)], device="cpu")


def test_a_long_text_is_read_to_its_end(transformer):
    encoder = TransformerEncoder(transformer, "tiny")
    one, other = encoder.encode_document(["高新区" * 40 + "产值", "高新区" * 40 + "亿元"])
    assert not np.allclose(one, other, atol=1e-4)
    assert np.linalg.norm(one) == pytest.approx(1, abs=1e-5)
    windows = list(encoder._windows("高新区" * 40, ""))
    assert "".join(text for text, _ in windows) == "高新区" * 40
    assert sum(count for _, count in windows) == 120
    assert max(count for _, count in windows) <= 32


def test_a_short_text_is_encoded_as_the_model_does(transformer):
    encoder = TransformerEncoder(transformer, "tiny")
    texts = ["清远高新区", "产值增长"]
    expected = transformer.encode(texts, normalize_embeddings=True)
    assert np.allclose(encoder.encode_document(texts), expected, atol=1e-5)
    assert encoder.dim == 16
    assert len(encoder.fingerprint) == 16


def test_e5_gets_its_prompts(transformer):
    encoder = TransformerEncoder(transformer, "intfloat/multilingual-e5-small")
    expected = transformer.encode(["query: 高新", "passage: 高新"], normalize_embeddings=True)
    assert np.allclose(encoder.encode_query(["高新"])[0], expected[0], atol=1e-5)
    assert np.allclose(encoder.encode_document(["高新"])[0], expected[1], atol=1e-5)
    assert not np.allclose(
        TransformerEncoder(transformer, "tiny").encode_query(["高新"])[0], expected[0], atol=1e-5
    )


def test_no_such_model_says_what_to_give(tmp_path):
    with pytest.raises(FileNotFoundError, match="no sentence-transformers model at"):
        load_encoder(str(tmp_path / "none"))
