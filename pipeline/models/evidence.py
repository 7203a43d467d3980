"""What became of every record (schema `evidence/1`): one line of evidence.jsonl each."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pipeline.models.base import Frozen, Precision, UtcTime
from pipeline.models.record import Disposition


class EvidenceHead(Frozen):
    """The first line."""

    schema_: Literal["evidence/1"] = Field(default="evidence/1", alias="schema")

    model_config = Frozen.model_config | {"populate_by_name": True}


class EvidenceRow(Frozen):
    """A record; or, where `count` is given, a run of alike records from `id` at `locator` to `last` at `last_locator`.

    Of a run the first record's text stands for all; `until` is the last one's time.
    """

    id: str
    source: str
    locator: str
    time: UtcTime | None = None
    until: UtcTime | None = None
    precision: Precision | None = None
    zone_basis: str | None = None
    actor: str | None = None
    text: str
    state: Disposition
    reason: str | None = None
    count: int | None = None
    last: str | None = None
    last_locator: str | None = None
