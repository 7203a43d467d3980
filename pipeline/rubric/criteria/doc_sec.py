"""DOC-SEC: is every required part there, with content?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import pairwise

from pipeline.documents.masking import plain
from pipeline.documents.placeholders import is_left_open, is_nothing, is_template
from pipeline.documents.spans import heading_span
from pipeline.language.measures import is_repair
from pipeline.language.times import find_times
from pipeline.models.document import Document, Part, Section, Span
from pipeline.models.evaluation import Finding
from pipeline.rubric.criteria import det, imp
from pipeline.rubric.criterion import Criterion, finding
from pipeline.rubric.detection_lag import PLANS
from pipeline.rubric.means import Means
from pipeline.rubric.part_labels import announced
from pipeline.rubric.passages import has_body, headed, is_hollow, opening, said_in, said_outside

# Causality in all its words: connectives, verbs of bringing about, nouns of cause.
_CAUSE = re.compile(
    r"\b(?:caus(?:e[ds]?|ing)|because|due to|owing to|thanks to|as a (?:result|consequence)|result(?:s|ed|ing)? (?:of|from|in)"
    r"|le(?:d|ads?) to|which meant|mean(?:s|t|ing) that|so that|therefore|consequently|hence|thus|thereby|trigger\w*|reasons?|stem\w* from"
    r"|traced (?:back )?to|down to|culprit|responsible for|turned out|the (?:problem|issue) (?:was|is|lay)|contribut\w+|aris\w+ from|arose"
    r"|originat\w+|introduced by|mis-?configur\w+|bugs? in|since (?:the|a|an|it|we|they|this|no|our)|as (?:the|a|it) \w+ (?:was|were|had|did)"
    r"|ran out of|without (?:a|an|any) \w+|made (?:it|this|that) possible|behind (?:it|this)(?=:))\b|, so (?:it|they|the|that|all|no|every|nothing)\b",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"\b(?:resolv\w+|mitigat\w+|restor\w+|recover\w+|roll(?:ed|ing|s)?(?: \S+){0,3} ?back|rollback|revert\w*|fix(?:ed|es)?|back (?:to normal|up|online|in service)"
    r"|patched|restart\w+|reboot\w*|renew\w*|replac(?:ed|es|ing)|work(?:s|ed|ing) again|healthy|works? fine|operational|solved|clear(?:ed|s)"
    r"|swap(?:s|ped)|ended it|(?:set|put|switched|moved)(?: \S+){1,4} (?:back|right)|(?:got|came|come) (?:back|out of it)"
    r"|until [^.;\n]{0,40}?(?-i:\b[A-Z]\w+|crews?|vendors?|teams?|engineers?|operators?) (?:had )?\w+(?:ed|t|n|d)"
    r"|remov(?:ed|ing)|delet(?:ed|ing)|increas(?:ed|ing)|disabl(?:ed|ing)|redeploy\w*|scal(?:ed|ing)|terminat(?:ed|ing)|upgrad(?:ed|ing))\b",
    re.IGNORECASE,
)
_LEARNED = re.compile(
    r"\blessons?\b|\b(?:learn(?:ed|t)|taught us|realised|realized) (?:that|how|why|to)\b|\btake (?:one|this|a) (?:thought|lesson|thing)\b|\bwe were (?:un)?lucky\b|\bin hindsight\b"
    r"|\bto our surprise\b|\b(?:we|everybody|nobody|everyone|no one) (?:had )?(?:\w+ ){0,2}?(?:believed|assumed|thought|expected|counted|supposed|taken it|knew|known|asked)\b"
    r"|\b(?:had|has|have) never (?:been )?\w+|\bwhich is why\b|\b(?:saved|helped) us\b|\bworked,? because\b|\b(?:un)?lucky\b|\bpure luck\b",
    re.IGNORECASE,
)
_QUICK = re.compile(r"\W*quick", re.IGNORECASE)
_LISTED = re.compile(r"\s*(?:[-*+•]|\d+[.)])\s+(?:\[[ xX]\]\s+)?")
_TICKET = re.compile(r"\b[A-Z][A-Z0-9]{1,9}-\d+\b(?!-)")
_RANK = re.compile(r"\bP[0-4]\b|\b(?:prio(?:rity)? ?\d|high|medium|low|must|should)\b", re.IGNORECASE)
# To make good what this failure did to somebody or left behind prevents no other one.
_AMENDS = re.compile(
    r"\W*(?:P\d\W+)?(?:apolog\w+|refund\w*|credits?|compensat\w+|reimburs\w+|(?:tell|inform|notify) (?:the )?(?:\w+ )?(?:customers?|users?|clients?|auditors?|partners?)\b"
    r"|(?:delete|remove|correct|re-?send|send|fill|re-?issue|repay)\b[^,;|]*\b(?:wrong|corrected|empty|lost|gaps?|duplicates?)\b)",
    re.IGNORECASE,
)
_NO_ITEMS = re.compile(
    r"\bno (?:further )?(?:action|follow[- ]?up)s?\b[^\n]{0,40}(?:because|:|since|as |needed|required|see )",
    re.IGNORECASE,
)


def find_missing_parts(document: Document, means: Means) -> Iterable[Finding]:
    labels = announced(document)
    for name, parts, present in _PARTS:
        if present(document):
            continue
        if not headed(document, *parts) and labels.intersection(parts) - _READ_OR_NOT:
            continue
        section = next((s for part in parts for s in headed(document, part)), None)
        yield finding(
            document,
            section.span if section else heading_span(document, *parts),
            CRITERION,
            f"the part “{name}” {_what_is_wrong(document, section)}",
            missing=(name,),
            suggestion=CRITERION.advice,
        )


def _what_is_wrong(document: Document, section: Section | None) -> str:
    """Whether the part is absent, blank, a template's, or answered with a word and no reason."""
    if section is None:
        return "is missing"
    body = plain(document.text[section.start : section.end]).strip(" :-–—*#")
    if not re.search(r"\w", body):
        return "has a heading and nothing below it"
    if not section.empty:
        return "says only that it is there, and nothing of what it tells"
    if is_template(body) or len(body) > 60:
        return "holds nothing but a template's text"
    return f"says only “{body}”, and not why"


