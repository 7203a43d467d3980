"""Who is given an action by the words around it: "Priya: …", "Priya to …", "@team will …", "can you, Priya?"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.agents.tracker.fields import as_owner
from pipeline.evidence.naming import Directory, Known
from pipeline.models.actions import Owner

How = Literal["gives", "asks", "tells"]
_GIVES = re.compile(r"^\s*[:\-–—>→]+\s*")
_VERB = re.compile(
    r"^\s*(?:(?P<will>will|is going to|are going to|['’]ll|to|takes?|took|has|is taking|owns?|agreed to|promised to|volunteered to|volunteers to|is to|are to)"
    r"|(?P<must>should|must|needs? to|has to|have to))\s+",
    re.I,
)
_ASKS = re.compile(
    r"^\s*[,:]?\s*(?:(?:can|could|would|will) you|please|pls|pls can you|are you able to|would you mind)\s+",
    re.I,
)
_ASK_FIRST = re.compile(
    r"^(?:can|could|would|will) (?P<who>@?[\w.\-]+(?: [A-ZÀ-Þ][\w\-]+)?)\s+(?:please\s+)?(?=\w)", re.I
)
_SELF = re.compile(r"^(?:me|mine|myself|I)\s*[:\-–—]\s*", re.I)


@dataclass(frozen=True, slots=True)
class Assignment:
    owner: Owner
    rest: str
    how: How  # "asks" binds nobody until answered


def find_assignment(text: str, directory: Directory, *, speaker: str | None = None) -> Assignment | None:
    """Somebody at the head of the words who is given the rest of them; the speaker's own name is a promise."""
    body = text.lstrip(" -*•>")
    if speaker and (match := _SELF.match(body)):
        known = directory.who(speaker)
        return Assignment(as_owner(known) if known else Owner(name=speaker), body[match.end() :], "tells")
    if match := _ASK_FIRST.match(body):
        known = directory.who(match["who"])
        if known:
            return Assignment(as_owner(known), re.sub(r"\?\s*$", "", body[match.end() :]), "asks")
    head = _named_head(body, directory)
    if head is None:
        return None
    known, end = head
    rest = body[end:]
    if asks := _ASKS.match(rest):
        return Assignment(as_owner(known), re.sub(r"\?\s*$", "", rest[asks.end() :]), "asks")
    if gives := _GIVES.match(rest):
        following = rest[gives.end() :]
        if asks := _ASKS.match(following):
            return Assignment(as_owner(known), re.sub(r"\?\s*$", "", following[asks.end() :]), "asks")
        return Assignment(as_owner(known), following, "gives") if following else None
    if verb := _VERB.match(rest):
        word = (verb["will"] or verb["must"]).lower()
        if word in ("has", "took") or re.match(r"(?:been|be)\b", rest[verb.end() :]):
            return None
        keeps = word in ("takes", "take", "owns", "own", "is taking")
        return Assignment(as_owner(known), ("take " if keeps else "") + rest[verb.end() :], "tells")
    return None


def _named_head(body: str, directory: Directory) -> tuple[Known, int] | None:
    for mention in directory.mentions(body[:60]):
        lead = body[: mention.start].strip(" @<*_").lower()
        if lead in ("", "the", "and", "cc", "then"):
            end = mention.end
            trailing = re.match(r"[*_>]*(?:\s+team\b)?(?:\s*\([^)]{1,30}\))?", body[end:])
            return mention.known, end + (trailing.end() if trailing else 0)
        return None
    return None
