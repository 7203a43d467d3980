"""The day that a due field leans on, where one sentence of the document dates it: "before go-live", "end of the freeze"."""

from __future__ import annotations

import re
from datetime import date

from pipeline.language.times import find_times
from pipeline.models.document import Document

_LEAD = re.compile(
    r"^\W*(?:(?:due|by|before|until|at|on|in|with|for|no later than|the|our|this)\s+)*(?P<end>end of\s+(?:the\s+)?)?",
    re.IGNORECASE,
)
_LOOSE = re.compile(
    r"\b(?:after|soon|around|about|approx\w*|roughly|from|not before|earliest|depends?|when|if|or|same|every|each|tb[acd]|ticket|done|completed)\b|\?|~",
    re.IGNORECASE,
)
_VAGUE = frozenset(  # what names no one thing
    "asap soon later ongoing week month quarter year today tomorrow now day days weeks time date item list".split()
)
_WEEKDAY = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)\b", re.IGNORECASE
)
_MEANS = re.compile(r"\b(?:means|stands for|is short for)\b", re.IGNORECASE)
_UNSETTLED = re.compile(
    r"\b(?:not|postponed|moved|probably|expected|may|might|could|planned|tentative\w*|unless|if|about|around)\b|\?",
    re.IGNORECASE,
)
_ITEM_LINE = re.compile(r"\s*(?:[-*+|]|\d+[.)]\s)")
_COUNTED_FROM = re.compile(
    r"\b(?:count(?:ed|s)?|runs?|measured|reckoned|start|begin)\b[^.\n]{0,30}\b(?:from|at|with)\s+(?P<base>[^\n]+)",
    re.IGNORECASE,
)
_YEAR_OF_QUARTERS = re.compile(r"\bquarters?\b[^.\n]{0,40}\b(?:year|of|in|to)\s+(20\d\d)\b", re.IGNORECASE)


def anchored_day(due: str, document: Document) -> date | None:
    """The day that the one sentence with all words of the due field gives; None where none does or two differ."""
    lead = _LEAD.match(due)
    words = [w for w in re.findall(r"\w+(?:-\w+)*", due[lead.end() if lead else 0 :].lower()) if w != "the"]
    if (
        not words
        or len(words) > 5
        or _LOOSE.search(due)
        or not any(re.match(r"[^\W\d_]{2}", w) and w not in _VAGUE for w in words)
    ):
        return None
    weekday = any(_WEEKDAY.fullmatch(w) for w in words)
    found = set()
    for sentence in _sentences(document):
        if _UNSETTLED.search(sentence) or (weekday and not _MEANS.search(sentence)):
            continue
        if all(re.search(rf"\b{re.escape(_stem(w))}", sentence, re.IGNORECASE) for w in words):
            days = [m.date for m in find_times(sentence) if m.date]
            if days:
                found.add(max(days) if lead and lead["end"] else min(days))
    return found.pop() if len(found) == 1 else None


def counting_base(document: Document) -> str | None:
    """From what the document says that its periods are counted: "from the review on 9 April 2026"."""
    bases = {m["base"] for s in _sentences(document) if (m := _COUNTED_FROM.search(s))}
    return bases.pop() if len(bases) == 1 else None


def year_of_quarters(document: Document) -> int | None:
    """The year of which the document says that its quarters are."""
    years = {int(m[1]) for s in _sentences(document) if (m := _YEAR_OF_QUARTERS.search(s))}
    return years.pop() if len(years) == 1 else None


def _stem(word: str) -> str:
    return word[:4] if word.endswith("ing") and len(word) > 6 else word


def _sentences(document: Document) -> list[str]:
    """The sentences of running text; an item or a row of a table dates nothing but itself."""
    lines = [line for line in document.text.splitlines() if not _ITEM_LINE.match(line)]
    return [s for line in lines for s in re.split(r"(?<=[a-z\d][.;])\s+(?=[A-Z])", line) if s.strip()]
