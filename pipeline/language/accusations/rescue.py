"""Whether a weak charge is explained: by a condition of information, tooling, process, workload or design."""

from __future__ import annotations

import re

from pipeline.language.accusations.reading import Reading
from pipeline.language.clauses import Clause, clauses
from pipeline.language.lexicon import word_set, words
from pipeline.language.people import People
from pipeline.language.words import tokens

_KNOWLEDGE = words("conduct", "knowledge") | word_set("assume believe think suppose trust rely mistake")
_ALWAYS_DEFICIENT = words("deficiency", "always")
_DEFICIENCY = words("deficiency")
_BECAUSE = word_set("because since as given cause cuz coz cos bc")
_BECAUSE_OF = (
    "because of",
    "due to",
    "owing to",
    "as a result of",
    "on account of",
    "for lack of",
    "in the absence of",
)
_ASIDE = word_set("; : — – - ( , which where while when whose")
_WORKLOAD = word_set(
    "handle cover deal juggle run work manage firefight answer page interrupt overload pull wake fatigue exhaust tire "
    "restore mitigate respond hold investigate debug support staff"
)
# Nouns whose state explains what people could know or do.
_CONDITION_NOUNS = words("conditions")
# Verbs and adjectives by which such a thing says what it lacks or how it is made.
_STATIVE = word_set(
    "be have lack show say list mention require share use allow accept look read describe assume give offer hide "
    "display default contain include cover point route go warn ask support provide exist appear depend expire sit "
    "stand live omit name call differ match resemble mark tell indicate suggest state document recommend instruct "
    "report claim return send reach post mute archive disable remove rotate"
)
# Means whose absence explains; "with no approval" is the charge itself.
_MEANS = word_set(
    "access staging environment tool tooling runbook playbook documentation docs dashboard alert alerting monitoring "
    "metric log sandbox handover training time pressure staff backup replacement test-system hardware network vpn phone"
)
_LINKED_AFTER = re.compile(
    r"^\s*(?:this|that|it|the reason|the cause|reason)?\s*(?:is|was|were|happened|came)?\s*"
    r"(?:because|since|due to|owing to|the reason (?:was|is|being)|explained by)\b"
    r"|^\s*(?:the reason (?:was|is|for this)|reason:)",
    re.IGNORECASE,
)
_LED = re.compile(r"\b(?:which (?:led|made|caused|meant)|so|therefore|hence|thus|meaning)\b", re.IGNORECASE)
_WHY = re.compile(r"^\s*(?:\d+[.)]\s*)?why\b[^?]*\?\s*", re.IGNORECASE)


def condition(reading: Reading, charged: Clause) -> str | None:
    """The words of the condition that explains the charged clause, or None."""
    return (
        _linked(reading, charged)
        or _beside(reading, charged)
        or _leading(reading, charged)
        or told_beside(reading)
    )


def _linked(reading: Reading, charged: Clause) -> str | None:
    """ "because the pager was silent", "due to a stale runbook"."""
    for clause in reading.clauses:
        if clause is charged or clause.connective not in _BECAUSE:
            continue
        if clause.first > charged.main or clause.first < charged.first:
            if clause.connective in ("since", "as") and clause.mood != "finite":
                continue
            if _explains(reading.text, clause, reading.people, strict=False):
                return _words(reading, clause)
    low = " ".join(reading.lowered)
    for phrase in _BECAUSE_OF:
        at = low.find(phrase + " ")
        if at >= 0:
            index = len(low[:at].split()) + len(phrase.split())
            found = reading.phrase_after(index)
            rest = reading.lemmas[index : index + 8]
            if found is None or any(w in _DEFICIENCY for w in rest):
                continue
            gerund = found[1] < len(reading.words) and reading.words[found[1]].form == "ing"
            if not reading.party(*found).human or gerund or reading.words[found[1] - 1].lower == "being":
                return reading.text[reading.words[found[0]].start : reading.words[found[1] - 1].end]
    return None


def _beside(reading: Reading, charged: Clause) -> str | None:
    """A clause of the same sentence that tells a state of tools, information or workload."""
    for clause in reading.clauses:
        if clause is charged or clause.mood not in ("finite",) or clause.first <= charged.first < clause.main:
            continue
        if clause.verb == "be" and clause.object and clause.object == charged.subject:
            continue  # "it was Svetlana who ...": no state of anything
        if clause.connective in ("if", "that", "what", "who", "how") or clause.parent == _index(
            reading, charged
        ):
            continue
        if clause.connective not in _ASIDE and clause.connective not in ("", ","):
            continue
        if _explains(reading.text, clause, reading.people, strict=True):
            return _words(reading, clause)
    low = reading.lowered
    for i, word in enumerate(low):
        if word == "while" and i + 1 < len(low) and reading.words[i + 1].form == "ing":
            if reading.words[i + 1].lemma in _WORKLOAD:
                return reading.text[reading.words[i].start :]
        if low[i : i + 2] in (
            ["with", "no"],
            ["without", "access"],
            ["under", "time"],
            ["under", "pressure"],
        ):
            if any(w in _MEANS for w in reading.lemmas[i + 1 : i + 6]):
                return reading.text[reading.words[i].start :]
        if word == "after" and any(t.tag == "NUM" for t in reading.words[i + 1 : i + 3]):
            if any(w in ("hour", "page", "shift", "night") for w in reading.lemmas[i + 1 : i + 6]) and any(
                w in ("call", "shift", "duty", "row", "page", "incident")
                for w in reading.lemmas[i + 1 : i + 9]
            ):
                return reading.text[reading.words[i].start :]
    return None


