"""Takes the fields out of an item's own line, wherever its writer put them, and leaves the title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.documents.fields import ANY_KEY, Field, by_form, is_name_like, keyed, make_field, plain_field
from pipeline.documents.masking import mask
from pipeline.documents.placeholders import is_nothing
from pipeline.language.lemmas import can_be_verb
from pipeline.language.people import People
from pipeline.language.words import tokens

_HELD = re.compile(r"!?\[[^\]\n]*\]\([^)\n]*\)|https?://\S+|`[^`\n]*`")
_BRACKET = re.compile(r"[(\[](?P<in>(?:[^()\[\]\n]|\([^()\[\]\n]*\)|\[[^()\[\]\n]*\])+)[)\]]")
_PARTS = re.compile(  # the comma inside "Friday, 12 March, 2027" parts nothing
    r"(\s*(?:(?<!day),|,(?!\s*\d{1,2}\b|\s*[A-Z][a-z]{2}))(?!\s*20\d\d\b(?!-))\s*|\s*;\s*|\s[|·/]\s)"
)
_SEPARATOR = re.compile(r"\s[–—]\s?|\s?—\s?|\s-{1,2}\s|\s(?:[-=]>|→)\s|\s?[|;·•]\s?|(?<=[^\s:=])\s{2,}")
_KEY = re.compile(
    rf"(?:^|(?<=[,.]\s)|(?<=\s\s)|(?<=\s)(?=(?-i:[A-Z*_])))[*_]*(?:{ANY_KEY})[*_]*\s*[:=](?!//|=)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:,\s*|\s)(?P<field>(?:due|by|until|no later than|before)\s[^,]{4,30}|@[\w.-]+|[A-Z][A-Z0-9]{1,9}-\d+"
    r"|!?\[[^\]\n]+\]\([^)\n]+\)|#?[Pp][0-4]|(?<=,\s)[^,()\[\]]{2,40})[.\s]*$"
)
_TAGS = re.compile(
    r"(?:\s+(?:@[\w.-]+|[A-Z][A-Z0-9]{1,9}-\d+|#?[Pp][0-4]|20\d\d-\d\d-\d\d|[\w./-]+#\d+)){2,}[.\s]*$"
)
_LEAD_NAME = re.compile(
    r"[\s*_]*(?P<who>@[\w.-]+|[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,2})[*_]*(?:\s*:|\s+(?:to|will|should)\b)[*_]*\s+(?=[\w`\[])"
)
_LEAD_FIELD = re.compile(
    r"[\s*_]*(?P<field>P[0-4]|[A-Z][A-Z0-9]{1,9}-\d+|@[\w.-]+|(?i:critical|high|medium|low)(?: priority)?(?=[*_]*:))"
    r"(?:[*_]*\s*:[*_]*\s|[*_]*\s+)[*_]*(?=\S)"
)
_TAKES_IT = re.compile(  # "Dana does this", "@wei will take care of it"
    r"(?<=[.;!]\s)(?P<who>@[\w.-]+|[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,2})\s+(?:will |is to |to )?"
    r"(?:do(?:es)?|takes?|owns?|picks?|leads?|handles?|drives?)\s+(?:up |on |care of )?(?:this|it|that)\b(?: up| on)?"
)
_NAME = r"(?P<value>@[\w.-]+|[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,3}|the [\w-]+ team)"
_TOLD: tuple[tuple[str, re.Pattern[str]], ...] = (  # how prose says what a list keys
    ("owner", re.compile(rf"\b(?i:the owner is|owned by|assigned to|(?:led|done|driven|handled) by|responsible is)\s+{_NAME}|(?<![\w-]){_NAME.replace('value', 'who')}\s+(?:owns (?:it|this)|is (?:the owner|responsible|accountable))")),
    ("priority", re.compile(r"\b(?:priority (?:is|of)|has (?:the )?priority|with priority|at priority|(?:is|as) an?)\s+(?P<value>P[0-5]|critical|high|medium|low)\b|\bhas (?P<who>critical|high|medium|low) priority\b", re.I)),
    ("due", re.compile(r"\b(?:due|deadline|wanted|needed|promised|planned|(?:live|ready|in place|done|finished))\s+(?:is |for |on |by |until |before )+(?P<value>(?:[\w-]+ ){0,3}?(?:20\d\d-\d\d-\d\d|20\d\d))", re.I)),
    ("tracking", re.compile(r"\b(?i:(?:tracked|filed|recorded|logged) (?:as|in|under|at)|(?:the )?ticket(?: is)?|it is)\s+(?i:ticket |issue )?(?P<value>[A-Z][A-Z0-9]{1,9}-\d+|[\w./-]+#\d+)")),
)  # fmt: skip
_DANGLING = re.compile(r"[\s,;|(\[–—·-]+$|^[\s,;|:)\]–—·-]+")
_WORDS = re.compile(r"[^\W_]")
_BARE_RANK = re.compile(r"\W*[1-5]\W*")  # a cell of its own
_SENTENCE = re.compile(r"[.!?;][)\"”’*_]*\s+(?=[*_]*[^\W_@]|@)")


class _Line:
    """One line while its fields are taken out; what is taken is blanked, so offsets stay."""

    def __init__(self, text: str, offset: int, people: People) -> None:
        self.text, self.rest, self.offset, self.people = text, text, offset, people
        self.fields: list[Field] = []
        held = _HELD.sub(lambda m: "x" * len(m[0]), text)
        self.held = held
        self.brackets = [m for m in _BRACKET.finditer(held) if _WORDS.search(m["in"])]
        self.flat = _BRACKET.sub(lambda m: "x" * len(m[0]), held)

    def take(self, found: Field) -> None:
        if found.name in ("aside", "detail") or all(f.name != found.name for f in self.fields):
            self.fields.append(found)

    def blank(self, start: int, end: int) -> None:
        self.rest = self.rest[:start] + " " * (end - start) + self.rest[end:]

    def pieces(self) -> Iterator[tuple[int, int]]:
        """The stretches between separators and keys, brackets never cut."""
        cuts = {0: 0, len(self.text): len(self.text)}
        cuts.update((m.start(), m.end()) for m in _SEPARATOR.finditer(self.flat))
        keys = [(m.start(), m.start()) for m in _KEY.finditer(self.flat)]
        cuts.update(keys or [(m.start(), m.end()) for m in re.finditer(r"\s/\s", self.flat)])
        at = 0
        for start in sorted(cuts):
            if start > at and _WORDS.search(self.text[at:start]):
                yield at, start
            at = max(at, cuts[start])


def inline(text: str, offset: int, people: People) -> tuple[list[Field], str]:
    """The fields inside an item's line, and the line with them blanked: what is left is its title."""
    line = _Line(text, offset, people)
    for match in line.brackets:
        _take_bracket(line, match)
    for start, end in line.pieces():
        _take_piece(line, start, end)
    _take_tails(line)
    _take_leads(line)
    _take_owner(line)
    _take_told(line)
    line.rest = re.sub(
        r"(?<=\s)[–—|;·-]{1,2}(?=\s+[–—|;·-])|[(\[]\s*[)\]]", lambda m: " " * len(m[0]), line.rest
    )
    return line.fields, _DANGLING.sub(lambda m: " " * len(m[0]), line.rest)


