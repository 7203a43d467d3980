"""Slack's own markup to plain text: mentions to names, channels to #name, links to label and URL."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

_ANGLE = re.compile(r"<([^<>\s|][^<>|]*)(?:\|([^<>]*))?>")


def decode(text: str, name_of: Callable[[str], str], channels: Mapping[str, str]) -> str:
    """Plain text of a message. `name_of` gives a user's name by id, `channels` a channel's."""

    def angle(match: re.Match[str]) -> str:
        body, label = match[1], match[2] or ""
        if body.startswith("@"):
            return "@" + (name_of(body[1:]) or label or body[1:])
        if body.startswith("#"):
            return "#" + (label or channels.get(body[1:], body[1:]))
        if body.startswith("!"):
            return _special(body, label)
        if body.startswith("mailto:"):
            return label or body.removeprefix("mailto:")
        if re.match(r"[a-z][a-z0-9+.-]*:", body, re.IGNORECASE):
            return body if not label or label == body or body.endswith(label) else f"{label} ({body})"
        return match[0]

    plain = _ANGLE.sub(angle, text)
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _special(body: str, label: str) -> str:
    if body.startswith("!subteam"):
        return label if label.startswith("@") else f"@{label or 'group'}"
    if body.startswith("!date"):
        return label
    return "@" + body[1:].split("^")[0]


def content_of(message: Mapping[str, Any]) -> str:
    """The words of a message, wherever they are: text, else blocks; attachments and file titles besides."""
    parts = [str(message.get("text") or "")]
    if not parts[0].strip():
        parts = [_blocks(message.get("blocks"))]
    for card in _dicts(message.get("attachments")):
        parts.append(_card(card, parts[0]))
    for attached in _dicts(message.get("files")):
        title = attached.get("title") or attached.get("name")
        if title:
            parts.append(f"[file: {title}]")
    return "\n".join(p for p in parts if p and p.strip())


def _card(card: Mapping[str, Any], text: str) -> str:
    lines = [str(card[k]) for k in ("pretext", "title", "text") if card.get(k)]
    for entry in _dicts(card.get("fields")):
        lines.append(f"{entry.get('title', '')}: {entry.get('value', '')}".strip(": "))
    if not lines and card.get("fallback"):
        lines = [str(card["fallback"])]
    if not lines:
        lines = [_blocks(card.get("blocks"))]
    if card.get("footer"):
        lines.append(str(card["footer"]))
    return "\n".join(line for line in lines if line.strip() and line.strip() != text.strip())


def _blocks(blocks: Any) -> str:
    """The text of Block Kit and rich text, in order; rich text is not escaped, so it is escaped here."""
    lines: list[str] = []
    for block in _dicts(blocks):
        if block.get("type") == "rich_text":
            lines += [_rich(e) for e in _dicts(block.get("elements"))]
            continue
        held = [block.get("text"), *(block.get("fields") or []), *(block.get("elements") or [])]
        lines += [str(t["text"]) for t in held if isinstance(t, dict) and isinstance(t.get("text"), str)]
    return "\n".join(line for line in lines if line)


def _rich(element: Mapping[str, Any]) -> str:
    kind = element.get("type")
    if kind == "rich_text_list":
        return "\n".join("- " + _rich(e) for e in _dicts(element.get("elements")))
    if "elements" in element:
        return "".join(_rich(e) for e in _dicts(element["elements"]))
    match kind:
        case "text":
            return (
                str(element.get("text", "")).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            )
        case "link":
            label = element.get("text")
            return f"<{element.get('url', '')}|{label}>" if label else f"<{element.get('url', '')}>"
        case "user":
            return f"<@{element.get('user_id', '')}>"
        case "channel":
            return f"<#{element.get('channel_id', '')}>"
        case "emoji":
            return f":{element.get('name', '')}:"
        case "broadcast":
            return f"<!{element.get('range', 'here')}>"
        case "usergroup":
            return "@group"
        case _:
            return ""


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []
