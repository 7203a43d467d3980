"""Tags the words of closed classes ("that", "had", "'s", "will") by what stands beside them."""

from __future__ import annotations

from pipeline.language.lemmas import is_adjective, verb_forms
from pipeline.language.lexicon import sections, word_set

CLOSED = {word: tag for tag, group in sections("closed_class").items() for word in group}
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
BOUNDARY = frozenset({"CONJ", "SUB", "WH"})
FINITE_AUX = word_set("is are am was were has have had does do did 's 'm 're 've")
STOPS = frozenset(',;:—–-()"“”…!?./|→')
_SENTENCE_ENDS = frozenset(".!?:…")

Tag = tuple[str, str]  # the tag, and the verb form or ""


class Neighbourhood:
    """What is tagged so far, and what stands around a word.

    A stretch is what lies between two boundaries; it has one finite verb.
    """

    def __init__(self, surfaces: list[str], lowered: list[str]) -> None:
        self.surfaces, self.lowered = surfaces, lowered
        self.tags: list[Tag] = []
        self.finite = False  # the current stretch has its finite verb
        self.start = 0  # where the current stretch begins

    def _low(self, i: int) -> str:
        return self.lowered[i] if 0 <= i < len(self.lowered) else ""

    def _closed_tag(self, i: int) -> str:
        return CLOSED.get(self._low(i), "")

    def _tag(self, i: int) -> str:
        return self.tags[i][0] if 0 <= i < len(self.tags) else ""

    def _at_start(self, i: int) -> bool:
        return all(t == "PUNCT" for t, _ in self.tags[:i]) or self._low(i - 1) in _SENTENCE_ENDS

    def _open_class_ahead(self, i: int) -> bool:
        following = self._low(i + 1)
        return bool(following) and following[0].isalnum() and following not in CLOSED

    def _finite_ahead(self, i: int) -> bool:
        """Whether an unmistakable finite verb follows in this stretch."""
        for low in self.lowered[i + 1 :]:
            tag = CLOSED.get(low)
            if low in STOPS or tag in BOUNDARY:
                return False
            if tag == "MODAL" or (low in FINITE_AUX and low != "'s"):
                return True
            forms = verb_forms(low)
            if "past" in forms and "base" not in forms:
                return True
        return False

    def _past_follows(self, i: int) -> bool:
        forms = verb_forms(self._low(i + 1))
        return "past" in forms and "base" not in forms

    def _skip_adverbs(self, i: int) -> int:
        j = i - 1
        while j >= 0 and self.tags[j][0] in ("ADV", "NEG"):
            j -= 1
        return j

    def _caused(self) -> bool:
        """Whether this stretch opened with "make", "let" or "have", whose object does what follows."""
        for j in range(len(self.tags) - 1, self.start - 1, -1):
            if self.tags[j][1] == "base" and self.tags[j][0] in ("VERB", "AUX"):
                return self.lowered[j] in ("make", "let", "help", "have")
            if self.tags[j][0] == "PREP":
                return False
        return False


