"""Reads GitHub's issues and pull requests, their comments and their timelines."""

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
    named,
    names_in,
    part,
    rows_in,
    said,
    values_of,
    words,
)
from pipeline.artifacts.reader import About, Context, TextFile, single
from pipeline.artifacts.ticket_bodies import add_body


def recognise(file: TextFile) -> bool:
    return any(_is_issue(r) or _is_comment(r) or _is_event(r) for _, r in _rows(file))


def _rows(file: TextFile) -> Iterator[tuple[str, Row]]:
    for locator, value in values_of(file):
        if isinstance(value, dict) and isinstance(value.get("items"), list) and "total_count" in value:
            yield from rows_in(value, locator, "items")
        elif isinstance(value, dict):
            yield locator, value


def _is_issue(row: Row) -> bool:
    """As the interface gives it, or as `gh issue view --json` does."""
    return (
        "number" in row
        and "title" in row
        and ("comments_url" in row or ("author" in row and "createdAt" in row))
    )


def _is_comment(row: Row) -> bool:
    return (
        "body" in row and ("author_association" in row or "authorAssociation" in row) and "title" not in row
    )


def _is_event(row: Row) -> bool:
    return (
        isinstance(row.get("event"), str)
        and "created_at" in row
        and bool({"actor", "commit_id", "source"} & set(row))
    )


def read(file: TextFile, context: Context) -> Reading:
    reading = Reading(file.path, "ticket")
    for pointer, row in _rows(file):
        if _is_issue(row):
            _issue(reading, row, pointer, file, context)
        elif _is_event(row) and not (row["event"] == "commented" and "body" in row):
            _event(reading, row, pointer, context)
        elif "body" in row:
            _comment(reading, row, pointer, context)
        else:
            reading.cannot_read(pointer or "/", "no issue, comment or event", str(dict(row))[:300])
    return reading


GITHUB_ISSUE = single(
    "github issue",
    About(
        known_by="`number` with `comments_url`; comments with `author_association`; a timeline's `event` with `actor`",
        exported_by="`gh api repos/OWNER/REPO/issues/N`, `.../issues/N/comments`, `.../issues/N/timeline`; or `gh issue view N --json number,title,body,author,createdAt,comments`",
    ),
    recognise,
    read,
    structured=True,
)


def _issue(reading: Reading, row: Row, pointer: str, file: TextFile, context: Context) -> None:
    author = account(row.get("user") or row.get("author"), context.directory)
    kind = "Pull request" if row.get("pull_request") else "Issue"
    title = f"{kind} #{words(row.get('number'))}: {words(row.get('title'))}"
    body = said(words(row.get("body")))
    prose = add_body(reading, body, f"{pointer}/body", first(row, "created_at", "createdAt"), file, context)
    text = f"{title}\n{prose}".strip()
    columns = columns_of(row, "state", "state_reason", "html_url", "url", "milestone", "type")
    columns += tuple(
        (name, value)
        for name, value in (("labels", joined(names_in(row.get("labels")))), ("assignees", joined(names_in(row.get("assignees")))))
        if value
    )  # fmt: skip
    reading.items.append(
        item_at(pointer, text, "text", first(row, "created_at", "createdAt"), author, columns)
    )
    closed = first(row, "closed_at", "closedAt")
    if closed:
        by = account(row.get("closed_by"), context.directory)
        reason = words(row.get("state_reason")).replace("_", " ")
        text = f"Closed issue #{words(row.get('number'))}" + (f" as {reason}" if reason else "")
        reading.items.append(item_at(f"{pointer}/closed_at", text, "text", closed, by))
    for place, comment in rows_in(row, pointer, "comments"):
        _comment(reading, comment, place, context)


def _comment(reading: Reading, row: Row, pointer: str, context: Context) -> None:
    """A comment that stands in the timeline too is the same one, by its id."""
    author = account(row.get("user") or row.get("author") or row.get("actor"), context.directory)
    created, updated = first(row, "created_at", "createdAt"), first(row, "updated_at", "updatedAt")
    text = said(words(row.get("body")))
    key = f"github comment {first(row, 'id')}" if first(row, "id") else None
    item = item_at(
        pointer,
        text or "(a comment without words)",
        "text",
        created,
        author,
        key=key,
        edited=bool(updated) and updated > created,
    )
    reading.items.append(item)


def _event(reading: Reading, row: Row, pointer: str, context: Context) -> None:
    event = words(row.get("event"))
    actor = account(row.get("actor") or row.get("user"), context.directory)
    rename, source = part(row, "rename"), part(row, "source", "issue")
    match event:
        case "labeled" | "unlabeled":
            text = f"{'Added' if event == 'labeled' else 'Removed'} the label {named(row, 'label')}"
        case "assigned" | "unassigned":
            text = f"{event.capitalize()} {account(row.get('assignee'), context.directory)[0] or 'somebody'}"
        case "renamed":
            text = f"Renamed from “{words(rename.get('from'))}” to “{words(rename.get('to'))}”"
        case "closed":
            text = joined(("Closed the issue", words(row.get("state_reason")).replace("_", " ")), " as ")
        case "cross-referenced":
            text = f"Mentioned in #{words(source.get('number'))}: {words(source.get('title'))}"
        case "referenced" | "merged":
            text = f"{event.capitalize()} by commit {words(row.get('commit_id'))[:12]}"
        case "milestoned" | "demilestoned":
            text = f"{event.capitalize()}: {named(row, 'milestone')}"
        case _:
            text = event.replace("_", " ").capitalize()
    columns = (("event", event),)
    reading.items.append(item_at(pointer, text, "text", row.get("created_at"), actor, columns))
