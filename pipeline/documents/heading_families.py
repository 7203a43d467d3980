"""What a heading asks or promises that no list of names holds: "How it came to light", "Who was hurt and how much"."""

from __future__ import annotations

import re

from pipeline.documents.headings import normalise
from pipeline.models.document import Part

_MOST = 10  # words; a longer line is a sentence
# In order: the later a part comes in a report, the less its words are the earlier ones' too.
_FAMILIES: tuple[tuple[Part, str], ...] = (
    (
        "prevention",
        r"\b(?:keep\w*|stop\w*|prevent\w*|avoid\w*|guard\w*|protect\w*|mak(?:e|ing)|rul(?:e|ing) out)\b.*\b(?:again|repeat\w*|recur\w*|return\w*|next time|impossible"
        r"|harder|come back|second time)\b|^(?:so|in order) that\b|\bagainst (?:a |the )?(?:repeat|recurrence|next)\b|\bno second time\b|\b(?:won't|will not|never)\b.*\bagain\b"
        r"|\b(?:repetition|repeat|recurrence|relapse)\b.*\b(?:ruled out|prevented|avoided|excluded|kept)\b",
    ),
    (
        "lessons",
        r"\b(?:learn\w*|lesson\w*|taught|teach\w*|surpris\w+|(?:un)?expected|underestimat\w+|(?:take|carry|keep|pass)\b.*\b(?:away|with us|home|on|from)"
        r"|(?:we|others|you|everybody|anybody|they|us) (?:now |can |could |should |may |might |would |also |all )*(?:know|knew|remember|use|reuse|keep|think|believe|see|understand|tell)\w*"
        r"|worth (?:knowing|remembering|telling|keeping|noting)|remember(?:ed|ing)?|for other \w+|for others)\b",
    ),
    (
        "review",
        r"\b(?:who|those who) (?:has |have )?(?:read|signed|agreed|approved|reviewed|accepted|checked)\b|^(?:read|seen|signed|agreed|accepted|checked|approved)\b.*\b(?:by|off)\b"
        r"|^accept(?:ance|ed)\b|\brecord of (?:review|approval)\b",
    ),
    (
        "impact",
        r"\b(?:who|what|how many|how much|how bad(?:ly)?|how far|how big)\b.*\b(?:hurt|affected|lost|cost|costs|suffer\w*|felt|hit|broke|broken|damag\w*|harm\w*|meant|was it|reach\w*)\b"
        r"|^(?:the )?(?:harm|extent|toll|loss(?:es)?|price|bill|cost|reach|size|scale)\b|\beffects? (?:on|for)\b|^what it (?:cost|did|meant)\b|\bin (?:numbers|figures)\b",
    ),
    (
        "detection",
        r"\b(?:how|when|who|where|what)\b.*\b(?:found|notic\w+|discover\w+|detect\w+|light|saw|seen|spott\w+|heard|alarm\w*|learn(?:ed|t) of|told us|aware|c[ao]me to know|got to know|knew)\b"
        r"|\bfirst (?:sign|signal|signs|signals|hint|alarm|notice|word)\b|^noticing\b|\bcame to light\b|^(?:the )?alarms?\b",
    ),
    (
        "timeline",
        r"\b(?:minute|hour|day|night|step|blow|event) (?:by|for) (?:minute|hour|day|night|step|blow|event)\b|\bhow (?:it|this|the \w+) (?:unfolded|went|ran|developed|played out|proceeded)\b"
        r"|\blog (?:of|for) (?:the )?\w+\b|\b(?:night|day|morning|evening|afternoon|hours|shift|week) in (?:order|full|detail|times)\b|\bin order of time\b|^(?:the )?(?:diary|log ?book|record of events|run of events)\b"
        r"|\bcourse of (?:the )?\w+\b",
    ),
    (
        "resolution",
        r"\b(?:how|what)\b.*\b(?:fix\w*|ended|stopped|solved|restor\w+|repair\w*|recover\w+|put right|brought\b.*\bback|got\b.*\bback|helped|end)\b"
        r"|\bback to (?:normal|service|work)\b|^putting\b.*\bright\b|^getting\b.*\b(?:back|going)\b|^(?:the )?(?:way|road) (?:out|back)\b|^(?:the )?end\b",
    ),
    (
        "actions",
        r"\b(?:what|who|which)\b.*\b(?:will|shall|happens (?:now|next)|changes|change|do(?:es)?|to do|be done|next|promis\w+|agreed|doing)\b|^(?:to be done|promises|work|what now|now what)\b"
        r"|\b(?:agreed|planned|open|decided) (?:steps|changes|work|points|improvements)\b|\bimprovement plan\b|^(?:systemic|structural|strategic|long[- ]term)(?: (?:ones|items|work|points))?$|^what now\b",
    ),
    (
        "root cause",
        r"^why\b|\bwhat (?:made|let|allowed|enabled|lay|was|stood)\b.*\b(?:possible|happen|behind|through|it|this)\b|^(?:what is |what was )?behind (?:it|this|the)\b|^how (?:it|this|that) could\b"
        r"|\b(?:reasons?|conditions?|circumstances|background of|roots?)\b",
    ),
)  # fmt: skip
_PATTERNS = tuple((part, re.compile(pattern)) for part, pattern in _FAMILIES)
_ASKS = re.compile(r"^(?:what|why|how|who|when|where|which|things|so|if|in case|worth|to be|the way)\b")


def family_of(heading: str) -> Part | None:
    """The part that a heading's words belong to; None where they say nothing of it."""
    text = normalise(re.sub(r"(?<=\S)\s*\([^()]*\)", "", heading))
    if not text or len(text.split()) > _MOST:
        return None
    return next((part for part, pattern in _PATTERNS if pattern.search(text)), None)


def is_clause(heading: str) -> bool:
    """Whether a line asks or announces something, as a heading does, rather than naming a thing."""
    return bool(_ASKS.match(normalise(heading)))
