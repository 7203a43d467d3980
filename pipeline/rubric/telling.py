"""What one entry of a timeline tells of an incident's course, read from its own words and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.language import event_lexicon as lex
from pipeline.language.clause import Clause
from pipeline.language.clauses import clauses
from pipeline.language.event_classes import read_event
from pipeline.language.lemmas import verb_forms, verb_lemma
from pipeline.language.lexicon import word_set
from pipeline.language.people import People
from pipeline.language.words import tokens
from pipeline.models.document import Entry
from pipeline.rubric.told_times import DETECTED, RESOLVED

# Being over may precede the call; closing what nobody has opened yet may not.
_CLOSES = re.compile(
    r"\b(?:clos(?:ed?|es)|end(?:ed|s)?|resolv(?:ed|es)|st(?:oo|an)ds? (?:\w+ ){0,3}down|stood down|finish(?:ed|es)|conclud(?:ed|es)|declar\w+ (?:\w+ ){0,3}over)\b"
    r"[^.;]{0,40}?\b(?:incident|event|outage|disruption|emergency|case|alert|sev\W?\d|priority \d|p\d|fault|(?-i:[A-Z]{2,}-\d+))\b"
    r"|\b(?:incident|event|outage|disruption|emergency)\b[^.;]{0,30}\b(?:closed|ended|stood down|resolved|down)\b",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"\b(?:again|re-?open\w*|previous|earlier|another|false|prematurely|first)\b", re.IGNORECASE
)

_PEOPLE = People()
_SENSE = word_set("notice see spot observe detect discover find hear feel smell realise realize")
_TELL = word_set(
    "report complain phone call radio ring tell write mail email contact raise ask alert warn message ping say"
)
_FETCH = word_set(
    "page call phone ring wake fetch summon ping involve engage contact alert bring loop pull get invite mobilise add assign"
)
_KNOW = word_set(
    "suspect find trace compare check identify discover determine realise realize see notice analyse analyze reproduce "
    "bisect diagnose narrow conclude learn understand correlate think believe verify inspect exclude establish spot observe "
    "recognise recognize pinpoint link attribute isolate confirm dump profile"
)
# What people do in a response that changes no system; whatever else they do does.
_NO_CHANGE = (
    lex.NO_CHANGE
    | _SENSE
    | _TELL
    | _KNOW
    | word_set(
        "acknowledge ack join leave arrive declare escalate inform notify announce publish update schedule plan book hold "
        "review discuss decide agree choose start begin continue keep resolve close end open raise confirm verify hand "
        "take lead set use need fail note attend meet gather respond receive help apologise thank brief involve engage invite "
        "summon fetch assign bring loop mobilise monitor propose suggest consider offer promise sign fetch dial pull stand"
    )
)
_PARTICLES = word_set("back over off on out up down in")
_ALARM = re.compile(
    r"\b(?:alerts?|alarms?|probes?|watchdogs?|monitor(?:s|ing)?|pager\w*|canary)\b", re.IGNORECASE
)
_RECEIVED = re.compile(
    r"\b(?:took|takes|received?s?|got|gets|answer(?:s|ed))\b[^.;]{0,40}\b(?:calls?|reports?|complaints?|tickets?|mails?|messages?)\b",
    re.I,
)
_TOLD_US = re.compile(
    r"\b(?:notif\w+|inform\w*|told|alert\w*|contact\w*|warn\w*|call\w*) us\b|\breport(?:s|ed)? (?:by|from|of|that)\b",
    re.IGNORECASE,
)
_ACKNOWLEDGED = re.compile(r"\back(?:ed|s|nowledge[sd]?)?\b", re.IGNORECASE)
_ONSET = re.compile(
    r"\b(?:impact|outage|failures?|errors?|degradation|disruption|onset|incident)\b[^.;]{0,30}\b(?:begins?|began|starts?|started|onset)\b"
    r"|\b(?:start|beginning|onset) of (?:the )?(?:impact|outage|incident|errors?|failures?|disruption)\b"
    r"|\bfirst (?:\w+ ){0,3}(?:errors?|failures?|fail(?:s|ed)?|timeouts?|refus\w+|reject\w+)\b"
    r"|\b(?:since|from) (?:about |around |~)?\d{1,2}[:.]\d\d\b",
    re.IGNORECASE,
)
_UNABLE = re.compile(
    r"\b(?:cannot|can't|could not|couldn't|unable to|no longer|stop(?:s|ped)? \w+ing|fails? to|failed to|starts? (?:to fail|failing)|(?:is|are|was|were) (?:down|gone|empty|blank|wrong|refused|rejected|lost|unreachable|affected))\b",
    re.IGNORECASE,
)
_FORCE = re.compile(
    r"\b(?:expire[sd]?|quota|campaign|surge|traffic|patch|firmware|release[sd]?|version|upgrade[sd]?|deploy\w*|migrat\w+|config\w*|flag"
    r"|maintenance|scheduled|cron|nightly|power|feed|storm|leap|switch(?:ed|over)?|failover|trigger|roll(?:ed|s)? out|rollout|merged?"
    r"|pushed|goes live|went live|reach(?:es|ed)? (?:its|the) (?:limit|quota))\b",
    re.IGNORECASE,
)
_CAUSE = re.compile(
    r"\b(?:root cause|the cause|caused by|because|due to|culprit|turned out|suspect\w*|hypothes[ie]s|ruled? out)\b",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"\b(?:resolved|restored|repaired|all[- ]clear|recovered|st(?:oo|an)ds?(?: \w+){0,3} down)\b|(?<=\w )over(?=\s*(?:[.;,)]|$))"
    r"|\bclosed?s?\b[^.;]{0,40}\b(?:incident|event|outage|emergency|disruption|tickets?|case|priority|sev\W?\d|bridge|alert|page|call|room)\b"
    r"|\b(?:incident|event|outage|emergency|disruption|tickets?|case|bridge|alert|it)\b[^.;]{0,20}\bclosed\b"
    r"|(?<!half )(?<!had )\bclosed\b(?!\s+(?:the|an?|our|all|both|its|his|her|their|two|three|four|\d+|at|off|valve\w*)\b)"
    r"|\bend(?:ed|s) (?:the |this )?(?:incident|event|outage|emergency|disruption)\b"
    r"|\b(?:outage|incident|impact|disruption) (?:ends?|ended)\b|\bto an end\b|\bsolved the (?:issue|problem|incident)\b"
    r"|\b(?:is|are|was|were|came|comes) back\b(?! (?:to|at|from|under|with))|\bback (?:to normal|online|up)\b|\bwork(?:s|ed|ing)? again\b",
    re.IGNORECASE,
)
# "Closed the two offtakes", "Restored 40 million": what was done to a thing, and no end.
_OF_A_THING = re.compile(
    r"\W*(?:closed|restored|recovered)\s+(?!(?:the |this |our |all )?(?:incident|event|outage|emergency|disruption|service|site|traffic|access|ticket|case)\b)"
    r"(?:the|an?|all|both|our|its|\w+ (?:of|from|in)|\d[\d.,]*|two|three|four|five)\b",
    re.IGNORECASE,
)
_BACK_AGAIN = re.compile(
    r"\b(?:same|errors?|messages?|faults?|problems?|alarms?|alerts?|backlog|failures?|symptoms?)\b[^.;]{0,20}\bc[ao]mes? back\b",
    re.IGNORECASE,
)
_PUBLIC = re.compile(
    r"\b(?:announcement|status ?page|statement|newsletter|press release|public (?:post|update))\b",
    re.IGNORECASE,
)
_STRONG_CALL = re.compile(
    r"\bescalat\w+|\bdeclar\w+|\b(?:sev(?:erity)?|prio(?:rity)?)[ -]?[0-4]\b|\b[ps][0-4]\b|\bmajor (?:incident|outage)\b|\bincident (?:commander|manager|lead|channel|opened|raised|announced)\b"
    r"|\b(?:opens?|opened|rais(?:es|ed)|creat(?:es|ed)) (?:an? |the )?(?:\w+ )?incident\b|\bwar ?room\b|\bbridge\b|\bcalled in\b|\bhand(?:s|ed)? (?:over|off|the incident)\b",
    re.IGNORECASE,
)
_NAMED_CALL = re.compile(
    r"\bcall(?:ed|s) (?:it |this )?(?:an? )?(?:\w+ )?(?:emergency|incident|outage|sev\W?\d)\b", re.IGNORECASE
)
_CALLED = re.compile(r"\bescalat\w+|\bhand(?:s|ed)? over to\b", re.IGNORECASE)
_GONE = re.compile(
    r"\b(?:no|zero|0|none|empty|gone|below|under|less than|cleared?|without|stopped|back|again|confirm\w*|all)\b",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"\b(?:last night|yesterday|earlier|previous(?:ly)?|the day before|this morning|had (?:been )?\w+(?:ed|en|t)|ago|since \w+)\b"
    r"|\b(?:at|of|from|on) \d{1,2}[:.]\d\d\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:not|n't|never|partial\w*|temporar\w*|briefly|again down|recovering)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Telling:
    """`noticed`: somebody or something became aware, `signalled` by an alarm or a report; `called`: others were fetched or an incident declared, `asked` with
    a call that could also be a report; `known`: a finding or a suspicion; `changed`: somebody changed a system, `sure` if by a verb that
    is known for it;
    `failed`: to no effect; `forced`: something that can set an incident off; `suffered`: something was out of order;
    `begun`: that it began; `two`: told in more than one clause; `earlier`: of a time before its own;
    `observed`: what a thing did is told behind the first clause; `public`: those affected were told; `over`: it is said
    to be over, `closed`: that the incident is closed; `well`: nothing in it is out of order."""

    noticed: bool
    signalled: bool
    called: bool
    asked: bool
    known: bool
    causal: bool
    changed: bool
    sure: bool
    failed: bool
    forced: bool
    suffered: bool
    begun: bool
    two: bool
    acknowledged: bool
    earlier: bool
    observed: bool
    public: bool
    planned: bool
    over: bool
    closed: bool
    well: bool

    @property
    def told_anything(self) -> bool:
        """Whether it is of any known kind: what is not may be of every kind."""
        kinds = (
            self.noticed,
            self.called,
            self.asked,
            self.known,
            self.changed and self.sure,
            self.suffered,
            self.begun,
        )
        return any(
            (
                *kinds,
                self.forced and not self.changed,
                self.public,
                self.planned,
                self.over,
                self.acknowledged,
            )
        )


def read_telling(entry: Entry) -> Telling:
    return _read(entry.event, entry.actor or "")


def read_words(text: str) -> Telling:
    """The same of a sentence beside the timeline."""
    return _read(text, "")


@lru_cache(maxsize=4096)
def _read(event: str, actor: str) -> Telling:
    human = bool(actor) and _PEOPLE.party_of(actor).human
    labelled = (
        human
        and not event.casefold().startswith(actor.casefold())
        and f"by {actor}".casefold() not in event.casefold()
    )
    reading = read_event(event, reported=True)
    found = clauses(event, _PEOPLE)
    head = _head_verb(event, actor)
    verbs = {c.verb for c in found} | {t.lemma for t in tokens(event) if t.tag == "VERB"} | ({head} - {""})
    ended = (RESOLVED.search(event) and not _OF_A_THING.match(event)) or _OVER.search(event)
    over = bool(ended) and not _NOT_YET.search(event) and not _BACK_AGAIN.search(event)
    called = bool(_STRONG_CALL.search(event) or _NAMED_CALL.search(event)) or reading.has(
        "declare", "command", "hand over"
    )
    called = called and (not over or bool(_CALLED.search(event)))  # "outage declared over" calls nobody
    by_people = [c for c in found if c.human or human or c.implied or c.subject.istitle()]
    asked = any(c.verb in _FETCH and not c.negated for c in by_people)
    suffered = reading.has("symptom") or bool(_UNABLE.search(event))
    signal = DETECTED.search(event)
    told_us = signal is not None and not (signal[0].lower().startswith("first") and suffered)
    alarm = bool(_ALARM.search(event) or _RECEIVED.search(event) or (_ALARM.search(actor) and not human)) or (
        told_us and not _ACKNOWLEDGED.search(event)
    )
    if asked and not _ALARM.search(event) and human:
        alarm = False  # one responder pages another
    noticed = alarm or bool(verbs & _SENSE) or (bool(verbs & _TELL) and not called)
    failed = (
        reading.failed
        or "no effect" in reading.cues
        or bool(re.search(r"\bfail(?:s|ed)?\b", event) and reading.act == "did")
    )
    public = (
        reading.has("communicate")
        or bool(_PUBLIC.search(event))
        or bool(verbs & word_set("inform announce publish tweet post") and not verbs & _KNOW)
    )
    known = reading.has("suspect", "rule out") or bool(verbs & _KNOW) or bool(_CAUSE.search(event))
    done = any(_changes(c, human and not n, called) for n, c in enumerate(found)) and head not in _NO_CHANGE
    done = done or (bool(head) and head not in _NO_CHANGE)
    sure = reading.has("intervene") and not (called or public or over or reading.has("close"))
    sure = sure and reading.act == "did" and not (suffered and not human)
    changed = (done or sure) and not (_ALARM.search(actor) and not human)  # an alarm changes nothing
    if labelled and not (changed or called) and (suffered or reading.has("measure", "state")):
        known = True  # what a responder reports of a system's inside
    return Telling(
        noticed=noticed,
        signalled=bool(
            _ALARM.search(event) or _TOLD_US.search(event) or told_us or (_ALARM.search(actor) and not human)
        ),
        called=called,
        asked=asked,
        known=known,
        causal=bool(_CAUSE.search(event)),
        changed=changed,
        sure=sure or _intervenes(verbs, event),
        failed=failed,
        forced=changed or bool(_FORCE.search(event)),
        suffered=suffered,
        begun=bool(_ONSET.search(event)),
        two=len([c for c in found if c.mood == "finite"]) > 1
        or bool(re.search(r"[;→]|, (?:and|so|which)\b", event)),
        acknowledged=bool(_ACKNOWLEDGED.search(event)),
        earlier=bool(_EARLIER.search(event)),
        observed=any(c.mood == "finite" and not c.human and c.subject and not c.passive for c in found[1:]),
        public=public,
        planned=reading.act == "planned" or bool(verbs & word_set("schedule plan book")),
        over=over or (reading.has("close") and not _NOT_YET.search(event)),
        closed=closes(event),
        well=reading.has("recover", "complete")
        or not (suffered or failed)
        or (not failed and bool(_GONE.search(event))),
    )


def closes(text: str) -> bool:
    """Whether it tells that an incident was closed, this one and for good."""
    clauses_told = (text[s:e] for m in _CLOSES.finditer(text) for s, e in [_clause_around(text, m)])
    return any(not _AGAIN.search(clause) for clause in clauses_told)


def _clause_around(text: str, match: re.Match[str]) -> tuple[int, int]:
    before = max(text.rfind(mark, 0, match.start()) for mark in ",;.")
    behind = [at for mark in ",;." if (at := text.find(mark, match.end())) >= 0]
    return before + 1, min(behind, default=len(text))


def _intervenes(verbs: set[str], event: str) -> bool:
    """Whether one of the verbs, alone or with its particle further on ("rolled 5.2 back"), is known to change systems."""
    particles = {w for w in event.lower().split() if w in _PARTICLES}
    return bool((verbs | {f"{v} {p}" for v in verbs for p in particles}) & lex.INTERVENE)


def _head_verb(event: str, actor: str) -> str:
    """What a person or a team that opens the entry does, whatever the tagger made of it: "Yann attaches …"."""
    said = [t for t in tokens(event) if t.tag != "PUNCT"]
    for i, token in enumerate(said[1:5], start=1):
        opening = " ".join(t.text for t in said[:i])
        many = said[i - 1].lower.endswith("s") and "base" in verb_forms(token.lower)
        inflected = many or token.lower.endswith(("s", "ed")) or token.tag == "VERB"
        governs = i + 1 < len(said) and said[i + 1].tag in ("DET", "POSS", "NUM")
        if inflected and not token.text[0].isupper() and (governs or verb_forms(token.lower)):
            somebody = said[i - 1].tag == "PROPN" or _PEOPLE.party_of(opening).human
            return verb_lemma(token.lower) if somebody and token.tag not in ("AUX", "MODAL") else ""
    return ""


def _changes(clause: Clause, human: bool, called: bool) -> bool:
    """Whether people did something to a system: all that they do but looking, knowing and talking."""
    if clause.negated or clause.modal or clause.tense == "future" or clause.mood == "infinitive":
        return False
    verb = clause.verb
    if verb in _NO_CHANGE and f"{verb} {clause.particle}".strip() not in lex.INTERVENE - {verb}:
        return False
    if clause.passive:
        return bool(clause.agent) or verb in lex.INTERVENE
    if clause.human or (human and clause.parent is None) or clause.subject.istitle():
        return bool(clause.object or clause.particle or verb in lex.INTERVENE)
    return clause.implied and not called and bool(clause.object) and verb in lex.INTERVENE
