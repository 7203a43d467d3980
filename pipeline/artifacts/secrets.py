"""What a secret looks like: tokens with a maker's prefix, values assigned to a secret's name, passwords in URLs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

Replacement = Callable[[re.Match[str]], str]


Patterns = tuple[tuple[re.Pattern[str], Replacement], ...]


def named_secrets() -> Iterator[tuple[re.Pattern[str], Replacement]]:
    """Patterns for values beside a secret's name; they need look only at lines that hold one of NAME_ROOTS."""
    yield _AUTHORIZATION, _authorization
    yield _BEARER, lambda m: f"{m['head']}[access token]" if _has_digit(m["value"]) else m[0]
    yield _ASSIGNED, _assigned
    yield _OPTION, lambda m: f"{m['head']}{_kind(m['head'])}"
    yield _NAMED, lambda m: f"{m['head']}{_kind(m['head'])}" if _mixed(m["value"]) else m[0]
    yield (
        _SPOKEN,
        lambda m: f"{m['head']}[password]" if _looks_secret(m["value"]) or m["value"].isdigit() else m[0],
    )
    yield _TOLD, lambda m: f"{m['head']}{_kind(m['head'])}" if _looks_secret(m["value"]) else m[0]


def broken_secrets() -> Iterator[tuple[re.Pattern[str], Replacement]]:
    """Patterns for values on the line below their names."""
    yield (
        _BROKEN,
        lambda m: (
            f"{m['head']}{_kind(m['head'])}" if _mixed(m["value"]) or _looks_secret(m["value"]) else m[0]
        ),
    )


def shaped_secrets() -> Iterator[tuple[re.Pattern[str], Replacement]]:
    """Patterns for what is a secret by its own form, with what each match becomes, in order."""
    yield _URL_KEY, lambda m: f"{m['head']}[api key]"
    yield _PLAIN_PASSWORD, lambda m: "[password]"
    yield _URL_PASSWORD, lambda m: f"{m['head']}[password]@"
    yield _URL_TOKEN, lambda m: f"{m['head']}[access token]@"
    yield _PREFIXED, lambda m: "[access token]" if m["token"] else "[api key]"


def is_secret_cell(label: str, value: str) -> bool:
    """Whether a cell of a table holds a secret, told by the cell before it or above it: `| api_key | abcd1234 |`."""
    if len(label) > 80 or len(label.split()) > 5:  # a sentence that ends with "token" is no label
        return False
    named = _LABEL.search(label.strip(_DRESS))
    if named is None or value.startswith("[") or len(value.split()) != 1 or _PLAIN_VALUES.fullmatch(value):
        return False
    name = named["name"].lower()
    if name in _WEAK and len(value) < 12:
        return False
    return _looks_secret(value) or ("pass" in name and len(value) >= 4 and not value.isalpha())


def kind_of_secret(label: str) -> str:
    return _kind(label)


NAME_ROOTS = ("pass", "pin", "pw", "pwd", "secret", "key", "token", "auth", "bearer", "session", "sid", "cookie", "credential",
              "sig", "mysql", "mariadb", "redis-cli", "curl")  # fmt: skip
