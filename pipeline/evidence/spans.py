"""From when to when documents say that impact lasted: ranges in their parts on impact, final words first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.documents.headings import parts_of
from pipeline.evidence.phases import Span
from pipeline.models.record import Record

_RANK = {"resolution summary": 0, "root cause": 1, None: 2, "mitigation log": 3, "incident brief": 4}
_IMPACT = re.compile(r"impact|outage|downtime|affected", re.I)


def impact_spans(records: Sequence[Record]) -> tuple[Span, ...]:
    """The stated spans, of the most final document first."""
    stating = [
        r
        for r in records
        if r.time
        and r.until
        and r.until > r.time
        and r.kind in ("statement", "field", "row")
        and _on_impact(r)
    ]
    stating.sort(key=lambda r: _RANK.get(r.document, 2))
    return tuple(Span(r.time, r.until, r.id) for r in stating if r.time and r.until)


def _on_impact(record: Record) -> bool:
    heading = record.section.split(" > ")[-1]
    if "impact" in parts_of(heading) or _IMPACT.search(heading):
        return True
    return record.kind == "field" and bool(_IMPACT.match(record.text))
