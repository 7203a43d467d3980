"""Lengths that one sentence states between two times it tells: "begun at 15:40, complete at 16:10, 12 minutes later"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta

from pipeline.documents.spans import span_at
from pipeline.language.times import TimeMention, find_times
from pipeline.models.document import Document, Sentence
from pipeline.rubric.accounts import content
from pipeline.rubric.chronology import Moment, instant, undated
from pipeline.rubric.detection_lag import PLANS
from pipeline.rubric.durations import Duration, find_durations
from pipeline.rubric.told_times import Told, in_words

_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)
_SHORT = 120  # an entry that long tells more than one thing
_STOPS = re.compile(
    r"\b(?:stopp?(?:ed|s)|fail(?:ed|s)|broke|crash(?:ed|es)|went down|goes down|began|begins|started|starts|fell over|onset|was lost|were lost"
    r"|(?:was|were) (?:declined|refused|down|unavailable|unreachable))\b[^.;]{0,20}$",
    re.IGNORECASE,
)
_MENDED = re.compile(
    r"\b(?:repaired|restored|resolved|recovered|mitigated|fixed|ended|over|again|back (?:up|online|to normal))\b[^.;]{0,20}$",
    re.IGNORECASE,
)
_UNDONE = re.compile(
    r"\b(?:earlier|already|previous\w*|the (?:next|following|same) (?:day|morning|night) of)\b", re.IGNORECASE
)
_CLOSES = re.compile(
    r"\s*(?:later|afterwards|thereafter|in all|in total|altogether|all told)\b", re.IGNORECASE
)
_OPENS = re.compile(
    r"(?:\b(?:last(?:ed|ing|s)|took|taking|takes|total(?:ling)?(?: time)?|downtime|duration|length|gap|delay|i\.e\.|that is|in all|in total|within"
    r"|after|for)\b[\s:,=]*(?:(?:was|is|were|of|another|a further|only|just|about|around|roughly|some|less than|more than|over|under|almost|nearly|the)\s+)*|\()$",
    re.IGNORECASE,
)
_WEAK = re.compile(r"\b(?:for|after|within)\s+(?:\w+\s+)?$", re.IGNORECASE)
_LATER = re.compile(r"\s*(?:later|afterwards|after that|thereafter)\b", re.IGNORECASE)
_SIGNED = re.compile(r"\s*(?P<word>after|before)\b", re.IGNORECASE)
_PARTED = re.compile(r"[;.:]\s|,\s(?:and|but|then)\b")
_OTHER = re.compile(  # a length of something else
    r"\b(?:instead of|planned|expected|usual(?:ly)?|normal(?:ly)?|typical(?:ly)?|every|each|per|allowed|target|goal|limit|window|timeout|of which|(?:once|twice|times) an? \w+|keeps?|waits?|expires?|once|twice|runs?|daily|nightly)\b",
    re.IGNORECASE,
)


def find_wrong_gaps(document: Document) -> Told:
    """One length and two times in one sentence that are not that far apart, or stand the wrong way round."""
    for sentence in _narrated(document):
        text = sentence.text
        mentions = [m for m in find_times(text) if m.clock]
        lengths = list(find_durations(_blanked(text, mentions)))
        if (
            len(mentions) != 2
            or len(lengths) != 1
            or _OTHER.search(text)
            or any(m.until_clock for m in mentions)
        ):
            continue
        first, second = ((instant(m, document) or undated(m, document)) for m in mentions)
        stated = lengths[0]
        if first is None or second is None or text.rstrip().endswith("?"):
            continue
        signed = _SIGNED.match(text, stated.end)
        between = mentions[0].end <= stated.start and stated.end <= mentions[1].start
        if signed and between and re.search(r"[,;]", text[signed.end() : mentions[1].start]):
            continue  # "at 07:24, 8 minutes after the start; … at 07:29": from another moment
        if signed and between and _PARTED.search(text, stated.end, mentions[1].start):
            continue  # what follows is told of something else
        if signed and between:  # "fired at 14:21, 5 minutes after it had begun at 14:16"
            apart = first - second if signed["word"].lower() == "after" else second - first
        elif signed or _CLOSES.match(text, stated.end) or _OPENS.search(text[: stated.start]):
            if _WEAK.search(text[: stated.start]) and _apart_from(text, stated, mentions):
                continue
            apart = abs(second - first)
        else:
            continue
        dated = all(m.date for m in mentions)
        if not stated.fits(apart) and (dated or not stated.fits(apart % _DAY)):
            yield (
                span_at(document, sentence.span.start + stated.start, sentence.span.start + stated.end),
                f"“{text[stated.start : stated.end].strip()}” is not what lies between {first:%H:%M} and {second:%H:%M} "
                f"({in_words(abs(second - first))})",
            )


def _apart_from(text: str, stated: Duration, mentions: Sequence[TimeMention]) -> bool:
    """Whether a semicolon or a full stop stands between the length and one of the times."""
    return any(
        re.search(r"[;.]\s", text[min(m.end, stated.end) : max(m.start, stated.start)]) for m in mentions
    )


def find_wrong_steps(document: Document) -> Told:
    """ "At 14:03 it stopped. Six minutes later, at 14:20, …": a length from the sentence before."""
    for sentence in _narrated(document):
        if sentence.before is None:
            continue
        here = [m for m in find_times(sentence.text) if m.clock]
        there = [m for m in find_times(document.sentences[sentence.before].text) if m.clock]
        lengths = list(find_durations(_blanked(sentence.text, here)))
        if (
            len(here) != 1
            or len(there) != 1
            or len(lengths) != 1
            or there[0].until_clock
            or here[0].until_clock
        ):
            continue
        (stated,) = lengths
        if not _LATER.match(sentence.text, stated.end) or sentence.text[: stated.start].strip():
            continue
        first, second = (instant(m, document) or undated(m, document) for m in (there[0], here[0]))
        if first and second and not stated.fits((second - first) % _DAY):
            yield (
                span_at(document, sentence.span.start + stated.start, sentence.span.start + here[0].end),
                f"“{sentence.text[stated.start : stated.end]}” is not what lies between {first:%H:%M} and {second:%H:%M}",
            )


def find_end_before_start(document: Document) -> Told:
    """ "It stopped at 11:20 and was repaired at 10:55": a clause that begins it and one that ends it."""
    for sentence in _narrated(document):
        mentions = [m for m in find_times(sentence.text) if m.clock]
        if len(mentions) != 2 or any(m.until_clock for m in mentions):
            continue
        one, other = mentions
        told = sentence.text[: one.start], sentence.text[one.end : other.start]
        first, second = (instant(m, document) or undated(m, document) for m in mentions)
        if (
            first
            and second
            and _STOPS.search(told[0])
            and _MENDED.search(told[1])
            and not _UNDONE.search(sentence.text)
        ):
            back = first - second
            if _MINUTE < back < _DAY / 2 or (one.date and other.date and back > timedelta(0)):
                yield (
                    span_at(document, sentence.span.start + other.start, sentence.span.start + other.end),
                    f"it ends at {second:%H:%M} here, before it begins at {first:%H:%M}",
                )


def find_wrong_lags(document: Document, entries: Sequence[Moment]) -> Told:
    """An entry "5 minutes after it went live", where the entry that tells of going live is further away."""
    for e in entries:
        for stated in find_durations(e.text):
            signed = _SIGNED.match(e.text, stated.end)
            if signed is None or len(e.text) > _SHORT or stated.length < _MINUTE:
                continue
            if any(m.clock for m in find_times(e.text)):
                continue
            what = content(re.split(r"[.,;]", e.text[signed.end() :])[0])
            sign = 1 if signed["word"].lower() == "after" else -1
            meant = [
                o for o in entries if o is not e and what and len(what & content(o.text)) * 2 >= len(what)
            ]
            if meant and not any(stated.fits(sign * (e.at - o.at)) for o in meant):
                yield (
                    e.span,
                    f"“{e.text[stated.start : signed.end()].strip()}” does not lead to the entry at {meant[0].at:%H:%M} "
                    f"(line {meant[0].span.line})",
                )


def find_wrong_prose_lags(document: Document, entries: Sequence[Moment]) -> Told:
    """ "The alarm rang 16 minutes after the temperature had fallen": both are entries, and so far apart or not."""
    for sentence in _narrated(document):
        if any(e.span.start <= sentence.span.start < e.span.end for e in entries):
            continue
        lengths = list(find_durations(sentence.text))
        signed = _SIGNED.match(sentence.text, lengths[0].end) if len(lengths) == 1 else None
        if signed is None or any(m.clock for m in find_times(sentence.text)) or len(sentence.text) > _SHORT:
            continue
        stated, sign = lengths[0], 1 if signed["word"].lower() == "after" else -1
        behind = re.split(r"[,.;]", sentence.text[signed.end() :])[0]
        told = [content(part) for part in (sentence.text[: stated.start], behind)]
        ours, theirs = ([e for e in entries if _told_in(words, e)] for words in told)
        if set(ours) & set(theirs) or stated.length < _MINUTE:
            continue
        if ours and theirs and not any(stated.fits(sign * (a.at - b.at)) for a in ours for b in theirs):
            yield (
                span_at(document, sentence.span.start + stated.start, sentence.span.start + stated.end),
                f"the timeline tells them at {ours[0].at:%H:%M} and {theirs[0].at:%H:%M}",
            )


def _told_in(words: frozenset[str], entry: Moment) -> bool:
    actor = (entry.entry.actor or "") if entry.entry else ""
    shared = words & content(f"{actor} {entry.text}")
    return len(shared) > 1 and len(shared) * 2 >= len(words)  # one word in common is chance


def _narrated(document: Document) -> Iterator[Sentence]:
    return (
        s
        for s in document.sentences
        if s.block != "heading" and document.sections[s.section].part not in PLANS
    )


def _blanked(text: str, mentions: Sequence[TimeMention]) -> str:
    for m in mentions:
        text = text[: m.start] + " " * (m.end - m.start) + text[m.end :]
    return text
