"""The same check in several processes; an interrupt ends them all, and one that dies is told."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from pipeline.cli.bench import Bench
from pipeline.cli.checking import Checking
from pipeline.cli.console import Console
from pipeline.errors import InputError
from pipeline.rubric.report.results import Checked
from pipeline.rubric.sources import Source

CHUNK = 8  # documents that a process takes at once, at most: small enough to end together
Told = bytes | tuple[str, str, str]  # a result packed, or the parts of an error


def check_in_processes(
    checking: Checking, sources: Sequence[Source], jobs: int
) -> Iterator[Checked | InputError]:
    chunk = max(1, min(CHUNK, len(sources) // (jobs * 4)))
    pool = ProcessPoolExecutor(jobs, initializer=_begin, initargs=(checking,))
    try:
        for told in pool.map(_checked, sources, chunksize=chunk):
            yield Checked.unpacked(told) if isinstance(told, bytes) else InputError(*told)
    except BrokenProcessPool as error:
        raise InputError("--jobs", "a process ended in the middle of its work", "use --jobs 1") from error
    except BaseException:  # an interrupt: what is in flight is not waited for
        for process in multiprocessing.active_children():
            process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


_here: Checking  # in a process of the pool: what it checks with


def _begin(checking: Checking) -> None:
    global _here
    _here = checking
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is the first process's to handle


def _checked(source: Source) -> Told:
    told = _here.checked_or_failed(source, Bench(None, None, None, Console()))
    return (told.where, told.problem, told.advice) if isinstance(told, InputError) else told.packed()
