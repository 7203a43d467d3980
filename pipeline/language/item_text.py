"""An action item's words, read for its verb and its object."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from pipeline.language.item_verbs import opens_as_deed
from pipeline.language.lexicon import word_set, words
from pipeline.language.literals import find_literals
from pipeline.language.noun_phrases import phrases
from pipeline.language.words import Token, tokens

WEAK = words("items", "weak")
NEVER = words("items", "never")
INVESTIGATE = words("items", "investigate")
ENDS = words("items", "ends")
CHANGES = words("items", "changes")
CREATES = words("items", "creates")
GUARDS = words("items", "guards")
_VAGUE_OBJECT = words("items", "vague_object")
_TIME_WORDS = word_set("time times way day future moment week month year quarter sprint ticket")
_NUMBER_WORDS = word_set(
    "two three four five six seven eight nine ten twelve once twice single zero half both either"
)
# Adjectives by their place, whatever their ending: "Nightly restore test".
_HOW_OFTEN = word_set("nightly weekly monthly daily hourly yearly quarterly")
_GOING_ON = word_set("keep continue go carry start stop")
_PLACES = word_set(
    "in on to at for of from under into across within between inside onto per behind before with by"
)


class ItemText:
    def __init__(self, text: str) -> None:
        self.text = text.strip()
        self.words: Sequence[Token] = tokens(self.text)
        self.lows = [t.lower for t in self.words]
        self.lemmas = [t.lemma for t in self.words]
        self.literals = find_literals(self.text)
        self.at = self._main_verb()  # index of the verb, None in a bare noun phrase

    @cached_property
    def verb(self) -> str:
        if self.at is None:
            return ""
        # "Lower the limit" is not the comparative, whatever the tagger thinks.
        return self.lemmas[self.at] if self.words[self.at].tag == "VERB" else self.lows[self.at]

    @cached_property
    def tail(self) -> Sequence[Token]:
        """What follows the verb."""
        return self.words[self.at + 1 if self.at is not None else 0 :]

    @cached_property
    def object(self) -> Sequence[Token]:
        """The noun phrase that the verb acts on; of "The tool should refuse ..." the tool."""
        begin = 0 if self.at is None or self.subject_stands else self.at + 1
        found = phrases(self.words, begin, len(self.words))
        if not found:
            return ()
        end = found[0][1]
        if len(found) > 1 and found[1][0] == end + 1 and self.words[end].tag == "CONJ":
            end = found[1][1]  # "test and production credentials"
        return self.words[found[0][0] : end]

    @cached_property
    def subject_stands(self) -> bool:
        """ "X should do Y"."""
        return self.at is not None and self.at > 1 and any(t.tag == "MODAL" for t in self.words[: self.at])

    def _main_verb(self) -> int | None:
        if not self.words:
            return None
        first = next(
            (i for i, t in enumerate(self.words) if t.tag not in ("ADV", "PUNCT") or t.lower in _HOW_OFTEN), 0
        )
        if opens_as_deed(self.words, first):
            return first
        for i, token in enumerate(self.words[:12]):
            if token.tag == "MODAL" or (token.tag == "TO" and i == 0):
                return self._deed_after(i)
            if token.tag in ("SUB", "WH", "PUNCT"):
                return None
            if token.tag == "VERB" and token.form in ("s", "past") and i:
                return i if self._is_told(i) else None
        return None

    @cached_property
    def goes_on(self) -> bool:
        """ "X should keep working from its copy when Y is down"."""
        return self.subject_stands and bool(self.at) and self.lemmas[(self.at or 1) - 1] in _GOING_ON

    def _deed_after(self, i: int) -> int | None:
        """The verb of "should refuse"; of "should keep working" what goes on."""
        found = [j for j in range(i + 1, len(self.words)) if self.words[j].tag == "VERB"]
        if len(found) > 1 and self.lemmas[found[0]] in _GOING_ON and found[1] == found[0] + 1:
            return found[1]
        return found[0] if found else None

    def _is_told(self, i: int) -> bool:
        """ "The importer rejects ..."; "Regression tests for the parser" is a thing in the plural."""
        following = self.words[i + 1] if i + 1 < len(self.words) else None
        if self.words[0].tag in ("DET", "POSS") or self.words[i].form == "past":
            return True
        return following is not None and following.tag not in ("PREP", "CONJ", "PUNCT", "SUB", "WH")

    # o

    def has_object(self) -> bool:
        if any(x.kind in ("identifier", "code", "ticket", "url", "quote") for x in self.literals):
            return True
        if "□" in self.text or any(t.tag == "PROPN" for t in self.words[1:]):
            return True
        begin = 0 if self.at is None or self.subject_stands else self.at + 1
        return any(self._has_outline(a, b) for a, b, _ in phrases(self.words, begin, len(self.words)))

    def _has_outline(self, begin: int, end: int) -> bool:
        """A thing that one can point at, by its own name or by what stands before it."""
        span = self.words[begin:end]
        nouns = [
            t
            for t in span
            if t.tag in ("NOUN", "PROPN", "NUM", "VERB") or (t.tag == "ADJ" and t.lower.endswith("ing"))
        ]
        if not nouns:
            return False
        if not any(is_specific(t) for t in nouns):
            definite = span[0].lower in ("the", "our", "this", "that", "both")
            return definite and nouns[-1].lower in ("runbooks", "dashboards", "alerts", "docs", "tests")
        return not (len(nouns) == 1 and nouns[0].lower in _TIME_WORDS)

    # what else it says

    def numbers(self) -> bool:
        if any(x.kind in ("number", "percent", "duration") for x in self.literals):
            return True
        return any(low in _NUMBER_WORDS for low in self.lows)

    def placed(self) -> bool:
        """Whether a place is named: "in the import validator"."""
        if any(x.kind in ("identifier", "code") for x in self.literals) or "□" in self.text:
            return True
        found = phrases(self.words, (self.at or 0) + 1, len(self.words))
        return any(
            governor in _PLACES and any(is_specific(t) for t in self.words[a:b] if t.tag in ("NOUN", "PROPN"))
            for a, b, governor in found
        )

    def behaviour(self) -> bool:
        """What it does or checks, in words: a clause, or a phrase of some length after "for"."""
        for i, token in enumerate(self.tail):
            if token.lower in _CLAUSE_OPENERS and i + 2 < len(self.tail):
                return True
            said = [x for x in self.tail[i + 1 :] if x.tag not in ("DET", "PUNCT")]
            if token.lower in ("for", "against", "of", "with", "on", "to") and len(said) >= 3:
                return True
        return False


_CLAUSE_OPENERS = word_set("that which when if unless whether so where before after")


def is_specific(token: Token) -> bool:
    return token.lower not in _VAGUE_OBJECT and token.lemma not in _VAGUE_OBJECT
