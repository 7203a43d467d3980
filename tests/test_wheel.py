"""The wheel, installed outside the checkout: help, explain, check and draft work from it alone.

`make test` lends it the checkout's dependencies, without the checkout itself. With
POSTMORTEM_WHEEL_DEPENDENCIES=index (`make wheel-test`) they come from the package index, as a user's would,
so that a dependency that only developers have is missed.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FROM_INDEX = os.environ.get("POSTMORTEM_WHEEL_DEPENDENCIES") == "index"
NOTE = "# Outage\n\n## Root cause\n\nThe outage was caused by a careless engineer.\n"


def uv(*arguments: str | Path) -> None:
    """Offline first: what `make setup` fetched is in the cache."""
    own = ROOT / ".uv" / "bin" / "uv"
    command = [str(own) if own.exists() else "uv", *map(str, arguments)]
    offline = subprocess.run([*command, "--offline"], capture_output=True, text=True, check=False)
    if offline.returncode:
        subprocess.run(command, check=True, capture_output=True, text=True)


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a virtual environment, into which the wheel was installed."""
    folder = tmp_path_factory.mktemp("outside")
    uv("build", "--wheel", "--out-dir", folder / "dist", ROOT)
    (wheel,) = (folder / "dist").glob("*.whl")
    venv.create(folder / "venv", with_pip=False, symlinks=True)
    python = folder / "venv" / "bin" / "python"
    if FROM_INDEX:
        uv("pip", "install", "--quiet", "--python", python, wheel)
        return folder
    uv("pip", "install", "--quiet", "--no-deps", "--python", python, wheel)
    # A .pth of a folder on the path by another .pth is not followed: the checkout stays out.
    site = next((folder / "venv" / "lib").glob("python*/site-packages"))
    (site / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder


def postmortem(outside: Path, *arguments: str, expecting: int = 0) -> str:
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "POSTMORTEM", "VIRTUAL"))
    }
    done = subprocess.run(
        [outside / "venv" / "bin" / "postmortem", *arguments],
        cwd=outside,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == expecting, done.stderr
    return done.stdout


def test_the_package_that_runs_is_the_wheels_and_holds_its_data(outside: Path) -> None:
    code = "import pipeline, pipeline.assets as a; print(pipeline.__file__, a.asset_folder('prompts'), a.asset_folder('evals'))"
    done = subprocess.run(
        [outside / "venv" / "bin" / "python", "-I", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=outside,
    )
    assert all(path.startswith(str(outside)) for path in done.stdout.split())
    assert "Usage: postmortem" in postmortem(outside, "--help")


def test_the_wheel_explains_a_criterion(outside: Path) -> None:
    assert "BLM" in postmortem(outside, "explain", "BLM")


def test_the_wheel_checks_a_text(outside: Path) -> None:
    (outside / "note.md").write_text(NOTE)
    found = json.loads(postmortem(outside, "check", "note.md", "--format", "json", expecting=1))
    assert "BLM" in {finding["criterion"] for finding in found["documents"][0]["findings"]}


def test_the_wheel_drafts_an_incident(outside: Path) -> None:
    shutil.copytree(ROOT / "fixtures" / "incidents" / "harbour-checkout" / "artifacts", outside / "harbour")
    told = json.loads(
        postmortem(outside, "draft", "harbour", "--out", "out", "--today", "2026-11-25", "--format", "json")
    )
    assert told["verdict"] == "accepted"
    assert (outside / told["folder"] / "postmortem.html").is_file()


def test_the_wheel_runs_the_evals_that_ship_with_it(outside: Path) -> None:
    """Whether it is better or worse than the baseline is not the wheel's affair: --update-baseline accepts it."""
    told = json.loads(postmortem(outside, "eval", "blame", "--update-baseline", "--format", "json"))
    assert told["suites"][0]["cases"] > 100
