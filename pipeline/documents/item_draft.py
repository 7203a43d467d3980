"""An item while its lines are read, and what the headings above it say for it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Literal

from pipeline.documents.fields import Field, keyed
from pipeline.documents.headings import is_done_heading, parts_of
from pipeline.documents.item_kinds import is_finished, is_pointer
from pipeline.documents.masking import plain
from pipeline.documents.spans import make_span
from pipeline.language.times import find_times
from pipeline.models.document import PrintedItem

State = Literal["open", "done", "parked", "needs detail"]
RANKED = re.compile(
    r"\b(?:in|by|sorted by|ordered by) (?:\w+ )?(?:order of )?(?:priority|importance|urgency)\b|\bin priority order\b|(?<!be )(?<!yet )(?<!not )\branked\b"
    r"|\bprioriti[sz]ed (?:list|order|backlog)|\b(?:most (?:important|urgent)|highest(?: priority)?|top priority) (?:is |comes )?first\b",
    re.IGNORECASE,
)
NUMBER = re.compile(
    r"[\s*_]*(?:(?:A|AI|N|#|Item|Action|Recommendation|Measure|Task)\s?-?\d{1,3}|\d{1,2})[\s*_]*[.:)–—-][\s*_]*(?=\S)"
    r"|[A-OQ-Z]{1,2}\d{1,2}\s+(?=[a-z])"  # "T1 probe every …"
)
_DONE = re.compile(
    r"\s*(?:✅|✔️?|☑️?|~~|(?:done|completed?|closed|merged|shipped|fixed|resolved|finished|implemented|landed)\b(?!\s+(?:the|a|an)\b))",
    re.IGNORECASE,
)
_STRUCK = re.compile(r"[\s*_[(]*(?:✅|✔|☑|~~|done\b\W)", re.IGNORECASE)
_PARKED = re.compile(
    r"\s*(?:parked|won'?t|declined|backlog|deferred|not planned|rejected|cancelled|dropped)\b", re.IGNORECASE
)
_LEADING_PRIORITY = re.compile(  # "open P1 import preview", "Prio 1. Key set …"
    r"(?:(?:done|open|to ?do)\b[,:]?\s+)?(?P<rank>P[0-5]|Prio(?:rity)? (?:[0-5]|[A-D]))\b[.:,–-]?\s+(?=\S)",
    re.IGNORECASE,
)
_GROUP_TYPE = re.compile(
    r"\b(quick[- ]?wins?|quick fix(?:es)?|systemic|structural|strategic|tactical)\b", re.IGNORECASE
)
_GROUP_PRIORITY = re.compile(
    r"\b(p[0-4])\b|^\W*(prio(?:rity)?[ -][0-5])\W*$|^\W*(?:priority\s*:?\s*)?(critical|highest|high|medium|low|lowest|must|should|could)(?:[ -]?(?:prio(?:rity)?|have))?s?\W*$",
    re.IGNORECASE,
)
_GROUP_DUE = re.compile(
    r"(?:^\W*|\()(?:all |each )?(?:due|by|until|before|no later than|deadline)\b[\s:]*(?P<due>[^()]{4,40})",
    re.IGNORECASE,
)
_NAME = r"@[\w.-]+|[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,3}"
_OF_ALL = re.compile(
    r"\b(?:all|each|every|both|these|they|following|below)\b|\bowns? the (?:list|items|actions)\b",
    re.IGNORECASE,
)
_FOR_ALL: tuple[tuple[str, re.Pattern[str]], ...] = (  # "All three are owned by Dana, P2, and tracked under IDP-3."
    ("owner", re.compile(rf"(?i:\b(?:owned by|assigned to|owner(?: is|:)?)\s+)(?P<value>{_NAME})")),
    ("priority", re.compile(r"\bpriority\b[^.\n:]{0,30}?[\s:](?P<value>P[0-5]|critical|high|medium|low)\b|\b(?P<code>P[0-4])\b", re.I)),
    ("due", re.compile(r"\b(?:due|deadline)(?: is| on| by|:)?\s+(?P<value>[^.;,()\n]{4,40})", re.I)),
    ("tracking", re.compile(r"\btracked (?:in|as|by|at|under)\s+(?P<value>[\w./-]*#\d+|[A-Z][A-Z0-9]{1,9}-\d+|https?://\S+[^\s.,;)])")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """What the headings above an item say for it, and the lines that speak of all of a list."""

    state: State = "open"
    type: str | None = None
    priority: str | None = None
    owner: str | None = None
    ranked: bool = False
    due: str | None = None
    tracking: str | None = None

    def told_of_all(self, line: str) -> Group:
        """What a sentence above a list says of all of it; the same where it speaks of nothing so."""
        shown = plain(line)
        if not _OF_ALL.search(shown):
            return self
        said = {name: m[m.lastgroup or 0] for name, p in _FOR_ALL if (m := p.search(shown))}
        due = said.get("due")
        return replace(
            self,
            owner=said.get("owner", self.owner),
            priority=said.get("priority", self.priority),
            due=due if due and any(m.date for m in find_times(due)) else self.due,
            tracking=said.get("tracking", self.tracking),
        )

    def below(self, label: str) -> Group:
        """What a label among the items adds: `Quick wins`, `P1`, `Done`, `Parked`."""
        shown = plain(label).strip(" :*")
        kind, rank = _GROUP_TYPE.search(shown), _GROUP_PRIORITY.search(shown)
        due = _GROUP_DUE.search(shown)
        owner = keyed(shown, 0) if re.match(r"owner", shown, re.IGNORECASE) else None
        state = self.state
        if is_done_heading(shown):
            state = "done"
        elif "parked" in parts_of(shown):
            state = "parked"
        elif "needs detail" in parts_of(shown):
            state = "needs detail"
        return Group(
            state,
            kind[1] if kind else self.type,
            (rank[1] or rank[2] or rank[3]) if rank else self.priority,
            owner.value if owner else self.owner,
            self.ranked or bool(RANKED.search(shown)),
            due["due"].strip() if due and any(m.date for m in find_times(due["due"])) else self.due,
            self.tracking,
        )


@dataclass(slots=True)
class Draft:
    """An item while its lines are read."""

    start: int
    end: int
    title: list[str] = field(default_factory=list)
    title_span: tuple[int, int] | None = None
    fields: dict[str, Field] = field(default_factory=dict)
    checked: bool | None = None
    opening: str = ""  # how its line begins as written: "✅ …", "~~…~~", "Done: …"

    def add(self, found: Field) -> None:
        if found.name == "detail":
            self.title.append(found.value)
        elif found.name != "aside":
            self.fields.setdefault(found.name, found)

    def add_title(self, offset: int, rest: str) -> None:
        """What is left of a line once its fields are blanked."""
        if text := plain(rest).strip(" ,;"):
            self.title.append(text)
            begin = len(rest) - len(rest.lstrip())
            self.opening = self.opening or rest.lstrip()[:12]
            self.title_span = self.title_span or (offset + begin, offset + len(rest.rstrip()))

    def finish(self, lines: tuple[int, ...], group: Group, number: int, raw: str) -> PrintedItem:
        """The item as printed: what its own line does not say, its group may. `raw` is its text as written."""

        def told(name: str, inherited: str | None = None) -> str | None:
            found = self.fields.get(name)
            return found.value if found and (found.value or inherited is None) else inherited

        title = ". ".join(t.rstrip(".") for t in self.title).strip()
        span = self.title_span or (self.start, self.end)
        status = told("status") or ""
        due = told("due", group.due)
        state = group.state
        if (
            self.checked
            or any(_DONE.match(t) for t in (status, due or "", told("tracking") or ""))
            or _STRUCK.match(self.opening)
            or is_finished(title)
        ):
            state = "done"
        elif _PARKED.match(status):
            state = "parked"
        leading = _LEADING_PRIORITY.match(title) if "priority" not in self.fields else None
        return PrintedItem(
            span=make_span(lines, self.start, self.end),
            title=title[leading.end() :] if leading else title,
            title_span=make_span(lines, *span),
            owner=told("owner", group.owner),
            priority=told("priority", leading["rank"] if leading else group.priority),
            due=due if due is not None or state != "done" else (status or None),
            tracking=told("tracking", group.tracking),
            type=told("type", group.type),
            state=state,
            ranked_list=group.ranked,
            pointer=is_pointer(title, raw),
            list=number,
            fields=tuple((name, make_span(lines, f.start, f.end)) for name, f in sorted(self.fields.items())),
        )
