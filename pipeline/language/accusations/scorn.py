"""A7: scorn for somebody, named or not: "who lets Tomas near it", "whoever did this can't have read it"."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.language.accusations.reading import Charge, Reading, accuse, target_of
from pipeline.language.lexicon import word_set, words
from pipeline.language.people import Party, Target

_LETS = word_set("let give allow hire trust put hand grant leave invite promote employ")
_SNEER = word_set("clearly apparently obviously evidently still even seriously")
_BASIC = word_set(
    "read count spell type follow understand look listen think do tell use add write handle manage operate"
)
_DUTY = words("conduct", "duty") | words("conduct", "omission")
# When a thing that everybody does becomes one that nobody should have done then.
_BAD_TIMES = word_set(
    "peak prime rush night midnight evening weekend friday saturday sunday holiday holidays opening premiere deadline "
    "release live lunch noon christmas launch sale payday eve hour hours minute middle traffic business"
)
# What is asked in earnest: who has, knows, owns, can.
_ASKED = word_set("be have know own need want can use see remember join hold handle cover lead get mind")
_HARD = word_set("hard difficult much complicated demanding taxing")
_PRAISES = word_set("congratulation congrats bravo kudos applause chapeau hats")
_WRECKING = (
    words("conduct", "breaking")
    | words("conduct", "destructive")
    | word_set("empty flood sink spill double block")
)


def find_scorn(reading: Reading) -> Iterator[Charge]:
    yield from _who_lets(reading)
    yield from _unable(reading)
    yield from _near(reading)
    yield from _asked_in_scorn(reading)
    yield from _inferred(reading)
    yield from _one_job(reading)
    yield from _who_does(reading)
    yield from _too_hard(reading)
    yield from _congratulated(reading)
    yield from _oh_look(reading)
    yield from _who_else(reading)
    yield from _taught_nothing(reading)
    yield from _marvelled(reading)
    yield from _classic(reading)


def _charge(reading: Reading, first: int, last: int, target: Target, reason: str) -> Charge:
    return accuse(reading, first, last, "shaming", target, reason)


def _who_lets(reading: Reading) -> Iterator[Charge]:
    for clause in reading.clauses:
        if clause.subject.lower() not in ("who", "whoever") or clause.verb not in _LETS or clause.negated:
            continue
        at = clause.first
        relative = (at > 0 and reading.words[at - 1].tag in ("NOUN", "PROPN", "PRON")) or reading.words[
            at
        ].lower not in ("who", "whoever")
        party = reading.people.party_of(clause.object)
        named = [reading.people.party((t,)) for t in reading.words[clause.main + 1 : clause.main + 2]]
        if named and not party.human and named[0].target is None and named[0].open == "name":
            party = Party("person", "person")  # "who gives rob root"
        elif named and named[0].human:
            party = named[0]
        if not relative and party.human:
            yield _charge(reading, at, clause.main, target_of(party), "a rhetorical question mocks somebody")


def _unable(reading: Reading) -> Iterator[Charge]:
    """ "somebody clearly can't read an alert"."""
    for clause in reading.clauses:
        cannot = clause.modal in ("can", "could") and clause.negated and clause.human
        sneering = any(w in _SNEER for w in reading.lowered[: clause.main])
        if cannot and sneering and clause.verb in _BASIC:
            yield _charge(
                reading,
                clause.first,
                clause.main,
                target_of(clause.party),
                "somebody is said not to be able to do the simplest thing",
            )


def _near(reading: Reading) -> Iterator[Charge]:
    """ "letting Bram near DNS"."""
    for clause in reading.clauses:
        party = reading.people.party_of(clause.object)
        if (
            clause.verb == "let"
            and (party.human or party.open == "name")
            and "near" in reading.lowered[clause.main : clause.main + 5]
        ):
            yield _charge(
                reading, clause.main, clause.main + 1, target_of(party.as_people()), "somebody is mocked"
            )


def _asked_in_scorn(reading: Reading) -> Iterator[Charge]:
    """ "Do they even test their stuff?", "Whoever wrote this should stick to gardening"."""
    if reading.question and "even" in reading.lowered:
        clause = next((c for c in reading.clauses if c.human and c.verb in _DUTY | _BASIC), None)
        if clause is not None and "even" in reading.lowered[clause.head : clause.main]:
            yield _charge(reading, clause.head, clause.main, target_of(clause.party), "a question in scorn")
    if (
        reading.lowered[:1] == ["whoever"]
        and any(
            c.modal in ("should", "must") and not (c.modal == "must" and c.perfect) for c in reading.clauses
        )
        and any(c.tense == "past" for c in reading.clauses)
    ):
        yield _charge(reading, 0, 1, "person", "somebody unnamed is mocked")


def _inferred(reading: Reading) -> Iterator[Charge]:
    """ "Whoever approved it can't have read the notes", "somebody clearly never saw a calendar"."""
    for clause in reading.clauses:
        low = reading.lowered
        unnamed = any(w in ("whoever", "somebody", "someone", "who") for w in low[: clause.head])
        if not (clause.human and unnamed) or clause.passive or reading.question:
            continue
        guessed = clause.modal in ("can", "could", "must", "might") and clause.perfect
        inside = set(low[clause.first : clause.main])
        sure = bool(inside & {"clearly", "obviously", "apparently", "evidently", "plainly", "literally"})
        denied = clause.negated or "never" in inside
        earnest = (
            clause.modal in ("must", "might") and not denied and clause.verb not in _BASIC | {"be", "sleep"}
        )
        if (guessed and not earnest) or (sure and denied):
            reason = "what somebody unnamed is like is inferred from the damage"
            yield _charge(reading, clause.head, clause.main, "person", reason)
            return


def _one_job(reading: Reading) -> Iterator[Charge]:
    """ "It's literally their one job", "you had ONE valve to close"."""
    for i, token in enumerate(reading.words[:-1]):
        single = token.lower in ("one", "only") and reading.lemmas[i + 1] in ("job", "task", "duty")
        owner = reading.owner(i + 1)
        owned = i > 0 and reading.words[i - 1].tag == "POSS" and (owner.human or owner.open == "they")
        shouted = token.text == "ONE" and any(
            c.verb == "have" and c.human and c.tense == "past" and c.main < i for c in reading.clauses
        )
        if (single and (owned or reading.lowered[i - 1 : i] == ["'s"])) or shouted:
            yield _charge(reading, i, i + 1, "person", "somebody is mocked for the simplest duty")


def _who_does(reading: Reading) -> Iterator[Charge]:
    """ "Who starts a 9 million row job at prime time": nobody is asked, somebody is mocked."""
    opens = next((i for i, low in enumerate(reading.lowered) if low == "who" and _begins(reading, i)), None)
    clause = next((c for c in reading.clauses if opens is not None and c.main > opens), None)
    if clause is None or opens is None:
        return
    deemed = clause.verb in ("think", "decide", "figure", "believe", "deem") and clause.tense == "past"
    if (
        deemed
        and clause.main == opens + 1
        and reading.has("ok", "okay", "fine", "good", "clever", "wise", "safe")
    ):
        yield _charge(reading, opens, clause.main, "person", "a rhetorical question mocks somebody")
        return
    habit = clause.tense == "present" and not (
        clause.modal or clause.perfect or clause.progressive or clause.passive
    )
    if clause.main > opens + 3 or not habit or clause.verb in _ASKED or clause.negated:
        return
    rest = reading.words[clause.main + 1 :]
    sneered = any(t.lower in ("seriously", "honestly", "even", "really") for t in reading.words[opens + 1 :])
    ill_timed = any(
        t.lower in ("at", "on", "during", "in", "before", "right", "over")
        and any(x.lemma in _BAD_TIMES for x in rest[j + 1 : j + 6])
        for j, t in enumerate(rest)
    )
    without = any(t.lower == "without" for t in rest)
    definite = rest and rest[0].lower in ("the", "this", "that", "our", "my")
    if sneered or ((ill_timed or without) and not (definite and reading.text.rstrip().endswith("?"))):
        yield _charge(reading, opens, clause.main, "person", "a rhetorical question mocks somebody")


def _begins(reading: Reading, i: int) -> bool:
    return i == 0 or reading.words[i - 1].text in (":", "—", "–", "-", ".", ";", "(")


def _too_hard(reading: Reading) -> Iterator[Charge]:
    """ "Apparently reading a sign is too hard for the ticket office"."""
    low = reading.lowered
    for i in range(len(low) - 2):
        if low[i] == "too" and low[i + 1] in _HARD and low[i + 2] in ("for", "to"):
            found = reading.phrase_after(i + 3) if low[i + 2] == "for" else None
            party = reading.party(*found) if found else Party("unknown")
            sneered = any(w in _SNEER | {"seemingly", "seems"} for w in low)
            if sneered and (party.human or party.open == "body" or low[i + 1] == "much"):
                yield _charge(reading, i, i + 1, target_of(party.as_people()), "somebody is mocked")


def _oh_look(reading: Reading) -> Iterator[Charge]:
    """ "Oh look, payroll discovered the calendar"."""
    opening = reading.lowered[:2]
    found = reading.phrase_after(3) if reading.lowered[2:3] == [","] else None
    party = reading.party(*found) if found is not None else Party("unknown")
    told = any(c.tense == "past" and c.main > 3 for c in reading.clauses)
    if (
        opening in (["oh", "look"], ["oh", "wow"], ["oh", "great"])
        and told
        and (party.human or party.open == "body")
    ):
        yield _charge(reading, 0, 1, target_of(party.as_people()), "an act is told with sarcasm")


def _who_else(reading: Reading) -> Iterator[Charge]:
    """ "The mailroom, who else, lost it"; "good thing at least one person there can count"."""
    low = reading.lowered
    for i in range(1, len(low) - 2):
        if low[i - 1 : i + 2] == [",", "who", "else"] and reading.words[i + 2].tag == "PUNCT":
            yield _charge(reading, i, i + 1, "person", "somebody is mocked as the usual one")
    lucky = low[:2] == ["good", "thing"] or (low[:1] and low[0] in ("thankfully", "luckily", "glad"))
    for i in range(len(low) - 2):
        if (
            lucky
            and low[i : i + 2] == ["at", "least"]
            and low[i + 2] in ("one", "someone", "somebody", "you")
        ):
            yield _charge(reading, i, i + 2, "team", "praise by contrast with somebody worse")


def _taught_nothing(reading: Reading) -> Iterator[Charge]:
    """ "Did nobody teach you to label a cable?", "you would not let them water a plant"."""
    low = reading.lowered
    at = next((i for i, w in enumerate(low[:3]) if w in ("did", "has", "does", "do", "have")), None)
    nobody = at is not None and (
        low[at + 1 : at + 2] in (["nobody"], ["no-one"]) or low[at + 1 : at + 3] == ["no", "one"]
    )
    if (
        nobody
        and at is not None
        and any(c.verb in _DUTY | {"teach", "tell", "think"} and not c.passive for c in reading.clauses)
    ):
        yield _charge(reading, at, at + 1, "implied", "a question in scorn")
    for clause in reading.clauses:
        party = reading.people.party_of(clause.object)
        if clause.modal == "would" and clause.negated and clause.verb in ("let", "trust", "hire", "send"):
            if (party.human or party.open == "they") and not clause.perfect and clause.human:
                yield _charge(
                    reading, clause.first, clause.main, target_of(party.as_people()), "somebody is mocked"
                )


def _marvelled(reading: Reading) -> Iterator[Charge]:
    """ "Amazing what one person can destroy before breakfast"."""
    low = reading.lowered
    marvel = low[:1] and low[0] in (
        "amazing",
        "impressive",
        "incredible",
        "remarkable",
        "fascinating",
        "astonishing",
    )
    wrecked = any(c.verb in _WRECKING for c in reading.clauses)
    if marvel and low[1:2] in (["what"], ["how"]) and wrecked:
        yield _charge(reading, 0, 1, "person", "an act is told with sarcasm")


def _congratulated(reading: Reading) -> Iterator[Charge]:
    """ "Congratulations to the brewery for emptying its own tank", "Bravo, catering, 200 guests and no cutlery"."""
    if reading.lemmas[:1] and reading.lemmas[0] not in _PRAISES:
        return
    wrecked = any(c.mood == "gerund" and c.verb in _WRECKING for c in reading.clauses)
    own = "own" in reading.lowered and wrecked
    lacking = reading.lowered[1:2] == [","] and any(w in ("no", "without") for w in reading.lowered[2:])
    if wrecked or own or lacking:
        yield _charge(reading, 0, 0, "person", "ironic praise")


def _classic(reading: Reading) -> Iterator[Charge]:
    """ "classic contractor", "typical Dave"."""
    for i, token in enumerate(reading.words[:-1]):
        if token.lower not in ("classic", "typical"):
            continue
        if token.lower == "typical" and i and reading.lowered[i - 1] in ("a", "the"):
            continue
        found = reading.phrase_after(i + 1)
        _, end = reading.phrase_around(i)
        who = reading.party(i + 1, end) if end > i + 1 else (reading.party(*found) if found else None)
        if (who is not None and who.human and who.target != "external") or (
            who is not None and who.human and i and reading.words[i - 1].text in (",", "—", "-", ".", ";")
        ):
            yield _charge(reading, i, max(end, i + 2) - 1, target_of(who), "somebody is mocked as typical")
