"""The formats, in the order in which they are asked; the first that claims a file reads it."""

from __future__ import annotations

from pipeline.artifacts.formats.alertmanager import ALERTMANAGER
from pipeline.artifacts.formats.csv_rows import TABLE
from pipeline.artifacts.formats.discord import DISCORD
from pipeline.artifacts.formats.documents import DOCUMENT
from pipeline.artifacts.formats.docx import DOCX
from pipeline.artifacts.formats.git_log import GIT_LOG
from pipeline.artifacts.formats.github_actions import GITHUB_ACTIONS
from pipeline.artifacts.formats.github_issue import GITHUB_ISSUE
from pipeline.artifacts.formats.gitlab_csv import GITLAB_CSV
from pipeline.artifacts.formats.gitlab_issue import GITLAB_ISSUE
from pipeline.artifacts.formats.grafana import GRAFANA
from pipeline.artifacts.formats.gzip import GZIP
from pipeline.artifacts.formats.html import HTML
from pipeline.artifacts.formats.incident_io import INCIDENT_IO
from pipeline.artifacts.formats.irc import IRC
from pipeline.artifacts.formats.jira_issue import JIRA_ISSUE
from pipeline.artifacts.formats.journald import JOURNALD
from pipeline.artifacts.formats.json_lines import JSON_LINES
from pipeline.artifacts.formats.json_objects import JSON_OBJECTS
from pipeline.artifacts.formats.kubernetes_events import KUBERNETES_EVENTS
from pipeline.artifacts.formats.log_lines import LOG_LINES
from pipeline.artifacts.formats.logfmt import LOGFMT
from pipeline.artifacts.formats.mail import MAIL
from pipeline.artifacts.formats.mbox import MBOX
from pipeline.artifacts.formats.nginx import NGINX
from pipeline.artifacts.formats.pagerduty import PAGERDUTY
from pipeline.artifacts.formats.pasted_chat import PASTED_CHAT
from pipeline.artifacts.formats.pdf import PDF
from pipeline.artifacts.formats.rootly import ROOTLY
from pipeline.artifacts.formats.slack_export import SLACK_EXPORT
from pipeline.artifacts.formats.slackdump import SLACKDUMP, SLACKDUMP_ARCHIVE
from pipeline.artifacts.formats.status_feed import STATUS_FEED
from pipeline.artifacts.formats.statuspage import STATUSPAGE
from pipeline.artifacts.formats.syslog import SYSLOG
from pipeline.artifacts.formats.teams import TEAMS
from pipeline.artifacts.formats.web_vtt import WEB_VTT
from pipeline.artifacts.reader import Opener, Reader

# What has a text inside that the readers below then read.
OPENERS: tuple[Opener, ...] = (DOCX, PDF, SLACKDUMP_ARCHIVE, GZIP, HTML)

# Those of one service first, by marks that only it has; then forms that many share; what takes anything is last.
READERS: tuple[Reader, ...] = (
    SLACK_EXPORT,
    SLACKDUMP,
    TEAMS,
    DISCORD,
    PAGERDUTY,
    INCIDENT_IO,
    ROOTLY,
    ALERTMANAGER,
    GRAFANA,
    STATUSPAGE,
    GITHUB_ACTIONS,
    GITHUB_ISSUE,
    GITLAB_ISSUE,
    JIRA_ISSUE,
    KUBERNETES_EVENTS,
    JOURNALD,
    JSON_LINES,
    JSON_OBJECTS,
    WEB_VTT,
    STATUS_FEED,
    GIT_LOG,
    MBOX,
    MAIL,
    IRC,
    PASTED_CHAT,
    GITLAB_CSV,
    TABLE,
    SYSLOG,
    NGINX,
    LOGFMT,
    DOCUMENT,
    LOG_LINES,
)
