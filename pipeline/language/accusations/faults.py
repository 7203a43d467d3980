"""A4: fault nouns: at fault, to blame, culprit, "responsible for the outage", "this one is on Sam"."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.language.accusations.reading import Charge, Reading, accuse, target_of
from pipeline.language.clauses import Clause
from pipeline.language.lexicon import word_set, words
from pipeline.language.people import Party, Target

_HARM = words("harm")
_EVALUATIVE = words("traits", "evaluative") | {"incorrect", "lost", "missing", "late", "failed"}
_HARMED = word_set(
    "flooded broken burnt burned damaged destroyed ruined deleted wiped missed corrupted leaked stranded"
)
_DEPARTMENTS = words("human_nouns", "department")
_OFFENDER = word_set("culprit offender perpetrator wrongdoer villain guilty")


def find_faults(reading: Reading) -> Iterator[Charge]:
    yield from _fault_nouns(reading)
    yield from _offenders(reading)
    for clause in reading.clauses:
        yield from _blamed(reading, clause)
        yield from _responsible(reading, clause)
        yield from _rests_with(reading, clause)
        yield from _on_somebody(reading, clause)


def _charge(reading: Reading, first: int, last: int, target: Target, reason: str) -> Charge:
    return accuse(reading, first, last, "fault", target, reason)


def _fault_nouns(reading: Reading) -> Iterator[Charge]:
    for i, token in enumerate(reading.words):
        if token.lower != "fault" or reading.denied(i):
            continue
        owner = reading.owner(i)
        clause = reading.clause_of(i)
        if owner.human:
            yield _charge(
                reading, reading.phrase_around(i)[0], i, target_of(owner), "the fault is given to people"
            )
        elif (
            reading.lowered[i - 1 : i] == ["at"]
            and clause is not None
            and clause.human
            and not clause.negated
        ):
            yield _charge(reading, clause.first, i, target_of(clause.party), "people are said to be at fault")
        elif clause is not None and clause.verb in ("lie", "rest", "be", "fall"):
            found = next((f for f in _after(reading, i, "with", "on")), None)
            if found is not None and reading.party(*found).human:
                yield _charge(
                    reading, i, found[1] - 1, target_of(reading.party(*found)), "the fault is given to people"
                )


def _after(reading: Reading, index: int, *prepositions: str) -> Iterator[tuple[int, int]]:
    for j in range(index + 1, min(index + 7, len(reading.words))):
        if reading.lowered[j] in prepositions:
            found = reading.phrase_after(j + 1)
            if found is not None:
                yield found


def _blamed(reading: Reading, clause: Clause) -> Iterator[Charge]:
    if clause.verb == "blame" and clause.mood == "infinitive":
        above = reading.parent(clause)
        if above is None or above.negated or clause.negated:
            return
        if (above.verb in ("be", "get") and above.human) or (above.verb == "have" and above.human):
            yield _charge(
                reading, above.first, clause.main, target_of(above.party), "people are said to be to blame"
            )
        return
    if clause.verb == "blame" and not clause.negated and not clause.modal and not clause.passive:
        party = reading.people.party_of(clause.object)
        if party.human and clause.mood == "finite":
            yield _charge(reading, clause.first, clause.main, target_of(party), "people are blamed")
    if clause.verb == "blame" and clause.passive and not clause.negated and not reading.question:
        found = next(_after(reading, clause.main, "on"), None)
        on = reading.lowered.index("on", clause.main) if "on" in reading.lowered[clause.main :] else -2
        body = reading.lowered[on + 1 : on + 2]  # "blamed squarely on marketing"
        department = bool(body) and body[0] in _DEPARTMENTS
        if department or (found is not None and reading.party(*found).human):
            yield _charge(reading, clause.first, on + 1, "team", "the blame is given to people")
    for i in range(clause.main, clause.last):
        token = reading.words[i]
        if token.lower == "blame" and token.tag == "NOUN" and not reading.denied(i):
            found = next(_after(reading, i, "with", "on", "to"), None)
            if found is not None and reading.party(*found).human:
                yield _charge(
                    reading, i, found[1] - 1, target_of(reading.party(*found)), "the blame is given to people"
                )
            elif clause.verb in ("take", "accept", "deserve", "carry", "bear", "share") and clause.human:
                yield _charge(reading, clause.first, i, target_of(clause.party), "people carry the blame")
    # "Blame lies with the vendor"
    if "blame" in reading.lowered[clause.first : clause.head] and clause.verb in (
        "lie",
        "rest",
        "fall",
        "go",
        "belong",
    ):
        found = next(_after(reading, clause.main, "with", "on", "to"), None)
        party = reading.party(*found) if found is not None else Party("unknown")
        party = party.as_people() if party.open in ("body", "name", "agent") else party
        if found is not None and party.human and not clause.negated:
            yield _charge(
                reading, clause.first, found[1] - 1, target_of(party), "the blame is given to people"
            )


def _offenders(reading: Reading) -> Iterator[Charge]:
    for i, token in enumerate(reading.words):
        if token.lower not in _OFFENDER or reading.denied(i):
            continue
        begin, end = reading.phrase_around(i)
        if token.lower == "guilty":
            party = reading.party(begin, end) if i < end - 1 else Party("unknown")
            clause = reading.clause_of(i)
            if not party.human and clause is not None and clause.human and not clause.negated:
                party = clause.party
            if party.human or reading.words[end - 1].lemma == "party":
                yield _charge(reading, begin, end - 1, target_of(party), "people are called guilty")
            continue
        other = _equated(reading, i, begin, end)
        if other is not None and other.human:
            yield _charge(reading, begin, end - 1, target_of(other), "somebody is called the culprit")


def _equated(reading: Reading, i: int, begin: int, end: int) -> Party | None:
    """Who the culprit is said to be: "Bill, the culprit", "the culprit was Sam"."""
    for clause in reading.clauses:
        if clause.verb in ("be", "turn", "remain", "prove", "become"):
            if clause.first <= i < clause.head and clause.object:
                return reading.people.party_of(clause.object)
            if clause.main < i < clause.last:
                return clause.party if clause.human else None
    if begin > 1 and reading.words[begin - 1].text in (",", "—", "(", ":"):
        for b, e in _phrases_before(reading, begin - 1):
            return reading.party(b, e)
    if end < len(reading.words) and reading.words[end].text in (",", "—", ":", "("):
        found = reading.phrase_after(end + 1)
        if found is not None:
            return reading.party(*found)
    return None


def _phrases_before(reading: Reading, index: int) -> Iterator[tuple[int, int]]:
    begin, end = reading.phrase_around(index - 1)
    if end == index:
        yield begin, end


def _rests_with(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "Responsibility for the mix-up rests with the midwives"."""
    subject = reading.lemmas[clause.first : clause.head + 1]
    if clause.verb not in ("rest", "lie", "fall") or "responsibility" not in subject or clause.negated:
        return
    harm = any(w in _HARM | {"mix-up", "mixup", "oversight"} for w in reading.lemmas[: clause.head])
    found = next(_after(reading, clause.main, "with", "on", "to"), None)
    if harm and found is not None and reading.party(*found).human:
        target = target_of(reading.party(*found))
        yield _charge(reading, clause.first, found[1] - 1, target, "people are made responsible for the harm")


