"""AI-OWN: does the item have an accountable owner?"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.language.lexicon import word_set
from pipeline.language.lexicon import words as words_of
from pipeline.language.words import Token, tokens
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
    "contractors backend frontend infra infrastructure lead leads owner owners specialist specialists analyst analysts expert "
    "experts colleague colleagues service app application component project customer customers client clients partner partners "
    "party parties user users community volunteer volunteers crew personnel officer officers mgmt folks guys"
)
_NOBODY = word_set(
    "we us ourselves all everyone everybody each someone somebody anyone anybody nobody whoever they you "
    "various several multiple others any both some every either neither none no whichever respective relevant appropriate "
    "applicable available volunteers me myself i collective joint shared"
)
_MACHINES = word_set("bot automation script cron pipeline tool system job monitoring software")
_ASKS = word_set("ask contact talk speak check ping consult email mail call message query see")
_SPARE = word_set(
    "the our a an whole entire on call on-call of in from at and responsible one current next primary new core"
)
_UNSURE = re.compile(
    r"\?|\b(?:tb[dca]|maybe|perhaps|possibly|probably|proposed|suggested|not (?:yet )?\w+|pending|or|to be \w+|to confirm|awaiting"
    r"|unconfirmed|if|unless|depend(?:s|ing)|vacan(?:t|cy)|formerly|left the)\b",
    re.IGNORECASE,
)
_BROADCAST = re.compile(
    r"[@!<]*(?:here|channel|all|everyone|everybody|team|on-?call)>?", re.IGNORECASE
)  # whoever reads it
_WORD_NAMES = words_of("word_names")
_ABBREVIATION = re.compile(r"[A-Z]{2,5}(?:s|\d)?")
_ANY_OF = re.compile(r"(?:an?|one of|any of|some of) ")  # "an electrician"; "A" is a team's letter
_FIELD_NAME = re.compile(r"[@<]+(?:owner|assignee|name|user(?:name)?|tb[acd]|todo|someone|nobody)>?", re.I)
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
    aside = re.findall(r"\(([^)]*)\)", owner)
    named = [re.sub(r"^(?:lead|led by|owner|dri)\W+", "", p, flags=re.I) for p in (*parts, *aside)]
    if any(p.startswith("@") and _BROADCAST.fullmatch(p) for p in parts):
        return f"“{owner}” names nobody in particular"
    if parts and all(_FIELD_NAME.fullmatch(p) for p in parts):
        return f"“{owner}” is the name of the field, not of an owner"
    if any(_ADDRESS.fullmatch(p) for p in named) or _on_roster(bare, document, means):
        return None
    answering = [_answering(p, means) for p in parts]
    if parts and all(len(a) != 1 for a in answering) and any(answering):
        return f"“{owner}” fits {' and '.join(sorted(next(a for a in answering if a)))}"
    if parts and all(len(a) == 1 for a in answering):
        return None
    if _ANY_OF.match(bare):
        return f"“{owner}” names nobody in particular"
    if (parts and all(_is_name(p, means) for p in parts)) or any(
        _is_name(p, means) for p in named[len(parts) :]
    ):
        return None
    words = [t for t in tokens(bare) if t.tag != "PUNCT"]
    if not words:
        return f"“{owner}” names nobody"
    if len(words) > 1 and words[0].text.islower() and words[0].lower in _ASKS:
        return f"“{owner}” says whom to ask, not who is accountable"
    if words[0].text.islower() and words[0].tag == "VERB" and words[0].form == "past" and len(words) > 1:
        return f"“{owner}” tells how things stand, not who is accountable"
    if bare.islower() and (words[0].tag == "PREP" or (len(words) == 1 and _is_state(words[0]))):
        return f"“{owner}” tells how things stand, not who is accountable"
    if words[-1].lower in _MACHINES:
        return f"“{owner}” is no person, role or team"
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


def _is_state(word: Token) -> bool:
    """ "assigned", "open": a participle or an adjective, that is no name."""
    stands = word.tag in ("ADJ", "ADV") or (word.tag == "VERB" and word.form == "past")
    return stands and word.lower not in _WORD_NAMES


def _is_name(text: str, means: Means) -> bool:
    """Whether capitalised words are somebody's name; "Will" and "May" are names before they are verbs."""
    if not text or not all(w[0].isupper() for w in text.split()):
        return False
    if text.lower() in _NOBODY:
        return False
    return text.lower() in _WORD_NAMES or means.people.kind_of(text) == "person"


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


def _answering(part: str, means: Means) -> frozenset[str]:
    """The people and teams of the roster that a name in short may mean: "Jonas", "M. Silva", "HL", "2nd line"."""
    words = _name_words(part)
    people = {p.name for p in means.roster if _is_short_for(words, part, _name_words(p.name))}
    teams = {p.team for p in means.roster if p.team}
    named = {t for t in teams if _name_words(t) == words}
    content = set(words) - _GENERIC
    return frozenset(people | (named or {t for t in teams if content and content <= set(_name_words(t))}))


def _name_words(name: str) -> tuple[str, ...]:
    return tuple(w for w in re.split(r"[^\w]+", name.casefold()) if w)


def _is_short_for(words: tuple[str, ...], written: str, name: tuple[str, ...]) -> bool:
    if len(words) == 1 and len(name) > 1 and words[0] not in name:
        return len(words[0]) > 1 and written.isupper() and words[0] == "".join(n[0] for n in name)
    if len(words) == 1:
        return words[0] in name
    if len(words) != len(name):
        return False
    return words != name and all(
        w == n or (len(w) == 1 and n[0] == w) for w, n in zip(words, name, strict=True)
    )


def _resolves(part: str, document: Document, means: Means) -> bool:
    if _on_roster(part, document, means):
        return True
    words = [t.lower for t in tokens(part) if t.tag != "PUNCT" and (t.lower not in _SPARE or t.text == "A")]
    if not words:
        return False
    if _ABBREVIATION.fullmatch(part.strip()) and part.strip() not in _ONE_HOLDER:
        return _spelled_out(part.strip(), document)
    bare, party = part.strip(), means.people.party_of(part)
    if (
        re.fullmatch(r"(?:(?:[Tt]he|[Oo]ur) )?[a-z]+", bare)
        and party.kind == "role"
        and party.target == "team"
    ):
        return False  # "nurses": a calling of many
    if re.fullmatch(r"(?:[Tt]he|[Oo]ur) [a-z]+", bare) and party.kind in ("unknown", "organisation"):
        return False  # "the lab": a place or a thing, of which there are many
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
