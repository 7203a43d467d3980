"""Whether the records that a sentence cites bear it out, as far as code can tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from pipeline.agents.vocabulary import content, has_verb, record_content, vocabulary, without_literals
from pipeline.evidence.grounding import Ungrounded, people_of, ungrounded, wanted
from pipeline.evidence.instructions import addresses_reader, without_instructions
from pipeline.evidence.voices import outside_of
from pipeline.language.lemmas import is_common
from pipeline.language.lexicon import word_set
from pipeline.language.literals import find_literals
from pipeline.language.words import tokens
from pipeline.models.case import Case
from pipeline.models.record import Record

Fault = Literal[
    "cites no record",
    "cites a record that does not exist",
    "cites only text that instructs its reader",
    "says what no cited record says",
    "is not about what the cited records are about",
    "is no readable sentence",
]

# A paraphrase shares few words with what it tells, an invention none: a quarter of the content words, and
# two of them (one of three), is what the plainest honest retellings keep. A located literal counts as one.
_SHARED, _SHARED_WORDS, _SHORT = 0.25, 2, 3
_WISHED = 0.15  # a measure goes beyond what its records tell
_OFFICES = word_set(
    "lead owner team engineer engineering manager management commander author desk support service services security "
    "platform product data operations ops on call duty shift night day incident reviewer maintainer developer "
    "liaison coordinator communications comms legal quality release network database storage customer of the for and "
    "in at to who whoever responder responders director head chief vendor administrator analyst group office"
)
_NAME, _LONG_ROLE = re.compile(r"[^\W_]+"), 6
_TOLD = 0.5
# Words with a letter, of all that a text is cut into besides its literals, punctuation included.
_WORDS = 0.5
_BRACKETS = {")": "(", "]": "[", "}": "{"}
# Words that neither the dictionary nor any record knows.
_STRANGE = 0.2
_TITLE = 0.6  # of a title's content words
_ASKED = 0.4  # of a question's: it asks for what no record says
_ASSERTED = frozenset({"actor", "polarity", "certainty"})
_NAMED = 3  # literals of one sentence that its fault names
_LONG_NAME = 60  # characters of one of them
_LONGEST = 600  # characters of one statement
_MARKS = re.compile(r"\s*[(\[]\s*E[0-9]+(?:\s*[,;]?\s*E[0-9]+)*\s*[)\]]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def cited(case: Case, ids: Iterable[str]) -> tuple[Record, ...]:
    """The records of those ids, in their order and once each; ids that don't exist are left out."""
    known = {r.id: r for r in case.records}
    return tuple(known[i] for i in dict.fromkeys(ids) if i in known)


def admissible(record: Record) -> Record:
    """The record without what it says to whoever writes the report: that is evidence of nothing."""
    cells = [cell for _, cell in record.columns]
    if not addresses_reader("\n".join((record.text, *cells))):
        return record
    columns = tuple((head, _blanked(cell)) for head, cell in record.columns)
    return record.model_copy(update={"text": _blanked(record.text), "columns": columns})


def fault_of(
    text: str, ids: Sequence[str], case: Case, *, title: bool = False, wish: bool = False
) -> Fault | None:
    """Why a sentence may not be printed as a fact of its records, or None. A title needs no verb, and nobody
    outside the response gives work. A `wish` is a measure or an item: it wants what its records lack."""
    if not ids:
        return "cites no record"
    records = cited(case, ids)
    if len(records) != len(set(ids)):
        return "cites a record that does not exist"
    records = _leaning_on(ids, case, title=title)
    if not records:
        return "cites only text that instructs its reader"
    if not (is_worded(text, case) if title else is_readable(text, case)):
        return "is no readable sentence"
    claimed = _claimed(text, records, case)
    if wanted(claimed) if wish else claimed:
        return "says what no cited record says"
    if not _is_about(text, records, _WISHED if wish else _SHARED):
        return "is not about what the cited records are about"
    return None


def question_fault(text: str, ids: Sequence[str], case: Case) -> Fault | None:
    """Why a question may not be asked, or None. It needs no record that answers it, but brings in nothing that no
    record of the case says."""
    records = cited(case, ids)
    if len(records) != len(set(ids)):
        return "cites a record that does not exist"
    if ids and not _leaning_on(ids, case, title=False):
        return "cites only text that instructs its reader"
    if not text.endswith("?") or not is_readable(text, case):
        return "is no readable sentence"
    if _invented(text, case):
        return "says what no cited record says"
    said = content(text)
    told = {t.lemma for word in vocabulary(case) for t in tokens(word)}
    return None if len(said & told) >= _ASKED * len(said) else "is not about what the cited records are about"


def _invented(text: str, case: Case) -> list[Ungrounded]:
    """What a question brings in that no record of the case has. It asserts nothing, so nothing contradicts it."""
    everything = tuple(map(admissible, case.records))
    return [u for u in ungrounded(text, everything, case) if u.kind not in _ASSERTED]


