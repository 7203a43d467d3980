"""Whether a condition is on the promise ("if the budget allows") or part of what is promised ("stop if one is refused")."""

from __future__ import annotations

import re

from pipeline.agents.tracker.tickets import find_tickets
from pipeline.evidence.naming import Directory
from pipeline.language.clauses import Clause, clauses
from pipeline.language.lexicon import word_set
from pipeline.language.people import People
from pipeline.language.words import tokens

# What work waits for: means, somebody's leave, and other work. A system may run out of time, not out of budget.
_MEANS = word_set("""
    budget money funding headcount approval permission consent agreement procurement management leadership legal finance holiday
""")
_SCARCE = word_set(
    "time capacity staff contract roadmap quarter sprint plan schedule priority nobody anybody nothing"
)
_SUFFICE = word_set("allow permit say suffice")
_LEAVE = word_set(
    "agree approve allow permit accept object decide like insist sign vote veto grant fund mind say want deliver answer"
)
_POSSIBLE = word_set(
    "possible feasible necessary needed required worthwhile affordable practical ok okay approved allowed wanted available"
)
_OURS = word_set("have get find need want decide agree keep choose be manage can like still")
_WORK = word_set(
    "migration upgrade rollout release rewrite project refactoring procurement decision review audit"
)
_ENDED = word_set("done complete completed finished merged live shipped deployed delivered over out signed")
_LEAD = re.compile(
    r"^[\s,;(]*(?P<word>if|provided(?: that)?|unless|assuming(?: that)?|once|as soon as|pending)\b\s*", re.I
)
_GRANTING = ("organisation", "team", "role", "person")
_UNKNOWN = People()


def is_reservation(condition: str, directory: Directory) -> bool:
    """Would the promise lapse with it? Everything else is what a system is to do, and when."""
    lead = _LEAD.match(condition)
    if lead is None or lead["word"].lower().startswith(("provided", "assuming", "pending")):
        return True
    said = condition[lead.end() :].strip(" )")
    told = clauses(said, _UNKNOWN)
    if find_tickets(said) or not told:
        return bool(find_tickets(said)) or bool(_words(said) & _POSSIBLE)
    return _reserves(told[0], said, directory)


def _reserves(clause: Clause, said: str, directory: Directory) -> bool:
    every = _words(said)
    subject = _words(clause.subject) or _words(said.split(" ", 1)[0])  # "budget says yes", read as a verb
    if subject & {"i", "we", "you"}:
        return clause.verb in _OURS
    things = {t.lemma for t in tokens(clause.subject) if t.tag in ("NOUN", "PROPN", "VERB")} or subject
    if things <= _MEANS or (subject & _SCARCE and clause.verb in _SUFFICE):
        return True  # not "the error budget", which a system uses up
    if every & (_SCARCE | _MEANS) and re.match(r"there(?:['’]s| is| are)\b", said, re.I):
        return True
    if any(m.known.kind in ("person", "team") for m in directory.mentions(clause.subject)):
        return True
    if not _words(clause.subject) - {"it", "that", "this", "still"} and every & _POSSIBLE:
        return True
    if clause.verb in _LEAVE and clause.subject_kind in _GRANTING:
        return True
    return bool(subject & _WORK and every & _ENDED)


def _words(text: str) -> frozenset[str]:
    return frozenset(form for t in tokens(text) for form in (t.lemma, t.lower))
