"""A6: exhortation: "must be more careful", "please pay attention", "more vigilance is required"."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.language.accusations.reading import Charge, Reading, accuse, target_of
from pipeline.language.clauses import Clause
from pipeline.language.lemmas import verb_lemma
from pipeline.language.lexicon import word_set, words
from pipeline.language.people import Target

_REMIND = words("conduct", "remind")
_CARE = word_set(
    "careful vigilant diligent mindful cautious attentive alert disciplined thorough rigorous conscientious responsible "
    "meticulous conscious aware proactive focused focussed considerate accountable serious professional cooperative"
)
_HABITS = word_set(
    "read check test look think listen follow verify review ask use pay take communicate care double-check"
)
_OBLIGE = word_set("must should shall will ought need would")
_VIRTUES = word_set(
    "vigilance care attention diligence caution discipline rigour rigor attentiveness carefulness focus responsibility professionalism"
)


def find_exhortations(reading: Reading) -> Iterator[Charge]:
    for clause in reading.clauses:
        yield from _exhorted(reading, clause)
        yield from _reminded(reading, clause)
        yield from _told_to_stop(reading, clause)
    yield from _demanded(reading)


def _charge(reading: Reading, first: int, last: int, target: Target, reason: str) -> Charge:
    return accuse(reading, first, last, "punitive", target, reason)


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
    if not (urged or asked) or not (clause.human or clause.implied or clause.party.open):
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
            "concentrate better",
            "behave",
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
    effort = effort and not (clause.verb == "behave" and (not clause.human or "as" in tail[:1]))
    serious = (
        clause.verb == "take" and "seriously" in reading.lowered[clause.main :] and clause.modal in _OBLIGE
    )
    if care or attention or careful or think or effort or serious:
        if asked and not urged:
            above = reading.parent(clause)
            if above is None or above.verb not in _REMIND | {
                "need",
                "have",
                "ask",
                "learn",
                "promise",
                "expect",
                "want",
            }:
                return
        yield _charge(
            reading,
            clause.first,
            clause.main + 1 if clause.main + 1 < len(reading.words) else clause.main,
            target_of(clause.party),
            "people are exhorted to take care",
        )


def _told_to_stop(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "Stage managers must stop relying on luck"."""
    above = _needs(reading, clause) or clause.modal in _OBLIGE - {"would"}
    deed = reading.words[clause.main + 1 : clause.main + 2]
    mending = clause.verb in ("stop", "quit") or (
        clause.verb in ("start", "begin") and bool(deed) and verb_lemma(deed[0].lower) in _HABITS
    )
    if not mending or not above or not clause.human or reading.question or clause.negated:
        return
    if deed and deed[0].lower.endswith("ing") and clause.party.target != "external" and not clause.perfect:
        yield _charge(
            reading,
            clause.first,
            clause.main + 1,
            target_of(clause.party),
            "people are told to mend their ways",
        )


def _needs(reading: Reading, clause: Clause) -> bool:
    above = reading.parent(clause)
    return (
        clause.mood == "infinitive"
        and above is not None
        and above.verb in ("need", "have", "ask", "remind", "urge", "be")
    )


def _reminded(reading: Reading, clause: Clause) -> Iterator[Charge]:
    """ "The team was reminded to follow the checklist"."""
    if clause.verb not in ("remind", "instruct", "admonish", "urge", "lecture") or clause.negated:
        return
    patient = reading.patient(clause)
    child = reading.child(clause)
    of_duty = any(
        reading.lemmas[i : i + 2] in (["of", "the"], ["of", "their"], ["of", "his"], ["of", "her"])
        for i in range(clause.main, clause.last)
    )
    if (
        patient.human
        and patient.target != "self"
        and (child is not None or of_duty or "that" in reading.lowered[clause.main + 1 : clause.main + 3])
        and reading.words[clause.main].tag == "VERB"
    ):
        if clause.verb == "instruct" and clause.tense == "past":
            return
        yield _charge(
            reading, clause.first, clause.main, target_of(patient), "people are reminded of their duty"
        )


def _demanded(reading: Reading) -> Iterator[Charge]:
    """ "More vigilance is required", "the matter was referred to Human Resources"."""
    low = reading.lowered
    if low[:1] in (["let"], ["lets"]) and low[1:2] in (["us"], ["'s"]) and "more" in low[2:8]:
        at = next((i for i in range(2, len(low)) if low[i] in _CARE and i < 10), None)
        if at is not None:
            yield _charge(reading, 0, at, "self", "people are exhorted to take care")
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
            c.verb
            in (
                "inform",
                "notify",
                "refer",
                "escalate",
                "report",
                "pass",
                "involve",
                "hand",
                "discuss",
                "take",
                "speak",
                "talk",
                "meet",
                "warn",
            )
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
