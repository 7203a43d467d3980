"""What an author is: it writes the sentences of a postmortem from a case, and mends those with findings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from pipeline.models.case import Case
from pipeline.models.evaluation import Finding
from pipeline.models.postmortem import Narrative
from pipeline.models.removal import Dropped


class Author(Protocol):
    """`writers` are printed and go into run.json ("extractive", or the models asked); so does what was `dropped`."""

    @property
    def writers(self) -> Sequence[str]: ...

    @property
    def dropped(self) -> Sequence[Dropped]: ...

    @property
    def notices(self) -> Sequence[str]:
        """What standard error should tell, such as records that a model was not shown."""
        ...

    def write(self, case: Case) -> Narrative:
        """A narrative whose every sentence cites records of the case. Raises ModelError."""
        ...

    def revise(self, case: Case, narrative: Narrative, findings: tuple[Finding, ...]) -> Narrative:
        """The same narrative with only the parts mended that a finding's `where` points into.

        A statement that cannot be mended falls and becomes an open question. Raises ModelError.
        """
        ...
