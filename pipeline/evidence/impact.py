"""Impact figures: numbers with their unit, final ones told from interim ones, each with its records."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.evidence.candidates import is_home
from pipeline.evidence.wording import clean
from pipeline.language.words import tokens
from pipeline.models.postmortem import Figure, Milestones
from pipeline.models.record import Record

# What an incident is counted in, by class; a number before one of these is a figure of impact.
_AFFECTED = frozenset(
    [
        "customer",
        "user",
        "account",
        "patient",
        "passenger",
        "client",
        "merchant",
        "seller",
        "buyer",
        "visitor",
        "member",
        "subscriber",
        "tenant",
        "guest",
        "student",
        "reader",
        "driver",
        "player",
        "caller",
        "resident",
        "household",
        "device",
        "phone",
        "site",
        "store",
        "shop",
        "branch",
        "school",
        "journal",
        "clinic",
        "ward",
        "farm",
        "vessel",
        "container",
        "truck",
        "vehicle",
        "flight",
        "train",
        "robot",
        "terminal",
        "meter",
        "sensor",
        "company",
        "organisation",
        "organization",
        "region",
        "people",
        "person",
    ]
)
_WORK = frozenset(
    [
        "request",
        "order",
        "payment",
        "booking",
        "session",
        "message",
        "job",
        "ticket",
        "transaction",
        "submission",
        "upload",
        "download",
        "call",
        "email",
        "mail",
        "login",
        "sign-up",
        "signup",
        "registration",
        "checkout",
        "cart",
        "invoice",
        "report",
        "page",
        "delivery",
        "shipment",
        "parcel",
        "trip",
        "ride",
        "appointment",
        "prescription",
        "claim",
        "transfer",
        "withdrawal",
        "deposit",
        "query",
        "event",
        "build",
        "deployment",
        "notification",
        "alert",
        "reading",
        "record",
        "row",
        "file",
        "image",
        "document",
        "comment",
        "review",
        "reservation",
        "refund",
        "charge",
        "complaint",
        "search",
        "game",
        "match",
        "update",
        "entry",
        "item",
        "import",
        "export",
        "batch",
        "sample",
    ]
)
_MONEY = re.compile(
    r"(?:[A-Z]{0,3}[$€£¥]|\b(?:USD|EUR|GBP|AUD|JPY|CHF|NZD|SEK|NOK|DKK|CAD)\b)\s?(\d[\d,.]*\d|\d)\s?(k|m|million|thousand)?\b",
    re.I,
)
_MONEY_AFTER = re.compile(
    r"(\d[\d,.]*\d|\d)\s?(k|m|million|thousand)?\s?(euros?|dollars?|pounds?|yen|francs?|kronor|€|EUR|USD|GBP)\b",
    re.I,
)
_NUMBER = re.compile(
    r"(?<![\w.:/#-])(~|about |around |roughly |approximately |some |up to |at most |nearly |almost |over )?(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s?(k\b|%|percent\b|million\b)?(?![\d:/]|\.\d)",
    re.I,
)
_INTERIM = re.compile(
    r"so far|first estimate|estimat|prelimin|interim|guess|until now|still count|at this point|not final|initial|we think|maybe|probably|would have said|currently|for now|as of",
    re.I,
)
_FINAL = re.compile(
    r"\bfinal|counted|confirmed|total(?:s|led)?\b|in total|numbers:|the numbers|altogether|end result|is the right one",
    re.I,
)
_IMPACT_PART = re.compile(r"impact|blast|affected|damage|consequence|customer", re.I)
_CUE = re.compile(
    r"affected|lost|loss|fail|missing|without|unable|could not|couldn't|not complete|declin|delay|stuck|wrong|duplicate|tickets?|refund|revenue|minus|numbers|impact|hit|blank|dropped|reject|stranded|cancel",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Reading:
    what: str
    value: float | int
    unit: str
    approximate: bool
    interim: bool
    rank: tuple[int, datetime | None]
    record: Record


def find_figures(records: Sequence[Record], m: Milestones) -> tuple[Figure, ...]:
    """Figures of impact in the order of their weight; interim ones keep `final: false`."""
    records = [r for r in records if r.channel is None or is_home(r.channel)]
    read = [r for record in records for r in _readings(record)]
    units = {r.unit for r in read} - {"percent"}
    counted = {r.record.id for r in read}
    # A bare count is impact too, where it counts what impact was counted in elsewhere.
    for record in records:
        if record.id not in counted and record.kind in ("message", "statement", "text"):
            read += [r for r in _readings(record, anywhere=True) if r.unit in units]
    figures: list[Figure] = []
    by_unit: dict[str, list[_Reading]] = {}
    for reading in read:
        by_unit.setdefault(reading.unit, []).append(reading)
    for readings in by_unit.values():
        best = max(
            readings, key=lambda r: (not r.interim, r.rank[0], r.rank[1].timestamp() if r.rank[1] else 0.0)
        )
        seen: set[float | int] = set()
        for r in readings:
            if r.value in seen:
                continue
            seen.add(r.value)
            same = tuple(x.record.id for x in readings if x.value == r.value)
            peers = r.record.id == best.record.id or r.rank[0] == best.rank[0] == 3
            figures.append(
                Figure(
                    what=r.what,
                    value=r.value,
                    unit=_printed(r),
                    approximate=r.approximate,
                    final=not r.interim and (r.value == best.value or peers),
                    evidence=tuple(dict.fromkeys(same))[:3],
                )
            )
    figures.sort(key=lambda f: not f.final)
    if m.onset.time and m.mitigated.time and m.mitigated.time > m.onset.time:
        minutes = round((m.mitigated.time - m.onset.time).total_seconds() / 60, 1)
        figures.append(
            Figure(
                what="Duration, onset to recovery",
                value=int(minutes) if minutes == int(minutes) else minutes,
                unit="minutes",
                final=True,
                evidence=(m.onset.evidence + m.mitigated.evidence)[:4],
            )
        )
    return tuple(figures[:20])


def _readings(record: Record, *, anywhere: bool = False) -> list[_Reading]:
    text = clean(record.text)
    part = bool(_IMPACT_PART.search(record.section)) or (
        record.kind == "field" and bool(_IMPACT_PART.match(text))
    )
    if record.kind in ("log", "page", "change", "task") or (record.kind == "bot" and not _CUE.search(text)):
        return []
    if not part and not anywhere and not _CUE.search(text):
        return []
    interim = bool(_INTERIM.search(text) or _INTERIM.search(record.section))
    final = bool(_FINAL.search(text) or _FINAL.search(record.section))
    if record.document == "resolution summary":
        level = 3
    elif final and not interim:
        level = 2
    else:
        level = 1 if record.document != "incident brief" else 0
    rank = (level, record.time)
    out = [
        _Reading(
            _what(text, m.start(), m.end()),
            _number(m[1], m[2]),
            "money",
            bool(re.search(r"about|~|around|roughly|approx", text[max(0, m.start() - 12) : m.start()], re.I)),
            interim,
            rank,
            record,
        )
        for pattern in (_MONEY, _MONEY_AFTER)
        for m in pattern.finditer(text)
    ]
    for m in _NUMBER.finditer(text):
        counted = _counted(text[m.end() : m.end() + 60])
        if m[3] and m[3].lower() in ("%", "percent"):
            unit = "percent"
        elif counted is None:
            continue
        else:
            unit = counted
        out.append(
            _Reading(
                _what(text, m.start(), m.end()),
                _number(m[2], m[3] if unit != "percent" else None),
                unit,
                bool(m[1]) and not (m[1] or "").startswith("over"),
                interim,
                rank,
                record,
            )
        )
    return out


def _printed(r: _Reading) -> str:
    return r.unit if r.unit in ("money", "percent") or r.value == 1 else f"{r.unit}s"


def _counted(after: str) -> str | None:
    """The noun that a number counts: among the next three words, one of the classes above."""
    for word in tokens(after)[:4]:
        lemma = word.lemma.lower()
        if lemma in _AFFECTED or lemma in _WORK:
            return lemma
        if not word.lower.replace("-", "").isalpha():
            return None
    return None


def _number(digits: str, scale: str | None) -> float | int:
    value = float(digits.replace(",", "").rstrip("."))
    value *= {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6}.get((scale or "").lower(), 1)
    return int(value) if value == int(value) else value


def _what(text: str, start: int, end: int) -> str:
    """The clause around the number, which says what was counted."""
    left = max(
        (text.rfind(c, 0, start) + 2 for c in (". ", "; ", ": ", "! ", "? ") if c in text[:start]), default=0
    )
    ends = (text.find(c, end) for c in (". ", "; ", "! ", "? "))
    right = min((i for i in ends if i != -1), default=len(text))
    clause = text[left:right].strip(" ,.-–")
    if len(clause) > 140:
        clause = clause[:140].rsplit(" ", 1)[0] + " …"
    return clause[:1].upper() + clause[1:] if clause else text[:80]
