"""Finds the subject of a verb group: before it, past a relative clause, or the object of "told Sam to"."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.language.clause import Clause
from pipeline.language.lexicon import word_set
from pipeline.language.noun_phrases import phrase_end, phrases
from pipeline.language.people import People
from pipeline.language.verb_groups import VerbGroup, verb_groups
from pipeline.language.words import Token

TEMPORAL = word_set("before after since until till as than like")
_CONTROL = word_set(
    "tell ask remind allow cause force expect want require let get instruct order urge advise help"
)
RELATIVE = word_set("who which that whom whose")
_INDEFINITE = word_set("everyone everybody anyone anybody someone somebody those people all")


class Subjects:
    """One sentence, its verb groups, and the clauses found so far."""

    def __init__(self, sentence: Sequence[Token], people: People) -> None:
        self.words = sentence
        self.people = people
        self.groups = verb_groups(sentence)
        self.found: list[Clause] = []

    def _finite_subject(self, number: int, group: VerbGroup, opens: int) -> tuple[int, int] | None:
        words = self.words
        opener = words[opens - 1] if opens else None
        if opener is not None and opener.tag == "WH" and opener.lower in RELATIVE:
            direct = phrases(words, opens, group.first)
            if not direct:
                if opener.lower == "who" and (
                    opens < 2 or words[opens - 2].tag not in ("NOUN", "PROPN", "PRON")
                ):
                    return opens - 1, opens
                return self._noun_before(opens - 1)
            return direct[-1][:2]
        free = phrases(words, opens, group.first)
        named = [p for p in free if p[2] == "" or (p[2] in TEMPORAL and p[0] == opens)]
        if opens and opener is not None and opener.lower in TEMPORAL and free:
            named = free[:1]
        antecedent = self._past_relative(number, opens, named)
        if antecedent is not None:
            return antecedent
        if len(named) == 1 and group.mood == "finite" and words[group.main].form == "base":
            begin, end, _ = named[0]
            if self._is_time(begin, end) and end < len(words) and words[end].text == ",":
                return None  # "Next time, think before you type"
        if named:
            after_verb = number > 0 and opens == self.groups[number - 1].main + 1
            begin, end, _ = named[-1] if after_verb else named[0]
            repeated = named[-1]
            if repeated[1] == group.first and words[repeated[0]].lower in ("he", "she", "they", "we"):
                return repeated[0], repeated[1]  # "colleague Petrov he did not"
            if not after_verb and len(named) > 1 and self._is_time(begin, end):
                begin, end, _ = named[1]
            return begin, self._with_complement(end, group.first)
        # "Change 4812, deployed by Priya, removed it": look past the participle or the relative clause.
        for earlier in range(number - 1, -1, -1):
            past = self.found[earlier]
            if past.mood == "participle" or past.connective in RELATIVE:
                left = self._phrase_left_of(past)
                if left is not None:
                    return left
        return None

    def _past_relative(
        self, number: int, opens: int, named: list[tuple[int, int, str]]
    ) -> tuple[int, int] | None:
        """ "The person who did this should ...", "whoever wrote it has ...": the noun between is the object."""
        if not number or opens != self.groups[number - 1].main + 1 or len(named) > 1:
            return None
        inner = self.found[number - 1]
        if self.words[inner.first].lower == "whoever":
            return inner.first, inner.first + 1
        who = next((i for i in range(inner.head - 1, -1, -1) if self.words[i].tag != "ADV"), 0)
        relative = self.words[who].tag == "WH" and self.words[who].lower in ("who", "which") and who > 0
        return self._noun_before(who) if relative and inner.connective in RELATIVE else None

    def _phrase_left_of(self, clause: Clause) -> tuple[int, int] | None:
        relative = clause.connective in RELATIVE
        before = phrases(self.words, 0, clause.first - 1 if relative else clause.head)
        free = [p for p in before if p[2] == ""]
        return (free[-1][0], free[-1][1]) if free else None

    def _with_complement(self, end: int, limit: int) -> int:
        if end < limit and self.words[end].lower == "of":
            return min(phrase_end(self.words, end + 1), limit)
        return end

    def _is_time(self, begin: int, end: int) -> bool:
        span = self.words[begin:end]
        return all(t.tag == "NUM" for t in span) or span[-1].lemma in word_set(
            "day night morning evening afternoon week month year time hour minute weekend monday tuesday wednesday "
            "thursday friday saturday sunday today yesterday utc"
        )

    def _noun_before(self, index: int) -> tuple[int, int] | None:
        before = phrases(self.words, 0, index)
        if not before:
            return None
        nearest = before[-1]
        indefinite = self.words[nearest[0]].lower in _INDEFINITE
        if nearest[2] == "of" and len(before) > 1 and not indefinite:
            nearest = before[-2]
        return nearest[0], nearest[1]

    def _follows_noun(self, first: int) -> bool:
        words = self.words
        if first and words[first - 1].lower == "as":
            first -= 1
        return first > 0 and words[first - 1].tag in ("NOUN", "PROPN", "NUM")

    def _gerund_subject(self, number: int, opens: int) -> bool:
        """Whether the deed itself is the subject: "Appointing a lead could have helped"."""
        if not number:
            return False
        deed = self.groups[number - 1]
        between = self.words[deed.main + 1 : self.groups[number].first]
        opening = deed.first == 0 or self.words[deed.first - 1].tag in ("SUB", "CONJ", "PUNCT")
        return (
            deed.mood == "gerund"
            and opening
            and opens == deed.main + 1
            and not any(t.text == "," for t in between)
        )

    def _controlled(self, parent: int) -> tuple[int, int] | None:
        """The object of "told Sam to", which does what follows."""
        clause = self.found[parent]
        if clause.verb not in _CONTROL or clause.passive:
            return None
        begin = clause.main + 1
        end = phrase_end(self.words, begin) if begin < len(self.words) else begin
        return (begin, end) if end > begin else None
