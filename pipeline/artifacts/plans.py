"""Sentences whose clock tells no event: a rule that holds every day, a plan, or when the text was written."""

from __future__ import annotations

import re

from pipeline.language.clauses import clauses
from pipeline.language.people import People
from pipeline.language.words import tokens

_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_LONG_PERIODS = (
    rf"(?:days?|nights?|mornings?|afternoons?|evenings?|week(?:day|end)?s?|months?|quarters?|years?|{_DAY}s?)"
)
_NUMBER = r"(?:\d+|other|second|third|two|three|four|five|six|ten|twelve|few|couple of|single)"
# What comes round each day is a rule, whether it is told of then or of now.
_RULE = re.compile(
    rf"\b(?:every|each)\s+(?:{_NUMBER}\s+)?{_LONG_PERIODS}\b|\bon\s+(?:week(?:days|ends)|{_DAY}s)\b",
    re.IGNORECASE,
)
# These open a window or set a rhythm, unless the sentence tells what happened in it.
_OPEN = re.compile(
    rf"\b(?:every|each)\s+(?:{_NUMBER}\s+)?(?:seconds?|minutes?|hours?)\b|\b(?:hourly|nightly|daily|weekly|monthly)\b"
    r"|\b(?:always|usually|normally|as of now)\b|\bfrom\s+(?:now|then|\S+)\s+on(?:wards?)?\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(r"\b(?:next|upcoming|planned|scheduled|due|expected|tomorrow)\b", re.IGNORECASE)
_ON_WEEKDAY = re.compile(rf"\bon\s+(?:next\s+)?{_DAY}\b", re.IGNORECASE)
_MUST = frozenset({"will", "shall", "should", "must"})
_PROPOSING = frozenset(
    "plan planned schedule scheduled expect expected".split()
)  # "scheduled for 18:00" has not happened
_WRITING = re.compile(
    r"\W*(?:(?:last|first)\s+)?(?:written|drafted|updated|edited|changed|revised|prepared|compiled|recorded|exported"
    r"|generated|printed|(?:status\s+)?as of|status at|state at)\b",
    re.IGNORECASE,
)
_NOBODY = People(())


def tells_its_writing(text: str) -> bool:
    """ "Written at 08:50 by Ada": the clock is that of the document."""
    return bool(_WRITING.match(text))


def tells_no_event(sentence: str, *, among_measures: bool = False) -> bool:
    """Whether the clock of a sentence belongs to a rule or a plan; what it tells as past is an event."""
    if _RULE.search(sentence):
        return True
    found = clauses(sentence, _NOBODY)
    past = [c.verb for c in found if (c.tense == "past" or c.perfect) and not c.modal]
    if not found:  # "the nightly backup of 02:00 failed": no verb but in the form of its words
        past = [w.lower for w in tokens(sentence) if w.tag in {"ADJ", "VERB"} and w.lower.endswith("ed")]
    if not _PROPOSING.issuperset(past):
        return False
    if _OPEN.search(sentence) or _AHEAD.search(sentence) or _ON_WEEKDAY.search(sentence):
        return True
    if found and (among_measures or (found[0].verb == "let" and found[0].implied)):
        return True
    return any(c.tense == "future" or c.modal in _MUST for c in found)
