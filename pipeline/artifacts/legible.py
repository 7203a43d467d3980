"""Takes out of a text what nobody sees on a page: it could hide a secret from redaction, or words from a reader."""

from __future__ import annotations

import re

# Controls of direction, spaces without width, fillers, tags (an alphabet that no screen shows), lone surrogates.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\u206a-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
# Joiners shape Persian words and families of emoji; between letters of ASCII they only hide something.
_JOINERS = re.compile("(?<=[!-~])[\u200c\u200d]+|[\u200c\u200d]+(?=[!-~])")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_ESCAPES = re.compile(
    r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?)"
)  # a terminal's colours and titles
_LONG = 2000  # characters; what reads sentences needs time by the square of a run of marks, and shorter ones do no harm
_RUN = re.compile(r"(\S.{0,3}?)\1{99,}")
_PLAIN = re.compile("[\t\n\x20-\x7e]*")


def visible(text: str) -> str:
    """The text without what is unseen; controls stay, by which some formats set fields apart."""
    if text.isascii():
        return text
    return _JOINERS.sub("", _UNSEEN.sub("", _SURROGATES.sub("\ufffd", text)))


def legible(text: str) -> str:
    """What is left to read: no unseen character, and no control but tabs and line feeds."""
    if _PLAIN.fullmatch(text):
        return text
    return _CONTROLS.sub("", _ESCAPES.sub("", visible(text)).replace("\r\n", "\n").replace("\r", "\n"))


def without_runs(text: str) -> str:
    """A long text with each run that says the same a hundred times and more cut to a hundred times."""
    return _RUN.sub(lambda run: run[1] * 100, text) if len(text) > _LONG else text
