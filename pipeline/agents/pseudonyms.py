"""People and hosts under other names on the wire: hidden in each request, put back into each reply."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count

from pipeline.language.lemmas import is_common
from pipeline.language.people import People
from pipeline.language.words import tokens
from pipeline.llm.port import ChatModel, Reply, Request
from pipeline.models.case import Case
from pipeline.models.incident import Person

_INSIDE = r"A-Za-z0-9_À-ɏ"
# Reversible, so it may take in too much: whatever is shaped like a machine's name is treated as one.
_HOST = re.compile(
    rf"(?<![{_INSIDE}.@-])(?:"
    r"(?:[0-9]{1,3}\.){3}[0-9]{1,3}"
    r"|(?:[0-9a-fA-F]{1,4}:){4,7}[0-9a-fA-F]{1,4}"
    r"|(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.){1,}(?:com|net|org|io|dev|cloud|app|internal|intern|local|lan|corp|test|example|[a-z]{2})"
    r"|(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.){2,}[a-z][a-z0-9-]+"
    r"|[a-z]{2,}[a-z0-9]*(?:-[a-z0-9]+)*-?[0-9]+[a-z]?"
    rf")(?![{_INSIDE}])"
)
# Endings of files that are also countries'.
_FILES = re.compile(r"\.(?:md|py|sh|rs|pl|so|ps|cc|js|ts|cs|go|tf|db)$")


class Pseudonyms:
    """One placeholder for each way in which a person or a host is written; it never changes for one incident."""

    def __init__(self, placeholders: dict[str, str]) -> None:
        self._hidden = placeholders
        self._shown = {placeholder: original for original, placeholder in placeholders.items()}
        self._originals = _any_of(placeholders)
        # In JSON source a placeholder may follow the `n` of a line break; nothing else ends like one.
        self._placeholders = _any_of(self._shown, before="")

    def hide(self, text: str) -> str:
        return self._originals.sub(lambda m: self._hidden[m[0]], text) if self._originals else text

    def restore(self, json_text: str) -> str:
        """JSON source with the originals back inside its strings."""
        if self._placeholders is None:
            return json_text
        return self._placeholders.sub(lambda m: json.dumps(self._shown[m[0]])[1:-1], json_text)


class Pseudonymous:
    """Hides in every message, and restores in every reply. It goes round everything that remembers or sends."""

    def __init__(self, model: ChatModel, pseudonyms: Pseudonyms) -> None:
        self._model, self._pseudonyms = model, pseudonyms

    @property
    def name(self) -> str:
        return self._model.name

    def complete(self, request: Request) -> Reply:
        hide = self._pseudonyms.hide
        messages = tuple(replace(m, content=hide(m.content)) for m in request.messages)
        reply = self._model.complete(replace(request, messages=messages))
        return replace(reply, text=self._pseudonyms.restore(reply.text))


def pseudonyms_of(case: Case, people: People) -> Pseudonyms:
    """Every person that the roster names, that acts, or that a text mentions; every host that a text names.

    The forms of one person share a number (`Person7`, `Person7b`), so that a model can tell who is who.
    """
    whole = "\n".join(_texts(case))
    persons: dict[str, dict[str, None]] = {}
    for person in _persons(case, people, whole):
        persons.setdefault(person.name, {}).update(dict.fromkeys(_forms(person)))
    every = _any_of({form for forms in persons.values() for form in forms})
    written = set(every.findall(whole)) if every else set()
    taken: dict[str, str] = {}
    mark, number = _unused("Person", whole), 0
    for forms in persons.values():
        used = [form for form in forms if form in written and form not in taken]
        number += bool(used)
        taken |= {form: f"{mark}{number}{_letter(at)}" for at, form in enumerate(used)}
    hosts = dict.fromkeys(m[0] for m in _HOST.finditer(whole) if not _FILES.search(m[0]))
    mark = _unused("host", whole)
    free = [host for host in hosts if host not in taken]
    return Pseudonyms(taken | {host: f"{mark}{at}" for at, host in enumerate(free, 1)})


def _texts(case: Case) -> Iterator[str]:
    """Everything of a case that a prompt may show."""
    it = case.incident
    yield from filter(None, (it.name, it.id, it.title))
    yield from (f"{s.name} {s.owner or ''}" for s in it.services)
    yield from ("\n".join((p.name, p.slack_id or "", *p.handles)) for p in it.roster)
    for record in case.records:
        yield from (record.source, record.section, record.actor or "", record.text)
        yield from (cell for column in record.columns for cell in column)


def _persons(case: Case, people: People, whole: str) -> Iterator[Person]:
    known = {p.name: p for p in case.incident.roster if p.kind == "person"}
    for name, kind in dict.fromkeys((r.actor, r.actor_kind) for r in case.records if r.actor):
        if name and (kind == "person" or people.kind_of(name) == "person"):
            person = people.find(name) or Person(name=name)
            known.setdefault(person.name, person)
    yield from known.values()
    words = {form for person in known.values() for form in _forms(person)}
    for name in dict.fromkeys(_mentioned(whole)):
        if words.isdisjoint(name.split()) and people.kind_of(name) == "person":
            yield Person(name=name)


def _mentioned(text: str) -> Iterator[str]:
    """Runs of capitalised words, and each word of them that is in no dictionary: what may be somebody's name."""
    run: list[str] = []
    for token in tokens(text):
        if (
            token.tag == "PROPN"
            or token.text[:1] == "@"
            or (token.text[:1].isupper() and token.text[1:].islower())
        ):
            run.append(token.text.lstrip("@"))
            continue
        yield from (word for word in run if not is_common(word.lower()))
        if len(run) > 1:
            yield " ".join(run)
        run = []


def _forms(person: Person) -> Iterator[str]:
    """Full name, handles and id, then each word of the name; in the cases that people write them in."""
    written = [person.name, *(h.lstrip("@") for h in person.handles), person.slack_id or ""]
    rostered = bool(person.handles or person.slack_id)
    parts = person.name.replace(",", " ").split()
    written += [w for w in parts if len(w) > 1 and (rostered or not is_common(w.lower()) or len(parts) == 1)]
    for form in written:
        for shape in (form, form.upper(), form.lower(), form.title()):
            # "will", "mark" and "grace" in small letters are words far more often than they are names.
            if len(form) > 1 and (shape == form or shape[:1].isupper() or not is_common(shape)):
                yield shape


def _letter(at: int) -> str:
    """``, `b`, `c` … `z`, `za`: the forms of one person after the first."""
    return "" if at == 0 else "z" * ((at - 1) // 25) + "bcdefghijklmnopqrstuvwxyz"[(at - 1) % 25]


def _unused(stem: str, text: str) -> str:
    """A stem that no text holds before a digit, so that only placeholders are ever put back."""
    for tail in count():
        mark = f"{stem}{'X' * tail}"
        if not re.search(rf"{mark}[0-9]", text):
            return mark
    raise AssertionError


def _any_of(words: Iterable[str], before: str = rf"(?<![{_INSIDE}])") -> re.Pattern[str] | None:
    longest_first = sorted(words, key=len, reverse=True)
    if not longest_first:
        return None
    return re.compile(rf"{before}(?:{'|'.join(map(re.escape, longest_first))})(?![{_INSIDE}])")
