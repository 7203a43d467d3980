"""Defects of a document's parts: emptied, taken out, or filled with what says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.models.document import Part, Section
from pipeline.suites.mutations.defect import Defect, Edit, Ground, defect, own_section, reach
from pipeline.suites.mutations.item_titles import retitled

_EMPTIED: tuple[Part, ...] = (
    "summary", "impact", "timeline", "detection", "root cause", "resolution", "actions", "lessons",
)  # fmt: skip
_NUMBER = re.compile(
    r"\b(?:\d(?:[\d.,: ]*\d)?(?:\s?%)?(?=\b|\D)|all|full|entire|half|every|each|both|no|none|nothing|nobody|one|two|three|four|five|six|seven|eight|nine|ten|twelve)(?:\b|(?<=%))",
    re.IGNORECASE,
)
_FILLED: tuple[tuple[str, str, str, tuple[Part, ...]], ...] = (
    ("DET", "detection untold", "detection_untold", ("detection",)),
    ("IMP", "impact unmeasured", "impact_unmeasured", ("impact",)),
    ("RCA", "root cause reduced", "trigger_only", ("root cause",)),
    ("LRN", "lessons hollow", "lessons_hollow", ("lessons",)),
    ("LRN", "lessons general", "lessons_general", ("lessons",)),
    ("DOC-REV", "review said and not recorded", "review_none", ("review",)),
)


def mutate(ground: Ground) -> Iterator[Defect]:
    document = ground.document
    for part in _EMPTIED:
        section = own_section(document, part)
        if part == "lessons" and own_section(document, "went well", "lucky", "went poorly"):
            continue  # which teach, too
        if section is not None and not _same_as(ground, section):
            yield _with_body(ground, section, "DOC-SEC", f"{part} emptied", ground.word("empty"))
    for criterion, kind, name, parts in _FILLED:
        if name == "lessons_general" and own_section(document, "went well", "lucky", "went poorly"):
            continue  # which teach, too
        if (section := own_section(document, *parts)) is not None:
            told = _with_body(ground, section, criterion, kind, ground.word(name))
            yield _anywhere(ground, told) if criterion == "DOC-REV" else told
    for criterion, kind, part in (
        ("DOC-SEC", "lessons removed", "lessons"),
        ("DOC-REV", "review removed", "review"),
    ):
        if part == "lessons" and own_section(document, "went well", "lucky", "went poorly"):
            continue
        if (section := own_section(document, part)) is not None:
            edit = (_line(ground, section.span.start), reach(document, section), "\n")
            yield _anywhere(ground, defect(criterion, kind, document, [edit], (0, 0)))
    yield from _without_numbers(ground)
    yield from _tactical(ground)


def _same_as(ground: Ground, section: Section) -> bool:
    """Whether a heading names two parts, so that its body serves another as well."""
    return any(s is not section and s.part == section.part and s.heading for s in ground.document.sections)


def _line(ground: Ground, offset: int) -> int:
    return ground.document.text.rfind("\n", 0, offset) + 1


def _with_body(ground: Ground, section: Section, criterion: str, kind: str, said: str) -> Defect:
    document = ground.document
    end = reach(document, section)
    underline = _underline(document.text, section)
    label = document.text[section.span.end : section.start].strip("*_ \n") in ("", ":", ".", "?")
    inline = label and "\n" not in document.text[section.span.end : section.start + 1]
    body = f" {said}\n\n" if inline and section.level > 6 else f"\n\n{said}\n\n"
    start = max(section.start, underline)
    return defect(criterion, kind, document, [(start, end, body)], (section.span.start, start + 1))


def _underline(text: str, section: Section) -> int:
    """Behind the line of dashes below a heading, where there is one."""
    first = text.find("\n", section.span.end)
    second = text.find("\n", first + 1) if first >= 0 else -1
    below = text[first + 1 : second].strip() if second >= 0 else ""
    return second if below and set(below) <= set("=-") and len(below) > 2 else 0


def _anywhere(ground: Ground, found: Defect) -> Defect:
    """A part that is gone has no line but the first, and those of the head, which may speak of it."""
    head = next((s.span.line for s in ground.document.sections if s.part not in ("other", "review")), 2)
    return Defect(found.criterion, found.kind, found.text, found.lines | frozenset(range(1, head)))


def _without_numbers(ground: Ground) -> Iterator[Defect]:
    """The impact with every number in it replaced by words."""
    document = ground.document
    section = own_section(document, "impact")
    if section is None:
        return
    end = reach(document, section)
    heads = [(s.span.start, s.span.end) for s in document.sections if s.heading]
    edits: list[Edit] = [
        (section.start + m.start(), section.start + m.end(), "some")
        for m in _NUMBER.finditer(document.text[section.start : end])
        if not any(a <= section.start + m.start() < b for a, b in heads)
    ]
    if edits:
        yield defect("IMP", "numbers removed", document, edits, (section.span.start, section.span.end))


def _tactical(ground: Ground) -> Iterator[Defect]:
    """Every item a repair or a piece of paper, and no part for prevention."""
    document = ground.document
    said = list(ground.wordings["tactical"])
    ground.random.shuffle(said)
    edits: list[Edit] = []
    for number, item in enumerate(i for i in document.items if i.state in ("open", "done")):
        edits.append(retitled(document, item, said[number % len(said)].replace("{what}", ground.what())))
    section = own_section(document, "prevention")
    lines = document.sections[0].span.start
    if section is not None:
        edits.append((_line(ground, section.span.start), reach(document, section), "\n"))
    place = own_section(document, "actions")
    start = place.span.start if place else lines
    yield defect("PRV", "measures tactical", document, edits, (start, place.span.end if place else start))
