"""What a sentence charges people with, and the same text without it."""

from __future__ import annotations

from functools import lru_cache

from pipeline.language.accusations.banishment import find_banishment
from pipeline.language.accusations.breaches import find_breaches
from pipeline.language.accusations.case_building import find_case_building
from pipeline.language.accusations.causes import find_causes
from pipeline.language.accusations.contrast import find_contrasts
from pipeline.language.accusations.defiance import find_defiance
from pipeline.language.accusations.duties import find_duties
from pipeline.language.accusations.errors import find_errors
from pipeline.language.accusations.exhortations import find_exhortations
from pipeline.language.accusations.failings import find_failings
from pipeline.language.accusations.faults import find_faults
from pipeline.language.accusations.idioms import find_idioms
from pipeline.language.accusations.norms import find_norms
from pipeline.language.accusations.omissions import find_omissions
from pipeline.language.accusations.reading import Charge, Kind, Reading
from pipeline.language.accusations.rescue import told_beside
from pipeline.language.accusations.ridicule import find_ridicule
from pipeline.language.accusations.sanctions import find_sanctions
from pipeline.language.accusations.scorn import find_scorn
from pipeline.language.accusations.traits import find_traits
from pipeline.language.learned import BLAME, Verdict, read
from pipeline.language.people import People, Target
from pipeline.language.unblaming import remainder

__all__ = ["Charge", "Kind", "Target", "charges", "weighed", "without_blame"]

# In the order of the guide: the first sub-kind that applies names the sentence.
_ORDER: tuple[Kind, ...] = ("punitive", "shaming", "character", "human-error", "counterfactual", "fault")
_FINDERS = (
    find_sanctions,
    find_banishment,
    find_exhortations,
    find_ridicule,
    find_scorn,
    find_contrasts,
    find_traits,
    find_failings,
    find_causes,
    find_errors,
    find_norms,
    find_duties,
    find_faults,
    find_case_building,
    find_breaches,
    find_defiance,
    find_omissions,
    find_idioms,
)
_REASONS: dict[Kind, str] = {
    "punitive": "the words punish, retrain or exhort people, or tell what was done to them for it",
    "shaming": "the words mock somebody, or praise one at another's cost",
    "character": "the words judge what somebody is like, and not what happened",
    "human-error": "somebody's error stands as the cause, and ends the search for one",
    "counterfactual": "the words hold against somebody what they should or could have done",
    "fault": "the words charge somebody with a failing, and tell no condition that explains it",
}


def charges(
    text: str, people: People, context_before: str = "", context_after: str = "", among: int = 1
) -> tuple[Charge, ...]:
    """The charges of one sentence that stand, the one that names it first.

    The neighbouring sentences only serve to find a condition that is tied to this one by a linking word.
    Code and identifiers are to be masked by the caller (`□` reads as a noun). `among` is the number of sentences
    of its document.
    """
    return tuple(
        c for c in weighed(text, people, context_before, context_after, among) if c.rescued_by is None
    )


def weighed(
    text: str, people: People, context_before: str = "", context_after: str = "", among: int = 1
) -> tuple[Charge, ...]:
    """The same with the weak charges that a stated condition explains; these say which in `rescued_by`."""
    return _weighed(text, people, context_before, context_after, among)


@lru_cache(maxsize=4096)
def _weighed(text: str, people: People, before: str, after: str, among: int) -> tuple[Charge, ...]:
    reading = Reading(text, people, before, after)
    if not reading.words:
        return ()
    found = ruled(reading)
    standing = any(c.rescued_by is None for c in found)
    verdict = read(text)
    explained = bool(found) or reading.question
    if not BLAME.reached(verdict.blame, ruled=standing, explained=explained, among=among):
        found = [c for c in found if c.rescued_by is not None]
    elif not standing:
        found.append(_learned(reading, verdict))
    return tuple(sorted(found, key=lambda c: (c.rescued_by is not None, _ORDER.index(c.kind), c.start)))


def ruled(reading: Reading) -> list[Charge]:
    """What the rules alone charge, once for the same words and kind."""
    found: dict[tuple[int, int, Kind], Charge] = {}
    for find in _FINDERS:
        for c in find(reading):
            known = found.get((c.start, c.end, c.kind))
            stands = known is not None and known.rescued_by is None  # two rules may charge the same words
            if not stands and not reading.mentioned(c.start, c.end):
                found[c.start, c.end, c.kind] = c
    return list(found.values())


def _learned(reading: Reading, verdict: Verdict) -> Charge:
    """A charge that no rule names. Of a weak one the network sees no neighbour: where one is tied to it, it rescues."""
    weak = verdict.kind == "fault"
    return Charge(
        verdict.start,
        verdict.end,
        verdict.kind,
        verdict.target,
        "weak" if weak else "strong",
        _REASONS[verdict.kind],
        rescued_by=told_beside(reading) if weak else None,
    )


def without_blame(text: str, people: People, quoted: bool = True) -> str | None:
    """`text` with its blameful and self-deprecating clauses cut, or None where nothing worth telling is left.

    `quoted` says that the text is somebody's literal wording: a cut inside it is then marked by "…".
    """
    return remainder(text, lambda piece: charges(piece, people), people, marked=quoted)
