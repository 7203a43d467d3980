"""Whether a sentence says that those affected were told something, by this side."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.language import event_lexicon as lex
from pipeline.language.clause import Clause
from pipeline.language.event_acts import own

_MEDIUM = r"(?:status ?page|statuspage|banner|notice|announcement|press release|newsletter|text messages?|sms(?:es)?|mailing|mails? to \w+|(?:facebook|instagram|insta|twitter|forum|discord|mastodon|blog|news) posts?|public (?:post|update|note)|status (?:post|update))"
# The author told many: not one who is named or pointed at, and something, or by some means.
_TOLD_MANY = re.compile(
    r"(?:^|[.;,!]\s+|\b[Ii] |\b[Ww]e )(?:mailed|emailed|texted|messaged|wrote(?: to)?|told|informed|notified|warned) "
    r"(?!(?:them|us|him|her|me|you|it)\b)(?:all|every|both|the [a-z]\w+s|our [a-z]\w+s|[a-z]\w+s)\b[^.]{0,40}?(?:\bthat\b|:|\babout\b|\bby\b|[\"“])"
)
# A medium, and that it is out or says something; "status page: monitoring" says it with a colon.
_NOTICE = re.compile(
    rf"(?:^|[.;,!(]\s*|\band\s+|\bthe\s+){_MEDIUM}s?\s*(?::\s*\S|(?:is|are|was|were|has been|have been)?\s*(?:up\b|out\b|on\b|live\b|sent\b|posted\b|updated\b|published\b|changed\b|set\b|says?\b|moved\b|now\b)|and [\w ]{{0,30}}(?:told|informed|notified|updated))"
    rf"|(?:^|[.;,!]\s*){_MEDIUM}s? (?:at|in|on|to)\b|(?:^|[.;,!]\s*)status updated\b"
    rf"|\b(?:has|have|got|with) (?:a |the )?{_MEDIUM}s? (?:now|up|out|on|that|saying)\b|\b(?:updated|posted|set|changed|moved|wrote|put up|published) (?:on )?(?:the |our )?{_MEDIUM}",
    re.I,
)
# A row of a log that is a noun phrase: "loudspeaker announcement, cards work again".
_BARE_NOTICE = re.compile(rf"^(?:[\w'’-]+ ){{0,3}}{_MEDIUM}s?\s*(?:[,.;:(“\"‘'-]|$)", re.I)
_PUBLIC = re.compile(rf"\b(?:{'|'.join(re.escape(w) for w in sorted(lex.PUBLIC))})s?\b")


def posts(text: str, found: Sequence[Clause], *, reported: bool = False) -> bool:
    """Whether those affected are told something by this side: by the author, or by a notice that is out.

    Where the public is the subject of a verb of telling, it is a report, not an announcement.
    """
    if _NOTICE.search(text) or _TOLD_MANY.search(text) or (reported and _BARE_NOTICE.search(text)):
        return True
    for clause in found:
        if clause.negated or clause.modal or clause.tense == "future":
            continue
        rest = text[clause.start : clause.end].lower()
        told_public = bool(_PUBLIC.search(rest))
        if clause.verb in lex.PUBLISH and own(clause) and (told_public or clause.verb in ("post", "tweet")):
            return True
        if clause.verb in lex.INFORMS and told_public:
            named = bool(_PUBLIC.search(clause.subject.lower()))
            if (own(clause) and clause.tense != "present") or (
                named and (clause.passive or not clause.object)
            ):
                return True
    return False
