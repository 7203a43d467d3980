"""What each profile asks for: which findings reject, at which gate, and which it does not look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from pipeline.models.evaluation import Finding, Gate, ProfileName

UNWAIVABLE = frozenset({"BLM", "AI-SPEC", "GRD"})  # no profile, baseline or waiver removes them at publish
PARTS = "DOC-SEC"  # its findings name the part that is missing
Standing = Literal["blocks", "blocks at publish", "advises", "off"]


@dataclass(frozen=True, slots=True)
class Profile:
    """One organisation's idea of what a postmortem must have; never more than the guide asks for.

    `blocks` is what rejects, each criterion at the gate that the guide gives it; None is everything. What is
    neither there nor in `off` advises. `optional_parts` are the parts that a document may do without.
    `reasons` says why, by the criteria that it speaks of.
    """

    name: ProfileName
    summary: str
    source: str
    blocks: frozenset[str] | None
    off: frozenset[str] = frozenset()
    optional_parts: frozenset[str] = frozenset()
    reasons: Mapping[str, str] = field(default_factory=dict)

    def grade(self, finding: Finding, gate: Gate) -> Finding | None:
        """The finding with the severity that it has here; None where the profile does not look at it."""
        if gate == "publish" and finding.criterion in UNWAIVABLE:
            return finding
        if finding.criterion in self.off:
            return None
        if finding.severity == "blocking" and not self._blocks(finding):
            return finding.model_copy(update={"severity": "advisory"})
        return finding

    def _blocks(self, finding: Finding) -> bool:
        missing = finding.missing if finding.criterion == PARTS else ()
        if missing and self.optional_parts.issuperset(missing):
            return False
        return self.blocks is None or finding.criterion in self.blocks

    def standing(self, criterion: str, gate: Gate, severity: str = "blocking") -> Standing:
        """What a blocking finding of a criterion does, whose gate in the guide is `gate`."""
        if criterion in self.off:
            return "off"
        if severity == "blocking" and (self.blocks is None or criterion in self.blocks):
            return "blocks" if gate == "draft" else "blocks at publish"
        return "blocks at publish" if severity == "blocking" and criterion in UNWAIVABLE else "advises"


LINT = Profile(
    name="lint",
    summary="for what people wrote before there was a rubric: only what harms people, misleads or can't be done blocks",
    source="this project",
    blocks=frozenset({"BLM", "AI-PUN", "AI-SPEC", "TL-ORD"}),
    reasons={
        "BLM, AI-PUN": "Blame and punishment teach people to keep silent, in any layout and at any age of the document.",
        "AI-SPEC": "A vague item is never done.",
        "TL-ORD": "Times that contradict each other make everything that rests on them wrong.",
        "all others": "They ask for parts that an old report may never have had; told, and left to its authors.",
    },
)
HAIKU = Profile(
    name="haiku",
    summary="the whole rubric with its own severities, as for drafts",
    source="this project",
    blocks=None,
    reasons={
        "all": "What a draft of this program must have before people read it, and before it is published."
    },
)
GOOGLE = Profile(
    name="google",
    summary="the parts, the owned and tracked items, and the review of the Site Reliability Engineering book",
    source="Site Reliability Engineering, chapter 15 (Postmortem Culture) and its example postmortem",
    blocks=frozenset(
        "BLM AI-PUN AI-SPEC AI-OWN AI-PRI AI-TRK GRD IMP DET RCA PRV LRN TL-TIME TL-ORD DOC-SEC DOC-REV".split()
    ),
    off=frozenset({"AI-DUE", "AI-TYPE"}),
    reasons={
        "IMP, DET, RCA, DOC-SEC, LRN": "The example has a part for each: summary, impact, root causes, trigger, resolution, "
        "detection, lessons (well, wrong, lucky) and timeline.",
        "AI-OWN, AI-TRK": "Its table of items has a column for the owner and one for the bug.",
        "AI-PRI, RCA, PRV, DOC-REV": "Senior engineers review every postmortem before it is shared, and ask whether the cause "
        "is deep enough, the plan fits, and the bugs have a fitting priority.",
        "AI-DUE": "Off: the items carry a priority, and no date.",
        "AI-TYPE": "Off: the items have types of their own (prevent, mitigate, process, other).",
        "TL-ACTOR, TL-EVENT, TL-SRC, TL-GAP, TL-KEY, SET-COUNT": "Advice: the example's timeline is a list of times and events, "
        "and nothing limits the number of items.",
    },
)
PAGERDUTY = Profile(
    name="pagerduty",
    summary="measured impact, a timeline that shows its sources, contributing factors, and tickets with a deadline",
    source="PagerDuty's published postmortem guide and template",
    blocks=frozenset(
        "BLM AI-PUN AI-SPEC AI-TRK AI-DUE GRD IMP RCA LRN TL-TIME TL-ORD TL-EVENT TL-SRC TL-KEY SET-COUNT DOC-SEC DOC-REV".split()
    ),
    off=frozenset({"AI-TYPE"}),
    optional_parts=frozenset({"detection", "prevention"}),
    reasons={
        "IMP": "Impact is told in exact numbers: minutes, customers, requests.",
        "TL-SRC, TL-EVENT, TL-KEY": "The timeline holds facts: each change of impact and each key action, with the metric or page "
        "that shows it.",
        "RCA": "Contributing factors are asked for, and a person's act is never one.",
        "AI-TRK, AI-DUE": "Every follow-up is a ticket, done within 15 days (Sev-1) or 30 days (Sev-2).",
        "SET-COUNT": "Only what must be dealt with becomes a ticket.",
        "AI-OWN, AI-PRI": "Advice: the ticket lies with the team that owns the service, whose product owner ranks it.",
        "DOC-SEC": "Detection and prevention may be missing: the template has no part for them, the timeline and the items tell them.",
        "DET, PRV, TL-ACTOR, TL-GAP": "Advice, for the same reason.",
        "AI-TYPE": "Off: nothing there calls items quick wins or systemic.",
        "DOC-REV": "The meeting reviews the document, and its status says so.",
    },
)
ETSY = Profile(
    name="etsy",
    summary="an account to learn from: who did and saw what, and why it made sense; remedies may come later",
    source="Etsy's published Debriefing Facilitation Guide",
    blocks=frozenset(
        "BLM AI-PUN AI-SPEC GRD RCA LRN TL-TIME TL-ORD TL-ACTOR TL-EVENT DOC-SEC DOC-REV".split()
    ),
    off=frozenset({"AI-TYPE", "SET-COUNT", "AI-PRI"}),
    optional_parts=frozenset({"impact", "detection", "resolution", "prevention", "action items"}),
    reasons={
        "TL-TIME, TL-ORD, TL-ACTOR, TL-EVENT": "The annotated timeline that everybody in the room agrees on is the main outcome.",
        "RCA": "What people didn't do explains nothing; the conditions they worked under do.",
        "LRN": "A debriefing is for learning first, and only then for fixing.",
        "DOC-SEC": "Summary, timeline, causes and lessons must be there; a good debriefing may have no remedies.",
        "AI-OWN, AI-DUE, AI-TRK, PRV": "Advice: remedies are chosen days later, and only then become tickets.",
        "AI-SPEC": "Those that are written down are specific and measurable.",
        "AI-PRI, AI-TYPE, SET-COUNT": "Off: remedies are not ranked, typed or counted in the debriefing.",
        "HND": "Advice, and the one to read first here: the guide warns of judging by what was known only afterwards.",
        "DOC-REV": "Those who were there agree on the account.",
    },
)
PROFILES: dict[ProfileName, Profile] = {p.name: p for p in (LINT, HAIKU, GOOGLE, PAGERDUTY, ETSY)}
assert tuple(PROFILES) == get_args(ProfileName)
