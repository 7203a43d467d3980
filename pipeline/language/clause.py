"""A clause as a value: one verb group with its subject, its object and what ties it to its neighbour."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.language.people import Party
from pipeline.language.verb_groups import Mood, Tense
from pipeline.models.base import ActorKind


@dataclass(frozen=True, slots=True)
class Clause:
    """One verb group with its subject and object. `start`, `end` are characters of the text.

    `party` is who the subject stands for, after pronouns and the predicate are taken into account;
    `implied` says that no subject stands there (imperatives, bullets). `parent` is the index of the
    clause that governs an infinitive or gerund, or that a coordinated verb took its subject from.
    """

    start: int
    end: int
    subject: str
    party: Party
    implied: bool
    verb: str
    particle: str
    mood: Mood
    tense: Tense
    modal: str
    negated: bool
    perfect: bool
    passive: bool
    progressive: bool
    object: str
    agent: str  # what a passive's "by" names
    connective: str  # the word that opens the clause: because, so, which, and, ";" ...
    parent: int | None
    first: int  # token indices: of the subject (or the verb group), of the main verb, past the clause
    main: int
    last: int
    head: int  # of the verb group's first word

    @property
    def subject_kind(self) -> ActorKind:
        return self.party.kind

    @property
    def human(self) -> bool:
        return self.party.human