def fault_detail(
    text: str,
    ids: Sequence[str],
    case: Case,
    *,
    title: bool = False,
    question: bool = False,
    wish: bool = False,
) -> str:
    """The fault of a sentence, or of a question, in words that whoever wrote it can act on; empty where it has none."""
    fault = question_fault(text, ids, case) if question else fault_of(text, ids, case, title=title, wish=wish)
    if fault == "cites a record that does not exist":
        known = {r.id for r in cited(case, ids)}
        missing = [i for i in dict.fromkeys(ids) if i not in known][:_NAMED]
        return f"cites {', '.join(missing)}, which {'does' if len(missing) == 1 else 'do'} not exist"
    if fault == "says what no cited record says":
        records = _leaning_on(ids, case, title=title)
        found = _invented(text, case) if question else _claimed(text, records, case)
        where = "no record" if question else "no cited record"
        return "; ".join(_named(u, where) for u in found[:_NAMED])
    if fault == "is not about what the cited records are about":
        return f"shares too few words with the records {'of the incident' if question else 'it cites'}"
    if fault == "is no readable sentence" and question and not text.endswith("?"):
        return "does not end with a question mark"
    return fault or ""


def _named(found: Ungrounded, where: str) -> str:
    words = found.text if len(found.text) <= _LONG_NAME else f"{found.text[:_LONG_NAME].rstrip()}…"
    if found.kind in _ASSERTED or found.kind == "instruction":
        return f"“{words}”: {found.reason}"
    derived = " and follows from none" if found.kind in ("number", "percent", "duration") else ""
    return f"“{words}” ({found.kind}) stands in {where}{derived}"


def _leaning_on(ids: Iterable[str], case: Case, *, title: bool) -> tuple[Record, ...]:
    """The records of those ids that are evidence of anything."""
    outside = outside_of(case, people_of(case)) if title else frozenset()
    return tuple(
        r for r in map(admissible, cited(case, ids)) if r.id not in outside and (r.text or r.columns)
    )


def _claimed(text: str, records: Sequence[Record], case: Case) -> list[Ungrounded]:
    return [u for u in ungrounded(text, records, case) if not u.is_interpretation]


def overstates(text: str, ids: Sequence[str], case: Case) -> bool:
    """Whether a sentence tells as settled what its records only suspect."""
    records = [admissible(r) for r in cited(case, ids)]
    return any(u.is_interpretation for u in ungrounded(text, records, case))


def is_readable(text: str, case: Case) -> bool:
    """Whether a text is a clause in words that the language or the records know."""
    return is_worded(text, case) and has_verb(text)


def is_worded(text: str, case: Case) -> bool:
    """Whether a text is made of words, and of words that the language or the records know."""
    if len(text) > _LONGEST or not _is_closed(text):
        return False
    found = tokens(without_literals(text))
    words = [t.lower for t in found if t.tag != "PUNCT"]
    lettered = [w for w in words if any(c.isalpha() for c in w)]
    letters = [w for w in lettered if w.isalpha() and len(w) > 2]
    if not letters or len(lettered) < _WORDS * len(found):
        return False
    known = vocabulary(case)
    strange = [w for w in letters if not is_common(w) and w not in known]
    return len(strange) <= _STRANGE * len(letters)


def _is_closed(text: str) -> bool:
    """Whether each bracket that opens is closed; prose has no others."""
    open_ones: list[str] = []
    for character in text:
        if character in _BRACKETS.values():
            open_ones.append(character)
        elif character in _BRACKETS and (not open_ones or open_ones.pop() != _BRACKETS[character]):
            return False
    return not open_ones


def is_title(text: str, case: Case) -> bool:
    """Whether a title is about this case: most of its words are the records' own, and it invents nothing."""
    said = content(text)
    told = {t.lemma for word in vocabulary(case) for t in tokens(word)}
    known = len(said & told) >= _TITLE * len(said)
    return (
        bool(said)
        and len(text) <= 120
        and known
        and is_worded(text, case)
        and not ungrounded(text, case.records, case)
    )


def is_role(text: str, case: Case) -> bool:
    """Whether a text can name who is asked: a few words of the records, or of offices that there are everywhere. Any
    other word could be a judgement of whoever is meant."""
    words = [w.lower() for w in _NAME.findall(text)]
    return 1 <= len(words) <= _LONG_ROLE and all(w in _OFFICES or w in vocabulary(case) for w in words)


def plain(text: str) -> str:
    """A model's sentence on one line, without evidence marks, which are printed from data."""
    return " ".join(_CONTROLS.sub("", _MARKS.sub("", text)).split())


def _blanked(text: str) -> str:
    return " ".join(without_instructions(text).split()) if addresses_reader(text) else text


def is_told(text: str, ids: Sequence[str], case: Case) -> bool:
    """Whether the records do more than bear on a measure: most of its words are theirs, so they name it."""
    return _is_about(text, [admissible(r) for r in cited(case, ids)], _TOLD)


def _is_about(text: str, records: Sequence[Record], share: float) -> bool:
    """Whether enough of what a text says is in its records: words, and the literals that were located there."""
    said = content(text)
    told: set[str] = set()
    for record in records:
        told |= record_content(record)
    shared = len(said & told) + len(find_literals(text))
    enough = 1 if len(said) <= _SHORT else _SHARED_WORDS
    return shared >= max(enough, share * len(said))
