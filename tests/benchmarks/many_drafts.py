"""How many drafts end how: `nonsense` by a model of random weights, `faults` by an honest one on a service that fails.

    .venv/bin/python tests/benchmarks/many_drafts.py nonsense --runs 100
    .venv/bin/python tests/benchmarks/many_drafts.py faults --runs 200 --share 0.3
    .venv/bin/python tests/benchmarks/many_drafts.py matrix

`matrix` puts each fault at each place of a draft, once and for good.

Prints how many were accepted, rejected and failed, with the reasons. Ends with 1 where nonsense was accepted, a
draft ended without all its files, or something that had been answered was asked again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "drafting"))

from honest_model import INCIDENT, TODAY, HonestModel
from scripted_service import Answer, Service, Step
from test_faults import PLACES, WIRE, Clock, Flow
from tiny_model.serving import served

from pipeline.config import Settings
from pipeline.drafting import story
from pipeline.drafting.folder import OWN_FILES
from pipeline.errors import ModelError
from pipeline.llm import open as open_module
from pipeline.llm.open import wire


class Failing:
    """An honest model, of whose answers a share is spoilt; `twice` counts what was asked again after an answer."""

    def __init__(self, share: float, seed: int) -> None:
        self.model, self.share, self.random = HonestModel.of(), share, random.Random(seed)
        self.faults: Counter[str] = Counter()
        self.answered: set[str] = set()
        self.twice = 0

    def __call__(self, body: dict[str, Any]) -> Step:
        key = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
        self.twice += key in self.answered
        text = self.model.script(body)
        if self.random.random() < self.share:
            name = self.random.choice(list(WIRE))
            self.faults[name] += 1
            return WIRE[name](text)
        self.answered.add(key)
        return Answer(text)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["nonsense", "faults", "matrix"])
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--share", type=float, default=0.3, help="of the calls that fail")
    parser.add_argument(
        "--judge", choices=["block", "off"], default="block", help="whether the model judges too"
    )
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    os.environ["OPENAI_API_KEY"] = "none"
    ends: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for number, (end, fault) in enumerate(RUNS[given.what](given), 1):
        ends[end] += 1
        wrong.update([fault] if fault else [])
        print(f"{number}/{given.runs} {end}", file=sys.stderr, flush=True)
    for end, count in ends.most_common():
        print(f"{count:5}  {end}")
    for fault, count in wrong.most_common():
        print(f"WRONG {count:5}  {fault}")
    return 1 if wrong else 0


def nonsense(given: argparse.Namespace) -> Iterator[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as weights, served(Path(weights)) as base_url:
        os.environ["OPENAI_BASE_URL"] = base_url
        for _ in range(given.runs):
            with tempfile.TemporaryDirectory() as folder:
                end, fault = drafted(Path(folder), Settings(max_rounds=1, judge=given.judge))
                yield end, fault or ("nonsense was accepted" if end.startswith("accepted") else "")


def faults(given: argparse.Namespace) -> Iterator[tuple[str, str]]:
    clock = Clock()
    open_module.wire = lambda *a, **k: replace(wire(*a, **k), sleep=clock.sleep, clock=clock)  # type: ignore[assignment]
    service = Service()
    os.environ["OPENAI_BASE_URL"] = service.base_url
    seen: Counter[str] = Counter()
    try:
        for number in range(given.runs):
            failing = service.script = Failing(given.share, given.seed + number)
            with tempfile.TemporaryDirectory() as folder:
                end, fault = drafted(Path(folder), Settings(timeout=0.5, max_rounds=1))
                if end.startswith("failed"):  # the same command goes on
                    failing.share = 0.0
                    again, fault = drafted(Path(folder), Settings(timeout=0.5, max_rounds=1))
                    end = f"{end}; the same command again: {again.split(':')[0]}"
                seen += failing.faults
                yield end, fault or ("an answered call was asked again" if failing.twice else "")
    finally:
        service.close()
        print("faults:", dict(seen))


def matrix(given: argparse.Namespace) -> Iterator[tuple[str, str]]:
    clock = Clock()
    open_module.wire = lambda *a, **k: replace(wire(*a, **k), sleep=clock.sleep, clock=clock)  # type: ignore[assignment]
    service = Service()
    os.environ["OPENAI_BASE_URL"] = service.base_url
    try:
        for place in PLACES:
            for name, fault in WIRE.items():
                for times, how in ((1, "once"), (10**6, "for good")):
                    flow = service.script = Flow(place, fault, times)
                    settings = Settings(timeout=0.4, max_rounds=2, context_tokens=flow.context)
                    with tempfile.TemporaryDirectory() as folder:
                        end, wrong = drafted(Path(folder), settings, flow.incident)
                    kind = end.split(":")[0] if end.startswith("failed") else end
                    print(f"{place:18} {name:20} {how:8} {end}")
                    yield f"{how}: {kind}", wrong or ("" if flow.spoilt else "the fault was not met")
    finally:
        service.close()


def drafted(folder: Path, settings: Settings, incident: Path = INCIDENT) -> tuple[str, str]:
    """How a draft ended, and what is wrong with that, if anything."""
    os.environ["POSTMORTEM_CACHE"] = str(folder / "cache")
    try:
        result = story.draft(
            incident, out=folder / "out", model="openai:tiny", settings=settings, today=TODAY
        )
    except ModelError as error:
        return f"failed: {str(error)[:90]}", ""
    assert result.folder is not None
    missing = OWN_FILES - {f.name for f in result.folder.iterdir()}
    blocking = sorted({f.criterion for f in result.evaluation.findings if f.severity == "blocking"})
    end = result.verdict + (f": {', '.join(blocking)}" if result.verdict == "rejected" else "")
    return end, f"files are missing: {sorted(missing)}" if missing else ""


RUNS: dict[str, Callable[[argparse.Namespace], Iterator[tuple[str, str]]]] = {
    "nonsense": nonsense,
    "faults": faults,
    "matrix": matrix,
}

if __name__ == "__main__":
    sys.exit(main())