def _leading(reading: Reading, charged: Clause) -> str | None:
    """ "The prompt shows no environment, so Sam mistyped it"."""
    if charged.connective not in ("so", "therefore", "hence") and not _LED.search(
        reading.text[: reading.words[charged.first].start][-25:]
    ):
        return None
    for clause in reading.clauses:
        if clause.main < charged.first and clause.mood == "finite":
            if _explains(reading.text, clause, reading.people, strict=False):
                return _words(reading, clause)
    return None


def told_beside(reading: Reading) -> str | None:
    """A neighbouring sentence that is tied to this one by a linking word, or answers "why" about it."""
    after = reading.after.strip()
    asked = _WHY.match(after)
    if asked:
        after = after[asked.end() :]
        return _holds(after, reading.people) if after else None
    if _LINKED_AFTER.search(after):
        return _holds(after, reading.people)
    before = reading.before.strip()
    if before and re.match(
        r"\s*(?:so|therefore|hence|as a result|because of (?:this|that)|consequently)\b", reading.text, re.I
    ):
        return _holds(before, reading.people)
    return None


def _holds(sentence: str, people: People) -> str | None:
    """The sentence itself, where it states a condition and no deficiency."""
    if not sentence or any(t.lemma in _DEFICIENCY or t.lower in _DEFICIENCY for t in tokens(sentence)):
        return None
    found = clauses(sentence, people)
    if not found:
        return sentence
    return sentence if any(_explains(sentence, c, people, strict=False) for c in found) else None


def _explains(text: str, clause: Clause, people: People, *, strict: bool) -> bool:
    """Whether a clause states a condition. `strict`: nothing ties it to the charge, so only a state of
    information, tooling or process counts, and no consequence."""
    said = tokens(text)[clause.first : clause.last]
    failings = _DEFICIENCY if clause.human or clause.implied else _ALWAYS_DEFICIENT
    if any(t.lemma in failings or t.lower in failings for t in said):
        return False
    if clause.human:
        if clause.verb in _KNOWLEDGE and not strict:
            return True
        if (
            clause.verb in _KNOWLEDGE
            and clause.negated
            and clause.verb not in ("think", "want", "need", "intend")
        ):
            return True
        informed = clause.passive and clause.verb in (
            "tell",
            "inform",
            "give",
            "train",
            "page",
            "show",
            "ask",
            "grant",
            "instruct",
            "interrupt",
            "call",
            "pull",
            "wake",
        )
        loaded = clause.verb in _WORKLOAD and (clause.progressive or clause.perfect)
        unable = clause.modal in ("can", "could") and clause.negated
        lacking = clause.verb in ("have", "lack") and (
            clause.negated or " no " in f" {clause.object.lower()} "
        )
        staffed = any(t.lemma in _CONDITION_NOUNS for t in said[clause.main - clause.first :]) and not strict
        return (
            informed
            or loaded
            or unable
            or lacking
            or (
                staffed
                and clause.verb in ("be", "have", "run", "use", "read", "follow", "see", "look", "rely")
            )
        )
    if not strict:
        return not clause.implied or clause.passive
    subject = tokens(clause.subject)
    known = any(t.lemma in _CONDITION_NOUNS or t.lower in _CONDITION_NOUNS for t in subject)
    known = (
        known
        or clause.subject.lower() in ("it", "they", "both", "which", "that")
        or clause.subject.lower().startswith(("both ", "no ", "nothing", "there"))
    )
    present = clause.tense == "present"
    stative = clause.verb in _STATIVE or clause.passive
    # Present tense tells how a thing is made; past tense may tell what came of it.
    before = clause.perfect and clause.tense == "past"  # "the pager app had logged him out"
    return (known and stative) or ((present or before) and clause.subject != "" and not clause.implied)


def _words(reading: Reading, clause: Clause) -> str:
    return reading.text[clause.start : clause.end].strip(" ,;")


def _index(reading: Reading, clause: Clause) -> int:
    return reading.clauses.index(clause)
