"""Which field of a draft's data a finding stands in, where its line is as the program printed it."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from pipeline.errors import InputError
from pipeline.models.actions import ActionItems
from pipeline.models.evaluation import DocumentResult
from pipeline.models.postmortem import Postmortem
from pipeline.rendering.markdown import render

Model = TypeVar("Model", bound=BaseModel)


def with_fields(result: DocumentResult, folder: Path, text: str) -> DocumentResult:
    """The result with `where` in each finding whose line is unchanged. Raises InputError for broken data."""
    postmortem = _load(folder / "postmortem.json", Postmortem)
    items = _load(folder / "action-items.json", ActionItems)
    # Titles of marks stand at the end only, so that they move no line that a finding names.
    rendered = render(postmortem, items, {}, timezone=postmortem.incident.timezone)
    printed, written = rendered.text.split("\n"), text.split("\n")
    findings = tuple(
        f.model_copy(update={"where": rendered.pointer_at(f.line, f.column)})
        if printed[f.line - 1 : f.line] == written[f.line - 1 : f.line] and not f.where
        else f
        for f in result.findings
    )
    return result.model_copy(update={"findings": findings})


def _load(path: Path, model: type[Model]) -> Model:
    try:
        return model.model_validate_json(path.read_bytes())
    except OSError as error:
        raise InputError(str(path), f"can't be read: {error.strerror or error}") from error
    except ValidationError as error:
        raise InputError(str(path), f"is not what this program writes: {error.errors()[0]['msg']}") from error
