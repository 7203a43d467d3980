"""Ties actions to the factors and measures of the narrative, so that each of these ends somewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.agents.tracker.claims import Claim
from pipeline.agents.tracker.merging import Action
from pipeline.agents.tracker.states import state_of
from pipeline.agents.tracker.titles import is_command, make_title
from pipeline.evidence.likeness import content
from pipeline.language.words import tokens
from pipeline.models.case import Case
from pipeline.models.postmortem import Factor, Narrative, Prevention
from pipeline.models.record import Record

_FRAMES = {
    "cleanup": "what the mitigation left behind",
    "elsewhere": "the same defect in another place",
    "test": "no test covers the defect yet",
}


def tie(actions: Sequence[Action], case: Case, narrative: Narrative) -> list[Action]:
    """Actions with what they address, followed by one for each measure that no action takes up."""
    common = _common_words(narrative)
    tied: list[Action] = []
    taken: set[str] = set()
    for action in actions:
        addresses: list[str] = []
        for measure in narrative.prevention:
            if _same_measure(action, measure, common):
                addresses += [measure.id, *measure.addresses]
                taken.add(measure.id)
        addresses += [f.id for f in narrative.contributing_factors if _meets(action, f, common)]
        if not addresses and action.claim.frame in _FRAMES:
            addresses = [_FRAMES[action.claim.frame]]
        tied.append(replace(action, addresses=tuple(dict.fromkeys(addresses))))
    for measure in narrative.prevention:
        if measure.id not in taken:
            tied.append(_of_measure(measure, case))
    return tied


def uncovered(actions: Sequence[Action], narrative: Narrative) -> tuple[Factor, ...]:
    """Factors that no action addresses."""
    met = {a for action in actions for a in action.addresses}
    return tuple(f for f in narrative.contributing_factors if f.id not in met)


def _words(action: Action) -> frozenset[str]:
    told = " ".join(
        [action.title, action.claim.words, action.claim.before, *(c.words for c in action.others)]
    )
    return content(told)


def _common_words(narrative: Narrative) -> frozenset[str]:
    """Words that most factors share say nothing about which of them an action meets."""
    factors = [content(f.statement) for f in narrative.contributing_factors]
    if len(factors) < 3:
        return frozenset()
    every = {w for f in factors for w in f}
    return frozenset(w for w in every if sum(w in f for f in factors) > len(factors) / 2)


def _same_measure(action: Action, measure: Prevention, common: frozenset[str]) -> bool:
    shared = (_words(action) & content(measure.statement)) - common
    smaller = min(len(content(action.title)), len(content(measure.statement))) or 1
    if set(action.evidence) & set(measure.evidence) and shared:
        return len(shared) >= 2 or len(shared) / smaller >= 0.3
    return len(shared) >= 2 and len(shared) / smaller >= 0.5


def _meets(action: Action, factor: Factor, common: frozenset[str]) -> bool:
    shared = (_words(action) & content(factor.statement)) - common
    smaller = min(len(content(action.title)), len(content(factor.statement))) or 1
    return len(shared) >= 2 or (bool(shared) and len(shared) / smaller >= 0.34)


def _of_measure(measure: Prevention, case: Case) -> Action:
    """A measure of the narrative as an action without owner or date, unless its records say more."""
    record = next((r for r in case.records if r.id in measure.evidence), None)
    if record is None:
        record = Record(
            id=measure.id, source="narrative", locator=measure.id, kind="statement", text=measure.statement
        )
    claim = Claim(
        words=measure.statement,
        record=record,
        frame="need",
        state="done" if _is_in_place(measure.statement) else "open",
        evidence=measure.evidence,
    )
    return Action(
        claim=claim,
        title=make_title(measure.statement, acted=True),
        addresses=(measure.id, *measure.addresses),
        basis="proposed" if measure.basis == "proposed" else "stated",
    )


def _is_in_place(statement: str) -> bool:
    """What a measure tells as a fact ("the job runs with client 16 since Friday") is done already."""
    if state_of(statement) == "done":
        return True
    words = tokens(statement)
    planned = is_command(statement) or any(w.tag in ("MODAL", "TO") for w in words)
    return not planned and any(w.tag in ("VERB", "AUX") and w.form in ("s", "past") for w in words)