def _take_bracket(line: _Line, match: re.Match[str]) -> None:
    """A bracket whose every part is a field. A bare name counts only where nothing but fields follows."""
    start, end = match.start("in"), match.end("in")
    after = _BRACKET.sub("", line.held[match.end() :])
    last = not _WORDS.search(re.split(r"\s[–—|;-]", after)[0])
    found = list(_listed(line, start, end, bare_names=last))
    key_before = any(m.end() <= start for m in _KEY.finditer(line.flat, 0))
    if not found or (key_before and {f.name for f in found} <= {"owner", "status"}):
        return
    if match.start() < 3 or last or any(f.name not in ("due", "status") for f in found):
        for field in found:
            line.take(field)
        line.blank(match.start(), match.end())


def _take_piece(line: _Line, start: int, end: int) -> None:
    piece = line.rest[start:end]
    lead = len(piece) - len(piece.lstrip(" ,;.|–—-"))
    if found := keyed(piece[lead:], line.offset + start + lead):
        tail = _cut_tail(line, found)
        line.take(tail)
        line.blank(start, end)
        return
    if not _WORDS.search(piece):
        return
    titled = bool(_WORDS.search(line.rest[:start]))
    if titled and _BARE_RANK.fullmatch(piece):
        line.take(make_field("priority", piece, 0, len(piece), line.offset + start))
        line.blank(start, end)
        return
    fields = list(_listed(line, start, end, bare_names=titled))
    if fields and (titled or line.fields or any(_WORDS.search(line.rest[e:]) for _, e in ((start, end),))):
        for field in fields:
            line.take(field)
        line.blank(start, end)
        return
    _take_sentences(line, start, end)


def _take_sentences(line: _Line, start: int, end: int) -> None:
    """The last sentences of a title where each is nothing but fields: "… of all loops. Systemic.", "… a day. @wei, P1"."""
    for cut in reversed([start + m.end() for m in _SENTENCE.finditer(line.flat[start:end])]):
        fields = list(_listed(line, cut, end, bare_names="," in line.rest[cut:end]))
        if not fields or not _WORDS.search(line.rest[:cut]):
            return
        for field in fields:
            line.take(field)
        line.blank(cut, end)
        end = cut


def _cut_tail(line: _Line, found: Field) -> Field:
    """`owner: Dana, P1, due 27 March`: what follows a comma or a full stop and is another field by its form ends the value."""
    start, end = found.start - line.offset, found.end - line.offset
    raw, cut = line.rest[start:end], end - start
    at = 0
    for match in [*re.finditer(r",\s*|\.\s+(?=[^\W_]|[@*_])", raw), None]:
        chunk_end = match.start() if match else len(raw)
        if at:
            other = by_form(raw[at:chunk_end], line.offset + start + at, line.people, bare_names=False)
            if other and other.name != found.name:
                line.take(other)
                cut = min(cut, at)
        at = match.end() if match else at
    value = raw[:cut].rstrip(" ,.") if cut < end - start else raw.rstrip(" ,")
    return Field(found.name, plain_field(value), found.start, found.start + len(value))


