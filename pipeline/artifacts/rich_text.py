"""Atlassian's document tree to Markdown: paragraphs, headings, lists, tasks, tables, code, mentions, dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from pipeline.artifacts.json_rows import Row, dicts, first, part, words

_DEEP = 60


def markdown_of(value: Any) -> str:
    """The words of a description: a tree as Markdown, a text as it is, anything else as nothing."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    if not isinstance(value, dict):
        return ""
    return "\n".join(_blocks(value, 0)).strip()


def _blocks(node: Row, depth: int) -> Iterator[str]:
    kind = words(node.get("type"))
    if depth > _DEEP:
        return
    match kind:
        case "paragraph" | "taskItem" | "decisionItem":
            done = {"DONE": "- [x] ", "TODO": "- [ ] "}.get(first(part(node, "attrs"), "state"), "")
            yield (done if kind == "taskItem" else "") + _inline(node, depth)
            if not done:
                yield ""
        case "heading":
            level = words(part(node, "attrs").get("level"))
            yield f"{'#' * (int(level) if level in set('123456') else 2)} {_inline(node, depth)}"
            yield ""
        case "codeBlock":
            yield from ("```", _inline(node, depth), "```", "")
        case "bulletList" | "orderedList":
            for number, child in enumerate(dicts(node.get("content")), 1):
                lines = [line for line in _children(child, depth) if line]
                mark = "-" if kind == "bulletList" else f"{number}."
                yield from (
                    f"{mark} {line}" if place == 0 else f"  {line}" for place, line in enumerate(lines)
                )
            yield ""
        case "table":
            yield from _table(node, depth)
        case "text" | "mention" | "emoji" | "date" | "status" | "inlineCard":
            yield _words_of(node)
        case _:
            yield from _children(node, depth)


def _children(node: Row, depth: int) -> Iterator[str]:
    for child in dicts(node.get("content")):
        yield from _blocks(child, depth + 1)


def _inline(node: Row, depth: int) -> str:
    if depth > _DEEP:
        return ""
    return "".join(_words_of(c) or _inline(c, depth + 1) for c in dicts(node.get("content")))


def _words_of(node: Row) -> str:
    attrs = part(node, "attrs")
    match words(node.get("type")):
        case "text":
            return node["text"] if isinstance(node.get("text"), str) else ""
        case "hardBreak":
            return "\n"
        case "mention":
            return "@" + first(attrs, "text").lstrip("@")
        case "emoji":
            return first(attrs, "text", "shortName")
        case "status":
            return f"[{first(attrs, 'text')}]"
        case "inlineCard":
            return first(attrs, "url")
        case "date":
            stamp = first(attrs, "timestamp")
            if stamp.isascii() and stamp.isdigit() and len(stamp) == 13:
                return dt.datetime.fromtimestamp(int(stamp) / 1000, dt.UTC).date().isoformat()
            return stamp
        case _:
            return ""


def _table(node: Row, depth: int) -> Iterator[str]:
    for number, row in enumerate(dicts(node.get("content"))):
        cells = [" ".join(_children(c, depth)).strip().replace("|", "\\|") for c in dicts(row.get("content"))]
        yield "| " + " | ".join(" ".join(c.split()) for c in cells) + " |"
        if number == 0:
            yield "|" + "---|" * len(cells)
    yield ""