# A label alone makes no timeline and no item: those count as they are read.
_READ_OR_NOT: frozenset[Part] = frozenset({"timeline", "actions"})

# Where a part without a heading of its own may be told.
_NARRATIVE: tuple[Part, ...] = ("summary", "impact", "timeline", "detection", "resolution", "other")


def _narrated(document: Document, *parts: Part) -> list[str]:
    return [
        s.text
        for s in document.sentences
        if s.block != "heading" and document.sections[s.section].part in parts and not is_hollow(s.text)
    ]


def _has_summary(document: Document) -> bool:
    if headed(document, "summary"):
        return has_body(document, "summary")
    told = [s.text for s in opening(document) if not is_hollow(s.text) and not is_left_open(s.text)]
    return any(len(text.split()) >= 6 for text in told)


def _has_impact(document: Document) -> bool:
    if headed(document, "impact"):
        return has_body(document, "impact")
    if (document.part("summary", "other") and opening(document)) or has_body(document, "summary"):
        # A document that opens with what happened tells the harm there, if it tells it.
        return any(imp.tells_harm(text) for text in _narrated(document, "summary", "other"))
    return imp.is_told(document)


def _has_timeline(document: Document) -> bool:
    return any(
        e.has_clock or e.marked_unknown or (e.time_text and not is_nothing(e.event))
        for e in document.entries
        if not _in_template(document, e.span)
    ) or any(_runs_through(told) for told in _where_times_run(document))


def _where_times_run(document: Document) -> list[str]:
    """The part's own text; every paragraph where nothing is headed so."""
    if own := headed(document, "timeline"):
        return [document.text[s.start : s.end] for s in own]
    return document.text.split("\n\n")


def _runs_through(paragraph: str) -> bool:
    """Whether a paragraph tells three clock times or more, none before the last: a timeline without lines."""
    clocks = [m.clock for m in find_times(paragraph) if m.clock and not m.until_clock]
    rises = sum(later >= earlier for earlier, later in pairwise(clocks))
    return len(clocks) >= 3 and rises >= len(clocks) - 2


def _in_template(document: Document, span: Span) -> bool:
    """Whether it stands where nothing but template text does: a row "hh:mm | name | what happened" is no entry."""
    return any(s.empty and s.heading and s.start <= span.start < s.end for s in document.sections)


def _has_detection(document: Document) -> bool:
    if headed(document, "detection"):
        return has_body(document, "detection")
    return det.is_told(document)


def _has_cause(document: Document) -> bool:
    if headed(document, "root cause"):
        return has_body(document, "root cause")
    return any(_CAUSE.search(text) for text in _narrated(document, *_NARRATIVE))


def _has_resolution(document: Document) -> bool:
    if headed(document, "resolution"):
        return has_body(document, "resolution")
    return any(_ENDED.search(text) for text in _narrated(document, *_NARRATIVE))


def _has_prevention(document: Document) -> bool:
    """A part of its own, or an item that does more than repair what broke; how good it is, PRV says."""
    if headed(document, "prevention"):
        return has_body(document, "prevention")
    return any(
        not _mends_only_this(i.title) and not _QUICK.match(i.type or "")
        for i in document.items
        if i.state in ("open", "done")
    ) or (
        not headed(document, "actions")
        and any(not _mends_only_this(_bare(line)) for line in _tickets(document))
    )


