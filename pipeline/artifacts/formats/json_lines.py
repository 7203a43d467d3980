"""Reads logs of one JSON object a line, of whatever keys."""

from __future__ import annotations

from pipeline.artifacts.formats.json_objects import Walker
from pipeline.artifacts.item import Reading
from pipeline.artifacts.reader import About, Context, TextFile, single
from pipeline.artifacts.runs import merge_runs


def read(file: TextFile, context: Context) -> Reading:
    reading = Reading(file.path, "json log", flows=True)
    walker = Walker(reading, context)
    for number, value in file.json_lines:
        if isinstance(value, Exception):
            line = file.lines[number - 1] if number <= len(file.lines) else ""
            reading.cannot_read(f"line {number}", "the line is cut off or no valid JSON", line)
        else:
            walker.walk(value, f"line {number}", line=number, deep=False)
    reading.items = merge_runs(
        reading.items,
        lambda i: i.stamp.instant.replace(tzinfo=None) if i.stamp and i.stamp.instant else None,
    )
    return reading


JSON_LINES = single(
    "json lines",
    About(
        known_by="A JSON object a line, with a time such as `ts`, `time` or `@timestamp`",
        exported_by="`kubectl logs POD`, `docker logs NAME`, `logcli query -o jsonl`, Datadog and CloudWatch: Logs > Export",
    ),
    lambda file: bool(file.json_lines),
    read,
    structured=True,
)
