"""Takes the text out of a Word document: headings, lists, tables, and what was inserted but not what was struck."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from pipeline.artifacts.outline import Outline
from pipeline.artifacts.reader import About, Opened, Opener, UnopenedError

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

_LARGEST = 200 * 1024 * 1024  # unpacked; a document of a thousand pages without pictures has 10
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRUCK = {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText"}


def recognise(data: bytes) -> bool:
    if data[:4] != b"PK\x03\x04":
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False


def open_docx(data: bytes) -> Opened:
    try:
        import docx
    except ImportError as error:
        raise UnopenedError("a Word document; to read it: pip install 'postmortem-pipeline[docx]'") from error
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(info.file_size for info in archive.infolist()) > _LARGEST:
            raise UnopenedError("a Word document that unpacks to too much")
    try:
        document = docx.Document(io.BytesIO(data))
        return _outline(document)
    except Exception as error:  # of zipfile, zlib, lxml and python-docx, each with a base of its own
        raise UnopenedError(f"a broken Word document: {type(error).__name__}") from error


DOCX = Opener(
    "docx",
    About(
        known_by="A zip with `word/document.xml`",
        exported_by="Word: File > Save As > .docx. Google Docs: File > Download > Microsoft Word",
        extra="docx",
    ),
    recognise,
    open_docx,
)


def _outline(document: Document) -> Opened:
    from docx.table import Table

    outline = Outline()
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            outline.table(_rows(block))
        else:
            _paragraph(outline, block)
    for comment in document.comments:
        said = " ".join(p.text for p in comment.paragraphs).strip()
        outline.paragraph(f"Comment by {comment.author or 'somebody'}: {said}" if said else "")
    return outline.opened()


def _rows(table: Table) -> list[list[str]]:
    return [
        [" ".join(_words(p._p) for p in cell.paragraphs).strip() for cell in row.cells] for row in table.rows
    ]


def _paragraph(outline: Outline, paragraph: Paragraph) -> None:
    text = _words(paragraph._p)
    style = (paragraph.style.name or "").lower() if paragraph.style is not None else ""
    numbering: Any = paragraph._p.pPr.numPr if paragraph._p.pPr is not None else None
    if style == "title":
        outline.heading(1, text)
    elif style.startswith("heading"):
        digits = style.removeprefix("heading").strip()
        outline.heading(int(digits) if digits.isdigit() and len(digits) == 1 else 2, text)
    elif numbering is not None or style.startswith("list"):
        depth = numbering.ilvl.val if numbering is not None and numbering.ilvl is not None else 0
        outline.item(depth, text, "1." if "number" in style else "-")
    else:
        outline.paragraph(text)


def _words(element: Any) -> str:
    """The text as it reads with every change accepted: insertions in, deletions out, boxes as [x] and [ ]."""
    parts: list[str] = []
    waiting = [element]
    while waiting:
        node = waiting.pop()
        if node.tag in _STRUCK:
            continue
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        elif node.tag == f"{_W}tab":
            parts.append(" ")
        elif node.tag in {f"{_W}br", f"{_W}cr"}:
            parts.append("\n")
        waiting.extend(reversed(node))
    return "".join(parts).replace("☐", "[ ]").replace("☒", "[x]")
