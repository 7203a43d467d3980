"""A2: breach of a duty: failed to, neglected, ignored, refused, could not be bothered; "failure to" of people."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.language.accusations.reading import Charge, Reading, span, target_of
from pipeline.language.agency import speaks_to_people
from pipeline.language.clauses import Clause
from pipeline.language.lemmas import lemma
from pipeline.language.lexicon import word_set, words
from pipeline.language.people import Party

_BREACH = words("conduct", "breach")
_CONDUCT = words("conduct", "omission") | words("conduct", "mental")
_PASSIVE_BREACH = word_set("ignore disregard neglect flout violate dismiss breach")
_RULES = word_set(
    "policy procedure process protocol guideline rule freeze standard convention practice checklist runbook "
    "agreement instruction guidance directive"
)
# Numbers that a service keeps or breaks; not a duty of anybody's conduct.
_CONTROLS = word_set("control interlock safeguard four-eyes approval lockout")
_WARNINGS = word_set("warning alert alarm complaint concern objection")
_TARGETS = word_set(
    "slo sla budget target threshold objective limit quota constraint invariant assumption contract"
)
# Failing to do one of these is failing as a person, even where nobody is named.
_ONLY_PEOPLE = word_set(
    "escalate communicate consult ask read review inform follow heed coordinate collaborate think consider "
    "double-check ack acknowledge adhere comply care learn listen plan prioritise prioritize tell"
)
_DECIDING = word_set("choose decide tend continue begin start prefer keep seem appear opt elect proceed go")
_ALLOWED = word_set("can may could might will shall should must would")


def find_breaches(reading: Reading) -> Iterator[Charge]:
    for clause in reading.clauses:
        reason = _breach(reading, clause)
        if reason:
            start, end = span(reading, clause.first, _end_of_verb(reading, clause))
            yield Charge(start, end, "fault", target_of(_blamed(reading, clause)), "strong", reason)
    yield from _failures(reading)


def _end_of_verb(reading: Reading, clause: Clause) -> int:
    child = reading.child(clause)
    return child.main if child is not None else clause.main


def _blamed(reading: Reading, clause: Clause) -> Party:
    if clause.passive and clause.verb != "bother":
        return reading.doer(clause.agent)
    return clause.party


def _breach(reading: Reading, clause: Clause) -> str | None:
    if clause.verb == "bother":
        return _bother(reading, clause)
    if clause.negated or (reading.question and not _presupposes(reading)):
        return None
    if clause.passive:
        return _passive(reading, clause)
    wronged = clause.verb in ("screw", "shaft", "betray", "stiff") and clause.party.kind != "system"
    if not (clause.human or wronged or (clause.implied and clause.tense == "past")):
        return None
    if clause.verb == "fail":
        return _failed(reading, clause)
    if (
        clause.verb == "dismiss"
        and clause.human
        and clause.tense == "past"
        and _head(clause.object) in _WARNINGS
    ):
        return "people are said to have dismissed a warning"
    evading = clause.verb in ("bypass", "circumvent", "evade", "skirt", "sidestep", "defeat", "override")
    if evading and clause.human and clause.tense == "past" and _head(clause.object) in _RULES | _CONTROLS:
        return "people are said to have evaded a control"
    if wronged and clause.object.lower().split()[:1] in (["us"], ["me"], ["them"], ["everyone"]):
        return "people are said to have wronged others"
    if (
        clause.verb == "break"
        and clause.human
        and clause.tense == "past"
        and _head(clause.object) in _RULES | {"promise"}
    ):
        return "people are said to have broken a rule"
    if clause.verb not in _BREACH or not _happened(reading, clause):
        return None
    habit = clause.tense == "present" and not (clause.perfect or clause.progressive)
    if clause.party.kind == "organisation" and habit and reading.child(clause) is None:
        return None  # "the bank refuses more than 5 calls": how its service works
    if clause.verb in ("violate", "breach", "exceed") and _is_target(clause.object):
        return None
    if clause.implied and not clause.human and not speaks_to_people(clause.object):
        return None
    return f"a person is charged with a breach ({clause.verb})"


def _presupposes(reading: Reading) -> bool:
    """ "Why did Sam ignore the page?" takes the breach for granted."""
    return reading.lowered[:1] in (["why"], ["who"], ["how"])


def _happened(reading: Reading, clause: Clause) -> bool:
    """Told as done: not advised, allowed, planned or asked for."""
    if clause.mood == "infinitive":
        parent = reading.parent(clause)
        return parent is not None and parent.verb in _DECIDING and parent.tense == "past"
    if clause.mood == "gerund":
        parent = reading.parent(clause)
        return parent is None or parent.tense == "past" or parent.verb in ("keep", "continue")
    if clause.modal in _ALLOWED and not clause.perfect:
        return clause.modal == "would" and not reading.has("if")
    return not (clause.implied and clause.tense == "present")


def _failed(reading: Reading, clause: Clause) -> str | None:
    if clause.particle in ("over", "back") or not _happened(reading, clause):
        return None
    child = reading.child(clause)
    if clause.implied and not clause.human and (child is None or child.verb not in _CONDUCT):
        return None  # "Failed to parse the code": a log line
    counted = clause.party.plural or clause.party.target in ("team", "external")
    counted = counted and any(t.tag == "NUM" for t in reading.words[clause.first : clause.head])
    if child is not None and counted and (child.particle or child.verb not in _CONDUCT):
        return None  # "412,000 players failed to log in": a symptom
    if child is not None:
        return "a person is charged with having failed to do something"
    following = reading.lowered[clause.main + 1 : clause.main + 2]
    rest = reading.lemmas[clause.main + 1 : clause.main + 6]
    if following in (["in"], ["at"]) and any(
        w in rest for w in ("duty", "responsibility", "job", "task", "basic")
    ):
        return "a person is said to have failed"
    if following in (["us"], ["me"], ["them"]) or (
        clause.object and reading.people.party_of(clause.object).human
    ):
        return "a person is said to have failed others"
    return None


def _bother(reading: Reading, clause: Clause) -> str | None:
    if not (clause.human or clause.implied):
        return None
    without = clause.connective in ("without", "not")
    if clause.negated or without:
        return "a person is said not to have bothered"
    return None


def _passive(reading: Reading, clause: Clause) -> str | None:
    if clause.verb not in _PASSIVE_BREACH | _BREACH or clause.modal or not clause.subject:
        return None
    if clause.agent:
        if not reading.doer(clause.agent).human:
            return None
        return None if _is_target(clause.subject) else f"a person is charged with a breach ({clause.verb})"
    if clause.verb not in _PASSIVE_BREACH:
        return None
    head = _head(clause.subject)
    if clause.verb in ("violate", "breach"):
        return "a rule is said to have been broken, which only people do" if head in _RULES else None
    if speaks_to_people(clause.subject):
        return "what was addressed to people is said to have been ignored"
    return None


def _head(phrase: str) -> str:
    return lemma(phrase.split()[-1].lower()) if phrase else ""


def _is_target(phrase: str) -> bool:
    return bool(phrase) and _head(phrase) in _TARGETS


def _failures(reading: Reading) -> Iterator[Charge]:
    """ "the team's failure to escalate", "due to a failure to communicate"."""
    for i, token in enumerate(reading.words):
        if token.lemma not in ("failure", "refusal", "neglect", "disregard") or token.tag == "VERB":
            continue
        ends = {i + 1}
        if reading.lowered[i + 1 : i + 2] in (["of"], ["by"]):
            found = reading.phrase_after(i + 2)
            ends = {found[1]} if found else ends  # "the failure of the team to communicate"
        verb = next((c for c in reading.clauses if c.head in ends and c.mood == "infinitive"), None)
        owner = reading.owner(i)
        if reading.denied(i):
            continue
        if verb is None and not (token.lemma in ("refusal", "neglect", "disregard") and owner.human):
            continue
        if owner.kind == "organisation" and verb is not None and verb.verb not in _ONLY_PEOPLE | _CONDUCT:
            continue  # "the provider's failure to route traffic": technical behaviour
        if owner.human or (verb is not None and verb.verb in _ONLY_PEOPLE and owner.kind != "system"):
            end = verb.main if verb is not None else i
            start, stop = span(reading, reading.phrase_around(i)[0], end)
            yield Charge(
                start, stop, "fault", target_of(owner), "strong", "a failure of people is named as such"
            )
