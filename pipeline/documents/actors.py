"""Who or what acted in a timeline's entry: its label, the agent of its passive, or the subject of its clause."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.documents.actor_words import (
    ACTS,
    BY_ITSELF,
    BY_NOT_AGENT,
    DEALINGS,
    EMPTY_SUBJECTS,
    GENERIC,
    MEDIA,
    OBSERVES,
    PEOPLE,
    REPORTS,
    STATES,
)
from pipeline.documents.masking import plain
from pipeline.documents.placeholders import is_nothing
from pipeline.documents.subjects import predicate, read_words, subject_actor, subject_of
from pipeline.language.item_verbs import opens_as_deed
from pipeline.language.people import People
from pipeline.language.sentences import split
from pipeline.language.words import Token, tokens

_CLASS_LABEL = re.compile(
    r"(?:update|note|result|impact|status|detect\w*|resol\w*|mitigat\w*|trigger|onset|start|end|begin\w*|diagnos\w*"
    r"|escalat\w*|communicat\w*|action|event|recover\w*|fix|cause|outage|incident|phase|step|first|final|edit|info"
    r"|t[+-]?\d*|day|attempt|declar\w*|repair\w*|fault|identified|monitoring|investigat\w*|external|internal)\b.*",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?P<who>[@A-Za-z][\w@.'’/&()-]*(?:\s[\w@.'’/&()-]+){0,3}?(?:,\s[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,2})?)\s*(?::|\s[–—|-])\s+(?=\S)"
)
_BRACKET_LEAD = re.compile(r"^[(\[](?P<who>[@A-Za-z][^)\]\n]{1,40})[)\]][\s:–—-]*(?=\S)")
_BRACKET_TAIL = re.compile(r"[(\[](?P<who>[^()\[\]\n]{2,60})[)\]][.\s]*$")
_DASH_TAIL = re.compile(r"\s[–—-]{1,2}\s?(?P<who>@?[A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){0,2})[.\s]*$")
_PEOPLE_BY_NAME = People()
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
        or any(w.tag in ("VERB", "AUX", "MODAL") and w.form not in ("base", "ing") for w in words)
    ):
        return False
    head = words[-1]
    if head.lemma in STATES and any(
        w.lemma not in GENERIC and w.tag in ("NOUN", "PROPN", "VERB") for w in words[:-1]
    ):
        return True  # "Season service": the thing whose state it is
    return head.lemma not in ACTS | STATES and words[0].lower not in EMPTY_SUBJECTS


def _sentence_actor(event: str) -> str | None:
    """Whoever acts or reports in any sentence and any clause of it; the first that is found."""
    pieces = [event[s:e] for s, e in split(event)] or [event]
    for number, piece in enumerate(pieces):
        words = _opening_skipped(read_words(piece))
        if name := _opening_name(words):
            return name
        if agent := _agent(words):
            return agent
        if not _opens_with_deed(words):
            subject = subject_actor(words)
            if subject and (number == 0 or _names_somebody(subject) or _is_clause(words)):
                return subject
        if later := _later_actor(words):
            return later
    for pattern in (_BRACKET_TAIL, _DASH_TAIL):
        match = pattern.search(pieces[0]) or pattern.search(event)
        if match and (actor := _in_brackets(match["who"], pieces[0])):
            return actor
    return None


def _opens_with_deed(words: Sequence[Token]) -> bool:
    """ "Note pending pods", "Uncordoned the node": a verb without its subject, whatever its tag."""
    if len(words) < 2:
        return False
    first, behind = words[0], words[1]
    governs = behind.tag in ("DET", "POSS", "SUB") or behind.lower in ("that", "out", "up")
    if first.lower.endswith("ed") and governs:
        return True
    return (
        first.tag != "PROPN"
        and first.form in ("base", "")
        and (
            first.lemma in OBSERVES or (governs and first.tag in ("VERB", "NOUN") and opens_as_deed(words, 0))
        )
    )


def _later_actor(words: Sequence[Token]) -> str | None:
    """Who acts in a clause behind the first: "…, so Wei …", "Noted that live-2 …".

    A thing that merely is in some state there counts only where the first clause observes it, and never behind
    what people do with each other: "It was decided to move because the node failed" hides who decided.
    """
    observes = any(t.lemma in OBSERVES for t in words[:4])
    dealt = any(t.lemma in DEALINGS for t in words[:6])
    for i, word in enumerate(words[:-1]):
        joins = (
            word.tag in ("CONJ", "SUB", "WH")
            or word.lower == "that"
            or word.text in (",", ";", ":", "–", "—")
        )
        if not i or not joins:
            continue
        clause = _opening_skipped(list(words[i + 1 :]))
        verbal = clause and (
            clause[0].tag == "VERB" or (clause[0].lemma in BY_ITSELF and len(subject_of(clause)) == 1)
        )
        if not clause or verbal or not _is_clause(clause) or _opens_with_deed(clause):
            continue
        if name := _opening_name(clause):
            return name
        subject = subject_actor(clause)
        if subject and (
            _is_somebody(subject) or observes or (not dealt and word.tag != "SUB" and _acts(clause))
        ):
            return subject
    return None


def _is_medium(words: Sequence[Token]) -> bool:
    """Whether what follows "via" is a way to talk, or no more than another act."""
    phrase = [t for t in words[:4] if t.tag in ("DET", "POSS", "ADJ", "NOUN", "PROPN")]
    return not phrase or phrase[-1].lemma in MEDIA | ACTS or phrase[0].lemma in MEDIA


def _is_clause(words: Sequence[Token]) -> bool:
    """Whether a finite verb follows the subject, with no more than what belongs to the subject between them."""
    at = len(subject_of(words))
    if not at:
        return False
    for t in words[at : at + 7]:
        if t.tag in ("AUX", "MODAL") or (t.tag == "VERB" and t.form in ("past", "s", "base")):
            return True
        if (
            t.tag not in ("PREP", "DET", "NOUN", "PROPN", "ADJ", "NUM", "POSS", "ADV", "NEG")
            and t.form != "ing"
        ):
            return False
    return False


def _acts(clause: Sequence[Token]) -> bool:
    passive, _, _ = predicate(list(clause[len(subject_of(clause)) :]), infinitives=False)
    return not passive


def _is_somebody(subject: str) -> bool:
    words = tokens(subject)
    return any(t.tag == "PRON" or t.text.startswith("@") or t.lemma in PEOPLE for t in words) or (
        _PEOPLE_BY_NAME.kind_of(subject) in ("person", "role", "team")
    )


def _in_brackets(who: str, sentence: str) -> str | None:
    """A name behind the sentence, or the instrument that reported a state."""
    words = tokens(who)
    if words and all(t.tag in ("PROPN", "PUNCT") or t.text.startswith("@") for t in words):
        return who
    subject = subject_of(_opening_skipped(read_words(sentence)))
    named = subject and subject[-1].lemma not in ACTS and subject[0].lower not in EMPTY_SUBJECTS
    if _REPORTER.search(who) and named:
        return who
    return None


def _names_somebody(subject: str) -> bool:
    return any(t.tag in ("PROPN", "PRON") or t.text.startswith("@") for t in tokens(subject))


def _opening_skipped(words: list[Token]) -> list[Token]:
    """Without adverbs and prepositional phrases before the subject ("After the restart, …", "At first …")."""
    while words and words[0].tag == "PUNCT":
        words = words[1:]
    gerund = bool(words) and words[0].tag == "VERB" and words[0].form == "ing"
    if words and (words[0].tag in ("PREP", "SUB", "TO") or gerund):
        comma = next((i for i, t in enumerate(words) if t.text == ","), None)
        if gerund and any(t.form in ("past", "s") and t.tag in ("VERB", "AUX") for t in words[1:comma]):
            return words  # "Routing server came up and …": a noun that is a verb's form elsewhere
        if comma is not None and comma + 1 < len(words):
            return _opening_skipped(words[comma + 1 :])
        article = next((i for i, t in enumerate(words) if i > 1 and t.tag in ("DET", "POSS", "PRON")), None)
        if article and words[0].tag == "PREP" and words[article - 1].tag in ("NOUN", "PROPN", "NUM"):
            return words[article:]  # "In Ghent the print agents stopped"
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
    """`by Wei` behind a participle, `via Terraform` behind any deed, `from a customer` behind a report."""
    for i, word in enumerate(words[:-1]):
        if word.lower == "to" and i and words[i - 1].lower == "according":
            return " ".join(t.text for t in words[i + 1 : i + 3] if t.tag in ("DET", "NOUN", "PROPN")) or None
        if word.lower not in ("by", "from", "via", "through", "using") or i == 0:
            continue
        spelled = [
            t for t in words[i + 1 :] if not (t.tag == "NUM" and t.text.isalpha())
        ]  # "by one developer"
        follower = next((t for t in spelled if t.tag not in ("DET", "POSS")), words[i + 1])
        acts = sum(t.tag == "VERB" and t.form in ("past", "part") for t in words[:i])
        done = acts or any(t.lower in ACTS for t in words[:i])
        if (
            follower.tag in ("NUM", "VERB", "PUNCT")
            or follower.lemma in BY_NOT_AGENT
            or follower.text[0].isdigit()
        ):
            continue
        if word.lower == "by" and acts != 1:
            continue
        if word.lower == "from" and not any(t.lemma in REPORTS for t in words[:i]):
            continue
        if word.lower in ("via", "through", "using") and (not done or _is_medium(words[i + 1 :])):
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
