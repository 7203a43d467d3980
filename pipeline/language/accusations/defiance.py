"""A2: people act against a norm, over somebody's head, or again and again against a control."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.language.accusations.reading import Charge, Reading, accuse, target_of
from pipeline.language.clauses import Clause
from pipeline.language.lexicon import word_set
from pipeline.language.people import Target

_NORMS = word_set(
    "instruction advice policy procedure order rule protocol guideline warning plan directive agreement "
    "recommendation convention judgement judgment wish request regulation practice"
)
_OPENINGS = (
    ("contrary", "to"),
    ("in", "breach", "of"),
    ("in", "violation", "of"),
    ("in", "defiance", "of"),
    ("in", "disregard", "of"),
    ("against",),
)
# One holds something against a norm, or guards against it: no defiance.
_HOLDING = word_set(
    "check compare validate test hold measure guard protect match vote decide warn advise score verify"
)
_DISABLING = word_set(
    "switch turn disable mute silence bypass override unplug prop tape defeat disconnect dismiss"
)
_CONTROLS = word_set(
    "alarm alert interlock guard check safeguard sensor limit warning breaker detector siren lock gate prompt "
    "smoke-alarm fuse confirmation"
)
_AGAIN = word_set("again repeatedly constantly always")


def find_defiance(reading: Reading) -> Iterator[Charge]:
    yield from _against(reading)
    for clause in reading.clauses:
        yield from _disables(reading, clause)
        yield from _stands_by(reading, clause)
        yield from _prefers(reading, clause)
        yield from _low_motive(reading, clause)


def _charge(reading: Reading, first: int, last: int, target: Target, reason: str) -> Charge:
    return accuse(reading, first, last, "fault", target, reason)


def _against(reading: Reading) -> Iterator[Charge]:
    """ "Against clear instructions, the driver lifted both", "contrary to the plan"."""
    low = reading.lowered
    for i in range(len(low)):
        opening = next((o for o in _OPENINGS if tuple(low[i : i + len(o)]) == o), None)
        if opening is None:
            continue
        found = reading.phrase_after(i + len(opening))
        if found is None or reading.words[found[1] - 1].lemma not in _NORMS:
            continue
        acting = next(
            (c for c in reading.clauses if c.tense == "past" and not c.negated and not c.modal), None
        )
        if acting is None or (opening == ("against",) and any(w in _HOLDING for w in reading.lemmas[:i])):
            continue
        if acting.human or acting.party.open in ("name", "body", "agent", "they"):
            target = target_of(acting.party.as_people())
            yield _charge(reading, i, found[1] - 1, target, "people are said to have acted against a norm")


def _disables(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "The usher kept switching off the smoke alarm"."""
    above = reading.parent(clause)
    kept = above is not None and above.verb in ("keep", "continue") and above.tense == "past"
    often = bool(_AGAIN & set(reading.lowered[clause.first :])) and clause.tense == "past"
    if clause.verb not in _DISABLING or clause.passive or clause.negated or not (kept or often):
        return
    party = clause.party
    if not (party.human or party.open in ("agent", "name", "they", "body")):
        return
    tail = reading.words[clause.main + 1 : clause.last]
    if any(t.lemma in _CONTROLS for t in tail):
        first = above.first if kept and above is not None else clause.first
        reason = "people are said to have worked against a control again and again"
        yield _charge(reading, first, clause.main, target_of(party.as_people()), reason)


def _stands_by(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "Management looked on while the backlog grew", "did nothing"."""
    if clause.passive or clause.modal or clause.tense != "past":
        return
    party = clause.party
    if clause.subject.lower() == "nothing":  # "had promised to check and did nothing": the subject goes on
        above = next(
            (c for c in reversed(reading.clauses) if c.first < clause.first and c.mood == "finite"), None
        )
        party = above.party if above is not None else party
    if not (party.human or party.open in ("body", "they", "agent")):
        return
    idle = clause.verb == "look" and clause.particle == "on" and not clause.object
    nothing = clause.verb == "do" and clause.object.lower().split()[:1] == ["nothing"]
    idle = idle or (clause.verb in ("watch", "stand") and reading.has("idly"))
    idle = idle or (clause.verb == "sit" and _sat_on(reading, clause))
    if (nothing or (idle and not clause.negated)) and not _reasoned(reading):
        target = target_of(party.as_people())
        yield _charge(reading, clause.first, clause.main, target, "people are said to have stood by")


def _sat_on(reading: Reading, clause: Clause) -> bool:
    """ "Sat on the corrected list for nine days"."""
    tail = reading.lowered[clause.main + 1 :]
    return tail[:1] == ["on"] and any(w in ("for", "until", "since") for w in tail[2:])


def _low_motive(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "... because he wanted to sleep"."""
    child = reading.child(clause)
    wanted = clause.verb in ("want", "prefer", "like") and clause.human and clause.tense == "past"
    if (
        wanted
        and clause.connective in ("because", "since", "as")
        and child is not None
        and not clause.negated
    ):
        if child.verb in ("sleep", "leave", "eat", "rest", "show", "impress", "save") or (
            child.verb in ("go", "get", "be") and "home" in reading.lowered[child.main :]
        ):
            yield _charge(reading, clause.first, child.main, target_of(clause.party), "a low motive is given")


def _reasoned(reading: Reading) -> bool:
    return any(c.connective in ("because", "since", "as") for c in reading.clauses) or reading.has("wrong")


def _prefers(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "would rather save fifty euros than fix the lock"."""
    rather = clause.modal in ("would", "'d") and "rather" in reading.lowered[clause.head : clause.main + 1]
    if rather and clause.human and reading.has("than"):
        yield _charge(reading, clause.first, clause.main, target_of(clause.party), "a low motive is given")
