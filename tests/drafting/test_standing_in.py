"""The built-in engine under a model's hat: from the first failure on, and told in what it wrote."""

from __future__ import annotations

import pytest

from pipeline.drafting.standing_in import AuthorWithStandIn, Service
from pipeline.errors import ModelError
from pipeline.models.case import Case
from pipeline.models.incident import Incident
from pipeline.models.postmortem import Narrative
from pipeline.models.removal import Dropped

CASE = Case(incident=Incident(name="x", id="x"), records=())


class Writer:
    """An author whose service fails from its `dies`-th call on."""

    def __init__(self, name: str, dies: int = 99) -> None:
        self.writers, self.dies, self.calls = (name,), dies, 0
        self.dropped = (Dropped("summary", name, "cites no record"),)
        self.notices = ()

    def write(self, case: Case) -> Narrative:
        return self._made()

    def revise(self, case: Case, narrative: Narrative, findings: object) -> Narrative:
        return self._made()

    def _made(self) -> Narrative:
        self.calls += 1
        if self.calls >= self.dies:
            raise ModelError("openai:x: the service cannot be reached")
        return Narrative(title=self.writers[0])


@pytest.mark.parametrize(
    ("dies", "title", "writers"),
    [(99, "model", ("model",)), (1, "built-in", ("built-in",)), (2, "built-in", ("model", "built-in"))],
)
def test_whoever_wrote_is_named_and_the_hat_is_never_handed_back(dies, title, writers):
    told: list[str] = []
    first, second = Writer("model", dies), Writer("built-in")
    author = AuthorWithStandIn(first, second, Service(), told.append)
    narrative = author.write(CASE)
    for _ in range(2):
        narrative = author.revise(CASE, narrative, ())
    assert narrative.title == title
    assert author.writers == writers
    assert first.calls == min(dies, 3)
    assert len(told) == (dies < 3)
    assert len(author.dropped) == 2
