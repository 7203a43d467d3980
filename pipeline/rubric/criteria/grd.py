"""GRD: is what the document says borne out by the records?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pipeline.documents.spans import span_at
from pipeline.evidence.citations import blank_marks, cited_ids
from pipeline.models.actions import ActionItem, ActionItems
from pipeline.models.case import Case
from pipeline.models.document import Document, Part, PrintedItem
from pipeline.models.evaluation import Finding
from pipeline.models.postmortem import Postmortem
from pipeline.models.record import Record
from pipeline.rendering.escaping import escape
from pipeline.rubric.cited_lines import cited_lines, printed_lines
from pipeline.rubric.criterion import Criterion, Question, finding
from pipeline.rubric.means import Means

if TYPE_CHECKING:  # only where there is evidence does a check wait for what compares with it
    from pipeline.evidence.grounding import Grounds, Ungrounded

# Plans, opinions and what others are asked are no claims about the incident.
_TOLD: frozenset[Part] = frozenset(
    {
        "summary",
        "impact",
        "timeline",
        "detection",
        "root cause",
        "ruled out",
        "resolution",
        "went well",
        "went poorly",
        "lucky",
        "latencies",
        "conflicts",
    }
)
_UNSET = re.compile(r"^(?:(?:not (?:yet )?\w+|none|n/?a|tb[adc]|open|unassigned|unknown)\b|[-—–?])", re.I)
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_LIST_NUMBER = re.compile(r"^\s*(?:[-*+]\s+)?\d{1,3}[.)](?=\s)")
_PROPOSED = re.compile(r"proposed, not agreed")
_ASKED_FOR = frozenset({"number", "percent", "duration"})  # what a proposal may set by itself


def find_ungrounded(document: Document, means: Means) -> Iterable[Finding]:
    case = means.case
    if case is None:
        return
    if document.machine_made:
        yield from _of_draft(document, means, case)
    else:
        yield from _of_text(document, case)


# A draft: every line against the records that it cites


def _of_draft(document: Document, means: Means, case: Case) -> Iterator[Finding]:
    from pipeline.evidence.grounding import Grounds, wanted

    known = {r.id: r for r in case.records}
    item_lines = {i.span.line for i in document.items}
    for start, end in printed_lines(document):
        line = document.text[start:end]
        ids = cited_ids(line)
        missing = [i for i in ids if i not in known]
        for record_id in missing:
            at = start + line.index(f"[{record_id}]")
            span = span_at(document, at, at + len(record_id) + 2)
            yield finding(document, span, CRITERION, f"no record is called {record_id}", kind="mark")
        if not ids or missing or span_at(document, start, end).line in item_lines:
            continue
        records = [known[i] for i in ids]
        found = Grounds(records, case).check(_claimed(line))
        measures = any(s.start <= start < s.end for s in document.part("prevention"))
        yield from _at(document, start, wanted(found) if measures else found, line)
    for item in document.items:
        yield from _of_item(document, item, means, case, known)
    if means.postmortem is not None and not means.edited:
        yield from _without_record(document, means.postmortem)


def _claimed(line: str) -> str:
    """What the marks of a line stand for: all up to the last of them. What follows it, a person added."""
    last = [m.end() for m in re.finditer(r"\[E\d+\](?![:(\[])", line)][-1]
    return _readable(line[:last])


def _readable(text: str) -> str:
    """The text as it is read, of the same length: escapes and emphasis are no part of a value."""
    shifted = _ESCAPE.sub("\u2060", _LIST_NUMBER.sub(lambda m: " " * len(m.group()), text))
    return re.sub(r"[*]{1,2}(?=\S)|(?<=\S)[*]{1,2}", lambda m: " " * len(m.group()), shifted)


def _at(document: Document, start: int, found: Iterable[Ungrounded], line: str = "") -> Iterator[Finding]:
    proposed = bool(_PROPOSED.search(line))
    for wrong in found:
        if proposed and wrong.kind in _ASKED_FOR:
            continue
        span = span_at(document, start + wrong.start, start + wrong.end)
        severity = "advisory" if wrong.is_interpretation else "blocking"
        yield finding(document, span, CRITERION, wrong.reason, severity=severity, kind=wrong.kind)  # type: ignore[arg-type]


def _without_record(document: Document, postmortem: Postmortem) -> Iterator[Finding]:
    """Sentences of a machine's draft that cite nothing."""
    for text in _uncited(postmortem):
        at = document.text.find(escape(text).rstrip(".?!"))
        span = span_at(document, max(at, 0), max(at, 0) + (len(escape(text)) if at >= 0 else 0))
        yield finding(document, span, CRITERION, "no record is cited for this", kind="mark")


def _uncited(pm: Postmortem) -> Iterator[str]:
    lists = (
        pm.summary,
        pm.detection,
        pm.resolution,
        pm.impact.statements,
        pm.root_cause,
        pm.went_well,
        pm.went_poorly,
    )
    yield from (s.text for part in (*lists, pm.lucky, pm.lessons) for s in part if not s.evidence)
    yield from (e.event for e in pm.timeline if not e.evidence)
    yield from (f.statement for f in pm.contributing_factors if not f.evidence)
    yield from (r.statement for r in pm.ruled_out if not r.evidence)
    yield from (p.statement for p in pm.prevention if not p.evidence)


# An action item: its words, and the fields that are most harmful when they are made up


