"""A mail to items: its subject and paragraphs by who wrote them when; the mails within it as mails of their own."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr, parsedate_to_datetime

from pipeline.artifacts.decoding import decode
from pipeline.artifacts.formats.html import plain_text
from pipeline.artifacts.item import Item, Reading, Stamp, at_instant, stamp_of
from pipeline.artifacts.mail_bodies import Paragraph, paragraphs
from pipeline.artifacts.reader import Context
from pipeline.language.times import find_times
from pipeline.models.base import ActorKind

_DEEP = 5  # mails within mails
_MAX_PARTS = 200
_REASONS = {
    "quoted": "quoted from an earlier mail; save that mail into the folder to have it read",
    "signature": "the mail's signature",
}


@dataclass(frozen=True, slots=True)
class Sender:
    name: str | None
    kind: ActorKind
    stamp: Stamp | None


def add_mail(reading: Reading, data: bytes, first: int, context: Context) -> None:
    """Add the items of one mail, whose first line is line `first` of the file."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        body = next((n for n, line in enumerate(data.split(b"\n")) if not line.strip()), 0)
        _add(reading, message, f"line {first}", first + body + 1, context, 0)
    except Exception as error:  # the standard library raises whatever its parsers stumble over
        reading.cannot_read(f"line {first}", f"a mail that can't be taken apart: {type(error).__name__}")


def _add(
    reading: Reading, message: EmailMessage, place: str, body_line: int | None, context: Context, depth: int
) -> None:
    """`body_line` is that of the body in the file, None where the body is encoded or a part of many."""
    sender = _sender(message, context)
    subject = _header(message, "Subject")
    key = f"mail {_header(message, 'Message-ID')}" if _header(message, "Message-ID") else None
    if subject:
        item = _item(place, f"Subject: {subject}", sender, subject)
        item.line = int(place.removeprefix("line ")) if body_line is not None else None
        item.key = key
        reading.items.append(item)
    plain = message.get_content_type() == "text/plain" and not message.is_multipart()
    encoded = _header(message, "Content-Transfer-Encoding").lower() in {"base64", "quoted-printable"}
    text = _body(message)
    for number, paragraph in enumerate(paragraphs(text), 1):
        line = body_line + paragraph.line if body_line is not None and plain and not encoded else None
        where = f"line {line}" if line else f"{place}, paragraph {number}".removeprefix("line 1, ")
        _paragraph(
            reading, paragraph, where, line, sender, subject, context, f"{key} {number}" if key else None
        )
    _parts(reading, message, place, context, depth)


def _paragraph(
    reading: Reading,
    paragraph: Paragraph,
    where: str,
    line: int | None,
    sender: Sender,
    subject: str,
    context: Context,
    key: str | None,
) -> None:
    if reason := _REASONS.get(paragraph.role):
        reading.cannot_read(where, reason, paragraph.text)
        return
    by = _forwarded(paragraph.headers, context) if paragraph.role == "forwarded" else sender
    item = _item(where, paragraph.text, by, paragraph.headers.get("subject", subject))
    item.line, item.key = line, key
    reading.items.append(item)


def _parts(reading: Reading, message: EmailMessage, place: str, context: Context, depth: int) -> None:
    """Mails within the mail are read; what else is attached is listed."""
    body = message.get_body(("plain", "html")) if message.is_multipart() else message
    waiting = list(message.iter_parts()) if message.is_multipart() else []
    for number, part in enumerate(waiting, 1):
        if number > _MAX_PARTS:
            reading.cannot_read(place, f"a mail of more than {_MAX_PARTS} parts; the rest is not read")
            return
        kind = part.get_content_type()
        if kind == "message/rfc822" and depth < _DEEP:
            for held in part.get_payload():
                if isinstance(held, EmailMessage):
                    _add(reading, held, f"{place}, mail within", None, context, depth + 1)
        elif part is not body and not _is_of_body(part, kind):
            name = part.get_filename() or kind
            reading.cannot_read(
                f"{place}, part {number}", f"attachment {name}; save it into the folder to have it read"
            )


def _is_of_body(part: MIMEPart, kind: str) -> bool:
    """The other form of the same words, or the pictures that stand in it."""
    return kind.startswith("multipart/") or (kind in {"text/plain", "text/html"} and not part.is_attachment())


def _item(where: str, text: str, sender: Sender, subject: str) -> Item:
    return Item(
        where,
        text,
        "bot" if sender.kind == "system" else "message",
        stamp=sender.stamp,
        actor=sender.name,
        actor_kind=sender.kind,
        section=subject,
    )


def _sender(message: EmailMessage, context: Context) -> Sender:
    name, address = parseaddr(_header(message, "From"))
    known = context.directory.find(name, address)
    actor = known.name if known else name or address or None
    flat = address.lower().replace("-", "")
    automatic = _header(message, "Auto-Submitted").lower() not in {"", "no"}
    if automatic or "daemon" in flat or "noreply" in flat:
        return Sender(actor, "system", _stamp(_header(message, "Date")))
    return Sender(actor, context.directory.kind(actor, "person"), _stamp(_header(message, "Date")))


def _forwarded(headers: dict[str, str], context: Context) -> Sender:
    """Who wrote what is forwarded, as far as the lines above it say."""
    name, address = parseaddr(headers.get("from", "").replace("*", ""))
    known = context.directory.find(name, address)
    actor = known.name if known else name or address or None
    return Sender(
        actor,
        context.directory.kind(actor, "person") if actor else "unknown",
        _stamp(headers.get("date", "")),
    )


def _stamp(text: str) -> Stamp | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        moment = None
    if moment and moment.tzinfo and 1970 < moment.year < 2200:
        return at_instant(moment, "offset in the record")
    mention = next((m for m in find_times(text[:100]) if m.clock), None)
    return stamp_of(mention) if mention else None


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except Exception:  # a header that the standard library can't parse says nothing
        return ""


def _body(message: EmailMessage) -> str:
    part = message.get_body(("plain", "html"))
    if part is None:
        return ""
    try:
        text = str(part.get_content())
    except (LookupError, ValueError, AttributeError):  # a charset that nobody knows
        payload = part.get_payload(decode=True)
        decoded = decode(payload) if isinstance(payload, bytes) else None
        text = decoded[0] if decoded else ""
    text = text.replace("\r\n", "\n")
    return (
        plain_text(text) if part.get_content_type() == "text/html" or "<html" in text[:2000].lower() else text
    )
