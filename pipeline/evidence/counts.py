"""Counts of impact: a number, what it counts, who counted it and whether that was before impact was over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pipeline.documents.headings import parts_of
from pipeline.evidence.candidates import Homes
from pipeline.evidence.instructions import without_instructions
from pipeline.evidence.wording import clean
from pipeline.language.event_classes import read_event
from pipeline.language.words import Token, tokens
from pipeline.models.record import Record

# Who is affected, and what is lost or delayed. In a part on impact any noun counts; elsewhere one of these.
_AFFECTED = frozenset(
    """customer user account patient passenger traveller client merchant seller buyer visitor member subscriber tenant guest
    student reader driver player caller resident household device phone site store shop branch school journal clinic ward
    farm vessel container truck vehicle flight train robot terminal meter sensor company organisation organization region
    people person family author editor""".split()
)
_WORK = frozenset(
    """request order payment booking session message ticket transaction submission upload download call email mail login
    sign-up signup registration checkout cart invoice page delivery shipment parcel trip ride appointment prescription
    claim transfer withdrawal deposit notification reading file image document comment review reservation refund charge
    complaint sample debit""".split()
)
_NO_COUNT = frozenset(
    """millisecond second eur versus vs x minute hour day second week month year min sec hr h ms s am pm utc version gb mb tb kb mbit percent time o'clock
    january february march april may june july august september october november december""".split()
)
_MONEY = re.compile(
    r"(?:[A-Z]{0,3}[$€£¥]|\b(?:USD|EUR|GBP|AUD|JPY|CHF|NZD|SEK|NOK|DKK|CAD)\b)\s?(?P<n>\d[\d,.]*\d|\d)\s?(?P<scale>k|m|million|thousand)?\b"
    r"|(?P<n2>\d[\d,.]*\d|\d)\s?(?P<scale2>k|m|million|thousand)?\s?(?:euros?|dollars?|pounds?|yen|francs?|kronor|€|EUR|USD|GBP)\b",
    re.I,
)
_NUMBER = re.compile(
    r"(?<![\w.:/#-])(?P<about>~|about |around |roughly |approximately |some |up to |at most |at least |nearly |almost |over )?"
    r"(?P<n>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s?(?P<scale>k\b|M\b|%|percent\b|million\b)?(?![\d:/-]|\.\d|(?<!k)(?<!M)(?<!n)(?<!t)[A-Za-z])",
)
_OF_TOTAL = re.compile(r"\s*(?:of|out of)\s+(?:the |some |about )?\d")
_BARE = re.compile(r"\b(?:counts?|counted|shows?|lists?|says?)\s+(?P<n>\d[\d,]*)\b")
_RATE = re.compile(r"\s*\S{0,14}\s*(?:per|an?|each|every|/)\s?(?:second|minute|hour|day|sec|min|s|h)\b", re.I)
_INTERIM = re.compile(
    r"so far|first (?:estimate|count)|estimat|prelimin|interim|guess|until now|still count|at this point|not final|initial|we think|maybe|"
    r"probably|would have said|currently|for now|as of|waiting",
    re.I,
)
_FINAL = re.compile(
    r"\bfinal|counted|confirmed|total(?:s|led)?\b|in total|numbers:|the numbers|altogether|end result|is the right one",
    re.I,
)
# What says of itself that it counts: "numbers from the save log: …", or a message that opens with a list of counts.
_COUNTING = re.compile(
    r"\s*(?:(?:the )?(?:(?:final|last|real) )?(?:impact|numbers?|counts?|figures?)\b[^:.]{0,40}:"
    r"|(?:about |~)?\d[\d,]* [a-z]+, (?:and )?(?:about |~)?\d[\d,]* [a-z]+\b)",
    re.I,
)
_ONLY_A_NUMBER = re.compile(r"(?:about |around |some |roughly |~ ?)?\d[\d,.]*", re.I)
_IMPACT_FIELD = re.compile(r"(?:impact|affected|blast radius|damage|scope)\b", re.I)
_CUE = re.compile(
    r"affected|lost|loss|fail|missing|without|unable|could not|couldn't|not complete|declin|delay|late\b|stuck|wrong|duplicate|double|"
    r"refund|revenue|minus|numbers|impact|blank|dropped|reject|refus|stranded|cancel|tickets?|count",
    re.I,
)


_LOSS = re.compile(
    r"\b(?:cost|costs|paid|pay|owe[ds]?|worth|compensat\w*|penalt\w*|fines?|credits?|charged?)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Count:
    """`nouns` are the lemmas of what is counted, its head last; `rank` is how final the source is."""

    what: str
    value: float | int
    nouns: tuple[str, ...]
    approximate: bool
    interim: bool
    rank: tuple[int, float]
    record: str
    in_part: bool  # stands where a document tells impact
    total: bool = False  # the whole of which another count is a part
    currency: str = ""  # of an amount, as it is written

    @property
    def unit(self) -> str:
        return self.nouns[-1] if self.nouns else ""


def read_counts(
    records: Sequence[Record], homes: Homes, detected: datetime | None, recovered: datetime | None
) -> list[Count]:
    """Every count of impact in the records: first what documents say in their parts on impact, then what people say."""
    found: list[Count] = []
    for record in records:
        if _in_impact_part(record):
            found += _counts(record, in_part=True, recovered=recovered)
    known = frozenset(n for c in found for n in c.nouns)
    for record in records:
        if (homes.has(record) or record.section) and _said_of_impact(record, known, detected):
            found += _counts(record, in_part=False, recovered=recovered, known=known)
    return found


def _in_impact_part(record: Record) -> bool:
    if record.kind not in ("statement", "field", "row"):
        return False
    heading = record.section.split(" > ")[-1]
    if "impact" in parts_of(heading) or _IMPACT_FIELD.match(heading):
        return True
    if (
        record.kind == "field"
        and record.document == "incident brief"
        and _ONLY_A_NUMBER.fullmatch(_value(record))
    ):
        return True
    return record.kind == "field" and bool(_IMPACT_FIELD.match(record.text))


def _value(record: Record) -> str:
    return record.text.partition(":")[2].strip(" .")


def _said_of_impact(record: Record, known: frozenset[str], detected: datetime | None) -> bool:
    text = _said(record)
    if record.document in ("incident brief", "resolution summary"):
        return record.kind == "statement" and bool(_CUE.search(text))
    if record.kind not in ("message", "text", "bot") or record.time is None:
        return False
    if detected is not None and record.time < detected:
        return False
    cue = bool(_CUE.search(text) or _MONEY.search(text) or _COUNTING.match(text))
    if not cue and not any(w.lemma.lower() in known for w in tokens(text)):
        return False
    reading = read_event(text)
    return not reading.question and (cue or not reading.has("recover", "complete"))


def _said(record: Record) -> str:
    return clean(without_instructions(record.text))


def _counts(
    record: Record, *, in_part: bool, recovered: datetime | None, known: frozenset[str] = frozenset()
) -> Iterator[Count]:
    text = _said(record)
    running = record.kind in ("message", "bot") and recovered is not None and record.time is not None
    interim = (
        bool(_INTERIM.search(text) or _INTERIM.search(record.section)) or record.document == "incident brief"
    )
    if running and record.time is not None and recovered is not None and record.time < recovered:
        interim = True
    final = bool(_FINAL.search(text) or _FINAL.search(record.section))
    level = 3 if record.document == "resolution summary" else 2 if final and not interim else 1
    rank = (
        0 if record.document == "incident brief" else level,
        record.time.timestamp() if record.time else 0.0,
    )
    base = Count("", 0, (), False, interim, rank, record.id, in_part)
    for m in _MONEY.finditer(text):
        value = _number(m["n"] or m["n2"], m["scale"] or m["scale2"])
        near = text[max(0, m.start() - 12) : m.start()]
        rough = bool(re.search(r"about|~|around|roughly|approx|guess", near, re.I))
        what = _what(text, m.start(), m.end())
        if not in_part and not (_CUE.search(what) or _LOSS.search(what)):
            continue  # what a measure would cost
        yield replace(
            base,
            what=what,
            value=value,
            nouns=("money",),
            approximate=rough,
            currency=_currency(m.group()),
        )
    before: Count | None = None
    for m in _NUMBER.finditer(text):
        made = _counted(m, text, base, known, before)
        if made is not None:
            before = made
            yield made
    if in_part and before is None:
        for m in _BARE.finditer(text):
            yield replace(
                base, what=_what(text, m.start("n"), m.end()), value=_number(m["n"], None), nouns=("",)
            )


def _counted(
    m: re.Match[str], text: str, base: Count, known: frozenset[str], before: Count | None
) -> Count | None:
    share = (m["scale"] or "").lower() in ("%", "percent")
    if _RATE.match(text[m.end() :]):
        return None
    rest = text[m.end() :]
    total = _OF_TOTAL.match(rest)
    if total:
        later = re.search(r"\d[\d,.]*\s?(?:k|M|million)?", rest)
        rest = rest[later.end() :] if later else rest
    nouns = ("percent",) if share else _nouns(rest)
    if not nouns:
        label = re.search(r"([A-Za-z-]+):\s[^:.]{0,24}$", text[: m.start()])
        nouns = _nouns(label[1]) if label else ()
    if not nouns or (nouns[-1] in _NO_COUNT and not share):
        return None
    what = _what(text, m.start(), m.end())
    if (
        not base.in_part
        and not _COUNTING.match(text)
        and not _said_as_impact(what, nouns, known, share=share, part=bool(total))
    ):
        return None
    if re.search(r"[a-z_][\w.-]* $", text[: m.start()]) and _is_label(text[: m.start()]):
        return None
    is_total = before is not None and bool(
        re.search(r"\d\s?%?\s?(?:[a-z]+ ){0,2}(?:of|out of)\s+(?:the |some |about )?$", text[: m.start()])
    )
    return replace(
        base,
        what=what,
        value=_number(m["n"], None if share else m["scale"]),
        nouns=nouns,
        approximate=bool(m["about"]) and not m["about"].startswith("over"),
        total=is_total,
    )


def _said_as_impact(
    what: str, nouns: tuple[str, ...], known: frozenset[str], *, share: bool, part: bool
) -> bool:
    """In chat: people or their work, with what happened to them; what documents count counts without."""
    if share or part or not set(nouns) & known:
        return bool(_CUE.search(what)) and (share or bool(set(nouns) & (_AFFECTED | _WORK | known)))
    return True


def _is_label(before: str) -> bool:
    """ "a pg_dump 13 client", "version 16 servers": the number names the thing before it."""
    last = tokens(before[-40:])[-1:]
    return bool(last) and last[0].tag in ("NOUN", "PROPN") and not re.search(r"[:,;(]\s*$", before)


def _nouns(after: str) -> tuple[str, ...]:
    """The lemmas of the noun phrase right after a number: "refused checkouts" gives (refused, checkout)."""
    run: list[Token] = []
    for word in tokens(after[:70])[:6]:
        if (word.tag in ("NOUN", "PROPN") and not any(ch.isdigit() for ch in word.lower)) or (
            word.tag in ("ADJ", "VERB") and not any(w.tag in ("NOUN", "PROPN") for w in run) and len(run) < 3
        ):
            run.append(word)
        else:
            break
    while run and run[-1].tag not in ("NOUN", "PROPN"):
        run.pop()
    return tuple(w.lemma.lower() for w in run)


def _number(digits: str, scale: str | None) -> float | int:
    value = float(digits.replace(",", "").rstrip("."))
    value *= {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6}.get((scale or "").lower(), 1)
    return int(value) if value == int(value) else value


def _what(text: str, start: int, end: int) -> str:
    """The clause around the number, which says what was counted; of a list of counts, the part that holds it."""
    left = max(
        (text.rfind(c, 0, start) + len(c) for c in (". ", "; ", ": ", "! ", "? ") if c in text[:start]),
        default=0,
    )
    ends = (text.find(c, end) for c in (". ", "; ", "! ", "? "))
    right = min((i for i in ends if i != -1), default=len(text))
    clause = text[left:right]
    if len(re.findall(r"(?:^|, )(?:about |~|and )?\d[\d,]*\s[a-z]", clause)) > 1:
        left = max(left, text.rfind(", ", 0, start) + 2 if ", " in text[left:start] else left)
        comma = text.find(", ", end, right)
        right = comma if comma != -1 else right
        clause = text[left:right]
    clause = clause.strip(" ,.-–")
    if len(clause) > 140:
        clause = clause[:140].rsplit(" ", 1)[0] + " …"
    return clause[:1].upper() + clause[1:] if clause else text[:80]


def _currency(amount: str) -> str:
    """`A$` of "A$ 18,400", `EUR` of "4 EUR"; what is written, not what it may mean."""
    found = re.search(r"[A-Z]{0,3}[$€£¥]|\b(?!million\b|thousand\b)[A-Za-z]{3,}\b", amount)
    return found.group() if found else "money"
