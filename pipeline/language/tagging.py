"""Chooses among what a word can be by what stands beside it; a coarse tagger made for terse technical English."""

from __future__ import annotations

from pipeline.language.closed_words import BOUNDARY, CLOSED, FINITE_AUX, NOMINAL, STOPS, ClosedWords, Tag
from pipeline.language.lemmas import can_be_verb, is_adjective, is_common, lemma, verb_forms
from pipeline.language.lexicon import word_set
from pipeline.language.lexicon import words as lexicon

_SAYING = word_set(
    "think believe know say assume claim hope expect guess feel suspect find mean argue insist"
)
_SUBJECT_PRONOUNS = word_set(
    "i we you he she it they who somebody someone anybody anyone nobody everybody everyone whoever u "
    "no-one noone nothing something that which this these those both all some most many"
)
_OPENS_NOUN = frozenset({"DET", "POSS", "ADJ", "PREP", "NUM"})
_AFTER_VERB = frozenset({"DET", "POSS", "PRON", "TO", "NEG", "ADV", "PREP", "NUM", "SUB"})
_BE = word_set("be am is are was were been being 'm 're get gets got gotten getting")
_HAVE = word_set("have has had having 've")
_DO = word_set("do does did")
_TEMPORAL = word_set("before after since until till as than")  # a clause may follow these
_GIVEN_NAMES = lexicon("given_names")
_WORD_NAMES = lexicon("word_names")
_ROLES = lexicon("human_nouns", "role")
_DEPARTMENTS = lexicon("human_nouns", "department")
_ZONES = word_set(
    "UTC GMT Z CET CEST EET EEST BST EST EDT CST CDT MST MDT PST PDT PT ET MT CT IST JST AEST AEDT"
)


def tag_words(surfaces: list[str], lowered: list[str]) -> list[Tag]:
    """(tag, verb form) of each word."""
    return _Tagger(surfaces, lowered).run()


