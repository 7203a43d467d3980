"""A moment as programs write it: ISO with an offset, or a count since 1970 in a unit that its size tells."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from pipeline.artifacts.item import Stamp, at_instant, iso_stamp

_UNITS = ((1, "seconds"), (10**3, "milliseconds"), (10**6, "microseconds"), (10**9, "nanoseconds"))


def moment_of(value: Any) -> Stamp | None:
    """The stamp of a moment in a record; None where it is none."""
    if isinstance(value, str):
        if stamp := iso_stamp(re.sub(r"(\.\d{6})\d+", r"\1", value[:64])):
            return stamp
        if not re.fullmatch(r"\d{10}(?:\.\d+)?|\d{13}|\d{16}|\d{19}", value, re.ASCII):
            return None
        value = float(value) if "." in value else int(value)
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    for unit, name in _UNITS:
        if 9 * 10**8 * unit <= value < 5 * 10**9 * unit:
            return at_instant(
                dt.datetime.fromtimestamp(int(value / unit), dt.UTC), f"epoch {name} in the record"
            )
    return None
