"""The rounds of a draft: author, track, evaluate, revise; none accepts because the rounds ran out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from pipeline.config import Settings
from pipeline.drafting.assembling import assemble
from pipeline.drafting.evaluating import Judged, judge
from pipeline.drafting.hats import Hats
from pipeline.language.people import People
from pipeline.models.actions import ActionItems
from pipeline.models.case import Case
from pipeline.models.evaluation import Finding, Gate
from pipeline.models.postmortem import Narrative
from pipeline.models.removal import Change
from pipeline.rubric.judged import is_unanswered

Progress = Callable[[str], None]
# What an author and a tracker word; times, ids and kinds are not theirs to change.
_WORDS = frozenset({"text", "statement", "event", "question", "title"})


@dataclass(frozen=True, slots=True)
class Table:
    """What lies on the table for whoever writes. `rounds` is how often a rejected draft may be revised."""

    case: Case
    people: People
    gate: Gate
    today: date
    settings: Settings
    rounds: int
    tell: Progress

    def judge(self, hats: Hats, narrative: Narrative, items: ActionItems) -> Judged:
        postmortem = assemble(self.case, narrative, hats.writers)
        return judge(
            self.case,
            self.people,
            postmortem,
            items,
            gate=self.gate,
            today=self.today,
            settings=self.settings,
            asked=None if hats.service.failed else hats.judge,
        )


@dataclass(frozen=True, slots=True)
class Judging:
    """One round: what was written anew in it, and what blocks then. The first is the first writing."""

    findings: tuple[Finding, ...]
    changes: tuple[Change, ...] = ()
    calls: int = 0


def write(table: Table, hats: Hats) -> tuple[Judged, tuple[Judging, ...]]:
    """The draft as it stands after the last round, and each round. Raises ModelError."""
    calls = _Calls(hats)
    table.tell(f"writing ({' and '.join(hats.author.writers)})")
    narrative = hats.author.write(table.case)
    table.tell("tracking")
    items = hats.tracker.track(table.case, narrative)
    table.tell("evaluating")
    judged = table.judge(hats, narrative, items)
    rounds = [Judging(judged.blocking, calls=calls.since())]
    for number in range(1, table.rounds + 1):
        # A question that the judge gave no answer to is nothing that other words could mend.
        findings = tuple(f for f in judged.blocking if not is_unanswered(f))
        if judged.evaluation.verdict == "accepted" or not findings:
            break
        table.tell(f"revising, round {number}: {len(findings)} findings")
        better = hats.author.revise(table.case, narrative, findings)
        better_items = hats.tracker.revise(table.case, better, items, findings)
        if better == narrative and better_items == items:
            rounds.append(Judging(judged.blocking, calls=calls.since()))
            break
        changes = (*changes_of(narrative, better), *changes_of(items, better_items))
        narrative, items = better, better_items
        judged = table.judge(hats, narrative, items)
        rounds.append(Judging(judged.blocking, changes, calls.since()))
    return judged, tuple(rounds)


class _Calls:
    """How often the model was asked since the last time that somebody looked."""

    def __init__(self, hats: Hats) -> None:
        self._meter, self._seen = hats.meter, hats.meter.calls if hats.meter else 0

    def since(self) -> int:
        now = self._meter.calls if self._meter else 0
        before, self._seen = self._seen, now
        return now - before


def changes_of(before: Narrative | ActionItems, after: Narrative | ActionItems) -> Iterator[Change]:
    """What is worded otherwise, is new, or is gone, by where it stood."""
    was, is_now = dict(_worded(before)), dict(_worded(after))
    for where in dict.fromkeys((*was, *is_now)):
        if was.get(where) != is_now.get(where):
            yield Change(where, was.get(where), is_now.get(where))


def _worded(told: Narrative | ActionItems) -> Iterator[tuple[str, str]]:
    for part, pieces in told.model_dump(mode="json", by_alias=True).items():
        if isinstance(pieces, list):
            for at, piece in enumerate(pieces):
                for name in sorted(_WORDS & piece.keys()):
                    yield f"/{part}/{at}/{name}", piece[name]
