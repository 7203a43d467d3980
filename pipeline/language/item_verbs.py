"""Whether the word that opens an item's title is a deed ("Mail the owners") or a thing ("Mail server upgrade")."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.language.lemmas import can_be_verb, is_adjective, lemma, verb_forms
from pipeline.language.lexicon import word_set, words
from pipeline.language.noun_phrases import phrase_end
from pipeline.language.words import Token

KNOWN_VERBS = frozenset(
    w
    for part in ("weak", "never", "investigate", "ends", "changes", "creates", "guards")
    for w in words("items", part)
) | {"document", "make", "test"}
_MAINLY_NOUN = words("word_shapes", "mainly_noun")
# Words that open an item as a thing as often as a deed: "Test coverage", "Retry policy".
_NOUNS_TOO = word_set(
    "test alert page limit review monitor change fix log work plan patch record order check audit design draft guard "
    "gate release run support help report lower retry index backup restart deploy process lock cache queue lesson "
    "process progress circuit access load rate cost trial speed"
)
_PARTICLES = word_set("up off out down over back away on in")
# After the thing that is acted on: where it goes, what it is held against, when it happens. A bare thing has "of", "for", "in".
_FRAMES = word_set(
    "off into onto against from to as by via with without when if whenever whose before after until unless once instead "
    "whether where so"
)
_STRONG_FRAMES = _FRAMES - word_set("with by from to as via without")
_ADDRESSES = word_set("page alert mail call notify warn tell ask phone text email")
_PEOPLE = words("human_nouns", "team") | words("human_nouns", "role") | words("human_nouns", "department")
_OF_A_THING = word_set("of for in at about between with by")
_DEEDS_BEFORE_ON = (
    KNOWN_VERBS | words("conduct", "mental") | word_set("fall back count depend act wait search")
)


def opens_as_deed(tokens: Sequence[Token], i: int) -> bool:
    """What follows decides: a verb governs a determiner, a number of things, a particle or a second phrase."""
    token = tokens[i]
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if following is None or (token.tag == "PROPN" and not _can_open(token.lower)):
        return False
    if token.form == "ing" and token.tag == "VERB":
        return following.lower != "of"
    if not _can_open(token.lower):
        return False
    if following.tag in ("DET", "POSS", "PRON"):
        return True
    if following.tag == "NUM":
        return _counts(tokens, i + 1) or (_is_plain_deed(token) and _framed(tokens, i + 1))
    if following.tag in ("CONJ", "PUNCT"):
        return _joined(tokens, i)
    if following.lower in _PARTICLES and i + 2 < len(tokens):
        beyond = tokens[i + 2]
        split = beyond.tag in ("DET", "POSS", "NOUN", "PROPN", "ADJ", "NUM", "PREP", "TO")
        if split and (following.lower not in ("on", "in") or beyond.tag == "TO"):
            return True  # "Time out calls", "Log in to the playout"
    if following.tag == "VERB" and following.form == "ing" and token.lower in KNOWN_VERBS:
        return True
    if following.tag in ("PREP", "TO", "ADV", "NEG", "SUB", "WH"):
        return _governs(tokens, i)
    if following.lower.startswith("□"):
        return token.tag == "VERB" or token.lower in KNOWN_VERBS or _framed(tokens, i + 1)
    return _acts_on(tokens, i)


def _can_open(low: str) -> bool:
    """A base form; a noun or an adjective that is one too counts ("mail", "free", "rate-limit")."""
    if low in KNOWN_VERBS or "base" in verb_forms(low):
        return True
    formed = low.endswith(("ing", "ed")) and len(low) > 4
    return lemma(low) == low and not formed and can_be_verb(low)


def _counts(tokens: Sequence[Token], i: int) -> bool:
    """ "Mail 702 owners" and not "Phase 2 of the move": the number counts what follows."""
    end = phrase_end(tokens, i)
    number = tokens[i].lower
    if number == "1" or end <= i:
        return False
    head = tokens[end - 1]
    if end == i + 1:
        return bool(number.isalpha())
    return head.lower != head.lemma or head.tag in ("PROPN", "NUM") or number.isalpha()


def _joined(tokens: Sequence[Token], i: int) -> bool:
    """ "Issue and renew every certificate": the second opens as a deed."""
    if i + 2 >= len(tokens):
        return False
    if tokens[i + 1].tag == "CONJ" or tokens[i + 1].text == ",":
        return opens_as_deed(tokens, i + 2) and not _is_thing_too(tokens[i + 2].lower)
    if tokens[i + 1].text not in "\"“'‘`«":
        return False
    shut = next((j for j in range(i + 2, len(tokens)) if tokens[j].text in "\"”'’`»"), None)
    return not _is_thing_too(tokens[i].lower) or (shut is not None and _framed(tokens, shut + 1))


def _governs(tokens: Sequence[Token], i: int) -> bool:
    """A preposition or particle straight after: "Alert on", "Switch to"; "Plan for" and "Review of" are things."""
    low, following = tokens[i].lower, tokens[i + 1]
    if following.lower == "of":
        return False
    if (tokens[i].tag == "VERB" and low not in _NOUNS_TOO) or _clause_follows(tokens, i + 2):
        return True
    return low in _DEEDS_BEFORE_ON and (low not in _NOUNS_TOO or following.lower not in _OF_A_THING)


def _acts_on(tokens: Sequence[Token], i: int) -> bool:
    """A bare noun follows. "Page portal on-call when ..." is a deed, "Page load times" a thing."""
    token = tokens[i]
    end = phrase_end(tokens, i + 1)
    if end <= i + 1:
        return False
    low = token.lower
    if _is_plain_deed(token):
        return True
    following = tokens[i + 1]
    plain = low in KNOWN_VERBS and following.tag not in ("NOUN", "ADJ")
    if plain or _framed(tokens, i + 1, known=low in KNOWN_VERBS):
        return True
    if low in _ADDRESSES and any(t.lower in _PEOPLE for t in tokens[end - 1 : end + 1]):
        return True  # "Page network on-call on loss of an uplink"
    plural = _is_plural(following)
    if low in KNOWN_VERBS:
        return low not in _NOUNS_TOO or plural
    return plural and end == i + 2 and not (is_adjective(low) or low in _MAINLY_NOUN)


def _framed(tokens: Sequence[Token], i: int, *, known: bool = True) -> bool:
    """Whether the phrase at `i` is followed by what only a verb takes beside its object."""
    end = phrase_end(tokens, i)
    if end >= len(tokens):
        return False
    opener = tokens[end]
    if opener.tag in ("DET", "POSS"):
        return True  # "Give hotel packages the quote"
    reach = [t.lower for t in tokens[end : end + 8]]
    return opener.lower in (_FRAMES if known else _STRONG_FRAMES) or any(
        low in _STRONG_FRAMES for low in reach
    )


def _clause_follows(tokens: Sequence[Token], i: int) -> bool:
    """ "Test in CI that a roster is refused"."""
    return any(t.lower in ("that", "whether") and t.tag in ("SUB", "WH", "DET") for t in tokens[i : i + 4])


def _is_plain_deed(token: Token) -> bool:
    return token.tag == "VERB" and not _is_thing_too(token.lower)


def _is_thing_too(low: str) -> bool:
    return low in _NOUNS_TOO or low in _MAINLY_NOUN or (is_adjective(low) and low not in KNOWN_VERBS)


def _is_plural(token: Token) -> bool:
    return token.lower.endswith("s") and token.lemma != token.lower
