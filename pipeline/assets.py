"""Where data lies: what ships with the program, and what it keeps on a user's machine to be faster."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pipeline.errors import InputError

_PACKAGE = Path(__file__).parent


def asset_folder(name: Literal["prompts", "evals"]) -> Path:
    """POSTMORTEM_ASSETS, else the checkout, else the wheel. Raises InputError where none has it."""
    override = os.environ.get("POSTMORTEM_ASSETS")
    if override:
        chosen = Path(override) / name
        if not chosen.is_dir():
            raise InputError(
                "POSTMORTEM_ASSETS", f"{chosen} is no folder", f"point it at a folder with {name}/"
            )
        return chosen
    checkout = _PACKAGE.parent
    # Beside an installed package, a folder called `prompts` may be anybody's.
    if (checkout / "pyproject.toml").is_file() and (checkout / name).is_dir():
        return checkout / name
    shipped = _PACKAGE / "_assets" / name
    if not shipped.is_dir():
        raise InputError(
            str(shipped), "is missing from the installation", "install postmortem-pipeline again"
        )
    return shipped


def cache_folder(environ: Mapping[str, str]) -> Path:
    """POSTMORTEM_CACHE, else the user's cache folder; it may not exist yet."""
    chosen = environ.get("POSTMORTEM_CACHE")
    if chosen:
        return Path(chosen)
    home = environ.get("XDG_CACHE_HOME")
    base = Path(home) if home and Path(home).is_absolute() else Path.home() / ".cache"
    return base / "postmortem-pipeline"
