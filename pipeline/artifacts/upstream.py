"""Which of the four upstream documents a document is: by its title, its headings and its fields."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline.models.incident import UPSTREAM, Upstream

_TITLES: dict[Upstream, str] = {
    "incident brief": r"\b(?:brief|incident (?:summary|report|declaration|overview|ticket)|sit(?:uation)? ?rep(?:ort)?)\b",
    "root cause": r"^causes?\b|\b(?:root[- ]?causes?|rca|causal analysis|cause analysis|why it happened|diagnosis)\b",
    "mitigation log": r"\b(?:mitigation(?:s| log| steps| actions)?|action log|actions taken|response log|war ?room log|recovery log)\b",
    "resolution summary": r"\b(?:resolution(?: summary)?|fix summary|permanent fix|close[- ]?out|closure|remediation summary)\b",
}
# What a heading, a bold lead or a field of each document speaks of (contract 2: "it tells").
_TOPICS: dict[Upstream, str] = {
    "incident brief": (
        r"severity|symptoms?|blast radius|affected|impact|detect(?:ed|ion)|declared|started|commander|\bic\b|owner(?:ship)?|who"
        r"|comm(?:s|unication)(?: plan)?|customers told|on[- ]?call|status page|next update|investigat\w+|times so far|scribe"
    ),
    "root cause": (
        r"root cause|cause|mechanism|statement|evidence|contributing|factors?|ruled out|hypothes\w+|trigger|detection latency"
        r"|why|five whys|how (?:it|we) know|defect|analysis"
    ),
    "mitigation log": (
        r"action(?:, exact|s? taken)?|command|result|before|after|way back|rollback|roll-?back|reverse|side[- ]effects?"
        r"|remaining risk|to clean ?up|clean-?up owed|effect|outcome|undo|temporary|mitigat\w+"
    ),
    "resolution summary": (
        r"fix|permanent fix|what changed|different from|difference|regression tests?|tests?|rollout|roll-out|deployed"
        r"|clean-?up(?: status)?|mitigation cleanup|class search|same (?:defect|bug|class)|elsewhere|siblings?|other surfaces"
        r"|related improvements?|improvements?|deferred|verified|verification|impact, final|follow[- ]?ups?"
    ),
}
_TITLE_PATTERNS = {k: re.compile(v, re.IGNORECASE) for k, v in _TITLES.items()}
_TOPIC_PATTERNS = {k: re.compile(rf"\b(?:{v})\b", re.IGNORECASE) for k, v in _TOPICS.items()}
_TITLE_WEIGHT = 4
_NEEDED = 3  # a title, or three topics


def named_by(heading: str) -> Upstream | None:
    """The document that a heading names, where it names one only."""
    named = [k for k, pattern in _TITLE_PATTERNS.items() if pattern.search(heading)]
    return named[0] if len(named) == 1 else None


def is_heading_of(heading: str) -> Upstream | None:
    """The document whose name is the heading and nothing more; "Mitigation cleanup" is a part of another."""
    kind = named_by(heading)
    rest = _TITLE_PATTERNS[kind].sub("", heading) if kind else heading
    return (
        kind if not re.sub(r"\W|\d|\b(?:analysis|document|the|of|incident|log)\b", "", rest.lower()) else None
    )


def classify(title: str, topics: Sequence[str], path: str) -> Upstream | None:
    """The upstream document that these headings and field names are of; the file's name decides a tie.

    A document that covers the topics of several equally (a postmortem that somebody wrote) is none.
    """
    score: Counter[Upstream] = Counter()
    for kind in UPSTREAM:
        if _TITLE_PATTERNS[kind].search(title):
            score[kind] += _TITLE_WEIGHT
        score[kind] += len(set(_topics_of(kind, topics)))
    by_name = named_by(re.sub(r"[-_./]", " ", path.rpartition("/")[2]))
    ranked = score.most_common()
    best, points = ranked[0]
    runner_up = ranked[1][1]
    if by_name and score[by_name] >= max(2, points - 2):
        return by_name
    if points < _NEEDED or points == runner_up:
        return None
    return best


def _topics_of(kind: Upstream, topics: Iterable[str]) -> Iterable[str]:
    pattern = _TOPIC_PATTERNS[kind]
    for topic in topics:
        match = pattern.search(topic)
        if match and len(topic) <= 60:
            yield match[0].lower()
