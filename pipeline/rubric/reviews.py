"""What a document records of its own review: who reviewed it, when, and with which outcome."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.documents.masking import plain
from pipeline.documents.spans import span_at
from pipeline.documents.surface import read_surface
from pipeline.language.lexicon import word_set, words
from pipeline.language.noun_phrases import phrases
from pipeline.language.sentences import split
from pipeline.language.times import find_times
from pipeline.language.words import Token, tokens
from pipeline.models.document import Document, Span

# How a line about the review of the document begins.
# "Review actions" is work to be done, and so is "review the commits".
_WORK = r"(?!\s+(?:actions?|items?|points?|findings|process|the|an?|all|our|your|of|and|how|whether)\b)"
_OPENS = re.compile(
    rf"(?:(?:peer|post-?mortem|incident|final)[- ])?(?:review(?:ed|ers?)\b|reviews?\b{_WORK})|approv(?:ed|als?|ers?)\b|sign(?:ed)?[- ]?off\b|signed\b|records? of (?:the )?(?:review|approval|sign-?off)\b|read (?:and \w+ )?by\b|released by\b|adopted\b"
    r"|accepted\b|ratified\b|endorsed\b|lgtm\b|(?:status|state|outcome)\W+(?:approved|accepted|reviewed|signed)\b",
    re.IGNORECASE,
)
_DOCUMENT = r"(?:post-?mortem|report|document|write-?up|retrospective|review)"
_DEED = r"(?:review\w*|approv\w+|accept\w+|sign(?:ed|s)?[- ]?off|signed|ratif\w+|endors\w+|read)"
_TELLS = re.compile(
    rf"\b(?:this|the) {_DOCUMENT}\b (?:has |have )?(?:been |was |is |were )?(?:\w+ly )?{_DEED}\b"
    rf"|\bsigned off\b[^.\n]*\b{_DOCUMENT}\b|\b{_DEED} (?:and \w+ )?(?:this|the) {_DOCUMENT}\b",
    re.IGNORECASE,
)
_OUTCOME = re.compile(
    r"\b(?:approv(?:ed|es)|accept(?:ed|s)|sign(?:ed|s)(?:[- ]?off)?|sign-off\b(?!\W*$)|(?:decision|result|outcome)\W+released|released for|ratif(?:ied|ies)|endors(?:ed|es)|adopted|agreed"
    r"|lgtm|ok|okay|no (?:objections?|comments?|changes?)|without (?:changes?|objections?|comments?)"
    r"|(?:changes?|corrections?|comments?|edits?|remarks?|requests?)\b[^.\n]{0,40}\b(?:made|resolved|addressed|done|included|worked in))\b",
    re.IGNORECASE,
)
# What is still to come, or did not happen.
_OPEN = re.compile(
    r"\b(?:not|never|no ?(?:body|one)|without review|pending|planned|scheduled|outstanding|awaiting|waiting|to be|to follow|tb[dca]|will"
    r"|shall|should|needs?|due|todo|to do|open|draft|unreviewed|missing)\b|\[ \]|n't\b",
    re.IGNORECASE,
)
_BY_TOOL = re.compile(
    r"\b(?:bots?|chatbots?|linters?|ci|pipelines?|rubrics?|checks?|checkers?|scripts?|tools?|programs?|automat\w+|llm|(?:language )?models?|gate"
    r"|copilot|chatgpt|gpt(?:-\w+)?|claude(?!\s+(?-i:[A-Z]))|gemini|(?-i:AI)|(?:writing |drafting |virtual |digital |coding )?assistants?(?!\s+\w+(?:or|er|ief|ist)\b)"
    r"|(?:drafting |autonomous )agents?)\b",
    re.IGNORECASE,
)
_AUTHOR = re.compile(
    r"\b(?:authors?|written by|prepared by|author name)\b\W*(?P<who>[^|·;\n.]{2,80})", re.IGNORECASE
)
_POLICY = re.compile(r"\b(?:process|policy|procedure|guide(?:lines?)?|about|how)\b", re.IGNORECASE)
_NESTED = re.compile(
    r"^(?P<key>[A-Za-z][\w -]*):[ \t]*\n(?P<lines>(?:[ \t]*-[ \t].*\n|[ \t]+\S.*\n)+)", re.MULTILINE
)
_CHECKED = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+\[[xX]\]")
_HEADING = re.compile(r"\s*#")
_NUMBERED = re.compile(r"^\W*(?:\d+(?:\.\d+)*|[A-Z]|[IVX]+)[.):]?\s+")
_ALONE = re.compile(r"\W*[\w /&-]{4,40}?\W*")
_RULE = re.compile(r"\s*\|?[\s:|-]+\|?\s*")
_DEEPEST = 6  # level of a heading; beyond it a label stands in for one
_NOT_HERE = frozenset({"timeline", "latencies"})
_MONTHS = word_set(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept "
    "oct nov dec monday tuesday wednesday thursday friday saturday sunday utc cet cest gmt"
)
# They name nobody in particular, or nothing that reviews.
_GENERIC = word_set(
    "team everyone everybody we us all people person staff group colleague member author nobody anyone someone review reviewer "
    "approver approval sign-off date status state outcome result comment change correction edit version document report "
    "postmortem post-mortem meeting record objection week month day lgtm ok peer present held minute"
)
_PEOPLE = words("human_nouns", "role") | words("human_nouns", "team") | words("human_nouns", "department")
_MEMBERS = word_set("attendee participant stakeholder")


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    span: Span
    who: bool
    when: bool
    outcome: bool

    @property
    def lacking(self) -> tuple[str, ...]:
        told = (("who reviewed", self.who), ("when", self.when), ("outcome", self.outcome))
        return tuple(name for name, there in told if not there)


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str  # a row of a table with the heads of its columns


def review_records(document: Document) -> tuple[ReviewRecord, ...]:
    """Each passage that speaks of the document's review, in order, with what it tells."""
    surface = read_surface(document.text)
    lines = list(_lines(surface.text))
    authors = _authors(document.text)
    readers = tuple(p.name for p in document.cast if not {w.lower() for w in p.name.split()} & authors)
    found = [_front_matter(document, surface.fields, authors, readers)]
    for passage in _passages(document, lines):
        if passage:
            span = span_at(document, passage[0].start, passage[-1].end)
            found.append(_read(span, [line.text for line in passage], authors, readers))
    return tuple(record for record in found if record is not None)


