"""Evidence between two marks that nobody who wrote a part of it could know."""

from __future__ import annotations

import hashlib


def fence(evidence: str) -> tuple[str, str]:
    """The boundary, and the evidence between its two marks.

    The boundary is a hash of all of the evidence: whoever writes one record would have to know every
    other, and their own hash. It is the same for the same evidence, so kept replies stay good.
    """
    salt = 0
    while True:
        digest = hashlib.sha256(f"{salt}\n{evidence}".encode("utf-8", "replace")).hexdigest()
        boundary = f"evidence-{digest[:16]}"
        if boundary not in evidence:
            return boundary, f"<{boundary}>\n{evidence}\n</{boundary}>"
        salt += 1
