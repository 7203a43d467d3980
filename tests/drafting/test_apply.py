"""`apply`: the folder follows the person's document, and the document stays the person's."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.drafting.apply import apply, with_status
from pipeline.drafting.evidence_file import print_rows, read_evidence
from pipeline.drafting.folder import is_edited, refuse_overwriting
from pipeline.drafting.write import write_draft
from pipeline.errors import InputError, RefusedError
from pipeline.models.actions import ActionItems
from pipeline.models.evaluation import Evaluation, Finding
from pipeline.models.postmortem import Postmortem
from pipeline.rendering.layout import REJECTED_LINE
from pipeline.rendering.markdown import render
from tests.drafting.folders import files_of
from tests.rendering.examples import evaluation, evidence, plain_one


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    postmortem, items = plain_one()
    write_draft(tmp_path / "lamps", files_of(postmortem, items))
    return tmp_path / "lamps"


def accepting(text: str, postmortem: Postmortem, items: ActionItems) -> Evaluation:
    return evaluation()


def rejecting(word: str) -> Callable[[str, Postmortem, ActionItems], Evaluation]:
    """An evaluator that blocks every line which holds the word, as the rubric does: by line and column."""

    def evaluate(text: str, postmortem: Postmortem, items: ActionItems) -> Evaluation:
        return evaluation(
            *(
                Finding(
                    criterion="BLM", severity="blocking", gate="draft", line=n, text=word, message="blames"
                )
                for n, line in enumerate(text.split("\n"), 1)
                if word in line
            )
        )

    return evaluate


def change(folder: Path, before: str, after: str) -> bytes:
    path = folder / "postmortem.md"
    text = path.read_bytes()
    assert before.encode() in text
    path.write_bytes(text.replace(before.encode(), after.encode()))
    return path.read_bytes()


def snapshot(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir()}


def test_an_edit_reaches_every_file_and_leaves_the_document_as_it_was_saved(folder: Path) -> None:
    saved = change(folder, "not yet assigned (proposed: Ines Duarte)", "Rui Almeida")
    saved = change(folder, "The old file was at hand", "The old file lay at hand")
    assert is_edited(folder)
    applied = apply(folder, accepting)
    assert applied.changed
    assert (folder / "postmortem.md").read_bytes() == saved
    assert (
        json.loads((folder / "action-items.json").read_text())["items"][1]["owner"]["name"] == "Rui Almeida"
    )
    assert "Rui Almeida" in (folder / "action-items.csv").read_text()
    assert "The old file lay at hand" in (folder / "postmortem.html").read_text()
    assert json.loads((folder / "postmortem.json").read_text())["went_well"][0]["text"].startswith(
        "The old file lay"
    )
    assert not is_edited(folder)
    with pytest.raises(RefusedError, match="applied"):  # a re-draft would lose what was taken over
        refuse_overwriting(folder, replace=False)
    assert json.loads((folder / "run.json").read_text())["author"] == "extractive"


def test_applying_what_nobody_edited_changes_no_file(folder: Path) -> None:
    before = snapshot(folder)
    assert not apply(folder, accepting).changed
    assert snapshot(folder) == before


def test_applying_twice_is_applying_once(folder: Path) -> None:
    change(folder, "| lamp controls team | P1 |", "| Rui Almeida | P0 |")
    apply(folder, rejecting("Rui"))
    once = snapshot(folder)
    apply(folder, rejecting("Rui"))
    assert snapshot(folder) == once


def test_a_rejected_edit_says_so_in_the_first_line_and_a_mended_one_no_longer(folder: Path) -> None:
    change(folder, "The old file was at hand [E6].", "Rui was careless.")
    applied = apply(folder, rejecting("careless"))
    text = (folder / "postmortem.md").read_text()
    assert text.startswith(f"{REJECTED_LINE}\n\n# Street lamps")
    assert applied.postmortem.status == "rejected"
    (finding,) = applied.evaluation.findings
    assert text.split("\n")[finding.line - 1] == "- Rui was careless."
    assert finding.where == "/went_well/0"
    change(folder, "Rui was careless.", "The old file was at hand [E6].")
    applied = apply(folder, rejecting("careless"))
    assert applied.postmortem == plain_one()[0].model_copy(update={"went_well": applied.postmortem.went_well})
    assert (folder / "postmortem.md").read_text().startswith("# Street lamps")


def test_a_rejected_line_that_a_person_deleted_comes_back_while_it_is_true(folder: Path) -> None:
    change(folder, "The old file was at hand [E6].", "Rui was careless.")
    apply(folder, rejecting("careless"))
    change(folder, f"{REJECTED_LINE}\n\n", "")
    apply(folder, rejecting("careless"))
    assert (folder / "postmortem.md").read_text().startswith(REJECTED_LINE)


def test_what_cannot_be_read_changes_nothing(folder: Path) -> None:
    change(folder, "| P1 |", "| urgent |")
    before = snapshot(folder)
    with pytest.raises(InputError, match=r"postmortem\.md:\d+: unknown priority"):
        apply(folder, accepting)
    assert snapshot(folder) == before


def test_a_document_saved_meanwhile_is_not_overwritten(folder: Path) -> None:
    change(folder, "The old file was at hand", "The old file lay at hand")

    def saving(text: str, postmortem: Postmortem, items: ActionItems) -> Evaluation:
        (folder / "postmortem.md").write_text("# newer", encoding="utf-8")
        return evaluation()

    before = snapshot(folder) | {"postmortem.md": b"# newer"}
    with pytest.raises(RefusedError, match="was saved while it was read"):
        apply(folder, saving)
    assert snapshot(folder) == before


def test_an_interrupted_apply_is_an_edit_still_to_be_applied(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.drafting import apply as module

    change(folder, "| lamp controls team | P1 |", "| Rui Almeida | P0 |")
    write = module.write_file

    def failing(path: Path, content: bytes) -> None:
        if path.name == "postmortem.html":
            raise KeyboardInterrupt
        write(path, content)

    monkeypatch.setattr(module, "write_file", failing)
    with pytest.raises(KeyboardInterrupt):
        apply(folder, accepting)
    assert is_edited(folder)
    monkeypatch.setattr(module, "write_file", write)
    applied = apply(folder, accepting)
    assert applied.items.items[0].because.owner == "a person's edit"
    assert not is_edited(folder)


def test_the_evidence_follows_what_is_cited_now(folder: Path) -> None:
    change(folder, "The old file was at hand [E6].", "The old file was at hand [E9].")
    change(folder, "- A power cut: the grid was whole [E5].\n", "")
    apply(folder, accepting)
    states = {row.id: (row.state, row.reason) for row in read_evidence(folder)}
    assert states["E9"] == ("cited", None)
    assert '<li id="E9">' in (folder / "postmortem.html").read_text()


def test_line_ends_and_byte_order_mark_of_the_persons_editor_stay(folder: Path) -> None:
    path = folder / "postmortem.md"
    text = "\ufeff" + path.read_text().replace("The old file was at hand", "Luck").replace("\n", "\r\n")
    path.write_bytes(text.encode())
    applied = apply(folder, rejecting("Luck"))
    assert path.read_bytes() == f"\ufeff{REJECTED_LINE}\r\n\r\n{text[1:]}".encode()
    assert applied.postmortem.timeline == plain_one()[0].timeline


def test_a_folder_that_is_no_draft_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"postmortem\.md: no such file"):
        apply(tmp_path, accepting)


def test_status_words_follow_the_verdict_and_nothing_else_moves() -> None:
    postmortem, items = plain_one()
    text = render(postmortem, items, {}, timezone=None).text
    rejected = with_status(text, "rejected")
    assert with_status(rejected, "draft") == text
    assert with_status(text, "ready").replace("Draft, ready for review. Not", "Draft. Not") == text


def test_the_file_of_evidence_reads_back(tmp_path: Path) -> None:
    (tmp_path / "evidence.jsonl").write_text(print_rows(evidence()), encoding="utf-8")
    assert read_evidence(tmp_path) == evidence()
