"""Prompts: their form, their slots, their lock and the fence round data."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.assets import asset_folder
from pipeline.errors import ConfigError
from pipeline.prompting.collection import load_prompts
from pipeline.prompting.fence import boundary_of
from pipeline.prompting.lock import changed_without_version, lock_of, read_lock, write_lock
from pipeline.prompting.prompt import read_prompt

HEAD = "---\nid: probe\nversion: 1\npurpose: a test\ninputs: [log]\noutput: none\n---\n"


def prompt_file(folder: Path, text: str) -> Path:
    file = folder / "probe.md"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_slot_takes_any_text_and_nothing_else_in_a_prompt_is_special(tmp_path: Path) -> None:
    prompt = read_prompt(prompt_file(tmp_path, HEAD + '# user\nGive {"a": "$x {b}"} for {{ log }}.\n'))
    hostile = "{{ log }} ${HOME} {0} %s \\1"
    assert prompt.fill(log=hostile).user == f'Give {{"a": "$x {{b}}"}} for {hostile}.'


@pytest.mark.parametrize("slots", [{}, {"log": "x", "more": "y"}])
def test_a_slot_too_few_or_too_many_is_an_error(tmp_path: Path, slots: dict[str, str]) -> None:
    prompt = read_prompt(prompt_file(tmp_path, HEAD + "# user\n{{ log }}\n"))
    with pytest.raises(ValueError, match="prompt probe"):
        prompt.fill(**slots)


@pytest.mark.parametrize(
    "text",
    [
        "# user\n{{ log }}\n",
        HEAD + "{{ log }}\n",
        HEAD + "# user\nno slot\n",
        HEAD + "# user\n{{ log }} {{ other }}\n",
        HEAD + "# user\n{{ log }} {{log}}\n",
        HEAD.replace("id: probe", "id: other") + "# user\n{{ log }}\n",
        HEAD.replace("purpose", "aim") + "# user\n{{ log }}\n",
    ],
)
def test_a_prompt_file_of_another_form_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError, match=r"probe\.md"):
        read_prompt(prompt_file(tmp_path, text))


def test_every_shipped_text_is_the_one_that_its_version_was_locked_with() -> None:
    """To mend: raise `version` in the prompt's front matter, then `python -m pipeline.prompting`."""
    library = load_prompts()
    locked = read_lock(asset_folder("prompts"))
    assert changed_without_version(library, locked) == ()
    assert locked == lock_of(library)


def test_a_changed_text_cannot_be_locked_under_its_old_version(tmp_path: Path) -> None:
    prompt_file(tmp_path, HEAD + "# user\n{{ log }}\n")
    write_lock(tmp_path)
    prompt_file(tmp_path, HEAD + "# user\nnew {{ log }}\n")
    with pytest.raises(ConfigError, match="raise its version"):
        write_lock(tmp_path)
    prompt_file(tmp_path, HEAD.replace("version: 1", "version: 2") + "# user\nnew {{ log }}\n")
    write_lock(tmp_path)
    assert read_lock(tmp_path)["probe"]["version"] == 2


def test_the_fence_is_the_same_for_the_same_data_and_never_occurs_in_it() -> None:
    assert boundary_of("a", "b") == boundary_of("a", "b") != boundary_of("a", "c")
    known = boundary_of("a record")
    assert boundary_of("a record " + known) not in "a record " + known


def test_no_prompt_names_a_model() -> None:
    texts = [p.system + p.user for p in load_prompts().prompts.values()]
    assert not [name for name in ("gpt", "claude", "gemini", "llama") for t in texts if name in t.lower()]
