"""Reads a mail as it is stored, with the mails that are forwarded in it."""

from __future__ import annotations

import re

from pipeline.artifacts.item import Reading
from pipeline.artifacts.mail_messages import add_mail
from pipeline.artifacts.reader import About, Context, TextFile, single

_HEADER = re.compile(r"^[A-Z][A-Za-z0-9-]{1,40}: ?\S?")


def recognise(file: TextFile) -> bool:
    return has_headers(file.lines[:80])


def has_headers(lines: list[str]) -> bool:
    """Header lines from the first line on, with From and one of Date, Subject and Message-ID among them."""
    head: list[str] = []
    for line in lines:
        if not line.strip():
            break
        if line[:1] not in " \t":
            if not _HEADER.match(line):
                return False
            head.append(line.split(":")[0].lower())
    return "from" in head and len({"date", "subject", "message-id", "to"} & set(head)) >= 2


def read(file: TextFile, context: Context) -> Reading:
    reading = Reading(file.path, "mail")
    add_mail(reading, file.data or file.raw.encode("utf-8", errors="replace"), 1, context)
    if not reading.items and not reading.unread:
        reading.cannot_read("file", "a mail without words")
    return reading


MAIL = single(
    "mail",
    About(
        known_by="Header lines from the first line on: `From:`, `Date:`, `Subject:`",
        exported_by="Thunderbird: File > Save As > .eml. Gmail: ... > Download message. Outlook on the web: ... > Save as > EML",
    ),
    recognise,
    read,
)
