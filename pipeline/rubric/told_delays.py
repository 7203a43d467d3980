"""A delay until detection that nothing in the document lies before: "detected after 5 minutes"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.documents.spans import span_at
from pipeline.models.document import Document
from pipeline.rubric.chronology import Moment
from pipeline.rubric.durations import find_durations
from pipeline.rubric.told_times import DETECTED, Told, in_words

_NOTICED_IN = re.compile(
    r"\b(?:detect\w*|notice\w*|found|page[sd]?|alert\w*|alarm\w*|fired|time[- ]to[- ]detect(?:ion)?|ttd)\b[^.;]{0,12}(?:\b(?:after|within|in)\s+|:\W*|\bwas )$",
    re.IGNORECASE,
)
_STAT = re.compile(r"\b(?:time[- ]to[- ]detect(?:ion)?|ttd)\W*(?:was )?$", re.IGNORECASE)
_ANSWERED = re.compile(r"\b(?:ack\w*|answer(?:s|ed)|respond(?:s|ed))\b", re.IGNORECASE)
_BEGINS = re.compile(
    r"\bonset\b|\b(?:impact|outage|errors?|failures?|incident)\b[^.;]{0,20}\b(?:begins?|began|starts?|started)\b"
    r"|\bfirst (?:\w+ ){0,2}(?:fail|reject|refus|declin|error|lost|miss)\w*|\b(?:fail|reject|refus|declin|los|miss)\w* (?:the|its|their) first\b"
    r"|\b(?:begins?|began|starts?|started) (?:to fail|failing|to refuse|refusing)\b",
    re.IGNORECASE,
)
_MEANT = re.compile(r"\b(?:should|would|must|will|shall|can|could|ought)\s+\w+[^.;]*$", re.IGNORECASE)
# "Found in 25 minutes what four hours had not": the search took so long, and not the noticing.
_WHAT_WAS_FOUND = re.compile(r"\s*(?:what|which|the|an?|its?|their|two|three)\b", re.IGNORECASE)
_TOOK = re.compile(r"\b(?:took|needed|was|were|passed)\s+(?:\w+\s)?$", re.IGNORECASE)
_TO_NOTICE = re.compile(
    r"\s*(?:to|until|before) (?:\w+ ){0,2}(?:notice|detect|find out|found out|spot|reali[sz]e|saw|see it|discover)(?:t?e?d)?\b",
    re.IGNORECASE,
)
_SINCE_ONSET = re.compile(
    r"\s*(?:after|of|from) (?:the )?(?:onset|start|beginning|impact|first|it (?:had )?(?:began|begun|started))",
    re.IGNORECASE,
)


def find_wrong_delays(document: Document, entries: Sequence[Moment], prose: Sequence[Moment]) -> Told:
    """ "paged at 14:21, 5 minutes after onset": the document must tell something at 14:16."""
    known = sorted({m.at for m in (*entries, *prose)} | {m.until for m in (*entries, *prose) if m.until})
    for sentence in document.sentences:
        if document.sections[sentence.section].part in ("actions", "needs detail", "parked", "prevention"):
            continue
        if _ANSWERED.search(sentence.text):
            continue
        for duration in find_durations(sentence.text):
            behind = sentence.text[duration.end : duration.end + 60]
            before = sentence.text[max(0, duration.start - 40) : duration.start]
            told = _NOTICED_IN.search(before) or (_TO_NOTICE.match(behind) and _TOOK.search(before))
            if _STAT.search(before) and not any(_BEGINS.search(e.text) for e in entries):
                continue  # the timeline does not tell what it is counted from
            if _MEANT.search(sentence.text[: duration.start]):
                continue  # "should raise an alarm after 60 s"
            if re.search(r"\bfound\b", before) and _WHAT_WAS_FOUND.match(behind):
                continue
            since = _SINCE_ONSET.match(behind)
            told = told or (since and DETECTED.search(sentence.text))
            if not (told or re.match(r"\s*(?:after|later)\b", behind)):
                continue
            here = [
                p
                for p in prose
                if sentence.span.start <= p.span.start < sentence.span.end
                and p.span.start < sentence.span.start + duration.start
            ]
            if told and not here:
                ends = [e.at for e in entries if DETECTED.search(e.text)]
                if (
                    ends
                    and entries
                    and not any(
                        duration.fits(end - k) or duration.fits(end.replace(second=0) - k.replace(second=0))
                        for end in ends
                        for k in known
                        if k < end
                    )
                ):
                    yield (
                        span_at(
                            document, sentence.span.start + duration.start, sentence.span.start + duration.end
                        ),
                        f"nothing in the timeline happened {in_words(duration.length)} before detection",
                    )
            elif here and len(here) == 1 and since:
                at = here[0].at
                onset = [k for k in known if k != at]
                if onset and not any(duration.fits(at - k) for k in onset if k <= at):
                    yield (
                        span_at(
                            document, sentence.span.start + duration.start, sentence.span.start + duration.end
                        ),
                        f"nothing in the document began {in_words(duration.length)} before {at:%H:%M} (UTC)",
                    )
