"""A6: sanction, retraining aimed at people, exhortation to be careful."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.language.accusations.reading import Charge, Reading, span, target_of
from pipeline.language.clauses import Clause
from pipeline.language.lexicon import word_set, words
from pipeline.language.people import Party, Target

_SANCTION = words("conduct", "sanction")
_RETRAIN = words("conduct", "retrain")
_REMIND = words("conduct", "remind")
_TRAINING = word_set(
    "e-learning elearning curriculum certification exam induction training course refresher workshop class lesson module retraining re-training coaching"
)
_UNDERGO = word_set("repeat attend complete undergo take retake redo receive get do need require sit pass")
_AGAIN = word_set(
    "refresher again repeat retake redo mandatory remedial another compulsory re-training retraining"
)
_ACCESS = word_set(
    "bonus pay salary promotion allowance access permission privilege right credential badge role clearance authority login"
)
_REVOKE = word_set(
    "withhold deny reduce dock freeze revoke remove withdraw strip suspend cut rescind take disable restrict lose downgrade"
)
_ROTA = word_set("rotation rota on-call oncall roster team project shift schedule role position")
_CARE = word_set(
    "careful vigilant diligent mindful cautious attentive alert disciplined thorough rigorous conscientious responsible "
    "meticulous conscious aware proactive focused focussed considerate accountable serious professional cooperative"
)
_OBLIGE = word_set("must should shall will ought need would")
_VIRTUES = word_set(
    "vigilance care attention diligence caution discipline rigour rigor attentiveness carefulness focus responsibility professionalism"
)
_NO_WARNING = word_set("disciplinary reprimand reprimands")
_NEUTRAL = word_set("leave move join retire change switch transfer expire rotate migrate onboard request ask")


def find_sanctions(reading: Reading) -> Iterator[Charge]:
    for clause in reading.clauses:
        yield from _sanctioned(reading, clause)
        yield from _access(reading, clause)
        yield from _trained(reading, clause)
        yield from _exhorted(reading, clause)
        yield from _reminded(reading, clause)
        yield from _off_the_rota(reading, clause)
    yield from _consequences(reading)
    yield from _demanded(reading)


def _charge(reading: Reading, first: int, last: int, target: Target, reason: str) -> Charge:
    start, end = span(reading, first, last)
    return Charge(start, end, "punitive", target, "strong", reason)


def _patient(reading: Reading, clause: Clause) -> Party:
    return clause.party if clause.passive else reading.people.party_of(clause.object)


def _sanctioned(reading: Reading, clause: Clause) -> Iterator[Charge]:
    if clause.negated or reading.question:
        return
    patient = _patient(reading, clause)
    if clause.verb in _SANCTION and patient.human and patient.target != "external":
        if (
            clause.verb in ("reassign", "fine", "counsel", "bench", "ban", "terminate", "suspend", "dismiss")
            and not clause.passive
            and patient.kind != "person"
        ):
            return
        if clause.verb == "reassign" and not _consequence(reading):
            return
        yield _charge(
            reading, clause.first, clause.main, target_of(patient), "a sanction is imposed on people"
        )
    elif (
        clause.verb in ("let", "write")
        and patient.human
        and reading.lowered[clause.main + 1 : clause.main + 2] in (["go"], ["up"])
        and clause.passive
    ):
        yield _charge(
            reading, clause.first, clause.main + 1, target_of(patient), "a sanction is imposed on people"
        )
    elif clause.verb in ("remove", "take", "pull", "drop", "exclude", "bar") and patient.human:
        tail = reading.lemmas[clause.main + 1 : clause.last]
        if ("from" in tail or "off" in tail) and any(w in _ROTA for w in tail) and not reading.has(*_NEUTRAL):
            yield _charge(
                reading, clause.first, clause.main, target_of(patient), "somebody is taken off as a sanction"
            )
    elif clause.verb == "hold":
        low = reading.lowered[clause.main : clause.last]
        if patient.human and any(w in low for w in ("accountable", "responsible", "liable")):
            yield _charge(
                reading, clause.first, clause.main, target_of(patient), "people are held to account"
            )


def _consequence(reading: Reading) -> bool:
    return reading.has("consequence") or any(
        reading.lowered[i : i + 2]
        in (["after", "the"], ["following", "the"], ["for", "this"], ["after", "this"])
        for i in range(len(reading.lowered))
    )


def _access(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """One person's access is taken; a permission changed for a role or for everybody is none."""
    if clause.verb not in _REVOKE or clause.negated or reading.question:
        return
    begin, end = (clause.first, clause.head) if clause.passive else (clause.main + 1, clause.last)
    for i in range(begin, min(end, len(reading.words))):
        if reading.words[i].lemma in _ACCESS:
            owner = reading.owner(i)
            if clause.verb == "lose" and clause.human:
                owner = clause.party if clause.party.kind == "person" else Party("unknown")
                if not (_consequence(reading) or clause.modal):
                    return
            single = owner.human and owner.kind in ("person", "role") and owner.target != "external"
            explained = any(c.verb in _NEUTRAL for c in reading.clauses if c is not clause)
            if single and not explained:
                yield _charge(
                    reading,
                    clause.first,
                    max(i, clause.main),
                    target_of(owner),
                    "one person's access is taken",
                )
            return