class _Tagger(ClosedWords):
    """Goes from left to right."""

    def run(self) -> list[Tag]:
        for i, low in enumerate(self.lowered):
            tag, form = self._choose(i)
            self.tags.append((tag, form))
            if tag in BOUNDARY or (tag == "PUNCT" and low in STOPS) or (tag == "PREP" and low in _TEMPORAL):
                self.finite, self.start = False, i + 1
            elif tag == "MODAL" or (tag in ("AUX", "VERB") and form in ("past", "s")):
                if self.finite and tag == "VERB":
                    self._reduce_earlier(i)
                self.finite = True
        return self.tags

    def _reduce_earlier(self, here: int) -> None:
        """In "the engineer paged at three restarted it" the first past form is a participle."""
        for j in range(self.start, here):
            if (
                self.tags[j] == ("VERB", "past")
                and self._tag(j + 1) == "PREP"
                and "part" in verb_forms(self.lowered[j])
            ):
                self.tags[j] = ("VERB", "part")
                return

    # the choice

    def _choose(self, i: int) -> Tag:
        surface, low = self.surfaces[i], self.lowered[i]
        if low in ("n't", "nt"):
            return "NEG", ""
        if low.startswith("'") and len(low) > 1:
            return self._clitic(i)
        if not low[0].isalnum() and low[0] not in "@#□":
            return "PUNCT", ""
        if low in CLOSED:
            return self._closed(i)
        if low[0] == "@":
            return "PROPN", ""
        if low[0].isdigit() or low[0] == "#" or (surface in _ZONES and self._tag(i - 1) == "NUM"):
            return "NUM", ""
        if low[0] == "□" or "_" in low or any(c.isdigit() for c in low):
            return "NOUN", ""
        forms = verb_forms(low)
        if surface[0].isupper() and self._is_name(i, forms):
            return "PROPN", ""
        if forms:
            chosen = self._verb(i, forms)
            if chosen:
                return "VERB", chosen
            modifies = "ing" in forms and self._open_class_ahead(i) and not self._past_follows(i)
            if forms & {"past", "part"} or modifies:
                return "ADJ", ""
            return "NOUN", ""
        if is_adjective(low) and (low not in _ROLES or self._open_class_ahead(i)):
            return "ADJ", ""
        j = self._skip_adverbs(i)
        commanded = self._tag(j) in ("TO", "MODAL") or (self._tag(j) == "AUX" and self._low(j) in _DO)
        if commanded and (can_be_verb(low) or not is_common(low)) and self.surfaces[i].islower():
            return "VERB", "base"  # "to file the report", and verbs that no dictionary knows
        if low.endswith("ly") and len(low) > 4:
            return "ADV", ""
        return "NOUN", ""

    def _is_name(self, i: int, forms: frozenset[str]) -> bool:
        surface, low = self.surfaces[i], self.lowered[i]
        if low in _GIVEN_NAMES:
            return True
        if self._at_start(i):
            return not is_common(low) or (("base" in forms or low in _WORD_NAMES) and self._before_finite(i))
        if surface.isupper() and len(surface) > 1:
            return not forms
        return not (forms & {"past", "part"} and self._tag(i - 1) in NOMINAL)

    def _before_finite(self, i: int) -> bool:
        """Whether a finite verb follows at once: "Mark misread it", "Rob did not"."""
        following = self._low(i + 1)
        if following in FINITE_AUX | {"will", "would", "should", "could", "n't"}:
            return True
        if self.lowered[i] in _DEPARTMENTS and "past" in verb_forms(following):
            return True  # "Support let the customer down"
        if following == "," and self.lowered[i] in _WORD_NAMES:
            return self._closed_tag(i + 2) in ("DET", "POSS", "WH", "PREP")  # "Bill, the reviewer, ..."
        forms = verb_forms(following)
        return "past" in forms and ("base" not in forms or self.lowered[i] in _WORD_NAMES)

    def _verb(self, i: int, forms: frozenset[str]) -> str:
        """The form that stands here, or '' if this is no verb."""
        j = self._skip_adverbs(i)
        inside = j >= self.start or self._tag(j) in BOUNDARY
        before, previous = (self._tag(j), self._low(j)) if inside else ("", "")
        if "base" in forms:
            if before in ("TO", "MODAL") or (before == "AUX" and previous in _DO):
                return "base"
            if before == "AUX" and forms & {"past", "part"}:
                return "part"
            if before == "PRON" and previous in _SUBJECT_PRONOUNS:
                return "past" if "past" in forms else "base"
            if previous in ("please", "let's") or self._asked(i, before):
                return "base"
        if forms & {"past", "part"}:
            chosen = self._past(i, forms, before, previous)
            if chosen is not None:
                return chosen
        if "s" in forms:
            return self._third_person(i, before, previous)
        if "ing" in forms:
            return self._gerund(i, before, previous)
        return self._bare(i, before) if "base" in forms else ""

    def _asked(self, i: int, before: str) -> bool:
        """ "Why did the rigger not simply ask?": the base form after "did" and its subject."""
        opening = self._tag(self.start) == "AUX" and self._low(self.start) in _DO
        apart = self._tag(i - 1) in ("ADV", "NEG") or self._closed_tag(i + 1) in ("DET", "POSS", "PRON")
        deed = any(tag == "VERB" for tag, _ in self.tags[self.start :])
        return opening and not deed and before in NOMINAL and apart

    def _past(self, i: int, forms: frozenset[str], before: str, previous: str) -> str | None:
        direct, regular = self._tag(i - 1), "base" not in forms
        if before == "AUX" and "part" in forms and previous in _BE | _HAVE:
            return "part"
        if regular and (before in ("MODAL", "TO") or (before == "AUX" and previous in _DO)):
            return "base"  # "did not checked", "must to checked": meant as a base form
        object_ahead = self._closed_tag(i + 1) in ("DET", "POSS", "PRON", "TO") and self._tag(i - 2) in (
            "DET",
            "POSS",
        )
        if direct == "ADJ" and object_ahead and "past" in forms and not self.finite:
            return "past"  # "The junior lost his nerve"
        numbered = direct == "NUM" and self._tag(i - 2) in ("NOUN", "PROPN")  # "pump 2 stopped"
        if (direct in ("DET", "POSS", "ADJ", "NUM") and not numbered) or (
            direct == "ADV" and before in ("DET", "POSS")
        ):
            return ""  # "the failed job", "a more seasoned engineer"
        if not regular and self._low(self.start) in _HAVE and self._tag(self.start) == "AUX":
            return "part"  # "had the buyers read it"
        if not regular:
            return "past" if "past" in forms and before in ("NOUN", "PROPN") and not self.finite else None
        if self._open_class_ahead(i) and (direct in ("PREP", "VERB") or (direct == "CONJ" and self.finite)):
            return ""
        if "past" not in forms:
            return "part"
        if before == "VERB" and self.start and self._low(self.start - 1) in ("that", "who", "which"):
            return "past"  # "the valve that the crew replaced stuck"
        if before in NOMINAL:
            return "past"
        if not self.finite and before in ("", "CONJ", "WH", "SUB"):
            fronted = before == "" and self._closed_tag(i + 1) in ("PREP", "TO") and self._finite_ahead(i)
            return "part" if fronted and "part" in forms else "past"
        return "part" if "part" in forms else "past"

    def _third_person(self, i: int, before: str, previous: str) -> str:
        following, direct = self._closed_tag(i + 1), self._tag(i - 1)
        if before == "WH" or (before == "PRON" and previous in _SUBJECT_PRONOUNS):
            return "s"
        if before == "CONJ" and following in _AFTER_VERB and ("VERB", "s") in self.tags:
            return "s"
        if before not in ("NOUN", "PROPN") or self.finite:
            return ""
        if self._finite_ahead(i):
            return "s" if lemma(self._low(i)) in _SAYING else ""  # "the foreman thinks rules are for others"
        if self._tag(self.start) == "VERB" and self.tags[self.start][1] == "base" and i - self.start < 4:
            if all(self._tag(j) in ("NOUN", "ADJ", "PROPN") for j in range(self.start + 1, i)):
                return ""  # "Write unit tests for ..."
        if following in _AFTER_VERB or direct == "ADV" or not self._low(i + 1):
            return "s"
        singular = lemma(previous) == previous
        return "s" if singular and self._open_class_ahead(i) else ""

    def _gerund(self, i: int, before: str, previous: str) -> str:
        direct, following = self._tag(i - 1), self._closed_tag(i + 1)
        if before == "AUX" and previous in _BE:
            return "ing"
        if before == "PRON" and self._tag(i - 2) == "AUX" and self._low(i - 2) in _BE:
            return "ing"  # "what was he thinking"
        department = self._low(i) in _DEPARTMENTS and "past" in verb_forms(self._low(i + 1))
        if following in ("AUX", "MODAL") or self._past_follows(i) or department:
            return ""  # "billing was", "engineering took"
        if direct in ("DET", "POSS", "ADJ") or (direct == "NOUN" and not following):
            return ""
        return "ing" if following or direct in ("PREP", "", "PUNCT", "SUB", "CONJ", "VERB") else ""

    def _bare(self, i: int, before: str) -> str:
        """A bare form: after a plural subject, in a coordination, or as an imperative."""
        direct, following = self._tag(i - 1), self._closed_tag(i + 1)
        followed = following in _AFTER_VERB or self._open_class_ahead(i)
        if self._low(i + 1)[:1].isdigit() and not self._low(i + 2)[:1].isalpha():
            return ""  # "Change 4812, ...": a thing and its number
        if self._low(i + 1) == "of" and self._low(i) not in ("think", "dispose", "beware", "get"):
            return ""  # "Cause of the double feed"
        if direct in _OPENS_NOUN:
            return ""
        if direct == "CONJ":
            last = next((form for tag, form in reversed(self.tags) if tag == "VERB"), "")
            return "base" if last == "base" and followed else ""
        if before == "PROPN" and self._caused() and following in _AFTER_VERB:
            return "base"
        if before == "NOUN" and not self.finite and not self._finite_ahead(i):
            subject = self._low(self._skip_adverbs(i))
            if self._caused() and (following in _AFTER_VERB or self._open_class_ahead(i)):
                return "base"  # "make the reviewer sign it"
            plural = (subject.endswith("s") and lemma(subject) != subject) or subject in ("people", "staff")
            return "base" if plural and (following in _AFTER_VERB or direct == "ADV") else ""
        if before not in ("", "PUNCT"):
            return ""
        if following in ("DET", "POSS", "PRON"):
            return "base"
        if self.finite or self._finite_ahead(i):
            return ""
        return "base" if followed or following in ("WH", "CONJ") else ""
