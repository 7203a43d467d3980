"""Sorts actions into items, those that need detail, parked and done, and words what each says of itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from pipeline.agents.tracker.claims import Claim
from pipeline.agents.tracker.classing import category_of, type_of
from pipeline.agents.tracker.merging import Action
from pipeline.language.blame import without_blame
from pipeline.language.people import People
from pipeline.language.sentences import split
from pipeline.language.vagueness import parts
from pipeline.models.actions import (
    ActionItem,
    ActionItems,
    Because,
    Done,
    MissingPart,
    NeedsDetail,
    Parked,
    Priority,
)
from pipeline.models.incident import Person, Service
from pipeline.models.postmortem import Factor
from pipeline.models.record import Record

_RANK: dict[Priority | None, int] = {"P0": 0, "P1": 1, "P2": 2, "P3": 3, None: 4}
_ASKS: dict[MissingPart, str] = {
    "v": "what will be done about this",
    "o": "which system or document does it change",
    "d": "how will somebody else see that it is done",
}
_QUOTED = re.compile(r"[^“”]{3,60}: “([^”]+)”$")
_CLAUSE_END = re.compile(
    r"[,;:]\s|\s[–—-]\s|\s(?=\(|(?:and|but|so|because|which|while|when|although|since|as)\s)"
)


class Sorter:
    """What the organisation states (due days, cap) and who is known; nothing else is added to an action."""

    def __init__(
        self,
        people: People,
        roster: Sequence[Person],
        services: Sequence[Service],
        due_days: Mapping[Priority, int],
        cap: int,
        anchor: date | None,
    ) -> None:
        self._people, self._roster, self._services = people, roster, services
        self._due_days, self._cap, self._anchor = due_days, cap, anchor

    def sort(self, actions: Sequence[Action], factors: Sequence[Factor]) -> ActionItems:
        """`factors`: those that nothing addresses; each becomes a question."""
        items: list[ActionItem] = []
        vague: list[NeedsDetail] = []
        parked: list[Parked] = []
        done: list[Done] = []
        for action in actions:
            title = self._fair(action.title)
            if title is None:
                continue
            if action.claim.state == "done":
                done.append(Done(title=title, evidence=action.evidence))
            elif action.claim.state == "declined":
                reason = self._fair(action.claim.reason) or "put off or declined, as its records say"
                parked.append(Parked(title=title, reason=reason, evidence=action.evidence))
            elif missing := missing_parts(title):
                vague.append(self._needs_detail(action, title, missing))
            else:
                items.append(self._item(action, title))
        vague += [self._of_factor(f) for f in factors]
        items.sort(key=lambda i: _RANK[i.priority])
        items, over = cut_to_cap(items, self._cap)
        return ActionItems(
            items=tuple(i.model_copy(update={"id": f"A{n}"}) for n, i in enumerate(items, 1)),
            needs_detail=tuple(v.model_copy(update={"id": f"N{n}"}) for n, v in enumerate(vague, 1)),
            parked=(*parked, *over),
            done=tuple(done),
        )

    def _fair(self, text: str) -> str | None:
        return without_blame(text, self._people)

    def _item(self, action: Action, title: str) -> ActionItem:
        claim = action.claim
        kind, reason = type_of(title)
        due, because_due = claim.due, claim.because.get("due")
        if due is None and claim.priority and claim.priority in self._due_days and self._anchor:
            days = self._due_days[claim.priority]
            due = self._anchor + timedelta(days=days)
            because_due = f"policy: {claim.priority} within {days} days"
        return ActionItem(
            id="A0",
            title=title,
            detail=self._detail(action),
            owner=claim.owner,
            proposed_owner=None if claim.owner else self._proposed(action),
            priority=claim.priority,
            due=due,
            tracking=claim.ticket,
            type=kind,
            category=category_of(title),
            addresses=action.addresses,
            basis="proposed" if action.basis == "proposed" else "stated",
            evidence=action.evidence,
            because=Because(
                owner=claim.because.get("owner"),
                priority=claim.because.get("priority"),
                due=because_due,
                tracking=claim.because.get("tracking"),
                type=reason,
            ),
        )

    def _detail(self, action: Action) -> str | None:
        claim = action.claim
        said: list[str] = []
        if claim.condition:
            said.append(f"Condition: {claim.condition}.")
        if claim.depends_on:
            said.append(f"See also {', '.join(claim.depends_on)}.")
        if claim.before:
            said.append(f"Said about it: “{_short(claim.before)}”.")
        told = [c.words for c in action.others if c.words and c.words.lower() not in action.title.lower()]
        if told:
            said.append("Also told as " + "; ".join(f"“{_short(t)}”" for t in dict.fromkeys(told)) + ".")
        if action.disputes:
            said.append("Sources differ: " + "; ".join(action.disputes) + ".")
        fair = [f for f in (self._fair(s) for s in said) if f]
        return " ".join(fair) or None

    def _proposed(self, action: Action) -> str | None:
        """Who was asked without an answer, else the owner of a service that the action names."""
        if action.claim.asked:
            return action.claim.asked
        low = f" {action.title.lower()} "
        for service in self._services:
            if service.owner and service.name.lower() in low:
                return service.owner
        return None

    def _needs_detail(self, action: Action, title: str, missing: tuple[MissingPart, ...]) -> NeedsDetail:
        claim = action.claim
        return NeedsDetail(
            id="N0",
            title=title,
            missing=missing,
            question=question(missing, owned=claim.owner is not None),
            for_whom=claim.owner.name if claim.owner else self._asked_of(claim),
            owner=claim.owner,
            due=claim.due,
            tracking=claim.ticket,
            evidence=action.evidence,
        )

    def _asked_of(self, claim: Claim) -> str | None:
        record: Record = claim.record
        if claim.asked:
            return claim.asked
        if (
            record.actor
            and record.actor_kind in ("person", "role", "team", "unknown")
            and record.kind == "message"
        ):
            return record.actor
        return f"author of the {record.document}" if record.document else self.commander()

    def commander(self) -> str:
        """A role, never a guess at a name."""
        return next(
            (p.role for p in self._roster if p.role and "commander" in p.role.lower()), "incident commander"
        )

    def _of_factor(self, factor: Factor) -> NeedsDetail:
        return NeedsDetail(
            id="N0",
            title=f"No action in the records meets {factor.id}: {label_of(self._fair(factor.statement) or factor.kind)}",
            missing=("v", "o", "d"),
            question="What will change about this, where, until when, and who owns it? Or is it accepted, and why?",
            for_whom=self.commander(),
            evidence=factor.evidence,
        )


def missing_parts(title: str) -> tuple[MissingPart, ...]:
    """What a stranger would lack to close it: the verb, the object, the test that it is done."""
    found = parts(title)
    flags: tuple[tuple[MissingPart, bool], ...] = (
        ("v", found.verb),
        ("o", found.object),
        ("d", found.done_test),
    )
    return tuple(letter for letter, present in flags if not present)


def question(missing: Sequence[MissingPart], *, owned: bool) -> str:
    """One question for exactly what is missing."""
    asked = [_ASKS[m] for m in missing] + ([] if owned else ["who owns it"])
    joined = asked[0] if len(asked) == 1 else ", ".join(asked[:-1]) + ", and " + asked[-1]
    return f"{joined[:1].upper()}{joined[1:]}?"


def cut_to_cap(items: Sequence[ActionItem], cap: int) -> tuple[list[ActionItem], list[Parked]]:
    """The last ones without owner and ticket are parked; the others stay, however many."""
    kept = list(items)
    over: list[Parked] = []
    for item in reversed(items):
        if len(kept) <= cap:
            break
        if item.owner is None and item.tracking is None:
            kept.remove(item)
            over.append(Parked(title=item.title, reason=f"over the cap of {cap}", evidence=item.evidence))
    return kept, over[::-1]


def label_of(statement: str, limit: int = 80) -> str:
    """A factor by its label or its first clause: "Two caches, one flush. The runbook …" is "Two caches, one flush"."""
    text = " ".join(statement.split()).strip(" .")
    quoted = _QUOTED.match(text)
    if quoted:  # "Iris wrote at 12:43 UTC: “…”"
        return f"“{label_of(quoted[1], limit - 2)}”"
    sentence = next((text[s:e] for s, e in split(text)), text).strip(" .")
    if len(sentence) <= limit:
        return sentence
    ends = [m.start() for m in _CLAUSE_END.finditer(sentence, 12, limit)]
    return sentence[: ends[-1]] if ends else sentence[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"


def _short(text: str, limit: int = 140) -> str:
    plain = " ".join(text.split()).strip(" .")
    return plain if len(plain) <= limit else plain[: limit - 1].rsplit(" ", 1)[0] + "…"
