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
_SPECIAL = re.compile(r"[\\`*\[\]<|~$]|(?<![^\W_])_|_(?![^\W_])|&(?=#|\w+;)")
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
    """Markdown that shows `flatten(text)` and nothing else: no markup, no link, no image, wherever it stands."""
    flat = flatten(text)
    pieces: list[str] = []
    at = 0
    for found in _LINKABLE.finditer(flat):
        pieces += [_SPECIAL.sub(r"\\\g<0>", flat[at : found.start()]), f"`{found[0]}`"]
        at = found.end()
    pieces.append(_SPECIAL.sub(r"\\\g<0>", flat[at:]))
    printed = "".join(pieces)
    if start := _STARTS_BLOCK.match(printed):
        # "12. text" would open a list: the mark after the number is what must not count.
        cut = start.end() if start[0].isdigit() else 0
        printed = f"{printed[:cut]}\\{printed[cut:]}"
    return printed


def plain(markdown: str) -> str:
    """The text that a piece of inline Markdown shows; for whatever `escape` made, the text it was made from."""
    return flatten("".join(_shown(token) for token in _inline().parseInline(markdown.strip())))


@lru_cache(maxsize=1)
def _inline() -> MarkdownIt:
    return MarkdownIt("commonmark")


def _shown(token: Token) -> str:
    if token.children is not None:
        return "".join(_shown(child) for child in token.children)
    return " " if token.type in ("softbreak", "hardbreak") else token.content
