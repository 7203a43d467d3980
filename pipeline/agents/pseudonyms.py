"""People and hosts under other names on the wire: hidden in each request, put back into each reply."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count, groupby

from pipeline.agents.names import INSIDE, forms, hosts, mentioned
from pipeline.language.people import People
from pipeline.llm.port import ChatModel, Reply, Request
from pipeline.models.base import ActorKind
from pipeline.models.case import Case
from pipeline.models.incident import Person


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


def pseudonyms_of(
    case: Case, people: People, beside: Iterable[str] = (), acting: Iterable[str] = ()
) -> Pseudonyms:
    """Those of a case, and of what is shown `beside` it. A model's prompts hold the house's style, a judge's a
    document, in which others may be `acting`."""
    actors = dict.fromkeys((r.actor, r.actor_kind) for r in case.records if r.actor)
    persons = [name for name, kind in actors if name and _may_be_person(name, kind, people)]
    things = [name for name, kind in actors if name and name not in persons]
    things += [service.name for service in case.incident.services]
    return pseudonyms_in((*_texts(case), *beside), people, case.incident.roster, (*persons, *acting), things)


def pseudonyms_in(
    texts: Iterable[str],
    people: People,
    roster: Iterable[Person] = (),
    acting: Iterable[str] = (),
    things: Iterable[str] = (),
) -> Pseudonyms:
    """Every person that the roster names, that acts, or that a text mentions; every host that a text names. What is
    known as one of the `things` keeps its name.

    The forms of one person share a number (`Person7`, `Person7b`), so that a model can tell who is who. What may be
    a person or a product is a `Name`.
    """
    whole = "\n".join(texts)
    named = {stem: _unused(stem, whole) for stem in ("Person", "Name", "host")}
    taken: dict[str, str] = {}
    numbers = dict.fromkeys(named, 0)
    for stem, written in _forms(whole, people, roster, acting, frozenset(things)):
        if used := [form for form in written if form not in taken]:
            numbers[stem] += 1
            mark = f"{named[stem]}{numbers[stem]}"
            taken |= {form: f"{mark}{_letter(at)}" for at, form in enumerate(used)}
    return Pseudonyms(taken)


def _forms(
    whole: str, people: People, roster: Iterable[Person], acting: Iterable[str], things: frozenset[str]
) -> Iterator[tuple[str, list[str]]]:
    """For each that is to be hidden, what it is called by, and the ways in which the text writes it."""
    known = {p.name: p for p in roster if p.kind == "person"}
    for name in acting:
        person = people.find(name) or Person(name=name)
        known.setdefault(person.name, person)
    found = [("Person", list(dict.fromkeys(forms(person)))) for person in known.values()]
    theirs = {form for _, written in found for form in written} | things
    for name, is_person in mentioned(whole, people):
        if theirs.isdisjoint((name, *name.split())):
            written = list(dict.fromkeys((name, *forms(Person(name=name)))))
            found.append(("Person" if is_person else "Name", written))
    found += [("host", [host]) for host in dict.fromkeys(hosts(whole))]
    every = _any_of(form for _, written in found for form in written)
    seen = set(every.findall(whole)) if every else set()
    for (
        stem,
        written,
    ) in found:  # those that are not seen too: a prompt may cut a text, or a model write another
        yield stem, sorted(written, key=lambda form: form not in seen)


def _may_be_person(name: str, kind: ActorKind, people: People) -> bool:
    """Whether an actor is hidden: also one of whom nothing tells what it is."""
    told = people.kind_of(name)
    return "person" in (kind, told) or (kind == told == "unknown")


def _texts(case: Case) -> Iterator[str]:
    """Everything of a case that a prompt may show."""
    it = case.incident
    yield from filter(None, (it.name, it.id, it.title))
    yield from (f"{s.name} {s.owner or ''}" for s in it.services)
    yield from ("\n".join((p.name, p.slack_id or "", *p.handles)) for p in it.roster)
    for record in case.records:
        yield from (record.source, record.section, record.actor or "", record.text)
        yield from (cell for column in record.columns for cell in column)


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


def _any_of(words: Iterable[str], before: str = rf"(?<![{INSIDE}])") -> re.Pattern[str] | None:
    """Any of the words, the longest that fits; they share their beginnings, for there may be thousands."""
    if not (every := sorted(set(words))):
        return None
    return re.compile(rf"{before}(?:{_branched(every)})(?![{INSIDE}])")


def _branched(words: list[str]) -> str:
    """A pattern for words that are sorted, each once."""
    shared = _shared(words[0], words[-1])
    tails = [word[len(shared) :] for word in words]
    if tails == [""]:
        return re.escape(shared)
    ends = tails[0] == ""
    branches = (_branched(list(some)) for _, some in groupby(tails[ends:], key=lambda tail: tail[0]))
    return f"{re.escape(shared)}(?:{'|'.join(branches)}){'?' if ends else ''}"


def _shared(first: str, last: str) -> str:
    length = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return first[:length]
