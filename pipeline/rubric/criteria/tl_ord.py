"""TL-ORD: can all the times that the document tells be true?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from pipeline.documents.spans import span_at
from pipeline.language.times import find_times
from pipeline.models.document import Document, Part, Span
from pipeline.models.evaluation import Finding
from pipeline.rubric.chronology import Moment, entry_moments, prose_moments
from pipeline.rubric.criterion import Criterion, finding
from pipeline.rubric.durations import Duration, find_durations
from pipeline.rubric.means import Means

_MINUTE = timedelta(minutes=1)
_MIDNIGHT = timedelta(hours=12)  # a range that goes back by less than this does not cross midnight
_RESOLVED = re.compile(
    r"\b(?:incident|outage|service|issue|impact|everything|site)\b[^.;,]{0,40}?\b(?:resolved|over|closed|ended|restored|recovered)\b"
    r"|^\W*(?:public post:\s*)?(?:resolved|restored|closed|recovered)\b|\ball[- ]clear\b"
    r"|\b(?:declare[sd]?|mark(?:s|ed)|set)\b[^.;,]{0,30}\b(?:resolved|over|closed)\b|\bclose[sd]?\b[^.;,]{0,20}\bincident\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(r"\b(?:not|n't|no longer|never|reopen\w*|again|would|will|should|falsely|prematurely|believed|thought)\b", re.I)
_DETECTED = re.compile(
    r"\b(?:alerts?|alarms?|monitor\w*|probes?|canary|pager\w*|\w+(?:High|Low|Down|Errors?|Failed))\b[^.;]{0,60}\b(?:fire[sd]?|page[sd]?|trigger(?:s|ed)|alert(?:s|ed)|went off)\b"
    r"|\b(?:detected|detection)\b|\bfirst (?:customer |user |support )?(?:reports?|calls?|complaints?|tickets?|alerts?|pages?)\b|\bpage[sd]\b",
    re.IGNORECASE,
)
_LABELS: tuple[tuple[str, str], ...] = (  # in the order in which they must be true
    ("start", r"(?:impact |incident |outage |fault )?(?:start(?:s|ed)?|began|begins?|onset|occur(?:s|red)?)(?: time)?|start(?: of (?:impact|incident|outage))?"),
    ("detection", r"(?:first |fault |incident )?detect(?:ed|ion)(?: time)?|time of detection"),
    ("repair", r"(?:incident )?(?:mitigated|repaired|recovered|restored)(?: time)?"),
    ("resolution", r"(?:incident |impact |outage )?(?:resolved|end(?:s|ed)?|over|closed)(?: time)?|end(?: of (?:impact|incident|outage))?"),
)  # fmt: skip
_LABEL_LINE = re.compile(r"^[\s*_|>-]*(?P<label>[A-Za-z][A-Za-z ]{2,28}?)(?:\s*\([^)]*\))?[\s*_]*(?:[:|]|(?=\s\d{4}-))[\s*_|]*(?P<rest>[^\n|]{4,80})", re.M)
_DEPLOYED = re.compile(r"\b(?:deploy(?:ed|s|ment)?|roll(?:ed|s)? ?out|rollout|releas(?:ed?|es)|shipp?(?:ed|s)|promoted|pushed|merged)\b", re.I)
_ROLLED_BACK = re.compile(r"\b(?:roll(?:ed|s|ing)?[ -]?back(?!\s+to)|rollback of|revert(?:ed|s)?(?!\s+to))\b", re.IGNORECASE)
_RELEASE = re.compile(r"\b(?:build|release|version|deploy(?:ment)?|change|pull request|pr|commit|revision)\s*#?([\w.-]*\d[\w.-]*)|(?<![\w.])(v\d[\w.-]*)|#(\d+)", re.I)
_LASTED = re.compile(
    r"\b(?:last(?:ed|s|ing)|duration|downtime|outage(?: time)?|took|for|total(?:ling|ing)?|over|unavailable|down|within|=|time to \w+)\b"
    r"|\(|^|:|-minute|-hour",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"(?:^|[.|*_\s>-])(?:total |incident |outage |impact )?(?:duration|downtime|outage time|length)(?:\s*\([^)]*\))?[\s*_]*[:|][\s*_|]*$"
    r"|\b(?:incident|outage|impact|degradation|disruption|downtime)\b[^.;]{0,30}\blast(?:ed|s)\s+(?:for\s+)?(?:a total of\s+)?$"
    r"|\b(?:was|were) (?:down|unavailable|unreachable|offline)\b[^.;]{0,20}\bfor\s+(?:a total of\s+)?$",
    re.IGNORECASE,
)
_STOPPED_FOR = re.compile(
    r"\b(?:stopped|stayed|failed|broke\w*|locked|down|unavailable|unreachable|inaccessible|offline|empty|refused|blocked|halted|stalled"
    r"|out of service|affected|degraded|interrupted|disrupted|returned|served|outage|disruption|could not|unable to|got no|were not)\b"
    r"[^.;()]{0,80}\b(?:for|lasting|lasted)\s+(?:a total of\s+)?$",
    re.IGNORECASE,
)
_RECOVERED = re.compile(
    r"\b(?:recover\w*|clear(?:ed|s)|restor\w*|back (?:to|under|up|online|at)|again|normal|resum\w*|healthy|drained|succeed\w*|rolled back"
    r"|went on|worked off|empty|confirmed)\b",
    re.IGNORECASE,
)
_SPANNED = re.compile(r"→|->|^\W*(?:to|until|till|–|and)\W*$", re.IGNORECASE)
_HOURS = re.compile(r"\b(?:hours|during|shift|window|coverage|schedule)\W*$", re.IGNORECASE)
_SKEW = re.compile(r"\b(?:clock|skew|drift|fast|slow)\b[^.\n]{0,60}\b(?:clock|skew|drift|fast|slow|seconds?|corrected|adjusted)\b", re.IGNORECASE)
_PERSISTS = re.compile(
    r"\b(?:errors?|failures?|5xx|50\d|timeouts?|outage|impact|degradation|requests?|customers?|users?|checkouts?)\b[^.;]{0,40}?\b(?:continue[sd]?|persist(?:s|ed)?"
    r"|still|keeps?|kept|until|stop(?:s|ped)?|cease[sd]?|end(?:s|ed)?)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:no|not|none|zero|0|without|never)\b|n't\b", re.IGNORECASE)


def find_contradictions(document: Document, means: Means) -> Iterable[Finding]:
    entries = entry_moments(document)
    prose = tuple(prose_moments(document))
    told = [
        *_backward_ranges(document, [*entries, *prose]),
        *_windows_and_durations(document),
        *_labels(document),
        *_resolution_before_detection(entries),
        *_rollback_before_deploy(entries),
        *_same_event_two_zones(entries, prose),
        *_delays(document, entries, prose),
        *_impact_ends_early(entries, prose),
        *_totals(document, entries, prose),
    ]
    seen: set[int] = set()
    skewed = bool(_SKEW.search(document.text))
    for span, message in told:
        if span.line not in seen and not (skewed and "seconds" in message):
            seen.add(span.line)
            yield finding(document, span, CRITERION, message, suggestion=CRITERION.advice)


Told = Iterator[tuple[Span, str]]


def _backward_ranges(document: Document, moments: Sequence[Moment]) -> Told:
    for moment in moments:
        m = moment.mention
        if m is None or m.clock is None or m.until_clock is None or m.until_date is not None:
            continue
        start = datetime.combine(datetime.min, m.clock)
        end = datetime.combine(datetime.min, m.until_clock)
        if timedelta(0) < start - end < _MIDNIGHT:
            yield moment.span, f"the range {m.text} ends before it begins"


def _windows_and_durations(document: Document) -> Told:
    """A duration beside the two times that it is between: "lasted 35 minutes: 14:03 to 15:08"."""
    for start, end in _units(document):
        text = document.text[start:end]
        mentions = [m for m in find_times(text) if m.clock]
        window = [m for m in mentions if m.until_clock]
        if len(window) == 1 and len(mentions) == 1:
            clocks = window[0].clock, window[0].until_clock
        elif len(mentions) == 2 and _SPANNED.search(text[mentions[0].end : mentions[1].start]):
            if mentions[0].zone and mentions[1].zone and mentions[0].zone != mentions[1].zone:
                continue
            clocks = mentions[0].clock, mentions[1].clock
        else:
            continue
        if _HOURS.search(text[: mentions[0].start]):
            continue  # "during support hours 10:00-17:00"
        durations = [d for d in find_durations(_blanked(text, mentions)) if _LASTED.search(text[max(0, d.start - 24) : d.start])]
        if len(durations) != 1 or clocks[0] is None or clocks[1] is None:
            continue
        apart = (datetime.combine(datetime.min, clocks[1]) - datetime.combine(datetime.min, clocks[0])) % timedelta(days=1)
        days = [m.date for m in mentions if m.date] + [m.until_date for m in mentions if m.until_date]
        if len(set(days)) > 1:
            continue
        stated = durations[0]
        if not stated.fits(apart) and stated.length < timedelta(days=1):
            yield (
                span_at(document, start + stated.start, start + stated.end),
                f"“{text[stated.start : stated.end].strip()}” is not what lies between "
                f"{clocks[0]:%H:%M} and {clocks[1]:%H:%M} ({_words(apart)})",
            )


def _units(document: Document) -> Iterator[tuple[int, int]]:
    """Stretches within which a duration and its window belong together: a sentence, or a row of a table."""
    rows: set[int] = set()
    lines = document.lines
    for sentence in document.sentences:
        if sentence.block == "cell":
            number = sentence.span.line
            if number not in rows:
                rows.add(number)
                yield lines[number - 1], (lines[number] - 1 if number < len(lines) else len(document.text))
        elif sentence.block != "heading":
            yield sentence.span.start, sentence.span.end


def _blanked(text: str, mentions: Sequence[object]) -> str:
    for m in mentions:
        start, end = m.start, m.end  # type: ignore[attr-defined]
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _labels(document: Document) -> Told:
    """`Detected: …`, `Resolved: …`: labelled times in the only order in which they can be true."""
    found: list[tuple[int, str, datetime, Span]] = []
    for match in _LABEL_LINE.finditer(document.text):
        label = match["label"].strip().lower()
        rank = next((i for i, (_, pattern) in enumerate(_LABELS) if re.fullmatch(pattern, label)), None)
        mention = next((m for m in find_times(match["rest"]) if m.clock), None)
        if rank is None or mention is None or mention.clock is None:
            continue
        day = mention.date or document.declared_date
        if day is not None:
            at = datetime.combine(day, mention.clock) - (mention.offset or timedelta(0))
            found.append((rank, label, at, span_at(document, match.start("label"), match.end("rest"))))
    if len({r for r, *_ in found}) < len(found):
        return  # a label told twice: several incidents in one document
    for (rank, label, at, _), (later_rank, later_label, later_at, span) in zip(found, found[1:], strict=False):
        if rank < later_rank and later_at < at - _MINUTE:
            yield span, f"{later_label} ({later_at:%d %b %Y %H:%M}) is before {label} ({at:%d %b %Y %H:%M})"
        elif rank > later_rank and later_at > at + _MINUTE:
            yield span, f"{later_label} ({later_at:%d %b %Y %H:%M}) is after {label} ({at:%d %b %Y %H:%M})"


def _resolution_before_detection(entries: Sequence[Moment]) -> Told:
    resolved = [e for e in entries if _RESOLVED.search(e.text) and not _NOT_YET.search(e.text)]
    detected = [e for e in entries if _DETECTED.search(e.text) and e not in resolved and not _NEGATED.search(e.text)]
    if resolved and detected:
        last, first = max(resolved, key=lambda e: e.at), min(detected, key=lambda e: e.at)
        if last.at < first.at - _MINUTE:
            yield last.span, f"the incident ends at {last.at:%H:%M}, before it is detected at {first.at:%H:%M} (UTC)"


def _rollback_before_deploy(entries: Sequence[Moment]) -> Told:
    deployed: dict[str, Moment] = {}
    for e in entries:
        if _DEPLOYED.search(e.text) and not _ROLLED_BACK.search(e.text):
            for name in _releases(e.text):
                deployed.setdefault(name, e)
    for e in entries:
        if match := _ROLLED_BACK.search(e.text):
            for name in _releases(e.text[match.start() :].split(" to ")[0]):
                if name in deployed and e.at < deployed[name].at - _MINUTE:
                    yield e.span, f"{name} is rolled back at {e.at:%H:%M}, before it is deployed at {deployed[name].at:%H:%M} (UTC)"


def _releases(text: str) -> set[str]:
    return {next(g for g in m.groups() if g).lower().strip(".") for m in _RELEASE.finditer(text)}


def _same_event_two_zones(entries: Sequence[Moment], prose: Sequence[Moment]) -> Told:
    """14:03 UTC in the prose and 14:03 CEST in the timeline: one clock, two instants."""
    instants = {e.at.replace(second=0) for e in entries}
    for p in prose:
        m = p.mention
        if m is None or m.zone is None or m.clock is None or p.at.replace(second=0) in instants:
            continue
        for e in entries:
            other = e.mention
            if other is None or other.clock is None or (other.clock.hour, other.clock.minute) != (m.clock.hour, m.clock.minute):
                continue
            shift = abs(e.at - p.at)
            if timedelta(minutes=20) < shift <= timedelta(hours=14) and _alike(p.text, e.text):
                yield p.span, f"{m.text} here and {other.clock:%H:%M} in the timeline (line {e.span.line}) are not the same instant"
                break


_WORD = re.compile(r"[A-Za-z][\w-]{3,}")


def _alike(one: str, other: str) -> bool:
    """Whether two texts speak of the same thing: they share a word of some length."""
    words = [{w.lower()[:6] for w in _WORD.findall(t)} for t in (one, other)]
    return bool(words[0] & words[1] - {"about", "after", "before", "their", "which", "while", "first"})


def _delays(document: Document, entries: Sequence[Moment], prose: Sequence[Moment]) -> Told:
    """ "paged at 14:21, 5 minutes after onset": the document must tell something at 14:16."""
    known = sorted({m.at for m in (*entries, *prose)} | {m.until for m in (*entries, *prose) if m.until})
    for sentence in document.sentences:
        if document.sections[sentence.section].part in ("actions", "needs detail", "parked", "prevention"):
            continue
        for duration in find_durations(sentence.text):
            behind = sentence.text[duration.end : duration.end + 60]
            before = sentence.text[max(0, duration.start - 40) : duration.start]
            told = re.search(r"\b(?:detect\w*|notice\w*|found|page[sd]?|alert\w*|fired)\b[^.;]{0,12}\b(?:after|within|in)\s+$", before, re.I)
            if not (told or re.match(r"\s*(?:after|later)\b", behind)):
                continue
            here = [p for p in prose if sentence.span.start <= p.span.start < sentence.span.end and p.span.start < sentence.span.start + duration.start]
            if told and not here:
                ends = [e.at for e in entries if _DETECTED.search(e.text)]
                if ends and entries and not any(
                    duration.fits(end - k) or duration.fits(end.replace(second=0) - k.replace(second=0)) for end in ends for k in known if k <= end
                ):
                    yield (
                        span_at(document, sentence.span.start + duration.start, sentence.span.start + duration.end),
                        f"nothing in the timeline happened {_words(duration.length)} before detection",
                    )
            elif here and len(here) == 1 and re.match(r"\s*after (?:the )?(?:onset|start|beginning|impact|first|it (?:began|started))", behind, re.I):
                at = here[0].at
                onset = [k for k in known if k != at]
                if onset and not any(duration.fits(at - k) for k in onset if k <= at):
                    yield (
                        span_at(document, sentence.span.start + duration.start, sentence.span.start + duration.end),
                        f"nothing in the document began {_words(duration.length)} before {at:%H:%M} (UTC)",
                    )


def _impact_ends_early(entries: Sequence[Moment], prose: Sequence[Moment]) -> Told:
    windows = [p for p in prose if p.part == "impact" and p.until is not None and not p.approximate]
    if not windows:
        return
    last = max(windows, key=lambda p: p.until or p.at)
    end = last.until or last.at
    for e in entries:
        stated = e.until or e.at
        if stated > end + 2 * _MINUTE and _PERSISTS.search(e.text) and not _NEGATED.search(e.text):
            yield (
                last.span,
                f"impact ends at {end:%d %b %H:%M} here, but the timeline tells of it until {stated:%d %b %H:%M} "
                f"(UTC, line {e.span.line})",
            )
            return


def _totals(document: Document, entries: Sequence[Moment], prose: Sequence[Moment]) -> Told:
    """A stated total that no beginning and no end of the document are apart."""
    spans = list(_lengths(entries, prose))
    if not spans:
        return
    told: set[Part] = set()
    for sentence in document.sentences:
        part = document.sections[sentence.section].part
        if part not in ("summary", "impact", "other", "latencies") or any(m.clock for m in find_times(sentence.text)):
            continue
        for duration in find_durations(sentence.text):
            before = sentence.text[: duration.start]
            labelled = bool(_TOTAL.search(before))
            if not labelled and (part in told or duration.rough or not _STOPPED_FOR.search(before)):
                continue
            told.add(part)
            if duration.length >= 2 * _MINUTE and not _reachable(duration, spans):
                yield (
                    span_at(document, sentence.span.start + duration.start, sentence.span.start + duration.end),
                    f"no beginning and no end that the document tells are {_words(duration.length)} apart",
                )


def _lengths(entries: Sequence[Moment], prose: Sequence[Moment]) -> Iterator[timedelta]:
    """How far apart the moments are at which it may have begun and ended."""
    over = [e for e in entries if _RESOLVED.search(e.text) or _RECOVERED.search(e.text)]
    ends = [e.until or e.at for e in over]
    if entries:
        ends.append(max(e.until or e.at for e in entries))
    starts = [e.at for e in entries if e not in over]
    yield from (end - start for start in starts for end in ends if end > start)
    for p in prose:
        if p.until:
            yield p.until - p.at
        if p.part in ("summary", "impact", "detection", "other"):
            yield from (end - p.at for end in ends if end > p.at)
            yield from (p.at - start for start in starts if p.at > start)


def _reachable(duration: Duration, spans: Sequence[timedelta]) -> bool:
    """A round total ("20 minutes", "2 hours") is taken as rounded."""
    round_number = duration.length % timedelta(minutes=5) == timedelta(0)
    slack = max(duration.tolerance, duration.length / 8) if round_number else duration.tolerance
    return any(abs(span - duration.length) <= slack for span in spans)


def _words(length: timedelta) -> str:
    minutes = round(length.total_seconds() / 60)
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if hours else f"{minutes} min"


CRITERION = Criterion(
    id="TL-ORD",
    title="times that contradict each other",
    unit="list",
    severity="blocking",
    gate="draft",
    rationale=(
        "A false record teaches false lessons. An end before its start, a duration that its own times don't give, a rollback "
        "before its deployment or one clock in two zones cannot all be true. Entries out of order are a matter of style."
    ),
    bad=(
        "# Importer stalls, 4 June 2024\n\n## Timeline (UTC)\n\n- 14:52 Alertmanager alert ImporterLag fired\n"
        "- 14:40 Ines declared the incident resolved\n",
        "# Importer stalls, 4 June 2024\n\n## Impact\n\nThe outage lasted 35 minutes: 14:03 to 15:08 UTC.\n",
        "# Importer stalls, 4 June 2024\n\n## Summary\n\nThe lag alert fired at 14:03 UTC.\n\n## Timeline (CEST)\n\n"
        "- 14:03 the lag alert fired\n- 14:20 Ines restarted the importer\n",
        "# Importer stalls, 4 June 2024\n\n## Timeline (UTC)\n\n- 14:20 Ines rolled back build 77\n- 14:31 deploy bot deployed build 77\n",
    ),
    good=(
        "# Importer stalls, 4 June 2024\n\n## Impact\n\nThe outage lasted 65 minutes: 14:03 to 15:08 UTC.\n",
        "# Importer stalls, 4 June 2024\n\n## Summary\n\nThe lag alert fired at 14:03 UTC.\n\n## Timeline (CEST)\n\n"
        "- 16:03 the lag alert fired\n- 16:20 Ines restarted the importer\n",
        "# Importer stalls, 4 June 2024\n\n## Timeline (UTC)\n\n- 14:52 Ines declared the incident resolved\n- 14:03 ImporterLag paged Ines\n",
    ),
    advice="check which of the two the record supports and correct the other, or say that sources disagree",
    check=find_contradictions,
)
