"""Whether a line tells something that a log, a graph or a message could show, or only that people were at work."""

from __future__ import annotations

import re

from pipeline.language.lexicon import word_set, words
from pipeline.language.people import People
from pipeline.language.words import Token, tokens

# What people do while nothing has come of it yet.
_EFFORT = word_set(
    "investigate investigation look work continue keep try attempt deal handle debug debugging troubleshoot "
    "troubleshooting analyse analyze analysis dig monitor monitoring watch discuss discussion address coordinate coordination "
    "assist help think brainstorm explore research focus proceed go be have do make get become start begin perform take "
    "remain stay feel seem busy engage struggle scramble carry diagnose diagnosis conversation conversing talk chat "
    "brainstorming effort examine inspect ponder consider prepare align weigh mobilise mobilize tackle press session meeting "
    "brainpower teamwork"
)
_AT_WORK = word_set(
    "investigate look work try debug troubleshoot analyse analyze dig discuss brainstorm research struggle"
)
# Finding, where what was found is not told.
_FIND = word_set("find identify discover understand pinpoint determine locate know see notice spot")
# Words for whatever it was.
_WHATEVER = word_set(
    "thing issue problem incident outage situation matter case stuff activity action measure step idea approach option "
    "solution way cause root root-cause progress status condition state bit lot thought detail lead clue trouble everything "
    "something anything nothing all one many much happen occur plan topic front angle update development affair "
    "rest usual needful difficulty phase number option extent"
)
# Wholes that name no part of themselves; with effort they say no more than "the problem".
_AREAS = word_set(
    "database network system server application app service site website platform infrastructure code backend frontend "
    "performance environment cluster stack production storage back front end"
)
_MOODS = word_set(
    "confusion chaos panic stress frustration uncertainty hectic nervous stressful confused tense tension anxiety mood "
    "excitement worry concern happy unhappy pressure noise "
    "chaotic mess strangely"
)
# Getting better or worse, by nobody knows how much.
_DRIFT = word_set(
    "improve worsen deteriorate calm degrade escalate evolve progress develop change unchanged settle relax improvement "
    "deterioration better worse bad good big bigger great escalation "
    "stabilise stabilize downhill intensify brighter"
)
_QUALITIES = word_set(
    "several various different more further ongoing general total interesting next same new additional possible potential "
    "possibly high low heavy hard slow slowly steady again still various many few some other own underlying "
    "necessary whole intense slight slightly closer rather usually busy difficult ahead"
)
_PEOPLE = words("human_nouns") | word_set("everyone everybody nobody folk mgmt noc sre it line member")
_STATES = word_set("up down back off on online offline out again over through")
# Turns of phrase that name nothing, and the places where people talk.
_IDLE = re.compile(
    r"\b(?:back and forth|all hands on deck|next steps?|(?:on|in|at) the (?:\w+ )?(?:call|bridge|channel|meeting|room|desk|chat))\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“][^\"”]{3,}[\"”]")
_SOMEBODY = People()
_SHOWN = re.compile(r"□|https?://|\d")
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV"})


def is_eventless(text: str, actor: str | None = None) -> bool:
    """Whether nothing is left of a line once those who act, their effort, and words for whatever it was are gone.

    What is left, if only a verb or a thing, is an event: that something failed, was moved or was said.
    """
    if _QUOTED.search(text) or _SHOWN.search(text):
        return False
    rest = _without_agent(_IDLE.sub(" ", text))
    rest = _without(actor, rest)
    said = [t for t in tokens(rest) if t.tag in _CONTENT]
    vague = any(_is(t, _EFFORT | _MOODS | _DRIFT | _FIND) for t in said) or bool(_IDLE.search(text))
    if not said:
        return bool(tokens(rest)) or vague
    if not vague and not all(_is(t, _WHATEVER | _QUALITIES | _PEOPLE) for t in said):
        return False
    effortless = not any(_is(t, _EFFORT | _DRIFT) for t in said)
    return not any(_tells(t, effortless) for t in _without_place(rest, said))


def _tells(token: Token, effortless: bool) -> bool:
    if token.tag == "ADV" and not _is(token, _STATES):
        return False
    spare = _EFFORT | _WHATEVER | _MOODS | _DRIFT | _QUALITIES | _PEOPLE | _FIND
    if _is(token, spare):
        return False
    return effortless or not _is(token, _AREAS)


def _without_place(text: str, said: list[Token]) -> list[Token]:
    """Where a mood reigned, and among whom, is not what happened: "confusion on the ward"."""
    if not any(_is(t, _MOODS) for t in said) or any(t.tag == "VERB" and not _is(t, _EFFORT) for t in said):
        return said
    place = re.search(r"\b(?:on|in|at|among|amongst|across|within|around)\b", text)
    return [t for t in said if place is None or t.start < place.start()]


def _without(actor: str | None, text: str) -> str:
    """The text without the people who act, where it begins with them; what a thing does is the event."""
    if not actor or not text.casefold().startswith(actor.casefold()):
        return text
    rest = text[len(actor) :]
    words = tokens(rest)
    # A name that nobody knows is somebody's where it does what only people do.
    at_work = bool(words) and actor.istitle() and _is(words[0], _AT_WORK)
    return rest if at_work or _SOMEBODY.party_of(actor).human else text


def _without_agent(text: str) -> str:
    """Without "by the platform team": who did it is not what was done."""
    said = tokens(text)
    for i, token in enumerate(said):
        if token.lower == "by":
            end = i + 1
            while end < len(said) and said[end].tag in ("DET", "POSS", "ADJ", "NOUN", "PROPN", "VERB"):
                end += 1
            return text[: token.start] + text[said[end - 1].end :]
    return text


def _is(token: Token, known: frozenset[str]) -> bool:
    return token.lemma in known or token.lower in known
