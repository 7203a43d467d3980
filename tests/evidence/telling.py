"""Hand-made records of one invented incident day, and their arrangement into a case."""

from __future__ import annotations

from datetime import UTC, datetime

from pipeline.evidence.arrange import arrange
from pipeline.language.people import People
from pipeline.models.case import Case, Event
from pipeline.models.incident import Incident, Person
from pipeline.models.record import Artifacts, Record, RecordKind

ROSTER = (
    Person(name="Noor Haddad", handles=("noor",), role="on-call"),
    Person(name="Ivo Brandt", handles=("ivo",), role="incident commander"),
    Person(name="Tess Moreno", handles=("tess",), role="support"),
)


def at(clock: str, day: int = 2) -> datetime:
    hour, minute, *second = (int(part) for part in clock.split(":"))
    return datetime(2030, 5, day, hour, minute, *second, tzinfo=UTC)


def said(number: int, clock: str, actor: str, text: str, channel: str | None = "inc-labels") -> Record:
    return Record(
        id=f"E{number}",
        source="chat.txt",
        locator=f"line {number}",
        kind="message",
        text=text,
        time=at(clock),
        precision="exact",
        actor=actor,
        actor_kind="person",
        channel=channel,
    )


def paged(number: int, clock: str, text: str, actor: str = "PagerDuty") -> Record:
    return Record(
        id=f"E{number}",
        source="pager/log.json",
        locator=f"/{number}",
        kind="page",
        text=text,
        time=at(clock),
        precision="exact",
        actor=actor,
        actor_kind="system" if actor == "PagerDuty" else "person",
    )


def written(
    number: int,
    text: str,
    clock: str | None = None,
    *,
    document: str = "root cause",
    kind: RecordKind = "statement",
    section: str = "Root cause > What happened",
    actor: str | None = None,
    until: str | None = None,
    day: int = 2,
    zone_basis: str = "the document says UTC",
    columns: tuple[tuple[str, str], ...] = (),
) -> Record:
    return Record(
        id=f"E{number}",
        source=f"{document}.md",
        locator=f"line {number}",
        kind=kind,
        text=text,
        time=at(clock, day) if clock else None,
        until=at(until, day) if until else None,
        precision="minute" if clock else None,
        zone_basis=zone_basis,
        offset_minutes=0 if clock else None,
        actor=actor,
        actor_kind="person" if actor else "unknown",
        document=document,  # type: ignore[arg-type]
        section=section,
        columns=columns,
    )


def arranged(*records: Record) -> Case:
    incident = Incident(name="labels", id="labels", roster=ROSTER)
    return arrange(Artifacts(incident=incident, records=records), People.from_roster(ROSTER))


def telling(case: Case, words: str) -> Event | None:
    """The event whose text holds these words."""
    return next((e for e in case.events if words in e.text), None)


# A short incident that most tests vary: page, command, an attempt in vain, one that works, and the close.
COURSE = (
    paged(1, "09:14:40", "[#77] LabelQueueHigh triggered on label-api (Triggered through the API)."),
    said(2, "09:16:00", "Noor Haddad", "I have the page. label queue is growing, labels fail with 503"),
    said(
        3, "09:20:00", "Ivo Brandt", "SEV2, I take incident command. Noor investigates, Tess tells customers"
    ),
    said(4, "09:25:00", "Noor Haddad", "restarting label-api"),
    said(5, "09:31:00", "Noor Haddad", "restart done, labels still fail. no effect"),
    said(6, "09:40:00", "Noor Haddad", "rolling label-api back to build 76"),
    said(7, "09:52:00", "Noor Haddad", "all 12 printers get labels again, queue is at 0"),
    said(8, "09:55:00", "Tess Moreno", "status page: labels work again"),
    said(9, "10:20:00", "Ivo Brandt", "half an hour clean. resolved"),
)
