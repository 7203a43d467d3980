"""Data as the one JSON text that this program writes of it."""

from __future__ import annotations

import json

from pipeline.models.base import Frozen


def as_json(value: Frozen) -> bytes:
    """Canonical: the models' own order, two spaces, UTF-8, one newline at the end."""
    text = json.dumps(value.model_dump(mode="json", by_alias=True), ensure_ascii=False, indent=2)
    return f"{text}\n".encode()
