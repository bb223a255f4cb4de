"""A trained table as a sentence-transformers folder, eight bits a number."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

MODULES = [
    (
        "0_StaticEmbedding",
        "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding",
    ),
    ("1_Normalize", "sentence_transformers.base.modules.normalize.Normalize"),
]


def export(
    rows: npt.NDArray[np.float32],
    mapping: npt.NDArray[np.int32],
    length: npt.NDArray[np.float32],
    tokenizer: Tokenizer,
    out: Path,
) -> None:
    """Writes the model that embeds token i as `rows[mapping[i]] * length[i]`, and takes the mean.

    sentence-transformers reads whole numbers with a weight per token as they are; each row is
    stored at a scale of its own, which its tokens' weights undo.
    """
    from safetensors.numpy import save_file

    if len(mapping) != tokenizer.get_vocab_size() or len(mapping) != len(length):
        raise ValueError(
            f"{tokenizer.get_vocab_size()} tokens, {len(mapping)} mapped, {len(length)} lengths: "
            "they must match"
        )
    scale = np.maximum(np.abs(rows).max(axis=1), 1e-12) / 127
    whole = np.rint(rows / scale[:, None]).astype(np.int8)
    folder = out / MODULES[0][0]
    folder.mkdir(parents=True, exist_ok=True)
    (out / MODULES[1][0]).mkdir(exist_ok=True)
    (out / MODULES[1][0] / "config.json").write_text("{}\n", encoding="utf-8")
    weights = (length * scale[mapping]).astype(np.float32)
    tensors = {"embeddings": whole, "mapping": mapping.astype(np.int32), "weights": weights}
    save_file(tensors, str(folder / "model.safetensors"))
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    modules = [
        {"idx": i, "name": str(i), "path": path, "type": kind}
        for i, (path, kind) in enumerate(MODULES)
    ]
    (out / "modules.json").write_text(json.dumps(modules, indent=2) + "\n", encoding="utf-8")
    config = {
        "model_type": "SentenceTransformer",
        "prompts": {"query": "", "document": ""},
        "default_prompt_name": None,
        "similarity_fn_name": "cosine",
    }
    path = out / "config_sentence_transformers.json"
    path.write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
