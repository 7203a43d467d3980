"""How it was found: by what, by whom, when relative to onset, and what an earlier signal did or did not do."""

from __future__ import annotations

from pipeline.agents.author.passages import part, passages, statement
from pipeline.agents.author.phrases import clock, minutes, quoted
from pipeline.evidence.declared import label_of
from pipeline.evidence.wording import clean
from pipeline.language.people import People
from pipeline.models.case import Case, Event
from pipeline.models.postmortem import Statement


def detection(case: Case, people: People) -> tuple[Statement, ...]:
    """The first signal against onset, who took it up, and what the documents say of detection."""
    told: list[Statement] = []
    first = _detecting_event(case)
    if first is not None:
        told.append(_first_signal(case, first))
    taken = next(
        (
            e
            for e in case.events
            if first is not None
            and e.time >= first.time
            and e.id != first.id
            and "acknowledg" in e.text.lower()
        ),
        None,
    )
    if taken is not None:
        words = f"{taken.actor} acknowledged the page at {clock(taken.time)}."
        told.append(Statement(text=words, evidence=taken.evidence[:1], basis="observed"))
    seen = {e for s in told for e in s.evidence}
    told += [s for s in passages(case, people, "detection") if not set(s.evidence) & seen][:3]
    told += [s for s in _fields(case, people) if not set(s.evidence) & seen][:2]
    return tuple(told[:6])


def _detecting_event(case: Case) -> Event | None:
    wanted = set(case.milestones.detected.evidence)
    return next((e for e in case.events if wanted & set(e.evidence)), None)


def _first_signal(case: Case, event: Event) -> Statement:
    """One sentence with mechanism, actor, time, and the interval since onset where onset is known."""
    onset = case.milestones.onset
    latency = case.latencies.detection.minutes
    since = ""
    evidence = event.evidence[:2]
    if latency is not None and onset.time is not None and latency > 0:
        since = f", {minutes(latency)} after onset at {clock(onset.time)}"
        evidence = tuple(dict.fromkeys(evidence + onset.evidence[:1]))
    elif latency == 0 and onset.time is not None:
        since = ", at onset"
        evidence = tuple(dict.fromkeys(evidence + onset.evidence[:1]))
    if event.quoted:
        words = f"The first signal was a message from {event.actor} at {clock(event.time)}{since}: “{quoted(event.text)}”."
    else:
        words = f"The first signal, by {event.actor} at {clock(event.time)}{since}, was: {event.text}"
    return Statement(text=words, evidence=evidence, basis="observed")


def _fields(case: Case, people: People) -> list[Statement]:
    """What the brief says of detection in a field of its own."""
    found = []
    for record in case.records:
        if record.kind not in ("field", "statement", "row") or part(record) == "detection":
            continue
        label = label_of(clean(record.text))
        if label and label[0] == "DET" and (made := statement(record, people)) is not None:
            found.append(made)
    return found
