"""Reads a text with the network, and names what it saw: how likely, of which kind, against whom, in which words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import exp, isfinite
from typing import Literal

from pipeline.language.learned.network import Output, run
from pipeline.language.party import Target

BlameKind = Literal["punitive", "shaming", "character", "human-error", "counterfactual", "fault"]

# The network's answers, in the order in which it gives them; it was trained with the same lists.
_KINDS: tuple[BlameKind, ...] = (
    "punitive",
    "shaming",
    "character",
    "human-error",
    "counterfactual",
    "fault",
)
_TARGETS: tuple[Target, ...] = ("person", "self", "team", "external", "implied")
_BLAME, _TARGET, _HINDSIGHT, _PRESSURE, _VAGUE = (
    slice(0, 7),
    slice(7, 12),
    slice(12, 14),
    slice(14, 16),
    slice(16, 20),
)
_SHARE = 0.6  # of what speaks for the charge: the words that carry so much of it are its span
_KEPT = 4096  # verdicts; a document has fewer sentences than that


@dataclass(frozen=True, slots=True)
class Verdict:
    """Shares from 0 to 1: that the text charges people (`blame`), tells hindsight, presses people as an item
    would, or is an item too vague (`vague`, and for lack of which part).

    `kind`, `target`, `start` and `end` say what fits best if it does charge them; offsets are of the text.
    """

    blame: float
    kind: BlameKind
    target: Target
    start: int
    end: int
    hindsight: float
    pressure: float
    vague: float
    lacks: tuple[float, float, float]


# An identifier is no prose: `LabelErrorRate` holds no error.
_IDENTIFIER = re.compile(
    r"\b(?:[A-Za-z0-9]+_\w+|[A-Z]?[a-z0-9]+(?:[A-Z][a-z0-9]+){2,}|[a-z]+[0-9]*[A-Z]\w*)\b"
)
_known: dict[str, Verdict] = {}


def read(text: str) -> Verdict:
    """The verdict of one text; `read_ahead` makes it cheap."""
    if text not in _known:
        read_ahead([text])
    return _known[text]


def read_ahead(texts: Iterable[str]) -> None:
    """Reads what was not read yet, together: much faster than one by one."""
    asked = dict.fromkeys(texts)
    new = [text for text in asked if text not in _known]
    if len(_known) + len(new) > _KEPT:
        for text in [text for text in _known if text not in asked]:
            del _known[text]
    for i, output in run([_IDENTIFIER.sub(lambda m: "□" * len(m[0]), text) for text in new]):
        verdict = _verdict(output)
        known = _known.get(new[i])
        _known[new[i]] = verdict if known is None else _worse(known, verdict)


def _worse(one: Verdict, other: Verdict) -> Verdict:
    """Of two parts of a text what speaks most for a flag: what one part says, no other takes back."""
    return replace(
        max(one, other, key=lambda v: v.blame),
        hindsight=max(one.hindsight, other.hindsight),
        pressure=max(one.pressure, other.pressure),
        vague=max(one.vague, other.vague),
        lacks=max(one, other, key=lambda v: v.vague).lacks,
    )


def _verdict(output: Output) -> Verdict:
    if not all(isfinite(x) for x in output.verdicts):
        raise ValueError("the network that reads sentences gave no number; install postmortem-pipeline again")
    shares = _softmax(output.verdicts[_BLAME])
    best = max(range(1, 7), key=lambda i: shares[i])
    target = max(range(5), key=lambda i: output.verdicts[_TARGET][i])
    start, end = _span(output, best)
    vague = [_sigmoid(x) for x in output.verdicts[_VAGUE]]
    return Verdict(
        blame=1 - shares[0],
        kind=_KINDS[best - 1],
        target=_TARGETS[target],
        start=start,
        end=end,
        hindsight=_softmax(output.verdicts[_HINDSIGHT])[1],
        pressure=_softmax(output.verdicts[_PRESSURE])[1],
        vague=vague[0],
        lacks=(vague[1], vague[2], vague[3]),
    )


def _span(output: Output, kind: int) -> tuple[int, int]:
    """From the first to the last of the words that speak most for the charge, and against a clean reading."""
    weights = [(max(0.0, said[kind] - said[0]), start, end) for start, end, said in output.words]
    if not weights:
        return 0, 0
    wanted = _SHARE * sum(weight for weight, _, _ in weights)
    chosen: list[tuple[int, int]] = []
    for weight, start, end in sorted(weights, key=lambda w: (-w[0], w[1])):
        chosen.append((start, end))
        wanted -= weight
        if wanted <= 0:
            break
    return min(start for start, _ in chosen), max(end for _, end in chosen)


def _softmax(logits: Sequence[float]) -> list[float]:
    top = max(logits)
    powers = [exp(x - top) for x in logits]
    whole = sum(powers)
    return [p / whole for p in powers]


def _sigmoid(logit: float) -> float:
    return 1 / (1 + exp(-logit)) if logit > -700 else 0.0
