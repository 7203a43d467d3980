"""A5: a person, or a person's deficiency, as the cause: "caused by Sam", "Sam broke checkout", "human error"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.language.accusations.reading import Charge, Kind, Reading, span, target_of
from pipeline.language.clauses import Clause
from pipeline.language.lexicon import word_set, words
from pipeline.language.people import Target
from pipeline.language.words import Token

_OWNED = words("errors", "owned")
_ALONE = words("errors", "alone")
_CLASSES = words("errors", "class")
_EVALUATIVE = words("traits", "evaluative")
_ACT = words("traits", "act")
_BREAKING = words("conduct", "breaking")
_CAUSING = word_set("cause trigger provoke precipitate break create")
_PARTICLES = {("take", "down"), ("bring", "down"), ("knock", "out"), ("knock", "over"), ("blow", "up"), ("mess", "up"), ("screw", "up"), ("knock", "offline"), ("knock", "down"), ("lock", "out")}  # fmt: skip
# Whole services: to stop one of these is no maintenance.
_WHOLE = word_set(
    "whole entire region datacenter office floor plant prod production site website checkout everything service platform login api app shop system world all them it"
)
_ROUTINE = word_set("kill destroy take bring knock lock")
_UNBROKEN = word_set(
    "deadlock loop cycle tie circuit record news glass change work task problem job rule silence build_up"
)
_ARTIFACTS = words("system_nouns", "device")
_GUARDED = word_set(
    "assume reduce prevent avoid eliminate minimise minimize mitigate guard tolerate detect catch likely easy possible impossible "
    "risk prone chance likelihood possibility room opportunity potential susceptible invite allow absorb anticipate "
    "resilient robust"
)
_SHOWN = word_set("return show raise throw log print display emit report see")
_ATTRIBUTE = word_set(
    "traced back stem stems stemmed comes goes went came boils due because result caused cause attributed attributable down owing reason"
)


def find_causes(reading: Reading) -> Iterator[Charge]:
    for clause in reading.clauses:
        yield from _caused_by(reading, clause)
        yield from _broke(reading, clause)
        yield from _made_error(reading, clause)
        yield from _is_cause(reading, clause)
    yield from _owned(reading)
    yield from _classes(reading)
    yield from _alone(reading)
    yield from _because_of(reading)
    yield from _labelled(reading)
    yield from _conduct(reading)


def _charge(reading: Reading, first: int, last: int, kind: Kind, target: Target, reason: str) -> Charge:
    start, end = span(reading, first, last)
    return Charge(start, end, kind, target, "strong", reason)


def _caused_by(reading: Reading, clause: Clause) -> Iterator[Charge]:
    if not clause.passive or clause.negated or not clause.agent:
        return
    routine = clause.verb in _ROUTINE and not _WHOLE & {t.lemma for t in _subject_words(reading, clause)}
    breaking = clause.verb in _BREAKING or (clause.verb, clause.particle) in _PARTICLES
    if clause.verb in _CAUSING or (breaking and not routine):
        party = reading.doer(clause.agent)
        if party.human:
            yield _charge(
                reading,
                clause.main,
                clause.main + 2,
                "fault",
                target_of(party),
                "a person stands as the cause",
            )


def _subject_words(reading: Reading, clause: Clause) -> Sequence[Token]:
    return reading.words[clause.first : clause.head]


def _broke(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "Sam broke checkout", "we took down production"."""
    if (
        not clause.human
        or clause.negated
        or clause.passive
        or clause.modal
        or clause.tense not in ("past", "present")
    ):
        return
    if clause.mood != "finite" or (clause.tense == "present" and not clause.perfect) or reading.question:
        return
    broke = clause.verb in _BREAKING and clause.particle not in ("down", "out", "into", "off")
    if not broke and (clause.verb, clause.particle) not in _PARTICLES:
        if not (clause.verb in ("take", "bring", "knock") and _particle_behind(reading, clause)):
            return
    object_ = [
        t
        for t in reading.words[clause.main + 1 : clause.last]
        if t.tag in ("NOUN", "PROPN", "PRON") or t.lower in ("whole", "entire")
    ]
    lemmas = {t.lemma for t in object_}
    if not object_ or lemmas & _UNBROKEN:
        return
    if clause.verb in _ROUTINE and (not lemmas & _WHOLE or _for_a_purpose(reading, clause)):
        return
    yield _charge(
        reading, clause.first, clause.main, "fault", target_of(clause.party), "a person stands as the cause"
    )


def _particle_behind(reading: Reading, clause: Clause) -> bool:
    """ "took the site down"."""
    tail = reading.words[clause.main + 1 : clause.main + 7]
    return any(t.lower in ("down", "offline", "over") and t.tag in ("PREP", "ADV", "NOUN") for t in tail[1:])


def _for_a_purpose(reading: Reading, clause: Clause) -> bool:
    tail = reading.words[clause.main + 1 : clause.last + 3]
    return any(t.lower == "for" or (t.tag == "TO" and t is not tail[-1]) for t in tail)


