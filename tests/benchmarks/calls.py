"""CPU time of a call through the whole stack, beside the bare openai SDK with the same requests.

    python tests/benchmarks/calls.py [--calls N]

The service answers from another process, so that its time is not counted. Not collected by pytest.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from scripted_service import Answer, Service  # noqa: E402

from pipeline.config import Limits  # noqa: E402
from pipeline.llm.langchain_model import LangChainModel  # noqa: E402
from pipeline.llm.open import Wire, open_model  # noqa: E402
from pipeline.llm.port import Message, Request  # noqa: E402
from pipeline.llm.recording import Meter  # noqa: E402
from pipeline.llm.schema import ReplyModel, json_schema  # noqa: E402

LINE = "2031-02-11T04:05:{:02d}Z WARN pool-3 ledger retry {} after 1500ms, the queue is not draining\n"


class Statement(ReplyModel):
    text: str
    evidence: list[str]


class Draft(ReplyModel):
    title: str
    statements: list[Statement]


REPLY = json.dumps(
    {"title": "The queue", "statements": [{"text": "The queue stopped draining.", "evidence": ["E1"]}] * 40}
)


def serve(pipe: Connection) -> None:
    service = Service()
    service.steps = [Answer(REPLY)]
    pipe.send(service.base_url)
    pipe.recv()
    service.close()


@contextmanager
def server() -> Iterator[str]:
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(there,))
    process.start()
    yield here.recv()
    here.send("close")
    process.join()


def request(number: int, size: int) -> Request:
    """No two are the same, so that none is answered from the cache by accident."""
    lines = (LINE.format(at % 60, number) for at in range(size // len(LINE) + 1))
    return Request((Message("system", "Be brief."), Message("user", "".join(lines)[:size])), Draft)


def per_call(call: Callable[[Request], object], requests: list[Request]) -> float:
    """Milliseconds of this process's CPU time."""
    for warm_up in requests[:5]:
        call(warm_up)
    started = time.process_time()
    for asked in requests[5:]:
        call(asked)
    return (time.process_time() - started) * 1000 / len(requests[5:])


def bare_sdk(base_url: str) -> Callable[[Request], object]:
    from openai import OpenAI

    client = OpenAI(base_url=base_url, api_key="none", max_retries=0, timeout=30)
    wanted = {"name": "Draft", "strict": True, "schema": json_schema(Draft)}

    def call(asked: Request) -> object:
        made = client.chat.completions.create(
            model="probe",
            messages=[{"role": m.role, "content": m.content} for m in asked.messages],
            response_format={"type": "json_schema", "json_schema": wanted},
        )
        return Draft.model_validate_json(made.choices[0].message.content or "")

    return call


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--calls", type=int, default=200)
    calls = parser.parse_args().calls + 5
    with server() as base_url, tempfile.TemporaryDirectory() as folder:
        cache = Path(folder) / "replies.sqlite"
        plain = Wire(None, base_url)
        limited = Wire(None, base_url, limits=Limits(requests_per_minute=10**6, tokens_per_minute=10**9))
        ways: dict[str, Callable[[Request], object]] = {
            "bare openai SDK": bare_sdk(base_url),
            "LangChain alone": LangChainModel("openai:probe", base_url=base_url, api_key="none").complete,
            "whole stack, no cache": open_model(("openai:probe",), plain, Meter()).complete,
            "… with limits kept": open_model(("openai:probe",), limited, Meter()).complete,
            "… cache, asked first": open_model(("openai:probe",), Wire(cache, base_url), Meter()).complete,
            "… cache, asked again": open_model(("openai:probe",), Wire(cache, base_url), Meter()).complete,
        }
        for size in (2_000, 20_000, 100_000):
            requests = [request(number, size) for number in range(calls)]
            print(f"prompt of {size / 1000:g} kB:")
            bare = 0.0
            for name, call in ways.items():
                took = per_call(call, requests)
                bare = bare or took
                print(f"  {name:24} {took:7.2f} ms of CPU  {took / bare:5.2f} x")


if __name__ == "__main__":
    main()
