"""A6 without the word: somebody is to be kept away, named, made to answer."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.language.accusations.reading import Charge, Reading, accuse, target_of
from pipeline.language.clauses import Clause
from pipeline.language.lexicon import word_set
from pipeline.language.people import Target

_DEONTIC = word_set("should must shall will can may might would")
_WANTING = word_set("want need demand get give send expect like")
_OF_PEOPLE = word_set("everyone everybody those whoever people anyone all person")
_FOR_LONG = (["until", "further", "notice"], ["for", "good"], ["as", "of", "today"], ["from", "now", "on"])
_OFFICE = word_set("duty command post responsibility role position office")
_HANDS = word_set("hand hands finger fingers paw paws")


def find_banishment(reading: Reading) -> Iterator[Charge]:
    yield from _hands_off(reading)
    yield from _names(reading)
    for clause in reading.clauses:
        yield from _off(reading, clause)
        yield from _unnamed(reading, clause)
        yield from _keyless(reading, clause)
        yield from _watched(reading, clause)
        yield from _stripped(reading, clause)


def _charge(reading: Reading, first: int, last: int, target: Target, reason: str) -> Charge:
    return accuse(reading, first, last, "punitive", target, reason)


def _hands_off(reading: Reading) -> Iterator[Charge]:
    """ "Keep your hands off that panel"."""
    low = reading.lowered
    for i, word in enumerate(low[:-1]):
        if word not in _HANDS or low[i + 1] != "off":
            continue
        kept = any(w in ("keep", "kept", "get", "take") for w in low[max(0, i - 4) : i])
        opens = i == 0 or reading.words[i - 1].tag == "PUNCT"
        denied = any(t.tag == "NEG" for t in reading.words[:i])
        if (kept or (opens and i + 2 < len(low))) and not denied:
            spared = {"if", "until", "while"} & set(
                reading.lowered
            )  # "hands off it until the restore is done"
            if not spared or "notice" in reading.lowered:
                yield _charge(reading, max(0, i - 2), i + 1, "implied", "people are told to keep away")


def _names(reading: Reading) -> Iterator[Charge]:
    """ "I want names, not graphs", "the names of everyone who touched it"."""
    for i, word in enumerate(reading.lowered):
        if word not in ("names", "heads", "scalps"):
            continue
        clause = reading.clause_of(i)
        if clause is None or clause.verb not in _WANTING or clause.negated or reading.question:
            continue
        owned = reading.lowered[i + 1 : i + 3]
        bare = reading.words[i - 1].tag == "VERB"
        of_people = owned[:1] == ["of"] and any(w in _OF_PEOPLE for w in reading.lowered[i + 2 : i + 5])
        stops = i + 1 == len(reading.words) or reading.words[i + 1].tag == "PUNCT"
        if (clause.human or clause.implied) and (of_people or (bare and stops)):
            yield _charge(reading, clause.first, i, "implied", "names are demanded")


def _off(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "Oskar is off the crane until further notice"."""
    if (
        clause.verb != "be"
        or clause.negated
        or clause.party.kind not in ("person", "role")
        or not clause.human
    ):
        return
    low = reading.lowered
    tail = low[clause.main + 1 : clause.main + 5]
    lasting = any(low[k : k + len(p)] == p for p in _FOR_LONG for k in range(clause.main, len(low)))
    if tail[:1] == ["off"] and len(tail) > 2 and lasting:
        yield _charge(
            reading, clause.first, clause.main, target_of(clause.party), "somebody is taken off as a sanction"
        )