# The names that makers give their tokens, so that leaks can be found: docs of each maker, July 2026.
_PREFIXED = re.compile(
    r"""(?<![A-Za-z0-9])(?:
      (?P<key>(?:AKIA|ASIA|AROA|AIDA|AGPA|ANPA)[A-Z0-9]{16}
      | AIza[\w-]{30,} | sk-(?:ant-|proj-|svcacct-|or-)?[A-Za-z0-9_-]{16,} | [srp]k_(?:live|test)_[A-Za-z0-9]{8,} | whsec_[\w+/=]{16,}
      | SG\.[\w-]{10,}\.[\w-]{10,} | SK[0-9a-f]{32} | key-[0-9a-f]{32} | NRAK-[A-Z0-9]{20,} | hf_[A-Za-z0-9]{30,}
      | lin_api_\w{20,} | AGE-SECRET-KEY-1[A-Z0-9]{20,} | (?:pdus|u)\+[\w-]{16,} | re_[A-Za-z0-9]{8,}_[A-Za-z0-9]{16,})
    | (?P<token>gh[pousr]_[A-Za-z0-9]{16,} | github_pat_\w{16,} | gl(?:pat|dt|rt|ptt|soat)-[\w-]{16,}
      | xox[abceoprs]-[\w-]{8,} | xox[ed]\.xox[\w.-]{8,} | xapp-[\w-]{10,} | ya29\.[\w-]{10,} | npm_[A-Za-z0-9]{30,} | pypi-[\w-]{30,}
      | dop_v1_[0-9a-f]{32,} | hvs\.[\w-]{20,} | dp\.pt\.\w{20,} | dapi[0-9a-f]{32} | gl[a-z]{2}_\w{20,} | shp(?:at|ca|pa|ss)_[0-9a-fA-F]{16,}
      | ATATT3[\w=-]{20,} | eyJ[\w-]{8,}\.eyJ[\w-]{6,}\.[\w-]* | eyJ[\w-]{30,}(?:\.[\w-]+){0,2} | \d{8,10}:AA[\w-]{32,}
      | (?<=hooks\.slack\.com/services/)[A-Z0-9]+/[A-Z0-9]+/\w+)
    )""",
    re.VERBOSE,
)
_URL_PASSWORD = re.compile(
    r"(?P<head>\b[a-z][a-z0-9+.-]{1,20}://[^\s/@:\"'<>\[]*:)(?!//)(?P<value>[^\s/\"'<>\[]+)@(?=[\w\[])"
)
_URL_TOKEN = re.compile(r"(?P<head>\b[a-z][a-z0-9+.-]{1,20}://)(?P<value>[^\s/@:\"'<>\[]{16,})@(?=\w)")
_AUTHORIZATION = re.compile(
    r"(?P<head>\b(?:proxy-)?authorization[\"']?\s*[:=]\s*[\"']?(?:(?:bearer|basic|token|digest|apikey|negotiate|aws4-hmac-sha256)\s+)?)"
    r"(?P<value>[^\s\"',;]+)",
    re.IGNORECASE,
)
_BEARER = re.compile(r"(?P<head>\bbearer\s+[\"'`]?)(?P<value>[\w.~+/=-]{10,})", re.IGNORECASE)
# A name that says secret, whatever stands before it (AWS_SECRET_ACCESS_KEY, db.password, X-Api-Key).
_NAME = (
    r"(?:pass(?:word|wd|phrase|code)?|pwd|secrets?(?:[_. -]?access)?(?:[_. -]?key)?|api[_. -]?(?:key|token|secret)"
    r"|access[_. -]?(?:key|token)|private[_. -]?(?:key|token)|encryption[_. -]?key|signing[_. -]?key|master[_. -]?key"
    r"|account[_. -]?key|auth(?:[_. -]?token)?|client[_. -]?secret|(?:id|csrf|refresh|session|bearer|deploy|bot)?[_. -]?token"
    r"|session(?:[_. -]?id|[_. -]?key)?|jsessionid|phpsessid|connect\.sid|cookie|credentials?|signature|sig|x-amz-signature)"
)
_DRESS = " \t*`\"':"  # what Markdown and quotation marks put round a cell's words
_LABEL = re.compile(rf"(?:^|[^A-Za-z])(?P<name>{_NAME})(?:[_-]?\d)?(?:\s*\([^)]*\))?$", re.IGNORECASE)
# Names of secrets that are as often those of other things.
_WEAK = frozenset(
    ["auth", "session", "cookie", "signature", "sig", "credential", "credentials", "pass", "secrets"]
)
_ASSIGNED = re.compile(
    rf"(?P<head>(?P<name>{_NAME})(?:[_-]\d)?[\"'`]?\s{{0,2}}(?P<sign>=>?|:)\s{{0,2}}[\"'`]?)"
    r"(?P<value>[^\s\"'`,;&<>()\[\]{}]+)",
    re.IGNORECASE,
)
_OPTION = re.compile(
    r"(?P<head>(?:--(?:password|passwd|pass|token|api-key|secret|auth-token|access-token)\s+"
    r"|\bsshpass\s+-p\s*|\b(?:mysql|mysqldump|mariadb)\b[^\n|;]{0,80}\s-p(?=\S)|\bredis-cli\b[^\n|;]{0,60}\s-a\s+"
    r"|\bcurl\b[^\n|;]{0,160}\s(?:-u|--user)\s+[\"']?[^\s:\"']+:))(?P<value>[^\s\"'\[]{4,})"
)
_BROKEN = re.compile(
    rf"(?P<head>{_NAME}[\"'`]?[ \t]{{0,2}}(?:=>?|:)[ \t]{{0,2}}[|>\\]?\n[ \t]{{1,12}}[\"'`]?)(?P<value>[^\s\"'`,;|]{{8,}})(?=[\"'`]?[ \t]{{0,2}}(?:\n|$))",
    re.IGNORECASE,
)
# "…/v2/fc?key=abcd1234efgh5678": in an address even a bare "key" is one.
_URL_KEY = re.compile(r"(?P<head>[?&][\w.-]{0,20}key=)(?=[\w.~-]*\d)[\w.~-]{12,}", re.IGNORECASE)
# "vnc with Blue-Heron!42": no name has a capital, a digit and such a sign inside one word.
_PLAIN_PASSWORD = re.compile(
    r"(?<![\w/.=&?#@!$%^-])(?=[\w!$%^-]*[A-Z])(?=[\w!$%^-]*[a-z])(?=[\w!$%^-]*\d)[\w-]{3,40}[!$%^]\w[\w!$%^-]{0,40}(?![\w(/.=])"
)
# "the admin password is Kesa2025!": said, not assigned.
_TOLD = re.compile(
    rf"(?P<head>\b(?:{_NAME})(?:\s+(?:provided|given|used|sent))?(?:\s+(?:for|of|to|on)\s+[\w.@/-]+){{0,2}}\s*(?:is|was|=|:|→|->)\s*(?:now\s+|still\s+)?[\"'`“]?)"
    r"(?P<value>[^\s\"'`“”,;()\[\]]+)",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"(?P<head>\b(?:{_NAME}|key)s?\s+[\"'`“]?)(?P<value>[\w+/=-]{{16,}})", re.IGNORECASE)
