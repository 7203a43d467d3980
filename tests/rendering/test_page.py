"""The page: self-contained, every sentence leading to its evidence, nothing in it able to become markup."""

from __future__ import annotations

import re
from datetime import timedelta
from html.parser import HTMLParser
from itertools import combinations, permutations

import pytest

from pipeline.models.evaluation import Finding
from pipeline.models.postmortem import Milestone, TimelineEntry
from pipeline.rendering.page import render_page
from pipeline.rendering.parts import Material
from pipeline.rendering.picture import draw
from tests.rendering.examples import ALL, at, evaluation, evidence, hostile_one, plain_one, two_zones

ENTRIES = tuple(
    TimelineEntry(time=at(time), precision="minute", actor="cron", event="Ran.")
    for time in ("2026-05-04T10:00", "2026-05-04T20:00")
)
VOID = {"meta", "link", "img", "br", "hr", "input"}


class Seen(HTMLParser):
    """Tags with their attributes, ids and links; every tag that opens has to close."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def page(name: str, *findings: Finding) -> tuple[str, Seen]:
    postmortem, items = ALL[name]()
    html = render_page(postmortem, items, evaluation(*findings), evidence())
    seen = Seen()
    seen.feed(html)
    assert seen.open == []
    return html, seen


def finding(where: str | None, severity: str = "advisory", message: str = "say more") -> Finding:
    return Finding.model_validate(
        {"criterion": "IMP", "severity": severity, "gate": "draft", "where": where, "message": message}
    )


@pytest.mark.parametrize("name", ALL)
def test_the_page_asks_for_nothing_and_runs_nothing(name: str) -> None:
    html, seen = page(name)
    for tag, attributes in seen.tags:
        assert tag not in ("script", "img", "link", "iframe", "object", "embed", "form", "base")
        assert not [a for a in attributes if a.startswith("on") or a in ("src", "style", "srcdoc")]
        for name_of_link in ("href", "xlink:href"):
            assert (attributes.get(name_of_link) or "#").startswith("#")
    style = html[html.index("<style>") : html.index("</style>")]
    assert not re.search(r"@import|url\((?!#)", style)
    assert """content="default-src 'none'; style-src""" in html


@pytest.mark.parametrize("name", ALL)
def test_every_link_of_the_page_leads_somewhere_and_every_id_is_one(name: str) -> None:
    _, seen = page(name)
    ids = [a["id"] for _, a in seen.tags if a.get("id")]
    assert len(ids) == len(set(ids))
    links = {(a["href"] or "")[1:] for tag, a in seen.tags if tag == "a" and a.get("href")}
    assert links <= set(ids)


def test_each_cited_record_shows_its_place_time_and_words_and_leads_back() -> None:
    html, _ = page("plain_one")
    entry = html[html.index('<li id="E3">') : html.index('<li id="E4">')]
    for shown in ("chat/&lt;b&gt;ops&lt;/b&gt;.txt", "line 3", "2026-05-04 18:03 UTC"[:16], "Ines Duarte"):
        assert shown in entry
    assert "&lt;script&gt;alert(3)&lt;/script&gt; E3 said so" in entry
    assert '<a href="#at-root_cause-0">Root cause and contributing factors</a>' in entry
    assert '<li id="E9">' not in html  # nothing cites it


def test_hostile_words_are_shown_and_stay_words() -> None:
    html, seen = page("hostile_one")
    assert "&lt;script&gt;alert(" in html
    assert "{{ 7 * 7 }}" in html
    assert not [tag for tag, _ in seen.tags if tag == "script"]


def test_a_finding_stands_at_the_nearest_place_that_it_points_at() -> None:
    html, _ = page(
        "plain_one",
        finding("/summary/1", message="first"),
        finding("/items/0/due", "blocking", message="second"),
        finding("/lucky/3", message="third"),
        finding(None, message="fourth"),
    )
    shown = html[html.index("<main") :]
    assert shown.index("v2.1 of the importer") < shown.index("</span> first") < shown.index('id="impact"')
    assert (
        shown.index("Refuse a schedule file") < shown.index("</span> second") < shown.index('id="at-items-1"')
    )
    assert shown.index('id="where-we-were-lucky"') < shown.index("</span> third")
    assert "4 findings: 1 blocking, 3 advisory" in shown
    assert shown.count("fourth") == 1


def test_the_banner_says_what_the_status_is() -> None:
    postmortem, items = plain_one()
    assert "Draft. Not reviewed." in render_page(postmortem, items, evaluation(), evidence())
    rejected = postmortem.model_copy(update={"status": "rejected"})
    html = render_page(rejected, items, evaluation(finding("/summary/0", "blocking")), evidence())
    assert "Rejected: not fit to share.</b> 1 finding blocks it." in html


def test_the_picture_holds_every_entry_and_skips_long_silence() -> None:
    postmortem, items = two_zones()
    picture = draw(Material.of(postmortem, items, "Europe/Lisbon"))
    assert picture is not None
    dots = [dot for lane in picture.lanes for dot in lane.dots]
    assert sorted(dot.entry for dot in dots) == list(range(len(postmortem.timeline)))
    assert len(picture.breaks) == 1  # the entry of December stands apart
    assert all(picture.gutter <= dot.x <= dot.x + dot.width <= picture.width for dot in dots)
    last = max(dots, key=lambda d: d.entry)
    assert last.x == max(dot.x for dot in dots)


SPREADS = (
    (0, 1, 2, 3, 4),
    (0, 1, 100, 598, 599),
    (0, 590, 595, 599, 600),
    (0, 0, 0, 600, 600),
    (0, 120, 430, 500, 560),
)


@pytest.mark.parametrize("spread", SPREADS)
@pytest.mark.parametrize("known", [s for n in range(6) for s in combinations(range(5), n)])
def test_whatever_milestones_are_known_no_label_lies_on_another_or_on_its_line(
    known: tuple[int, ...], spread: tuple[int, ...]
) -> None:
    postmortem, items = plain_one()
    names = list(type(postmortem.milestones).model_fields)
    milestones = {
        name: Milestone(time=at("2026-05-04T10:00") + timedelta(minutes=spread[n]))
        if n in known
        else Milestone(reason="no record tells it")
        for n, name in enumerate(names)
    }
    moved = postmortem.model_copy(
        update={"milestones": postmortem.milestones.model_copy(update=milestones), "timeline": ENTRIES}
    )
    picture = draw(Material.of(moved, items, None))
    assert picture is not None
    assert len(picture.milestones) == len(known)
    boxes = []
    for mark in picture.milestones:
        width = len(mark.label) * 5.5
        left = mark.x - width if mark.anchor == "end" else mark.x
        assert 0 <= left <= left + width <= picture.width
        boxes.append((left, left + width, mark))
    for (left, right, mark), (other_left, other_right, other) in permutations(boxes, 2):
        assert mark.y != other.y or right < other_left or other_right < left
        assert not (left < other.x < right and other.y < mark.y)


def test_there_is_no_picture_of_nothing() -> None:
    html, seen = page("empty_one")
    assert not [tag for tag, _ in seen.tags if tag == "svg"]
    assert "Not in the records." in html


def test_the_page_is_the_same_on_a_second_run() -> None:
    postmortem, items = hostile_one()
    assert render_page(postmortem, items, evaluation(), evidence()) == render_page(
        postmortem, items, evaluation(), evidence()
    )
