"""What a hat is told of a case before the records: the incident, and what code computed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from pipeline.agents.support import admissible
from pipeline.models.case import Case
from pipeline.models.postmortem import Latency, Milestone
from pipeline.rendering.prompt_blocks import one_line, record_line

_GLIMPSE = 160  # characters of a record
_IN_BRACKETS = re.compile(r" \((?P<told>[^()]{12,}(?:\([^()]*\)[^()]*)*)\)$")


def incident_lines(case: Case) -> str:
    it = case.incident
    lines = [f"name: {it.name}"] + ([f"id: {it.id}"] if it.id != it.name else [])
    lines += [f"{what}: {value}" for what, value in (("title", it.title), ("severity", it.severity)) if value]
    lines += [f"zone of its people: {it.timezone}"] if it.timezone else []
    for person in it.roster:
        kind = "" if person.kind == "person" else person.kind
        facts = [person.name, kind, person.role, person.team, *person.handles]
        lines.append("roster: " + ", ".join(fact for fact in facts if fact))
    lines += [f"service: {s.name}" + (f", owned by {s.owner}" if s.owner else "") for s in it.services]
    if case.inputs.missing:
        lines.append(f"missing input: {', '.join(case.inputs.missing)}")
    return "\n".join(map(one_line, lines))


def computed_lines(case: Case) -> str:
    """What its records say anyway is not said again."""
    reached, took = case.milestones, case.latencies
    lines = [
        *(f"{name}: {_milestone(getattr(reached, name))}" for name in type(reached).model_fields),
        *(f"{name} latency: {_latency(getattr(took, name))}" for name in type(took).model_fields),
        *_found(case),
    ]
    return "\n".join(map(one_line, lines))


def milestone_records(case: Case) -> str:
    """What the milestones rest on, for a reader who does not see those records."""
    reached = case.milestones
    told = [m.evidence[0] for name in type(reached).model_fields if (m := getattr(reached, name)).evidence]
    return "\n".join(record_line(admissible(case.record(i)), _GLIMPSE) for i in dict.fromkeys(told))


def _found(case: Case) -> Iterator[str]:
    for gap in case.gaps:
        yield f"silence: {_time(gap.start)} to {_time(gap.until)}: {gap.explanation or 'no record explains it'}"
    for figure in case.figures:
        about, interim = "about " if figure.approximate else "", "" if figure.final else " (interim)"
        what = "" if _is_said(case, figure.evidence, figure.what) else f"{figure.what}: "
        yield f"figure: {what}{about}{figure.value} {figure.unit}{interim} [{_ids(figure.evidence)}]"
    known = [fell for fell in case.ruled_out if _is_said(case, fell.evidence, fell.text)]
    if known:
        yield "ruled out: " + " ".join(f"[{_ids(fell.evidence)}]" for fell in known)
    for fell in case.ruled_out:
        if fell not in known:
            yield f"ruled out: {fell.text} [{_ids(fell.evidence)}]"
    for conflict in case.conflicts:
        accounts = "; ".join(
            f"{_account(case, a.value, a.evidence)} [{_ids(a.evidence)}]" for a in conflict.accounts
        )
        yield f"sources disagree on {conflict.about}: {accounts}; used here: {conflict.used or 'not settled'}"


def _account(case: Case, value: str, ids: tuple[str, ...]) -> str:
    """A value without the sentence that it stands in."""
    told = _IN_BRACKETS.search(value)
    return value[: told.start()] if told and _is_said(case, ids, told["told"]) else value


def _is_said(case: Case, ids: tuple[str, ...], text: str) -> bool:
    flat = " ".join(text.split()).casefold().rstrip(".…")
    return any(flat in " ".join(case.record(i).text.split()).casefold() for i in ids)


def _milestone(milestone: Milestone) -> str:
    if milestone.time is None:
        return f"unknown ({milestone.reason})"
    return f"{_time(milestone.time)} [{_ids(milestone.evidence)}]"


def _latency(latency: Latency) -> str:
    if latency.minutes is None:
        return f"unknown ({latency.reason})"
    return f"{latency.minutes} min, {latency.start} to {latency.to}"


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}".removesuffix(":00")


def _ids(evidence: tuple[str, ...]) -> str:
    return " ".join(evidence)
