"""The formats that are read, as one page of Markdown, made from the formats themselves."""

from __future__ import annotations

from pipeline.artifacts.reader import About
from pipeline.artifacts.readers import OPENERS, READERS

_HEAD = """# The formats

Made from `pipeline/artifacts/formats/` by `postmortem formats --markdown`; edit a format there, not this page.

A file is known by what is in it, never by its name; the first format below that knows it reads it. Put the files
into the incident's folder as they are, in folders of their own or in a .zip or .tar.gz. What can't be read is listed
with its reason: `postmortem evidence INCIDENT` shows it.

| Format | Known by | How to get it |
|---|---|---|
"""
_FOOT = """
A format with an extra needs it installed: `pip install 'postmortem-pipeline[docx]'`.
"""


def list_formats() -> tuple[tuple[str, About], ...]:
    """(name, what is to be known of it), in the order in which a file is shown to them."""
    listed = [(reader.name, reader.about) for reader in READERS]
    known = [about for _, about in listed]
    openers = [(opener.name, opener.about) for opener in OPENERS if opener.about not in known]
    return (*openers, *listed)


def as_page() -> str:
    return _HEAD + "".join(_row(name, about) for name, about in list_formats()) + _FOOT


def _row(name: str, about: About) -> str:
    extra = f" (extra `{about.extra}`)" if about.extra else ""
    cells = (name + extra, about.known_by, about.exported_by)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"
