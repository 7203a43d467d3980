"""Who or what acted in a timeline's entry: its label, the agent of its passive, or the subject of its clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.documents.actor_words import (
    ACTS,
    BY_ITSELF,
    BY_NOT_AGENT,
    BY_PEOPLE_TOO,
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
from pipeline.documents.masking import plain
from pipeline.documents.placeholders import is_nothing
from pipeline.language.lemmas import is_common, lemma
from pipeline.language.lexicon import words as words_of
from pipeline.language.people import People
from pipeline.language.sentences import split
from pipeline.language.words import Token, tokens

_CLASS_LABEL = re.compile(
    r"(?:update|note|result|impact|status|detect\w*|resol\w*|mitigat\w*|trigger|onset|start|end|begin\w*|diagnos\w*"
    r"|escalat\w*|communicat\w*|action|event|recover\w*|fix|cause|outage|incident|phase|step|first|final|edit|info"
    r"|t[+-]?\d*|day|attempt|declar\w*|repair\w*|fault|identified|monitoring|investigat\w*|external|internal)\b.*",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^(?P<who>[@A-Za-z][\w@.'’/&()-]*(?:\s[\w@.'’/&()-]+){0,3}?)\s*(?::|\s[–—-])\s+(?=\S)")
_BRACKET_LEAD = re.compile(r"^[(\[](?P<who>[@A-Za-z][^)\]\n]{1,40})[)\]][\s:–—-]*(?=\S)")
_BRACKET_TAIL = re.compile(r"[(\[](?P<who>[^()\[\]\n]{2,60})[)\]][.\s]*$")
_DASH_TAIL = re.compile(r"\s[–—-]{1,2}\s?(?P<who>@?[A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){0,2})[.\s]*$")
_PEOPLE_BY_NAME = People()
_WORD_NAMES = words_of("word_names")  # Will, Mark, Grace
_ASIDE = re.compile(r"\s\([^()\n]{1,40}\)(?=\s+\w)")  # "support desk (Ines) forwarded …"
_REPORTER = re.compile(
    r"\b(?:metrics?|graphs?|monitor\w*|alert\w*|logs?|dashboards?|grafana|prometheus|datadog|pager\w*|probes?|telemetry"
    r"|status ?page|apm|tracing|console)\b",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"\[(?P<label>[^\]\n]{2,80})\](?:\([^)\n]*\))?|\((?:source|via|from|see|log)\b:?\s*(?P<in>[^)\n]{2,80})\)",
    re.I,
)


def actor_of(event: str) -> str | None:
    """The words that name who or what acted; None where the event hides it."""
    if not event.strip():
        return None
    for pattern in (_LABEL, _BRACKET_LEAD):
        match = pattern.match(event)
        if match:
            who = match["who"].strip()
            if not _CLASS_LABEL.fullmatch(who) and _could_act(who):
                return who
            if pattern is _LABEL and not _CLASS_LABEL.fullmatch(who):
                break
            event = event[match.end() :]
    return _sentence_actor(event)


def source_of(raw: str) -> str | None:
    """A pointer to evidence that stands in an entry's own text, as written."""
    if match := _SOURCE.search(raw):
        return plain(match["label"] or match["in"]) or match[0]
    return None


def _could_act(who: str) -> bool:
    words = [t for t in tokens(who) if t.tag != "PUNCT"]
    if (
        not words
        or is_nothing(who)
        or any(w.tag in ("VERB", "AUX", "MODAL") and w.form != "base" for w in words)
    ):
        return False
    head = words[-1]
    return head.lemma not in ACTS | STATES and words[0].lower not in EMPTY_SUBJECTS


def _sentence_actor(event: str) -> str | None:
    pieces = [event[s:e] for s, e in split(event)] or [event]
    for number, piece in enumerate(pieces[:3]):
        words = _opening_skipped(_read(piece))
        if name := _opening_name(words):
            return name
        if agent := _agent(words):
            return agent
        subject = _subject_actor(words)
        if subject and (number == 0 or _names_somebody(subject)):
            return subject
    for pattern in (_BRACKET_TAIL, _DASH_TAIL):
        match = pattern.search(pieces[0]) or pattern.search(event)
        if match and (actor := _in_brackets(match["who"], pieces[0])):
            return actor
    return None


def _in_brackets(who: str, sentence: str) -> str | None:
    """A name behind the sentence, or the instrument that reported a state."""
    words = tokens(who)
    if words and all(t.tag in ("PROPN", "PUNCT") or t.text.startswith("@") for t in words):
        return who
    subject = _subject(_opening_skipped(_read(sentence)))
    if _REPORTER.search(who) and subject and subject[-1].lemma not in ACTS:
        return who
    return None


def _names_somebody(subject: str) -> bool:
    return any(t.tag in ("PROPN", "PRON") or t.text.startswith("@") for t in tokens(subject))


def _opening_skipped(words: list[Token]) -> list[Token]:
    """Without adverbs and prepositional phrases before the subject ("After the restart, …", "At first …")."""
    while words and words[0].tag == "PUNCT":
        words = words[1:]
    if (words and words[0].tag in ("PREP", "SUB", "TO")) or (
        words and words[0].tag == "VERB" and words[0].form == "ing"
    ):
        comma = next((i for i, t in enumerate(words) if t.text == ","), None)
        if comma is not None and comma + 1 < len(words):
            return _opening_skipped(words[comma + 1 :])
    while len(words) > 1 and words[0].tag in ("ADV", "CONJ") and words[0].lower not in ("first", "only"):
        words = words[1:]
        if words[0].text == ",":
            words = words[1:]
    return words


