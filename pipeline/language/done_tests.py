"""Whether an action item says how a stranger can tell that it is done; what that takes depends on its verb."""

from __future__ import annotations

from itertools import pairwise

from pipeline.language.item_text import (
    CHANGES,
    CREATES,
    ENDS,
    GUARDS,
    INVESTIGATE,
    WEAK,
    ItemText,
    is_specific,
)
from pipeline.language.lexicon import word_set, words
from pipeline.language.noun_phrases import phrase_end

_DELIVERABLE = words("items", "deliverable")
_MEASURED = words("items", "measured")
_TESTED = words("items", "tested")
_SHOWN = word_set("dashboard dashboards panel panels graph graphs report reports chart charts")
_WRITTEN = word_set(
    "runbook playbook documentation doc docs guide manual plan policy handbook page wiki procedure process strategy concept"
)
_BINARY = words("items", "binary")
_DODGING = words("items", "dodging")
_RECURRING = words("items", "recurring")
_PERIODS = word_set("week month quarter day sprint year release incident deploy")
_NOW_AND_THEN = ("from time to time", "now and then", "on a regular basis", "once in a while")
_DOCUMENTED = words("items", "documented")
_ALL = word_set("all every everything any everywhere each")
_QUESTION_WORDS = word_set("why whether how which what who when where if")
# How big is "high"? Only a number says; they dodge in alerts and limits.
_DEGREES = word_set("high low threshold large elevated excessive abnormal unusual")
_DEGREE_VERBS = word_set(
    "cut reduce increase raise lower shorten extend expand speed slow decrease scale ramp"
)
_LIGHT = words("items", "light")
_ASKING = words("items", "asking_noun")
_RELATIVE_AGE = word_set("old older outdated legacy")
_PARTS_TWO = word_set("separate split decouple isolate divide part")
_MOVES = word_set("take bring put move get pull hand keep lift remove carry send push")
_WHITHER = word_set("off out into onto from away back behind under to down")
_STATES = words("items", "state")
_CONTENTS = word_set(
    "with that which how covering listing describing showing naming in on under when including"
)
_MEASURING_VERBS = word_set("alert page throttle cap limit")
_HOW = word_set(
    "to with so from by instead that which when if into before unless where as after per without using via whenever until once while"
)
_PLAINLY_DONE = word_set(
    "return use read write retry wait ask default exit run fall respect honour honor emit include exceed finish reach"
)


def has_done_test(item: ItemText) -> bool:
    if item.at is None:
        return _measured_enough(item) and item.behaviour()
    if _dodges(item) or _recurs(item):
        return False
    verb, heads = item.verb, _heads(item)
    if verb == "document":
        return _documented(item)
    if verb in ("make", "let", "have") and (is_causative(item) or becomes(item)):
        return True
    if _is_by_degrees(item):
        return _says_how(item)
    if is_moved(item) or (item.goes_on and item.behaviour()):
        return True
    if asks(item) and not (verb in ("verify", "check", "measure") and item.numbers()):
        return (_asks(item) and _coordinates(item, _DELIVERABLE)) or _coordinates(
            item, ENDS | GUARDS | {"stop"}
        )
    if verb in _MEASURING_VERBS or (heads & _MEASURED and _sets(item)):
        return _measured_enough(item)
    if verb in WEAK:
        return _weak_but_tested(item)
    if heads & _TESTED:
        return item.behaviour() and item.placed()
    if heads & _WRITTEN and verb in CREATES:
        return item.numbers() or _says_what_is_in_it(item)
    if heads & _SHOWN and verb in CREATES:
        return item.numbers() or any(t.lower in ("showing", "with", "that", "of", "which") for t in item.tail)
    if verb in GUARDS:
        return bool(item.object) and (item.placed() or item.behaviour() or item.at > 1)
    if verb in ENDS:
        return _bounded(item)
    if verb in CHANGES:
        return _says_how(item)
    if verb in CREATES:
        return _says_where(item)
    return _says_how(item) or _says_where(item)


