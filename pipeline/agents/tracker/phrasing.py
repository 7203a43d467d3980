"""How people promise, give and miss things: the forms of such clauses, apart from what they are about."""

from __future__ import annotations

import re

from pipeline.agents.tracker.lexicon import STATIVE
from pipeline.language.lemmas import can_be_verb, lemma, verb_forms

# Somebody asks for commitments: what follows in the conversation is taken on by who says it.
_ASKS_ALL = re.compile(
    r"\b(?:(?:say|tell (?:me|us)|write|list|post|name) what you(?:['’]ll| will| can)? (?:take|do|own)"
    r"|who (?:takes|does|owns|wants|can take|will take|picks up)\b"
    r"|what (?:do|will|can|should) (?:you|we|you all|y['’]all|each of you) (?:each )?(?:take|own|do next|do about|change|fix|improve)"
    r"|(?:any|anything) (?:to )?(?:improve|prevent)|owners\?)",
    re.I,
)
_ANNOUNCES_LIST = re.compile(
    r"\b(?:what(?:['’]s| is| comes)? next|next steps|follow[- ]?ups?|action items?|to-?dos?|actions|my list)\b",
    re.I,
)
_LATER = re.compile(
    r"\b(?:follow[- ]?ups?|action items?|to-?dos?|after (?:the|this) (?:incident|outage)|post-?mortem|retro(?:spective)?|long[- ]term"
    r"|backlog|next (?:sprint|quarter|week|month)|later this)\b",
    re.I,
)
LIST_HEADER = re.compile(
    r"^(?P<head>[^:\n]{0,100}\b(?:follow[- ]?ups?|action items?|actions|next steps|to-?dos?|todo list|owed)\b[^:\n]{0,80}):\s*(?P<rest>.*)$",
    re.I | re.S,
)
_PROMISE = re.compile(
    r"^(?P<who>I|we)(?P<aux>['’]ll| will| shall|['’]m going to| am going to| are going to|['’]re going to| need to| have to| must"
    r"| plan to| intend to| want to| can|['’]d like to| would like to)?\s+"
    r"(?:(?:also|then|now|probably|definitely|still|gladly|happily)\s+)*(?P<verb>[A-Za-z][\w-]*)\b",
    re.I,
)
_INTENT = re.compile(
    r"^(?:let me|going to|gonna|will|on my list\s*[:,-]|i['’]?m on|mine\s*[:,-])\s+(?P<verb>[a-z][\w-]*)",
    re.I,
)
_OBLIGATION = frozenset(
    {"can", "want to", "need to", "have to", "must", "would like to", "'d like to", "’d like to"}
)
NEED = re.compile(
    r"\b(?:(?:someone|somebody|anyone|one of us) (?:\w+ )?(?:has|needs|ought) to|(?:someone|somebody) (?:must|should)"
    r"|(?:nobody|no one|no-one|none of us) (?:owns|own|looks after|is responsible for|reads|watches|maintains|has (?:it|this|that))"
    r"|we (?:really |still |also |definitely )?(?:need|must|have to|should(?! have))|needs? (?:an? )?(?:owner|someone|to be|\w+ing)\b"
    r"|has no owner|without owner|no owner|on nobody['’]s|nobody['’]s (?:job|board|list)|unowned"
    r"|(?:should|must|has to|have to|ought to) (?!have\b)(?:not |never )?(?:be |\w+))",
    re.I,
)
# "someone has to", and no more: the need is for what was said before.
HANGING = re.compile(
    r"^(?:and |but |so )?(?:someone|somebody|we|one of us)\s+(?:really |still )?(?:has|have|needs?|ought|must|should)"
    r"(?: to)?(?: do (?:it|that|this|both))?\W*$",
    re.I,
)
FILED = re.compile(
    r"\b(?:filed|opened|created|raised|made|logged|tracked|tracking|ticket(?:ed)?|exists?|is|wrote)\b", re.I
)
JUST_FILED = re.compile(r"\b(?:filed|opened|created|raised)\b", re.I)
TICKET_FIRST = re.compile(r"^(?:\S+#\d+|#\d+|[A-Z][A-Z0-9]+-\d+)\s*[:,–—-]")
EXISTING = re.compile(r"\bsince\b|nobody|existing|already", re.I)
_CONDITIONAL = re.compile(r"\b(?:if|when|whenever|whether|in case|unless|until|who|whoever)\b[^.;]*$", re.I)
RELATIVE = re.compile(r"^(?:which|who|whose|because|since|as|that['’]?s why)\b", re.I)
COUNTERFACTUAL = re.compile(r"\b(?:would|could|might|['’]d) have\b|\bhad\b.*\bwould\b", re.I)
MEETING = re.compile(
    r"^(?:the )?(?:post-?mortem|review|retro(?:spective)?|debrief|meeting|sync|call|stand-?up|handover)\b"
    r"(?!\s+(?:of|the|all|every|how|why|whether|an?|each|our|and|for the)\b)",
    re.I,
)
PROPOSAL = re.compile(
    r"^(?:and |but |so )?(?:should|could|shall|do|can) we (?:also |not |maybe |want to |just )*(?:have |get )?(?P<what>.+?)\?\s*$"
    r"|^(?:what|how) about (?P<noun>.+?)\?\s*$",
    re.I,
)
REFUSAL = re.compile(
    r"^\W*(?:not me|can['’]?t|cannot|no,? (?:i|not)|i can['’]?t|sorry,? (?:i )?can['’]?t|no capacity|someone else|pass\b)",
    re.I,
)
_SOMEBODY = re.compile(
    r"\b(?:anybody|anyone|everybody|everyone|people|folks|he|she|you|I|they)\s+(?:(?:still|also|really|all)\s+)*$",
    re.I,
)
_TURNS_DOWN = re.compile(r"^\W*(?:parked|no|nope|not now|declined)\b\W*", re.I)


