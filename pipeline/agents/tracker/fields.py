"""Cuts owner, date, ticket and priority out of the words that tell an action, and leaves the action."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from pipeline.agents.tracker.reservations import is_reservation
from pipeline.agents.tracker.tickets import find_tickets
from pipeline.evidence.naming import Directory, Known
from pipeline.language import lexicon
from pipeline.language.lemmas import is_common
from pipeline.language.times import resolve_relative
from pipeline.models.actions import Owner, Priority, Ticket
from pipeline.models.incident import TrackerTarget

_PRIORITY = re.compile(
    r"[(\[]?\b(?:prio(?:rity)?\s*[:=]?\s*)?(?P<value>(?:P|(?<=prio )|(?<=priority ))[0-3])\b(?:\s*priority)?[)\]]?",
    re.I,
)
_LABEL = re.compile(
    r"(?P<label>owners?|assignees?|assigned(?: to)?|responsible|dri|who|lead|due(?: date| by)?|deadline|eta|target(?: date)?"
    r"|by when|when|ticket|tracking|tracked(?: in)?|issue|jira|prio(?:rity)?|status|state)\s*(?::|=|\s[–—-]\s)\s*",
    re.I,
)
_NO_ONE = re.compile(
    r"^(?:tbd|tba|tbc|n/?a|none|no ?one|nobody|unassigned|unowned|open|\?+|-+|—|someone|somebody|everyone|all|we|us|team|the team"
    r"|no owner(?: yet)?|not (?:yet )?assigned|nobody assigned|nobody yet|to be (?:decided|assigned|determined)|)$",
    re.I,
)
# Prepositions by which a date is a promise; after the others it is a mere mention.
_DUE_LEAD = (
    r"(?<!\w)(?:(?:(?:is |are |be )?(?:ready|done|finished|complete|live) )?(?:is |was |are )?(?:due(?: date)?(?: by| on| for)?|deadline|eta|target(?: date)?|not? later than|latest(?: by)?"
    r"|by|until|till?|before|for|on|at|in the window on|(?:scheduled|planned|set|deferred|postponed|moved|pushed)(?: (?:for|to|on|until))?"
    r"|to be done (?:by|on))\s*:?\s*)"
)
_MERE_DATE = re.compile(
    r"\b(?:since|from|of|last|after|as of|ago|dated|expire[sd]?(?: on)?|expiring|happened|started|began|was|were|ran out)\s+(?:the\s+)?$",
    re.I,
)
_CONDITION = re.compile(
    r"[,;(]?\s*\b(?:if|provided|unless|assuming|once|as soon as|pending)\b[^,;()]*\)?$", re.I
)
_GIVEN_NAMES = lexicon.words("given_names")
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_EMPTY = re.compile(r"[(\[]\s*[,;:–—-]*\s*[)\]]")
_EDGE = " \t,;:–—-|/>→·•*_"
_SEPARATOR = re.compile(r"\s+[–—-]{1,2}>?\s+|\s*[;|→]\s*|,\s+")


@dataclass(slots=True)
class Fields:
    """What was cut, and what is left. `unowned` says that the text names the lack of an owner."""

    rest: str
    owner: Owner | None = None
    unowned: bool = False
    due: date | None = None
    due_words: str = ""
    unresolved: str = ""  # a date in words that nothing anchors
    ticket: Ticket | None = None
    others: list[str] = field(default_factory=list)  # further ticket keys
    priority: Priority | None = None
    condition: str = ""
    status: str = ""


def as_owner(known: Known) -> Owner:
    return Owner(name=known.name, kind=known.kind)


def cut_fields(
    text: str,
    said: date | None,
    directory: Directory,
    *,
    tracker: TrackerTarget | None = None,
    not_tickets: frozenset[str] = frozenset(),
    year_near: date | None = None,
    listed: bool = False,
) -> Fields:
    """Fields of `text`, said on `said`. `year_near` only lends its year to a date without one.

    `listed`: the text stands in a list of actions, where a lone name or a trailing handle is the owner.
    """
    fields = Fields(" ".join(text.split()))
    _cut_tickets(fields, tracker, not_tickets)
    _cut_priority(fields)
    _cut_due(fields, said, year_near)
    _cut_labels(fields, directory)
    if listed:
        _cut_lone_owner(fields, directory)
    fields.rest = tidy(fields.rest)
    condition = _CONDITION.search(fields.rest)
    if condition and (condition.start() > 12 or fields.due) and is_reservation(condition.group(), directory):
        fields.condition = condition.group().strip(" ,;()")
        fields.rest = fields.rest[: condition.start()]
    fields.rest = tidy(fields.rest)
    return fields


def tidy(text: str) -> str:
    """Without what a cut leaves behind: empty brackets, doubled separators, loose edges."""
    for _ in range(2):
        text = _EMPTY.sub(" ", text)
        text = re.sub(r"\s+([,;:.])", r"\1", text)
        text = re.sub(r"(?:,\s*){2,}", ", ", text)
        text = re.sub(r"([–—-])\s*(?:[–—-]\s*)+(?=\s)", r"\1", text)
        text = re.sub(r"[,;:]\s*([.;])", r"\1", text)
    text = " ".join(text.split()).strip(_EDGE)
    return re.sub(r"\s*[,;:]?\s*\.$", "", text).strip(_EDGE)


def _cut_tickets(fields: Fields, tracker: TrackerTarget | None, not_these: frozenset[str]) -> None:
    found = find_tickets(fields.rest, tracker, not_these)
    if not found:
        return
    waits = [
        t
        for t in found
        if re.search(
            r"\b(?:blocked (?:by|on|until)|depends on|waits? (?:for|on)|waiting (?:for|on)|until|after|once|see also|related to|like|duplicate of)\s+\(?$",
            fields.rest[: t.start],
            re.I,
        )
    ]
    own = [t for t in found if t not in waits]
    fields.others = [t.ticket.key for t in waits] + [t.ticket.key for t in own[1:]]
    if own:
        fields.ticket = own[0].ticket
        lead = re.search(
            r"[(\[]?\s*(?:,?\s*\b(?:tracked (?:in|as|by|under)|filed (?:as|in)|ticket(?: is)?|see|via|in|as|issue|jira|(?:it|that|this|which)(?: is|['’]s)|is)\s*:?\s*)?$",
            fields.rest[: own[0].start],
            re.I,
        )
        start = lead.start() if lead else own[0].start
        end = own[0].end
        tail = re.match(r"\s*[)\]]", fields.rest[end:])
        if tail and fields.rest[start : own[0].start].lstrip()[:1] in ("(", "["):
            end += tail.end()
        fields.rest = fields.rest[:start] + " , " + fields.rest[end:]


_THIS_DAY = re.compile(r"today|tonight|this\s+(?:morning|afternoon|evening)", re.I)
# `…, owner ann, due …`: a label between separators needs no colon.
_BARE_LABEL = re.compile(
    r"((?:^|[,;(])\s*)(owner|assignee)\s+(?=@?[\w.-]+(?:\s[\w.-]+)?\s*(?:[,;.)]|$))", re.I
)


def _cut_priority(fields: Fields) -> None:
    match = _PRIORITY.search(fields.rest)
    if match:
        fields.priority = f"P{match['value'][-1]}"  # type: ignore[assignment]
        fields.rest = fields.rest[: match.start()] + " , " + fields.rest[match.end() :]


def _cut_due(fields: Fields, said: date | None, year_near: date | None) -> None:
    anchor = said or year_near
    if anchor is None:
        return
    found = resolve_relative(fields.rest, anchor)
    if found is None:
        return
    day, words = found
    start = fields.rest.find(words)
    if start < 0:
        return
    end = start + len(words)
    before, after = fields.rest[:start], fields.rest[end:]
    lead = re.search(_DUE_LEAD + r"(?:the\s+)?$", before, re.I)
    edge = bool(
        re.match(r"\s*(?:[,;:.)\]–—-]|$|\bif\b|\bor\b|\bat the latest\b|\blatest\b|\band\b)", after)
    ) or bool(re.search(r"(?:[,;:(\[–—-]\s*|^\s*)$", before))
    if _THIS_DAY.match(words) and not lead:
        return  # "nobody pages us for that today" sets no deadline; "by today" does
    starts_with_lead = bool(re.match(r"(?:by|before|until|due|within|in|end|eo[mwd])\b", words, re.I))
    if _MERE_DATE.search(before) or not (edge or lead or starts_with_lead):
        return
    if said is None and not re.search(r"\d", words):
        fields.unresolved = words  # "by Friday" in a note without a date
    elif (
        day < anchor
        and not (lead and re.search(r"due|deadline|eta|target", lead.group(), re.I))
        and said is not None
    ):
        return
    else:
        fields.due = day
    fields.due_words = words
    stop = re.match(r"\s*(?:at the latest|latest)\b", after)
    if stop:
        end += stop.end()
    start = lead.start() if lead else start
    if lead and re.search(r"window|scheduled|deferred|planned|postponed", lead.group(), re.I):
        # The word is the state of the thing, which its reader still wants.
        kept = re.match(
            r"[\s,]*(?:is |was |are )?(?:scheduled|planned|deferred|postponed)", lead.group(), re.I
        )
        start += kept.end() if kept else 0
    if re.search(r"\bto the window\s*$", fields.rest[:start], re.I):
        start = re.search(r"\s*\bto the window\s*$", fields.rest[:start], re.I).start()  # type: ignore[union-attr]
    fields.rest = fields.rest[:start].rstrip() + " , " + fields.rest[end:].lstrip()


def _cut_labels(fields: Fields, directory: Directory) -> None:
    """`owner: X`, `due: …`, `status: …`: a label runs to the next separator or label."""
    fields.rest = _BARE_LABEL.sub(r"\1\2: ", fields.rest)
    matches = list(_LABEL.finditer(fields.rest))
    for match in reversed(matches):
        if match.start() and fields.rest[match.start() - 1] not in " \t([,;–—-|*_":
            continue
        stop = re.compile(r"\s*[,;|)\]]|\s+[–—-]\s+|\.\s|$").search(fields.rest, match.end())
        end = stop.start() if stop else len(fields.rest)
        value = fields.rest[match.end() : end].strip(_EDGE + ".*@") if end > match.end() else ""
        label = match["label"].lower()
        if label.startswith(("owner", "assign", "responsible", "dri", "who", "lead")):
            if _NO_ONE.match(value):
                fields.unowned = True
            else:
                fields.owner = named_owner(value, directory)
        elif label.startswith(("status", "state")):
            fields.status = value
        elif (
            label.startswith(("due", "deadline", "eta", "target", "by when", "when"))
            and value
            and not fields.due
        ):
            fields.unresolved = fields.unresolved or value
        start = match.start()
        if start and fields.rest[start - 1] in "([" and fields.rest[end : end + 1] in (")", "]"):
            start, end = start - 1, end + 1
        fields.rest = fields.rest[:start].rstrip() + " , " + fields.rest[end:]


def named_owner(value: str, directory: Directory) -> Owner | None:
    """The owner an explicit label or cell gives, by the roster where it knows the name, else as written."""
    cleaned = value.strip(" .*_@")
    if _NO_ONE.match(cleaned):
        return None
    known = directory.who(cleaned) or directory.who(re.sub(r"\s*\([^)]*\)", "", cleaned))
    if known:
        return as_owner(known)
    mentions = directory.mentions(value)
    if mentions:
        return as_owner(mentions[0].known)
    kind = "team" if re.search(r"\b(?:team|squad|group|guild|department)\b", cleaned, re.I) else "person"
    if kind == "person" and (cleaned[:1].islower() and len(cleaned.split()) > 1):
        kind = "role"
    return Owner(name=cleaned, kind=kind)


def _cut_lone_owner(fields: Fields, directory: Directory) -> None:
    """A segment of the list entry that is nothing but a name or a handle, or names the lack of one."""
    pieces = _pieces(fields.rest)
    for start, end in reversed(pieces):
        inner = fields.rest[start:end].strip(_EDGE + "()[]. ")
        bare = re.sub(r"^(?:by|for|to|with)\s+", "", inner, flags=re.I)
        if not inner or (start == pieces[0][0] and len(pieces) == 1):
            continue
        if _NO_ONE.match(inner) and not re.match(r"all|we|us|open|-", inner, re.I):
            fields.unowned = True
        elif (owner := _lone_name(bare, directory)) and fields.owner is None:
            fields.owner = owner
        else:
            continue
        fields.rest = fields.rest[:start].rstrip() + " , " + fields.rest[end:].lstrip()
    tail = re.search(r"(?:^|\s)@[\w.\-]+(?:\s+[A-Z][\w\-]+)?\s*$|\s\(?@[\w.\-]+\)?\s*$", fields.rest)
    if tail and fields.owner is None and (owner := _lone_name(tail.group().strip(" ()"), directory)):
        fields.owner = owner
        fields.rest = fields.rest[: tail.start()]


def _pieces(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _SEPARATOR.finditer(text):
        spans.append((start, match.start()))
        start = match.end()
    spans.append((start, len(text)))
    spans += [
        (m.start(), m.end())
        for m in _BRACKETS.finditer(text)
        if not any(m.start() == s and m.end() == e for s, e in spans)
    ]
    return sorted(
        s for s in spans if not any(b.start() < s[0] and s[1] < b.end() for b in _BRACKETS.finditer(text))
    )


def _lone_name(text: str, directory: Directory) -> Owner | None:
    known = directory.who(text)
    if known and (known.kind == "team" or text[:1] in "@" or text[:1].isupper() or text.islower()):
        return as_owner(known)
    if re.fullmatch(r"@[\w.\-]+", text):
        return Owner(name=text, kind="person")
    words = text.split()
    if (
        1 <= len(words) <= 3
        and all(re.fullmatch(r"[A-ZÀ-Þ][\w'’.-]+", w) for w in words)
        and (words[0].lower() in _GIVEN_NAMES or not any(is_common(w.lower()) for w in words))
    ):
        return Owner(name=text, kind="person")
    if re.fullmatch(r"(?:the )?[\w-]+ team|team [\w-]+", text, re.I):
        return Owner(name=text, kind="team")
    return None
