"""What a tracker is: it reads the postmortem and the records, and sorts what is owed into items."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from pipeline.models.actions import ActionItems
from pipeline.models.case import Case
from pipeline.models.evaluation import Finding
from pipeline.models.postmortem import Narrative
from pipeline.models.removal import Dropped


class Tracker(Protocol):
    """`writers` are printed and go into run.json ("extractive", or the models asked); so does what was `dropped`."""

    @property
    def writers(self) -> Sequence[str]: ...

    @property
    def dropped(self) -> Sequence[Dropped]: ...

    @property
    def notices(self) -> Sequence[str]:
        """What standard error should tell, such as records that a model was not shown."""
        ...

    def track(self, case: Case, narrative: Narrative) -> ActionItems:
        """Items, needs_detail, parked and done, by the contract's rules. Raises ModelError."""
        ...

    def revise(
        self, case: Case, narrative: Narrative, items: ActionItems, findings: tuple[Finding, ...]
    ) -> ActionItems:
        """The same items with those mended or moved to needs_detail that a finding points at."""
        ...