def _trained(reading: Reading, clause: Clause) -> Iterator[Charge]:
    if clause.negated or reading.question:
        return
    patient = _patient(reading, clause)
    if clause.verb in _RETRAIN:
        who = clause.party if clause.verb.startswith("refamil") and not clause.passive else patient
        if who.human and (clause.verb not in ("mentor", "coach", "school") or clause.mood != "gerund"):
            yield _charge(reading, clause.first, clause.main, target_of(who), "retraining is aimed at people")
        return
    planned = bool(clause.modal) or clause.mood in ("infinitive", "imperative") or clause.tense == "future"
    refreshed = clause.verb in ("refresh", "brush") and reading.has("knowledge", "skill", "memory")
    if refreshed and clause.human and planned:
        yield _charge(
            reading, clause.first, clause.main, target_of(clause.party), "retraining is aimed at people"
        )
    if clause.verb in _UNDERGO and clause.human and (planned or clause.verb in ("need", "require")):
        tail = reading.words[clause.main + 1 : clause.last]
        if any(t.lower in _TRAINING for t in tail):
            again = any(t.lower in _AGAIN for t in reading.words) or clause.verb in _AGAIN
            if clause.party.kind in ("person", "role") or again:
                yield _charge(
                    reading,
                    clause.first,
                    clause.main,
                    target_of(clause.party),
                    "retraining is aimed at people",
                )
    elif clause.verb in ("send", "give", "enrol", "enroll") and patient.human and patient.kind == "person":
        if any(t.lower in _TRAINING for t in reading.words[clause.main :]):
            yield _charge(
                reading, clause.first, clause.main, target_of(patient), "retraining is aimed at people"
            )


