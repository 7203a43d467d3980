"""Good postmortems in five layouts pass the gate `publish`; a defect planted in one is found on its line."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.models.evaluation import DocumentResult
from pipeline.rubric.engine import check, default_means

FOLDER = Path(__file__).parent / "documents"
WRITTEN = {  # the day on which each was written, for what is overdue
    "label_printing_tables.md": date(2024, 9, 16),
    "payouts_bullets.md": date(2025, 2, 6),
    "search_plain.txt": date(2023, 11, 25),
    "badges_dashes.md": date(2024, 5, 10),
    "checkout_headings.md": date(2024, 3, 7),
}
TABLES, BULLETS, PLAIN, DASHES, HEADINGS = WRITTEN
# (document, criterion, what stood there, what stands there now, words on the line that the finding must name:
# None where that is the first line that changed)
PLANTED = [
    (TABLES, "AI-OWN", "consumer | Ivo Brandt |", "consumer | TBD |", None),
    (TABLES, "AI-OWN", "shift dashboard | Noor Haddad |", "shift dashboard | the team |", None),
    (TABLES, "AI-PRI", "Noor Haddad | P2 |", "Noor Haddad | soon |", None),
    (TABLES, "AI-DUE", "2024-10-04", "next sprint", None),
    (TABLES, "AI-DUE", "2024-09-27", "2024-09-01", None),
    (TABLES, "AI-TRK", "LAB-312", "LAB-XXX", None),
    (TABLES, "AI-TYPE", "LAB-311 | systemic |", "LAB-311 | |", None),
    (TABLES, "TL-TIME", "| 09:20 | Ivo", "| shortly after | Ivo", None),
    (TABLES, "TL-ACTOR", "| Ivo Brandt | Rolled build 5510", "| | Rolled build 5510", None),
    (TABLES, "TL-ORD", "09:04–10:27 UTC (83 minutes)", "09:04–10:27 UTC (53 minutes)", None),
    (TABLES, "TL-ORD", "for 83 minutes. A schema", "for 38 minutes. A schema", None),
    (TABLES, "TL-ORD", "| 10:40 | Noor Haddad | Closed", "| 09:08 | Noor Haddad | Closed", None),
    (TABLES, "DET", "Alert LabelErrorRate (5xx above 5% for 5 minutes) paged Noor Haddad at 09:11 UTC, 7 minutes after the first"
                    " failed label.", "We became aware of the problem and started to look into it.", "## Detection"),
    (TABLES, "DOC-SEC", "Ivo Brandt rolled build 5510 back to 5507 at 10:02 UTC; error rates were back under 0.1% at 10:27"
                        " UTC.", "TBD", "## Resolution"),
    (BULLETS, "AI-OWN", "Owner: Jarno Salmi\n  * Priority: medium", "Owner: we\n  * Priority: medium", None),
    (BULLETS, "AI-PRI", "  * Priority: medium", "  * Priority: ASAP", None),
    (BULLETS, "AI-DUE", "  * Due: 28 March 2025", "  * Due: end of month", None),
    (BULLETS, "AI-TRK", "[PAYOUT-92](https://tracker.example/browse/PAYOUT-92)", "discussed in #inc-77", None),
    (BULLETS, "AI-TYPE", "PAYOUT-93)\n  * Type: quick win", "PAYOUT-93)", "Report a refused TLS"),
    (BULLETS, "TL-TIME", "* **07:58** – Jarno restarted", "* A bit later – Jarno restarted", None),
    (BULLETS, "TL-ACTOR", "Jarno found the expired certificate in", "the expired certificate was found in", None),
    (BULLETS, "TL-ACTOR", "Anneli paged the payments on-call, Jarno Salmi", "escalated", None),
    (BULLETS, "TL-ORD", "at 07:35, 95 minutes after the first", "at 07:35, 15 minutes after the first", None),
    (BULLETS, "TL-ORD", "from 06:00 to 09:40.", "from 09:40 to 06:00.", None),
    (BULLETS, "IMP", "* 214 of 3,050 merchants (7%) received their payouts late, worth 1.2 million euros in total.\n",
                     "* Some merchants received their payouts late.\n", "## What was the impact?"),
    (BULLETS, "PRV", "Renew every client certificate in the certificate service, and fail the build where a host manages its own",
                     "Renew the certificate of the payout gateway by hand in production", "## What will we do?"),
    (PLAIN, "AI-OWN", "page type. Owner: Owen Pryce. Priority", "page type. Priority", None),
    (PLAIN, "AI-PRI", " Priority: P3.", "", "Delete warm-up job 771's"),
    (PLAIN, "AI-DUE", "Due: 2023-12-08", "Due: TBD", None),
    (PLAIN, "AI-TRK", "Ticket: SRCH-206", "Ticket: to be created", None),
    (PLAIN, "TL-TIME", "13:44 Leila Azimi: found", "Then Leila Azimi: found", None),
    (PLAIN, "TL-ACTOR", "13:52 Owen Pryce: flushed the guest keys", "13:52 the guest keys were flushed", None),
    (PLAIN, "TL-ORD", "in Frankfurt failed at 13:15 UTC", "in Frankfurt failed at 13:15 CET", None),
    (PLAIN, "DOC-REV", " by the support lead and Mara Toth (product): approved", " by the team", None),
    (PLAIN, "DET", "The synthetic search probe in Frankfurt failed at 13:15 UTC, 3 minutes after the first empty page, and paged"
                   " Leila Azimi.", "Monitoring worked well.", "Detection\n"),
    (PLAIN, "IMP", "All guest users (about 61% of sessions, 18,400 searches) got no results", "Some guests had trouble",
                   "Impact\nSome guests"),
    (DASHES, "AI-OWN", "— Pieter Vos — 2024-06-14", "— Pieter or Sanne — 2024-06-14", None),
    (DASHES, "AI-OWN", "— access-control team —", "— someone from infra —", None),
    (DASHES, "AI-PRI", "- [ ] **P2** Store", "- [ ] Store", None),
    (DASHES, "AI-DUE", "— 2024-09-30 —", "— ongoing —", None),
    (DASHES, "AI-DUE", "— 2024-06-14 —", "— 2023-06-14 —", None),
    (DASHES, "AI-TRK", " — DOOR-41 —", " —", None),
    (DASHES, "TL-TIME", "- 08:19 – Pieter", "- Around breakfast – Pieter", None),
    (DASHES, "TL-ACTOR", "09:30 – Pieter Vos closed the incident", "09:30 – incident closed", None),
    (DASHES, "TL-ORD", "for 52 minutes because", "for 25 minutes because", None),
    (DASHES, "IMP", "640 employees could not enter from 07:48 to 08:40 CEST. No data was lost.", "Minor impact.", "**Impact**"),
    (HEADINGS, "AI-OWN", "- **Owner**: pricing team", "- **Owner**: everyone", None),
    (HEADINGS, "AI-PRI", "- **Priority**: P0", "- **Priority**: SEV1", None),
    (HEADINGS, "AI-DUE", "- **Due**: 2024-04-05", "- **Due**: 04/05/2024", None),
    (HEADINGS, "AI-TRK", "- **Ticket**: OPS-1204", "- **Ticket**: #12", None),
    (HEADINGS, "AI-TYPE", "QUEUE-17\n- **Type**: systemic", "QUEUE-17", "#### A1"),
    (HEADINGS, "TL-TIME", "### 16:40 UTC", "### Some time later", None),
    (HEADINGS, "TL-ACTOR", "Kofi Mensah decided to move", "It was decided to move", None),
    (HEADINGS, "DOC-SEC", "- A consumer that retries for ever is an outage with a delay; eleven services use the same client.\n- The"
                          " bridge found the message by its age, not by its content: age per partition is on no dashboard but"
                          " this team's.\n", "- [Describe what went well here]\n", "## Takeaways"),
]  # fmt: skip


def judged(name: str, text: str) -> DocumentResult:
    return check(text, path=name, gate="publish", profile="haiku", means=default_means(WRITTEN[name]))


def line_of(text: str, words: str) -> int:
    return text.count("\n", 0, text.index(words)) + 1


@pytest.mark.parametrize("name", WRITTEN)
def test_a_good_postmortem_of_any_layout_is_accepted_at_publish(name: str) -> None:
    result = judged(name, (FOLDER / name).read_text("utf-8"))
    assert [(f.line, f.criterion, f.message) for f in result.findings if f.severity == "blocking"] == []
    assert result.verdict == "accepted"


@pytest.mark.parametrize(("name", "criterion", "was", "now", "line_says"), PLANTED)
def test_a_planted_defect_is_found_under_its_criterion_and_on_its_line(
    name: str, criterion: str, was: str, now: str, line_says: str | None
) -> None:
    good = (FOLDER / name).read_text("utf-8")
    assert good.count(was) == 1
    bad = good.replace(was, now)
    first_changed = next(n for n, (a, b) in enumerate(zip(good, bad, strict=False)) if a != b)
    line = line_of(bad, line_says) if line_says else bad.count("\n", 0, first_changed) + 1
    found = [f for f in judged(name, bad).findings if f.criterion == criterion]
    assert any(f.line <= line <= f.end_line for f in found), [(f.line, f.end_line, f.message) for f in found]
