"""The postmortem as one self-contained page: built from the data, each sentence leading to its evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal, Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipeline.models.actions import ActionItems
from pipeline.models.base import rfc3339
from pipeline.models.evaluation import Evaluation, Finding
from pipeline.models.postmortem import Account, Postmortem
from pipeline.rendering import layout
from pipeline.rendering.blocks import Block, Line, Note, Said, Table
from pipeline.rendering.clock import print_day
from pipeline.rendering.escaping import CODE, flatten
from pipeline.rendering.intervals import print_seconds
from pipeline.rendering.marks import NOTES, by_number, cut_stop
from pipeline.rendering.parts import Material, parts_of
from pipeline.rendering.picture import draw

WEIGHTS = {"blocking": "blocks it", "later": "before publishing", "advisory": "advice"}
TEMPLATES = Path(__file__).parent / "templates"


class Cited(Protocol):
    """A record, or a line of evidence.jsonl: what the page shows of the evidence."""

    @property
    def id(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def locator(self) -> str: ...
    @property
    def time(self) -> datetime | None: ...
    @property
    def zone_basis(self) -> str | None: ...
    @property
    def actor(self) -> str | None: ...
    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record is cited: the anchor, and the part it stands in."""

    anchor: str
    heading: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A record with the places that cite it."""

    record: Cited
    when: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: str
    after: str = ""


@dataclass(frozen=True, slots=True)
class PrintedPart:
    slug: str
    heading: str
    runs: tuple[tuple[str, tuple[Block, ...]], ...]  # (prose | bullets | table | note, blocks)
    pointer: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding as it is shown: `weight` says what it does, `anchor` is the place of the page it stands at."""

    finding: Finding
    weight: Literal["blocking", "later", "advisory"]
    anchor: str | None


@dataclass(frozen=True, slots=True)
class Remarks:
    """Those that block first; `by_pointer` leads to what stands at a place."""

    every: tuple[Remark, ...]
    by_pointer: Mapping[str, Sequence[Remark]]

    def at(self, pointer: str) -> Sequence[Remark]:
        return self.by_pointer.get(pointer, ())

    def number(self, weight: str) -> int:
        return sum(r.weight == weight for r in self.every)

    @property
    def count(self) -> str:
        told = (
            (self.number("blocking"), "blocking"),
            (self.number("later"), "to mend before publishing"),
            (self.number("advisory"), "advisory"),
        )
        listed = ", ".join(f"{n} {words}" for n, words in told if n)
        return f"{len(self.every)} {'finding' if len(self.every) == 1 else 'findings'}: {listed}"


def render_page(
    postmortem: Postmortem, items: ActionItems, evaluation: Evaluation, records: Iterable[Cited]
) -> str:
    """The page. `records` may hold more than is cited; only what is cited is shown, as it was redacted.

    The page asks for nothing outside itself, needs no script, and forbids both to whatever it may hold.
    """
    material = Material.of(postmortem, items, postmortem.incident.timezone)
    parts = [_printed(part, blocks) for part, blocks in parts_of(material)]
    remarks = _remarks(evaluation, parts)
    places = _places(parts, postmortem.incident.commander)
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            pm=postmortem,
            day=print_day(material.clock.day) if material.clock.day else "",
            zone_note=material.clock.zone_note(material.moments),
            status=_status(postmortem, remarks.number("blocking")),
            facts=_facts(material),
            picture=draw(material),
            parts=parts,
            remarks=remarks,
            evaluation=evaluation,
            unscored=[u for document in evaluation.documents for u in document.unscored],
            evidence=_evidence(records, places),
            style=Markup((TEMPLATES / "page.css").read_text("utf-8")),
        )
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters |= {
        "flat": flatten,
        "stop": _cut,
        "with_code": _with_code,
        "marks": by_number,
        "anchor": anchor_of,
        "number": lambda n: f"{n:g}",
    }
    environment.globals |= {"notes": NOTES, "weights": WEIGHTS}
    return environment


def _cut(said: Said) -> tuple[str, str]:
    return cut_stop(flatten(said.text))


def _with_code(text: str) -> Markup:
    """The text as HTML; what stands in backticks as code, which is the one markup that words may carry."""
    pieces, at = Markup(), 0
    for code in CODE.finditer(text):
        pieces += Markup("{}<code>{}</code>").format(text[at : code.start()], code["code"])
        at = code.end()
    return pieces + text[at:]


def anchor_of(pointer: str) -> str:
    """`/timeline/3` is found at #at-timeline-3."""
    return "at" + pointer.replace("/", "-")


