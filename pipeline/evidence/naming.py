"""Who a name, a handle or a mention stands for, by the roster and by whoever wrote a record."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pipeline.language.polarity import opens_question
from pipeline.models.case import Case
from pipeline.models.incident import Person

KnownKind = Literal["person", "role", "team"]
_WORD = re.compile(r"[^\W_][\w.’'-]*", re.UNICODE)
_HANDLE = re.compile(r"(?<![\w.])@([\w][\w.\-]*\w|\w)")


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody the roster or a record names; `name` is the fullest form that any of them gives."""

    name: str
    kind: KnownKind
    role: str | None = None
    team: str | None = None


@dataclass(frozen=True, slots=True)
class NameMention:
    start: int
    end: int
    text: str
    known: Known


class Directory:
    """Every way to call a known person or team. A short form that fits two people names nobody."""

    def __init__(self, roster: Iterable[Person], actors: Iterable[str] = ()) -> None:
        self._by_key: dict[str, set[Known]] = defaultdict(set)
        self._longest = 1
        self.only_bearers: dict[str, Known] = {}  # role -> the one person of the roster who has it
        people = list(roster)
        for person in people:
            kind: KnownKind = "team" if person.kind in ("team", "organisation") else "person"
            known = Known(person.name, kind, person.role, person.team)
            self._enter(known, person.name, *person.handles, *([person.slack_id] if person.slack_id else []))
        for team in sorted({p.team for p in people if p.team}):
            self._enter(Known(team, "team"), team, f"{team} team")
        for role in {p.role for p in people if p.role}:
            bearers = [p for p in people if p.role == role]
            if len(bearers) == 1 and (known_bearer := self.who(bearers[0].name)):
                self.only_bearers[_key(role)] = known_bearer
        for actor in actors:
            if actor.strip() and self.who(actor) is None and _looks_personal(actor):
                self._enter(Known(actor.strip(), "person"), actor)

    def _enter(self, known: Known, *forms: str) -> None:
        for form in forms:
            self._add(form, known)
            if known.kind == "person":
                words = [w for w in re.split(r"[\s.@_]+", form.strip("@")) if w]
                if len(words) > 1:
                    self._add(words[0], known)
                    self._add(words[-1], known)

    def _add(self, form: str, known: Known) -> None:
        key = _key(form)
        if key:
            self._by_key[key].add(known)
            self._longest = max(self._longest, len(key.split()))

    def who(self, name: str) -> Known | None:
        """The one person or team that `name` (also `@handle`, a Slack id, a first name) stands for."""
        found = self._by_key.get(_key(name))
        if found and len(found) == 1:
            return next(iter(found))
        full = {k for k in found or () if _key(k.name) == _key(name)}
        return next(iter(full)) if len(full) == 1 else None

    def mentions(self, text: str) -> tuple[NameMention, ...]:
        """Known names in a text, the longest form first; a plain word must be written as a name is."""
        words = [(m.start(), m.end(), m.group()) for m in _WORD.finditer(text)]
        found: list[NameMention] = []
        at = 0
        while at < len(words):
            for length in range(min(self._longest, len(words) - at), 0, -1):
                start, end = words[at][0], words[at + length - 1][1]
                if mention := self._read(text, start, end):
                    found.append(mention)
                    at += length - 1
                    break
            at += 1
        return tuple(found)

    def _read(self, text: str, start: int, end: int) -> NameMention | None:
        written = text[start:end].rstrip(".'’-")
        if re.search(r"['’]s$", written):
            written = written[:-2]
        known = self.who(written)
        if known is None:
            return None
        marked = start > 0 and text[start - 1] == "@"
        capital = written[:1].isupper() or not written[:1].isalpha()
        if known.kind == "person" and not (marked or capital or "." in written):
            return None
        if not marked and opens_question(text, start, start + len(written)):
            return None
        if known.kind == "team" and not marked and _key(written) == _key(known.name) and " " not in written:
            return None  # "platform" alone is a word; "the platform team" is the team
        return NameMention(start, start + len(written), written, known)


def directory_of(case: Case) -> Directory:
    """The directory of a case, made once."""
    cached: Directory | None = case.__dict__.get("_directory")
    if cached is None:
        spoke = (
            r.actor
            for r in case.records
            if r.actor and (r.actor_kind == "person" or (r.kind == "message" and r.actor_kind == "unknown"))
        )
        cached = Directory(case.incident.roster, dict.fromkeys(spoke))
        case.__dict__["_directory"] = cached
    return cached


def _key(name: str) -> str:
    return " ".join(re.sub(r"[<>@]", " ", name).lower().split()).strip(".,:;()")


def _looks_personal(actor: str) -> bool:
    words = actor.split()
    return 1 <= len(words) <= 4 and not re.search(
        r"[\d/\\:#=]|bot\b|\bapp\b|\[|alert|pager|jenkins|system", actor, re.I
    )
