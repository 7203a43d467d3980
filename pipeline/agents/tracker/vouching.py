"""Which owner, date, ticket and priority the records themselves give to a piece of work."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from pipeline.agents.support import admissible, cited
from pipeline.agents.tracker.claims import Claim
from pipeline.agents.tracker.context import Context
from pipeline.agents.tracker.fields import as_owner
from pipeline.agents.tracker.owed import document_claims
from pipeline.agents.tracker.promises import conversation_claims
from pipeline.agents.tracker.tickets import find_tickets
from pipeline.evidence.likeness import content
from pipeline.models.actions import Owner, Priority, Ticket

_PRIORITY = re.compile(r"\bP[0-3]\b")


@dataclass(frozen=True, slots=True)
class Vouched:
    """What holds of the fields that a model proposed. `proposed_owner` is a name that no record binds."""

    owner: Owner | None = None
    proposed_owner: str | None = None
    due: date | None = None
    ticket: Ticket | None = None
    priority: Priority | None = None
    because: dict[str, str] = field(default_factory=dict)
    fell: tuple[str, ...] = ()  # names of fields that no cited record gives


class Vouchers:
    """The claims that the built-in tracker reads out of the records, asked record by record."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.all = (*document_claims(context), *conversation_claims(context))
        self._claims: dict[str, list[Claim]] = {}
        for claim in self.all:
            for record_id in claim.evidence:
                self._claims.setdefault(record_id, []).append(claim)

    def claims(self, words: str, ids: Sequence[str]) -> list[Claim]:
        """Claims of the cited records that are about this work; a record may tell of several."""
        found = [(record_id, claim) for record_id in ids for claim in self._claims.get(record_id, ())]
        about = content(words)
        return [
            claim
            for record_id, claim in found
            if len(self._claims[record_id]) == 1 or about & content(claim.words)
        ]

    def vouch(
        self,
        words: str,
        ids: Sequence[str],
        *,
        owner: str | None,
        due: str | None,
        ticket: str | None,
        priority: Priority | None,
    ) -> Vouched:
        claims = self.claims(words, ids)
        because: dict[str, str] = {}
        fell: list[str] = []

        def held(name: str, wanted: bool, candidates: Iterator[Claim]) -> Claim | None:
            """The first claim that gives the field, and where it says so."""
            claim = next(candidates, None) if wanted else None
            if wanted and claim is None:
                fell.append(name)
            elif claim is not None:
                because[name] = claim.because.get(name, f"{claim.record.id} says so")
            return claim

        named = self._name(owner) if owner else ""
        of_owner = held("owner", bool(named), _having(claims, lambda c: _is_called(c.owner, named)))
        of_due = held("due", due is not None, _having(claims, lambda c: c.due and c.due.isoformat() == due))
        written = priority is not None and self._writes(priority, ids)
        of_priority = held(
            "priority",
            priority is not None and not written,
            _having(claims, lambda c: c.priority == priority),
        )
        if written:
            because["priority"] = f"{ids[0]} says so"
        key = self._ticket(ticket, ids) if ticket else None
        if key is not None:
            because["tracking"] = f"{key[1]} names it"
        elif ticket:
            fell.append("tracking")
        return Vouched(
            owner=of_owner.owner if of_owner else None,
            proposed_owner=self._proposed(owner) if owner and of_owner is None else None,
            due=of_due.due if of_due else None,
            ticket=key[0] if key else None,
            priority=priority if written else of_priority.priority if of_priority else None,
            because=because,
            fell=tuple(fell),
        )

    def _name(self, written: str) -> str:
        known = self._context.directory.who(written)
        return known.name if known else written.strip(" @")

    def _proposed(self, written: str) -> str | None:
        """A name that the roster or a record's author bears; an invented one is not even proposed."""
        known = self._context.directory.who(written)
        return as_owner(known).name if known else None

    def _writes(self, priority: Priority, ids: Sequence[str]) -> bool:
        """Whether the first record that the work is told by gives this priority, and no other."""
        first = [
            admissible(r) for r in cited(self._context.case, ids[:1]) if r.id not in self._context.outside
        ]
        given = {m for r in first for m in _PRIORITY.findall("\n".join((r.text, *(c for _, c in r.columns))))}
        return given == {priority}

    def _ticket(self, written: str, ids: Sequence[str]) -> tuple[Ticket, str] | None:
        """The key as a cited record writes it, and that record's id."""
        tracker = self._context.case.incident.tracker
        for record in map(admissible, cited(self._context.case, ids)):
            if record.id in self._context.outside:
                continue
            text = "\n".join((record.text, *(cell for _, cell in record.columns)))
            for mention in find_tickets(text, tracker, self._context.own_keys):
                if mention.ticket.key.casefold() == written.strip().casefold():
                    return mention.ticket, record.id
        return None


def _having(claims: Sequence[Claim], holds: Callable[[Claim], object]) -> Iterator[Claim]:
    return (claim for claim in claims if holds(claim))


def _is_called(owner: Owner | None, name: str) -> bool:
    """Whether the name is the owner's, whole or by the one word that a record calls them by; what is printed is the
    record's own."""
    if owner is None:
        return False
    known, said = owner.name.strip(" @").casefold(), name.casefold()
    return known == said or known in said.split()
