"""Decides what a noun phrase stands for: a person, a role, a team, an organisation or a system."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.language.lemmas import can_be_verb, is_common, lemma
from pipeline.language.lexicon import word_set, words
from pipeline.language.party import SYSTEM, UNKNOWN, Openness, Party, Target
from pipeline.language.words import Token, tokens
from pipeline.models.base import ActorKind
from pipeline.models.incident import Person, Service

__all__ = ["SYSTEM", "UNKNOWN", "Openness", "Party", "People", "Target"]

_PERSON = Party("person", "person")
_ROLE = Party("role", "person")
_TEAM = Party("team", "team")
_PRONOUNS: dict[str, Party] = {
    **dict.fromkeys(("i", "me", "myself", "mine", "my"), Party("person", "self")),
    **dict.fromkeys(("we", "us", "ourselves", "ours", "our"), Party("team", "self")),
    **dict.fromkeys(("he", "she", "him", "himself", "herself", "his", "her", "hers", "who", "whom"), _PERSON),
    **dict.fromkeys(("you", "yourself", "your", "yours", "oneself"), _PERSON),
    **dict.fromkeys(
        ("somebody", "someone", "anybody", "anyone", "whoever", "nobody", "no-one", "noone"), _PERSON
    ),
    **dict.fromkeys(("everybody", "everyone"), _TEAM),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), Party("unknown", None, "they")),
}
# "one of the engineers": the head says how many, the noun after "of" says what.
_QUANTIFIERS = word_set(
    "one some any none neither either both all each two three four several many most half member members "
    "part line majority number couple pair few rest handful group another"
)
_ROLES = words("human_nouns", "role")
_TEAMS = words("human_nouns", "team")
_EXTERNALS = words("human_nouns", "external")
_DEPARTMENTS = words("human_nouns", "department")
_ORGANISATIONS = words("human_nouns", "organisation")
_DEVICES = words("system_nouns", "device")
_EITHER = words("system_nouns", "either")
_NO_AGENT = words("system_nouns", "no_agent")
_TECHNICAL = words("system_nouns", "technical")
_GIVEN_NAMES = words("given_names")
_WORD_NAMES = words("word_names")
# Names that chat writes small, and that are no noun of this trade in small letters.
_NAME_ONLY = word_set(
    "rob nick bill mark max grace faith dawn art ray tom dan pat sue mike jack frank will hank chuck"
)
_TRADES = word_set("operator master guide")  # "crane operator", "cellar master", "tour guide"
_VEHICLES = word_set("crane forklift truck bus tram train van lorry taxi cab tow tractor delivery ambulance")
_HUMAN_MODIFIERS = word_set(
    "team staff crew shift junior senior tired young night-shift day-shift on-duty duty human inexperienced experienced lone "
    "sleepy competent careful careless lazy busy trained untrained responsible former temporary contract"
)
_ORGANISATION = re.compile(r"(?:,?\s(?:Inc|Ltd|LLC|GmbH|AG|Corp|Corporation|Limited|plc|Co|S\.A|B\.V)\.?)$")
_AGENT_SUFFIX = re.compile(r"(?:er|or|ist|ant|ent|ee|ian|eur)$")
_PROFESSION = re.compile(r"\w{3}(?:(?<!l)ist|ician)$")
_BOT = re.compile(r"bot$|^bot[-_]|[-_]bot|[-_]ci$", re.IGNORECASE)


class People:
    """The people and the services that are known by name; it works without any."""

    def __init__(self, persons: Iterable[Person] = (), services: Iterable[Service] = ()) -> None:
        self._named: dict[str, Person] = {}
        self._first: dict[str, Person] = {}
        self._teams: set[str] = set()
        self._services = {s.name.lower() for s in services}
        self.services = tuple(services)
        for person in persons:
            self._add(person)

    @classmethod
    def from_roster(cls, roster: Iterable[Person], services: Iterable[Service] = ()) -> People:
        return cls(tuple(roster), tuple(services))

    def _add(self, person: Person) -> None:
        self._named[person.name.lower()] = person
        for handle in person.handles:
            self._named[handle.lower().lstrip("@")] = person
        if person.slack_id:
            self._named[person.slack_id.lower()] = person
        if person.team:
            self._teams.add(person.team.lower())
        if person.kind == "person" and " " in person.name:
            self._first.setdefault(person.name.split()[0].lower(), person)

    def find(self, name: str) -> Person | None:
        """The roster's entry for a full name, a handle, a Slack id or a first name."""
        key = name.strip().lower().lstrip("@")
        return self._named.get(key) or self._first.get(key)

    def kind_of(self, noun_phrase: str) -> ActorKind:
        """What the phrase stands for, from its own words; "unknown" where only a sentence could tell."""
        return self.party(tokens(noun_phrase)).kind

    def party_of(self, noun_phrase: str) -> Party:
        return self.party(tokens(noun_phrase))

    def party(self, phrase: Sequence[Token]) -> Party:
        """The same for a phrase that is already cut into words."""
        phrase = _without_edges(phrase)
        if not phrase:
            return UNKNOWN
        if [t.lower for t in phrase] == ["no", "one"]:
            return _PERSON
        whole = " ".join(t.text for t in phrase).replace(" 's", "'s").replace(" - ", "-")
        known = self._known(whole)
        if known is not None:
            return known
        head, complement = _head(phrase)
        if head is None:
            return UNKNOWN
        if head.lower == "responsible" and phrase[0].tag == "DET" and len(phrase) == 2:
            return _ROLE  # "the responsible", as some languages say it
        at = phrase.index(head)
        modifiers = [t for t in phrase[:at] if t.tag not in ("DET", "PUNCT")]
        if head.lower in _QUANTIFIERS and complement:
            inner = self.party(complement)
            if inner.human or inner.open or inner.kind == "system":
                return inner
        if head.lower in _PRONOUNS:
            return _PRONOUNS[head.lower]
        known = self._known(head.text) if head.tag in ("PROPN", "NOUN") else None
        if known is not None and (not modifiers or modifiers[-1].tag == "PROPN" or known.kind == "system"):
            return known
        if head.tag == "PROPN":
            return self._proper(head, modifiers)
        return self._common(head, modifiers)

    def _known(self, name: str) -> Party | None:
        key = name.strip().lower().lstrip("@")
        if key in self._services:
            return SYSTEM
        if key in self._teams or key.removesuffix(" team") in self._teams:
            return _TEAM
        person = self._named.get(key)
        if person is None and (key in self._first) and (key not in _WORD_NAMES or name[:1].isupper()):
            person = self._first[key]
        if person is None:
            return None
        if person.kind in ("team", "organisation", "system"):
            return {"team": _TEAM, "organisation": Party("organisation", "external"), "system": SYSTEM}[
                person.kind
            ]
        return _ROLE if person.kind == "role" else _PERSON

    def _proper(self, head: Token, modifiers: list[Token]) -> Party:
        low = head.lower
        if low.startswith("@"):
            return SYSTEM if _BOT.search(low) else _PERSON
        if _ORGANISATION.search(" " + head.text):
            return Party("organisation", None, "body")
        singular = lemma(low)
        if low in _TECHNICAL or _BOT.search(low):
            return Party("system", None, "name" if low in _WORD_NAMES else "")
        if low in _ROLES or singular in _ROLES:
            return _ROLE
        if low in _TEAMS or singular in _TEAMS:
            return _TEAM
        if low in _DEPARTMENTS:
            return Party("team", None, "body")
        if low in _GIVEN_NAMES or low in _WORD_NAMES:
            # "the Will service" has another head; "The Rose" is no person.
            return _PERSON
        if any(m.lower in _GIVEN_NAMES for m in modifiers[-1:]):
            return _PERSON  # "Priya Okonkwo-Berg"
        if low in _DEVICES or singular in _DEVICES:
            return SYSTEM
        nameish = head.text[:1].isupper() and head.text[1:].replace("-", "").replace("'", "").isalpha()
        inner = re.sub(r"(?:^|[-'])(?:Mc|Mac|O'|[A-Z])", "", head.text)
        nameish = nameish and len(head.text) > 1 and not any(c.isupper() for c in inner)
        if not nameish or is_common(low):
            return UNKNOWN
        if modifiers and all(_could_be_name(m) for m in modifiers):
            return _PERSON  # "Ottoline Brack": two names that no dictionary knows
        return Party("unknown", None, "name")

    def _common(self, head: Token, modifiers: list[Token]) -> Party:
        low = head.lower
        singular = lemma(low) if head.tag != "ADJ" else low
        before = [m.lower for m in modifiers if m.tag != "POSS"]
        human = any(m in _HUMAN_MODIFIERS for m in before)
        technical = any(m in _TECHNICAL or m in self._services or m.startswith("□") for m in before)
        plural_or_singular = {low, singular}
        if plural_or_singular & _TEAMS and not (
            singular in ("group", "shift", "unit", "office") and technical
        ):
            return _TEAM
        ambiguous = bool(plural_or_singular & (_DEVICES | _EITHER))
        if plural_or_singular & _ROLES:
            if ambiguous and technical:
                return SYSTEM
            return _ROLE if low == singular or low in _ROLES else Party("role", "team")
        if plural_or_singular & _EXTERNALS:
            return Party("organisation", None, "body") if technical else Party("organisation", "external")
        if plural_or_singular & _DEPARTMENTS:
            return Party("team", None, "body")
        if plural_or_singular & _ORGANISATIONS and not technical:
            return Party("organisation", None, "body")
        if ambiguous:
            either = singular in _EITHER
            works = bool(modifiers) and modifiers[-1].lower.endswith("ing")  # "the lighting operator"
            trade = modifiers and (modifiers[-1].tag == "NOUN" or works) and not technical
            if singular in _TRADES and trade and not {modifiers[-1].lower, modifiers[-1].lemma} & _DEVICES:
                return _ROLE if low == singular else Party("role", "team")  # "the crane operator"
            if singular == "driver" and modifiers and modifiers[-1].lower in _VEHICLES:
                return _ROLE if low == singular else Party("role", "team")
            if either and human:
                return _ROLE
            return Party("system", None, "either" if either and not technical else "", low != singular)
        if low in _GIVEN_NAMES and not modifiers and len(low) > 2 and not is_common(low):
            return _PERSON  # chat writes names in small letters
        if (low in _GIVEN_NAMES or low in _NAME_ONLY) and not modifiers:
            return Party("unknown", None, "name")
        if is_common(singular) and (
            (human and _AGENT_SUFFIX.search(singular)) or _PROFESSION.search(singular)
        ):
            return _ROLE
        if _is_agent_noun(singular) and not technical:
            return Party("unknown", None, "agent", low != singular)
        return UNKNOWN if low == singular else Party("unknown", None, "", True)