def asks_for_commitments(text: str) -> bool:
    """ "say what you take", "what next. my list", "follow-ups:"; a mere mention of follow-ups is none."""
    if _ASKS_ALL.search(text):
        return True
    announced = _ANNOUNCES_LIST.search(text)
    return announced is not None and (len(text) < 60 or ":" in text[announced.end() : announced.end() + 60])


def is_for_later(text: str) -> bool:
    return bool(_LATER.search(text))


def is_needed(text: str) -> bool:
    """Does the text say that something must be done, and not merely on some condition?"""
    found = NEED.search(text)
    if found is None or _CONDITIONAL.search(text[: found.start()]):
        return False
    if found.group().lower().startswith("need") and _SOMEBODY.search(text[: found.start()]):
        return False  # "anybody still needs comforting": who lacks something is no piece of work
    expected = re.match(r"(?:\w+ly )?([\w-]+)", text[found.end() :])
    exists = re.search(r"\bthere\s+$", text[: found.start()], re.I)
    if found.group().lower().strip() == "should be" and expected and not exists:
        return "part" in verb_forms(expected[1].lower())  # "should be fine" expects, "should be rotated" asks
    return True


def promise_clause(body: str) -> tuple[str, str] | None:
    """The clause in which the speaker takes something on, and what stands before it in the same sentence."""
    for start in _clause_starts(body):
        clause = body[start:]
        match = _PROMISE.match(clause)
        if match and _is_promise(match):
            return clause, body[:start].strip(" ,;:")
        if start == 0 and (intent := _INTENT.match(clause)) and can_be_verb(intent["verb"].lower()):
            return clause, ""
    return None


def need_clause(body: str) -> tuple[str, str] | None:
    """The clause that says what must be done, where one begins so inside a sentence, and what stands before it."""
    if RELATIVE.match(body):
        return None
    for start in _clause_starts(body)[1:]:
        if NEED.match(body[start:]):
            return body[start:], body[:start].strip(" ,;:").removesuffix(" and").strip()
    return None


def turned_down(answer: str) -> str | None:
    """What is left of an answer that begins with a no."""
    match = _TURNS_DOWN.match(answer)
    return answer[match.end() :] if match else None


def _clause_starts(body: str) -> list[int]:
    return [0, *(m.end() for m in re.finditer(r"[,;:]\s+|\s+[–—-]\s+|\b(?:and|so|then|but)\s+", body))]


def _is_promise(match: re.Match[str]) -> bool:
    verb, aux = match["verb"].lower(), (match["aux"] or "").strip().lower()
    if verb in STATIVE and not (aux and verb in ("get", "do", "find", "have", "own")):
        return False
    if aux in _OBLIGATION and match["who"].lower() == "we":
        return False  # a need, nobody's promise
    if not can_be_verb(verb):
        return False
    return bool(aux) or lemma(verb) == verb or "base" in verb_forms(verb)
