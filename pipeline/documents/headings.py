"""Which part of a postmortem a heading announces, by the words that teams use for it."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.models.document import Part

# In order of precedence: where two match the same words, the earlier wins.
_WORDS: tuple[tuple[Part, str], ...] = (
    (
        "needs detail",
        r"needs? (?:more )?(?:detail|clarification|specification)|to be (?:specified|clarified)",
    ),
    (
        "parked",
        r"parked|(?:considered|discussed)?,? ?(?:but )?not planned|considered(?: and| but)? (?:rejected|declined)"
        r"|won'?t (?:do|fix)|backlog|icebox|declined|deferred|out of scope|not now|considered\b.*\brejected",
    ),
    (
        "ruled out",
        r"ruled out|(?:rejected|discarded|refuted|disproved|excluded) (?:hypothes[ei]s|theories|causes)"
        r"|what it was(?: not|n'?t)|red herrings?|dead ends?",
    ),
    (
        "conflicts",
        r"(?:where )?(?:the )?sources disagree|conflicting (?:accounts|sources)|discrepanc\w+|conflicts",
    ),
    (
        "questions",
        r"(?:open|unanswered|remaining|outstanding) (?:questions?|points|issues)|unknowns|questions",
    ),
    ("lucky", r"(?:where )?(?:did )?(?:we )?(?:got |get |were |was )?(?:un)?luck(?:y|ily)?"),
    (
        "went well",
        r"(?:what |things that |that )?(?:has |have )?(?:went|gone|worked|go) (?:really |very )?(?:well|right)"
        r"|what (?:worked|helped|was good)|positives|successes|strengths",
    ),
    (
        "went poorly",
        r"(?:what |things that |that )?(?:went|gone|go) (?:\w+ )?(?:wrong|poorly|badly|less well)"
        r"|(?:what )?(?:did(?: not|n'?t)|could have) (?:work|go|gone|went|been)(?: so)?(?: well| better| improved)?"
        r"|(?:what )?(?:could|can|should) (?:be |we )?(?:improved?|(?:do )?better)|difficulties|challenges"
        r"|weaknesses|what hindered|pain points|room for improvement",
    ),
    (
        "latencies",
        r"latencies|(?:response |incident |key )?(?:stats|statistics|metrics)|time to (?:\w+)|tt[drma]|mtt[drma]",
    ),
    (
        "resolution",
        r"(?:immediate |short[- ]term |initial )?(?:actions?|steps|measures) (?:we )?(?:taken|took)"
        r"|immediate (?:actions?|response)|what (?:did we do|we did|have we done|we have done|was done)(?: about (?:it|this))?|how (?:did we|we|was it|it was) (?:fix|fixed|solved?|resolved?|mitigated?)"
        r"(?: it)?",
    ),
    (
        "actions",
        r"(?:review |corrective |preventi?ve |preventative |remedial |remediation |follow[- ]?up |improvement |open )*"
        r"(?:action|work|to[- ]?do)[- ]?(?:items?|points?|plan|list|register|log)|(?:review |corrective |preventi?ve"
        r" |preventative |remedial |follow[- ]?up |future |agreed |planned |proposed |open |our |(?:short|near|medium|mid|long)[- ]term )?actions"
        r"|(?:remediation|repair|improvement) plan|ranked (?:list|actions|work)|(?:tracked|larger|remaining) work"
        r"|recommendations|remedial work|follow[- ]?up work|quick[- ]?wins?|(?:systemic|structural|strategic|long[- ]term) (?:fix(?:es)?|improvements?|changes|work|items)"
        r"|what (?:will|shall|should|do|are|must) we (?:\w+ ){0,3}?(?:do|change|doing|changing|improve|fix)(?: \w+){0,3}"
        r"|follow[- ]?ups?(?: work| tasks?| items?)?|next steps|to[- ]?dos?|(?:remediation|mitigation) items"
        r"|improvements?(?: plan)?|remediations|tickets|tasks|jobs|chores|assignments|undertakings|commitments"
        r"|(?:agreed|planned|open|new) work|work (?:agreed|planned|ahead|to do)|who does what(?: by when| until when)?|what (?:are )?we(?:'re| will| are)?"
        r" (?:going to |gonna )?(?:do|change|doing|changing)(?: next| about it)?"
        r"|(?:corrective |remedial |follow[- ]?up |agreed |planned |decided |our )?"
        r"(?<!preventive )(?<!preventative )(?<!prevention )(?<!systemic )(?<!structural )(?<!permanent )(?<!term )measures",
    ),
    (
        "prevention",
        r"prevent(?:ing|ion|ive|ative)?(?: (?:measures|steps|recurrence|it|this))*|recurrence|safeguards|guard[- ]?rails"
        r"|(?:so (?:that )?)?(?:it|this)? ?(?:can(?:not|'t)|won'?t|will not|shall not|does(?: not|n'?t)|never) "
        r"(?:\w+ )?(?:come back|happen|recur|return|repeat)(?: itself)?(?: again)?|(?:never|not) again"
        r"|(?:what |how (?:do |will )?we |to )?(?:will )?(?:keeps?|keeping|stops?|stopping|prevents?) (?:it|this|that)"
        r" (?:from )?(?:\w+ )?(?:coming back|happening|recurring|returning|repeating)(?: again)?"
        r"|how (?:do|will|can|could|are) we (?:\w+ )*?(?:better|prevent|avoid)|do we do better|hardening"
        r"|(?:long[- ]term|systemic|structural|permanent) (?:measures|solutions?|prevention)"
        r"|making (?:sure )?(?:it|this) (?:\w+ )*(?:again|unlikely|impossible)",
    ),
    (
        "lessons",
        r"(?:key )?(?:lessons?|learnings?|takeaways?|take-aways|insights)(?: (?:we )?(?:learned|learnt))?"
        r"|what (?:did we|we|have we|we have|we'?ve|it|this) (?:learned|learnt|learn|taught us|teaches us)"
        r"|what (?:we|others|other \w+|anybody|everybody|you|the rest of us) (?:\w+ )?(?:know|knows|take|takes|keep|keeps|carry|remember)"
        r"(?: (?:now|away|from (?:this|it|here)|with us|home|in mind))*|worth (?:knowing|remembering|passing on|telling)(?: others)?"
        r"|(?:what )?surprise[sd](?: us)?|retrospective|reflections?|conclusions?",
    ),
    (
        "timeline",
        r"time ?-?line|chronolog\w+|(?:sequence|course|order|log|list) of events|(?:key |main )?events"
        r"|what happened when|(?:incident|event|activity|response) log|history|play[- ]by[- ]play|(?:minute|hour|step)[- ]by[- ](?:minute|hour|step)",
    ),
    (
        "root cause",
        r"root[- ]?causes?(?: analysis)?|(?:contributing|contributory|causal|aggravating|underlying)"
        r" (?:factors?|causes?|conditions?)|causes?(?: analysis)?|causal analysis|analysis|(?:5|five)[- ]whys?|rca"
        r"|why (?:did |was )?(?:it|this|that|things?)(?: \w+)*|trigger(?:s|ed by)?|factors|findings|diagnosis"
        r"|mechanism|(?:the )?(?:fault|bug|defect|technical (?:details?|explanation|background|cause))",
    ),
    (
        "detection",
        r"detect(?:ion|ed|ing)?|how (?:was it|it was|we|did we|was this|this was|were we) (?:\w+ )?"
        r"(?:found|find|noticed?|detect(?:ed)?|discover(?:ed)?|learn(?:ed|t)?|alerted|informed)(?: (?:out|it|of it))?"
        r"|discover(?:y|ed)|identif(?:ied|ication)|how (?:it|this) (?:was |came to be )?(?:found|noticed|seen)",
    ),
    (
        "resolution",
        r"resolution|resolved|resolving|mitigat(?:ion|ions|ed|ing)|recover(?:y|ed|ing)|remediation|repair(?:ed)?"
        r"|(?:the )?fix(?:es|ed)?|solution|restor(?:ation|ing|ed)(?: of service)?|(?:incident |our )?response"
        r"|work-?arounds?",
    ),
    (
        "impact",
        r"(?:(?:customer|user|business|service|financial|data) )?(?:impact|effects?)|(?:who|what) was affected"
        r"|affected (?:users?|customers?|services?|systems?|parties)|blast radius|consequences|damages?"
        r"|symptoms?|scope",
    ),
    (
        "summary",
        r"(?:executive |incident |management )?summary|overview|abstract|tl;? ?dr|synopsis|what (?:has )?happened"
        r"|introduction|(?:incident |problem |issue |short |brief )?description|background|context|in (?:brief|short)"
        r"|at a glance|narrative|problem(?: statement)?s?|incident report|the (?:incident|outage|story|problem)",
    ),
    (
        "review",
        r"review(?:s|ers?|ed)?(?: by| record| history| status)?|sign-?offs?|approv(?:al|als|ed)(?: by)?",
    ),
    ("inputs", r"inputs|sources|references|source material|further reading|links|related(?: \w+)?"),
)
_PATTERNS: tuple[tuple[Part, re.Pattern[str]], ...] = tuple(
    (part, re.compile(rf"(?<![\w-])(?:{words})(?![\w-])")) for part, words in _WORDS
)
_DONE = re.compile(r"\b(?:done|completed|already (?:done|fixed|shipped)|closed|finished)\b")
_FILLER = re.compile(
    r"\b(?:the|a|an|of|and|or|for|to|in|our|we|it|was|is|were|this|that|what|how|incident|outage|event|section"
    r"|details?|items?|all|times?|utc|gmt|c?est|cet|pst|pdt|bst|on|did|do|with|by|from|key|ranked|order|priority"
    r"|most|important|first|assessment|analysis|plan|list|story|team|so|far|short|full|part|s)\b|[\W\d_]+"
)
# The parts that group by the words of other parts: "Detection" below "Action items" is a kind of item.
GROUPING: frozenset[Part] = frozenset({"actions", "timeline", "root cause", "parked", "needs detail"})
_OPENS_IN_GROUP: dict[Part, frozenset[Part]] = {
    "actions": frozenset({"parked", "needs detail", "questions", "lessons", "review", "conflicts"}),
    "timeline": frozenset(
        {"actions", "lessons", "questions", "conflicts", "went well", "went poorly", "lucky"}
    ),
    "root cause": frozenset({"ruled out", "questions", "actions", "lessons"}),
    "parked": frozenset({"actions", "needs detail", "questions"}),
    "needs detail": frozenset({"actions", "parked", "questions"}),
}


def normalise(heading: str) -> str:
    """Lower case, straight quotes, no numbering, no markup, no emoji."""
    text = heading.lower().replace("’", "'").replace("`", "").replace("*", "").replace("_", " ")
    text = re.sub(r"^\s*(?:\(?\d+(?:\.\d+)*[.)]?|[ivx]+[.)]|[a-z][.)])\s+", "", text)
    return " ".join(re.sub(r"[^\w\s'/&;:,().+-]", " ", text).split())


@lru_cache(maxsize=1024)
def parts_of(heading: str) -> tuple[Part, ...]:
    """The parts that a heading names, in the order in which it names them; none where it names none."""
    text = normalise(heading)
    taken: list[tuple[int, int, Part]] = []
    for part, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if not any(s < match.end() and match.start() < e for s, e, _ in taken):
                taken.append((match.start(), match.end(), part))
    ordered = [part for _, _, part in sorted(taken)]
    return tuple(dict.fromkeys(ordered))


def coverage(heading: str) -> float:
    """How much of a heading its part's words are, 0 to 1: a title that happens to hold one has little."""
    text = normalise(re.sub(r"(?<=\S)\s*\([^()]*\)", " ", heading))
    spans = [(m.start(), m.end()) for _, pattern in _PATTERNS for m in pattern.finditer(text)]
    rest = "".join(" " if any(s <= i < e for s, e in spans) else c for i, c in enumerate(text))
    left = len(_FILLER.sub("", rest))
    whole = len(re.sub(r"\W", "", text))
    return 0.0 if not whole or not spans else 1 - left / whole


def is_done_heading(heading: str) -> bool:
    """Whether a sub-heading among items says that what follows is finished."""
    return bool(_DONE.search(normalise(heading)))


def leading_part(named: tuple[Part, ...]) -> Part | None:
    """The one part that a heading with several is read as: what has entries or items decides the reading."""
    for part in ("timeline", "actions"):
        if part in named:
            return part
    return named[0] if named else None


def part_below(parent: Part, heading: str) -> Part | None:
    """What a heading below a section of `parent` announces; None where it goes on with that part."""
    part = leading_part(parts_of(heading))
    if part is None or coverage(heading) < 0.5:
        return None
    if parent in GROUPING:
        return part if part in _OPENS_IN_GROUP[parent] else None
    if parent in ("lessons", "went well", "went poorly", "lucky"):
        return part if part in ("went well", "went poorly", "lucky", "lessons", "actions") else None
    return part