def is_causative(item: ItemText) -> bool:
    """ "Make the tool refuse ...": a second verb says what happens."""
    if item.at is None:
        return False
    end = phrase_end(item.words, item.at + 1)
    following = item.words[end] if end < len(item.words) else None
    if following is None or end == item.at + 1 or end + 1 >= len(item.words):
        return False
    return following.lemma in GUARDS | ENDS | CHANGES | CREATES | _PLAINLY_DONE and following.tag in (
        "VERB",
        "NOUN",
    )


def asks(item: ItemText) -> bool:
    """ "Investigate", "do a review": work that ends in knowing something."""
    by_noun = item.verb in _LIGHT and bool(item.object) and item.object[-1].lemma in _ASKING
    return item.verb in INVESTIGATE or by_noun


def becomes(item: ItemText) -> bool:
    """ "Make the push a step", "make the field mandatory": a thing that it is, or a state without degrees."""
    if item.at is None:
        return False
    end = phrase_end(item.words, item.at + 1)
    if end < len(item.words) and item.words[end].form == "base":
        end += 1  # "Make cert push a step": what is a noun here was taken for a verb
    if end == item.at + 1 and end + 1 < len(item.words) and item.words[end].form == "ing":
        end += 1  # "Make signing a step"
    if end >= len(item.words) or end == item.at + 1:
        return False
    opener = item.words[end]
    if opener.lower in _STATES or item.words[end - 1].lower in _STATES:
        return True
    stop = phrase_end(item.words, end)
    return opener.lower in ("a", "an", "the", "our") and stop > end and is_specific(item.words[stop - 1])


def is_moved(item: ItemText) -> bool:
    """ "Take the cert off the host", "bring replica 3 back into the pool": from or to a named place."""
    if item.at is None or item.verb not in _MOVES:
        return False
    begin = phrase_end(item.words, item.at + 1)
    for i in range(begin, min(begin + 2, len(item.words) - 1)):
        if item.lows[i] in _WHITHER:
            end = phrase_end(item.words, i + 2 if item.lows[i + 1] == "of" else i + 1)
            return any(is_specific(t) for t in item.words[i + 1 : end] if t.tag in ("NOUN", "PROPN"))
    return False


def _says_what_is_in_it(item: ItemText) -> bool:
    """What is to be written has its contents or its place named; "for the wind park" names an area."""
    for i, token in enumerate(item.tail[:-1]):
        named = any(is_specific(t) for t in item.tail[i + 1 :] if t.tag in ("NOUN", "PROPN", "VERB"))
        if named and token.lower in _CONTENTS:
            return True
    acts = any(
        t.tag == "VERB" and t.form == "ing" and after.tag in ("DET", "POSS", "PREP", "TO", "NUM", "PROPN")
        for t, after in pairwise(item.tail)
    )
    return acts or any(t.lower in _DOCUMENTED or t.lower in _QUESTION_WORDS for t in item.tail)


def _is_by_degrees(item: ItemText) -> bool:
    """ "Bring down the response time", "speed up": a particle that says only which way."""
    following = item.tail[0].lower if item.tail else ""
    if following == "up":
        return item.verb in ("speed", "scale", "ramp")
    return following == "down" and item.verb in _DEGREE_VERBS | {"bring", "drive", "push", "get", "keep"}


def _sets(item: ItemText) -> bool:
    """Whether the item makes or changes what it names, or only labels, moves, removes it."""
    if item.verb in CREATES | CHANGES | GUARDS | WEAK:
        return True
    return item.verb not in ENDS and not _says_how(item)


def _heads(item: ItemText) -> frozenset[str]:
    """The object's head; an alert, a limit or a timeout also where it stands before the head."""
    last = {w for t in item.object[-1:] for w in (t.lower, t.lemma)}
    inner = {t.lower for t in item.object} & word_set(
        "timeout limit quota threshold alert rate-limit limiting"
    )
    return frozenset(last | inner)


def _dodges(item: ItemText) -> bool:
    """A word that leaves the end open, and no number that closes it."""
    if item.numbers():
        return False
    alerting = bool(_heads(item) & _MEASURED) or item.verb in _MEASURING_VERBS | {"warn", "notify"}
    for i, low in enumerate(item.lows):
        if low == "too" and i + 1 < len(item.lows):
            return True  # "too high", "too many"
        if low not in _DODGING or (low in _DEGREES and not alerting):
            continue
        before = item.lows[i - 1] if i else ""
        if low in ("possible", "needed", "necessary") and before not in ("where", "if", "as", "when"):
            continue
        return True
    return False


