"""The subject of an entry's clause, and whether it is somebody or something that acted or was observed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.documents.actor_words import (
    ACTS,
    BY_ITSELF,
    BY_PEOPLE_TOO,
    EMPTY_ALONE,
    EMPTY_SUBJECTS,
    GENERIC,
    MISREAD,
    PEOPLE,
    SIGNALLED,
    SIGNALS,
    STATES,
    STATIVE,
    TOLD,
)
from pipeline.language.lemmas import is_common, lemma
from pipeline.language.lexicon import words as words_of
from pipeline.language.words import Token, tokens

_ASIDE = re.compile(r"\s\([^()\n]{1,40}\)(?=\s+\w)")  # "support desk (Ines) forwarded …"
_WORD_NAMES = words_of("word_names")  # Will, Mark, Grace


def subject_of(words: Sequence[Token]) -> list[Token]:
    """The words before the first finite verb, up to the first preposition: the subject without its complements."""
    found: list[Token] = []
    participle = _opens_with_participle(words)
    for i, t in enumerate(words):
        verb = t.tag in ("AUX", "MODAL") or (t.tag == "VERB" and not (i == 0 and participle))
        verb = verb or (i > 0 and t.tag == "NOUN" and t.lower in MISREAD and _ends(words, i))
        if verb or t.tag in ("PREP", "TO", "SUB", "WH", "NEG") or (t.tag == "ADV" and found):
            break
        if t.tag == "PUNCT" and t.text not in ("#", "/", "&", "'", '"', "@", "`", "“", "”"):
            break
        if t.tag == "CONJ" and not found:
            break
        found.append(t)
    return found


def _ends(words: Sequence[Token], index: int) -> bool:
    return all(t.tag == "PUNCT" for t in words[index + 1 :])


def read_words(text: str) -> list[Token]:
    """Its words, with the verbs that were taken for nouns or adjectives put right.

    A form in -ed behind a noun is the verb ("Cache flushed"); so is one in -s between a noun and an article
    ("session-store logs the first error") or behind a named thing's number ("train 24 deploys web 7.2").
    """
    words = list(tokens(_ASIDE.sub("", text)))
    if words and words[0].tag == "VERB" and words[0].form == "base" and "-" in words[0].text:
        words[0] = replace(words[0], tag="NOUN", form="")
    for i, t in enumerate(words):
        if t.lemma in SIGNALS and t.tag == "VERB" and t.form == "base" and _is_signal(words, i):
            words[i] = replace(t, tag="NOUN", form="")
    for i, t in enumerate(words[1:], start=1):
        before, behind = words[i - 1], words[i + 1] if i + 1 < len(words) else None
        if before.tag not in ("NOUN", "PROPN", "NUM"):
            continue
        if t.tag in ("ADJ", "NOUN") and t.lower.endswith("ed"):
            words[i] = replace(t, tag="VERB", form="past", lemma=lemma(t.lower))
        elif t.tag == "NOUN" and t.lower.endswith("s") and (behind is not None or before.lemma in SIGNALS):
            if before.lemma in SIGNALS and lemma(t.lower) in SIGNALLED | {"page", "report", "show", "fail"}:
                words[i] = replace(t, tag="VERB", form="s", lemma=lemma(t.lower))
                continue
            numbered = before.tag == "NUM" and i > 1 and words[i - 2].tag in ("NOUN", "PROPN")
            if behind is None:
                continue
            if behind.tag in ("DET", "POSS", "PRON") or (numbered and behind.tag in ("NOUN", "PROPN")):
                words[i] = replace(t, tag="VERB", form="s", lemma=lemma(t.lower))
    return words


def _is_signal(words: Sequence[Token], index: int) -> bool:
    """ "Alert fires", "first alert": a signal that was taken for what one does with it."""
    behind = words[index + 1] if index + 1 < len(words) else None
    goes_off = (
        behind is not None and behind.lower.endswith("s") and lemma(behind.lower) in SIGNALLED | {"page"}
    )
    return (index == 0 and goes_off) or (
        index == 1 and words[0].lower in ("first", "second", "another", "last", "new")
    )


def _opens_with_participle(words: Sequence[Token]) -> bool:
    """A verb's form before a noun with the verb behind it: "Scheduled run 23344 deployed", "Launch success drops"."""
    if len(words) < 3 or words[0].tag != "VERB" or words[1].tag not in ("NOUN", "PROPN", "ADJ"):
        return False
    follower = next((t for t in words[1:] if t.tag not in ("NOUN", "PROPN", "NUM", "ADJ")), None)
    return follower is not None and follower.tag in ("VERB", "AUX") and follower.form in ("past", "s")


