"""Averages weights of several trainings into one: steadier than any of them (`python -m evals.training.average A B --out C`)."""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    states = [torch.load(path) for path in asked.weights]
    torch.save(
        {
            name: torch.stack([s[name].float() for s in states]).mean(0).to(first.dtype)
            for name, first in states[0].items()
        },
        asked.out,
    )


if __name__ == "__main__":
    main()
