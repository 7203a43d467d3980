"""What one text, or a few records together, hold of checkable facts: instants, dates, numbers, durations, words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from functools import cached_property, lru_cache

from pipeline.evidence.calendars import Calendar
from pipeline.evidence.instructions import without_instructions
from pipeline.language.literals import Literal_, find_literals
from pipeline.language.times import TimeMention, resolve_relative, zone_of
from pipeline.models.record import Record

# Above this many records a difference between any two of their times would support any duration.
FEW = 12
_NUMBER_WORDS = dict(
    zip(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ],
        (Decimal(n) for n in range(13)),
        strict=True,
    )
)
_DIGITS = re.compile(r"\d{1,3}(?:[,\u202f\u00a0']\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_DASHES = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "«": '"',
        "»": '"',
        "‘": "'",
        "’": "'",
        "–": "-",
        "—": "-",
        "−": "-",
        "\u00a0": " ",
        "\u202f": " ",
    }
)


@dataclass(frozen=True, slots=True)
class Facts:
    """The literals of one text. `amounts` are its numbers and number words, `numbers` also the digits inside
    identifiers; digits of clocks and dates are neither."""

    literals: tuple[Literal_, ...]
    mentions: tuple[TimeMention, ...]
    amounts: frozenset[Decimal]
    numbers: frozenset[Decimal]
    durations: tuple[timedelta, ...]


@lru_cache(maxsize=16384)
def facts_of(text: str) -> Facts:
    literals: list[Literal_] = []
    for literal in find_literals(text):
        literals.append(literal)
        if literal.kind in ("quote", "code") and isinstance(literal.value, str):
            literals += find_literals(literal.value)
    rest = text
    for literal in literals:
        if literal.kind in ("time", "date", "url") and text[literal.start : literal.end] == literal.text:
            rest = rest[: literal.start] + " " * (literal.end - literal.start) + rest[literal.end :]
    amounts = {x.value for x in literals if isinstance(x.value, Decimal)}
    amounts |= {_NUMBER_WORDS[w] for w in re.findall(r"[a-z]+", text.lower()) if w in _NUMBER_WORDS}
    digits = {Decimal(re.sub(r"[,\u202f\u00a0']", "", n)) for n in _DIGITS.findall(rest)}
    return Facts(
        tuple(literals),
        tuple(x.value for x in literals if isinstance(x.value, TimeMention)),
        frozenset(amounts),
        frozenset(amounts | digits),
        tuple(x.value for x in literals if isinstance(x.value, timedelta)) + tuple(_word_durations(text)),
    )


def _headed(own: Facts, section: str) -> Facts:
    if not section:
        return own
    above = facts_of(section.rpartition(" > ")[2])
    return replace(own, mentions=own.mentions + above.mentions, numbers=own.numbers | above.numbers)


def _word_durations(text: str) -> list[timedelta]:
    units = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
    found = re.findall(r"\b([a-z]+) (second|minute|hour|day|week)s?\b", text.lower())
    return [timedelta(seconds=int(_NUMBER_WORDS[n]) * units[u]) for n, u in found if n in _NUMBER_WORDS]


def plain(text: str) -> str:
    """Lower case, straight quotes and dashes, single spaces: how two printings of one wording are compared."""
    return " ".join(text.translate(_DASHES).replace("\u2060", "").lower().split())


def in_order(pieces: Sequence[str], text: str) -> bool:
    """Each piece as whole words, one after the other."""
    at = 0
    for piece in pieces:
        found = re.compile(rf"(?<!\w){re.escape(piece)}(?!\w)").search(text, at)
        if found is None:
            return False
        at = found.end()
    return True


class Support:
    """The facts of some records together; each kind is worked out when it is first asked for."""

    def __init__(self, records: Sequence[Record], timezone: str | None) -> None:
        self.records = tuple(records)
        self._calendar = Calendar(timezone, self.records)
        self.local = self._calendar.zone

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Each record's words, with its table cells, and without what tries to instruct the reader."""
        return tuple(
            without_instructions(
                " | ".join([r.text, *(f"{h}: {c}" for h, c in r.columns if c not in r.text)])
            )
            for r in self.records
        )

    @cached_property
    def words(self) -> str:
        """All that names things: texts, actors, files, channels, headings."""
        parts = list(self.texts)
        for r in self.records:
            parts += [r.source, r.locator, r.actor or "", r.channel or "", r.section, r.document or ""]
        return plain("\n".join(parts))

    @cached_property
    def squeezed(self) -> str:
        return re.sub(r"[\s_\-./]", "", self.words)

    @cached_property
    def facts(self) -> tuple[Facts, ...]:
        """Those of each record's text, and the times and numbers of the heading that it stands under. Those are
        no amounts: nobody reckons with the number of a chapter."""
        return tuple(_headed(facts_of(t), r.section) for r, t in zip(self.records, self.texts, strict=True))

    @cached_property
    def instants(self) -> tuple[datetime, ...]:
        """Instants of the records, and those that their texts name with enough to place them."""
        found: dict[datetime, None] = {}
        for record, facts in zip(self.records, self.facts, strict=True):
            for moment in (record.time, record.until):
                if moment is not None:
                    found.setdefault(moment)
            for mention in facts.mentions:
                for moment in self.readings(mention, record):
                    found.setdefault(moment)
        return tuple(found)

    @cached_property
    def clocks(self) -> frozenset[tuple[time, timedelta | None]]:
        """Clock times as written, each with the offset that stands beside it."""
        found = set()
        for facts in self.facts:
            for m in facts.mentions:
                found |= {(c, m.offset) for c in (m.clock, m.until_clock) if c is not None}
        return frozenset(found)

    @cached_property
    def shown(self) -> frozenset[time]:
        """The clocks of the records as their own sources show them, by 24 and by 12 hours."""
        found = [
            r.time.astimezone(timezone(timedelta(minutes=r.offset_minutes))).replace(second=0, microsecond=0)
            for r in self.records
            if r.time is not None and r.offset_minutes is not None
        ]
        return frozenset(m.time().replace(hour=h) for m in found for h in (m.hour, m.hour % 12 or 12))

    @cached_property
    def days(self) -> frozenset[date]:
        """Days of the records (in UTC and in the incident's zone), written in them, or promised by them."""
        found: set[date] = set()
        for moment in self.instants:
            found |= {moment.astimezone(UTC).date(), moment.astimezone(self.local).date()}
        for record, facts in zip(self.records, self.facts, strict=True):
            for m in facts.mentions:
                found |= {d for d in (m.date, m.until_date) if d is not None}
            day = self._calendar.day_of(record)
            if day is not None and record.kind != "log" and (due := resolve_relative(record.text, day)):
                found |= {day, due[0]}
        return frozenset(found)

    @cached_property
    def month_days(self) -> frozenset[tuple[int, int]]:
        """Days as written without a year."""
        return frozenset(m.month_day for f in self.facts for m in f.mentions if m.month_day)

    @cached_property
    def numbers(self) -> frozenset[Decimal]:
        return frozenset(n for f in self.facts for n in f.numbers)

    @cached_property
    def amounts(self) -> frozenset[Decimal]:
        """What arithmetic may start from."""
        return frozenset(n for f in self.facts for n in f.amounts)

    @cached_property
    def durations(self) -> tuple[timedelta, ...]:
        return tuple(d for f in self.facts for d in f.durations)

    def readings(self, mention: TimeMention, record: Record) -> list[datetime]:
        """The instants that a written time may stand for: its own zone, else UTC or the incident's."""
        near = self._calendar.day_of(record)
        day = mention.date
        if day is None and mention.month_day and near:
            try:
                day = date(near.year, *mention.month_day)
            except ValueError:
                day = None
        day = day or near
        if day is None:
            return []
        moments: list[datetime] = []
        for clock in (mention.clock, mention.until_clock):
            if clock is None:
                continue
            zones: list[tzinfo] = []
            if mention.zone and (named := zone_of(mention.zone, datetime.combine(day, clock))):
                zones = [named]
            zones = zones or [UTC, self.local]
            moments += [datetime.combine(day, clock, tzinfo=z).astimezone(UTC) for z in zones]
        return moments
