"""Models in an order of preference: the next is asked where the one before has failed for good."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.llm.failure import CallFailed
from pipeline.llm.port import ChatModel, Reply, Request


class FallingBack:
    """Goes by the name of the first; a reply tells which answered.

    A request that is too long for one is not passed on: whoever asks makes it smaller and asks again.
    """

    def __init__(self, models: Sequence[ChatModel], tell: Callable[[str], None]) -> None:
        self._models = tuple(models)
        self._tell = tell

    @property
    def name(self) -> str:
        return self._models[0].name

    def complete(self, request: Request) -> Reply:
        failures: list[CallFailed] = []
        for at, model in enumerate(self._models, 1):
            try:
                return model.complete(request)
            except CallFailed as failed:
                if failed.kind == "context":
                    raise
                failures.append(failed)
                if at < len(self._models):
                    self._tell(f"{model.name}: {failed.problem}; asking {self._models[at].name} instead")
        told = "; ".join(
            f"{model.name}: {f.problem}" for model, f in zip(self._models, failures, strict=True)
        )
        # Where each was reached, and none gave an answer, that is what failed; else it is the service.
        kinds = [f.kind for f in failures]
        kind = next((k for k in kinds if k not in ("unreadable", "request")), kinds[0])
        raise CallFailed("no model answered", kind, told)