def _made_error(reading: Reading, clause: Clause) -> Iterator[Charge]:
    if (
        clause.verb not in ("make", "commit", "have", "suffer")
        or clause.negated
        or (clause.modal and not clause.perfect)
    ):
        return
    index = next(
        (
            i
            for i in range(clause.main + 1, clause.last)
            if reading.words[i].lemma in _OWNED and reading.words[i].tag != "VERB"
        ),
        None,
    )
    subject = next((i for i in range(clause.first, clause.head) if reading.words[i].lemma in _OWNED), None)
    if clause.passive and clause.verb in ("make", "commit") and subject is not None:
        party = reading.doer(clause.agent)
        if reading.words[subject].lemma in ("mistake", "error", "blunder") and party.kind != "system":
            yield _charge(
                reading,
                clause.first,
                clause.main,
                "human-error",
                target_of(party),
                "an error of people is named",
            )
        return
    if index is None or not clause.human or reading.denied(index) or clause.mood not in ("finite", "gerund"):
        return
    if clause.verb in ("have", "suffer") and reading.words[index].lemma not in ("lapse", "brain"):
        return
    if clause.tense == "present" and not clause.perfect and not clause.modal:
        return  # "people make mistakes"
    if reading.phrase_around(index)[1] - 1 == index:
        yield _charge(
            reading,
            clause.first,
            index,
            "human-error",
            target_of(clause.party),
            "an error of a person is named",
        )


