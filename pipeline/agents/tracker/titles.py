"""Makes the title of an action: an imperative out of the record's own words, else its noun phrase."""

from __future__ import annotations

import re

from pipeline.agents.tracker.lexicon import COMMANDS, MADE, MASS, NOUN_TOO, WORK
from pipeline.language.lemmas import can_be_verb, is_common, lemma, verb_forms
from pipeline.language.words import Token, tokens

LIMIT = 160
_LEAD = re.compile(
    r"^(?:[\s>*•·\-–—]+|\[[ xX]?\]|\(?\d{1,2}[.)]\s+|(?:and|but|so|also|then|ok(?:ay)?|yes|yep|yeah|sure|well|right|alright|plus|btw|fyi|ps|oh"
    r"|first|second|third|finally|lastly|please|pls|maybe|probably|perhaps|idea|suggestion|proposal|note|action(?: item)?s?|ai|todo|to-do|to do|task"
    r"|follow[- ]?ups?|fun fact|important|on my list)\b\s*[:,\-–—]*\s*|next(?: steps?)?\s*[:,\-–—]\s*)",
    re.I,
)
_FIRST_PERSON = re.compile(
    r"^(?:I|we|me)\b(?P<aux>(?:['’]ll|['’]m going to| will| shall| am going to| are going to|['’]re going to| can| could| would like to|['’]d like to"
    r"| want to| plan to| intend to| need to| have to|['’]ve got to| must| should| ought to|['’]m|['’]re| am| are)*)\s+",
    re.I,
)
_SOMEBODY = re.compile(
    r"^(?:someone|somebody|anyone|anybody|one of us|whoever|the team|everyone|everybody|they|you)\s+"
    r"(?:(?:really|still|also|definitely)\s+)?(?:has to|have to|needs to|need to|must|should|ought to|will have to|will need to|can|could|will)\s+",
    re.I,
)
_NOBODY = re.compile(r"^(?:nobody|no one|no-one|none of us)\s+(?P<verb>\w+)\s+(?P<object>.+)$", re.I)
_INTENT = re.compile(
    r"^(?:let['’]?s|let me|going to|gonna|will|to|need to|needs to|have to|want to|would be (?:good|nice|great) to|it would be (?:good|nice|great) to|we could)\s+",
    re.I,
)
_MUST = re.compile(
    r"\s+(?:should|could|shall|must|has to|have to|needs? to|ought to|will)\s+(?:(?:also|really|always|at least|then)\s+)?",
    re.I,
)
_NEEDS_ING = re.compile(r"^(?P<what>.+?)\s+needs?\s+(?P<verb>\w+ing)\b(?P<rest>.*)$", re.I)
_WE_NEED = re.compile(
    r"^(?:we|there)\s+(?:really\s+|still\s+|also\s+)?(?:needs?|want|should have|should be|must have|has to be)\s+(?:to be\s+)?(?P<what>(?:an?|some|the|one|two|three|\w+er|\w+s|[\w-]+)\b.*)$",
    re.I,
)


_TAKES_NOUN = frozenset({"cap", "document", "limit", "mail", "email", "record", "review"})
_OPENS_OBJECT = frozenset({"on", "when", "if", "all", "every"})


def make_title(words: str, *, acted: bool = False, made: bool = True) -> str:
    """`acted`: the words were given to somebody or taken by somebody, so a statement in them is an aim.

    `made`: a thing that is named is wanted; what a mitigation left behind is not.
    """
    parts = [_imperative(strip_lead(part), acted, made) for part in words.split("; ")]
    joined = "; ".join(p if at == 0 else _lower_first(p) for at, p in enumerate(parts))
    joined = re.sub(r"^(\w+) (?:that|this|these|those) (?=[a-z])", r"\1 the ", joined)
    title = re.sub(r"\s+", " ", joined).strip(" ,;:.–—-").replace(" , ", ", ")
    return _shorten(_upper_first(title))


def _upper_first(text: str) -> str:
    """A capital, but not inside an identifier (`max_connections=2000`)."""
    first = text.split(" ", 1)[0]
    return text if re.search(r"[_=/.\d]", first.rstrip(".,:;")) else text[:1].upper() + text[1:]


def base_form(word: str) -> str:
    """The base form of a verb. The dictionary has "fixe" and "mixe" for "fixed" and "mixed"."""
    base = lemma(word.lower())
    return base[:-1] if base.endswith("xe") and base != "axe" else base


def _lower_first(text: str) -> str:
    first = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first[1:].islower() else text


def strip_lead(text: str) -> str:
    """Without bullets, numbers and the words that only join it to what was said before."""
    text = " ".join(text.split())
    while (match := _LEAD.match(text)) and match.end() and match.end() < len(text):
        text = text[match.end() :]
    return text


