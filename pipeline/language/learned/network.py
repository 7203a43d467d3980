"""Runs the shipped network: texts in, one row of numbers per text out, on this machine alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # half a tenth of a second, which only texts that are read shall cost
    import numpy as np
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

_DATA = Path(__file__).parent
_LONGEST = 96  # pieces of words; what is longer is read in parts that overlap
_OVERLAP = 32
_AT_ONCE = 32  # texts of like length in one run: more is no faster, and takes memory


@dataclass(frozen=True, slots=True)
class Output:
    """`verdicts`: the answers to all questions, before they are made shares. `words`: for every piece of the
    text, where it stands, and how much it says for each class of the first question."""

    verdicts: Sequence[float]
    words: Sequence[tuple[int, int, Sequence[float]]]


def run(texts: Sequence[str]) -> Iterator[tuple[int, Output]]:
    """The outputs with the index of their text, in no particular order; several for a text of several parts."""
    import numpy as np

    parts = [
        (i, part)
        for i, whole in enumerate(_tokenizer().encode_batch(list(texts)))
        for part in (whole, *whole.overflowing)
    ]
    parts.sort(key=lambda numbered: len(numbered[1].ids))
    for start in range(0, len(parts), _AT_ONCE):
        chosen = parts[start : start + _AT_ONCE]
        width = max(len(part.ids) for _, part in chosen)
        ids = np.zeros((len(chosen), width), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, (_, part) in enumerate(chosen):
            pieces = part.ids
            ids[row, : len(pieces)] = pieces
            mask[row, : len(pieces)] = 1
        verdicts, words = _session().run(None, {"ids": ids, "mask": mask})
        for row, (i, part) in enumerate(chosen):
            yield i, Output(verdicts[row].tolist(), _placed(part.offsets, words[row]))


def _placed(
    offsets: Sequence[tuple[int, int]], said: np.ndarray
) -> Sequence[tuple[int, int, Sequence[float]]]:
    return [
        (start, end, row)
        for (start, end), row in zip(offsets, said[: len(offsets)].tolist(), strict=True)
        if end > start
    ]


@cache
def _tokenizer() -> Tokenizer:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(_DATA / "vocabulary.json"))
    tokenizer.enable_truncation(_LONGEST, stride=_OVERLAP)
    tokenizer.no_padding()
    return tokenizer


@cache
def _session() -> InferenceSession:
    import onnxruntime

    onnxruntime.disable_telemetry_events()  # nothing leaves the machine; on Windows the library would report
    options = onnxruntime.SessionOptions()
    # One thread: `check` and `batch` share the cores out by processes, and sums stay in one order.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.graph_optimization_level = (
        onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    )  # done when it was made
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(_DATA / "network.onnx"), options, providers=["CPUExecutionProvider"]
    )
