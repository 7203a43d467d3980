"""What responders said of the cause and of the conditions behind it, chosen by how an explanation is worded."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from pipeline.agents.author.exchanges import Exchange, exchanges
from pipeline.evidence.likeness import content
from pipeline.language.event_classes import read_event
from pipeline.language.people import People
from pipeline.language.polarity import is_hedged
from pipeline.models.case import Case
from pipeline.models.postmortem import Statement

_MOST = 5
_CLOSE, _AROUND = timedelta(minutes=12), timedelta(minutes=25)
_FINDS, _SURE, _EXPLAINS, _MAY_EXPLAIN = 1.2, 2.5, 1.5, 1.2

# What somebody says who has found something, and how a conclusion is tied to what it follows from.
_FOUND = re.compile(
    r"^(?:ah+|ok|yes|oh)?[,. ]*(?:found|got) (?:it|something|the)\b|^found\b|\bturns out\b|\broot cause\b"
    r"|\bthat(?:['’]s| is| was) (?:why|the (?:cause|reason|problem))\b|\bthe (?:cause|reason|problem) (?:is|was)\b",
    re.I,
)
_FOLLOWS = re.compile(
    r"(?:^|[.;,:] )so (?!far|that\b)\w+|\bbecause\b|\bdue to\b|\bcaused by\b|=\s*\d+\s*>", re.I
)
# A change or a state, with the moment from which it was so.
_CHANGED = re.compile(
    r"\b(?:chang\w+|deploy\w+|releas\w+|updat\w+|upgrad\w+|delet\w+|remov\w+|mov(?:ed|es)|switch\w+|migrat\w+|install\w+|publish\w+"
    r"|publication|import|merg\w+|enabl\w+|disabl\w+|expir\w+|r[au]n out|went live|got|gets|cuts?|runs|was set)\b",
    re.I,
)
_MOMENT = re.compile(
    r"\b(?:since|yesterday|last (?:night|week|month)|tonight|this morning|before|on \d{1,2} \w+|in (?:january|february|march"
    r"|april|may|june|july|august|september|october|november|december)|at \d|from \w+day|\d{1,2}:\d\d)\b",
    re.I,
)
# What is limited, absent, or one where another is needed.
_LIMIT = re.compile(
    r"\b(?:only|still|no longer|instead of|not unique|every|same|one|needs?|waits?|refuses?|rejects?|limit\w*)\b|\bno\b|\bnot\b|n['’]t\b",
    re.I,
)
# A condition that stood before: absent, unread, unowned, alike, failing without a sound.
_STANDING = re.compile(
    r"\bnobody(?:['’]s)? (?:\w+ )?(?:kn[oe]w|read|own|see|saw|had|has|have|watch|hear|look|check|document|board|wr[oi]te|notic)\w*\b"
    r"|\bno \w+(?: \w+){0,2} (?:is|are|was|were|has|have|had|shows?|says?|exists?|covers?|in)\b|\b(?:has|have|had|there (?:is|was|are)) no(?:ne)?\b"
    r"|\bwe have none\b|\bnever (?:been|was|were|tested|documented)\b|\bnot \w+ anywhere\b|\bno alarm\b|\bno alert\b|\bnot for the\b"
    r"|\bboth \w+(?: \w+)? (?:say|look|show|have|are)\b|\blooks? the same\b|\bnames? \w+ and \w+ do(?:n['’]t| not) help\b"
    r"|\bexit 0\b|\bbounces?\b|\bsilently\b|\bwithout (?:a|any) (?:word|sound|check|test|alert)\b|\b(?:only (?:checks?|covers?|reports?)|counts? only)\b",
    re.I,
)
_OPTIONS = re.compile(r"\b(?:a\)|1\)|\(1\)|option 1).*\b(?:b\)|2\)|\(2\)|option 2)", re.I)
_DENIES = re.compile(r"^(?:not?|nope|it['’]s not|it is not) (?!unique)\w+", re.I)
_SECRET = re.compile(r"\[(?:private key|access token|password|api key|card number)\]")
_ORDERS = re.compile(r"\bplease\b|^(?:let['’]s|go|do not|don['’]t|stop)\b", re.I)
_WISHES = ("decided", "planned", "posted", "declared", "asked", "suspected")


def said_causes(case: Case, people: People) -> tuple[Statement, ...]:
    """The finding and what explains it, from up to five exchanges, in order of time."""
    found = list(exchanges(case, people, afterwards=False))
    acts = {i for e in case.events if set(e.classes) & {"ATT", "MIT", "COM", "RES"} for i in e.evidence}
    weight = {x: explains(x) - 1.5 * all(r.id in acts for r in x.records) for x in found}
    finding = max(found, key=lambda x: weight[x], default=None)
    if finding is None or weight[finding] < _FINDS:
        return ()
    related = _Relation(found)
    # What explains a finding that was announced stands close to it; without one, the search was spread out.
    sure = weight[finding] >= _SURE
    near, enough = (_CLOSE, _EXPLAINS) if sure else (_AROUND, _MAY_EXPLAIN)
    worth = {x: weight[x] + related.to(finding, x) for x in found if x is not finding and weight[x] > 0}
    chosen = [x for x in worth if worth[x] >= enough and abs(x.time - finding.time) <= near]
    chosen.sort(key=lambda x: -worth[x])
    return tuple(x.told() for x in sorted([finding, *chosen[: _MOST - 1]], key=lambda x: x.time))


def explains(x: Exchange) -> float:
    """How much an exchange reads as an explanation of what is wrong, 0 and up for what may be one."""
    text, reading = x.text, x.reading
    if (
        x.open
        or _SECRET.search(text)
        or len(x.words[-1].split()) < 3
        or (reading.has("chatter") and reading.strength < 1)
    ):
        return -3.0
    total = (
        2.5 * bool(_FOUND.search(text)) + 1.2 * bool(_FOLLOWS.search(text)) + 0.7 * bool(_LIMIT.search(text))
    )
    total += 1.2 * bool(_CHANGED.search(text) and _MOMENT.search(text)) + 0.5 * bool(
        re.search(r"\w[-_.]\w|\d", text)
    )
    if x.asked:
        total += 1.5 if _CHANGED.search(x.asked) else 0.7
    if _DENIES.search(text):
        total -= 1.0
    if is_hedged(x.words[-1]):
        total -= 1.5
    if reading.act in _WISHES or _OPTIONS.search(text) or _ORDERS.search(text):
        total -= 2.0
    if reading.act in ("did", "ruled out") or reading.failed:
        total -= 1.0
    if read_event(text).has("close", "hand over", "command"):
        total -= 2.0
    if reading.has("recover"):
        total -= 1.0
    return total


class _Relation:
    """How much two exchanges are about the same things; a word that few messages have counts more."""

    def __init__(self, all_of_them: Sequence[Exchange]) -> None:
        self._often = Counter(w for x in all_of_them for w in content(x.text))

    def to(self, a: Exchange, b: Exchange) -> float:
        shared = content(a.text) & content(b.text)
        return min(1.5, sum(1.5 / self._often[w] for w in shared if len(w) > 1))


def said_conditions(case: Case, people: People) -> list[Statement]:
    """What responders said of a standing condition once there was a signal, in order of time."""
    found = [
        x
        for x in exchanges(case, people, afterwards=True)
        if _STANDING.search(x.text)
        and len(x.text.split()) >= 6
        and (x.reading.act == "asked" or x.reading.act not in _WISHES)
        and not x.reading.has("recover", "close")
        and not x.open
        and not _ORDERS.search(x.text)
    ]
    return [x.told() for x in found[:_MOST]]
