"""The word that fences data in a prompt, which nobody who wrote a part of the data could know."""

from __future__ import annotations

import hashlib


def boundary_of(*texts: str) -> str:
    """A word that occurs in none of the texts.

    It is a hash of all of them: whoever writes one record would have to know every other, and that hash
    beforehand. It is the same for the same texts, so that kept replies stay good.
    """
    whole = "\n".join(texts)
    salt = 0
    while True:
        digest = hashlib.sha256(f"{salt}\n{whole}".encode("utf-8", "replace")).hexdigest()
        boundary = f"data-{digest[:16]}"
        if boundary not in whole:
            return boundary
        salt += 1
