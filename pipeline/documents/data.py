"""A document as the data of `parse --format json`: as much of postmortem/1 as the document tells."""

from __future__ import annotations

from typing import Any

from pipeline.documents.masking import plain
from pipeline.language.measures import rank_of
from pipeline.models.base import rfc3339
from pipeline.models.document import Document, Entry, Part, PrintedItem

_STATEMENTS: tuple[tuple[str, Part], ...] = (
    ("summary", "summary"),
    ("detection", "detection"),
    ("resolution", "resolution"),
    ("root_cause", "root cause"),
    ("went_well", "went well"),
    ("went_poorly", "went poorly"),
    ("lucky", "lucky"),
    ("lessons", "lessons"),
)


def as_data(document: Document) -> dict[str, Any]:
    """`{path, postmortem, items}`; lines are 1-based, times RFC 3339 in UTC or null."""
    postmortem: dict[str, Any] = {
        "incident": {"title": document.title, "timezone": document.declared_zone, "date": _day(document)},
        **{key: _statements(document, part) for key, part in _STATEMENTS},
        "impact": {"statements": _statements(document, "impact")},
        "timeline": [_entry(e) for e in document.entries],
        "prevention": [{**s, "rank": rank_of(s["text"])} for s in _statements(document, "prevention")],
        "ruled_out": [
            {"line": s["line"], "statement": s["text"]} for s in _statements(document, "ruled out")
        ],
        "open_questions": [
            {"line": s["line"], "question": s["text"]} for s in _statements(document, "questions")
        ],
        "sections": [
            {"line": s.span.line, "heading": s.heading, "part": s.part, "empty": s.empty}
            for s in document.sections
            if s.heading
        ],
    }
    return {"path": document.path, "postmortem": postmortem, "items": [_item(i) for i in document.items]}


def _day(document: Document) -> str | None:
    return document.declared_date.isoformat() if document.declared_date else None


def _statements(document: Document, part: Part) -> list[dict[str, Any]]:
    return [
        {"line": s.span.line, "text": plain(document.text[s.span.start : s.span.end])}
        for s in document.sentences
        if document.sections[s.section].part == part and s.block != "heading"
    ]


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "line": entry.span.line,
        "time": rfc3339(entry.time) if entry.time else None,
        "until": rfc3339(entry.until) if entry.until else None,
        "time_text": entry.time_text,
        "actor": entry.actor,
        "event": entry.event,
        "classes": list(entry.classes),
        "source": entry.source,
    }


def _item(item: PrintedItem) -> dict[str, Any]:
    return {
        "line": item.span.line,
        "title": item.title,
        "owner": item.owner or None,
        "priority": item.priority or None,
        "due": item.due or None,
        "tracking": item.tracking or None,
        "type": item.type or None,
        "state": item.state,
        "list": item.list,
    }
