"""Reads the access and error logs of nginx, and Apache's access logs: what was asked, and how it was answered."""

from __future__ import annotations

import re

from pipeline.artifacts.item import Stamp, stamp_of
from pipeline.artifacts.log_files import Entry, log_reader
from pipeline.artifacts.reader import About
from pipeline.language.times import find_times

_ACCESS = re.compile(
    r"^(?P<client>[0-9A-Fa-f.:]{2,45}|[\w.-]{1,80}) \S+ (?P<user>\S+) \[(?P<time>\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\] "
    r'"(?P<request>(?:[^"\\]|\\.)*)" (?P<status>\d{3}) (?P<size>\S+)(?P<rest>.*)$'
)
_ERROR = re.compile(
    r"^(?P<time>\d{4}/\d\d/\d\d \d\d:\d\d:\d\d) \[(?P<level>[a-z]+)\] (?P<ids>\d+#\d+): (?P<rest>.*)$"
)
_MORE = ("referer", "user agent")


def parse(line: str) -> Entry | None:
    if hit := _ACCESS.match(line):
        # What the client says of itself is kept beside, not told: anybody may write anything there.
        quoted = re.findall(r'"((?:[^"\\]|\\.)*)"', hit["rest"][:4000])
        columns = [("client", hit["client"]), ("status", hit["status"]), ("bytes", hit["size"])]
        columns += [pair for pair in zip(_MORE, quoted, strict=False) if pair[1] not in {"", "-"}]
        return Entry(
            f'{hit["client"]} "{hit["request"]}" {hit["status"]}', _stamp(hit["time"]), None, tuple(columns)
        )
    if error := _ERROR.match(line):
        return Entry(
            f"[{error['level']}] {error['rest']}", _stamp(error["time"]), None, (("level", error["level"]),)
        )
    return None


NGINX = log_reader(
    "nginx",
    About(
        known_by='Lines of the combined format, `ip - user [18/Mar/2026:06:18:04 +0000] "request" status bytes`, or of nginx\'s error log',
        exported_by="`/var/log/nginx/access.log` and `error.log`; cut the incident's hours out of them",
    ),
    parse,
)


def _stamp(text: str) -> Stamp | None:
    mention = next((m for m in find_times(text) if m.clock), None)
    return stamp_of(mention) if mention else None
