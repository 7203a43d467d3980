"""Calls at once: what comes back, what ends them, and how an interrupt leaves them behind."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

import pytest
from model_case import CASE, record

from pipeline.agents.crew import Crew
from pipeline.agents.extract.extractor import Extractor
from pipeline.agents.judge.judge import Judge
from pipeline.agents.room import Room
from pipeline.documents.parse import parse
from pipeline.llm.port import Reply, Request
from pipeline.prompting.collection import load_prompts
from pipeline.rubric.engine import default_means

PATIENCE = 30  # seconds until a test gives up; none waits for it


def test_every_result_comes_back_under_the_number_of_its_call() -> None:
    crew = Crew([partial(str, n) for n in range(20)], most=3)
    assert dict(crew.results()) == {n: str(n) for n in range(20)}
    assert dict(Crew[str]([], most=3).results()) == {}


def fail() -> int:
    raise ValueError("no")


def test_what_one_raises_goes_up_and_no_further_one_begins() -> None:
    begun: list[int] = []
    with pytest.raises(ValueError, match="no"):
        list(Crew([fail, *[partial(begun.append, n) for n in range(9)]], most=1).results())
    assert begun == []


def test_those_under_way_are_waited_for_when_one_raises() -> None:
    failing, told = threading.Event(), list[tuple[int, int]]()

    def under_way() -> int:
        failing.wait(PATIENCE)
        return 7

    def fail_first() -> int:
        failing.set()
        return fail()

    with pytest.raises(ValueError, match="no"):
        told.extend(Crew([under_way, fail_first], most=2).results())
    assert told == [(0, 7)]


@dataclass
class Interrupted:
    """A service that never answers; at its first call somebody presses Ctrl-C."""

    name: str = "openai:silent"
    asked: list[threading.Thread] = field(default_factory=list)
    answer: threading.Event = field(default_factory=threading.Event)

    def complete(self, request: Request) -> Reply:
        self.asked.append(threading.current_thread())
        if len(self.asked) == 1:
            main = threading.main_thread().ident
            assert main is not None
            signal.pthread_kill(main, signal.SIGINT)
        self.answer.wait(PATIENCE)
        return Reply("{}", "silent")

    def ended(self) -> int:
        """How many calls there were, once every thread that made one has ended."""
        self.answer.set()
        for thread in self.asked:
            thread.join(PATIENCE)
        return len(self.asked)


@pytest.fixture
def model() -> Iterator[Interrupted]:
    model = Interrupted()
    yield model
    model.answer.set()


def test_an_interrupt_leaves_the_judge_s_calls_and_begins_no_other(model: Interrupted) -> None:
    lines = "\n\n".join(
        f"The queue number {n} stopped draining when the broker was full." for n in range(900)
    )
    with pytest.raises(KeyboardInterrupt):
        Judge(model).judge(parse(f"# Queues\n\n## Root cause\n\n{lines}\n"), default_means(), ())
    assert not model.answer.is_set()
    assert all(thread.daemon for thread in model.asked)
    assert model.ended() <= 4


def test_an_interrupt_leaves_the_reader_s_calls_and_begins_no_other(model: Interrupted) -> None:
    crowd = tuple(
        record(f"E{n}", "10:11", "Mira Holt", f"queue {n} stopped draining, the broker rejects its batches")
        for n in range(10, 900)
    )
    case = CASE.model_copy(update={"records": (*CASE.records, *crowd)})
    extractor = Extractor(model, load_prompts(), Room(6_000, 700), readers=3)
    with pytest.raises(KeyboardInterrupt):
        extractor.extract(case, case.records, 4_000)
    assert not model.answer.is_set()
    assert all(thread.daemon for thread in model.asked)
    assert model.ended() <= 3
