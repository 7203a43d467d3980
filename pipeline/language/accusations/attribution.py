"""Whether a sentence puts what happened down to a noun phrase: "due to", "caused by", "the result of"."""

from __future__ import annotations

from pipeline.language.accusations.reading import Reading
from pipeline.language.lexicon import word_set

# What a mistake does without having caused what is told: it is found, it needs something.
_HARMLESS = word_set("need require show have be concern affect involve contain teach remind")
_ATTRIBUTE = word_set(
    "traced back stem stems stemmed comes goes went came boils due because chalk put result caused cause attributed attributable down owing reason"
)


def stands_as_cause(reading: Reading, begin: int, i: int) -> bool:
    """Whether the phrase from `begin` with its head at `i` is what something is put down to."""
    before = reading.lowered[max(0, begin - 4) : begin]
    if any(w in _ATTRIBUTE for w in before) or before[-1:] == [":"] or (before[-1:] == ["by"] and begin < i):
        return True
    clause, token = reading.clause_of(i), reading.words[i]
    if clause is None:
        return before[-1:] in ([":"], ["-"], ["—"])
    doing = (
        clause.tense == "past"
        and bool(clause.object)
        and not clause.passive
        and token.lemma != "mistake"
        and clause.verb not in _HARMLESS
    )
    leading = begin <= clause.first <= i and (
        doing
        or clause.verb
        in (
            "mean",
            "lead",
            "cause",
            "result",
            "leave",
            "bring",
            "take",
            "delete",
            "wipe",
            "break",
        )
    )
    predicate = (
        clause.verb == "be" and clause.main < i and clause.tense == "past" and token.lemma != "mistake"
    )
    return leading or predicate
