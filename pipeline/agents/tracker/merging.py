"""Joins claims that tell the same action, and says so where they disagree about one of its fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.agents.tracker.claims import Claim, Frame, State
from pipeline.agents.tracker.titles import is_command, make_title
from pipeline.evidence.likeness import content
from pipeline.language.lemmas import lemma
from pipeline.language.words import tokens
from pipeline.models.record import Record

# A person's own word about what they took comes before what others noted about it.
_RANK: dict[Frame, int] = {
    "promise": 0,
    "round": 1,
    "assignment": 2,
    "action list": 3,
    "cleanup": 4,
    "elsewhere": 4,
    "test": 4,
    "ticket": 5,
    "need": 6,
}
_LEFT_BEHIND = frozenset({"cleanup"})
_ACTED: frozenset[Frame] = frozenset({"promise", "round", "assignment", "action list"})


@dataclass(frozen=True, slots=True)
class Action:
    """One action, joined from the claims that tell it; the first claim leads."""

    claim: Claim
    title: str
    others: tuple[Claim, ...] = ()
    disputes: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    basis: str = "stated"

    @property
    def evidence(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(e for c in (self.claim, *self.others) for e in c.evidence))


@dataclass(slots=True)
class _Group:
    claims: list[Claim] = field(default_factory=list)


def merge(claims: Sequence[Claim]) -> list[Action]:
    """Actions in the order in which they were first told."""
    groups: list[_Group] = []
    for claim in claims:
        same = [g for g in groups if _same(g, claim)]
        if len(same) > 1:
            same = [max(same, key=lambda g: max(_likeness(c, claim) for c in g.claims))]
        elif not same:
            same = _by_leftover(groups, claim)
        if same:
            same[0].claims.append(claim)
        else:
            groups.append(_Group([claim]))
    return [_join(g.claims) for g in groups]


def about(claim: Claim) -> frozenset[str]:
    """What a claim is about, without who and when and without its verb's mere frame."""
    return content(claim.words) - {"own", "take", "make", "add", "someone", "somebody", "nobody", "ticket"}


def _same(group: _Group, claim: Claim) -> bool:
    tickets = {c.ticket.key for c in group.claims if c.ticket}
    if claim.ticket and tickets:
        return claim.ticket.key in tickets
    for other in group.claims:
        if _side_by_side(other, claim):
            continue
        shared = about(other) & about(claim)
        if shared and (_points(other, claim) or _points(claim, other)):
            return True
        smaller = min(len(about(other)), len(about(claim)))
        left = claim.frame in _LEFT_BEHIND and other.frame in _LEFT_BEHIND
        if (
            left
            and "done" in (claim.state, other.state)
            and len(shared) >= 2
            and len(shared) >= 0.4 * smaller
        ):
            return True
        if len(shared) >= 2 and len(shared) / max(smaller, 1) >= 0.6 and not _opposed(other, claim):
            return True
    return False


def _side_by_side(a: Claim, b: Claim) -> bool:
    """Two entries of one list are two actions, however alike they sound."""
    if a.record.id == b.record.id:
        return True
    listed = a.record.kind != "message" and a.frame == b.frame and a.state == b.state
    return listed and a.record.source == b.record.source and a.record.section == b.record.section


def _points(a: Claim, b: Claim) -> bool:
    return bool(a.points_to and b.owner and a.points_to == b.owner.name)


def _opposed(a: Claim, b: Claim) -> bool:
    """Two people took two things that merely sound alike."""
    both = a.owner and b.owner and a.owner.name != b.owner.name
    return bool(both and a.frame in ("promise", "round") and b.frame in ("promise", "round"))


def _likeness(a: Claim, b: Claim) -> float:
    if a.ticket and b.ticket and a.ticket.key == b.ticket.key:
        return 2.0
    shared, smaller = about(a) & about(b), min(len(about(a)), len(about(b)))
    return len(shared) / smaller if smaller else 0.0


def _by_leftover(groups: list[_Group], claim: Claim) -> list[_Group]:
    """A short status of something left behind ("Keys: see her") belongs to the one action that names it."""
    words = about(claim)
    short = claim.frame in _LEFT_BEHIND and 1 <= len(words) <= 2
    near: list[_Group] = []
    for group in groups:
        for other in group.claims:
            both_left = claim.frame in _LEFT_BEHIND and other.frame in _LEFT_BEHIND
            if other.record.id == claim.record.id or not (short or (both_left and len(about(other)) <= 2)):
                continue
            if about(other) & words:
                near.append(group)
                break
    if len(near) > 1:
        left = [g for g in near if all(c.frame in _LEFT_BEHIND for c in g.claims)]
        near = left if len(left) == 1 else []
    return near


