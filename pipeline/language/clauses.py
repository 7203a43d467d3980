"""Cuts a sentence into clauses: who did what to what, in which mood, denied or not, tied to its neighbour by what."""

from __future__ import annotations

from functools import lru_cache

from pipeline.language.agency import settle
from pipeline.language.clause import Clause
from pipeline.language.clause_subjects import RELATIVE, TEMPORAL, Subjects
from pipeline.language.noun_phrases import phrase_end, phrases
from pipeline.language.people import SYSTEM, UNKNOWN, Party, People
from pipeline.language.verb_groups import VerbGroup
from pipeline.language.words import tokens

__all__ = ["Clause", "clauses"]


def clauses(text: str, people: People) -> tuple[Clause, ...]:
    """The clauses of one sentence, in the order of their verbs."""
    return _clauses(text, people)


@lru_cache(maxsize=4096)
def _clauses(text: str, people: People) -> tuple[Clause, ...]:
    sentence = tokens(text)
    return tuple(_Builder(sentence, people).build()) if sentence else ()


class _Builder(Subjects):
    def build(self) -> list[Clause]:
        for number, group in enumerate(self.groups):
            self.found.append(self._clause(number, group))
        return settle(self.found, self.words)

    # one clause

    def _clause(self, number: int, group: VerbGroup) -> Clause:
        words = self.words
        parent: int | None = None
        subject: tuple[int, int] | None = None
        connective, opens = self._connective(number, group)
        deed = False
        inherited: Clause | None = None
        if group.inverted:
            subject = group.inverted
        elif group.mood == "gerund" and self._follows_noun(group.first):
            subject = self._noun_before(group.first)  # "instances failing to start"
        elif group.mood in ("infinitive", "gerund"):
            parent = self._governor(number)
            if parent is not None:
                inherited = self.found[parent]
                controlled = self._controlled(parent)
                if group.mood == "infinitive" and controlled is not None:
                    subject, inherited = controlled, None
        elif group.mood == "participle":
            subject = self._noun_before(group.first)
        else:
            deed = self._gerund_subject(number, opens)
            subject = None if deed else self._finite_subject(number, group, opens)
            if subject is None and number and not deed and connective not in ("because", ":"):
                parent = self._coordinated_with(number, group)
                inherited = self.found[parent] if parent is not None else None
        after = group.main + 1
        limit = self._limit(number)
        obj = self._object(group, after, limit)
        agent = self._agent(after, limit) if group.passive else None
        first = subject[0] if subject and subject[0] < group.first else group.first
        party, implied, said = UNKNOWN, False, ""
        if subject is not None:
            said = self._text(*subject)
            party = self._party(subject, number)
        elif inherited is not None:
            party, said, implied = inherited.party, inherited.subject, inherited.implied
        elif group.mood == "finite" and deed:
            party, said = SYSTEM, words[self.groups[number - 1].main].text
        else:
            implied = True
        denied = group.negated or (subject is not None and self._denies(subject))
        modal, perfect = group.modal, group.perfect
        if (
            inherited is not None
            and group.mood == "finite"
            and not modal
            and inherited.modal
            and (words[group.main].form in ("part", "past", "base") and connective in ("and", "or"))
        ):
            modal, perfect = inherited.modal, inherited.perfect
        if inherited is not None and connective in ("or", "nor") and inherited.negated:
            denied = True
        return Clause(
            start=words[first].start, end=words[limit - 1].end, subject=said, party=party, implied=implied,
            verb=words[group.main].lemma, particle=group.particle, mood=group.mood, tense=group.tense,
            modal=modal, negated=denied, perfect=perfect, passive=group.passive,
            progressive=group.progressive, object=self._text(*obj) if obj else "",
            agent=self._text(*agent) if agent else "", connective=connective, parent=parent,
            first=first, main=group.main, last=limit, head=group.first,
        )  # fmt: skip

    def _text(self, begin: int, end: int) -> str:
        """The words as they stand, joined: clitics without a gap."""
        parts = []
        for token in self.words[begin:end]:
            parts.append(token.text if token.lower.startswith("'") else " " + token.text)
        return "".join(parts).strip()

    def _denies(self, subject: tuple[int, int]) -> bool:
        before = self.words[subject[0] - 1] if subject[0] else None
        if before is not None and before.tag == "NEG":
            return True  # "not one of them"
        first = self.words[subject[0]].lower
        return first in ("no", "nobody", "none", "no-one", "noone", "neither", "nothing", "not")

    def _limit(self, number: int) -> int:
        """Index past the clause: where the next finite clause's subject or connective begins."""
        words = self.words
        if number + 1 >= len(self.groups):
            return len(words)
        here, following = self.groups[number], self.groups[number + 1]
        stop = following.first
        for i in range(following.first - 1, here.main, -1):
            if words[i].tag in ("SUB", "CONJ", "WH") or words[i].text in ",;:—–":
                return max(i, here.main + 1)
        return max(stop, here.main + 1)

    # what opens a clause

    def _connective(self, number: int, group: VerbGroup) -> tuple[str, int]:
        """The word that opens the clause of this group, and the index from which its subject may stand."""
        words = self.words
        floor = self.groups[number - 1].main + 1 if number else 0
        temporal: tuple[str, int] | None = None
        for i in range(group.first - 1, floor - 1, -1):
            token = words[i]
            if token.tag in ("SUB", "WH"):
                return token.lower, i + 1
            if token.tag == "CONJ":
                if self._joins_nouns(i, group.first):
                    continue
                return token.lower, i + 1
            if token.text in (";", ":", "—", "–", "(", "…", "->", "→", "/", "|") or token.text in "-.?!":
                return token.text, i + 1
            if token.tag == "PREP" and token.lower in TEMPORAL and temporal is None:
                temporal = (token.lower, i + 1)
            if (
                token.text == ","
                and number
                and i + 1 < group.first
                and temporal is None
                and (self._free_phrase(i + 1, group.first))
            ):
                return ",", i + 1
            if token.lower == "to" and i and words[i - 1].lower in ("due", "owing"):
                return "due to", i + 1
        if temporal is not None:
            governed = phrases(words, temporal[1], group.first)
            inner = [p for p in governed[1:] if p[2] == ""]  # "since the radio on the dyke was out"
            if group.mood == "gerund" or (group.mood == "finite" and governed and not inner):
                return temporal
        if group.mood == "gerund" and group.first and words[group.first - 1].tag == "PREP":
            return words[group.first - 1].lower, group.first
        return "", floor

    def _joins_nouns(self, i: int, verb: int) -> bool:
        """Whether the conjunction at `i` joins two noun phrases that are one subject: "Sam and Wei did"."""
        words = self.words
        if words[i].lower not in ("and", "or", "&") or i == 0:
            return False
        return (
            words[i - 1].tag in ("NOUN", "PROPN", "PRON")
            and i + 1 < verb
            and not any(t.tag == "VERB" or (t.tag == "AUX") for t in words[max(0, i - 3) : i])
            and phrase_end(words, i + 1) > i + 1
            and not self.groups_before(i)
        )

    def groups_before(self, i: int) -> bool:
        return any(g.main < i for g in self.groups)

    def _free_phrase(self, begin: int, end: int) -> bool:
        return any(governor == "" for _, _, governor in phrases(self.words, begin, end))

    def _coordinated_with(self, number: int, group: VerbGroup) -> int | None:
        """The earlier finite clause whose subject goes on."""
        for earlier in range(number - 1, -1, -1):
            clause = self.found[earlier]
            if clause.mood in ("finite", "imperative") and clause.connective not in RELATIVE:
                return earlier
        return None

    def _governor(self, number: int) -> int | None:
        for earlier in range(number - 1, -1, -1):
            return earlier
        return None

    # objects

    def _object(self, group: VerbGroup, begin: int, limit: int) -> tuple[int, int] | None:
        words = self.words
        i = begin
        while i < limit and (words[i].tag in ("ADV", "NEG") or words[i].text in "\"'"):
            i += 1
        if i < limit and group.particle and words[i].lower == group.particle:
            i += 1
        end = phrase_end(words, i) if i < limit else i
        if end > i:
            return i, min(end, limit)
        return None

    def _agent(self, begin: int, limit: int) -> tuple[int, int] | None:
        for i in range(begin, limit):
            if self.words[i].lower == "by":
                end = phrase_end(self.words, i + 1)
                if end > i + 1 and self.words[end - 1].tag != "NUM":
                    return i + 1, end
        return None

    # who it is

    def _party(self, subject: tuple[int, int], number: int) -> Party:
        span = self.words[subject[0] : subject[1]]
        low = span[-1].lower
        if low == "those" or span[0].lower == "those":
            following = self.words[subject[0] + 1 : subject[0] + 2]
            if following and following[0].lower in ("involved", "who", "responsible", "present", "concerned"):
                return Party("role", "team")
        if len(span) == 1 and low in ("which", "that", "it", "this", "these", "those"):
            return SYSTEM
        if len(span) == 1 and low in ("they", "them"):
            return self._antecedent(number)
        return self.people.party(span)

    def _antecedent(self, number: int) -> Party:
        """The nearest group of people, or things in the plural, before "they"."""
        for clause in reversed(self.found[:number]):
            for said in (clause.object, clause.subject):
                party = self.people.party_of(said) if said else UNKNOWN
                if party.human:
                    return party
                if party.kind == "system" and not party.open and said:
                    return SYSTEM
        return Party("unknown", None, "they")
