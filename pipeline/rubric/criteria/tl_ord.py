"""TL-ORD: can all the times that the document tells be true?"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.models.document import Document
from pipeline.models.evaluation import Finding
from pipeline.rubric.accounts import find_two_accounts
from pipeline.rubric.chronology import entry_moments, prose_moments
from pipeline.rubric.criterion import Criterion, finding
from pipeline.rubric.detection_lag import PLANS
from pipeline.rubric.endings import find_close_before_call
from pipeline.rubric.labelled_times import (
    find_labels_out_of_order,
    find_wrong_labelled_lengths,
    labelled_times,
    spans_of,
)
from pipeline.rubric.lengths import find_wrong_durations, find_wrong_totals
from pipeline.rubric.means import Means
from pipeline.rubric.order import (
    find_backward_ranges,
    find_day_that_goes_back,
    find_end_before_detection,
    find_impact_after_its_end,
    find_one_clock_in_two_zones,
    find_rollback_before_deploy,
)
from pipeline.rubric.told_delays import find_wrong_delays
from pipeline.rubric.told_gaps import (
    find_end_before_start,
    find_wrong_gaps,
    find_wrong_lags,
    find_wrong_prose_lags,
    find_wrong_steps,
)
from pipeline.rubric.two_clocks import find_clocks_that_disagree, find_columns_that_disagree

_SKEW = re.compile(
    r"\bclocks?\b[^.\n]{0,60}\b(?:fast|slow|ahead|behind|off|wrong|skew\w*|drift\w*|corrected|adjusted)\b"
    r"|\b(?:fast|slow|wrong|skew\w*|drift\w*)\b[^.\n]{0,30}\bclocks?\b|\b(?:clock|time)[- ](?:skew|drift)\b",
    re.IGNORECASE,
)


def find_contradictions(document: Document, means: Means) -> Iterable[Finding]:
    if _SKEW.search(document.text):
        return  # a clock that is named as wrong explains what disagrees
    entries = entry_moments(document)
    planned = [(i.span.start, i.span.end) for i in document.items]
    prose = tuple(
        m
        for m in prose_moments(document)
        if m.part not in PLANS and not any(s <= m.span.start < e for s, e in planned)
    )
    labelled = labelled_times(document)
    told = [
        *find_backward_ranges(document, [*entries, *prose]),
        *find_wrong_durations(document),
        *find_labels_out_of_order(labelled),
        *find_wrong_labelled_lengths(document, labelled),
        *find_wrong_gaps(document),
        *find_end_before_start(document),
        *find_wrong_lags(document, entries),
        *find_wrong_prose_lags(document, entries),
        *find_wrong_steps(document),
        *find_clocks_that_disagree(document),
        *find_columns_that_disagree(document),
        *find_end_before_detection(entries),
        *find_close_before_call(entries),
        *find_day_that_goes_back(entries),
        *find_rollback_before_deploy(entries),
        *find_one_clock_in_two_zones(entries, prose),
        *find_wrong_delays(document, entries, prose),
        *find_impact_after_its_end(entries, prose),
        *find_wrong_totals(document, entries, prose, spans_of(labelled)),
        *find_two_accounts(entries, prose),
    ]
    seen: set[int] = set()
    for span, message in told:
        if span.line not in seen:
            seen.add(span.line)
            yield finding(document, span, CRITERION, message, suggestion=CRITERION.advice)


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
