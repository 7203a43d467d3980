"""`postmortem formats`: every format that is read, how a file of it is known, and how to get one."""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli import options
from pipeline.cli.console import Console

if TYPE_CHECKING:
    from pipeline.artifacts.reader import About

_NARROWEST, _WIDEST = 80, 160


def register(app: typer.Typer) -> None:
    app.command("formats")(formats)


def formats(
    markdown: Annotated[
        bool, typer.Option("--markdown", help="All formats as the page docs/formats.md.")
    ] = False,
    format: options.Format = "text",
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """List every format that is read, how a file of it is known, and the command or menu that exports it."""
    from pipeline.artifacts.format_page import as_page, list_formats

    console = Console(quiet=quiet, no_color=no_color)
    if format == "json":
        console.result_json({"schema": "formats/1", "formats": [_as_json(n, a) for n, a in list_formats()]})
    elif markdown:
        console.result(as_page())
    else:
        console.result(_as_table(list_formats(), shutil.get_terminal_size((120, 24)).columns))


def _as_json(name: str, about: About) -> dict[str, object]:
    return {"name": name, "known_by": about.known_by, "exported_by": about.exported_by, "extra": about.extra}


def _as_table(listed: tuple[tuple[str, About], ...], columns: int) -> str:
    """Three columns, the last two wrapped to what the terminal has."""
    names = [name + (f" [{about.extra}]" if about.extra else "") for name, about in listed]
    first = max(map(len, names))
    rest = (min(max(columns, _NARROWEST), _WIDEST) - first - 4) // 2
    rows = [("format", "known by", "how to get it")]
    rows += [
        (name, about.known_by, about.exported_by) for name, (_, about) in zip(names, listed, strict=True)
    ]
    lines: list[str] = []
    for name, known, how in rows:
        left, right = textwrap.wrap(known, rest), textwrap.wrap(how, rest)
        for number in range(max(len(left), len(right))):
            cells = (
                name if number == 0 else "",
                *(c[number] if number < len(c) else "" for c in (left, right)),
            )
            lines.append(f"{cells[0].ljust(first)}  {cells[1].ljust(rest)}  {cells[2]}".rstrip())
    return "\n".join(lines)
