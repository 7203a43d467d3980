"""Whether a measure addresses a factor: they share an object, or the one brings what the other says was lacking."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from pipeline.language.lexicon import word_set
from pipeline.language.words import Token, tokens

_NUMBERED = re.compile(r"\bfactors?\s+\d|\bF\d+\b", re.IGNORECASE)
# Words that any two texts about an incident share: alone they link nothing, two of them side by side do.
_COMMON = word_set(
    "system service change incident outage issue problem time team engineer user customer production code "
    "process error failure cause factor action item fix day hour minute number case way part thing work "
    "result impact data application environment deployment deploy release version server request check "
    "test alert monitoring owner root step person tool future place step example reason order use set run "
    "state name type level end start use value new old first next be have do make get need add create "
    "implement include ensure improve update wrong right same other more such able"
)
# What is lacking where an analysis says "no …", "not …", "un…", and by what a measure brings it.
_LACKS: tuple[tuple[frozenset[str], frozenset[str]], ...] = (
    (
        word_set(
            "alert alarm monitor monitoring notice detect detection page notify probe see observe visible know"
        ),
        word_set("alert alarm monitor monitoring detect page notify probe dashboard metric canary slo watch"),
    ),
    (
        word_set("limit bound cap quota restrict throttle restriction"),
        word_set("limit bound cap quota restrict throttle reject shed"),
    ),
    (
        word_set("check validate verify test validation verification confirm confirmation prompt guard ask"),
        word_set(
            "check validate verify test validation refuse reject require confirm confirmation block gate canary"
        ),
    ),
    (
        word_set("permission privilege access role restrict restriction authorise authorize separation"),
        word_set("permission privilege least-privilege access role rbac restrict revoke forbid deny default"),
    ),
    (
        word_set("backup replica redundancy redundant fallback failover standby spare"),
        word_set("backup replica replicate redundancy fallback failover standby spread"),
    ),
    (word_set("approve approval review"), word_set("approve approval review require two-person")),
    (word_set("isolate isolation separate separation"), word_set("isolate separate partition split")),
)
_ABSENCE = re.compile(
    r"\b(?:no|not|n't|never|none|nothing|nobody|neither|without|lack\w*|miss(?:ing|ed)|absen\w+|insufficient|instead of|fail(?:s|ed) to"
    r"|cannot|can't|couldn't|didn't|doesn't|wasn't|weren't|isn't|aren't|hadn't|any)\b",
    re.IGNORECASE,
)
_PRIVATIVE = re.compile(
    r"(?:un|non-?|in)(?P<stem>limit|bound|alert|monitor|notic|detect|test|check|verif|valid|review|restrict|visib|redund)\w*"
)
_REACH = 6  # words behind a negation


def is_linked(measure: str, analysis: Sequence[str]) -> bool:
    """Whether a measure speaks of what the analysis names; an analysis that names nothing refutes nothing."""
    named = _specific(analysis)
    if not named or _NUMBERED.search(measure) or named & _specific([measure]):
        return True
    if _side_by_side(measure) & {pair for text in analysis for pair in _side_by_side(text)}:
        return True
    said = {t.lemma for t in tokens(measure)}
    return any(_is_lacking(lacked, text) for lacked, brought in _LACKS if said & brought for text in analysis)


def _specific(texts: Iterable[str]) -> frozenset[str]:
    """The stems of the words that are not everybody's."""
    return frozenset(
        stem
        for text in texts
        for t in tokens(re.sub(r"(?<=\w)[/_](?=\w)", " ", text))
        if _is_content(t) and t.lemma.lower() not in _COMMON
        for stem in (t.lemma.lower()[:7],)
        if len(stem) > 2
    )


def _is_content(token: Token) -> bool:
    return token.tag in ("NOUN", "PROPN", "VERB", "ADJ")


def _side_by_side(text: str) -> set[tuple[str, str]]:
    """Pairs of content words without another between them: "wrong user", "production access"."""
    content = [t.lemma.lower()[:7] for t in tokens(text) if _is_content(t)]
    return {(a, b) for a, b in pairwise(content) if a != b}


def _is_lacking(lacked: frozenset[str], text: str) -> bool:
    words = [t for t in tokens(text) if t.tag != "PUNCT"]
    for i, word in enumerate(words):
        if (match := _PRIVATIVE.fullmatch(word.lower)) and any(w.startswith(match["stem"]) for w in lacked):
            return True
        if _ABSENCE.fullmatch(word.lower) and lacked & set(_lemmas(words[i + 1 : i + 1 + _REACH])):
            return True
    return False


def _lemmas(words: Sequence[Token]) -> Iterator[str]:
    for word in words:
        yield word.lemma
        yield word.lower
