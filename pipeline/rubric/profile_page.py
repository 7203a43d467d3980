"""The profiles side by side: what each criterion does in each, and why; for the terminal and as a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.rubric.criterion import Criterion
from pipeline.rubric.profiles import PROFILES, UNWAIVABLE, Profile, Standing

_SHORT: dict[Standing, str] = {
    "blocks": "blocks",
    "blocks at publish": "publish",
    "advises": "advice",
    "off": "off",
}
_LEGEND = (
    ("blocks", "rejects at both gates"),
    ("publish", "rejects at the gate `publish`, and is told at `draft`"),
    ("advice", "is told and never rejects"),
    ("off", "is not looked at"),
)
_HEAD = """# Profiles

Made from `pipeline/rubric/profiles.py` by `postmortem explain --profiles --markdown`; edit a profile, not this page.

A profile says what is mandatory. All of them read a document by the same rules and find the same defects; they
differ in which of them reject, and at which gate. Choose one with `postmortem check --profile NAME`, or once for
all with `profile = "NAME"` in `postmortem.toml`. Without either, `check` takes `lint`, and `haiku` where a
`--gate` is named. Drafts of this program are always held against `haiku`.

"""
_FOOT = f"""
No profile is stricter than the rubric's own severities ([docs/rubric.md](../rubric.md)): where that advises, every
profile advises. No profile, waiver or baseline removes {", ".join(sorted(UNWAIVABLE))} from the gate `publish`: with
`lint`, too, an ungrounded claim blocks there.

What the organisations ask for is taken from what they have published, as of 2026, and put in the terms of this
rubric; none of them has had a part in it.
"""


def as_profiles_table(criteria: Sequence[Criterion]) -> str:
    """For a terminal: a line for each criterion, and a sentence for each profile."""
    rows = list(_rows(criteria))
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows]
    legend = [f"{word.ljust(8)} {meaning.replace('`', '')}" for word, meaning in _LEGEND]
    profiles = [f"{p.name.ljust(9)} {p.summary}" for p in PROFILES.values()]
    return "\n".join([*lines, "", *legend, "", *profiles])


def as_profiles_page(criteria: Sequence[Criterion]) -> str:
    rows = list(_rows(criteria))
    table = [_row(rows[0]), "|" + "---|" * len(rows[0])]
    table += [_row([f"[{row[0]}](../rubric.md#{row[0].lower()})", *row[1:]]) for row in rows[1:]]
    legend = [f"- **{word}**: {meaning}" for word, meaning in _LEGEND]
    sections = (_section(p) for p in PROFILES.values())
    return _HEAD + "\n".join([*table, "", *legend, ""]) + "".join(sections) + _FOOT


def _rows(criteria: Sequence[Criterion]) -> Iterable[list[str]]:
    yield ["criterion", *PROFILES]
    for c in criteria:
        yield [c.id, *(_SHORT[p.standing(c.id, c.gate, c.severity)] for p in PROFILES.values())]


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _section(profile: Profile) -> str:
    parts = ""
    if profile.optional_parts:
        parts = f"May be missing without rejecting: {', '.join(sorted(profile.optional_parts))}.\n\n"
    reasons = "".join(f"- {names}: {why}\n" for names, why in profile.reasons.items())
    summary = profile.summary[0].upper() + profile.summary[1:]
    return f"\n## {profile.name}\n\n{summary}. Source: {profile.source}.\n\n{parts}{reasons}"
