"""Reads a mail as it is stored: who wrote it when, and its words without what it quotes."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime

from pipeline.artifacts.item import Item, Reading, at_instant
from pipeline.artifacts.reader import Context, TextFile, single

_HEADER = re.compile(r"^[A-Z][A-Za-z-]{1,40}: ?\S?")
_QUOTED = re.compile(r"^(?:>.*|On .{10,120} wrote:|-{2,} ?Original Message.*)$")


def recognise(file: TextFile) -> bool:
    """Header lines from the first line on, with From and one of Date, Subject and Message-ID among them."""
    head: list[str] = []
    for line in file.lines[:80]:
        if not line.strip():
            break
        if line[:1] not in " \t":
            if not _HEADER.match(line):
                return False
            head.append(line.split(":")[0].lower())
    return "from" in head and len({"date", "subject", "message-id", "to"} & set(head)) >= 2


def read(file: TextFile, context: Context) -> Reading:
    reading = Reading(file.path, "mail")
    message = email.message_from_string(file.raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    name, address = parseaddr(str(message.get("From", "")))
    try:
        moment = parsedate_to_datetime(str(message.get("Date", "")))
    except (ValueError, TypeError):
        moment = None
    stamp = at_instant(moment, "offset in the record") if moment and moment.tzinfo else None
    known = context.directory.find(name, address)
    actor = known.name if known else name or address or None
    system = (
        bool(message.get("Auto-Submitted"))
        or "daemon" in address.lower()
        or "noreply" in address.lower().replace("-", "")
    )
    subject = str(message.get("Subject", "")).strip()
    number = next((n for n, line in enumerate(file.lines, 1) if not line.strip()), 1)
    parts = [(1, f"Subject: {subject}")] if subject else []
    parts += _paragraphs(_body(message), number + 1)
    for line, text in parts:
        reading.items.append(
            Item(
                f"line {line}",
                text,
                "bot" if system else "message",
                line=line,
                stamp=stamp,
                actor=actor,
                actor_kind="system" if system else context.directory.kind(actor, "person"),
                section=subject,
            )
        )
    return reading


MAIL = single("mail", recognise, read)


def _body(message: EmailMessage) -> str:
    try:
        part = message.get_body(("plain", "html"))
        text = str(part.get_content()) if part else str(message.get_payload())
    except (LookupError, KeyError, AttributeError, ValueError):
        text = str(message.get_payload())
    return text if "<html" not in text[:2000].lower() else re.sub(r"<[^>]+>", " ", text)


def _paragraphs(body: str, first: int) -> list[tuple[int, str]]:
    """(line, text) of each paragraph that the writer wrote; quoted mail and the signature are left out."""
    found: list[tuple[int, list[str]]] = []
    open_paragraph = False
    for number, line in enumerate(body.splitlines(), first):
        if line.rstrip() == "--":
            break
        if not line.strip() or _QUOTED.match(line.strip()):
            open_paragraph = False
            continue
        if not open_paragraph:
            found.append((number, []))
        found[-1][1].append(line.rstrip())
        open_paragraph = True
    return [(number, "\n".join(lines)) for number, lines in found]