def _unnamed(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "The person who did this should not have the keys", "anyone who touches it again will answer to me"."""
    if clause.modal not in _DEONTIC and clause.verb not in ("need", "have", "be"):
        return
    who = next((i for i in range(clause.head) if reading.lowered[i] in ("who", "whoever")), None)
    if who is None:
        return
    did = next((c for c in reading.clauses if who < c.main < clause.head and c.human), None)
    head = reading.words[who - 1] if who else reading.words[0]
    someone = reading.lowered[who] == "whoever" or head.lower in _OF_PEOPLE | {
        "person",
        "one",
        "somebody",
        "someone",
    }
    if did is None or not someone:
        return
    child = reading.child(clause)
    last = child.last if child is not None else clause.last
    low, lemmas = reading.lowered[clause.head : last], reading.lemmas[clause.head : last]
    keyless = clause.negated and any(w in _GRANTS for w in lemmas)
    gone = clause.verb == "be" and any(
        w in ("off", "out", "gone", "fired", "removed", "sorry") for w in low[1:5]
    )
    answers = any(
        w in ("answer", "pay", "explain", "own", "resign", "leave", "apologise", "apologize") for w in lemmas
    )
    threatened = clause.modal in ("will", "should", "must", "shall") and (answers or gone)
    guilty = did.verb == "be" and "responsible" in reading.lowered[did.main : clause.head]
    if (did.tense == "past" or guilty) and (keyless or threatened):
        yield _charge(reading, who, clause.main, "person", "somebody unnamed is to be made to answer")
    elif answers and did.tense == "present" and "again" in reading.lowered[: clause.head]:
        yield _charge(reading, who, clause.main, "person", "a sanction is threatened")


_GRANTS = word_set(
    "key access right login badge password role job desk allow touch work near trust let permission"
)


def _keyless(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "Joris no longer has a key to the reptile house"."""
    if clause.verb != "have" or clause.party.kind != "person" or not clause.human:
        return
    longer = "no longer" in " ".join(
        reading.lowered[clause.head - 3 if clause.head > 2 else 0 : clause.main + 1]
    )
    granted = any(w in _GRANTS for w in reading.lemmas[clause.main + 1 : clause.last])
    moved = any(
        c.verb in ("leave", "move", "join", "retire", "change", "hand", "return", "need")
        for c in reading.clauses
    )
    if longer and granted and not moved and clause.party.target == "person":
        yield _charge(
            reading, clause.first, clause.main, target_of(clause.party), "one person's access is taken"
        )


def _watched(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "Deniz may only work under supervision"."""
    party = clause.party.as_people() if clause.party.open == "name" else clause.party
    single = party.kind == "person" and party.target == "person"
    if not single or clause.modal not in ("may", "can", "must", "shall", "will") or reading.question:
        return
    tail = reading.lowered[clause.head : clause.main + 6]
    if "supervision" in tail or ("only" in tail and "work" in tail):
        yield _charge(reading, clause.first, clause.main, "person", "one person is put under supervision")


def _stripped(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """Relieved of his duties, an apology demanded, a name handed on, shifts cut."""
    low, lemmas = reading.lowered, reading.lemmas
    tail = lemmas[clause.main + 1 : clause.main + 8]
    if clause.negated or reading.question:
        return
    relieved = (
        clause.verb == "relieve" and clause.passive and tail[:1] == ["of"] and any(w in _OFFICE for w in tail)
    )
    apology = clause.verb in ("expect", "demand", "want", "owe", "await", "require") and "apology" in tail
    named = (
        clause.passive
        and clause.verb in ("pass", "forward", "report", "hand", "note", "publish", "circulate")
        and "name" in lemmas[clause.first : clause.head]
        and any(t.tag == "POSS" for t in reading.words[clause.first : clause.head])
    )
    cut = clause.verb in ("have", "get") and any(
        w in ("their", "his", "her") for w in low[clause.main + 1 : clause.main + 3]
    )
    cut = cut and any(w in ("shift", "hour", "pay", "bonus", "overtime", "access", "holiday") for w in tail)
    cut = cut and any(w in ("cut", "dock", "revoke", "cancel", "withdraw", "reduce") for w in tail)
    if (relieved and clause.human) or apology or named or (cut and clause.human):
        target = target_of(clause.party) if clause.human else "implied"
        yield _charge(reading, clause.first, clause.main, target, "a sanction is imposed on people")
