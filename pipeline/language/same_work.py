"""Whether two items ask for the same work: one act on one object to one end, or one of them within the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.language.item_text import ItemText
from pipeline.language.lemmas import lemma
from pipeline.language.lexicon import word_set
from pipeline.language.noun_phrases import phrases
from pipeline.language.sentences import split
from pipeline.language.words import Token

# Deeds that close each other's tickets; a deed in no class is its own.
_ACTS: dict[str, frozenset[str]] = {
    "alert": word_set("alert alarm page notify warn monitor"),
    "write": word_set("document write publish describe runbook documentation wiki doc docs"),
    "set": word_set("set lower reduce increase raise adjust cap limit bound keep shorten lengthen extend decrease"),
    "remove": word_set("remove delete drop retire decommission"),
    "disable": word_set("disable turn-off switch-off"),
    "enable": word_set("enable turn-on switch-on"),
    "replace": word_set("replace rotate renew swap exchange"),
    "reject": word_set("reject refuse deny block prevent forbid disallow"),
    "require": word_set("require enforce mandate demand rule"),
    "test": word_set("test rehearse exercise drill run"),
    "move": word_set("move migrate transfer"),
    "split": word_set("split break-up divide"),
    "show": word_set("show display print"),
    "store": word_set("store record save log"),
    "backup": word_set("back-up backup"),
}  # fmt: skip
_CLASS = {word: act for act, members in _ACTS.items() for word in members}
# They bring what their object names: "add an alert" is to alert, "schedule backups" to back up.
_BRINGING = word_set(
    "add create implement introduce build use have give set-up schedule provide make configure put establish raise send get "
    "define develop include"
)
_SAME_THING = {
    **dict.fromkeys(("grant", "permission", "privilege", "right", "access"), "access"),
    **dict.fromkeys(("approval", "approve", "two-person", "four-eyes", "sign-off"), "approval"),
    **dict.fromkeys(("key", "credential", "secret", "password"), "key"),
}
# Said of almost any work; they tell no two apart.
_WEAK = word_set(
    "service system team production new first copy way thing order procedure step process change case place time day night "
    "week month quarter year hour minute second number people person be have do can should must will need make sure get one "
    "exceed rise fall reach fail-to ensure active something data environment item task ticket"
)
_NUMBERS = {
    w: str(n)
    for n, w in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)
}
_NUMBER = re.compile(r"(?<![\w.-])(\d[\d,.]*)(?:\s?([kK])\b|(M)\b)?(?=[a-zA-Zµ]{0,4}\b|\W|$)")
_AMOUNT = re.compile(r"[\d,.]+[a-z%]*")
_URL = re.compile(r"\(?https?://\S+")
_BACK_UP = re.compile(r"\bback(?:s|ed|ing)? up\b", re.IGNORECASE)
_AT = word_set("in at of to for from under on within")
_PARTICLES = word_set("up off on")
_STEM = 6  # letters: "deploys" and "deployments", "approve" and "approval"


@dataclass(frozen=True, slots=True)
class Work:
    """What an item asks for. `things` are stems, `places` those that a preposition governs, `values` its numbers."""

    act: str
    brings: bool  # its verb only brings what its object names
    things: frozenset[str]
    places: frozenset[str]
    phrases: frozenset[tuple[str, frozenset[str]]]  # head, and what stands before it
    values: frozenset[str]
    said: frozenset[str]  # its things, and the states that it brings them into


def work_in(title: str) -> Work:
    text = _BACK_UP.sub("backup", _URL.sub(" ", title))
    text = next((text[start:end] for start, end in split(text)), text)
    item, everything = ItemText(_behind_label(text)), ItemText(text)
    act, verb, brings = _act(item)
    words = [t for t in everything.words if t.start != verb or everything.text != item.text]
    things = frozenset(stem for t in words if (stem := _stem(t)) is not None and stem != act)
    found = [
        (governor, everything.words[a:b])
        for a, b, governor in phrases(everything.words, 0, len(everything.words))
    ]
    return Work(
        act,
        brings,
        things,
        frozenset(stem for governor, span in found if governor in _AT for stem in _stems(span)) & things,
        frozenset((told[-1], frozenset(told[:-1])) for _, span in found if (told := _stems(span))),
        _values(text),
        things | _states(item),
    )


def is_same(first: Work, second: Work) -> bool:
    """Whether closing one would close the other."""
    if not _acts_agree(first, second) or _is_automatic(first) != _is_automatic(second):
        return False
    if first.values and second.values and not first.values & second.values:
        return False
    a, b = first.things - {second.act}, second.things - {first.act}
    both = a & b
    if not both:
        return False
    if a <= b or b <= a:
        return True
    if first.places and second.places and not first.places & second.places:
        return False  # the same change in two places
    if any(
        head == other and told and others and not told & others
        for head, told in first.phrases
        for other, others in second.phrases
    ):
        return False  # the quote client and the seat client
    named = {t for t in (a - both) | (b - both) if re.search(r"[\d_/.-]", t)}
    return bool(first.values & second.values) and not named


def is_surely_same(first: Work, second: Work) -> bool:
    """Whether nothing tells the two apart but their wording: the same things, the same numbers, the same places."""
    return (
        is_same(first, second)
        and first.things - {second.act} == second.things - {first.act}
        and first.values == second.values
        and first.places == second.places
    )


def _acts_agree(first: Work, second: Work) -> bool:
    if first.act == second.act:
        return bool(first.act)
    return (first.brings and second.act in first.said) or (second.brings and first.act in second.said)


def _is_automatic(work: Work) -> bool:
    """What goes on by itself and what somebody does once are two things."""
    return bool(work.said & {"automa"})


def _act(item: ItemText) -> tuple[str, int, bool]:
    """The class of its deed, where the verb stands, and whether it is told by what the verb brings."""
    if item.at is None:
        known = next((c for t in item.words if (c := _CLASS.get(t.lemma)) is not None), None)
        first = next((s for t in item.words if (s := _stem(t)) is not None), "")
        return known or first, -1, True
    verb = item.words[item.at]
    behind = item.tail[0].lower if item.tail else ""
    name = f"{item.verb}-{behind}" if behind in _PARTICLES else item.verb
    if (item.verb in _BRINGING and name not in _CLASS) or (item.verb == "raise" and _is_alert(item.tail)):
        thing = item.tail if item.subject_stands else item.object
        head = thing[-1] if thing else None
        known = next((c for t in reversed(thing) if (c := _CLASS.get(t.lemma)) is not None), None)
        return known or (head and _stem(head)) or item.verb, verb.start, True
    return _CLASS.get(name) or _CLASS.get(item.verb) or _cut(name), verb.start, False


def _is_alert(words: Sequence[Token]) -> bool:
    return any(_CLASS.get(t.lemma) == "alert" for t in words)


def _stem(token: Token) -> str | None:
    """What a word stands for among the things of an item; None for those that tell nothing apart."""
    if token.tag not in ("NOUN", "PROPN", "VERB") and not re.search(r"\w[\d_/.-]\w|/\w|\w/", token.text):
        return None
    lemma = token.lemma.lower().strip(".")
    if (
        len(lemma) < 3
        or lemma in _WEAK
        or lemma in _BRINGING
        or token.lower in _NUMBERS
        or re.fullmatch(r"[\d,.]+[a-z%]*", lemma)
    ):
        return None
    return _SAME_THING.get(lemma) or _CLASS.get(lemma) or _cut(lemma)


def _cut(base: str) -> str:
    return base if re.search(r"[\d_/.-]", base) else base[:_STEM]


def _states(item: ItemText) -> frozenset[str]:
    """ "Use a pinned image" is to pin it."""
    if item.verb not in ("use", "have", "make"):
        return frozenset()
    bases = [lemma(t.lower) for t in item.tail if t.tag == "ADJ"]
    return frozenset(_CLASS.get(base) or _cut(base) for base in bases)


def _stems(words: Sequence[Token]) -> list[str]:
    return [stem for t in words if (stem := _stem(t)) is not None]


def _values(title: str) -> frozenset[str]:
    """Its numbers, however they are written: "10k", "10,000", "three"."""
    found = {_NUMBERS[w] for w in re.findall(r"[a-z]+", title.lower()) if w in _NUMBERS and w != "one"}
    for match in _NUMBER.finditer(title):
        digits = match[1].rstrip(".,").replace(",", "")
        times = 1000 if match[2] else 1_000_000 if match[3] else 1
        try:
            found.add(f"{float(digits) * times:g}")
        except ValueError:
            continue  # "1.2.3" is a version
    return frozenset(found)


def _behind_label(title: str) -> str:
    """ "Import validator: refuse …" without its label."""
    head, colon, rest = title.partition(": ")
    return rest if colon and len(head.split()) <= 4 and len(rest.split()) >= 3 else title
