"""Takes the text out of a PDF, page by page, in a process of its own: a hostile one can be slow without end."""

from __future__ import annotations

import io
import json
import subprocess
import sys

from pipeline.artifacts.reader import About, Opened, Opener, UnopenedError

_SECONDS = 60
_MEMORY = 1024 * 1024 * 1024
_MAX_PAGES = 2000
_MAX_TEXT = 20_000_000
_MISSING = 3  # what the process ends with where pypdf is not installed


def open_pdf(data: bytes) -> Opened:
    """The lines of its pages; their order is the file's, which tables and columns may defeat."""
    # -P: not from the folder that the program is run in, which may be the incident's, with a pypdf.py in it.
    command = [sys.executable, "-P", "-m", "pipeline.artifacts.formats.pdf"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise UnopenedError(f"a PDF that {_SECONDS} seconds do not suffice to read") from error
    if done.returncode == _MISSING:
        raise UnopenedError("a PDF; to read it: pip install 'postmortem-pipeline[pdf]'")
    if done.returncode:
        raise UnopenedError("a PDF that is broken, encrypted or needs too much memory")
    total, pages = json.loads(done.stdout)
    lines: list[str] = []
    places: list[str] = []
    for number, text in enumerate(pages, 1):
        for line in [*text.splitlines(), ""]:
            lines.append(line.rstrip())
            places.append(f"page {number}")
    if not any(line.strip() for line in lines):
        raise UnopenedError("a PDF without text, such as a scan")
    left = f"{total - len(pages)} further pages" if len(pages) < total else ""
    return Opened("\n".join(lines), tuple(places), left)


PDF = Opener(
    "pdf",
    About(
        known_by="Begins with `%PDF-`",
        exported_by="Any program: Print > Save as PDF. Where there is another way take that one: a PDF keeps no tables",
        extra="pdf",
    ),
    lambda data: data.startswith(b"%PDF-"),
    open_pdf,
)


def _texts(data: bytes) -> tuple[int, list[str]]:
    """How many pages there are, and the text of each as far as the limits let it be read."""
    from pypdf import PdfReader

    found: list[str] = []
    pages = PdfReader(io.BytesIO(data)).pages
    for page in pages[:_MAX_PAGES]:
        found.append(page.extract_text())
        if sum(map(len, found)) > _MAX_TEXT:
            break
    return len(pages), found


def main() -> int:
    """Reads a PDF from standard input, prints their number and the pages' texts as JSON."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    except (ImportError, ValueError, OSError):
        pass  # no such limits on this system; the time that the parent gives still holds
    try:
        texts = _texts(sys.stdin.buffer.read())
    except ImportError:
        return _MISSING
    except BaseException:  # also what recursion and memory end with
        return 1
    sys.stdout.write(json.dumps(texts))  # ASCII, so that a lone surrogate passes
    return 0


if __name__ == "__main__":
    sys.exit(main())