class ClosedWords(Neighbourhood):
    """The choice among the readings of a word that everybody knows."""

    def _clitic(self, i: int) -> Tag:
        low, owner = self.lowered[i], self._low(i - 1)
        forms, following = verb_forms(self._low(i + 1)), self._closed_tag(i + 1)
        if low == "'ll":
            return "MODAL", ""
        if low in ("'m", "'re"):
            return "AUX", "s"
        if low == "'ve":
            return "AUX", "base"
        if low == "'d":
            perfect = "part" in forms or self._low(i + 1) in ("been", "had")
            return ("AUX", "past") if perfect else ("MODAL", "")
        if low != "'s":
            return "PUNCT", ""
        # Possessive before a noun; "is" or "has" before what only a predicate begins with.
        if owner in word_set("it he she that there who what here let where how"):
            return "AUX", "s"
        if following in ("DET", "NEG", "POSS", "PREP", "TO") or self._low(i + 1) in (
            "been", "already", "still", "just", "never",
        ):  # fmt: skip
            return "AUX", "s"
        if forms & {"ing", "part"} and "base" not in forms:
            return ("AUX", "s") if self._closed_tag(i + 2) in ("DET", "POSS", "PREP", "TO") else ("POSS", "")
        return "POSS", ""

    def _closed(self, i: int) -> Tag:
        surface, low = self.surfaces[i], self.lowered[i]
        tag, before, following = CLOSED[low], self._tag(i - 1), self._closed_tag(i + 1)
        if tag == "AUX":
            return self._auxiliary(i)
        if tag == "MODAL":
            return self._modal(i)
        if low in ("that", "those", "these", "this", "all", "both", "each", "some", "any", "most"):
            return self._demonstrative(i)
        if low == "yet" or (low == "so" and is_adjective(self._low(i + 1))):
            return "ADV", ""
        if tag == "POSS" and low in ("her", "his") and not self._open_class_ahead(i):
            return "PRON", ""
        if low == "like" and before in ("TO", "MODAL"):
            return "VERB", "base"
        if low == "past" and before in ("DET", "POSS"):
            return "ADJ", ""
        if low == "no" and self._low(i + 1) == "longer":
            return "NEG", ""
        if low == "since" and before == "AUX":
            return "ADV", ""  # "has since apologised"
        if low == "no" and following in ("", "PREP") and not self._open_class_ahead(i):
            return "ADV", ""
        if low == "at" and self._low(i + 1) in ("least", "most") and self._tag(i - 1) in ("MODAL", "AUX"):
            return "ADV", ""  # "can at least tell left from right"
        if low == "one" and self._low(i - 1) != "no" and self._open_class_ahead(i):
            return ("PRON", "") if "past" in verb_forms(self._low(i + 1)) else ("NUM", "")
        if surface in ("US", "IT", "U", "WHO"):
            return "NOUN", ""
        return tag, ""

    def _auxiliary(self, i: int) -> Tag:
        low = self.lowered[i]
        if low in ("did", "was", "were", "had"):
            return "AUX", "past"
        if low in ("does", "has", "is", "are", "am"):
            return "AUX", "s"
        if low in ("have", "do"):
            j = self._skip_adverbs(i)
            return "AUX", "base" if self._tag(j) in ("MODAL", "TO", "", "PUNCT") else "s"
        return "AUX", {"being": "ing", "having": "ing", "doing": "ing", "be": "base"}.get(low, "part")

    def _modal(self, i: int) -> Tag:
        surface, low, before = self.surfaces[i], self.lowered[i], self._tag(i - 1)
        forms = verb_forms(self._low(i + 1))
        if low == "can" and before in ("DET", "POSS", "ADJ"):
            return "NOUN", ""
        agreeing = bool(forms & {"past", "s"}) and "base" not in forms
        if low in ("will", "may") and agreeing:
            return "PROPN", ""  # "will forgot": the next verb agrees with a subject, so this is one
        if low in ("will", "may") and surface[0].isupper():
            named = self._low(i + 1) in FINITE_AUX | {"will", "would", "should", "could"}
            after = i > 0 and before in ("NUM", "PREP", "VERB", "AUX", "CONJ", "PROPN")
            return ("PROPN", "") if named or after else ("MODAL", "")
        return "MODAL", ""

    def _demonstrative(self, i: int) -> Tag:
        low, before, following = self.lowered[i], self._tag(i - 1), self._closed_tag(i + 1)
        after = verb_forms(self._low(i + 1))
        if low == "that" and before in NOMINAL and self._low(i + 1) not in ("", *STOPS):
            relative = following in ("AUX", "MODAL", "ADV") or bool(after)
            return ("WH", "") if relative else ("SUB", "")
        if low == "that" and before in ("VERB", "ADJ"):
            return ("SUB", "") if self._low(i + 1) not in ("", *STOPS) else ("PRON", "")
        if (
            low in ("both", "all", "some", "most")
            and "base" in after
            and self._closed_tag(i + 2) in ("DET", "POSS")
        ):
            return "PRON", ""  # "both carry the same name"
        if following in ("AUX", "MODAL", "PREP", "NEG") or not self._low(i + 1)[:1].isalnum():
            return "PRON", ""
        if low in ("this", "that") and after & {"past", "s"} and "base" not in after:
            return ("PRON", "") if self._low(i + 2) in CLOSED or not self._low(i + 2) else ("DET", "")
        return "DET", ""