def _responsible(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "responsible for the outage", not "responsible for the payments rotation"."""
    for i in range(clause.first, clause.last):
        if reading.lowered[i] not in ("responsible", "accountable", "answerable", "liable", "responsibility"):
            continue
        found = next(_after(reading, i, "for"), None)
        if found is None or reading.denied(i):
            continue
        object_ = reading.words[found[0] : found[1]]
        harmful = any(t.lemma in _HARM or t.lower in _EVALUATIVE or t.lower in _HARMED for t in object_) or [
            t.lower for t in object_
        ] in (
            ["this"],
            ["that"],
            ["it"],
            ["all", "this"],
        )
        if not harmful:
            continue
        begin, end = reading.phrase_around(i - 1) if i else (0, 0)
        attached = i > 0 and reading.words[i - 1].tag in ("NOUN", "PROPN", "PRON") and end == i > clause.main
        party = reading.party(begin, end) if attached else clause.party
        if party.human and not clause.negated:
            yield _charge(
                reading,
                clause.first,
                found[1] - 1,
                target_of(party),
                "people are made responsible for the harm",
            )
            return


def _on_somebody(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "this one is on Sam", "it was Faith's responsibility"."""
    if clause.verb != "be" or clause.human or clause.negated:
        return
    following = clause.main + 1
    while following < clause.last and (
        reading.words[following].tag in ("ADV", "NUM") or reading.words[following].text == "%"
    ):
        following += 1
    subject = clause.subject.lower()
    if following < clause.last and reading.lowered[following] in ("on", "down"):
        found = reading.phrase_after(following + 1 + (reading.lowered[following] == "down"))
        if found is not None and reading.party(*found).human and found[1] - found[0] <= 3:
            if subject.split()[-1:] and (
                subject.split()[-1] in ("this", "it", "that", "one", "all")
                or any(w in _HARM for w in subject.split())
            ):
                yield _charge(
                    reading,
                    clause.first,
                    found[1] - 1,
                    target_of(reading.party(*found)),
                    "the outcome is put on somebody",
                )
    if clause.tense == "past" and subject in ("it", "this", "that"):
        for i in range(clause.main + 1, clause.last):
            relative = reading.lowered[i + 1 : i + 2] in (["that"], ["which"])
            if (
                reading.words[i].lemma in ("responsibility", "duty", "job")
                and not relative
                and reading.owner(i).human
            ):
                yield _charge(
                    reading, clause.first, i, target_of(reading.owner(i)), "a duty is held against somebody"
                )
                return
    for i in range(clause.main + 1, min(clause.last + 2, len(reading.words))):
        if reading.lowered[i] == "doing" and reading.owner(i).human:
            yield _charge(
                reading, clause.first, i, target_of(reading.owner(i)), "the outcome is put on somebody"
            )
