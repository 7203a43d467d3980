"""Whether a sentence says of somebody, or of something, what the records say of another, deny or only suspect."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.evidence.facts import plain
from pipeline.evidence.instructions import instruction_spans
from pipeline.evidence.likeness import content, marks
from pipeline.evidence.naming import Directory, Known, directory_of
from pipeline.evidence.support import Support
from pipeline.language.clauses import Clause, clauses
from pipeline.language.lexicon import word_set
from pipeline.language.literals import find_literals
from pipeline.language.people import People
from pipeline.language.polarity import is_hedged
from pipeline.language.sentences import split
from pipeline.models.case import Case
from pipeline.models.record import Record

# Who is the subject of these has spoken; it must be who wrote the record, or who is told to have spoken.
_SPEECH = word_set(
    "say write report suggest ask suspect state tell announce post note mention propose reply answer wonder claim think describe"
    " confirm declare request"
)
_SETTLES = word_set("confirm prove establish verify determine demonstrate conclude")
_DENIES = word_set("not n't never no none nobody nothing without neither nor")
_OTHERS = word_set("other others else another rest remaining remainder")

_TOLD = (
    r"say|said|says|wrote|writes|report|reported|reports|ask|asked|asks|suggest\w*|confirm\w*|suspect\w*|declared?|announced?|found|saw"
    r"|posted|told|thinks|thought"
)


@dataclass(frozen=True, slots=True)
class Wrong:
    start: int
    end: int
    kind: Literal["actor", "polarity", "certainty", "instruction"]
    reason: str


def wrong_assertions(text: str, support: Support, case: Case | None, people: People) -> tuple[Wrong, ...]:
    """What the sentence asserts against its records; structure decides, so a paraphrase is left alone."""
    return (*_obeyed(text, support, case), *_of_clauses(text, support, case, people))


def _of_clauses(text: str, support: Support, case: Case | None, people: People) -> Iterator[Wrong]:
    if not support.records:
        return
    quoted = [(x.start, x.end) for x in find_literals(text) if x.kind == "quote"]
    for start, end in split(text):
        sentence = text[start:end]
        for clause in clauses(sentence, people):
            if clause.mood != "finite" or any(s <= clause.start + start < e for s, e in quoted):
                continue  # what is quoted need only be verbatim; its speaker claims it, not the sentence
            if wrong := _actor(clause, sentence, support, case):
                yield Wrong(wrong[0] + start, wrong[1] + start, "actor", "no cited record is by this person")
            if _settled(clause, sentence, support):
                yield Wrong(
                    clause.start + start, clause.end + start, "certainty", "the cited records only suspect it"
                )
            if _turned(clause, sentence, support, people):
                yield Wrong(
                    clause.start + start, clause.end + start, "polarity", "the cited records say the opposite"
                )


def _actor(clause: Clause, sentence: str, support: Support, case: Case | None) -> tuple[int, int] | None:
    """Speech that is put into the mouth of somebody whom the records only mention."""
    if case is None or clause.verb not in _SPEECH or clause.passive or clause.implied or clause.negated:
        return None
    directory = directory_of(case)
    speaker = next((m for m in directory.mentions(clause.subject) if m.known.kind == "person"), None)
    if speaker is None:
        return None
    if not any(r.actor for r in support.records) or any(
        _credits(r, t, speaker.known, directory) for r, t in zip(support.records, support.texts, strict=True)
    ):
        return None
    at = sentence.find(speaker.text, clause.start)
    at = at if at >= 0 else clause.start
    return at, at + len(speaker.text)


def _credits(record: Record, text: str, speaker: Known, directory: Directory) -> bool:
    """Is the record by this person, or does it tell of something that they said or did?"""
    if record.actor and directory.who(record.actor) == speaker:
        return True
    if record.kind in ("row", "field", "statement"):  # a document names who did it, by column or in words
        return any(m.known == speaker for t in (text, record.section) for m in directory.mentions(t))
    first = re.escape(speaker.name.split()[0])
    told = re.compile(
        rf"\b{first}\b[^.;,\n]{{0,30}}\b(?:{_TOLD})\b|\b(?:per|from|by|via|according to) @?{first}\b|^\W*@?{first}\s*[:|]",
        re.I | re.M,
    )
    return bool(told.search(text))


def _settled(clause: Clause, sentence: str, support: Support) -> bool:
    """ "confirmed that X", where every record that speaks of X is a guess."""
    if clause.verb not in _SETTLES or clause.negated or clause.modal or is_hedged(sentence):
        return False
    about = content(sentence[clause.start :]) - {clause.verb}
    near = [t for t in support.texts if about & content(t)]
    return bool(near) and all(is_hedged(t) or (not _confirms(t) and "?" in t) for t in near)


def _confirms(text: str) -> bool:
    return bool(content(text) & _SETTLES)


def _turned(clause: Clause, sentence: str, support: Support, people: People) -> bool:
    """The same verb about the same things, denied on one side only."""
    words = content(sentence[clause.start : clause.end]) - _DENIES
    if len(words) < 3 or clause.modal:
        return False
    denied = clause.negated or bool(_DENIES & set(re.findall(r"[a-z']+", clause.object.lower())))
    opposite = same = False
    clause_text = plain(sentence[clause.start : clause.end])
    for text in support.texts:
        if len(words & content(text)) < 3:
            continue
        if clause_text in plain(text):
            return False
        for start, end in split(text):
            sentence_text = text[start:end]
            for other in clauses(sentence_text, people):
                theirs = content(sentence_text[other.start : other.end]) - _DENIES
                if other.verb != clause.verb or len(words & theirs) < 0.75 * len(words):
                    continue
                if _is_of_another(other, clause, words):
                    continue
                their_denial = other.negated or bool(
                    _DENIES & set(re.findall(r"[a-z']+", other.object.lower()))
                )
                opposite |= their_denial != denied
                same |= their_denial == denied
    return opposite and not same


def _is_of_another(theirs: Clause, ours: Clause, words: frozenset[str]) -> bool:
    """Whether another subject is spoken of: the others ("no other host had it"), something with another name, or
    what is no subject here ("the alert counts errors only" denies nothing that "does not count for the alert")."""
    if _OTHERS & set(re.findall(r"[a-z]+", theirs.subject.lower())):
        return True
    if (names := marks(theirs.subject)) and marks(ours.subject) and not names & marks(ours.subject):
        return True
    if theirs.passive or ours.passive:
        return False
    subject, own = content(theirs.subject), content(ours.subject)
    return bool(subject) and subject <= words - own


def _obeyed(text: str, support: Support, case: Case | None) -> Iterator[Wrong]:
    """A sentence that says what a record tells the reader to say, and that no other words bear out."""
    ordered = _instructions(case) if case is not None else []
    ordered += [r.text[s:e] for r in support.records for s, e in instruction_spans(r.text)]
    if not ordered:
        return
    borne_out = [content(t) for t in support.texts]
    for start, end in split(text):
        said = content(text[start:end])
        if len(said) < 2:
            continue
        for order in ordered:
            shared = said & content(order)
            if len(shared) / len(said) < 0.7:
                continue
            if any(len(said & known) / len(said) >= 0.7 for known in borne_out):
                continue
            yield Wrong(start, end, "instruction", "only text that instructs the reader says so")
            break


def _instructions(case: Case) -> list[str]:
    cached: list[str] | None = case.__dict__.get("_instructions")
    if cached is None:
        cached = [r.text[s:e] for r in case.records for s, e in instruction_spans(r.text)]
        case.__dict__["_instructions"] = cached
    return list(cached)
