"""A4: fault nouns and case-building: at fault, to blame, culprit, "responsible for the outage", "warned twice"."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.language.accusations.reading import Charge, Reading, accuse, target_of
from pipeline.language.clauses import Clause
from pipeline.language.lexicon import word_set, words
from pipeline.language.noun_phrases import phrases
from pipeline.language.people import Party, Target

_HARM = words("harm")
_EVALUATIVE = words("traits", "evaluative") | {"incorrect", "lost", "missing", "late", "failed"}
_WARN = word_set("warn caution")
_TELL = word_set("warn caution tell remind advise instruct ask")
_AGAIN = word_set(
    "twice thrice repeatedly before already again previously times thrice more multiple several many often"
)
_BREAKING = words("conduct", "breaking") | word_set("do cause delete wipe nuke")
_TOLD = word_set("warn warning tell remind reminder instruct instruction advice ask")
_NTH = word_set("second third fourth fifth sixth nth umpteenth 2nd 3rd 4th 5th")
_WRECKING = _BREAKING | word_set("drop erase remove push approve disable unplug overwrite truncate") - {"do"}
_OFFENDER = word_set("culprit offender perpetrator wrongdoer villain guilty")


def find_faults(reading: Reading) -> Iterator[Charge]:
    yield from _fault_nouns(reading)
    yield from _offenders(reading)
    yield from _who_did_it(reading)
    for clause in reading.clauses:
        yield from _blamed(reading, clause)
        yield from _responsible(reading, clause)
        yield from _warned(reading, clause)
        yield from _on_somebody(reading, clause)
    yield from _despite(reading)
    yield from _habit(reading)
    yield from _disclaimed(reading)
    yield from _cleft(reading)
    yield from _no_excuse(reading)


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
        if found is not None and reading.party(*found).human and not clause.negated:
            yield _charge(
                reading,
                clause.first,
                found[1] - 1,
                target_of(reading.party(*found)),
                "the blame is given to people",
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


def _responsible(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "responsible for the outage", not "responsible for the payments rotation"."""
    for i in range(clause.first, clause.last):
        if reading.lowered[i] not in ("responsible", "accountable", "answerable", "liable", "responsibility"):
            continue
        found = next(_after(reading, i, "for"), None)
        if found is None or reading.denied(i):
            continue
        object_ = reading.words[found[0] : found[1]]
        harmful = any(t.lemma in _HARM or t.lower in _EVALUATIVE for t in object_) or [
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


def _warned(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "she had been warned twice": a case is built."""
    if clause.verb not in _TELL or clause.negated or clause.mood != "finite" or clause.modal:
        return
    tail = reading.lowered[clause.head : clause.last]
    again = any(w in _AGAIN for w in tail) or any(
        x in " ".join(tail) for x in ("not to", "time and", "last week", "last month", "last year")
    )
    if clause.passive and clause.human:
        if again or (clause.verb in _WARN and clause.perfect):
            yield _charge(
                reading,
                clause.first,
                clause.main,
                target_of(clause.party),
                "a case is built: they had been told",
            )
    elif clause.human and again and clause.object:
        party = reading.people.party_of(clause.object)
        if party.human and party.target != "self":
            yield _charge(
                reading, clause.first, clause.main, target_of(party), "a case is built: they had been told"
            )


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
            if reading.words[i].lemma in ("responsibility", "duty", "job") and reading.owner(i).human:
                yield _charge(
                    reading, clause.first, i, target_of(reading.owner(i)), "a duty is held against somebody"
                )
                return
    for i in range(clause.main + 1, min(clause.last + 2, len(reading.words))):
        if reading.lowered[i] == "doing" and reading.owner(i).human:
            yield _charge(
                reading, clause.first, i, target_of(reading.owner(i)), "the outcome is put on somebody"
            )


def _who_did_it(reading: Reading) -> Iterator[Charge]:
    """A question or heading that presupposes a culprit."""
    for clause in reading.clauses:
        if clause.subject.lower() in ("who", "whoever") and clause.tense == "past" and not clause.passive:
            head = reading.lowered[clause.first] if clause.first < len(reading.words) else ""
            opens = clause.first == 0 or reading.words[clause.first - 1].text in "\"“':-—#"
            if head not in ("who", "whoever") or not (opens or head == "whoever"):
                continue
            broke = clause.verb in _BREAKING and (
                clause.verb != "do" or clause.object.lower() in ("this", "that", "it")
            )
            if broke and not clause.negated and not reading.has("record", "deadlock", "silence", "news"):
                yield _charge(reading, clause.first, clause.main, "person", "the words presuppose a culprit")
    if reading.lowered[:1] == ["which"] and len(reading.words) > 2:
        found = reading.phrase_after(1)
        wrecked = any(c.verb in _BREAKING and c.verb != "do" for c in reading.clauses)
        if found is not None and _people_like(reading, *found) and wrecked:
            yield _charge(reading, 0, found[1] - 1, "person", "the words presuppose a culprit")
    if (
        reading.lowered[:1] == ["whose"]
        and len(reading.words) > 1
        and reading.lemmas[1] in ("fault", "mistake", "error")
    ):
        yield _charge(reading, 0, 1, "person", "the words presuppose a culprit")


def _people_like(reading: Reading, begin: int, end: int) -> bool:
    return reading.party(begin, end).human or reading.party(begin, end).open in ("agent", "name")


def _habit(reading: Reading) -> Iterator[Charge]:
    """ "It is the third time this year with the same technician": a case is built by counting."""
    for i, token in enumerate(reading.words[:-1]):
        if reading.lowered[i + 1] != "time" or token.lower not in _NTH:
            continue
        for begin, end, _ in phrases(reading.words, i + 2, len(reading.words)):
            if reading.party(begin, end).target in ("person", "team", "external") and reading.lowered[
                begin
            ] not in ("we", "i", "our"):
                yield _charge(
                    reading, i, end - 1, target_of(reading.party(begin, end)), "a case is built by counting"
                )
                return


def _despite(reading: Reading) -> Iterator[Charge]:
    """ "despite being told", "in spite of two warnings", "although she knew about the freeze", of people."""
    for i, low in enumerate(reading.lowered):
        spite = low in ("despite", "notwithstanding") or reading.lowered[i : i + 3] == ["in", "spite", "of"]
        although = low in ("although", "though")
        if not spite and not although:
            continue
        near = reading.lemmas[i + 1 : i + 7]
        told = any(w in near for w in _TOLD)
        knew = "know" in (near[:3] if spite else near[:4]) and "not" not in near[:4] and "n't" not in near[:4]
        if although:
            aware = next((c for c in reading.clauses if c.first > i and c.human), None)
            told = told and aware is not None and not aware.negated and aware.verb in _TOLD
            knew = knew and aware is not None
        if although and i and "known" in reading.lowered[i + 1 : i + 7]:
            knew = True  # "although the break was known"
        if not (told or knew):
            continue
        acting = [c for c in reading.clauses if c.tense == "past" and not c.passive and c.connective != low]
        human = next((c for c in acting if c.human or c.implied), None)
        if human is None and (acting or not told) and not (acting and acting[0].party.kind == "unknown"):
            continue
        target: Target = target_of(human.party) if human is not None else "implied"
        last = min(i + 2, len(reading.words) - 1)
        yield _charge(reading, i, last, target, "people are said to have known better")


def _disclaimed(reading: Reading) -> Iterator[Charge]:
    """ "Without wishing to blame anyone, it was Ilse who ...": the disclaimer turns a cleft into a charge."""
    blame = next(
        (i for i, t in enumerate(reading.words) if t.lemma in ("blame", "finger", "accuse", "guilt")), None
    )
    if blame is None or not reading.denied(blame):
        return
    for clause in reading.clauses:
        cleft = (
            clause.connective in ("who", "that")
            and clause.human
            and clause.first > blame
            and clause.party.kind == "person"
        )
        if (
            cleft
            and reading.lowered[max(0, clause.first - 2) : clause.first]
            and "was" in reading.lowered[blame : clause.head]
        ):
            yield _charge(
                reading, clause.first, clause.main, target_of(clause.party), "a disclaimer, and then a name"
            )
            return


def _cleft(reading: Reading) -> Iterator[Charge]:
    """ "It was me who dropped the index": somebody is picked out for the damage."""
    for clause in reading.clauses:
        picked = clause.connective in ("who", "that") and clause.human and not clause.negated
        opening = reading.lowered[max(0, clause.first - 2) : clause.first]
        if picked and clause.verb in _WRECKING and clause.tense == "past" and opening[:1] == ["it"]:
            yield _charge(
                reading,
                clause.first,
                clause.main,
                target_of(clause.party),
                "somebody is picked out for the damage",
            )


def _no_excuse(reading: Reading) -> Iterator[Charge]:
    low = reading.lowered
    for i in range(len(low) - 1):
        if low[i : i + 2] in (["no", "excuse"], ["without", "excuse"]) or low[i] == "inexcusable":
            yield _charge(
                reading, i, i + (low[i] != "inexcusable"), "implied", "people are said to have no excuse"
            )
            return
