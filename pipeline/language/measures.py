"""What kind of remedy a measure is: its rank from eliminating to administrative, and whether a class of failures falls."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.language.words import Token, tokens
from pipeline.models.postmortem import Rank


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Verbs by what they do to a hazard. A guard refuses, bounds or isolates; it needs nobody to remember it.
_GUARD = _set(
    "block refuse reject require enforce validate limit cap bound throttle isolate prevent restrict gate guard verify pin"
    " forbid deny disallow protect quarantine fence constrain lock sandbox shed debounce retry decouple separate partition"
    " replicate fail-over cordon confirm abort stop halt pause mandate authenticate sanitise sanitize deduplicate escape lint"
    " queue buffer backpressure roll-back rollback shard spread autoscale"
)
_ELIMINATE = _set(
    "remove eliminate delete drop retire decommission abolish disable deprecate forbid strip revoke sunset"
)
_SUBSTITUTE = _set(
    "replace substitute migrate switch move convert redesign rearchitect rewrite automate compute derive generate swap"
    " consolidate unify standardise standardize centralise centralize rebuild refactor restructure adopt introduce provision"
)
_DETECT = _set(
    "alert page monitor detect notify warn measure observe trace probe track surface flag alarm watch compare show"
)
_ADMINISTRATIVE = _set(
    "document remind train retrain educate communicate announce discuss share agree inform tell coach brief clarify publish"
    " describe note mention remember refresh rehearse practise practice teach explain encourage recommend consider review"
    " investigate look explore evaluate write meet"
)
_INSTANCE = _set(
    "restart fix correct revert rotate raise increase decrease reduce lower bump set tune adjust clean restore rerun re-run"
    " reboot resize upgrade patch renew reindex repair recreate redeploy purge flush extend expand resolve merge update change"
    " edit configure scale backfill"
)
_DETECT_NOUNS = _set(
    "alert alarm monitor monitoring dashboard metric probe slo sli pager healthcheck telemetry instrumentation tracing canary"
    " detector panel graph logging"
)
_GUARD_NOUNS = _set(
    "limit cap quota guard guardrail validation validator check gate approval timeout breaker bulkhead retry backoff lock"
    " confirmation safeguard fallback failover redundancy isolation ratelimit rate-limit test lint linter policy constraint"
    " budget allowlist allow-list denylist permission sandbox dry-run rollback autoscaler pooler pgbouncer proxy queue"
    " back-pressure backpressure idempotency checksum schema contract admission webhook"
)
_PAPER = _set(
    "runbook documentation doc docs document wiki page paragraph guide guideline checklist training reminder playbook policy"
    " procedure template note memo presentation session workshop meeting onboarding faq readme handbook awareness culture"
    " communication email announcement section link calendar talk"
)
_WIDE = _set(
    "every all any each default defaults shared common library libraries template templates pipeline pipelines ci framework"
    " platform-wide organisation-wide organization-wide fleet fleet-wide global globally universally automatically automatic"
    " centrally always whole entire base admission build builds merge merges company-wide repository-wide everywhere"
)
_SHARED = _set("default defaults library template templates shared base every all")  # one place, many users
_NARROW = _set(
    "this that these those missing stale stuck exact affected wrong offending broken faulty leaked misconfigured"
)
_INSTANCE_NAME = re.compile(
    r"(?<![\w.])[a-z]+(?:-[a-z]+)*-\d+(?![\w%])|\b(?:the|this|that) (?:host|node|pod|instance|server|replica|machine|vm)\b",
    re.IGNORECASE,
)
_AT_A_GATE = re.compile(
    r"\b(?:before|on|at|in) (?:(?:every|each|the) )?(?:merge|commit|deploy(?:ment)?|release|build|admission|ci|review time)\b"
    r"|\b(?:build|merge|deploy(?:ment)?|pipeline|ci|rollout|release)\b[^.;]{0,40}\b(?:fails?|stops?|refuses?|aborts?|halts?)\b",
    re.IGNORECASE,
)
_BRINGING = _set(
    "add create introduce build implement put install deploy write have give provide set make develop"
)
_UNMISTAKABLE = _set(
    "refuse reject require enforce forbid disallow deny isolate throttle validate prevent restrict"
)
_LARGE = re.compile(
    r"\b(?:redesign|re-?architect|rewrite|re-?platform|overhaul|migrate (?:all|every|the entire)|rebuild)\b"
    r"|\b(?:two|three|four|several|multiple|\d+) (?:quarters|months|years|teams)\b|\bover (?:a|the) (?:year|quarter)\b",
    re.IGNORECASE,
)
_CONDITIONAL = re.compile(
    r"\b(?:when(?:ever)?|if|unless|until|above|below|exceed\w*|without|beyond|before|after \d+)\b", re.I
)
_NO_LONGER = re.compile(
    r"\b(?:no longer|any ?more|cannot|can ?not|can't|has no|have no|impossible|never again|by design)\b", re.I
)


def rank_of(text: str) -> Rank | None:
    """The rank of a measure in the order of strength; None where its words name no measure."""
    words = tokens(text)
    verbs, nouns = _verbs(words), _nouns(words)
    paper = nouns & _PAPER and not (verbs & (_GUARD | _SUBSTITUTE))
    if paper and (
        verbs & _ADMINISTRATIVE
        or verbs & {"add", "create", "update", "make", "put", "include", "extend", "have"}
        or not verbs
    ):
        return "administrative"
    lead = _lead(words)
    if lead in _BRINGING and (brought := _brought(words)):
        return brought
    for found in (lead, *sorted(verbs)):
        if rank := _rank_of_verb(found):
            if (
                rank == "administrative"
                and (nouns & _GUARD_NOUNS - _PAPER)
                and found not in ("review", "consider")
            ):
                continue
            return rank
    if _NO_LONGER.search(text):
        return "eliminate"
    if _AT_A_GATE.search(text):
        return "guard"
    if nouns & (_GUARD_NOUNS - _PAPER):
        return "guard"
    if nouns & _DETECT_NOUNS:
        return "detect"
    if nouns & _PAPER:
        return "administrative"
    return None


def is_systemic(text: str) -> bool | None:
    """The class test: would it help, unaided by memory, when the same kind of problem appears elsewhere?

    None where the words do not decide.
    """
    rank = rank_of(text)
    if rank == "administrative":
        return False
    words = tokens(text)
    verbs = _verbs(words)
    lowered = {t.lower for t in words}
    wide = bool(lowered & _WIDE) or _is_generic(words)
    narrow = bool(lowered & _NARROW) or bool(_INSTANCE_NAME.search(text))
    lead = _lead(words)
    if lead in _INSTANCE and not (verbs & (_GUARD - {"limit", "stop", "pause", "lock", "cap"})):
        return wide and bool(lowered & _SHARED)
    if wide and not narrow:
        return rank is not None or None
    if rank == "guard":
        return (
            False
            if narrow and not (wide or _CONDITIONAL.search(text))
            else (True if verbs & _GUARD or wide or _CONDITIONAL.search(text) else None)
        )
    if rank in ("eliminate", "substitute"):
        return (
            False
            if narrow and not wide
            else (True if rank == "substitute" or _NO_LONGER.search(text) else None)
        )
    if rank == "detect":
        return True if wide and not narrow else False if narrow else None
    return False if narrow and not wide and verbs else None


def is_repair(text: str) -> bool:
    """Whether a measure only puts right what broke this time: one thing, restarted, corrected, enlarged."""
    words = tokens(text)
    return _lead(words) in _INSTANCE and is_systemic(text) is not True


def is_large(text: str) -> bool:
    """Whether a measure by its own words takes more than about ten working days or one team."""
    return bool(_LARGE.search(text))


def _rank_of_verb(verb: str | None) -> Rank | None:
    if verb is None:
        return None
    ranks: tuple[tuple[Rank, frozenset[str]], ...] = (
        ("eliminate", _ELIMINATE),
        ("substitute", _SUBSTITUTE),
        ("guard", _GUARD),
        ("detect", _DETECT),
        ("administrative", _ADMINISTRATIVE),
    )
    return next((rank for rank, verbs in ranks if verb in verbs), None)


def _brought(words: tuple[Token, ...]) -> Rank | None:
    """What "add", "introduce", "put" brings: the rank of its object."""
    thing: set[str] = set()
    for t in words[1:]:
        if t.tag in ("PREP", "SUB", "WH", "TO", "AUX") or (t.tag == "PUNCT" and t.text in ".;:,("):
            break
        thing |= {t.lemma, t.lower}
    ranks: tuple[tuple[Rank, frozenset[str]], ...] = (
        ("detect", _DETECT_NOUNS),
        ("guard", _GUARD_NOUNS - _PAPER),
        ("administrative", _PAPER),
    )
    return next((rank for rank, nouns in ranks if thing & nouns), None)


def _verbs(words: Iterable[Token]) -> set[str]:
    return {t.lemma for t in words if t.tag == "VERB" or t.lemma in _UNMISTAKABLE}


def _nouns(words: Iterable[Token]) -> set[str]:
    return {t.lemma for t in words if t.tag in ("NOUN", "PROPN", "ADJ")} | {
        t.lower for t in words if t.tag == "NOUN"
    }


def _lead(words: tuple[Token, ...]) -> str | None:
    """The verb that a measure opens with ("Block deploys …"), whatever it was tagged as."""
    first = next((t for t in words if t.tag not in ("PUNCT", "NUM", "DET")), None)
    return first.lemma if first is not None and first.tag in ("VERB", "NOUN", "PROPN", "ADJ") else None


def _is_generic(words: tuple[Token, ...]) -> bool:
    """A bare plural names a class: "Migrations run against …", "Block deploys …", "Certificates are issued …"."""
    for i, t in enumerate(words):
        if t.tag == "NOUN" and t.lower.endswith("s") and t.lower != t.lemma and t.lemma not in _PAPER:
            at = i
            while at and words[at - 1].tag in ("NOUN", "ADJ"):
                at -= 1
            before = words[at - 1] if at else None
            if before is None or before.tag in ("VERB", "PUNCT", "CONJ", "SUB", "PREP"):
                return True
    return False
