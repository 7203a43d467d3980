"""Checks documents, each by itself and the results in order: what one is checked with, and in how many processes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pipeline.cli.bench import Bench
from pipeline.config import Settings, load_settings
from pipeline.documents.parse import parse
from pipeline.errors import InputError
from pipeline.language.people import People
from pipeline.models.case import Case
from pipeline.models.evaluation import Gate, ProfileName
from pipeline.models.incident import Incident
from pipeline.rubric.means import Means
from pipeline.rubric.report.excerpts import excerpts_of
from pipeline.rubric.report.results import Checked
from pipeline.rubric.sources import Source

FEW = 64_000  # bytes: below that, starting processes takes longer than checking


@dataclass(slots=True)
class Checking:
    """What every document of one call is checked with. Settings and incident files are read once a folder."""

    config: Path | None
    today: date
    gate: Gate
    profile: ProfileName
    case: Case | None = None
    _settings: dict[Path, Settings] = field(default_factory=dict)
    _incidents: dict[Path, Incident | None] = field(default_factory=dict)

    def settings(self, source: Source) -> Settings:
        folder = source.path.parent if source.path else Path()
        if folder not in self._settings:
            self._settings[folder] = load_settings(self.config, source.path or Path())
        return self._settings[folder]

    def _incident(self, source: Source) -> Incident | None:
        folder = source.path.parent if source.path else Path()
        if folder not in self._incidents:
            self._incidents[folder] = source.incident()
        return self._incidents[folder] or (self.case.incident if self.case else None)

    def means(self, source: Source, settings: Settings) -> Means:
        incident = self._incident(source)
        roster = incident.roster if incident else ()
        services = incident.services if incident else ()
        return Means(
            today=self.today,
            people=People.from_roster(roster, services),
            roster=roster,
            services=services,
            timezone=incident.timezone if incident else None,
            case=self.case,
            item_cap=settings.item_cap,
            judge_advises=settings.judge == "advise",
        )

    def check(self, source: Source, bench: Bench) -> Checked:
        """Raises InputError where the document, or what stands beside it, can't be read."""
        text, settings = source.text(), self.settings(source)
        means = self.means(source, settings)
        document = parse(text, source.name, roster=means.roster, timezone=means.timezone)
        result = bench.hold(document, means, self.gate, self.profile, settings)
        if source.draft is not None:
            from pipeline.drafting.printed_places import with_fields

            result = with_fields(result, source.draft, text)
        return Checked(result, excerpts_of(document, result))

    def checked_or_failed(self, source: Source, bench: Bench) -> Checked | InputError:
        try:
            return self.check(source, bench)
        except InputError as error:
            return error


def check_all(
    checking: Checking, sources: Sequence[Source], bench: Bench, jobs: int
) -> Iterator[Checked | InputError]:
    """The results in the order of the sources; what could not be read stands there as its error.

    A judge is asked from one process, whatever `jobs` says.
    """
    if not sources:
        return
    jobs = min(jobs, len(sources) - 1)
    # The first is checked before any process starts: what it loads, all others have.
    yield checking.checked_or_failed(sources[0], bench)
    if bench.judges or jobs < 2 or _size(sources) < FEW:
        for source in sources[1:]:
            yield checking.checked_or_failed(source, bench)
        return
    from pipeline.cli.processes import check_in_processes

    yield from check_in_processes(checking, sources[1:], jobs)


def _size(sources: Sequence[Source]) -> int:
    total = 0
    for source in sources:
        if source.path is not None and source.path.is_file():
            total += source.path.stat().st_size
        if total >= FEW:
            break
    return total


def cores() -> int:
    """How many this process may use."""
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1