def _printed(part: layout.Part, blocks: Sequence[Block]) -> PrintedPart:
    runs: list[tuple[str, list[Block]]] = []
    for block in blocks:
        kind = _kind(block)
        if kind in ("prose", "bullets") and runs and runs[-1][0] == kind:
            runs[-1][1].append(block)
        else:
            runs.append((kind, [block]))
    heading = layout.HEADINGS[part]
    slug = heading.lower().replace(" ", "-")
    return PrintedPart(slug, heading, tuple((kind, tuple(found)) for kind, found in runs), f"/{part}")


def _kind(block: Block) -> str:
    if isinstance(block, Table):
        return "table"
    if isinstance(block, Note):
        return "note"
    return "bullets" if block.bullet else "prose"


def _told(part: PrintedPart) -> Iterable[tuple[str, Said]]:
    """Everything that the part says, with its pointer."""
    for _, blocks in part.runs:
        for block in blocks:
            if isinstance(block, Line):
                yield block.pointer, block.said
            elif isinstance(block, Table):
                for row in block.rows:
                    for cell in row.cells:
                        for said in cell.pieces:
                            yield row.pointer, said


def _places(parts: Iterable[PrintedPart], commander: Account | None) -> dict[str, tuple[Place, ...]]:
    found: dict[str, dict[str, Place]] = defaultdict(dict)
    for record in commander.evidence if commander else ():
        found[record]["top"] = Place("top", "heading")
    for part in parts:
        for pointer, said in _told(part):
            anchor = anchor_of(pointer)
            for record in said.evidence:
                found[record].setdefault(anchor, Place(anchor, part.heading))
    return {record: tuple(places.values()) for record, places in found.items()}


def _evidence(records: Iterable[Cited], places: Mapping[str, tuple[Place, ...]]) -> list[Shown]:
    known = {r.id: r for r in records}
    return [Shown(known[i], _when(known[i]), places[i]) for i in by_number(places) if i in known]


def _when(record: Cited) -> str:
    if record.time is None:
        return "no time"
    return rfc3339(record.time).replace("T", " ").replace("Z", " UTC")


def _remarks(evaluation: Evaluation, parts: Iterable[PrintedPart]) -> Remarks:
    """Each finding at the nearest place of the page that holds what it points at."""
    pointers = {pointer for part in parts for pointer, _ in _told(part)} | {part.pointer for part in parts}
    weights = ("blocking", "later", "advisory")
    by_pointer: dict[str, list[Remark]] = defaultdict(list)
    every = []
    for finding in sorted(evaluation.findings, key=lambda f: (f.line, f.column)):
        pointer = finding.where or ""
        while pointer and pointer not in pointers:
            pointer = pointer.rpartition("/")[0]
        remark = Remark(finding, _weight(finding, evaluation), anchor_of(pointer) if pointer else None)
        every.append(remark)
        if pointer:
            by_pointer[pointer].append(remark)
    return Remarks(tuple(sorted(every, key=lambda r: weights.index(r.weight))), by_pointer)


def _weight(finding: Finding, evaluation: Evaluation) -> Literal["blocking", "later", "advisory"]:
    """A finding of the gate `publish` does not reject a draft yet."""
    if finding.severity != "blocking":
        return "advisory"
    return "later" if finding.gate == "publish" and evaluation.gate == "draft" else "blocking"


def _status(postmortem: Postmortem, blocking: int) -> tuple[str, str]:
    """What the banner says, in bold and behind it."""
    if postmortem.status == "rejected":
        what = "1 finding blocks it." if blocking == 1 else f"{blocking} findings block it."
        return "Rejected: not fit to share.", what
    said = {
        "draft": ("Draft. Not reviewed.", "People have to read and correct it before it is shared."),
        "ready": ("Ready for review. Not reviewed.", "It has passed the gate for publishing."),
        "approved": ("Approved.", "Its reviewers have signed off this content."),
        "published": ("Published.", ""),
    }
    return said[postmortem.status]


def _facts(material: Material) -> list[Fact]:
    """The milestones, with how long each came after the impact began."""
    milestones = material.postmortem.milestones
    onset = milestones.onset.time
    facts = []
    for name, label in layout.MILESTONES.items():
        time = getattr(milestones, name).time
        if time is None:
            facts.append(Fact(label, layout.NOT_KNOWN, getattr(milestones, name).reason or ""))
        elif onset and name != "onset" and time >= onset:
            lasted = (time - onset).total_seconds()
            after = f"{print_seconds(lasted)} after onset" if lasted else "at onset"
            facts.append(Fact(label, material.point(time), after))
        else:
            facts.append(Fact(label, material.point(time)))
    return facts
