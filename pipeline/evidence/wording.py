"""The words of a record as the timeline may print them: cleaned of markup, cut to what matters, without blame."""

from __future__ import annotations

import re

from pipeline.evidence.instructions import addresses_reader
from pipeline.language.blame import without_blame
from pipeline.language.event_classes import read_event
from pipeline.language.people import People
from pipeline.language.sentences import split

LIMIT = 220  # leaves room for the words around a quotation inside the contract's 300

_EMOJI_CODE = re.compile(r":(?=[^:]*[a-z+])[a-z0-9_+\-]{2,40}:(?::skin-tone-\d:)?")
_PICTURE = re.compile(r"[\U0001F300-\U0001FAFF\u2600-\u27BF\u200d\ufe0f]+")
_EDITED = re.compile(r"\s*\(edited\)\s*")
_FENCE = re.compile(r"```.*?(?:```|\Z)", re.S)
_SPACE = re.compile(r"\s+")
_LEADING_MENTION = re.compile(r"^(?:@[\w.\-]+(?:\s[A-Z][\w\-]+)?[,:]?\s+)+")
_SHRUG = re.compile(r"¯\\*_*\(ツ\)_*\\*/¯")


def clean(text: str) -> str:
    """Without emoji codes, pictures, fences and edit marks; whitespace collapsed."""
    text = _FENCE.sub(" ", text)
    for noise in (_EMOJI_CODE, _PICTURE, _SHRUG):
        text = noise.sub(" ", text)
    text = _EDITED.sub(" ", text)
    return _SPACE.sub(" ", text).strip(" -–—*>")


def quotable(text: str, people: People, *, limit: int = LIMIT) -> str | None:
    """The part of a message worth quoting, or None where nothing of it may be printed.

    Blame, text that instructs the reader, and small talk are cut. What is cut inside is marked by an
    ellipsis, so that the quotation stays verbatim.
    """
    said = clean(text)
    if not said:
        return None
    kept: list[str] = []
    dropped = False
    for start, end in split(said):
        sentence = said[start:end].strip()
        if not sentence:
            continue
        if addresses_reader(sentence) or _is_small_talk(sentence):
            dropped = bool(kept) or dropped
            continue
        fair = without_blame(sentence, people)
        if fair is None:
            dropped = bool(kept) or dropped
            continue
        if dropped and kept:
            kept.append("…")
        dropped = False
        kept.append(fair)
    if not kept:
        return None
    return _shorten(" ".join(kept), limit)


_NEVER_IDLE = ("close", "recover", "intervene", "declare", "command", "communicate", "rule out")


def _is_small_talk(sentence: str) -> bool:
    reading = read_event(sentence)
    return reading.has("chatter") and reading.strength < 0.5 and not reading.has(*_NEVER_IDLE)


def _shorten(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    ends = [end for _, end in split(text) if end <= limit]
    if ends and ends[-1] > limit // 3:
        return text[: ends[-1]].rstrip()
    return text[:limit].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def told(text: str, *, limit: int = 280) -> str:
    """A document's words as a sentence of the timeline: a capital first, a full stop last."""
    said = _shorten(clean(text).strip(), limit)
    if not said:
        return said
    first = said[0].upper() + said[1:] if said[0].islower() and not _looks_like_a_name(said) else said
    return first if first[-1] in ".!?…”" else first + "."


def _looks_like_a_name(text: str) -> bool:
    """`checkout-api rolled out`, `pg_dump failed`: an identifier keeps its case."""
    word = text.split(" ", 1)[0]
    return any(c in word for c in "-_./`") or any(c.isdigit() for c in word)


def strip_mention(text: str) -> str:
    """Without the `@somebody` that a message is addressed to."""
    return _LEADING_MENTION.sub("", text) or text
