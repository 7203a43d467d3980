"""Whether an action item says what changes (v), where (o), and how a stranger can tell that it is done (d)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.language.done_tests import asks, becomes, has_done_test, is_causative, is_moved
from pipeline.language.item_text import NEVER, WEAK, ItemText
from pipeline.language.learned import VAGUE, read
from pipeline.language.lexicon import word_set

_PREFIX = re.compile(
    r"^\s*(?:please\s+|we\s+(?:should|need to|must|will|want to|have to)\s+|need to\s+|should\s+|to\s+|let's\s+|todo:?\s+)",
    re.IGNORECASE,
)

# "Possibly switch the broker": nothing is decided.
_HEDGES = word_set("maybe possibly perhaps potentially ideally eventually someday")


@dataclass(frozen=True, slots=True)
class ItemParts:
    """`reasons` says in plain words what is missing."""

    verb: bool
    object: bool
    done_test: bool
    reasons: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        return self.verb and self.object and self.done_test


@lru_cache(maxsize=2048)
def parts(text: str) -> ItemParts:
    """Reads the title of an item, without owner, ticket and date."""
    by_rule = ruled(text)
    verdict = read(text)
    if not VAGUE.reached(verdict.vague, ruled=not by_rule.complete):
        return ItemParts(True, True, True)
    if not by_rule.complete:
        return by_rule
    most = max(verdict.lacks)
    verb, concrete, done = (share < 0.5 and share < most for share in verdict.lacks)
    return _lacking(verb, concrete, done)


def ruled(text: str) -> ItemParts:
    """What the rules alone say."""
    whole = _read(text)
    _, colon, rest = text.partition(": ")
    if colon and not whole.complete and len(rest.split()) >= 3:
        # "Improve monitoring: page when lag exceeds 10,000": the colon says what the heading means.
        after = _read(rest)
        if after.complete:
            return after
    return whole


def _read(text: str) -> ItemParts:
    item = ItemText(_PREFIX.sub("", text))
    if not item.words:
        return ItemParts(False, False, False, ("no words",))
    verb, concrete = item.at is not None, item.has_object()
    done = has_done_test(item)
    # "Make the pipeline more robust" is as weak as "improve".
    weak = ((item.verb in WEAK or asks(item)) and not is_moved(item) and not item.goes_on) or (
        item.verb == "make" and not is_causative(item) and not becomes(item)
    )
    if item.verb in NEVER or item.words[0].lower in _HEDGES:
        verb = done = False
    elif weak and not (concrete and done):
        verb = False
    return _lacking(verb, concrete, done, verbless=not item.verb)


def _lacking(verb: bool, concrete: bool, done: bool, *, verbless: bool = False) -> ItemParts:
    reasons = []
    if not verb:
        reasons.append("no verb" if verbless else "no verb that changes something one could see")
    if not concrete:
        reasons.append("no concrete object that somebody could point at")
    if not done:
        reasons.append(
            "no end state, threshold, place or artifact by which a stranger could say that it is done"
        )
    return ItemParts(verb, concrete, done, tuple(reasons))
