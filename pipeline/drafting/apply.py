"""Takes a person's edit of postmortem.md over into the data, evaluates it again, and rewrites the rest."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from pipeline.drafting.edits.read import read_edited
from pipeline.drafting.evidence_file import FILE as EVIDENCE
from pipeline.drafting.evidence_file import cited_anew, known_ids, print_rows, read_evidence
from pipeline.drafting.folder import DIGEST, DOCUMENT, EDITED, RUN
from pipeline.drafting.write import write_file
from pipeline.errors import InputError, RefusedError
from pipeline.models.actions import ActionItems
from pipeline.models.base import Frozen
from pipeline.models.evaluation import Evaluation
from pipeline.models.postmortem import Postmortem, Status
from pipeline.rendering.canonical import as_json
from pipeline.rendering.items_csv import items_csv
from pipeline.rendering.layout import REJECTED_LINE, STATUS_LABELS
from pipeline.rendering.marks import MARK
from pipeline.rendering.page import render_page
from pipeline.rendering.sheet import Rendered

TOP = 12  # lines in which the status stands
Model = TypeVar("Model", bound=Frozen)
# The document as it will stand in the file, and what it says as data. Findings may leave `where` open.
Evaluate = Callable[[str, Postmortem, ActionItems], Evaluation]


@dataclass(frozen=True, slots=True)
class Applied:
    """What the folder holds now. `changed` is False where the data was what the document says already."""

    folder: Path
    postmortem: Postmortem
    items: ActionItems
    evaluation: Evaluation
    changed: bool
    notices: tuple[str, ...]


def apply(folder: Path, evaluate: Evaluate) -> Applied:
    """Reads `folder`/postmortem.md back, joined with the folder's data by marks and ids.

    The document stays byte for byte what the person saved, but for the line at its top that says whether it
    is rejected and the words that say how far it has come. Everything else is rewritten from the data; run.json
    comes last, so that an interrupted run is an edit still to be applied. Raises InputError
    (postmortem.md:line), with nothing written, where the document cannot be read.
    """
    saved = _read_bytes(folder / DOCUMENT)
    try:
        text = saved.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(DOCUMENT, f"byte {error.start + 1} is not UTF-8", "save it as UTF-8") from error
    old = _load(folder / "postmortem.json", Postmortem)
    old_items = _load(folder / "action-items.json", ActionItems)
    run = _load_run(folder / RUN)
    evidence = read_evidence(folder)

    edited = read_edited(_unix(text), old, old_items, known_ids(evidence))
    changed = edited.postmortem != old or edited.items != old_items
    evaluation = evaluate(edited.rendered.text, edited.postmortem, edited.items)
    status = _status(old.status, evaluation, changed=changed)
    document = with_status(text, status)
    postmortem = edited.postmortem.model_copy(update={"status": status})
    if document != text:  # the lines below the top may have moved
        edited = read_edited(_unix(document), old, old_items, known_ids(evidence))
        evaluation = evaluate(edited.rendered.text, postmortem, edited.items)
    evaluation = with_places(evaluation, edited.rendered)

    if _read_bytes(folder / DOCUMENT) != saved:
        raise RefusedError(f"{folder / DOCUMENT} was saved while it was read; run the same command again")
    evidence = cited_anew(evidence, frozenset(MARK.findall(document)))
    content = document.encode()
    files = {
        EVIDENCE: print_rows(evidence).encode(),
        "action-items.json": as_json(edited.items),
        "action-items.csv": items_csv(edited.items).encode(),
        "evaluation.json": as_json(evaluation),
        "postmortem.json": as_json(postmortem),
        "postmortem.html": render_page(postmortem, edited.items, evaluation, evidence).encode(),
    }
    for name, data in files.items():
        write_file(folder / name, data)
    if content != saved:
        write_file(folder / DOCUMENT, content)
    if changed or sha256(saved).hexdigest() != run.get(DIGEST):
        run[EDITED] = True
    run[DIGEST] = sha256(content).hexdigest()
    write_file(folder / RUN, (json.dumps(run, ensure_ascii=False, indent=2) + "\n").encode())
    return Applied(folder, postmortem, edited.items, evaluation, changed, edited.notices)


def with_status(text: str, status: Status) -> str:
    """The text with the line at its top, and the words in bold below the title, that say this status."""
    newline = "\r\n" if "\r\n" in text else "\n"
    mark, body = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
    lines = body.split(newline)
    says_rejected = lines[0].strip() == REJECTED_LINE
    if says_rejected and status != "rejected":
        del lines[: 2 if lines[1:2] == [""] else 1]
    elif not says_rejected and status == "rejected":
        lines[:0] = [REJECTED_LINE, ""]
    labels = set(STATUS_LABELS.values())
    for number, line in enumerate(lines[:TOP]):
        label = next((known for known in labels if line.startswith(known)), None)
        if label is not None:
            lines[number] = STATUS_LABELS[status] + line[len(label) :]
            break
    return mark + newline.join(lines)


def with_places(evaluation: Evaluation, rendered: Rendered) -> Evaluation:
    """Each finding with the field that its place in the edited document means."""
    documents = []
    for document in evaluation.documents:
        findings = tuple(
            f if f.where else f.model_copy(update={"where": rendered.pointer_at(f.line, f.column)})
            for f in document.findings
        )
        documents.append(document.model_copy(update={"findings": findings}))
    return evaluation.model_copy(update={"documents": tuple(documents)})


def _status(old: Status, evaluation: Evaluation, *, changed: bool) -> Status:
    if evaluation.verdict == "rejected":
        return "rejected"
    if old in ("approved", "published") and not changed:
        return old
    return "ready" if evaluation.gate == "publish" else "draft"


def _unix(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(str(path), "no such file", "name a folder that postmortem draft wrote") from error


def _load(path: Path, model: type[Model]) -> Model:
    try:
        return model.model_validate_json(_read_bytes(path))
    except ValidationError as error:
        first = error.errors()[0]
        place = "/".join(map(str, first["loc"]))
        raise InputError(str(path), f"/{place}: {first['msg']}", "draft again with --replace") from error


def _load_run(path: Path) -> dict[str, object]:
    try:
        run = json.loads(_read_bytes(path))
    except ValueError as error:
        raise InputError(str(path), "not JSON", "draft again with --replace") from error
    if not isinstance(run, dict):
        raise InputError(str(path), "not a JSON object", "draft again with --replace")
    return run
