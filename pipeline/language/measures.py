"""What kind of remedy a measure is: its rank from eliminating to administrative, and whether a class of failures falls."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from pipeline.language import measure_lexicon as lex
from pipeline.language.words import Token, tokens
from pipeline.models.postmortem import Rank


def rank_of(text: str) -> Rank | None:
    """The rank of a measure in the order of strength; None where its words name no measure."""
    if lex.INQUIRY.match(text):
        return "administrative"
    words = _words(text)
    verbs, nouns = _verbs(words), _nouns(words)
    if lex.ENFORCED_POLICY.search(text) or lex.FORBIDS.match(text):
        return "guard"
    paper = nouns & lex.PAPER and not (verbs & (lex.GUARD | lex.SUBSTITUTE))
    if paper and (
        verbs & lex.ADMINISTRATIVE
        or verbs & {"add", "create", "update", "make", "put", "include", "extend", "have"}
        or not verbs
    ):
        return "administrative"
    lead = _lead(words)
    if lead in lex.BRINGING and (brought := _brought(words)):
        return brought
    for found in (lead, *sorted(verbs)):
        if rank := _rank_of_verb(found):
            if (
                rank == "administrative"
                and (nouns & lex.GUARD_NOUNS - lex.PAPER)
                and found not in ("review", "consider")
            ):
                continue
            return rank
    if lex.NO_LONGER.search(text):
        return "eliminate"
    if lex.AT_A_GATE.search(text):
        return "guard"
    if nouns & (lex.GUARD_NOUNS - lex.PAPER):
        return "guard"
    if nouns & lex.DETECT_NOUNS:
        return "detect"
    if nouns & lex.PAPER:
        return "administrative"
    return None


def is_systemic(text: str) -> bool | None:
    """The class test: would it help, unaided by memory, when the same kind of problem appears elsewhere?

    None where the words do not decide.
    """
    rank = rank_of(text)
    if rank == "administrative":
        return False
    words = _words(text)
    verbs = _verbs(words)
    lowered = {t.lower for t in words}
    wide = bool(lowered & lex.WIDE) or _is_generic(words)
    narrow = bool(lowered & lex.NARROW) or bool(lex.INSTANCE_NAME.search(text)) or _points_at_one(words)
    lead = _lead(words)
    if lead in lex.INSTANCE - lex.BRINGING and not (
        verbs & (lex.GUARD - {"limit", "stop", "pause", "lock", "cap"})
    ):
        return wide and bool(lowered & lex.SHARED)
    if not narrow and _is_for_a_class(rank, words, text):
        return True
    if wide and not narrow:
        return rank is not None or None
    if rank == "guard":
        return (
            False
            if narrow and not (wide or lex.CONDITIONAL.search(text))
            else (True if verbs & lex.GUARD or wide or lex.CONDITIONAL.search(text) else None)
        )
    if rank in ("eliminate", "substitute"):
        return (
            False
            if narrow and not wide
            else (True if rank == "substitute" or lex.NO_LONGER.search(text) else None)
        )
    if rank == "detect":
        return True if wide and not narrow else False if narrow else None
    return False if narrow and not wide and verbs else None


def is_repair(text: str) -> bool:
    """Whether a measure only puts right what broke this time: one thing, restarted, corrected, enlarged."""
    return _lead(_words(text)) in lex.INSTANCE - lex.BRINGING and is_systemic(text) is not True


def is_large(text: str) -> bool:
    """Whether a measure by its own words takes more than about ten working days or one team."""
    return bool(lex.LARGE.search(text))


def _words(text: str) -> tuple[Token, ...]:
    """The words of a measure; what a slash joins ("test/check") is two."""
    return tokens(re.sub(r"(?<=[A-Za-z]{2})/(?=[A-Za-z]{2})", " / ", text))


def _joined(words: Sequence[Token]) -> set[str]:
    """Two nouns as the one word that they also are: "priority classes" is "priority-class"."""
    return {f"{a.lemma}-{b.lemma}" for a, b in pairwise(words) if b.tag == "NOUN"}


def _points_at_one(words: Sequence[Token]) -> bool:
    """ "this alert", "that index": one thing, unless it is the kind that is meant ("instances of this issue")."""
    for t, behind in pairwise(words):
        if t.lower in lex.POINTING and t.tag == "DET" and behind.tag in ("NOUN", "PROPN", "ADJ"):
            if behind.lemma not in lex.SAME_KIND:
                return True
    return False


def _is_for_a_class(rank: Rank | None, words: Sequence[Token], text: str) -> bool:
    """An alert, page or limit on a resource, a look from outside, an access rule or default that is set."""
    things = {t.lemma for t in words if t.tag in ("NOUN", "PROPN", "ADJ", "VERB")}
    if rank == "detect":
        return bool(things & lex.RESOURCE) or bool(lex.FROM_OUTSIDE.search(text))
    if rank == "guard":
        lead = _lead(words)
        return lead in lex.BRINGING and bool((things | _joined(words)) & (lex.ACCESS | lex.RESOURCE))
    return False


def _rank_of_verb(verb: str | None) -> Rank | None:
    if verb is None:
        return None
    ranks: tuple[tuple[Rank, frozenset[str]], ...] = (
        ("eliminate", lex.ELIMINATE),
        ("substitute", lex.SUBSTITUTE),
        ("guard", lex.GUARD),
        ("detect", lex.DETECT),
        ("administrative", lex.ADMINISTRATIVE),
    )
    return next((rank for rank, verbs in ranks if verb in verbs), None)


def _brought(words: Sequence[Token]) -> Rank | None:
    """What "add", "introduce", "set up" brings: the rank of its object."""
    thing: set[str] = set()
    for t in words[2 if len(words) > 1 and words[1].lower in ("up", "in") else 1 :]:
        if t.tag in ("PREP", "SUB", "WH", "TO", "AUX") or (t.tag == "PUNCT" and t.text in ".;:,("):
            break
        thing |= {t.lemma, t.lower}
    ranks: tuple[tuple[Rank, frozenset[str]], ...] = (
        ("detect", lex.DETECT_NOUNS | {"monitor", "alert"}),
        ("guard", (lex.GUARD_NOUNS | lex.ACCESS) - lex.PAPER),
        ("administrative", lex.PAPER),
    )
    return next((rank for rank, nouns in ranks if (thing | _joined(words)) & nouns), None)


def _verbs(words: Iterable[Token]) -> set[str]:
    return {t.lemma for t in words if t.tag == "VERB" or t.lemma in lex.UNMISTAKABLE}


def _nouns(words: Iterable[Token]) -> set[str]:
    return {t.lemma for t in words if t.tag in ("NOUN", "PROPN", "ADJ")} | {
        t.lower for t in words if t.tag == "NOUN"
    }


def _lead(words: Sequence[Token]) -> str | None:
    """The verb that a measure opens with ("Block deploys …"), whatever it was tagged as."""
    first = next((t for t in words if t.tag not in ("PUNCT", "NUM", "DET")), None)
    if first is None or first.tag not in ("VERB", "NOUN", "PROPN", "ADJ"):
        return None
    return lex.DEEDS.get(first.lower, first.lemma)


def _is_generic(words: Sequence[Token]) -> bool:
    """A bare plural names a class: "Migrations run against …", "Block deploys …", "Certificates are issued …"."""
    for i, t in enumerate(words):
        if (
            t.tag == "NOUN"
            and t.lower.endswith("s")
            and t.lower != t.lemma
            and t.lemma not in lex.PAPER | lex.DETECT_NOUNS
        ):
            at = i
            while at and words[at - 1].tag in ("NOUN", "ADJ"):
                at -= 1
            before = words[at - 1] if at else None
            if before is None or before.tag in ("VERB", "PUNCT", "CONJ", "SUB", "PREP"):
                return True
    return False
