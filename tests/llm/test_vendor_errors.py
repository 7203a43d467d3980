"""Each vendor's own classes for the same few faults, as their libraries raise them (seen with each)."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from pipeline.llm.failure import Kind
from pipeline.llm.vendor_errors import failure

CALL = httpx.Request("POST", "http://127.0.0.1/v1")


def http_error(status: int, **headers: str) -> httpx.HTTPStatusError:
    """Of mistral."""
    told = httpx.Response(status, headers=headers, request=CALL)
    return httpx.HTTPStatusError(f"Error response {status}", request=CALL, response=told)


def http_error_of(words: str) -> Exception:
    """Of mistral, where the connection fails."""
    return httpx.ConnectError(words, request=CALL)


class APIStatusError(Exception):
    """Of anthropic and groq."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(f"Error code: {status} - {{'type': 'error'}}")
        self.status_code = status
        self.body = {"type": "error", "error": {"type": "some_error", "message": message}}


class ClientError(Exception):
    """Of aws."""

    def __init__(self, status: int, message: str, **headers: str) -> None:
        super().__init__(message)
        self.response: dict[str, Any] = {
            "Error": {"Code": "SomeException"},
            "ResponseMetadata": {"HTTPStatusCode": status, "HTTPHeaders": headers},
        }


class HTTPClientError(Exception):
    """Of aws; ConnectionClosedError is one."""


class GoogleRateLimitError(Exception):
    """Of google: it says nothing itself, and what caused it says all."""


def google(code: int) -> Exception:
    cause = Exception("RESOURCE_EXHAUSTED")
    cause.code = code  # type: ignore[attr-defined]
    error = GoogleRateLimitError("Error calling model")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (http_error(401), "key", "HTTP 401"),
        (http_error(503), "service", "HTTP 503"),
        (httpx.ReadTimeout("slow", request=CALL), "connection", "did not answer in time"),
        (httpx.RemoteProtocolError("closed", request=CALL), "connection", "cannot be reached"),
        (APIStatusError(404, "no such model"), "model", "HTTP 404: no such model"),
        (APIStatusError(400, "prompt is too long: 210000 tokens > 200000"), "context", "longer than"),
        (APIStatusError(429, "tokens per minute over the context window of a minute"), "busy", "HTTP 429"),
        (ClientError(429, "throttled"), "busy", "HTTP 429"),
        (ClientError(400, "Input is too long for requested model."), "context", "longer than"),
        (HTTPClientError("closed"), "connection", "cannot be reached"),
        (google(429), "busy", "HTTP 429"),
        (google(500), "service", "HTTP 500"),
        (KeyError("choices"), "unreadable", "KeyError"),
    ],
)
def test_each_class_of_a_vendor_is_one_of_the_known_kinds(error: Exception, kind: Kind, words: str) -> None:
    failed = failure("some:model", error)
    assert failed.kind == kind
    assert words in str(failed)


@pytest.mark.parametrize(
    "error", [http_error(429, **{"retry-after": "7"}), ClientError(429, "throttled", **{"retry-after": "7"})]
)
def test_when_to_come_back_is_read_wherever_it_stands(error: Exception) -> None:
    assert failure("some:model", error).retry_after == 7


@pytest.mark.parametrize(
    "error",
    [
        APIStatusError(401, "Incorrect API key provided: sk-proj-madeUp0123456789abcdef. See the docs."),
        APIStatusError(401, "Incorrect API key provided: made-Up-0123"),
        ClientError(
            403, "the token ghp_a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6q7r8 may not, ask kim.doe@mail.example"
        ),
        http_error_of("https://user:Win-ter-77@models.example/v1 is gone"),
        APIStatusError(400, "x" * 190 + " sk-proj-madeUp0123456789abcdef"),
    ],
)
def test_no_secret_that_a_service_repeats_is_told(error: Exception) -> None:
    told = str(failure("some:model", error))
    assert [s for s in ("sk-", "made", "0123", "ghp_", "kim.doe", "Win-ter") if s in told] == []
