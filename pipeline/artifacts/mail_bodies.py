"""What a mail's writer wrote, apart from what the mail quotes, forwards, or signs with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

Role = Literal["written", "quoted", "forwarded", "signature"]

_ATTRIBUTION = re.compile(
    r"(?:On|Am|Le|El|Il|Op|Den|Em)\b.{6,200}?\b(?:wrote|schrieb|a écrit|escribió|ha scritto|schreef|skrev|escreveu)\b.{0,60}:",
    re.I | re.S,
)
_ORIGINAL = re.compile(
    r"-{2,}\s?(?:original message|ursprüngliche nachricht|message d'origine)\s?-{2,}", re.I
)
_FORWARD = re.compile(
    r"(?:-{2,}\s?)?(?:forwarded message|begin forwarded message|weitergeleitete nachricht)\b.{0,20}$", re.I
)
_HEADER = re.compile(
    r"\**(From|Von|De|Sent|Date|Gesendet|Datum|To|An|Cc|Subject|Betreff|Reply-To)\**\s?:\**\s*(.*)$"
)
_KEYS = {
    "von": "from",
    "de": "from",
    "sent": "date",
    "gesendet": "date",
    "datum": "date",
    "betreff": "subject",
}


@dataclass(slots=True)
class Paragraph:
    """Lines that stand together; `line` counts from the body's first. `headers` are those above a forwarded text."""

    role: Role
    line: int
    lines: list[str]
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def paragraphs(body: str) -> list[Paragraph]:
    """Every line of the body but blank ones and the lines that only announce what follows, in order."""
    return _Cutter(body.splitlines()).cut()


class _Cutter:
    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = [line.rstrip() for line in lines]
        self.found: list[Paragraph] = []
        self.role: Role = "written"
        self.headers: dict[str, str] = {}
        self.apart = True  # the next line begins a paragraph

    def cut(self) -> list[Paragraph]:
        place = 0
        while place < len(self.lines):
            place += self._line(place)
        return self.found

    def _line(self, place: int) -> int:
        """Take in the line there, and perhaps some more; returns how many."""
        line = self.lines[place].strip()
        if not line:
            self.apart = True
            return 1
        if self.role == "written" and line == "--":
            self._turn("signature")
            return 1
        if _FORWARD.match(line):
            self._turn("forwarded")
            return 1 + self._take_headers(place + 1)
        if self.role in ("written", "forwarded") and _ORIGINAL.fullmatch(line):
            self._turn("quoted")
            return 1 + self._take_headers(place + 1)
        if self.role in ("written", "signature") and (block := self._header_block(place)):
            self._turn("quoted")
            return block
        for height in (1, 2, 3):  # "On Tue … Ada Moreau <ada@…>" is often broken into two lines
            told = " ".join(self.lines[place : place + height]).strip()
            if (
                self.role in ("written", "forwarded")
                and _ATTRIBUTION.fullmatch(told)
                and self._quotes(place + height)
            ):
                self._add("quoted", place, [told])
                return height
        self._add("quoted" if line.startswith(">") else self.role, place, [self.lines[place]])
        return 1

    def _quotes(self, place: int) -> bool:
        following = next((line for line in self.lines[place:] if line.strip()), "")
        return following.lstrip().startswith(">")

    def _turn(self, role: Role) -> None:
        self.role, self.apart, self.headers = role, True, {}

    def _header_block(self, place: int) -> int:
        """The number of lines of a block as Outlook puts it above what it quotes: From, Sent, To, Subject."""
        told = dict(self._headers(place))
        return len(told) if {"from", "date"} <= told.keys() and len(told) >= 3 else 0

    def _take_headers(self, place: int) -> int:
        skipped = 0
        while place + skipped < len(self.lines) and not self.lines[place + skipped].strip():
            skipped += 1
        self.headers = dict(self._headers(place + skipped))
        return skipped + len(self.headers) if self.headers else 0

    def _headers(self, place: int) -> Iterator[tuple[str, str]]:
        seen: set[str] = set()
        for line in self.lines[place : place + 12]:
            match = _HEADER.match(line.strip())
            key = match[1].lower() if match else ""
            key = _KEYS.get(key, key)
            if match is None or key in seen:
                return
            seen.add(key)
            yield key, match[2].strip()

    def _add(self, role: Role, place: int, lines: list[str]) -> None:
        last = self.found[-1] if self.found else None
        if last and not self.apart and last.role == role:
            last.lines += lines
        else:
            self.found.append(Paragraph(role, place, lines, self.headers if role == "forwarded" else {}))
        self.apart = False
