"""Which addresses lead to one entry of a work system, and which of them stand in an item's text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

URL = re.compile(r"https?://[^\s<>)\]]+")
_CHAT_OR_PAPER = re.compile(
    r"(?:^|\.)(?:slack\.com|teams\.microsoft\.com|discord\.(?:com|gg)|chat\.google\.com|docs\.google\.com|drive\.google\.com"
    r"|notion\.(?:so|site)|dropbox\.com|gitter\.im|zoom\.us|meet\.google\.com|wikipedia\.org|web\.telegram\.org)$"
)
_PAPER_PATH = re.compile(
    r"/(?:wiki|docs?|documents?|archives|messages|blob|tree|pages|display|spaces)(?:/|$)", re.IGNORECASE
)
REVIEW_PATH = re.compile(
    r"/(?:pull|pulls|merge_requests|commit|commits|compare|pull-requests|patch)(?:/|$)|/\+/", re.I
)
_ENTRY_PATH = re.compile(
    r"/(?:issues?|browse|tickets?|items?|work_?items?|workitems|tasks?|bugs?|cards?|c|story|stories|incidents?|show_bug|_workitems"
    r"|requests?|projects?|t|i|edit|view)(?:/|\b).*\d|[?&](?:id|issue|selectedIssue|ticket|task|work_?item)=\S*\d|[A-Z][A-Z0-9_]+-\d+|#\d+$"
    r"|/(?:c|card|t|story|item|p)/\w{6,}",
    re.IGNORECASE,
)
# What hosts of trackers call one entry. Their ids are often no numbers: "/c/GijvIK2Z", "/issue/web-7/title".
_HOSTS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(rf"(?:^|\.)(?:{host})$"), re.compile(path, re.IGNORECASE))
    for host, path in (
        (r"trello\.com", r"/c/\w{6,}"),
        (r"app\.asana\.com", r"/0/\w+/\d+|/task/\d+"),
        (r"linear\.app", r"/issue/\w+-\d+"),
        (r"(?:app\.)?(?:clubhouse\.io|shortcut\.com)", r"/(?:story|epic)/\d+"),
        (r"dev\.azure\.com|[\w-]+\.visualstudio\.com", r"/_workitems/edit/\d+|[?&]workitem=\d+"),
        (r"(?:[\w-]+\.)?youtrack\.cloud|(?:[\w-]+\.)?myjetbrains\.com|youtrack\.[\w.-]+", r"/issues?/\w+-\d+"),
        (r"(?:www\.)?pivotaltracker\.com", r"/story/show/\d+|#?/?stories/\d+"),
        (r"app\.clickup\.com", r"/t/\w{5,}"),
        (r"[\w-]+\.monday\.com", r"/pulses/\d+"),
        (r"[\w-]+\.atlassian\.net", r"/browse/[A-Z]\w*-\d+|selectedIssue=[A-Z]\w*-\d+"),
        (r"(?:www\.)?(?:github|gitlab|codeberg)\.[a-z]+|bitbucket\.org", r"/(?:-/)?issues/\d+|/work_items/\d+"),
    )
)  # fmt: skip
_OVERVIEW_PATH = re.compile(  # what holds many entries
    r"/(?:boards?|lists?|milestones?|queues?|dashboards?|filters?|sprints?)/\d+/?$", re.IGNORECASE
)
_SEARCH = re.compile(r"(?:^|&)(?:q|query|jql|search|filter)=", re.IGNORECASE)
_TARGET = re.compile(r"\]\((?P<target>[^()\s]+)\)")


def is_entry(url: str) -> bool:
    """Whether an address leads to one entry: not a front page, a chat, a document or a change under review."""
    parts = urlsplit(url)
    if _CHAT_OR_PAPER.search(parts.hostname or "") or REVIEW_PATH.search(parts.path):
        return False
    if _OVERVIEW_PATH.search(parts.path) and not _behind_host(url).removeprefix(parts.path):
        return False
    if is_surely_entry(url) or _ENTRY_PATH.search(_behind_host(url)):
        return True
    return not _PAPER_PATH.search(parts.path) and bool(re.search(r"/[^/]*\d[^/]*/?$", parts.path))


def is_surely_entry(url: str) -> bool:
    """Whether the host is known for tracking work and the path is that of one entry of it."""
    host, rest = urlsplit(url).hostname or "", _behind_host(url)
    return any(known.search(host) and path.search(rest) for known, path in _HOSTS) or bool(
        re.search(r"/browse/[A-Z][A-Z0-9_]+-\d+$", rest)
    )


def linked_entry(raw: str, references: Mapping[str, str]) -> str | None:
    """The first address in an item's text that is surely an entry: what is linked is where it is tracked."""
    return next((url for url in _addresses(raw, references) if is_surely_entry(url)), None)


def targets(raw: str, references: Mapping[str, str]) -> Iterator[str]:
    """What the reference links of a text lead to."""
    for match in _TARGET.finditer(raw):
        if found := references.get(match["target"].casefold()):
            yield found


def _addresses(raw: str, references: Mapping[str, str]) -> Iterator[str]:
    for match in re.finditer(rf"{URL.pattern}|{_TARGET.pattern}", raw):
        yield references.get((match["target"] or "").casefold(), match["target"] or match[0]).rstrip(
            ".,;:'\""
        )


def _behind_host(url: str) -> str:
    """Path, query and fragment; a search of a tracker is no entry of it, whatever it searches for."""
    parts = urlsplit(url)
    return (
        parts.path
        + (f"?{parts.query}" if parts.query and not _SEARCH.search(parts.query) else "")
        + (f"#{parts.fragment}" if parts.fragment else "")
    )
