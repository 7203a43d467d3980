"""What a table's columns hold, by their headers, and by their cells where the headers say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.documents.blocks import Block
from pipeline.documents.masking import plain
from pipeline.language.times import find_times, zone_of

Role = str  # "time", "date", "actor", "event", "source", or a field of an item

_EVENT_ROLES: tuple[tuple[Role, str], ...] = (
    ("source", r"sources?|evidence|ref(?:erence)?s?|links?|pointers?|proof|record"),
    ("aside", r"duration|elapsed|delta|took|Δ|class|type|phase|category|severity|status|impact"),
    ("date", r"date|day"),
    (
        "time",
        r"(?:local |start(?:ed)? ?|end ?)?time(?:stamp)?s?|when|at|start(?:ed)?|clock|hh:?mm(?::?ss)?|t",
    ),
    (
        "actor",
        r"actor|who(?:(?:/| or | and )(?:what|which \w+))?|person|people|by(?: (?:whom|who))?|name|responder|owner|component|system|origin|team|author|agent|role",
    ),
    (
        "event",
        r"events?|what(?: happened)?|description|action|details?|activity|comments?|notes?|entry|message"
        r"|summary|observation|happening|occurrence|update",
    ),
)
_ITEM_ROLES: tuple[tuple[Role, str], ...] = (
    ("id", r"#|no\.?|nr\.?|id|item ?(?:#|no\.?|id)|ref"),
    (
        "title",
        r"(?:action|remediation|follow[- ]?up|work|to[- ]?do)?[ -]?(?:items?|points?)|actions?|tasks?|what"
        r"|description|measures?|improvements?|follow[- ]?ups?|to[- ]?dos?|remediations?|summary|title|change"
        r"|deliverable|fix",
    ),
    (
        "owner",
        r"(?:action |item )?owners?|assignees?|assigned(?: to)?|responsible(?: (?:person|team|party))?|who|dri"
        r"|lead|accountable|by whom|person|team|driver",
    ),
    ("priority", r"prio(?:rity)?(?: ?\(.*\))?|rank(?:ing)?|urgency|importance|moscow|p"),
    (
        "due",
        r"due(?: ?(?:date|by|on))?|deadline|by(?: when)?|(?:last|latest) (?:day|date)|(?:not later than|until)(?: when)?|eta|target(?: date)?|when|date|finish(?: by)?"
        r"|complete(?:d)? by|delivery(?: date)?|completion(?: date)?",
    ),
    (
        "tracking",
        r"tickets?|track(?:ing|ed|er)?(?: ?(?:id|item|key|ref(?:erence)?|in|link|ticket))?|issues?"
        r"|jira(?: ?(?:key|ticket|issue|link))?|links?|bugs?|work[- ]?items?(?: id)?|card|github(?: issue)?"
        r"|ref(?:erence)?|story|url",
    ),
    (
        "type",
        r"(?:fix |item |action )?(?:type|kind|class|nature|horizon)|quick win\W+systemic|category|scope",
    ),
    ("status", r"status|state|done\??|progress|completed\??|resolution"),
    (
        "other",
        r"addresses|factor|sources?|evidence|notes?|comments?|effort|reason|why|rationale|question|for",
    ),
)


def read_tables(
    surface: str, blocks: Sequence[Block], first: int, last: int
) -> Iterator[tuple[tuple[str, ...], tuple[int, ...]]]:
    """(headers, body rows) of every table that begins between the offsets `first` and `last`."""
    groups: dict[int, list[int]] = {}
    for index, block in enumerate(blocks):
        if block.kind == "row" and first <= block.start < last:
            groups.setdefault(block.group, []).append(index)
    for members in groups.values():
        head = next((blocks[i] for i in members if blocks[i].head), None)
        headers = tuple(plain(surface[s:e]) for s, e in head.cells) if head else ()
        yield headers, tuple(i for i in members if not blocks[i].head)


def timeline_roles(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[Role | None, ...]:
    """The columns of a timeline: at most one of each role but time, which may stand in several zones."""
    roles = _by_header(headers, _EVENT_ROLES, many=("time",))
    for column, header in enumerate(headers):
        if roles[column] is None and _names_zone(header):
            roles[column] = "time"
    if "time" not in roles and "date" in roles:
        roles[roles.index("date")] = "time"
    width = max((len(r) for r in rows), default=len(headers))
    roles += [None] * (width - len(roles))
    if "time" not in roles:
        for column in range(width):
            cells = [r[column] for r in rows if column < len(r) and r[column]]
            if (
                roles[column] is None
                and cells
                and all(any(m.clock for m in find_times(c)) for c in cells[:5])
            ):
                roles[column] = "time"
                break
    if "event" not in roles and width:
        free = [c for c in range(width) if roles[c] is None] or [
            c for c in range(width) if roles[c] not in ("time", "date", "actor", "source")
        ]
        if free:
            roles[max(free, key=lambda c: sum(len(r[c]) for r in rows if c < len(r)))] = "event"
    return tuple(roles)


def item_roles(headers: Sequence[str]) -> tuple[Role | None, ...]:
    """The columns of a table of items; without a title's column it is no such table."""
    roles = _by_header(headers, _ITEM_ROLES, many=("other",))
    if "title" not in roles and roles.count(None) == 1:
        roles[roles.index(None)] = "title"
    return tuple(roles)


def _by_header(
    headers: Sequence[str], words: tuple[tuple[Role, str], ...], many: tuple[Role, ...] = ()
) -> list[Role | None]:
    roles: list[Role | None] = [None] * len(headers)
    for column, header in enumerate(headers):
        bare = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", header.lower())
        bare = " ".join(re.sub(r"[^\w\s#/'?.Δ-]", " ", bare).split()).strip(" .")
        for role, pattern in words:
            zoned = re.sub(r"\b(?:utc|gmt|[a-z]{2,4}t)\b", "", bare).strip(" /-")
            if (role in many or role not in roles) and (
                re.fullmatch(pattern, bare) or (zoned and re.fullmatch(pattern, zoned))
            ):
                roles[column] = role
                break
    return roles


def _names_zone(header: str) -> bool:
    bare = header.strip().strip("()[]")
    return bool(bare) and len(bare) < 30 and zone_of(bare) is not None