# "partition pin 7741-KEEP-09", "the password hunter2x": the value follows with no sign between.
_SPOKEN = re.compile(
    r"(?P<head>\b(?:(?:pin|passcode)(?:\s+(?:is|was|code))?[:=]?\s+(?=\d{4})|(?:password|passphrase|passwd|pwd?)\s+(?![/~.$-]))[\"'`“]?)"
    r"(?P<value>[^\s\"'`“”,;()\[\]]+)",
    re.IGNORECASE,
)
_PLAIN_VALUES = re.compile(
    r"(?:\*+|x{3,}|\.{2,}|-+|…|<.*|\$.*|%.*|null|none|nil|true|false|yes|no|undefined|redacted|changeme|required|optional"
    r"|\d{1,5}|(?:env|vault|secretsmanager|ssm|arn|file|https?)[:/].*)[.!?]?",
    re.IGNORECASE,
)


def _kind(head: str) -> str:
    lower = head.lower()
    if re.search(r"pass|pwd|-u\s|--user|-p\s*$|-a\s+$|credential", lower):
        return "[password]"
    if re.search(r"token|session|cookie|auth|bearer|sid|sig", lower):
        return "[access token]"
    return "[api key]"


def _authorization(match: re.Match[str]) -> str:
    value = match["value"]
    if (
        value.startswith("[")
        or _PLAIN_VALUES.fullmatch(value)
        or value.lower() in {"token", "bearer", "basic"}
    ):
        return match[0]
    return f"{match['head']}[access token]"


def _assigned(match: re.Match[str]) -> str:
    """`PASSWORD=hunter2` always; with a colon ("token: expired") only what does not read as words."""
    value, name = match["value"], match["name"].lower()
    if value.startswith("[") or _PLAIN_VALUES.fullmatch(value):
        return match[0]
    weak = name in _WEAK
    if match["sign"] == "=" and not weak and len(value) >= 4:
        return f"{match['head']}{_kind(match['head'])}"
    if name == "pass" and not _has_digit(value):
        return match[0]
    if _looks_secret(value) or (match["sign"] == ":" and not weak and _whole_line(match)):
        return f"{match['head']}{_kind(match['head'])}"
    return match[0]


def _whole_line(match: re.Match[str]) -> bool:
    """Nothing but `name: value` on the line, as in a file of settings; "Password: expired" is a status."""
    text = match.string
    start = text.rfind("\n", 0, match.start()) + 1
    end = text.find("\n", match.end())
    outside = text[start : match.start()] + text[match.end() : end if end >= 0 else len(text)]
    return (
        not outside.strip(" \t\r\"'`,-") and "pass" in match["name"].lower() and not match["value"].isalpha()
    )


def _looks_secret(value: str) -> bool:
    """Not a word of a sentence: digits or symbols between letters, or letters in a random order of cases."""
    core = value.rstrip(".!?:")
    if len(core) < 6 or _PLAIN_VALUES.fullmatch(core) or re.fullmatch(r"v?\d+(?:[.,:/-]\d+)*%?\w{0,3}", core):
        return False
    if re.fullmatch(r"[a-z]+(?:[-_'/.][a-z]+)*|[A-Z]?[a-z]+|[A-Z]+(?:_[A-Z]+)*", core):
        return False
    letters = any(c.isalpha() for c in core)
    return letters and (_has_digit(core) or bool(re.search(r"[!@#$%^&*+=~]", value)) or _changes(core) >= 0.4)


def is_random(word: str) -> bool:
    """Whether a bare word of 20 or more characters was drawn, not written: capitals, small letters and digits
    follow one another as in no name, path or version. Hex digests, UUIDs and base32 have one case only."""
    run = max(re.split(r"[-_]", word), key=len)  # in names the changes are at the hyphens
    if len(word) < 20 or len(run) < 12 or not _mixed(run):
        return False
    counts = [sum(map(test, run)) for test in (str.isupper, str.islower, str.isdigit)]
    return min(counts) >= 2 and _changes(run) >= 0.4


def _mixed(word: str) -> bool:
    return _has_digit(word) and any(c.isupper() for c in word) and any(c.islower() for c in word)


def _changes(word: str) -> float:
    """How often the class of character (capital, small, digit, other) changes, per place."""
    kinds = [c.isupper() + 2 * c.islower() + 3 * c.isdigit() for c in word]
    return sum(a != b for a, b in pairwise(kinds)) / max(1, len(word) - 1)


def _has_digit(text: str) -> bool:
    return any(c.isdigit() for c in text)
