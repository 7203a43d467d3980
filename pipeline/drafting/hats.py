"""Who wears the hats: the built-in extractive engine, or a named model; never chosen by a key alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from pipeline.agents.author.extractive import ExtractiveAuthor
from pipeline.agents.author.protocol import Author
from pipeline.agents.judge.judge import Judge
from pipeline.agents.tracker.extractive import ExtractiveTracker
from pipeline.agents.tracker.protocol import Tracker
from pipeline.config import Settings
from pipeline.drafting.standing_in import AuthorWithStandIn, Service, TrackerWithStandIn
from pipeline.language.people import People
from pipeline.llm.port import ChatModel
from pipeline.llm.recording import Meter
from pipeline.models.case import Case
from pipeline.models.postmortem import Writers
from pipeline.models.removal import Dropped


@dataclass(frozen=True, slots=True)
class Asking:
    """Which model is asked, and how. `spec` is PROVIDER:NAME; the settings name those that stand in for it."""

    spec: str
    use_cache: bool = True
    trace: bool = False


@dataclass(frozen=True, slots=True)
class Hats:
    """`meter` counts what models were asked; None where no model plays."""

    author: Author
    tracker: Tracker
    judge: Judge | None = None
    meter: Meter | None = None
    service: Service = field(default_factory=Service)

    @property
    def writers(self) -> Writers:
        return Writers(sentences=tuple(self.author.writers), items=tuple(self.tracker.writers))

    @property
    def dropped(self) -> tuple[Dropped, ...]:
        return (*self.author.dropped, *self.tracker.dropped)

    @property
    def notices(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.author.notices, *self.tracker.notices)))


@dataclass(frozen=True, slots=True)
class Models:
    """The model that writes, the one that judges (None: none does), and what counts their calls."""

    writer: ChatModel
    judge: ChatModel | None
    meter: Meter


def extractive(people: People, settings: Settings, today: date) -> Hats:
    return Hats(ExtractiveAuthor(people), ExtractiveTracker(people, settings, today))


def open_models(asking: Asking, settings: Settings, tell: Callable[[str], None]) -> Models:
    """Raises InputError for a model that cannot be had."""
    from pipeline.llm.open import open_model, wire

    way = wire(settings, use_cache=asking.use_cache, trace=asking.trace, tell=tell)
    meter = Meter()
    writer = open_model((asking.spec, *settings.fallback_models), way, meter)
    judge = writer if settings.judge_model is None else open_model((settings.judge_model,), way, meter)
    return Models(writer, None if settings.judge == "off" else judge, meter)


def played_by(
    models: Models,
    case: Case,
    people: People,
    settings: Settings,
    today: date,
    tell: Callable[[str], None] = lambda _: None,
) -> Hats:
    """The hats of one incident, each worn by a model."""
    from pipeline.agents.author.model import ModelAuthor
    from pipeline.agents.pseudonyms import Pseudonymous, pseudonyms_of
    from pipeline.agents.reading import Reading
    from pipeline.agents.room import Room
    from pipeline.agents.tracker.model import ModelTracker
    from pipeline.prompting.collection import load_prompts

    writer, judging = models.writer, models.judge
    if settings.pseudonymise:
        pseudonyms = pseudonyms_of(case, people, (settings.style,))
        writer = Pseudonymous(writer, pseudonyms)
        judging = judging and Pseudonymous(judging, pseudonyms)
    library, room = load_prompts(), Room(settings.context_tokens, settings.reply_tokens)
    reading = Reading(writer, library, room)
    hats = Hats(
        ModelAuthor(writer, people, reading=reading, house=settings.style),
        ModelTracker(writer, people, settings, today, reading=reading, house=settings.style),
        Judge(judging, library, room) if judging else None,
        models.meter,
    )
    if settings.fallback != "extractive":
        return hats
    second, service = extractive(people, settings, today), Service()
    return replace(
        hats,
        author=AuthorWithStandIn(hats.author, second.author, service, tell),
        tracker=TrackerWithStandIn(hats.tracker, second.tracker, service, tell),
        service=service,
    )