def _listed(line: _Line, start: int, end: int, *, bare_names: bool) -> Iterator[Field]:
    """A piece that is one field, or a list whose every part is one; nothing where any part is not.

    Behind a key, a part that is no field by itself belongs to the value: "owner: Dana (lead), Tomas, P1".
    """
    piece = line.rest[start:end]
    whole = keyed(piece, line.offset + start) or by_form(
        piece, line.offset + start, line.people, bare_names=bare_names
    )
    found: list[Field] = []
    at = 0
    for chunk in _PARTS.split(_BRACKET.sub(lambda m: "x" * len(m[0]), piece)):
        begin, at = at, at + len(chunk)
        if _PARTS.fullmatch(chunk) or not _WORDS.search(chunk):
            continue
        shown, offset = piece[begin:at], line.offset + start + begin
        known = keyed(shown, offset)
        one = known or by_form(shown, offset, line.people, bare_names=bare_names)
        more = found and (keyed(piece, 0) if one is None else not known and one.name == found[-1].name)
        if more:  # "owner: Dana (lead), Tomas", "ticket: IDP-3, IDP-4"
            last = found[-1]
            stop = at - (len(shown) - len(shown.rstrip()))
            value = piece[last.start - line.offset - start : stop]
            found[-1] = Field(last.name, plain_field(value), last.start, line.offset + start + stop)
            continue
        if one is None:
            found = []
            break
        found.append(one)
    names = [f.name for f in found]
    if found and len(set(names)) == len(names):
        yield from found
    elif whole:
        yield whole


def _take_tails(line: _Line) -> None:
    """Fields that close a title without brackets: "… by 2026-03-27", "… @wei", "… PAY-12", ", owner Dana"."""
    if tags := _TAGS.search(line.rest):
        for tag in re.finditer(r"\S+", tags[0]):
            start = tags.start() + tag.start()
            if found := by_form(tag[0].rstrip("."), line.offset + start, line.people, bare_names=False):
                line.take(found)
        line.blank(tags.start(), tags.end())
    while match := _TAIL.search(line.rest.rstrip(" –—-,;")):
        start = match.start("field")
        found = by_form(match["field"], line.offset + start, line.people, bare_names=False)
        if (
            found is None
            or any(f.name == found.name for f in line.fields)
            or not _WORDS.search(line.rest[:start])
        ):
            return
        line.take(found)
        line.blank(match.start(), match.end("field"))


def _take_leads(line: _Line) -> None:
    """Fields that open it: "P1: …", "PAY-12 …", "Priya: …", "@wei to …", "Dana will …"."""
    while match := _LEAD_FIELD.match(line.rest):
        found = by_form(match["field"], line.offset + match.start("field"), line.people, bare_names=False)
        if found is None or any(f.name == found.name for f in line.fields):
            break
        line.take(found)
        line.blank(0, match.end())
    if not any(f.name == "owner" for f in line.fields):
        match = _LEAD_NAME.match(line.rest)
        if match and _acts(line.rest[match.end() :], match[0]) and is_name_like(match["who"], line.people):
            line.take(make_field("owner", line.text, match.start("who"), match.end("who"), line.offset))
            line.blank(0, match.end())


def _take_told(line: _Line) -> None:
    """What whole sentences say of an item: "It is due on 1 March 2027 and tracked as IDP-3." The words stay."""
    for name, pattern in _TOLD:
        match = pattern.search(line.rest)
        if match and all(f.name != name for f in line.fields):
            group = match.lastgroup or "value"
            line.take(make_field(name, line.text, match.start(group), match.end(group), line.offset))


def _acts(rest: str, lead: str) -> bool:
    """Whether a verb follows "Priya to …": "to v2.5" is where something goes, not what somebody does."""
    if not re.search(r"\bto\b", lead):
        return True
    word = next(iter(tokens(rest[:60])), None)
    return word is not None and word.text.isalpha() and can_be_verb(word.lower)


def _take_owner(line: _Line) -> None:
    """`Title — the team — 2026-03-27`: among recognised neighbours a short leftover is the owner; "Dana does this."."""
    if any(f.name == "owner" for f in line.fields):
        return
    if (match := _TAKES_IT.search(line.rest)) and is_name_like(match["who"], line.people):
        line.take(make_field("owner", line.text, match.start("who"), match.end("who"), line.offset))
        line.blank(match.start(), match.end())
        return
    if not line.fields:
        return
    left = [(s, e) for s, e in line.pieces() if _WORDS.search(line.rest[s:e])]
    if len(left) < 2:
        return
    for number, (start, end) in enumerate(left):
        shown = mask(line.rest[start:end], keep_code=True).strip(" .*_,")
        if number == 0 and not is_name_like(shown, line.people):
            continue
        if 0 < len(shown.split()) <= 6 and (is_nothing(shown) or is_name_like(shown, line.people)):
            line.take(make_field("owner", line.rest, start, end, line.offset))
            line.blank(start, end)
            return
