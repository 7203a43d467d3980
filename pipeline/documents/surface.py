"""What structure is read from: a copy of the text, equally long, without what is no text of the document."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.language.lexicon import word_set

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?\r?\n)?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_COMMENT = re.compile(r"(?<!\\)<!--.*?(?:-->|\Z)", re.DOTALL)  # one that is escaped is text
_FENCE = re.compile(
    r"^(?P<indent>[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*)(?P<mark>`{3,}|~{3,})[^`\n]*$", re.MULTILINE
)
_DEFINITION = re.compile(r"^ {0,3}\[(?P<name>[^\]\n]+)\]:[ \t]*(?P<target>\S+).*$", re.MULTILINE)
_REFERENCE = re.compile(r"(?<![\\\]])(?P<label>\[[^\[\]]{1,200}\])\[(?P<name>[^\[\]\s]+)\]")
_MARK = re.compile(r"E\d+")  # evidence marks of a draft are no links of the author's
_RAW_HTML = re.compile(r"<(pre|script|style|code)\b[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"</?(?P<name>[A-Za-z][A-Za-z0-9]*)(?:\s[^<>]*)?/?>")
_HEADING_TAG = re.compile(r"h([1-6])", re.IGNORECASE)
_FIELD = re.compile(r"^(?P<key>[A-Za-z][\w -]*?)[ \t]*:[ \t]*(?P<value>\S.*?)[ \t]*$", re.MULTILINE)
_BREAKS = frozenset({"p", "div", "ul", "ol", "table", "section", "article"})
_KNOWN_TAGS = _BREAKS | word_set(
    "a b i u s em strong small sub sup br hr span li tr td th thead tbody img figure figcaption "
    "blockquote details summary dl dt dd kbd q cite del ins mark font center h1 h2 h3 h4 h5 h6 nav header "
    "footer"
)


@dataclass(frozen=True, slots=True)
class Surface:
    """`text` is as long as the document; `fields` is what its front matter says.

    Reference links are written `[label](name)`, and `references` says what each name leads to.
    """

    text: str
    fields: dict[str, str]
    references: dict[str, str]


def read_surface(text: str) -> Surface:
    fields: dict[str, str] = {}
    shown = text.replace("\r", " ").replace("\x00", " ")
    if match := _FRONT_MATTER.match(shown):
        fields = {m["key"].lower(): m["value"].strip("\"'") for m in _FIELD.finditer(match[0])}
        shown = blank(match[0]) + shown[match.end() :]
    shown = blank_fences(shown)
    shown = _COMMENT.sub(lambda m: blank(m[0]), shown)
    shown = _RAW_HTML.sub(lambda m: _blank_raw(m), shown)
    shown = _TAG.sub(_replace_tag, shown)
    references = {
        m["name"].casefold(): m["target"].strip("<>")
        for m in _DEFINITION.finditer(shown)
        if not _MARK.fullmatch(m["name"])
    }
    shown = _DEFINITION.sub(lambda m: blank(m[0]), shown)
    shown = _REFERENCE.sub(lambda m: _as_inline(m, references), shown)
    return Surface(shown, fields, references)


def _as_inline(match: re.Match[str], references: dict[str, str]) -> str:
    """`[issue][name]` as `[issue](name)`, if the document says what the name leads to."""
    if match["name"].casefold() not in references:
        return match[0]
    return f"{match['label']}({match['name']})"


def blank(text: str) -> str:
    """Spaces in place of everything but line feeds."""
    return re.sub(r"[^\n]", " ", text)


def blank_fences(text: str) -> str:
    """Fenced code, fences included; a fence that nothing closes runs to the end, as Markdown has it."""
    at = 0
    while opening := _FENCE.search(text, at):
        closing = re.compile(
            rf"^[ \t>]*{re.escape(opening['mark'][0])}{{{len(opening['mark'])},}}[ \t]*$", re.MULTILINE
        ).search(text, opening.end())
        end = closing.end() if closing else len(text)
        text = text[: opening.start("mark")] + blank(text[opening.start("mark") : end]) + text[end:]
        at = end
    return text


def _blank_raw(match: re.Match[str]) -> str:
    """Inline `<code>` becomes a code span of the same length; blocks vanish."""
    raw = match[0]
    if match[1].lower() == "code" and "\n" not in raw and len(raw) > 2:
        return "`" + raw[1:-1].replace("`", "'") + "`"
    return blank(raw)


def _replace_tag(match: re.Match[str]) -> str:
    """A tag becomes the Markdown that means the same, padded to its length, or spaces."""
    raw, name = match[0], match["name"].lower()
    if name not in _KNOWN_TAGS:
        return raw
    closing = raw.startswith("</")
    if (heading := _HEADING_TAG.fullmatch(name)) and not closing:
        return ("#" * int(heading[1]) + " ").ljust(len(raw))
    if name == "li" and not closing:
        return "- ".ljust(len(raw))
    if name in ("b", "strong") and len(raw) > 2:
        return "**".rjust(len(raw)) if not closing else "**".ljust(len(raw))
    return blank(raw)
