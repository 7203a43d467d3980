"""GRD on documents as printed: drafts line by line against their marks, a person's text against the incident."""

from datetime import UTC, date, datetime

import pytest

from pipeline.documents.parse import parse
from pipeline.language.people import People
from pipeline.models.actions import ActionItem, ActionItems, Because, Owner
from pipeline.models.case import Case
from pipeline.models.evaluation import Finding
from pipeline.models.incident import Incident, Person
from pipeline.models.postmortem import Heading, Postmortem, Statement
from pipeline.models.record import Record
from pipeline.rubric.criteria.grd import CRITERION
from pipeline.rubric.means import Means

RECORDS = (
    Record(
        id="E1",
        source="pager.json",
        locator="/0",
        kind="page",
        text="Alert Q-17 fired",
        time=datetime(2030, 5, 2, 9, 14, tzinfo=UTC),
    ),
    Record(
        id="E2",
        source="chat.txt",
        locator="line 9",
        kind="message",
        text="maybe the label cache looks stale to me. I pin label_ttl to 600 s tomorrow, LAB-310",
        time=datetime(2030, 5, 2, 9, 31, tzinfo=UTC),
        actor="Noor Haddad",
        actor_kind="person",
    ),
)
CASE = Case(
    incident=Incident(
        name="labels", id="INC-9", roster=(Person(name="Noor Haddad"), Person(name="Ivo Brandt"))
    ),
    records=RECORDS,
)
DEFINED = '\n[E1]: postmortem.html#E1 "pager.json"\n[E2]: postmortem.html#E2 "chat.txt"\n'
ITEMS = """## Action items

| Id | Action | Type | Owner | Priority | Due | Tracking | Addresses | Source |
|---|---|---|---|---|---|---|---|---|
| A1 | Pin label\\_ttl to 600 s | quick win | {owner} | not stated | {due} | {ticket} | not stated | [E2] |
"""


def findings(text: str, **given: object) -> list[Finding]:
    means = Means(today=date(2030, 6, 1), people=People(), case=CASE, **given)  # type: ignore[arg-type]
    return list(CRITERION.check(parse(text), means))


def told(text: str, **given: object) -> list[tuple[str | None, str]]:
    return [(f.kind, f.text) for f in findings(text, **given)]


def test_a_draft_is_checked_line_by_line_against_its_own_marks() -> None:
    text = (
        "# Labels\n\n## Summary\n\nAlert Q-17 fired at 09:14 [E1].\nAlert Q-17 fired at 09:14 [E2].\n"
        + DEFINED
    )
    assert [(f.line, f.text) for f in findings(text)] == [(6, "Q-17"), (6, "09:14")]


def test_escapes_and_list_numbers_are_no_values() -> None:
    text = "# Labels\n\n## Summary\n\n7. Noor Haddad takes label\\_ttl to **600 s** [E2].\n" + DEFINED
    assert told(text) == []


def test_a_mark_that_leads_nowhere_blocks() -> None:
    (found,) = findings("# Labels\n\n## Summary\n\nAll was well [E7].\n" + DEFINED)
    assert (found.text, found.severity) == ("[E7]", "blocking")


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [("owner", "Ivo Brandt", "owner"), ("due", "2030-05-09", "due"), ("ticket", "LAB-311", "ticket")],
)
def test_a_made_up_field_of_an_item_blocks(field: str, value: str, kind: str) -> None:
    true = {"owner": "Noor Haddad", "due": "2030-05-03", "ticket": "LAB-310"}
    assert told("# Labels\n\n" + ITEMS.format(**true) + DEFINED) == []
    (found,) = findings("# Labels\n\n" + ITEMS.format(**(true | {field: value})) + DEFINED)
    assert (found.kind, found.text, found.severity) == (kind, value, "blocking")


def test_an_open_field_and_a_date_by_policy_are_honest() -> None:
    text = (
        "# Labels\n\n"
        + ITEMS.format(owner="not yet assigned", due="2030-05-16", ticket="not yet filed")
        + DEFINED
    )
    item = ActionItem(
        id="A1",
        title="Pin label_ttl to 600 s",
        owner=Owner(name="x"),
        type="quick win",
        category="prevent",
        because=Because(due="policy: P1 within 14 days"),
    )
    assert told(text, items=ActionItems(items=(item,))) == []
    assert [k for k, _ in told(text)] == ["due"]


def test_a_machine_sentence_without_a_record_blocks_and_a_persons_does_not() -> None:
    text = "# Labels\n\n## Summary\n\nParcels were late.\n" + DEFINED
    draft = Postmortem(
        incident=Heading(id="INC-9", title="Labels"), summary=(Statement(text="Parcels were late."),)
    )
    (found,) = findings(text, postmortem=draft)
    assert (found.line, found.text) == (5, "Parcels were late.")
    assert findings(text, postmortem=draft, edited=True) == []
    added = text.replace("late.", "late [E1]. Marta counted 44 of them.")
    assert findings(added, postmortem=draft, edited=True) == []


def test_a_persons_text_is_held_against_the_whole_incident() -> None:
    text = (
        "# Labels\n\n## Impact\n\nIt began at 09:14 UTC and 600 s were lost; 2,000 parcels were late.\n\n"
        "## Lessons\n\nWe want fewer than 50 keys.\n\n## Action items\n\n- Pin the cache (owner: Ivo Brandt, LAB-310)\n"
    )
    assert told(text) == [("number", "2,000"), ("owner", "Ivo Brandt")]


def test_a_reading_only_advises() -> None:
    (found,) = findings(
        "# Labels\n\n## Root cause\n\nNoor Haddad confirmed the stale label cache [E2].\n" + DEFINED
    )
    assert (found.kind, found.severity) == ("certainty", "advisory")


@pytest.mark.parametrize(("texts", "flagged"), [(CRITERION.bad, True), (CRITERION.good, False)])
def test_the_examples_hold_against_an_incident(texts: tuple[str, ...], flagged: bool) -> None:
    for text in texts:
        assert bool(findings(text)) is flagged, text
