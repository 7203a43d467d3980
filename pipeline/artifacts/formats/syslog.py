"""Reads syslog, old (RFC 3164: no year, no zone) and new (RFC 5424), with and without its priority."""

from __future__ import annotations

import re

from pipeline.artifacts.item import Stamp, iso_stamp, stamp_of
from pipeline.artifacts.log_files import Entry, log_reader
from pipeline.artifacts.reader import About
from pipeline.language.times import find_times

_LEVELS = ("emergency", "alert", "critical", "error", "warning", "notice", "info", "debug")
_NEW = re.compile(
    r"^<(?P<pri>\d{1,3})>\d{1,2} (?P<time>\S+) (?P<host>\S+) (?P<app>\S+) (?P<pid>\S+) (?P<id>\S+) (?P<rest>.*)$",
    re.S,
)
_OLD = re.compile(
    r"^(?:<(?P<pri>\d{1,3})>)?(?P<time>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d) (?P<host>[\w.:-]{1,80}) "
    r"(?P<app>[^\s:\[]{1,60})(?:\[(?P<pid>\d+)\])?: ?(?P<rest>.*)$"
)
_DATA = re.compile(r'^(?:-|(?:\[(?:[^\]"\\]|"(?:[^"\\]|\\.)*"|\\.)*\])+) ?')
_CENTURY = {"-": ""}


def parse(line: str) -> Entry | None:
    if new := _NEW.match(line):
        host, app = (_CENTURY.get(new[k], new[k]) for k in ("host", "app"))
        data = _DATA.match(new["rest"])
        text = new["rest"][data.end() if data else 0 :].lstrip("\ufeff")
        fields = data[0].strip(" -") if data else ""
        columns = _columns(new["pri"], host, fields)
        return Entry(text, iso_stamp(new["time"]), app or host or None, columns)
    if old := _OLD.match(line):
        return Entry(
            old["rest"], _stamp(old["time"]), old["app"], _columns(old["pri"] or "", old["host"], "")
        )
    return None


SYSLOG = log_reader(
    "syslog",
    About(
        known_by="`Mar 18 06:18:04 host program[pid]: text`, or `<134>1 2026-03-18T06:18:04Z host …`",
        exported_by="`/var/log/syslog`, `/var/log/messages`, or the collector's own file; RFC 5424 keeps year and zone",
    ),
    parse,
)


def _stamp(text: str) -> Stamp | None:
    mention = next((m for m in find_times(text) if m.clock), None)
    return stamp_of(mention) if mention else None


def _columns(priority: str, host: str, fields: str) -> tuple[tuple[str, str], ...]:
    level = _LEVELS[int(priority) % 8] if priority else ""
    return tuple((k, v) for k, v in (("level", level), ("host", host), ("data", fields)) if v)
