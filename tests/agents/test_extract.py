"""What doesn't fit is read in parts: what records of a part bear out comes through, the rest is counted."""

from __future__ import annotations

import json
import re
import threading
from dataclasses import dataclass, replace
from itertools import count as count_up
from typing import Any

import pytest
from model_case import CASE, RECORDS, crowd, record
from scripted_reader import Passages, Reader, lines_of, passage

from pipeline.agents.extract.chunks import Chunk, chunks_of
from pipeline.agents.extract.extractor import Extractor
from pipeline.agents.extract.replies import ExtractReply
from pipeline.agents.room import Room
from pipeline.errors import ModelError
from pipeline.llm.failure import CallFailed
from pipeline.llm.langchain_model import LangChainModel
from pipeline.llm.port import ChatModel, Reply, Request
from pipeline.llm.repairing import Repairing
from pipeline.llm.schema import json_schema
from pipeline.prompting.collection import load_prompts
from pipeline.tokens import count

SMALL = Room(context=6_000, reply=1_000)


def extractor(model: Any, room: Room = SMALL) -> Extractor:
    return Extractor(model, load_prompts(), room)


def saying(*passages: dict[str, Any]) -> Reader:
    return Reader(rule=lambda _: list(passages))


def test_the_reply_type_is_one_that_strict_mode_takes() -> None:
    assert json_schema(ExtractReply)["additionalProperties"] is False


def test_every_record_is_read_in_parts_of_the_room_and_in_order() -> None:
    case = crowd(noise=150, talk=150)
    reader = Reader()
    found = extractor(reader).extract(case, case.records, 4_000)
    assert found.chunks == len(reader.parts) > 3
    seen = [i for request in sorted(reader.parts, key=_first) for ids, _ in lines_of(request) for i in ids]
    assert seen == [r.id for r in case.records if r.id != "E9"]  # which only instructs its reader
    for request in reader.parts:
        whole = sum(count(m.content, reader.name) for m in request.messages)
        assert whole + count(str(json_schema(ExtractReply)), reader.name) + SMALL.answer <= SMALL.context
    assert {i for p in found.passages for i in p.records} <= set(seen)
    assert found.read == frozenset(seen)


def _first(request: Request) -> int:
    return int(lines_of(request)[0][0][0][1:])


def test_the_parts_of_a_case_share_their_beginning_up_to_the_records() -> None:
    case = crowd(noise=200)
    reader = Reader()
    extractor(reader).extract(case, case.records, 4_000)
    heads = {r.messages[-1].content.partition("RECORDS OF THIS PART")[0] for r in reader.parts}
    assert len(heads) == 1
    assert len({r.messages[0] for r in reader.parts}) == 1
    # A part from before or after the incident is read by somebody who knows what it was.
    assert "E2 2031-02-11 09:14 Alertmanager | LedgerQueueDepth firing" in heads.pop()


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (passage("The queue stopped draining.", "E404"), "cites a record that the reader did not see"),
        (passage("The queue stopped draining."), "cites no record"),
        (passage("About 2,000 customers could not export.", "E3"), "says what no cited record says"),
        (passage("Tariq Aziz rolled ledger-writer back to 5.2.", "E5"), "says what no cited record says"),
        (
            passage("The harbour was quiet and the boats were placed beside it.", "E3"),
            "is not about what the cited records are about",
        ),
        (passage("Qdrx vlumt prens oqu dred messages.", "E3"), "is no readable sentence"),
    ],
)
def test_what_no_record_of_the_part_says_is_dropped_and_counted(said: dict[str, Any], fault: str) -> None:
    held = passage("Mira Holt rolled ledger-writer back to 5.2.", "E5", kind="event")
    found = extractor(saying(said, held)).extract(CASE, CASE.records, 4_000)
    assert [(p.text, p.records) for p in found.passages] == [(held["text"], ("E5",))]
    assert [(d.part, d.text, d.fault) for d in found.dropped] == [("extract", said["text"], fault)]


def test_a_record_of_another_part_cannot_be_cited() -> None:
    said = passage("Mira Holt rolled ledger-writer back to 5.2.", "E5")
    others = [r for r in CASE.records if r.id != "E5"]
    found = extractor(saying(said)).extract(CASE, others, 4_000)
    assert found.passages == ()
    assert [d.evidence for d in found.dropped] == [("E5",)]


def test_what_is_told_as_settled_and_only_suspected_says_so() -> None:
    case = CASE.model_copy(
        update={
            "records": (*RECORDS, record("E10", "10:11", "Tariq Aziz", "maybe the broker cache was stale"))
        }
    )
    found = extractor(
        saying(passage("Tariq Aziz confirmed that the broker cache was stale.", "E10"))
    ).extract(case, case.records, 4_000)
    assert [p.as_record(case).text for p in found.passages] == [
        "event: (only suspected) Tariq Aziz confirmed that the broker cache was stale."
    ]


