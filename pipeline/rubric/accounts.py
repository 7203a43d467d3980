"""One happening told twice, in the prose and in the timeline, with two times; and the end of impact before impact."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from pipeline.language.lemmas import lemma, verb_lemma
from pipeline.language.times import find_times
from pipeline.language.words import tokens
from pipeline.rubric.chronology import Moment
from pipeline.rubric.told_times import MINUTE, NEGATED, Told

_NEAR = timedelta(hours=12)
_DAY = timedelta(days=1)
_CUT = re.compile(
    r"[;:.]\s|,\s(?:and|but|while|when)\s|\s(?:and|but|while|after|before|because|since|when)\s|,\s"
)
_REPEATED = re.compile(
    r"\b(?:again|another|second|third|twice|repeated\w*|first|last|also|still|re-?\w+ed again|each|every|until|most|half|partly|partial\w*|next)\b",
    re.IGNORECASE,
)
_IDLE = frozenset(
    "a an the of to in on at by for from with and or be is was were are been has have had it its this that they we our all utc gmt cet "
    "cest time then about around approximately ca".split()
)
_GENERAL = frozenset(
    "incident service system team issue problem error alert start begin page report call see find say".split()
)

_STATES = frozenset(  # what tells two acts on one thing apart
    "resolve restore recover clear close end stop over back fail declare confirm finish complete deploy roll revert "
    "acknowledge reopen open partial join leave suspect".split()
)


def find_two_accounts(entries: Sequence[Moment], prose: Sequence[Moment]) -> Told:
    """A clause of the prose and the one entry that tells the same act, more than a minute apart."""
    told = [
        (content(e.text), content(_core(e.text)), content(e.entry.actor or "") if e.entry else frozenset())
        for e in entries
    ]
    for p in prose:
        if (
            p.until is not None
            or p.approximate
            or p.part in ("timeline", "latencies", "lessons", "went well", "went poorly")
        ):
            continue
        clause = _clause(p)
        mine = content(clause)
        if len(mine) < 2 or _REPEATED.search(clause) or NEGATED.search(clause):
            continue
        # An actor in a column of its own counts where the prose names one too.
        core = content(_core(clause))
        same = [
            e
            for e, (act, heart, who) in zip(entries, told, strict=True)
            if alike(mine, act | (who & mine)) or (len(core) > 1 and core == heart | (who & core))
        ]
        if len(same) != 1:
            continue
        (e,) = same
        apart = abs(e.at.replace(second=0) - p.at.replace(second=0))
        slack = timedelta(minutes=10) if e.approximate else MINUTE
        if e.until is not None or _REPEATED.search(e.text) or not slack < apart:
            continue
        if apart <= _NEAR or apart == _DAY:
            yield (
                p.span,
                f"{p.at:%d %b %H:%M} here and {e.at:%d %b %H:%M} in the timeline (UTC, line {e.span.line}): one act has one time",
            )


def _core(text: str) -> str:
    """Who did what, without where and how: what stands before the first preposition behind it."""
    return re.split(
        r"\s(?:in|at|on|to|into|for|of|with|by|from|below|above|under|over|via)\s", text.strip(), maxsplit=1
    )[0]


def _clause(moment: Moment) -> str:
    """The words of a sentence that belong to one of its times: from the cut before it to the next."""
    text, mention = moment.text, moment.mention
    if mention is None:
        return text
    cuts = [0, *(m.end() for m in _CUT.finditer(text)), len(text)]
    others = [m for m in find_times(text) if m.clock]
    start = max((c for c in cuts if c <= mention.start), default=0)
    end = min((c for c in cuts if c >= mention.end), default=len(text))
    if len(others) == 1 and not content(text[start:end]):
        start, end = 0, len(text)
    return re.sub(r"\([^()]*\)", " ", text[start : mention.start] + " " + text[mention.end : end])


def content(text: str) -> frozenset[str]:
    """The words that say something, in their base forms, without the times."""
    for m in reversed(find_times(text)):
        text = text[: m.start] + " " + text[m.end :]
    found = set()
    for t in tokens(text):
        if t.tag == "PUNCT" or t.lower in _IDLE:
            continue
        found.add(verb_lemma(t.lower) or lemma(t.lower))
    return frozenset(found - _IDLE)


def alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two tellings share all that the shorter says, and what both call by number or name."""
    shared = one & other
    numbers = [{w for w in words if any(c.isdigit() for c in w)} for words in (one, other)]
    if numbers[0] != numbers[1] and numbers[0] and numbers[1]:
        return False
    if (one ^ other) & _STATES:
        return False
    alike = len(shared) >= 2 and len(shared) * 5 >= len(one | other) * 3
    return alike and bool(shared - _GENERAL or one == other)