def _recurs(item: ItemText) -> bool:
    """Work without an end: neither a result nor the recurrence itself is what it makes."""
    often = any(low in _RECURRING - {"every", "each"} for low in item.lows)
    often = often or any(a in ("every", "each") and b in _PERIODS for a, b in pairwise(item.lows))
    recurring = often or any(phrase in item.text.lower() for phrase in _NOW_AND_THEN)
    kept = item.verb in ("keep", "continue", "maintain") and not any(
        x.kind == "duration" for x in item.literals
    )
    if not recurring and not kept:
        return False
    making = item.verb in ("schedule", "add", "create", "automate")
    return not making and not any(x in _DELIVERABLE - {"open", "list"} for x in item.lemmas[1:])


def _documented(item: ItemText) -> bool:
    """A procedure, a fact or a question; an area is none."""
    if item.numbers() or any(t.lower in _QUESTION_WORDS or t.lower == "that" for t in item.tail):
        return True
    return any(t.lower in _DOCUMENTED or t.lemma in _DOCUMENTED for t in item.tail)


def _asks(item: ItemText) -> bool:
    return any(low in _QUESTION_WORDS for low in item.lows)


def _coordinates(item: ItemText, verbs: frozenset[str]) -> bool:
    """Whether a second verb says what comes out of it: "and attach the finding"."""
    follows = any(
        t.tag in ("CONJ", "PUNCT")
        and any(w.lemma in verbs and w.tag != "ADJ" for w in item.tail[i + 1 : i + 4])
        for i, t in enumerate(item.tail)
    )
    return follows or (verbs is _DELIVERABLE and any(f" {p} the ticket" in item.text for p in ("in", "to")))


def _measured_enough(item: ItemText) -> bool:
    """A number, or an event that either happens or does not."""
    if item.numbers():
        return True
    event = any(
        t.lower in _BINARY or t.lemma in _BINARY or t.tag == "NEG" or t.lower == "no" for t in item.tail
    )
    reported = any(x.kind == "quote" for x in item.literals)
    conditional = any(
        t.lower in ("when", "if", "on", "for", "after", "that", "whenever", "unless", "as", "once")
        for t in item.tail
    )
    return (event or reported) and conditional


def _bounded(item: ItemText) -> bool:
    """One can point at what is deleted, moved, published: named, counted or definite."""
    if not item.object or not item.has_object():
        return False
    everything = any(t.lower in _ALL for t in item.object)
    if item.object[0].lower in _RELATIVE_AGE and not item.numbers():
        return False  # "Replace old hardware"; "the old gateway" is one
    bare_plural = item.object[0].tag in ("NOUN", "ADJ", "VERB") and item.object[-1].lower.endswith("s")
    bare_plural = bare_plural and item.object[-1].lemma != item.object[-1].lower
    return not (everything or bare_plural) or item.numbers() or item.placed()


def _says_how(item: ItemText) -> bool:
    if item.numbers():
        return True
    degree = item.verb in _DEGREE_VERBS or _is_by_degrees(item)
    for i, token in enumerate(item.tail[:-1]):
        if token.lower not in _HOW or (degree and token.lower == "from"):
            continue
        if token.lower in ("by", "with", "to", "from") and not item.has_object():
            continue
        if any(x.tag in ("NOUN", "PROPN", "VERB", "NUM", "ADJ") for x in item.tail[i + 1 :]):
            return True
    if item.verb in _PARTS_TWO and any(t.lower == "and" for t in item.tail):
        return True
    return item.verb == "fix" and any(x.kind in ("identifier", "code", "ticket") for x in item.literals)


def _says_where(item: ItemText) -> bool:
    return item.numbers() or item.placed() or item.behaviour()


def _weak_but_tested(item: ItemText) -> bool:
    """ "Ensure that the importer rejects ...": a behaviour of a system, or a number."""
    behaves = any(
        t.tag == "VERB" and t.form in ("s", "base", "past") and t.lemma in GUARDS | ENDS | _PLAINLY_DONE
        for t in item.tail
    )
    return (behaves or item.numbers()) and (item.placed() or item.has_object())
