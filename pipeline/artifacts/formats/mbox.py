"""Reads a mailbox of many mails in one file, each behind a line that begins with `From `."""

from __future__ import annotations

import re

from pipeline.artifacts.formats.mail import has_headers
from pipeline.artifacts.item import Reading
from pipeline.artifacts.mail_messages import add_mail
from pipeline.artifacts.reader import About, Context, TextFile, single

_FROM = re.compile(rb"^From \S+.*\d{4}.*$")
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)


def recognise(file: TextFile) -> bool:
    return bool(_FROM.match(file.lines[0].encode("utf-8", "replace"))) and has_headers(file.lines[1:80])


def read(file: TextFile, context: Context) -> Reading:
    reading = Reading(file.path, "mail")
    data = file.data or file.raw.encode("utf-8", errors="replace")
    lines = data.replace(b"\r\n", b"\n").split(b"\n")
    starts = [n for n, line in enumerate(lines) if _FROM.match(line) and (n == 0 or not lines[n - 1].strip())]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        mail = _ESCAPED.sub(rb"\1", b"\n".join(lines[start + 1 : end]))
        add_mail(reading, mail, start + 2, context)
    return reading


MBOX = single(
    "mbox",
    About(
        known_by="The first line begins with `From ` and has a year; header lines follow",
        exported_by="Google Takeout: Mail. Thunderbird: the folder's own file in the profile. mutt: save to a file",
    ),
    recognise,
    read,
)
