"""The fields of an item as people write them: keyed, in brackets, behind dashes, or told by their form alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.documents.masking import mask, plain
from pipeline.documents.placeholders import is_nothing
from pipeline.language.item_verbs import KNOWN_VERBS
from pipeline.language.lexicon import words as words_of
from pipeline.language.people import People
from pipeline.language.times import find_times
from pipeline.language.words import tokens

FIELDS = ("owner", "priority", "due", "tracking", "type", "status")
_KEYS: dict[str, str] = {
    "owner": r"(?:action )?owners?|assignees?|assigned(?: to)?|responsible(?: person| team)?|dri|accountable|owned by|who"
             r"|lead|driver",
    "priority": r"priority|prio|rank|urgency|importance",
    "due": r"due(?: date| by| on)?|by|deadline|eta|target(?: date)?|by when|due-date|complete by|finish by|timeline|when"
           r"|completed(?: on)?|done(?: on)?|closed(?: on)?|merged(?: on)?|shipped(?: on)?",
    "tracking": r"tracking(?: id| key| ticket| issue)?|tracked (?:in|as|by|at|under)|tracker|tickets?|issues?|jira|bug"
                r"|work item|story|card|github(?: issue)?|linear|reference|ref|link",
    "type": r"type|kind|class|nature",
    "status": r"status|state|progress",
    "aside": r"addresses|factor|category|effort|estimate|notes?|reason|why|rationale|context|source|evidence|id|severity"
             r"|reviewer|stakeholders?|cost|risk|impact|cc|reported by|created|opened|blocked by|depends on|verifier",
    "detail": r"done when|definition of done|acceptance(?: criteria)?|success(?: criteria)?|success metric|done-test"
              r"|details?|description|verification|what|how|exit criteria|scope|outcome|deliverable|expected outcome",
}  # fmt: skip
_KEYED = {
    name: re.compile(rf"[\s*_]*(?::\s)?(?:{words})[*_]*\s*[:=][\s*_]*", re.IGNORECASE)
    for name, words in _KEYS.items()
}
_SPOKEN = {  # keys that need no colon
    "owner": re.compile(r"[\s*_]*(?:owner|owned by|assigned to|assignee|dri)\s+(?=\S)", re.IGNORECASE),
    "priority": re.compile(r"[\s*_]*(?:priority|prio)\s+(?=\S)", re.IGNORECASE),
    "due": re.compile(
        r"[\s*_]*(?:due(?: on| by| date)?|deadline|by|until|before|no later than|not later than|target|eta"
        r"|(?:done|completed?|closed|merged|shipped|finished|fixed)(?: on)?|to be (?:done|finished|completed?|ready|live|in place|delivered) (?:by|on|before|until))\s+(?=\S)",
        re.IGNORECASE,
    ),
    "type": re.compile(r"[\s*_]*(?:type|kind)\s+(?=\S)", re.IGNORECASE),
    "tracking": re.compile(
        r"[\s*_]*(?:tracked (?:in|as|by|at|under)|ticket|issue|see|jira|filed as)\s+(?=\S)", re.IGNORECASE
    ),
}
_FINISHED_KEY = re.compile(r"\W*(?:done|completed|closed|merged|shipped)\b", re.IGNORECASE)
_TRAILING = re.compile(r"(?:(?<!\\)[ \t*_,;])+$")  # an escaped mark is part of the value
ANY_KEY = "|".join(f"(?:{words})" for words in _KEYS.values())
_PRIORITY = re.compile(
    r"#?(?:p(?:rio(?:rity)?)?[ :-]?[0-5]|critical|highest|high|medium|med|moderate|low|lowest|must|should|could|won'?t"
    r"|blocker|major|minor|trivial|urgent|normal)(?:[ -]?(?:prio(?:rity)?|have))?(?:\s*\([^)]*\))?(?:\s*/\s*(?:p[0-5]|critical|high|medium|low))?",
    re.IGNORECASE,
)
_TYPE = re.compile(
    r"(?:quick[- ]?win|quick[- ]?fix|systemic(?: (?:improvement|fix|change|work|measure))?|structural|tactical|strategic)s?",
    re.IGNORECASE,
)
_STATUS = re.compile(
    r"(?:done|open|closed|completed?|in progress|todo|to do|not started|started|planned|merged|shipped|fixed|resolved"
    r"|parked|backlog|deferred|declined|won'?t (?:do|fix)|blocked|proposed|✅|✔️?|☑️?|pending|cancelled|wip)[.!]?",
    re.IGNORECASE,
)
TICKET = re.compile(
    r"(?:[A-Z][A-Z0-9_]{1,14}-(?:\d{1,7}|[XN?#]{1,5})\b|[\w./-]*\w#\d+|#\d+|(?:issue|ticket|work item|bug|pr|mr|pull request"
    r"|merge request|card|story)\s*#?\d+)",
    re.IGNORECASE,
)
KEY = re.compile(r"(?<![\w/-])(?!(?:A|AI|ACT|ACTION|ITEM)-)[A-Z][A-Z0-9_]{1,14}-\d{1,7}\b|\w#\d+|https?://")
_LINK = re.compile(r"!?\[[^\]\n]*\](?:\([^)\n]*\)|\[[^\]\n]*\])?|<?https?://[^\s>)]+>?")
_RELATIVE_DUE = re.compile(
    r"(?:asap|as soon as possible|ongoing|continuous(?:ly)?|immediately|soon(?:ish)?(?: .*)?|today|tomorrow|eo[wmqyd]|next "
    r"(?:sprint|week|month|quarter|release|iteration|cycle|year)|this (?:sprint|week|month|quarter|year)"
    r"|(?:end of|mid-?|early|late|by end of|before the end of) .*|within .*|in (?:a|one|two|three|four|\d+) (?:days?|weeks?"
    r"|months?|sprints?).*|(?:20\d\d[ -]?)?[qh][1-4](?:[ /-]?(?:20)?\d\d)?|sprint [\w.-]+.*|(?:calendar )?(?:week|kw|cw) ?\d+.*"
    r"|\d+ (?:days?|weeks?|months?).*|(?:mon|tues|wednes|thurs|fri|satur|sun)day.*"
    r"|(?:january|february|march|april|may|june|july|august|september|october|november|december)(?: 20\d\d)?)",
    re.IGNORECASE,
)
_HANDLE = re.compile(
    r"@[A-Za-z0-9][\w.-]*(?:\s*(?:,|/|&|and)\s*@[A-Za-z0-9][\w.-]*)*|[\w.+-]+@[\w-]+\.[\w.]+"
)
_WORD_NAMES = words_of("word_names")  # Grant, Mark, Chase


@dataclass(frozen=True, slots=True)
class Field:
    name: str  # one of FIELDS, or "aside", "detail"
    value: str  # as written, without markup; links keep their targets
    start: int
    end: int


def keyed(text: str, offset: int) -> Field | None:
    """The field that a whole line is: `Owner: Priya`, `**Due:** 2026-03-27`, `due 27 March`."""
    for name, pattern in _KEYED.items():
        if match := pattern.match(text):
            finished = name == "due" and _FINISHED_KEY.match(
                text
            )  # "Done: 12 November" keeps that it is done
            return make_field(name, text, 0 if finished else match.end(), len(text), offset)
    return None


def by_form(text: str, offset: int, people: People, *, bare_names: bool) -> Field | None:
    """The field that a piece is by its form: `P1`, `@wei`, `PAY-12`, `quick win`, `27 March 2026`."""
    bare = text.strip(" \t*_.,;:")
    shown = mask(text, keep_code=True).strip(" \t*_.,;:`")
    if not bare or (not shown and not _LINK.search(text)):
        return None
    for name, pattern in (("priority", _PRIORITY), ("type", _TYPE), ("status", _STATUS)):
        if pattern.fullmatch(shown):
            return make_field(name, text, 0, len(text), offset)
    if TICKET.fullmatch(shown) or _is_links(bare):
        return make_field("tracking", text, 0, len(text), offset)
    for name, pattern in _SPOKEN.items():
        match = pattern.match(text)
        if match and _fits(name, text[match.end() :], people):
            start = (
                0
                if name == "due" and re.match(r"\W*(?:done|complete|closed|merged|shipped)", text, re.I)
                else match.end()
            )
            return make_field(name, text, start, len(text), offset)
    if _is_date(shown):
        return make_field("due", text, 0, len(text), offset)
    if _HANDLE.fullmatch(shown) or (bare_names and is_name_like(shown, people)):
        return make_field("owner", text, 0, len(text), offset)
    return None


def is_name_like(shown: str, people: People) -> bool:
    """Whether a short phrase says who: a name, a handle, a role, a team, or several of them."""
    bare = re.sub(r"\([^)]*\)", "", shown).strip(" ?")
    parts = [p for p in re.split(r"\s*(?:,|/|&|\+|\band\b|\bor\b)\s*", bare) if p]
    if parts and all(people.find(p) for p in parts):
        return True  # "Will Sørensen", whom the roster or the document knows
    if not parts or len(bare.split()) > 8 or any(t.tag in ("AUX", "MODAL", "NEG") for t in tokens(bare)):
        return False
    return all(people.kind_of(part) in ("person", "role", "team") or _is_names(part) for part in parts)


def is_party(shown: str, people: People) -> bool:
    """Whether a line is the full name of a person, a handle or a team by name, and nothing else."""
    if re.fullmatch(r"@[A-Za-z0-9][\w.-]*|(?:[\w&/-]+ ){1,3}(?:[Tt]eam|[Ss]quad|[Gg]uild)", shown):
        return True
    words = shown.split()
    return 2 <= len(words) <= 3 and all(w[:1].isupper() for w in words) and people.kind_of(shown) == "person"


def _is_names(part: str) -> bool:
    """Two or three capitalised words: a name that no list holds."""
    words = part.split()
    if words[0].lower() in KNOWN_VERBS and words[0].lower() not in _WORD_NAMES:
        return False  # "Upgrade Traefik": an imperative is nobody's name
    if any(c.isdigit() for c in part):
        return False  # "Program TC-2"
    return 2 <= len(words) <= 3 and all(
        re.fullmatch(r"[^\W\d_][\w'’.-]*", w) and w[0].isupper() for w in words
    )


def _is_links(bare: str) -> bool:
    links = list(_LINK.finditer(bare))
    return (
        bool(links) and not re.sub(r"[\s,;&]|and", "", _LINK.sub("", bare)) and "](" in bare
    ) or bare.startswith("http")


def _is_date(shown: str) -> bool:
    if _RELATIVE_DUE.fullmatch(shown):
        return True
    mentions = [m for m in find_times(shown) if m.date or m.month_day or not m.clock]
    return bool(mentions) and len(_uncovered(shown, mentions[0].start, mentions[0].end)) <= 2


def _uncovered(shown: str, start: int, end: int) -> str:
    return re.sub(r"[\W_]|eod|end of day|the", "", shown[:start] + shown[end:], flags=re.IGNORECASE)


def _fits(name: str, value: str, people: People) -> bool:
    shown = mask(value, keep_code=True).strip(" \t*_.,;:`")
    if name == "owner":
        return is_nothing(shown) or is_name_like(shown, people) or bool(_HANDLE.fullmatch(shown))
    if name == "due":
        return is_nothing(shown) or _is_date(shown)
    if name == "priority":
        return is_nothing(shown) or bool(_PRIORITY.fullmatch(shown)) or len(shown.split()) == 1
    if name == "type":
        return bool(_TYPE.fullmatch(shown))
    return bool(TICKET.fullmatch(shown)) or _is_links(value.strip()) or is_nothing(shown)


def make_field(name: str, text: str, start: int, end: int, offset: int) -> Field:
    raw = text[start:end]
    lead = len(raw) - len(raw.lstrip(" \t*_"))
    tail = len(raw) - len(_TRAILING.sub("", raw))
    begin, stop = start + lead, max(start + lead, end - tail)
    return Field(name, plain_field(text[begin:stop]), offset + begin, offset + stop)


def plain_field(raw: str) -> str:
    """A field's words; a link keeps its target, for the tracker's address stands there."""
    targets = re.findall(r"\]\((https?://[^)\s]+)", raw)
    shown = plain(raw).strip(" .,;")
    return " ".join([shown, *(f"<{t}>" for t in targets)]).strip()
