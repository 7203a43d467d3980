"""Compiled patterns, kept from one run to the next: to compile seven hundred of them takes a quarter of a short check.

Python keeps bytecode, and no compiled patterns. What is kept here is what its own compiler made of the same pattern,
by the same Python; anything that does not fit, or is damaged, is compiled as ever. Only patterns that stand in modules
are kept, so nothing of a document gets into the file. See docs/decisions/0010-what-is-kept-to-start-sooner.md.
"""

from __future__ import annotations

import marshal
import os
import sys
import zlib
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Key = tuple[str, int]  # pattern and flags
Row = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]  # what `_sre.compile` is given
MOST = 5000  # patterns; a file of several versions of this program is begun anew


@contextmanager
def kept_patterns(folder: Path) -> Iterator[None]:
    """While it lasts, a pattern that was compiled in an earlier run is not compiled again."""
    try:
        import _sre  # type: ignore[import-not-found]
        from re import _compiler, _parser  # type: ignore[attr-defined]  # private: every use is guarded
    except ImportError:  # another Python
        yield
        return
    plain = _compiler.compile
    file = folder / f"patterns-{sys.implementation.cache_tag}-{sys.hexversion:x}-{_sre.MAGIC}.bin"
    known = read(file)
    found: dict[Key, Row] = {}

    def compiled(pattern: Any, flags: int = 0) -> Any:
        key = pattern, int(flags)
        row = known.get(key) if isinstance(pattern, str) else None
        if row is None and isinstance(pattern, str) and _stands_in_a_module():
            row = found[key] = _row(_parser.parse(pattern, flags), flags, _compiler._code)
        if row is not None:
            try:
                return _sre.compile(pattern, row[0], array("I", row[1]).tolist(), *row[2:])
            except (RuntimeError, TypeError, ValueError):
                found.pop(key, None)
        return plain(pattern, flags)

    _compiler.compile = compiled
    try:
        yield
    finally:
        _compiler.compile = plain
        if found:
            write(file, found if len(known) > MOST else {**known, **found})


def _row(parsed: Any, flags: int, encode: Callable[[Any, int], list[int]]) -> Row:
    """What Python's own compiler makes of a parsed pattern."""
    state = parsed.state
    names: list[str | None] = [None] * state.groups
    for name, number in state.groupdict.items():
        names[number] = name
    code = array("I", encode(parsed, flags)).tobytes()
    return int(flags) | int(state.flags), code, state.groups - 1, dict(state.groupdict), tuple(names)


def _stands_in_a_module() -> bool:
    """Whether the pattern is compiled as a module is imported: below this are `compiled`, `_compile` and `compile`."""
    try:
        return sys._getframe(4).f_code.co_name == "<module>"
    except ValueError:
        return False


def read(file: Path) -> dict[Key, Row]:
    try:
        data = file.read_bytes()
        if zlib.crc32(data[4:]) != int.from_bytes(data[:4], "little"):
            return {}
        known: dict[Key, Row] = marshal.loads(data[4:])
    except (OSError, ValueError, EOFError, TypeError):
        return {}
    return known


def write(file: Path, rows: dict[Key, Row]) -> None:
    """All or nothing; a folder that can't be written costs time at the next start, nothing else."""
    data = marshal.dumps(rows)
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = file.with_name(f"{file.name}.{os.getpid()}")
        made.write_bytes(zlib.crc32(data).to_bytes(4, "little") + data)
        made.replace(file)
    except OSError:
        pass
