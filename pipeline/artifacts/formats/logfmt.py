"""Reads logfmt: `key=value key="quoted value"` lines, told by their message, dated by their own time."""

from __future__ import annotations

import re

from pipeline.artifacts.log_files import Entry, log_reader
from pipeline.artifacts.moments import moment_of
from pipeline.artifacts.reader import About

_PAIR = re.compile(r'([A-Za-z_][\w.@/-]{0,80})=("(?:[^"\\]|\\.)*"|[^\s"]*)(?=\s|$)')
_TIMES = ("ts", "time", "timestamp", "@timestamp", "t", "date")
_WORDS = ("msg", "message", "event")
_LEVELS = ("level", "lvl", "severity")
_ACTORS = ("service", "app", "component", "logger", "caller", "source")


def parse(line: str) -> Entry | None:
    pairs = {m[1]: _unquoted(m[2]) for m in _PAIR.finditer(line[:20_000])}
    if len(pairs) < 3 or not pairs.keys() & {*_TIMES, *_WORDS, *_LEVELS}:
        return None
    stamp = next((s for k in _TIMES if k in pairs and (s := moment_of(pairs[k]))), None)
    message = next((pairs[k] for k in _WORDS if pairs.get(k)), "")
    level = next((pairs[k] for k in _LEVELS if pairs.get(k)), "")
    actor = next((pairs[k] for k in _ACTORS if pairs.get(k)), None)
    used = {*_TIMES, *_WORDS, *_LEVELS, *_ACTORS}
    facts = "; ".join(f"{k}: {v}" for k, v in pairs.items() if k not in used and v)
    text = ": ".join(p for p in (level, message) if p)
    text = f"{text} ({facts})" if text and facts else text or facts
    return Entry(text, stamp, actor, tuple((k, v) for k, v in pairs.items() if v))


LOGFMT = log_reader(
    "logfmt",
    About(
        known_by="Lines of `key=value` pairs, among them a time, a level or `msg`",
        exported_by="The service's own log; `logcli query --output=raw` of Loki",
    ),
    parse,
)


def _unquoted(value: str) -> str:
    return re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value
