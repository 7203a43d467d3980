"""The bench of `check --model` and `apply --model`: one judge for all documents of a call."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.cli.console import Console
from pipeline.errors import ModelError

if TYPE_CHECKING:
    from pipeline.agents.judge.judge import Judge
    from pipeline.config import Settings
    from pipeline.llm.recording import Meter
    from pipeline.models.document import Document
    from pipeline.models.evaluation import DocumentResult, Gate, ProfileName
    from pipeline.rubric.means import Means


class Bench:
    """It judges until the model's service fails: `failed` says why, and what was not asked about is rejected."""

    def __init__(
        self, judge: Judge | None, hiding: Judge | None, meter: Meter | None, console: Console
    ) -> None:
        self._judge, self._hiding, self._meter, self._console = judge, hiding, meter, console
        self.failed: ModelError | None = None

    @property
    def judges(self) -> bool:
        """Whether a judge was named at all."""
        return self._judge is not None

    def judge(self, settings: Settings) -> Judge | None:
        """The one for documents that these settings are for: under pseudonyms, where they say so."""
        return self._hiding if settings.pseudonymise else self._judge

    def hold(
        self, document: Document, means: Means, gate: Gate, profile: ProfileName, settings: Settings
    ) -> DocumentResult:
        """By the rules, and by the judge where there is one. Raises InputError where people can't be hidden."""
        from pipeline.rubric.engine import check

        judge = self.judge(settings)
        if judge is None:  # a check by rules alone does not wait for what judges need
            return check(document, gate=gate, profile=profile, means=means)
        from pipeline.agents.judge.judge import unreached
        from pipeline.drafting.evaluating import hold

        if self.failed is None:
            self._console.progress(f"judging {document.path} ({judge.name})")
            try:
                return hold(document, means, gate, profile, judge)
            except ModelError as error:
                self.failed = error
                self._console.error(str(error))
        unanswered = replace(means, judgements=unreached(self.failed))
        return check(document, gate=gate, profile=profile, means=unanswered)

    def close(self) -> None:
        """Says what was asked."""
        if self._meter is not None and (self._meter.calls or self._meter.hits):
            cost = self._meter.cost_usd
            self._console.progress(
                f"{self._meter.calls} calls and {self._meter.hits} kept answers, {self._meter.prompt:,} prompt and "
                f"{self._meter.completion:,} completion tokens, "
                + ("cost unknown" if cost is None else f"US$ {cost:.4f}")
            )


def open_bench(
    model: str | None, settings: Settings, console: Console, *, no_cache: bool = False, trace: bool = False
) -> Bench:
    """The bench with the judge that --model names, whatever `judge_model` says, or with none. Raises InputError."""
    if model is None:
        return Bench(None, None, None, console)
    from pipeline.agents.judge.judge import Judge
    from pipeline.agents.judge.pseudonymous import PseudonymousJudge
    from pipeline.agents.room import Room
    from pipeline.cli.options import well_named
    from pipeline.llm.open import open_model, wire
    from pipeline.llm.recording import Meter

    meter = Meter()
    way = wire(settings, use_cache=not no_cache, trace=trace, tell=console.progress)
    opened = open_model((well_named(model), *settings.fallback_models), way, meter)
    room = Room(settings.context_tokens, settings.reply_tokens)
    return Bench(Judge(opened, room=room), PseudonymousJudge(opened, room=room), meter, console)
