"""Fixtures that several floors share."""

from __future__ import annotations

from scripted_service import service
from tiny_model.serving import tiny_server

__all__ = ["service", "tiny_server"]