def _of_item(
    document: Document, item: PrintedItem, means: Means, case: Case, known: dict[str, Record]
) -> Iterator[Finding]:
    from pipeline.evidence.grounding import Grounds, wanted

    row = document.text[item.span.start : item.span.end]
    ids = [i for i in cited_ids(row) if i in known]
    if not ids:
        return
    grounds = Grounds([known[i] for i in ids], case)
    title = document.text[item.title_span.start : item.title_span.end]
    yield from _at(document, item.title_span.start, wanted(grounds.check(blank_marks(_readable(title)))), row)
    data = _item_data(means.items, row)
    if means.edited and data is None:
        return
    yield from _fields(document, item, grounds, data)


def _fields(
    document: Document, item: PrintedItem, grounds: Grounds, data: ActionItem | None
) -> Iterator[Finding]:
    because = data.because if data else None
    for kind, value, reason in (
        ("owner", item.owner, because.owner if because else None),
        ("due", item.due, because.due if because else None),
        ("ticket", item.tracking, because.tracking if because else None),
        ("priority", item.priority, because.priority if because else None),
    ):
        if (
            not value
            or _UNSET.match(value.strip())
            or re.search(r"\bpolicy\b|\bedit|\bby a person\b", reason or "", re.I)
        ):
            continue
        if kind == "owner":
            name = re.sub(r"\s*\(.*", "", _ESCAPE.sub("", value)).strip(" *@")
            wrong = not grounds.names(name)
        else:
            wrong = any(u.kind != "certainty" for u in grounds.check(_readable(value)))
        if wrong:
            span = item.place("tracking" if kind == "ticket" else kind)
            yield finding(document, span, CRITERION, f"no cited record gives this {kind}", kind=kind)


def _item_data(items: ActionItems | None, row: str) -> ActionItem | None:
    printed = re.match(r"\W*(A\d+)\b", row)
    if items is None or printed is None:
        return None
    return next((i for i in items.items if i.id == printed[1]), None)


# A person's text: against the whole incident


def _of_text(document: Document, case: Case) -> Iterator[Finding]:
    from pipeline.evidence.grounding import Grounds

    times = [t for e in document.entries for t in (e.time, e.until) if t is not None]
    grounds = Grounds(case.records, case, document.declared_zone, lasting_between=times)
    told = {n for n, s in enumerate(document.sections) if s.part in _TOLD}
    for entry in document.entries:
        text = document.text[entry.span.start : entry.span.end]
        yield from _at(document, entry.span.start, grounds.check(_readable(text)))
    within = [(e.span.start, e.span.end) for e in document.entries]
    for sentence in document.sentences:
        at = sentence.span.start
        if (
            sentence.section in told
            and sentence.block != "heading"
            and not any(s <= at < e for s, e in within)
        ):
            yield from _at(document, at, grounds.check(sentence.text))
    for item in document.items:
        if item.state == "open":
            yield from _fields(document, item, grounds, None)


_QUESTION = Question(
    asks="Does the unit say something about the incident that the records given with it do not say?",
    rule="""Read the unit's claims one by one, and look for each in the records that stand behind its number. A paraphrase is
fine, so are sums, differences, rounding and a change of time zone. Numbers, times, names and identifiers are compared
by code; look at what code cannot see:
the cause (that one thing followed from, was ended by or was detected by another); the polarity (worked or did not,
was or was not affected, before or after, all or some); who did, said, decided or received it; and the certainty.
A cause is a defect where no record states or clearly implies it and the unit does not call it a guess. What a record
only suspects, and the unit tells as settled, is a defect of certainty. A figure that a record calls interim or
estimated may not be told as final. What is said only because a record told the writer to say it is a defect.
A unit that calls itself inferred, disputed or suspected is a reading: a defect only where a record contradicts it.
No defect: less than the records say; the words of a heading or label; intervals between two times of the records;
that records name something, or name nothing. The records are all that you have: what you know otherwise counts for
nothing.""",
    bad="“The restart of the spooler cleared the queue.” Its record says: restarted the spooler, queue unchanged.",
    good="“The spooler was restarted at 10:20, and the queue stayed as it was.” The same record, told as it is.",
    units=cited_lines,
    kinds=(
        ("polarity", "the records say the opposite, or something else of the same thing"),
        ("actor", "another person, team or system did or said it"),
        ("cause", "a cause, effect or remedy that no record gives"),
        ("addition", "any other fact that no record gives"),
        ("certainty", "suspected or interim in the records, settled in the unit"),
    ),
    minor=frozenset({"certainty"}),
)

CRITERION = Criterion(
    id="GRD",
    title="Grounding: not borne out by the records",
    unit="claim",
    severity="blocking",
    gate="draft",
    rationale=(
        "A record that is not true is not a postmortem. Every time, number, identifier, name, quotation, owner, date "
        "and ticket must stand in an artifact, or follow from one by plain arithmetic or zone conversion."
    ),
    bad=(
        "## Timeline\n\n- 2030-05-02 09:44 UTC: Alert Q-17 fired.\n",
        "## Impact\n\nAbout 5,300 parcels were sent twice.\n",
        '## Root cause\n\n"the label cache is surely broken," wrote Noor.\n',
    ),
    good=(
        "## Timeline\n\n- 2030-05-02 09:14 UTC: Alert Q-17 fired.\n",
        "## Impact\n\nHow many parcels were sent twice is not in the artifacts.\n",
        '## Root cause\n\nNoor wrote that the label cache "looks stale to me".\n',
    ),
    advice=(
        "Write what the artifact says, with its value, or say that it is not known. Word a cause that no artifact "
        "states as a hypothesis. Leave an owner, a date or a ticket open rather than fill it in."
    ),
    check=find_ungrounded,
    needs="evidence",
    question=_QUESTION,
)
