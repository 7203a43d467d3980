"""How fast `check` is beside proselint, on the same files in one run: time, megabytes a second, memory, the ratio.

    .venv/bin/python tests/benchmarks/check_speed.py --proselint /path/to/venv/bin/proselint FOLDER...

proselint is in an environment of its own, for it is no dependency; give the option once for each version to compare.
Every program is started anew for each round, without answers of the round before, is given all files at once, and prints to nowhere; of the rounds the
fastest counts, so that what else the machine does counts least. `start` is `check` of the smallest file. With
`--jobs` more processes are tried too, beside what two processes that only count bring on this machine.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

SUFFIXES = (".md", ".markdown", ".txt")


class Run(NamedTuple):
    seconds: float
    processor: float
    peak: float  # megabytes of the largest process


def timed(command: Sequence[str], home: str) -> Run:
    """`home` is an empty folder: proselint keeps its answers there, and would only look them up the next time."""
    environment = (
        os.environ if command[0] == sys.executable else {**os.environ, "HOME": home, "XDG_CACHE_HOME": home}
    )
    began = time.perf_counter()
    with open(os.devnull, "wb") as nowhere:
        process = subprocess.Popen(command, stdout=nowhere, stderr=nowhere, env=environment)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{command[0]} ended with {process.returncode}")
    seconds = time.perf_counter() - began
    return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def fastest(command: Sequence[str], rounds: int) -> Run:
    runs = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as home:
            runs.append(timed(command, home))
    return Run(min(r.seconds for r in runs), min(r.processor for r in runs), max(r.peak for r in runs))


def files_below(folders: Sequence[Path]) -> list[Path]:
    found: list[Path] = []
    for folder in folders:
        inside = [folder] if folder.is_file() else sorted(folder.rglob("*"))
        found += [f for f in inside if f.suffix in SUFFIXES and f.is_file()]
    return found


def proselint(program: str) -> list[str]:
    """Its newer versions have commands, the older ones have not."""
    said = subprocess.run([program, "--help"], capture_output=True, text=True, check=True).stdout
    return [program, "check"] if "commands:" in said else [program]


def version_of(program: str) -> str:
    python = Path(program).with_name("python")
    code = "import importlib.metadata as m; print(m.version('proselint'))"
    return subprocess.run(
        [str(python), "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()


def count_up(_: int) -> int:
    return sum(range(10_000_000))


def gain_of_two() -> float:
    """How much sooner two processes that only count are done than one that does both."""
    began = time.perf_counter()
    count_up(0), count_up(0)
    alone = time.perf_counter() - began
    with multiprocessing.Pool(2) as pool:
        pool.map(count_up, [0, 0])  # started
        began = time.perf_counter()
        pool.map(count_up, [0, 0], chunksize=1)
        return alone / (time.perf_counter() - began)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--proselint", action="append", default=[], metavar="PROGRAM")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, nargs="*", default=[])
    asked = parser.parse_args()
    files = files_below(asked.folders)
    names = [str(f) for f in files]
    megabytes = sum(f.stat().st_size for f in files) / 1e6
    print(f"{len(files)} files, {megabytes:.2f} MB, {os.cpu_count()} processors")
    check = [sys.executable, "-m", "pipeline", "check", "--quiet"]
    programs = {"check --jobs 1": [*check, "--jobs", "1"]}
    programs |= {f"check --jobs {n}": [*check, "--jobs", str(n)] for n in asked.jobs}
    programs |= {f"proselint {version_of(p)}": proselint(p) for p in asked.proselint}
    rows = {name: fastest([*command, *names], asked.rounds) for name, command in programs.items()}
    ours = rows["check --jobs 1"]
    print(f"{'':20}{'seconds':>9}{'processor':>11}{'MB/s':>9}{'peak MB':>9}  check --jobs 1 is")
    for name, run in rows.items():
        ratio = "" if run is ours else f"{run.seconds / ours.seconds:.2f} times as fast"
        print(
            f"{name:20}{run.seconds:9.2f}{run.processor:11.2f}{megabytes / run.seconds:9.3f}{run.peak:9.0f}  {ratio}"
        )
    smallest = min(files, key=lambda f: f.stat().st_size)
    start = fastest([*check, str(smallest)], max(5, asked.rounds))
    print(f"start: {start.seconds:.2f} s, {start.processor:.2f} s of processor time, {start.peak:.0f} MB")
    if asked.jobs:
        print(
            f"two processes that only count are done {gain_of_two():.2f} times as soon as one that does both"
        )


if __name__ == "__main__":
    main()
