"""The turning points that the tellings themselves show: onset, first signal, recovery, close."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from pipeline.evidence.candidates import Candidate
from pipeline.models.base import EventClass


_REACH = timedelta(hours=3)  # how far before the first signal a symptom is still its own
_REOPENS = timedelta(hours=6)


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
        """The first page, alert or report that somebody got, at or after onset where onset is known.

        Without a known onset a page says more than a chat, which talks of trouble all day.
        """
        signals = [c for c in self._found if not c.by_hand and self._is_signal(c)]
        if self.onset:
            after = [c for c in signals if c.time >= self.onset - timedelta(minutes=1)]
            return after[0].time if after else None
        pages = [c for c in signals if c.kind == "page"]
        chosen = pages or signals
        return chosen[0].time if chosen else None

    @staticmethod
    def _is_signal(c: Candidate) -> bool:
        if c.kind in ("page", "bot"):
            return c.kind == "page" or c.reading.has("alert", "symptom")
        return c.kind == "message" and c.at_home and c.reading.has("symptom", "alert", "report")

    def _earliest_symptom(self) -> datetime | None:
        """Without a declared onset: a time that somebody stated for it, else the first symptom shortly before
        the first signal, else that signal."""
        if self.detected is None:
            return None
        near = [
            c
            for c in self._found
            if self.detected - _REACH <= c.time <= self.detected
            and c.reading.has("symptom", "alert", "report")
        ]
        stated = [c for c in near if c.by_hand]
        return (stated or near)[0].time if near else self.detected

    def _close(self) -> datetime | None:
        """When it was said to be over, where it was handled. A later word counts only where it had gone on."""
        closes = [
            c
            for c in self._found
            if c.reading.has("close")
            and not c.reading.question
            and c.at_home
            and c.kind in ("message", "status", "row", "page")
            and (self.detected is None or c.time > self.detected)
        ]
        said = [c for c in closes if c.kind in ("message", "row") and c.reading.act != "posted"]
        chosen = said or closes
        if not chosen:
            return None
        last = chosen[0]
        for c in chosen[1:]:
            if c.time - last.time <= _REOPENS and self._went_on(last.time, c.time):
                last = c
        return last.time

    def _went_on(self, start: datetime, end: datetime) -> bool:
        between = [c for c in self._found if start < c.time < end and c.at_home and c.kind == "message"]
        return sum(c.reading.has("symptom", "intervene") for c in between) >= 2

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
