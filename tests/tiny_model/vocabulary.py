"""A byte-level BPE vocabulary, learned in plain Python from a few sentences."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

CONTROL = ("<|end|>", "<|from|>", "<|to|>")
_WORDS = re.compile(r" ?[A-Za-z]+| ?[0-9]+| ?[^\sA-Za-z0-9]+|\s+")
_TEXT = (
    "At 09:14 UTC the queue of ledger-writer stopped draining and the pager woke the storage rotation. "
    "A release had halved the batch size. The team rolled the release back, and the queue drained by 10:02. "
    '{"text": "the queue stopped", "evidence": ["E12", "E3"], "basis": "stated", "owner": "mira", "due": null} '
)


def byte_letters() -> dict[int, str]:
    """The printable stand-in for each byte that byte-level vocabularies use."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [b for b in range(256) if b not in plain]
    return {b: chr(b) for b in plain} | {b: chr(256 + at) for at, b in enumerate(others)}


def learn(size: int = 400) -> tuple[list[str], list[str]]:
    """Tokens and merges of a vocabulary of at most `size`."""
    letters = byte_letters()
    words = Counter(tuple(letters[b] for b in word.encode()) for word in _WORDS.findall(_TEXT * 40))
    tokens = [*CONTROL, *sorted(letters.values())]
    merges: list[str] = []
    while len(tokens) < size:
        pairs: Counter[tuple[str, str]] = Counter()
        for word, times in words.items():
            for pair in pairwise(word):
                pairs[pair] += times
        if not pairs:
            break
        (left, right), _ = max(pairs.items(), key=lambda found: (found[1], found[0]))
        merges.append(f"{left} {right}")
        tokens += [left + right] if left + right not in tokens else []
        words = Counter({_joined(word, left, right): times for word, times in words.items()})
    return tokens, merges


def _joined(word: tuple[str, ...], left: str, right: str) -> tuple[str, ...]:
    out: list[str] = []
    for letter in word:
        # A joined pair can't join again with what follows in the same pass.
        if out and out[-1] == left and letter == right:
            out[-1] = left + right
        else:
            out.append(letter)
    return tuple(out)
