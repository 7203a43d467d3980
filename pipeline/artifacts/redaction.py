"""Puts typed placeholders in place of secrets and personal data, before anything is kept, written or sent."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from pipeline.artifacts.secrets import (
    NAME_ROOTS,
    Patterns,
    broken_secrets,
    is_random,
    is_secret_cell,
    kind_of_secret,
    named_secrets,
    shaped_secrets,
)


@dataclass(frozen=True, slots=True)
class Redacted:
    """`found` is what each placeholder stands for: of a text that is cut up afterwards, a part may show a secret
    without the words that tell it for one."""

    text: str
    counts: Mapping[str, int]  # placeholder without brackets: how many
    found: Mapping[str, str]  # secret: placeholder


def redact(text: str) -> Redacted:
    """`text` with placeholders; line breaks stay where they are."""
    redactor = Redactor()
    return Redacted(redactor.redact(text), dict(redactor.counts), dict(redactor.found))


def without(found: Mapping[str, str], text: str) -> str:
    """The text with those secrets as placeholders, wherever they stand."""
    for secret in sorted(found, key=len, reverse=True):
        if secret in text:
            text = re.sub(rf"(?<!\w){re.escape(secret)}(?!\w)", found[secret], text)
    return text


@dataclass(slots=True)
class Redactor:
    """Redacts the texts of one stream in turn; a private key that one text leaves open goes on in the next."""

    counts: Counter[str] = field(default_factory=Counter)
    found: dict[str, str] = field(default_factory=dict)
    _open_key: int = 0  # how many more lines may belong to a key whose end has not come

    def begin(self) -> None:
        """A new stream begins; no key reaches over from the last one."""
        self._open_key = 0

    def redact(self, text: str) -> str:
        if len(text) < 5 and not self._open_key:
            return text
        text = self._keys(text)
        lowered = text.lower()
        if any(root in lowered for root in NAME_ROOTS):
            if "|" in text:
                text = self._tables(text)
            if "\n" in text:
                text = self._pass(text, _BROKEN)
            lowered = text.lower()
            lines = zip(text.split("\n"), lowered.split("\n"), strict=False)  # lower() keeps line feeds
            text = "\n".join(
                self._pass(line, _NAMED) if any(r in low for r in NAME_ROOTS) else line for line, low in lines
            )
        return self._pass(text, _SHAPED)

    def redact_row(
        self, columns: Iterable[tuple[str, str]]
    ) -> tuple[tuple[tuple[str, str], ...], Mapping[str, str]]:
        """The cells of a row with their headings, and what was found by these: a heading, or the cell before, tells
        what a cell is."""
        row: list[tuple[str, str]] = []
        found: dict[str, str] = {}
        before = ""
        for heading, cell in columns:
            kept = self._cell(cell, (heading, before), found)
            row.append((self.redact(heading), self.redact(kept)))
            before = cell
        return tuple(row), found

    def _tables(self, text: str) -> str:
        """The rows of tables in Markdown, each cell under the heading of its column and beside the cell before."""
        lines = text.split("\n")
        headings: list[str] = []
        for number, line in enumerate(lines):
            if "|" not in line:
                headings = []
            elif number and _RULE.fullmatch(line):
                headings = lines[number - 1].split("|")
            else:
                cells = line.split("|")
                labels = zip([*headings, *[""] * len(cells)], ["", *cells], strict=False)
                kept = [
                    self._cell(cell, label, self.found) for cell, label in zip(cells, labels, strict=False)
                ]
                lines[number] = "|".join(kept)
        return "\n".join(lines)

    def _cell(self, cell: str, labels: tuple[str, ...], found: dict[str, str]) -> str:
        value = cell.strip(_DRESS)
        label = next((label for label in labels if is_secret_cell(label, value)), None)
        if label is None:
            return cell
        placeholder = kind_of_secret(label)
        found[value] = placeholder
        self.counts[placeholder[1:-1]] += 1
        return cell.replace(value, placeholder)

    def _remember(self, match: str, redacted: str) -> None:
        """What of a match the placeholder stands for."""
        start = next((n for n, (a, b) in enumerate(zip(match, redacted, strict=False)) if a != b), 0)
        after = redacted[redacted.find("]", start) + 1 :]
        secret = match[start : len(match) - len(after)] if match.endswith(after) else ""
        if placeholder := _PLACEHOLDER.match(redacted, start):
            for line in secret.split("\n"):  # a private key has many
                if len(line.strip()) >= _SHORTEST:
                    self.found[line.strip()] = placeholder[0]

    def _pass(self, text: str, patterns: Patterns) -> str:
        for pattern, replace in patterns:
            text = pattern.sub(self._counting(replace), text)
        return text

    def _counting(self, replace: Callable[[re.Match[str]], str]) -> Callable[[re.Match[str]], str]:
        def put(match: re.Match[str]) -> str:
            text = replace(match)
            if text != match[0]:
                self._remember(match[0], text)
                self.counts.update(name[1:-1] for name in _PLACEHOLDER.findall(text))
            return text

        return put

    def _keys(self, text: str) -> str:
        """Whole key blocks first; then, line by line, one that other text interrupts or nothing closes."""
        if not self._open_key and "PRIVATE KEY" not in text:
            return text
        text = _KEY_BLOCK.sub(self._counting(lambda m: "[private key]" + "\n" * m[0].count("\n")), text)
        if not self._open_key and not _KEY_BEGIN.search(text):
            return text
        return "\n".join(self._key_line(line) for line in text.split("\n"))

    def _key_line(self, line: str) -> str:
        if begin := _KEY_BEGIN.search(line):
            self._open_key = _KEY_LINES
            self.counts["private key"] += 1
            return line[: begin.start()] + "[private key]" + _KEY_BODY.sub("", line[begin.end() :])
        if not self._open_key:
            return line
        self._open_key -= 1
        if end := _KEY_END.search(line):
            self._open_key = 0
            return line[: end.start()] + "[private key]" + line[end.end() :]
        return _KEY_BODY.sub("[private key]", line)


_PLACEHOLDER = re.compile(
    r"\[(?:api key|access token|password|private key|email address|phone number|card number)\]"
)
_SHORTEST = 4  # characters of a secret that is looked for elsewhere
_RULE = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)*\s*:?-+:?\s*\|?\s*")
_DRESS = " \t*`\"'"
_KEY_LINES = 120  # a 16384-bit RSA key has about 200 lines of 64; 4096 bits, the largest in use, 51
_KEY_BEGIN = re.compile(r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----")
_KEY_END = re.compile(r"-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----")
_KEY_BODY = re.compile(r"(?<![\w/])[A-Za-z0-9+/=]{16,}|(?<![\w/])[A-Za-z0-9+/]{2,}={1,2}\s*$")
# Only what a key's body can hold: a line with words in between belongs to somebody.
_KEY_BLOCK = re.compile(
    rf"{_KEY_BEGIN.pattern}(?:\s|\\[nr]|[A-Za-z0-9+/=]{{4,}}(?=\s|\\|-)|(?:Proc-Type|DEK-Info|Comment|Version):[^\n]*)*"
    rf"{_KEY_END.pattern}"
)

_EMAIL = re.compile(
    r"(?<![\w.+%@/:-])[A-Za-z0-9][\w.+%'-]{0,63}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})\.)+([A-Za-z]{2,24})(?![\w@-])"
)
_UNITS = frozenset(
    ["service", "socket", "timer", "target", "mount", "slice", "scope", "device", "path", "swap", "local"]
)


def _email(match: re.Match[str]) -> str:
    """An address; not a systemd unit, nor a shell's or git's `user@host:path`."""
    rest = match.string[match.end() : match.end() + 2]
    if match[1].lower() in _UNITS or (rest[:1] == ":" and rest[1:2] in {"~", "/"}):
        return match[0]
    if rest[:1] == ":" and match[0].startswith(("git@", "hg@")):
        return match[0]
    return "[email address]"


_CARD = re.compile(
    r"(?<![\w.\-/=#:+])(?:\d{4}([ -])\d{4}\1\d{4}\1\d{4}|3[47]\d\d([ -])\d{6}\2\d{5}|[2-6]\d{13,15})(?![\w.-]?\d)(?!\w)"
)
# What stands before a number that identifies a thing, not a person's line or card.
_REFERENCE = re.compile(
    r"(?:\b(?:order|ticket|invoice|ref(?:erence)?|case|id|no|nr|build|run|job|trace|span|request|req|account"
    r"|transaction|tx|offset|seq|sequence|version|serial|sku|pid|uid|lsn)s?\b\.?|#)\s*[:=#]?\s*$",
    re.IGNORECASE,
)


def _refers(match: re.Match[str]) -> bool:
    return bool(_REFERENCE.search(match.string, max(0, match.start() - 24), match.start()))


def _card(match: re.Match[str]) -> str:
    digits = [int(c) for c in match[0] if c.isdigit()]
    doubled = (d * 2 - 9 * (d > 4) for d in digits[-2::-2])
    luhn = (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
    return "[card number]" if luhn and len(set(digits)) > 1 and not _refers(match) else match[0]


_INTERNATIONAL = re.compile(
    r"(?<![\w.+\-:/=])(?<!\d )(?:\+|\b00(?=[1-9]\d?[ .-]))[1-9]\d{0,2}(?:[ .\-/\u00a0]?\(?\d{1,6}\)?){2,6}(?![\w:]|[.,\-]\d)"
)
_NATIONAL = re.compile(
    r"(?<![\w.+\-:/=#])(?<!\d )(?:"
    r"\(?0\d{1,4}\)?(?:[ \-/]\d{2,4}){2,4}"
    r"|\(?0\d{2,4}\)?[ /]\d{5,8}"
    r"|\(\d{3}\) ?\d{3}[-. ]\d{4}|\d{3}([-.])\d{3}\1\d{4}"
    r")(?![\w:]|[.,\-/]\d| \d)"
)
_SAID_TO_BE_A_PHONE = re.compile(
    r"(?i:\b(?:phone|tel(?:ephone)?|mobile|cell|whats ?app|sms|call(?:ed|ing)?|ring|dial|text(?:ed)? (?:him|her|me))\b)"
    r"[^\n\d]{0,30}?(?P<number>\+?\(?\d{1,4}\)?(?:[ .\-]?\d{2,4}){2,5})(?![\w:]|[.\-/]\d)"
)


def _international(match: re.Match[str]) -> str:
    digits = sum(c.isdigit() for c in match[0])
    return "[phone number]" if 8 <= digits <= 15 and not _refers(match) else match[0]


def _national(match: re.Match[str]) -> str:
    digits = sum(c.isdigit() for c in match[0])
    return "[phone number]" if 9 <= digits <= 11 and not _refers(match) else match[0]


def _said_phone(match: re.Match[str]) -> str:
    number = match["number"]
    digits = sum(c.isdigit() for c in number)
    if not 7 <= digits <= 15 or re.fullmatch(r"(?:19|20)\d\d[-.](?:\d\d[-.]){1,2}\d\d?", number):
        return match[0]
    if digits > 10 and digits == len(number):  # an epoch, or an id
        return match[0]
    return match[0].replace(number, "[phone number]")


def _bare(match: re.Match[str]) -> str:
    return "[api key]" if is_random(match[0]) else match[0]


_BARE = re.compile(
    r"(?<![\w+/=.@:$%&-])(?=[\w\-]*[A-Z])(?=[\w\-]*\d)[A-Za-z0-9](?:[A-Za-z0-9_\-]{18,}|[A-Za-z0-9+/]{39}(?![\w+/]))(?![\w.@])"
)


_NAMED: Patterns = tuple(named_secrets())
_BROKEN: Patterns = tuple(broken_secrets())
_SHAPED: Patterns = (
    *shaped_secrets(),
    (_BARE, _bare),
    (_EMAIL, _email),
    (_CARD, _card),
    (_INTERNATIONAL, _international),
    (_NATIONAL, _national),
    (_SAID_TO_BE_A_PHONE, _said_phone),
)
