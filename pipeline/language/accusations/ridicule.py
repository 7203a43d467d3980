"""A7: ridicule, sarcasm, praise by contrast: "who lets Tomas near it", "actually read the runbook this time"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.language.accusations.reading import Charge, Reading, accuse, target_of
from pipeline.language.clauses import Clause
from pipeline.language.lexicon import word_set, words
from pipeline.language.people import Target

_INSULT = words("ridicule", "insult")
_IRONY = words("ridicule", "irony")
_LAUGH = words("ridicule", "laugh")
_WRECK = words("conduct", "breaking") | word_set(
    "delete wipe drop nuke erase destroy trash corrupt overwrite unplug take bring lock lose push deploy fail forget truncate"
)
_MANAGED = word_set(
    "delete wipe drop nuke erase destroy crash break trash corrupt overwrite unplug take bring lock lose kill miss forget ignore ruin brick mess screw lock truncate"
)
_EMOJI = re.compile("[🤦🤡🙄😂🤣💀😹😆]|:facepalm:|:clown|:joy:|:rolling_eyes:")
_GOOD_IDEA = re.compile(
    r"\b(?:decided|thought|figured|felt|deemed|considered)\b(?: that)?(?: it)?(?: was| would be| were| to be)? ?"
    r"(?:a |an )?(?:\w+ )?(?:good|great|brilliant|fun|bright|smart|clever|wise|fine) (?:idea|plan|move|time|moment)\b"
    r"|\bsaw fit to\b|\bfelt like it\b|\bin (?:his|her|their|its|our|all) (?:infinite|great) wisdom\b",
    re.IGNORECASE,
)
_SCARED_ROLE = re.compile(
    r"(?:so-called |['\"“‘])(?:expert|engineer|senior|professional|admin|specialist|architect|dba|team|fix|guru|lead|manager|genius)s?['\"”’]?",
    re.IGNORECASE,
)


def find_ridicule(reading: Reading) -> Iterator[Charge]:
    yield from _insults(reading)
    yield from _laughter(reading)
    yield from _scare_quotes(reading)
    yield from _praise(reading)
    for clause in reading.clauses:
        yield from _managed(reading, clause)
        yield from _as_usual(reading, clause)
    for m in _GOOD_IDEA.finditer(reading.text):
        actor = next((c for c in reading.clauses if c.human and c.start <= m.start() and not c.negated), None)
        if actor is not None or reading.lowered[:1] == ["who"]:
            target: Target = target_of(actor.party) if actor is not None else "person"
            yield Charge(m.start(), m.end(), "shaming", target, "strong", "a decision is told with sarcasm")


def _charge(reading: Reading, first: int, last: int, target: Target, reason: str) -> Charge:
    return accuse(reading, first, last, "shaming", target, reason)


def _insults(reading: Reading) -> Iterator[Charge]:
    for i, token in enumerate(reading.words):
        if i and reading.lowered[i - 1] == "chaos":
            continue
        if (
            token.lower == "monkey"
            and reading.lowered[i - 1 : i] == ["a"]
            and reading.has("give", "like", "train")
        ):
            yield _charge(reading, i, i, "person", "people are likened to animals")
        if token.lower in _INSULT and token.tag in ("NOUN", "PROPN") and not reading.denied(i):
            begin, end = reading.phrase_around(i)
            if end - 1 != i:
                continue
            clause = reading.clause_of(i)
            target: Target = target_of(clause.party) if clause is not None and clause.human else "person"
            yield _charge(reading, begin, i, target, "people are insulted")
        elif (
            token.lower in _IRONY
            and token.tag in ("NOUN", "PROPN", "ADJ")
            and i
            and reading.lowered[i - 1] in ("some", "our", "whichever", "whatever", "which", "what")
        ):
            begin, end = reading.phrase_around(i)
            wreck = any(c.verb in _WRECK | {"reboot", "restart"} for c in reading.clauses)
            named = end - 1 > i and reading.words[i + 1].tag == "PROPN"
            if (end - 1 == i or named) and (reading.lowered[i - 1] != "our" or wreck):
                yield _charge(reading, begin, i, "person", "ironic praise")


def _laughter(reading: Reading) -> Iterator[Charge]:
    laughed = next((i for i, t in enumerate(reading.words) if t.lower in _LAUGH), None)
    emoji = _EMOJI.search(reading.text)
    if laughed is None and emoji is None:
        return
    for clause in reading.clauses:
        bad = clause.verb in _WRECK | {"reboot", "restart", "press", "click", "unplug"} or clause.negated
        if clause.human and bad and clause.tense in ("past", "present"):
            target = target_of(clause.party)
            yield _charge(reading, clause.first, clause.main, target, "somebody's act is laughed at")
            return


def _scare_quotes(reading: Reading) -> Iterator[Charge]:
    for m in _SCARED_ROLE.finditer(reading.text):
        quoted = m.group()[0] in "'\"“‘"
        if quoted and (
            m.group()[-1] not in "'\"”’"
            or reading.mentioned(m.start(), m.end())
            or "fix" in m.group().lower()
        ):
            continue
        before = reading.text[: m.start()].rstrip().lower().split()[-1:]
        if reading.text[m.end() :].lstrip()[:1].isalnum() and quoted:
            continue  # '"manager" cluster': a name
        if not quoted or before in (["our"], ["the"], ["their"], ["some"], ["his"], ["her"], ["an"], ["a"]):
            yield Charge(
                m.start(), m.end(), "shaming", "person", "strong", "a role is put in doubt by quotation marks"
            )


def _praise(reading: Reading) -> Iterator[Charge]:
    """ "Great job, whoever pushed that": praise addressed to the one who did the damage."""
    opening = reading.lemmas[:2]
    praised = opening[:1] in (
        ["great"],
        ["nice"],
        ["good"],
        ["well"],
        ["bravo"],
        ["congrats"],
        ["congratulation"],
        ["thanks"],
    )
    unnamed = {"somebody", "someone", "whoever"} & set(reading.lowered[1:3])
    if opening[:1] in (["brilliant"], ["wonderful"], ["fantastic"], ["lovely"], ["marvellous"]) and unnamed:
        yield _charge(reading, 0, 2, "person", "ironic praise")
    whoever = next((i for i, low in enumerate(reading.lowered[:6]) if low == "whoever"), None)
    wrecked = any(c.verb in _MANAGED and (c.human or c.mood == "gerund") for c in reading.clauses)
    wrecked = wrecked and opening[:1] != ["thanks"]
    addressed = (
        opening[:1] == ["congratulation"] and "you" in reading.lowered and reading.words[1].text == ","
    )
    if praised and (whoever is not None or wrecked or addressed):
        yield _charge(reading, 0, whoever or 1, "person", "ironic praise")


def _managed(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "managed to wipe both replicas"."""
    if (
        clause.verb not in ("manage", "contrive", "succeed")
        or not (clause.human or clause.party.open == "agent")
        or clause.negated
        or clause.tense != "past"
    ):
        return
    child = reading.child(clause, "infinitive", "gerund")
    somehow = "somehow" in reading.lowered[: clause.main] or "wrong" in reading.lowered[clause.main :]
    if child is not None and (child.verb in _MANAGED or somehow):
        if child.verb in ("take", "bring", "lock") and child.particle not in ("down", "out"):
            return
        yield _charge(
            reading, clause.first, child.main, target_of(clause.party), "a mishap is told as an achievement"
        )


def _as_usual(reading: Reading, clause: Clause) -> Iterator[Charge]:
    if not clause.human or clause.tense != "past" or clause.passive:
        return
    joined = " ".join(reading.lowered)
    habitual = re.search(r"\b(?:as usual|as always|as ever|yet again|once again|of course)\b", joined)
    adverse = (
        clause.negated
        or clause.verb in _MANAGED
        or clause.verb in ("ignore", "miss", "skip", "blame", "leave")
    )
    first_time = "not the first time" in joined
    if (habitual and adverse) or first_time:
        yield _charge(
            reading, clause.first, clause.main, target_of(clause.party), "a habit is held against somebody"
        )
