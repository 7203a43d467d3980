"""The words by which a document tells that it was noticed or was over, and how a length is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from pipeline.models.document import Span

Told = Iterator[tuple[Span, str]]  # where, and what contradicts what
MINUTE = timedelta(minutes=1)
RESOLVED = re.compile(
    r"\b(?:incident|outage|service|issue|impact|everything|site)\b[^.;,]{0,40}?\b(?:resolved|over|closed|ended|restored|recovered)\b"
    r"|^\W*(?:public post:\s*)?(?:resolved|restored|closed|recovered)\b|\ball[- ]clear\b"
    r"|\b(?:declare[sd]?|mark(?:s|ed)|set)\b[^.;,]{0,30}\b(?:resolved|over|closed)\b|\bclose[sd]?\b[^.;,]{0,20}\bincident\b",
    re.IGNORECASE,
)
DETECTED = re.compile(
    r"\b(?:alerts?|alarms?|monitor\w*|probes?|canary|pager\w*|\w+(?:High|Low|Down|Errors?|Failed))\b[^.;]{0,60}\b(?:fire[sd]?|page[sd]?|trigger(?:s|ed)|alert(?:s|ed)|went off|r[ai]ngs?|sound(?:s|ed))\b"
    r"|\b(?:detected|detection)\b|\bfirst (?:customer |user |support )?(?:reports?|calls?|complaints?|alerts?|pages?)\b|\bfirst (?:customer|user|support) tickets?\b|\bpage[sd]\b",
    re.IGNORECASE,
)
NEGATED = re.compile(r"\b(?:no|not|none|zero|without|never)\b|(?<![\w.])0(?![\w.])|n't\b", re.IGNORECASE)

# A clock that stands still at night measures nothing of the calendar's.
WORKING_HOURS = re.compile(r"\b(?:support|business|working|office) hours\b", re.IGNORECASE)


def in_words(length: timedelta) -> str:
    minutes = round(length.total_seconds() / 60)
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if hours else f"{minutes} min"
