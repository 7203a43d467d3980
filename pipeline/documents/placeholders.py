"""Tells what was written from what a template left behind, and from words that stand for nothing."""

from __future__ import annotations

import re

_BRACKETED = re.compile(
    r"[\[<{(]\s*(?:add|insert|describe|fill|enter|write|your|name|list|todo|tbd|tba|tbc|placeholder|explain|provide"
    r"|what|who|when|how|why|date|link|owner|time|xxx?|\.\.\.|…)\b[^\])>}\n]{0,160}[\])>}](?!\()",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"(?:n/?a|n\.a\.|none|nil|nothing|tbd|tba|tbc|todo|to ?do|to be (?:done|added|determined|defined|written|completed"
    r"|filled(?: in)?|confirmed|decided|announced)|pending|wip|work in progress|coming soon|see (?:above|below|chat"
    r"|slack|thread|ticket|channel|link|doc(?:ument)?|the \w+)|unknown|not (?:yet )?(?:known|stated|assigned|set"
    r"|available|applicable|recorded|specified|decided|written|filed|in the (?:records?|artifacts?))|unassigned|empty|x+|\?+|-+|—|–|…|\.{3}|lorem ipsum.*"
    r"|in progress|under investigation|not yet|later)",
    re.IGNORECASE,
)
_POINTER = re.compile(
    r"(?:please )?(?:see|refer to|check|cf\.?|as (?:described|discussed|told) in|link(?:ed)? (?:to|in))\b[^.;:!?]{0,90}",
    re.IGNORECASE,
)
_INSTRUCTION = re.compile(
    r"(?:please )?(?:describe|explain|summari[sz]e|provide|list|fill in|outline|note|state)\b[^.\n]*\b(?:here|below|what|how|who"
    r"|when|why|any|your|the (?:incident|impact|timeline|root cause|issue|steps?))\b[^.\n]{0,80}\.?",
    re.IGNORECASE,
)
# Nothing but a bracket of some words: "[One paragraph: what happened, to whom]", "{{prevention}}", "<who was affected>".
_IN_BRACKETS = re.compile(
    r"\[(?!E\d)[^\[\]\n]*[^\W\d_]+\s[^\[\]\n]*\](?![(\[:])|\{\{[^{}\n]+\}\}|<[a-z][^<>\n/:]*\s[^<>\n=/:]*>",
    re.IGNORECASE,
)
_LEFT_OPEN = re.compile(
    r"(?:tb[dac]|fixme|to ?do)\b\s*(?:[:–—-]\s?.{0,120}|\?.{0,120}|\(.{0,120})", re.IGNORECASE
)
_PUT_OFF = re.compile(
    r"(?:this |it |details? )?(?:(?:to|will|shall) (?:follow|come|be (?:added|completed|filled|written|provided|done|discussed|decided|agreed|defined"
    r"|determined|updated|described|documented))|follows|is pending|to be \w+)\b.{0,80}",
    re.IGNORECASE,
)
_VOID = re.compile(  # an answer that answers nothing
    r"(?:none|nothing|no (?:information|details?|data|entries|answer))(?: (?:yet|available|given|so far|known))*"
    r"|(?:intentionally |deliberately )?left (?:blank|empty)(?: (?:on purpose|intentionally|for now))?|(?:same )?as (?:above|before|usual)|same(?: as (?:above|before))?"
    r"|(?:documented|described|covered|told|see|found) (?:elsewhere|there|above|below)|done|yes|ok|fine|handled|fixed|resolved|(?:it|this|that) (?:was|is|has been) (?:handled|done|fixed|resolved|dealt with)"
    r"|please (?:fill in|describe|complete|write|add|insert|explain)\b.{0,80}|fill in\b.{0,80}",
    re.IGNORECASE,
)
_ASKS = re.compile(r"(?:what|who|when|how|why|which|where)\b[^.!]{3,160}\?", re.IGNORECASE)
_MARKUP = re.compile(r"[*_`~>#|]|^\s*(?:[-+•]|\d+[.)])\s+|\[[ xX]\]", re.MULTILINE)
_TABLE_RULE = re.compile(r"^[\s|:\-]+$", re.MULTILINE)
_WORD = re.compile(r"\w+")


def is_nothing(text: str) -> bool:
    """Whether a field's or a line's whole text stands for nothing: `TBD`, `n/a`, `not stated`, `?`, blank."""
    bare = " ".join(_MARKUP.sub(" ", text).strip().strip("()[]{}<>.:;,!—–-'\"‘’“” \t\n").split())
    return not bare or bool(_NOTHING.fullmatch(bare) or _POINTER.fullmatch(bare)) or is_template(text)


def is_template(text: str) -> bool:
    """Whether nothing but template text is left once bracketed instructions are cut out."""
    if not _BRACKETED.search(text):
        return False
    rest = _MARKUP.sub(" ", _BRACKETED.sub(" ", text))
    return len(_WORD.findall(rest)) < 3


def is_instruction(line: str) -> bool:
    """Whether a line tells its reader what to write there, as templates do."""
    return bool(_INSTRUCTION.fullmatch(" ".join(_MARKUP.sub(" ", line).split())))


def is_left_open(line: str) -> bool:
    """Whether a line stands where words should: "TODO: how was it detected?", "To follow after the review"."""
    bare = " ".join(_MARKUP.sub(" ", line).split()).strip(" .")
    return bool(
        _LEFT_OPEN.fullmatch(bare)
        or _VOID.fullmatch(bare)
        or _PUT_OFF.fullmatch(bare)
        or _ASKS.fullmatch(bare)
        or _IN_BRACKETS.fullmatch(" ".join(re.sub(r"[*_`~#]", " ", line).split()).removeprefix("- "))
    )


def is_empty_text(body: str) -> bool:
    """Whether a section's body says nothing: no line of it does."""
    lines = [line for line in _TABLE_RULE.sub("", body).split("\n") if line.strip()]
    return all(is_nothing(line) or is_instruction(line) or is_left_open(line) for line in lines)
