"""evidence.jsonl: every record of every artifact and what became of it, written, read, and its ids kept."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from pydantic import ValidationError

from pipeline.errors import InputError
from pipeline.models.case import Case
from pipeline.models.evidence import EvidenceHead, EvidenceRow
from pipeline.models.record import Record

FILE = "evidence.jsonl"
UNCITED = "no longer cited after a person's edit"
UNTOLD = "not needed to tell the incident"
_VARYING = re.compile(r"[0-9a-f]*\d[0-9a-f]*", re.IGNORECASE)


def evidence_lines(case: Case, cited: frozenset[str]) -> str:
    """The file's text: its schema, then a row for each record or run of alike ones, then what was not read."""
    return print_rows(evidence_rows(case, cited))


def print_rows(rows: Iterable[EvidenceRow]) -> str:
    head = json.dumps(EvidenceHead().model_dump(by_alias=True))
    return "\n".join([head, *map(_line, rows)]) + "\n"


def evidence_rows(case: Case, cited: frozenset[str]) -> list[EvidenceRow]:
    reasons = dict(case.set_aside)
    rows = [_row(record, cited, reasons) for record in case.records]
    # Within a run the ids count up, so that its first and last say all of them.
    steps = enumerate(rows)
    alike = groupby(steps, key=lambda step: (_likeness(step[1]), _number(step[1].id) - step[0]))
    merged = [_merge([row for _, row in run]) for _, run in alike]
    next_id = max((_number(r.last or r.id) for r in merged), default=0)
    for n, unread in enumerate(case.unread, next_id + 1):
        merged.append(
            EvidenceRow(
                id=f"E{n}",
                source=unread.source,
                locator=unread.locator,
                text=unread.text,
                state="unread",
                reason=unread.reason,
            )
        )
    return merged


def read_evidence(folder: Path) -> list[EvidenceRow]:
    """The rows of a folder's evidence.jsonl; none where there is no such file. Raises InputError."""
    path = folder / FILE
    if not path.exists():
        return []
    rows = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            if number == 1:
                EvidenceHead.model_validate_json(line)
            else:
                rows.append(EvidenceRow.model_validate_json(line))
        except ValidationError as error:
            raise InputError(
                f"{path}:{number}", "not a line that this program writes", "draft again with --replace"
            ) from error
    return rows


def cited_anew(rows: Iterable[EvidenceRow], cited: frozenset[str]) -> list[EvidenceRow]:
    """The rows with the states that follow from what an edited document cites."""
    return [_restated(row, row.id in cited) for row in rows]


def _restated(row: EvidenceRow, cited: bool) -> EvidenceRow:
    if row.state == "unread" or cited == (row.state == "cited"):
        return row
    if cited:
        return row.model_copy(update={"state": "cited", "reason": None})
    return row.model_copy(update={"state": "set aside", "reason": UNCITED})


def known_ids(rows: Iterable[EvidenceRow]) -> frozenset[str]:
    """The ids that a document may cite. Records inside a run, and unread ones, cannot be."""
    return frozenset(r.id for r in rows if r.state != "unread")


def keep_ids(old: Sequence[EvidenceRow], records: Sequence[Record]) -> dict[str, str]:
    """For each record's id the one that it had in an earlier draft, or a new one above all earlier ones.

    A record is the one seen before where source, locator and text are the same; else, where it moved within
    its source, where text and time are.
    """
    if not old:
        return {r.id: r.id for r in records}
    by_place: dict[tuple[object, ...], list[EvidenceRow]] = defaultdict(list)
    by_text: dict[tuple[object, ...], list[EvidenceRow]] = defaultdict(list)
    for row in old:
        by_place[row.source, row.locator, row.text].append(row)
        by_text[row.source, row.text, row.time].append(row)
    kept: dict[str, str] = {}
    taken: set[str] = set()
    for at, record in enumerate(records):
        _take(kept, taken, records, at, by_place[record.source, record.locator, record.text])
    for at, record in enumerate(records):
        _take(kept, taken, records, at, by_text[record.source, record.text, record.time])
    highest = max(_number(row.last or row.id) for row in old)
    for record in records:
        if record.id not in kept:
            highest += 1
            kept[record.id] = f"E{highest}"
    return kept


def _take(
    kept: dict[str, str],
    taken: set[str],
    records: Sequence[Record],
    at: int,
    candidates: Iterable[EvidenceRow],
) -> None:
    """Gives the record its earlier id; where that began a run, the alike records behind it get the run's."""
    row = next((c for c in candidates if c.id not in taken), None)
    if row is None or records[at].id in kept:
        return
    first = records[at]
    for step, record in enumerate(records[at : at + (row.count or 1)]):
        if record.source != first.source or _shape(record.text) != _shape(first.text):
            break
        name = f"E{_number(row.id) + step}" if step else row.id
        if record.id in kept or name in taken:
            break
        kept[record.id] = name
        taken.add(name)


def _row(record: Record, cited: frozenset[str], reasons: dict[str, str]) -> EvidenceRow:
    used = record.id in cited
    return EvidenceRow(
        id=record.id,
        source=record.source,
        locator=record.locator,
        time=record.time,
        until=record.until,
        precision=record.precision,
        zone_basis=record.zone_basis,
        actor=record.actor,
        text=record.text,
        state="cited" if used else "set aside",
        reason=None if used else reasons.get(record.id, UNTOLD),
    )


def _likeness(row: EvidenceRow) -> tuple[object, ...]:
    """Rows that differ in numbers only; what is cited is like nothing else."""
    if row.state == "cited":
        return (row.id,)
    return (row.source, row.reason, row.actor, _shape(row.text))


def _shape(text: str) -> str:
    return _VARYING.sub("#", text)


def _merge(run: list[EvidenceRow]) -> EvidenceRow:
    first, last = run[0], run[-1]
    if len(run) == 1:
        return first
    return first.model_copy(
        update={
            "until": last.until or last.time,
            "count": len(run),
            "last": last.id,
            "last_locator": last.locator,
        }
    )


def _line(row: EvidenceRow) -> str:
    values = row.model_dump(mode="json")
    optional = ("until", "reason", "count", "last", "last_locator")
    return json.dumps(
        {k: v for k, v in values.items() if v is not None or k not in optional}, ensure_ascii=False
    )


def _number(record: str) -> int:
    digits = record[1:]
    return int(digits) if digits.isdigit() else 0
