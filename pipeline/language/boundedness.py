"""Whether the work that an item names ends: it has a countable scope, or a state at which it stops."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.language import measure_lexicon as lex
from pipeline.language.item_text import GUARDS, ItemText
from pipeline.language.lexicon import word_set
from pipeline.language.noun_phrases import phrase_end
from pipeline.language.sentences import split
from pipeline.language.words import Token

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|`[^`]*`")
# What these bring about, a machine goes on doing: a rule in one place, however many it meets.
_MECHANISM = (
    lex.GUARD
    | GUARDS
    | word_set(
        "let make have allow enable show display log record store retain encrypt sign default expire include tag emit return "
        "retry mask redact hide print"
    )
) - word_set("verify confirm")
# What these bring about is the recurrence itself, or what does the work.
_SETS_UP = word_set(
    "schedule add create automate set setup introduce build implement write configure enable provide establish book define "
    "install plan"
)
_GOING_ON = word_set("keep continue maintain")
_OFTEN = word_set("always regularly periodically continuously constantly routinely continually perpetually")
_PERIOD = word_set(
    "day night morning week month quarter year sprint shift release incident deploy deployment change monday tuesday wednesday "
    "thursday friday saturday sunday"
)
_BY_PERIOD = word_set("daily weekly monthly quarterly yearly annually nightly")
_NO_END = re.compile(
    r"^\W*(?:going forward|from now on)\b|\b(?:(?:on|at) (?:an? |the )?(?:\w+ )?(?:ongoing|regular|continuous|daily|weekly|monthly|quarterly|"
    r"permanent)(?: \w+)? basis|all the time|at all times|from time to time|now and then)\b",
    re.IGNORECASE,
)
_OPEN_LIST = re.compile(
    r"(?<!/)\betc\b(?!/)|\band so (?:on|forth)\b|\band (?:the like|others|more)\s*[.)]?$|\bincluding but not limited to\b|(?:…|\.{3})\s*[.)]?$",
    re.IGNORECASE,
)
_AS_FAR_AS = re.compile(
    r"\bwhere(?:ver)? (?:possible|needed|necessary|appropriate|feasible)\b|\bas (?:needed|necessary|appropriate|required)\b"
    r"|\bas (?:much|many|far) as possible\b",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\([^()]*\)")
_EACH = word_set("all every any")
_ALL_ALONE = word_set("everything everywhere anything anywhere")
_WHOLE = word_set("whole entire")
_ESTATE = word_set(
    "code codebase code-base base platform system application app stack estate company organisation organization landscape "
    "infrastructure product architecture documentation"
)
# They tell which ones; "to", "for" and "off" tell what for.
_AMONG = word_set("of in under within on from behind at inside across below")
_LISTED = word_set("attached listed following named above below appendix annex sheet")
_MAYBE = word_set("might may could can possibly potentially")


def endless(title: str) -> str | None:
    """Why the work of an item has no end; None where one can count its places or name the state at which it stops."""
    item = ItemText(_work_in(title))
    if not item.words or any(t.lower in ("until", "till") for t in item.words):
        return None
    if _OPEN_LIST.search(_BRACKETS.sub(" ", item.text)):
        return "its list is left open"
    if item.verb in _MECHANISM:
        return None
    if _is_as_far_as_may_be(item):
        return "how far it goes is left to whoever does it"
    if _goes_on(item):
        return "it goes on for ever: no state is named at which it stops"
    if (scope := _uncounted(item)) is not None:
        return f"“{scope}” has no list, number or condition by which one could count them"
    return None


def _is_as_far_as_may_be(item: ItemText) -> bool:
    """ "Replace manual steps where possible"; one thing is done or not, wherever it is possible."""
    match = _AS_FAR_AS.search(item.text)
    before = [t for t in item.words if match and t.end <= match.start() and t.tag != "PUNCT"]
    return bool(match) and (not before or before[-1].tag == "VERB" or _is_plural(before[-1]))


def _work_in(title: str) -> str:
    """The first sentence, with what is quoted as the name that it is."""
    text = _QUOTED.sub("□", title)
    return next((text[start:end] for start, end in split(text)), text)


def _goes_on(item: ItemText) -> bool:
    """Work that people repeat; what sets up the repetition ends once it is set up."""
    if item.verb in _SETS_UP:
        return False
    return (
        _NO_END.search(item.text) is not None
        or any(t.lower in _OFTEN for t in item.words[: _main_clause(item)])
        or (_by_period(item.words[: _main_clause(item)]) and not item.numbers())
        or (bool(item.words) and item.words[0].lower == "whenever")
        or _keeps(item)
    )


def _by_period(words: Sequence[Token]) -> bool:
    """ "every quarter", "reviewed weekly"; a weekly report is a thing."""
    return any(
        (t.lower in ("every", "each") and behind is not None and behind.lemma in _PERIOD)
        or (t.lower in _BY_PERIOD and (behind is None or behind.tag not in ("NOUN", "PROPN", "ADJ")))
        for t, behind in zip(words, [*words[1:], None], strict=True)
    )


def _keeps(item: ItemText) -> bool:
    """To keep something so is endless; to keep so much of it, or keep it in a place, is a state."""
    at = next((i for i, t in enumerate(item.words[:3]) if t.lemma in _GOING_ON), None)
    if at is None or item.numbers():
        return False
    if item.words[at].lemma in ("continue", "maintain"):
        return True
    end = phrase_end(item.words, at + 1)
    behind = item.words[end] if end < len(item.words) else None
    eye = any(t.lemma in ("eye", "track") for t in item.words[at + 1 : end])
    if behind is None:
        return eye  # "Keep our own mirror"
    return eye or behind.tag != "PREP" or behind.lower in ("up", "on")


def _main_clause(item: ItemText) -> int:
    """How many words say what is done; what follows says when, why or what for."""
    for i, (word, behind) in enumerate(pairwise(item.words)):
        if i and (word.tag in ("SUB", "WH") or word.lower in ("when", "if", "unless", "so", "without")):
            return i
        if i > (item.at or 0) + 1 and word.tag == "TO" and behind.tag == "VERB":
            return i
    return len(item.words)


def _uncounted(item: ItemText) -> str | None:
    """The words of a scope that takes in all there are, and does not say how many or which."""
    end = _main_clause(item)
    for i, word in enumerate(item.words[:end]):
        if word.tag == "NEG":
            return None  # "cannot do anything"
        if word.lower in _ALL_ALONE:
            if not _restricted(item.words, i + 1):
                return word.text
        elif word.lower in _EACH or word.lower in _WHOLE:
            stop = max(phrase_end(item.words, i), i + 1)
            span = item.words[i:stop]
            if word.lower in _WHOLE and not any(t.lemma in _ESTATE for t in span[1:]):
                continue
            named = any(t.tag == "NUM" or "□" in t.text or _is_name(t) for t in span[1:])
            thing = any(t.tag in ("NOUN", "PROPN") for t in span[1:])
            if thing and span[1].lemma not in _PERIOD and not named and not _restricted(item.words, stop):
                return item.text[span[0].start : span[-1].end]
    return None


def _restricted(words: Sequence[Token], at: int) -> bool:
    """Whether what follows says which ones: a list, a place, a clause that could be asked of each."""
    behind = words[at:]
    if not behind:
        return False
    first = behind[0]
    if any(t.lower in _LISTED for t in behind[:8]) or first.text in "(:":
        return True
    if first.lower in ("that", "which", "who", "whose", "where"):
        return not any(t.lower in _MAYBE for t in behind)
    if first.tag == "VERB" and first.form in ("part", "past", "ing"):
        return True
    if first.lower in _AMONG | {"without", "with", "older", "above", "over", "before", "after"}:
        told = words[at + 1 : phrase_end(words, at + 1)]
        if first.lower == "of":  # "of the booking service" says which, "of failure" what kind
            return any(
                t.tag in ("DET", "POSS", "NUM") or "-" in t.text or "□" in t.text or _is_name(t) for t in told
            )
        return any(t.tag in ("NOUN", "PROPN", "NUM") or "□" in t.text for t in told)
    return False


def _is_plural(token: Token) -> bool:
    return token.lower.endswith("s") and token.lemma != token.lower


def _is_name(token: Token) -> bool:
    return any(c in token.text for c in "_/*.") or (token.tag == "PROPN" and not token.text.isupper())
