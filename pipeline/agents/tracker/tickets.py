"""References to entries of a tracker as artifacts write them: keys, numbers with a project, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.models.actions import Ticket
from pipeline.models.incident import TrackerTarget

_URL = re.compile(
    r"<?(?P<url>https?://[^\s<>|)\]]*?/(?:browse|issues?|-/issues|work_items|stories|story|t|tasks?|tickets?)/"
    r"(?P<key>[A-Za-z][A-Za-z0-9]*-\d+|\d+)[^\s<>|)\]]*?)(?:\|[^>\s]*)?>?(?=[\s.,;:)\]]|$)"
)
_KEY = re.compile(r"(?<![\w/#.\-])(?P<key>[A-Z][A-Z0-9]{1,9}-\d{1,7})(?![\w-]|\.\d)")
_PROJECT_NUMBER = re.compile(r"(?<![\w/])(?P<key>(?:[\w.-]+/)?[A-Za-z][\w.-]*[A-Za-z0-9]#\d{1,6})(?![\w-])")
_NUMBER = re.compile(r"(?<![\w/#&])(?P<key>#\d{1,6})(?![\w-])")
_NOT_A_TICKET = re.compile(  # standards, severities and models look like keys
    r"^(?:UTF|ISO|SHA|RFC|CVE|CWE|SEV|TLS|SSL|HTTP|AES|RSA|GPT|COVID|ASCII|IEC|IEEE|EU|US|UTC|GMT|PR|P|X|S|V|T|EC|PG|RTX|H|Q)\d*-\d+$"
)
# A bare number counts only where it is announced as an entry of the work system.
_ANNOUNCES = re.compile(
    r"\b(?:ticket|issue|task|story|card|work item|tracked (?:in|as|by)|filed(?: as)?)\s*:?\s*\(?$", re.I
)
_OTHER_NUMBER = re.compile(
    r"\b(?:pr|pull request|mr|merge request|build|run|incident|alert|page|pd|job|case|order|check|version|release)\s*:?\s*\(?$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class TicketMention:
    start: int
    end: int
    ticket: Ticket


def find_tickets(
    text: str, tracker: TrackerTarget | None = None, not_these: frozenset[str] = frozenset()
) -> tuple[TicketMention, ...]:
    """Tickets in order; `not_these` holds keys that stand for the incident itself (upper case)."""
    taken: list[TicketMention] = []
    for mention in _all(text, tracker):
        key = mention.ticket.key
        if key.upper() in not_these or _NOT_A_TICKET.match(key):
            continue
        if any(t.start < mention.end and mention.start < t.end for t in taken):
            continue
        taken.append(mention)
    return tuple(sorted(taken, key=lambda t: t.start))


def _all(text: str, tracker: TrackerTarget | None) -> Iterator[TicketMention]:
    project = tracker.project if tracker else None
    for match in _URL.finditer(text):
        yield TicketMention(match.start(), match.end(), Ticket(key=match["key"], url=match["url"]))
    for match in _PROJECT_NUMBER.finditer(text):
        yield TicketMention(match.start(), match.end(), Ticket(key=match["key"]))
    for match in _KEY.finditer(text):
        yield TicketMention(match.start(), match.end(), Ticket(key=match["key"]))
    for match in _NUMBER.finditer(text):
        before = text[: match.start()]
        by_number = tracker is not None and tracker.kind in ("github", "gitlab", "gitea", "forgejo")
        if _ANNOUNCES.search(before) or (by_number and not _OTHER_NUMBER.search(before)):
            yield TicketMention(match.start(), match.end(), Ticket(key=match["key"], project=project))
