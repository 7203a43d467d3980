"""A5: errors of people: "human error", "Sam's typo", "an oversight by the manager", "a lapse of attention"."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.language.accusations.attribution import stands_as_cause
from pipeline.language.accusations.reading import Charge, Reading, accuse, target_of
from pipeline.language.clauses import Clause
from pipeline.language.lexicon import word_set, words

_OWNED = words("errors", "owned")
_ALONE = words("errors", "alone")
_CLASSES = words("errors", "class")
_EVALUATIVE = words("traits", "evaluative")
_ACT = words("traits", "act")
_ARTIFACTS = words("system_nouns", "device")
_GUARDED = word_set(
    "assume reduce prevent avoid eliminate minimise minimize mitigate guard tolerate detect catch likely easy possible impossible "
    "risk prone chance likelihood possibility room opportunity potential susceptible invite allow absorb anticipate "
    "resilient robust"
)
_SHOWN = word_set("return show raise throw log print display emit report see")


def find_errors(reading: Reading) -> Iterator[Charge]:
    for clause in reading.clauses:
        yield from _made_error(reading, clause)
    yield from _owned(reading)
    yield from _classes(reading)
    yield from _alone(reading)


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
            yield accuse(
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
        yield accuse(
            reading,
            clause.first,
            index,
            "human-error",
            target_of(clause.party),
            "an error of a person is named",
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
        if owner.open == "either" and token.lemma in _ALONE | {"typo", "misclick"}:
            owner = owner.as_people()  # only people make a mistake or have a lapse
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
            yield accuse(
                reading, begin, last, "human-error", target_of(owner), "an error is given to a person"
            )
        elif token.lemma in _ACT and any(t.lower in _EVALUATIVE for t in reading.words[begin:i]):
            yield accuse(reading, begin, i, "fault", target_of(owner), "what a person did is judged")


def _learning(reading: Reading, i: int) -> bool:
    before = reading.lemmas[max(0, i - 5) : i]
    return any(w in before for w in ("learn", "learning", "lesson", "fix", "correct", "own", "admit"))


def _classes(reading: Reading) -> Iterator[Charge]:
    """Human, user, operator error; lapse of attention; PEBKAC."""
    for i, token in enumerate(reading.words):
        low = token.lower
        failed = low in ("failure", "failing", "shortcoming") and i and reading.lowered[i - 1] == "human"
        named = low in ("error", "errors", "mistake", "mistakes") and i and _classed(reading, i)
        slip = low == "slip" and reading.lowered[i + 1 : i + 3] == ["of", "the"]
        slip = slip and reading.lowered[i + 3 : i + 4] in (
            ["finger"],
            ["hand"],
            ["tongue"],
            ["pen"],
            ["keyboard"],
            ["mouse"],
        )
        judged = low == "error" and reading.lowered[i + 1 : i + 3] in (
            ["of", "judgement"],
            ["of", "judgment"],
        )
        if low in ("pebkac", "pebcak") or failed or named or slip or judged or _human_factor(reading, i):
            if _guarded(reading, i):
                continue
            first = i if low.startswith("peb") or slip or judged else i - 1
            yield accuse(
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
                yield accuse(reading, i, i, "human-error", target, "an error of a person is named")


def _human_factor(reading: Reading, i: int) -> bool:
    """ "The human factor was decisive", "finger trouble"."""
    before = reading.lowered[i - 1 : i]
    if reading.lowered[i] == "trouble" and before in (["finger"], ["fingers"], ["thumb"]):
        return True
    if reading.lowered[i] not in ("factor", "element") or before != ["human"]:
        return False
    clause = reading.clause_of(i)
    decisive = {"decisive", "key", "main", "cause", "problem", "weak", "weakest", "blame", "root", "crucial"}
    decided = clause is not None and clause.verb == "be" and decisive & set(reading.lowered[clause.main :])
    return bool(decided) or stands_as_cause(reading, i - 1, i)


def _classed(reading: Reading, i: int) -> bool:
    before = reading.lowered[i - 1]
    role = reading.people.party(reading.words[i - 1 : i])  # "keeper error", as "operator error"
    acting = role.kind == "role" and role.target == "person" and reading.words[i - 1].tag == "NOUN"
    if before not in _CLASSES and reading.lemmas[i - 1] not in _CLASSES and not acting:
        return False
    following = reading.words[i + 1] if i + 1 < len(reading.words) else None
    if following is not None and following.tag in ("NOUN", "PROPN") and following.lower not in ("category",):
        return False  # "user error messages"
    clause = reading.clause_of(i)
    if before == "user" and reading.lowered[i] == "errors":
        return stands_as_cause(reading, i - 1, i)  # what users are shown, unless it stands as the cause
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
            if not stands_as_cause(reading, begin, i) or any(
                t.lemma in ("certificate", "license", "licence", "domain") for t in reading.words
            ):
                continue
        if _in_artifact(reading, i):
            continue
        attention = token.lemma == "lapse"
        if attention or stands_as_cause(reading, begin, i):
            yield accuse(
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
