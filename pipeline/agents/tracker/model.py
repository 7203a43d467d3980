"""The tracker played by a language model: it sorts what is owed, and code keeps what records vouch for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from pipeline.agents.hat import Hat
from pipeline.agents.reading import Reading
from pipeline.agents.room import DEFAULT_ROOM, Room
from pipeline.agents.support import (
    admissible,
    cited,
    fault_of,
    is_role,
    is_told,
    plain,
    question_fault,
)
from pipeline.agents.tracker.claims import Claim, State
from pipeline.agents.tracker.context import Context
from pipeline.agents.tracker.coverage import tie, uncovered
from pipeline.agents.tracker.merging import Action, merge
from pipeline.agents.tracker.replies import DoneReply, ItemReply, NeedsReply, ParkedReply, TrackerReply
from pipeline.agents.tracker.rewording import reword
from pipeline.agents.tracker.second_try import try_again
from pipeline.agents.tracker.sorting import Sorter, missing_parts, question
from pipeline.agents.tracker.vouching import Vouched, Vouchers
from pipeline.config import Settings
from pipeline.evidence.wording import quotable
from pipeline.language.people import People
from pipeline.llm.port import ChatModel
from pipeline.models.actions import ActionItems, MissingPart, NeedsDetail, Priority
from pipeline.models.case import Case
from pipeline.models.evaluation import Finding
from pipeline.models.postmortem import Factor, Ids, Narrative
from pipeline.models.removal import Dropped
from pipeline.prompting.collection import load_prompts
from pipeline.rendering.prompt_blocks import work_lines

_PARTS: tuple[MissingPart, ...] = ("v", "o", "d")
_REASON = 160  # characters of a record that stand as a reason


class ModelTracker:
    """For one incident. `dropped` and `notices` fill up as it works; they go into run.json.

    `today` is the day that policy dates are counted from where no record dates the end of the incident.
    """

    def __init__(
        self,
        model: ChatModel,
        people: People,
        settings: Settings,
        today: date | None = None,
        *,
        room: Room = DEFAULT_ROOM,
        reading: Reading | None = None,
        house: str = "",
    ) -> None:
        self._hat = Hat(model, load_prompts(), room, reading=reading, house=house)
        self._people, self._settings, self._today = people, settings, today
        self._dropped: list[Dropped] = []

    @property
    def writers(self) -> tuple[str, ...]:
        return self._hat.writers

    @property
    def dropped(self) -> tuple[Dropped, ...]:
        return (*self._hat.dropped, *self._dropped)

    @property
    def notices(self) -> tuple[str, ...]:
        return self._hat.notices

    def track(self, case: Case, narrative: Narrative) -> ActionItems:
        """The model's work with the fields that records give it, and the promises that it left out."""
        reply = self._hat.ask(
            case,
            "tracker",
            TrackerReply,
            data=("narrative",),
            narrative=work_lines(narrative),
            cap=str(self._settings.item_cap),
        )
        reply = try_again(self._hat, case, reply)
        context = Context(case, narrative, self._today)
        vouchers = Vouchers(context)
        actions = [self._item(item, case, vouchers) for item in reply.items]
        actions += [self._settled(entry, "declined", entry.reason, case) for entry in reply.parked]
        actions += [self._settled(entry, "done", "", case) for entry in reply.done]
        vague = [found for entry in reply.needs_detail if (found := self._needs(entry, case, vouchers))]
        kept = [action for action in actions if action is not None]
        kept += _left_out(
            vouchers, (*(i for a in kept for i in a.evidence), *(i for n, _ in vague for i in n.evidence))
        )
        tied, open_factors = _tied(kept, [addresses for _, addresses in vague], case, narrative)
        sorted_work = self._sorter(context).sort(tied, open_factors)
        needs = (*(n for n, _ in vague), *sorted_work.needs_detail, *self._asked(case))
        numbered = tuple(n.model_copy(update={"id": f"N{at}"}) for at, n in enumerate(needs, 1))
        return sorted_work.model_copy(update={"needs_detail": numbered})

    def revise(
        self, case: Case, narrative: Narrative, items: ActionItems, findings: tuple[Finding, ...]
    ) -> ActionItems:
        commander = self._sorter(Context(case, narrative, self._today)).commander()
        mended, dropped = reword(self._hat, case, items, findings, self._people, commander)
        self._dropped += dropped
        parts = {f.id for f in narrative.contributing_factors} | {p.id for p in narrative.prevention}
        tied = (
            i.model_copy(update={"addresses": tuple(a for a in i.addresses if a in parts)})
            for i in mended.items
        )
        return mended.model_copy(update={"items": tuple(tied)})

    def _item(self, reply: ItemReply, case: Case, vouchers: Vouchers) -> Action | None:
        title = self._title(reply.title, reply.evidence, case)
        if title is None:
            return None
        ids = tuple(dict.fromkeys(reply.evidence))
        vouched = self._vouched(title, reply, ids, vouchers, reply.priority)
        claim = Claim(
            words=title,
            record=cited(case, ids)[0],
            frame="need",
            owner=vouched.owner,
            asked=vouched.proposed_owner,
            due=vouched.due,
            ticket=vouched.ticket,
            priority=vouched.priority,
            because=vouched.because,
            evidence=ids,
        )
        stated = reply.basis == "stated" and is_told(title, ids, case)
        basis = "stated" if stated or vouched.owner else "proposed"
        return Action(claim=claim, title=title, addresses=tuple(reply.addresses), basis=basis)

    def _settled(
        self, reply: ParkedReply | DoneReply, state: State, reason: str, case: Case
    ) -> Action | None:
        """What was declined or is done. A reason that the records don't give is left out."""
        title = self._title(reply.title, reply.evidence, case)
        if title is None:
            return None
        ids = tuple(dict.fromkeys(reply.evidence))
        why = plain(reason)
        told = why if why and fault_of(why, ids, case, title=True) is None else self._words(ids, case)
        claim = Claim(title, cited(case, ids)[0], "need", state=state, reason=told, evidence=ids)
        return Action(claim=claim, title=title, addresses=tuple(reply.addresses))

    def _words(self, ids: Ids, case: Case) -> str:
        """What the first of the records says, as a reason in its own words."""
        said = quotable(admissible(cited(case, ids)[0]).text, self._people, limit=_REASON)
        return f"“{said}”" if said else ""

    def _vouched(
        self,
        title: str,
        reply: ItemReply | NeedsReply,
        ids: Ids,
        vouchers: Vouchers,
        priority: Priority | None = None,
    ) -> Vouched:
        vouched = vouchers.vouch(
            title, ids, owner=reply.owner, due=reply.due, ticket=reply.ticket, priority=priority
        )
        wanted = {"owner": reply.owner, "due": reply.due, "tracking": reply.ticket, "priority": priority}
        for name in vouched.fell:
            told = f"{name} {wanted[name]} of “{title}”"
            self._dropped.append(Dropped("items", told, "no cited record gives it", ids))
        return vouched

    def _needs(
        self, reply: NeedsReply, case: Case, vouchers: Vouchers
    ) -> tuple[NeedsDetail, tuple[str, ...]] | None:
        title = self._title(reply.title, reply.evidence, case)
        if title is None:
            return None
        ids = tuple(dict.fromkeys(reply.evidence))
        lacks = {*missing_parts(title), *reply.missing} or {"d"}
        missing = tuple(part for part in _PARTS if part in lacks)
        asked, role = plain(reply.question), plain(reply.for_role or "")
        own = question_fault(asked, ids, case) is None
        vouched = self._vouched(title, reply, ids, vouchers)
        needs = NeedsDetail(
            id="N0",
            title=title,
            missing=missing,
            question=asked if own else question(missing, owned=vouched.owner is not None),
            for_whom=role if role and is_role(role, case) else None,
            owner=vouched.owner,
            due=vouched.due,
            tracking=vouched.ticket,
            evidence=ids,
        )
        return needs, tuple(reply.addresses)

    def _title(self, written: str, ids: Sequence[str], case: Case) -> str | None:
        title = plain(written).rstrip(".")
        fault = fault_of(title, ids, case, title=True, wish=True)
        if fault is None:
            return title
        known = tuple(record.id for record in cited(case, ids))
        self._dropped.append(Dropped("items", title, fault, known))
        return None

    def _asked(self, case: Case) -> Iterable[NeedsDetail]:
        """One question for all work that fell: its words are not printed, its records are."""
        ids = tuple(dict.fromkeys(i for fell in self._dropped for i in fell.evidence))
        if any(fell.fault != "no cited record gives it" for fell in self._dropped) and ids:
            yield NeedsDetail(
                id="N0",
                title="Follow-up work that the draft could not tie to its records",
                missing=_PARTS,
                question="Which work do these records ask for, and who owns it?",
                for_whom="incident commander",
                evidence=ids[:4],
            )

    def _sorter(self, context: Context) -> Sorter:
        incident = context.case.incident
        return Sorter(
            self._people,
            incident.roster,
            incident.services,
            self._settings.due_days,
            self._settings.item_cap,
            context.last_day or self._today,
        )


