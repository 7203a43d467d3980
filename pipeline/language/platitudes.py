"""Tells sentences that say something of one incident from those that would stand in any report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.language.clauses import clauses
from pipeline.language.lexicon import word_set
from pipeline.language.people import People
from pipeline.language.words import Token, tokens

# The parts of a report, by which it speaks of itself.
_REPORT = word_set(
    "postmortem post-mortem report document lesson learning takeaway insight item action follow-up timeline chronology "
    "cause analysis investigation summary impact detection resolution prevention factor finding review template section"
)
_WRITING = word_set(
    "write document list capture record identify complete create share describe summarise summarize note provide include "
    "define assign file agree discuss update publish analyse analyze perform conduct review finish prepare collect "
    "communicate learn understand determine establish address close finalise finalize track log "
    "gather find draw remediate draft"
)
_AUXILIARY = word_set(
    "do have be make hold carry take confident result"
)  # these go with it, and say nothing of writing
# What any report speaks of, whatever broke.
_COMMON_NOUNS = word_set(
    "team teams engineer engineering staff people everyone everybody anybody somebody colleague stakeholder customer user "
    "management leadership incident outage issue problem event situation failure error mistake time way manner fashion "
    "thing something everything lot detail example number part case place future today moment hour day process procedure "
    "practice policy plan planning strategy culture collaboration teamwork communication coordination cooperation "
    "knowledge awareness training skill experience responsibility ownership accountability monitoring observability "
    "visibility alert alerting alarm testing test check review documentation document runbook playbook backup change "
    "deployment deploy release configuration config production environment system service infrastructure application "
    "tool tooling platform response responder reaction recovery resolution detection prevention mitigation improvement "
    "opportunity importance value need effort priority risk quality reliability resilience stability performance impact "
    "root cause lesson learning takeaway action item step measure work job area step-up side end start right wrong attention "
    "care caution solution help support information data feedback discussion decision role process-wide best next first "
    "well hindsight overall general success room standard operation business organisation organization company bit hand "
    "measure factor circumstance condition combination interplay chain insight finding depth explanation party board strength "
    "robustness control component whole extent degree course matter question point look fault session stakeholder "
    "one ones other others more better good great kind sort week month year fix"
)
_COMMON_VERBS = word_set(
    "be have do make get take give go come need want learn know see show find help improve test check monitor review "
    "respond communicate document change deploy release happen occur work use ensure prepare plan prevent avoid detect "
    "resolve fix identify handle manage act react understand think keep become matter consider follow update add create "
    "write share discuss coordinate collaborate pay remember allow let try start continue lead cause affect require "
    "recover restore mitigate solve increase reduce train define clarify escalate demonstrate highlight remain tell say "
    "perform complete support feel go_on put set look implement develop strengthen enhance establish maintain run"
)
_COMMON_ADJECTIVES = word_set(
    "important essential critical crucial key vital necessary useful helpful good better best bad worse great quick fast "
    "faster slow timely effective efficient clear clearer strong proper thorough full complete detailed sufficient careful "
    "proactive continuous whole all more many much other new old early earlier late later same different several own "
    "technical organisational organizational human procedural appropriate suitable agreed preventive corrective various single "
    "complex harmless unfortunate latent underlying further existing relevant necessary affected involved concrete "
    "prepared risky ready able possible hard easy easier difficult big small high low long short overall general common "
    "regular open close real due next last first second similar future potential main major minor right wrong well"
)
_TO_BE_HELD = re.compile(
    r"\W*(?:we|the \w+|an? \w+|this|it|they|lessons|details|measures)\b(?: \w+){0,2} (?:will|shall|(?:is|are) (?:going|yet|still) to|plans? to|(?:has|have) yet to)\b",
    re.IGNORECASE,
)
_LATER_WORK = re.compile(
    r"\b(?:session|review|workshop|retrospective|meeting|lessons?|decide|clarif\w+|add(?:ed)?|complete[d]?|fill(?:ed)?|explanation|write|written)\b"
    r".*\b(?:when|once|as soon as|after|later|soon|next|until|follow\w*)\b",
    re.IGNORECASE,
)
# Where reports are kept, and to whom they are shown.
_KEPT = (
    _COMMON_NOUNS
    | _REPORT
    | word_set(
        "minute minutes meeting wiki ticket tracker session workshop retrospective file folder page confluence jira board log register "
        "database department participant record annex appendix checklist mail presentation slide intranet tool channel forum audience group unit "
        "all others protocol archive library repository"
    )
)
_PLACED = re.compile(r"\s(?:in|on|with|by|to|at|among|within|for)\s[^,;:–—]*$", re.IGNORECASE)
_PLAIN = re.compile(r"□|\d")
_POINTING = re.compile(
    r"\b(?:below|above|following|here|attached|elsewhere|see|next)\b|[:：]\s*$", re.IGNORECASE
)
_OPEN_VERB = re.compile(
    r"\W*(?:(?:to|will|still (?:to|needs? to)) be|pending|awaiting|tb[acd]|to ?do\b[\s:,-]*|fill in)\b[\w\s,/-]{0,60}\W*",
    re.IGNORECASE,
)


def is_specific(text: str) -> bool:
    """Whether a sentence names enough of its own that it could not be pasted into another report."""
    if _PLAIN.search(text):
        return True
    return len({t.lemma for t in _own(text)}) >= 2


def names_something(text: str) -> bool:
    """Whether a sentence names anything at all that not every report speaks of."""
    return bool(_PLAIN.search(text)) or any(True for _ in _own(text))


def is_errand(text: str, people: People) -> bool:
    """Whether the sentence tells what to do rather than what was learned."""
    told = clauses(text, people)
    if not told:
        return False
    main = told[0]
    if any(
        c.mood == "finite" and c.subject and not c.modal and c.connective in ("", ";", ",", "and")
        for c in told[1:]
    ):
        return False  # it goes on to say how things are
    if main.mood == "imperative" or (main.implied and words_of(text)[0].form == "base"):
        return True
    asked = main.modal in ("should", "must", "will") or main.verb in ("need", "plan")
    return asked and (main.human or main.implied)


def only_asserts_existence(text: str, *, alone: bool = False) -> bool:
    """ "Lessons are documented": that a part of the report is there, and nothing of what it says. With nothing beside it
    (`alone`), "… are recorded here" leads nowhere either."""
    words = [t for t in words_of(_unplaced(text)) if t.tag in ("NOUN", "PROPN", "VERB", "ADJ", "AUX")]
    if not words or "□" in text or (_POINTING.search(text) and not alone):
        return False
    nouns = [t for t in words if t.tag in ("NOUN", "PROPN")]
    # "Captured and communicated.": what the heading says is what was
    named = (not nouns and words_of(text)[0].tag == "VERB") or any(
        t.lemma in _REPORT for t in words if t.tag in ("NOUN", "PROPN", "ADJ")
    )
    written = any(t.lemma in _WRITING for t in words if t.tag in ("VERB", "AUX", "ADJ"))
    known = _REPORT | _WRITING | _AUXILIARY | _COMMON_NOUNS | _COMMON_ADJECTIVES
    return named and written and all(t.lemma in known or t.lower in known for t in words)


def _unplaced(text: str) -> str:
    """Without where the part is kept and whom it was shown to: "… are recorded in the minutes of the meeting"."""
    match = _PLACED.search(text)
    if match is None:
        return text
    nouns = [t for t in words_of(match[0])[1:] if t.tag in ("NOUN", "PROPN")]
    if not all(t.lemma in _KEPT or t.lower in _KEPT for t in nouns):
        return text
    return text[: match.start()]


def is_put_off(text: str) -> bool:
    """ "To be completed after the review": an announcement in place of words."""
    if _TO_BE_HELD.match(text) and _LATER_WORK.search(text):
        return True
    return bool(_OPEN_VERB.fullmatch(text)) or text.strip().lower().startswith("lorem ipsum")


def words_of(text: str) -> list[Token]:
    return [t for t in tokens(text) if t.tag != "PUNCT"]


def _own(text: str) -> Iterator[Token]:
    """The content words that are not everybody's."""
    for t in words_of(text):
        if t.tag in ("NOUN", "PROPN"):
            common = _COMMON_NOUNS | _COMMON_ADJECTIVES | _COMMON_VERBS
        elif t.tag == "VERB":
            common = _COMMON_VERBS | _COMMON_NOUNS
        elif t.tag == "ADJ":
            common = _COMMON_ADJECTIVES | _COMMON_NOUNS | _COMMON_VERBS
        else:
            continue
        if t.lemma not in common and t.lower not in common:
            yield t
