"""How much was affected: a number that counts something, a share, or a whole; "some users" is no magnitude."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.language.literals import find_literals
from pipeline.language.times import find_times
from pipeline.language.words import tokens
from pipeline.rubric.durations import find_durations

_WHOLE = re.compile(
    r"\b(?:all|every|each|entire(?:ly)?|whole|complete(?:ly)?|full(?:y)?|total(?:ly)?|100 ?%|any(?:one|body)?|half|a third|two thirds"
    r"|a quarter|no one|nobody|none|zero|everyone|everybody|everything|neither|both"
    r"|no(?= \w+(?: \w+)? (?:could|was|were|got|ran|\w+ed)\b)(?!.{0,40}\b(?:lost|affected|impacted|corrupted|damaged|leaked|exposed|harmed)))\b",
    re.IGNORECASE,
)
_OUTAGE = re.compile(
    r"\b(?:unavailable|unreachable|inaccessible|offline|down|outage|not (?:available|reachable|accessible|able|possible)|unable to"
    r"|could(?: not|n'?t)|cannot|can(?: not|'t)|were n[o']t able|impossible|stopped (?:respond|work|serv|process)\w*|did not respond)\b",
    re.IGNORECASE,
)
# Quantities that nobody can count: they bind what stands beside them, whatever number word is in them.
_VAGUE = re.compile(
    r"\b(?:some|a few|few|several|many|certain|various|multiple|a lot of|lots of|plenty of|numerous|a couple(?: of)?"
    r"|(?:a |the )?(?:\w+ )?(?:number|handful|portion|fraction|subset|minority|majority|percentage|proportion|share|amount|group) of"
    r"|parts? of|most(?: of)?|intermittent(?:ly)?|sometimes|occasional(?:ly)?|partial(?:ly)?|degraded|minor|slightly)\b",
    re.IGNORECASE,
)
_UNHARMED = re.compile(
    r"\bno\b[^.;]{0,30}\b(?:impact|effect|disruption|loss|downtime)\b|\bnot (?:affected|impacted)\b|\bnothing was lost\b",
    re.I,
)
# What did not happen: a condition, a danger, what could have been.
_HYPOTHETICAL = re.compile(
    r"\b(?:would(?: have)?|could have|might(?: have)?|in theory|theoretically|worst case|potential(?:ly)?|risk(?:ed|s)?|in danger)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:if|unless|had (?:it|this|the \w+) \w+ed|should (?:it|this|the|all|any))\b[^,;]*", re.I
)
_CLAUSE = re.compile(r"[;:.!?]\s|\s[–—-]\s|,\s(?=(?:but|while|whereas|and|so|although|though|which)\b)")
_VAGUE_LENGTH = re.compile(
    r"\b(?:for )?(?:some|a few|several|many|a couple of|multiple|most of the) "
    r"(?:seconds?|minutes?|hours?|days?|weeks?|time|while|morning|afternoon|night|day)\b",
    re.IGNORECASE,
)
_NAMES_A_NUMBER = re.compile(
    r"\bscale (?:of|from) \d+(?: to \d+)?|\b(?:sev(?:erity)?|p|v|version|build|tier)[ -]?\d+\S*|[#§]\d+",
    re.IGNORECASE,
)


def is_magnitude(text: str) -> bool:
    """Whether a text says how much was affected, or that all of something was."""
    return any(_measures(clause) for clause in _clauses(text))


def is_hypothetical(text: str) -> bool:
    """Whether a clause tells of what would or could have been, its condition aside."""
    return bool(_HYPOTHETICAL.search(_CONDITION.sub(" ", text)))


def _clauses(text: str) -> Iterator[str]:
    at = 0
    for cut in _CLAUSE.finditer(text):
        yield text[at : cut.start()]
        at = cut.end()
    yield text[at:]


def _measures(clause: str) -> bool:
    rest = _VAGUE_LENGTH.sub(lambda m: " " * len(m[0]), _without_times(clause))
    if is_hypothetical(rest):
        return False
    rest = _CONDITION.sub(lambda m: " " * len(m[0]), rest)
    for literal in find_literals(rest):
        if literal.kind == "percent" or (literal.kind == "number" and _counts(rest, literal.end)):
            return True
    if _UNHARMED.search(rest) or _VAGUE.search(rest):
        return False  # "no impact" needs its evidence: a number, found above, or nothing
    return bool(_OUTAGE.search(rest)) or any(_has_noun(rest, m) for m in _WHOLE.finditer(rest))


def _has_noun(text: str, quantifier: re.Match[str]) -> bool:
    """Whether the whole is a whole of something, or of everybody: "completely" says it of its subject."""
    if quantifier[0].lower().endswith(("ly", "one", "body", "everything")):
        return True
    following = tokens(text[quantifier.end() : quantifier.end() + 60])
    return any(t.tag in ("NOUN", "PROPN") for t in following[:6])


def _without_times(text: str) -> str:
    for mention in find_times(text):
        text = text[: mention.start] + " " * (mention.end - mention.start) + text[mention.end :]
    for duration in [*find_durations(text)]:
        text = text[: duration.start] + " " * (duration.end - duration.start) + text[duration.end :]
    return _NAMES_A_NUMBER.sub(lambda m: " " * len(m[0]), text)


def _counts(text: str, end: int) -> bool:
    """Whether a noun follows the number, or it stands alone in its cell."""
    following = next(
        (
            t
            for t in tokens(text[end : end + 60])
            if t.tag not in ("ADJ", "PUNCT", "DET", "PREP", "NUM", "ADV")
        ),
        None,
    )
    alone = not re.search(r"[A-Za-z]", text[end:])
    return alone or (following is not None and following.tag in ("NOUN", "PROPN", "VERB"))
