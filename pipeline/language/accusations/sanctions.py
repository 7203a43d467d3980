"""A6: sanction, retraining aimed at people, exhortation to be careful."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.language.accusations.reading import Charge, Reading, accuse, target_of
from pipeline.language.clauses import Clause
from pipeline.language.lexicon import word_set, words
from pipeline.language.people import Party, Target

_SANCTION = words("conduct", "sanction")
_RETRAIN = words("conduct", "retrain")
_TRAINING = word_set(
    "test exam e-learning elearning curriculum certification exam induction training course refresher workshop class lesson module retraining re-training coaching"
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
_PAY = word_set("wage salary bonus pay fee allowance overtime")
_STERN = word_set("stern serious firm strict harsh severe")
_NO_WARNING = word_set("disciplinary reprimand reprimands")
_NEUTRAL = word_set("leave move join retire change switch transfer expire rotate migrate onboard request ask")


def find_sanctions(reading: Reading) -> Iterator[Charge]:
    for clause in reading.clauses:
        yield from _sanctioned(reading, clause)
        yield from _access(reading, clause)
        yield from _trained(reading, clause)
        yield from _off_the_rota(reading, clause)
    yield from _consequences(reading)
    yield from _taken_away(reading)


def _charge(reading: Reading, first: int, last: int, target: Target, reason: str) -> Charge:
    return accuse(reading, first, last, "punitive", target, reason)


def _sanctioned(reading: Reading, clause: Clause) -> Iterator[Charge]:
    if clause.negated or reading.question:
        return
    patient = reading.patient(clause)
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
        and (patient.human or patient.open == "either")
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
    patient = reading.patient(clause)
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
        tail = reading.words[clause.main + 1 : max(clause.last, clause.main + 3)]
        if any(t.lower in _TRAINING for t in tail):
            again = any(t.lower in _AGAIN for t in reading.words) or clause.verb in _AGAIN
            everybody = reading.lowered[clause.first] in (
                "all",
                "every",
                "each",
                "any",
                "everybody",
                "everyone",
            )
            if (clause.party.kind in ("person", "role") and not everybody) or again:
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


def _taken_away(reading: Reading) -> Iterator[Charge]:
    """ "Wages will be docked", "no more access for Tova", "no longer allowed near it", "had a stern talk"."""
    low = reading.lowered
    for clause in reading.clauses:
        subject = reading.lemmas[clause.first : clause.head]
        if (
            clause.passive
            and clause.verb in _REVOKE | {"dock"}
            and any(w in _PAY for w in subject)
            and not clause.negated
        ):
            yield _charge(reading, clause.first, clause.main, "implied", "pay is cut as a sanction")
        barred = clause.passive and clause.verb in ("allow", "permit", "trust", "let") and clause.human
        if barred and "longer" in low[clause.head : clause.main]:
            yield _charge(
                reading, clause.first, clause.main, target_of(clause.party), "people are barred as a sanction"
            )
        faced = (
            clause.verb == "face"
            and clause.human
            and reading.has("hearing", "charge", "proceeding", "investigation", "action")
        )
        sent = (
            clause.verb == "send"
            and clause.passive
            and clause.human
            and low[clause.main + 1 : clause.main + 2] == ["home"]
        )
        if (faced or sent) and not clause.negated:
            yield _charge(
                reading, clause.first, clause.main, target_of(clause.party), "a sanction is imposed on people"
            )
        talked = (
            clause.verb == "have" and clause.human and reading.has("talk", "chat", "conversation", "word")
        )
        if talked and any(w in _STERN for w in low[clause.main : clause.main + 4]):
            yield _charge(reading, clause.first, clause.main, "person", "somebody is talked to as a sanction")
    for i in range(len(low) - 2):
        if low[i : i + 2] == ["no", "more"]:
            end = next((j for j in range(i + 2, min(i + 6, len(low))) if reading.lemmas[j] in _ACCESS), None)
            if end is not None and low[end + 1 : end + 2] == ["for"]:
                found = reading.phrase_after(end + 2)
                if found is not None and reading.party(*found).human:
                    yield _charge(
                        reading, i, end, target_of(reading.party(*found)), "one person's access is taken"
                    )
        if low[i : i + 4] == ["be", "a", "warning", "to"]:
            yield _charge(reading, i, i + 2, "implied", "people are warned by an example")


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
