"""Who wears the two hats: the built-in extractive engine, or a named model; never chosen by a key alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipeline.agents.author.extractive import ExtractiveAuthor
from pipeline.agents.author.protocol import Author
from pipeline.agents.tracker.extractive import ExtractiveTracker
from pipeline.agents.tracker.protocol import Tracker
from pipeline.config import Settings
from pipeline.language.people import People
from pipeline.llm.recording import Meter
from pipeline.models.removal import Dropped


@dataclass(frozen=True, slots=True)
class Hats:
    """`meter` counts what a model was asked; None where no model plays."""

    author: Author
    tracker: Tracker
    meter: Meter | None = None

    @property
    def dropped(self) -> tuple[Dropped, ...]:
        return (*self.author.dropped, *self.tracker.dropped)

    @property
    def notices(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.author.notices, *self.tracker.notices)))


def extractive(people: People, settings: Settings, today: date) -> Hats:
    return Hats(ExtractiveAuthor(people), ExtractiveTracker(people, settings, today))


def played_by(spec: str | None, people: People, settings: Settings, today: date) -> Hats:
    """`spec` is PROVIDER:NAME, or None for the built-in engine. Raises InputError for a model that cannot be had."""
    if spec is None:
        return extractive(people, settings, today)
    from pipeline.agents.author.model import ModelAuthor
    from pipeline.agents.tracker.model import ModelTracker
    from pipeline.llm.open import open_model, wire

    meter = Meter()
    model = open_model(spec, wire(), meter)
    return Hats(ModelAuthor(model, people), ModelTracker(model, people, settings, today), meter)
