"""Where prompts and evals are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import assets
from pipeline.errors import InputError


def test_an_override_comes_before_the_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "prompts").mkdir()
    monkeypatch.setenv("POSTMORTEM_ASSETS", str(tmp_path))
    assert assets.asset_folder("prompts") == tmp_path / "prompts"
    with pytest.raises(InputError, match=r"POSTMORTEM_ASSETS: .*evals is no folder"):
        assets.asset_folder("evals")


def test_a_folder_beside_an_installed_package_is_somebody_elses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("POSTMORTEM_ASSETS", raising=False)
    package = tmp_path / "pipeline"
    (tmp_path / "prompts").mkdir()
    (package / "_assets" / "prompts").mkdir(parents=True)
    monkeypatch.setattr(assets, "_PACKAGE", package)
    assert assets.asset_folder("prompts") == package / "_assets" / "prompts"
