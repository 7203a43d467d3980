"""Writes trained weights as the network that ships: one graph, its weights in bytes, and the vocabulary beside it."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import AutoModel, AutoTokenizer

from evals.training.network import Exported, Network
from evals.training.train import ENCODER, encoded


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--out", type=Path, default=Path("pipeline/language/learned"))
    asked = parser.parse_args()
    network = Network(AutoModel.from_pretrained(ENCODER))
    network.load_state_dict(torch.load(asked.weights))
    export(network, asked.out)


def export(network: Network, out: Path) -> None:
    tokenizer = AutoTokenizer.from_pretrained(ENCODER)
    example = encoded(tokenizer, ["The pool was empty.", "It took us an hour to see why."])
    with tempfile.TemporaryDirectory() as scratch:
        plain, small = Path(scratch) / "plain.onnx", Path(scratch) / "small.onnx"
        torch.onnx.export(
            Exported(network).eval(),
            example,
            str(plain),
            input_names=["ids", "mask"],
            output_names=["verdicts", "words"],
            dynamic_axes={
                "ids": {0: "n", 1: "t"},
                "mask": {0: "n", 1: "t"},
                "verdicts": {0: "n"},
                "words": {0: "n", 1: "t"},
            },
            opset_version=17,
            dynamo=False,
        )
        # Seven bits: eight overflow on processors without the newest instructions, and verdicts would differ.
        quantize_dynamic(plain, small, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
        options = onnxruntime.SessionOptions()
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
        options.optimized_model_filepath = str(out / "network.onnx")
        onnxruntime.InferenceSession(str(small), options, providers=["CPUExecutionProvider"])
    tokenizer.backend_tokenizer.save(str(out / "vocabulary.json"), pretty=False)


if __name__ == "__main__":
    main()
