"""The built-in tracker: it finds what is owed in the records by how people say such things, and adds nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipeline.agents.tracker.context import Context
from pipeline.agents.tracker.coverage import tie, uncovered
from pipeline.agents.tracker.mending import mend
from pipeline.agents.tracker.merging import Action, completed_by, merge
from pipeline.agents.tracker.owed import document_claims
from pipeline.agents.tracker.promises import conversation_claims
from pipeline.agents.tracker.sorting import Sorter
from pipeline.config import Settings
from pipeline.language.people import People
from pipeline.models.actions import ActionItems
from pipeline.models.case import Case
from pipeline.models.evaluation import Finding
from pipeline.models.postmortem import EXTRACTIVE, Narrative
from pipeline.models.removal import Dropped


class ExtractiveTracker:
    """`today` is the day that policy dates are counted from where no record dates the end of the incident."""

    writers = (EXTRACTIVE,)

    def __init__(self, people: People, settings: Settings, today: date | None = None) -> None:
        self._people, self._settings, self._today = people, settings, today

    @property
    def dropped(self) -> tuple[Dropped, ...]:
        return ()  # what it cannot mend becomes a question, so nothing falls

    @property
    def notices(self) -> tuple[str, ...]:
        return ()

    def track(self, case: Case, narrative: Narrative) -> ActionItems:
        """Items with their fields where a record states them; the rest as questions, parked or done."""
        context = Context(case, narrative, self._today)
        actions = told_actions(context)
        actions = tie(actions, case, narrative)
        return self._sorter(context).sort(actions, uncovered(actions, narrative))

    def revise(
        self, case: Case, narrative: Narrative, items: ActionItems, findings: tuple[Finding, ...]
    ) -> ActionItems:
        """The same items; those that a finding points at are reworded, moved or turned into a question."""
        commander = self._sorter(Context(case, narrative, self._today)).commander()
        return mend(items, findings, self._people, commander)

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


def told_actions(context: Context) -> list[Action]:
    """Every action that the records tell, each once, open, done or declined."""
    actions = merge([*document_claims(context), *conversation_claims(context)])
    return [_completed(a, context) for a in actions]


def _completed(action: Action, context: Context) -> Action:
    if action.claim.state != "open" or action.claim.frame not in ("promise", "assignment", "need"):
        return action
    finished = completed_by(action, context.case.records)
    if finished is None:
        return action
    claim = replace(action.claim, state="done", evidence=(*action.claim.evidence, finished))
    return replace(action, claim=claim)
