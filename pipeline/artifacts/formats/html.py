"""Takes the text out of HTML: headings, paragraphs, lists and tables; what would run or be fetched is left out."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import nh3

from pipeline.artifacts.decoding import decode
from pipeline.artifacts.outline import Outline
from pipeline.artifacts.reader import About, Opened, Opener, UnopenedError

_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype html|html|head|body)\b", re.I | re.S
)
_BLOCKS = frozenset(
    "p div section article header footer main aside address figure figcaption dt dd details summary center".split()
)
_CELLS = frozenset({"td", "th"})
_LISTS = frozenset({"ul", "ol"})
_KEPT = _BLOCKS | _CELLS | _LISTS | frozenset(
    "h1 h2 h3 h4 h5 h6 li table tr tbody thead br hr pre code blockquote a b i em strong span time input title html body".split()
)  # fmt: skip
_ATTRIBUTES = {"input": {"type", "checked"}, "a": {"href"}}
_GONE = {"script", "style", "template", "svg", "math", "noscript", "iframe", "object"}
_DEEP = 8
_DEEPEST = (
    500  # pages of word processors stay below 60; the time to mend a page grows with the square of this
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})(?=[\s/>])")
_UNCLOSED = frozenset(
    "p li td th tr dt dd thead tbody option br hr img input meta link wbr col source area base html body head".split()
)


def recognise(data: bytes) -> bool:
    if b"<" not in data[:4000]:
        return False
    decoded = decode(data[:4000])
    return decoded is not None and bool(_START.match(decoded[0]))


def open_html(data: bytes) -> Opened:
    decoded = decode(data)
    if decoded is None:
        raise UnopenedError("HTML in an encoding that can't be told")
    return outline_of(decoded[0])


HTML = Opener(
    "html",
    About(
        known_by="Begins with `<!doctype html>` or `<html>`",
        exported_by="Confluence: ... > Export > HTML. Google Docs: File > Download > Web page. A browser: Save page as > HTML only",
    ),
    recognise,
    open_html,
)


def outline_of(html: str) -> Opened:
    """The text of a page or of a part of one, as Markdown. Comments, scripts and styles are no text."""
    if _depth(html) > _DEEPEST:
        raise UnopenedError(f"HTML nested deeper than {_DEEPEST} elements")
    # nh3 makes well-formed HTML of whatever stands there, in linear time; the parser then meets nothing odd.
    clean = nh3.clean(
        html,
        tags=set(_KEPT),
        clean_content_tags=_GONE,
        attributes=_ATTRIBUTES,
        strip_comments=True,
        url_schemes={"http", "https"},
        link_rel=None,
    )
    parser = _Outliner()
    parser.feed(clean)
    parser.close()
    return parser.finished()


def plain_text(html: str) -> str:
    """The words of a piece of HTML, blocks on lines of their own."""
    try:
        lines = outline_of(html).text.split("\n")
    except UnopenedError:
        lines = re.sub(r"<[^<>]*>", " ", html).split("\n")
    return "\n".join(line for line in lines if line.strip())


def _depth(html: str) -> int:
    depth = deepest = 0
    for tag in _TAG.finditer(html):
        if tag[2].lower() not in _UNCLOSED:
            depth = max(0, depth - 1) if tag[1] else depth + 1
            deepest = max(deepest, depth)
    return deepest


class _Outliner(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.outline = Outline()
        self.words: list[str] = []
        self.level = 0  # of the heading that is open
        self.lists: list[str] = []
        self.in_item = False
        self.quoted = 0
        self.code = 0
        self.rows: list[list[str]] | None = None
        self.tables = 0
        self.title = False
        self.link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables += 1
            if self.tables == 1:
                self._flush()
                self.rows = []
        elif self.rows is not None and tag == "tr":
            if self.tables == 1:
                self.rows.append([])
        elif self.rows is not None and tag in _CELLS:
            if self.tables == 1:
                self.words = []
        elif tag == "br":
            self.words.append("\n")
        elif self.rows is not None:
            self.words.append(" ")
        elif tag[0] == "h" and tag[1:].isdigit():
            self._flush()
            self.level = int(tag[1:])
        elif tag in _LISTS:
            self._flush()
            self.lists.append(tag)
        elif tag == "li":
            self._flush()
            self.in_item = True
        elif tag == "blockquote":
            self._flush()
            self.quoted += 1
        elif tag == "pre":
            self._flush()
            self.code += 1
        elif tag == "input" and dict(attrs).get("type") == "checkbox":
            self.words.append("[x] " if "checked" in dict(attrs) else "[ ] ")
        elif tag == "title":
            self.title = True
        elif tag == "a":
            self.link = dict(attrs).get("href") or ""
        elif tag in _BLOCKS and not (self.in_item and not "".join(self.words).strip()):
            self._flush()

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self.tables = max(0, self.tables - 1)
            if self.tables == 0 and self.rows is not None:
                self.outline.table(self.rows)
                self.rows, self.words = None, []
        elif self.rows is not None:
            if tag in _CELLS and self.tables == 1:
                (self.rows or [[]])[-1].append("".join(self.words)) if self.rows else None
                self.words = []
        elif tag[0] == "h" and tag[1:].isdigit():
            self._flush()
            self.level = 0
        elif tag in _LISTS:
            self._flush()
            self.lists = self.lists[:-1]
        elif tag == "li":
            self._flush()
            self.in_item = False
        elif tag == "blockquote":
            self._flush()
            self.quoted = max(0, self.quoted - 1)
        elif tag == "pre":
            self._flush()
            self.code = max(0, self.code - 1)
        elif tag == "title":
            self.title, self.words = False, []
        elif tag == "a":
            self._link()
        elif tag in _BLOCKS:
            self._flush()

    def handle_data(self, data: str) -> None:
        self.words.append(data if self.code else re.sub(r"\s+", " ", data))

    def finished(self) -> Opened:
        self._flush()
        if self.rows:
            self.outline.table(self.rows)
        return self.outline.opened()

    def _link(self) -> None:
        """A link's address stays where its words don't tell it."""
        link, self.link = self.link, ""
        if link and link not in "".join(self.words[-4:]) and self.rows is None and not self.level:
            self.words.append(f" ({link})")

    def _flush(self) -> None:
        text = "".join(self.words)
        self.words = []
        if not text.strip() or self.title:
            return
        if self.code:
            self.outline.code(text)
        elif self.level:
            self.outline.heading(self.level, text)
        elif self.in_item:
            mark = "1." if self.lists[-1:] == ["ol"] else "-"
            self.outline.item(min(len(self.lists), _DEEP) - 1 if self.lists else 0, text, mark)
        elif self.quoted:
            self.outline.quote(text)
        else:
            self.outline.paragraph(text)
