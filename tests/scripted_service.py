"""A small OpenAI-compatible service that answers by a script: what a real server can't be made to do."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest


@dataclass(frozen=True)
class Answer:
    """A reply of the model; `usage` is (prompt, completion)."""

    text: str | None
    finish: str = "stop"
    refusal: str | None = None
    usage: tuple[int, int] = (100, 10)


@dataclass(frozen=True)
class Status:
    """An error of the service."""

    code: int
    message: str = "no"
    headers: Mapping[str, str] = field(default_factory=dict)
    error_code: str | None = None


@dataclass(frozen=True)
class Body:
    """Raw bytes with status 200; `promised` is the length that the header states."""

    raw: bytes
    promised: int | None = None


class Drop:
    """The connection closes without an answer."""


class Hang:
    """No answer until the service is closed."""


Step = Answer | Status | Body | Drop | Hang
Script = Callable[[dict[str, Any]], Step]


class Service:
    """Answers each request with the next step; the last one stays. `requests` are the bodies it saw."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.connections = 0
        self.steps: list[Step] = []
        self.script: Script | None = None
        self.closing = threading.Event()
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.base_url = f"http://127.0.0.1:{self._server.server_port}/v1"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def next_step(self, body: dict[str, Any], headers: dict[str, str]) -> Step:
        with self._lock:
            self.requests.append(body)
            self.headers.append(headers)
            if self.script is not None:
                return self.script(body)
            return self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]

    def close(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def service() -> Iterator[Service]:
    running = Service()
    yield running
    running.close()


def _handler(service: Service) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            """Silent: the tests read what they need from the service."""

        def handle(self) -> None:
            service.connections += 1
            super().handle()

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            step = service.next_step(body, dict(self.headers))
            if isinstance(step, Hang):
                service.closing.wait()
            if isinstance(step, Hang | Drop):
                self.close_connection = True
            elif isinstance(step, Body):
                self._send(200, step.raw, {}, step.promised)
            elif isinstance(step, Status):
                error = {"message": step.message, "type": "error", "code": step.error_code}
                self._send(step.code, json.dumps({"error": error}).encode(), step.headers)
            else:
                self._send(200, json.dumps(completion(step, body["model"])).encode(), {})

        def _send(
            self, code: int, raw: bytes, headers: Mapping[str, str], promised: int | None = None
        ) -> None:
            self.send_response(code)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(promised or len(raw)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(raw)
            self.close_connection = promised is not None

    return Handler


def completion(answer: Answer, model: str) -> dict[str, Any]:
    """A chat completion as the protocol writes it."""
    message = {"role": "assistant", "content": answer.text, "refusal": answer.refusal}
    prompt, made = answer.usage
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_700_000_000,
        "model": f"{model}-2026-01-01",
        "choices": [{"index": 0, "message": message, "finish_reason": answer.finish}],
        "usage": {"prompt_tokens": prompt, "completion_tokens": made, "total_tokens": prompt + made},
    }