def _imperative(text: str, acted: bool, made: bool) -> str:
    if match := _FIRST_PERSON.match(text):
        rest = _drop_adverbs(text[match.end() :])
        if (need := _WE_NEED.match(text)) and not match["aux"].strip():
            return _made(need["what"])
        aux = match["aux"].strip().lower()
        return _own(_base(rest, ing=aux in ("'m", "’m", "am", "are", "'re", "’re")))
    if match := _SOMEBODY.match(text):
        return _own(_drop_adverbs(text[match.end() :]))
    if match := _NOBODY.match(text):
        return f"Decide who {match['verb']} {match['object']}"
    if match := _WE_NEED.match(text):
        return _made(match["what"])
    if match := _INTENT.match(text):
        return _own(_drop_adverbs(text[match.end() :]))
    if match := _NEEDS_ING.match(text):
        return f"{base_form(match['verb'])} {match['what']}{match['rest']}"
    if is_command(text):
        return _own(text)
    if turned := _from_must(text):
        return turned
    words = tokens(text)
    if (words and words[0].form == "ing") or (
        words and words[0].lower.endswith("ing") and len(words) > 1 and words[1].tag in ("DET", "NUM", "POSS")
    ):
        return _base(text, ing=True)
    if acted and (stated := _from_statement(text, words)):
        return stated
    return _made(text) if made else text


def is_command(text: str) -> bool:
    """Does the text begin with a verb in its base form, as orders do?"""
    words = [w for w in tokens(text) if w.tag != "PUNCT"]
    if not words:
        return False
    first, after = words[0], words[1] if len(words) > 1 else None
    low = first.lower
    if after is None:
        return low in COMMANDS and first.tag == "VERB"
    if after.lower in ("is", "are", "was", "were", "has", "should", "must", "will") or after.form in (
        "s",
        "past",
    ):
        return False
    if _has_predicate(words[1:6]):
        return False
    known = low in COMMANDS or (first.tag == "VERB" and first.form == "base")
    if not known or not (can_be_verb(low) or can_be_verb(base_form(f"{low}ed"))):
        return low in COMMANDS and after.tag in ("DET", "POSS", "NUM", "ADV", "PRON")
    if low not in COMMANDS and after.tag in ("NOUN", "PROPN", "VERB"):
        return False  # "board games", "grant goes": a verb that is no order here
    if "base" in verb_forms(low) and low not in MADE and low not in NOUN_TOO:
        return True
    # "Page the secondary", "Alert when …", "cap total connections" against "test restores", "rate limit".
    if after.tag in ("DET", "POSS", "NUM", "PRON", "SUB", "WH", "ADJ", "ADV") or after.lower in _OPENS_OBJECT:
        return True
    if after.tag not in ("NOUN", "PROPN") and after.form != "ing":
        return False
    if low in ("page", "alert", "notify", "warn"):
        return any(w.lower in ("when", "if", "as") for w in words[2:7]) or (
            low == "alert" and not _one_noun(words)
        )
    return low in _TAKES_NOUN and not _one_noun(words)


def _has_predicate(words: list[Token]) -> bool:
    """A finite past verb before anything subordinate: "write capacity went back" orders nothing."""
    for word in words:
        if word.tag in ("SUB", "WH", "CONJ", "PREP", "TO", "PUNCT"):
            return False
        if word.form == "past" and word.tag in ("VERB", "AUX"):
            return True
    return False


def _one_noun(words: list[Token]) -> bool:
    """Two nouns and no more, or a preposition right behind them: one compound, not verb and object."""
    return len(words) == 2 or words[2].tag == "PREP"


def _from_must(text: str) -> str | None:
    """ "X should compare Y" becomes "Make X compare Y"; "X must be rotated" becomes "Rotate X"."""
    match = _MUST.search(text)
    if match is None or match.start() > 70:
        return None
    what, rest = _lower_first(text[: match.start()].strip()), text[match.end() :]
    if re.search(r"[.;!?]|\b(?:which|that|who|if|when)\b", what) or not what:
        return None
    if re.match(r"(?:not|never|no longer)\b", rest, re.I):
        return text  # the sentence with its "must not" says it best
    if passive := re.match(r"be\s+(?P<adv>\w+ly\s+)?(?P<verb>[\w-]+)\b(?P<rest>.*)$", rest, re.I):
        verb = passive["verb"].lower()
        if "part" in verb_forms(verb) or verb.endswith("ed"):
            return f"{base_form(verb)} {what}{passive['rest']}"
        return f"Make {what} {rest[3:]}"
    return f"Make {what} {rest}"


