"""Idioms of bungling, sloppiness, looking away, evading duty and mockery, matched on lemmas, for people only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.language.accusations.reading import Charge, Kind, Reading, span, target_of
from pipeline.language.clauses import Clause
from pipeline.language.lemmas import can_be_verb
from pipeline.language.lexicon import sections, word_set
from pipeline.language.people import Party, Target

_KINDS: dict[str, tuple[Kind, str]] = {
    "bungle": ("fault", "an idiom says that people bungled it"),
    "sloppy": ("fault", "an idiom says that people did it with too little care"),
    "neglect": ("fault", "an idiom says that people looked away"),
    "evasion": ("fault", "an idiom says that people evaded their duty"),
    "threat": ("punitive", "a sanction is threatened"),
    "unfit": ("character", "an idiom says that somebody was not fit for it"),
    "mock": ("shaming", "an idiom of mockery"),
    "self": ("shaming", "the speaker runs himself down"),
}
_ANY_ACTOR = frozenset({"mock", "self", "threat"})
_GAP = 3
_ADVICE = word_set("must can may might will shall should")
# Idioms that begin so also have a plain sense; an unknown noun before them is no person yet.
_PLAIN_HEADS = word_set(
    "leave let go be get hide sit fall stand have not want need miss jump kick make do take"
)
_POSSESSIVES = word_set("my our your his her its their one's")


@dataclass(frozen=True, slots=True)
class _Idiom:
    parts: tuple[str, ...]
    group: str
    only_denied: bool
    agentless: bool


@cache
def _idioms() -> dict[str, tuple[_Idiom, ...]]:
    """By their first lemma."""
    found: dict[str, list[_Idiom]] = {}
    for group, entries in sections("idioms").items():
        for entry in entries:
            parts = tuple(entry.lstrip("!@").replace(" ", "_").split("_"))
            idiom = _Idiom(parts, group, "!" in entry[:2], "@" in entry[:2])
            found.setdefault(parts[0], []).append(idiom)
    return {k: tuple(v) for k, v in found.items()}


def find_idioms(reading: Reading) -> Iterator[Charge]:
    table = _idioms()
    for i, token in enumerate(reading.words):
        beside = reading.words[i - 1].tag if i else ""
        thing = token.tag == "NOUN" and beside in ("POSS", "DET") and can_be_verb(token.lemma)
        for key in {token.lemma, token.lower}:
            for idiom in table.get(key, ()):
                if thing and len(idiom.parts) > 1 and idiom.group not in _ANY_ACTOR:
                    continue  # "Joy's phone and the probe": whatever its verb means
                end = _match(reading, i, idiom.parts)
                if end is not None:
                    charge = _charge(reading, i, end, idiom)
                    if charge is not None:
                        yield charge


def _match(reading: Reading, i: int, parts: tuple[str, ...]) -> int | None:
    """Index of the idiom's last word, where it stands at `i`."""
    at = i
    gap = False
    for number, part in enumerate(parts):
        if part == "*":
            gap = True
            continue
        if number == 0:
            at = i + 1
            continue
        if not gap:
            at = _past_adverbs(reading, at, part)
        reach = range(at, min(at + (_GAP + 1 if gap else 1), len(reading.words)))
        hit = next((j for j in reach if part in (reading.words[j].lemma, reading.words[j].lower)), None)
        if hit is None or any(reading.words[j].text in ".;:!?" for j in range(at, hit)):
            return None
        at, gap = hit + 1, False
    return at - 1


def _past_adverbs(reading: Reading, at: int, part: str) -> int:
    """ "half-heartedly" and "simply not" between two words of an idiom, and the "their" of "cut their corners"."""
    for _ in range(2):
        if at + 1 >= len(reading.words) or part in (reading.words[at].lemma, reading.words[at].lower):
            break
        if reading.words[at].tag not in ("ADV", "POSS", "NEG"):
            break
        at += 1
    return at


def _charge(reading: Reading, first: int, last: int, idiom: _Idiom) -> Charge | None:
    kind, reason = _KINDS[idiom.group]
    clause = _clause(reading, first, last)
    party = _actor(reading, clause)
    denied = (clause is not None and clause.negated) or reading.denied(first)
    mocking = idiom.group in _ANY_ACTOR
    if not mocking and (
        reading.question or idiom.only_denied != denied or not _applies(clause, party, idiom)
    ):
        return None
    if mocking and denied:
        return None
    start, end = span(reading, first, last)
    target: Target = (
        "self" if idiom.group == "self" else target_of(party.as_people() if party.open else party)
    )
    return Charge(start, end, kind, target, "strong", reason)


def _applies(clause: Clause | None, party: Party, idiom: _Idiom) -> bool:
    """Whether the idiom is said of people, and told as done."""
    if clause is not None and clause.modal in _ADVICE and not clause.perfect:
        return False
    if idiom.agentless and clause is not None and (clause.passive or clause.verb == "be"):
        return True  # "the review was phoned in": what was done so stands as the subject
    if party.human or party.open:
        return True
    if party.kind == "system":
        return False
    if idiom.agentless:
        return True
    return bool(clause is not None and clause.subject and idiom.parts[0] not in _PLAIN_HEADS)


def _clause(reading: Reading, first: int, last: int) -> Clause | None:
    inside = [c for c in reading.clauses if first <= c.main <= last]
    return inside[0] if inside else reading.clause_of(first)


def _actor(reading: Reading, clause: Clause | None) -> Party:
    if clause is None:
        return Party("unknown")
    if clause.passive:
        return reading.doer(clause.agent)
    return clause.party
