"""Hats of one incident: the same evidence before each task, read in parts only where it must be, and once."""

from __future__ import annotations

from typing import Any

import pytest
from model_case import CASE, EMPTY, ScriptedModel, crowd, said
from scripted_reader import Passages, Reader, lines_of, passage

from pipeline.agents.author.model import ModelAuthor
from pipeline.agents.author.replies import AuthorReply
from pipeline.agents.hat import Hat
from pipeline.agents.reading import Reading
from pipeline.agents.room import Room
from pipeline.agents.tracker.model import ModelTracker
from pipeline.config import Settings
from pipeline.errors import ModelError
from pipeline.language.people import People
from pipeline.llm.failure import CallFailed
from pipeline.llm.port import Reply, Request
from pipeline.llm.schema import json_schema
from pipeline.prompting.collection import load_prompts
from pipeline.tokens import count

PEOPLE = People(CASE.incident.roster)
TIGHT = Room(context=10_000, reply=1_000)
NOTHING: dict[str, Any] = {"items": [], "needs_detail": [], "parked": [], "done": []}


def answering(**more: Any) -> Reader:
    return Reader(answers={"AuthorReply": EMPTY, "TrackerReply": NOTHING}, **more)


def test_what_fits_is_not_read_in_parts() -> None:
    reader = answering()
    ModelAuthor(reader, PEOPLE).write(crowd(noise=100))
    assert reader.parts == []
    assert "EXTRACTED" not in reader.others[0].messages[-1].content.partition("You are the author")[0]


def test_what_does_not_fit_is_read_in_parts_once_for_both_hats() -> None:
    case = crowd(noise=300, talk=100)
    reader = answering()
    reading = Reading(reader, load_prompts(), TIGHT)
    author = ModelAuthor(reader, PEOPLE, reading=reading)
    narrative = author.write(case)
    parts = len(reader.parts)
    assert parts > 1
    tracker = ModelTracker(reader, PEOPLE, Settings(), reading=reading)
    tracker.track(case, narrative)
    assert len(reader.parts) == parts
    first, second = (r.messages[-1].content for r in reader.others)
    assert first.partition("You are the author")[0] == second.partition("You are the tracker")[0]
    assert "event: The cafeteria serves soup today." in first
    for request in reader.others:
        whole = sum(count(m.content, reader.name) for m in request.messages)
        assert whole + count(str(json_schema(request.into)), reader.name) + TIGHT.answer <= TIGHT.context
    assert any("did not fit the model's context" in notice for notice in author.notices)


def test_every_record_is_shown_whole_or_was_read() -> None:
    case = crowd(noise=300, talk=100)
    reader = answering()
    ModelAuthor(reader, PEOPLE, room=TIGHT).write(case)
    shown = reader.others[0].messages[-1].content.partition("EXTRACTED by")[0]
    whole = {r.id for r in case.records if f"\n{r.id} " in shown}
    read = {i for request in reader.parts for ids, _ in lines_of(request) for i in ids}
    assert whole | read == {r.id for r in case.records} - {"E9"}
    assert not whole & read


def test_a_record_that_was_only_read_can_be_cited() -> None:
    told = said("The cafeteria serves soup today.", "E1000")
    reader = Reader(answers={"AuthorReply": {**EMPTY, "lessons": [told]}})
    narrative = ModelAuthor(reader, PEOPLE, room=TIGHT).write(crowd(noise=300))
    assert [s.evidence for s in narrative.lessons] == [("E1000",)]


def test_what_could_not_be_located_is_told_by_the_hat_that_caused_the_reading() -> None:
    def invent(request: Request) -> Passages:
        ids, _ = lines_of(request)[0]
        return [passage("All 900 harbours were closed.", *ids)]

    case = crowd(noise=300)
    reader = answering(rule=invent)
    reading = Reading(reader, load_prompts(), TIGHT)
    author = ModelAuthor(reader, PEOPLE, reading=reading)
    tracker = ModelTracker(reader, PEOPLE, Settings(), reading=reading)
    tracker.track(case, author.write(case))
    assert [d.part for d in author.dropped] == ["extract"] * len(reader.parts)
    assert "extract" not in [d.part for d in tracker.dropped]
    assert "900" not in "".join(r.messages[-1].content for r in reader.others)