def _is_agent_noun(noun: str) -> bool:
    """ "grower", "approver": a verb and -er, and no machine that we know."""
    if len(noun) < 5 or not noun.endswith(("er", "or")) or noun in _DEVICES or noun in _NO_AGENT:
        return False
    if noun.endswith(("ator", "ector", "uctor", "essor")):
        return False  # generators, reflectors: machines, but for those that the classes know
    stem = noun[:-2]
    return any(can_be_verb(v) for v in (stem, stem + "e", stem[:-1] if stem[-1:] == stem[-2:-1] else stem))


def _could_be_name(token: Token) -> bool:
    """A capitalised word that no dictionary knows, an initial, or a title."""
    text = token.text.rstrip(".")
    if text in ("Mr", "Mrs", "Ms", "Dr", "Prof"):
        return True
    initial = len(text) == 1 and text.isupper()
    return token.tag == "PROPN" and (
        initial or (text.isalpha() and text.istitle() and not is_common(text.lower()))
    )


def _without_edges(phrase: Sequence[Token]) -> Sequence[Token]:
    begin, end = 0, len(phrase)
    while begin < end and phrase[begin].tag in ("PUNCT", "CONJ", "PREP"):
        begin += 1
    while end > begin and phrase[end - 1].tag in ("PUNCT", "CONJ"):
        end -= 1
    return phrase[begin:end]


def _head(phrase: Sequence[Token]) -> tuple[Token | None, Sequence[Token]]:
    """The head word of a noun phrase, and what follows its "of"."""
    head: Token | None = None
    for i, token in enumerate(phrase):
        if token.tag in ("NOUN", "PROPN", "PRON", "NUM") or (token.tag == "WH" and head is None):
            if token.tag == "NUM" and head is not None:
                continue  # "build 812", "db 3"
            head = token
        elif token.tag in ("PREP", "WH", "SUB", "TO", "VERB", "AUX", "MODAL", "PUNCT", "CONJ") and head:
            rest = phrase[i + 1 :] if token.lower == "of" else ()
            return head, rest
        elif token.tag == "POSS" and token.lower.endswith("'s"):
            continue
    if head is None:  # "some of the engineers", "all three": determiners may stand alone
        for i, token in enumerate(phrase):
            if token.lower in _QUANTIFIERS:
                rest = phrase[i + 1 :]
                return token, rest[1:] if rest and rest[0].lower == "of" else rest
        adjectives = [t for t in phrase if t.tag in ("ADJ", "DET", "POSS")]
        return (adjectives[-1] if adjectives else None), ()
    return head, ()
