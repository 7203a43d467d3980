"""An end that comes before what it ends: an incident that is closed before anybody declared it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.rubric.chronology import Moment
from pipeline.rubric.named_kinds import named_kinds
from pipeline.rubric.telling import read_telling
from pipeline.rubric.told_times import MINUTE, Told


def find_close_before_call(entries: Sequence[Moment]) -> Told:
    told = [(e, read_telling(e.entry)) for e in entries if e.entry is not None]
    called = [e for e, t in told if t.called and not t.closed and not named_kinds(e.text) & {"TRG", "ONS"}]
    if not called:
        return
    first = min(called, key=lambda e: e.at)
    for e, t in told:
        begun = any(other.at < e.at and (o.forced or o.suffered or o.begun) for other, o in told)
        if begun and t.closed and e.at < first.at - MINUTE:
            yield (
                e.span,
                f"the incident is closed at {e.at:%H:%M}, before anybody declares it at {first.at:%H:%M} "
                f"(UTC, line {first.span.line})",
            )
            return
