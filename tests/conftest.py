"""What every test stands on: nothing of whoever runs them leaks in."""

from __future__ import annotations

import os

import pytest
from scripted_service import service
from tiny_model.serving import tiny_server

__all__ = ["service", "tiny_server"]


@pytest.fixture(autouse=True)
def _no_wishes_of_whoever_runs_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key, a model or a colour in the developer's shell changes no test."""
    for name in tuple(os.environ):
        if name.startswith(("POSTMORTEM_", "OPENAI_")) or name in ("NO_COLOR", "FORCE_COLOR"):
            monkeypatch.delenv(name)
