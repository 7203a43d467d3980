"""AI-TRK: is the item an entry in the team's work system?"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.documents.trackers import URL, is_entry, is_surely_entry
from pipeline.language.lexicon import word_set
from pipeline.models.document import Document, PrintedItem
from pipeline.models.evaluation import Finding
from pipeline.rubric.criterion import Criterion, finding
from pipeline.rubric.items import lacks, said
from pipeline.rubric.means import Means

_KEY = re.compile(r"(?<![\w/-])([A-Z][A-Z0-9_]{1,14})-(\d{1,7})(?![\w-])")
_SMALL_KEY = re.compile(r"([a-z][a-z0-9_]{1,14})-(\d{3,7})")
_NOT_TRACKERS = word_set(
    "RFC CVE UTF ISO SHA SEV CWE HTTP TLS AES PEP IEEE ECMA ANSI RSA MD COVID GPT BSD MIT AI ACT ACTION ITEM ADR"
)
# Change and problem records of service desks, Phabricator's tasks: the letters are the queue.
_RECORD = re.compile(
    r"(?<![\w/-])(?:(?:CHG|INC|PRB|RITM|REQ|P?TASK|SCTASK|CS|CR|PBI|US|DE)\d{4,}|T\d{3,7})(?![\w-])"
)
_TRACKERS = (
    r"bugzilla|redmine|rt|otrs|mantis|trac|roundup|servicenow|zendesk|freshservice|youtrack|phabricator|launchpad|shortcut|clubhouse"
    r"|clickup|asana|linear|pivotal|openproject|maximo|sap pm|remedy|topdesk|glpi|vsts|ado|azure devops|sharepoint list"
)
_IN_TRACKER = re.compile(rf"\b(?:{_TRACKERS})\b[^\n,;]{{0,40}}?[#\s]\d{{2,}}\b", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?<![\w/])[A-Za-z][\w.-]*/[\w.-]+\s#\d+\b|[\w.-]+/(?:-/)?issues/\d+|(?<![\w/#])[\w.-]*[A-Za-z][\w.-]*(?:/[\w.-]+)*[#!]\d+\b"
)
_SPOKEN = re.compile(
    r"\b(?:issue|ticket|work (?:item|order|package)|notification|item|bug|task|story|card|incident|problem|change)\s*(?:no\.?\s*)?#?\d+\b|(?<![\w/])#\d+\b",
    re.IGNORECASE,
)
_PROJECT = re.compile(
    r"\b(?:board|project|in|queue|repo(?:sitory)?|tracker|of|on)\b[:\s]+\w+|^\w[\w.-]*\s+(?:issue|ticket|work item)"
    r"|\d\s*\([^)\d]*[A-Za-z]{3,}[^)]*\)",  # "bug 1548213 (Firefox)"
    re.IGNORECASE,
)
_WITHOUT_SCHEME = re.compile(r"(?<![\w/.:])(?:[\w-]+\.)+[a-z]{2,}/[^\s<>)\]]+", re.IGNORECASE)
_REVIEW = re.compile(
    r"\b(?:pull request|merge request|pr|mr|patch|commit|change request|cl)\b|![\d]+\b|/(?:pull|merge_requests|commit|\+)/",
    re.I,
)


def find_untracked(document: Document, means: Means) -> Iterable[Finding]:
    for item in document.items:
        if item.state not in ("open", "done") or (item.state == "done" and item.tracking is None):
            continue
        tracking = said(item.tracking)
        if tracking is None:
            problem: str | None = lacks(item.tracking, "ticket")
        else:
            problem = objection(tracking, item)
        if problem:
            yield finding(document, item.place("tracking"), CRITERION, problem, suggestion=CRITERION.advice)


def objection(tracking: str, item: PrintedItem) -> str | None:
    """Why a reference as written leads to no entry; None where it does."""
    urls = URL.findall(tracking)
    if any(is_entry(u) or _RECORD.search(u) for u in urls):
        return None
    if (bare := _WITHOUT_SCHEME.search(tracking)) and is_surely_entry(f"https://{bare[0]}"):
        return None
    words = URL.sub(" ", tracking)
    reviewed = bool(_REVIEW.search(tracking))
    if reviewed and item.state == "done":
        return None
    if any(
        m[1].upper() not in _NOT_TRACKERS and int(m[2]) > 0 and set(m[1].upper()) != {"X"}
        for m in _keys(words)
    ):
        return None
    if _RECORD.search(words) or _IN_TRACKER.search(words):
        return None
    if not reviewed and (_NUMBERED.search(words) or (_SPOKEN.search(words) and _PROJECT.search(words))):
        return None
    if reviewed:
        return f"“{tracking}” is a change under review; it tracks an item only once that is done"
    if urls:
        return f"“{tracking}” leads to no entry of a tracker"
    if re.search(r"#\d+", words):
        return f"“{tracking}” does not say which project's number it is"
    return f"“{tracking}” is no reference to an entry of a tracker"


def _keys(words: str) -> list[re.Match[str]]:
    """The keys in a reference; in small letters only where nothing else stands there: "pay-1182"."""
    small = _SMALL_KEY.fullmatch(re.sub(r"\s*\([^()]*(?:\([^()]*\))?[^()]*\)$", "", words).strip(" `*_()[]"))
    return [small] if small else list(_KEY.finditer(words))


CRITERION = Criterion(
    id="AI-TRK",
    title="an item that no tracker holds",
    unit="item",
    severity="blocking",
    gate="publish",
    rationale=(
        "Work that is not in the team's own work system is not planned, not seen and not done. A key, a project with a number "
        "or the address of one entry counts; a promise of a ticket, a chat, a document or a bare number does not."
    ),
    bad=(
        "## Action items\n\n- Expire tokens after 90 days (owner: Ines Caldeira, ticket: to follow)\n",
        "## Action items\n\n| Action | Ticket |\n|---|---|\n| Expire tokens after 90 days | IDP-XXX |\n",
        "## Action items\n\n- Expire tokens after 90 days (#14)\n",
    ),
    good=(
        "## Action items\n\n- Expire tokens after 90 days (IDP-311)\n",
        "## Action items\n\n| Action | Ticket |\n|---|---|\n| Expire tokens after 90 days | identity#311 |\n",
        "## Action items\n\n- Expire tokens after 90 days ([ticket](https://tracker.example/browse/IDP-311))\n",
    ),
    advice="give the key or the address of the entry in your tracker",
    check=find_untracked,
)
