"""What stands under an action heading: a deed to do, one that is done, or a mere pointer to where it is tracked."""

from __future__ import annotations

import re

from pipeline.documents.fields import TICKET
from pipeline.documents.trackers import URL
from pipeline.language.item_verbs import opens_as_deed
from pipeline.language.sentences import split
from pipeline.language.words import tokens

_INTENDS = re.compile(
    r"\b(?:will|shall|should|must|needs? to|ha(?:ve|s) to|going to|plan(?:s|ned|ning)? to|want(?:s)? to|intend(?:s)? to|ought to|are to|is to)\b",
    re.IGNORECASE,
)
_NONE = re.compile(r"\bno (?:further |other )?(?:action|follow[- ]?up|measure)s?\b", re.IGNORECASE)
# Words about the list itself, where they stand above one or in place of one.
_ABOUT_THE_LIST = re.compile(
    r"\b(?:following|below|these) (?:\w+ ){0,2}(?:actions?|measures?|steps?)\b|\baction items?\b|\bsub-?headings?\b|\bthis (?:list|section|template)\b",
    re.IGNORECASE,
)
_FINISHED = re.compile(
    r"\bDONE\b|(?i:\b(?:this|that|it|which|we) (?:(?:has|have|had|was|were|is) )?(?:already )?(?:been )?(?:already )?(?:\w+ly )?"
    r"(?:done|implemented|fixed|deployed|merged|completed|finished|rolled out|in place)\b(?: (?:that|this|it))?(?: (?:now|since|already))?\W*$"
    r"|\balready (?:done|implemented|fixed|deployed|merged|completed|in place)\b)"
)
_POINTS = re.compile(
    r"(?:(?:we|the team|team|all|these|they|it|this|our|follow[- ]?ups?|open|mitigation|action|items?|points|for|of|the|particular|issue"
    r"|incident|are|is|have|has|been|were|was|will|be|an?|separate|see|please|also|further|details?|more|progress|work|to)\W+)*"
    r"(?:track(?:ed|ing)|see|found|(?:tickets?|issues?|cards?|tasks?|board|epic|project)\b"
    r"|(?:rais|creat|open|fil|logg?|collect|list|follow)(?:ed|e)?(?=\W*$|\W+(?:in|at|on|under|as|here|below|by|with)\b"
    r"|(?:\W+(?:a|an|the|this|these|new|separate|two|three|follow-?up))*\W+(?:tickets?|issues?|cards?|stor(?:y|ies)|epics?|bugs?|tasks?|work items?)\b))",
    re.IGNORECASE,
)
_KEY = re.compile(r"(?<![\w-])[A-Z][A-Z0-9_]{1,14}-\d+\b|\w*#\d+")  # "ledger-db-2" is none
_DEED_BEHIND = re.compile(
    r"\b(?:to|for|about|that|so)\s+(?!track|follow|see|be\b|this\b|the incident)[a-z]{3,}", re.I
)


def tells_deed(text: str) -> bool:
    """Whether a sentence of a paragraph asks for something to be done; an introduction to a list does not."""
    if _NONE.search(text) or _ABOUT_THE_LIST.search(text) or text.rstrip().endswith(":"):
        return False
    for start, end in split(text):
        words = [t for t in tokens(text[start:end]) if t.tag != "PUNCT"]
        if len(words) >= 3 and (opens_as_deed(words, 0) or _INTENDS.search(text[start:end])):
            return True
    return False


def is_finished(title: str) -> bool:
    """Whether an item's own words say that it is done: "DONE in …", "this has been implemented"."""
    return bool(_FINISHED.search(title))


def is_pointer(title: str, raw: str) -> bool:
    """Whether an item says only where it is tracked: a link or a key, and no deed beside the filing of it."""
    if not (URL.search(raw) or "](" in raw or _KEY.search(title)):
        return False
    words = TICKET.sub(" ", URL.sub(" ", title))
    if not re.search(r"[A-Za-z]{2,}", words):
        return True
    return bool(_POINTS.match(words)) and not _DEED_BEHIND.search(words)
