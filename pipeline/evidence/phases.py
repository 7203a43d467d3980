"""The turning points that the tellings themselves show: onset, first signal, recovery, close."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from pipeline.evidence.candidates import Candidate
from pipeline.models.base import EventClass


class Phases:
    """Times in UTC, None where nothing shows them. A document's own field leads; then what was recorded."""

    def __init__(self, found: Sequence[Candidate]) -> None:
        self._found = found
        self.onset = self._declared("ONS")
        signals = [t for t in (self._first_signal(), self._declared("DET")) if t is not None]
        self.detected = min(signals, default=None)
        if self.onset is None:
            self.onset = self._earliest_symptom()
        self.closed = self._close() or self._declared("RES")
        self.recovered = self._recovery()

    def _declared(self, wanted: EventClass) -> datetime | None:
        for c in self._found:
            if c.declares == wanted:
                return c.time
        return None

    def _first_signal(self) -> datetime | None:
        """The first page, alert or report that somebody got, at or after onset where onset is known."""
        for c in self._found:
            if self.onset and c.time < self.onset - timedelta(minutes=1):
                continue
            if c.by_hand:
                continue
            if c.kind in ("page", "bot") and c.reading.has("alert", "symptom"):
                return c.time
            if c.kind == "message" and c.reading.has("symptom", "alert", "report"):
                return c.time
        return None

    def _earliest_symptom(self) -> datetime | None:
        for c in self._found:
            if c.reading.has("symptom", "alert", "report") and (
                self.detected is None or c.time <= self.detected
            ):
                return c.time
        return self.detected

    def _close(self) -> datetime | None:
        """The last time that somebody said it is over; a status page or pager where nobody said so."""
        closes = [
            c
            for c in self._found
            if c.reading.has("close")
            and not c.reading.question
            and c.kind in ("message", "status", "row", "page")
            and (self.detected is None or c.time > self.detected)
        ]
        said = [c for c in closes if c.kind in ("message", "row") and c.reading.act != "posted"]
        chosen = said or closes
        return chosen[-1].time if chosen else None

    def _recovery(self) -> datetime | None:
        """The last report of recovery before the close."""
        times = [
            c.time
            for c in self._found
            if c.reading.has("recover", "complete")
            and not c.reading.question
            and not c.reading.failed
            and self.detected is not None
            and c.time > self.detected
            and (self.closed is None or c.time <= self.closed)
        ]
        return times[-1] if times else self.closed
