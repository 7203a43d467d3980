"""AI-OWN: does the item have an accountable owner?"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.language.lexicon import word_set
from pipeline.language.words import tokens
from pipeline.models.document import Document
from pipeline.models.evaluation import Finding
from pipeline.rubric.criterion import Criterion, finding
from pipeline.rubric.items import lacks, open_items, said
from pipeline.rubric.means import Means

# Whole functions of a company: their name picks out nobody unless a roster has exactly one of them.
_GENERIC = word_set(
    "team teams engineering engineer engineers dev devs developer developers development ops operations "
    "devops qa testing testers management manager managers leadership vendor vendors provider supplier "
    "staff it people group department organisation organization company tech technology business product "
    "responders oncall on-call sre sres dba dbas admins operators members reviewers squad contractor "
    "contractors backend frontend infra infrastructure"
)
_NOBODY = word_set(
    "we us ourselves all everyone everybody each someone somebody anyone anybody nobody whoever they you "
    "various several multiple others any both some"
)
_SPARE = word_set("the our a an whole entire on call on-call of in from at and responsible")
_UNSURE = re.compile(
    r"\?|\b(?:tb[dca]|maybe|perhaps|possibly|probably|proposed|suggested|not (?:yet )?\w+|pending|or)\b", re.I
)
_ABBREVIATION = re.compile(r"[A-Z]{2,5}s?")
_ONE_HOLDER = word_set("CTO CEO CIO CISO COO CFO CPO VP IC DPO")
_ADDRESS = re.compile(r"@[\w.-]+|<?[\w.+-]+@[\w-]+\.[\w.]+>?")


def find_unowned(document: Document, means: Means) -> Iterable[Finding]:
    for item in open_items(document):
        owner = said(item.owner)
        problem = lacks(item.owner, "owner") if owner is None else objection(owner, document, means)
        if problem:
            yield finding(document, item.place("owner"), CRITERION, problem, suggestion=CRITERION.advice)


def objection(owner: str, document: Document, means: Means) -> str | None:
    """Why an owner as written is nobody in particular; None where it resolves."""
    if _UNSURE.search(owner):
        return f"“{owner}” leaves open who owns the item"
    bare = re.sub(r"\([^)]*\)|\b(?:leads|leading)\b", " ", owner).strip(" .*_")
    parts = [p.strip() for p in re.split(r"\s*(?:[,;/&+]|\band\b|\bwith\b)\s*", bare) if p]
    if any(_ADDRESS.fullmatch(p) for p in parts) or _on_roster(bare, document, means):
        return None
    if parts and all(
        means.people.kind_of(p) == "person" and all(w[0].isupper() for w in p.split()) for p in parts
    ):
        return None  # "Will Arsenault" is a name before it is a verb
    words = [t for t in tokens(bare) if t.tag != "PUNCT"]
    if not words:
        return f"“{owner}” names nobody"
    if any(t.lower in _NOBODY for t in words):
        return f"“{owner}” names nobody in particular"
    if any(
        t.tag in ("AUX", "MODAL") or (t.tag == "VERB" and t.form in ("s", "past") and i)
        for i, t in enumerate(words)
    ):
        return f"“{owner}” tells what somebody does, not who is accountable"
    if not any(_resolves(part, document, means) for part in parts):
        return f"“{owner}” names a function, and no roster says which people that is"
    return None


def _on_roster(name: str, document: Document, means: Means) -> bool:
    """Whether exactly one person, role or team of the roster, the services or the document answers to the name."""
    low = re.sub(r"^(?:the|our)\s+|\s+team$", "", name.lower()).strip()
    hits = {
        (p.name if low not in {(p.team or "").lower()} else p.team)
        for p in (*means.roster, *document.cast)
        if low
        in {
            p.name.lower(),
            (p.role or "").lower(),
            (p.team or "").lower(),
            *(h.lower().lstrip("@") for h in p.handles),
        }
        or re.sub(r"\s+team$", "", p.name.lower()) == low
    }
    hits |= {s.owner for s in means.services if s.owner and s.owner.lower() == low}
    return len(hits) == 1


def _resolves(part: str, document: Document, means: Means) -> bool:
    if _on_roster(part, document, means):
        return True
    words = [t.lower for t in tokens(part) if t.tag != "PUNCT" and t.lower not in _SPARE]
    if not words:
        return False
    if _ABBREVIATION.fullmatch(part.strip()) and part.strip() not in _ONE_HOLDER:
        return _spelled_out(part.strip(), document)
    return any(w not in _GENERIC for w in words)


def _spelled_out(abbreviation: str, document: Document) -> bool:
    """Whether the document says what the letters stand for: "Site Reliability (SR)", "SR: Site Reliability"."""
    letters = re.escape(abbreviation)
    text = document.text
    return bool(
        re.search(rf"\w \({letters}\)|\b{letters}\s*(?:=|:| stands for| is the)\s*[A-Z][a-z]", text)
    ) and not re.search(rf"owner\W*{letters}\s*:", text, re.IGNORECASE)


CRITERION = Criterion(
    id="AI-OWN",
    title="an item without an accountable owner",
    unit="item",
    severity="blocking",
    gate="publish",
    rationale=(
        "What nobody owns does not get done. An owner is a person, a role that one person holds, or a team whose name picks "
        "out one team; “the team”, “everyone” and “engineering” are nobody."
    ),
    bad=(
        "## Action items\n\n- Cap the pool of the ledger service at 80 connections (owner: TBD, P1)\n",
        "## Action items\n\n| Action | Owner |\n|---|---|\n| Expire tokens after 90 days | the team |\n",
        "## Action items\n\n- Expire tokens after 90 days\n  - Owner: engineering\n",
        "## Action items\n\n- Expire tokens after 90 days — Ines or Tariq — P2\n",
    ),
    good=(
        "## Action items\n\n- Cap the pool of the ledger service at 80 connections (owner: Ines Caldeira, P1)\n",
        "## Action items\n\n| Action | Owner |\n|---|---|\n| Expire tokens after 90 days | identity-platform team |\n",
        "## Action items\n\n- Expire tokens after 90 days\n  - Owner: storage on-call lead (Tariq this month)\n",
    ),
    advice="name one person, one role with a known holder, or one team",
    check=find_unowned,
)
