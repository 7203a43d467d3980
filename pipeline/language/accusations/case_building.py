"""A4: a case is built: "warned twice", "despite being told", "the third time", "it was me who", "who broke it"."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.language.accusations.reading import Charge, Reading, accuse, target_of
from pipeline.language.clauses import Clause
from pipeline.language.lexicon import word_set, words
from pipeline.language.noun_phrases import phrases
from pipeline.language.people import Target

_WARN = word_set("warn caution")
_TELL = word_set("warn caution tell remind advise instruct ask")
_AGAIN = word_set(
    "twice thrice repeatedly before already again previously times thrice more multiple several many often"
)
_BREAKING = words("conduct", "breaking") | word_set("do cause delete wipe nuke")
_TOLD = word_set(
    "warn warning tell remind reminder instruct instruction advice ask object objection forbid advise veto protest"
)
_NTH = word_set("second third fourth fifth sixth nth umpteenth 2nd 3rd 4th 5th")
_WRECKING = _BREAKING | word_set("drop erase remove push approve disable unplug overwrite truncate") - {"do"}
_FAILING = (
    _WRECKING
    | words("conduct", "breach")
    | words("conduct", "breach_shared")
    | words("conduct", "slip")
    | words("conduct", "mis")
    | word_set("fail leave cause")
)
_OBSTRUCTING = word_set("block delay cancel refuse reject veto approve stop deny drop break delete push lose")
_REMINDERS = word_set("reminder warning mail email request notice letter message call ping ticket")


def find_case_building(reading: Reading) -> Iterator[Charge]:
    yield from _who_did_it(reading)
    for clause in reading.clauses:
        yield from _warned(reading, clause)
    yield from _despite(reading)
    yield from _habit(reading)
    yield from _disclaimed(reading)
    yield from _cleft(reading)
    yield from _no_excuse(reading)
    yield from _counted_reminders(reading)
    yield from _anyway(reading)
    yield from _unheeded(reading)


def _charge(reading: Reading, first: int, last: int, target: Target, reason: str) -> Charge:
    return accuse(reading, first, last, "fault", target, reason)


def _warned(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "she had been warned twice": a case is built."""
    if clause.verb not in _TELL or clause.negated or clause.mood != "finite" or clause.modal:
        return
    tail = reading.lowered[max(0, clause.first - 2) : clause.last]
    if reading.question and not clause.perfect:
        tail = _without_dates(tail)
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


def _without_dates(words: list[str]) -> list[str]:
    """ "Were they told before the mail at 11:20?" asks when; "before" alone says that they knew."""
    ends = [*words[1:], "?"]
    return [
        w for w, following in zip(words, ends, strict=True) if w != "before" or not following[0].isalnum()
    ]


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
    """ "It is the third time this year with the same technician": somebody's failings are counted. How often
    something befell people, or they did what is no failing, is a count of events."""
    for i, token in enumerate(reading.words[:-1]):
        if reading.lowered[i + 1] != "time" or token.lower not in _NTH:
            continue
        for begin, end, _ in phrases(reading.words, i + 2, len(reading.words)):
            party = reading.party(begin, end)
            ours = reading.lowered[begin] in ("we", "i", "our")
            if party.target not in ("person", "team", "external") or ours:
                continue
            told = next((c for c in reading.clauses if c.first > i and c.first <= begin < c.last), None)
            if told is None or (begin < told.main and _fails(told)):
                yield _charge(reading, i, end - 1, target_of(party), "a case is built by counting")
                return


def _fails(clause: Clause) -> bool:
    return not clause.passive and (clause.negated or clause.verb in _FAILING)


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
            aware = next(
                (c for c in reading.clauses if c.first > i and (c.human or c.party.open == "body")), None
            )
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
        again = "again" in reading.lowered[: clause.first] and reading.lowered[:2] == ["it", "was"]
        if again and clause.connective in ("who", "that") and (clause.human or clause.party.open == "body"):
            target = target_of(clause.party.as_people())
            yield _charge(reading, clause.first, clause.main, target, "a habit is held against somebody")
        elif (
            (opening[:1] == ["it"] or reading.lowered[:2] == ["it", "was"])
            and clause.party.open == "body"
            and clause.verb in _OBSTRUCTING
            and clause.connective in ("who", "that")
        ):
            yield _charge(reading, clause.first, clause.main, "team", "somebody is picked out for the damage")
        elif picked and clause.verb in _WRECKING and clause.tense == "past" and opening[:1] == ["it"]:
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


def _counted_reminders(reading: Reading) -> Iterator[Charge]:
    """ "Three reminders went to the archive team and not one was answered"."""
    for i, token in enumerate(reading.words[:-1]):
        many = token.tag == "NUM" or token.lower in ("several", "repeated", "many", "countless")
        if not many or reading.words[i + 1].lemma not in _REMINDERS:
            continue
        addressed = [
            reading.party(begin, end)
            for begin, end, governor in phrases(reading.words, i + 2, len(reading.words))
            if governor == "to"
        ]
        unanswered = any(c.negated for c in reading.clauses) or reading.has(
            "unanswered", "ignore", "unread", "nothing", "vain"
        )
        if unanswered and any(p.human or p.open == "body" for p in addressed):
            party = next(p for p in addressed if p.human or p.open == "body").as_people()
            yield _charge(reading, i, i + 1, target_of(party), "a case is built by counting")
            return


def _anyway(reading: Reading) -> Iterator[Charge]:
    """ "The driver was told to wait but left anyway"."""
    told = next(
        (
            c
            for c in reading.clauses
            if c.passive and (c.human or c.party.open) and c.verb in _TELL | {"order", "forbid"}
        ),
        None,
    )
    defied = any(
        low in ("anyway", "regardless", "nonetheless", "nevertheless", "anyhow") for low in reading.lowered
    )
    if told is not None and defied and not told.negated:
        acting = next((c for c in reading.clauses if c.main > told.main and c.tense == "past"), None)
        if acting is not None and not acting.passive:
            yield _charge(
                reading,
                told.first,
                told.main,
                target_of(told.party.as_people()),
                "a case is built: they had been told",
            )


def _unheeded(reading: Reading) -> Iterator[Charge]:
    """ "Warnings from the weather desk went unheeded": only people heed."""
    for i, low in enumerate(reading.lowered):
        if low == "unheeded" and not reading.denied(i):
            yield _charge(
                reading, i, i, "implied", "what was addressed to people is said to have been ignored"
            )