def _is_cause(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "The cause was an engineer who ..."."""
    if clause.verb != "be" or clause.negated or not clause.object:
        return
    heads = [t.lemma for t in reading.words[clause.first : clause.head]]
    if any(h in ("cause", "problem") for h in heads) and not any(h in _CLASSES for h in heads):
        party = reading.people.party_of(clause.object)
        if party.human and not any(t.lower == "'s" for t in reading.words[clause.main : clause.main + 5]):
            yield _charge(
                reading,
                clause.first,
                clause.main + 1,
                "fault",
                target_of(party),
                "a person stands as the cause",
            )


def _owned(reading: Reading) -> Iterator[Charge]:
    """ "Sam's typo", "an oversight by the manager", "Priya's bad change"."""
    for i, token in enumerate(reading.words):
        if token.tag not in ("NOUN", "ADJ", "PROPN"):
            continue
        begin, end = reading.phrase_around(i)
        if i != end - 1 or reading.denied(i):
            continue
        owner = reading.owner(i)
        if not owner.human:
            continue
        if token.lemma in _OWNED:
            plural = token.lower != token.lemma
            if plural and (owner.target == "external" or _learning(reading, i)):
                continue
            if (
                owner.target == "external"
                and token.lemma in ("error", "bug", "typo")
                and reading.has(*_SHOWN)
            ):
                continue
            if _learning(reading, i):
                continue
            last = i
            yield _charge(
                reading, begin, last, "human-error", target_of(owner), "an error is given to a person"
            )
        elif token.lemma in _ACT and any(t.lower in _EVALUATIVE for t in reading.words[begin:i]):
            yield _charge(reading, begin, i, "fault", target_of(owner), "what a person did is judged")


def _learning(reading: Reading, i: int) -> bool:
    before = reading.lemmas[max(0, i - 5) : i]
    return any(w in before for w in ("learn", "learning", "lesson", "fix", "correct", "own", "admit"))


def _classes(reading: Reading) -> Iterator[Charge]:
    """Human, user, operator error; lapse of attention; PEBKAC."""
    for i, token in enumerate(reading.words):
        low = token.lower
        if low in ("pebkac", "pebcak") or (
            low in ("error", "errors", "mistake", "mistakes") and i and _classed(reading, i)
        ):
            if _guarded(reading, i):
                continue
            first = i if low.startswith("peb") else i - 1
            yield _charge(
                reading,
                first,
                i,
                "human-error",
                "implied",
                "an error of people stands as the class or the cause",
            )
        elif token.lemma in ("fat-finger", "fatfinger") or (
            token.lemma == "finger" and reading.lowered[i - 1 : i] == ["fat"]
        ):
            clause = reading.clause_of(i)
            compound = i + 1 < len(reading.words) and reading.words[i + 1].tag == "NOUN"
            if not compound and not _guarded(reading, i):
                target = target_of(clause.party) if clause is not None else "implied"
                yield _charge(reading, i, i, "human-error", target, "an error of a person is named")


def _classed(reading: Reading, i: int) -> bool:
    before = reading.lowered[i - 1]
    if before not in _CLASSES and reading.lemmas[i - 1] not in _CLASSES:
        return False
    following = reading.words[i + 1] if i + 1 < len(reading.words) else None
    if following is not None and following.tag in ("NOUN", "PROPN") and following.lower not in ("category",):
        return False  # "user error messages"
    clause = reading.clause_of(i)
    return not (before == "user" and clause is not None and clause.verb in _SHOWN)


def _guarded(reading: Reading, i: int) -> bool:
    if reading.denied(i):
        return True
    near = [*reading.lemmas[max(0, i - 7) : i], *reading.lemmas[i + 1 : i + 3]]
    if i + 1 < len(reading.words) and reading.words[i + 1].tag == "PUNCT":
        near = near[: -len(reading.lemmas[i + 1 : i + 3])]
    clause = reading.clause_of(i)
    enabling = (
        clause is not None
        and clause.verb in ("make", "allow", "invite", "enable", "leave")
        and clause.main < i
    )
    return any(w in _GUARDED for w in near) or enabling


def _alone(reading: Reading) -> Iterator[Charge]:
    """ "due to an oversight", "a lapse in attention"; "a typo in values.yaml" is an artifact's."""
    for i, token in enumerate(reading.words):
        if token.lemma not in _ALONE or token.tag == "VERB" or reading.denied(i) or _guarded(reading, i):
            continue
        begin, end = reading.phrase_around(i)
        if i != end - 1 or reading.owner(i).human:
            continue
        if token.lemma == "oversight" and begin == i:
            continue  # supervision: "under oversight"
        if token.lemma == "lapse" and not any(
            w in reading.lemmas[i + 1 : i + 5]
            for w in (
                "attention",
                "concentration",
                "judgement",
                "judgment",
                "focus",
                "discipline",
                "memory",
                "vigilance",
            )
        ):
            if not _as_cause(reading, begin, i) or any(
                t.lemma in ("certificate", "license", "licence", "domain") for t in reading.words
            ):
                continue
        if _in_artifact(reading, i):
            continue
        attention = token.lemma == "lapse"
        if attention or _as_cause(reading, begin, i):
            yield _charge(
                reading, begin, i, "human-error", "implied", "an error of people stands as the cause"
            )


def _in_artifact(reading: Reading, i: int) -> bool:
    if reading.lowered[i + 1 : i + 2] not in (["in"], ["on"], ["with"], ["of"]):
        return False
    found = reading.phrase_after(i + 2)
    if found is None:
        return False
    head = reading.words[found[1] - 1]
    if reading.party(*found).human:
        return False
    return head.lemma in _ARTIFACTS or not head.lower.isalpha() or reading.party(*found).kind == "system"


def _as_cause(reading: Reading, begin: int, i: int) -> bool:
    before = reading.lowered[max(0, begin - 4) : begin]
    if any(w in _ATTRIBUTE for w in before) or before[-1:] == [":"] or (before[-1:] == ["by"] and begin < i):
        return True
    clause, token = reading.clause_of(i), reading.words[i]
    if clause is None:
        return before[-1:] in ([":"], ["-"], ["—"])
    leading = begin <= clause.first <= i and clause.verb in (
        "mean",
        "lead",
        "cause",
        "result",
        "leave",
        "bring",
        "take",
        "delete",
        "wipe",
        "break",
    )
    predicate = (
        clause.verb == "be" and clause.main < i and clause.tense == "past" and token.lemma != "mistake"
    )
    return leading or predicate


def _because_of(reading: Reading) -> Iterator[Charge]:
    for i, low in enumerate(reading.lowered):
        after = None
        if low == "because" and reading.lowered[i + 1 : i + 2] == ["of"]:
            after = i + 2
        elif low in ("due", "owing", "thanks") and reading.lowered[i + 1 : i + 2] == ["to"]:
            after = i + 2
        if after is None:
            continue
        end = reading.phrase_after(after)
        if end is None or not reading.party(*end).human or reading.denied(i):
            continue
        stops = end[1] >= len(reading.words) or reading.words[end[1]].tag in ("PUNCT", "WH", "SUB", "CONJ")
        adverse = low != "thanks" or any(
            w in reading.lemmas
            for w in ("down", "outage", "lose", "break", "fail", "offline", "crash", "miss")
        )
        if stops and adverse:
            yield _charge(
                reading,
                i,
                end[1] - 1,
                "fault",
                target_of(reading.party(*end)),
                "a person stands as the cause",
            )


def _conduct(reading: Reading) -> Iterator[Charge]:
    """ "attributable to the conduct of the settlement officer"."""
    for i, token in enumerate(reading.words):
        if token.lemma not in (
            "conduct",
            "behaviour",
            "behavior",
            "action",
            "inaction",
            "omission",
            "intervention",
        ):
            continue
        begin, _ = reading.phrase_around(i)
        owner = reading.owner(i)
        if owner.human and _as_cause(reading, begin, i) and not reading.denied(i):
            yield _charge(
                reading, begin, i, "fault", target_of(owner), "the conduct of people stands as the cause"
            )


def _labelled(reading: Reading) -> Iterator[Charge]:
    """ "Root cause: Sam", "Cause: an engineer ran the wrong command"."""
    for i, token in enumerate(reading.words[:6]):
        if (
            token.text == ":"
            and i
            and reading.lemmas[i - 1] in ("cause", "reason", "trigger")
            and token is not reading.words[0]
        ):
            found = reading.phrase_after(i + 1)
            if found is None or reading.lemmas[i - 1] == "trigger":
                return
            party = reading.party(*found)
            if party.human and not any(c.head >= found[1] and c.negated for c in reading.clauses):
                yield _charge(
                    reading, i - 1, found[1] - 1, "fault", target_of(party), "a person stands as the cause"
                )
            return
