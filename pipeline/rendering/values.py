"""The single values of a postmortem as they are printed: figures, owners, factors, accounts, latencies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from pipeline.models.actions import Owner, Ticket
from pipeline.models.postmortem import (
    EXTRACTIVE,
    Factor,
    Figure,
    Gap,
    Latency,
    Postmortem,
    Prevention,
    Writers,
)
from pipeline.rendering.intervals import print_minutes, print_seconds
from pipeline.rendering.layout import (
    ENGINE,
    NOT_ASSIGNED,
    NOT_EXPLAINED,
    NOT_FILED,
    NOT_KNOWN,
    WRITTEN_BY,
)

LABEL_GAP = " · "


def figure_text(figure: Figure) -> str:
    """`about 31%`, `2,140 orders`, `none`: plain text."""
    value, unit = figure.value, figure.unit
    if isinstance(value, str):
        text = f"{value} {unit}" if unit and value[-1:].isdigit() else value
    else:
        number = f"{value:,}" if isinstance(value, int) or value != int(value) else f"{int(value):,}"
        text = f"{number}%" if unit in ("percent", "%") else f"{number} {unit}".strip()
    return f"about {text}" if figure.approximate else text


def owner_text(owner: Owner | None, proposed: str | None = None) -> str:
    if owner is not None:
        return owner.name
    return f"{NOT_ASSIGNED} (proposed: {proposed})" if proposed else NOT_ASSIGNED


def ticket_text(ticket: Ticket | None) -> str:
    return ticket.key if ticket else NOT_FILED


def address_text(address: str) -> str:
    """A factor's id in words; anything else is words already."""
    return f"Factor {address[1:]}" if address[:1] == "F" and address[1:].isdigit() else address


def addresses_text(addresses: tuple[str, ...]) -> str:
    return "; ".join(map(address_text, addresses))


def factor_label(factor: Factor) -> str:
    return LABEL_GAP.join((address_text(factor.id), factor.kind))


def prevention_label(measure: Prevention) -> str:
    return LABEL_GAP.join(filter(None, (addresses_text(measure.addresses), measure.rank)))


def listed(label: str, values: Iterable[str]) -> str:
    return f"{label} {', '.join(values) or 'none'}."


def gap_text(gap: Gap) -> str:
    return gap.explanation or NOT_EXPLAINED


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def unknown(reason: str | None) -> str:
    return f"{NOT_KNOWN}: {reason or 'no reason given'}"


def known_times(postmortem: Postmortem) -> dict[str, list[datetime]]:
    """The times that the document tells of each record: of milestones first, then of entries that it leads."""
    times: dict[str, list[datetime]] = {}
    for name in type(postmortem.milestones).model_fields:
        milestone = getattr(postmortem.milestones, name)
        for record in milestone.evidence[:1]:
            if milestone.time is not None:
                times.setdefault(record, []).append(milestone.time)
    for entry in postmortem.timeline:
        for record in entry.evidence[:1]:
            times.setdefault(record, []).append(entry.time)
    return times


def ends_of(latency: Latency, times: Mapping[str, Sequence[datetime]]) -> tuple[datetime, datetime] | None:
    """The two times that the minutes lie between; None where the document does not tell them."""
    if latency.minutes is None:
        return None
    for start in times.get(latency.start or "", ()):
        for end in times.get(latency.to or "", ()):
            if abs((end - start).total_seconds() / 60 - latency.minutes) < 0.1:
                return start, end
    return None


def latency_text(latency: Latency, ends: tuple[datetime, datetime] | None) -> str:
    """`2 min 12 s` where the document tells both times; else the minutes, or why there are none."""
    if latency.minutes is None:
        return unknown(latency.reason)
    if ends is not None:
        return print_seconds((ends[1] - ends[0]).total_seconds())
    return print_minutes(latency.minutes)


def writers_text(writers: Writers) -> str:
    """`Written by: sentences openai:gpt-5-mini; action items the built-in engine; times … code.`"""
    return (
        f"{WRITTEN_BY} sentences {names(writers.sentences)}; action items {names(writers.items)}; "
        "times, latencies and figures computed from the records."
    )


def models_of(writers: Iterable[str]) -> tuple[str, ...]:
    return tuple(writer for writer in writers if writer != EXTRACTIVE)


def names(writers: Iterable[str]) -> str:
    return " and ".join(ENGINE if writer == EXTRACTIVE else writer for writer in writers)