def _front_matter(
    document: Document, fields: dict[str, str], authors: frozenset[str], readers: tuple[str, ...]
) -> ReviewRecord | None:
    spoken = [f"{key.replace('_', ' ')}: {value}" for key, value in fields.items()]
    told = [line for line in spoken if _OPENS.match(line)]
    for block in _NESTED.finditer(document.text) if document.text.startswith("---") else ():
        if _OPENS.match(block["key"].replace("_", " ")):
            told += block["lines"].splitlines()
    return _read(span_at(document, 0, 0), told, authors, readers) if told else None


def _passages(document: Document, lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """The sections headed so, the lines of the head, and paragraphs that begin with it or say it of the document."""
    taken: set[int] = set()
    first = next((s.span.start for s in document.sections if s.part not in ("other", "review")), 0)
    for section in document.sections:
        label = section.level > _DEEPEST
        named = _is_headed(section.heading) or section.part == "review"
        if not named or (label and section.start < first):
            continue
        begin = min(section.span.start, section.start) if label else section.start
        inside = [
            x for x in lines if begin <= x.start and x.end <= section.end and not _HEADING.match(x.text)
        ]
        inside = _below_label(inside) if label else [x for x in inside if x.text.strip()]
        taken |= {line.start for line in inside}
        yield [_Line(section.span.start, section.span.end, section.heading), *inside]
    head = [x for x in lines if x.start < first and x.start not in taken and _OPENS.match(_bare(x.text))]
    taken |= {line.start for line in head}
    yield head
    spans = [*(e.span for e in document.entries), *(i.span for i in document.items)]
    said = [
        x for x in lines if not any(s.start <= x.start < s.end or x.start <= s.start < x.end for s in spans)
    ]
    for paragraph in _paragraphs(said):
        if paragraph[0].start in taken:
            continue
        part = next(
            (s.part for s in reversed(document.sections) if s.span.start <= paragraph[0].start), "other"
        )
        told = [x for x in paragraph if _OPENS.match(_bare(x.text)) or _TELLS.search(x.text)]
        if told and part not in _NOT_HERE:
            yield paragraph[paragraph.index(told[0]) :]


def _below_label(lines: Sequence[_Line]) -> list[_Line]:
    """The paragraph that a label opens, or the one behind it where it stands alone."""
    blocks = _paragraphs(lines)
    first = next(blocks, [])
    return first if len(first) != 1 or not _ALONE.fullmatch(first[0].text) else [*first, *next(blocks, [])]


def _is_headed(heading: str) -> bool:
    return bool(_OPENS.match(_bare(_NUMBERED.sub("", heading)))) and not _POLICY.search(heading)


def _read(
    span: Span, lines: Sequence[str], authors: frozenset[str], readers: tuple[str, ...]
) -> ReviewRecord:
    told = []
    for line in lines:
        if _CHECKED.match(line):
            line = f"{line} approved"
        shown = re.sub(r"\bno (?=objection|comment|change)", "without ", line, flags=re.IGNORECASE)
        told += [
            shown[start:end]
            for start, end in _clauses(shown)
            if not _OPEN.search(_nameless(shown[start:end], readers))
            and not _BY_TOOL.search(shown[start:end])
        ]
    text = [_AUTHOR.sub(" ", plain(t)) for t in told]
    return ReviewRecord(
        span,
        who=any(_names_reviewer(t, authors) or any(r in t for r in readers) for t in text),
        when=any(m.date is not None for t in text for m in find_times(t)),
        outcome=any(_OUTCOME.search(t) for t in text),
    )


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """Its sentences, cut at semicolons: what one of them puts off, another may have done."""
    for start, end in split(text):
        for part in re.finditer(r"[^;]+", text[start:end]):
            yield start + part.start(), start + part.end()


def _nameless(text: str, names: Sequence[str]) -> str:
    """Without the names in it: "Will Sørensen" is nothing that will be."""
    for name in names:
        text = text.replace(name, " ")
    return text


def _names_reviewer(text: str, authors: frozenset[str]) -> bool:
    found = tokens(re.sub(r"[·|]", ", ", text))
    if any(_is_name(t) and t.lower.lstrip("@") not in authors for t in found):
        return True
    for begin, end, governor in phrases(found, 0, len(found)):
        nouns = [t for t in found[begin:end] if t.tag in ("NOUN", "PROPN")]
        telling = [t for t in nouns if t.lemma not in _GENERIC and t.lower not in _MONTHS | authors]
        if telling and (governor in ("by", "with") or any(t.lemma in _PEOPLE | _MEMBERS for t in nouns)):
            return True
    label = re.search(r"\b(?:reviewers?|approvers?|by)\W*:\W*(?P<who>[\w@][^:]*)", text, re.IGNORECASE)
    return label is not None and any(
        t.lower not in _GENERIC | authors | _MONTHS and t.tag in ("NOUN", "PROPN")
        for t in tokens(label["who"])
    )


def _is_name(token: Token) -> bool:
    if token.text.startswith("@"):
        return True
    plain_word = token.text.isalpha() or "-" in token.text or "." in token.text or "'" in token.text
    return (
        token.tag == "PROPN"
        and plain_word
        and not any(c.isdigit() for c in token.text)
        and token.lower not in _MONTHS | _GENERIC
        and not _OPENS.match(token.text)
    )


def _authors(text: str) -> frozenset[str]:
    found = (m["who"] for m in _AUTHOR.finditer(text))
    return frozenset(
        t.lower.lstrip("@") for who in found for t in tokens(re.split(r"\b(?:review|approv)", who)[0])
    )


def _bare(line: str) -> str:
    return re.sub(r"^[\s>*_#|-]*(?:\d+[.)]\s+)?", "", line)


def _lines(text: str) -> Iterator[_Line]:
    """The lines of a text; a row of a table says with each cell the head of its column."""
    at = 0
    heads: list[str] = []
    for raw in text.split("\n"):
        line = _Line(at, at + len(raw), raw)
        at += len(raw) + 1
        if not raw.lstrip().startswith("|"):
            heads = []
            yield line
            continue
        cells = [c.strip() for c in raw.strip().strip("|").split("|")]
        if not heads:
            heads = cells
        elif not _RULE.fullmatch(raw):
            pairs = [f"{head}: {cell}" for head, cell in zip(heads, cells, strict=False) if cell]
            if not any(heads) and len(cells) == 2:
                pairs = [": ".join(cells)]  # a table of keys and values has no heads
            pairs.sort(key=lambda pair: not _OPENS.match(pair))  # so that a row about a review begins with it
            yield _Line(line.start, line.end, " · ".join(pairs))


def _paragraphs(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    block: list[_Line] = []
    for line in lines:
        if line.text.strip() and not _HEADING.match(line.text):
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block
