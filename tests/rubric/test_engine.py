"""What rejects and what does not: gates, profiles, languages, and a criterion that breaks."""

from datetime import date

import pytest

from pipeline.documents.parse import parse
from pipeline.models.evaluation import Finding, Waiver
from pipeline.rubric import engine
from pipeline.rubric.criterion import Criterion
from pipeline.rubric.engine import check, default_means, verdict_of

MEANS = default_means(date(2024, 6, 10))
UNOWNED = (
    "## Action items\n\n- [systemic] Reject files over 2 GB at the gateway for every importer (owner: TBD)\n"
)
GERMAN = """# Ausfall der Anmeldung

## Zusammenfassung

Am Vormittag konnten sich die Kunden nicht anmelden, weil ein Zertifikat abgelaufen war. Das Team hat den Ausfall erst nach
einer halben Stunde bemerkt. Danach wurde das Zertifikat erneuert und der Dienst neu gestartet, sodass alle Kunden sich
wieder anmelden konnten. Es sind keine Daten verloren gegangen, aber viele Kunden haben sich beschwert.
"""


def finding(severity: str, gate: str, criterion: str = "X") -> Finding:
    return Finding.model_validate(
        {"criterion": criterion, "severity": severity, "gate": gate, "message": "m"}
    )


@pytest.mark.parametrize(
    ("severity", "gate", "asked", "verdict"),
    [
        ("blocking", "draft", "draft", "rejected"),
        ("blocking", "draft", "publish", "rejected"),
        ("blocking", "publish", "draft", "accepted"),
        ("blocking", "publish", "publish", "rejected"),
        ("advisory", "draft", "publish", "accepted"),
    ],
)
def test_one_blocking_finding_rejects_once_its_gate_is_reached(
    severity: str, gate: str, asked: str, verdict: str
) -> None:
    assert verdict_of([finding(severity, gate)], asked) == verdict  # type: ignore[arg-type]


def test_an_openly_open_owner_blocks_at_publish_and_is_told_at_draft() -> None:
    at_draft = [
        f
        for f in check(UNOWNED, gate="draft", profile="haiku", means=MEANS).findings
        if f.criterion == "AI-OWN"
    ]
    assert [(f.severity, f.gate) for f in at_draft] == [("blocking", "publish")]
    assert not engine.rejects(at_draft[0], "draft")
    assert engine.rejects(at_draft[0], "publish")


def test_lint_blocks_on_four_criteria_and_advises_on_the_rest() -> None:
    text = UNOWNED + "\n## Impact\n\nThe outage lasted 35 minutes: 14:03 to 15:08 UTC on 2024-06-04.\n"
    findings = check(text, profile="lint", means=MEANS).findings
    assert {f.criterion for f in findings if f.severity == "blocking"} == {"TL-ORD"}
    assert "AI-OWN" in {f.criterion for f in findings}


def test_a_document_that_is_not_english_says_which_criteria_cannot_read_it() -> None:
    result = check(GERMAN, profile="haiku", gate="publish", means=MEANS)
    assert {"BLM", "DOC-SEC"} <= {u.criterion for u in result.unscored}
    assert result.findings == ()


def test_a_text_of_fewer_than_forty_words_counts_as_english() -> None:
    assert parse("Das Team hat den Ausfall bemerkt.").english


def test_without_evidence_or_a_judge_it_says_what_rules_alone_decided() -> None:
    reasons = {u.criterion: u.reason for u in check(UNOWNED, means=MEANS).unscored}
    judged = {c.id for c in engine.load_criteria() if c.question is not None}
    assert reasons.pop("GRD").startswith("no evidence was given")
    assert set(reasons) == judged - {"GRD"}
    assert set(reasons.values()) == {"no judge was asked; name a model with --model"}


def test_a_criterion_that_breaks_is_never_taken_for_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> list[Finding]:
        raise ZeroDivisionError

    criterion = Criterion("X", "t", "document", "blocking", "draft", "r", ("b",), ("g",), "a", broken)
    monkeypatch.setattr(engine, "load_criteria", lambda: (criterion,))
    with pytest.raises(ZeroDivisionError):
        check("anything", means=MEANS)


def test_a_waiver_lifts_a_criterion_but_never_one_that_guards_publication() -> None:
    text = "## Action items\n\n- Improve monitoring (owner: Ines Caldeira, P1, due 2024-07-01, LAB-1, quick win)\n"
    waivers = [Waiver(criterion=c, by="Ines Caldeira", reason="known") for c in ("AI-SPEC", "DOC-SEC")]
    result = check(text, gate="publish", profile="haiku", means=MEANS, waived=waivers)
    assert [w.criterion for w in result.waived] == ["DOC-SEC"]
    assert result.verdict == "rejected"
