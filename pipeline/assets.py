"""Where the data that ships with the program lies: prompts and evals."""

from __future__ import annotations

import os
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