def _join(claims: list[Claim]) -> Action:
    ordered = sorted(claims, key=lambda c: (_RANK[c.frame], claims.index(c)))
    titled = max(ordered, key=lambda c: (is_command(_title(c)), min(len(about(c)), 4), -_RANK[c.frame]))
    lead = ordered[0]
    because = dict(lead.because)
    disputes: list[str] = []
    values: dict[str, object] = {}
    for name in ("owner", "due", "ticket", "priority"):
        told = [(getattr(c, name), c) for c in ordered if getattr(c, name) is not None]
        if not told:
            continue
        value, source = told[0]
        values[name] = value
        key = "tracking" if name == "ticket" else name
        if key in source.because:
            because[key] = source.because[key]
        for other, elsewhere in told[1:]:
            if other != value and _differs(name, value, other):
                disputes.append(f"{key}: {_plain(other)} by {elsewhere.record.id}, {_plain(value)} used")
                because[key] = f"{because.get(key, '')}; {elsewhere.record.id} says {_plain(other)}".lstrip(
                    "; "
                )
    joined = replace(
        lead,
        words=titled.words,
        owner=values.get("owner"),  # type: ignore[arg-type]
        due=values.get("due"),  # type: ignore[arg-type]
        ticket=values.get("ticket"),  # type: ignore[arg-type]
        priority=values.get("priority"),  # type: ignore[arg-type]
        asked=next((c.asked for c in ordered if c.asked), None),
        state=_state(claims),
        reason=next((c.reason for c in ordered if c.reason), ""),
        condition=next((c.condition for c in ordered if c.condition), ""),
        before=titled.before,
        depends_on=tuple(dict.fromkeys(d for c in ordered for d in c.depends_on)),
        because=because,
    )
    others = tuple(c for c in ordered if c is not lead)
    return Action(claim=joined, title=_title(titled), others=others, disputes=tuple(disputes))


def _title(claim: Claim) -> str:
    wanted = claim.frame not in ("cleanup", "test", "elsewhere")
    return make_title(claim.words, acted=claim.frame in _ACTED, made=wanted)


def _differs(name: str, a: object, b: object) -> bool:
    if name == "owner":
        x, y = str(getattr(a, "name", "")).lower(), str(getattr(b, "name", "")).lower()
        return x.strip("@") not in y and y.strip("@") not in x
    if name == "ticket":
        return getattr(a, "key", None) != getattr(b, "key", None)
    return True


def _plain(value: object) -> str:
    return str(getattr(value, "name", None) or getattr(value, "key", None) or value)


def _state(claims: list[Claim]) -> State:
    """What is said last counts; a box that is checked or a word that it is done ends it."""
    if any(c.state == "declined" for c in claims) and not any(c.state == "open" and c.owner for c in claims):
        return "declined"
    done = [c for c in claims if c.state == "done"]
    still = [c for c in claims if c.state == "open"]
    if not done:
        return "open"
    if not still or any(c.record.checked for c in done):
        return "done"
    return "done" if max(map(_stage, done)) > max(map(_stage, still)) else "open"


def _stage(claim: Claim) -> tuple[int, float]:
    """When it was told: the brief and the logs come before the summary; messages have their time."""
    if claim.record.document == "resolution summary":
        return 2, 0.0
    if claim.record.time is not None and claim.record.kind == "message":
        return 1, claim.record.time.timestamp()
    return (1 if claim.record.document is None else 0), 0.0


def completed_by(action: Action, records: Sequence[Record]) -> str | None:
    """The id of a later record that tells the same act as done ("we reissue it" … "reissued with a new key")."""
    claim = action.claim
    if claim.record.time is None:
        return None
    words = [w for w in tokens(action.title) if w.tag != "PUNCT"]
    if not words:
        return None
    verb = lemma(words[0].lower)
    objects = content(action.title) - {verb}
    for record in records:
        if record.time is None or record.time <= claim.record.time or record.id in action.evidence:
            continue
        if record.kind not in ("message", "bot", "change", "row", "statement"):
            continue
        acted = any(w.form in ("past", "part") and lemma(w.lower) == verb for w in tokens(record.text[:400]))
        if not acted:
            continue
        shared = objects & content(record.text)
        if not objects or len(shared) / len(objects) >= 0.6:
            return record.id
    return None
