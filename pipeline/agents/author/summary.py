"""The summary: what happened to whom and for how long, why, how it was found, what ended it, what lasts, what is open."""

from __future__ import annotations

import re

from pipeline.agents.author import impacts, remedies
from pipeline.agents.author.passages import tells_duration
from pipeline.agents.author.phrases import said, sentence
from pipeline.agents.author.questions import unsettled
from pipeline.evidence.likeness import content
from pipeline.language.people import People
from pipeline.models.case import Case
from pipeline.models.postmortem import Narrative, Statement

_FEW_CAUSES = 3
_SHORT = 70  # characters
_STEP = re.compile(r"^(?P<when>\d\d:\d\d UTC)(?:, (?P<who>[^:]+))?: (?P<what>.+)$", re.S)
_LEANS = re.compile(r"^(?:[^:]*: )?(?:the same|again|it|its|this|that|these|they|from then)\b", re.I)
_MOST_OPEN = 3
_OPEN = re.compile(
    r"\b(?:deferred|open|pending|not (?:yet|done|explained)|waits?|waiting|scheduled|blocked|unresolved|owed|to be|until|still)\b",
    re.I,
)
_DONE = re.compile(
    r"\b(?:done|fixed|refunded|reverted|revoked|removed|closed|not affected|called|went back)\b", re.I
)


def summary(case: Case, narrative: Narrative, people: People) -> tuple[Statement, ...]:
    """Each part's strongest sentence, once, in the order in which a reader asks."""
    told = [
        *_size(case, narrative),
        *_cause(narrative),
        *narrative.detection[:1],
        *_end(case),
        *_fix(case, people),
        *_still_open(case, narrative, people),
    ]
    once: dict[tuple[str, ...], Statement] = {}
    for s in told:
        once.setdefault(s.evidence, s)
    return tuple(once.values())


def _size(case: Case, narrative: Narrative) -> list[Statement]:
    """The first measure of impact, and how long it lasted where that does not say it."""
    duration = impacts.lasted(case)
    rest = [s for s in narrative.impact if s != duration]
    first = next((s for s in rest if re.search(r"\d", s.text)), rest[0] if rest else None)
    if first is None and case.events:
        opening = case.events[0]
        first = Statement(
            text=said(opening.actor, opening.time, opening.text)
            if opening.quoted
            else sentence(opening.text),
            evidence=opening.evidence,
        )
    told = [first] if first is not None else []
    if duration in narrative.impact and not any(tells_duration(s.text) for s in told):
        told.append(duration)
    return told


def _cause(narrative: Narrative) -> list[Statement]:
    """The first sentence, and the one that comes to what people saw; with the one before where it leans on that."""
    causes = list(narrative.root_cause)
    if len(causes) < _FEW_CAUSES:
        return causes
    seen = frozenset(w for s in narrative.impact for w in content(s.text))
    reach = [len(content(s.text) & seen) for s in causes]
    arrived = max(range(1, len(causes)), key=lambda i: (reach[i], -i))
    first = max(1, arrived - 1) if _LEANS.match(causes[arrived].text) else arrived
    return [causes[0], *causes[first : arrived + 1]]


def _end(case: Case) -> list[Statement]:
    """The last step that had an effect; with the one before where it leans on that."""
    steps = [s for s in remedies.ending(case) if _STEP.match(s.text)]
    if not steps:
        return list(remedies.ending(case)[-1:] or remedies.closing(case))
    last = steps[-1:] if len(steps) < 2 or not _LEANS.match(steps[-1].text[len("00:00 ") :]) else steps[-2:]
    told = []
    for s in last:
        step = _STEP.match(s.text)
        assert step is not None
        who = f" ({step['who']})" if step["who"] else ""
        told.append(f"at {step['when']}{who}: {step['what'].replace('. Result: ', '; result: ').rstrip('.')}")
    evidence = tuple(dict.fromkeys(i for s in last for i in s.evidence))
    return [
        Statement(text=f"What ended it, as logged {'; '.join(told)}.", evidence=evidence, basis="observed")
    ]


def _fix(case: Case, people: People) -> list[Statement]:
    """The lasting fix: a first sentence that only says when it went live needs the second."""
    fix = [s for s in remedies.fixes(case, people) if s.basis == "stated"]
    return fix[: 2 if fix and len(fix[0].text) < _SHORT else 1]


def _still_open(case: Case, narrative: Narrative, people: People) -> list[Statement]:
    """One sentence: surfaces that were deferred, cleanup that is owed, counts that nobody reconciled."""
    left = [s for s in remedies.left_over(case, people) if _OPEN.search(s.text) and not _DONE.search(s.text)]
    named = [(s.text.rstrip("."), s.evidence) for s in left][: _MOST_OPEN - 1]
    named += [
        (f"{c.about} (accounts differ)", tuple(e for a in c.accounts[:2] for e in a.evidence[:1]))
        for c in unsettled(case, narrative)
    ][: _MOST_OPEN - len(named)]
    if not named:
        return []
    words = "; ".join(text for text, _ in named)
    evidence = tuple(dict.fromkeys(e for _, ids in named for e in ids))
    return [Statement(text=f"Still open in the records: {words}.", evidence=evidence, basis="stated")]
