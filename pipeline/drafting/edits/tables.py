"""The tables of an edited document: timeline, figures, conflicts, milestones and latencies."""

from __future__ import annotations

import re

from pipeline.drafting.edits.blocks import Unit
from pipeline.drafting.edits.edit import Edit, kept_evidence
from pipeline.models.base import ActorKind
from pipeline.models.postmortem import (
    Account,
    Conflict,
    Figure,
    Latencies,
    Latency,
    Milestone,
    Milestones,
    TimelineEntry,
)
from pipeline.rendering.clock import PrintedTime, read_time
from pipeline.rendering.escaping import plain
from pipeline.rendering.intervals import read_minutes
from pipeline.rendering.layout import LATENCIES, MILESTONES, NOT_KNOWN, NOT_SETTLED
from pipeline.rendering.marks import MARK, read_sentence

LONGEST_EVENT = 300
TIME_FORMS = "write 06:20:15, 06:20, about 06:20 or 18 March, 06:20, all in UTC"
_FIGURE = re.compile(r"(?P<number>-?\d[\d,]*(?:\.\d+)?)\s*(?P<unit>%|\S.*)?")
_ACCOUNTS = re.compile(r"(?<=\]);\s+")


def read_timeline(edit: Edit) -> tuple[TimelineEntry, ...]:
    kinds: dict[str, ActorKind] = {e.actor: e.actor_kind for e in edit.old.timeline}

    def read(unit: Unit, old: TimelineEntry | None, known: Unit | None) -> TimelineEntry:
        time = _time_of(edit, unit, old, known)
        actor = plain(unit.cells.get("actor", "")) or "unknown"
        event = read_sentence(unit.cells.get("event", ""))
        if not event.text or len(event.text) > LONGEST_EVENT:
            raise edit.fail(unit, f"an event has 1 to {LONGEST_EVENT} characters", "say one thing an entry")
        evidence = read_sentence(" ".join(unit.cells.values())).evidence
        if old is None or known is None:
            return TimelineEntry(
                time=time.start,
                until=time.until,
                precision=time.precision,
                actor=actor,
                actor_kind=kinds.get(actor, "unknown"),
                event=event.text,
                evidence=evidence,
            )
        same_actor = plain(known.cells.get("actor", "")) == actor
        same_event = read_sentence(known.cells.get("event", "")).text == event.text
        return old.model_copy(
            update={
                "time": time.start,
                "until": time.until,
                "precision": time.precision,
                "actor": old.actor if same_actor else actor,
                "actor_kind": old.actor_kind if same_actor else kinds.get(actor, "unknown"),
                "event": old.event if same_event else event.text,
                "evidence": kept_evidence(evidence, old.evidence),
            }
        )

    return edit.join(edit.units("timeline", "row"), "timeline", "/timeline", edit.old.timeline, read)


def _time_of(edit: Edit, unit: Unit, old: TimelineEntry | None, known: Unit | None) -> PrintedTime:
    """The UTC column decides; the zone's column has to say the same where it says anything."""
    cell = unit.cells.get("utc", "")
    unchanged = (
        old is not None and known is not None and known.cells.get("utc") == cell and not edit.day_changed
    )
    if unchanged and old is not None:
        time: PrintedTime | None = PrintedTime(old.time, old.until, old.precision)
    else:
        time = read_time(cell, edit.clock.day)
    if time is None:
        raise edit.fail(unit, f"not a time: “{cell}”", TIME_FORMS)
    if time.until is not None and time.until < time.start:
        raise edit.fail(unit, f"“{cell}” ends before it begins", "add the date where it ends on another day")
    if edit.zone is not None:
        local = unit.cells.get(edit.clock.label.lower(), "")
        expected = edit.clock.local_cell(time.start, time.until, time.precision)
        said = read_time(local, edit.clock.day, edit.zone)
        if local and local != expected and (said is None or said.start != time.start):
            label = edit.clock.label
            raise edit.fail(
                unit, f"{cell} UTC is not {local} in {label}", f"write “{expected}” there, or leave it empty"
            )
    return time


