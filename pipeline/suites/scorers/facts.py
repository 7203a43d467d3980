"""Scores what is stated as fact: milestones, latencies, impact, causes, what was ruled out, conflicts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta

from pipeline.models.base import rfc3339
from pipeline.suites.drafted import Drafted, tells, words_of
from pipeline.suites.gold import Gold, KnownFigure, KnownLatency, Told
from pipeline.suites.score import Score, marked

LATENCIES = {
    "detection": "detection",
    "coordination": "coordination",
    "response": "response",
    "mitigation": "mitigation",
    "comms": "communication",
}
FIGURE = re.compile(r"\d[\d.,:%]*\d|\d")
WORD = re.compile(r"[A-Za-z-]{4,}")


def score_facts(gold: Gold, drafted: Drafted) -> dict[str, Score]:
    data = drafted.data
    causes = words_of(data["root_cause"]) + " " + words_of(data["contributing_factors"])
    return {
        "milestones right": marked(milestones(gold, drafted)),
        "latencies right or honestly unknown": marked(latencies(gold, drafted)),
        "final impact figures told": marked(
            (figure_told(figure, words_of(data["impact"])), f"{figure.what} {figure.value}")
            for figure in gold.impact
            if figure.final
        ),
        "root cause told": marked([told(gold.root_cause, causes)] if gold.root_cause else []),
        "contributing factors told": marked(told(factor, causes) for factor in gold.contributing_factors),
        "ruled-out hypotheses told": marked(
            told(each, words_of(data["ruled_out"])) for each in gold.ruled_out
        ),
        "conflicts told": marked(
            (
                any(sides_told(c.values, words_of(mine)) for mine in data["conflicts"]),
                f"{c.about}: {c.values}",
            )
            for c in gold.conflicts
        ),
    }


def milestones(gold: Gold, drafted: Drafted) -> Iterable[tuple[bool, str]]:
    for name, known in gold.window.items():
        milestone = getattr(drafted.postmortem.milestones, name, None)
        if known.utc is None or milestone is None:
            continue
        slack = timedelta(minutes=known.tolerance_min or 2)
        right = milestone.time is not None and abs(milestone.time - known.utc) <= slack
        told_as = rfc3339(milestone.time) if milestone.time else milestone.reason
        yield right, f"{name}: {rfc3339(known.utc)} told as {told_as}"


def latencies(gold: Gold, drafted: Drafted) -> Iterable[tuple[bool, str]]:
    for known_as, name in LATENCIES.items():
        known = gold.latencies_minutes.get(known_as, KnownLatency())
        mine = getattr(drafted.postmortem.latencies, name).minutes
        yield latency_right(known, mine), f"{name}: {known.minutes} told as {mine}"


def latency_right(known: KnownLatency, mine: float | None) -> bool:
    """Within a minute, or 5 % of a long one, or what the gold's author allows; unknown where unknown is right."""
    accepted = [*([] if known.minutes is None else [known.minutes]), *known.alt_values]
    if mine is None:
        return known.minutes is None
    return any(abs(value - mine) <= max(1.0, known.tolerance or 0, 0.05 * value) for value in accepted)


def figure_told(figure: KnownFigure, impact: str) -> bool:
    value = figure.value.removesuffix(".0")
    return tells(impact, figure.keywords) and value.replace(",", "") in impact.replace(",", "")


def told(known: Told, text: str) -> tuple[bool, str]:
    return tells(text, known.keywords), known.what or " + ".join("|".join(group) for group in known.keywords)


def sides_told(values: tuple[str, ...], text: str) -> bool:
    """Whether two of the disagreeing accounts are told, each by a figure or word that the others lack."""
    marks = [set(FIGURE.findall(value)) or {word.lower() for word in WORD.findall(value)} for value in values]
    lower = text.lower()
    sides = 0
    for n, mine in enumerate(marks):
        others = set().union(*(marks[:n] + marks[n + 1 :]))
        sides += any(
            re.search(rf"(?<![\w.]){re.escape(mark.lower())}(?!\w)", lower) for mark in mine - others
        )
    return sides >= 2