def _from_statement(text: str, words: tuple[Token, ...]) -> str | None:
    """ "The monitor checks X and shouts in Y", given to somebody, becomes "Make the monitor check X and shout in Y"."""
    likely = [
        w
        for i, w in enumerate(words[:7])
        if (w.tag == "VERB" and w.form == "s")
        or (i and "s" in verb_forms(w.lower) and (words[i - 1].tag in ("NOUN", "PROPN") or i == 1))
    ]
    # "volume snapshots for the hosts": a thing that is made, with what it is for, is no predicate.
    verb = next((w for w in likely if not (w.lemma in MADE and _tag_after(words, w) == "PREP")), None)
    if (
        verb is None
        or verb.start == 0
        or re.search(r"[;:.(]|\b(?:which|that|who|if|when)\b", text[: verb.start])
    ):
        return None
    what = _lower_first(text[: verb.start].strip())
    if verb.lemma in ("become", "be"):
        return f"Make {what} {text[verb.end :].strip()}"
    rest = text[verb.end :]
    for match in reversed(list(re.finditer(r"\b(?:and|or|then)\s+(\w+s)\b(?=\s)", rest))):
        low = match[1].lower()
        base = lemma(low)
        if (
            base != low
            and can_be_verb(base)
            and re.match(
                r"\s+(?:the|a|an|in|on|to|at|with|if|when|\d|#|it|us|every|all|itself|themselves|nothing)\b|\s+#",
                rest[match.end() :],
            )
        ):
            rest = rest[: match.start(1)] + base + rest[match.end() :]
    return f"Make {what} {verb.lemma}{rest}"


def _tag_after(words: tuple[Token, ...], word: Token) -> str:
    return next((w.tag for w in words if w.start >= word.end), "")


def _made(text: str) -> str:
    """A thing that is made by being taken on gets the verb; any other noun phrase stays as it is."""
    words = list(tokens(text))
    if not words:
        return text
    head = _head(words)
    if head is None or lemma(head.lower) not in MADE:
        return text
    if words[0].lower in ("the", "that", "this", "these", "those", "its", "our", "no"):
        return text
    bare = (
        words[0].tag not in ("DET", "NUM", "POSS")
        and lemma(head.lower) == head.lower
        and head.lower not in MASS
    )
    plain = text[:1].lower() + text[1:] if is_common(words[0].lower) and not words[0].text.isupper() else text
    article = ("an " if plain[:1] in "aeio" else "a ") if bare else ""
    return f"Add {article}{plain}"


def _head(words: list[Token]) -> Token | None:
    """The noun that a leading noun phrase is about: the last one before a preposition, a verb or a mark."""
    head: Token | None = None
    for i, word in enumerate(words):
        if word.tag in ("DET", "NUM", "POSS", "ADJ", "ADV") and (head is None or word.tag in ("ADJ", "NUM")):
            continue
        if word.tag in ("NOUN", "PROPN") or lemma(word.lower) in MADE or (head is None and i == 0):
            head = word
            continue
        break
    return head


def _base(rest: str, *, ing: bool) -> str:
    match = re.match(r"(?P<verb>[\w-]+)(?P<tail>.*)$", rest, re.S)
    if not match:
        return rest
    low = match["verb"].lower()
    return f"{base_form(low)}{match['tail']}" if ing and low.endswith("ing") else rest


def _own(rest: str) -> str:
    """ "own the pgbouncer change" names an owner, not an act: the object is what is to be done."""
    match = re.match(
        r"(?:own|take(?: on| over| care of)?|have|handle|do|drive|grab|pick up|volunteer for)\s+(?P<what>(?:the|an?|that|this|both|two|[A-Z])\b.*)$",
        rest,
    )
    if match and not re.search(r"\b(?:off|down|out|offline|away|from|back|up)\b", rest):
        head = re.sub(r"^(?:the|an?|that|this)\s+", "", match["what"])
        return head if not rest.lower().startswith("own") or is_change(head) else rest
    return rest


def is_change(text: str) -> bool:
    head = _head(list(tokens(text)))
    return head is not None and lemma(head.lower) in MADE | WORK


def _drop_adverbs(text: str) -> str:
    return re.sub(
        r"^(?:(?:also|just|then|now|still|really|probably|maybe|definitely|happily|gladly|please|quickly|already|try to|try and|be)\s+)+",
        "",
        text,
        flags=re.I,
    )


def _shorten(title: str) -> str:
    """Cut at the last clause border below the limit; the record itself is a click away."""
    if len(title) <= LIMIT:
        return title
    cut = max(title.rfind(mark, 40, LIMIT) for mark in ("; ", ". ", ", ", " — ", " – ", " ("))
    return (title[:cut] if cut > 0 else title[: LIMIT - 1].rsplit(" ", 1)[0]).rstrip(" ,;:.(–—-") + "…"
