"""The words of a printed postmortem that no artifact wrote: headings, standard sentences, unknown values."""

from __future__ import annotations

from typing import Literal

from pipeline.models.postmortem import Status

Part = Literal[
    "summary",
    "impact",
    "detection",
    "timeline",
    "root_cause",
    "ruled_out",
    "resolution",
    "went_well",
    "went_poorly",
    "lucky",
    "prevention",
    "items",
    "needs_detail",
    "parked",
    "done",
    "open_questions",
    "conflicts",
    "latencies",
    "lessons",
    "inputs",
]
HEADINGS: dict[Part, str] = {
    "summary": "Summary",
    "impact": "Impact",
    "detection": "How it was found",
    "timeline": "Timeline",
    "root_cause": "Root cause and contributing factors",
    "ruled_out": "Ruled out",
    "resolution": "Mitigation and resolution",
    "went_well": "What went well",
    "went_poorly": "What went poorly",
    "lucky": "Where we were lucky",
    "prevention": "Prevention",
    "items": "Action items",
    "needs_detail": "Needs detail",
    "parked": "Parked",
    "done": "Done",
    "open_questions": "Open questions",
    "conflicts": "Where sources disagree",
    "latencies": "Latencies",
    "lessons": "Lessons",
    "inputs": "Inputs",
}
# Printed in every document, also where there is nothing to say; the others only where there is.
ALWAYS: frozenset[Part] = frozenset(HEADINGS) - {
    "needs_detail",
    "parked",
    "done",
    "conflicts",
    "ruled_out",
    "open_questions",
}

REJECTED_LINE = "**Rejected: not fit to share. What blocks it stands in evaluation.json.**"
STATUS_LABELS: dict[Status, str] = {
    "rejected": "**Draft. Not reviewed.**",
    "draft": "**Draft. Not reviewed.**",
    "ready": "**Draft, ready for review. Not reviewed.**",
    "approved": "**Approved.**",
    "published": "**Published.**",
}
MARKS_LINE = (
    r"*A mark such as \[E12\] leads to the record behind a sentence; move both together. "
    "“Inferred” is this draft’s reading.*"
)
GAPS_LINE = "Stretches without an entry between detection and resolution:"
# A part that holds only this is empty: template text, not content.
NOT_IN_RECORDS = "Not in the records."
TEMPLATE_LINES = frozenset({REJECTED_LINE, MARKS_LINE, GAPS_LINE, NOT_IN_RECORDS})

NOT_STATED = "not stated"
NOT_ASSIGNED = "not yet assigned"
NOT_FILED = "not yet filed"
NOT_SETTLED = "not settled"
NOT_KNOWN = "not known"
NOT_EXPLAINED = "no record explains it"
FOUND, MISSING, ALSO_CALLED, WRITTEN_BY = "Found:", "Missing:", "Also called:", "Written by:"
ENGINE = "the built-in engine"

ITEM_COLUMNS = ("Id", "Action", "Type", "Owner", "Priority", "Due", "Tracking", "Addresses", "Source")
NEEDS_COLUMNS = ("Id", "What", "Question", "For", "Owner", "Due", "Tracking", "Source")
PARKED_COLUMNS = ("What", "Reason", "Source")
FIGURE_COLUMNS = ("What", "Figure", "Final", "Source")
CONFLICT_COLUMNS = ("About", "Accounts", "Used here")
MILESTONE_COLUMNS = ("Milestone", "UTC", "Source")
LATENCY_COLUMNS = ("Name", "Definition", "Time")

MilestoneName = Literal["onset", "detected", "declared", "mitigated", "resolved"]
MILESTONES: dict[MilestoneName, str] = {
    "onset": "Impact began",
    "detected": "Detected",
    "declared": "Declared",
    "mitigated": "Impact over",
    "resolved": "Resolved",
}
LatencyName = Literal["detection", "coordination", "response", "mitigation", "communication"]
LATENCIES: dict[LatencyName, tuple[str, str]] = {
    "detection": ("onset", "detected"),
    "coordination": ("detected", "an incident lead is named"),
    "response": ("declared", "first mitigation attempt"),
    "mitigation": ("first mitigation attempt", "recovery"),
    "communication": ("recovery", "first later message to those affected"),
}