def _opening_name(words: Sequence[Token]) -> str | None:
    """A handle or a person's name that the sentence begins with, whatever was made of the verb behind it."""
    if words and words[0].text.startswith("@"):
        return words[0].text
    name: list[str] = []
    for t in words[:3]:
        if t.tag != "PROPN":
            break
        name.append(t.text)
    while name:
        if _PEOPLE_BY_NAME.kind_of(" ".join(name)) == "person":
            return " ".join(name)
        name.pop()
    return None


def _agent(words: Sequence[Token]) -> str | None:
    """`by Wei` behind a participle."""
    for i, word in enumerate(words[:-1]):
        if word.lower not in ("by", "from", "via") or i == 0:
            continue
        follower = words[i + 1]
        acts = sum(t.tag == "VERB" and t.form in ("past", "part") for t in words[:i])
        if word.lower == "by" and (
            acts != 1
            or follower.tag in ("NUM", "VERB")
            or follower.lemma in BY_NOT_AGENT
            or follower.text[0].isdigit()
        ):
            continue
        if word.lower != "by" and not any(
            t.lemma in ("page", "call", "report", "mail", "message") for t in words[:i]
        ):
            continue
        phrase = []
        for t in words[i + 1 :]:
            if t.tag not in ("DET", "NOUN", "PROPN", "ADJ", "POSS", "PRON", "NUM") and not t.text.startswith(
                "@"
            ):
                break
            phrase.append(t)
        if phrase and not all(t.tag == "DET" for t in phrase):
            return " ".join(t.text for t in phrase)
    return None


def _subject(words: Sequence[Token]) -> list[Token]:
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


def _read(text: str) -> list[Token]:
    """Its words, with the verbs that were taken for nouns or adjectives put right.

    A form in -ed behind a noun is the verb ("Cache flushed"); so is one in -s between a noun and an article
    ("session-store logs the first error") or behind a named thing's number ("train 24 deploys web 7.2").
    """
    words = list(tokens(_ASIDE.sub("", text)))
    if words and words[0].tag == "VERB" and words[0].form == "base" and "-" in words[0].text:
        words[0] = replace(words[0], tag="NOUN", form="")
    for i, t in enumerate(words[1:], start=1):
        before, behind = words[i - 1], words[i + 1] if i + 1 < len(words) else None
        if before.tag not in ("NOUN", "PROPN", "NUM"):
            continue
        if t.tag in ("ADJ", "NOUN") and t.lower.endswith("ed"):
            words[i] = replace(t, tag="VERB", form="past", lemma=lemma(t.lower))
        elif t.tag == "NOUN" and t.lower.endswith("s") and behind is not None:
            numbered = before.tag == "NUM" and i > 1 and words[i - 2].tag in ("NOUN", "PROPN")
            if behind.tag in ("DET", "POSS", "PRON") or (numbered and behind.tag in ("NOUN", "PROPN")):
                words[i] = replace(t, tag="VERB", form="s", lemma=lemma(t.lower))
    return words


def _opens_with_participle(words: Sequence[Token]) -> bool:
    """A verb's form before a noun with the verb behind it: "Scheduled run 23344 deployed", "Launch success drops"."""
    if len(words) < 3 or words[0].tag != "VERB" or words[1].tag not in ("NOUN", "PROPN", "ADJ"):
        return False
    follower = next((t for t in words[1:] if t.tag not in ("NOUN", "PROPN", "NUM", "ADJ")), None)
    return follower is not None and follower.tag in ("VERB", "AUX") and follower.form in ("past", "s")


def _subject_actor(words: Sequence[Token]) -> str | None:
    subject = [t for t in _subject(words) if t.tag != "PUNCT"]
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
    if subject[0].lower in EMPTY_SUBJECTS or head.lower in EMPTY_SUBJECTS:
        return None
    if head.tag == "PRON":
        return named
    rest = list(words[len(_subject(words)) :])
    passive, verb, has_object = _predicate(rest, infinitives=head.lemma not in ACTS)
    named_so = head.tag == "PROPN" and not (
        _only_opens(head, words) and is_common(head.lower) and head.lower not in _WORD_NAMES
    )
    person = named_so or head.lemma in PEOPLE or head.text.startswith("@")
    proper = any(t.tag == "PROPN" or t.text.startswith("@") for t in nouns)
    if head.lemma in SIGNALS and verb is not None and verb.lemma in SIGNALLED:
        return named
    if passive:
        told = verb is not None and verb.lemma in TOLD and proper
        return (
            named if told or (verb and verb.lemma in STATIVE and _is_component(nouns, head, words)) else None
        )
    if head.lemma in ACTS:
        if has_object and head.lemma not in ("incident", "outage", "issue", "problem"):
            return named
        identified = any(t.tag == "NUM" or re.search(r"\d", t.text) for t in nouns)
        return named if identified and (verb is None or verb.lemma in BY_ITSELF) else None
    if person:
        cut_short = verb is not None and not has_object and verb.lemma in TOLD and head.tag != "PROPN"
        return None if cut_short else named
    alone = verb is not None and not has_object and verb.form in ("past", "part")
    if alone and verb and verb.lemma not in BY_ITSELF - BY_PEOPLE_TOO | {"start", "stop"}:
        return None
    return named if _is_component(nouns, head, words) else None


def _predicate(rest: Sequence[Token], *, infinitives: bool) -> tuple[bool, Token | None, bool]:
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
        or (after[0].tag in ("PREP", "ADV") and len(after) > 1 and after[0].lower in ("back", "out", "up", "down", "over")
            and after[1].tag in ("DET", "NOUN", "PROPN"))
        or (infinitives and after[0].tag == "TO" and len(after) > 1 and after[1].tag in ("VERB", "AUX"))
        or after[0].tag in ("SUB", "WH")
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
