"""The single values of a postmortem as they are printed: figures, owners, factors, accounts, latencies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from pipeline.models.actions import Owner, Ticket
from pipeline.models.postmortem import Factor, Figure, Gap, Latency, Postmortem, Prevention
from pipeline.rendering.intervals import print_minutes, print_seconds
from pipeline.rendering.layout import NOT_ASSIGNED, NOT_EXPLAINED, NOT_FILED, NOT_KNOWN

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


def known_times(postmortem: Postmortem) -> dict[str, datetime]:
    """When each record that a milestone or a timeline entry leads with took place, as the document tells it."""
    times: dict[str, datetime] = {}
    for entry in postmortem.timeline:
        for record in entry.evidence[:1]:
            times.setdefault(record, entry.time)
    for name in type(postmortem.milestones).model_fields:
        milestone = getattr(postmortem.milestones, name)
        for record in milestone.evidence[:1]:
            if milestone.time is not None:
                times[record] = milestone.time
    return times


def latency_text(latency: Latency, times: Mapping[str, datetime]) -> str:
    """`2 min 12 s` where the document tells both times and they agree with the minutes; else the minutes."""
    if latency.minutes is None:
        return unknown(latency.reason)
    start, end = times.get(latency.start or ""), times.get(latency.to or "")
    if start and end:
        seconds = (end - start).total_seconds()
        if abs(seconds / 60 - latency.minutes) < 0.1:
            return print_seconds(seconds)
    return print_minutes(latency.minutes)
