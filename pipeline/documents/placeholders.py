"""Tells what was written from what a template left behind, and from words that stand for nothing."""

from __future__ import annotations

import re

_BRACKETED = re.compile(
    r"[\[<{(]\s*(?:add|insert|describe|fill|enter|write|your|name|list|todo|tbd|tba|tbc|placeholder|explain|provide"
    r"|what|who|when|how|why|date|link|owner|time|xxx?|\.\.\.|…)\b[^\])>}\n]{0,160}[\])>}](?!\()",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"(?:n/?a|n\.a\.?|none|nil|nothing|tbd|tba|tbc|t\.b\.[acd]\.?|todo|to ?do|to be (?:done|added|determined|defined|written|completed"
    r"|filled(?: in)?|confirmed|decided|announced)|pending|wip|work in progress|coming soon|see (?:above|below|chat"
    r"|slack|thread|ticket|channel|link|doc(?:ument)?|the \w+)|unknown|not (?:yet )?(?:known|stated|assigned|set"
    r"|available|applicable|recorded|specified|decided|written|filed|in the (?:records?|artifacts?))|unassigned|empty|x+|\?+|-+|—|–|…|\.{3}|lorem ipsum.*"
    r"|in progress|under investigation|not yet|later)",
    re.IGNORECASE,
)
_POINTER = re.compile(
    r"(?:please )?(?:see|refer to|check|cf\.?|as (?:described|discussed|told|agreed|decided|planned|noted|listed|documented) (?:in|at|during|with|by|on)|link(?:ed)? (?:to|in))\b[^.;:!?]{0,90}",
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
    r"(?:(?:tb[dac]|fixme|to ?do)\b\s*[:–—?(,;-]|(?:pending|tb[dac]|under investigation|in progress)\.\s).{0,120}",
    re.IGNORECASE,
)
# A template's measure of what to write, and its rows by number: "Two or three sentences: …", "Preventive measure 2".
_MEASURED = re.compile(
    r"(?:(?:one|two|three|four|five|\d|a few|some|max(?:imum)?|at most)(?:\s*(?:or|to|[-–—])\s*(?:two|three|four|five|six|\d))?|a|an)"
    r"(?: \w+)? (?:sentences?|paragraphs?|lines?|bullets?(?: points?)?)\b(?:[ :,;–—-].{0,200})?",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:(?:\w+ )?(?:measures?|actions?|items?|lessons?|events?|causes?|factors?|steps?|points?|bullets?|entry|learnings?|takeaways?))"
    r" (?:#\s?)?(?:\d|[a-c]|one|two|three|n)",
    re.IGNORECASE,
)
# A row whose cells are names of fields and patterns of values: "action | name | P0–P3 | date | link", "hh:mm | who | what happened".
_FIELD_NAMES = re.compile(
    r"(?:hh:mm(?::ss)?|yyyy-mm-dd(?: hh:mm)?|dd[./]mm[./]yyyy|p[0-4]\s?[-–—/]\s?p?[0-5]|(?:the )?(?:action|item|task|title|description|name|owner|who|priority|prio|date|due(?: date)?"
    r"|link|ticket|type|status|time|event|what(?: happened)?|actor|source|person|url))",
    re.IGNORECASE,
)
_PUT_OFF = re.compile(
    r"(?:this |it |details? )?(?:(?:to|will|shall) (?:follow|come|be (?:added|completed|filled|written|provided|done|discussed|decided|agreed|defined"
    r"|determined|updated|described|documented))|follows|is pending|to be \w+)\b.{0,80}",
    re.IGNORECASE,
)
_VOID = re.compile(  # an answer that answers nothing
    r"(?:none|nothing|no (?:information|details?|data|entries|answer))(?: (?:yet|available|given|so far|known))*"
    r"|(?:intentionally |deliberately )?left (?:blank|empty)(?: (?:on purpose|intentionally|for now))?|(?:same )?as (?:(?:described|discussed|told|mentioned|noted|stated|said|explained|shown) )?(?:above|before|below|usual|earlier)|same(?: as (?:above|before))?"
    r"|(?:documented|described|covered|told|see|found) (?:elsewhere|there|above|below)|done|yes|ok|fine|handled|fixed|resolved|(?:it|this|that) (?:was|is|has been) (?:handled|done|fixed|resolved|dealt with)"
    r"|please (?:fill in|describe|complete|write|add|insert|explain)\b.{0,80}|fill in\b.{0,80}",
    re.IGNORECASE,
)
_ASKS = re.compile(r"(?:what|who|when|how|why|which|where)\b[^.!]{3,160}\?", re.IGNORECASE)
_VARIABLE = re.compile(r"\s*(?:\{\{[^{}\n]+\}\}|\$\{[^{}\n]+\})\s*")  # what a template engine never filled
_MARKUP = re.compile(r"[*_`~>#|]|^\s*(?:[-+•]|\d+[.)])\s+|\[[ xX]\]", re.MULTILINE)
_TABLE_RULE = re.compile(r"^[\s|:\-]+$", re.MULTILINE)
_WORD = re.compile(r"\w+")


def is_nothing(text: str) -> bool:
    """Whether a field's or a line's whole text stands for nothing: `TBD`, `n/a`, `not stated`, `?`, blank."""
    bare = " ".join(_MARKUP.sub(" ", text).strip().strip("()[]{}<>.:;,!—–-'\"‘’“” \t\n").split())
    return (
        not bare
        or bool(_NOTHING.fullmatch(bare) or _POINTER.fullmatch(bare) or _VARIABLE.fullmatch(text))
        or is_template(text)
    )


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
        or _MEASURED.fullmatch(bare)
        or _NUMBERED.fullmatch(bare)
        or _is_row_of_names(line)
        or _ASKS.fullmatch(bare)
        or _IN_BRACKETS.fullmatch(" ".join(re.sub(r"[*_`~#]", " ", line).split()).removeprefix("- "))
    )


def _is_row_of_names(line: str) -> bool:
    cells = [" ".join(_MARKUP.sub(" ", cell).split()) for cell in line.strip().strip("|").split("|")]
    return len(cells) > 1 and all(_FIELD_NAMES.fullmatch(cell) or not cell for cell in cells)


def is_empty_text(body: str) -> bool:
    """Whether a section's body says nothing: no line of it does."""
    lines = [line for line in _TABLE_RULE.sub("", body).split("\n") if line.strip()]
    return all(is_nothing(line) or is_instruction(line) or is_left_open(line) for line in lines)
