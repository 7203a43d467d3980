"""Reads GitHub's workflow runs and deployments: when each began, who set it off, and how it ended."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.artifacts.item import Reading
from pipeline.artifacts.json_rows import (
    Row,
    account,
    columns_of,
    first,
    item_at,
    joined,
    part,
    rows_in,
    values_of,
    words,
)
from pipeline.artifacts.reader import About, Context, TextFile, single


def recognise(file: TextFile) -> bool:
    return any(_is_run(r) or _is_deployment(r) or _is_status(r) for _, r in _rows(file))


def _rows(file: TextFile) -> Iterator[tuple[str, Row]]:
    for locator, value in values_of(file):
        if not isinstance(value, dict):
            continue
        if "workflow_runs" in value or "deployments" in value:
            yield from rows_in(value, locator, "workflow_runs", "deployments")
        else:
            yield locator, value


def _is_run(row: Row) -> bool:
    return "conclusion" in row and bool({"workflow_id", "head_sha", "workflowName", "headSha"} & set(row))


def _is_deployment(row: Row) -> bool:
    return "original_environment" in row and "task" in row


def _is_status(row: Row) -> bool:
    return "state" in row and ("environment_url" in row or "deployment_url" in row)


def read(file: TextFile, context: Context) -> Reading:
    reading = Reading(file.path, "github actions")
    for pointer, row in _rows(file):
        before = len(reading.items)
        if _is_run(row):
            _run(reading, row, pointer, context)
        elif _is_deployment(row):
            _deployment(reading, row, pointer, context)
        elif _is_status(row):
            _status(reading, row, pointer, context)
        if len(reading.items) == before:
            reading.cannot_read(
                pointer, "no run and no deployment, or one without its time", str(dict(row))[:300]
            )
    return reading


GITHUB_ACTIONS = single(
    "github actions",
    About(
        known_by="`workflow_runs`, deployments with `original_environment`, or their statuses",
        exported_by="`gh api repos/OWNER/REPO/actions/runs`, `gh api repos/OWNER/REPO/deployments`, `.../deployments/ID/statuses`, or `gh run list --json`",
    ),
    recognise,
    read,
    structured=True,
)


def _run(reading: Reading, row: Row, pointer: str, context: Context) -> None:
    """Two items: it began, and it ended. The interface gives no end; the last change of a finished run is it."""
    began = first(row, "run_started_at", "startedAt") or first(row, "created_at", "createdAt")
    workflow, number = first(row, "name", "workflowName"), first(row, "id", "databaseId")
    title = first(row, "display_title", "displayTitle") or workflow
    which = f"(workflow {workflow}, run {number})" if workflow != title else f"(run {number})"
    actor = account(row.get("triggering_actor") or row.get("actor"), context.directory)
    columns = columns_of(
        row, "head_branch", "headBranch", "event", "conclusion", "run_attempt", "html_url", "url"
    )
    columns += (("commit", first(row, "head_sha", "headSha")[:12]),)
    reading.items.append(
        item_at(
            pointer,
            f"{title} started {which}",
            "change",
            began,
            actor,
            columns,
            key=f"github run {number} {began}",
        )
    )
    ended = first(row, "updated_at", "updatedAt")
    outcome = words(row.get("conclusion"))
    if words(row.get("status")) == "completed" and outcome and ended:
        verb = {"success": "finished", "failure": "failed"}.get(
            outcome, f"ended: {outcome.replace('_', ' ')}"
        )
        columns = (("conclusion", outcome),)
        reading.items.append(
            item_at(
                f"{pointer}/updated_at", f"{title} {verb} {which}", "change", ended, ("GitHub Actions", "system"), columns,
                key=f"github run {number} {began} ended",
            )
        )  # fmt: skip


def _deployment(reading: Reading, row: Row, pointer: str, context: Context) -> None:
    verb = {"deploy": "Deployment"}.get(
        words(row.get("task")), words(row.get("task")).capitalize() or "Deployment"
    )
    text = (
        f"{verb} of {first(row, 'ref', 'sha')} to {first(row, 'environment', 'original_environment')} created"
    )
    text += f": {row['description']}" if words(row.get("description")) else ""
    actor = account(row.get("creator"), context.directory)
    columns = (*columns_of(row, "id", "task"), ("commit", words(row.get("sha"))[:12]))
    key = f"github deployment {row['id']}" if words(row.get("id")) else None
    reading.items.append(item_at(pointer, text, "change", row.get("created_at"), actor, columns, key=key))


def _status(reading: Reading, row: Row, pointer: str, context: Context) -> None:
    """`inactive` means that a later deployment took its place, not that it failed."""
    state = words(row.get("state")).replace("_", " ")
    number = first(row, "deployment_url").rpartition("/")[2]
    told = {
        "inactive": "replaced by a later one",
        "success": "succeeded",
        "failure": "failed",
        "error": "failed",
    }
    deployment = joined(("Deployment", number), " ")
    text = f"{deployment} to {first(row, 'environment') or 'its environment'}: {told.get(state, state)}"
    text += f" ({row['description']})" if words(row.get("description")) else ""
    actor = account(row.get("creator"), context.directory)
    key = f"github deployment status {row['id']}" if words(row.get("id")) else None
    columns = columns_of(row, "state", "log_url") + columns_of(part(row, "deployment"), "ref")
    reading.items.append(item_at(pointer, text, "change", row.get("created_at"), actor, columns, key=key))
