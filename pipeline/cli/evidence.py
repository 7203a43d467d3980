"""`postmortem evidence`: what was read from which file of an incident, and what was not and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli import options
from pipeline.cli.console import Console

if TYPE_CHECKING:
    from pipeline.artifacts.inventory import FileRead, Inventory

_HEAD = ("file", "format", "records", "first (UTC)", "last (UTC)", "zone of its times")
_WIDEST = 48  # characters of a file's name


def register(app: typer.Typer) -> None:
    app.command("evidence")(evidence)


def evidence(
    incident: Annotated[
        Path, typer.Argument(metavar="INCIDENT", help="The incident's folder, .zip or .tar.gz.")
    ],
    config: options.ConfigFile = None,
    format: options.Format = "text",
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Show what was read from what: each file, its format, its records, their times, and what is unread and why.

    Nothing is drafted and nothing is written.
    """
    from pipeline.artifacts.inventory import take_inventory
    from pipeline.artifacts.load import load_incident
    from pipeline.config import load_settings

    console = Console(quiet=quiet, no_color=no_color)
    artifacts = load_incident(incident, load_settings(config, incident))
    inventory = take_inventory(artifacts)
    if format == "json":
        console.result_json({"schema": "inventory/1", **inventory.model_dump(mode="json")})
        return
    for notice in inventory.notices:
        console.notice(notice)
    console.result(_as_text(inventory, console))


def _as_text(inventory: Inventory, console: Console) -> str:
    blocks = [_table(inventory.files)]
    if unread := [
        f"  {f.file}, {r.locator}{f' and {r.count - 1} more' if r.count > 1 else ''}: {r.reason}"
        for f in inventory.files
        for r in f.unread
    ]:
        blocks.append("\n".join([console.paint("unread", "strong"), *unread]))
    if inventory.channels:
        rows = [
            f"  {'*' if c.is_the_incidents else ' '} #{c.name}: {c.messages} messages; {c.why}"
            for c in inventory.channels
        ]
        blocks.append("\n".join([console.paint("channels (* the incident's)", "strong"), *rows]))
    if inventory.redacted:
        told = ", ".join(f"{n} {name}" for name, n in inventory.redacted.items())
        blocks.append(f"redacted: {told}")
    return "\n\n".join(blocks)


def _table(files: tuple[FileRead, ...]) -> str:
    rows = [_HEAD, *(_row(f) for f in files)]
    widths = [max(len(row[n]) for row in rows) for n in range(len(_HEAD) - 1)]
    return "\n".join(
        "  ".join([*(cell.ljust(w) for cell, w in zip(row[:-1], widths, strict=True)), row[-1]]).rstrip()
        for row in rows
    )


def _row(file: FileRead) -> tuple[str, str, str, str, str, str]:
    name = file.file if len(file.file) <= _WIDEST else "…" + file.file[-_WIDEST + 1 :]
    undated = file.records - file.dated
    count = str(file.records) + (f" ({undated} without a time)" if undated and file.dated else "")
    zone = file.zone_bases[0][0] if file.zone_bases else ""
    more = f" (and {len(file.zone_bases) - 1} others)" if len(file.zone_bases) > 1 else ""
    shown = [t.strftime("%Y-%m-%d %H:%M") if t else "" for t in (file.first, file.last)]
    return name, file.format or "not read", count, shown[0], shown[1], zone + more
