"""The readers, in the order in which they are asked; the first that claims a file reads it."""

from __future__ import annotations

from pipeline.artifacts.formats.csv_rows import TABLE
from pipeline.artifacts.formats.documents import DOCUMENT
from pipeline.artifacts.formats.git_log import GIT_LOG
from pipeline.artifacts.formats.irc import IRC
from pipeline.artifacts.formats.json_objects import JSON_OBJECTS
from pipeline.artifacts.formats.log_lines import LOG_LINES
from pipeline.artifacts.formats.mail import MAIL
from pipeline.artifacts.formats.pagerduty import PAGERDUTY
from pipeline.artifacts.formats.pasted_chat import PASTED_CHAT
from pipeline.artifacts.formats.slack_export import SLACK_EXPORT
from pipeline.artifacts.formats.web_vtt import WEB_VTT
from pipeline.artifacts.reader import Reader

READERS: tuple[Reader, ...] = (
    SLACK_EXPORT,
    PAGERDUTY,
    JSON_OBJECTS,
    WEB_VTT,
    GIT_LOG,
    MAIL,
    IRC,
    PASTED_CHAT,
    TABLE,
    DOCUMENT,
    LOG_LINES,
)