def test_passages_that_do_not_fit_are_read_once_more_to_fewer() -> None:
    def everything(request: Request) -> Passages:
        return [passage("The cafeteria serves soup today, and somebody parked in front of the gate.", *ids)
                for ids, text in lines_of(request)]  # fmt: skip

    case = crowd(noise=900)
    reader = answering(rule=lambda r: _numbered(everything(r)))
    ModelAuthor(reader, PEOPLE, room=Room(context=8_000, reply=1_500)).write(case)
    again = [r for r in reader.parts if "event: The cafeteria" in r.messages[-1].content]
    assert 0 < len(again) < len(reader.parts) / 2
    first = reader.others[0].messages[-1].content
    assert 10 < first.count("event: The cafeteria") < 100


def _numbered(passages: Passages) -> Passages:
    """As many different sentences as there are records."""
    words = ("soup", "gate", "somebody", "parked", "front", "today", "cafeteria", "serves")
    told = []
    for n, each in enumerate(passages):
        picked = " ".join(w for bit, w in enumerate(words) if n >> bit & 1)
        told.append(each | {"text": f"{each['text'][:-1]} again: {picked} is there."})
    return told


class ShortSighted(ScriptedModel):
    """Refuses what it is asked of one type as too long for its context, as often as it is told."""

    refusals = 2

    def complete(self, request: Request) -> Reply:
        if request.into is AuthorReply and self.refusals:
            self.refusals -= 1
            self.requests.append(request)
            raise CallFailed(self.name, "context", "too long")
        return super().complete(request)


def test_a_prompt_that_is_too_long_after_all_is_asked_again_with_less() -> None:
    model = ShortSighted({"AuthorReply": EMPTY, "ExtractReply": {"passages": []}})
    case = crowd(noise=100)
    hat = Hat(model, load_prompts(), Room(context=12_000, reply=500))
    hat.ask(case, "author", AuthorReply)
    asked = [r for r in model.requests if r.into is AuthorReply]
    lengths = [len(r.messages[-1].content) for r in asked]
    assert len(lengths) == 3
    assert lengths == sorted(lengths, reverse=True)
    hat.ask(case, "author", AuthorReply)  # and what was learned holds for the next task
    assert model.requests[-1] == asked[-1]


def test_a_service_that_finds_everything_too_long_is_a_failure() -> None:
    model = ShortSighted({"ExtractReply": {"passages": []}})
    model.refusals = 10**6
    with pytest.raises(ModelError):
        ModelAuthor(model, PEOPLE).write(crowd(noise=100))
    assert len(model.requests) < 40


def test_a_request_is_the_same_each_time_and_holds_what_the_house_asks() -> None:
    model = ScriptedModel({"AuthorReply": EMPTY})
    for house in ("", "", "SEV1 means that a branch cannot work.\nPrint roles, no names.\n"):
        Hat(model, load_prompts(), house=house).ask(CASE, "author", AuthorReply)
    plain, again, housed = model.requests
    assert plain == again
    assert plain.messages[0].content.endswith("comes from the\nevidence.")
    assert housed.messages[0].content == (
        plain.messages[0].content + "\n\nThe organisation that you write for asks:\n"
        "SEV1 means that a branch cannot work.\nPrint roles, no names."
    )
    assert housed.messages[1] == plain.messages[1]


def test_a_reply_never_fills_a_small_context() -> None:
    assert Room(context=16_000, reply=16_000).answer < 16_000 / 2
    assert Room(context=128_000, reply=16_000).answer == 16_000


def test_a_schema_has_no_titles_but_the_field_of_that_name() -> None:
    schema = json_schema(AuthorReply)
    assert schema["properties"]["title"] == {"type": "string"}
    assert "title" not in {k for node in schema["$defs"].values() for k in node}
