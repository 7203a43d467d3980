"""Plain text to Markdown that shows just that text, and back."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

# What a renderer with autolinks on would make a live link of. Code is linked nowhere, and reads well.
# Bare host names count where their last label is one that linkifiers know: a country or one of these.
_TOP_LEVEL = "biz|com|edu|gov|net|org|pro|web|xxx|aero|asia|coop|info|museum|name|shop"
_LINKABLE = re.compile(
    r"(?:[A-Za-z][A-Za-z0-9+.-]{0,30}://|www\.|mailto:|xmpp:)[^\s<>|`\\\[\]]*[^\s<>|`\\\[\].,:;!?()'\"“”’*_~]"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    rf"|(?<![\w.-])\w[\w-]*(?:\.[\w-]+)*\.(?:[A-Za-z]{{2}}|{_TOP_LEVEL})(?![\w-]|\.\w)(?:/[\w./-]*[\w/])?",
    re.IGNORECASE,
)
# Words in backticks are code to whoever wrote them, and stay code.
CODE = re.compile(
    r"(?<![^\s(\"'“‘])`(?P<code>[^\s`|\\\[\]](?:[^`|\\\[\]]*[^\s`|\\\[\]])?)`(?=$|[\s),;:!?\"'”’]|\.(?:\s|$))"
)
_SPECIAL = re.compile(r"[\\`*<|~$]|(?<![^\W_])_|_(?![^\W_])|&(?=#|\w+;)")
_BRACKET = re.compile(r"[\[\]]")
# `[bot]` opens no link: not one that is defined here, not followed by a target, no image, footnote or task.
_INNOCENT = re.compile(r"(?<![!\]\\])\[(?!E\d+\]|\^|[ xX]?\])[^\[\]]+\](?![(\[:])")
_STARTS_BLOCK = re.compile(r"#{1,6}(?=\s|$)|>|=(?==*$)|[+-](?=[\s-]|$)|\d{1,9}(?=[.)](?:\s|$))")
_SPACE = re.compile(r"\s+")
# Characters that reorder or hide what is printed around them.
_UNSEEN = frozenset(
    "\u200b\u200e\u200f\u2060\ufeff" + "".join(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]))
)


def flatten(text: str) -> str:
    """The text on one line, single-spaced, without control characters: what a document can show of it."""
    spaced = _SPACE.sub(" ", text).strip()
    return "".join(c for c in spaced if c not in _UNSEEN and unicodedata.category(c) not in ("Cc", "Cs"))


def escape(text: str) -> str:
    """Markdown that shows `flatten(text)` and nothing else, wherever it stands.

    No link, no image, no markup comes of it but code, for what is in backticks and for what could be a link.
    """
    flat = flatten(text)
    special = _SPECIAL if _has_innocent_brackets(flat) else _SPECIAL_AND_BRACKETS
    pieces: list[str] = []
    at = 0
    for code in CODE.finditer(flat):
        if not _LINKABLE.fullmatch(code["code"]):
            pieces += [_escape_words(flat[at : code.start()], special), code[0]]
            at = code.end()
    pieces.append(_escape_words(flat[at:], special))
    printed = "".join(pieces)
    if start := _STARTS_BLOCK.match(printed):
        # "12. text" would open a list: the mark after the number is what must not count.
        cut = start.end() if start[0].isdigit() else 0
        printed = f"{printed[:cut]}\\{printed[cut:]}"
    return printed


def plain(markdown: str) -> str:
    """The text that a piece of inline Markdown shows; for whatever `escape` made, the text it was made from."""
    return flatten("".join(_shown(token) for token in _inline().parseInline(markdown.strip())))


_SPECIAL_AND_BRACKETS = re.compile(f"{_SPECIAL.pattern}|{_BRACKET.pattern}")


def _has_innocent_brackets(flat: str) -> bool:
    return not _BRACKET.search(_INNOCENT.sub("", flat))


def _escape_words(words: str, special: re.Pattern[str]) -> str:
    pieces: list[str] = []
    at = 0
    for found in _LINKABLE.finditer(words):
        pieces += [special.sub(r"\\\g<0>", words[at : found.start()]), f"`{found[0]}`"]
        at = found.end()
    return "".join((*pieces, special.sub(r"\\\g<0>", words[at:])))


@lru_cache(maxsize=1)
def _inline() -> MarkdownIt:
    return MarkdownIt("commonmark")


def _shown(token: Token) -> str:
    if token.children is not None:
        return "".join(_shown(child) for child in token.children)
    if token.type == "code_inline":
        return token.content if _LINKABLE.fullmatch(token.content) else f"`{token.content}`"
    return " " if token.type in ("softbreak", "hardbreak") else token.content