def _left_out(vouchers: Vouchers, told: Iterable[str]) -> list[Action]:
    """Work that somebody took, dated or ticketed in the records, and that the model does not mention."""
    known = set(told)
    return [
        action
        for action in merge(vouchers.all)
        if (action.claim.owner or action.claim.ticket or action.claim.due)
        and not known & set(action.evidence)
    ]


def _tied(
    actions: Sequence[Action], of_vague: Sequence[tuple[str, ...]], case: Case, narrative: Narrative
) -> tuple[list[Action], list[Factor]]:
    """Actions with all that they address, one more for each measure that no entry takes up, and the factors
    that nothing addresses."""
    measures = {p.id: p for p in narrative.prevention}
    parts = {*measures, *(f.id for f in narrative.contributing_factors)}

    def served(addresses: Iterable[str]) -> tuple[str, ...]:
        real = [a for a in addresses if a in parts]
        return tuple(
            dict.fromkeys((*real, *(f for a in real if a in measures for f in measures[a].addresses)))
        )

    by_vague = {a for addresses in of_vague for a in served(addresses)}
    taken = by_vague | {a for action in actions for a in served(action.addresses)}
    rest = narrative.model_copy(
        update={"prevention": tuple(p for p in narrative.prevention if p.id not in taken)}
    )
    tied = tie(actions, case, rest)
    own = [*(served(action.addresses) for action in actions), *(() for _ in tied[len(actions) :])]
    # Shared words tie an action only where the model names nothing that it serves.
    joined = [
        replace(action, addresses=first or action.addresses) for first, action in zip(own, tied, strict=True)
    ]
    return joined, [f for f in uncovered(joined, narrative) if f.id not in by_vague]
