"""What a few records together hold of checkable facts: instants, dates, numbers, durations, words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from functools import cached_property

from pipeline.evidence.calendars import Calendar
from pipeline.evidence.facts import Facts, facts_of, plain, quantities_of, with_commas_as_points
from pipeline.evidence.instructions import without_instructions
from pipeline.evidence.surroundings import Meant, Surroundings
from pipeline.language.lemmas import lemma
from pipeline.language.relative_days import find_relative_days
from pipeline.language.times import TimeMention, resolve_relative, zone_of
from pipeline.models.record import Record

# Above this many records a difference between any two of their times would support any duration.
FEW = 12
Written = tuple[
    time, timedelta | None, date | tuple[int, int] | None
]  # a clock, its offset and its day (or month and day), as far as they stand there


class Support:
    """The facts of some records together; each kind is worked out when it is first asked for."""

    def __init__(
        self, records: Sequence[Record], timezone: str | None, around: Surroundings | None = None
    ) -> None:
        self.records = tuple(records)
        self._around = around
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
        return tuple(
            _headed(self._read(t, r), r.section) for r, t in zip(self.records, self.texts, strict=True)
        )

    def _read(self, text: str, record: Record) -> Facts:
        """Where its file writes decimal commas, a comma before three digits may be either."""
        own = facts_of(text)
        if self._around is None or not self._around.has_decimal_commas(record):
            return own
        other = facts_of(with_commas_as_points(text))
        return replace(
            own,
            amounts=own.amounts | other.amounts,
            numbers=own.numbers | other.numbers,
            durations=tuple(dict.fromkeys(own.durations + other.durations)),
        )

    @cached_property
    def meant(self) -> Meant:
        """What the pronouns stand for that the records begin with."""
        found = [self._around.meant_by_pronoun(r) for r in self.records] if self._around else []
        return Meant(
            frozenset(x for m in found for x in m.things), frozenset(x for m in found for x in m.people)
        )

    def is_named_by_file(self, thing: str, number: str) -> bool:
        """Whether a record stands in a file that is called so: ticket 4471 in `desk/ticket-4471.txt`."""
        name = re.compile(
            rf"(?<![a-z0-9]){re.escape(lemma(thing))}(?:s|es)?[\W_]*0*{re.escape(number)}(?![0-9])"
        )
        return any(name.search(r.source.lower()) for r in self.records)

    @cached_property
    def instants(self) -> tuple[datetime, ...]:
        """Instants of the records, and those that their texts name with enough to place them."""
        found: dict[datetime, None] = {}
        for record, facts in zip(self.records, self.facts, strict=True):
            for moment in (record.time, record.until):
                if moment is not None:
                    found.setdefault(moment)
            for mention in facts.mentions:
                for moment in self.readings(mention, record, self._spoken_day(mention, record, facts)):
                    found.setdefault(moment)
        return tuple(found)

    @cached_property
    def undated(self) -> tuple[tuple[datetime, ...], ...]:
        """The clocks of each record that nothing dates, as if they were of one day: how far apart they are is known."""
        return tuple(
            tuple(datetime.combine(date.min, c) for m in f.mentions for c in (m.clock, m.until_clock) if c)
            for r, f in zip(self.records, self.facts, strict=True)
            if r.time is None and not any(m.is_dated for m in f.mentions)
        )

    @cached_property
    def clocks(self) -> frozenset[Written]:
        """Clock times as written, each with the offset and the day that stand beside it."""
        found = set()
        for record, facts in zip(self.records, self.facts, strict=True):
            for m in facts.mentions:
                day = m.date or m.month_day or self._spoken_day(m, record, facts)
                # what is behind midnight has its day from its beginning only where it says so
                within = m.clock and m.until_clock and m.clock <= m.until_clock
                ends = m.until_date or m.until_month_day or (day if within else None)
                if m.clock is not None:
                    found.add((m.clock, m.offset, day))
                if m.until_clock is not None:
                    found.add((m.until_clock, m.offset, ends))
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
        for facts in self.facts:
            for m in facts.mentions:
                found |= {d for d in (m.date, m.until_date) if d is not None}
        for record, text in zip(self.records, self.texts, strict=True):
            day = self._calendar.day_of(record)
            if day is None or record.kind == "log":
                continue
            if due := resolve_relative(record.text, day):
                found |= {day, due[0]}
            found |= {day + timedelta(days=d.shift) for d in find_relative_days(text)}
        return frozenset(found)

    def _spoken_day(self, mention: TimeMention, record: Record, facts: Facts) -> date | None:
        """The day of "07:51 yesterday", by the day on which the record was made; a program's words name none."""
        day = self._calendar.day_of(record)
        shift = next((shift for m, shift in facts.shifts if m == mention), None)
        if day is None or shift is None or record.kind == "log":
            return None
        return day + timedelta(days=shift)

    @cached_property
    def month_days(self) -> frozenset[tuple[int, int]]:
        """Days as written without a year."""
        mentions = (m for f in self.facts for m in f.mentions)
        return frozenset(d for m in mentions for d in (m.month_day, m.until_month_day) if d)

    @cached_property
    def numbers(self) -> frozenset[Decimal]:
        return frozenset(n for f in self.facts for n in f.numbers)

    @cached_property
    def amounts(self) -> frozenset[Decimal]:
        """What arithmetic may start from."""
        return frozenset(n for f in self.facts for n in f.amounts)

    @cached_property
    def quantities(self) -> frozenset[tuple[Decimal, str]]:
        return frozenset(q for t in self.texts for q in quantities_of(t))

    @cached_property
    def durations(self) -> tuple[timedelta, ...]:
        return tuple(d for f in self.facts for d in f.durations)

    def readings(self, mention: TimeMention, record: Record, spoken: date | None = None) -> list[datetime]:
        """The instants that a written time may stand for: its own zone, else UTC or the incident's; on a day that
        is named from the day of speaking, the clock of its source."""
        near = self._calendar.day_of(record)
        day = mention.date or spoken
        if day is None and mention.month_day and near:
            try:
                day = date(near.year, *mention.month_day)
            except ValueError:
                day = None
        day = day or near
        if day is None:
            return []
        moments: list[datetime] = []
        last = mention.last_day(day) or day
        for clock, on in ((mention.clock, day), (mention.until_clock, last)):
            if clock is None:
                continue
            zones: list[tzinfo] = []
            if mention.zone and (named := zone_of(mention.zone, datetime.combine(on, clock))):
                zones = [named]
            elif spoken and record.offset_minutes is not None:
                zones = [self._calendar.zone_of(record)]
            zones = zones or [UTC, self.local]
            moments += [datetime.combine(on, clock, tzinfo=z).astimezone(UTC) for z in zones]
        return moments


def _headed(own: Facts, section: str) -> Facts:
    if not section:
        return own
    above = facts_of(section.rpartition(" > ")[2])
    return replace(own, mentions=own.mentions + above.mentions, numbers=own.numbers | above.numbers)
