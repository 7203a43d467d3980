"""Whether an action item acts on people: sanction, retraining, reminder to be careful, pressure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.language.accusations.reading import Reading, span
from pipeline.language.agency import speaks_to_people
from pipeline.language.blame import charges
from pipeline.language.clauses import Clause
from pipeline.language.learned import PRESSURE, read
from pipeline.language.lexicon import word_set, words
from pipeline.language.people import Party, People

_REMIND = words("conduct", "remind") | word_set(
    "ask encourage educate sensitise sensitize reiterate nudge pester"
)
_TALK = word_set("speak talk chat sit meet discuss")
_TRAIN = word_set("train educate coach teach mentor counsel tutor school")
_CAREFUL = word_set(
    "check double-check doublecheck verify recheck remember follow pay read reread re-read think confirm validate watch "
    "adhere comply respect test ask review look avoid stop concentrate focus communicate escalate"
)
_ALWAYS = word_set("always never every before more carefully properly twice strictly diligently closely")
_PRESSURE = word_set(
    "performance bonus salary accountable accountability disciplinary reprimand sanction hr appraisal pip"
)
_TECHNICAL_SUBJECTS = word_set("automatically ci pipeline bot job script tool")


@dataclass(frozen=True, slots=True)
class Pressure:
    """The span that acts on people, and why."""

    start: int
    end: int
    reason: str


def acts_on_people(text: str, people: People) -> Pressure | None:
    """What in an item's title depends on somebody being more careful, or singles somebody out."""
    by_rule = ruled(text, people)
    if not PRESSURE.reached(read(text).pressure, ruled=by_rule is not None):
        return None
    return by_rule or Pressure(
        0, len(text), "its success depends on people behaving better, or it singles some out"
    )


def ruled(text: str, people: People) -> Pressure | None:
    """What the rules alone say."""
    for charge in charges(text, people):
        if charge.kind == "punitive":
            return Pressure(charge.start, charge.end, charge.reason)
    return next(_pressures(Reading(text, people)), None)


def _pressures(reading: Reading) -> Iterator[Pressure]:
    for clause in reading.clauses:
        reason = (
            _reminds(reading, clause)
            or _talks(reading, clause)
            or _singles_out(reading, clause)
            or _urges(reading, clause)
            or _names_and_shames(reading, clause)
        )
        if reason:
            last = max(clause.main, min(clause.last, len(reading.words)) - 1)
            start, end = span(reading, clause.first, last)
            yield Pressure(start, end, reason)
    for i, token in enumerate(reading.words):
        appraised = reading.lowered[i + 1 : i + 2] in (
            ["review"],
            ["reviews"],
            ["appraisal"],
            ["rating"],
            ["plan"],
        )
        if token.lower == "performance" and not appraised:
            continue
        if token.lower in _PRESSURE and not reading.denied(i) and _about_people(reading):
            yield Pressure(token.start, token.end, "the incident is held against people")
        if token.lower in ("reminder", "reminders", "awareness") and _about_people(reading):
            yield Pressure(token.start, token.end, "success depends on people remembering")


def _about_people(reading: Reading) -> bool:
    low = set(reading.lowered)
    return any(
        reading.people.party((t,)).human for t in reading.words if t.tag in ("NOUN", "PROPN", "PRON")
    ) or bool(low & {"performance", "awareness", "disciplinary"})


def _object(reading: Reading, clause: Clause) -> Party:
    found = reading.phrase_after(clause.main + 1)
    return reading.party(*found) if found else Party("unknown")


def _reminds(reading: Reading, clause: Clause) -> str | None:
    if clause.verb not in _REMIND or clause.human or clause.passive:
        return None
    party = _object(reading, clause)
    if not (party.human or party.open in ("either", "agent")) or party.target == "external":
        return None
    if clause.verb in ("tell", "ask", "warn", "advise", "instruct", "caution", "encourage"):
        child = reading.child(clause)
        if child is None or child.verb not in _CAREFUL | {"be", "use"}:
            return None
    return "success depends on people remembering"


def _talks(reading: Reading, clause: Clause) -> str | None:
    if clause.human or not (
        clause.verb in _TALK or (clause.verb == "have" and reading.has("word", "conversation"))
    ):
        return None
    tail = reading.lowered[clause.main + 1 : clause.main + 8]
    for i, low in enumerate(tail):
        if low in ("to", "with"):
            found = reading.phrase_after(clause.main + 2 + i)
            if found is not None and reading.party(*found).human:
                party = reading.party(*found)
                if party.kind in ("person", "role") and (clause.verb != "discuss" or party.kind == "person"):
                    return "somebody who took part is singled out for a talk"
    return None


def _singles_out(reading: Reading, clause: Clause) -> str | None:
    party = clause.party if clause.passive else _object(reading, clause)
    single = party.human and party.kind == "person" and party.target != "self"
    if clause.verb in _TRAIN and (single or reading.has("again", "refresher")):
        return "training is aimed at one person"
    if (
        clause.verb in ("make", "have", "force", "require")
        and party.human
        and party.kind in ("person", "role")
    ):
        if reading.has("personally", "mistake", "mistakes", "himself", "herself", "apologise", "apologize"):
            return "somebody who took part is singled out"
    if clause.verb in ("remove", "exclude", "ban", "bar", "block") and single:
        return "somebody who took part is singled out"
    return None


def _urges(reading: Reading, clause: Clause) -> str | None:
    """ "Engineers must double-check", "Make sure people follow the checklist", "Always verify before you deploy"."""
    if clause.passive or (clause.negated and clause.verb not in ("forget", "rush")):
        return None
    low = reading.lowered
    if clause.verb in ("forget", "rush") and clause.negated and clause.implied:
        return "success depends on people remembering"
    careful = clause.verb in _CAREFUL
    modal = clause.modal in ("must", "should", "shall", "need", "will", "ought")
    ensured = (
        clause.connective in ("that", "")
        and reading.lemmas[:1] in (["ensure"], ["make"], ["require"])
        and clause.tense == "present"
    )
    above = reading.parent(clause)
    needed = above is not None and above.verb in ("need", "have", "require") and above.human
    people = clause.human or (clause.party.open == "either" and speaks_to_people(clause.object))
    if people and careful and clause.party.target != "external" and (modal or ensured or needed):
        if clause.party.kind == "person" and not any(w in _ALWAYS for w in low):
            return None  # "Priya should verify the fix": an assignment
        return "success depends on people being more careful"
    opening = clause is reading.clauses[0] and clause.implied and clause.mood in ("finite", "imperative")
    if opening and careful and any(w in ("always", "never", "carefully", "twice", "properly") for w in low):
        if not set(low) & _TECHNICAL_SUBJECTS:
            return "success depends on people being more careful"
    if opening and clause.verb in ("double-check", "remember") and not set(low) & _TECHNICAL_SUBJECTS:
        return "success depends on people being more careful"
    return None


def _names_and_shames(reading: Reading, clause: Clause) -> str | None:
    if clause.verb in ("name", "shame", "punish", "discipline", "fire", "reprimand", "penalise", "penalize"):
        party = _object(reading, clause)
        if party.human:
            return "a sanction is planned"
    return None
