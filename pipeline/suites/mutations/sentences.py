"""Sentences made blameful: one of the analysis, the detection or the resolution replaced by a charge, in six kinds."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.models.document import Part, Sentence
from pipeline.suites.mutations.defect import Defect, Ground, defect

_WHERE: tuple[Part, ...] = ("root cause", "detection", "resolution", "summary", "went poorly")
_LEAST = 30  # characters of a sentence that is told in prose


def mutate(ground: Ground) -> Iterator[Defect]:
    told = _replaceable(ground)
    for kind in ground.wordings["blame"]:
        if told:
            sentence = ground.random.choice(told)
            edit = (sentence.span.start, sentence.span.end, ground.word("blame", kind))
            yield defect(
                "BLM", f"blame: {kind}", ground.document, [edit], (sentence.span.start, sentence.span.end)
            )


def _replaceable(ground: Ground) -> list[Sentence]:
    document = ground.document
    rows = [(e.span.start, e.span.end) for e in document.entries]
    rows += [(i.span.start, i.span.end) for i in document.items]
    return [
        s
        for s in document.sentences
        if document.sections[s.section].part in _WHERE
        and s.block in ("prose", "bullet", "cell")
        and len(s.text) > _LEAST
        and not any(a <= s.span.start < b for a, b in rows)
    ]
