"""The turning points that the tellings themselves show: onset, first signal, declaration, recovery, close."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipeline.evidence.candidates import Candidate
from pipeline.evidence.declared import label_of
from pipeline.evidence.paging import call_of
from pipeline.models.base import EventClass

_REACH = timedelta(hours=3)  # how far before the first signal a symptom is still its own
_REOPENS = timedelta(hours=6)
_SNAP = timedelta(seconds=90)
_VERIFIES = timedelta(minutes=10)  # how long after recovery somebody writes down that it is fixed
_AGREES = timedelta(minutes=3)  # how far two accounts of onset may lie apart and mean the same
_EARLY, _LATE = (
    timedelta(minutes=45),
    timedelta(minutes=3),
)  # of a first failure, against the brief's own onset
_CONFIRMS = timedelta(minutes=10)  # how long after the first report a brief may date detection
_SAME_WORD = timedelta(minutes=5)  # how far from a declared moment the words lie that declared it
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when a document says that impact lasted, and the record that says so."""

    start: datetime
    end: datetime
    record: str


class Phases:
    """Turning points as candidates, None where nothing shows them. Documents lead where they declare a moment,
    what was recorded as it happened makes it exact."""

    def __init__(self, found: Sequence[Candidate], spans: Sequence[Span] = ()) -> None:
        self._found = found
        first = self._first_signal(None)
        span = self._span(spans, first)
        self.onset = self._onset(span)
        self.detected = self._first_signal(self.onset) or first
        if self.onset is None:
            self.onset = self._earliest_symptom()
        self.declared = self._declaration()
        self.closed = self._close(None)
        self.recovered = self._recovery(span)
        if self.recovered is not None and self.closed is self.recovered:
            self.closed = self._close(self.recovered) or self.closed
        elif (
            self.recovered is not None and self.closed is not None and self.closed.time < self.recovered.time
        ):
            self.closed = self._close(self.recovered)  # what was closed before was something else

    def at(self, name: str) -> datetime | None:
        """The time of a turning point by its attribute's name."""
        c: Candidate | None = getattr(self, name)
        return c.time if c else None

    @property
    def points(self) -> tuple[Candidate, ...]:
        every = (self.onset, self.detected, self.declared, self.recovered, self.closed)
        return tuple(c for c in every if c is not None)

    # Onset and the first signal

    def _span(self, spans: Sequence[Span], first: Candidate | None) -> Span | None:
        """The stated span of impact that begins where onset is declared; where nothing declares it, the one that
        holds the first signal. Other spans tell of data, work or side effects."""
        declared = [c.time for c in self._declares("ONS")]
        if declared:
            return next((s for s in spans if any(abs(s.start - t) <= _AGREES for t in declared)), None)
        return next((s for s in spans if first is None or s.start - _MINUTE <= first.time <= s.end), None)

    def _declares(self, wanted: EventClass) -> list[Candidate]:
        return [c for c in self._found if c.declares == wanted]

    def _onset(self, span: Span | None) -> Candidate | None:
        """The start of a stated span, else what a cause document dates as first shortly before or at the brief's
        own word, else that word; made exact by what was recorded within a minute or so."""
        declared = self._declares("ONS")
        words = [c for c in declared if c.kind == "field"]
        firsts = [c for c in declared if c.kind != "field" or c.precision == "exact"]
        if words:
            firsts = [c for c in firsts if -_LATE <= words[0].time - c.time <= _EARLY]
        chosen = [c.time for c in (firsts or words)[:1]]
        if span is not None:
            chosen.insert(0, span.start)
        for moment in chosen:
            near = self._nearest(moment, lambda c: c.kind not in ("page", "status"))
            if near is not None:
                return near
        return next(iter(firsts or words), None)

    def _nearest(self, moment: datetime, test: Callable[[Candidate], bool]) -> Candidate | None:
        """The most telling candidate within a minute and a half: exact before coarse, then the nearest."""
        near = [c for c in self._found if abs(c.time - moment) <= _SNAP and test(c)]
        if not near:
            return None
        return min(
            near,
            key=lambda c: (
                c.kind == "field" and label_of(c.text) is not None,
                not (c.declares or c.reading.has("symptom", "trigger", "intervene", "recover", "complete")),
                c.precision != "exact",
                abs(c.time - moment),
            ),
        )

    def _first_signal(self, onset: Candidate | None) -> Candidate | None:
        """The first page, alert or report that somebody got, at or after onset where onset is known.

        Without a known onset a page says more than a chat, which talks of trouble all day.
        """
        signals = [c for c in self._found if self._is_signal(c)]
        if onset is not None:
            signals = [c for c in signals if c.time >= onset.time - _MINUTE and c is not onset]
        declared = [c for c in signals if c.declares == "DET"]
        if declared:  # a signal long before what a document calls detection was not recognised as one
            signals = [c for c in signals if c.time >= declared[0].time - _CONFIRMS]
        elif onset is None:
            signals = [c for c in signals if c.kind == "page"] or signals
        return signals[0] if signals else None

    @staticmethod
    def _is_signal(c: Candidate) -> bool:
        if c.kind == "stated":
            return False
        if c.declares == "DET" or (
            c.kind == "page" and call_of(c.text) in ("opened", "sent", "acknowledged")
        ):
            return True
        if c.logged and c.by_hand:
            return c.reading.has("alert", "report")
        if c.by_hand or c.reading.question:
            return False
        if c.kind == "bot":
            return c.at_home and c.reading.has("alert", "symptom")
        said = c.kind == "message" and c.at_home and not c.off_topic
        return said and c.reading.has("symptom", "alert", "report")

    def _earliest_symptom(self) -> Candidate | None:
        """Without a declared onset: a time that somebody stated for it, else the first symptom shortly before
        the first signal, else that signal."""
        if self.detected is None:
            return None
        end = self.detected.time
        near = [
            c
            for c in self._found
            if end - _REACH <= c.time <= end
            and c.at_home
            and not (c.reading.question or c.off_topic)
            and c.reading.has("symptom", "alert", "report")
        ]
        stated = [c for c in near if c.by_hand]
        return (stated or near or [self.detected])[0]

    # Declaration

    def _declaration(self) -> Candidate | None:
        """The first explicit word of severity or command by somebody who responds, or a document's own field."""
        since = self.detected.time - timedelta(minutes=5) if self.detected else None
        said = [
            c
            for c in self._found
            if (since is None or c.time >= since)
            and (c.declares == "ESC" or c.kind == "message" or c.logged)
            and (c.declares == "ESC" or (c.at_home and c.reading.has("declare", "command")))
            and not c.reading.question
            and c.reading.act != "handed over"
        ]
        return self._as_declared("ESC", said)

    def _as_declared(self, event_class: EventClass, said: Sequence[Candidate]) -> Candidate | None:
        """The first of what people said; where a document declares the moment, what they said within minutes of it."""
        declared = self._declares(event_class)
        if not declared:
            return said[0] if said else None
        near = [c for c in said if abs(c.time - declared[0].time) <= _SAME_WORD and c.kind != "field"]
        return min(near, key=lambda c: abs(c.time - declared[0].time), default=declared[0])

    # Recovery and close

    def _close(self, after: Candidate | None) -> Candidate | None:
        """When it was said to be over, where it was handled. A later word counts only where it had gone on."""
        since = after or self.detected
        closes = [
            c
            for c in self._found
            if c.reading.has("close")
            and not c.reading.question
            and c.at_home
            and c.kind in ("message", "status", "row", "page")
            and (since is None or (c.time >= since.time and c is not since))
        ]
        said = [c for c in closes if c.kind in ("message", "row") and c.reading.act != "posted"]
        chosen = said or closes
        if self._declares("RES"):
            return self._as_declared("RES", chosen)
        if not chosen:
            return None
        last = chosen[0]
        for c in chosen[1:]:
            if c.time - last.time <= _REOPENS and self._went_on(last.time, c.time):
                last = c
        return last

    def _went_on(self, start: datetime, end: datetime) -> bool:
        between = [c for c in self._found if start < c.time < end and c.at_home and c.kind == "message"]
        return sum(c.reading.has("symptom", "intervene", "no effect") for c in between) >= 2

    def _recovery(self, span: Span | None) -> Candidate | None:
        """When impact was over for users: the end of the stated span, else the first full recovery after the
        last change that somebody made, which people write down as "fixed" some minutes later."""
        fixed = self._declares("MIT")
        if span is not None and (not fixed or abs(fixed[0].time - span.end) <= _VERIFIES):
            near = self._nearest(span.end, lambda c: c.kind != "page")
            if near is not None:
                return near
        since = self.detected.time if self.detected else None
        until = self.closed.time if self.closed else None
        inside = [
            c for c in self._found if (since is None or c.time > since) and (until is None or c.time <= until)
        ]
        declared = [c for c in self._declares("MIT") if since is None or c.time > since]
        reports = [c for c in inside if _reports_recovery(c)]
        if declared:
            full = [
                c
                for c in reports
                if c.reading.has("complete") and declared[0].time - _VERIFIES <= c.time <= declared[0].time
            ]
            return full[0] if full else declared[0]
        changes = [c for c in inside if c.reading.has("intervene") and not c.reading.failed]
        last_change = changes[-1].time if changes else since
        later = [c for c in reports if last_change is None or c.time >= last_change]
        full = [c for c in later if c.reading.has("complete")]
        for chosen in (full[:1], later[:1], reports[-1:]):
            if chosen:
                return chosen[0]
        pages = [c for c in self._found if c.kind == "page" and "resolved" in c.text.lower()]
        if pages and since is not None and pages[-1].time > since:
            return pages[-1]
        return self.closed


def _reports_recovery(c: Candidate) -> bool:
    return (
        c.kind in ("message", "row", "bot")
        and c.reading.has("recover", "complete")
        and c.reading.act not in ("ruled out", "suspected", "posted", "asked", "planned")
        and not c.reading.question
        and not c.reading.failed
    )