def _mends_only_this(title: str) -> bool:
    return is_repair(title) or bool(_AMENDS.match(title))


def _bare(line: str) -> str:
    return _RANK.sub(" ", _LISTED.sub("", line)).strip(" :,–—-")


def _tickets(document: Document) -> list[str]:
    """List lines that hold a task's ticket and its day or rank, though no heading calls them items."""
    return [
        line
        for line in document.text.split("\n")
        if _LISTED.match(line)
        and _TICKET.search(line)
        and (_RANK.search(line) or any(m.date or m.month_day for m in find_times(line)))
    ]


def _has_items(document: Document) -> bool:
    if not headed(document, "actions") and _tickets(document):
        return True
    if any(
        i.state in ("open", "done", "needs detail")
        and not (is_left_open(i.title) or is_nothing(i.title) or is_hollow(i.title))
        and not _in_template(document, i.span)
        for i in document.items
    ):
        return True
    told = [s for s in said_in(document, "actions") if not is_hollow(s.text)]
    return bool(told) and has_body(document, "actions") and (
        any(_NO_ITEMS.search(s.text) for s in told) or any(len(s.text.split()) >= 5 for s in told)
    )  # fmt: skip


def _has_lessons(document: Document) -> bool:
    if headed(document, "lessons", "went well", "went poorly", "lucky"):
        return has_body(document, "lessons", "went well", "went poorly", "lucky")
    return any(_LEARNED.search(s.text) and not is_hollow(s.text) for s in said_outside(document, *PLANS))


_PARTS: tuple[tuple[str, tuple[Part, ...], Callable[[Document], bool]], ...] = (
    ("summary", ("summary",), _has_summary),
    ("impact", ("impact",), _has_impact),
    ("timeline", ("timeline",), _has_timeline),
    ("detection", ("detection",), _has_detection),
    ("root cause or contributing factors", ("root cause",), _has_cause),
    ("resolution", ("resolution",), _has_resolution),
    ("prevention", ("prevention",), _has_prevention),
    ("action items", ("actions",), _has_items),
    ("lessons", ("lessons", "went well", "went poorly", "lucky"), _has_lessons),
)
_WHOLE = (
    "# Importer stalls\n\n## Summary\n\nOn 4 June 2024 the importer stopped for 65 minutes after build 77 was deployed.\n\n"
    "## Impact\n\nAll 2,300 accounts could not import from 14:03 to 15:08 UTC.\n\n"
    "## Timeline (UTC)\n\n- 13:58 deploy bot rolled out build 77\n- 14:03 Alertmanager paged Ines\n"
    "- 15:08 Ines rolled back build 77 and imports went on\n\n"
    "## Detection\n\nAlert ImporterLag paged Ines at 14:03 UTC, 5 minutes after the rollout.\n\n"
    "## Root cause\n\nThe importer accepts files of any size, and its queue has no limit.\n\n"
    "## Resolution\n\nInes rolled build 77 back.\n\n"
    "## Action items\n\n- Reject files over 2 GB at the gateway for every importer\n\n"
    "## Lessons\n\nThe queue fills in four minutes, not in an hour as the runbook says.\n"
)
CRITERION = Criterion(
    id="DOC-SEC",
    title="a required part is missing or empty",
    unit="document",
    severity="blocking",
    gate="draft",
    rationale=(
        "Summary, impact, timeline, detection, cause, resolution, prevention, action items and lessons each answer a question "
        "that readers come with. Content counts, headings don't: parts may be merged, template text is empty."
    ),
    bad=(
        _WHOLE.replace(
            "## Root cause\n\nThe importer accepts files of any size, and its queue has no limit.\n",
            "## Root cause\n",
        ),
        _WHOLE.replace("- Reject files over 2 GB at the gateway for every importer", "[add here]"),
        _WHOLE.replace("Alert ImporterLag paged Ines at 14:03 UTC, 5 minutes after the rollout.", "see chat"),
        _WHOLE.replace(
            "- Reject files over 2 GB at the gateway for every importer", "- Restart the stuck importer"
        ),
    ),
    good=(
        _WHOLE,
        _WHOLE.replace(
            "## Detection\n\nAlert ImporterLag paged Ines at 14:03 UTC, 5 minutes after the rollout.\n\n", ""
        ),
        _WHOLE.replace("## Root cause", "## Contributing factors"),
    ),
    advice="write two sentences, or say why there is nothing to write",
    check=find_missing_parts,
    needs="english",
)
