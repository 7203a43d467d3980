"""Every defect planted in the answers of every reader: how many drafts are rejected, and how many come without it.

    .venv/bin/python tests/benchmarks/planted_defects.py

Ends with 1 where a draft was accepted with the defect in it.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "drafting"))

from test_read_answers import DEFECTS, NAMES, check


def main() -> int:
    wrong: list[str] = []
    for defect in DEFECTS:
        ends: Counter[str] = Counter()
        for name in NAMES:
            try:
                ends[check(name, defect)] += 1
            except AssertionError:
                ends["accepted with it"] += 1
                wrong.append(f"{defect} in {name}")
        print(f"{defect:22} {dict(ends)}", flush=True)
    print(*wrong, sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
