"""The fields of an item as people write them: keyed, in brackets, behind dashes, or told by their form alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.documents.masking import mask, plain
from pipeline.documents.placeholders import is_nothing
from pipeline.language.times import find_times
from pipeline.language.words import tokens

FIELDS = ("owner", "priority", "due", "tracking", "type", "status")
_KEYS: dict[str, str] = {
    "owner": r"(?:action )?owners?|assignees?|assigned(?: to)?|responsible(?: person| team)?|dri|accountable|owned by|who"
             r"|lead|driver",
    "priority": r"priority|prio|rank|urgency|importance",
    "due": r"due(?: date| by| on)?|deadline|eta|target(?: date)?|by when|due-date|complete by|finish by|timeline|when"
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
_KEYED = {name: re.compile(rf"[\s*_]*(?:{words})[*_]*\s*[:=][\s*_]*", re.IGNORECASE) for name, words in _KEYS.items()}
_SPOKEN = {  # keys that need no colon
    "owner": re.compile(r"[\s*_]*(?:owner|owned by|assigned to|assignee|dri)\s+(?=\S)", re.IGNORECASE),
    "priority": re.compile(r"[\s*_]*(?:priority|prio)\s+(?=\S)", re.IGNORECASE),
    "due": re.compile(
        r"[\s*_]*(?:due(?: on| by| date)?|deadline|by|until|before|no later than|not later than|target|eta"
        r"|(?:done|completed?|closed|merged|shipped|finished|fixed)(?: on)?)\s+(?=\S)",
        re.IGNORECASE,
    ),
    "tracking": re.compile(r"[\s*_]*(?:tracked (?:in|as|by|at|under)|ticket|issue|see|jira|filed as)\s+(?=\S)", re.IGNORECASE),
}
_ANY_KEY = "|".join(f"(?:{words})" for words in _KEYS.values())
_NEXT_KEY = re.compile(rf"(?:^|[,;.|]\s*|\s[–—-]{{1,2}}\s|\s{{2,}}|\s|\()[*_]*(?:{_ANY_KEY})[*_]*\s*[:=](?!//)", re.IGNORECASE)
_PRIORITY = re.compile(
    r"(?:p(?:rio(?:rity)?)?[ :-]?[0-5]|critical|highest|high|medium|med|moderate|low|lowest|must|should|could|won'?t"
    r"|blocker|major|minor|trivial|urgent|normal)(?:[ -]?(?:prio(?:rity)?|have))?(?:\s*\([^)]*\))?",
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
_HANDLE = re.compile(r"@[A-Za-z0-9][\w.-]*(?:\s*(?:,|/|&|and)\s*@[A-Za-z0-9][\w.-]*)*|[\w.+-]+@[\w-]+\.[\w.]+")
_GROUP_WORDS = frozenset(
    "team teams squad rotation on-call oncall lead manager commander engineer engineering ops operations owner guild chapter"
    " sre dba platform infra infrastructure support security group department desk everyone all we someone anybody us".split()
)
_CUT = re.compile(r"\s[–—]\s?|\s-{1,2}\s|\s?[|;]\s?|(?<=[.!?])\s+(?=[*_]*(?:" + _ANY_KEY + r")[*_]*\s*[:=])", re.IGNORECASE)
_BRACKET = re.compile(r"(?<!\])[(\[](?P<in>(?:[^()\[\]\n]|\[[^\]\n]*\]\([^)\n]*\)|\[[^\]\n]*\]|\([^()\n]*\))+)[)\]](?!\()")


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
            return _field(name, text, match.end(), len(text), offset)
    return None


def by_form(text: str, offset: int, *, bare_names: bool) -> Field | None:
    """The field that a piece is by its form: `P1`, `@wei`, `PAY-12`, `quick win`, `27 March 2026`."""
    bare = text.strip(" \t*_.,;:")
    shown = mask(text, keep_code=True).strip(" \t*_.,;:`")
    if not bare or (not shown and not _LINK.search(text)):
        return None
    for name, pattern in (("priority", _PRIORITY), ("type", _TYPE), ("status", _STATUS)):
        if pattern.fullmatch(shown):
            return _field(name, text, 0, len(text), offset)
    if TICKET.fullmatch(shown) or _is_links(bare):
        return _field("tracking", text, 0, len(text), offset)
    for name, pattern in _SPOKEN.items():
        match = pattern.match(text)
        if match and _fits(name, text[match.end() :]):
            start = 0 if name == "due" and re.match(r"\W*(?:done|complete|closed|merged|shipped)", text, re.I) else match.end()
            return _field(name, text, start, len(text), offset)
    if _is_date(shown):
        return _field("due", text, 0, len(text), offset)
    if _HANDLE.fullmatch(shown) or (bare_names and is_name_like(shown)):
        return _field("owner", text, 0, len(text), offset)
    return None


def inline(text: str, offset: int) -> tuple[list[Field], list[tuple[int, int]]]:
    """The fields inside an item's line, and the (start, end) of what is left for its title, in the text's offsets."""
    fields: list[Field] = []
    left: list[tuple[int, int]] = []
    for start, end, bracketed in _segments(text):
        piece = text[start:end]
        found = list(_piece_fields(piece, offset + start, first=not left, bracketed=bracketed))
        known = {f.name for f in fields}
        if found and not (bracketed and not left and all(f.name in ("due", "owner") for f in found) and start > 3):
            fields += [f for f in found if f.name not in known or f.name in ("aside", "detail")]
            covered = min(f.start for f in found) - offset
            if not bracketed and _has_words(text[start : _key_start(text, start, covered)]):
                left.append((start, _key_start(text, start, covered)))
        else:
            left.append((start - bracketed, end + bracketed))
    return _settle_owner(text, offset, fields, left)


def _settle_owner(
    text: str, offset: int, fields: list[Field], left: list[tuple[int, int]]
) -> tuple[list[Field], list[tuple[int, int]]]:
    """`Title — the team — 2026-03-27`: among recognised neighbours a short leftover is the owner."""
    if len(left) > 1 and fields and not any(f.name == "owner" for f in fields):
        for start, end in left[1:]:
            piece = text[start:end]
            shown = mask(piece, keep_code=True).strip(" .*_")
            if 0 < len(shown.split()) <= 5 and (is_nothing(shown) or is_name_like(shown)) and text[start - 1] not in "([":
                fields.append(_field("owner", piece, 0, len(piece), offset + start))
                left.remove((start, end))
                break
    return fields, left


def _segments(text: str) -> Iterator[tuple[int, int, bool]]:
    """(start, end, bracketed) of the pieces between dashes, bars, semicolons and brackets."""
    held = re.sub(r"\[[^\]\n]*\]\([^)\n]*\)|https?://\S+|`[^`\n]*`", lambda m: "x" * len(m[0]), text)
    brackets = [m for m in _BRACKET.finditer(text) if not re.fullmatch(r"x+", held[m.start() : m.end()])]
    at = 0
    for match in brackets:
        if match.start() < at:
            continue
        yield from _cuts(held, at, match.start())
        yield match.start("in"), match.end("in"), True
        at = match.end()
    yield from _cuts(held, at, len(text))


def _cuts(held: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    at = start
    for match in _CUT.finditer(held, start, end):
        if match.start() > at:
            yield at, match.start(), False
        at = match.end()
    if end > at and held[at:end].strip():
        yield at, end, False


def _piece_fields(piece: str, offset: int, *, first: bool, bracketed: bool) -> Iterator[Field]:
    """The fields in one piece. A first piece that is not bracketed is the title, unless a key stands in it."""
    keys = list(_NEXT_KEY.finditer(piece))
    if keys:
        bounds = [*(m.start() for m in keys), len(piece)]
        if keys[0].start() > 0 and not first:
            yield from _listed(piece[: keys[0].start()], offset, bare_names=True)
        for start, end in zip(bounds, bounds[1:], strict=False):
            chunk = piece[start:end]
            lead = len(chunk) - len(chunk.lstrip(" ,;.|(–—-"))
            if found := keyed(chunk[lead:], offset + start + lead):
                yield from _split_tail(found, piece, offset)
        return
    if first and not bracketed:
        if leading := by_form(piece, offset, bare_names=False):
            yield leading
        elif tail := _tail_field(piece, offset):
            yield tail
        return
    yield from _listed(piece, offset, bare_names=bracketed or not first)


def _split_tail(found: Field, piece: str, offset: int) -> Iterator[Field]:
    """`owner: Dana, P1, due 27 March`: what follows a comma and is a field by its form ends the value."""
    start, end = found.start - offset, found.end - offset
    raw = piece[start:end]
    cut = len(raw)
    extra: list[Field] = []
    for match in re.finditer(r",\s*", raw):
        if match.start() >= cut:
            break
        rest = raw[match.end() :]
        chunk = re.split(r",\s", rest, maxsplit=1)[0]
        other = by_form(chunk, offset + start + match.end(), bare_names=False)
        if other and other.name != found.name:
            cut = min(cut, match.start())
            extra.append(other)
    yield Field(found.name, plain_field(raw[:cut]), found.start, found.start + cut)
    yield from extra


def _listed(piece: str, offset: int, *, bare_names: bool) -> Iterator[Field]:
    """`P1, due 27 March, @wei`: a list whose every part is a field, or the whole piece as one."""
    if whole := by_form(piece, offset, bare_names=bare_names):
        yield whole
        return
    found = []
    at = 0
    for chunk in re.split(r"(,\s*)", piece):
        if chunk.strip(" ,"):
            field = by_form(chunk, offset + at, bare_names=bare_names)
            if field is None:
                return
            found.append(field)
        at += len(chunk)
    yield from found


_TAIL = re.compile(
    r"(?:,\s*|\s)(?P<field>(?:(?:due|by|until|no later than|before)\s[^,]{4,30}|@[\w.-]+|[A-Z][A-Z0-9]{1,9}-\d+|\[[^\]\n]+\]\([^)\n]+\))"
    r"(?:,\s*(?:(?:due|by|until)\s[^,]{4,30}|@[\w.-]+|P[0-4]|[A-Z][A-Z0-9]{1,9}-\d+|\[[^\]\n]+\]\([^)\n]+\)))*)[.\s]*$"
)


def _tail_field(piece: str, offset: int) -> Field | None:
    """A field that closes a title without brackets: "… by 2026-03-27", "… @wei", "… PAY-12"."""
    match = _TAIL.search(piece)
    if match is None:
        return None
    start = match.start("field")
    return by_form(match["field"], offset + start, bare_names=False)


def is_name_like(shown: str) -> bool:
    """Whether a short phrase reads as who: names, handles, a role, a team, "everyone"; no verb, no amount."""
    words = [t for t in tokens(shown) if t.tag != "PUNCT"]
    if not words or len(words) > 7 or any(t.tag in ("AUX", "MODAL", "NEG") for t in words):
        return False
    if any(t.tag == "VERB" and t.lower not in ("lead",) and not t.text[0].isupper() for t in words):
        return False
    named = all(
        t.tag in ("PROPN", "CONJ") or t.text.startswith("@") or (t.text[0].isupper() and t.text.isalpha()) for t in words
    )
    return (named and words[0].tag != "CONJ") or any(t.lower in _GROUP_WORDS or t.lemma in _GROUP_WORDS for t in words)


def _is_links(bare: str) -> bool:
    links = list(_LINK.finditer(bare))
    return bool(links) and not re.sub(r"[\s,;&]|and", "", _LINK.sub("", bare)) and "](" in bare or bare.startswith("http")


def _is_date(shown: str) -> bool:
    if _RELATIVE_DUE.fullmatch(shown):
        return True
    mentions = [m for m in find_times(shown) if m.date or m.month_day or not m.clock]
    return bool(mentions) and len(_uncovered(shown, mentions[0].start, mentions[0].end)) <= 2


def _uncovered(shown: str, start: int, end: int) -> str:
    return re.sub(r"[\W_]|eod|end of day|the", "", shown[:start] + shown[end:], flags=re.IGNORECASE)


def _fits(name: str, value: str) -> bool:
    shown = mask(value, keep_code=True).strip(" \t*_.,;:`")
    if name == "owner":
        return is_nothing(shown) or is_name_like(shown) or bool(_HANDLE.fullmatch(shown))
    if name == "due":
        return is_nothing(shown) or _is_date(shown)
    if name == "priority":
        return is_nothing(shown) or bool(_PRIORITY.fullmatch(shown)) or len(shown.split()) == 1
    return bool(TICKET.fullmatch(shown)) or _is_links(value.strip()) or is_nothing(shown)


def _field(name: str, text: str, start: int, end: int, offset: int) -> Field:
    raw = text[start:end]
    lead = len(raw) - len(raw.lstrip(" \t*_"))
    tail = len(raw) - len(raw.rstrip(" \t*_,;"))
    begin, stop = start + lead, max(start + lead, end - tail)
    return Field(name, plain_field(text[begin:stop]), offset + begin, offset + stop)


def plain_field(raw: str) -> str:
    """A field's words; a link keeps its target, for the tracker's address stands there."""
    targets = re.findall(r"\]\((https?://[^)\s]+)", raw)
    shown = plain(raw).strip(" .,;")
    return " ".join([shown, *(f"<{t}>" for t in targets)]).strip()


def _has_words(text: str) -> bool:
    return bool(re.search(r"\w", mask(text, keep_code=True)))


def _key_start(text: str, start: int, value: int) -> int:
    """Where the key of a value begins, so that the title ends before it."""
    keys = [m for m in _NEXT_KEY.finditer(text, start, value)]
    if keys and keys[-1].end() >= value - 4:
        first = min(m.start() for m in keys)
        return first
    spoken = re.search(r"[\s,]*\b(?:due|by|until|no later than|before|on)\s*$", text[start:value])
    return start + spoken.start() if spoken else value