def read_figures(edit: Edit) -> tuple[Figure, ...]:
    def read(unit: Unit, old: Figure | None, known: Unit | None) -> Figure:
        cells = unit.cells
        what, text = plain(cells.get("what", "")), plain(cells.get("figure", ""))
        final = cells.get("final", "").lower()
        if final not in ("yes", "no", ""):
            raise edit.fail(unit, f"a figure is final or not: “{final}”", "write yes or no")
        value, unit_of_it, approximate = _figure(text)
        told = {
            "what": what,
            "value": value,
            "unit": unit_of_it if unit_of_it is not None else (old.unit if old else ""),
            "approximate": approximate,
            "final": final == "yes",
        }
        evidence = read_sentence(" ".join(cells.values())).evidence
        if old is None or known is None:
            return Figure(**told, evidence=evidence)
        if plain(known.cells.get("figure", "")) == text:
            told |= {"value": old.value, "unit": old.unit, "approximate": old.approximate}
        if plain(known.cells.get("what", "")) == what:
            told["what"] = old.what
        return old.model_copy(update=told | {"evidence": kept_evidence(evidence, old.evidence)})

    return edit.join(edit.units("impact", "row"), "impact", "/impact/figures", edit.old.impact.figures, read)


def _figure(text: str) -> tuple[float | int | str, str | None, bool]:
    """Value, unit (None where it has none) and whether it is approximate."""
    approximate = text.startswith("about ")
    rest = text.removeprefix("about ").strip()
    found = _FIGURE.fullmatch(rest)
    if found is None:
        return rest, None, approximate
    number = found["number"].replace(",", "")
    unit = "percent" if found["unit"] == "%" else found["unit"]
    return float(number) if "." in number else int(number), unit or "", approximate


def read_conflicts(edit: Edit) -> tuple[Conflict, ...]:
    def read(unit: Unit, old: Conflict | None, known: Unit | None) -> Conflict:
        about = plain(unit.cells.get("about", ""))
        used = plain(unit.cells.get("used here", ""))
        cell = unit.cells.get("accounts", "")
        pieces = _ACCOUNTS.split(cell) if MARK.search(cell) else cell.split("; ")
        accounts = tuple(
            Account(value=said.text, evidence=said.evidence)
            for said in map(read_sentence, pieces)
            if said.text
        )
        if old is not None and known is not None and known.cells.get("accounts") == cell:
            accounts = old.accounts
        return Conflict(about=about, accounts=accounts, used=None if used in ("", NOT_SETTLED) else used)

    return edit.join(edit.units("conflicts", "row"), "conflicts", "/conflicts", edit.old.conflicts, read)


def read_milestones(edit: Edit) -> Milestones:
    """Code computed them; a person who changes one is believed."""
    changed: dict[str, Milestone] = {}
    names = {label.lower(): name for name, label in MILESTONES.items()}
    for unit in edit.units("latencies", "row"):
        name = names.get(unit.cells.get("milestone", "").lower())
        if name is None:
            continue
        edit.place(unit, f"/milestones/{name}")
        if _as_printed(edit, unit) and not edit.day_changed:
            continue
        cell = unit.cells.get("utc", "")
        evidence = read_sentence(" ".join(unit.cells.values())).evidence
        if (reason := _not_known(cell)) is not None:
            changed[name] = Milestone(reason=reason, evidence=evidence)
            continue
        time = read_time(cell, edit.clock.day)
        if time is None:
            raise edit.fail(unit, f"not a time: “{cell}”", f"{TIME_FORMS}; or {NOT_KNOWN}: and why")
        old: Milestone = getattr(edit.old.milestones, name)
        changed[name] = Milestone(time=time.start, evidence=kept_evidence(evidence, old.evidence))
    return edit.old.milestones.model_copy(update=changed)


def read_latencies(edit: Edit) -> Latencies:
    changed: dict[str, Latency] = {}
    for unit in edit.units("latencies", "row"):
        name = unit.cells.get("name", "").lower()
        if name not in LATENCIES:
            continue
        edit.place(unit, f"/latencies/{name}")
        if _as_printed(edit, unit):
            continue
        cell = unit.cells.get("time", "")
        marks = MARK.findall(unit.cells.get("definition", ""))
        if (reason := _not_known(cell)) is not None:
            changed[name] = Latency(reason=reason)
            continue
        minutes = read_minutes(plain(cell))
        if minutes is None:
            raise edit.fail(unit, f"not an interval: “{cell}”", f"write 2 min 12 s; or {NOT_KNOWN}: and why")
        start, to = (marks[0], marks[-1]) if len(marks) > 1 else (None, None)
        changed[name] = Latency(minutes=minutes, start=start, to=to)
    return edit.old.latencies.model_copy(update=changed)


def _as_printed(edit: Edit, unit: Unit) -> bool:
    return any(u.raw == unit.raw for u in edit.before.units("latencies"))


def _not_known(cell: str) -> str | None:
    """The reason behind `not known: …`; None where something else stands there."""
    text = plain(cell)
    if not text.lower().startswith(NOT_KNOWN):
        return None
    return text[len(NOT_KNOWN) :].lstrip(":; ") or "no reason given"
