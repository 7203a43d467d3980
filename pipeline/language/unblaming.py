"""Cuts the blameful clauses out of what somebody said, and keeps what happened."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from pipeline.language.accusations.reading import Charge
from pipeline.language.clauses import clauses
from pipeline.language.people import People
from pipeline.language.sentences import split
from pipeline.language.words import tokens

# Where a sentence can be taken apart: at its marks, and before the words that open a clause.
_JOINT = re.compile(
    r"\s*(?:;|,|\.(?=\s)|—|–|:|\(|\)|\.{2,}|…|\s-\s)\s*"
    r"|\s+(?=(?:because|since|but|so|and|without|despite|which|who|although|though)\b)",
    re.IGNORECASE,
)
_EDGES = " \t\n,;:—–-.…()"
# What opens a sentence without saying anything; left alone after a cut, it reads oddly.
_OPENER = re.compile(
    r"^(?:(?:and|but|so|because|since|which|who|also|yeah|yep|ok|okay|well|anyway|sorry|ugh|oops|argh|damn|sigh|hm+|oh)"
    r"\b[\s,!:-]*)+",
    re.IGNORECASE,
)


def remainder(
    text: str, charges: Callable[[str], Sequence[Charge]], people: People, *, marked: bool
) -> str | None:
    kept: list[str] = []
    cut = False
    for start, end in split(text):
        sentence = text[start:end]
        if not charges(sentence):
            kept.append(sentence)
            continue
        cut = True
        rest = _within(sentence, charges, people, marked)
        if rest:
            kept.append(rest)
    if not cut:
        return text
    whole = " ".join(kept).strip()
    if not whole or charges(whole) or not _tells(whole, people):
        return None
    return whole


def _within(
    sentence: str, charges: Callable[[str], Sequence[Charge]], people: People, marked: bool
) -> str | None:
    """What of one sentence can stand: runs of pieces between its joints that charge nobody."""
    joints = [0, *(m.end() for m in _JOINT.finditer(sentence)), len(sentence)]
    pieces = [(a, b) for a, b in pairwise(joints) if sentence[a:b].strip(_EDGES)]
    blamed = [(c.start, c.end) for c in charges(sentence)]
    runs: list[list[int]] = []
    previous = -1
    charged = [
        any(a < end and start < b for start, end in blamed) or bool(charges(sentence[a:b].strip(_EDGES)))
        for a, b in pieces
    ]
    for i, (a, b) in enumerate(pieces):
        announces = sentence[a:b].rstrip().endswith(":") and charged[i + 1 : i + 2] == [True]
        if charged[i] or announces:  # "for the record: who does that"
            continue
        if runs and a == previous:
            runs[-1][1] = b
        else:
            runs.append([a, b])
        previous = b
    told = [r for r in runs if _tells(_OPENER.sub("", sentence[r[0] : r[1]].strip(_EDGES)), people)]
    if not told:
        return None
    joined = ""
    for begin, end in told:
        piece = sentence[begin:end].strip(_EDGES)
        if not joined:
            joined = _OPENER.sub("", piece)
        elif marked:
            joined += " … " + piece
        else:
            joined += (" " if re.match(r"(?:and|but|so)\b", piece, re.IGNORECASE) else "; ") + piece
    if charges(joined):
        return None
    if sentence[:1].isupper():
        joined = joined[:1].upper() + joined[1:]
    stop = sentence.rstrip()[-1]
    if marked and told[-1][1] < len(sentence.rstrip(_EDGES + "!?")):
        return joined + " …"
    return joined + (stop if stop in ".!" else "")


def _tells(text: str, people: People) -> bool:
    """Whether something is told: a predicate, and more than an exclamation."""
    words = [t for t in tokens(text) if t.tag != "PUNCT"]
    return len(words) >= 3 and bool(clauses(text, people)) and not text.rstrip().endswith("?")
