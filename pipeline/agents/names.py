"""What in a text may be the name of a person or of a host: rather a word too many than one too few, for what is hidden comes back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pipeline.language.dates import MONTHS
from pipeline.language.lemmas import is_common
from pipeline.language.lexicon import words
from pipeline.language.people import People
from pipeline.language.words import Token, tokens
from pipeline.models.incident import Person

# What a name may not stand beside. An underscore is no part of one: user_olga, olga_petrova_dm.json.
INSIDE = r"A-Za-z0-9À-ɏ"
_HEX = r"[0-9a-fA-F]{1,4}"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?"
_MONTHS = "|".join(map(str.title, MONTHS))
# Three things that people call by a number are no machines: SEV1, PAY-123 (a ticket has no leading zero), Mar-18.
_HOST = re.compile(
    rf"(?<![{INSIDE}.@-])(?!(?i:sev)[-_]?[0-9]|[A-Z]{{2,}}-[1-9][0-9]*(?![{INSIDE}_-])|(?i:{_MONTHS})[a-z]*-?[0-9])(?:"
    r"(?:[0-9]{1,3}\.){3}[0-9]{1,3}"
    rf"|(?:{_HEX}(?::{_HEX}){{0,6}})?::{_HEX}(?::{_HEX}){{0,6}}|{_HEX}(?::{_HEX}){{0,6}}::"
    rf"|(?:{_HEX}:){{4,7}}{_HEX}"
    rf"|(?:{_LABEL}\.)+(?i:com|net|org|io|dev|cloud|app|internal|intern|local|lan|corp|test|example|[a-z]{{2}})"
    rf"|(?:{_LABEL}\.){{2,}}[A-Za-z][A-Za-z0-9-]+"
    r"|[a-z]{1,10}-(?=[a-f]*[0-9])[0-9a-f]{8,17}"
    r"|[a-z]{2,}[a-z0-9]*(?:[-_][a-z0-9]+)*[-_]?[0-9]+[a-z]?"
    r"|[A-Z]{2,}[A-Z0-9]*(?:[-_][A-Z0-9]+)*[-_]?[0-9]+[A-Z]?"
    rf")(?![{INSIDE}])"
)
# Endings of files that are also countries'.
_FILES = re.compile(r"\.(?:md|py|sh|rs|pl|so|ps|cc|js|ts|cs|go|tf|db)$")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]{2,})*")
_CAPITALISED = re.compile(r"[^\W\d_a-z][a-zß-öø-ÿ]+")
_JOINED = re.compile(r"(?:[A-Z][a-z]{1,2}|[A-Z]['’])[A-Z][a-zß-öø-ÿ]+")  # DeShawn, McAllister, O'Brien
_NAMES = words("given_names") | words("word_names")
_WITHIN = re.compile(r"[\w,]\s?$")  # before a word that is not its sentence's first
_DATED = re.compile(rf"(?i:{_MONTHS}|mon|tues?|wed|thu|fri|sat|sun)(?i:[a-z]*)")


def hosts(text: str) -> Iterator[str]:
    """Addresses, names with a domain, and whatever is written as machines are: db-03, PRD-SQL-01, db_primary_02."""
    return (m[0] for m in _HOST.finditer(text) if not _FILES.search(m[0]))


def forms(person: Person) -> Iterator[str]:
    """Full name, handles and id, each word of the name, and logins made of them; in the cases that people write."""
    written = [person.name, *(h.lstrip("@") for h in person.handles), person.slack_id or ""]
    parts = [w for w in re.split(r"[\s,]+", person.name) if w]
    parts += [p for w in parts if "-" in w for p in w.split("-")]
    written += [w for w in parts if w[:1].isupper() or not is_common(w)]
    if len(parts) > 1:
        first, last = parts[0], parts[-1]
        written += [f"{first}{last}", f"{first[0]}{last}", f"{first}{last[0]}"]
    for form in dict.fromkeys(written):
        for spelt in dict.fromkeys((form, *_respelt(form))):
            # "will", "mark" and "grace" in small letters are words far more often than they are names.
            for shape in (spelt, spelt.upper(), spelt.lower(), spelt.title()):
                if len(shape) > 1 and (not shape.islower() or not is_common(shape) or shape == person.name):
                    yield shape


def _respelt(form: str) -> Iterator[str]:
    yield form.replace("'", "’")
    yield form.replace("’", "'")
    yield "".join(c for c in unicodedata.normalize("NFKD", form) if not unicodedata.combining(c))


def mentioned(text: str, people: People) -> Iterator[tuple[str, bool]]:
    """What may name somebody who does not act, and whether it is surely a person: it may be a product too."""
    for line in dict.fromkeys(text.split("\n")):
        for run in _runs(line):
            whole = " ".join(t.text.lstrip("@") for t in run)
            if len(run) > 1 and (people.kind_of(whole) == "person" or run[0].lower in _NAMES):
                yield whole, True
            for token in run:
                if _is_called(line, token, people):
                    yield token.text.lstrip("@"), True
    for word in dict.fromkeys(_LETTERS.findall(text)):
        # Also inside of what the tagger takes for one word, such as the name of a file.
        kind = people.kind_of(word)
        shaped = _CAPITALISED.fullmatch(word) or _JOINED.fullmatch(word)
        if _DATED.fullmatch(word):
            continue
        if not is_common(word.lower()) and (kind == "person" or (kind == "unknown" and shaped)):
            yield word, kind == "person"


def _is_called(line: str, token: Token, people: People) -> bool:
    """Whether somebody is meant by an @, or by a word that names people too: "Will", not as a question's first word."""
    if token.text.startswith("@"):
        return not is_common(token.lower[1:]) and people.kind_of(token.text) == "person"
    return token.lower in _NAMES and bool(_WITHIN.search(line[: token.start]))


def _runs(line: str) -> Iterator[list[Token]]:
    """Capitalised words that follow one another, and what stands behind an @."""
    run: list[Token] = []
    for token in tokens(line):
        named = token.tag == "PROPN" or token.text[:1].isupper()
        if (named and not _DATED.fullmatch(token.text)) or token.text.startswith("@"):
            run.append(token)
        elif run:
            yield run
            run = []
    if run:
        yield run
