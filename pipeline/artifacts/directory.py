"""Who a handle, a nick or an id is: the roster of incident.yaml, and what the artifacts add to it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.models.base import ActorKind
from pipeline.models.incident import Person


class Directory:
    """Looks people up by any name they go by. A first name counts where only one person has it."""

    def __init__(self, people: Iterable[Person] = ()) -> None:
        self._people: dict[str, Person] = {}
        first: dict[str, list[Person]] = {}
        for person in people:
            for key in (person.name, person.slack_id, *person.handles):
                if key:
                    self._people.setdefault(_folded(key), person)
            words = person.name.split()
            if len(words) > 1 and person.kind == "person":
                first.setdefault(_folded(words[0]), []).append(person)
        for name, known in first.items():
            if len(known) == 1:
                self._people.setdefault(name, known[0])

    def find(self, *names: str | None) -> Person | None:
        """The first of the names that is known; "Jules (DB)" is looked for as "Jules" too."""
        for name in names:
            if not name:
                continue
            last, comma, first = name.partition(", ")
            for spelling in (name, re.sub(r"\s*[(\[|].*$", "", name), f"{first} {last}" if comma else name):
                if found := self._people.get(_folded(spelling)):
                    return found
        return None

    def name(self, *names: str | None) -> str | None:
        """The roster's name, else the first name given."""
        found = self.find(*names)
        return found.name if found else next((n for n in names if n), None)

    def kind(self, name: str | None, default: ActorKind = "unknown") -> ActorKind:
        found = self.find(name)
        return found.kind if found else default


def _folded(name: str) -> str:
    return name.strip().lstrip("@").casefold()
