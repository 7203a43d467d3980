"""Whether an action item says what changes (v), where (o), and how a stranger can tell that it is done (d)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.language.lexicon import word_set, words
from pipeline.language.literals import find_literals
from pipeline.language.noun_phrases import phrase_end, phrases
from pipeline.language.words import Token, tokens

_WEAK = words("items", "weak")
_NEVER = words("items", "never")
_INVESTIGATE = words("items", "investigate")
_ENDS = words("items", "ends")
_CHANGES = words("items", "changes")
_CREATES = words("items", "creates")
_GUARDS = words("items", "guards")
_DELIVERABLE = words("items", "deliverable")
_VAGUE_OBJECT = words("items", "vague_object")
_MEASURED = words("items", "measured")
_TESTED = words("items", "tested")
_BINARY = words("items", "binary")
_DODGING = words("items", "dodging")
_RECURRING = words("items", "recurring")
_DOCUMENTED = words("items", "documented")
_PLACES = word_set(
    "in on to at for of from under into across within between inside onto per behind before with by"
)
_PREFIX = re.compile(
    r"^\s*(?:please\s+|we\s+(?:should|need to|must|will|want to|have to)\s+|need to\s+|should\s+|to\s+|let's\s+|todo:?\s+)",
    re.IGNORECASE,
)
_QUESTION_WORDS = word_set("why whether how which what who when where if")
_KNOWN_VERBS = (
    _WEAK | _NEVER | _INVESTIGATE | _ENDS | _CHANGES | _CREATES | _GUARDS | {"document", "make", "test"}
)
_NOUNS_TOO = word_set(
    "test alert page limit review monitor change fix log work plan patch record order check audit design draft guard "
    "gate release run support help report lower"
)
_ALL = word_set("all every everything any everywhere each")


@dataclass(frozen=True, slots=True)
class ItemParts:
    """`reasons` says in plain words what is missing."""

    verb: bool
    object: bool
    done_test: bool
    reasons: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        return self.verb and self.object and self.done_test


@lru_cache(maxsize=2048)
def parts(text: str) -> ItemParts:
    """Reads the title of an item, without owner, ticket and date."""
    whole = _read(text)
    _, colon, rest = text.partition(": ")
    if colon and not whole.complete and len(rest.split()) >= 3:
        # "Improve monitoring: page when lag exceeds 10,000": the colon says what the heading means.
        after = _read(rest)
        if after.complete:
            return after
    return whole


def _read(text: str) -> ItemParts:
    item = _Item(_PREFIX.sub("", text))
    verb, obj, done = item.has_verb(), item.has_object(), item.has_done_test()
    if (item.verb in _WEAK | _INVESTIGATE or item.makes_better()) and not (obj and done):
        verb = False
    if item.verb in _NEVER:
        verb, done = False, False
    reasons = []
    if not verb:
        reasons.append("no verb that changes something one could see" if item.verb else "no verb")
    if not obj:
        reasons.append("no concrete object that somebody could point at")
    if not done:
        reasons.append(
            "no end state, threshold, place or artifact by which a stranger could say that it is done"
        )
    return ItemParts(verb, obj, done, tuple(reasons))


class _Item:
    def __init__(self, text: str) -> None:
        self.text = text.strip()
        self.words: Sequence[Token] = tokens(self.text)
        self.lows = [t.lower for t in self.words]
        self.lemmas = [t.lemma for t in self.words]
        self.at = self._main_verb()
        self.verb = self.lemmas[self.at] if self.at is not None else ""
        if self.at is not None and self.words[self.at].tag != "VERB":
            self.verb = self.lows[self.at]  # "Lower the limit": not the comparative
        self.literals = find_literals(self.text)
        self.object = self._object()

    # v

    def _main_verb(self) -> int | None:
        """The imperative, or the verb of "X should do Y"."""
        if not self.words:
            return None
        first = next((i for i, t in enumerate(self.words) if t.tag not in ("ADV", "PUNCT")), 0)
        token = self.words[first]
        if (token.tag == "VERB" and token.form in ("base", "ing", "")) or self._reads_as_verb(first):
            return first
        for i, t in enumerate(self.words):
            if t.tag in ("MODAL", "TO") or t.lower in ("must", "should"):
                after = next((j for j in range(i + 1, len(self.words)) if self.words[j].tag == "VERB"), None)
                if after is not None and i <= 10:
                    return after
            if t.tag in ("SUB", "WH"):
                break
        return next(
            (i for i, t in enumerate(self.words) if t.tag == "VERB" and t.form in ("s", "base", "past")), None
        )

    def _reads_as_verb(self, i: int) -> bool:
        """A deed that the tagger took for a thing: "Test the", "Alert when"; not "Test coverage"."""
        token = self.words[i]
        if token.lower not in _KNOWN_VERBS or token.tag not in ("NOUN", "ADJ", "VERB", "PROPN"):
            return False
        following = self.words[i + 1] if i + 1 < len(self.words) else None
        opens = ("DET", "POSS", "PREP", "SUB", "WH", "NUM", "PRON")
        return following is not None and (token.lower not in _NOUNS_TOO or following.tag in opens)

    def has_verb(self) -> bool:
        return self.at is not None

    # o

    def _object(self) -> list[Token]:
        """The noun phrase that the verb acts on, with what "of" or "for" adds."""
        begin = 0 if self.at is None else self.at + 1
        if self.at is not None and self.at > 1 and any(t.tag == "MODAL" for t in self.words[: self.at]):
            begin = 0  # "The deploy tool should refuse ...": the subject is the place
        found = phrases(self.words, begin, len(self.words))
        if not found:
            return []
        start, end, _ = found[0]
        return list(self.words[start:end])

    def has_object(self) -> bool:
        if not self.words:
            return False
        if (
            any(x.kind in ("identifier", "code", "ticket", "url", "quote") for x in self.literals)
            or "□" in self.text
        ):
            return True
        if any(t.tag == "PROPN" for t in self.words[1:]):
            return True
        return any(
            self._concrete(a, b)
            for a, b, _ in phrases(self.words, 0 if self.at is None else self.at + 1, len(self.words))
        ) or (
            self.at is not None and any(self._concrete(a, b) for a, b, _ in phrases(self.words, 0, self.at))
        )

    def _concrete(self, begin: int, end: int) -> bool:
        """A head with an outline, or an outline given by what stands before it."""
        span = self.words[begin:end]
        nouns = [
            t
            for t in span
            if t.tag in ("NOUN", "PROPN", "NUM", "VERB") or (t.tag == "ADJ" and t.lower.endswith("ing"))
        ]
        if not nouns:
            return False
        head = nouns[-1]
        specific = [t for t in nouns if t.lower not in _VAGUE_OBJECT and t.lemma not in _VAGUE_OBJECT]
        if not specific:
            definite = span[0].tag in ("DET", "POSS") and span[0].lower in (
                "the",
                "our",
                "this",
                "that",
                "both",
            )
            plural = head.lower in ("runbooks", "dashboards", "alerts", "docs", "tests")
            return definite and plural
        return not (len(nouns) == 1 and head.lower in _TIME_WORDS)

    # d

    def has_done_test(self) -> bool:
        if not self.words or self.at is None:
            return self._measured_enough() and bool(self._behaviour())
        if self._dodges():
            return False
        if self._recurs():
            return False
        verb, heads = self.verb, self._object_heads()
        if verb == "document":
            return self._documented()
        if verb in ("make", "let", "have") and self._causative():
            return True
        if verb in _INVESTIGATE and not (verb in ("verify", "check", "measure") and self._numbers()):
            return self._asks() and self._delivers()
        if heads & _MEASURED or verb in ("alert", "page", "throttle", "cap") or (verb == "limit"):
            return self._measured_enough()
        if verb in _WEAK:
            return self._weak_but_tested()
        if heads & _TESTED:
            return bool(self._behaviour()) and self._placed()
        if verb in _GUARDS:
            return bool(self.object) and (self._placed() or self._behaviour() or self.at > 1)
        if verb in _ENDS:
            return self._bounded()
        if verb in _CHANGES:
            return self._says_how()
        if verb in _CREATES:
            return self._says_where()
        return self._says_how() or self._says_where()

    def _object_heads(self) -> frozenset[str]:
        return frozenset(
            {t.lower for t in self.object[-1:]}
            | {t.lemma for t in self.object[-1:]}
            | (
                {t.lower for t in self.object if t.tag == "NOUN"}
                & {"timeout", "limit", "quota", "threshold", "alert", "rate-limit"}
            )
        )

    def _numbers(self) -> bool:
        return any(x.kind in ("number", "percent", "duration") for x in self.literals) or any(
            t.lower in _NUMBER_WORDS for t in self.words
        )

    def _dodges(self) -> bool:
        """A word that leaves the end open, and no number that closes it."""
        if self._numbers():
            return False
        for i, low in enumerate(self.lows):
            if low not in _DODGING:
                continue
            if low in (
                "high",
                "low",
                "most",
                "threshold",
                "slow",
                "large",
                "elevated",
                "excessive",
                "abnormal",
                "unusual",
            ):
                if self._alerting() or low in ("most", "slow"):
                    return True
                continue
            if low in ("more", "some", "many", "several", "most") and self.words[i].tag not in (
                "DET",
                "ADV",
                "PRON",
                "ADJ",
            ):
                continue
            if low == "possible" and self.lows[i - 1 : i] not in (["where"], ["if"], ["as"], ["when"]):
                continue
            if low == "needed" and self.lows[i - 1 : i] not in (["as"], ["if"], ["where"], ["when"]):
                continue
            return True
        return False

    def _alerting(self) -> bool:
        return bool(self._object_heads() & _MEASURED) or self.verb in ("alert", "page", "warn", "notify")

    def _recurs(self) -> bool:
        recurring = any(low in _RECURRING for low in self.lows) and any(
            low in ("week", "month", "quarter", "day", "sprint", "year", "release", "incident", "deploy")
            or low in _RECURRING - {"every", "each"}
            for low in self.lows
        )
        if not recurring and self.verb not in ("keep", "continue", "maintain"):
            return False
        return self.verb not in ("schedule", "add", "create", "automate") and not any(
            x in self.lemmas for x in ("record", "report", "publish")
        )

    def _documented(self) -> bool:
        rest = self.lows[self.at + 1 :] if self.at is not None else []
        if any(w in _QUESTION_WORDS or w == "that" for w in rest):
            return True
        heads = [
            t for a, b, _ in phrases(self.words, (self.at or 0) + 1, len(self.words)) for t in self.words[a:b]
        ]
        return any(t.lower in _DOCUMENTED or t.lemma in _DOCUMENTED for t in heads) or self._numbers()

    def _causative(self) -> bool:
        """ "Make the tool refuse ...": a second verb says what happens."""
        if self.at is None:
            return False
        end = phrase_end(self.words, self.at + 1)
        following = self.words[end] if end < len(self.words) else None
        if following is None or end == self.at + 1:
            return False
        known = (
            _GUARDS
            | _ENDS
            | _CHANGES
            | _CREATES
            | word_set(
                "return use read write retry wait ask default exit work_only run fall respect honour honor emit include"
            )
        )
        return following.lemma in known and following.tag in ("VERB", "NOUN") and end + 1 < len(self.words)

    def makes_better(self) -> bool:
        """ "Make the pipeline more robust": as weak as "improve"."""
        return self.verb == "make" and not self._causative()

    def _asks(self) -> bool:
        return any(w in _QUESTION_WORDS for w in self.lows)

    def _delivers(self) -> bool:
        after = self.words[(self.at or 0) + 1 :]
        coordinated = any(
            t.tag in ("CONJ", "PUNCT") and any(w.lemma in _DELIVERABLE for w in after[i + 1 : i + 4])
            for i, t in enumerate(after)
        )
        return coordinated or " in the ticket" in self.text or " to the ticket" in self.text

    def _measured_enough(self) -> bool:
        if self._numbers():
            return True
        tail = self.words[(self.at or 0) + 1 :]
        event = any(t.lower in _BINARY or t.lemma in _BINARY for t in tail)
        negated = any(t.tag == "NEG" or t.lower == "no" for t in tail)
        conditional = any(
            t.lower in ("when", "if", "on", "for", "after", "that", "whenever", "unless", "as", "once")
            for t in tail
        )
        return (event or negated) and conditional

    def _behaviour(self) -> bool:
        """What it does or checks, in words: a clause, or a phrase of some length after "for"."""
        tail = self.words[(self.at or 0) + 1 :]
        for i, t in enumerate(tail):
            if t.lower in (
                "that",
                "which",
                "when",
                "if",
                "unless",
                "whether",
                "so",
                "where",
                "before",
                "after",
            ) and i + 2 < len(tail):
                return True
            if (
                t.lower in ("for", "against", "of", "with", "on", "to")
                and len([x for x in tail[i + 1 :] if x.tag not in ("DET", "PUNCT")]) >= 3
            ):
                return True
        return False

    def _placed(self) -> bool:
        tail = self.words[(self.at or 0) + 1 :]
        for i, t in enumerate(tail[:-1]):
            if t.lower in _PLACES:
                end = phrase_end(tail, i + 1)
                if end > i + 1 and self._has_outline(tail[i + 1 : end]):
                    return True
        return any(x.kind in ("identifier", "code") for x in self.literals) or "□" in self.text

    def _has_outline(self, span: Sequence[Token]) -> bool:
        nouns = [t for t in span if t.tag in ("NOUN", "PROPN", "NUM")]
        return any(t.lower not in _VAGUE_OBJECT for t in nouns)

    def _bounded(self) -> bool:
        """One can point at what is deleted, moved, published: named, counted or definite."""
        if not self.object:
            return False
        everything = any(t.lower in _ALL for t in self.object)
        if everything and not (self._numbers() or self._placed()):
            return False
        return self.has_object()

    def _says_how(self) -> bool:
        tail = self.words[(self.at or 0) + 1 :]
        if self._numbers():
            return True
        for i, t in enumerate(tail[:-1]):
            if t.lower in (
                "to",
                "with",
                "so",
                "from",
                "by",
                "instead",
                "that",
                "which",
                "when",
                "if",
                "into",
                "before",
                "unless",
                "where",
                "as",
                "after",
                "per",
                "without",
                "using",
                "via",
                "whenever",
            ):
                rest = tail[i + 1 :]
                if t.lower in ("by", "with", "to", "from") and not any(
                    x.tag in ("NOUN", "PROPN", "VERB", "NUM") and x.lower not in _VAGUE_OBJECT for x in rest
                ):
                    continue
                return True
        return self.verb == "fix" and any(x.kind in ("identifier", "code", "ticket") for x in self.literals)

    def _says_where(self) -> bool:
        return self._numbers() or self._placed() or self._behaviour()

    def _weak_but_tested(self) -> bool:
        """ "Ensure that the importer rejects ...": a behaviour of a system, or a number."""
        tail = self.words[(self.at or 0) + 1 :]
        for t in tail:
            if (
                t.tag == "VERB"
                and t.form in ("s", "base", "past")
                and t.lemma
                in _GUARDS
                | _ENDS
                | word_set("return use exceed retry default include write exit reach finish")
            ):
                return self._placed() or self.has_object()
        return self._numbers() and (self._placed() or self.has_object())


_TIME_WORDS = word_set("time times way day future moment week month year quarter sprint ticket")
_NUMBER_WORDS = word_set("two three four five six seven eight nine ten twelve once twice single zero half")
