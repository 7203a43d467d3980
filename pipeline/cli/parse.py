"""`postmortem parse`: a postmortem that a person wrote, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli import options
from pipeline.cli.console import Console
from pipeline.errors import InputError

if TYPE_CHECKING:
    from pipeline.models.document import Document


def register(app: typer.Typer) -> None:
    app.command("parse")(parse)


def parse(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Markdown or text files, or - for standard input.")
    ],
    format: options.Format = "text",
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    no_color: options.NoColor = False,
) -> None:
    """Read a postmortem that a person wrote into data: its parts, its timeline, its action items.

    Exits 0 whenever every file was readable. What the text does not say is null.
    """
    from pipeline.documents.data import as_data
    from pipeline.documents.parse import parse as read
    from pipeline.rubric.sources import find_sources

    console = Console(quiet=quiet, verbose=verbose, no_color=no_color)
    documents: list[Document] = []
    failed = False
    for file in files:
        try:
            for source in find_sources([file]):
                incident = source.incident()
                documents.append(
                    read(
                        source.text(),
                        source.name,
                        roster=incident.roster if incident else (),
                        timezone=incident.timezone if incident else None,
                    )
                )
        except InputError as error:
            failed = True
            console.error(str(error))
    if format == "json":
        console.result_json({"schema": "parse/1", "documents": [as_data(d) for d in documents]})
    else:
        console.result("\n\n".join(as_text(d, console) for d in documents))
    if failed:
        raise typer.Exit(2)


def as_text(document: Document, console: Console) -> str:
    from pipeline.models.base import rfc3339

    lines = [console.paint(f"{document.path}: {document.title or 'no title'}", "strong")]
    parts = [
        f"  {s.span.line:>4}  {s.part}{' (empty)' if s.empty else ''}: {s.heading}"
        for s in document.sections
        if s.heading
    ]
    lines += ["parts", *parts] if parts else []
    if document.entries:
        lines.append("timeline")
        for e in document.entries:
            when = rfc3339(e.time) if e.time else e.time_text or "no time"
            lines.append(f"  {e.span.line:>4}  {when}  {e.actor or 'nobody named'}: {e.event}")
    if document.items:
        lines.append("items")
        for i in document.items:
            told = [
                f"{n} {v}"
                for n, v in (
                    ("owner", i.owner),
                    ("priority", i.priority),
                    ("due", i.due),
                    ("ticket", i.tracking),
                    ("type", i.type),
                )
                if v
            ]
            lines.append(
                f"  {i.span.line:>4}  [{i.state}] {i.title}" + (f" ({'; '.join(told)})" if told else "")
            )
    return "\n".join(lines)
