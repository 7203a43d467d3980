"""The built-in engine under a model's hat, from where the model's service has failed for good."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from pipeline.agents.author.protocol import Author
from pipeline.agents.tracker.protocol import Tracker
from pipeline.errors import ModelError
from pipeline.models.actions import ActionItems
from pipeline.models.case import Case
from pipeline.models.evaluation import Finding
from pipeline.models.postmortem import Narrative
from pipeline.models.removal import Dropped

Wearer = TypeVar("Wearer", bound=Author | Tracker)
Made = TypeVar("Made", Narrative, ActionItems)


@dataclass(slots=True)
class Service:
    """Whether the model's service has failed for good: then no hat of the incident asks it again."""

    failed: bool = False


class _Pair(Generic[Wearer]):
    """The one who should wear the hat, and the one who takes it over. A hat is never handed back."""

    def __init__(self, first: Wearer, second: Wearer, service: Service, tell: Callable[[str], None]) -> None:
        self._first, self._second, self._service, self._tell = first, second, service, tell
        self._wrote: list[Wearer] = []

    @property
    def writers(self) -> tuple[str, ...]:
        wrote = self._wrote or [self._first]
        return tuple(dict.fromkeys(name for wearer in wrote for name in wearer.writers))

    @property
    def dropped(self) -> tuple[Dropped, ...]:
        return (*self._first.dropped, *self._second.dropped)

    @property
    def notices(self) -> tuple[str, ...]:
        return (*self._first.notices, *self._second.notices)

    def _either(self, work: Callable[[Wearer], Made], *, anew: bool) -> Made:
        if not self._service.failed:
            try:
                made = work(self._first)
            except ModelError as error:
                self._service.failed = True
                self._tell(f"note: {error}. The built-in engine goes on, as --fallback asks")
            else:
                self._wrote = [self._first]
                return made
        made = work(self._second)
        self._wrote = [self._second] if anew else [*self._wrote, self._second]
        return made


class AuthorWithStandIn(_Pair[Author]):
    def write(self, case: Case) -> Narrative:
        return self._either(lambda author: author.write(case), anew=True)

    def revise(self, case: Case, narrative: Narrative, findings: tuple[Finding, ...]) -> Narrative:
        return self._either(lambda author: author.revise(case, narrative, findings), anew=False)


class TrackerWithStandIn(_Pair[Tracker]):
    def track(self, case: Case, narrative: Narrative) -> ActionItems:
        return self._either(lambda tracker: tracker.track(case, narrative), anew=True)

    def revise(
        self, case: Case, narrative: Narrative, items: ActionItems, findings: tuple[Finding, ...]
    ) -> ActionItems:
        return self._either(lambda tracker: tracker.revise(case, narrative, items, findings), anew=False)
