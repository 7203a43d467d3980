"""Whether words lead a reader to the evidence behind them: a place in a medium, not the medium alone."""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.language.lexicon import word_set
from pipeline.language.people import People
from pipeline.language.words import tokens

# Where much is kept: by itself as little of a pointer as "a book".
_MEDIUM = word_set(
    "slack teams discord irc chat mattermost zoom channel thread mail e-mail email phone call hotline log logs graph graphs grafana "
    "datadog dashboard dashboards monitoring metrics prometheus kibana splunk pagerduty opsgenie pager alerting alerts jira github "
    "gitlab git page meeting bridge notes transcript recording export"
)
_SPARE = word_set(
    "internal memory recollection various several source sources unknown status conversation team us we me somebody someone people "
    "customer customers user users support vendor observation knowledge own from of the a an and or in our my via by with at on for "
    "to this that see no name"
)
_ANCHOR = re.compile(
    r"https?://\S+|\[[^\]\n]+\]\([^)\n]+\)|\[E\d+\]"  # a link, a mark of a record
    r"|\b[A-Z][A-Z0-9]*-[A-Za-z0-9-]*\d[\w-]*|(?<!\w)#[A-Za-z]*[\w-]*\d[\w-]*"  # a key, "#4471", "#inc-77"
    r"|\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,40}\b"  # a commit or a trace
    r"|\b[\w/-]+\.(?:log|txt|json|jsonl|csv|har|png|eml|md|html?|ya?ml|pcap|dmp)\b|(?<!\w)/(?:[\w.-]+/)+[\w.-]+"
    r"|\b(?:alert|ticket|issue|incident|case|pull request|PR|MR|merge request|run|job|pipeline|commit|deploy(?:ment)?|change"
    r"|message|post|trace|line|page|pages|p\.|panel|record|entry|request|build|report)\s*(?:no\.?|id|number)?\s*#?[A-Z]{0,6}-?\d[\w.→>-]*",
)
# A place within what a reference names: a clock, a number, a name of its own.
_WITHIN = re.compile(r"\d|[\"“‘][^\"”’]+[\"”’]|\w-\w|\w_\w|→")
_SAME = re.compile(
    r"\b(?:same|ibid|as) (?:source|above|as above)\b|\bibid\b|\bsee (?:above|previous)\b|\bas above\b",
    re.IGNORECASE,
)
_TOLD_BY = re.compile(
    r"\b(?:interview(?:ed)?|told|according to|account|statement|notes?|recollection|memory|conversation|debrief)\b[^.;\n]*?"
    r"(?:\b(?:by|of|with|from|to)\s+)?\b[A-Z][a-z]+",
)
_PEOPLE = People()


def leads(reference: str) -> bool:
    """Whether what stands in the place of a source leads anywhere: "chat" does not, "#inc-77, 12:49" does."""
    if _ANCHOR.search(reference) or _TOLD_BY.search(reference):
        return True
    words = [t for t in tokens(reference) if t.tag != "PUNCT"]
    named = [t for t in words if t.lower not in _MEDIUM | _SPARE and not t.text.isdigit()]
    return bool(_WITHIN.search(reference) and words) or len(named) > 1 or _is_person(reference)


def names_place(remark: str) -> bool:
    """Whether a remark in brackets is a reference: "(chat of inc-77, 16:10)" is, "(second time today)" is none."""
    if _ANCHOR.search(remark) or _TOLD_BY.search(remark):
        return True
    return bool(_WITHIN.search(remark)) and any(t.lower in _MEDIUM for t in tokens(remark))


def anchored(text: str) -> bool:
    """Whether running text names a record: an alert, a ticket, a commit, a link."""
    return bool(_ANCHOR.search(text))


def says_same(reference: str) -> bool:
    """Whether it only repeats the source of the entry before."""
    return bool(_SAME.search(reference))


def _is_person(reference: str) -> bool:
    """Somebody who can be asked."""
    return any(
        a.tag == b.tag == "PROPN" and _PEOPLE.kind_of(f"{a.text} {b.text}") == "person"
        for a, b in pairwise(tokens(reference))
    )
