"""One sentence read once: its words, clauses and quotations, with the questions that every class of charge asks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from pipeline.language.clauses import Clause, clauses
from pipeline.language.lexicon import word_set
from pipeline.language.noun_phrases import phrase_end, phrases
from pipeline.language.people import UNKNOWN, Party, People, Target
from pipeline.language.polarity import is_question
from pipeline.language.words import Token, tokens

Kind = Literal["punitive", "shaming", "character", "human-error", "counterfactual", "fault"]
Strength = Literal["strong", "weak"]


@dataclass(frozen=True, slots=True)
class Charge:
    """`start`, `end`: the shortest span of the sentence that carries the charge. `rescued_by` is the span of
    the condition that explains a weak one, as text; a charge that stands has None."""

    start: int
    end: int
    kind: Kind
    target: Target
    strength: Strength
    reason: str
    rescued_by: str | None = None


_DENIERS = word_set("not n't nt never no none nobody no-one noone nothing neither nor without hardly")
_DENYING = word_set(
    "avoid reduce prevent eliminate minimise minimize guard exclude deny reject dispute mitigate refute discourage "
    "limit catch tolerate anticipate"
)
_LIKELIHOOD = word_set(
    "risk chance likelihood possibility potential room opportunity probability prone susceptible"
)
_BARRIERS = frozenset(",;:—–()")
_MENTIONS = word_set(
    "phrase phrases term terms word words wording label labels expression expressions heading avoid accept "
    "language vocabulary category replace ban delete strike"
)
_FRAME = re.compile(
    r"\b(?:wrong|unfair|unjust|misleading|inaccurate|incorrect|untrue|too easy|easy|tempting|simplistic|not (?:true|right|fair|correct|the case))"
    r"\s(?:to (?:say|claim|call|conclude|suggest|assume|think|argue|blame|write|speak)|that)\b",
    re.IGNORECASE,
)
_IS_NOT = re.compile(r"\s*(?:is|are|was|were)(?:n't| not| no)\b", re.IGNORECASE)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|(?<!\w)'[^']*'(?!\w)|‘[^’]*’|«[^»]*»")


@dataclass(frozen=True)
class Reading:
    """`before` and `after` are the neighbouring sentences, "" where there is none."""

    text: str
    people: People
    before: str = ""
    after: str = ""
    words: Sequence[Token] = field(init=False)
    clauses: Sequence[Clause] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", tokens(self.text))
        object.__setattr__(self, "clauses", clauses(self.text, self.people))

    @cached_property
    def question(self) -> bool:
        return is_question(self.text)

    @cached_property
    def lemmas(self) -> list[str]:
        return [t.lemma for t in self.words]

    @cached_property
    def lowered(self) -> list[str]:
        return [t.lower for t in self.words]

    @cached_property
    def quotations(self) -> list[tuple[int, int]]:
        return [m.span() for m in _QUOTED.finditer(self.text)]

    def clause_of(self, index: int) -> Clause | None:
        """The innermost clause that the word at `index` belongs to."""
        best: Clause | None = None
        for clause in self.clauses:
            if clause.first <= index < clause.last and (best is None or clause.first >= best.first):
                best = clause
        return best

    def child(self, clause: Clause, *moods: str) -> Clause | None:
        """The infinitive (or gerund) that the clause governs directly."""
        here = self.clauses.index(clause)
        if here + 1 < len(self.clauses):
            following = self.clauses[here + 1]
            if following.parent == here and following.mood in (moods or ("infinitive",)):
                return following
        return None

    def parent(self, clause: Clause) -> Clause | None:
        return self.clauses[clause.parent] if clause.parent is not None else None

    def has(self, *lemmas: str) -> bool:
        return any(x in self.lemmas for x in lemmas)

    def party(self, begin: int, end: int) -> Party:
        return self.people.party(self.words[begin:end])

    def doer(self, phrase: str) -> Party:
        """Who a passive's "by" names: an unknown name there is somebody."""
        return _named(self.people.party_of(phrase)) if phrase else UNKNOWN

    def phrase_after(self, index: int) -> tuple[int, int] | None:
        """The noun phrase that begins at `index`, a preposition or adverb skipped."""
        while index < len(self.words) and self.words[index].tag in ("PREP", "ADV"):
            index += 1
        end = phrase_end(self.words, index) if index < len(self.words) else index
        return (index, end) if end > index else None

    def phrase_around(self, index: int) -> tuple[int, int]:
        """The noun phrase that the word at `index` stands in."""
        for begin, end, _ in phrases(self.words, 0, len(self.words)):
            if begin <= index < end:
                return begin, end
        return index, index + 1

    def patient(self, clause: Clause) -> Party:
        """Who an act is done to."""
        return clause.party if clause.passive else self.people.party_of(clause.object)

    def owner(self, index: int) -> Party:
        """Who a noun belongs to: "Sam's", "his", "by the manager", "of the team", "on our part"."""
        return _named(self._owner(index))

    def _owner(self, index: int) -> Party:
        begin, _ = self.phrase_around(index)
        for i in range(begin, index):
            token = self.words[i]
            if token.tag == "POSS":
                if token.lower.startswith("'"):
                    return self.party(begin, i)
                return self.people.party_of({"its": "it"}.get(token.lower, token.lower))
            if token.text.endswith("'") or (token.text == "'" and i > begin):
                return self.party(begin, i)
        following = self.lowered[index + 1 : index + 5]
        skip = next(
            (n for words, n in _OWNING if tuple(following[: len(words)]) == words),
            None,
        )
        if skip is not None:
            found = self.phrase_after(index + 1 + skip)
            party = self.party(*found) if found else UNKNOWN
            if found and not party.human and self.lowered[found[1] : found[1] + 1] == ["by"]:
                found = self.phrase_after(found[1] + 1)  # "an error of judgement by the registrar"
                party = self.party(*found) if found else UNKNOWN
            return party
        if following[:1] == ["on"] and "part" in self.lowered[index + 2 : index + 6]:
            part = self.lowered.index("part", index + 2)
            owner = [t for t in self.words[index + 2 : part] if not t.lower.startswith("'")]
            return self.people.party(owner)
        return UNKNOWN

    def denied(self, index: int) -> bool:
        """Whether a noun or adjective at `index` is denied, feared, guarded against, or set aside."""
        clause = self.clause_of(index)
        if clause is not None and clause.negated and clause.head < index:
            return True
        if (
            clause is not None
            and clause.verb in ("call", "label", "name", "brand")
            and clause.mood == "gerund"
        ):
            return True  # "calling this operator error would hide the design"
        following = next((c for c in self.clauses if c.head > index), None)
        if (
            following is not None
            and following.negated
            and following.verb == "be"
            and following.first <= index + 2
        ):
            return True  # "'operator error' is not a cause that we record"
        i = index - 1
        while i >= 0 and index - i < 8:
            token = self.words[i]
            if token.text in _BARRIERS or (token.tag in ("SUB",) and token.lower != "that"):
                return False
            if token.lower in _DENIERS or token.lemma in _DENYING | _LIKELIHOOD:
                return True
            if token.lower in ("against", "rather", "instead"):
                return True
            if token.lower == "than" and self.lowered[i - 1] == "rather":
                return True
            i -= 1
        return False

    def mentioned(self, start: int, end: int) -> bool:
        """Whether the span is spoken about and not stated: quoted as wording, or said to be wrong to say."""
        framed = _FRAME.search(self.text)
        if framed and framed.end() <= start:
            return True
        for begin, stop in self.quotations:
            if begin <= start and end <= stop and _IS_NOT.match(self.text, stop):
                return True
            if begin <= start and end <= stop and stop - begin < 60:
                outside = [t for t in self.words if t.end <= begin or t.start >= stop]
                near = [t for t in outside if begin - 40 < t.start < stop + 25]
                if any(t.lemma in _MENTIONS or t.lower in _MENTIONS for t in near):
                    return True
                if stop - begin < 40 and any(t.tag == "NEG" for t in near if t.end <= begin):
                    return True
        return False


_OWNING: tuple[tuple[tuple[str, ...], int], ...] = (
    (("by",), 1),
    (("of",), 1),
    (("from",), 1),
    (("made", "by"), 2),
    (("on", "the", "part", "of"), 4),
)


def _named(party: Party) -> Party:
    return party.as_people() if party.open == "name" else party


def accuse(reading: Reading, first: int, last: int, kind: Kind, target: Target, reason: str) -> Charge:
    """A strong charge over the words first..last."""
    start, end = span(reading, first, last)
    return Charge(start, end, kind, target, "strong", reason)


def target_of(party: Party) -> Target:
    return party.target or "implied"


def span(reading: Reading, first: int, last: int) -> tuple[int, int]:
    """Characters of the words first..last (inclusive)."""
    return reading.words[first].start, reading.words[last].end
