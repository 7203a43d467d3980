"""`python -m pipeline.prompting` locks the prompts of the checkout after a version was raised."""

from __future__ import annotations

from pipeline.assets import asset_folder
from pipeline.prompting.lock import write_lock

if __name__ == "__main__":
    write_lock(asset_folder("prompts"))
