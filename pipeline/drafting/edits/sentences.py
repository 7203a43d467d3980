"""The parts of an edited document that consist of sentences: prose and bullets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal, get_args

from pipeline.drafting.edits.blocks import Unit
from pipeline.drafting.edits.edit import Edit, kept_evidence
from pipeline.drafting.edits.prose import cut_prose
from pipeline.models.actions import Done
from pipeline.models.base import Basis
from pipeline.models.postmortem import (
    Factor,
    FactorKind,
    Gap,
    OpenQuestion,
    Prevention,
    Rank,
    RuledOut,
    Statement,
)
from pipeline.rendering.clock import read_time
from pipeline.rendering.escaping import plain
from pipeline.rendering.layout import NOT_EXPLAINED, Part
from pipeline.rendering.marks import Printed, read_sentence
from pipeline.rendering.values import LABEL_GAP, addresses_text, capitalised

StatementPart = Literal[
    "summary", "detection", "resolution", "root_cause", "went_well", "went_poorly", "lucky", "lessons"
]
_LABEL = re.compile(r"\*\*(?P<label>.+?)(?P<end>[.:])\*\*\s*(?P<rest>.*)")
_FACTOR = re.compile(r"factor\s+(\d+)", re.IGNORECASE)


def read_statements(edit: Edit, part: Part, pointer: str, old: Sequence[Statement]) -> tuple[Statement, ...]:
    """The sentences of a part, from its prose and its bullets, in their order."""
    units = sentence_units(edit, part, pointer)
    return edit.join(units, part, pointer, old, lambda u, o, k: _statement(edit, u, o, k))


def sentence_units(edit: Edit, part: Part, pointer: str) -> list[Unit]:
    known = edit.known(part, pointer)
    bullets = [u for u in edit.units(part, "bullet") if part != "root_cause" or not _LABEL.match(u.raw)]
    units = [*bullets, *cut_prose(edit.units(part, "prose"), known)]
    return sorted(units, key=lambda u: u.line)


def read_factors(edit: Edit) -> tuple[Factor, ...]:
    units = [u for u in edit.units("root_cause", "bullet") if _LABEL.match(u.raw)]
    old = edit.old.contributing_factors
    used = [f.id for f in old]

    def read(unit: Unit, factor: Factor | None, known: Unit | None) -> Factor:
        said = _labelled(unit)
        kind = _one_of(edit, unit, said[0][-1], get_args(FactorKind), "- **Factor 1 · process.** …")
        sentence = said[1]
        if factor is None:
            used.append(_next_id("F", used))
            return Factor(
                id=used[-1],
                statement=sentence.text,
                kind=kind,
                basis=_basis(sentence, None),
                evidence=sentence.evidence,
            )
        return factor.model_copy(
            update={"kind": kind, "basis": _basis(sentence, factor.basis)}
            | _words("statement", sentence, factor.statement, factor.evidence, known)
        )

    return edit.join(units, "root_cause", "/contributing_factors", old, read)


def read_prevention(edit: Edit) -> tuple[Prevention, ...]:
    old = edit.old.prevention
    used = [p.id for p in old]

    def read(unit: Unit, measure: Prevention | None, known: Unit | None) -> Prevention:
        labels, sentence = _labelled(unit)
        rank = _one_of(edit, unit, labels[-1], get_args(Rank), "- **Factor 1 · guard.** …")
        addresses = read_addresses(LABEL_GAP.join(labels[:-1]))
        if measure is None:
            used.append(_next_id("P", used))
            return Prevention(
                id=used[-1],
                statement=sentence.text,
                addresses=addresses,
                rank=rank,
                basis="proposed" if sentence.basis == "proposed" else _basis(sentence, None),
                evidence=sentence.evidence,
            )
        same = addresses_text(measure.addresses) == addresses_text(addresses)
        proposed = sentence.basis == "proposed"
        basis = (
            "proposed"
            if proposed
            else _basis(sentence, None if measure.basis == "proposed" else measure.basis)
        )
        return measure.model_copy(
            update={"rank": rank, "addresses": measure.addresses if same else addresses, "basis": basis}
            | _words("statement", sentence, measure.statement, measure.evidence, known)
        )

    return edit.join(edit.units("prevention", "bullet"), "prevention", "/prevention", old, read)


def read_ruled_out(edit: Edit) -> tuple[RuledOut, ...]:
    def read(unit: Unit, ruled: RuledOut | None, known: Unit | None) -> RuledOut:
        said = read_sentence(unit.raw)
        if ruled is None:
            return RuledOut(statement=said.text, evidence=said.evidence)
        return ruled.model_copy(update=_words("statement", said, ruled.statement, ruled.evidence, known))

    return edit.join(_lines(edit, "ruled_out"), "ruled_out", "/ruled_out", edit.old.ruled_out, read)


def read_done(edit: Edit) -> tuple[Done, ...]:
    def read(unit: Unit, done: Done | None, known: Unit | None) -> Done:
        said = read_sentence(unit.raw)
        if done is None:
            return Done(title=said.text, evidence=said.evidence)
        return done.model_copy(update=_words("title", said, done.title, done.evidence, known))

    return edit.join(_lines(edit, "done"), "done", "/done", edit.old_items.done, read)


def read_questions(edit: Edit) -> tuple[OpenQuestion, ...]:
    def read(unit: Unit, question: OpenQuestion | None, known: Unit | None) -> OpenQuestion:
        label = _LABEL.match(unit.raw)
        whom = plain(label["label"]) if label and label["end"] == ":" else None
        said = read_sentence(label["rest"] if whom and label else unit.raw)
        if question is None:
            return OpenQuestion(question=said.text, for_whom=whom, evidence=said.evidence)
        same = whom is not None and capitalised(question.for_whom or "") == whom
        asked = replace(known, raw=_LABEL.sub(r"\g<rest>", known.raw)) if known else None
        return question.model_copy(
            update={"for_whom": question.for_whom if same else whom}
            | _words("question", said, question.question, question.evidence, asked)
        )

    units = _lines(edit, "open_questions")
    return edit.join(units, "open_questions", "/open_questions", edit.old.open_questions, read)


def read_gaps(edit: Edit) -> tuple[Gap, ...]:
    def read(unit: Unit, gap: Gap | None, known: Unit | None) -> Gap:
        stretch, _, why = unit.raw.partition(": ")
        time = read_time(stretch, edit.clock.day)
        if time is None or time.until is None or time.until <= time.start:
            raise edit.fail(
                unit, f"not a stretch of time: “{stretch}”", "write - 06:40–06:58: what was waited for"
            )
        said = read_sentence(why)
        explained = None if said.text.rstrip(".") in ("", NOT_EXPLAINED) else said.text
        return Gap(start=time.start, until=time.until, explanation=explained, evidence=said.evidence)

    return edit.join(edit.units("timeline", "bullet"), "timeline", "/gaps", edit.old.gaps, read)


def read_addresses(text: str) -> tuple[str, ...]:
    """`Factor 1; the late post` names F1 and words."""
    words = [w.strip() for w in text.split(";")]
    return tuple(f"F{m[1]}" if (m := _FACTOR.fullmatch(w)) else w for w in words if w)


def _lines(edit: Edit, part: Part) -> list[Unit]:
    """Bullets, and lines of prose where a person wrote some instead."""
    return sorted([*edit.units(part, "bullet"), *edit.units(part, "prose")], key=lambda u: u.line)


def _statement(edit: Edit, unit: Unit, old: Statement | None, known: Unit | None) -> Statement:
    said = read_sentence(unit.raw)
    if old is None:
        moved = _moved(edit, unit)
        return moved or Statement(text=said.text, evidence=said.evidence, basis=_basis(said, None))
    return old.model_copy(
        update={"basis": _basis(said, old.basis)} | _words("text", said, old.text, old.evidence, known)
    )


def _moved(edit: Edit, unit: Unit) -> Statement | None:
    """The same sentence, where it stood in another part before."""
    for part in get_args(StatementPart):
        for known in edit.known(part, f"/{part}"):
            if known.unit.raw == unit.raw:
                statement: Statement = getattr(edit.old, part)[known.index]
                return statement
    return None


def _words(
    name: str, said: Printed, text: str, evidence: tuple[str, ...], known: Unit | None
) -> dict[str, object]:
    """Text and records as they are now; as they were, where print does not tell a difference."""
    same = known is not None and read_sentence(known.raw).text == said.text
    return {name: text if same else said.text, "evidence": kept_evidence(said.evidence, evidence)}


def _basis(said: Printed, old: str | None) -> Basis:
    if said.basis == "inferred":
        return "inferred"
    if said.basis == "disputed":
        return "disputed"
    return "observed" if old == "observed" and said.evidence else "stated"


def _labelled(unit: Unit) -> tuple[list[str], Printed]:
    """The words of the bold label, and the sentence behind it; one empty word where there is no label."""
    label = _LABEL.match(unit.raw)
    if label is None:
        return [""], read_sentence(unit.raw)
    return [w.strip() for w in plain(label["label"]).split("·")], read_sentence(label["rest"])


def _one_of(edit: Edit, unit: Unit, word: str, allowed: Iterable[str], example: str) -> str:
    for value in allowed:
        if value == word.lower():
            return value
    listed = ", ".join(allowed)
    raise edit.fail(unit, f"“{word}” is none of {listed}", f"begin with {example}")


def _next_id(letter: str, used: Iterable[str]) -> str:
    numbers = [int(i[1:]) for i in used if i[1:].isdigit()]
    return f"{letter}{max(numbers, default=0) + 1}"