def subject_actor(words: Sequence[Token]) -> str | None:
    subject = [t for t in subject_of(words) if t.tag != "PUNCT"]
    nouns = [
        t
        for t in subject
        if t.tag in ("NOUN", "PROPN", "PRON", "NUM", "VERB", "ADJ") or t.text.startswith("@")
    ]
    if not nouns or all(t.tag in ("ADJ", "NUM") for t in nouns):
        return None
    named = " ".join(t.text for t in subject)
    bare = [t for t in nouns if t.tag not in ("NUM", "ADJ")]
    head = next((t for t in reversed(bare) if not re.search(r"\d", t.text)), bare[-1] if bare else nouns[-1])
    if len(subject) == 1 and head.lower in EMPTY_ALONE:
        return None
    pronoun = subject[0].lower in EMPTY_SUBJECTS and subject[0].text != "IT"  # the department is somebody
    if pronoun or (head.lower in EMPTY_SUBJECTS and head.text != "IT"):
        return None
    if head.tag == "PRON":
        return named
    rest = list(words[len(subject_of(words)) :])
    passive, verb, has_object = predicate(rest, infinitives=head.lemma not in ACTS)
    named_so = head.tag == "PROPN" and not (
        _only_opens(head, words) and is_common(head.lower) and head.lower not in _WORD_NAMES
    )
    person = named_so or head.lemma in PEOPLE or head.text.startswith("@")
    proper = any(t.tag == "PROPN" or t.text.startswith("@") for t in nouns)
    if head.lemma in SIGNALS and verb is not None and verb.lemma in SIGNALLED:
        return named
    if head.lemma in SIGNALS and len(rest) > 1 and (verb is None or verb.form == "ing"):
        return named  # "First alert about the queue"
    if not passive and _is_cut_short(head, verb, rest):
        return None
    if passive:
        told = verb is not None and verb.lemma in TOLD and proper
        return (
            named if told or (verb and verb.lemma in STATIVE and _is_component(nouns, head, words)) else None
        )
    if head.lower in ACTS or head.lemma in ACTS:
        if (
            has_object
            and verb is not None
            and verb.form != "ing"
            and head.lemma not in ("incident", "outage", "issue", "problem")
        ):
            return named
        identified = any(t.tag == "NUM" or re.search(r"\d", t.text) for t in nouns)
        return named if identified and (verb is None or verb.lemma in BY_ITSELF) else None
    if person:
        cut_short = verb is not None and not has_object and verb.lemma in TOLD and head.tag != "PROPN"
        return None if cut_short else named
    alone = verb is not None and not has_object and verb.form in ("past", "part") and not _by_itself(rest)
    if alone and verb and verb.lemma not in BY_ITSELF - BY_PEOPLE_TOO | {"start", "stop"}:
        return None
    return named if _is_component(nouns, head, words) else None


def _by_itself(rest: Sequence[Token]) -> bool:
    """ "milked on their own again": nobody did it to them."""
    return bool(
        re.search(r"\b(?:on|by) (?:its own|their own|itself|themselves)\b", " ".join(t.lower for t in rest))
    )


def _is_cut_short(head: Token, verb: Token | None, rest: Sequence[Token]) -> bool:
    """ "DDoS identified", "CoreDNS upgraded and …": a thing's name and a participle that nothing follows."""
    named = head.tag == "PROPN" and sum(c.isupper() for c in head.text) > 1
    if not named or verb is None or verb.form not in ("past", "part") or verb.lemma in BY_ITSELF:
        return False
    behind = rest[rest.index(verb) + 1 :]
    return not behind or behind[0].tag in ("PUNCT", "CONJ")


def predicate(rest: Sequence[Token], *, infinitives: bool) -> tuple[bool, Token | None, bool]:
    """(passive, its main verb, whether an object follows the verb)."""
    passive = False
    verb = None
    at = 0
    for i, t in enumerate(rest[:6]):
        if i == 0 and t.tag == "NOUN" and t.lower in MISREAD:
            return False, None, False
        if t.tag == "AUX" and t.lemma in ("be", "get"):
            passive = True
        elif t.tag == "VERB":
            verb, at = t, i
            break
        elif t.tag not in (
            "AUX",
            "MODAL",
            "ADV",
            "NEG",
            "PREP",
            "TO",
            "NOUN",
            "PROPN",
            "ADJ",
            "DET",
            "NUM",
            "PUNCT",
        ):
            break
    if verb is None:
        return False, None, False
    after = rest[at + 1 : at + 4]
    has_object = bool(after) and (
        after[0].tag in ("DET", "NOUN", "PROPN", "POSS", "NUM", "ADJ", "PRON")
        or after[0].text in ("□", "#", '"', "“", "‘", "`")
        or (after[0].tag in ("PREP", "ADV") and len(after) > 1 and after[0].lower in ("back", "out", "up", "down", "over", "off")
            and after[1].tag in ("DET", "NOUN", "PROPN"))
        or (infinitives and after[0].tag == "TO" and len(after) > 1 and after[1].tag in ("VERB", "AUX"))
        or after[0].tag in ("SUB", "WH")
        or after[0].form == "ing"
        or after[0].lower == "that"
    )  # fmt: skip
    return passive and verb.form in ("part", "past") and at <= 4, verb, has_object


def _is_component(nouns: Sequence[Token], head: Token, words: Sequence[Token]) -> bool:
    """Whether the subject names a thing: by itself, by a modifier, or by "of checkout" behind it."""
    if head.lemma not in STATES and head.lower not in GENERIC:
        return True
    if any(t.tag == "PROPN" and t.lower not in GENERIC and not _only_opens(t, words) for t in nouns):
        return True
    if any(
        t is not head and t.lemma not in GENERIC and t.lower not in GENERIC and t.tag in ("NOUN", "VERB")
        for t in nouns
    ):
        return True
    for i, t in enumerate(words[:-1]):
        if t.tag == "PREP" and t.lower in ("of", "on", "in", "for", "from", "at", "to", "with"):
            phrase = words[i + 1 : i + 4]
            if any(
                p.tag in ("NOUN", "PROPN") and p.lemma not in GENERIC | ACTS and p.text[0].isalpha()
                for p in phrase
            ):
                return True
    return False


def _only_opens(token: Token, words: Sequence[Token]) -> bool:
    """A capital that is there because the sentence begins."""
    return token is words[0] and token.text[1:].islower()
