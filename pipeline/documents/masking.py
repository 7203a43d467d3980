"""Blanks what is markup and masks what is no prose, so that offsets into a sentence stay offsets into its text."""

from __future__ import annotations

import re

MASK = "□"

_CODE = re.compile(r"(?P<tick>`+)(?!`)(?P<inner>[^\n]*?[^`\n])(?P=tick)(?!`)")
_IMAGE = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)")
_INLINE_LINK = re.compile(
    r"(?<!\\)\[(?P<label>(?:[^\[\]\n]|\[[^\[\]\n]*\]|\n)*)\]\((?P<target>(?:[^()\n]|\([^()\n]*\))*)\)"
)
_REFERENCE = re.compile(r"(?<!\\)\[(?P<label>[^\[\]\n]+)\]\[(?P<target>[^\[\]\n]*)\]")
_MARK = re.compile(r"\[E\d+\](?!\()")
_FOOTNOTE = re.compile(r"\[\^[^\]\n]+\]")
_AUTOLINK = re.compile(r"<(?:https?|mailto|ftp):[^>\s]+>")
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\])}|]+[^\s<>\])}|.,;:!?'\"*_]")
_EMPHASIS = re.compile(
    r"(?<!\\)(?:\*{1,3}(?=\S)|(?<=\S)\*{1,3}|~~|(?<![\w\\])_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w))"
)
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_CODE_OR_ESCAPED = re.compile(rf"{_CODE.pattern}|\\(?P<escaped>[!-/:-@\[-`{{-~])")
_HELD = 0xE000  # where escaped characters wait, as letters of no alphabet
_ENTITY = re.compile(r"&(?:nbsp|ensp|emsp|thinsp|#160);")
_PLACEHOLDER_BREAK = re.compile(r"[\t\n]")
_MARKUP = re.compile(r"[`\[\]<>\\*_~&\t\n]|://|www\.")  # without one of them nothing below matches
_QUOTE_MARK = re.compile(r"(?m)^[ \t]*(?:>[ \t]?)+")


def mask(text: str, *, keep_code: bool = False) -> str:
    """The text, equally long: emphasis, marks and link targets blank, code and URLs as `□`.

    With `keep_code` code and URLs stay as they are, for titles and fields that people read.
    """
    if not _MARKUP.search(text):
        return text
    held: dict[int, str] = {}
    shown = _QUOTE_MARK.sub(_spaces, text)
    shown = _CODE.sub(lambda m: _mask(m, held, keep_code), shown)
    shown = _IMAGE.sub(_spaces, shown)
    shown = _MARK.sub(_spaces, shown)
    shown = _FOOTNOTE.sub(_spaces, shown)
    shown = _INLINE_LINK.sub(_unwrap, shown)
    shown = _REFERENCE.sub(_unwrap, shown)
    shown = _AUTOLINK.sub(lambda m: _mask(m, held, keep_code), shown)
    shown = _URL.sub(lambda m: _mask(m, held, keep_code), shown)
    shown = _ESCAPE.sub(" ", shown)
    shown = _EMPHASIS.sub(_spaces, shown)
    shown = _ENTITY.sub(_spaces, shown)
    shown = _PLACEHOLDER_BREAK.sub(" ", shown)
    for start, original in held.items():
        shown = shown[:start] + original + shown[start + len(original) :]
    return shown


def plain(text: str) -> str:
    """What a reader sees: one line, no markup, no evidence marks; code keeps its words, escapes their character."""
    held = _CODE_OR_ESCAPED.sub(lambda m: chr(_HELD + ord(m["escaped"])) if m["escaped"] else m[0], text)
    shown = mask(held, keep_code=True)
    return " ".join(re.sub(r"[\ue021-\ue07e]", lambda m: chr(ord(m[0]) - _HELD), shown).split())


def _spaces(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _mask(match: re.Match[str], held: dict[int, str], keep: bool) -> str:
    if keep:
        held[match.start()] = match[0]
    return MASK * len(match[0])


def _unwrap(match: re.Match[str]) -> str:
    label = match["label"]
    return " " + label + " " * (len(match[0]) - len(label) - 1)