def _exhorted(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "must be more careful", "please pay attention", "think before you deploy"."""
    if reading.question or (clause.negated and clause.verb != "be") or clause.perfect:
        return
    urged = (
        clause.modal in _OBLIGE
        or _needs(reading, clause)
        or (clause.implied and clause.tense in ("present", "none"))
    )
    urged = urged or (clause.mood == "imperative" and reading.lowered[:1] in (["let"], ["lets"], ["let's"]))
    asked = clause.mood == "infinitive" and not clause.implied
    if not (urged or asked) or not (clause.human or clause.implied):
        return
    tail = reading.lowered[clause.main + 1 : clause.main + 8]
    joined = " ".join(reading.lowered[clause.main : clause.main + 7])
    care = clause.verb in ("be", "become", "remain", "stay", "get") and any(w in _CARE for w in tail[:4])
    if (
        care
        and any(w in ("aware", "alert", "conscious", "responsible", "accountable") for w in tail[:4])
        and "more" not in tail
    ):
        care = False
    attention = clause.verb == "pay" and "attention" in tail
    careful = clause.verb in ("take", "exercise", "use", "apply", "show") and any(
        w in ("care", "caution", "discipline", "diligence") for w in tail[:4]
    )
    careful = careful and "of" not in tail[:3]
    think = clause.verb == "think" and any(w in tail for w in ("twice", "before", "first", "harder"))
    effort = joined.startswith(
        (
            "try harder",
            "do better",
            "work harder",
            "step up",
            "concentrate more",
            "focus more",
            "learn to ",
            "know better",
        )
    )
    serious = (
        clause.verb == "take" and "seriously" in reading.lowered[clause.main :] and clause.modal in _OBLIGE
    )
    if care or attention or careful or think or effort or serious:
        if asked and not urged:
            above = reading.parent(clause)
            if above is None or not (
                above.verb in _REMIND | {"need", "have", "ask", "learn", "promise", "expect", "want"}
            ):
                return
        yield _charge(
            reading,
            clause.first,
            clause.main + 1 if clause.main + 1 < len(reading.words) else clause.main,
            target_of(clause.party),
            "people are exhorted to take care",
        )


def _needs(reading: Reading, clause: Clause) -> bool:
    above = reading.parent(clause)
    return (
        clause.mood == "infinitive"
        and above is not None
        and above.verb in ("need", "have", "ask", "remind", "urge")
    )


def _reminded(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "The team was reminded to follow the checklist"."""
    if clause.verb not in ("remind", "instruct", "admonish", "urge", "lecture") or clause.negated:
        return
    patient = _patient(reading, clause)
    child = reading.child(clause)
    of_duty = any(
        reading.lemmas[i : i + 2] in (["of", "the"], ["of", "their"], ["of", "his"], ["of", "her"])
        for i in range(clause.main, clause.last)
    )
    if (
        patient.human
        and patient.target != "self"
        and (child is not None or of_duty)
        and reading.words[clause.main].tag == "VERB"
    ):
        if clause.verb == "instruct" and clause.tense == "past":
            return
        yield _charge(
            reading, clause.first, clause.main, target_of(patient), "people are reminded of their duty"
        )


def _demanded(reading: Reading) -> Iterator[Charge]:
    """ "More vigilance is required", "the matter was referred to Human Resources"."""
    for i, token in enumerate(reading.words):
        if token.lower in _VIRTUES and any(
            w in ("more", "greater", "increased", "better", "extra", "higher", "utmost", "closer")
            for w in reading.lowered[max(0, i - 2) : i]
        ):
            clause = reading.clause_of(i)
            wanted = any(
                c.verb in ("require", "need", "expect", "demand", "call", "want", "ask")
                for c in reading.clauses
            )
            if clause is not None and wanted and not clause.negated:
                yield _charge(reading, i - 1, i, target_of(clause.party), "people are exhorted to take care")
        hr = reading.lowered[i : i + 2] == ["human", "resources"] or token.text == "HR"
        if hr and any(
            c.verb in ("refer", "escalate", "report", "pass", "involve", "hand", "discuss", "take")
            for c in reading.clauses
        ):
            yield _charge(reading, i, i, "implied", "the matter is taken to the personnel department")
        if token.lower == "word" and reading.lowered[i + 1 : i + 2] == ["with"]:
            clause, found = reading.clause_of(i), reading.phrase_after(i + 2)
            if clause is not None and clause.verb == "have" and found is not None:
                party = reading.party(*found)
                if party.human and party.target != "self":
                    yield _charge(
                        reading, clause.first, i, target_of(party), "somebody is talked to as a sanction"
                    )


def _off_the_rota(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "Dale is off the release rota because of this"."""
    if clause.verb != "be" or not clause.human or clause.party.kind != "person" or clause.negated:
        return
    tail = reading.lowered[clause.main + 1 : clause.main + 7]
    if (
        tail[:1] == ["off"]
        and any(w in _ROTA for w in tail)
        and reading.has("because", "incident", "consequence", "notice", "further")
    ):
        yield _charge(
            reading, clause.first, clause.main, target_of(clause.party), "somebody is taken off as a sanction"
        )


def _consequences(reading: Reading) -> Iterator[Charge]:
    for i, token in enumerate(reading.words):
        low = token.lower
        if reading.denied(i):
            continue
        if low in _NO_WARNING and token.tag in ("ADJ", "NOUN"):
            yield _charge(reading, i, i, "implied", "a sanction is announced")
        elif token.lemma == "consequence" and token.tag == "NOUN":
            clause = reading.clause_of(i)
            personal = clause is not None and (
                (clause.verb in ("face", "expect", "have", "suffer", "want", "demand") and clause.human)
                or (
                    clause.verb == "be"
                    and "there" in reading.lowered[max(0, clause.head - 1) : clause.main + 1]
                    and bool(clause.modal)
                )
            )
            if personal:
                assert clause is not None
                yield _charge(reading, clause.first, i, target_of(clause.party), "a sanction is announced")
        elif low in ("warning", "warnings") and reading.lowered[i - 1 : i] in (
            ["written"],
            ["formal"],
            ["verbal"],
            ["final"],
        ):
            yield _charge(reading, i - 1, i, "implied", "a sanction is announced")
        elif token.lemma == "review" and reading.lowered[i - 1 : i] == ["performance"]:
            if any(
                t.lemma in ("team", "his", "her", "their", "engineer") or t.tag == "PROPN"
                for t in reading.words
            ):
                yield _charge(
                    reading, i - 1, i, "implied", "the incident is held against people in their review"
                )
