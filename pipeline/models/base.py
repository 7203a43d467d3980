"""The base of every domain type: frozen, strict about unknown fields, printed in one way."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, PlainSerializer


class Frozen(BaseModel):
    """A value: it cannot change, and it refuses a field that it does not know."""

    # What validates a type is built when the first value is made: few commands make values of all types.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


def to_utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    return moment.astimezone(UTC)


def rfc3339(moment: datetime) -> str:
    """`2026-03-18T06:20:15Z`: UTC, whole seconds, as every file of this program prints a time."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


UtcTime = Annotated[
    datetime, AfterValidator(to_utc), PlainSerializer(rfc3339, return_type=str, when_used="json")
]
Precision = Literal["exact", "minute", "approximate"]
ActorKind = Literal["person", "role", "team", "organisation", "system", "unknown"]
EventClass = Literal["TRG", "ONS", "DET", "ESC", "DIA", "ATT", "MIT", "RES", "COM", "FUP"]
Basis = Literal["observed", "stated", "inferred", "disputed"]
