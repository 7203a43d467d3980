"""Reads evidence marks (`[E12]`) in printed text, and the definitions that they link to."""

from __future__ import annotations

import re

_MARK = re.compile(r"\[(E\d+)\](?![:(\[])")
_DEFINITION = re.compile(r"^\s{0,3}\[(E\d+)\]:\s", re.M)


def cited_ids(text: str) -> tuple[str, ...]:
    """The ids of the records that a stretch of Markdown cites, in order, each once; definitions cite nothing."""
    return tuple(dict.fromkeys(m[1] for m in _MARK.finditer(text)))


def blank_marks(text: str) -> str:
    """The same text, of the same length, with its marks blanked."""
    return _MARK.sub(lambda m: " " * len(m.group()), text)
