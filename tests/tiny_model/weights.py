"""Random weights in a GGUF file, with one trick: a constant residual dimension that biases the output.

The first dimension of every embedding is 1 and no layer writes to it, so the first column of the output
matrix adds a fixed amount to each token's score. Quotes, brackets and the end are favoured by it, so that
strings and lists come to an end; control bytes and backslashes are kept out.
"""

from __future__ import annotations

from pathlib import Path

import gguf
import numpy as np
from numpy.typing import NDArray

from tiny_model.vocabulary import CONTROL, learn

WIDTH, LAYERS, HEADS, INNER, CONTEXT = 64, 2, 4, 128, 65536
_END = 2
_CHAT = (
    "{% for m in messages %}<|from|>{{ m['role'] }}\n{{ m['content'] }}<|to|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|from|>assistant\n{% endif %}"
)


def write(path: Path, seed: int = 11) -> None:
    """Half a megabyte, the same bytes for the same seed."""
    tokens, merges = learn()
    random = np.random.default_rng(seed)

    def matrix(*shape: int, spread: float = 0.2) -> NDArray[np.float32]:
        return (random.standard_normal(shape) * spread).astype(np.float32)

    file = gguf.GGUFWriter(str(path), "llama")
    _describe(file, tokens, merges)
    embedding = matrix(len(tokens), WIDTH, spread=0.3)
    embedding[:, 0] = 1.0
    output = matrix(len(tokens), WIDTH, spread=0.15)
    constant = 1.0 / float(np.sqrt((embedding**2).mean()))  # the first dimension after the last norm
    output[:, 0] = np.array([_bias(at, token) for at, token in enumerate(tokens)], np.float32) / constant
    file.add_tensor("token_embd.weight", embedding)
    file.add_tensor("output_norm.weight", np.ones(WIDTH, np.float32))
    file.add_tensor("output.weight", output)
    for layer in range(LAYERS):
        block = f"blk.{layer}."
        for norm in ("attn_norm", "ffn_norm"):
            file.add_tensor(f"{block}{norm}.weight", np.ones(WIDTH, np.float32))
        for part in ("attn_q", "attn_k", "attn_v"):
            file.add_tensor(f"{block}{part}.weight", matrix(WIDTH, WIDTH))
        for part in ("ffn_gate", "ffn_up"):
            file.add_tensor(f"{block}{part}.weight", matrix(INNER, WIDTH))
        for part, inner in (("attn_output", WIDTH), ("ffn_down", INNER)):
            written = matrix(WIDTH, inner, spread=0.02)
            written[0] = 0  # nothing writes to the constant
            file.add_tensor(f"{block}{part}.weight", written)
    file.write_header_to_file()
    file.write_kv_data_to_file()
    file.write_tensors_to_file()
    file.close()


def _describe(file: gguf.GGUFWriter, tokens: list[str], merges: list[str]) -> None:
    file.add_name("tiny-random")
    file.add_context_length(CONTEXT)
    file.add_embedding_length(WIDTH)
    file.add_block_count(LAYERS)
    file.add_feed_forward_length(INNER)
    file.add_head_count(HEADS)
    file.add_head_count_kv(HEADS)
    file.add_layer_norm_rms_eps(1e-5)
    file.add_rope_dimension_count(WIDTH // HEADS)
    file.add_vocab_size(len(tokens))
    file.add_tokenizer_model("gpt2")
    file.add_tokenizer_pre("gpt-2")
    file.add_token_list(tokens)
    file.add_token_merges(merges)
    kinds = gguf.TokenType
    file.add_token_types([kinds.CONTROL if t in CONTROL else kinds.NORMAL for t in tokens])
    file.add_bos_token_id(0)
    file.add_eos_token_id(_END)
    file.add_eot_token_id(_END)
    file.add_pad_token_id(0)
    file.add_add_bos_token(False)
    file.add_chat_template(_CHAT)


def _bias(at: int, token: str) -> float:
    if at == _END:
        return 1.0
    if at < len(CONTROL) or "\\" in token or any(ord(c) > 126 and c not in "ĠĊ" for c in token):
        return -40.0
    return 1.0 * ('"' in token) + 1.0 * (token in "}]")
