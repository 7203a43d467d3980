"""The rubric as one page of Markdown, made from the criteria themselves."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.rubric.criterion import Criterion, Question

_HEAD = """# The rubric

Made from `pipeline/rubric/criteria/` by `postmortem explain --markdown`; edit a criterion, not this page.

A document is rejected by one blocking finding whose gate is reached: `draft` holds for every draft,
`publish` for what is released. Advice never rejects.

Rules decide each criterion. Where a model is named, some are also put to a judge, about each unit that the rule is
silent about; a judge only adds findings, and one whose answer cannot be read rejects.

| Criterion | What is wrong | Judged for each | Severity | Gate |
|---|---|---|---|---|
"""


def as_page(criteria: Sequence[Criterion]) -> str:
    rows = "".join(
        f"| [{c.id}](#{c.id.lower()}) | {c.title} | {c.unit} | {c.severity} | {c.gate} |\n" for c in criteria
    )
    return _HEAD + rows + "".join(_section(c) for c in criteria)


def _section(criterion: Criterion) -> str:
    needs = f" Needs {criterion.needs}." if criterion.needs else ""
    return (
        f"\n## {criterion.id}\n\n{_sentence(criterion.title)}{needs}\n\n**Why.** {criterion.rationale}\n\n"
        f"**What to do.** {_sentence(criterion.advice)}\n\n"
        f"**Bad**\n\n{_fenced(criterion.bad)}\n**Good**\n\n{_fenced(criterion.good)}"
        f"{_asked(criterion.question) if criterion.question else ''}"
    )


def _asked(question: Question) -> str:
    kinds = "".join(f"- `{kind}`: {meaning}\n" for kind, meaning in question.kinds)
    return (
        f"\n**What a judge is asked.** {question.asks} (Yes is a defect.)\n\n{question.rule}\n\n"
        + (f"{kinds}\n" if kinds else "")
        + f"Yes: {question.bad}\n\nNo: {question.good}\n"
    )


def _fenced(examples: Sequence[str]) -> str:
    return "".join(f"````markdown\n{example.strip()}\n````\n\n" for example in examples)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "."
