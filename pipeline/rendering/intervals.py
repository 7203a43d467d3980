"""Intervals as people write them, `2 min 12 s` or `15 h 42 min`, printed and read back."""

from __future__ import annotations

import re

_UNITS = ("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1)
_PART = re.compile(
    r"(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>d(?:ays?)?|h(?:ours?)?|min(?:utes?)?|m|s(?:ec(?:onds?)?)?)\b\s*(?:,|and)?\s*"
)


def print_seconds(seconds: float) -> str:
    """The two largest units that are not zero; a negative interval keeps its sign."""
    rest = round(abs(seconds))
    parts: list[str] = []
    for unit, size in _UNITS:
        number, rest = divmod(rest, size)
        if number or (parts and rest):
            parts.append(f"{number} {unit}" if number else "")
        if len(parts) == 2:
            break
    return ("−" if seconds < 0 and any(parts) else "") + (" ".join(filter(None, parts)) or "0 s")


def print_minutes(minutes: float) -> str:
    """Minutes that are known to one decimal: nothing finer than that is printed."""
    if abs(minutes) < 60:
        return f"{minutes:.1f}".removesuffix(".0").replace("-", "−") + " min"
    return print_seconds(round(minutes) * 60)


def read_minutes(text: str) -> float | None:
    """Minutes to one decimal, or None where the text is no interval."""
    sign = -1 if text.startswith(("−", "-")) else 1
    rest = text.lstrip("−-").strip()
    total, at = 0.0, 0
    sizes = {unit[0]: size for unit, size in _UNITS}
    while at < len(rest):
        part = _PART.match(rest, at)
        if part is None:
            return None
        total += float(part["number"]) * sizes[part["unit"][0]]
        at = part.end()
    return round(sign * total / 60, 1) if at else None
