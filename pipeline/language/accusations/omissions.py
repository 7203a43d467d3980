"""B: weak charges, which a stated condition explains: an omitted duty, a slip, something done wrongly."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.language.accusations.reading import Charge, Reading, span, target_of
from pipeline.language.accusations.rescue import condition
from pipeline.language.accusations.wrong_acts import amiss, told_as_done, wrongly
from pipeline.language.agency import speaks_to_people
from pipeline.language.clauses import Clause
from pipeline.language.lemmas import lemma, verb_lemma
from pipeline.language.lexicon import word_set, words

_OMISSION = words("conduct", "omission")
_DUTY = words("conduct", "duty") | _OMISSION
_SLIP = words("conduct", "slip") | {"omit"}
# Only with an object that names a duty: "did not run the checklist", not "did not run the importer".
_NEEDS_DUTY_OBJECT = word_set(
    "run use perform complete stop write remove update record log raise pay flag wait involve do make carry conduct give "
    "fill send"
)
_DUTY_NOUNS = word_set(
    "review approval test testing verification permission notice warning check checking consultation sign-off signoff "
    "announcement coordination authorisation authorization communication heads-up dry-run rehearsal validation "
    "confirmation supervision consent checklist oversight backup signature countersignature proof permit precaution "
    "safeguard plan test word"
)
_DUTY_OBJECTS = _DUTY_NOUNS | word_set(
    "sheet form logbook alarm report word handover control runbook procedure step guide playbook drill template tests checks steps process documentation docs instructions "
    "attention policy ticket alert page warning concern sheet form logbook alarm notice key report"
)
_UNMISSED = word_set(
    "slo sla target window data request minute hour second point chance opportunity meeting lunch point mark"
)
_TELLING = word_set(
    "notify tell inform announce communicate warn escalate respond answer follow consult alert"
)
_DELAY = word_set("until till yet")


def find_omissions(reading: Reading) -> Iterator[Charge]:
    """Each weak charge, with the condition that rescues it where there is one."""
    if reading.question:
        return
    for clause in reading.clauses:
        reason = (
            _omitted(reading, clause)
            or _slipped(reading, clause)
            or wrongly(reading, clause)
            or amiss(reading, clause)
        )
        if reason:
            start, end = span(reading, clause.first, clause.main)
            yield _weigh(reading, clause, start, end, reason)
    yield from _without(reading)
    yield from _listed(reading)


def _weigh(reading: Reading, clause: Clause, start: int, end: int, reason: str) -> Charge:
    rescued = condition(reading, clause)
    despite = _despite(reading, clause)
    if despite:
        return Charge(start, end, "fault", target_of(clause.party), "strong", despite)
    return Charge(start, end, "fault", target_of(clause.party), "weak", reason, rescued)


def _despite(reading: Reading, clause: Clause) -> str | None:
    """A weak charge against somebody who is said to have known."""
    for i, low in enumerate(reading.lowered):
        if low in ("despite", "although", "though", "notwithstanding") or reading.lowered[i : i + 2] in (
            ["in", "spite"],
            ["even", "though"],
        ):
            rest = reading.lemmas[i + 1 : i + 8]
            if any(
                w in rest
                for w in ("know", "warn", "warning", "tell", "remind", "reminder", "ask", "instruct")
            ):
                return "a person is said to have known better"
    return None


def _foreign_past(reading: Reading, clause: Clause) -> bool:
    """ "he forget to open the port": a bare form after a singular subject is meant as a past."""
    verb = reading.words[clause.main]
    singular = clause.party.kind in ("person", "role") and clause.party.target == "person"
    return (
        clause.mood == "finite"
        and not clause.modal
        and verb.form == "base"
        and clause.head == clause.main
        and singular
        and (clause.subject.split()[-1].lower() not in ("you", "somebody", "anyone"))
    )


def _omitted(reading: Reading, clause: Clause) -> str | None:
    """B1: did not check; nobody verified; never tested."""
    if clause.passive:
        by_people = clause.agent and reading.doer(clause.agent).human
        if not by_people or not clause.negated or clause.tense != "past":
            return None
    elif not (clause.human or clause.implied) or " by " in reading.text[clause.start : clause.end]:
        return None  # "not reported by users": passive, whatever is left out
    if clause.party.target == "external" and (
        clause.verb not in _TELLING or clause.subject.lower().startswith("no")
    ):
        return None  # what customers did not do is no duty of theirs; a vendor may owe a notice
    if _told_nobody(clause):
        return "a person is charged with having told nobody"
    if _would_not(reading, clause):
        return "people are said to have been unwilling"
    if not clause.negated or clause.verb not in _OMISSION or not told_as_done(clause):
        return None
    if clause.tense == "present" and "never" not in reading.lowered[clause.head : clause.main]:
        return None  # "have not checked yet"
    if clause.verb == "call" and clause.particle in ("out", "off"):
        return None
    if clause.verb in _NEEDS_DUTY_OBJECT and not _is_duty(reading, clause):
        return None
    if _delayed(reading, clause):
        return None
    return "a person is charged with an omission"


def _told_nobody(clause: Clause) -> bool:
    """ "merged it and told nobody": the denial stands in the object."""
    nobody = clause.object.lower() in ("nobody", "no one", "no-one", "noone", "none")
    return nobody and clause.verb in _DUTY and told_as_done(clause) and not clause.negated


def _would_not(reading: Reading, clause: Clause) -> bool:
    """ "would not read the notice": a refusal, told of the past."""
    told = clause.modal == "would" and clause.negated and not clause.perfect
    return told and clause.human and clause.verb in _OMISSION and not reading.has("if", "unless", "otherwise")


def _is_duty(reading: Reading, clause: Clause) -> bool:
    """Whether what was left undone is a duty by its name: the checklist, the handover sheet."""
    head = lemma(clause.object.split()[-1].lower()) if clause.object else ""
    if head in _DUTY_OBJECTS:
        return True
    light = clause.verb in ("do", "make", "give", "send", "carry", "conduct")
    return not light and any(w in _DUTY_OBJECTS for w in reading.lemmas[clause.main + 1 : clause.last])


def _delayed(reading: Reading, clause: Clause) -> bool:
    """ "did not escalate until 14:40": told as a delay."""
    tail = reading.words[clause.main + 1 :]
    for i, token in enumerate(tail[:-1]):
        if token.lower in _DELAY:
            return True
        if token.lower == "for" and tail[i + 1].tag == "NUM":
            return True
    return bool(tail) and tail[-1].lower in _DELAY


def _slipped(reading: Reading, clause: Clause) -> str | None:
    """B2: forgot, missed, overlooked, skipped."""
    if clause.verb not in _SLIP or clause.negated or clause.progressive:
        return None
    if clause.passive:
        if not (clause.agent and reading.doer(clause.agent).human):
            return None
    elif not clause.human and not (clause.implied and clause.tense == "past"):
        return None
    foreign = bool(clause.subject) and _foreign_past(reading, clause)
    if not told_as_done(clause) and not _gerund_of_past(reading, clause) and not foreign:
        return None
    if clause.verb == "miss" and clause.object and lemma(clause.object.split()[-1].lower()) in _UNMISSED:
        return None
    if (
        clause.implied
        and not clause.human
        and clause.verb in ("miss", "skip")
        and not (speaks_to_people(clause.object) or _is_duty(reading, clause))
    ):
        return None
    return f"a person is charged with a slip ({clause.verb})"


def _gerund_of_past(reading: Reading, clause: Clause) -> bool:
    parent = reading.parent(clause)
    return clause.mood == "gerund" and parent is not None and parent.tense == "past" and parent.human


def _without(reading: Reading) -> Iterator[Charge]:
    """ "deployed without telling anyone", "merged it with no review", "instead of asking"."""
    for i, low in enumerate(reading.lowered):
        named = low == "without" or reading.lowered[i : i + 2] == ["with", "no"]
        instead = reading.lowered[i : i + 2] in (["instead", "of"], ["rather", "than"])
        if not named and not instead:
            continue
        acting = next((c for c in reversed(reading.clauses) if c.main < i and c.mood == "finite"), None)
        if acting is None:  # "Without telling anyone, Priya deployed"
            acting = next((c for c in reading.clauses if c.main > i and c.mood == "finite"), None)
        if acting is None or acting.passive or acting.modal or acting.negated:
            continue
        somebody = acting.human or acting.party.open in ("they", "name")
        if not (somebody or (acting.implied and acting.tense == "past")) or acting.tense != "past":
            continue
        gerund = next(
            (c for c in reading.clauses if c.head in (i + 1, i + 2, i + 3) and c.mood == "gerund"), None
        )
        end: int | None = None
        if (
            gerund is not None
            and gerund.verb in _DUTY
            and (gerund.verb not in _NEEDS_DUTY_OBJECT or _is_duty(reading, gerund))
        ):
            end = gerund.main
        elif not instead:
            found = reading.phrase_after(i + 1)
            if found is not None and reading.words[found[1] - 1].lemma in _DUTY_NOUNS:
                end = found[1] - 1
        if end is None:
            continue
        start, stop = span(reading, i, end)
        yield _weigh(reading, acting, start, stop, "a person is said to have left out a duty")


def _listed(reading: Reading) -> Iterator[Charge]:
    """ "Not using the checklist", "skipping the canary": an item that names an omission or a slip."""
    start = next((i for i, t in enumerate(reading.words) if t.tag != "PUNCT"), len(reading.words))
    rest = reading.words[start:]
    if len(rest) < 3 or any(c.mood == "finite" and not c.implied for c in reading.clauses):
        return
    denied = rest[0].lower in ("not", "never")
    at = start + (2 if denied and rest[1].tag == "ADV" else 1 if denied else 0)
    verb = reading.words[at]
    if not verb.lower.endswith("ing"):
        return
    base = verb_lemma(verb.lower)
    tail = reading.lemmas[at + 1 :]
    omitted = (
        denied
        and base in _OMISSION
        and (base not in _NEEDS_DUTY_OBJECT or any(w in _DUTY_OBJECTS for w in tail))
    )
    slipped = not denied and base in _SLIP | {"ignore", "neglect", "disregard"}
    slipped = slipped and len(rest) <= 8 and reading.words[at + 1].tag in ("DET", "POSS", "PRON")
    if omitted or slipped:
        rescued = condition(reading, reading.clauses[0]) if reading.clauses else None
        yield Charge(
            rest[0].start, verb.end, "fault", "implied", "weak", "an omission stands as a finding", rescued
        )
