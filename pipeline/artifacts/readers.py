"""The readers, in the order in which they are asked; the first that claims a file reads it."""

from __future__ import annotations

from pipeline.artifacts.csv_rows import TABLE
from pipeline.artifacts.documents import DOCUMENT
from pipeline.artifacts.git_log import GIT_LOG
from pipeline.artifacts.irc import IRC
from pipeline.artifacts.json_objects import JSON_OBJECTS
from pipeline.artifacts.log_lines import LOG_LINES
from pipeline.artifacts.mail import MAIL
from pipeline.artifacts.pagerduty import PAGERDUTY
from pipeline.artifacts.pasted_chat import PASTED_CHAT
from pipeline.artifacts.reader import Reader
from pipeline.artifacts.slack_export import SLACK_EXPORT
from pipeline.artifacts.web_vtt import WEB_VTT

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
