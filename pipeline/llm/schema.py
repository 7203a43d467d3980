"""The JSON schema of a reply, in the dialect that every service's strict mode takes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class ReplyModel(BaseModel):
    """The base of every type that a model's reply is read into: no unknown field, none with a default."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def sent_pattern(pattern: str) -> Any:
    """A pattern that the service is asked to keep to, and that does not spoil a whole reply where it doesn't:
    what a bad id leads to is decided where ids are looked up."""
    return Field(json_schema_extra={"pattern": pattern})


@cache
def json_schema(into: type[BaseModel]) -> dict[str, Any]:
    """The schema that is sent for a reply type; one for all, not to be changed. Raises ValueError where
    strict mode would refuse it."""
    schema: dict[str, Any] = _untitled(into.model_json_schema())
    faults = list(lint(schema))
    if faults:
        raise ValueError(f"{into.__name__}: " + "; ".join(faults))
    return schema


def _untitled(value: Any) -> Any:
    """A schema without pydantic's titles, which repeat the names and are paid for as prompt tokens. A field
    that is named `title` stays: what it holds is no text."""
    if isinstance(value, dict):
        return {k: _untitled(v) for k, v in value.items() if k != "title" or not isinstance(v, str)}
    return [_untitled(v) for v in value] if isinstance(value, list) else value


def lint(schema: dict[str, Any]) -> Iterator[str]:
    r"""What strict mode refuses or servers ignore: open objects, optional fields, `\d` in a pattern.

    llama.cpp drops a pattern with `\d` in silence and lets the string be free (measured); hosted strict
    mode refuses an object whose keys are not named.
    """
    for path, node in _nodes(schema, "#"):
        if node.get("type") == "object":
            if node.get("additionalProperties") is not False:
                yield f"{path}: an object with free keys"
            optional = set(node.get("properties", {})) - set(node.get("required", ()))
            if optional:
                yield f"{path}: optional fields {', '.join(sorted(optional))}"
        if "\\" in node.get("pattern", ""):
            yield f"{path}: a pattern with a class escape"
        if "default" in node:
            yield f"{path}: a default"


def _nodes(value: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, dict):
        yield path, value
        for key, child in value.items():
            yield from _nodes(child, f"{path}/{key}")
    elif isinstance(value, list):
        for at, child in enumerate(value):
            yield from _nodes(child, f"{path}/{at}")
