"""What a command says: the result on standard output, everything else on standard error."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal, TextIO

Style = Literal["good", "bad", "warning", "dim", "strong", "marked bad", "marked warning"]
CODES: dict[Style, str] = {
    "good": "32",
    "bad": "31",
    "warning": "33",
    "dim": "2",
    "strong": "1",
    "marked bad": "1;4;31",  # underlined, so that the words stand out in any theme and to every eye
    "marked warning": "4;33",
}


@dataclass(frozen=True, slots=True)
class Console:
    """Streams are looked up at each call, so that a test's capture sees them."""

    quiet: bool = False
    verbose: bool = False
    no_color: bool = False

    def result(self, text: str) -> None:
        """What the command was asked for, as text for people."""
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        sys.stdout.flush()

    def result_parts(self, parts: Iterable[str]) -> None:
        """The same, piece by piece, so that a long result is never held whole."""
        for part in parts:
            sys.stdout.write(part)
        sys.stdout.flush()

    def result_json(self, value: Mapping[str, object]) -> None:
        """What the command was asked for, as one JSON object."""
        self.result(json.dumps(value, indent=2, ensure_ascii=False))

    def progress(self, text: str) -> None:
        """What is being done; one line."""
        if not self.quiet:
            self._say(self.paint(text, "dim", sys.stderr))

    def detail(self, text: str) -> None:
        """What only `--verbose` wants to know."""
        if self.verbose and not self.quiet:
            self._say(self.paint(text, "dim", sys.stderr))

    def notice(self, text: str) -> None:
        """Something that the user should know, though the command goes on."""
        if not self.quiet:
            self._say(self.paint("warning: ", "warning", sys.stderr) + text)

    def error(self, text: str) -> None:
        """Something that failed, though the command goes on; `--quiet` does not hide it."""
        self._say(self.paint("error: ", "bad", sys.stderr) + text)

    def paint(self, text: str, style: Style, stream: TextIO | None = None) -> str:
        """The text coloured, where the stream (standard output by default) is a terminal that may show it."""
        if not self.colours(stream or sys.stdout):
            return text
        return f"\x1b[{CODES[style]}m{text}\x1b[0m"

    def colours(self, stream: TextIO) -> bool:
        plain = self.no_color or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
        return not plain and stream.isatty()

    def draws_bars(self) -> bool:
        """Whether a progress bar may be drawn: standard error is a terminal and nobody asked for silence."""
        return not self.quiet and sys.stderr.isatty()

    def colours_results(self) -> bool:
        return self.colours(sys.stdout)

    def width(self) -> int:
        """Columns of the terminal that results go to; 0 where they go elsewhere."""
        try:
            return os.get_terminal_size(sys.stdout.fileno()).columns
        except (OSError, ValueError):
            return 0

    @contextmanager
    def counting(self, doing: str, total: int) -> Iterator[Callable[[], None]]:
        """On a terminal a line that counts; it is gone when the work is done."""
        if not self.draws_bars() or total < 2:
            yield lambda: None
            return
        done = 0

        def count() -> None:
            nonlocal done
            done += 1
            print(f"\r{doing} {done:,} of {total:,}", end="", file=sys.stderr, flush=True)

        try:
            yield count
        finally:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def _say(self, text: str) -> None:
        print(text, file=sys.stderr, flush=True)
