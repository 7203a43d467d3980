"""Shows what each bar costs on rows that the weights had not learned from: `python -m evals.training.bars WEIGHTS --kept SHARE`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

import torch
from transformers import AutoModel, AutoTokenizer

from evals.training.network import Network
from evals.training.rows import Example, read, split
from evals.training.train import ENCODER, encoded
from pipeline.language.accusations.reading import Reading
from pipeline.language.blame import ruled as blamed
from pipeline.language.exhortation import ruled as pressed
from pipeline.language.hindsight import ruled as foreseen
from pipeline.language.people import People
from pipeline.language.sentences import split as sentences
from pipeline.language.vagueness import ruled as parts

_NOBODY = People()
_RULED = (0.02, 0.05, 0.1, 0.2, 0.3)
_ALONE = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--data", type=Path, default=Path("evals/data"))
    parser.add_argument(
        "--kept", type=float, required=True, help="the share that `train --hold-out` kept back"
    )
    asked = parser.parse_args()
    network = Network(AutoModel.from_pretrained(ENCODER)).eval()
    network.load_state_dict(torch.load(asked.weights))
    kept, _ = split(list(read(asked.data)), asked.kept)
    shares = _shares(network, kept)
    for name, known, by_rule in (
        ("blame", lambda r: r.labels.get("blame"), lambda t: any(_blamed(s) for s in _cut(t))),
        (
            "hindsight",
            lambda r: r.labels.get("hindsight"),
            lambda t: any(foreseen(s, _NOBODY) for s in _cut(t)),
        ),
        ("pressure", lambda r: r.labels.get("pressure"), lambda t: pressed(t, _NOBODY) is not None),
        ("vague", lambda r: r.vague[0] if r.vague else None, lambda t: not parts(t).complete),
    ):
        _table(name, kept, shares[name], known, by_rule)


def _blamed(sentence: str) -> bool:
    return any(charge.rescued_by is None for charge in blamed(Reading(sentence, _NOBODY)))


def _cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)] or [text]


def _shares(network: Network, rows: Sequence[Example]) -> dict[str, list[float]]:
    tokenizer = AutoTokenizer.from_pretrained(ENCODER)
    found: dict[str, list[float]] = {"blame": [], "hindsight": [], "pressure": [], "vague": []}
    with torch.no_grad():
        for start in range(0, len(rows), 64):
            out = network(*encoded(tokenizer, [row.text for row in rows[start : start + 64]]))
            found["blame"] += (1 - out["blame"][0].softmax(-1)[:, 0]).tolist()
            found["hindsight"] += out["hindsight"][0].softmax(-1)[:, 1].tolist()
            found["pressure"] += out["pressure"][0].softmax(-1)[:, 1].tolist()
            found["vague"] += out["vague"][0].sigmoid()[:, 0].tolist()
    return found


def _table(
    name: str,
    rows: Sequence[Example],
    shares: Sequence[float],
    known: Callable[[Example], int | None],
    by_rule: Callable[[str], bool],
) -> None:
    told = [
        (share, by_rule(row.text), label > 0, row.natural)
        for row, share in zip(rows, shares, strict=True)
        if (label := known(row)) is not None
    ]
    print(
        f"{name}: {sum(flag for _, _, flag, _ in told)} flags, {sum(not flag for _, _, flag, _ in told)} clean"
    )
    print("ruled alone  recall precision  clean kept (of natural documents)")
    for ruled in _RULED:
        for alone in _ALONE:
            hits = [
                (share >= (ruled if rule else alone), flag, natural) for share, rule, flag, natural in told
            ]
            right = sum(hit and flag for hit, flag, _ in hits)
            kept, natural = (
                [not hit for hit, flag, n in hits if not flag and n in wanted]
                for wanted in ((False,), (True,))
            )
            print(
                f"{ruled:5} {alone:5}  {right / max(1, sum(f for _, f, _ in hits)):.3f}  "
                f"{right / max(1, sum(h for h, _, _ in hits)):.3f}      "
                f"{sum(kept) / max(1, len(kept)):.3f} ({sum(natural) / max(1, len(natural)):.4f} of {len(natural)})"
            )


if __name__ == "__main__":
    main()
