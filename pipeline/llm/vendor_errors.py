"""What an exception of a vendor's library means, told by its status, its words and the names of its classes.

Each vendor has classes of its own for the same few faults, and none of them is imported here: most are not
installed. Tried with the libraries of openai, anthropic, google, ollama, mistral, groq and aws.
"""

from __future__ import annotations

import email.utils
import re
import time
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.artifacts.redaction import redact
from pipeline.llm.failure import CallFailed, Kind

_BY_STATUS: dict[int, Kind] = {
    401: "key",
    403: "key",
    404: "model",
    408: "connection",
    409: "busy",
    429: "busy",
}
_TOO_LONG = re.compile(
    r"context[ _](?:length|size|window)|(?:prompt|input) is too long|exceeds the maximum number of tokens",
    re.IGNORECASE,
)
_LATE = {"TimeoutError", "TimeoutException", "APITimeoutError", "ModelTimeoutError", "ReadTimeoutError"}
_OUT_OF_REACH = {
    "OSError",
    "TransportError",
    "APIConnectionError",
    "ModelConnectionError",
    "HTTPClientError",
}


def failure(spec: str, error: Exception) -> CallFailed:
    chain = list(_chain(error))
    names = {kind.__name__ for link in chain for kind in type(link).__mro__}
    status = next((found for link in chain if (found := _status(link)) is not None), None)
    problem = next((told for link in chain if (told := _told(link))), type(error).__name__)
    if "ContextOverflowError" in names or (status != 429 and _says_too_long(chain)):
        return CallFailed(spec, "context", "the prompt is longer than the model's context")
    if any(getattr(link, "code", None) == "insufficient_quota" for link in chain):
        return CallFailed(spec, "quota", problem)
    if status is not None:
        kind = _BY_STATUS.get(status, "service" if status >= 500 else "request")
        return CallFailed(spec, kind, f"HTTP {status}: {problem}", _retry_after(chain))
    if names & _LATE:
        return CallFailed(spec, "connection", "the service did not answer in time")
    if names & _OUT_OF_REACH:
        return CallFailed(spec, "connection", f"the service cannot be reached ({problem})")
    if getattr(error, "is_retryable", None) is False:  # LangChain's word for what vendors refuse
        return CallFailed(spec, "request", problem)
    # An answer without choices, a page of HTML, half a body: the libraries fail on these in many ways.
    return CallFailed(spec, "unreadable", f"the service's answer cannot be read ({type(error).__name__})")


def first_line(error: BaseException) -> str:
    return _short(str(error)) or type(error).__name__


def _short(words: str) -> str:
    """The first line, redacted as a whole: half a secret is known for none."""
    lines = redact(words).text.strip().splitlines()
    return lines[0][:200].rstrip(".") if lines else ""


def _chain(error: BaseException) -> Iterator[BaseException]:
    link: BaseException | None = error
    while link is not None:
        yield link
        link = link.__cause__


def _status(error: BaseException) -> int | None:
    response = getattr(error, "response", None)
    if isinstance(response, Mapping):  # aws
        found = response.get("ResponseMetadata", {}).get("HTTPStatusCode")
    else:
        found = getattr(response, "status_code", None)
    for status in (getattr(error, "status_code", None), getattr(error, "code", None), found):
        if isinstance(status, int) and 400 <= status < 600:
            return status
    return None


def _told(error: BaseException) -> str:
    """The service's own words, without what the library wraps them in, and without the key that some repeat."""
    body: Any = getattr(error, "body", None)
    if isinstance(body, Mapping):
        inner = body.get("error")
        words = (inner if isinstance(inner, Mapping) else body).get("message")
        if isinstance(words, str) and words.strip():
            return _short(words)
    return first_line(error)


def _says_too_long(chain: list[BaseException]) -> bool:
    words = (str(getattr(link, part, "")) for link in chain for part in ("code", "type"))
    return bool(_TOO_LONG.search(" ".join((*map(str, chain), *map(_told, chain), *words))))


def _retry_after(chain: list[BaseException]) -> float | None:
    """Seconds from the Retry-After header, which is a number or an HTTP date."""
    for link in chain:
        response = getattr(link, "response", None)
        if isinstance(response, Mapping):
            headers = response.get("ResponseMetadata", {}).get("HTTPHeaders")
        else:
            headers = getattr(response, "headers", None)
        value = headers.get("retry-after") if headers is not None else None
        if not value:
            continue
        try:
            return max(0.0, float(value))
        except ValueError:
            parsed = email.utils.parsedate_tz(value)
            return max(0.0, email.utils.mktime_tz(parsed) - time.time()) if parsed else None
    return None
