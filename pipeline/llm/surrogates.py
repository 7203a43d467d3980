"""Halves of surrogate pairs, which a model may write and which no UTF-8 file can hold, made harmless."""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|.)", re.DOTALL)
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def without_lone(text: str) -> str:
    """The text with each half of a surrogate pair that stands alone replaced."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def without_lone_escapes(json_text: str) -> str:
    r"""JSON source in which each `\uD8xx` that has no partner is replaced.

    A grammar that constrains a model to JSON lets such escapes through; parsers refuse them.
    """
    found = list(_ESCAPE.finditer(json_text))
    parts: list[str] = []
    done = 0
    for at, match in enumerate(found):
        unit = _unit(match)
        if unit is None or not 0xD800 <= unit <= 0xDFFF:
            continue
        neighbour = found[at + 1] if unit < 0xDC00 and at + 1 < len(found) else None
        if unit >= 0xDC00:
            before = found[at - 1] if at else None
            paired = before is not None and before.end() == match.start() and _is_high(before)
        else:
            paired = neighbour is not None and neighbour.start() == match.end() and _is_low(neighbour)
        if not paired:
            parts += [json_text[done : match.start()], _REPLACEMENT]
            done = match.end()
    return "".join(parts) + json_text[done:]


def _unit(match: re.Match[str]) -> int | None:
    return int(match[1], 16) if match[1] else None


def _is_high(match: re.Match[str]) -> bool:
    unit = _unit(match)
    return unit is not None and 0xD800 <= unit < 0xDC00


def _is_low(match: re.Match[str]) -> bool:
    unit = _unit(match)
    return unit is not None and 0xDC00 <= unit <= 0xDFFF