def test_of_ten_times_too_many_passages_no_more_than_twice_what_was_asked_for_are_kept() -> None:
    def all_of_it(request: Request) -> Passages:
        return [passage(f"The cafeteria serves soup {n} today.", "E100") for n in range(200)]

    case = crowd(noise=0, talk=1)
    soup = case.record("E100").model_copy(update={"text": "soup " + " ".join(map(str, range(200)))})
    case = case.model_copy(update={"records": (*RECORDS, soup)})
    reader = Reader(rule=all_of_it)
    found = extractor(reader).extract(case, case.records, 4_000)
    assert f"at most {len(found.passages) // 2} passages" in reader.parts[0].messages[-1].content
    assert {d.fault for d in found.dropped} == {"was more than the number of passages asked for"}
    assert len(found.passages) + len(found.dropped) == 200 * len(reader.parts)


def test_as_many_passages_are_asked_for_as_there_is_room() -> None:
    case = crowd(noise=600)

    def asked(room: int) -> int:
        reader = Reader()
        extractor(reader, Room(20_000, 6_000)).extract(case, case.records, room)
        found = (re.search(r"at most ([0-9]+) passages", r.messages[-1].content) for r in reader.parts)
        return sum(int(f[1]) for f in found if f)

    assert asked(1_000) < asked(3_000) < asked(1_000_000) < 600


def test_a_part_that_the_service_finds_too_long_is_halved_until_it_fits() -> None:
    case = crowd(noise=100)
    reader = Reader(longest=5_000)
    found = extractor(reader).extract(case, case.records, 4_000)
    answered = [r for r in reader.parts if len(r.messages[-1].content) <= 5_000]
    assert len(answered) == found.chunks
    assert [r.id for r in case.records if r.id != "E9"] == sorted(found.read, key=lambda i: int(i[1:]))
    assert len({p.records for p in found.passages}) > 10


def test_one_record_that_is_too_long_is_cut_between_sentences_under_its_own_id() -> None:
    said = [f"The cafeteria served soup number {n} at noon." for n in range(100)]
    long = record("E50", "10:20", "Tariq Aziz", " ".join(said))
    parts = chunks_of([long], 300, "")
    assert len(parts) > 3
    assert {r.id for part in parts for r in part.records} == {"E50"}
    assert " ".join(r.text for part in parts for r in part.records) == long.text
    assert all(r.text.endswith("noon.") for part in parts for r in part.records)
    # Nor does a text without a sentence, a line or a word in it hold up the others.
    dump = record("E51", "10:20", "Tariq Aziz", "x" * 5000)
    assert "".join(r.text for part in chunks_of([dump], 300, "") for r in part.records) == dump.text
    assert Chunk((record("E52", None, "x", "short"),)).halves() is None


def test_a_service_that_finds_even_one_short_record_too_long_is_a_failure() -> None:
    with pytest.raises(CallFailed, match="too long"):
        extractor(Reader(longest=10)).extract(CASE, CASE.records, 4_000)


def test_parts_are_read_at_once() -> None:
    """The first two readers wait for each other: one after the other they would never end."""
    together = threading.Barrier(2, timeout=30)
    calls = count_up()

    def meet(_: Request) -> Passages:
        if next(calls) < 2:
            together.wait()
        return []

    case = crowd(noise=150)
    assert extractor(Reader(rule=meet)).extract(case, case.records, 4_000).chunks > 1


def test_the_first_failure_goes_up_and_no_further_part_is_sent() -> None:
    case = crowd(noise=600, talk=600)

    def fail(_: Request) -> Passages:
        raise CallFailed("openai:scripted", "key", "HTTP 401")

    reader = Reader(rule=fail)
    with pytest.raises(ModelError, match="HTTP 401"):
        extractor(reader).extract(case, case.records, 4_000)
    whole = Reader()
    extractor(whole).extract(case, case.records, 4_000)
    assert len(reader.parts) < len(whole.parts)


@dataclass
class Citing:
    """The model with another seed, made to cite records that exist: only its words are left to give it away."""

    model: ChatModel
    seed: int
    name: str = "openai:tiny"

    def complete(self, request: Request) -> Reply:
        reply = self.model.complete(replace(request, seed=self.seed))
        ids = lines_of(request)[0][0]
        passages = [p | {"records": ids} for p in json.loads(reply.text)["passages"]]
        return replace(reply, text=json.dumps({"passages": passages}))


def test_passages_of_random_weights_do_not_come_through(tiny_server: str) -> None:
    served = Repairing(LangChainModel("openai:tiny", base_url=tiny_server, api_key="none"))
    dropped = 0
    for seed in range(12):
        model = Citing(served, seed)
        found = extractor(model, Room(context=8_000, reply=2_000)).extract(CASE, CASE.records, 4_000)
        assert found.passages == ()
        dropped += len(found.dropped)
    assert dropped > 5
